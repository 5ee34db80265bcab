//! How much of a network its report shows: everything of each Practice, a row of each, or regions and counts alone.
//!
//! Nobody reads 10,000 rows; whoever needs them has them in the files.

use crate::{
    document::{Block, Cell, Inline, NoteKind},
    explained, say,
};
use framework::report::{NationalPractice, NationalReport, Split};

/// The most Practices that have a page each.
const PAGES: usize = 60;
/// The most Practices that have a row each.
const ROWS: usize = 500;
/// The most bars that stand on one page with their heading and key.
const BARS: usize = 24;

/// How much is shown, from the most to the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scale {
    /// A page for each Practice, and rows.
    Pages,
    /// A row for each Practice, and an overview before them.
    Rows,
    /// The overview alone.
    Overview,
}

impl Scale {
    pub(super) fn of(report: &NationalReport) -> Scale {
        match report.practices.len() {
            n if n <= PAGES => Scale::Pages,
            n if n <= ROWS => Scale::Rows,
            _ => Scale::Overview,
        }
    }

    pub(super) fn has_pages(self) -> bool {
        self == Scale::Pages
    }

    pub(super) fn has_rows(self) -> bool {
        self <= Scale::Rows
    }

    /// Are regions, and how many Practices stand where, shown before the rows or in their place?
    pub(super) fn has_overview(self) -> bool {
        self >= Scale::Rows
    }

    /// Returns what was left to the files, and where the rest is.
    pub(super) fn left_out(self, report: &NationalReport) -> Option<Block> {
        let practices = say::count(report.practices.len(), "Practice", "Practices");
        let shown = match self {
            Scale::Pages => return None,
            Scale::Rows => format!(
                "With {practices}, this report has a row for each with its scores and its drift, but no page. Low ratings and plans stand by region, and what was agreed is counted."
            ),
            Scale::Overview => format!(
                "With {practices}, this report shows the regions and how many Practices stand where. It has no row for each Practice."
            ),
        };
        let rest = "Each Practice’s scores and drift by element are in the CSV file of this report, every figure is in its XLSX and JSON files, and each Practice has a report of its own.";
        Some(Block::Note {
            kind: NoteKind::Information,
            blocks: vec![Block::Paragraph(vec![
                Inline::strong("What is not in this report: "),
                Inline::text(format!("{} {rest}", say::lower_first(&shown))),
            ])],
        })
    }

    /// Returns a cell with a Practice's name, which leads to its page where it has one.
    pub(super) fn name(self, practice: &NationalPractice) -> Cell {
        let name = practice.name.clone();
        Cell::inlines(vec![match self.has_pages() {
            true => Inline::reference(name, format!("practice-{}", practice.practice)),
            false => Inline::text(name),
        }])
    }
}

/// Splits as bars where they fit on a page, else as the rows of a table; nothing where nothing was counted.
pub(super) fn splits(width: f32, title: &str, first: &str, items: &[(String, Split)]) -> Option<Block> {
    let counted = items.iter().any(|(_, split)| split.total() > 0);
    match items.len() {
        ..=BARS => explained::chart(width, title, items),
        _ => counted.then(|| explained::table(&format!("{title}."), first, items)),
    }
}

/// `One; another; 3 more`
pub(super) fn first_of<T: AsRef<str>>(names: &[T], shown: usize) -> String {
    let more = names.len().saturating_sub(shown);
    let more = (more > 0).then(|| format!("{more} more"));
    let shown = names.iter().take(shown).map(|name| name.as_ref().to_owned());
    shown.chain(more).collect::<Vec<_>>().join("; ")
}
