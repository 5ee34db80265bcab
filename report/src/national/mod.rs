//! The national report as a document and as rows.

mod counts;
mod csv;
mod drifting;
mod network;
mod pages;
mod plans;
mod practices;
mod regions;
mod scale;

pub use csv::csv;

use crate::{
    document::{Block, Cover, Document},
    say, summary,
};
use framework::report::NationalReport;
use scale::Scale;

/// Returns the report as a document; charts are drawn for a text of `width` points ([`crate::charts::PAPER`],
/// [`crate::charts::SCREEN`]).
pub fn document(report: &NationalReport, width: f32) -> Document {
    let title = format!("National fidelity report {}", report.cycle);
    let subtitle = "How Pause Practices hold to the Framework, and where they drift".to_owned();
    let scale = Scale::of(report);
    let blocks = [
        vec![cover(report, &title, &subtitle)],
        summary::of_network(report).blocks_with(drifting::table(report, scale)),
        scale.left_out(report).into_iter().collect(),
        vec![Block::Contents {
            title: "Contents".into(),
            depth: 2,
        }],
        practices::heat_map(report, scale, width),
        practices::drift(report, scale, width),
        practices::explained(report, scale, width),
        practices::not_counted(report, scale),
        plans::plans(report, scale),
        network::elements(report, width),
        network::slipping(report, width),
        network::agreement(report),
        network::criteria(report),
        pages::pages(report, scale, width),
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
    facts.extend(drifting::fact(report));
    Block::Cover(Cover {
        organisation: "Pause Framework fidelity".into(),
        title: title.to_owned(),
        subtitle: subtitle.to_owned(),
        facts,
        note: "This report supports and improves. Practices are listed by name; nothing in it ranks them.".into(),
    })
}
