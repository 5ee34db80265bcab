//! The network over the cycles, as a page of its own: where the Practices stand, what moves, what slips, and where the
//! criteria themselves changed. Nothing in it names a Practice.

mod criteria;
mod elements;
mod short;

use crate::{
    document::{Block, Cover, Document},
    say,
};
use framework::{
    criteria::Criterion,
    explore::{Column, Criteria, CriteriaByCycle, CriterionRow, Explorer, Filter, Step, Trend},
    report::NoReport,
};
use std::sync::Arc;

/// What the page is made of.
#[derive(Clone, Debug)]
pub struct NetworkView {
    trend: Arc<Trend>,
    criteria: Arc<CriteriaByCycle>,
    counted: Criteria,
    filter: Filter,
}

/// An element, or the whole, in each of the cycles.
struct Line<'v> {
    title: &'v str,
    columns: Vec<Option<&'v Column>>,
}

impl NetworkView {
    /// Asks for the figures of all cycles, over the criteria that are `counted` and what `filter` leaves of the Practices.
    ///
    /// # Errors
    /// [`NoReport`] when there is no cycle, or a version is not in the library.
    pub fn new(network: &Explorer, counted: Criteria, filter: &Filter) -> Result<NetworkView, NoReport> {
        let (latest, _) = network.cycles().last().ok_or(NoReport::NoAssessment)?;
        Ok(NetworkView {
            trend: network.trend(counted, filter)?,
            criteria: network.criteria(latest, filter)?,
            counted,
            filter: filter.clone(),
        })
    }

    fn steps(&self) -> &[Step] {
        &self.trend.steps
    }

    fn latest(&self) -> &Step {
        (self.steps().last()).expect("there is a cycle, or it would not have been made")
    }

    /// Returns the whole, then the elements of the latest version in order.
    fn lines(&self) -> Vec<Line<'_>> {
        let line = |title, element| Line {
            title,
            columns: self.steps().iter().map(|step| step.column(element)).collect(),
        };
        let elements = self.latest().framework.elements.iter();
        let elements = elements.map(|element| line(&element.title, Some(&element.id)));
        std::iter::once(line("Overall", None)).chain(elements).collect()
    }

    /// Returns the criteria that count, each in every cycle.
    fn rows(&self) -> impl Iterator<Item = (&Criterion, &CriterionRow)> {
        let counts = self.counted.counts();
        (self.criteria.framework.criteria.iter().zip(&self.criteria.rows))
            .filter(move |(criterion, _)| counts(criterion))
    }

    /// `2024 to 2026`
    fn span(&self) -> String {
        let (first, last) = (&self.steps()[0].cycle, &self.latest().cycle);
        match first == last {
            true => last.to_string(),
            false => format!("{first} to {last}"),
        }
    }

    /// Returns what it is limited to, in words; nothing where it is the whole network.
    fn limits(&self) -> Vec<(&'static str, String)> {
        let name = (self.filter.name.as_ref()).map(|name| ("Name contains", name.clone()));
        let region = self.filter.region.clone().map(|region| ("Region", region));
        let age = self.filter.age.map(|age| ("Age of Practice", age.name().to_owned()));
        let version = (self.filter.version.as_ref()).map(|version| ("Assessed under", version.to_string()));
        let slips = self
            .filter
            .slips
            .map(|slips| ("Practices with", slips.name().to_owned()));
        let criteria = (self.counted != Criteria::All).then(|| ("Criteria", self.counted.name().to_owned()));
        let limits = [name, region, age, version, slips, criteria];
        limits.into_iter().flatten().collect()
    }
}

/// Returns the page as a document; charts are drawn for a text of `width` points ([`crate::charts::PAPER`],
/// [`crate::charts::SCREEN`]).
pub fn document(view: &NetworkView, width: f32) -> Document {
    let title = "The network over the cycles";
    let subtitle = format!("How Pause Practices hold to the Framework, {}", view.span());
    let blocks = match view.steps().iter().all(|step| step.practices == 0) {
        true => vec![
            vec![cover(view, title, &subtitle)],
            vec![Block::text(
                "No Practice fits these choices. Choose fewer of them to see figures.",
            )],
        ],
        false => vec![
            vec![cover(view, title, &subtitle)],
            short::blocks(view),
            elements::stand(view, width),
            elements::moved(view, width),
            elements::sides(view, width),
            criteria::slipped(view),
            criteria::comparable(view),
            say::definitions(),
        ],
    };
    Document {
        subject: "Fidelity to the Pause Framework across Practices and cycles".into(),
        reference: format!("The network · {}", view.span()),
        title: title.into(),
        subtitle,
        language: "en-GB".into(),
        author: "Pause fidelity".into(),
        created: None,
        blocks: blocks.into_iter().flatten().collect(),
    }
}

fn cover(view: &NetworkView, title: &str, subtitle: &str) -> Block {
    let cycles: Vec<&str> = view.steps().iter().map(|step| step.cycle.as_str()).collect();
    let latest = view.latest();
    let facts = [
        ("Cycles", cycles.join(", ")),
        (
            "In the latest",
            say::count(latest.practices, "finalised assessment", "finalised assessments"),
        ),
    ];
    let facts = facts.into_iter().chain(view.limits());
    Block::Cover(Cover {
        organisation: "Pause Framework fidelity".into(),
        title: title.to_owned(),
        subtitle: subtitle.to_owned(),
        facts: facts.map(|(label, value)| (label.to_owned(), value)).collect(),
        note: "This page supports and improves. It names no Practice, and ranks none.".into(),
    })
}
