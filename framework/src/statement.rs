//! What a Practice says on its moderated ratings before they are fixed: that it agrees with them, or that it does not, in
//! its own words.

use crate::{
    assessment::{FieldError, prose},
    prose::Prose,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use time::Date;

/// On which side a Practice stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// With the moderated ratings.
    Agrees,
    /// Against them, or some of them.
    Dissents,
}

/// A statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Agreement or dissent.
    pub stance: Stance,
    /// The Practice's own words; a dissent always has some.
    pub words: Option<Prose>,
}

/// A statement and the day on which it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// What was stated.
    pub statement: Statement,
    /// When.
    pub day: Date,
}

impl Stance {
    /// Both.
    pub const ALL: [Stance; 2] = [Stance::Agrees, Stance::Dissents];

    /// Returns the word in forms and the database.
    pub fn code(self) -> &'static str {
        match self {
            Stance::Agrees => "agrees",
            Stance::Dissents => "dissents",
        }
    }

    /// Returns the stance of a word.
    pub fn from_code(code: &str) -> Option<Stance> {
        Self::ALL.into_iter().find(|stance| stance.code() == code)
    }

    /// Returns the words for people.
    pub fn name(self) -> &'static str {
        match self {
            Stance::Agrees => "The Practice agrees with the ratings",
            Stance::Dissents => "The Practice does not agree with the ratings",
        }
    }
}

impl Statement {
    /// Reads the two fields of a form.
    ///
    /// # Errors
    /// Every field that cannot be taken: a stance must be chosen, and a dissent says what it is about.
    pub fn read(stance: &str, words: &str) -> Result<Statement, Vec<FieldError>> {
        let mut errors = vec![];
        let text = prose("words", words, &mut errors);
        let stance = Stance::from_code(stance);
        let missing = match stance {
            None => Some(("stance", "Choose whether the Practice agrees with the ratings.")),
            Some(Stance::Dissents) if text.is_none() && errors.is_empty() => {
                Some(("words", "Say which ratings the Practice does not agree with, and why."))
            }
            Some(_) => None,
        };
        errors.extend(missing.map(|(field, message)| FieldError {
            field,
            message: message.to_owned(),
        }));
        match stance {
            Some(stance) if errors.is_empty() => Ok(Statement { stance, words: text }),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreement_may_be_silent_and_dissent_never_is() {
        let long = "ŵ".repeat(Prose::MAX + 1);
        for (stance, words, wrong) in [
            ("agrees", "", &[][..]),
            ("agrees", " We do. ", &[]),
            ("dissents", "Not on caseloads.", &[]),
            ("dissents", " \n", &["words"]),
            ("", "Words", &["stance"]),
            ("else", "", &["stance"]),
            ("dissents", &long, &["words"]),
            ("", &long, &["words", "stance"]),
        ] {
            let read = Statement::read(stance, words);
            let fields = |errors: &Vec<FieldError>| errors.iter().map(|error| error.field).collect::<Vec<_>>();
            assert_eq!(read.as_ref().err().map(fields).unwrap_or_default(), wrong, "{stance}");
            if let Ok(read) = read {
                assert_eq!(read.stance.code(), stance);
                assert_eq!(read.words.map(String::from).unwrap_or_default(), words.trim());
            }
        }
    }
}
