//! One Practice's report as a document and as rows.

mod criteria;
mod csv;
mod drift;
mod explained;
mod plan;
mod statement;

pub use csv::csv;
pub(crate) use drift::by_cycle;

use crate::{
    charts::{self, Pair, Score},
    document::{Block, Cell, Column, Cover, Document, NoteKind, Table},
    headings, say, summary,
};
use framework::{
    lifecycle::Status,
    rating::Rating,
    report::{DriftFigures, PracticeCriterion, PracticeReport},
};
use std::cmp::Reverse;

/// Differences drawn, so that the chart leaves no page half empty; all of them stand with their criterion.
const DIFFERENCES_SHOWN: usize = 10;

/// Returns the report as a document; charts are drawn for a text of `width` points ([`charts::PAPER`], [`charts::SCREEN`]).
pub fn document(report: &PracticeReport, width: f32) -> Document {
    let title = report.practice.name.clone();
    let subtitle = format!("Fidelity report, cycle {}", report.cycle);
    let blocks = [
        vec![cover(report, &title, &subtitle)],
        summary::of_practice(report).blocks(),
        vec![Block::Contents {
            title: "Contents".into(),
            depth: 2,
        }],
        scores(report, width),
        core_gaps(report),
        drift::drift(report, width),
        explained::blocks(report, width),
        drift::years(report, width),
        self_and_review(report, width),
        statement::blocks(report),
        plan::blocks(report),
        criteria::blocks(report),
        say::definitions(),
    ];
    Document {
        subject: format!("Fidelity of {title} to the Pause Framework, {}", report.cycle),
        reference: format!("{title} · {} · version {}", report.cycle, report.version),
        title: format!("{title}, {}", report.cycle),
        subtitle,
        language: "en-GB".into(),
        author: "Pause fidelity".into(),
        created: None,
        blocks: blocks.into_iter().flatten().collect(),
    }
}

fn cover(report: &PracticeReport, title: &str, subtitle: &str) -> Block {
    let sources = &report.sources;
    let rests = [
        (sources.agreed, "agreed"),
        (sources.review, "by the reviewer"),
        (sources.self_rated, "by the Practice alone"),
        (sources.not_applicable, "not applicable"),
        (sources.unanswered, "not answered"),
    ];
    let rests: Vec<String> = rests
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("{n} {what}"))
        .collect();
    let state = if report.imported {
        "Finalised (imported from an earlier year’s record)"
    } else {
        report.status.name()
    };
    let mut facts = vec![
        ("Cycle".to_owned(), report.cycle.to_string()),
        ("Framework".to_owned(), format!("Version {}", report.version)),
        ("State".to_owned(), state.to_owned()),
        (
            "Overall score".to_owned(),
            match report.overall.score {
                Some(score) => format!("{} ({})", say::score(Some(score)), say::band(report.overall.band)),
                None => "No overall score yet".to_owned(),
            },
        ),
        ("Ratings".to_owned(), rests.join(", ")),
    ];
    if !report.practice.region.is_empty() {
        facts.insert(0, ("Region".to_owned(), report.practice.region.clone()));
    }
    Block::Cover(Cover {
        organisation: "Pause Framework fidelity".into(),
        title: title.to_owned(),
        subtitle: subtitle.to_owned(),
        facts,
        note: match report.status {
            Status::Finalised => "This report supports and improves. It does not pass, fail or rank.".into(),
            Status::Draft => {
                "A draft: only the Practice’s leads and contributors can read this report. It rests on the Practice’s \
                              own ratings so far, and the figures may change."
                    .into()
            }
            Status::Submitted | Status::InReview => {
                "Not final: National Pause reviews the assessment, and the figures may change.".into()
            }
            Status::Returned => {
                "Not final: the Practice answers the reviewer’s questions, and the figures may change.".into()
            }
            Status::Moderated => "Not final: the ratings are agreed, but the assessment is not finalised.".into(),
        },
    })
}

fn scores(report: &PracticeReport, width: f32) -> Vec<Block> {
    let items: Vec<Score> = report
        .elements
        .iter()
        .map(|e| Score {
            label: e.title.clone(),
            value: e.score.score,
            figure: e.score.score.map(|score| say::score(Some(score))).unwrap_or_default(),
            fill: say::band_fill(e.score.band),
            note: e.score.why.clone().unwrap_or_default(),
        })
        .collect();
    let alt: Vec<String> = items
        .iter()
        .map(|i| format!("{} {}", i.label, if i.figure.is_empty() { &i.note } else { &i.figure }))
        .collect();
    let chart = say::figure(
        charts::score_bars(width, &items),
        "Score of each element on the scale from 1 to 5",
        alt.join("; "),
        "The lines at 3 and 4 are the lower ends of partial and strong.",
    );
    let rows = report
        .elements
        .iter()
        .map(|e| {
            let since = |d: &Option<framework::drift::ElementDrift>| say::element_drift(d.as_ref()).0;
            vec![
                Cell::text(e.title.clone()),
                say::score_cell(e.score.score),
                Cell::text(say::band(e.score.band)).fill(say::band_fill(e.score.band)),
                Cell::text(format!("{} of {}", e.score.rated, e.score.applicable)),
                say::change_cell(since(&e.drift.previous)),
                say::change_cell(since(&e.drift.baseline)),
            ]
        })
        .collect();
    let from =
        |d: &Option<DriftFigures>, what: &str| d.as_ref().map_or(what.to_owned(), |f| format!("{what} ({})", f.from));
    let table = Block::Table(Table {
        caption: "Scores, bands and drift by element; a dash means that there is no figure.".into(),
        columns: vec![
            Column::new("Element").weight(3.2),
            Column::new("Score").weight(0.8).centred(),
            Column::new("Band").weight(1.0).centred(),
            Column::new("Rated").weight(1.0).centred(),
            Column::new(from(&report.drift.previous, "Since previous"))
                .weight(1.3)
                .centred(),
            Column::new(from(&report.drift.baseline, "Since baseline"))
                .weight(1.3)
                .centred(),
        ],
        rows,
        row_header: Some(0),
    });
    let support = format!(
        "A score also reflects the support behind it. {}",
        say::support(&report.plan.support)
    );
    vec![
        Block::heading(1, headings::SCORES),
        Block::text(say::overall(&report.overall)),
        Block::text(support),
        chart,
        table,
    ]
}

fn core_gaps(report: &PracticeReport) -> Vec<Block> {
    let body = if report.core_gaps.is_empty() {
        Block::text("No core criterion is rated 1 or 2.")
    } else {
        Block::Table(Table {
            caption: "Core criteria rated 1 or 2.".into(),
            columns: vec![
                Column::new("Criterion").weight(5.0),
                Column::new("Rating").weight(0.8).centred(),
            ],
            rows: report
                .core_gaps
                .iter()
                .map(|g| vec![Cell::text(g.title.clone()), say::rating_cell(Some(g.rating))])
                .collect(),
            row_header: Some(0),
        })
    };
    vec![Block::heading(1, headings::CORE_GAPS), body]
}

fn self_and_review(report: &PracticeReport, width: f32) -> Vec<Block> {
    let mut blocks = vec![
        Block::heading(1, headings::REVIEW),
        Block::text(say::agreement(&report.agreement)),
    ];
    if let Some(agreement) = &report.reviewers_agreement {
        let words = say::reviewers(agreement, "the first reviewer", "the second");
        blocks.push(Block::text(format!(
            "Two people reviewed, neither seeing the other’s ratings at first. {words}"
        )));
    }
    let by_element = report
        .elements
        .iter()
        .filter(|element| element.agreement.exact.is_some());
    let by_element = by_element.map(|element| format!("{}: {}", element.title, say::agreement(&element.agreement)));
    let by_element: Vec<String> = by_element.collect();
    if !by_element.is_empty() {
        blocks.push(Block::bullets(by_element));
    }
    let differing = differing(report);
    if !differing.is_empty() {
        blocks.push(differences(report, &differing, width));
    } else if report.agreement.n > 0 {
        blocks.push(Block::Note {
            kind: NoteKind::Information,
            blocks: vec![Block::text("Self-rating and review are the same on every criterion.")],
        });
    }
    blocks
}

/// Returns the criteria on which self-rating and review differ, with both, the largest differences first.
fn differing(report: &PracticeReport) -> Vec<(&PracticeCriterion, Rating, Rating)> {
    let both = |c: &'_ PracticeCriterion| c.self_rating.zip(c.review_rating);
    let mut differing: Vec<_> = report
        .criteria
        .iter()
        .filter_map(|c| both(c).map(|(own, review)| (c, own, review)))
        .filter(|(_, own, review)| own != review)
        .collect();
    differing.sort_by_key(|(_, own, review)| Reverse(own.level().abs_diff(review.level())));
    differing
}

fn differences(report: &PracticeReport, differing: &[(&PracticeCriterion, Rating, Rating)], width: f32) -> Block {
    let shown = &differing[..differing.len().min(DIFFERENCES_SHOWN)];
    let pair = |(c, own, review): &(&PracticeCriterion, Rating, Rating)| Pair {
        label: c.title.clone(),
        first: Some(f64::from(own.level())),
        second: Some(f64::from(review.level())),
    };
    let words =
        |(c, own, review): &(&PracticeCriterion, Rating, Rating)| format!("{}: self {own}, review {review}", c.title);
    let items: Vec<Pair> = shown.iter().map(pair).collect();
    let alt: Vec<String> = shown.iter().map(words).collect();
    let caption = match differing.len() - shown.len() {
        0 => String::new(),
        _ => format!(
            "The {} largest of {} differences on {}; all stand under “Every criterion”.",
            shown.len(),
            differing.len(),
            say::count(report.criteria.len(), "criterion", "criteria"),
        ),
    };
    say::figure(
        charts::dumbbell(width, ["Self-rating", "Review"], &items),
        "Criteria on which self-rating and review differ",
        alt.join("; "),
        caption,
    )
}
