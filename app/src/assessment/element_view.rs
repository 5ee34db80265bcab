//! What the element page shows.

use crate::{
    edit::CriterionForm,
    paths::{self, AssessmentPath},
    ui::{
        autosaved::autosaved,
        conflict, criterion, entry, evidence,
        form::{Choice, Radios, TextArea, TextField, error_summary},
        plan, previous, register,
        text::{markdown, moment},
        thread,
    },
    web::Page,
};
use framework::{
    assessment::Answer,
    criteria::{Criterion, Element},
    lifecycle::{self, Operation},
};
use leptos::prelude::*;
use store::{Assessment, Line};

/// `3 of 6 answered`
pub fn progress(assessment: &Assessment, element: &Element) -> String {
    let lines = &assessment.lines[element.criteria.clone()];
    let answered = lines.iter().filter(|l| l.entry.answer.response.is_some()).count();
    format!("{answered} of {} answered", lines.len())
}

/// Where one goes after this element: the next one, or the page before submitting.
pub fn after(at: &AssessmentPath, assessment: &Assessment, element: &Element) -> String {
    let elements = &assessment.framework.elements;
    match elements.iter().skip_while(|e| e.id != element.id).nth(1) {
        Some(next) => at.element(&next.id),
        None => at.page("check"),
    }
}

/// Returns the page: a form for whoever may fill it now, else the answers to read.
pub fn page(at: AssessmentPath, assessment: Assessment, element: Element, parts: Vec<CriterionForm<Answer>>) -> Page {
    let may_fill = lifecycle::next(assessment.status, Operation::Fill, assessment.standing).is_ok();
    let (title, up) = (element.title.clone(), at.tasks());
    let page = Page::built(title, move || body(&at, &assessment, &element, &parts)).with_back(up, "Task list");
    if may_fill { page.with_islands() } else { page }
}

fn body(at: &AssessmentPath, assessment: &Assessment, element: &Element, parts: &[CriterionForm<Answer>]) -> AnyView {
    let may_fill = lifecycle::next(assessment.status, Operation::Fill, assessment.standing).is_ok();
    let lines = &assessment.lines[element.criteria.clone()];
    let criteria = assessment.framework.criteria_of(element);
    let errors: Vec<_> = parts.iter().flat_map(|p| p.errors().to_vec()).collect();
    let place = assessment
        .framework
        .elements
        .iter()
        .position(|e| e.id == element.id)
        .unwrap_or_default()
        + 1;
    let caption = format!(
        "{}, {} · element {place} of {}",
        assessment.practice.info.name,
        assessment.cycle,
        assessment.framework.elements.len()
    );
    let sections = criteria
        .iter()
        .zip(lines)
        .zip(parts)
        .enumerate()
        .map(|(i, ((criterion, line), part))| {
            let place = element.criteria.start + i;
            let last_year = view! { {previous::card(assessment, place)} {plan::earlier(assessment, place)} };
            if may_fill {
                fill(at, assessment, element, criterion, line, part, last_year.into_any()).into_any()
            } else {
                read(at, assessment, criterion, line, last_year.into_any()).into_any()
            }
        })
        .collect_view();
    let body = if may_fill {
        view! {
            <form method="post" action=at.element(&element.id) novalidate autocomplete="off" class="app-form">
                // pressing Enter must save, not lead to the library
                <button type="submit" class="govuk-visually-hidden" tabindex="-1" aria-hidden="true" name="then" value="next">"Save and continue"</button>
                {sections}
                <div class="govuk-button-group app-save-bar">
                    <button type="submit" class="govuk-button" name="then" value="next">"Save and continue"</button>
                    <button type="submit" class="govuk-button govuk-button--secondary" name="then" value="tasks">"Save and go to the task list"</button>
                </div>
            </form>
        }
        .into_any()
    } else {
        view! { {sections} <p class="govuk-body"><a class="govuk-link" href=after(at, assessment, element)>"Next"</a></p> }.into_any()
    };
    view! {
        {error_summary(&errors)}
        <span class="govuk-caption-l">{caption}</span>
        <h1 class="govuk-heading-l">{element.title.clone()}</h1>
        {markdown(&element.about)}
        <p class="govuk-body app-progress" data-progress="">{progress(assessment, element)}</p>
        {may_fill.then(how_to_choose)}
        {body}
    }
    .into_any()
}

fn how_to_choose() -> impl IntoView {
    view! {
        <p class="govuk-body">
            "Read the levels from 5 down and choose the first one that is wholly true. 4 is the expected level. What is only planned does not count."
        </p>
    }
}

/// Returns a criterion to fill.
fn fill(
    at: &AssessmentPath,
    assessment: &Assessment,
    element: &Element,
    criterion: &Criterion,
    line: &Line,
    part: &CriterionForm<Answer>,
    last_year: AnyView,
) -> impl IntoView + use<> {
    let title = || criterion.title.clone();
    let fields = view! {
        <Radios name=part.name("rating") legend="Which level best describes your Practice?" about=title() choices=choices(criterion) chosen=part.text("rating") error=part.error("rating")/>
        {conflict::clear(part, "Clear this answer", &criterion.title)}
        {criterion.not_applicable.then(|| view! {
            <TextArea name=part.name("reason") label="Why doesn’t this apply?" about=title() rows=2 value=part.text("reason") error=part.error("reason")/>
        })}
        {criterion.measure.as_ref().map(|m| view! {
            <TextField name=part.name("measure") label=m.what.clone() hint=format!("From {} to {} ({}).", m.minimum, m.maximum, m.unit)
                class="govuk-input--width-5" inputmode="decimal" value=part.text("measure") error=part.error("measure")/>
        })}
        <TextArea name=part.name("evidence") label="Describe your evidence" about=title() hint="And where it can be found. Items of your library are cited below." value=part.text("evidence") error=part.error("evidence")/>
        <TextArea name=part.name("comment") label="Comment" about=title() rows=2 value=part.text("comment") error=part.error("comment")/>
        <details class="govuk-details" open=!part.text("adaptation").is_empty() || part.error("adaptation").is_some()>
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">"We do this differently here"</span></summary>
            <div class="govuk-details__text">
                <TextArea name=part.name("adaptation") label="What you have adapted, and why" about=title() value=part.text("adaptation") error=part.error("adaptation")/>
                <p class="govuk-body">
                    "Only what National Pause has agreed to explains a lower rating. "
                    <a class="govuk-link" href=paths::new_adaptation(&at.practice, Some(&criterion.id))>"Record as an adaptation"</a>
                </p>
            </div>
        </details>
    };
    view! {
        <section class="app-criterion" id=criterion.id.to_string() aria-labelledby=format!("{}-title", criterion.id)>
            {head(assessment, criterion).into_any()}
            {last_year}
            {registered(assessment, criterion)}
            {entry::review(&line.entry).into_any()}
            {thread::in_short(at, &criterion.id, line).into_any()}
            {autosaved(at.element(&element.id), part, fields.into_any())}
            {evidence::cited(&at.practice, &line.cited)}
            <button type="submit" class="govuk-button govuk-button--secondary" name="then" value=format!("{CITE}{}", criterion.id)>
                "Save and cite evidence"<span class="govuk-visually-hidden">{format!(": {}", criterion.title)}</span>
            </button>
            {saved_by(at, criterion, line)}
        </section>
    }
}

/// What the button that leads to the library sends, before the criterion's id.
pub const CITE: &str = "cite:";

/// Title, tags, question and guidance.
fn head(assessment: &Assessment, criterion: &Criterion) -> impl IntoView + use<> {
    view! {
        <h2 class="govuk-heading-m" id=format!("{}-title", criterion.id)>{criterion.title.clone()}</h2>
        {criterion::tags(criterion)}
        {markdown(&criterion.asks)}
        <details class="govuk-details">
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">"Why it matters and what to look for"</span></summary>
            <div class="govuk-details__text">{criterion::guidance(&assessment.framework, criterion).into_any()}</div>
        </details>
    }
}

fn choices(criterion: &Criterion) -> Vec<Choice> {
    let none = criterion
        .not_applicable
        .then(|| Choice::new("na", "Not applicable here"));
    criterion::levels(criterion).into_iter().chain(none).collect()
}

fn saved_by(at: &AssessmentPath, criterion: &Criterion, line: &Line) -> Option<impl IntoView + use<>> {
    let (by, since) = line.answered_by.clone().zip(line.answered_at)?;
    let href = at.wordings(&criterion.id);
    let of = format!(": {}", criterion.title);
    Some(view! {
        <p class="govuk-body-s app-muted">
            {format!("Last saved by {by}, {}. ", moment(since))}
            <a class="govuk-link" href=href>"Earlier wordings"<span class="govuk-visually-hidden">{of}</span></a>
        </p>
    })
}

/// Returns the entries of the register that cover it.
fn registered(assessment: &Assessment, criterion: &Criterion) -> AnyView {
    register::covering(assessment, &criterion.id)
        .map(|entries| view! { <dl class="app-facts">{entries}</dl> })
        .into_any()
}

/// Returns a criterion to read.
fn read(
    at: &AssessmentPath,
    assessment: &Assessment,
    criterion: &Criterion,
    line: &Line,
    last_year: AnyView,
) -> impl IntoView + use<> {
    view! {
        <section class="app-criterion" id=criterion.id.to_string()>
            {head(assessment, criterion).into_any()}
            {last_year}
            {entry::answer(criterion, &line.entry).into_any()}
            {registered(assessment, criterion)}
            {evidence::cited(&at.practice, &line.cited).into_any()}
            {entry::review(&line.entry).into_any()}
            {thread::in_short(at, &criterion.id, line).into_any()}
            {saved_by(at, criterion, line)}
        </section>
    }
}
