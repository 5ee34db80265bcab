//! The network as a whole: elements over the cycles, criteria that slip, agreement.

use crate::{
    charts::{self, Quartiles, Spread},
    document::{Block, Cell, Column, Table},
    explained, headings, levels, say,
};
use framework::{
    agreement::Agreement,
    clarification::Tally,
    report::{NationalCriterion, NationalReport},
};

/// Criteria shown in the table of those that slip in most Practices.
const MOST: usize = 10;

/// Median, quartiles and spread of every element over the cycles.
pub(super) fn elements(report: &NationalReport, width: f32) -> Vec<Block> {
    let heading = Block::heading(1, headings::NETWORK);
    if report.practices.is_empty() {
        let none = format!(
            "No assessment of cycle {} is finalised yet, so there are no figures. They appear with the first one.",
            report.cycle
        );
        return vec![heading, Block::text(none)];
    }
    let cycles: Vec<&str> = report.overall.series.iter().map(|p| p.cycle.as_str()).collect();
    let items: Vec<Spread> = report
        .elements
        .iter()
        .map(|e| Spread {
            label: e.title.clone(),
            cycles: e.series.iter().map(|p| Quartiles::of(&p.levels)).collect(),
        })
        .collect();
    let alt: Vec<String> = report
        .elements
        .iter()
        .map(|e| {
            let medians: Vec<String> = e
                .series
                .iter()
                .map(|p| format!("{} in {}", say::score(p.levels.median), p.cycle))
                .collect();
            format!("{}: median {}", e.title, medians.join(", "))
        })
        .collect();
    let rows = std::iter::once(levels::row(
        "Overall",
        &report.overall.levels,
        &report.overall.drift,
        &report.overall.shift,
    ))
    .chain(
        report
            .elements
            .iter()
            .map(|e| levels::row(&e.title, &e.levels, &e.drift, &e.shift)),
    )
    .collect();
    let drawn = (items.iter().any(|item| item.cycles.iter().any(Option::is_some))).then(|| {
        say::figure(
            charts::quartile_strip(width, &cycles, &items),
            "Median and middle half of Practices by element and cycle",
            alt.join("; "),
            "Each bar spans the lower to the upper quartile; the mark is the median.",
        )
    });
    let table = Block::Table(Table {
        caption: "Where Practices stand this cycle, and how far the network moved since the one before.".into(),
        columns: levels::columns("Element"),
        rows,
        row_header: Some(0),
    });
    let first = [heading, Block::text(rest_on(report))];
    first.into_iter().chain(drawn).chain([table]).collect()
}

/// Returns what the figures rest on, and why one is missing.
fn rest_on(report: &NationalReport) -> String {
    let practices = |n| say::count(n, "Practice", "Practices");
    let (levels, shift) = (&report.overall.levels, &report.overall.shift);
    let gaps = report.practices.iter().filter(|p| !p.overall.core_gaps.is_empty());
    let counted = format!(
        "Cycle {}, version {}: {} with a finalised assessment, {} of them with at least one core gap.",
        report.cycle,
        report.version,
        practices(report.practices.len()),
        gaps.count(),
    );
    let scored = format!(
        "{} with an overall score. {}",
        practices(levels.n),
        say::standing(levels)
    );
    let since = report.previous_cycle.as_ref();
    let since = since.map(|cycle| say::network_drift(cycle.as_str(), &report.overall.drift));
    let few = match since {
        Some(_) => [report.overall.drift.why.clone(), shift.spread_why.clone()],
        None => [report.overall.drift.why.clone(), None],
    };
    let sentences = [Some(counted), Some(scored)]
        .into_iter()
        .chain([since, earlier(report)])
        .chain(few);
    sentences.flatten().collect::<Vec<_>>().join(" ")
}

/// Returns who is in no figure of the network's movement.
pub(super) fn earlier(report: &NationalReport) -> Option<String> {
    let cycle = report.previous_cycle.as_ref()?;
    let n = report.assessed_earlier;
    let practices = say::count(n, "Practice was", "Practices were");
    (n > 0).then(|| {
        format!("{practices} last assessed before {cycle}: the drift since then stands in the row of each, and in no figure of the network.")
    })
}

/// Returns the criteria that slipped in most Practices.
pub(super) fn slipping(report: &NationalReport, width: f32) -> Vec<Block> {
    let slips = &report.slips.previous;
    let splits = [
        ("Rated below 4".to_owned(), report.below),
        ("Slips since the previous cycle".to_owned(), slips.split),
        (
            "Slips since the first assessment".to_owned(),
            report.slips.baseline.split,
        ),
    ];
    let mut blocks = vec![Block::heading(1, headings::SLIPS)];
    blocks.extend(explained::chart(
        width,
        "Low ratings and slips of all Practices, and what they are put down to",
        &splits,
    ));
    blocks.extend([
        explained::table(
            "Criterion ratings of all Practices below 4, and slips, by what moderation put them down to.",
            "Criterion ratings",
            &splits,
        ),
        Block::Table(Table {
            caption: "Slips of all Practices, explained by an agreed adaptation or not.".into(),
            columns: vec![
                Column::new("Since").weight(3.0),
                Column::new("Practices compared").weight(1.4).centred(),
                Column::new("Explained").centred(),
                Column::new("Unexplained").weight(1.2).centred(),
                Column::new("No explanation needed this year").weight(1.2).centred(),
            ],
            rows: [
                ("The previous cycle", slips),
                ("The first assessment", &report.slips.baseline),
            ]
            .into_iter()
            .map(|(since, totals)| {
                let counts = [totals.practices, totals.explained, totals.unexplained, totals.not_asked];
                let counts = counts.map(|n| Cell::text(n.to_string()));
                std::iter::once(Cell::text(since)).chain(counts).collect()
            })
            .collect(),
            row_header: Some(0),
        }),
    ]);
    let mut slipped: Vec<&NationalCriterion> = report.criteria.iter().filter(|c| c.slips > 0).collect();
    slipped.sort_by_key(|c| std::cmp::Reverse((c.slips, c.unexplained)));
    if slipped.is_empty() {
        blocks.push(Block::text("No criterion slipped in any Practice."));
        return blocks;
    }
    let rows = slipped
        .iter()
        .take(MOST)
        .map(|c| {
            let title = if c.core {
                format!("{} (core)", c.title)
            } else {
                c.title.clone()
            };
            vec![
                Cell::text(title),
                Cell::text(c.slips.to_string()),
                Cell::text(c.unexplained.to_string()),
                say::score_cell(c.levels.median),
                say::change_cell(c.change),
            ]
        })
        .collect();
    blocks.push(Block::Table(Table {
        caption: "The criteria that slipped in most Practices since the previous cycle.".into(),
        columns: vec![
            Column::new("Criterion").weight(4.0),
            Column::new("Practices").weight(1.1).centred(),
            Column::new("Unexplained").weight(1.3).centred(),
            Column::new("Median").centred(),
            Column::new("Mean change").weight(1.1).centred(),
        ],
        rows,
        row_header: Some(0),
    }));
    blocks
}

/// Self against review, over the network and by element.
pub(super) fn agreement(report: &NationalReport) -> Vec<Block> {
    let whole = std::iter::once(("All elements", &report.agreement));
    let rows = whole
        .chain(report.elements.iter().map(|e| (e.title.as_str(), &e.agreement)))
        .map(agreement_row)
        .collect();
    let mut blocks = vec![
        Block::heading(1, headings::REVIEW),
        Block::text(say::agreement(&report.agreement)),
    ];
    if let Some(agreement) = &report.reviewers_agreement {
        let words = say::reviewers(agreement, "the first reviewer", "the second");
        blocks.push(Block::text(format!(
            "Where two people reviewed, neither saw the other’s ratings at first. {words}"
        )));
    }
    blocks.extend(asked(&report.clarifications).map(Block::text));
    blocks.push(Block::Table(Table {
        caption: "How self-rating and review agree. Bias is self minus review: positive is optimistic. Where most pairs agree within one level, AC2 lies near 1 and tells little.".into(),
        columns: vec![
            Column::new("Element").weight(3.2),
            Column::new("Pairs").centred(),
            Column::new("Exact").centred(),
            Column::new("Within one").centred(),
            Column::new("Bias").centred(),
            Column::new("Kappa").centred(),
            Column::new("95 % interval of kappa").weight(1.7).centred(),
            Column::new("AC2").centred(),
            Column::new("95 % interval of AC2").weight(1.7).centred(),
        ],
        rows,
        row_header: Some(0),
    }));
    blocks
}

/// Returns how often reviewers asked, and what became of it.
fn asked(tally: &Tally) -> Option<String> {
    (tally.asked > 0).then(|| {
        format!(
            "Reviewers asked for a clarification on {}: {} resolved, {} carried on as an action.",
            say::count(tally.asked, "criterion rating", "criterion ratings"),
            tally.resolved,
            tally.carried,
        )
    })
}

/// Every criterion across the network.
pub(super) fn criteria(report: &NationalReport) -> Vec<Block> {
    if report.practices.is_empty() {
        return vec![];
    }
    let mut blocks = vec![Block::heading(1, headings::CRITERIA)];
    let evidence = say::evidence(&report.evidence, "the day each assessment was finalised");
    blocks.extend(evidence.map(Block::text));
    for element in &report.elements {
        let rows = report
            .criteria
            .iter()
            .filter(|c| c.element == element.id)
            .map(|c| levels::criterion_row(&c.title, &c.levels, c.change, &c.shift))
            .collect();
        blocks.push(Block::heading(2, element.title.clone()));
        blocks.push(Block::Table(Table {
            caption: format!("{}: every criterion across the Practices.", element.title),
            columns: levels::criterion_columns(),
            rows,
            row_header: Some(0),
        }));
    }
    blocks
}

fn agreement_row((name, agreement): (&str, &Agreement)) -> Vec<Cell> {
    let or_none = |interval: Option<String>| interval.unwrap_or_else(|| say::NONE.to_owned());
    let figures = [
        agreement.n.to_string(),
        say::per_cent(agreement.exact),
        say::per_cent(agreement.within_one),
        say::signed(agreement.bias),
        say::two(agreement.kappa),
        or_none(say::kappa_interval(agreement)),
        say::two(agreement.ac2),
        or_none(say::interval(agreement)),
    ];
    std::iter::once(Cell::text(name))
        .chain(figures.map(Cell::text))
        .collect()
}
