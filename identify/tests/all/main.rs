//! The rules from outside: by labelled sentences, by examples, by what holds for any text.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod any_text;
mod examples;
mod rates;
