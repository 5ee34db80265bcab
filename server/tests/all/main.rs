//! The whole program, from outside: requests to the router that `serve` runs, and the binary itself.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod adaptations;
mod administration;
mod broken;
mod clarifications;
mod cli;
mod escaping;
mod evidence;
mod headers;
mod identify;
mod imports;
mod kept;
mod limits;
mod mail;
mod moderation;
mod notices;
mod plan;
mod reports;
mod serving;
mod sign_in;
mod site;
mod twice;
mod walk;
mod wordings;
mod world;
mod years;
