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
    criteria::{Criterion, Framework},
    explore::{Column, Criteria, CriteriaByCycle, CriterionRow, Filter, Step, Trend},
    library::Library,
    report::NoReport,
};
use std::sync::Arc;

/// What the page is made of.
#[derive(Clone, Debug)]
pub struct NetworkView {
    steps: Vec<(Step, Arc<Framework>)>,
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
    /// Puts the figures together; `trend` and `criteria` are of the same cycles and what `filter` leaves of them, `trend`
    /// over the criteria that are `counted`.
    ///
    /// # Errors
    /// [`NoReport`] when there is no cycle, or a version is not in the library.
    pub fn new(
        library: &Library,
        trend: &Trend,
        criteria: Arc<CriteriaByCycle>,
        counted: Criteria,
        filter: Filter,
    ) -> Result<NetworkView, NoReport> {
        let step = |step: &Step| {
            let framework = library.version(&step.version);
            let framework = framework.ok_or_else(|| NoReport::UnknownVersion(step.version.clone()))?;
            Ok((step.clone(), framework.clone()))
        };
        let steps: Vec<_> = trend.steps.iter().map(step).collect::<Result<_, NoReport>>()?;
        match steps.is_empty() {
            true => Err(NoReport::NoAssessment),
            false => Ok(NetworkView {
                steps,
                criteria,
                counted,
                filter,
            }),
        }
    }

    fn latest(&self) -> &(Step, Arc<Framework>) {
        self.steps
            .last()
            .expect("there is a cycle, or it would not have been made")
    }

    /// The whole, then the elements of the latest version in order.
    fn lines(&self) -> Vec<Line<'_>> {
        let whole = self.steps.iter().map(|(step, _)| step.columns.last());
        let whole = Line {
            title: "Overall",
            columns: whole.collect(),
        };
        let elements = self.latest().1.elements.iter().map(|element| {
            let columns = self.steps.iter().map(|(step, framework)| {
                let place = framework.elements.iter().position(|other| other.id == element.id)?;
                step.columns.get(place)
            });
            Line {
                title: &element.title,
                columns: columns.collect(),
            }
        });
        std::iter::once(whole).chain(elements).collect()
    }

    /// The criteria that count, each in every cycle.
    fn rows(&self) -> impl Iterator<Item = (&Criterion, &CriterionRow)> {
        let counts = self.counted.counts();
        (self.criteria.framework.criteria.iter().zip(&self.criteria.rows))
            .filter(move |(criterion, _)| counts(criterion))
    }

    /// `2024 to 2026`
    fn span(&self) -> String {
        let (first, last) = (&self.steps[0].0.cycle, &self.latest().0.cycle);
        match first == last {
            true => last.to_string(),
            false => format!("{first} to {last}"),
        }
    }

    /// What it is limited to, in words; nothing where it is the whole network.
    fn limits(&self) -> Vec<(&'static str, String)> {
        let region = self.filter.region.clone().map(|region| ("Region", region));
        let age = self.filter.age.map(|age| ("Age of Practice", age.name().to_owned()));
        let version = (self.filter.version.as_ref()).map(|version| ("Assessed under", version.to_string()));
        let slips = self
            .filter
            .slips
            .map(|slips| ("Practices with", slips.name().to_owned()));
        let criteria = (self.counted != Criteria::All).then(|| ("Criteria", self.counted.name().to_owned()));
        [region, age, version, slips, criteria].into_iter().flatten().collect()
    }
}

/// The page as a document; charts are drawn for a text of `width` points ([`crate::charts::PAPER`],
/// [`crate::charts::SCREEN`]).
pub fn document(view: &NetworkView, width: f32) -> Document {
    let title = "The network over the cycles";
    let subtitle = format!("How Pause Practices hold to the Framework, {}", view.span());
    let blocks = match view.steps.iter().all(|(step, _)| step.practices == 0) {
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
    let cycles: Vec<&str> = view.steps.iter().map(|(step, _)| step.cycle.as_str()).collect();
    let (latest, _) = view.latest();
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
