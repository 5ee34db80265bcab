//! What is said on a criterion, field by field.

use super::{Sayable, Texts, Worded};
use crate::{
    adaptation::AdaptationId,
    assessment::{AdaptationClass, Agreement, Answer, AnswerForm, FieldError, Reading, Review, prose},
    criteria::Criterion,
    prose::Prose,
    rating::Rating,
};
use uuid::Uuid;

impl Worded for Answer {
    const FIELDS: &'static [(&'static str, &'static str)] = &[
        ("rating", "Rating"),
        ("measure", "Number"),
        ("reason", "Why it does not apply"),
        ("evidence", "Describe your evidence"),
        ("comment", "Comment"),
        ("adaptation", "Adaptation"),
    ];
    const CHOSEN: &'static [&'static str] = &["rating", "measure"];

    /// Returns the field with which another is settled as one: a reason says nothing without *not applicable*.
    fn lead(field: &'static str) -> &'static str {
        if field == "reason" { "rating" } else { field }
    }

    fn texts(&self) -> Texts {
        let form = self.form();
        vec![
            form.rating,
            form.measure,
            form.reason,
            form.evidence,
            form.comment,
            form.adaptation,
        ]
    }
}

impl Sayable for Answer {
    fn read(criterion: &Criterion, text: impl Fn(&str) -> String) -> Result<Self, Vec<FieldError>> {
        let form = AnswerForm {
            rating: text("rating"),
            measure: text("measure"),
            reason: text("reason"),
            evidence: text("evidence"),
            comment: text("comment"),
            adaptation: text("adaptation"),
        };
        Answer::read(criterion, &form)
    }
}

impl Worded for Review {
    const FIELDS: &'static [(&'static str, &'static str)] = &[
        ("rating", "Review rating"),
        ("comment", "Comment"),
        ("question", "Question to the Practice"),
    ];
    const CHOSEN: &'static [&'static str] = &["rating"];

    fn texts(&self) -> Texts {
        vec![
            rating_text(self.rating),
            prose_text(&self.comment),
            prose_text(&self.question),
        ]
    }
}

impl Sayable for Review {
    fn read(_: &Criterion, text: impl Fn(&str) -> String) -> Result<Self, Vec<FieldError>> {
        let mut errors = vec![];
        let review = Review {
            rating: rating(&text("rating"), &mut errors),
            comment: prose("comment", &text("comment"), &mut errors),
            question: prose("question", &text("question"), &mut errors),
        };
        if errors.is_empty() { Ok(review) } else { Err(errors) }
    }
}

impl Worded for Reading {
    const FIELDS: &'static [(&'static str, &'static str)] = Review::FIELDS;
    const CHOSEN: &'static [&'static str] = Review::CHOSEN;

    fn texts(&self) -> Texts {
        self.0.texts()
    }
}

impl Sayable for Reading {
    fn read(criterion: &Criterion, text: impl Fn(&str) -> String) -> Result<Self, Vec<FieldError>> {
        Review::read(criterion, text).map(Reading)
    }
}

impl Worded for Agreement {
    const FIELDS: &'static [(&'static str, &'static str)] = &[
        ("rating", "Agreed rating"),
        ("comment", "How it was agreed"),
        ("class", "Explained by"),
    ];
    const CHOSEN: &'static [&'static str] = &["rating", "class"];

    fn texts(&self) -> Texts {
        // an adaptation by its key; its class is the decision's
        let class = match self.adaptation {
            Some(AdaptationId(id)) => id.to_string(),
            None => self.class.map(AdaptationClass::code).unwrap_or_default().to_owned(),
        };
        vec![rating_text(self.rating), prose_text(&self.comment), class]
    }
}

impl Sayable for Agreement {
    fn read(_: &Criterion, text: impl Fn(&str) -> String) -> Result<Self, Vec<FieldError>> {
        let mut errors = vec![];
        let (class, adaptation) = put_down_to(text("class").trim(), &mut errors);
        let agreement = Agreement {
            rating: rating(&text("rating"), &mut errors),
            comment: prose("comment", &text("comment"), &mut errors),
            class,
            adaptation,
        };
        if errors.is_empty() { Ok(agreement) } else { Err(errors) }
    }
}

fn rating_text(rating: Option<Rating>) -> String {
    rating.map(|r| r.to_string()).unwrap_or_default()
}

fn prose_text(prose: &Option<Prose>) -> String {
    prose.as_ref().map(ToString::to_string).unwrap_or_default()
}

fn rating(text: &str, errors: &mut Vec<FieldError>) -> Option<Rating> {
    if text.trim().is_empty() {
        return None;
    }
    let rating = text.parse().ok();
    if rating.is_none() {
        errors.push(FieldError {
            field: "rating",
            message: "Choose one of the levels from 1 to 5.".into(),
        });
    }
    rating
}

/// Returns a class by its word, or an adaptation by its key.
fn put_down_to(text: &str, errors: &mut Vec<FieldError>) -> (Option<AdaptationClass>, Option<AdaptationId>) {
    let class = AdaptationClass::from_code(text);
    let adaptation = Uuid::parse_str(text).ok().map(AdaptationId);
    if !text.is_empty() && class.is_none() && adaptation.is_none() {
        errors.push(FieldError {
            field: "class",
            message: "Choose one of the list.".into(),
        });
    }
    (class, adaptation)
}
