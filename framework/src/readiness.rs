//! What must hold, besides role and state ([`crate::lifecycle`]), before an assessment moves on.

use crate::{
    adaptation::to_explain,
    assessment::{Entry, check},
    clarification::ThreadStatus,
    criteria::{Criterion, Framework},
    ids::CriterionId,
    lifecycle::Operation,
    prose::Prose,
    rating::Rating,
    sheet::CriterionRatings,
};
use std::collections::BTreeSet;

/// Returns what stands in the way of an action, as a sentence for the person; `None` when nothing does.
/// `entries` are in the order of the framework's criteria, and so are `earlier`, the comparable ratings of the assessment
/// before; none where there is none.
///
/// To submit, every criterion needs an answer, and *not applicable* a reason; to return, there must be a question on a
/// criterion or a note; to moderate, every applicable criterion needs a review rating, an agreed one where self and
/// review differ, something that a rating below 4 or a slip is put down to, and a reason where one is due
/// ([`Entry::lacks_reason`]); to finalise, all that still, since agreements may change until then, and no question may be
/// open (`threads`: the criteria on which something was asked).
pub fn obstacle(
    framework: &Framework,
    action: Operation,
    entries: &[Entry],
    earlier: &[Option<Rating>],
    threads: &[(CriterionId, ThreadStatus)],
    note: Option<&Prose>,
) -> Option<String> {
    match action {
        Operation::Submit => incomplete(framework, entries),
        Operation::Return => unasked(entries, note),
        Operation::Moderate => unmoderated(framework, entries, earlier),
        Operation::Finalise => unmoderated(framework, entries, earlier).or_else(|| unanswered(framework, threads)),
        Operation::Fill
        | Operation::BeginReview
        | Operation::Review
        | Operation::Agree
        | Operation::MakeStatement
        | Operation::Reopen => None,
    }
}

fn unmoderated(framework: &Framework, entries: &[Entry], earlier: &[Option<Rating>]) -> Option<String> {
    unsettled(framework, entries)
        .or_else(|| unclassed(framework, entries, earlier))
        .or_else(|| {
            unless_none(
                &which(framework, entries, Entry::lacks_reason),
                "need a reason for what was settled",
            )
        })
}

fn incomplete(framework: &Framework, entries: &[Entry]) -> Option<String> {
    let answers = framework.criteria.iter().zip(entries);
    let answers = answers
        .map(|(criterion, entry)| (criterion.id.clone(), entry.answer.clone()))
        .collect();
    // evidence never stands in the way
    let blocking = check(framework, &answers, &BTreeSet::new())
        .into_iter()
        .filter(|(_, finding)| finding.blocks());
    let blocking: Vec<&Criterion> = blocking.map(|(criterion, _)| criterion).collect();
    unless_none(
        &blocking,
        "cannot be submitted yet: each needs a rating, or “not applicable” with a reason",
    )
}

fn unasked(entries: &[Entry], note: Option<&Prose>) -> Option<String> {
    let asked = note.is_some() || entries.iter().any(Entry::asks);
    let sentence = "Ask a question on at least one criterion, or write a note, so that the Practice knows what to do.";
    (!asked).then(|| sentence.to_owned())
}

fn unsettled(framework: &Framework, entries: &[Entry]) -> Option<String> {
    let unrated = which(framework, entries, Entry::needs_review);
    unless_none(&unrated, "still need a review rating").or_else(|| {
        unless_none(
            &which(framework, entries, Entry::needs_moderation),
            "still need an agreed rating, because self and review differ",
        )
    })
}

fn which<'f>(framework: &'f Framework, entries: &[Entry], wanted: fn(&Entry) -> bool) -> Vec<&'f Criterion> {
    let lines = framework.criteria.iter().zip(entries);
    lines
        .filter(|(_, entry)| wanted(entry))
        .map(|(criterion, _)| criterion)
        .collect()
}

fn unanswered(framework: &Framework, threads: &[(CriterionId, ThreadStatus)]) -> Option<String> {
    let open = |criterion: &&Criterion| threads.iter().any(|(id, state)| *id == criterion.id && state.is_open());
    let open: Vec<&Criterion> = framework.criteria.iter().filter(open).collect();
    unless_none(
        &open,
        "have an open question, to be resolved or carried as an action before the end",
    )
}

fn unclassed(framework: &Framework, entries: &[Entry], earlier: &[Option<Rating>]) -> Option<String> {
    let earlier = earlier.iter().copied().chain(std::iter::repeat(None));
    let open = (framework.criteria.iter().zip(entries).zip(earlier))
        .filter(|((_, entry), before)| {
            !entry.agreement.is_put_down() && to_explain(&CriterionRatings::from(*entry), *before)
        })
        .map(|((criterion, _), _)| criterion);
    unless_none(
        &open.collect::<Vec<_>>(),
        "are below 4, or lower than last time, and not put down to anything yet; “not yet explained” will do",
    )
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
        assessment::{AdaptationClass, Agreement, Answer, Response, Review},
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
            readings: vec![],
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
        let put_down = |mut entry: Entry| {
            entry.agreement.class = Some(AdaptationClass::Unexplained);
            entry
        };
        for (name, action, entries, ready) in [
            ("nothing answered", Operation::Submit, all(Entry::default()), false),
            ("all answered", Operation::Submit, all(entry(4, None, None)), true),
            ("no reason", Operation::Submit, not_applicable.clone(), false),
            ("no question", Operation::Return, all(entry(4, None, None)), false),
            ("a question", Operation::Return, with_question, true),
            ("not all rated", Operation::Moderate, all(entry(4, None, None)), false),
            ("the same", Operation::Moderate, all(entry(4, Some(4), None)), true),
            ("set aside", Operation::Moderate, not_applicable, true),
            ("different", Operation::Moderate, all(entry(4, Some(3), None)), false),
            (
                "different but agreed",
                Operation::Moderate,
                all(put_down(entry(4, Some(3), Some(3)))),
                true,
            ),
            (
                "low and not put down",
                Operation::Moderate,
                all(entry(3, Some(3), None)),
                false,
            ),
            (
                "low and put down",
                Operation::Moderate,
                all(put_down(entry(3, Some(3), None))),
                true,
            ),
            (
                "lowered by two without a reason",
                Operation::Moderate,
                all(put_down(entry(5, Some(3), Some(3)))),
                false,
            ),
            (
                "taken back after moderation",
                Operation::Finalise,
                all(entry(4, Some(3), None)),
                false,
            ),
            ("agreed", Operation::Finalise, all(entry(4, Some(4), None)), true),
        ] {
            let got = obstacle(framework, action, &entries, &[], &[], None);
            assert_eq!(got.is_none(), ready, "{name}: {got:?}");
        }
        let slipped = |entries: &[Entry]| {
            let before = vec![Rating::new(5); entries.len()];
            obstacle(framework, Operation::Moderate, entries, &before, &[], None)
        };
        assert!(
            slipped(&all(entry(4, Some(4), None)))
                .unwrap()
                .contains("lower than last time")
        );
        assert_eq!(slipped(&all(put_down(entry(4, Some(4), None)))), None);
        let note = Prose::read("Please add the minutes.").unwrap();
        assert_eq!(
            obstacle(
                framework,
                Operation::Return,
                &all(entry(4, None, None)),
                &[],
                &[],
                note.as_ref()
            ),
            None
        );
    }

    #[test]
    fn nothing_is_finalised_while_a_question_is_open() {
        let framework = Library::embedded().latest().unwrap();
        let on = |index: usize, state| (framework.criteria[index].id.clone(), state);
        for state in ThreadStatus::ALL {
            let threads = [on(0, ThreadStatus::Resolved), on(1, state)];
            let found = obstacle(framework, Operation::Finalise, &[], &[], &threads, None);
            assert_eq!(found.is_some(), state.is_open(), "{state:?}");
            let title = &framework.criteria[1].title;
            assert!(found.is_none_or(|sentence| sentence.contains(title)), "{state:?}");
            assert_eq!(
                obstacle(framework, Operation::BeginReview, &[], &[], &threads, None),
                None
            );
        }
    }
}
