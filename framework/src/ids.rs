//! Names of things, parsed once at the door and trusted afterwards. Copies share their text: reports hold the same few names
//! very often.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{fmt, sync::Arc};
use thiserror::Error;

/// A name that does not have the form it must have.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("“{text}” is not {what}")]
pub struct BadName {
    /// What was given.
    pub text: String,
    /// What was wanted, in words.
    pub what: &'static str,
}

macro_rules! name {
    ($(#[$doc:meta])* $name:ident, $what:literal, $valid:path, $pattern:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        #[schemars(extend("pattern" = $pattern))]
        pub struct $name(Arc<str>);

        impl $name {
            /// Parses the name.
            ///
            /// # Errors
            /// [`BadName`] when the text does not have the form.
            pub fn parse(text: &str) -> Result<Self, BadName> {
                if $valid(text) { Ok(Self(text.into())) } else { Err(BadName { text: text.to_owned(), what: $what }) }
            }

            /// Returns the name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadName;
            fn try_from(text: String) -> Result<Self, BadName> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> String {
                name.0.as_ref().to_owned()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name!(
    /// A criterion's id, the same in every version that has it: `caseload-ceiling`.
    CriterionId, "an id: small letters, digits and single hyphens, at most 60", is_slug, SLUG
);
name!(
    /// An element's id: `small-caseloads`.
    ElementId, "an id: small letters, digits and single hyphens, at most 60", is_slug, SLUG
);
name!(
    /// A Practice's name in addresses and files: `north-vale`.
    PracticeSlug, "a short name: small letters, digits and single hyphens, at most 60", is_slug, SLUG
);
name!(
    /// A parameter that National Pause may set: `supervision-frequency`.
    ParameterId, "an id: small letters, digits and single hyphens, at most 60", is_slug, SLUG
);
name!(
    /// A published edition of the framework: `2026.1`. Ordered as text.
    VersionId, "a version such as 2026.1", is_version, "^[0-9]{4}\\.[0-9]{1,2}$"
);
name!(
    /// A cycle, named by its year: `2026`, or `2026-27` where years run across. Ordered as text.
    CycleId, "a cycle: a year such as 2026, or 2026-27", is_cycle, "^[0-9]{4}(-[0-9]{2})?$"
);

/// [`is_slug`] for schemas.
const SLUG: &str = "^(?=.{1,60}$)[a-z0-9]+(-[a-z0-9]+)*$";

fn is_slug(text: &str) -> bool {
    text.len() <= 60
        && text
            .split('-')
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

fn is_version(text: &str) -> bool {
    text.split_once('.')
        .is_some_and(|(year, edition)| digits(year, 4..=4) && digits(edition, 1..=2))
}

fn is_cycle(text: &str) -> bool {
    match text.split_once('-') {
        None => digits(text, 4..=4),
        Some((from, to)) => digits(from, 4..=4) && digits(to, 2..=2),
    }
}

fn digits(text: &str, len: std::ops::RangeInclusive<usize>) -> bool {
    len.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_or_refused_by_their_form() {
        for good in ["a", "caseload-ceiling", "step-2"] {
            assert!(CriterionId::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "-a", "a-", "a--b", "A", "a b", "é", "../x", &"a".repeat(61)] {
            assert!(CriterionId::parse(bad).is_err(), "{bad}");
        }
        for (text, good) in [
            ("2026.1", true),
            ("2026.12", true),
            ("2026", false),
            ("26.1", false),
            ("2026.123", false),
        ] {
            assert_eq!(VersionId::parse(text).is_ok(), good, "{text}");
        }
        for (text, good) in [
            ("2026", true),
            ("2026-27", true),
            ("26", false),
            ("2026-2027", false),
            ("2026-", false),
        ] {
            assert_eq!(CycleId::parse(text).is_ok(), good, "{text}");
        }
    }
}
