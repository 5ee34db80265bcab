//! Every wording of a criterion that somebody may read, the latest first, and the way to put one back.

use crate::{
    assessment::path_of,
    paths::AssessmentPath,
    ui::{
        form::{Error, error_summary, hidden},
        text::{count, moment},
        wordings::list,
    },
    web::{Answered, AppState, Fields, Page, Refusal, SignedIn, render::see_other},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use framework::{
    actor::Actor,
    assessment::{Agreement, Answer, Review},
    criteria::Criterion,
    ids::CriterionId,
    wording::{Kind, Sayable, Worded, Wording, fold, text_of},
};
use leptos::prelude::*;
use std::collections::BTreeSet;
use store::{Change, Outcome, Wordings};
use time::OffsetDateTime;
use uuid::Uuid;

type CriterionPath = Path<(String, String, String)>;

/// How many wordings of a thing a page holds.
const PER_PAGE: usize = 50;

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle, criterion)): CriterionPath,
    query: Fields,
) -> Answered {
    let asked = Asked::read(&state, &actor, &practice, &cycle, &criterion).await?;
    let page = query.get("page").parse().unwrap_or(1).max(1);
    Ok(asked.page(page, &[]).respond(&state, Some(&actor)).await)
}

/// Saves an earlier wording anew, by whoever presses, against the revision that the page shows.
pub async fn put_back(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle, criterion)): CriterionPath,
    fields: Fields,
) -> Answered {
    let asked = Asked::read(&state, &actor, &practice, &cycle, &criterion).await?;
    let id = Uuid::parse_str(fields.get("wording")).map_err(|_| Refusal::NotFound)?;
    let revision = fields.get("revision").parse().unwrap_or(0);
    let of = asked
        .all
        .iter()
        .find(|one| one.wordings.iter().any(|wording| wording.id == Some(id)));
    let of = of.filter(|one| one.writable).ok_or(Refusal::NotFound)?;
    let (store, at, now) = (&state.store, &asked.at, OffsetDateTime::now_utc());
    let taken = match of.kind {
        _ if of.revision != revision => false,
        Kind::Answer => {
            let change = vec![change::<Answer>(of, id, revision, &asked.criterion)?];
            taken(store.save_answers(&actor, &at.practice, &at.cycle, change, now).await?)
        }
        Kind::Review | Kind::Reading => {
            let change = vec![change::<Review>(of, id, revision, &asked.criterion)?];
            taken(store.save_reviews(&actor, &at.practice, &at.cycle, change, now).await?)
        }
        Kind::Agreement => {
            let change = vec![change::<Agreement>(of, id, revision, &asked.criterion)?];
            taken(
                store
                    .save_agreements(&actor, &at.practice, &at.cycle, change, now)
                    .await?,
            )
        }
        _ => return Err(Refusal::NotFound),
    };
    if taken {
        return Ok(see_other(asked.at.wordings(&asked.criterion.id)));
    }
    let asked = Asked::read(&state, &actor, &practice, &cycle, &criterion).await?;
    let meanwhile = Error::at(
        "",
        "Somebody saved something else since this page was made. Nothing was put back. Look at the latest wording, then try again.",
    );
    let page = asked.page(1, &[meanwhile]).with_status(StatusCode::CONFLICT);
    Ok(page.respond(&state, Some(&actor)).await)
}

fn taken<T>(outcomes: Vec<Outcome<T>>) -> bool {
    outcomes.iter().all(Outcome::is_whole)
}

/// Returns what saves the fields of a wording anew, with those that are settled as one with them.
fn change<T: Sayable>(of: &Wordings, id: Uuid, revision: i32, criterion: &Criterion) -> Result<Change<T>, Refusal> {
    let place = of
        .whole
        .iter()
        .position(|wording| wording.id == Some(id))
        .ok_or(Refusal::NotFound)?;
    let (then, mut texts) = (fold::<T>(&of.whole[..=place]), fold::<T>(&of.whole));
    let named = &of.whole[place].fields;
    let leads: BTreeSet<&str> = names::<T>()
        .filter(|name| named.contains_key(*name))
        .map(T::lead)
        .collect();
    let fields: BTreeSet<&'static str> = names::<T>().filter(|name| leads.contains(T::lead(name))).collect();
    for (index, name) in names::<T>().enumerate() {
        if fields.contains(name) {
            texts[index].clone_from(&then[index]);
        }
    }
    let value = T::read(criterion, |field| text_of::<T>(&texts, field));
    let value = value
        .map_err(|errors| Refusal::Refused(errors.into_iter().map(|e| e.message).collect::<Vec<_>>().join(" ")))?;
    Ok(Change {
        criterion: criterion.id.clone(),
        revision,
        value,
        fields,
    })
}

fn names<T: Worded>() -> impl Iterator<Item = &'static str> {
    T::FIELDS.iter().map(|(name, _)| *name)
}

/// What a page of wordings is about.
struct Asked {
    at: AssessmentPath,
    criterion: Criterion,
    all: Vec<Wordings>,
}

impl Asked {
    async fn read(
        state: &AppState,
        actor: &Actor,
        practice: &str,
        cycle: &str,
        criterion: &str,
    ) -> Result<Asked, Refusal> {
        let at = path_of(practice, cycle)?;
        let id = CriterionId::parse(criterion).map_err(|_| Refusal::NotFound)?;
        let all = state.store.wordings(actor, &at.practice, &at.cycle, &id).await?;
        let assessment = state.store.assessment(actor, &at.practice, &at.cycle).await?;
        let criterion = assessment.framework.criterion(&id).cloned().ok_or(Refusal::NotFound)?;
        Ok(Asked { at, criterion, all })
    }

    fn page(&self, page: usize, errors: &[Error]) -> Page {
        let title = self.criterion.title.clone();
        let longest = self.all.iter().map(|one| one.wordings.len()).max().unwrap_or_default();
        let pages = longest.div_ceil(PER_PAGE).max(1);
        let here = page.min(pages);
        let sections = self.all.iter().map(|one| self.section(one, here)).collect_view();
        let nothing = self
            .all
            .is_empty()
            .then(|| view! { <p class="govuk-body">"Nothing has been written here yet."</p> });
        let link = |page: usize, words: &'static str| {
            let href = format!("{}?page={page}", self.at.wordings(&self.criterion.id));
            view! { <li><a class="govuk-link" href=href>{words}</a></li> }
        };
        let paging = (pages > 1).then(|| {
            let later = (here > 1).then(|| link(here - 1, "Later wordings"));
            let earlier = (here < pages).then(|| link(here + 1, "Earlier wordings"));
            view! { <nav aria-label="Pages of wordings"><ul class="govuk-list">{later}{earlier}</ul></nav> }
        });
        Page::new(
            format!("Earlier wordings: {title}"),
            view! {
                {error_summary(errors)}
                <span class="govuk-caption-l">"Earlier wordings"</span>
                <h1 class="govuk-heading-l">{title}</h1>
                <p class="govuk-body">"Everything that was saved here, the latest first. What was taken out is struck through, what came in is underlined."</p>
                {nothing}
                {sections}
                {paging}
            },
        )
        .with_back(self.at.page("history"), "History")
    }

    fn section(&self, one: &Wordings, page: usize) -> AnyView {
        let mut heading = match one.place {
            Some(place) => format!("{}: {}", one.kind.name(), place.name().to_lowercase()),
            None => one.kind.name().to_owned(),
        };
        if self.all.iter().any(|other| other.edition != one.edition) {
            heading = format!("{heading}, edition {}", one.edition);
        }
        let last = one.wordings.last().and_then(|wording| wording.id);
        let put_back = |wording: &Wording| {
            let id = wording.id.filter(|id| one.writable && Some(*id) != last)?;
            let action = self.at.wordings(&self.criterion.id);
            let which = format!(": {}, {}", heading.to_lowercase(), moment(wording.stamp.at));
            let form = view! {
                <form method="post" action=action>
                    {hidden("wording", &id.to_string())}
                    {hidden("revision", &one.revision.to_string())}
                    <button type="submit" class="govuk-button govuk-button--secondary">
                        "Put this back"<span class="govuk-visually-hidden">{which}</span>
                    </button>
                </form>
            };
            Some(form.into_any())
        };
        let items = list(
            one.kind,
            &one.wordings,
            (page - 1) * PER_PAGE..page * PER_PAGE,
            &put_back,
        );
        let last = one.wordings.len();
        view! {
            <h2 class="govuk-heading-m">{heading}</h2>
            <p class="govuk-body">{count(last, "wording.", "wordings.")}</p>
            {items}
        }
        .into_any()
    }
}
