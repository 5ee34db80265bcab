//! The five levels (METHODS.md 1).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{fmt, num::NonZeroU8};

/// A rating from 1 to 5 against written anchors; 4 is the expected level.
/// One byte, and so is `Option<Rating>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
#[schemars(extend("minimum" = 1, "maximum" = 5))]
pub struct Rating(NonZeroU8);

impl Rating {
    /// Lowest to highest.
    pub const ALL: [Rating; 5] = [Self::of(1), Self::of(2), Self::of(3), Self::of(4), Self::of(5)];
    /// The expected level, “in place”.
    pub const EXPECTED: Rating = Self::of(4);
    /// The highest level, “in place and sustained”.
    pub const TOP: Rating = Self::of(5);

    const fn of(level: u8) -> Rating {
        match NonZeroU8::new(level) {
            Some(level) => Rating(level),
            None => Rating(NonZeroU8::MIN),
        }
    }

    /// Returns the rating of a level from 1 to 5; `None` for any other number.
    pub fn new(level: u8) -> Option<Rating> {
        (1..=5).contains(&level).then(|| Self::of(level))
    }

    /// 1 to 5.
    pub fn level(self) -> u8 {
        self.0.get()
    }

    /// 0 to 4, the place in a row of five.
    pub fn index(self) -> usize {
        usize::from(self.level()) - 1
    }

    /// Returns what the level is called.
    pub fn name(self) -> &'static str {
        [
            "Not in place",
            "Early",
            "Partly in place",
            "In place",
            "In place and sustained",
        ][self.index()]
    }
}

impl TryFrom<u8> for Rating {
    type Error = String;
    fn try_from(level: u8) -> Result<Self, String> {
        Self::new(level).ok_or_else(|| format!("a rating is a whole number from 1 to 5, not {level}"))
    }
}

impl From<Rating> for u8 {
    fn from(rating: Rating) -> u8 {
        rating.level()
    }
}

impl std::str::FromStr for Rating {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        text.trim()
            .parse()
            .ok()
            .and_then(Self::new)
            .ok_or_else(|| format!("a rating is a whole number from 1 to 5, not “{text}”"))
    }
}

impl fmt::Display for Rating {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.level().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_numbers_from_one_to_five_are_ratings() {
        for (text, level) in [
            ("1", Some(1)),
            (" 5 ", Some(5)),
            ("0", None),
            ("6", None),
            ("4.0", None),
            ("", None),
            ("-1", None),
            ("260", None),
        ] {
            assert_eq!(text.parse::<Rating>().ok().map(Rating::level), level, "{text}");
        }
        assert_eq!(size_of::<Option<Rating>>(), 1);
    }
}
