//! Tables of a document.

use super::Inline;
use crate::palette::Fill;

/// A table with one row of column headings.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// What it shows; printed above it.
    pub caption: String,
    /// The columns from left to right.
    pub columns: Vec<Column>,
    /// Rows; a short row is filled with empty cells, a long one cut.
    pub rows: Vec<Vec<Cell>>,
    /// The column whose cells name their row.
    pub row_header: Option<usize>,
}

/// A column of a table.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// Its heading.
    pub header: String,
    /// Share of the width against the other columns; 0 leaves it to the content.
    pub weight: f32,
    /// How its cells and heading stand.
    pub align: Align,
}

impl Column {
    /// A left-aligned column as wide as its content asks.
    pub fn new(header: impl Into<String>) -> Self {
        Self {
            header: header.into(),
            ..Self::default()
        }
    }

    /// The same with a share of the width.
    pub fn weight(self, weight: f32) -> Self {
        Self { weight, ..self }
    }

    /// The same with centred cells.
    pub fn centred(self) -> Self {
        Self {
            align: Align::Centre,
            ..self
        }
    }

    /// The same with right-aligned cells, for figures.
    pub fn right(self) -> Self {
        Self {
            align: Align::Right,
            ..self
        }
    }
}

/// A cell of a table.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// What it says.
    pub content: Vec<Inline>,
    /// Its background.
    pub fill: Fill,
}

impl Cell {
    /// A cell of plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            content: vec![Inline::text(text)],
            fill: Fill::None,
        }
    }

    /// A cell of mixed text.
    pub fn inlines(content: Vec<Inline>) -> Self {
        Self {
            content,
            fill: Fill::None,
        }
    }

    /// The same with a background.
    pub fn fill(self, fill: Fill) -> Self {
        Self { fill, ..self }
    }
}

/// How the lines of a cell stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// At the left.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// At the right.
    Right,
}
