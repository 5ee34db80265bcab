//! The same every time, and stories that show in the figures.

mod agree;
mod filled;
mod moved;
mod outputs;

use super::{
    dice::Dice,
    measures,
    practices::{PRACTICES, Story},
    sentences, years, *,
};
use framework::{
    assessment::{Answer, Finding, check},
    drift::Drift,
    library::Library,
    sheet::CriterionRatings,
};
use std::{collections::BTreeSet, sync::Arc};

fn framework_of(year: u16) -> Arc<Framework> {
    let (_, version, _) = CYCLES.into_iter().find(|(other, ..)| *other == year).unwrap();
    Library::embedded()
        .version(&VersionId::parse(version).unwrap())
        .unwrap()
        .clone()
}

fn marks(practice: &Practice, year: u16) -> Vec<CriterionRatings> {
    let framework = framework_of(year);
    let entries = years::entries(practice, &framework, year);
    framework
        .criteria
        .iter()
        .map(|criterion| CriterionRatings::from(&entries[&criterion.id]))
        .collect()
}

fn drift(practice: &Practice, from: u16, to: u16) -> Drift {
    let (older, newer) = (framework_of(from), framework_of(to));
    let way = Library::embedded().crosswalk(&older.version, &newer.version).unwrap();
    Drift::between(&newer, &way.pairs, &marks(practice, from), &marks(practice, to))
}

#[test]
fn the_same_practice_says_the_same_every_time() {
    for practice in &PRACTICES {
        let framework = framework_of(2026);
        assert_eq!(
            years::entries(practice, &framework, 2026),
            years::entries(practice, &framework, 2026)
        );
    }
    // the dice themselves, so that a change of them is seen
    let mut dice = Dice::of(&["a", "b"]);
    let throws: Vec<usize> = (0..6).map(|_| dice.below(1000)).collect();
    assert_eq!(throws, THROWS);
}

const THROWS: [usize; 6] = [333, 803, 524, 44, 146, 312];

#[test]
fn stories_show_in_the_figures() {
    for practice in &PRACTICES {
        let last = drift(practice, practice.first.max(2024), 2025.max(practice.first));
        let whole = drift(practice, practice.first, 2026);
        let net = |drift: &Drift| drift.whole.net().unwrap();
        let name = practice.name;
        match practice.story {
            Story::Drifting => {
                assert!(net(&whole) < -0.2, "{name}: {}", net(&whole));
                let unexplained = whole.changes.iter().filter(|change| change.is_unexplained()).count();
                assert!(unexplained >= 6, "{name}: {unexplained}");
            }
            Story::Recovering => {
                assert!(net(&last) > 0.1, "{name}: {}", net(&last));
                assert!(net(&whole) > 0.2, "{name}: {}", net(&whole));
            }
            Story::Adapted => assert!(
                whole
                    .changes
                    .iter()
                    .any(|change| change.is_slip() && !change.is_unexplained()),
                "{name}"
            ),
            Story::Steady => assert!(net(&whole).abs() < 0.2, "{name}: {}", net(&whole)),
            Story::New if practice.first < 2026 => assert!(net(&whole) > 0.1, "{name}: {}", net(&whole)),
            Story::New => {}
        }
    }
}

#[test]
fn what_is_said_could_be_submitted_and_numbers_fit_the_ratings() {
    let mut texts = BTreeSet::new();
    for practice in &PRACTICES {
        for (year, ..) in CYCLES.into_iter().filter(|(year, ..)| *year >= practice.first) {
            let framework = framework_of(year);
            let entries = years::entries(practice, &framework, year);
            let answers = entries
                .iter()
                .map(|(id, entry)| (id.clone(), entry.answer.clone()))
                .collect();
            for (criterion, finding) in check(&framework, &answers, &BTreeSet::new()) {
                assert_eq!(finding, Finding::CoreGap, "{} {year} {}", practice.name, criterion.id);
            }
            for criterion in &framework.criteria {
                let answer = &entries[&criterion.id].answer;
                assert_eq!(
                    Answer::read(criterion, &answer.form()).as_ref(),
                    Ok(answer),
                    "{}",
                    criterion.id
                );
                texts.extend(answer.evidence.clone());
            }
        }
    }
    assert!(texts.len() > 800, "{}", texts.len());
}

#[test]
fn every_measure_has_values_for_every_level() {
    let library = Library::embedded();
    for criterion in library.versions().flat_map(|framework| &framework.criteria) {
        let Some(measure) = &criterion.measure else { continue };
        for level in 1..=5 {
            for throw in 0..20 {
                let mut dice = Dice::of(&[&throw.to_string()]);
                let value = measures::value(criterion.id.as_str(), level, &mut dice).unwrap();
                assert!(
                    (measure.minimum..=measure.maximum).contains(&value),
                    "{} {value}",
                    criterion.id
                );
                if let Some(supported) = measure.supports(value) {
                    assert_eq!(supported.level(), level, "{} {value}", criterion.id);
                }
            }
        }
    }
}

#[test]
fn every_sentence_is_for_criteria_that_there_are() {
    let library = Library::embedded();
    let criteria: Vec<_> = library.versions().flat_map(|framework| &framework.criteria).collect();
    let has = |id: &str| criteria.iter().any(|criterion| criterion.id.as_str() == id);
    let ids = sentences::EVIDENCE.iter().flat_map(|(ids, ..)| ids.iter());
    let reasons = sentences::REASONS.iter().map(|(id, _)| id);
    for id in ids.chain(reasons).chain(story::criteria().iter()) {
        assert!(has(id), "{id}");
    }
    let spoken: BTreeSet<_> = (criteria.iter())
        .filter(|criterion| {
            sentences::EVIDENCE
                .iter()
                .any(|(ids, ..)| ids.contains(&criterion.id.as_str()))
        })
        .map(|criterion| &criterion.element)
        .collect();
    assert_eq!(spoken.len(), 10);
}
