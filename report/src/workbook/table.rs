//! A worksheet before it is written: what its columns are called and mean, and rows of typed cells.

use framework::{prose::Prose, rating::Rating};
use std::borrow::Cow;
use time::Date;

/// What a cell holds; its type decides how it is written and shown.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell<'a> {
    /// Words. Whatever they begin with, they never become a formula.
    Text(Cow<'a, str>),
    /// A count.
    Whole(i64),
    /// A figure, unrounded.
    Number(f64),
    /// A change of a figure, unrounded, shown with its sign.
    Change(f64),
    /// A change of a rating, shown with its sign.
    Step(i8),
    /// A share of 0 to 1, shown as a percentage.
    Share(f64),
    /// A day.
    Day(Date),
    /// A rating, on the colour of its level.
    Level(Rating),
    /// Nothing: there is no such figure or text.
    None,
}

/// What stands over a column, and what it means.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Heading {
    pub(super) name: String,
    pub(super) means: String,
    pub(super) width: Width,
}

/// A column of a table whose rows are made of `R`.
pub(super) struct Column<'a, R> {
    heading: Heading,
    cell: Box<dyn Fn(&R) -> Cell<'a> + 'a>,
}

/// What rows are made of, and the columns that show it.
pub(super) struct Table<'a, R> {
    rows: Box<dyn Iterator<Item = R> + 'a>,
    columns: Vec<Column<'a, R>>,
}

/// A table with its name. Its rows are made one by one while they are written, for there may be very many.
pub(super) struct Sheet<'a> {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    pub(super) headings: Vec<Heading>,
    pub(super) rows: Box<dyn Iterator<Item = Vec<Cell<'a>>> + 'a>,
}

/// How wide a column is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Width {
    /// A rating, a count, yes or no.
    Narrow,
    /// A figure, a day, a word.
    Figure,
    /// A name or an id.
    Name,
    /// A sentence.
    Line,
    /// People's text.
    Prose,
}

impl Width {
    /// In characters, as spreadsheets count.
    pub(super) fn characters(self) -> f64 {
        match self {
            Width::Narrow => 11.0,
            Width::Figure => 14.0,
            Width::Name => 26.0,
            Width::Line => 44.0,
            Width::Prose => 64.0,
        }
    }
}

/// Returns a column with its name, width and meaning, and what of a row it shows.
pub(super) fn column<'a, R>(
    name: impl Into<String>,
    width: Width,
    means: impl Into<String>,
    cell: impl Fn(&R) -> Cell<'a> + 'a,
) -> Column<'a, R> {
    Column {
        heading: Heading {
            name: name.into(),
            means: means.into(),
            width,
        },
        cell: Box::new(cell),
    }
}

impl<'a, R: 'a> Table<'a, R> {
    /// Rows, no columns yet.
    pub(super) fn of(rows: impl IntoIterator<Item = R, IntoIter: 'a>) -> Table<'a, R> {
        Table {
            rows: Box::new(rows.into_iter()),
            columns: vec![],
        }
    }

    /// One more column.
    pub(super) fn column(
        self,
        name: impl Into<String>,
        width: Width,
        means: impl Into<String>,
        cell: impl Fn(&R) -> Cell<'a> + 'a,
    ) -> Table<'a, R> {
        self.columns([column(name, width, means, cell)])
    }

    /// More columns.
    pub(super) fn columns(mut self, columns: impl IntoIterator<Item = Column<'a, R>>) -> Table<'a, R> {
        self.columns.extend(columns);
        self
    }

    /// Returns the whole, under a name of at most 31 letters.
    pub(super) fn named(self, name: &'static str, about: &'static str) -> Sheet<'a> {
        let columns = self.columns.into_iter().map(|column| (column.heading, column.cell));
        let (headings, cells): (Vec<_>, Vec<_>) = columns.unzip();
        let row = move |row: R| cells.iter().map(|cell| cell(&row)).collect();
        Sheet {
            name,
            about,
            headings,
            rows: Box::new(self.rows.map(row)),
        }
    }
}

impl<'a> Cell<'a> {
    /// Words.
    pub(super) fn text(text: &'a str) -> Cell<'a> {
        Cell::Text(Cow::Borrowed(text))
    }

    /// Returns its words, where it holds any.
    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Cell::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Words, or nothing.
    pub(super) fn maybe(text: Option<&'a str>) -> Cell<'a> {
        text.map_or(Cell::None, Cell::text)
    }

    /// People's text, or nothing.
    pub(super) fn prose(text: &'a Option<Prose>) -> Cell<'a> {
        Cell::maybe(text.as_ref().map(Prose::as_str))
    }

    /// Words that are put together here.
    pub(super) fn words(text: String) -> Cell<'a> {
        Cell::Text(Cow::Owned(text))
    }

    /// Yes or no.
    pub(super) fn yes(yes: bool) -> Cell<'a> {
        Cell::text(if yes { "Yes" } else { "No" })
    }

    /// Returns a count.
    pub(super) fn count(n: usize) -> Cell<'a> {
        // a count of things in memory is far below the largest i64
        Cell::Whole(n as i64)
    }

    /// Returns a figure, or nothing.
    pub(super) fn number(figure: Option<f64>) -> Cell<'a> {
        figure.map_or(Cell::None, Cell::Number)
    }

    /// Returns a change, or nothing.
    pub(super) fn change(figure: Option<f64>) -> Cell<'a> {
        figure.map_or(Cell::None, Cell::Change)
    }

    /// Returns a share, or nothing.
    pub(super) fn share(figure: Option<f64>) -> Cell<'a> {
        figure.map_or(Cell::None, Cell::Share)
    }

    /// Returns a rating, or nothing.
    pub(super) fn level(rating: Option<Rating>) -> Cell<'a> {
        rating.map_or(Cell::None, Cell::Level)
    }

    /// Returns a day, or nothing.
    pub(super) fn day(day: Option<Date>) -> Cell<'a> {
        day.map_or(Cell::None, Cell::Day)
    }
}
