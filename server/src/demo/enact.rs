//! A year as it happens: the lead fills, a reviewer rates, differences are settled, each through the store as on the pages.

mod state;
mod talk;
mod twice;

use super::{
    Refused, evidence,
    people::{Cast, slug},
    practices::{MAIN, PRACTICES, Practice, Stand},
    years,
};
use files::Files;
use framework::{
    actor::Actor,
    adaptation::{Adaptation, AdaptationId, to_explain},
    assessment::{AdaptationClass, Agreement, Answer, Entry, Review},
    criteria::Framework,
    ids::{CriterionId, CycleId, PracticeSlug},
    lifecycle::Operation,
    prose::Prose,
    sheet::CriterionRatings,
    wording::Sayable,
};
use std::collections::BTreeMap;
use store::{Assessment, Change, Outcome, Store};
use time::{Duration, OffsetDateTime};

/// One Practice's year.
pub(super) struct Year<'a> {
    store: &'a Store,
    files: &'a Files,
    cast: &'a Cast,
    slug: PracticeSlug,
    cycle: CycleId,
    lead: &'a Actor,
    reviewer: &'a Actor,
    framework: &'a Framework,
    entries: BTreeMap<CriterionId, Entry>,
    practice: &'a Practice,
    /// When the Practice begins.
    begins: OffsetDateTime,
}

impl<'a> Year<'a> {
    /// Returns a Practice's year in a cycle that was opened at a time.
    pub(super) fn new(
        (store, files, cast): (&'a Store, &'a Files, &'a Cast),
        practice: &'a Practice,
        framework: &'a Framework,
        year: u16,
        opened: OffsetDateTime,
    ) -> Result<Year<'a>, Refused> {
        let place = PRACTICES
            .iter()
            .position(|other| other.slug == practice.slug)
            .unwrap_or_default();
        // the third belongs to a Practice herself, and has fewer
        let reviewer = REVIEWERS[[0, 1, 0, 1, 2][place % 5]];
        Ok(Year {
            store,
            files,
            cast,
            slug: slug(practice.slug)?,
            cycle: cycle(year)?,
            lead: cast.get(&practice.lead_email())?,
            reviewer: cast.get(if practice.slug == super::practices::REVIEWERS_OWN {
                REVIEWERS[0]
            } else {
                reviewer
            })?,
            framework,
            entries: years::entries(practice, framework, year),
            practice,
            begins: opened + Duration::days(2 * i64::try_from(place).unwrap_or_default()),
        })
    }

    /// Goes as far as the Practice stands.
    pub(super) async fn enact(&self, stand: Stand) -> Result<(), Refused> {
        self.store
            .start(self.lead, &self.slug, &self.cycle, self.day(0))
            .await?;
        let library = evidence::Library {
            store: self.store,
            files: self.files,
            lead: self.lead,
            slug: &self.slug,
            cycle: &self.cycle,
            framework: self.framework,
        };
        library.keep(self.practice, self.day(3)).await?;
        if let Stand::Draft(percent) = stand {
            return self.fill(self.share(percent), true).await;
        }
        self.fill(self.framework.criteria.len(), false).await?;
        self.act(self.lead, Operation::Submit, 30, None).await?;
        if stand == Stand::Submitted {
            return Ok(());
        }
        self.assign_second().await?;
        self.act(self.reviewer, Operation::BeginReview, 36, None).await?;
        let rated = if let Stand::InReview(percent) = stand {
            self.share(percent)
        } else {
            self.framework.criteria.len()
        };
        self.review(rated, stand == Stand::Returned).await?;
        match stand {
            Stand::InReview(_) => return self.talk(stand).await,
            Stand::Returned => {
                let note = years::prose(RETURN_NOTE);
                self.act(self.reviewer, Operation::Return, 42, note).await?;
                return self.talk(stand).await;
            }
            _ => self.talk(stand).await?,
        }
        self.agree().await?;
        self.act(self.reviewer, Operation::Moderate, 50, None).await?;
        if stand == Stand::Finalised {
            self.state().await?;
            self.act(self.reviewer, Operation::Finalise, 55, None).await?;
        }
        Ok(())
    }

    /// Answers the first so many criteria, in two sittings; in the main Practice a contributor does the second.
    async fn fill(&self, count: usize, draft: bool) -> Result<(), Refused> {
        let mut answers: Vec<Change<Answer>> = self.changes(count, |entry| entry.answer.clone());
        // what the page before submitting points at: the last answer is half done
        if let Some(last) = answers.last_mut().filter(|_| draft) {
            last.value = Answer {
                comment: years::prose(UNFINISHED),
                ..Answer::default()
            };
        }
        let second = answers.split_off(count / 2);
        let helper = if self.practice.slug == MAIN {
            self.cast.get("contributor@demo.example")?
        } else {
            self.lead
        };
        for (who, answers, day) in [(self.lead, answers, 4), (helper, second, 18)] {
            saved(
                self.store
                    .save_answers(who, &self.slug, &self.cycle, answers, self.day(day))
                    .await?,
            )?;
        }
        Ok(())
    }

    /// Rates the first so many criteria; with questions on the three that differ most, or the first.
    async fn review(&self, count: usize, asks: bool) -> Result<(), Refused> {
        let mut reviews: Vec<Change<Review>> = self.changes(count, |entry| entry.review.clone());
        let differs = |entry: &Entry| !entry.not_applicable() && entry.self_rating() != entry.review_rating();
        let asked = reviews
            .iter_mut()
            .filter(|change| self.entries.get(&change.criterion).is_some_and(differs));
        for change in asked.take(if asks { 4 } else { 0 }) {
            change.value.question = years::question(self.practice, &change.criterion);
        }
        self.read_twice(&reviews).await?;
        self.settle(&mut reviews)?;
        saved(
            self.store
                .save_reviews(self.reviewer, &self.slug, &self.cycle, reviews, self.day(40))
                .await?,
        )
    }

    /// Settles every difference, and puts every low rating and slip down to something: what was agreed for it in the
    /// register, if it was in force, else drift.
    async fn agree(&self) -> Result<(), Refused> {
        let now = self.store.assessment(self.reviewer, &self.slug, &self.cycle).await?;
        let earlier = now.earlier();
        let mut agreements = Vec::new();
        for (index, (criterion, line)) in self.framework.criteria.iter().zip(&now.lines).enumerate() {
            let Some(planned) = self.entries.get(&criterion.id).map(|entry| &entry.agreement) else {
                continue;
            };
            let settled = CriterionRatings {
                agreed_rating: planned.rating,
                ..CriterionRatings::from(&line.entry)
            };
            let (class, adaptation) = match to_explain(&settled, earlier.get(index).copied().flatten()) {
                true => self.put_down(&now, &criterion.id, planned),
                false => (None, None),
            };
            let value = Agreement {
                class,
                adaptation,
                comment: (planned.comment.clone())
                    .or_else(|| years::unplanned(self.practice, &criterion.id).filter(|_| class == UNPLANNED)),
                ..planned.clone()
            };
            if value != Agreement::default() {
                agreements.push(Change::whole(criterion.id.clone(), 0, value));
            }
        }
        saved(
            self.store
                .save_agreements(self.reviewer, &self.slug, &self.cycle, agreements, self.day(47))
                .await?,
        )
    }

    fn put_down(
        &self,
        now: &Assessment,
        criterion: &CriterionId,
        planned: &Agreement,
    ) -> (Option<AdaptationClass>, Option<AdaptationId>) {
        let covers =
            |adaptation: &&Adaptation| now.as_of.is_some_and(|at| adaptation.covering(criterion, at).is_some());
        match (now.register.iter().find(covers), planned.class) {
            (Some(adaptation), _) => (None, Some(adaptation.id)),
            (None, UNPLANNED) => (UNPLANNED, None),
            (None, _) => (Some(AdaptationClass::Unexplained), None),
        }
    }

    async fn act(&self, who: &Actor, action: Operation, day: i64, note: Option<Prose>) -> Result<(), Refused> {
        self.store
            .transition(who, &self.slug, &self.cycle, action, note, self.day(day))
            .await?;
        Ok(())
    }

    /// Returns what is said on the first so many criteria, where something is.
    fn changes<T: Sayable>(&self, count: usize, part: fn(&Entry) -> T) -> Vec<Change<T>> {
        let criteria = self.framework.criteria.iter().take(count);
        let said = criteria.filter_map(|criterion| Some((&criterion.id, part(self.entries.get(&criterion.id)?))));
        said.filter(|(_, value)| *value != T::default())
            .map(|(id, value)| Change::whole(id.clone(), 0, value))
            .collect()
    }

    fn share(&self, percent: usize) -> usize {
        self.framework.criteria.len() * percent / 100
    }

    fn day(&self, day: i64) -> OffsetDateTime {
        self.begins + Duration::days(day)
    }
}

const UNPLANNED: Option<AdaptationClass> = Some(AdaptationClass::Unplanned);
const REVIEWERS: [&str; 3] = [
    "reviewer@demo.example",
    "reviewer2@demo.example",
    "reviewer3@demo.example",
];
const RETURN_NOTE: &str = "Thank you, this is careful work. Four questions stand on the criteria themselves; please answer them there. \
                           Nothing else needs to change.";
const UNFINISHED: &str = "Waiting for the figures from the host.";

/// Returns a cycle by its year.
pub(super) fn cycle(year: u16) -> Result<CycleId, Refused> {
    CycleId::parse(&year.to_string()).map_err(|error| Refused::Bug(error.to_string()))
}

/// Nobody else writes while the demonstration is filled.
fn saved<T>(outcomes: Vec<Outcome<T>>) -> Result<(), Refused> {
    match outcomes.iter().all(|outcome| outcome.saved && outcome.is_whole()) {
        true => Ok(()),
        false => Err(Refused::Bug("something was not saved".to_owned())),
    }
}
