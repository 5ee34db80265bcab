//! Parts that every feature's pages share.

pub mod criterion;
pub mod form;
pub mod layout;
pub mod text;
