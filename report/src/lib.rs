//! Documents: one description, made into PDF, accessible HTML and charts.
//!
//! [`document`] says what a document holds, [`markdown`] reads people's text into it,
//! [`charts`] draws numbers, [`html`] and [`pdf`] write it out. Arrows point one way:
//! `pdf` → `layout` → `document` → `scene` → `palette`. None of it knows the domain.

pub mod charts;
pub mod document;
mod escape;
mod fonts;
pub mod html;
mod layout;
pub mod markdown;
pub mod palette;
pub mod pdf;
pub mod scene;
mod text;
