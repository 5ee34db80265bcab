//! What is asked and answered on a criterion, besides the questions with which an assessment is returned.

use super::{Year, years};
use crate::demo::{Refused, dice::Dice, practices::Stand};
use framework::{assessment::Entry, clarification::ThreadOperation, ids::CriterionId};
use store::Turn;
use time::OffsetDateTime;

/// Who takes the turn.
#[derive(Clone, Copy)]
enum By {
    Lead,
    Reviewer,
}

/// A turn: by whom, what, on which day of the year, and in which words.
type Line = (By, ThreadOperation, i64, &'static str);

/// Asked while the review went on, answered and settled.
const SETTLED: [&[Line]; 3] = [
    &[
        (
            By::Reviewer,
            ThreadOperation::Ask,
            41,
            "You write that this is looked at each month. Which months are in the tally, and who keeps it?",
        ),
        (
            By::Lead,
            ThreadOperation::Answer,
            43,
            "April to December. The co-ordinator keeps it and brings it to the team meeting; the last sheet is in our shared folder.",
        ),
        (By::Reviewer, ThreadOperation::Resolve, 45, ""),
    ],
    &[
        (
            By::Reviewer,
            ThreadOperation::Ask,
            41,
            "Does this hold for the whole team, or for the two posts you describe?",
        ),
        (
            By::Lead,
            ThreadOperation::AskBack,
            42,
            "Do you count the maternity cover? She came in October.",
        ),
        (
            By::Reviewer,
            ThreadOperation::Ask,
            43,
            "Leave her out, please: the level speaks of the posts that were filled all year.",
        ),
        (By::Lead, ThreadOperation::Answer, 44, "Then it holds for all three."),
        (By::Reviewer, ThreadOperation::Resolve, 45, ""),
    ],
    &[
        (
            By::Reviewer,
            ThreadOperation::Ask,
            41,
            "The number is lower than last year. Did anything change in how it was counted?",
        ),
        (
            By::Lead,
            ThreadOperation::Answer,
            44,
            "Yes. We now count offered meetings and not only those that took place, as the framework says.",
        ),
        (By::Reviewer, ThreadOperation::Resolve, 46, ""),
    ],
];

/// Asked without returning the assessment; the Practice has asked back.
const ASKED_BACK: &[Line] = &[
    (
        By::Reviewer,
        ThreadOperation::Ask,
        41,
        "What shows this from the women's side? A sentence from a review meeting would do, without names.",
    ),
    (
        By::Lead,
        ThreadOperation::AskBack,
        43,
        "We have notes of two review meetings from the spring. Are those recent enough?",
    ),
];

/// Answered, and not settled yet: in the way of finalising.
const ANSWERED: &[Line] = &[
    (
        By::Reviewer,
        ThreadOperation::Ask,
        41,
        "Until when has the host agreed to this, and who looks at it again?",
    ),
    (
        By::Lead,
        ThreadOperation::Answer,
        49,
        "Until the end of March. The board looks at it in February.",
    ),
];

/// One of the questions with which the assessment came back is answered already.
const FIRST_ANSWER: &[Line] = &[(
    By::Lead,
    ThreadOperation::Answer,
    44,
    "It covers June to November. We drew every third week, so that the holidays are not left out.",
)];

impl Year<'_> {
    /// Returns what the two sides ask and answer beside the sheet, as far as the Practice stands.
    pub(super) async fn talk(&self, stand: Stand) -> Result<(), Refused> {
        let mut differing = self.differing();
        match stand {
            Stand::Draft(_) | Stand::Submitted => Ok(()),
            Stand::Returned => self.say(differing.next(), 1, FIRST_ANSWER).await,
            Stand::InReview(_) => self.say(differing.next(), 0, ASKED_BACK).await,
            Stand::Moderated | Stand::Finalised => {
                let mut dice = Dice::of(&[self.practice.slug, self.cycle.as_str(), "talk"]);
                if dice.chance(60) {
                    self.say(differing.next(), 0, dice.pick(&SETTLED)).await?;
                }
                match stand {
                    Stand::Moderated => self.say(differing.next(), 0, ANSWERED).await,
                    _ => Ok(()),
                }
            }
        }
    }

    /// Returns the criteria on which the Practice and the reviewer differ, which are those that are asked about.
    fn differing(&self) -> impl Iterator<Item = &CriterionId> {
        let differs = |entry: &Entry| {
            let rated = entry.review.rating.is_some();
            rated && !entry.not_applicable() && entry.self_rating() != entry.review.rating
        };
        let criteria = self.framework.criteria.iter().map(|criterion| &criterion.id);
        criteria.filter(move |id| self.entries.get(id).is_some_and(differs))
    }

    /// Takes the turns in a thread that stands at a revision.
    async fn say(&self, criterion: Option<&CriterionId>, revision: i32, lines: &[Line]) -> Result<(), Refused> {
        let Some(criterion) = criterion else {
            return Ok(());
        };
        for (revision, (by, act, day, words)) in (revision..).zip(lines) {
            let who = match by {
                By::Lead => self.lead,
                By::Reviewer => self.reviewer,
            };
            let turn = Turn {
                criterion: criterion.clone(),
                revision,
                act: *act,
                text: years::prose(words),
            };
            let at: OffsetDateTime = self.day(*day);
            self.store.clarify(who, &self.slug, &self.cycle, &turn, at).await?;
        }
        Ok(())
    }
}
