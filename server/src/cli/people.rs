//! `user …`, `practice …`, `cycle …`

use super::public_url;
use clap::Subcommand;
use framework::{
    actor::Role,
    ids::{CycleId, PracticeSlug, VersionId},
};

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
        /// Its region
        #[arg(long)]
        region: String,
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
}

fn role(code: &str) -> Result<Role, String> {
    Role::from_code(code).ok_or_else(|| {
        let codes: Vec<_> = Role::ALL.into_iter().map(Role::code).collect();
        format!("choose one of: {}", codes.join(", "))
    })
}
