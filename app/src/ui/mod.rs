//! Parts that every feature's pages share.

pub mod autosaved;
pub mod criterion;
pub mod entry;
pub mod evidence;
pub mod form;
pub mod layout;
pub mod previous;
pub mod status;
pub mod text;
pub mod thread;
