//! The explorer's figures are those of the reports, whatever the ratings; and its own rules.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use common::{Edition, library, practice, sheet};
use framework::{
    assessment::AdaptationClass,
    explore::{Age, Break, Criteria, CycleVersion, Explorer, Filter, SlipFilter, Span},
    ids::{CriterionId, CycleId, VersionId},
    library::Library,
    network::{Histogram, Levels, NetworkFacts},
    report::{DriftFigures, NationalFacts, NationalReport, national_report},
    score::Band,
    sheet::{CriterionRatings, Sheet},
};
use proptest::prelude::*;
use std::sync::{Arc, LazyLock};

/// a6 is a4 in other words, a3 asks for a part of what it did, a5 is new.
static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    library(&[
        Edition {
            version: "2025.1",
            elements: &[
                ("alpha", &["a1 core", "a2", "a3", "a4"]),
                ("beta", &["b1 na", "b2 weight=2", "b3"]),
            ],
        },
        Edition {
            version: "2026.1",
            elements: &[
                (
                    "alpha",
                    &["a1 core", "a2 equivalent", "a3 subset", "a5 new", "a6 equivalent of=a4"],
                ),
                ("beta", &["b1 na", "b2 weight=2", "b3 core"]),
            ],
        },
    ])
});

const SLUGS: [&str; 4] = ["ash", "birch", "cedar", "elm"];
const YEARS: [(&str, &str); 3] = [("2024", "2025.1"), ("2025", "2025.1"), ("2026", "2026.1")];

fn cycle(text: &str) -> CycleId {
    CycleId::parse(text).unwrap()
}

fn version(text: &str) -> VersionId {
    VersionId::parse(text).unwrap()
}

fn cycles() -> Vec<CycleVersion> {
    YEARS.map(|(year, edition)| (cycle(year), version(edition))).to_vec()
}

fn span(from: &str, to: &str) -> Span {
    Span {
        from: cycle(from),
        to: cycle(to),
        criteria: Criteria::All,
    }
}

fn explorer(sheets: Vec<Sheet>) -> Arc<Explorer> {
    let facts = NetworkFacts::new(SLUGS.map(practice).to_vec(), sheets);
    Arc::new(Explorer::new(&LIBRARY, Arc::new(facts), cycles()))
}

fn national(explorer: &Arc<Explorer>) -> NationalReport {
    let facts = NationalFacts {
        cycle: cycle("2026"),
        version: version("2026.1"),
        network: explorer.clone(),
        unfinished: vec![],
        beside: Default::default(),
    };
    national_report(&LIBRARY, &facts).unwrap()
}

fn ids(moved: usize, figures: Option<&DriftFigures>, of: fn(&DriftFigures) -> usize) -> bool {
    figures.map_or(0, of) == moved
}

prop_compose! {
    /// Returns a Practice's year: under its cycle's version or, late, under the one before; with classes; or nothing.
    fn year(index: usize, year: usize)(
        there in 0..10_u8,
        late in 0..6_u8,
        ratings in prop::collection::vec(prop::sample::select(vec!['1', '2', '3', '4', '5', '5', '4', '-', 'n']), 8),
        classes in prop::collection::vec(prop::option::of(prop::sample::select(AdaptationClass::ALL.to_vec())), 8),
    ) -> Option<Sheet> {
        let edition = if late == 0 { "2025.1" } else { YEARS[year].1 };
        let criteria = if edition == "2025.1" { 7 } else { 8 };
        let text: String = ratings.iter().take(criteria).collect();
        let mut sheet = sheet(SLUGS[index], YEARS[year].0, edition, &text);
        sheet.marks.iter_mut().zip(classes).for_each(|(mark, class)| mark.class = class);
        (there > 1).then_some(sheet)
    }
}

fn network() -> impl Strategy<Value = Vec<Sheet>> {
    let years: Vec<_> = (0..SLUGS.len())
        .flat_map(|place| (0..YEARS.len()).map(move |at| year(place, at)))
        .collect();
    years.prop_map(|years| years.into_iter().flatten().collect())
}

proptest! {
    #[test]
    fn every_cell_is_the_figure_of_the_national_report(sheets in network()) {
        let explorer = explorer(sheets);
        let report = national(&explorer);
        let compared = explorer.compare(&span("2025", "2026")).unwrap();
        prop_assert_eq!(compared.lines.len(), report.practices.len());
        for (index, line) in report.practices.iter().enumerate() {
            prop_assert_eq!(&compared.history(index).practice.slug, &line.practice);
            let row = compared.row(index);
            let whole = row.last().unwrap();
            prop_assert_eq!(whole.score(), line.overall.score);
            for score in &line.elements {
                let column = report.elements.iter().position(|element| element.id == score.element).unwrap();
                prop_assert_eq!(row[column].score(), score.score);
            }
            // the report compares with the latest assessment before, whenever that was
            let last_year = |figures: &&DriftFigures| figures.from == cycle("2025");
            let figures = line.drift.previous.as_ref().filter(last_year);
            prop_assert_eq!(whole.net(), figures.and_then(|figures| figures.net));
            prop_assert_eq!(whole.gross(), figures.and_then(|figures| figures.gross));
            prop_assert!(ids(whole.slips(), figures, |figures| figures.slips.len()));
            prop_assert!(ids(whole.gains(), figures, |figures| figures.gains.len()));
            prop_assert!(ids(whole.unexplained(), figures, |figures| figures.unexplained.len()));
            for drift in figures.iter().flat_map(|figures| &figures.elements) {
                let column = report.elements.iter().position(|element| element.id == drift.element).unwrap();
                prop_assert_eq!((row[column].tally().pairs, row[column].net()), (drift.pairs, drift.net));
            }
        }
    }

    #[test]
    fn a_slip_since_an_earlier_year_that_nobody_was_asked_about_is_so_here_too(sheets in network()) {
        let explorer = explorer(sheets);
        let report = national(&explorer);
        let compared = explorer.compare(&span("2024", "2026")).unwrap();
        for (index, line) in report.practices.iter().enumerate() {
            let first = |figures: &&DriftFigures| figures.from == cycle("2024");
            let figures = line.drift.baseline.as_ref().filter(first);
            let whole = compared.row(index).last().unwrap();
            prop_assert!(ids(whole.slips(), figures, |figures| figures.slips.len()));
            prop_assert!(ids(whole.not_asked(), figures, |figures| figures.not_asked));
            prop_assert!(ids(whole.unexplained(), figures, |figures| figures.unexplained.len()));
        }
    }

    #[test]
    fn the_network_is_what_its_practices_come_to(sheets in network()) {
        let explorer = explorer(sheets);
        let report = national(&explorer);
        let levels = |scores: Vec<(Option<f64>, Option<Band>)>| {
            let strong = scores.iter().filter(|(_, band)| *band == Some(Band::Strong)).count();
            let mut scores: Vec<f64> = scores.into_iter().filter_map(|(score, _)| score).collect();
            Levels::of_scores(&mut scores, strong)
        };
        for element in &report.elements {
            let scores = report.practices.iter().flat_map(|practice| &practice.elements);
            let scores = scores.filter(|score| score.element == element.id);
            prop_assert_eq!(&element.levels, &levels(scores.map(|score| (score.score, score.band)).collect()));
        }
        let overall = report.practices.iter().map(|practice| (practice.overall.score, practice.overall.band));
        prop_assert_eq!(&report.overall.levels, &levels(overall.collect()));
        for criterion in &report.criteria {
            let lines = explorer.practices_on(&cycle("2026"), &criterion.id, &Filter::default());
            let lines = lines.unwrap();
            let mut counts = Histogram::default();
            lines.iter().for_each(|line| counts[usize::from(line.level) - 1] += 1);
            prop_assert_eq!(&criterion.levels, &Levels::of_ratings(&counts));
            prop_assert_eq!(lines.iter().filter(|line| line.is_slip()).count(), criterion.slips);
            prop_assert_eq!(lines.iter().filter(|line| line.is_unexplained()).count(), criterion.unexplained);
        }
    }

    #[test]
    fn network_drift_and_who_drifts_are_what_the_pairs_say(sheets in network()) {
        let explorer = explorer(sheets);
        let report = national(&explorer);
        // the pairs read again, without anything that drift is worked out with
        let level = |mark: &CriterionRatings| mark.used().map(|(rating, _)| i32::from(rating.level()));
        let names = |version: &str| match version {
            "2025.1" => vec!["a1", "a2", "a3", "a4", "b1", "b2", "b3"],
            _ => vec!["a1", "a2", "a3", "a5", "a6", "b1", "b2", "b3"],
        };
        // by Practice: element, change, core, explained
        let read = |before: &Sheet, now: &Sheet| -> Vec<(char, i32, bool, bool)> {
            let ids = names(now.version.as_str());
            let was = |id: &str| match (before.version == now.version, id) {
                (false, "a3" | "a5") => None,
                // a late assessment is of an older version than the one before
                (false, "a4") => Some("a6"),
                (false, "a6") => Some("a4"),
                _ => Some(ids.iter().find(|own| **own == id).copied().unwrap()),
            };
            let pair = |(place, id): (usize, &&str)| {
                let earlier = names(before.version.as_str()).iter().position(|other| Some(*other) == was(id))?;
                let d = level(&now.marks[place])? - level(&before.marks[earlier])?;
                let core = *id == "a1" || (*id == "b3" && now.version.as_str() == "2026.1");
                let class = now.marks[place].class;
                let explained = matches!(class, Some(AdaptationClass::Consistent | AdaptationClass::NotConsistent));
                Some((id.chars().next().unwrap(), d, core, explained))
            };
            ids.iter().enumerate().filter_map(pair).collect()
        };
        let (mut whole, mut drifting) = (vec![], vec![]);
        for history in explorer.facts().histories() {
            let both = history.at(&cycle("2025")).zip(history.at(&cycle("2026")));
            if let Some((before, now)) = both {
                let pairs = read(before, now);
                let core = pairs.iter().filter(|(_, _, core, _)| *core).count();
                let lost = pairs.iter().filter(|(_, d, core, explained)| *core && *d < 0 && !explained).count();
                let sum: i32 = pairs.iter().map(|(_, d, ..)| d).sum();
                let fell = pairs.len() >= 3 && sum * 4 <= -(pairs.len() as i32);
                drifting.extend((fell || (lost >= 2 && lost * 10 >= core)).then_some(history.practice.name.clone()));
                whole.push(pairs);
            }
        }
        let named: Vec<_> = report.drifting.iter().map(|one| one.name.clone()).collect();
        prop_assert_eq!(named, drifting);
        for (drift, element) in std::iter::once((&report.overall.drift, None))
            .chain(report.elements.iter().map(|e| (&e.drift, e.id.as_str().chars().next())))
        {
            let of: Vec<Vec<_>> = whole.iter()
                .map(|pairs| pairs.iter().filter(|(e, ..)| element.is_none_or(|of| of == *e)).collect())
                .collect();
            let count = |holds: fn(i32, bool) -> bool| of.iter().flatten().filter(|(_, d, _, explained)| holds(*d, *explained)).count();
            prop_assert_eq!(drift.pairs, count(|_, _| true));
            prop_assert_eq!(drift.gains, count(|d, _| d > 0));
            prop_assert_eq!(drift.slips, count(|d, _| d < 0));
            prop_assert_eq!(drift.unexplained, count(|d, explained| d < 0 && !explained));
            let nets: Vec<f64> = of.iter().filter(|pairs| pairs.len() >= 3)
                .map(|pairs| f64::from(pairs.iter().map(|(_, d, ..)| d).sum::<i32>()) / pairs.len() as f64)
                .collect();
            prop_assert_eq!(drift.practices, nets.len());
            let mean = nets.iter().sum::<f64>() / nets.len() as f64;
            prop_assert!(drift.net.map_or(nets.is_empty(), |net| (net - mean).abs() < 1e-12));
            // never five Practices here
            prop_assert!(drift.interval().is_none() && drift.why.is_some());
        }
    }

    #[test]
    fn filters_part_the_practices_and_the_parts_add_up(sheets in network()) {
        let explorer = explorer(sheets);
        let compared = explorer.compare(&span("2025", "2026")).unwrap();
        let all = compared.explore(&Filter::default());
        let ages = Age::ALL.map(|age| compared.explore(&Filter { age: Some(age), ..Filter::default() }));
        prop_assert_eq!(ages.iter().map(|part| part.places.len()).sum::<usize>(), all.places.len());
        let whole = |part: &framework::explore::Explored| part.columns.last().unwrap().clone();
        let (pairs, slips) = (ages.iter().map(|p| whole(p).drift.pairs).sum::<usize>(), ages.iter().map(|p| whole(p).drift.slips).sum::<usize>());
        prop_assert_eq!((pairs, slips), (whole(&all).drift.pairs, whole(&all).drift.slips));
        let kinds = SlipFilter::ALL.map(|slips| compared.explore(&Filter { slips: Some(slips), ..Filter::default() }));
        let paired = all.places.iter().filter(|place| compared.row(**place).last().unwrap().tally().pairs > 0).count();
        prop_assert_eq!(kinds.iter().map(|part| part.places.len()).sum::<usize>(), paired);
    }

    #[test]
    fn core_and_adaptable_criteria_make_up_all_of_them(sheets in network()) {
        let explorer = explorer(sheets);
        let of = |criteria| explorer.compare(&Span { criteria, ..span("2025", "2026") }).unwrap();
        let [all, core, adaptable] = Criteria::ALL.map(of);
        for place in 0..all.lines.len() {
            let sum = |field: fn(&framework::explore::Cell) -> usize| {
                let of = |one: &framework::explore::Comparison| one.row(place).iter().map(field).sum::<usize>();
                (of(&core) + of(&adaptable), of(&all))
            };
            for (parts, whole) in [sum(|c| c.tally().pairs), sum(|c| c.slips()), sum(|c| c.unexplained())] {
                prop_assert_eq!(parts, whole);
            }
        }
    }

    #[test]
    fn the_trends_last_step_is_the_comparison_of_the_last_two_cycles(sheets in network()) {
        let explorer = explorer(sheets);
        let steps = explorer.trend(Criteria::All, &Filter::default()).unwrap().steps.clone();
        let compared = explorer.compare(&span("2025", "2026")).unwrap();
        prop_assert_eq!(&steps[2].columns, &compared.explore(&Filter::default()).columns);
        prop_assert_eq!((steps[0].from.clone(), steps[1].from.clone()), (None, Some(cycle("2024"))));
        prop_assert_eq!(steps[0].columns.last().unwrap().drift.pairs, 0);
    }
}

#[test]
fn a_cycle_compared_with_itself_shows_scores_and_no_drift() {
    let explorer = explorer(vec![sheet("ash", "2026", "2026.1", "45342 454")]);
    let compared = explorer.compare(&span("2026", "2026")).unwrap();
    let whole = compared.row(0).last().unwrap();
    assert_eq!((whole.tally().pairs, whole.net(), whole.slips()), (0, None, 0));
    assert!(whole.score().is_some() && !compared.lines[0].is_compared);
}

#[test]
fn words_that_changed_break_the_line_of_a_criterion() {
    let explorer = explorer(vec![
        sheet("ash", "2025", "2025.1", "4444 444"),
        sheet("ash", "2026", "2026.1", "44444 444"),
    ]);
    let figures = explorer.criteria(&cycle("2026"), &Filter::default()).unwrap();
    let breaks: Vec<_> = figures.rows.iter().map(|row| row.cells[2].broken).collect();
    let (reworded, begins) = (Some(Break::Reworded), Some(Break::Begins));
    assert_eq!(breaks, [None, reworded, begins, begins, reworded, None, None, None]);
    // a6 was a4, a5 was nothing
    let id = |index: usize, at: usize| figures.rows[index].cells[at].id.clone().map(String::from);
    assert_eq!((id(4, 1), id(4, 2)), (Some("a4".to_owned()), Some("a6".to_owned())));
    assert_eq!((id(3, 1), figures.rows[3].cells[1].levels.n), (None, 0));
    assert!(figures.rows.iter().all(|row| row.cells[1].broken.is_none()));
}

#[test]
fn a_practice_is_found_by_its_criterion_with_what_it_was_before() {
    let mut slipped = sheet("birch", "2026", "2026.1", "34444 444");
    slipped.marks[0].class = Some(AdaptationClass::Consistent);
    let explorer = explorer(vec![
        sheet("birch", "2025", "2025.1", "4444 444"),
        slipped,
        sheet("ash", "2026", "2026.1", "-4444 444"),
    ]);
    let a1 = CriterionId::parse("a1").unwrap();
    let on = |filter: &Filter| explorer.practices_on(&cycle("2026"), &a1, filter).unwrap();
    let lines = on(&Filter::default());
    assert_eq!(lines.len(), 1);
    assert_eq!((lines[0].history, lines[0].level, lines[0].from), (1, 3, Some(4)));
    assert!(lines[0].is_slip() && !lines[0].is_unexplained());
    let of = |slips| {
        on(&Filter {
            slips: Some(slips),
            ..Filter::default()
        })
        .len()
    };
    assert_eq!(SlipFilter::ALL.map(of), [0, 1, 0]);
    let years = explorer.overall_by_year(&[1, 2]);
    let scores: Vec<_> = years[0]
        .iter()
        .map(|year| (year.cycle.as_str(), year.score.is_some()))
        .collect();
    assert_eq!((scores, years[1].len()), (vec![("2025", true), ("2026", true)], 0));
}
