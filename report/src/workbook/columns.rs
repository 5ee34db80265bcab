//! Columns that several tables have: the figures of one kind, always called and explained the same way.

use super::table::{Cell, Table, Width, column};
use crate::say;
use framework::{
    assessment::AdaptationClass,
    drift::ElementDrift,
    report::{DriftFigures, Moved, RegisterReport, Registered, Since, Split},
    score::{Band, ElementScore, Overall},
};

/// What a column without a figure says instead.
pub(super) const WHY: &str = "Why there is no figure";

/// Since which earlier assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Past {
    Previous,
    Baseline,
}

impl Past {
    pub(super) const ALL: [Past; 2] = [Past::Previous, Past::Baseline];

    pub(super) fn name(self) -> &'static str {
        match self {
            Past::Previous => "Since previous",
            Past::Baseline => "Since baseline",
        }
    }

    pub(super) fn of<T>(self, since: &Since<T>) -> Option<&T> {
        match self {
            Past::Previous => since.previous.as_ref(),
            Past::Baseline => since.baseline.as_ref(),
        }
    }
}

impl<'a, R: 'a> Table<'a, R> {
    /// The score of an element.
    pub(super) fn element_score(self, of: impl Fn(&R) -> &'a ElementScore + Copy + 'a) -> Self {
        let count = |n: fn(&ElementScore) -> usize| move |row: &R| Cell::count(n(of(row)));
        self.columns([
            column("Score", Width::Figure, SCORE, move |row| Cell::number(of(row).score)),
            column("Band", Width::Figure, BAND, move |row| band(of(row).band)),
            column("Coverage", Width::Figure, COVERAGE, move |row| {
                Cell::share(of(row).coverage)
            }),
            column(
                "Rated",
                Width::Narrow,
                "Criteria with a rating.",
                count(|score| score.rated),
            ),
            column(
                "Applicable",
                Width::Narrow,
                "Criteria not set aside as not applicable.",
                count(|score| score.applicable),
            ),
            column(WHY, Width::Line, "Why there is no score.", move |row| {
                Cell::maybe(of(row).why.as_deref())
            }),
        ])
    }

    /// The overall score.
    pub(super) fn overall(self, of: impl Fn(&R) -> &'a Overall + Copy + 'a) -> Self {
        self.columns([
            column(
                "Overall score",
                Width::Figure,
                "Mean of the element scores, each element equal; 1 to 5.",
                move |row| Cell::number(of(row).score),
            ),
            column("Band", Width::Figure, BAND, move |row| band(of(row).band)),
            column("Coverage", Width::Figure, COVERAGE, move |row| {
                Cell::share(of(row).coverage)
            }),
            column("Core gaps", Width::Narrow, "Core criteria rated 1 or 2.", move |row| {
                Cell::count(of(row).core_gaps.len())
            }),
            column(
                "Core gaps are",
                Width::Name,
                "Which criteria those are, by id.",
                move |row| joined(of(row).core_gaps.iter().map(|id| id.as_str()), " "),
            ),
            column(WHY, Width::Line, "Why there is no overall score.", move |row| {
                Cell::maybe(of(row).why.as_deref())
            }),
        ])
    }

    /// The drift of a whole assessment; `before` stands before each column's name.
    pub(super) fn drift(
        self,
        before: &str,
        of: impl Fn(&R) -> (Option<&'a DriftFigures>, Option<&'a str>) + Copy + 'a,
    ) -> Self {
        let shown = |name: &str, width, means: &'static str, cell: fn(&'a DriftFigures) -> Cell<'a>| {
            column(named(before, name), width, means, move |row| {
                of(row).0.map_or(Cell::None, cell)
            })
        };
        let why = column(named(before, WHY), Width::Line, "Why there is no drift.", move |row| {
            let (figures, why) = of(row);
            Cell::maybe(figures.and_then(|figures| figures.why.as_deref()).or(why))
        });
        self.columns([
            shown("Cycle", Width::Figure, "The earlier assessment’s cycle.", |d| {
                Cell::text(d.from.as_str())
            }),
            shown(
                "Version",
                Width::Figure,
                "The earlier assessment’s version of the framework.",
                |d| Cell::text(d.from_version.as_str()),
            ),
            shown("Pairs", Width::Narrow, PAIRS, |d| Cell::count(d.pairs)),
            shown(
                "Comparable share",
                Width::Figure,
                "Pairs ÷ the later version’s criteria.",
                |d| Cell::share(d.comparable_share),
            ),
            shown("Net drift", Width::Figure, NET, |d| Cell::change(d.net)),
            shown("Gross drift", Width::Figure, GROSS, |d| Cell::number(d.gross)),
            shown("Gains", Width::Narrow, "Criteria that went up.", |d| {
                Cell::count(d.gains.len())
            }),
            shown("Slips", Width::Narrow, "Criteria that went down.", |d| {
                Cell::count(d.slips.len())
            }),
            shown(
                "Unexplained slips",
                Width::Figure,
                "Slips that are unplanned or not yet explained.",
                |d| Cell::count(d.unexplained.len()),
            ),
            shown(
                "Slips not asked about",
                Width::Figure,
                "Slips since the first assessment that moderation was not asked about this year: 4 or above, and no slip since the previous assessment.",
                |d| Cell::count(d.not_asked),
            ),
            why,
        ])
    }

    /// The drift within an element; `before` stands before each column's name.
    pub(super) fn element_drift(
        self,
        before: &str,
        of: impl Fn(&R) -> (Option<&'a ElementDrift>, Option<&'a str>) + Copy + 'a,
    ) -> Self {
        self.columns([
            column(named(before, "Pairs"), Width::Narrow, PAIRS, move |row| {
                of(row).0.map_or(Cell::None, |drift| Cell::count(drift.pairs))
            }),
            column(named(before, "Net drift"), Width::Figure, NET, move |row| {
                Cell::change(of(row).0.and_then(|drift| drift.net))
            }),
            column(named(before, "Gross drift"), Width::Figure, GROSS, move |row| {
                Cell::number(of(row).0.and_then(|drift| drift.gross))
            }),
            column(named(before, WHY), Width::Line, "Why there is no drift.", move |row| {
                let (drift, why) = of(row);
                Cell::maybe(drift.map_or(why, |drift| drift.why.as_deref()))
            }),
        ])
    }

    /// What criteria are put down to; `before` stands before each column's name.
    pub(super) fn split(self, before: &str, of: impl Fn(&R) -> Option<&'a Split> + Copy + 'a) -> Self {
        let all = column(named(before, "All"), Width::Narrow, "All four together.", move |row| {
            of(row).map_or(Cell::None, |split| Cell::count(split.total()))
        });
        let classes = AdaptationClass::ALL.map(|class| {
            column(
                named(before, class.name()),
                Width::Figure,
                "Criteria that are put down to this.",
                move |row| of(row).map_or(Cell::None, |split| Cell::count(split.of(class))),
            )
        });
        self.columns([all]).columns(classes)
    }

    /// What moved, and what it is put down to.
    pub(super) fn moves(self, of: impl Fn(&R) -> &Move<'a> + Copy + 'a) -> Self {
        let shown = |name, width, means: &'static str, cell: fn(&Move<'a>) -> Cell<'a>| {
            column(name, width, means, move |row| cell(of(row)))
        };
        self.columns([
            shown("Criterion", Width::Line, "The statement.", |m| {
                Cell::text(&m.moved.title)
            }),
            shown("Criterion id", Width::Name, "The same in every version.", |m| {
                Cell::text(m.moved.criterion.as_str())
            }),
            shown("Element id", Width::Name, "The element it belongs to.", |m| {
                Cell::text(m.moved.element.as_str())
            }),
            shown("Core", Width::Narrow, "Is it a core criterion?", |m| {
                Cell::yes(m.moved.core)
            }),
            shown(
                "Since",
                Width::Figure,
                "Since the previous assessment, or since the baseline: the first.",
                |m| {
                    Cell::text(match m.past {
                        Past::Previous => "Previous",
                        Past::Baseline => "Baseline",
                    })
                },
            ),
            shown("Cycle", Width::Figure, "The earlier assessment’s cycle.", |m| {
                Cell::text(m.figures.from.as_str())
            }),
            shown("From", Width::Narrow, "The earlier rating.", |m| {
                Cell::Level(m.moved.from)
            }),
            shown("To", Width::Narrow, "The later rating.", |m| Cell::Level(m.moved.to)),
            shown(
                "Drift",
                Width::Narrow,
                "Later − earlier rating: a slip where below 0, a gain where above.",
                |m| Cell::Step(m.moved.d),
            ),
            shown(
                "Explained by",
                Width::Line,
                "What the change is put down to; on slips, and where something was said.",
                |m| Cell::maybe(m.moved.class_name),
            ),
            shown(
                "Unexplained",
                Width::Figure,
                "Is it a slip that is unplanned or not yet explained?",
                |m| {
                    Cell::yes(
                        m.figures
                            .unexplained
                            .iter()
                            .any(|slip| slip.criterion == m.moved.criterion),
                    )
                },
            ),
        ])
    }

    /// An agreed adaptation, and whether it held on the day.
    pub(super) fn registered(self, of: impl Fn(&R) -> (&'a Registered, bool) + Copy + 'a) -> Self {
        let shown = |name, width, means: &'static str, cell: fn(&'a Registered) -> Cell<'a>| {
            column(name, width, means, move |row| cell(of(row).0))
        };
        self.columns([
            shown("Adaptation", Width::Line, "Its name.", |one| Cell::text(&one.title)),
            shown("Class", Width::Line, "Consistent with the framework or not.", |one| {
                Cell::maybe(one.class_name)
            }),
            column(
                "On that day",
                Width::Figure,
                "In force, or over: then it explains nothing.",
                move |row| Cell::text(if of(row).1 { "In force" } else { "Over" }),
            ),
            shown("Since", Width::Figure, "The first day.", |one| Cell::Day(one.since)),
            shown(
                "Until",
                Width::Figure,
                "The last day; empty where there is none.",
                |one| Cell::day(one.until),
            ),
            shown("Criteria", Width::Prose, "What it touches.", |one| {
                joined(one.criteria.iter().map(|covered| covered.title.as_str()), "; ")
            }),
            shown("Criterion ids", Width::Name, "The same, by id.", |one| {
                joined(one.criteria.iter().map(|covered| covered.id.as_str()), " ")
            }),
        ])
    }
}

const SCORE: &str = "Weighted mean of the element’s rated criteria, 1 to 5.";
const BAND: &str = "How the score reads: strong, partial or low.";
const COVERAGE: &str = "Rated ÷ applicable criteria.";

fn band<'a>(band: Option<Band>) -> Cell<'a> {
    Cell::maybe(band.map(Band::name))
}

const PAIRS: &str = "Criteria that are comparable and rated in both assessments.";
const NET: &str = "Mean change of the ratings, −4 to 4: the direction.";
const GROSS: &str = "Mean size of the changes, 0 to 4: how much moved at all.";

/// A criterion that moved, since which assessment.
pub(super) struct Move<'a> {
    pub(super) past: Past,
    pub(super) figures: &'a DriftFigures,
    pub(super) moved: &'a Moved,
}

/// Every criterion that moved since the previous assessment, then since the first: slips before gains.
pub(super) fn moves(since: &Since<DriftFigures>) -> impl Iterator<Item = Move<'_>> {
    let figures = Past::ALL.into_iter().filter_map(|past| Some((past, past.of(since)?)));
    figures.flat_map(|(past, figures)| {
        let moved = figures.slips.iter().chain(&figures.gains);
        moved.map(move |moved| Move { past, figures, moved })
    })
}

/// Returns what held on the day, then what was over.
pub(super) fn register(register: &RegisterReport) -> impl Iterator<Item = (&Registered, bool)> {
    let in_force = register.in_force.iter().map(|one| (one, true));
    in_force.chain(register.expired.iter().map(|one| (one, false)))
}

/// Several words in one cell; an empty one without any.
pub(super) fn joined<'a>(words: impl Iterator<Item = &'a str>, between: &str) -> Cell<'a> {
    let words: Vec<&str> = words.collect();
    match words[..] {
        [] => Cell::None,
        [one] => Cell::text(one),
        _ => Cell::words(words.join(between)),
    }
}

fn named(before: &str, name: &str) -> String {
    match before {
        "" => name.to_owned(),
        _ => format!("{before}: {}", say::lower_first(name)),
    }
}
