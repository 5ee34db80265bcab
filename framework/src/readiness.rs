//! What must hold, besides role and state ([`crate::lifecycle`]), before an assessment moves on.

use crate::{
    assessment::{Entry, check},
    criteria::{Criterion, Framework},
    lifecycle::Action,
    prose::Prose,
};

/// What stands in the way of an action, as a sentence for the person; `None` when nothing does.
/// `entries` are in the order of the framework's criteria.
///
/// To submit, every criterion needs an answer, and *not applicable* a reason; to return, there must be a question on a
/// criterion or a note; to moderate, every applicable criterion needs a review rating, and an agreed one where self and
/// review differ.
pub fn obstacle(framework: &Framework, action: Action, entries: &[Entry], note: Option<&Prose>) -> Option<String> {
    match action {
        Action::Submit => incomplete(framework, entries),
        Action::Return => unasked(entries, note),
        Action::Moderate => unsettled(framework, entries),
        Action::Fill | Action::BeginReview | Action::Review | Action::Agree | Action::Finalise => None,
    }
}

fn incomplete(framework: &Framework, entries: &[Entry]) -> Option<String> {
    let answers = framework.criteria.iter().zip(entries);
    let answers = answers
        .map(|(criterion, entry)| (criterion.id.clone(), entry.answer.clone()))
        .collect();
    let blocking = check(framework, &answers)
        .into_iter()
        .filter(|(_, finding)| finding.blocks());
    let blocking: Vec<&Criterion> = blocking.map(|(criterion, _)| criterion).collect();
    unless_none(
        &blocking,
        "cannot be submitted yet: each needs a rating, or “not applicable” with a reason",
    )
}

fn unasked(entries: &[Entry], note: Option<&Prose>) -> Option<String> {
    let asked = note.is_some() || entries.iter().any(|entry| entry.review.question.is_some());
    let sentence = "Ask a question on at least one criterion, or write a note, so that the Practice knows what to do.";
    (!asked).then(|| sentence.to_owned())
}

fn unsettled(framework: &Framework, entries: &[Entry]) -> Option<String> {
    let which = |wanted: fn(&Entry) -> bool| -> Vec<&Criterion> {
        let lines = framework.criteria.iter().zip(entries);
        lines
            .filter(|(_, entry)| wanted(entry))
            .map(|(criterion, _)| criterion)
            .collect()
    };
    let unrated = which(|entry| !entry.not_applicable() && entry.review.rating.is_none());
    unless_none(&unrated, "still need a review rating").or_else(|| {
        unless_none(
            &which(Entry::needs_moderation),
            "still need an agreed rating, because self and review differ",
        )
    })
}

/// Names the criteria by their titles, the first three of them.
fn unless_none(criteria: &[&Criterion], what: &str) -> Option<String> {
    let titles: Vec<String> = criteria
        .iter()
        .take(3)
        .map(|criterion| format!("“{}”", criterion.title))
        .collect();
    let more = if criteria.len() > 3 { ", and others" } else { "" };
    (!criteria.is_empty()).then(|| {
        format!(
            "Criteria that {what} ({}): {}{more}.",
            criteria.len(),
            titles.join(", ")
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        assessment::{Agreement, Answer, Response, Review},
        library::Library,
        rating::Rating,
    };

    fn entry(own: u8, review: Option<u8>, agreed: Option<u8>) -> Entry {
        let rating = |level| Rating::new(level).unwrap();
        Entry {
            answer: Answer {
                response: Some(Response::Rated(rating(own))),
                ..Default::default()
            },
            review: Review {
                rating: review.map(rating),
                ..Default::default()
            },
            agreement: Agreement {
                rating: agreed.map(rating),
                ..Default::default()
            },
        }
    }

    #[test]
    fn an_assessment_moves_on_only_when_nothing_is_missing() {
        let framework = Library::embedded().latest().unwrap();
        let all = |entry: Entry| vec![entry; framework.criteria.len()];
        let with_question = {
            let mut entries = all(entry(4, None, None));
            entries[3].review.question = Prose::read("Who keeps the log?").unwrap();
            entries
        };
        let not_applicable = {
            let mut entries = all(entry(4, Some(4), None));
            entries[0] = Entry {
                answer: Answer {
                    response: Some(Response::NotApplicable(None)),
                    ..Default::default()
                },
                ..Default::default()
            };
            entries
        };
        for (name, action, entries, ready) in [
            ("nothing answered", Action::Submit, all(Entry::default()), false),
            ("all answered", Action::Submit, all(entry(4, None, None)), true),
            ("no reason", Action::Submit, not_applicable.clone(), false),
            ("no question", Action::Return, all(entry(4, None, None)), false),
            ("a question", Action::Return, with_question, true),
            ("not all rated", Action::Moderate, all(entry(4, None, None)), false),
            ("the same", Action::Moderate, all(entry(4, Some(4), None)), true),
            ("set aside", Action::Moderate, not_applicable, true),
            ("different", Action::Moderate, all(entry(4, Some(3), None)), false),
            (
                "different but agreed",
                Action::Moderate,
                all(entry(4, Some(3), Some(3))),
                true,
            ),
        ] {
            assert_eq!(obstacle(framework, action, &entries, None).is_none(), ready, "{name}");
        }
        let note = Prose::read("Please add the minutes.").unwrap();
        assert_eq!(
            obstacle(framework, Action::Return, &all(entry(4, None, None)), note.as_ref()),
            None
        );
    }
}
