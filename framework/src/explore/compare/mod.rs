//! All Practices between two cycles: Practice by element.

mod both;
mod cell;
mod column;
mod teller;

pub use cell::Cell;
pub use column::Column;

use super::{Age, Filter, SlipFilter, Span, grid::Grid};
use crate::{
    criteria::Framework,
    ids::VersionId,
    network::{History, NetworkFacts},
    report::NoReport,
};
use column::Sums;
use std::sync::Arc;
use teller::PairwiseComparer;

/// All Practices with an assessment in the later cycle, by name, each compared with its assessment of the earlier one.
#[derive(Clone, Debug)]
pub struct Comparison {
    facts: Arc<NetworkFacts>,
    /// What is compared.
    pub span: Span,
    /// The version of the later cycle: its elements are the columns.
    pub framework: Arc<Framework>,
    /// One a Practice, by name.
    pub lines: Vec<PracticeLine>,
    /// For each Practice one an element, and the whole's at the end.
    cells: Vec<Cell>,
}

/// A Practice in a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct PracticeLine {
    /// Its place in [`NetworkFacts::histories`].
    pub history: usize,
    /// Whether it has an earlier assessment to be compared with.
    pub is_compared: bool,
    /// How many assessments it has had, the later one included.
    pub assessments: usize,
    /// Criteria that count in its later version.
    pub of: usize,
}

/// The Practices that a filter leaves, and what they come to.
#[derive(Clone, Debug)]
pub struct Explored {
    /// Their places in [`Comparison::lines`].
    pub places: Vec<usize>,
    /// Those of them that ask for a conversation, by name.
    pub drifting: Vec<usize>,
    /// One an element, and the whole's at the end.
    pub columns: Vec<Column>,
}

/// Compares all Practices between two cycles; `version` is that of the later cycle.
///
/// # Errors
/// [`NoReport`] when the version is not in the library.
pub(super) fn compare(grid: &Grid, version: &VersionId, span: Span) -> Result<Comparison, NoReport> {
    let framework = grid.framework(version)?.clone();
    let mut teller = PairwiseComparer::new(grid, &framework, &span);
    let (mut lines, mut cells) = (Vec::new(), Vec::new());
    for (history, (_, sheets)) in grid.histories().enumerate() {
        if let Some(line) = teller.compare(history, sheets, &mut cells) {
            lines.push(line);
        }
    }
    Ok(Comparison {
        facts: grid.facts().clone(),
        lines,
        cells,
        framework,
        span,
    })
}

impl Comparison {
    /// Returns a Practice's cells, by its place in [`Comparison::lines`]: one an element, and the whole's at the end.
    pub fn row(&self, index: usize) -> &[Cell] {
        let width = self.width();
        &self.cells[index * width..(index + 1) * width]
    }

    /// Returns a Practice and its assessments, by its place in [`Comparison::lines`].
    pub fn history(&self, index: usize) -> &History {
        &self.facts.histories()[self.lines[index].history]
    }

    /// Adds up the Practices that a filter leaves.
    pub fn explore(&self, filter: &Filter) -> Explored {
        let places: Vec<usize> = (0..self.lines.len())
            .filter(|place| self.is_shown(*place, filter))
            .collect();
        let mut sums = Sums::new(&self.framework, self.span.criteria);
        for place in &places {
            sums.add(&self.lines[*place], self.row(*place));
        }
        let drifts = |place: &usize| self.row(*place)[self.width() - 1].asks_for_a_conversation();
        Explored {
            columns: sums.columns(),
            drifting: places.iter().copied().filter(drifts).collect(),
            places,
        }
    }

    fn is_shown(&self, index: usize, filter: &Filter) -> bool {
        let (line, whole) = (&self.lines[index], &self.row(index)[self.width() - 1]);
        let slips = |slips: SlipFilter| whole.pairs > 0 && slips.holds(whole.slips(), whole.unexplained());
        let now = || self.history(index).at(&self.span.to);
        let under = |version: &VersionId| now().is_some_and(|sheet| sheet.version == *version);
        filter.admits_practice(&self.history(index).practice)
            && filter.age.is_none_or(|age| age == Age::of(line.assessments))
            && filter.version.as_ref().is_none_or(under)
            && filter.slips.is_none_or(slips)
    }

    fn width(&self) -> usize {
        self.framework.elements.len() + 1
    }
}
