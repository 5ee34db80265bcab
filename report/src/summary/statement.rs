//! A sentence with its figures, each with the place where the report holds it and the heading under which it stands.

use crate::{
    document::{Inline, slug},
    say,
};
use framework::{day, lifecycle::Status, rating::Rating, score::Band};
use time::Date;

/// A figure of a report, unrounded, by how it reads.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A score: `3.9`.
    Score(f64),
    /// A drift with its sign: `−0.25`.
    Change(f64),
    /// The change of a spread, with its sign: `+0.50`.
    Spread(f64),
    /// How large a difference is, without its sign: `0.25`.
    Size(f64),
    /// A figure with two decimals: `0.92`.
    Two(f64),
    /// A share of 1: `79 %`.
    Share(f64),
    /// A 95 % interval, as [`say::interval`] has it of what stands at the pointer.
    Interval(String),
    /// Network drift's 95 % interval, as [`say::drift_interval`] has it of what stands at the pointer.
    DriftInterval(String),
    /// A number, the length of a list, or what several of these add up to.
    Count(usize),
    /// How many of several places hold anything: neither nothing nor 0.
    Having(usize),
    /// A rating: `4`.
    Rating(Rating),
    /// A band in small letters.
    Band(Band),
    /// Where an assessment stands, in small letters.
    Status(Status),
    /// A day: `2 March 2026`.
    Day(Date),
    /// Words as they are: a title, a cycle, why there is no figure.
    Text(String),
}

/// A figure as it stands in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// Where the report as JSON holds it: a JSON pointer, in which `*` stands for every entry of a list or an object.
    pub pointer: String,
    /// The figure.
    pub value: Value,
    /// Its words in the sentence; they begin with [`Value::words`], or with “no” where that is 0.
    pub words: String,
    /// The id of the heading under which the document shows it.
    pub heading: String,
}

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq)]
enum Part {
    Words(String),
    Figure(Shown),
}

/// One sentence. Whatever it says rests on its figures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Statement {
    parts: Vec<Part>,
}

impl Value {
    /// Returns the figure as it reads everywhere in reports.
    pub fn words(&self) -> String {
        match self {
            Value::Score(score) => say::score(Some(*score)),
            Value::Change(change) => say::change(Some(*change)),
            Value::Spread(change) => say::spread_change(Some(*change)),
            Value::Size(change) => say::two(Some(change.abs())),
            Value::Two(figure) => say::two(Some(*figure)),
            Value::Share(share) => say::per_cent(Some(*share)),
            Value::Count(n) | Value::Having(n) => n.to_string(),
            Value::Rating(rating) => rating.to_string(),
            Value::Band(band) => band.name().to_lowercase(),
            Value::Status(status) => status.name().to_lowercase(),
            Value::Day(day) => day::words(*day),
            Value::Interval(words) | Value::DriftInterval(words) | Value::Text(words) => words.clone(),
        }
    }

    /// Returns the figure with the place it comes from and the heading, or the heading's id, that it leads to.
    pub fn at(self, pointer: impl Into<String>, heading: &str) -> Shown {
        Shown {
            pointer: pointer.into(),
            words: self.words(),
            value: self,
            heading: slug(heading),
        }
    }
}

impl Shown {
    /// Returns a number with what was counted: `1 slip`, `2 slips`, `no slip`.
    pub fn of(self, one: &str, many: &str) -> Shown {
        let words = match self.value {
            Value::Count(0) | Value::Having(0) => format!("no {one}"),
            Value::Count(n) | Value::Having(n) => say::count(n, one, many),
            _ => self.words,
        };
        Shown { words, ..self }
    }

    /// Returns a number alone: `2`, `none`.
    pub fn or_none(self) -> Shown {
        match self.value {
            Value::Count(0) | Value::Having(0) => Shown {
                words: "none".to_owned(),
                ..self
            },
            _ => self,
        }
    }

    /// Returns the same at the beginning of a sentence: `No slip`.
    pub fn first(self) -> Shown {
        let mut letters = self.words.chars();
        let words = letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect());
        Shown {
            words: words.unwrap_or_default(),
            ..self
        }
    }

    /// Does it count exactly one thing?
    pub fn is_one(&self) -> bool {
        matches!(self.value, Value::Count(1) | Value::Having(1))
    }

    /// Returns the figure, and words after it.
    pub fn then(self, words: impl Into<String>) -> Statement {
        Statement::default().shown(self).then(words)
    }
}

/// A sentence that begins with words.
pub fn sentence(words: impl Into<String>) -> Statement {
    Statement::default().then(words)
}

impl Statement {
    /// Words.
    pub fn then(mut self, words: impl Into<String>) -> Statement {
        self.parts.push(Part::Words(words.into()));
        self
    }

    /// Returns a figure.
    pub fn shown(mut self, figure: Shown) -> Statement {
        self.parts.push(Part::Figure(figure));
        self
    }

    /// Parts in a row: `a, b and c`.
    pub fn listed(mut self, items: impl IntoIterator<Item = Statement>) -> Statement {
        let items: Vec<Statement> = items.into_iter().collect();
        let last = items.len().saturating_sub(1);
        for (index, item) in items.into_iter().enumerate() {
            self = match index {
                0 => self,
                _ if index == last => self.then(" and "),
                _ => self.then(", "),
            };
            self.parts.extend(item.parts);
        }
        self
    }

    /// Returns the sentence as plain text.
    pub fn text(&self) -> String {
        let words = |part: &Part| match part {
            Part::Words(words) => words.clone(),
            Part::Figure(figure) => figure.words.clone(),
        };
        self.parts.iter().map(words).collect()
    }

    /// Returns its figures, in order.
    pub fn figures(&self) -> impl Iterator<Item = &Shown> {
        self.parts.iter().filter_map(|part| match part {
            Part::Words(_) => None,
            Part::Figure(figure) => Some(figure),
        })
    }

    /// Returns the sentence with a link to each heading that its figures stand under: on the first number, else the first words. One
    /// is enough, and easier to read past.
    pub fn inlines(&self) -> impl Iterator<Item = Inline> {
        self.parts.iter().map(|part| match part {
            Part::Words(words) => Inline::text(words.clone()),
            Part::Figure(figure) if self.leads_to(figure) => {
                Inline::reference(figure.words.clone(), figure.heading.clone())
            }
            Part::Figure(figure) => Inline::text(figure.words.clone()),
        })
    }

    /// Returns whether this is the figure that carries the link to its heading.
    fn leads_to(&self, figure: &Shown) -> bool {
        let is_number = |other: &&Shown| !matches!(other.value, Value::Text(_));
        let there = || self.figures().filter(|other| other.heading == figure.heading);
        let first = there().find(is_number).or(there().next());
        first.is_some_and(|first| std::ptr::eq(first, figure))
    }
}
