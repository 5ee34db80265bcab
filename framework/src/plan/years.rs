//! A Practice's assessments as a line of years: how far an action was carried, and which support stands behind a score.

use super::{ActionStatus, Course};
use crate::ids::CycleId;
use time::OffsetDateTime;

/// One cycle in which a Practice has an assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Year {
    /// The cycle.
    pub cycle: CycleId,
    /// When its assessment was begun.
    pub begun: OffsetDateTime,
    /// When it was finalised; nothing where it is not, or where it came from a file and nobody knows.
    pub finished: Option<OffsetDateTime>,
}

/// `carried over twice`; nothing for an action that was not.
pub fn carried_words(times: usize) -> Option<String> {
    match times {
        0 => None,
        1 => Some("carried over once".to_owned()),
        2 => Some("carried over twice".to_owned()),
        n => Some(format!("carried over {n} times")),
    }
}

/// A Practice's years, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Years(Vec<Year>);

impl Years {
    /// Puts years in order. Of an assessment with several editions the first one's beginning counts, and the last end.
    pub fn new(mut years: Vec<Year>) -> Years {
        years.sort_by(|a, b| a.cycle.cmp(&b.cycle));
        years.dedup_by(|next, kept| {
            let same = next.cycle == kept.cycle;
            if same {
                kept.begun = kept.begun.min(next.begun);
                kept.finished = kept.finished.max(next.finished);
            }
            same
        });
        Years(years)
    }

    /// Returns how many times an action was carried over: into each later cycle whose assessment began while it was open.
    pub fn carried_over(&self, course: &Course) -> usize {
        let open_then = |year: &&Year| course.closed.is_none_or(|closed| year.begun <= closed);
        let later = (self.0.iter()).filter(|year| year.cycle > course.raised && year.begun > course.raised_at);
        later.filter(open_then).count()
    }

    /// Returns the end of the last assessment before a cycle, where it is known: what a cycle's own time begins with.
    pub fn since(&self, cycle: &CycleId) -> Option<OffsetDateTime> {
        let earlier = self.0.iter().filter(|year| year.cycle < *cycle);
        earlier.filter_map(|year| year.finished).max()
    }

    /// Does an action stand in the plan of a cycle? When it was raised in it; or earlier, and was open at its beginning:
    /// it is open still, or was closed since the previous assessment.
    pub fn belongs_to(&self, course: &Course, cycle: &CycleId) -> bool {
        let carried = || {
            let since = self.since(cycle);
            course.state == ActionStatus::Open
                || since.is_none_or(|since| course.closed.is_some_and(|closed| closed > since))
        };
        course.raised == *cycle || (course.raised < *cycle && carried())
    }
}
