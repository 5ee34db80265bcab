//! `framework …`

use clap::{Subcommand, ValueEnum};
use framework::ids::VersionId;
use std::path::PathBuf;

/// `framework …`
#[derive(Debug, Subcommand)]
pub enum Framework {
    /// Check a folder of versions; every problem is told with file and line. Only *.md files are read
    Check {
        /// The folder that holds a folder for each version
        dir: PathBuf,
    },
    /// List the versions in this program
    List {
        /// How to write the list
        #[arg(long, value_enum, default_value_t)]
        format: Listing,
    },
    /// What changed from one version to another
    Diff {
        /// The older version, such as 2025.1
        #[arg(value_parser = VersionId::parse)]
        old: VersionId,
        /// The newer version
        #[arg(value_parser = VersionId::parse)]
        new: VersionId,
        /// How to write the changes
        #[arg(long, value_enum, default_value_t)]
        format: Listing,
    },
    /// Write a version as a booklet: every element and criterion with anchors and sources, and what changed
    Booklet {
        /// The version, such as 2026.1
        #[arg(value_parser = VersionId::parse)]
        version: VersionId,
        /// The file's format
        #[arg(long, value_enum)]
        format: Booklet,
        /// The file to write; - is standard output
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
}

/// How to write a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Listing {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// How to write a booklet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Booklet {
    /// To print and to send.
    Pdf,
    /// One page without anything beside it.
    Html,
}
