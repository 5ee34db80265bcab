//! Documents: one description, made into PDF, accessible HTML and charts.
//!
//! [`document`] says what a document holds, [`markdown`] reads people's text into it,
//! [`charts`] draws numbers, [`html`] and [`pdf`] write it out. Arrows point one way:
//! `pdf` → `layout` → `document` → `scene` → `palette`. None of it knows the domain.
//!
//! [`exchange`] knows it: assessments, and what is recorded beside them, as CSV and JSON, in and out.

pub mod booklet;
pub mod charts;
pub mod document;
pub mod escape;
pub mod exchange;
mod explained;
mod fonts;
mod formula;
mod headings;
pub mod html;
mod layout;
mod levels;
pub mod markdown;
pub mod national;
pub mod network_view;
pub mod output;
pub mod palette;
pub mod pdf;
pub mod practice;
pub mod prose;
pub mod say;
pub mod scene;
pub mod schema;
pub mod summary;
mod table;
mod text;
pub mod workbook;
pub mod years;
