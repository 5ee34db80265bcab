//! Recording support that National Pause gave, and the lead's rating of it.

use super::{action_of, page::about, plan_of, support_of};
use crate::{
    paths,
    ui::{
        form::{Choice, DayField, Error, Radios, Select, TextArea, day_of, error_of, error_summary, hidden},
        identify::Check,
        marked_form::marked_form,
        plan::today,
        text::prose,
    },
    web::{Answered, AppState, Fields, Page, Refusal, SignedIn, form_key::key_of, render::see_other},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use framework::{
    day::{self, DayForm},
    ids::ElementId,
    plan::{About, ActionStatus as Stands, Helped, PlanOperation},
    prose::Prose,
};
use leptos::prelude::*;
use store::{Edited, NewSupport, Plan, StoreError, SupportRow};
use time::OffsetDateTime;

/// Support as typed.
#[derive(Default)]
struct Typed {
    day: DayForm,
    what: String,
    about: String,
    errors: Vec<Error>,
    check: Check,
}

pub async fn begin(State(state): State<AppState>, SignedIn(actor): SignedIn, Path(practice): Path<String>) -> Answered {
    let plan = plan_of(&state, &actor, &practice, PlanOperation::RecordSupport).await?;
    let typed = Typed {
        day: DayForm::of(Some(today())),
        ..Typed::default()
    };
    Ok(record_page(&plan, &typed).respond(&state, Some(&actor)).await)
}

pub async fn record(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path(practice): Path<String>,
    fields: Fields,
) -> Answered {
    let plan = plan_of(&state, &actor, &practice, PlanOperation::RecordSupport).await?;
    let slug = &plan.practice.info.slug;
    let mut typed = Typed {
        day: day_of(&fields, "day"),
        what: fields.get("what").to_owned(),
        about: fields.get("about").to_owned(),
        errors: vec![],
        check: Check::of(&fields, &[("what", "What was done")], &[]),
    };
    if let Some(support) = read(&mut typed) {
        let now = OffsetDateTime::now_utc();
        let store = state
            .store
            .for_form(key_of(&fields, ""))
            .confirming(&actor, [(None, typed.check.confirmed().clone())]);
        match store.record_support(&actor, slug, &support, now).await {
            Ok(_) => return Ok(see_other(format!("{}#support", paths::plan(slug)))),
            Err(StoreError::Refused(sentence)) => typed.errors.push(Error::at("day", sentence)),
            Err(other) => return Err(other.into()),
        }
    }
    let page = record_page(&plan, &typed).with_status(StatusCode::UNPROCESSABLE_ENTITY);
    Ok(page.respond(&state, Some(&actor)).await)
}

fn read(typed: &mut Typed) -> Option<NewSupport> {
    let day = match typed.day.read() {
        Ok(Some(day)) => Ok(day),
        Ok(None) => Err("Enter the day the support was given.".to_owned()),
        Err(message) => Err(message),
    };
    let what = match Prose::read(&typed.what) {
        Ok(Some(what)) => Ok(what),
        Ok(None) => Err("Say what was done.".to_owned()),
        Err(message) => Err(message),
    };
    let about = match typed.about.split_once(':') {
        None => Some(About::Whole),
        Some(("action", id)) => action_of(id).ok().map(About::Action),
        Some((_, id)) => ElementId::parse(id).ok().map(About::Element),
    };
    let about = about.ok_or("Choose what it was for.".to_owned());
    for (field, error) in [
        ("day", day.as_ref().err()),
        ("what", what.as_ref().err()),
        ("about", about.as_ref().err()),
    ] {
        typed.errors.extend(error.map(|message| Error::at(field, message)));
    }
    typed.errors.extend(typed.check.errors());
    let support = NewSupport {
        day: day.ok()?,
        what: what.ok()?,
        about: about.ok()?,
    };
    typed.errors.is_empty().then_some(support)
}

fn record_page(plan: &Plan, typed: &Typed) -> Page {
    let slug = &plan.practice.info.slug;
    let open = plan
        .actions
        .iter()
        .filter(|row| row.action.course.state == Stands::Open);
    let actions = open.map(|row| (format!("action:{}", row.action.id.0), format!("Action: {}", row.title)));
    let elements = plan.asked.iter().flat_map(|asked| &asked.framework.elements);
    let elements = elements.map(|element| (format!("element:{}", element.id), format!("Element: {}", element.title)));
    let options: Vec<_> = std::iter::once((String::new(), "The Practice as a whole".to_owned()))
        .chain(actions)
        .chain(elements)
        .collect();
    let error = |field| error_of(&typed.errors, field);
    let above = view! {
        {error_summary(&typed.errors)}
        <span class="govuk-caption-l">{plan.practice.info.name.clone()}</span>
        <h1 class="govuk-heading-l">"Record support"</h1>
        <p class="govuk-body">"The Practice’s lead can then say how much it helped. Both stand beside the Practice’s scores."</p>
    }
    .into_any();
    let fields = view! {
        {typed.check.notice()}
        <DayField name="day" legend="Day" hint="The day it was given." value=typed.day.clone() error=error("day")/>
        <TextArea name="what" label="What was done" value=typed.what.clone() error=error("what")/>
        <Select name="about" label="What it was for" options chosen=typed.about.clone() error=error("about")/>
    }
    .into_any();
    let action = paths::plan_page(slug, "support");
    Page::built("Record support", move || {
        view! {
            {above}
            {marked_form(action, fields, "Record", "govuk-button")}
        }
        .into_any()
    })
    .with_back(paths::plan(slug), "Improvement plan")
    .with_islands()
}

/// A rating as typed.
#[derive(Default)]
struct Rated {
    helped: String,
    comment: String,
    revision: i32,
    errors: Vec<Error>,
    check: Check,
}

pub async fn ask(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, id)): Path<(String, String)>,
) -> Answered {
    let plan = plan_of(&state, &actor, &practice, PlanOperation::RateSupport).await?;
    let row = recorded(&plan, &id)?;
    if !row.open {
        return Err(Refusal::NotFound);
    }
    let rated = Rated {
        helped: row
            .given
            .helped
            .map(|helped| helped.level().to_string())
            .unwrap_or_default(),
        comment: row.given.comment.as_ref().map(Prose::to_string).unwrap_or_default(),
        revision: row.revision,
        ..Rated::default()
    };
    Ok(rating_page(&plan, row, &rated).respond(&state, Some(&actor)).await)
}

pub async fn rate(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, id)): Path<(String, String)>,
    fields: Fields,
) -> Answered {
    let plan = plan_of(&state, &actor, &practice, PlanOperation::RateSupport).await?;
    let row = recorded(&plan, &id)?;
    let stored = row.given.comment.as_ref().map(Prose::to_string).unwrap_or_default();
    let mut rated = Rated {
        helped: fields.get("helped").to_owned(),
        comment: fields.get("comment").to_owned(),
        revision: fields.get("revision").parse().unwrap_or(0),
        errors: vec![],
        check: Check::of(&fields, &[("comment", "Comment")], &[&stored]),
    };
    let helped = rated.helped.parse().ok().and_then(Helped::from_level);
    if helped.is_none() {
        rated.errors.push(Error::at("helped", "Choose how much it helped."));
    }
    let comment = Prose::read(&rated.comment);
    rated.errors.extend(
        comment
            .as_ref()
            .err()
            .map(|message| Error::at("comment", message.clone())),
    );
    rated.errors.extend(rated.check.errors());
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if let (Some(helped), Ok(comment), true) = (helped, comment, rated.errors.is_empty()) {
        let (slug, now) = (&plan.practice.info.slug, OffsetDateTime::now_utc());
        let id = row.given.id;
        match state
            .store
            .confirming(&actor, [(None, rated.check.confirmed().clone())])
            .rate_support(&actor, slug, id, rated.revision, helped, comment, now)
            .await
        {
            Ok(Edited::Saved) => return Ok(see_other(format!("{}#support", paths::plan(slug)))),
            Ok(Edited::Conflict(theirs)) => {
                let by = theirs.rated_by.clone().unwrap_or_default();
                let level = theirs
                    .given
                    .helped
                    .map(|helped| helped.name().to_lowercase())
                    .unwrap_or_default();
                let sentence = format!("{by} rated this support meanwhile ({level}). Saving yours replaces it.");
                rated.errors.push(Error::at("helped", sentence));
                rated.revision = theirs.revision;
                status = StatusCode::CONFLICT;
            }
            // an assessment was finalised meanwhile
            Err(StoreError::Refused(sentence)) => {
                rated.errors.push(Error::at("", sentence));
                status = StatusCode::CONFLICT;
            }
            Err(other) => return Err(other.into()),
        }
    }
    let page = rating_page(&plan, row, &rated).with_status(status);
    Ok(page.respond(&state, Some(&actor)).await)
}

/// Returns the support that an address names.
fn recorded<'p>(plan: &'p Plan, id: &str) -> Result<&'p SupportRow, Refusal> {
    let id = support_of(id)?;
    let mut all = plan.support.iter();
    all.find(|row| row.given.id == id).ok_or(Refusal::NotFound)
}

fn rating_page(plan: &Plan, row: &SupportRow, rated: &Rated) -> Page {
    let slug = &plan.practice.info.slug;
    let choices: Vec<Choice> = (Helped::ALL.into_iter().rev())
        .map(|helped| {
            Choice::new(
                helped.level().to_string(),
                format!("{} – {}", helped.level(), helped.name()),
            )
        })
        .collect();
    let error = |field| error_of(&rated.errors, field);
    let above = view! {
        {error_summary(&rated.errors)}
        <span class="govuk-caption-l">{plan.practice.info.name.clone()}</span>
        <h1 class="govuk-heading-l">{format!("Support on {}", day::words(row.given.day))}</h1>
        <p class="govuk-body-s">{about(plan, row)}</p>
        {prose(row.given.what.as_str())}
    }
    .into_any();
    let fields = view! {
        {hidden("revision", &rated.revision.to_string())}
        {rated.check.notice()}
        <Radios name="helped" legend="How much did it help?" choices chosen=rated.helped.clone() error=error("helped")/>
        <TextArea name="comment" label="Comment (optional)" rows=2 value=rated.comment.clone() error=error("comment")/>
    }
    .into_any();
    let action = paths::support(slug, row.given.id);
    Page::built("Rate support", move || {
        view! {
            {above}
            {marked_form(action, fields, "Save the rating", "govuk-button")}
            <p class="govuk-body-s">"You can change it until the next assessment is finalised."</p>
        }
        .into_any()
    })
    .with_back(paths::plan(slug), "Improvement plan")
    .with_islands()
}
