//! The summaries: each sentence held against the figure it names and against the pairs themselves, and what each rule says.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod any;
mod held;
mod national;
mod pairs;
mod practice;
mod reports;
