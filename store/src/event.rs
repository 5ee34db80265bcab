//! The history's rows: every change records who, when and what, in the same transaction as the change.

use crate::{convert::text, error::Result, rows::event, scope::AccessibleAssessment, transaction::Transaction};
use framework::{actor::Actor, ids::CriterionId, lifecycle::Status, prose::Prose};
use sea_orm::{ActiveValue::Set, EntityTrait};
use time::OffsetDateTime;
use uuid::Uuid;

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident $code:literal $name:literal,)*) => {
        /// What happened.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum EventKind {
            $($(#[$doc])* $kind,)*
        }

        impl EventKind {
            /// All kinds.
            pub const ALL: &[EventKind] = &[$(EventKind::$kind,)*];

            /// Returns the word in the database and in files.
            pub fn code(self) -> &'static str {
                match self { $(EventKind::$kind => $code,)* }
            }

            /// Returns the words for people.
            pub fn name(self) -> &'static str {
                match self { $(EventKind::$kind => $name,)* }
            }

            /// Returns the kind of a word.
            pub fn from_code(code: &str) -> Option<EventKind> {
                match code { $($code => Some(EventKind::$kind),)* _ => None }
            }
        }
    };
}

kinds! {
    /// An assessment was started.
    Started "started" "Started",
    /// An assessment came from a file of an earlier year.
    Imported "imported" "Imported",
    /// An assessment that came from a file was taken back with the whole import.
    ImportTakenBack "import_taken_back" "Import taken back",
    /// An answer changed.
    Answered "answered" "Answer saved",
    /// A review rating, comment or question changed.
    Reviewed "reviewed" "Review saved",
    /// An agreed rating, comment or class changed.
    Agreed "agreed" "Agreed rating saved",
    /// Who reviews was settled.
    Assigned "assigned" "Reviewers assigned",
    /// The Practice stated that it agrees with its moderated ratings.
    AgreementStated "agreement_stated" "Statement: the Practice agrees with the ratings",
    /// The Practice stated that it does not agree with its moderated ratings.
    DissentStated "dissent_stated" "Statement: the Practice does not agree with the ratings",
    /// The Practice took its statement back.
    StatementWithdrawn "statement_withdrawn" "Statement taken back",
    /// One of two reviewers said that the ratings are in.
    RatingsIn "ratings_in" "Ratings of one reviewer in",
    /// A finalised assessment was taken up again.
    Reopened "reopened" "Reopened",
    /// Somebody declared a conflict of interest.
    ConflictDeclared "conflict_declared" "Conflict of interest declared",
    /// A conflict of interest was lifted.
    ConflictLifted "conflict_lifted" "Conflict of interest lifted",
    /// An assessment went from one state to another.
    Moved "moved" "State changed",
    /// National Pause asked something.
    QuestionAsked "question_asked" "Question asked",
    /// The Practice answered.
    QuestionAnswered "question_answered" "Question answered",
    /// The Practice asked back.
    AskedBack "asked_back" "Asked back",
    /// A question was settled.
    QuestionResolved "question_resolved" "Question resolved",
    /// A question was left to an action.
    QuestionCarried "question_carried" "Question carried as an action",
    /// Words that seem to identify somebody were kept by their author, who was asked.
    DetailKept "detail_kept" "Kept words that may identify somebody",
    /// The same in a review.
    ReviewDetailKept "review_detail_kept" "Kept words in the review that may identify somebody",
    /// An action was added to the improvement plan.
    ActionRaised "action_raised" "Action added to the improvement plan",
    /// An action's text, owner or day changed.
    ActionChanged "action_changed" "Action changed",
    /// An action was done, dropped or opened again.
    ActionMoved "action_moved" "Action done, dropped or opened again",
    /// A reason for no action was given.
    NoAction "no_action" "Reason for no action saved",
    /// National Pause recorded support that it gave.
    SupportRecorded "support_recorded" "Support recorded",
    /// The Practice's lead said how much support helped.
    SupportRated "support_rated" "Support rated",
    /// A proposal in the register of adaptations was written.
    AdaptationWritten "adaptation_written" "Adaptation saved",
    /// An adaptation was proposed.
    AdaptationProposed "adaptation_proposed" "Adaptation proposed",
    /// A proposal was taken back.
    AdaptationWithdrawn "adaptation_withdrawn" "Adaptation taken back",
    /// National Pause decided on an adaptation.
    AdaptationDecided "adaptation_decided" "Adaptation decided",
    /// An item of evidence was added to the library.
    EvidenceAdded "evidence_added" "Evidence added",
    /// An item has a new version.
    EvidenceChanged "evidence_changed" "Evidence changed",
    /// An item is not offered any more.
    EvidenceWithdrawn "evidence_withdrawn" "Evidence withdrawn",
    /// An item is offered again.
    EvidenceRestored "evidence_restored" "Evidence restored",
    /// An item is cited on a criterion.
    Cited "cited" "Evidence cited",
    /// An item is not cited any more.
    Uncited "uncited" "Evidence taken out",
    /// An item of an earlier cycle is still true.
    StillTrue "still_true" "Evidence confirmed as still true",
    /// An entry of the register of adaptations came from a file.
    AdaptationImported "adaptation_imported" "Adaptation imported",
    /// A line of the improvement plan came from a file.
    ActionImported "action_imported" "Line of the improvement plan imported",
    /// An entry of support came from a file.
    SupportImported "support_imported" "Support imported",
    /// An item of evidence came from a file.
    EvidenceImported "evidence_imported" "Evidence imported",
    /// Earlier wordings came from a file.
    WordingsImported "wordings_imported" "Earlier wordings imported",
    /// A version was published.
    Published "published" "Version published",
    /// A cycle was opened.
    CycleOpened "cycle_opened" "Cycle opened",
    /// A cycle was closed.
    CycleClosed "cycle_closed" "Cycle closed",
    /// A closed cycle was opened again.
    CycleReopened "cycle_reopened" "Cycle reopened",
    /// A Practice was added.
    PracticeAdded "practice_added" "Practice added",
    /// A Practice has another name.
    PracticeRenamed "practice_renamed" "Practice renamed",
    /// A Practice is in another region.
    PracticeMoved "practice_moved" "Practice’s region changed",
    /// A Practice was closed.
    PracticeClosed "practice_closed" "Practice closed",
    /// A closed Practice was opened again.
    PracticeReopened "practice_reopened" "Practice reopened",
    /// A region was added to the list.
    RegionAdded "region_added" "Region added",
    /// A region has another name.
    RegionRenamed "region_renamed" "Region renamed",
    /// Somebody was invited.
    Invited "invited" "Invited",
    /// An invitation was withdrawn.
    InvitationWithdrawn "invitation_withdrawn" "Invitation withdrawn",
    /// Somebody accepted an invitation.
    Joined "joined" "Joined",
    /// Somebody's role in a Practice ended.
    Left "left" "Left the Practice",
    /// An ended role in a Practice was given back.
    RoleRestored "role_restored" "Role in the Practice given back",
    /// Somebody's role at National Pause was changed or taken away.
    RoleChanged "role_changed" "Role at National Pause changed",
    /// A link to choose a new password was made.
    PasswordLink "password_link" "Link for a new password made",
    /// A password was set.
    PasswordSet "password_set" "Password set",
    /// An account was switched off.
    Disabled "disabled" "Account switched off",
    /// An account was switched on again.
    Enabled "enabled" "Account switched on",
}

/// One event to record.
#[derive(Clone, Debug)]
pub(crate) struct NewEvent {
    kind: EventKind,
    practice: Option<Uuid>,
    assessment: Option<Uuid>,
    criterion: Option<CriterionId>,
    moved: Option<(Status, Status)>,
    note: Option<Prose>,
    detail: Option<serde_json::Value>,
}

impl NewEvent {
    /// Something happened.
    pub(crate) fn new(kind: EventKind) -> NewEvent {
        NewEvent {
            kind,
            practice: None,
            assessment: None,
            criterion: None,
            moved: None,
            note: None,
            detail: None,
        }
    }

    /// In a Practice.
    pub(crate) fn of(self, practice: Uuid) -> NewEvent {
        NewEvent {
            practice: Some(practice),
            ..self
        }
    }

    /// In an assessment.
    pub(crate) fn at(self, practice: Uuid, assessment: Uuid) -> NewEvent {
        NewEvent {
            practice: Some(practice),
            assessment: Some(assessment),
            ..self
        }
    }

    /// On a criterion.
    pub(crate) fn on(self, criterion: &CriterionId) -> NewEvent {
        NewEvent {
            criterion: Some(criterion.clone()),
            ..self
        }
    }

    /// From a state to another.
    pub(crate) fn moved(target: &AccessibleAssessment, to: Status, note: Option<Prose>) -> NewEvent {
        NewEvent {
            moved: Some((target.status, to)),
            note,
            ..NewEvent::new(EventKind::Moved).at(target.row.practice_id, target.row.id)
        }
    }

    /// For a reason.
    pub(crate) fn because(self, reason: Prose) -> NewEvent {
        NewEvent {
            note: Some(reason),
            ..self
        }
    }

    /// With particulars.
    pub(crate) fn with(self, detail: serde_json::Value) -> NewEvent {
        NewEvent {
            detail: Some(detail),
            ..self
        }
    }

    /// Another event of the same Practice and assessment.
    pub(crate) fn sibling(
        &self,
        kind: EventKind,
        criterion: Option<CriterionId>,
        detail: serde_json::Value,
    ) -> NewEvent {
        NewEvent {
            practice: self.practice,
            assessment: self.assessment,
            criterion,
            ..NewEvent::new(kind).with(detail)
        }
    }

    /// Returns the Practice it happened in.
    pub(crate) fn practice(&self) -> Option<Uuid> {
        self.practice
    }

    /// Returns the criterion it happened on.
    pub(crate) fn criterion(&self) -> Option<&CriterionId> {
        self.criterion.as_ref()
    }

    fn row(self, who: &Who, now: OffsetDateTime) -> event::ActiveModel {
        let (from, to) = self.moved.unzip();
        event::ActiveModel {
            id: Set(Uuid::now_v7()),
            at: Set(now),
            person_id: Set(who.person),
            who: Set(who.name.clone()),
            practice_id: Set(self.practice),
            assessment_id: Set(self.assessment),
            kind: Set(self.kind.code().to_owned()),
            criterion: Set(self.criterion.map(String::from)),
            status_from: Set(from.map(|status| status.code().to_owned())),
            status_to: Set(to.map(|status| status.code().to_owned())),
            note: Set(text(&self.note)),
            detail: Set(self.detail.map(|detail| detail.to_string())),
        }
    }
}

/// Who did it, as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Who {
    pub(crate) person: Option<Uuid>,
    pub(crate) name: String,
}

impl From<&Actor> for Who {
    fn from(actor: &Actor) -> Who {
        Who {
            person: actor.person.map(|person| person.0),
            name: actor.name.clone(),
        }
    }
}

/// Records events, in their order, with what their author kept of words that seem to identify somebody.
pub(crate) async fn record(
    tx: &Transaction,
    who: impl Into<Who>,
    now: OffsetDateTime,
    events: impl IntoIterator<Item = NewEvent>,
) -> Result<()> {
    let who = who.into();
    let rows: Vec<_> = tx
        .pending()
        .follow(events)
        .into_iter()
        .map(|event| event.row(&who, now))
        .collect();
    for chunk in rows.chunks(crate::rows::CHUNK) {
        event::Entity::insert_many(chunk.to_vec())
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}
