//! Parts that every feature's pages share.

pub mod account_events;
pub mod autosaved;
pub mod checkboxes;
pub mod conflict;
pub mod criterion;
pub mod differences;
pub mod done;
pub mod entry;
pub mod evidence;
pub mod form;
pub mod identify;
pub mod layout;
pub mod marked_form;
pub mod nav_list;
pub mod plan;
pub mod previous;
pub mod register;
pub mod settled;
pub mod statement;
pub mod status;
pub mod text;
pub mod thread;
pub mod wordings;
