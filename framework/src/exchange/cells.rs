//! The cells of a flat file: rows of text under their columns' names, and reading them one by one.

use crate::{
    adaptation::Stamp,
    assessment::FieldError,
    day,
    ids::{BadName, PracticeSlug},
    prose::{Prose, one_line},
};
use serde::{Serialize, de::DeserializeOwned};
use std::fmt::Display;
use time::Date;
use uuid::Uuid;

/// A row of a flat file: text under each column, empty where there is none. In JSON, empty ones are left out.
pub trait Row: Default + Serialize + DeserializeOwned {
    /// The columns' names, in the order in which they are written.
    const COLUMNS: &'static [&'static str];

    /// Returns the cells in that order.
    fn cells(&self) -> Vec<&str>;

    /// The row of cells in that order; those that are missing are empty.
    fn from_cells(cells: Vec<String>) -> Self;
}

/// Makes the struct of a row. A column that is never empty stands last, since Excel sometimes leaves out a row's empty last
/// cells.
macro_rules! row {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $column:ident,)* }) => {
        $(#[$about])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name {
            $(
                $(#[$doc])*
                #[serde(skip_serializing_if = "String::is_empty")]
                pub $column: String,
            )*
        }

        impl $crate::exchange::Row for $name {
            const COLUMNS: &'static [&'static str] = &[$(stringify!($column)),*];

            fn cells(&self) -> Vec<&str> {
                vec![$(&self.$column),*]
            }

            fn from_cells(cells: Vec<String>) -> Self {
                let mut cells = cells.into_iter();
                $name { $($column: cells.next().unwrap_or_default(),)* }
            }
        }
    };
}
pub(super) use row;

/// A cell with its column's name.
pub(super) type Cell<'r> = (&'static str, &'r str);

/// Reads a row's cells and notes all that cannot be taken. What a call gives is `None` too where a cell is empty.
#[derive(Default)]
pub(super) struct Reading(Vec<FieldError>);

impl Reading {
    /// Refuses a cell.
    pub(super) fn refuse(&mut self, column: &'static str, message: impl Into<String>) {
        self.0.push(FieldError {
            field: column,
            message: message.into(),
        });
    }

    /// Returns what was read from a cell.
    pub(super) fn take<T>(&mut self, column: &'static str, read: Result<T, impl Display>) -> Option<T> {
        read.map_err(|message| self.refuse(column, message.to_string())).ok()
    }

    /// Returns what a form made of several cells; what is said of a cell already is not said again.
    pub(super) fn take_form<T>(&mut self, read: Result<T, Vec<FieldError>>) -> Option<T> {
        let told: Vec<&str> = self.0.iter().map(|error| error.field).collect();
        read.map_err(|errors| {
            let new = errors.into_iter().filter(|error| !told.contains(&error.field));
            self.0.extend(new.collect::<Vec<_>>());
        })
        .ok()
    }

    /// Returns a name of the framework's.
    pub(super) fn name<T>(&mut self, (column, text): Cell, parse: fn(&str) -> Result<T, BadName>) -> Option<T> {
        self.take(column, parse(text).map_err(|error| format!("{error}.")))
    }

    /// Returns the Practice.
    pub(super) fn practice(&mut self, text: &str) -> Option<PracticeSlug> {
        self.name(("practice", text), PracticeSlug::parse)
    }

    /// Returns a key.
    pub(super) fn key(&mut self, (column, text): Cell) -> Option<Uuid> {
        let read = Uuid::parse_str(text);
        self.take(
            column,
            read.map_err(|_| format!("“{text}” is not a key. Write a UUID, as exports have it.")),
        )
    }

    /// A number that counts from 1.
    pub(super) fn number(&mut self, (column, text): Cell) -> Option<i32> {
        let read = text.parse().ok().filter(|number| *number > 0);
        self.take(column, read.ok_or_else(|| format!("“{text}” is not a number from 1.")))
    }

    /// One of several words.
    pub(super) fn choice<T: Copy>(
        &mut self,
        (column, text): Cell,
        all: &[T],
        code: fn(T) -> &'static str,
    ) -> Option<T> {
        let chosen = all.iter().copied().find(|one| code(*one) == text);
        if chosen.is_none() {
            let codes: Vec<&str> = all.iter().map(|one| code(*one)).collect();
            self.refuse(column, format!("“{text}” is none of: {}.", codes.join(", ")));
        }
        chosen
    }

    /// Words separated by spaces, each read in its own way.
    pub(super) fn list<T, C: FromIterator<T>>(
        &mut self,
        (column, text): Cell,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> C {
        let words = text.split_whitespace();
        let read: Vec<Option<T>> = words.map(|word| self.take(column, read(word))).collect();
        read.into_iter().flatten().collect()
    }

    /// Returns a day.
    pub(super) fn day(&mut self, (column, text): Cell) -> Option<Date> {
        self.take(column, day::read_iso(text)).flatten()
    }

    /// Free text.
    pub(super) fn prose(&mut self, (column, text): Cell) -> Option<Prose> {
        self.take(column, Prose::read(text)).flatten()
    }

    /// Free text that must be there, or else `missing` is said.
    pub(super) fn text(&mut self, (column, text): Cell, missing: &str) -> Option<Prose> {
        let read = Prose::read(text);
        self.take(column, read.and_then(|prose| prose.ok_or_else(|| missing.to_owned())))
    }

    /// Returns who did something, and when: both must be there.
    pub(super) fn stamp(&mut self, by: Cell, at: Cell) -> Option<Stamp> {
        let who = match one_line(by.1) {
            none if none.is_empty() => Err("Say who.".to_owned()),
            long if long.chars().count() > LONGEST => Err(format!("Write a name of at most {LONGEST} characters.")),
            name => Ok(name),
        };
        let (who, when) = (self.take(by.0, who), self.take(at.0, day::read_instant(at.1)));
        Some(Stamp { by: who?, at: when? })
    }

    /// The same, where both may be left out.
    pub(super) fn stamp_if_any(&mut self, by: Cell, at: Cell) -> Option<Stamp> {
        match (by.1, at.1) {
            ("", "") => None,
            _ => self.stamp(by, at),
        }
    }

    /// Refuses each of the cells that is not empty.
    pub(super) fn empty(&mut self, cells: &[Cell], why: &str) {
        for (column, text) in cells {
            if !text.is_empty() {
                self.refuse(column, why);
            }
        }
    }

    /// Returns the record, where nothing was refused.
    pub(super) fn end<R>(self, record: Option<R>) -> Result<R, Vec<FieldError>> {
        record.filter(|_| self.0.is_empty()).ok_or(self.0)
    }
}

/// The most characters of a person's name.
const LONGEST: usize = 200;

/// Words with a space between.
pub(super) fn words<T: ToString>(all: impl IntoIterator<Item = T>) -> String {
    let all: Vec<String> = all.into_iter().map(|one| one.to_string()).collect();
    all.join(" ")
}

/// Free text, or nothing.
pub(super) fn text(prose: Option<&Prose>) -> String {
    prose.map(Prose::to_string).unwrap_or_default()
}

/// Who, and when, or nothing.
pub(super) fn stamped(stamp: Option<&Stamp>) -> (String, String) {
    stamp
        .map(|stamp| (stamp.by.clone(), day::instant(stamp.at)))
        .unwrap_or_default()
}
