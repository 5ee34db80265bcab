//! Every wording of a criterion that somebody may read.

use crate::{
    EventKind, Store,
    convert::{self, stamp},
    error::{Result, StoreError},
    load::{AssessmentContent, assessment_contents, ids},
    part::{CriterionRecord, Stored},
    rows::{assessment, event, reviewer, wording},
    scope::{self, AccessibleAssessment, in_cycle},
    transaction::Transaction,
    wording::{Subject, with_standing, wordings, wordings_where},
};
use framework::{
    actor::{Actor, Standing},
    assessment::{Agreement, Answer, Reading, Review},
    ids::{CriterionId, CycleId, PracticeSlug},
    lifecycle::{self, Operation, Status, may_read},
    reviewers::{self, Phase, Writes},
    wording::{Kind, Period, Wording, readable, seen},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use time::OffsetDateTime;
use uuid::Uuid;

/// The wordings of one thing that is said on a criterion.
#[derive(Clone, Debug, PartialEq)]
pub struct Wordings {
    /// What it is.
    pub kind: Kind,
    /// Whose, of two reviewers; for a reading only.
    pub place: Option<reviewers::Seat>,
    /// The edition of the assessment.
    pub edition: i32,
    /// The revision that stands now.
    pub revision: i32,
    /// What the actor may read, oldest first.
    pub wordings: Vec<Wording>,
    /// All that is known of it, from which it can be put together again.
    pub whole: Vec<Wording>,
    /// Whether the actor may write it now.
    pub writable: bool,
}

impl Store {
    /// Every wording of a criterion, by edition, the latest first, and kind: of answers, of the review, of what two
    /// reviewers said and of what was agreed. Whoever writes a thing reads all of them; everybody else those that stood
    /// while they could read it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the actor may not read the assessment, or there is no such criterion.
    pub async fn wordings(
        &self,
        actor: &Actor,
        practice: &PracticeSlug,
        cycle: &CycleId,
        criterion: &CriterionId,
    ) -> Result<Vec<Wordings>> {
        let tx = self.reading().await?;
        let (practice, standing) = scope::practice(&tx, actor, practice).await?;
        let rows = in_cycle(&practice, cycle).all(&tx).await?;
        let latest = rows.iter().map(|row| row.edition).max();
        let (mut all, mut known) = (vec![], false);
        for row in rows {
            if !may_read(convert::status(&row.status)?, standing) {
                continue;
            }
            let reviewers = crate::reviewers::reviewers_of(&tx, row.id).await?;
            let is_latest = Some(row.edition) == latest;
            let target = AccessibleAssessment::read(self, standing, row, reviewers)?;
            known |= target.framework.criterion(criterion).is_some();
            let said = assessment_contents(&tx, &ids(assessment::Column::Id.eq(target.row.id).into()))
                .await?
                .remove(&target.row.id);
            let said = said.and_then(|mut said| said.remove(criterion)).unwrap_or_default();
            let gather = Gather {
                criterion,
                course: course(&tx, &target).await?,
                both_in: both_in(&tx, &target).await?,
                tx: &tx,
                actor,
                target: &target,
                is_latest,
            };
            gather.all(said, &mut all).await?;
        }
        tx.commit().await?;
        match known {
            true => Ok(all),
            false => Err(StoreError::NotFound),
        }
    }
}

impl Store {
    /// Returns the wordings of a round of an adaptation (`part`), an action, or a reason for no action, oldest first, for those who
    /// write them.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for anybody but the Practice's leads and contributors.
    pub async fn written(
        &self,
        actor: &Actor,
        practice: &PracticeSlug,
        kind: Kind,
        (id, part): (Uuid, i32),
    ) -> Result<Vec<Wording>> {
        let (practice, standing) = scope::practice(&self.db, actor, practice).await?;
        if !matches!(standing, Standing::Lead | Standing::Contributor) {
            return Err(StoreError::NotFound);
        }
        let subject = Subject::of(kind, id, part);
        let which = subject.condition().add(wording::Column::PracticeId.eq(practice.id.0));
        Ok(wordings_where(&self.db, which)
            .await?
            .remove(&subject)
            .unwrap_or_default())
    }
}

/// Returns the states that an assessment went through, each with its first moment.
async fn course(tx: &Transaction, target: &AccessibleAssessment) -> Result<Vec<(OffsetDateTime, Status)>> {
    let moves = event::Entity::find()
        .filter(event::Column::AssessmentId.eq(target.row.id))
        .filter(event::Column::Kind.eq(EventKind::Moved.code()))
        .order_by_asc(event::Column::At)
        .order_by_asc(event::Column::Id)
        .all(tx)
        .await?;
    let first = if target.row.imported {
        target.status
    } else {
        Status::Draft
    };
    let mut course = vec![(stamp(target.row.created_at), first)];
    for row in moves {
        if let Some(to) = row.status_to {
            course.push((row.at, convert::status(&to)?));
        }
    }
    Ok(course)
}

/// When the ratings of both reviewers were in; nothing where one reviews, or they are not.
async fn both_in(tx: &Transaction, target: &AccessibleAssessment) -> Result<Option<OffsetDateTime>> {
    if target.reviewers.phase() != Phase::Together {
        return Ok(None);
    }
    let rows = reviewer::Entity::find()
        .filter(reviewer::Column::AssessmentId.eq(target.row.id))
        .all(tx)
        .await?;
    Ok(rows.into_iter().filter_map(|row| row.ready_at).max())
}

struct Gather<'a> {
    tx: &'a Transaction,
    actor: &'a Actor,
    target: &'a AccessibleAssessment,
    criterion: &'a CriterionId,
    is_latest: bool,
    course: Vec<(OffsetDateTime, Status)>,
    both_in: Option<OffsetDateTime>,
}

impl Gather<'_> {
    async fn all(&self, said: AssessmentContent, all: &mut Vec<Wordings>) -> Result<()> {
        let [first, second] = said.readings;
        all.extend(self.one::<Answer>(said.answer, None).await?);
        all.extend(self.one::<Agreement>(said.agreement, None).await?);
        all.extend(self.one::<Review>(said.review, None).await?);
        all.extend(self.one::<Reading>(first, Some(reviewers::Seat::First)).await?);
        all.extend(self.one::<Reading>(second, Some(reviewers::Seat::Second)).await?);
        Ok(())
    }

    async fn one<T: CriterionRecord>(
        &self,
        stored: Option<Stored<T>>,
        seat: Option<reviewers::Seat>,
    ) -> Result<Option<Wordings>> {
        let Some(stored) = stored else { return Ok(None) };
        let periods = self.periods(T::WORDING, seat);
        if periods.is_empty() {
            return Ok(None);
        }
        let subject = Subject::in_assessment(T::WORDING, self.target.row.id, self.criterion, seat);
        let kept = wordings(self.tx, &subject).await?;
        let whole = with_standing::<T>(kept, &stored.version());
        Ok(Some(Wordings {
            kind: T::WORDING,
            place: seat,
            edition: self.target.row.edition,
            revision: stored.revision,
            wordings: seen(&whole, &periods),
            whole,
            writable: self.is_latest && self.writes::<T>(seat),
        }))
    }

    /// When the actor could read it. A reading is its author's alone until both are in, and then as it stood.
    fn periods(&self, kind: Kind, seat: Option<reviewers::Seat>) -> Vec<Period> {
        let periods = readable(kind, self.target.standing, &self.course);
        match seat {
            Some(seat) if !self.is_own(seat) => match self.both_in {
                Some(both_in) => periods.into_iter().filter_map(|period| period.after(both_in)).collect(),
                None if self.target.reviewers.shows(self.actor.person, seat) => periods,
                None => vec![],
            },
            _ => periods,
        }
    }

    fn is_own(&self, seat: reviewers::Seat) -> bool {
        self.target
            .reviewers
            .of(self.actor.person)
            .is_some_and(|own| own.place == seat)
    }

    fn writes<T: CriterionRecord>(&self, seat: Option<reviewers::Seat>) -> bool {
        let reviewers = &self.target.reviewers;
        let may = lifecycle::next(self.target.status, T::ACTION, self.target.standing).is_ok()
            && reviewers
                .admit(T::ACTION, self.actor.person, self.target.standing)
                .is_ok();
        let wanted = match (T::ACTION, seat) {
            (Operation::Review, None) => Some(Writes::Review),
            (Operation::Review, Some(seat)) => Some(Writes::Reading(seat)),
            _ => None,
        };
        may && wanted.is_none_or(|wanted| reviewers.writes(self.actor.person) == wanted)
    }
}
