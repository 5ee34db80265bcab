//! Writing an adaptation: a new one, a draft, or the next proposal after a decision.

use super::{
    form_page::{page, with_wordings},
    named,
};
use crate::{
    paths,
    ui::{
        checkboxes::TICKED,
        form::{Error, day_of},
        identify::Check,
        wordings::up_to,
    },
    web::{Answered, AppState, Fields, Refusal, SignedIn, form_key::key_of, render::see_other},
};
use axum::{
    extract::{Path, RawQuery, State},
    http::StatusCode,
};
use framework::{
    actor::{Actor, Standing},
    adaptation::{self, AdaptationOperation, AdaptationStatus as Stand, Proposal, ProposalForm, Reason, Round, next},
    ids::{CriterionId, PracticeSlug},
    wording::{Kind, Worded, fold},
};
use store::{Practice, RegisterEntry, StoreError};
use time::OffsetDateTime;

/// The free texts, by name and label.
const TEXTS: [(&str, &str); 5] = [
    ("title", "Title"),
    ("what", "What is done differently"),
    ("decided_by", "Who made the decision"),
    ("why", "Why, in your own words"),
    ("core_why", "What makes you think so"),
];

/// Said where a text could not be saved.
const NOT_LOST: &str = "Nothing of yours was saved: it is still in the form below.";

pub async fn new(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path(practice): Path<String>,
    RawQuery(query): RawQuery,
) -> Answered {
    let practice = writable(&state, &actor, &practice).await?;
    let form = read(&Fields::parse(&query.unwrap_or_default()));
    let page = page(state.store.library(), &practice, None, &form, &Check::default(), &[]);
    Ok(page.respond(&state, Some(&actor)).await)
}

pub async fn add(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path(practice): Path<String>,
    fields: Fields,
) -> Answered {
    let practice = writable(&state, &actor, &practice).await?;
    save(&state, &actor, &practice, None, &fields).await
}

pub async fn edit(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, adaptation)): Path<(String, String)>,
    query: Fields,
) -> Answered {
    let entry = named(&state, &actor, &practice, &adaptation).await?;
    let latest = latest(&entry)?;
    may_write(latest.state(), entry.standing)?;
    let (id, number) = (
        entry.adaptation.id,
        i32::try_from(entry.adaptation.rounds.len()).unwrap_or(i32::MAX),
    );
    let earlier = (state.store)
        .written(&actor, &entry.practice.info.slug, Kind::Round, (id.0, number))
        .await?;
    let again = up_to(&earlier, query.get("wording")).and_then(|until| Proposal::of_texts(&fold::<Proposal>(until)));
    let form = ProposalForm::of(again.as_ref().unwrap_or(&latest.proposal));
    let seen = Some((&entry, entry.revision));
    let page = with_wordings(
        state.store.library(),
        &entry.practice,
        seen,
        &form,
        &Check::default(),
        &[],
        &earlier,
    );
    Ok(page.respond(&state, Some(&actor)).await)
}

pub async fn change(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, adaptation)): Path<(String, String)>,
    fields: Fields,
) -> Answered {
    let entry = named(&state, &actor, &practice, &adaptation).await?;
    match may_write(latest(&entry)?.state(), entry.standing) {
        Ok(()) => {
            let revision = fields.get("revision").parse().unwrap_or(0);
            save(&state, &actor, &entry.practice, Some((&entry, revision)), &fields).await
        }
        // proposed meanwhile, in another tab or by a colleague: what was typed stays on the page
        Err(Refusal::Refused(sentence)) => {
            let errors = [Error::at("", format!("{sentence} {NOT_LOST}"))];
            let (seen, form) = (Some((&entry, entry.revision)), read(&fields));
            let check = Check::default();
            let page = page(state.store.library(), &entry.practice, seen, &form, &check, &errors);
            Ok(page
                .with_status(StatusCode::CONFLICT)
                .respond(&state, Some(&actor))
                .await)
        }
        Err(refusal) => Err(refusal),
    }
}

async fn save(
    state: &AppState,
    actor: &Actor,
    practice: &Practice,
    entry: Option<(&RegisterEntry, i32)>,
    fields: &Fields,
) -> Answered {
    let slug = &practice.info.slug;
    let mut form = read(fields);
    let stored = entry.and_then(|(entry, _)| entry.adaptation.latest());
    let stored = stored.map(|round| texts(&round.proposal)).unwrap_or_default();
    let check = Check::of(fields, &TEXTS, &stored);
    let errors: Vec<Error> = match form.read() {
        Err(errors) => {
            let errors = errors.into_iter().map(|e| Error::at(e.field, e.message));
            errors.chain(check.errors()).collect()
        }
        Ok(_) if check.is_open() => check.errors(),
        Ok(mut proposal) => {
            let mut which = entry.map(|(entry, revision)| (entry.adaptation.id, revision));
            let now = OffsetDateTime::now_utc();
            let merged = match which {
                Some(which) => state.store.merge_adaptation(actor, slug, which, &proposal).await?,
                None => None,
            };
            if let Some(merged) = merged {
                proposal = merged.proposal;
                if merged.asked.is_empty() {
                    which = which.map(|(id, _)| (id, merged.revision));
                } else {
                    form = ProposalForm::of(&proposal);
                    let errors = asked(&merged.asked, &merged.by);
                    let seen = entry.map(|(entry, _)| (entry, merged.revision));
                    let page = page(state.store.library(), practice, seen, &form, &check, &errors);
                    return Ok(page.with_status(StatusCode::CONFLICT).respond(state, Some(actor)).await);
                }
            }
            let store = state
                .store
                .for_form(key_of(fields, ""))
                .confirming(actor, [(None, check.confirmed().clone())]);
            match store.write_adaptation(actor, slug, which, &proposal, now).await {
                Ok(id) => return Ok(see_other(paths::adaptation(slug, id))),
                Err(StoreError::Refused(sentence)) => vec![Error::at("", sentence)],
                Err(other) => return Err(other.into()),
            }
        }
    };
    // whoever has missed a field has not seen what a colleague saved meanwhile; whoever was refused sees it now
    let whole = errors.iter().any(|error| error.field.is_empty());
    let seen = entry.map(|(entry, revision)| (entry, if whole { entry.revision } else { revision }));
    let status = match entry.filter(|_| whole) {
        Some(_) => StatusCode::CONFLICT,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = page(state.store.library(), practice, seen, &form, &check, &errors);
    Ok(page.with_status(status).respond(state, Some(actor)).await)
}

/// Says of each field that two people changed what the other wrote, and what saving again does.
fn asked(fields: &[(&'static str, String)], by: &str) -> Vec<Error> {
    let sentence = |(field, theirs): &(&'static str, String)| {
        let (_, label) = Proposal::FIELDS.iter().find(|(name, _)| name == field)?;
        let theirs = if theirs.is_empty() { "nothing" } else { theirs };
        let words =
            format!("{label}: {by} changed this, too, to “{theirs}”. Yours is in the form; saving it replaces theirs.");
        Some(Error::at(*field, words))
    };
    fields.iter().filter_map(sentence).collect()
}

/// Returns the free texts that stand in a proposal.
fn texts(proposal: &Proposal) -> Vec<&str> {
    vec![
        proposal.title.as_str(),
        proposal.what.as_str(),
        proposal.decided_by.as_str(),
        proposal.why.as_str(),
        proposal.core_why.as_str(),
    ]
}

/// Returns the Practice, for somebody who may write its register.
async fn writable(state: &AppState, actor: &Actor, practice: &str) -> Result<Practice, Refusal> {
    let slug = PracticeSlug::parse(practice).map_err(|_| Refusal::NotFound)?;
    let practice = state.store.practice(actor, &slug).await?;
    may_write(Stand::Draft, actor.standing(practice.id))?;
    Ok(practice)
}

fn latest(entry: &RegisterEntry) -> Result<&Round, Refusal> {
    entry.adaptation.latest().ok_or(Refusal::NotFound)
}

fn may_write(state: Stand, standing: Standing) -> Result<(), Refusal> {
    match next(state, AdaptationOperation::Write, standing) {
        Ok(_) => Ok(()),
        // for whoever never writes here there is no such page
        Err(adaptation::AdaptationDenied::NotAllowed) => Err(Refusal::NotFound),
        Err(not_now) => Err(Refusal::Refused(not_now.to_string())),
    }
}

fn read(fields: &Fields) -> ProposalForm {
    let ticked = |group: &str| -> Vec<String> {
        let prefix = format!("{group}.");
        let ticked = fields.iter().filter(|(_, value)| *value == TICKED);
        ticked
            .filter_map(|(name, _)| Some(name.strip_prefix(&prefix)?.to_owned()))
            .collect()
    };
    let text = |name: &str| fields.get(name).to_owned();
    let criteria = ticked("criteria");
    ProposalForm {
        title: text("title"),
        what: text("what"),
        criteria: criteria.iter().filter_map(|id| CriterionId::parse(id).ok()).collect(),
        timing: text("timing"),
        since: day_of(fields, "since"),
        until: day_of(fields, "until"),
        decided_by: text("decided_by"),
        level: text("level"),
        reasons: ticked("reasons")
            .iter()
            .filter_map(|code| Reason::from_code(code))
            .collect(),
        why: text("why"),
        core: text("core"),
        core_why: text("core_why"),
    }
}
