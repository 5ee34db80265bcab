//! `report …`

use clap::{Args, Subcommand};
use framework::ids::{CycleId, PracticeSlug};
use report::output::Format;
use std::path::PathBuf;

/// `report …`
#[derive(Debug, Subcommand)]
pub enum Report {
    /// One Practice's report
    Practice {
        /// The Practice's short name
        #[arg(long, value_parser = PracticeSlug::parse)]
        practice: PracticeSlug,
        /// The cycle
        #[arg(long, value_parser = CycleId::parse)]
        cycle: CycleId,
        /// Format and file
        #[command(flatten)]
        into: Into,
    },
    /// The report on all Practices
    National {
        /// The cycle
        #[arg(long, value_parser = CycleId::parse)]
        cycle: CycleId,
        /// Format and file
        #[command(flatten)]
        into: Into,
    },
    /// Make a report in all formats and keep the files, which never change from then on
    #[command(subcommand)]
    Keep(Keep),
    /// List the reports that are kept or on the way, each file with its SHA-256
    Kept,
    /// Write a file of an archived report, once its SHA-256 is found to be the same
    Fetch {
        /// The report's key, as `report kept` lists it
        id: String,
        /// Format and file
        #[command(flatten)]
        into: Into,
    },
}

/// `report keep …`
#[derive(Debug, Subcommand)]
pub enum Keep {
    /// The report on all Practices, as the cycle stands now
    National {
        /// The cycle
        #[arg(long, value_parser = CycleId::parse)]
        cycle: CycleId,
    },
    /// The report of a Practice's finalised assessment
    Practice {
        /// The Practice's short name
        #[arg(long, value_parser = PracticeSlug::parse)]
        practice: PracticeSlug,
        /// The cycle
        #[arg(long, value_parser = CycleId::parse)]
        cycle: CycleId,
        /// The edition, where the assessment was taken up again; without it, the latest finalised one
        #[arg(long)]
        edition: Option<i32>,
    },
}

/// Where a report goes.
#[derive(Debug, Args)]
pub struct Into {
    /// The file's format: pdf, html, csv, xlsx or json
    #[arg(long)]
    pub format: Format,
    /// The file to write; - is standard output
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}
