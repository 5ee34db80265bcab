//! A Practice's own years on one page, to share with its board: gains first.

use crate::{
    charts::{self, Multiple, Quartiles},
    document::{Block, Cell, Column, Cover, Document, Inline, Table},
    explained, practice, say,
};
use framework::{
    day,
    plan::Reply,
    report::{
        AskLine, DriftFigures, FEWEST_PRACTICES, MiddleHalf, Place, PracticeReport, PracticeYears, ScoreYear,
        ScoreYears, Split,
    },
};
use std::collections::BTreeSet;

/// The page as a document; charts are drawn for a text of `width` points ([`charts::PAPER`], [`charts::SCREEN`]).
pub fn document(years: &PracticeYears, width: f32) -> Document {
    let report = &years.report;
    let title = report.practice.name.clone();
    let span = span(report);
    let subtitle = format!("Its years so far, {span}");
    let blocks = [
        vec![cover(report, &title, &subtitle)],
        gains(report),
        slips(report, width),
        scores(years, width),
        network(years),
        drift(report),
        next(&years.next),
        say::definitions(),
    ];
    Document {
        subject: format!("Fidelity of {title} to the Pause Framework over the years"),
        reference: format!("{title} · its years · {span}"),
        title: format!("{title}, {span}"),
        subtitle,
        language: "en-GB".into(),
        author: "Pause fidelity".into(),
        created: None,
        blocks: blocks.into_iter().flatten().collect(),
    }
}

/// `2024 to 2026`
fn span(report: &PracticeReport) -> String {
    match report.history.first() {
        Some(first) if first.cycle != report.cycle => format!("{} to {}", first.cycle, report.cycle),
        _ => report.cycle.to_string(),
    }
}

fn cover(report: &PracticeReport, title: &str, subtitle: &str) -> Block {
    let assessments = report.history.iter().map(|point| point.cycle.as_str());
    let mut facts = vec![
        (
            "Finalised assessments".to_owned(),
            assessments.collect::<Vec<_>>().join(", "),
        ),
        ("Framework".to_owned(), format!("Version {}", report.version)),
        (
            "Overall score".to_owned(),
            match report.overall.score {
                Some(_) => format!(
                    "{} ({})",
                    say::score(report.overall.score),
                    say::band(report.overall.band)
                ),
                None => "No overall score".to_owned(),
            },
        ),
    ];
    if !report.practice.region.is_empty() {
        facts.insert(0, ("Region".to_owned(), report.practice.region.clone()));
    }
    Block::Cover(Cover {
        organisation: "Pause Framework fidelity".into(),
        title: title.to_owned(),
        subtitle: subtitle.to_owned(),
        facts,
        note: "This page supports and improves. It names no other Practice, and ranks none.".into(),
    })
}

/// What the latest assessment is compared with, named; the first one only where it is not the previous one.
fn compared(report: &PracticeReport) -> Vec<(&'static str, &DriftFigures)> {
    let previous = report.drift.previous.as_ref();
    let baseline = report.drift.baseline.as_ref();
    let baseline = baseline.filter(|baseline| previous.is_none_or(|previous| previous.from != baseline.from));
    let previous = previous.map(|figures| ("the previous assessment", figures));
    previous
        .into_iter()
        .chain(baseline.map(|figures| ("the first assessment", figures)))
        .collect()
}

fn gains(report: &PracticeReport) -> Vec<Block> {
    let mut blocks = vec![Block::heading(1, "What went up")];
    let compared = compared(report);
    if compared.is_empty() {
        blocks.push(Block::text(
            "This is the first finalised assessment, so there is nothing to compare with yet. Once the next one is finalised, \
             this page says what went up.",
        ));
    }
    for (name, figures) in compared {
        let n = figures.gains.len();
        blocks.push(Block::text(match (figures.pairs, n) {
            (0, _) => say::drift(figures),
            (_, 0) => format!(
                "No criterion went up since {}; {} kept their rating.",
                figures.from,
                held(figures)
            ),
            _ => format!(
                "Since {}, {} went up and {} kept their rating.",
                figures.from,
                say::count(n, "criterion", "criteria"),
                held(figures),
            ),
        }));
        if n > 0 {
            let caption = format!("What went up since {}, {name}.", figures.from);
            blocks.push(say::moved(&caption, &figures.gains, false));
        }
    }
    blocks
}

fn held(figures: &DriftFigures) -> usize {
    figures.pairs.saturating_sub(figures.gains.len() + figures.slips.len())
}

fn slips(report: &PracticeReport, width: f32) -> Vec<Block> {
    let compared = compared(report);
    if compared.iter().all(|(_, figures)| figures.pairs == 0) {
        return vec![];
    }
    let mut blocks = vec![Block::heading(1, "What went down, and what explains it")];
    let splits: Vec<(String, Split)> = (compared.iter())
        .map(|(_, figures)| (format!("Slips since {}", figures.from), figures.split))
        .collect();
    blocks.extend(explained::chart(
        width,
        "Slips, and what moderation put them down to",
        &splits,
    ));
    for (name, figures) in compared.iter().filter(|(_, figures)| figures.pairs > 0) {
        if figures.slips.is_empty() {
            blocks.push(Block::text(format!("No criterion went down since {}.", figures.from)));
            continue;
        }
        blocks.push(Block::text(put_down(figures)));
        blocks.extend(explained::not_asked(figures.not_asked, figures.from.as_str()));
        let caption = format!(
            "What went down since {}, {name}, and what moderation put it down to.",
            figures.from
        );
        blocks.push(say::moved(&caption, &figures.slips, true));
    }
    let register = &report.register;
    blocks.extend(register.day.and_then(|on| {
        let caption = format!(
            "What was agreed with National Pause, as it stood on {}.",
            day::words(on)
        );
        explained::register(&caption, &[(None, register)])
    }));
    blocks
}

/// `Since 2025, 3 criteria went down: 1 agreed and consistent, 2 not yet explained.`
fn put_down(figures: &DriftFigures) -> String {
    let given = explained::given(&figures.split).map(|(_, said, n)| format!("{n} {said}"));
    let not_asked = (figures.not_asked > 0).then(|| format!("{} not asked about this year", figures.not_asked));
    let parts: Vec<String> = given.chain(not_asked).collect();
    format!(
        "Since {}, {} went down: {}.",
        figures.from,
        say::count(figures.slips.len(), "criterion", "criteria"),
        parts.join(", ")
    )
}

fn scores(years: &PracticeYears, width: f32) -> Vec<Block> {
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

fn network(years: &PracticeYears) -> Vec<Block> {
    let all: Vec<&ScoreYears> = std::iter::once(&years.overall).chain(&years.elements).collect();
    let mut blocks = vec![
        Block::heading(1, "Beside the network"),
        Block::text(format!(
            "Half of the Practices stand in the middle half, between the lower and the upper quartile of {}. Standing outside \
             it is a reason to look closer, or something to tell others about; it is neither praise nor blame.",
            years.report.cycle
        )),
    ];
    let places = Place::ALL.into_iter().filter_map(|place| {
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

fn drift(report: &PracticeReport) -> Vec<Block> {
    let compared = compared(report);
    if compared.is_empty() {
        return vec![];
    }
    let mut blocks = vec![Block::heading(1, "How far the ratings moved")];
    blocks.extend(compared.iter().map(|(_, figures)| Block::text(say::drift(figures))));
    if compared.len() == 1 {
        blocks.push(Block::text(
            "The previous assessment is also the first one, so drift since the first is the same.",
        ));
    }
    let row = |(name, figures): &(&str, &DriftFigures)| {
        vec![
            Cell::text(format!("{}, {name}", figures.from)),
            say::change_cell(figures.net),
            Cell::text(say::two(figures.gross)),
            Cell::text(format!(
                "{} ({})",
                figures.pairs,
                say::per_cent(figures.comparable_share)
            )),
            Cell::text(figures.gains.len().to_string()),
            Cell::text(figures.slips.len().to_string()),
            Cell::text(figures.unexplained.len().to_string()),
        ]
    };
    blocks.push(Block::Table(Table {
        caption: "Drift, the pairs of ratings it rests on, and their share of this version’s criteria.".into(),
        columns: vec![
            Column::new("Since").weight(2.6),
            Column::new("Net").centred(),
            Column::new("Gross").centred(),
            Column::new("Pairs").weight(1.3).centred(),
            Column::new("Gains").centred(),
            Column::new("Slips").centred(),
            Column::new("Unexplained").weight(1.4).centred(),
        ],
        rows: compared.iter().map(row).collect(),
        row_header: Some(0),
    }));
    blocks
}

fn next(lines: &[AskLine]) -> Vec<Block> {
    let heading = Block::heading(1, "What to look at next");
    if lines.is_empty() {
        let none = "No core gap, no unexplained slip, and nothing at 3 or below without an action. Keep up what works, and share it.";
        return vec![heading, Block::text(none)];
    }
    let item = |line: &AskLine| {
        let reply = match line.reply {
            Reply::Action => " An action is in the plan.",
            Reply::NoAction => " The plan gives a reason for no action.",
            Reply::Missing => " Nothing in the plan yet.",
        };
        let why: Vec<String> = line.why.iter().map(|why| say::lower_first(why)).collect();
        vec![Block::Paragraph(vec![
            Inline::strong(line.title.clone()),
            Inline::text(format!(": {}.{reply}", why.join("; "))),
        ])]
    };
    vec![
        heading,
        Block::text(format!(
            "{} worth a closer look: core gaps first, then slips that nothing explains yet, then what is at 3 or below \
             without an action. One or two at a time is enough; support from National Pause can be asked for with each action.",
            say::count(lines.len(), "criterion is", "criteria are"),
        )),
        Block::List {
            ordered: false,
            items: lines.iter().map(item).collect(),
        },
    ]
}
