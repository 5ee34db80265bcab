//! The checks that need two versions.

use crate::{
    criteria::{Criterion, Relation},
    ids::CriterionId,
    parse::{CriterionDraft, Draft, Problem, single_spaced},
};
use std::collections::BTreeMap;

/// Checks that the versions, sorted by date, follow each other, and each pair of neighbours.
pub(super) fn check(drafts: &[Draft], problems: &mut Vec<Problem>) {
    for (index, draft) in drafts.iter().enumerate() {
        let older = index.checked_sub(1).and_then(|place| drafts.get(place));
        check_chain(older, draft, problems);
    }
    for draft in drafts {
        let before = draft.header.as_ref().and_then(|header| header.before.as_ref());
        let older = before.and_then(|before| drafts.iter().find(|d| d.version == *before));
        if let Some(older) = older.filter(|older| older.version != draft.version) {
            check_criteria(older, draft, problems);
        }
    }
}

/// Each version names the one dated before it, so that they make one line.
fn check_chain(older: Option<&Draft>, draft: &Draft, problems: &mut Vec<Problem>) {
    let Some(header) = &draft.header else { return };
    let mut say = |line, message: String| {
        problems.push(Problem::new(&format!("{}/version.md", draft.version), line, message));
    };
    let Some(older) = older else {
        if let Some(before) = &header.before {
            let message =
                format!("{before} is not here, or not of an earlier date. Add it, or correct `before` or `date`.");
            say(header.before_line, message);
        }
        return;
    };
    // a version whose version.md cannot be read has no place in the line yet
    let Some(older_header) = &older.header else { return };
    if older_header.date == header.date {
        say(
            header.date_line,
            format!(
                "{} is of the same date. Versions follow each other; correct one.",
                older.version
            ),
        );
    } else if header.before.as_ref() != Some(&older.version) {
        let message = format!(
            "By their dates {0} comes before this version. Write before = \"{0}\", or correct `date`.",
            older.version
        );
        say(header.before_line, message);
    }
}

fn check_criteria(older: &Draft, newer: &Draft, problems: &mut Vec<Problem>) {
    let mut compared: BTreeMap<&CriterionId, &str> = BTreeMap::new();
    for draft in &newer.criteria {
        let CriterionDraft {
            path,
            criterion,
            relation_line,
            of_lines,
            ..
        } = draft;
        let Some(before) = &criterion.before else { continue };
        let mut say = |line, message: String| problems.push(Problem::new(path, line, message));
        for (id, line) in before.of.iter().zip(of_lines) {
            if !older.ids.contains_key(id) {
                let message = format!(
                    "There is no criterion “{id}” in {}. Name its forerunner in `of`, or write “new”.",
                    older.version
                );
                say(*line, message);
            } else if before.relation.comparable()
                && let Some(first) = compared.insert(id, path)
            {
                let message = format!(
                    "{first} is already equal or equivalent to “{id}” of {}. Use another relation in one of the two.",
                    older.version
                );
                say(*line, message);
            }
        }
        if !before.of.contains(&criterion.id) && older.ids.contains_key(&criterion.id) {
            let message = format!(
                "{} has a criterion of this id, which is not named here. Name it in `of`, or choose another id.",
                older.version
            );
            say(*relation_line, message);
        }
        if before.relation == Relation::Equal
            && let [of] = &before.of[..]
            && let Some(forerunner) = older.criteria.iter().find(|d| d.criterion.id == *of)
        {
            let parts = differences(&forerunner.criterion, criterion);
            if !parts.is_empty() {
                let message = format!(
                    "Not equal to {}: other words in {}. Restore them, or write “equivalent” and what changed.",
                    older.version,
                    parts.join(", ")
                );
                say(*relation_line, message);
            }
        }
    }
}

/// Returns the parts whose words differ, white space aside.
fn differences(older: &Criterion, newer: &Criterion) -> Vec<String> {
    let differ = |a: &str, b: &str| single_spaced(a) != single_spaced(b);
    let mut parts = vec![];
    if differ(&older.title, &newer.title) {
        parts.push("the title".to_owned());
    }
    if differ(&older.asks, &newer.asks) {
        parts.push("Asks".to_owned());
    }
    let levels = older.anchors.iter().zip(&newer.anchors).zip(1..=5_u8).rev();
    parts.extend(
        levels
            .filter(|((a, b), _)| differ(a, b))
            .map(|(_, level)| format!("anchor {level}")),
    );
    parts
}
