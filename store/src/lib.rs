//! The only crate that knows SQL: SQLite or PostgreSQL behind one [`Store`].
//!
//! Every finder takes the [`Actor`](framework::actor::Actor) who asks and starts from the rows that the actor may
//! see; whoever may not see a thing gets [`StoreError::NotFound`]. The exceptions are signing in, sessions and
//! invitations, where a secret stands for the actor. Rows stay here, domain types cross.
//! The store has no clock: whatever is stamped takes `now`. Times are UTC and kept to the second.

mod accept;
mod account;
mod adaptations;
mod address;
mod answers;
mod assessments;
mod blind;
mod clarifications;
mod closing;
mod conflicts;
mod connect;
mod convert;
mod criterion_ratings;
mod cycles;
mod detail;
mod error;
mod event;
mod evidence;
mod exchange;
mod facts;
mod files;
mod finished;
mod form_key;
mod history;
mod inbox;
mod invitations;
mod letters;
mod load;
mod names;
mod notice;
mod operator;
mod outage;
mod outbox;
mod part;
mod password_link;
mod people;
mod plan;
mod practices;
mod previous;
mod regions;
mod register;
mod reopen;
mod report_archive;
mod report_queue;
mod reviewers;
mod roles;
mod rows;
mod save;
mod scope;
mod sessions;
mod sheets;
mod statement;
#[cfg(test)]
mod tests;
mod threads;
mod transaction;
mod transitions;
mod versions;
mod wording;
mod wordings;

pub use account::{ACCOUNT_EVENTS_PER_PAGE, AccountEvent, AccountEvents};
pub use adaptations::{MergedProposal, RegisterEntry, Step};
pub use address::Address;
pub use assessments::{Assessment, AssessmentRow, Line};
pub use clarifications::{Turn, WaitingThreads};
pub use closing::{ClosingAccount, ClosingCycle, ClosingPractice};
pub use conflicts::DeclaredConflict;
pub use connect::Store;
pub use cycles::Cycle;
pub use detail::ConfirmedDetail;
pub use error::{Result, StoreError};
pub use event::EventKind;
pub use evidence::{
    Citing, Confirmation, EvidenceItem, EvidenceLibrary, EvidenceRow, EvidenceVersion, UPLOADS_A_DAY, Use,
};
pub use exchange::{Carried, Exchanged, ImportFile, ImportOutcome, ImportRecord, ImportedYear, Incomplete, Intake};
pub use exchange::{ImportedDetail, Taken, TakenBack};
pub use finished::Finished;
pub use history::{Event, QueueItem};
pub use inbox::{Inbox, NOTICES_PER_PAGE, Notice};
pub use invitations::{INVITATION_LASTS, Invitation, NewInvitation, PendingInvitation};
pub use letters::{About, Letter, Trouble};
pub use operator::Unfinished;
pub use outage::Outage;
pub use outbox::Mailing;
pub use password_link::PASSWORD_LINK_LASTS;
pub use people::{Credentials, PersonRow};
pub use plan::{ActionChange, ActionPage, ActionRow, Asked, AssessmentPlan, Edited, NoActionRow, OpenAction};
pub use plan::{NewSupport, Plan, SupportRow};
pub use practices::Practice;
pub use previous::{Previous, Related};
pub use regions::Region;
pub use report_archive::{ARCHIVED_REPORTS_A_DAY, ArchiveStatus, ArchivedDocument, ArchivedReport, ReportOf};
pub use report_queue::ReportJob;
pub use reviewers::Candidate;
pub use save::{Change, Outcome};
pub use statement::{Statements, Wording};
pub use threads::{Clarification, Waiting};
pub use wordings::Wordings;
