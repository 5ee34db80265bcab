//! One adaptation: what is proposed, what was decided, and what can be done with it.

use super::named;
use crate::{
    paths,
    ui::{
        checkboxes::{Checkboxes, TICKED},
        form::{Choice, DayField, Error, Radios, TextArea, error_of, error_summary, hidden},
        identify::Check,
        marked_form::marked_form,
        register::{criterion_title, days, tag, today},
        text::{day as day_of, prose},
    },
    web::{Answered, AppState, Page, SignedIn},
};
use axum::extract::{Path, State};
use framework::{
    adaptation::{Adaptation, AdaptationOperation, AdaptationStatus as Stand, AsOf, Decision, Round, Ruling, next},
    day::{self, DayForm},
    library::Library,
};
use leptos::prelude::*;
use store::RegisterEntry;

/// The box that says that an agreement whose last day is past is meant.
pub const OVER: &str = "over";

/// What was typed into the form that decides.
#[derive(Clone, Debug, Default)]
pub struct DecideForm {
    /// A code of [`Ruling`].
    pub ruling: String,
    /// Why.
    pub reason: String,
    /// The last day.
    pub until: DayForm,
    /// That day may be past already.
    pub over: bool,
    /// Words in the reason that seem to identify somebody.
    pub check: Check,
}

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, adaptation)): Path<(String, String)>,
) -> Answered {
    let entry = named(&state, &actor, &practice, &adaptation).await?;
    let decide = DecideForm {
        until: DayForm::of(entry.adaptation.latest().and_then(|round| round.proposal.until)),
        ..DecideForm::default()
    };
    Ok(page(state.store.library(), &entry, &decide, &[])
        .respond(&state, Some(&actor))
        .await)
}

/// Returns the page; `decide` and `errors` are of a step that was refused.
pub fn page(library: &Library, entry: &RegisterEntry, decide: &DecideForm, errors: &[Error]) -> Page {
    let slug = &entry.practice.info.slug;
    let latest = entry.adaptation.latest();
    let title = latest.map(|round| round.proposal.title.clone()).unwrap_or_default();
    let before = entry.adaptation.rounds.iter().rev().skip(1);
    let earlier: Vec<_> = before.map(|round| past(library, round)).collect();
    let earlier = (!earlier.is_empty())
        .then(|| view! { <h2 class="govuk-heading-m">"Earlier proposals and decisions"</h2>{earlier} });
    let above = view! {
        {error_summary(errors)}
        <span class="govuk-caption-l">{format!("Adaptation of {}", entry.practice.info.name)}</span>
        <h1 class="govuk-heading-l">{title.clone()}</h1>
        {status_sentence(&entry.adaptation)}
        {latest.and_then(|round| round.decision.as_ref()).map(decision)}
        {latest.map(|round| facts(library, round, false))}
        {buttons(entry)}
    }
    .into_any();
    let decides = may(entry, AdaptationOperation::Decide(Ruling::Refused));
    let fields = decides.then(|| decide_fields(entry, decide, errors));
    let unsaved = (!decides).then(|| unsaved(&decide.reason)).flatten();
    let action = paths::adaptation(slug, entry.adaptation.id);
    let page = Page::built(title, move || {
        let form = fields.map(|fields| {
            view! {
                <h2 class="govuk-heading-m">"Decide"</h2>
                {marked_form(action, fields, "Decide", "govuk-button")}
            }
        });
        view! { {above} {unsaved} {form} {earlier} }.into_any()
    })
    .with_back(paths::adaptations(slug), "Adaptations");
    if decides { page.with_islands() } else { page }
}

/// Returns a reason that no form on the page can hold any more, since somebody else was faster.
fn unsaved(reason: &str) -> Option<impl IntoView + use<>> {
    let reason = reason.to_owned();
    (!reason.is_empty()).then(|| {
        view! {
            <div class="govuk-inset-text">
                <p class="govuk-body">"Your reason was not saved:"</p>
                <p class="govuk-body app-typed">{reason}</p>
            </div>
        }
    })
}

/// Where it stands today, in a sentence.
fn status_sentence(adaptation: &Adaptation) -> impl IntoView + use<> {
    let today = today();
    let words = match (
        adaptation.in_force(AsOf::on(today)),
        adaptation.latest().map(Round::state),
    ) {
        (Some(round), Some(Stand::Decided(ruling))) if ruling.class().is_some() => {
            format!("{}, {}.", round.state().name(), days(round))
        }
        (Some(round), _) => format!(
            "Until something else is agreed, the agreement before stands: {}, {}.",
            round.state().name().to_lowercase(),
            days(round)
        ),
        (None, Some(Stand::Draft)) => "National Pause sees it once the Practice lead proposes it.".to_owned(),
        (None, Some(Stand::Proposed)) => "National Pause decides. Until then it explains nothing.".to_owned(),
        (None, Some(Stand::Decided(Ruling::Refused))) => {
            "It explains nothing. The Practice may change it and propose it again.".to_owned()
        }
        (None, _) => "It does not hold today, so it explains nothing today.".to_owned(),
    };
    let ends = adaptation
        .ends_soon(today)
        .map(|until| format!(" It ends soon, on {}.", day::words(until)));
    view! { <p class="govuk-body">{tag(adaptation.phase(today))} " " {words} {ends}</p> }
}

/// Returns what is proposed; with its title where that does not stand above.
pub fn facts(library: &Library, round: &Round, with_title: bool) -> impl IntoView + use<> {
    let p = &round.proposal;
    let title = with_title.then(|| ("Title", p.title.clone().into_any()));
    let titles = p.criteria.iter().map(|id| criterion_title(library, id));
    let criteria = titles.map(|title| view! { <li>{title}</li> }).collect_view();
    let reasons = p.reasons.iter().map(|r| view! { <li>{r.name()}</li> }).collect_view();
    let by = match &round.proposed {
        Some(stamp) => format!("Proposed by {} on {}", stamp.by, day_of(stamp.at)),
        None => format!("Last saved by {} on {}", round.saved.by, day_of(round.saved.at)),
    };
    let reasons = view! { <ul class="govuk-list govuk-list--bullet">{reasons}</ul>{prose(p.why.as_str())} }.into_any();
    let core = view! { <p class="govuk-body">{p.core.name()}</p>{prose(p.core_why.as_str())} }.into_any();
    let rows = [
        ("What is done differently", prose(p.what.as_str())),
        (
            "Criteria",
            view! { <ul class="govuk-list govuk-list--bullet">{criteria}</ul> }.into_any(),
        ),
        ("Planned or reactive", p.timing.name().into_any()),
        ("Since", day::words(p.since).into_any()),
        (
            "Until, as proposed",
            p.until.map_or_else(|| "No end".to_owned(), day::words).into_any(),
        ),
        ("Who decided", p.decided_by.clone().into_any()),
        ("For whom or where", p.level.name().into_any()),
        ("Reasons", reasons),
        ("Keeps the core", core),
    ];
    let rows = title.into_iter().chain(rows).map(|(key, value)| {
        view! {
            <div class="govuk-summary-list__row">
                <dt class="govuk-summary-list__key">{key}</dt>
                <dd class="govuk-summary-list__value">{value}</dd>
            </div>
        }
    });
    view! {
        <dl class="govuk-summary-list">{rows.collect_view()}</dl>
        <p class="govuk-body-s app-muted">{by}</p>
    }
}

fn decision(decision: &Decision) -> impl IntoView + use<> {
    let until = match (decision.ruling.class(), decision.until) {
        (None, _) => String::new(),
        (Some(_), Some(until)) => format!(", until {}", day::words(until)),
        (Some(_), None) => ", without an end".to_owned(),
    };
    view! {
        <div class="govuk-inset-text">
            <p class="govuk-body"><strong>{decision.ruling.name()}{until}</strong></p>
            {prose(decision.reason.as_str())}
            <p class="govuk-body-s app-muted">{format!("Decided by {} on {}", decision.stamp.by, day_of(decision.stamp.at))}</p>
        </div>
    }
}

/// Returns a round that another one followed.
fn past(library: &Library, round: &Round) -> impl IntoView + use<> {
    let decided = round.decision.as_ref();
    let on = decided
        .map(|d| format!(" on {}", day_of(d.stamp.at)))
        .unwrap_or_default();
    let words = format!("{}{on}", round.state().name());
    let title = round.proposal.title.clone();
    view! {
        <details class="govuk-details">
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{words}</span></summary>
            <div class="govuk-details__text">
                <h3 class="govuk-heading-s">{title}</h3>
                {decided.map(decision)}
                {facts(library, round, false)}
            </div>
        </details>
    }
}

fn may(entry: &RegisterEntry, action: AdaptationOperation) -> bool {
    let state = entry.adaptation.latest().map(Round::state);
    state.is_some_and(|state| next(state, action, entry.standing).is_ok())
}

fn buttons(entry: &RegisterEntry) -> impl IntoView + use<> {
    let (slug, id) = (&entry.practice.info.slug, entry.adaptation.id);
    let decided = entry.adaptation.latest().is_some_and(|round| round.decision.is_some());
    let change = if decided {
        "Change it and propose it again"
    } else {
        "Change"
    };
    let step = |name: &'static str, words: &'static str, class: &'static str| {
        view! {
            <form method="post" action=paths::adaptation(slug, id)>
                {hidden("step", name)}
                {hidden("revision", &entry.revision.to_string())}
                <button type="submit" class=class>{words}</button>
            </form>
        }
    };
    view! {
        <div class="govuk-button-group">
            {may(entry, AdaptationOperation::Propose).then(|| step("propose", "Propose to National Pause", "govuk-button"))}
            {may(entry, AdaptationOperation::Withdraw).then(|| step("withdraw", "Withdraw to edit", "govuk-button govuk-button--secondary"))}
            {may(entry, AdaptationOperation::Write).then(|| view! {
                <a class="govuk-button govuk-button--secondary" href=paths::adaptation_page(slug, id, "edit")>{change}</a>
            })}
        </div>
    }
}

fn decide_fields(entry: &RegisterEntry, form: &DecideForm, errors: &[Error]) -> AnyView {
    let means = |ruling| match ruling {
        Ruling::Consistent => "It keeps what makes the model work.",
        Ruling::NotConsistent => "It is agreed for a time, and counted apart.",
        Ruling::Refused => "It explains nothing. The Practice may change it and propose it again.",
    };
    let choice = |ruling: Ruling| Choice::new(ruling.code(), ruling.name()).hint(means(ruling));
    // asked only where the day is past
    let asks = form.over || error_of(errors, OVER).is_some();
    let over = asks.then(|| {
        let choices = vec![Choice::new(TICKED, "Yes, it is over already")];
        let ticked = if form.over { vec![TICKED.to_owned()] } else { vec![] };
        view! { <Checkboxes name=OVER legend="Is it over already?" choices ticked error=error_of(errors, OVER)/> }
    });
    view! {
        {hidden("step", "decide")}
        {hidden("revision", &entry.revision.to_string())}
        {form.check.notice()}
        <Radios name="ruling" legend="What do you decide?" choices=Ruling::ALL.map(choice).into() chosen=form.ruling.clone() error=error_of(errors, "ruling")/>
        <DayField name="until" legend="Until when, if it is agreed" hint="Leave it empty for no end. After this day it explains nothing any more."
            value=form.until.clone() error=error_of(errors, "until")/>
        {over}
        <TextArea name="reason" label="Why" hint="The Practice reads this." value=form.reason.clone() error=error_of(errors, "reason")/>
    }
    .into_any()
}
