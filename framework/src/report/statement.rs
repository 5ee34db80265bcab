//! What a Practice states on its moderated ratings, as reports print it.

use crate::{
    day,
    prose::Prose,
    statement::{Made, Stance},
};
use schemars::JsonSchema;
use serde::Serialize;
use time::Date;

/// The Practice's statement, as it stood when the assessment was finalised.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct StatementLine {
    /// Agreement or dissent.
    pub stance: Stance,
    /// The same in words.
    pub stance_name: &'static str,
    /// The Practice's own words.
    pub words: Option<Prose>,
    /// The day on which it was made.
    #[serde(serialize_with = "day::serialize")]
    #[schemars(with = "String", extend("format" = "date"))]
    pub day: Date,
}

impl StatementLine {
    pub(super) fn of(made: &Made) -> StatementLine {
        StatementLine {
            stance: made.statement.stance,
            stance_name: made.statement.stance.name(),
            words: made.statement.words.clone(),
            day: made.day,
        }
    }
}
