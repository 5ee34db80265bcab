//! The form in which an adaptation is written.

use super::entry::facts;
use crate::{
    paths,
    ui::{
        checkboxes::{Checkboxes, boxes},
        form::{Choice, DayField, Error, Radios, Select, TextArea, TextField, error_of, error_summary, hidden},
        identify::Check,
        marked_form::marked_form,
        register::criterion_title,
        wordings::below_form,
    },
    web::Page,
};
use framework::{
    adaptation::{Core, Level, ProposalForm, Reason, Timing},
    ids::CriterionId,
    library::Library,
    wording::{Kind, Wording},
};
use leptos::prelude::*;
use std::collections::BTreeSet;
use store::{Practice, RegisterEntry};

/// The page; `entry` is what is saved, where something is, with the revision that the person has seen.
pub fn page(
    library: &Library,
    practice: &Practice,
    entry: Option<(&RegisterEntry, i32)>,
    form: &ProposalForm,
    check: &Check,
    errors: &[Error],
) -> Page {
    with_wordings(library, practice, entry, form, check, errors, &[])
}

/// Returns the page with the earlier wordings of what is being written below the form.
pub fn with_wordings(
    library: &Library,
    practice: &Practice,
    entry: Option<(&RegisterEntry, i32)>,
    form: &ProposalForm,
    check: &Check,
    errors: &[Error],
    earlier: &[Wording],
) -> Page {
    let slug = &practice.info.slug;
    let title = if entry.is_some() {
        "Change an adaptation"
    } else {
        "Add an adaptation"
    };
    let (action, up, up_words) = match entry.map(|(entry, _)| entry.adaptation.id) {
        None => (
            paths::new_adaptation(slug, None),
            paths::adaptations(slug),
            "Adaptations",
        ),
        Some(id) => (
            paths::adaptation_page(slug, id, "edit"),
            paths::adaptation(slug, id),
            "Adaptation",
        ),
    };
    let revision = entry.map(|(_, revision)| hidden("revision", &revision.to_string()));
    // refused as a whole: perhaps a colleague was faster, and then their text is to be seen
    let whole = errors.iter().any(|error| error.field.is_empty());
    let theirs = entry.filter(|_| whole).and_then(|(entry, _)| entry.adaptation.latest());
    let theirs = theirs.map(|round| {
        view! {
            <div class="govuk-inset-text">
                <h2 class="govuk-heading-m">"What is saved now"</h2>
                {facts(library, round, true)}
            </div>
        }
    });
    let above = view! {
        {error_summary(errors)}
        <span class="govuk-caption-l">{practice.info.name.clone()}</span>
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body">"Write about how the Practice works. Nothing may identify a woman or a child; name people by their role."</p>
        {theirs}
    }
    .into_any();
    let earlier = below_form(Kind::Round, earlier, &action);
    let fields = view! {
        {revision}
        {check.notice()}
        {what_fields(library, form, errors)}
        {why_fields(form, errors)}
    }
    .into_any();
    Page::built(title, move || {
        view! {
            {above}
            {marked_form(action, fields, "Save", "govuk-button")}
            {earlier}
        }
        .into_any()
    })
    .with_back(up, up_words)
    .with_islands()
}

fn what_fields(library: &Library, form: &ProposalForm, errors: &[Error]) -> AnyView {
    let error = |field: &str| error_of(errors, field);
    let timings = Timing::ALL.iter().map(|t| Choice::new(t.code(), t.name())).collect();
    view! {
        <TextField name="title" label="Title" hint="A few words, such as “Meetings in the library room”." value=form.title.clone() error=error("title")/>
        <TextArea name="what" label="What is done differently" hint="What happens now, and what the framework describes instead." value=form.what.clone() error=error("what")/>
        {criteria_field(library, &form.criteria, error("criteria"))}
        <Radios name="timing" legend="Was it planned?" choices=timings chosen=form.timing.clone() error=error("timing")/>
        <DayField name="since" legend="Since when" hint="For example, 27 3 2026." value=form.since.clone() error=error("since")/>
        <DayField name="until" legend="Until when, if there is an end" hint="National Pause sets the day when it agrees." value=form.until.clone() error=error("until")/>
    }
    .into_any()
}

fn why_fields(form: &ProposalForm, errors: &[Error]) -> AnyView {
    let error = |field: &str| error_of(errors, field);
    let levels = Level::ALL.iter().map(|l| (l.code().to_owned(), l.name().to_owned()));
    let levels: Vec<_> = std::iter::once((String::new(), "Choose".to_owned()))
        .chain(levels)
        .collect();
    let reasons = Reason::ALL.iter().map(|r| Choice::new(r.code(), r.name())).collect();
    let ticked = form.reasons.iter().map(|reason| reason.code().to_owned()).collect();
    let cores = Core::ALL.iter().map(|c| Choice::new(c.code(), c.name())).collect();
    view! {
        <TextField name="decided_by" label="Who made the decision" hint="A role, never a name, such as “Practice lead with the board”." value=form.decided_by.clone() error=error("decided_by")/>
        <Select name="level" label="Who it affects" options=levels chosen=form.level.clone() error=error("level")/>
        <Checkboxes name="reasons" legend="Reasons" choices=reasons ticked=ticked hint="Select all that apply." error=error("reasons")/>
        <TextArea name="why" label="Why, in your own words" value=form.why.clone() error=error("why")/>
        <Radios name="core" legend="Does it keep what makes the model work?" choices=cores chosen=form.core.clone() error=error("core")/>
        <TextArea name="core_why" label="What makes you think so" value=form.core_why.clone() error=error("core_why")/>
    }
    .into_any()
}

/// Returns the criteria of the newest version by element, in groups that open; what only older versions have stays ticked.
fn criteria_field(library: &Library, ticked: &BTreeSet<CriterionId>, error: Option<String>) -> AnyView {
    let Some(framework) = library.latest() else {
        return ().into_any();
    };
    let words: Vec<String> = ticked.iter().map(ToString::to_string).collect();
    let mut groups: Vec<AnyView> = (framework.elements.iter().enumerate())
        .map(|(place, element)| {
            let criteria = framework.criteria_of(element).iter();
            let choices = criteria.map(|c| Choice::new(c.id.as_str(), c.title.clone())).collect();
            group(element.title.clone(), choices, &words, place == 0)
        })
        .collect();
    let older = ticked.iter().filter(|id| framework.criterion(id).is_none());
    let older: Vec<Choice> = older
        .map(|id| Choice::new(id.as_str(), criterion_title(library, id)))
        .collect();
    if !older.is_empty() {
        groups.push(group("Of earlier versions".to_owned(), older, &words, false));
    }
    let (class, described) = match error {
        Some(_) => ("govuk-form-group govuk-form-group--error", Some("criteria-error")),
        None => ("govuk-form-group", None),
    };
    let error = error.map(|message| {
        view! { <p id="criteria-error" class="govuk-error-message"><span class="govuk-visually-hidden">"Error: "</span>{message}</p> }
    });
    view! {
        <div class=class>
            <fieldset class="govuk-fieldset" aria-describedby=described>
                <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">"Which criteria does it touch?"</legend>
                {error}
                {groups}
            </fieldset>
        </div>
    }
    .into_any()
}

/// Returns an element's boxes; open where one is ticked. The first is open always, so that an error's link finds it.
fn group(title: String, choices: Vec<Choice>, ticked: &[String], first: bool) -> AnyView {
    let count = choices.iter().filter(|choice| ticked.contains(&choice.value)).count();
    let chosen = (count > 0).then(|| format!(" ({count} chosen)"));
    let open = first || count > 0;
    view! {
        <details class="govuk-details" open=open>
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{title}{chosen}</span></summary>
            <div class="govuk-details__text">{boxes("criteria", choices, ticked, first)}</div>
        </details>
    }
    .into_any()
}
