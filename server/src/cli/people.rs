//! `user …`, `practice …`, `cycle …`

use super::public_url;
use clap::Subcommand;
use framework::{
    actor::Role,
    day,
    ids::{CycleId, PracticeSlug, VersionId},
};
use time::Date;

/// `user …`
#[derive(Debug, Subcommand)]
pub enum User {
    /// Invite a person; prints the one-time link to send them
    Invite {
        /// Their e-mail address
        email: String,
        /// administrator, reviewer, lead, contributor or reader
        #[arg(long, value_parser = role)]
        role: Role,
        /// The Practice's short name, for a lead, contributor or reader
        #[arg(long, value_parser = PracticeSlug::parse)]
        practice: Option<PracticeSlug>,
        /// How people reach the site
        #[arg(long, value_name = "URL", env = "PUBLIC_URL", value_parser = public_url, default_value = "http://127.0.0.1:3000")]
        public_url: String,
    },
    /// List the accounts: name, address, roles
    List,
    /// Let a person who forgot their password choose a new one; prints the one-time link to send them
    PasswordLink {
        /// Their e-mail address
        email: String,
        /// How people reach the site
        #[arg(long, value_name = "URL", env = "PUBLIC_URL", value_parser = public_url, default_value = "http://127.0.0.1:3000")]
        public_url: String,
    },
}

/// `practice …`
#[derive(Debug, Subcommand)]
pub enum Practice {
    /// Add a Practice
    Add {
        /// Its short name in addresses and files, such as north-vale
        #[arg(value_parser = PracticeSlug::parse)]
        slug: PracticeSlug,
        /// Its name
        #[arg(long)]
        name: String,
        /// Its region; one that is not in the list of regions yet is added to it
        #[arg(long)]
        region: String,
    },
    /// List the Practices: short name, name, region, the day it was closed
    List,
    /// Give a Practice another name; its short name stays
    Rename {
        /// Its short name
        #[arg(value_parser = PracticeSlug::parse)]
        slug: PracticeSlug,
        /// Its new name
        #[arg(long)]
        name: String,
    },
    /// Close a Practice: nothing is started in it any more, and its members only read
    Close {
        /// Its short name
        #[arg(value_parser = PracticeSlug::parse)]
        slug: PracticeSlug,
        /// The day it closed, such as 2026-03-31; today without it
        #[arg(long, value_name = "DAY", value_parser = day)]
        on: Option<Date>,
    },
    /// Open a closed Practice again, as it was
    Reopen {
        /// Its short name
        #[arg(value_parser = PracticeSlug::parse)]
        slug: PracticeSlug,
    },
}

/// `cycle …`
#[derive(Debug, Subcommand)]
pub enum Cycle {
    /// Open a cycle under a version of the framework
    Open {
        /// The cycle, such as 2026
        #[arg(value_parser = CycleId::parse)]
        cycle: CycleId,
        /// The version
        #[arg(long, value_parser = VersionId::parse)]
        version: VersionId,
    },
    /// Close a cycle: no assessment can be started in it, those begun go on
    Close {
        /// The cycle
        #[arg(value_parser = CycleId::parse)]
        cycle: CycleId,
    },
    /// Open a closed cycle again, with its days
    Reopen {
        /// The cycle
        #[arg(value_parser = CycleId::parse)]
        cycle: CycleId,
    },
}

fn day(text: &str) -> Result<Date, String> {
    day::read_iso(text)?.ok_or_else(|| "write the day as in 2026-03-31".to_owned())
}

fn role(code: &str) -> Result<Role, String> {
    Role::from_code(code).ok_or_else(|| {
        let codes: Vec<_> = Role::ALL.into_iter().map(Role::code).collect();
        format!("choose one of: {}", codes.join(", "))
    })
}
