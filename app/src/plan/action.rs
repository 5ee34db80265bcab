//! Adding an action, and changing one.

use super::{action_of, form::ActionForm, place_of, plan_of, slug_of};
use crate::{
    paths,
    ui::{
        form::{Error, Select, TextArea, error_of, error_summary, hidden, saved_meanwhile},
        marked_form::marked_form,
        plan::facts,
        text::{moment, prose},
    },
    web::{Answered, AppState, Fields, Page, Refusal, SignedIn, form_key::key_of, render::see_other},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use framework::{
    ids::CycleId,
    plan::{ActionStatus as Stands, PlanOperation, may},
    prose::Prose,
};
use leptos::prelude::*;
use store::{ActionPage, ActionRow, Asked, Edited, Plan, StoreError};
use time::OffsetDateTime;

/// Returns the empty form; `?criterion=` says what it is about.
pub async fn begin(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path(practice): Path<String>,
    query: Fields,
) -> Answered {
    let plan = plan_of(&state, &actor, &practice, PlanOperation::Write).await?;
    let asked = plan.asked.as_ref().ok_or(Refusal::NotFound)?;
    let page = new_page(&plan, asked, query.get("criterion"), &ActionForm::default());
    Ok(page.respond(&state, Some(&actor)).await)
}

pub async fn raise(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path(practice): Path<String>,
    fields: Fields,
) -> Answered {
    let plan = plan_of(&state, &actor, &practice, PlanOperation::Write).await?;
    let asked = plan.asked.as_ref().ok_or(Refusal::NotFound)?;
    let slug = &plan.practice.info.slug;
    let place = place_of(asked, fields.get("criterion"));
    let mut form = match (ActionForm::read(&fields, None), place) {
        (Ok((planned, check)), Some(place)) => {
            let (criterion, now) = (&asked.framework.criteria[place].id, OffsetDateTime::now_utc());
            // the cycle of the form: another may have come up since
            let cycle = CycleId::parse(fields.get("cycle")).unwrap_or_else(|_| asked.cycle.clone());
            match state
                .store
                .for_form(key_of(&fields, ""))
                .confirming(&actor, [(Some(criterion.clone()), check.confirmed().clone())])
                .raise_action(&actor, slug, &cycle, criterion, &planned, now)
                .await
            {
                Ok(id) => return Ok(see_other(paths::action(slug, id))),
                Err(StoreError::Refused(sentence)) => {
                    let mut form = ActionForm::typed(&planned, &check);
                    form.errors.push(Error::at("", sentence));
                    form
                }
                Err(other) => return Err(other.into()),
            }
        }
        (Ok((planned, check)), None) => ActionForm::typed(&planned, &check),
        (Err(form), _) => *form,
    };
    if place.is_none() {
        form.errors.insert(
            0,
            Error::at("criterion", "Choose the criterion that the action is about."),
        );
    }
    let page = new_page(&plan, asked, fields.get("criterion"), &form).with_status(StatusCode::UNPROCESSABLE_ENTITY);
    Ok(page.respond(&state, Some(&actor)).await)
}

fn new_page(plan: &Plan, asked: &Asked, criterion: &str, form: &ActionForm) -> Page {
    let slug = &plan.practice.info.slug;
    let about = match place_of(asked, criterion) {
        Some(place) => {
            let criterion = &asked.framework.criteria[place];
            let why = asked.criteria.iter().find(|asking| asking.index == place);
            let why = why.map(|asking| {
                let why: Vec<String> = asking.why.iter().map(|why| why.words()).collect();
                view! { <p class="govuk-body">{format!("{}.", why.join(". "))}</p> }
            });
            view! {
                {hidden("criterion", criterion.id.as_str())}
                <h2 class="govuk-heading-m">{criterion.title.clone()}</h2>
                {why}
            }
            .into_any()
        }
        None => {
            let criteria = asked
                .framework
                .criteria
                .iter()
                .map(|c| (c.id.to_string(), c.title.clone()));
            let options: Vec<_> = std::iter::once((String::new(), "Choose".to_owned()))
                .chain(criteria)
                .collect();
            view! { <Select name="criterion" label="Criterion" options chosen=criterion error=error_of(&form.errors, "criterion")/> }
                .into_any()
        }
    };
    let above = view! {
        {error_summary(&form.errors)}
        <span class="govuk-caption-l">{format!("{}, {}", plan.practice.info.name, asked.cycle)}</span>
        <h1 class="govuk-heading-l">"Add an action"</h1>
    }
    .into_any();
    let fields = view! {
        {hidden("cycle", asked.cycle.as_str())}
        {about}
        {form.view()}
    }
    .into_any();
    let action = paths::plan_page(slug, "new");
    Page::built("Add an action", move || {
        view! {
            {above}
            {marked_form(action, fields, "Save the action", "govuk-button")}
        }
        .into_any()
    })
    .with_back(paths::plan(slug), "Improvement plan")
    .with_islands()
}

/// Returns the form that shows an open action.
pub async fn edit(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, id)): Path<(String, String)>,
) -> Answered {
    let shown = writable(&state, &actor, &practice, &id).await?;
    if shown.row.action.course.state != Stands::Open {
        return Err(Refusal::NotFound);
    }
    let form = ActionForm::of(&shown.row.action.planned);
    let page = change_page(&shown, &form, "", shown.row.revision, None);
    Ok(page.respond(&state, Some(&actor)).await)
}

pub async fn change(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, id)): Path<(String, String)>,
    fields: Fields,
) -> Answered {
    let shown = writable(&state, &actor, &practice, &id).await?;
    let (slug, action) = (&shown.practice.info.slug, &shown.row.action);
    let revision = fields.get("revision").parse().unwrap_or(0);
    let again = |mut form: ActionForm, error: Option<Error>| {
        form.errors.extend(error);
        change_page(&shown, &form, fields.get("why"), revision, None).with_status(StatusCode::UNPROCESSABLE_ENTITY)
    };
    let read = ActionForm::read(&fields, Some(&action.planned));
    // closed meanwhile, in another tab or by a colleague: what was typed stays on the page
    if action.course.state != Stands::Open {
        let mut form = read.map_or_else(|form| *form, |(planned, check)| ActionForm::typed(&planned, &check));
        form.errors = vec![Error::at("", closed(action.course.state))];
        let page = change_page(&shown, &form, fields.get("why"), shown.row.revision, None);
        return Ok(page
            .with_status(StatusCode::CONFLICT)
            .respond(&state, Some(&actor))
            .await);
    }
    let (planned, check) = match read {
        Ok(read) => read,
        Err(form) => return Ok(again(*form, None).respond(&state, Some(&actor)).await),
    };
    let why = match Prose::read(fields.get("why")) {
        Ok(why) => why,
        Err(message) => {
            let page = again(ActionForm::typed(&planned, &check), Some(Error::at("why", message)));
            return Ok(page.respond(&state, Some(&actor)).await);
        }
    };
    let now = OffsetDateTime::now_utc();
    match state
        .store
        .confirming(&actor, [(Some(action.criterion.clone()), check.confirmed().clone())])
        .change_action(&actor, slug, action.id, revision, &planned, why, now)
        .await
    {
        Ok(Edited::Saved) => Ok(see_other(paths::action(slug, action.id))),
        Ok(Edited::Conflict(both)) => {
            let (theirs, mine) = *both;
            let form = ActionForm::typed(&mine, &check);
            let page = change_page(&shown, &form, fields.get("why"), theirs.revision, Some(&theirs));
            Ok(page
                .with_status(StatusCode::CONFLICT)
                .respond(&state, Some(&actor))
                .await)
        }
        Err(StoreError::Refused(sentence)) => {
            let page = again(ActionForm::typed(&planned, &check), Some(Error::at("", sentence)));
            Ok(page
                .with_status(StatusCode::CONFLICT)
                .respond(&state, Some(&actor))
                .await)
        }
        Err(other) => Err(other.into()),
    }
}

/// Returns why a closed action is not changed, and that nothing typed is lost.
fn closed(state: Stands) -> String {
    format!(
        "The action is {}. Nothing of yours was saved: it is still in the form below. Open the action again, in another tab, before you save it.",
        state.name().to_lowercase()
    )
}

/// Returns an action, for somebody who may write the plan.
async fn writable(
    state: &AppState,
    actor: &framework::actor::Actor,
    practice: &str,
    id: &str,
) -> Result<ActionPage, Refusal> {
    let shown = state.store.action(actor, &slug_of(practice)?, action_of(id)?).await?;
    if may(PlanOperation::Write, shown.standing) {
        Ok(shown)
    } else {
        Err(Refusal::NotFound)
    }
}

fn change_page(shown: &ActionPage, form: &ActionForm, why: &str, revision: i32, theirs: Option<&ActionRow>) -> Page {
    let (slug, row) = (&shown.practice.info.slug, &shown.row);
    let conflict = theirs.map(|theirs| {
        let words = format!("{} saved what stands here, on {}. Where you both changed the same, your text is in the form below and saving it replaces theirs; everything else is as it was saved. The other wording stays in the history.", theirs.who, moment(theirs.at));
        let said = view! { {prose(theirs.action.planned.what.as_str())} {facts(theirs)} };
        saved_meanwhile("Somebody else changed this action meanwhile", words, said.into_any())
    });
    let above = view! {
        {error_summary(&form.errors)}
        {conflict}
        <span class="govuk-caption-l">{row.title.clone()}</span>
        <h1 class="govuk-heading-l">"Change the action"</h1>
    }
    .into_any();
    let fields = view! {
        {hidden("revision", &revision.to_string())}
        {form.view()}
        <TextArea name="why" label="Why it changes (optional)" hint="Kept in the action’s history." rows=2 value=why error=error_of(&form.errors, "why")/>
    }
    .into_any();
    let up = paths::action(slug, row.action.id);
    let action = format!("{up}/change");
    Page::built("Change the action", move || {
        view! {
            {above}
            {marked_form(action, fields, "Save the change", "govuk-button")}
        }
        .into_any()
    })
    .with_back(up, "Action")
    .with_islands()
}
