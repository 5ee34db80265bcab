//! The summaries: each sentence held against the figure it names, and what each rule says.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod any;
mod held;
mod national;
mod practice;
mod reports;
