//! The scores of the years, and where they stand beside the network's.

use crate::{
    charts::{self, Multiple, Quartiles},
    document::{Block, Cell, Column, Table},
    practice, say,
};
use framework::report::{FEWEST_PRACTICES, MiddleHalf, PracticeYears, RangePosition, ScoreYear, ScoreYears};
use std::collections::BTreeSet;

pub(super) fn scores(years: &PracticeYears, width: f32) -> Vec<Block> {
    let report = &years.report;
    let cycles: Vec<&str> = report.history.iter().map(|point| point.cycle.as_str()).collect();
    let all = || std::iter::once(&years.overall).chain(&years.elements);
    let small: Vec<Multiple> = all().map(small).collect();
    let alt: Vec<String> = all().map(in_words).collect();
    vec![
        Block::heading(1, "Element by element over the years"),
        say::figure(
            charts::multiples(
                width,
                ["This Practice", "Middle half of all Practices"],
                &cycles,
                &small,
            ),
            "Scores over the years, from 1 to 5, with the middle half of all Practices behind",
            alt.join(". "),
            format!(
                "The middle half lies between the lower and the upper quartile; it is left out where fewer than \
                 {FEWEST_PRACTICES} Practices have a score. Each year is scored under its own version of the framework."
            ),
        ),
        practice::by_cycle(report),
    ]
}

fn small(score: &ScoreYears) -> Multiple {
    let quartiles = |half: MiddleHalf| Quartiles {
        lower: half.lower,
        median: half.median,
        upper: half.upper,
    };
    Multiple {
        label: score.title.clone(),
        values: score.years.iter().map(|year| year.score).collect(),
        behind: score.years.iter().map(|year| year.network.map(quartiles)).collect(),
    }
}

/// `Small caseloads: 3.2 in 2025 (middle half 2.9 to 3.8), 3.4 in 2026 (middle half 3.0 to 3.8)`
fn in_words(score: &ScoreYears) -> String {
    let year = |year: &ScoreYear| {
        let half = year.network.map(|half| {
            let [lower, upper] = [half.lower, half.upper].map(|figure| say::score(Some(figure)));
            format!(" (middle half {lower} to {upper})")
        });
        let own = year.score.map_or("no score".to_owned(), |own| say::score(Some(own)));
        format!("{own} in {}{}", year.cycle, half.unwrap_or_default())
    };
    let years: Vec<String> = score.years.iter().map(year).collect();
    format!("{}: {}", score.title, years.join(", "))
}

pub(super) fn network(years: &PracticeYears) -> Vec<Block> {
    let all: Vec<&ScoreYears> = std::iter::once(&years.overall).chain(&years.elements).collect();
    let mut blocks = vec![
        Block::heading(1, "Compared with the network"),
        Block::text(format!(
            "Half of the Practices stand in the middle half, between the lower and the upper quartile of {}. Standing outside \
             it is a reason to look closer, or something to tell others about; it is neither praise nor blame.",
            years.report.cycle
        )),
    ];
    let places = RangePosition::ALL.into_iter().filter_map(|place| {
        let there = years.elements.iter().filter(|element| element.place == Some(place));
        let there: Vec<&str> = there.map(|element| element.title.as_str()).collect();
        (!there.is_empty()).then(|| format!("{}: {}.", place.name(), there.join("; ")))
    });
    let whys: BTreeSet<&str> = all.iter().filter_map(|score| score.why.as_deref()).collect();
    let whys = whys.into_iter().map(|why| {
        let of = all.iter().filter(|score| score.why.as_deref() == Some(why));
        let of: Vec<&str> = of.map(|score| score.title.as_str()).collect();
        format!("Not said of {}. {why}", of.join("; "))
    });
    blocks.push(Block::bullets(places.chain(whys)));
    let rows: Vec<Vec<Cell>> = all.into_iter().filter_map(place_row).collect();
    if !rows.is_empty() {
        blocks.push(Block::Table(Table {
            caption: format!("Where this Practice stands in {}.", years.report.cycle),
            columns: vec![
                Column::new("Element").weight(3.0),
                Column::new("This Practice").centred(),
                Column::new("Lower quartile").centred(),
                Column::new("Upper quartile").centred(),
                Column::new("Practices").centred(),
                Column::new("Where it stands").weight(2.2),
            ],
            rows,
            row_header: Some(0),
        }));
    }
    blocks
}

fn place_row(score: &ScoreYears) -> Option<Vec<Cell>> {
    let (place, latest) = (score.place?, score.years.last()?);
    let half = latest.network?;
    Some(vec![
        Cell::text(score.title.clone()),
        say::score_cell(latest.score),
        Cell::text(say::score(Some(half.lower))),
        Cell::text(say::score(Some(half.upper))),
        Cell::text(half.practices.to_string()),
        Cell::text(place.name()),
    ])
}
