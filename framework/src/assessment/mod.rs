//! What an assessment says: answers, the reviewer's side, and what is still missing before it can be submitted.

mod check;
mod reason;

pub use check::{Finding, check};
pub use reason::Asks;

use crate::{adaptation::AdaptationId, criteria::Criterion, prose::Prose, rating::Rating};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a Practice says on one criterion. Empty until somebody answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// A rating or *not applicable*.
    pub response: Option<Response>,
    /// The counted value, on a measured criterion, in its unit.
    pub measure: Option<f64>,
    /// What shows it.
    pub evidence: Option<Prose>,
    /// Anything else.
    pub comment: Option<Prose>,
    /// What the Practice does differently here, and why.
    pub adaptation: Option<Prose>,
}

/// Either a rating or *not applicable*.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Response {
    /// Rated against the anchors.
    Rated(Rating),
    /// Not applicable here. A draft may lack the reason; a submitted assessment may not.
    NotApplicable(Option<Prose>),
}

/// What the review says on one criterion: the reviewer's, or what two reviewers settled together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Review {
    /// The rating. Where two reviewers gave the same one, nobody needs to set it: [`Entry::review_rating`].
    pub rating: Option<Rating>,
    /// Why.
    pub comment: Option<Prose>,
    /// What the Practice is asked when the assessment is returned.
    pub question: Option<Prose>,
}

/// What one of two reviewers says on one criterion, unseen by the other until the ratings of both are in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Reading(pub Review);

/// What moderation settled on one criterion.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// The agreed rating, where a person set it.
    pub rating: Option<Rating>,
    /// How it was reached.
    pub comment: Option<Prose>,
    /// What a rating below 4, or a slip, is put down to.
    pub class: Option<AdaptationClass>,
    /// The entry of the Practice's register on which the class rests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adaptation: Option<AdaptationId>,
}

impl Agreement {
    /// Returns whether somebody has said what it is put down to.
    pub fn is_put_down(&self) -> bool {
        self.class.is_some() || self.adaptation.is_some()
    }
}

/// What a rating below the expected level, or a slip, is put down to (METHODS.md 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdaptationClass {
    /// Agreed adaptation, consistent with the framework.
    Consistent,
    /// Agreed adaptation, not consistent with the framework.
    NotConsistent,
    /// Unplanned drift.
    Unplanned,
    /// Not yet explained.
    Unexplained,
}

impl AdaptationClass {
    /// All four.
    pub const ALL: [AdaptationClass; 4] = [
        Self::Consistent,
        Self::NotConsistent,
        Self::Unplanned,
        Self::Unexplained,
    ];

    /// Returns the word in files and forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Consistent => "consistent",
            Self::NotConsistent => "not_consistent",
            Self::Unplanned => "unplanned",
            Self::Unexplained => "unexplained",
        }
    }

    /// Returns the words for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Consistent => "Agreed adaptation, consistent with the framework",
            Self::NotConsistent => "Agreed adaptation, not consistent with the framework",
            Self::Unplanned => "Unplanned drift",
            Self::Unexplained => "Not yet explained",
        }
    }

    /// Returns the class of a word in files and forms.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.code() == code)
    }

    /// Only unplanned and not-yet-explained slips count as unexplained drift.
    pub fn explains(self) -> bool {
        matches!(self, Self::Consistent | Self::NotConsistent)
    }
}

/// Everything an assessment says on one criterion.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The Practice's side.
    pub answer: Answer,
    /// The reviewer's side.
    pub review: Review,
    /// What each of two reviewers said, by place; empty where one reviews.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<Reading>,
    /// Moderation.
    pub agreement: Agreement,
}

/// Which of the three ratings a figure rests on (METHODS.md 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, JsonSchema, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Set or confirmed at moderation.
    Agreed,
    /// The reviewer's.
    Review,
    /// The Practice's own.
    SelfRated,
}

impl Entry {
    /// Returns the Practice's own rating.
    pub fn self_rating(&self) -> Option<Rating> {
        match self.answer.response {
            Some(Response::Rated(rating)) => Some(rating),
            _ => None,
        }
    }

    /// Is the criterion set aside as not applicable?
    pub fn not_applicable(&self) -> bool {
        matches!(self.answer.response, Some(Response::NotApplicable(_)))
    }

    /// Returns the review rating: set by the one reviewer or by two together, or what both gave where that is the same.
    pub fn review_rating(&self) -> Option<Rating> {
        self.review.rating.or_else(|| match self.readings.as_slice() {
            [first, second] if first.0.rating == second.0.rating => first.0.rating,
            _ => None,
        })
    }

    /// Returns what the first of two reviewers and the second rated, once both have.
    pub fn readings_apart(&self) -> Option<[Rating; 2]> {
        match self.readings.as_slice() {
            [first, second] => Some([first.0.rating?, second.0.rating?]),
            _ => None,
        }
    }

    /// Have two reviewers rated, each differently, and not settled it yet?
    pub fn needs_consensus(&self) -> bool {
        let rated = |reading: &Reading| reading.0.rating.is_some();
        !self.not_applicable()
            && self.readings.len() == 2
            && self.readings.iter().all(rated)
            && self.review_rating().is_none()
    }

    /// Returns the agreed rating: set by a person, or the review rating where self and review are equal.
    pub fn agreed_rating(&self) -> Option<Rating> {
        self.agreement
            .rating
            .or_else(|| self.review_rating().filter(|r| self.self_rating() == Some(*r)))
    }

    /// Does it apply, and lack a review rating?
    pub fn needs_review(&self) -> bool {
        !self.not_applicable() && self.review_rating().is_none()
    }

    /// Does a reviewer ask the Practice something?
    pub fn asks(&self) -> bool {
        let readings = self.readings.iter().map(|reading| &reading.0);
        readings.chain([&self.review]).any(|review| review.question.is_some())
    }

    /// Do self and review differ, with nobody having set an agreed rating?
    pub fn needs_moderation(&self) -> bool {
        !self.not_applicable() && self.review_rating().is_some() && self.agreed_rating().is_none()
    }
}

/// A form's fields for one criterion, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AnswerForm {
    /// `1` to `5`, `na`, or empty.
    pub rating: String,
    /// A number, or empty.
    pub measure: String,
    /// Why it does not apply.
    pub reason: String,
    /// Evidence.
    pub evidence: String,
    /// Comment.
    pub comment: String,
    /// Adaptation.
    pub adaptation: String,
}

/// A field that cannot be taken, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// The field's name, as in [`AnswerForm`].
    pub field: &'static str,
    /// A sentence for the person.
    pub message: String,
}

impl Answer {
    /// Reads a form for a criterion.
    ///
    /// # Errors
    /// Every field that cannot be taken.
    pub fn read(criterion: &Criterion, form: &AnswerForm) -> Result<Answer, Vec<FieldError>> {
        let mut errors = Vec::new();
        let reason = prose("reason", &form.reason, &mut errors);
        let answer = Answer {
            response: read_response(criterion, form.rating.trim(), reason, &mut errors),
            measure: read_measure(criterion, form.measure.trim(), &mut errors),
            evidence: prose("evidence", &form.evidence, &mut errors),
            comment: prose("comment", &form.comment, &mut errors),
            adaptation: prose("adaptation", &form.adaptation, &mut errors),
        };
        if errors.is_empty() { Ok(answer) } else { Err(errors) }
    }

    /// Returns the form that shows this answer.
    pub fn form(&self) -> AnswerForm {
        let text = |p: &Option<Prose>| p.as_ref().map(Prose::to_string).unwrap_or_default();
        let (rating, reason) = match &self.response {
            None => (String::new(), String::new()),
            Some(Response::Rated(rating)) => (rating.to_string(), String::new()),
            Some(Response::NotApplicable(reason)) => ("na".to_owned(), text(reason)),
        };
        AnswerForm {
            rating,
            measure: self.measure.map(|m| m.to_string()).unwrap_or_default(),
            reason,
            evidence: text(&self.evidence),
            comment: text(&self.comment),
            adaptation: text(&self.adaptation),
        }
    }
}

/// Reads a text field, noting an error under its name.
pub fn prose(field: &'static str, text: &str, errors: &mut Vec<FieldError>) -> Option<Prose> {
    Prose::read(text).unwrap_or_else(|message| {
        errors.push(FieldError { field, message });
        None
    })
}

fn read_response(
    criterion: &Criterion,
    rating: &str,
    reason: Option<Prose>,
    errors: &mut Vec<FieldError>,
) -> Option<Response> {
    let mut refuse = |message: &str| {
        errors.push(FieldError {
            field: "rating",
            message: message.to_owned(),
        });
        None
    };
    match rating {
        "" => None,
        "na" if criterion.not_applicable => Some(Response::NotApplicable(reason)),
        "na" => refuse("This criterion applies to every Practice. Choose a level from 1 to 5."),
        level => match level.parse() {
            Ok(rating) => Some(Response::Rated(rating)),
            Err(_) => refuse("Choose one of the levels from 1 to 5."),
        },
    }
}

fn read_measure(criterion: &Criterion, text: &str, errors: &mut Vec<FieldError>) -> Option<f64> {
    let mut refuse = |message: String| {
        errors.push(FieldError {
            field: "measure",
            message,
        });
        None
    };
    if text.is_empty() {
        return None;
    }
    let Some(measure) = &criterion.measure else {
        return refuse("This criterion is not counted. Leave the number out.".to_owned());
    };
    let read = without_thousands(text).and_then(|text| text.parse::<f64>().ok());
    match read {
        Some(value) if value.is_finite() && (measure.minimum..=measure.maximum).contains(&value) => Some(value),
        Some(_) => refuse(format!(
            "Enter a number from {} to {} ({}).",
            measure.minimum, measure.maximum, measure.unit
        )),
        None => refuse(format!(
            "Enter a number with a point before decimals, such as 8 or 7.5 ({}).",
            measure.unit
        )),
    }
}

/// Returns a number without the commas between its thousands. `None` where a comma stands anywhere else, since `7,5` is not 75.
pub fn without_thousands(text: &str) -> Option<String> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let grouped = first.len() <= 3 && groups.all(|group| group.len() == 3) && !decimals.contains(',');
    (grouped || !text.contains(',')).then(|| text.replace(',', ""))
}

#[cfg(test)]
mod tests {
    use super::without_thousands;

    #[test]
    fn commas_stand_between_thousands_only() {
        for (text, read) in [
            ("8", Some("8")),
            ("7.5", Some("7.5")),
            ("1,411", Some("1411")),
            ("1,411.50", Some("1411.50")),
            ("12,345,678", Some("12345678")),
            ("7,5", None),
            ("1.411,50", None),
            ("1234,567", None),
            ("eight", Some("eight")),
        ] {
            assert_eq!(without_thousands(text).as_deref(), read, "{text}");
        }
    }
}
