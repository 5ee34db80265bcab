//! One Practice's year, as it would be said in full: pure, and the same every time.

use super::{
    dice::Dice,
    measures,
    practices::{Practice, Story},
    sentences as say, story,
};
use framework::{
    assessment::{Agreement, Answer, Entry, Response, Review},
    criteria::{Criterion, Framework},
    ids::CriterionId,
    prose::Prose,
    rating::Rating,
};
use std::collections::BTreeMap;

/// Returns what a Practice, its reviewer and moderation say in a year, had the year been finished.
pub(super) fn entries(practice: &Practice, framework: &Framework, year: u16) -> BTreeMap<CriterionId, Entry> {
    let said = framework
        .criteria
        .iter()
        .map(|criterion| (criterion.id.clone(), entry(practice, criterion, year)));
    said.collect()
}

fn entry(practice: &Practice, criterion: &Criterion, year: u16) -> Entry {
    let id = criterion.id.as_str();
    let mut dice = Dice::of(&[practice.slug, id, &year.to_string(), "said"]);
    if let Some(reason) = not_applicable(practice, criterion, year, &mut dice) {
        let response = Some(Response::NotApplicable(prose(reason)));
        return Entry {
            answer: Answer {
                response,
                ..Answer::default()
            },
            ..Entry::default()
        };
    }
    let level = story::level(practice, criterion, year);
    let own = own_level(practice, criterion, level, &mut dice);
    let adaptation = story::adaptation(practice, id, year);
    let slipped = year > practice.first && level < story::level(practice, criterion, year - 1);
    let class = if level < 4 || slipped {
        story::class(practice, id, year)
    } else {
        None
    };
    let small = class
        .is_some_and(|class| class.explains())
        .then_some(say::SMALL_ADAPTATION);
    let counted = measure(criterion, level, &mut dice);
    let shows = own == 5 || dice.chance(80);
    let answer = Answer {
        response: rating(own).map(Response::Rated),
        measure: counted,
        evidence: shows.then(|| evidence(criterion, own, counted, &mut dice)).flatten(),
        comment: dice.chance(35).then(|| prose(dice.pick(say::COMMENTS))).flatten(),
        adaptation: adaptation.map(|adaptation| adaptation.text).or(small).and_then(prose),
    };
    let review = Review {
        rating: rating(level),
        comment: remark(own, level, &mut dice),
        question: None,
    };
    Entry {
        answer,
        review,
        readings: vec![],
        agreement: Agreement {
            class,
            ..settle(own, level, &mut dice)
        },
    }
}

/// Returns why the criterion is set aside, where it may be.
fn not_applicable(practice: &Practice, criterion: &Criterion, year: u16, dice: &mut Dice) -> Option<&'static str> {
    let id = criterion.id.as_str();
    let (_, reason) = say::REASONS
        .iter()
        .find(|(of, _)| criterion.not_applicable && *of == id)?;
    // nobody has finished, and nobody has left, in a Practice's first year
    let first = practice.story == Story::New && year == practice.first;
    let about_endings = matches!(
        id,
        "next-steps-offered" | "next-steps-range" | "support-steps-down" | "handover-together"
    );
    let applies = if about_endings { !first } else { !dice.chance(20) };
    (!applies).then_some(*reason)
}

/// Returns the Practice's own level: a reviewer's, but for optimism. Where a number decides the level, nobody is optimistic.
fn own_level(practice: &Practice, criterion: &Criterion, level: u8, dice: &mut Dice) -> u8 {
    let decided = criterion
        .measure
        .as_ref()
        .is_some_and(|measure| measure.levels.is_some());
    if decided || !dice.chance(practice.optimism.unsigned_abs()) {
        return level;
    }
    let own = if practice.optimism > 0 { level + 1 } else { level - 1 };
    own.clamp(1, 5)
}

fn measure(criterion: &Criterion, level: u8, dice: &mut Dice) -> Option<f64> {
    let measure = criterion.measure.as_ref()?;
    measures::value(criterion.id.as_str(), level, dice).map(|value| value.clamp(measure.minimum, measure.maximum))
}

/// Returns what was looked at and what it showed, in the criterion's own words, and sometimes more.
fn evidence(criterion: &Criterion, level: u8, measure: Option<f64>, dice: &mut Dice) -> Option<Prose> {
    let source = criterion.evidence.split([';', '.']).next().unwrap_or_default().trim();
    let shown = match (&criterion.measure, measure) {
        (Some(counted), Some(value)) => format!("Counted: {value} {}.", counted.unit.replace("% of", "per cent of")),
        _ => anchor(criterion, level),
    };
    let mood = match level {
        4.. => say::Mood::Good,
        3 => say::Mood::Partly,
        _ => say::Mood::Low,
    };
    let fits = |(of, when, _): &&(&[&str], say::Mood, &str)| *when == mood && of.contains(&criterion.id.as_str());
    let more: Vec<&str> = say::EVIDENCE
        .iter()
        .filter(fits)
        .map(|(.., sentence)| *sentence)
        .collect();
    let said = [shown.as_str(), dice.pick(&more)].join(" ");
    let said = said.trim_end();
    let text = match dice.below(4) {
        0 => said.to_owned(),
        1 => format!("{said}\n\nSource: {source}."),
        2 => format!("- {source}\n- {said}"),
        _ => format!("Looked at: {source}.\n\n{said}"),
    };
    prose(&text)
}

/// Returns what the level's anchor says, with level 4 written out where level 5 leans on it.
fn anchor(criterion: &Criterion, level: u8) -> String {
    let at = |level: u8| {
        criterion
            .anchors
            .get(usize::from(level).saturating_sub(1))
            .map_or("", String::as_str)
    };
    match at(level).strip_prefix("As level 4, and ") {
        Some(more) => format!("{} Besides, {more}", at(4)),
        None => at(level).to_owned(),
    }
}

fn remark(own: u8, level: u8, dice: &mut Dice) -> Option<Prose> {
    let (words, often) = match own.cmp(&level) {
        std::cmp::Ordering::Equal => (say::REVIEW_AGREES, 25),
        std::cmp::Ordering::Greater => (say::REVIEW_LOWER, 90),
        std::cmp::Ordering::Less => (say::REVIEW_HIGHER, 90),
    };
    dice.chance(often).then(|| prose(dice.pick(words))).flatten()
}

/// Returns an agreed rating, where the two differ: mostly the reviewer's.
fn settle(own: u8, level: u8, dice: &mut Dice) -> Agreement {
    if own == level {
        return Agreement::default();
    }
    let (agreed, words) = if dice.chance(80) {
        (level, say::AGREED_REVIEW)
    } else {
        (own, say::AGREED_OWN)
    };
    Agreement {
        rating: rating(agreed),
        comment: prose(dice.pick(words)),
        ..Agreement::default()
    }
}

/// Returns a question to a Practice whose assessment goes back to it.
pub(super) fn question(practice: &Practice, criterion: &CriterionId) -> Option<Prose> {
    prose(Dice::of(&[practice.slug, criterion.as_str(), "question"]).pick(say::QUESTIONS))
}

/// Returns what shows that a low rating is unplanned drift.
pub(super) fn unplanned(practice: &Practice, criterion: &CriterionId) -> Option<Prose> {
    prose(Dice::of(&[practice.slug, criterion.as_str(), "unplanned"]).pick(say::UNPLANNED))
}

/// Text of ours, which is short.
pub(super) fn prose(text: &str) -> Option<Prose> {
    Prose::read(text).ok().flatten()
}

fn rating(level: u8) -> Option<Rating> {
    Rating::new(level)
}
