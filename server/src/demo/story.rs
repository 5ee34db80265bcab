//! The stories as numbers: the level at which a reviewer finds a criterion in a year, and what a low one is put down to.

use super::{
    dice::Dice,
    practices::{Practice, Story},
    register::{ADAPTATIONS, Adaptation},
};
use framework::{assessment::AdaptationClass, criteria::Criterion};

/// What slips in a Practice that drifts, and in which years.
const DRIFTING: [(&str, &[u16]); 20] = [
    ("caseload-ceiling", &[2025, 2026]),
    ("planned-contact-offered", &[2025, 2026]),
    ("pause-hours-protected", &[2025, 2026]),
    ("room-before-start", &[2026]),
    ("travel-counted", &[2026]),
    ("reflective-supervision", &[2025, 2026]),
    ("lead-supervision", &[2026]),
    ("case-discussion", &[2025, 2026]),
    ("pause-induction", &[2026]),
    ("same-practitioner", &[2025, 2026]),
    ("cover-in-time", &[2026]),
    ("leavers-within-threshold", &[2025, 2026]),
    ("handover-together", &[2026]),
    ("aims-she-chose", &[2026]),
    ("hard-days", &[2025]),
    ("core-model-known", &[2026]),
    ("adaptations-recorded", &[2026]),
    ("ending-known-from-start", &[2026]),
    ("data-returns", &[2025]),
    ("resource-decision-time", &[2026]),
];

/// What was low in a Practice that recovers: one of the two lists.
const RECOVERING: [&[&str]; 2] = [
    &[
        "caseload-ceiling",
        "planned-contact-offered",
        "pause-hours-protected",
        "room-before-start",
        "reflective-supervision",
        "case-discussion",
        "same-practitioner",
        "cover-in-time",
        "handover-together",
        "aims-she-chose",
        "hard-days",
        "ending-known-from-start",
        "support-steps-down",
        "adaptations-recorded",
    ],
    &[
        "money-set-aside",
        "resource-offered-to-all",
        "resource-decision-time",
        "her-own-purpose",
        "partners-told-boundaries",
        "referral-route",
        "womens-voice-to-agencies",
        "challenge-raised",
        "practice-board",
        "senior-backing",
        "data-returns",
        "information-governance",
        "engagement-phase",
        "core-model-known",
    ],
];

/// Returns all criteria that the stories name.
#[cfg(test)]
pub(super) fn criteria() -> Vec<&'static str> {
    let drifting = DRIFTING.iter().map(|(id, _)| *id);
    let recovering = RECOVERING.iter().flat_map(|list| list.iter().copied());
    drifting
        .chain(recovering)
        .chain(ADAPTATIONS.iter().map(|adaptation| adaptation.criterion))
        .collect()
}

/// Returns the level, 1 to 5, at which a reviewer finds a criterion.
pub(super) fn level(practice: &Practice, criterion: &Criterion, year: u16) -> u8 {
    let id = criterion.id.as_str();
    let walk: i8 = (practice.first + 1..=year).map(|year| step(practice, id, year)).sum();
    let level = base(practice, criterion) + walk + offset(practice, id, year);
    u8::try_from(level.clamp(1, 5)).unwrap_or(1)
}

/// Where the criterion stands before anything happens.
fn base(practice: &Practice, criterion: &Criterion) -> i8 {
    let mut dice = Dice::of(&[practice.slug, criterion.id.as_str(), "base"]);
    let (five, three, two): (i8, i8, i8) = match practice.story {
        Story::Drifting => (25, 10, 0),
        Story::Adapted => (20, 15, 0),
        Story::Steady => (16, 20, 4),
        Story::Recovering | Story::New => (12, 22, 2),
    };
    // some Practices are simply further than others
    let tilt = Dice::of(&[practice.slug, "tilt"]).pick(&[-10_i8, -5, 0, 5, 10]);
    let (five, three) = ((five + tilt).max(4), (three - tilt).max(4));
    match i8::try_from(dice.below(100)).unwrap_or_default() {
        place if place < five => 5,
        place if place < five + three => 3,
        place if place < five + three + two && !criterion.core => 2,
        _ => 4,
    }
}

/// Returns what chance moves in a year.
fn step(practice: &Practice, id: &str, year: u16) -> i8 {
    let mut dice = Dice::of(&[practice.slug, id, &year.to_string(), "step"]);
    let moves = if practice.story == Story::Drifting { 4 } else { 9 };
    match dice.chance(moves) {
        true => dice.pick(&[-1, 1]),
        false => 0,
    }
}

/// Returns what the story moves, since the beginning.
fn offset(practice: &Practice, id: &str, year: u16) -> i8 {
    match practice.story {
        Story::Steady => 0,
        Story::Drifting => {
            let slips = DRIFTING
                .iter()
                .find(|(slipping, _)| *slipping == id)
                .map_or(&[][..], |(_, years)| *years);
            slips
                .iter()
                .filter(|slip| **slip > practice.first && **slip <= year)
                .map(|_| -1_i8)
                .sum()
        }
        Story::Recovering => {
            let list = Dice::of(&[practice.slug, "list"]).pick(&RECOVERING);
            let low = list.contains(&id);
            let behind = i8::try_from(practice.first.saturating_add(2).saturating_sub(year)).unwrap_or(0);
            if low { -behind } else { 0 }
        }
        Story::Adapted => -i8::from(adaptation(practice, id, year).is_some()),
        Story::New => {
            let learning = Dice::of(&[practice.slug, id, "learning"]).chance(35);
            -i8::from(learning && year == practice.first)
        }
    }
}

/// Returns what a Practice does differently on purpose on a criterion, if it does.
pub(super) fn adaptation(practice: &Practice, id: &str, year: u16) -> Option<&'static Adaptation> {
    let adapted = ADAPTATIONS.iter().find(|adaptation| adaptation.criterion == id)?;
    let does = Dice::of(&[practice.slug, id, "adapted"]).chance(65);
    (practice.story == Story::Adapted && does && year >= adapted.since).then_some(adapted)
}

/// Returns what the reviewer puts a rating below 4, or a slip, down to; nothing where nobody has looked yet. In the years on the
/// platform, agreed adaptations count by the register alone.
pub(super) fn class(practice: &Practice, id: &str, year: u16) -> Option<AdaptationClass> {
    use AdaptationClass::{Consistent, Unexplained, Unplanned};
    if let Some(adaptation) = adaptation(practice, id, year) {
        return Some(adaptation.class);
    }
    let mut dice = Dice::of(&[practice.slug, id, &year.to_string(), "class"]);
    match practice.story {
        Story::Drifting => dice.pick(&[Some(Unplanned), Some(Unplanned), Some(Unexplained), None]),
        Story::Adapted => dice.pick(&[Some(Consistent), Some(Unplanned), Some(Unexplained)]),
        _ => dice.pick(&[
            Some(Unplanned),
            Some(Unplanned),
            Some(Unexplained),
            None,
            Some(Consistent),
        ]),
    }
}
