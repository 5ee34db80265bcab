//! A Practice's own years, with the network's middle half beside them: for its team and its board.

use super::{AskLine, NoReport, PracticeFacts, PracticeReport, practice_report};
use crate::{
    explore::Trend,
    ids::{CycleId, ElementId},
    library::Library,
    network::{FEWEST_FOR_QUARTILES, Levels},
    plan::Reply,
    score::at_least,
};

/// Fewest Practices with a score for the network's quartiles to stand beside a Practice's own: with fewer, another
/// Practice's score could be told from them.
pub const FEWEST_PRACTICES: usize = FEWEST_FOR_QUARTILES;

/// All that is shown of one Practice over the years.
#[derive(Clone, Debug, PartialEq)]
pub struct PracticeYears {
    /// The report of the latest assessment: what went up and down, what explains it, and every earlier score.
    pub report: PracticeReport,
    /// The whole.
    pub overall: ScoreYears,
    /// One an element of the latest assessment's version, in order.
    pub elements: Vec<ScoreYears>,
    /// The criteria to look at next: core gaps, then unexplained slips, then what else needs an action and has neither
    /// that nor a reason for none; each in the version's order.
    pub next: Vec<AskLine>,
}

/// A score over the years, of an element or of the whole.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreYears {
    /// The element's title; `Overall` for the whole.
    pub title: String,
    /// One an assessment, oldest first.
    pub years: Vec<ScoreYear>,
    /// Where the latest score stands.
    pub place: Option<RangePosition>,
    /// Why that is not said, in words.
    pub why: Option<String>,
}

/// A score in one cycle.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreYear {
    /// The cycle.
    pub cycle: CycleId,
    /// The Practice's score under its own version, 1 to 5.
    pub score: Option<f64>,
    /// The network's in the same cycle; nothing with fewer than [`FEWEST_PRACTICES`].
    pub network: Option<MiddleHalf>,
}

/// Between which scores the middle half of the Practices lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MiddleHalf {
    /// Practices with a score, never fewer than [`FEWEST_PRACTICES`].
    pub practices: usize,
    /// Lower quartile (type 7).
    pub lower: f64,
    /// Median.
    pub median: f64,
    /// Upper quartile (type 7).
    pub upper: f64,
}

/// Where a score stands against the network's quartiles. Not a rank: half of the Practices are always within.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RangePosition {
    /// Above the upper quartile.
    Above,
    /// From the lower to the upper quartile, both included.
    Within,
    /// Below the lower quartile.
    Below,
}

impl RangePosition {
    /// All three.
    pub const ALL: [RangePosition; 3] = [RangePosition::Above, RangePosition::Within, RangePosition::Below];

    /// Returns the words for people.
    pub fn name(self) -> &'static str {
        match self {
            RangePosition::Above => "Above the upper quartile",
            RangePosition::Within => "In the middle half",
            RangePosition::Below => "Below the lower quartile",
        }
    }
}

impl MiddleHalf {
    /// Of the Practices in one cycle; nothing where there are too few.
    pub fn of(levels: &Levels) -> Option<MiddleHalf> {
        let (lower, median, upper) = (levels.q1?, levels.median?, levels.q3?);
        Some(MiddleHalf {
            practices: levels.n,
            lower,
            median,
            upper,
        })
    }

    /// Where a score stands.
    pub fn place(&self, score: f64) -> RangePosition {
        if !at_least(score, self.lower) {
            RangePosition::Below
        } else if at_least(self.upper, score) {
            RangePosition::Within
        } else {
            RangePosition::Above
        }
    }
}

/// Works out a Practice's years; the last of the sheets is the latest assessment. `trend` is the whole network's, over all
/// criteria.
///
/// # Errors
/// [`NoReport`] when there is no sheet, or the last one's version is not in the library.
pub fn practice_years(library: &Library, facts: &PracticeFacts, trend: &Trend) -> Result<PracticeYears, NoReport> {
    let report = practice_report(library, facts)?;
    let overall = (report.history.iter()).map(|point| year(trend, &point.cycle, None, point.overall.score));
    let overall = ScoreYears::new("Overall", overall.collect(), report.overall.why.as_deref());
    let elements = report.elements.iter().map(|element| {
        let id = &element.score.element;
        let years = report.history.iter().map(|point| {
            let score = point.elements.iter().find(|score| score.element == *id);
            year(trend, &point.cycle, Some(id), score.and_then(|score| score.score))
        });
        ScoreYears::new(&element.title, years.collect(), element.score.why.as_deref())
    });
    Ok(PracticeYears {
        elements: elements.collect(),
        overall,
        next: next(&report),
        report,
    })
}

/// Returns an element's score, or the whole's, with the network's of the same cycle.
fn year(trend: &Trend, cycle: &CycleId, element: Option<&ElementId>, score: Option<f64>) -> ScoreYear {
    let step = trend.steps.iter().find(|step| step.cycle == *cycle);
    let column = step.and_then(|step| step.column(element));
    ScoreYear {
        cycle: cycle.clone(),
        score,
        network: column.and_then(|column| MiddleHalf::of(&column.levels)),
    }
}

impl ScoreYears {
    fn new(title: &str, years: Vec<ScoreYear>, no_score: Option<&str>) -> ScoreYears {
        let latest = years.last();
        let place = latest.and_then(|year| Some(year.network?.place(year.score?)));
        let why = latest.filter(|_| place.is_none()).map(|year| match (year.score, no_score) {
            (None, why) => why.unwrap_or("There is no score.").to_owned(),
            (Some(_), _) => format!(
                "Fewer than {FEWEST_PRACTICES} Practices have a score here in {}, so the network’s quartiles are left out: \
                 another Practice’s score could be told from them.",
                year.cycle
            ),
        });
        ScoreYears {
            title: title.to_owned(),
            years,
            place,
            why,
        }
    }
}

fn next(report: &PracticeReport) -> Vec<AskLine> {
    let is_gap = |line: &AskLine| report.core_gaps.iter().any(|gap| gap.criterion == line.criterion);
    let unexplained = report.drift.previous.iter().flat_map(|drift| &drift.unexplained);
    let unexplained: Vec<_> = unexplained.map(|slip| &slip.criterion).collect();
    let order = |line: &AskLine| match line.reply {
        _ if is_gap(line) => Some(0),
        _ if unexplained.contains(&&line.criterion) => Some(1),
        Reply::Missing => Some(2),
        Reply::Action | Reply::NoAction => None,
    };
    let lines = report.plan.asks.iter().flat_map(|asks| &asks.lines);
    let mut next: Vec<(u8, AskLine)> = lines.filter_map(|line| Some((order(line)?, line.clone()))).collect();
    next.sort_by_key(|(order, _)| *order);
    next.into_iter().map(|(_, line)| line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_stands_below_within_or_above_and_both_quartiles_are_within() {
        let half = MiddleHalf {
            practices: 5,
            lower: 3.0,
            median: 3.5,
            upper: 4.1,
        };
        for (score, place) in [
            (1.0, RangePosition::Below),
            (2.99, RangePosition::Below),
            (3.0, RangePosition::Within),
            (3.5, RangePosition::Within),
            (4.1, RangePosition::Within),
            // a binary fraction short of 4.1
            (4.0 + 0.1 + 1e-12, RangePosition::Within),
            (4.11, RangePosition::Above),
            (5.0, RangePosition::Above),
        ] {
            assert_eq!(half.place(score), place, "{score}");
        }
    }

    #[test]
    fn quartiles_of_fewer_than_five_practices_are_kept_back() {
        for (scores, practices) in [
            (&[][..], None),
            (&[3.0], None),
            (&[2.0, 3.0, 3.0, 4.0], None),
            (&[2.0, 3.0, 3.0, 4.0, 5.0], Some(5)),
        ] {
            let half = MiddleHalf::of(&Levels::of_scores(&mut scores.to_vec(), 0));
            assert_eq!(half.map(|half| half.practices), practices, "{scores:?}");
        }
    }
}
