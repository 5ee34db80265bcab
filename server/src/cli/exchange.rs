//! `import …` and `export …`

use clap::{Args, Subcommand, ValueEnum};
use framework::ids::CycleId;
use std::path::PathBuf;
use uuid::Uuid;

/// `import …`
#[derive(Debug, Subcommand)]
pub enum Import {
    /// Import finished assessments of earlier years, all or none
    Assessments {
        /// The file, and whether it is only tried
        #[command(flatten)]
        from: Incoming,
        /// Import assessments in which criteria are missing
        #[arg(long)]
        allow_incomplete: bool,
        /// Keep words that may identify somebody; the history says that they were kept
        #[arg(long)]
        keep_detail: bool,
    },
    /// List the imports of assessments, with the ID of each
    List,
    /// Take back a mistaken import of assessments whole, as long as nothing was built on it
    Undo {
        /// Its ID, as `import list` has it
        id: Uuid,
        /// Why, for the record
        #[arg(long)]
        reason: String,
    },
    /// Take in registers of adaptations, all or none; the Practices must be there
    Adaptations(Incoming),
    /// Take in actions of improvement plans and reasons for none, all or none; Practices and cycles must be there
    Actions(Incoming),
    /// Take in support that National Pause gave, all or none; import actions first
    Support(Incoming),
    /// Take in evidence, all or none; import assessments first, and copy the uploaded files to where this program keeps them
    Evidence(Incoming),
    /// Take in earlier wordings, all or none; import everything else first
    Wordings(Incoming),
}

/// A file to take in.
#[derive(Debug, Args)]
pub struct Incoming {
    /// The file, as export writes it: CSV, or JSON where its name ends in .json
    pub file: PathBuf,
    /// Say what would be taken in, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// `export …`
#[derive(Debug, Subcommand)]
pub enum Export {
    /// Every finalised assessment with all that was said in it. Drafts and what is in review do not come out
    Assessments {
        /// Only this cycle
        #[arg(long, value_parser = CycleId::parse)]
        cycle: Option<CycleId>,
        /// Format and file
        #[command(flatten)]
        into: Outgoing,
    },
    /// The registers of adaptations, a record for each round
    Adaptations(Outgoing),
    /// The improvement plans: actions, and reasons for none
    Actions(Outgoing),
    /// The support that National Pause gave, and how much it helped
    Support(Outgoing),
    /// The evidence libraries, a record for each version of an item, with where it is cited in finalised assessments. The
    /// uploaded files themselves do not come out: backup copies them
    Evidence(Outgoing),
    /// Every wording that was saved, of finalised assessments, plans and registers
    Wordings(Outgoing),
}

/// Where an export goes.
#[derive(Debug, Args)]
pub struct Outgoing {
    /// The file's format
    #[arg(long, value_enum, default_value_t)]
    pub format: Exchange,
    /// The file to write; - is standard output
    #[arg(long, value_name = "FILE", default_value = "-")]
    pub out: PathBuf,
}

/// How to write an export.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Exchange {
    /// As `import` takes them.
    #[default]
    Csv,
    /// For programs.
    Json,
}
