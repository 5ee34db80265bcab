//! Assessments: listing, starting, and reading one with all that a page needs.

use crate::{
    AssessmentPlan, Practice, Previous, Store,
    convert::{self, stamp},
    error::{Result, StoreError},
    event::{EventKind, NewEvent, record},
    evidence::{cited, cited_in_order},
    load::{AssessmentContent, assessment_contents, ids, in_order},
    register::{Registers, as_of},
    reviewers::reviewers_of,
    rows::{assessment, cycle},
    scope::{self, AccessibleAssessment, latest_readable},
    threads::{Clarification, threads},
};
use framework::{
    actor::{Actor, PersonId, Standing},
    adaptation::{Adaptation, AsOf},
    assessment::{Entry, Review},
    clarification::{self, Side},
    criteria::Framework,
    evidence::Cited,
    ids::{CriterionId, CycleId, PracticeSlug, VersionId},
    lifecycle::{Denied, Operation, Status, may_read, next},
    rating::Rating,
    reviewers::{Reviewers, Seat, Writes},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use std::sync::Arc;
use time::OffsetDateTime;
use uuid::Uuid;

/// An assessment in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssessmentRow {
    /// The cycle.
    pub cycle: CycleId,
    /// The version, for ever.
    pub version: VersionId,
    /// Where it stands.
    pub status: Status,
    /// Came from a file of an earlier year.
    pub imported: bool,
    /// Since when it stands there.
    pub status_since: OffsetDateTime,
    /// Whether the actor may open it. National Pause sees that a draft exists, not what it says.
    pub readable: bool,
    /// 1, or more when it was taken up again after it was finalised.
    pub edition: i32,
    /// Whether it has been taken up again since.
    pub taken_up_again: bool,
}

/// An assessment with everything a page needs.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// The Practice.
    pub practice: Practice,
    /// The cycle.
    pub cycle: CycleId,
    /// The version it is assessed under.
    pub framework: Arc<Framework>,
    /// Where it stands.
    pub status: Status,
    /// Came from a file of an earlier year.
    pub imported: bool,
    /// Since when it stands there.
    pub status_since: OffsetDateTime,
    /// What the actor is to the Practice.
    pub standing: Standing,
    /// Whether the actor may read the reviewer's side now. If not, it is empty in [`Assessment::lines`].
    pub review_readable: bool,
    /// 1, or more when it was taken up again after it was finalised.
    pub edition: i32,
    /// Whether it has been taken up again since, so that this is the finished edition before the one that is under way.
    pub taken_up_again: bool,
    /// Who reviews it.
    pub reviewers: Reviewers,
    /// What the actor writes on the review sheet.
    pub writes: Writes,
    /// Who asks.
    pub viewer: Option<PersonId>,
    /// One a criterion, in the order of [`Framework::criteria`].
    pub lines: Vec<Line>,
    /// The Practice's latest finalised assessment of an earlier cycle.
    pub previous: Option<Previous>,
    /// The improvement plan as it concerns this assessment.
    pub plan: AssessmentPlan,
    /// What the actor may read of the Practice's register of adaptations.
    pub register: Vec<Adaptation>,
    /// From when the assessment looks at it; nothing before it is submitted.
    pub as_of: Option<AsOf>,
}

/// One criterion of an assessment. Revisions are 0 where nothing is saved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// What is said; a class that rests on an adaptation as figures count it ([`framework::adaptation::effective`]).
    pub entry: Entry,
    /// The items of evidence that are cited, by title.
    pub cited: Vec<Cited>,
    /// The answer's revision.
    pub answer_revision: i32,
    /// Who saved the answer last.
    pub answered_by: Option<String>,
    /// When.
    pub answered_at: Option<OffsetDateTime>,
    /// What the actor has written on the review sheet: the review, or a reading of one's own ([`Reviewers::reading_of`]).
    pub own_review: Review,
    /// Its revision.
    pub own_revision: i32,
    /// The agreement's revision.
    pub agreement_revision: i32,
    /// What was asked and answered.
    pub clarification: Option<Clarification>,
}

impl Assessment {
    /// Where its threads of clarifications stand.
    pub fn threads(&self) -> Vec<(CriterionId, clarification::ThreadStatus)> {
        let lines = self.framework.criteria.iter().zip(&self.lines);
        lines
            .filter_map(|(criterion, line)| Some((criterion.id.clone(), line.clarification.as_ref()?.thread.state)))
            .collect()
    }

    /// May whoever asks do this now? Asks the same two functions as the store does before it changes anything.
    pub fn may(&self, action: Operation) -> bool {
        next(self.status, action, self.standing).is_ok()
            && self.reviewers.admit(action, self.viewer, self.standing).is_ok()
    }
}

impl Assessment {
    /// Returns the comparable ratings of the assessment before, in the order of [`Framework::criteria`].
    pub fn earlier(&self) -> Vec<Option<Rating>> {
        self.previous.as_ref().map(Previous::ratings).unwrap_or_default()
    }
}

impl Store {
    /// Returns the Practice's assessments, newest cycle and edition first. Readers see the finalised ones only.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the actor may not see the Practice.
    pub async fn assessments_of(&self, actor: &Actor, practice: &PracticeSlug) -> Result<Vec<AssessmentRow>> {
        let (practice, standing) = scope::practice(&self.db, actor, practice).await?;
        let rows = assessment::Entity::find()
            .filter(assessment::Column::PracticeId.eq(practice.id.0))
            .all(&self.db)
            .await?;
        let read = |row: assessment::Model| {
            let status = convert::status(&row.status)?;
            Ok(AssessmentRow {
                cycle: convert::cycle(row.cycle)?,
                version: convert::version(row.version)?,
                status,
                imported: row.imported,
                status_since: row.status_since,
                readable: may_read(status, standing),
                edition: row.edition,
                taken_up_again: false,
            })
        };
        let mut rows: Vec<AssessmentRow> = rows.into_iter().map(read).collect::<Result<_>>()?;
        rows.retain(|row| row.readable || standing != Standing::Reader);
        rows.sort_by(|a, b| (&b.cycle, b.edition).cmp(&(&a.cycle, a.edition)));
        for later in 1..rows.len() {
            rows[later].taken_up_again = rows[later].cycle == rows[later - 1].cycle;
        }
        Ok(rows)
    }

    /// Starts the Practice's assessment in an open cycle. Its lead only.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such Practice for this actor, or no such cycle;
    /// [`StoreError::Lifecycle`] for anybody but the lead; [`StoreError::Refused`] when the cycle is closed;
    /// [`StoreError::Taken`] when there is one.
    pub async fn start(
        &self,
        actor: &Actor,
        practice: &PracticeSlug,
        cycle: &CycleId,
        now: OffsetDateTime,
    ) -> Result<()> {
        let now = stamp(now);
        let tx = self.writing().await?;
        let (practice, standing) = scope::practice(&tx, actor, practice).await?;
        if standing != Standing::Lead {
            return Err(Denied::NotAllowed.into());
        }
        let found = cycle::Entity::find_by_id(cycle.as_str())
            .one(&tx)
            .await?
            .ok_or(StoreError::NotFound)?;
        if found.closed_at.is_some() {
            return Err(StoreError::Refused(format!(
                "The cycle {cycle} is closed. No assessment can be started in it."
            )));
        }
        let id = Uuid::now_v7();
        let row = assessment::ActiveModel {
            id: Set(id),
            practice_id: Set(practice.id.0),
            cycle: Set(found.id),
            version: Set(found.version),
            status: Set(Status::Draft.code().to_owned()),
            imported: Set(false),
            created_at: Set(now),
            status_since: Set(now),
            submitted_at: Set(None),
            edition: Set(1),
        };
        let taken = || {
            format!(
                "The assessment of {} for {cycle} has been started already.",
                practice.info.name
            )
        };
        assessment::Entity::insert(row)
            .exec_without_returning(&tx)
            .await
            .map_err(|error| StoreError::taken(error, taken))?;
        record(
            &tx,
            actor,
            now,
            [NewEvent::new(EventKind::Started).at(practice.id.0, id)],
        )
        .await?;
        tx.commit().await
    }

    /// An assessment the actor may read, with everything a page needs, as of one moment. The latest edition that the
    /// actor may read. Sixteen queries at most.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none, or the actor may not read it.
    pub async fn assessment(&self, actor: &Actor, practice: &PracticeSlug, cycle: &CycleId) -> Result<Assessment> {
        let tx = self.reading().await?;
        let (practice, standing) = scope::practice(&tx, actor, practice).await?;
        let rows = assessment::Entity::find()
            .filter(assessment::Column::PracticeId.eq(practice.id.0))
            .all(&tx)
            .await?;
        let before = latest_before(&rows, cycle).cloned();
        let editions: Vec<assessment::Model> = (rows.iter())
            .filter(|row| row.cycle == cycle.as_str())
            .cloned()
            .collect();
        let row = latest_readable(editions, standing)?;
        let reviewers = reviewers_of(&tx, row.id).await?;
        let target = AccessibleAssessment::read(self, standing, row, reviewers)?;
        let both = [Some(target.row.id), before.as_ref().map(|before| before.id)];
        let which = ids(assessment::Column::Id.is_in(both.into_iter().flatten()).into());
        let mut all = assessment_contents(&tx, &which).await?;
        let this = ids(assessment::Column::Id.eq(target.row.id).into());
        let mut threads = threads(&tx, &this, marked(&target, actor)).await?;
        let here = (&target.cycle, &*target.framework);
        let plan = self
            .plan_for_assessment(&tx, standing, practice.id.0, here, &rows)
            .await?;
        let registers = Registers::of_practice(&tx, practice.id.0).await?;
        let mut cited = cited(&tx, &this).await?;
        tx.commit().await?;

        let mut threads = threads.remove(&target.row.id).unwrap_or_default();
        let sight = target.sight(actor);
        let writes = target.reviewers.writes(actor.person);
        let own_reading = target.reviewers.reading_of(actor.person);
        let own = in_order(&target.framework, all.remove(&target.row.id).unwrap_or_default())?;
        let cited = cited_in_order(&target.framework, &mut cited, target.row.id)?;
        let previous = match &before {
            None => None,
            Some(before) => {
                let said = all.remove(&before.id).unwrap_or_default();
                Some(self.previous(&target.framework, before, said, &registers)?)
            }
        };
        let mut lines: Vec<Line> = (own.into_iter().zip(cited).zip(&target.framework.criteria))
            .map(|((said, cited), criterion)| Line {
                cited,
                ..line(said.visible(&sight), own_reading, threads.remove(&criterion.id))
            })
            .collect();
        let agreements = lines.iter_mut().map(|line| &mut line.entry.agreement);
        registers.settle_all(&target.row, &target.framework, agreements);
        let register = registers.of(practice.id.0).iter().cloned();
        let mut assessment = Assessment {
            lines,
            previous,
            plan,
            register: register.filter_map(|adaptation| adaptation.seen_by(standing)).collect(),
            as_of: as_of(&target.row),
            practice,
            standing,
            review_readable: sight.review,
            writes,
            viewer: actor.person,
            cycle: target.cycle,
            framework: target.framework,
            status: target.status,
            imported: target.row.imported,
            status_since: target.row.status_since,
            taken_up_again: rows
                .iter()
                .any(|row| row.cycle == target.row.cycle && row.edition > target.row.edition),
            edition: target.row.edition,
            reviewers: target.reviewers,
        };
        assessment.plan.asking = self.asking_in(&assessment);
        Ok(assessment)
    }
}

/// Returns the finalised assessment of the latest cycle before this one, in its latest edition.
pub(crate) fn latest_before<'a>(rows: &'a [assessment::Model], cycle: &CycleId) -> Option<&'a assessment::Model> {
    rows.iter()
        .filter(|row| row.status == Status::Finalised.code() && row.cycle.as_str() < cycle.as_str())
        .max_by(|a, b| (&a.cycle, a.edition).cmp(&(&b.cycle, b.edition)))
}

/// Returns whose marks tell what is unread: of those who take part, while it goes on.
fn marked(target: &AccessibleAssessment, actor: &Actor) -> Option<Uuid> {
    let takes_part = Side::of(target.standing).is_some() && target.status != Status::Finalised;
    actor.person.filter(|_| takes_part).map(|person| person.0)
}

fn line(said: AssessmentContent, own_reading: Option<Seat>, clarification: Option<Clarification>) -> Line {
    let own = match own_reading {
        Some(place) => said.readings[place.index()]
            .as_ref()
            .map(|stored| (stored.value.0.clone(), stored.revision)),
        None => said
            .review
            .as_ref()
            .map(|stored| (stored.value.clone(), stored.revision)),
    };
    let (own_review, own_revision) = own.unwrap_or_default();
    Line {
        entry: said.entry(),
        cited: vec![],
        answer_revision: said.answer.as_ref().map_or(0, |stored| stored.revision),
        answered_at: said.answer.as_ref().map(|stored| stored.at),
        answered_by: said.answer.map(|stored| stored.who),
        own_review,
        own_revision,
        agreement_revision: said.agreement.map_or(0, |stored| stored.revision),
        clarification,
    }
}
