//! Figures in the words and cells that both reports use, so that the same figure reads the same everywhere.

mod agreement;
mod network;

pub use agreement::{ac2_tells_little, agreement, interval, kappa_interval, reviewers};
pub(crate) use network::chance;
pub use network::{drift_interval, network_drift};

use crate::{
    document::{Block, Cell, Figure, Inline, Table},
    palette::Fill,
};
use framework::{
    assessment::Source,
    drift::ElementDrift,
    lifecycle::Status,
    network::Levels,
    plan::SupportFigures,
    rating::Rating,
    report::{DriftFigures, EvidenceUse, Moved, PlanAsks},
    score::{Band, Overall},
    shown::{self, Kind},
};

/// A dash where there is no figure.
pub const NONE: &str = "–";

/// Returns a day in words: `2 March 2026`.
pub fn day(day: time::Date) -> String {
    format!("{} {} {}", day.day(), day.month(), day.year())
}

/// Returns a score with one decimal.
pub fn score(score: Option<f64>) -> String {
    or_none(score, |score| shown::text(score, Kind::Score))
}

/// Returns a drift with its sign and two decimals: `+0.25`, `−0.40`, `0.00`.
pub fn change(drift: Option<f64>) -> String {
    or_none(drift, |drift| shown::signed(drift, Kind::Drift))
}

/// Returns how large a drift is, without its sign: `0.25`.
pub fn size(drift: Option<f64>) -> String {
    or_none(drift, |drift| shown::text(drift.abs(), Kind::Drift))
}

/// Returns the change of a spread, with its sign and two decimals.
pub fn spread_change(change: Option<f64>) -> String {
    or_none(change, |change| shown::signed(change, Kind::Spread))
}

/// Returns a difference with its sign and two decimals, such as a bias.
pub fn signed(difference: Option<f64>) -> String {
    or_none(difference, |difference| shown::signed(difference, Kind::Plain))
}

/// Returns a share as whole per cent; 79.6 % does not read as 80 %.
pub fn per_cent(share: Option<f64>) -> String {
    or_none(share, |share| format!("{}\u{a0}%", shown::text(share, Kind::Share)))
}

/// Returns a figure with two decimals.
pub fn two(figure: Option<f64>) -> String {
    or_none(figure, |figure| shown::text(figure, Kind::Plain))
}

fn or_none(figure: Option<f64>, words: impl FnOnce(f64) -> String) -> String {
    figure.map_or_else(|| NONE.to_owned(), words)
}

/// Returns a rating as a number, or a dash.
pub fn rating(rating: Option<Rating>) -> String {
    rating.map_or_else(|| NONE.to_owned(), |rating| rating.to_string())
}

/// `1 slip`, `2 slips`
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Returns a cell with a score on the colour of the level it has reached.
pub fn score_cell(value: Option<f64>) -> Cell {
    Cell::text(score(value)).fill(Fill::score(value))
}

/// Returns a cell with a change, its direction marked by sign and colour.
pub fn change_cell(value: Option<f64>) -> Cell {
    Cell::text(change(value)).fill(Fill::drift(value))
}

/// Net and gross drift, the pairs that they rest on with their share, and how many of these went up.
pub fn drift_cells(figures: &DriftFigures) -> [Cell; 4] {
    [
        change_cell(figures.net),
        Cell::text(two(figures.gross)),
        Cell::text(format!("{} ({})", figures.pairs, per_cent(figures.comparable_share))),
        Cell::text(figures.gains.len().to_string()),
    ]
}

/// Returns a cell with a rating on its colour.
pub fn rating_cell(value: Option<Rating>) -> Cell {
    Cell::text(rating(value)).fill(value.map_or(Fill::Absent, |r| Fill::level(r.level())))
}

/// Returns the colour of a band.
pub fn band_fill(band: Option<Band>) -> Fill {
    match band {
        Some(Band::Strong) => Fill::Strong,
        Some(Band::Partial) => Fill::Partial,
        Some(Band::Low) => Fill::Low,
        None => Fill::Absent,
    }
}

/// Returns a band as a word, or a dash.
pub fn band(band: Option<Band>) -> String {
    band.map_or_else(|| NONE.to_owned(), |band| band.name().to_owned())
}

/// Returns the overall score in a sentence.
pub fn overall(overall: &Overall) -> String {
    let coverage = per_cent(overall.coverage);
    let Some(value) = overall.score else {
        let why = overall.why.as_deref().unwrap_or("there is no score");
        return format!(
            "There is no overall score: {}. {coverage} of the applicable criteria are rated.",
            lower_first(why.trim_end_matches('.'))
        );
    };
    let held_back = if overall.is_capped_by_core_gap() {
        format!(
            " The mean alone would be strong, but {} it back.",
            match overall.core_gaps.len() {
                1 => "a core gap holds".to_owned(),
                n => format!("{n} core gaps hold"),
            }
        )
    } else {
        String::new()
    };
    format!(
        "The overall score is {} of 5, band {}.{held_back} {coverage} of the applicable criteria are rated.",
        score(Some(value)),
        band(overall.band).to_lowercase()
    )
}

/// Where the overall scores of several Practices stand, in a sentence or two.
pub fn standing(levels: &Levels) -> String {
    let Some(median) = levels.median else {
        let values: Vec<String> = levels.values.iter().map(|value| score(Some(*value))).collect();
        return match values.is_empty() {
            true => levels.why.clone().unwrap_or_default(),
            false => format!("Overall scores: {}.", values.join(" and ")),
        };
    };
    let half = levels.q1.zip(levels.q3).map(|(lower, upper)| {
        format!(
            ", and half of them are between {} and {}",
            score(Some(lower)),
            score(Some(upper))
        )
    });
    format!(
        "Of {} with an overall score the median is {}{}. {}",
        levels.n,
        score(Some(median)),
        half.unwrap_or_default(),
        strong(levels),
    )
}

/// Returns how many are at 4 or above, and how many of them are banded strong.
fn strong(levels: &Levels) -> String {
    let strong = levels
        .strong
        .map(|strong| format!(" {} banded strong: without a core gap.", count(strong, "is", "are")));
    format!(
        "{} are at 4 or above.{}",
        per_cent(levels.share_at_4),
        strong.unwrap_or_default()
    )
}

/// Returns a drift in a sentence: direction, size, what it rests on.
pub fn drift(figures: &DriftFigures) -> String {
    let (Some(net), Some(gross)) = (figures.net, figures.gross) else {
        return format!(
            "Since {}: {}",
            figures.from,
            figures.why.clone().unwrap_or_else(|| "no figure.".to_owned())
        );
    };
    let direction = match change(Some(net)).chars().next() {
        Some('−') => "ratings moved down by",
        Some('+') => "ratings moved up by",
        _ => "ratings moved neither up nor down: net drift is",
    };
    format!(
        "Since {}, {direction} {} on average (net drift {}; {} of movement in all, gross). This rests on {}, {} of this version’s criteria.{}",
        figures.from,
        size(Some(net)),
        change(Some(net)),
        two(Some(gross)),
        count(
            figures.pairs,
            "criterion that can be compared",
            "criteria that can be compared"
        ),
        per_cent(figures.comparable_share),
        not_asked(figures.not_asked),
    )
}

/// Returns how many slips nobody was ever asked about, as a sentence of its own with a space before it; nothing where there is none.
pub fn not_asked(slips: usize) -> String {
    match slips {
        0 => String::new(),
        n => format!(
            " Moderation was not asked about {n} of the slips: {} no slip since the cycle before.",
            if n == 1 { "it is" } else { "they are" }
        ),
    }
}

/// Returns how much evidence is cited, and how much of it should have been looked at again; nothing where none is cited. `by` says
/// by which day that is judged: `the day the assessment was finalised`.
pub fn evidence(evidence: &EvidenceUse, by: &str) -> Option<String> {
    let expired = match evidence.expired {
        0 => "none of it was past its review-by day".to_owned(),
        n => format!("{} past the review-by day", count(n, "time it was", "times it was")),
    };
    let cited = count(evidence.citations, "time", "times");
    (evidence.citations > 0).then(|| format!("Evidence is cited {cited}; {expired} on {by}."))
}

/// Returns a value with its unit: a unit that is a plain plural (`changes`, `working days`) has no s after 1.
pub fn measure(value: f64, unit: &str) -> String {
    let plain = unit.chars().all(|c| c.is_alphabetic() || c == ' ') && !unit.ends_with("ss");
    let unit = match unit.strip_suffix('s') {
        Some(singular) if value == 1.0 && plain => singular,
        _ => unit,
    };
    format!("{value} {unit}").trim_end().to_owned()
}

/// Returns the day that a Practice's report speaks of: `2 March 2026, the day the assessment was finalised`.
pub fn day_spoken_of(status: Status, of: time::Date) -> String {
    let what = match status {
        Status::Finalised => "the day the assessment was finalised",
        _ => "the day this report was made",
    };
    format!("{}, {what}", day(of))
}

/// Returns the criteria that moved, as a table; `with_why` adds what they are put down to.
pub fn moved(caption: &str, moved: &[Moved], with_why: bool) -> Block {
    use crate::document::Column;
    let mut columns = vec![
        Column::new("Criterion").weight(4.0),
        Column::new("From").weight(0.6).centred(),
        Column::new("To").weight(0.6).centred(),
    ];
    if with_why {
        columns.push(Column::new("Explained by").weight(3.0));
    }
    let rows = moved
        .iter()
        .map(|m| {
            let mut title = vec![Inline::text(m.title.clone())];
            if m.core {
                title.push(Inline::strong(" (core)"));
            }
            let mut row = vec![Cell::inlines(title), rating_cell(Some(m.from)), rating_cell(Some(m.to))];
            if with_why {
                let mut why = m.class_name.unwrap_or(NONE).to_owned();
                if let Some(explanation) = &m.explanation {
                    why = format!("{why}: {explanation}");
                }
                row.push(Cell::text(why));
            }
            row
        })
        .collect();
    Block::Table(Table {
        caption: caption.to_owned(),
        columns,
        rows,
        row_header: Some(0),
    })
}

/// Returns an element's drift as a number, or why there is none.
pub fn element_drift(drift: Option<&ElementDrift>) -> (Option<f64>, String) {
    let net = drift.and_then(|d| d.net);
    let note = drift
        .and_then(|d| d.why.clone())
        .unwrap_or_else(|| "nothing to compare".to_owned());
    (net, note)
}

/// Returns a figure block.
pub fn figure(
    scene: crate::scene::Scene,
    title: impl Into<String>,
    alt: impl Into<String>,
    caption: impl Into<String>,
) -> Block {
    Block::Figure(Figure {
        scene,
        title: title.into(),
        alt: alt.into(),
        caption: caption.into(),
    })
}

/// Returns how many criteria need an action, and what the plan says to them.
pub fn asks(asks: &PlanAsks) -> String {
    if asks.criteria == 0 {
        return "No criterion needs an action.".to_owned();
    }
    format!(
        "{} an action: {} have one, {} have a reason for none, {} have no plan yet.",
        count(asks.criteria, "criterion needs", "criteria need"),
        asks.with_action,
        asks.with_reason,
        asks.missing,
    )
}

/// Returns the support behind a Practice's scores, in a sentence or two. A score also reflects the support behind it (NIRN).
pub fn support(figures: &SupportFigures) -> String {
    let recorded = match figures.recorded {
        0 => "No support from National Pause has been recorded since the previous assessment.".to_owned(),
        n => {
            let mean = match figures.mean {
                Some(mean) => format!("it helped by {} of 5 on average", two(Some(mean))),
                None => lower_first(figures.why.as_deref().unwrap_or(NONE).trim_end_matches('.')),
            };
            let entries = count(n, "piece of support was", "pieces of support were");
            format!(
                "{entries} recorded since the previous assessment, and {} rated by the Practice; {mean}.",
                figures.rated
            )
        }
    };
    let wanted = match figures.wanted {
        0 => String::new(),
        n => format!(
            " Support was requested for {}.",
            count(n, "action of earlier years", "actions of earlier years")
        ),
    };
    format!("{recorded}{wanted}")
}

/// Returns which rating a figure uses, as one word.
pub fn source(source: Source) -> &'static str {
    match source {
        Source::Agreed => "agreed",
        Source::Review => "review",
        Source::SelfRated => "self",
    }
}

/// Returns the sentence with a small first letter, to stand inside another.
pub fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// How to read the figures: a paragraph each.
pub const DEFINITIONS: [&str; 10] = [
    "Ratings go from 1 (not in place) to 5 (in place and sustained); 4 is the expected level. Reports use the agreed rating where there is one, else the reviewer’s, else the Practice’s own, and say which.",
    "An element’s score is the weighted mean of its rated criteria; the overall score is the mean of the elements, each counting the same. Under 80 % answered there is no score. Figures are rounded to the nearest, but never up to a limit: 3.96 is not yet 4, and shows as 3.9.",
    "Bands: strong from 4.0, partial from 3.0, low below. A core criterion at 1 or 2 is a core gap; with a core gap neither the assessment nor the element that the gap is in is strong, whatever its mean.",
    "Drift compares only criteria that are worded the same, or mean the same, in both versions. Net drift is the mean change, gross drift the mean size of the changes. A slip is a fall of one level or more, a gain a rise. Fewer than three pairs in an element are too few to compare.",
    "Moderation puts every rating below 4, and every slip, down to an agreed adaptation (consistent with the framework or not), to unplanned drift, or to nothing yet. An adaptation explains only what it covers, and only while it was agreed and in force on the day the assessment was submitted. Unplanned drift and slips not yet explained count as unexplained. A slip since the first assessment that is not below 4, and no slip since the previous one, was not asked about this year and counts as neither.",
    "Ratings of 3 or below, core gaps and unexplained slips need an action or a reason for none. Support is rated by the Practice’s lead from 1 (did not help) to 5 (helped a great deal); under three ratings there is no mean. A score also reflects the support behind it.",
    "Network drift is the mean of the Practices’ own net drift between two cycles, each Practice counting the same, over those in both with three pairs or more. It rose from +0.10, fell from −0.10, else it held steady. From five Practices it has a 95 % interval; where that holds 0 it may be chance.",
    "A Practice asks for a conversation when its net drift since the previous cycle is −0.25 or lower, or when at least two slips in core criteria, and at least a tenth of the core criteria compared, are unexplained. Practices are listed by name, never by rank.",
    "A median needs three Practices; quartiles (type 7) and the spread between them need five. Below that single values stand, or nothing. A spread is widening when it grows by 0.5 or more. At 4 or above counts scores; strong counts those without a core gap.",
    "Agreement is shown as exact, within one level, bias (self minus review), kappa (Cohen’s, weighted by squares) and AC2 (Gwet 2014, weighted the same). Where most pairs agree within one level AC2 lies near 1 and tells little. Under ten pairs no figure is given. Over several Practices intervals come from leaving out one Practice at a time.",
];

/// Returns how to read the figures, at the end of both reports.
pub fn definitions() -> Vec<Block> {
    vec![Block::heading(1, crate::headings::READING), Block::bullets(DEFINITIONS)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use framework::score::{COVERAGE, PARTIAL_FROM, STRONG_FROM};

    #[test]
    fn the_definitions_say_the_limits_that_figures_go_by() {
        let said = DEFINITIONS.join(" ");
        for limit in [
            format!("Under {COVERAGE} % answered"),
            format!("strong from {STRONG_FROM:.1}, partial from {PARTIAL_FROM:.1}"),
        ] {
            assert!(said.contains(&limit), "{limit}");
        }
    }

    #[test]
    fn figures_read_with_sign_and_without_false_rounding() {
        for (value, text) in [
            (Some(0.25), "+0.25"),
            (Some(-0.4), "−0.40"),
            (Some(0.0), "0.00"),
            (Some(-0.001), "0.00"),
            (None, "–"),
        ] {
            assert_eq!((change(value), signed(value)), (text.to_owned(), text.to_owned()));
        }
        for (value, text) in [
            (Some(0.796), "79\u{a0}%"),
            (Some(0.786), "79\u{a0}%"),
            (Some(0.8), "80\u{a0}%"),
            (Some(1.0), "100\u{a0}%"),
            (Some(0.29), "29\u{a0}%"),
            (None, "–"),
        ] {
            assert_eq!(per_cent(value), text);
        }
        assert_eq!(lower_first("Éa"), "éa");
    }

    #[test]
    fn a_unit_that_is_a_plain_plural_has_a_singular() {
        for (value, unit, text) in [
            (1.0, "changes", "1 change"),
            (2.0, "changes", "2 changes"),
            (1.5, "weeks", "1.5 weeks"),
            (1.0, "working days", "1 working day"),
            (1.0, "% of sessions due", "1 % of sessions due"),
            (
                1.0,
                "% of women who joined as equals",
                "1 % of women who joined as equals",
            ),
            (1.0, "pounds per woman", "1 pounds per woman"),
            (1.0, "", "1"),
        ] {
            assert_eq!(measure(value, unit), text);
        }
    }
}
