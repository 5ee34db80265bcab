//! What people are told of: the kinds of notice, whom each concerns, its words in the inbox and where it leads; and how
//! often somebody wants an e-mail that says no more than that something waits.

use crate::{actor::Standing, lifecycle::Operation};
use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident $code:literal $words:literal,)*) => {
        /// What a notice tells of.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum NoticeKind {
            $($(#[$doc])* $kind,)*
        }

        impl NoticeKind {
            /// All kinds.
            pub const ALL: &[NoticeKind] = &[$(NoticeKind::$kind,)*];

            /// Returns the word in the database.
            pub fn code(self) -> &'static str {
                match self { $(NoticeKind::$kind => $code,)* }
            }

            /// Returns the words of the line in the inbox, which names the Practice and the cycle besides.
            pub fn words(self) -> &'static str {
                match self { $(NoticeKind::$kind => $words,)* }
            }

            /// Returns the kind of a word.
            pub fn from_code(code: &str) -> Option<NoticeKind> {
                match code { $($code => Some(NoticeKind::$kind),)* _ => None }
            }
        }
    };
}

kinds! {
    /// Somebody is asked to review.
    Assigned "assigned" "You are asked to review an assessment",
    /// Both of two reviewers have rated.
    BothIn "both_in" "Both reviewers’ ratings are in",
    /// Somebody left a review that is under way.
    ReviewerNeeded "reviewer_needed" "A review needs a reviewer",
    /// An assessment was handed to National Pause.
    Submitted "submitted" "An assessment has been submitted for review",
    /// An assessment is back with the Practice.
    Returned "returned" "Your assessment has come back with questions",
    /// Differences are settled.
    Moderated "moderated" "The ratings of your assessment have been agreed: you may make a statement on them",
    /// The Practice made a statement on its moderated ratings, changed it or took it back.
    Statement "statement" "The Practice’s statement on its agreed ratings has changed",
    /// An assessment is finished.
    Finalised "finalised" "The assessment is finished and its report is ready",
    /// A finished assessment was opened again.
    Reopened "reopened" "A finished assessment has been opened again",
    /// A question on a criterion.
    Question "question" "Somebody has asked a question",
    /// An answer to a question.
    Answer "answer" "A question has been answered",
    /// The Practice proposes an adaptation.
    AdaptationProposed "adaptation_proposed" "An adaptation has been proposed",
    /// National Pause decided on an adaptation.
    AdaptationDecided "adaptation_decided" "National Pause has decided on an adaptation",
    /// An action should be done soon.
    ActionDue "action_due" "An action in your improvement plan is due soon",
    /// An action should have been done.
    ActionOverdue "action_overdue" "An action in an improvement plan is overdue",
    /// National Pause recorded support that it gave.
    SupportRecorded "support_recorded" "National Pause has recorded support it gave",
    /// Somebody made a link for a new password to an account.
    PasswordLink "password_link" "A link for a new password was made for your account",
    /// The password of an account was set.
    PasswordSet "password_set" "The password of your account was changed",
    /// A role was given or ended.
    RolesChanged "roles_changed" "Your roles have changed",
}

/// The page where a notice is dealt with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// The Practice's task list of an assessment.
    Assessment,
    /// The Practice's statement on its moderated ratings.
    Statement,
    /// The review of an assessment.
    Review,
    /// The questions and answers of an assessment.
    Clarifications,
    /// The report on an assessment.
    Report,
    /// An adaptation.
    Adaptation,
    /// The improvement plan.
    Plan,
    /// One's own account.
    Account,
}

impl NoticeKind {
    /// Returns whether it is of use to somebody of this standing. Nobody else ever gets it, whomever a notice is meant for.
    pub fn concerns(self, standing: Standing) -> bool {
        use Standing::{Administrator, Contributor, Lead, Reader, Reviewer};
        match self {
            NoticeKind::Assigned
            | NoticeKind::BothIn
            | NoticeKind::Submitted
            | NoticeKind::Statement
            | NoticeKind::AdaptationProposed => {
                matches!(standing, Reviewer | Administrator)
            }
            NoticeKind::ReviewerNeeded => standing == Administrator,
            NoticeKind::Returned
            | NoticeKind::Moderated
            | NoticeKind::AdaptationDecided
            | NoticeKind::ActionDue
            | NoticeKind::SupportRecorded => matches!(standing, Lead | Contributor),
            NoticeKind::Finalised => matches!(standing, Lead | Contributor | Reader),
            // everybody's own
            NoticeKind::PasswordLink | NoticeKind::PasswordSet | NoticeKind::RolesChanged => true,
            NoticeKind::Reopened | NoticeKind::Question | NoticeKind::Answer | NoticeKind::ActionOverdue => {
                matches!(standing, Lead | Contributor | Reviewer | Administrator)
            }
        }
    }

    /// Returns whether it is dealt with, for all who were told, once somebody does this with the assessment it is about.
    pub fn settled_by(self, action: Operation) -> bool {
        match self {
            NoticeKind::Submitted => action == Operation::BeginReview,
            NoticeKind::BothIn => action == Operation::Moderate,
            NoticeKind::Assigned | NoticeKind::Statement => action == Operation::Finalise,
            NoticeKind::Moderated => matches!(action, Operation::MakeStatement | Operation::Finalise),
            NoticeKind::Returned => action == Operation::Submit,
            _ => false,
        }
    }

    /// Where it leads somebody of this standing.
    pub fn leads_to(self, standing: Standing) -> Target {
        let national = matches!(standing, Standing::Reviewer | Standing::Administrator);
        match self {
            NoticeKind::Assigned
            | NoticeKind::BothIn
            | NoticeKind::ReviewerNeeded
            | NoticeKind::Submitted
            | NoticeKind::Statement => Target::Review,
            NoticeKind::Moderated => Target::Statement,
            NoticeKind::Reopened if national => Target::Review,
            NoticeKind::Returned | NoticeKind::Reopened => Target::Assessment,
            NoticeKind::Finalised => Target::Report,
            NoticeKind::Question | NoticeKind::Answer => Target::Clarifications,
            NoticeKind::AdaptationProposed | NoticeKind::AdaptationDecided => Target::Adaptation,
            NoticeKind::ActionDue | NoticeKind::ActionOverdue | NoticeKind::SupportRecorded => Target::Plan,
            NoticeKind::PasswordLink | NoticeKind::PasswordSet | NoticeKind::RolesChanged => Target::Account,
        }
    }
}

/// How often somebody wants an e-mail about their notices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailChoice {
    /// For each notice, at once.
    Each,
    /// Once a day, when something new has come.
    #[default]
    Daily,
    /// Never.
    Off,
}

impl MailChoice {
    /// All choices.
    pub const ALL: [MailChoice; 3] = [MailChoice::Daily, MailChoice::Each, MailChoice::Off];

    /// Returns the word in forms and the database.
    pub fn code(self) -> &'static str {
        match self {
            MailChoice::Each => "each",
            MailChoice::Daily => "daily",
            MailChoice::Off => "off",
        }
    }

    /// Returns the choice of a word.
    pub fn from_code(code: &str) -> Option<MailChoice> {
        Self::ALL.into_iter().find(|choice| choice.code() == code)
    }

    /// Returns the words for people.
    pub fn name(self) -> &'static str {
        match self {
            MailChoice::Each => "At once, one for each notice",
            MailChoice::Daily => "Once a day, when something new waits",
            MailChoice::Off => "No e-mail",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Standing::*;

    const NATIONAL: &[Standing] = &[Administrator, Reviewer];
    const TEAM: &[Standing] = &[Lead, Contributor];
    const BOTH: &[Standing] = &[Administrator, Reviewer, Lead, Contributor];
    const ALL: &[Standing] = &[Administrator, Reviewer, Lead, Contributor, Reader, Stranger];
    const MEMBERS: &[Standing] = &[Lead, Contributor, Reader];

    #[test]
    fn each_kind_concerns_and_leads_as_the_table_says() {
        let table: &[(NoticeKind, &[Standing], Target)] = &[
            (NoticeKind::Assigned, NATIONAL, Target::Review),
            (NoticeKind::BothIn, NATIONAL, Target::Review),
            (NoticeKind::ReviewerNeeded, &[Administrator], Target::Review),
            (NoticeKind::Submitted, NATIONAL, Target::Review),
            (NoticeKind::Returned, TEAM, Target::Assessment),
            (NoticeKind::Moderated, TEAM, Target::Statement),
            (NoticeKind::Statement, NATIONAL, Target::Review),
            (NoticeKind::Finalised, MEMBERS, Target::Report),
            (NoticeKind::Reopened, BOTH, Target::Assessment),
            (NoticeKind::Question, BOTH, Target::Clarifications),
            (NoticeKind::Answer, BOTH, Target::Clarifications),
            (NoticeKind::AdaptationProposed, NATIONAL, Target::Adaptation),
            (NoticeKind::AdaptationDecided, TEAM, Target::Adaptation),
            (NoticeKind::ActionDue, TEAM, Target::Plan),
            (NoticeKind::ActionOverdue, BOTH, Target::Plan),
            (NoticeKind::SupportRecorded, TEAM, Target::Plan),
            (NoticeKind::PasswordLink, ALL, Target::Account),
            (NoticeKind::PasswordSet, ALL, Target::Account),
            (NoticeKind::RolesChanged, ALL, Target::Account),
        ];
        let kinds: Vec<_> = table.iter().map(|(kind, ..)| *kind).collect();
        assert_eq!(kinds, NoticeKind::ALL);
        for (kind, concerned, target) in table {
            for standing in [Administrator, Reviewer, Lead, Contributor, Reader, Stranger] {
                assert_eq!(
                    kind.concerns(standing),
                    concerned.contains(&standing),
                    "{kind:?} {standing:?}"
                );
            }
            // one that concerns only one side leads all of it to the same page
            for standing in concerned.iter().copied() {
                let expected = match (kind, standing) {
                    (NoticeKind::Reopened, Administrator | Reviewer) => Target::Review,
                    _ => *target,
                };
                assert_eq!(kind.leads_to(standing), expected, "{kind:?} {standing:?}");
            }
        }
    }

    #[test]
    fn a_move_settles_what_asked_for_it() {
        let settled = |action| NoticeKind::ALL.iter().filter(move |kind| kind.settled_by(action));
        for action in Operation::ALL {
            let kinds = match action {
                Operation::Submit => vec![NoticeKind::Returned],
                Operation::BeginReview => vec![NoticeKind::Submitted],
                Operation::Moderate => vec![NoticeKind::BothIn],
                Operation::MakeStatement => vec![NoticeKind::Moderated],
                Operation::Finalise => vec![NoticeKind::Assigned, NoticeKind::Moderated, NoticeKind::Statement],
                _ => vec![],
            };
            assert_eq!(settled(action).copied().collect::<Vec<_>>(), kinds, "{action:?}");
        }
    }

    #[test]
    fn every_code_reads_back() {
        for kind in NoticeKind::ALL {
            assert_eq!(NoticeKind::from_code(kind.code()), Some(*kind));
        }
        for choice in MailChoice::ALL {
            assert_eq!(MailChoice::from_code(choice.code()), Some(choice));
        }
        assert_eq!(
            (NoticeKind::from_code("else"), MailChoice::from_code("else")),
            (None, None)
        );
        assert_eq!(MailChoice::default(), MailChoice::Daily);
    }
}
