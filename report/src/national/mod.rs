//! The national report as a document and as rows.

mod csv;
mod network;
mod pages;
mod plans;
mod practices;

pub use csv::csv;

use crate::{
    document::{Block, Cover, Document},
    explained, say,
};
use framework::report::NationalReport;

/// The report as a document; charts are drawn for a text of `width` points ([`crate::charts::PAPER`],
/// [`crate::charts::SCREEN`]).
pub fn document(report: &NationalReport, width: f32) -> Document {
    let title = format!("National fidelity report {}", report.cycle);
    let subtitle = "How Pause Practices hold to the Framework, and where they drift".to_owned();
    let blocks = [
        vec![
            cover(report, &title, &subtitle),
            Block::Contents {
                title: "Contents".into(),
                depth: 2,
            },
        ],
        in_short(report),
        practices::heat_map(report),
        practices::drift(report),
        practices::explained(report, width),
        practices::not_counted(report),
        plans::plans(report),
        network::elements(report, width),
        network::slipping(report, width),
        network::agreement(report),
        network::criteria(report),
        pages::pages(report, width),
        say::definitions(),
    ];
    Document {
        subject: format!("Fidelity to the Pause Framework across Practices, {}", report.cycle),
        reference: format!("National report · {} · version {}", report.cycle, report.version),
        title,
        subtitle,
        language: "en-GB".into(),
        author: "Pause fidelity".into(),
        created: None,
        blocks: blocks.into_iter().flatten().collect(),
    }
}

fn cover(report: &NationalReport, title: &str, subtitle: &str) -> Block {
    let mut facts = vec![
        ("Cycle".to_owned(), report.cycle.to_string()),
        ("Framework".to_owned(), format!("Version {}", report.version)),
        (
            "In the figures".to_owned(),
            say::count(report.practices.len(), "finalised assessment", "finalised assessments"),
        ),
    ];
    if !report.unfinished.is_empty() {
        facts.push((
            "Under way".to_owned(),
            say::count(
                report.unfinished.len(),
                "assessment, not counted",
                "assessments, not counted",
            ),
        ));
    }
    Block::Cover(Cover {
        organisation: "Pause Framework fidelity".into(),
        title: title.to_owned(),
        subtitle: subtitle.to_owned(),
        facts,
        note: "This report supports and improves. Practices stand by name; nothing in it ranks them.".into(),
    })
}

fn in_short(report: &NationalReport) -> Vec<Block> {
    let mut blocks = vec![Block::heading(1, "In short")];
    if report.practices.is_empty() {
        blocks.push(Block::text(
            "No assessment of this cycle is finalised yet, so there are no figures. They appear with the first one.",
        ));
        return blocks;
    }
    let mut lines = vec![spread_of_scores(report)];
    lines.extend(
        report
            .previous_cycle
            .as_ref()
            .map(|from| moved_since(report, from.as_str())),
    );
    lines.push(explained(report));
    lines.extend(most_slipped(report));
    lines.push(say::agreement(&report.agreement));
    lines.extend(asked(report));
    lines.extend(say::evidence(&report.evidence, "the day each assessment was finalised"));
    blocks.push(Block::bullets(lines));
    blocks
}

fn spread_of_scores(report: &NationalReport) -> String {
    let levels = &report.overall.levels;
    let gaps = report
        .practices
        .iter()
        .filter(|p| !p.overall.core_gaps.is_empty())
        .count();
    format!(
        "Across {}, the median overall score is {}; the middle half of Practices lie between {} and {}. {} have at least one core gap.",
        say::count(levels.n, "Practice with a score", "Practices with a score"),
        say::score(levels.median),
        say::score(levels.q1),
        say::score(levels.q3),
        say::count(gaps, "Practice", "Practices"),
    )
}

fn moved_since(report: &NationalReport, from: &str) -> String {
    let shift = &report.overall.shift;
    match shift.network_drift {
        Some(drift) => format!(
            "Since {from}, the median overall score moved by {} over the {} present in both cycles; the spread changed by {}{}.",
            say::signed(Some(drift)),
            say::count(shift.in_both, "Practice", "Practices"),
            say::signed(shift.spread_change),
            if shift.widening {
                ", which counts as widening"
            } else {
                ""
            },
        ),
        None => format!(
            "Since {from}: {}",
            shift.drift_why.clone().unwrap_or_else(|| "no figure.".into())
        ),
    }
}

fn explained(report: &NationalReport) -> String {
    let slips = &report.slips.previous;
    format!(
        "{} with an earlier assessment slipped on {}: {} explained by an agreed adaptation, {} unplanned or not yet explained.",
        say::count(slips.practices, "Practice", "Practices"),
        say::count(
            slips.explained + slips.unexplained,
            "criterion rating",
            "criterion ratings"
        ),
        slips.explained,
        slips.unexplained,
    ) + &below(report)
}

fn below(report: &NationalReport) -> String {
    match report.below.total() {
        0 => " No criterion rating is below 4.".to_owned(),
        n => format!(
            " {} below 4: {}.",
            say::count(n, "criterion rating is", "criterion ratings are"),
            explained::counts(&report.below)
        ),
    }
}

fn asked(report: &NationalReport) -> Option<String> {
    let tally = &report.clarifications;
    (tally.asked > 0).then(|| {
        format!(
            "Reviewers asked for a clarification on {}: {} resolved, {} carried on as an action.",
            say::count(tally.asked, "criterion rating", "criterion ratings"),
            tally.resolved,
            tally.carried,
        )
    })
}

fn most_slipped(report: &NationalReport) -> Option<String> {
    let most = report
        .criteria
        .iter()
        .filter(|c| c.slips > 0)
        .max_by_key(|c| (c.slips, std::cmp::Reverse(&c.id)))?;
    Some(format!(
        "The criterion that slipped in most Practices is “{}”, in {}.",
        most.title,
        say::count(most.slips, "Practice", "Practices")
    ))
}
