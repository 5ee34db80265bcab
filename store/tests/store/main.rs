//! The store on both databases: each test runs once on a fresh SQLite file and once on a fresh PostgreSQL database.

// a test may fail by panicking
#![allow(clippy::unwrap_used, clippy::panic)]

mod criteria;
mod wordings;
mod world;

mod accounts;
mod adaptations;
mod administration;
mod answers;
mod clarifications;
mod detail;
mod evidence;
mod exchange;
mod facts;
mod faults;
mod finalised;
mod form_keys;
mod imports;
mod invitations;
mod kept;
mod letters;
mod lifecycle;
mod local_days;
mod lost_commit;
mod notices;
mod plan;
mod records;
mod reviewers;
mod sessions;
mod sheets;
mod statements;
mod story;
mod versions;
mod visibility;
