//! The rules for the national report. Elements and criteria are named; Practices are counted, never named or ranked.

mod network;

use super::{
    Rule, Shown, Statement, Tile, Value,
    parts::{self, no_figure},
    statement::sentence,
};
use crate::{
    headings::{CRITERIA, IN_SHORT, NETWORK, NOT_COUNTED, PLANS, REVIEW, SLIPS},
    palette::Fill,
};
use framework::report::{NationalPractice, NationalReport, PlanCounts};
use network::{
    comparable, elements, in_both, medians, most_slipped, narrowing, rests_on, since_previous, spread, widening,
};

/// All rules, in order.
pub(super) const RULES: [(&str, &[Rule<NationalReport>]); 8] = [
    ("Who drifts", &[drifting]),
    ("Who is in the figures", &[counted, without_score]),
    (
        "Where the network stands",
        &[overall, at_four, strong, core_gaps, medians],
    ),
    (
        "What moved",
        &[
            since_previous,
            rests_on,
            elements,
            spread,
            widening,
            narrowing,
            most_slipped,
        ],
    ),
    ("How reliable this is", &[comparable, in_both]),
    ("What explains it", &[slips_put_down, unexplained, below_put_down]),
    (
        "How self-rating and review agree",
        &[
            self_and_review,
            within_one,
            kappa,
            beyond_chance,
            reviewers,
            clarifications,
        ],
    ),
    ("Plans, support and evidence", &[plans, all_plans, support, evidence]),
];

/// Returns the figures to see first.
pub(super) fn tiles(report: &NationalReport) -> Vec<Tile> {
    if report.practices.is_empty() {
        return vec![];
    }
    let tile = |label, figure, fill| Tile { label, figure, fill };
    let at = |value: Value, field: &str| value.at(format!("/overall/{field}"), NETWORK);
    let (median, drift) = (report.overall.levels.median, report.overall.drift.net);
    let slips = report.slips.previous;
    let mut tiles = vec![tile(
        "Practices",
        Value::Count(report.practices.len()).at("/practices", NETWORK),
        Fill::None,
    )];
    tiles.extend(median.map(|m| tile("Median score", at(Value::Score(m), "median"), Fill::score(Some(m)))));
    tiles.extend(drift.map(|d| tile("Network drift", at(Value::Change(d), "drift/net"), Fill::drift(Some(d)))));
    if report.previous_cycle.is_some() {
        let drifting = Value::Count(report.drifting.len()).at("/drifting", IN_SHORT);
        tiles.push(tile("Ask for a conversation", drifting, Fill::None));
    }
    tiles.push(tile("With a core gap", with_a_core_gap(report), Fill::None));
    if slips.practices > 0 {
        let unexplained = Value::Count(slips.unexplained).at("/slips/previous/unexplained", SLIPS);
        tiles.extend([
            tile(
                "Slips",
                Value::Count(slips.split.total()).at(SPLIT_OF_SLIPS, SLIPS),
                Fill::None,
            ),
            tile("Unexplained slips", unexplained, Fill::None),
        ]);
    }
    tiles
}

const SPLIT_OF_SLIPS: &str = "/slips/previous/split/*";

fn verb(count: &Shown, one: &'static str, many: &'static str) -> &'static str {
    if matches!(count.value, Value::Count(0 | 1) | Value::Having(0 | 1)) {
        one
    } else {
        many
    }
}

fn practices(n: usize, pointer: &str) -> Shown {
    Value::Count(n).at(pointer, NETWORK).of("Practice", "Practices")
}

/// Returns how many ask for a conversation; the table under the heading names them.
fn drifting(report: &NationalReport) -> Option<Statement> {
    let cycle = Value::Text(report.previous_cycle.as_ref()?.to_string()).at("/previous_cycle", NETWORK);
    let count = Value::Count(report.drifting.len())
        .at("/drifting", IN_SHORT)
        .of("Practice", "Practices")
        .first();
    let words = verb(
        &count,
        " asks for a conversation about what moved since ",
        " ask for a conversation about what moved since ",
    );
    (!report.practices.is_empty()).then(|| count.then(words).shown(cycle).then("."))
}

fn counted(report: &NationalReport) -> Option<Statement> {
    let counted = practices(report.practices.len(), "/practices").first();
    let has = verb(&counted, "has", "have");
    let cycle = Value::Text(report.cycle.to_string()).at("/cycle", NETWORK);
    let counted = counted.then(format!(" {has} a finalised assessment in ")).shown(cycle);
    let others = [
        (
            report.unfinished.len(),
            "/unfinished",
            "has one under way",
            "have one under way",
        ),
        (report.absent.len(), "/absent", "has none", "have none"),
    ];
    let others = others
        .into_iter()
        .filter(|(n, ..)| *n > 0)
        .map(|(n, pointer, one, many)| {
            let count = Value::Count(n).at(pointer, NOT_COUNTED);
            let words = verb(&count, one, many);
            count.then(format!(" {words}"))
        });
    Some(
        Statement::default()
            .listed(std::iter::once(counted).chain(others))
            .then("."),
    )
}

fn without_score(report: &NationalReport) -> Option<Statement> {
    let n = report.practices.iter().filter(|p| p.overall.why.is_some()).count();
    let count = Value::Having(n)
        .at("/practices/*/overall/why", NETWORK)
        .of("Practice", "Practices");
    let words = match count.is_one() {
        true => " has no overall score and is left out of its median.",
        false => " have no overall score and are left out of its median.",
    };
    (n > 0).then(|| count.then(words))
}

fn overall(report: &NationalReport) -> Option<Statement> {
    if report.practices.is_empty() {
        return None;
    }
    let levels = &report.overall.levels;
    let at = |value: f64, field: &str| Value::Score(value).at(format!("/overall/{field}"), NETWORK);
    let n = practices(levels.n, "/overall/n");
    let Some(median) = levels.median else {
        return single_scores(report, n);
    };
    let statement = sentence("The median overall score of ")
        .shown(n)
        .then(" is ")
        .shown(at(median, "median"));
    Some(match levels.q1.zip(levels.q3) {
        None => statement.then("."),
        Some((q1, q3)) => {
            let statement = statement.then("; the middle half lies between ").shown(at(q1, "q1"));
            statement.then(" and ").shown(at(q3, "q3")).then(".")
        }
    })
}

/// Returns the scores one by one, where they are too few for a median.
fn single_scores(report: &NationalReport, n: Shown) -> Option<Statement> {
    let levels = &report.overall.levels;
    let score = |(place, value): (usize, &f64)| {
        let value = Value::Score(*value).at(format!("/overall/values/{place}"), NETWORK);
        Statement::default().shown(value)
    };
    let scores: Vec<Statement> = levels.values.iter().enumerate().map(score).collect();
    let lead = match scores.len() {
        0 => {
            let lead = sentence("There is no median overall score.");
            return no_figure(lead, levels.why.as_ref(), "/overall/why", NETWORK);
        }
        1 => sentence("The overall score of the ").shown(n).then(" is "),
        _ => sentence("The overall scores of the ").shown(n).then(" are "),
    };
    Some(lead.listed(scores).then("."))
}

fn at_four(report: &NationalReport) -> Option<Statement> {
    let levels = &report.overall.levels;
    let share = Value::Share(levels.share_at_4?).at("/overall/share_at_4", NETWORK);
    let words = " of the Practices with a score are at 4 or above.";
    (levels.n > 1).then(|| share.then(words))
}

/// Returns how many of those are banded strong.
fn strong(report: &NationalReport) -> Option<Statement> {
    let levels = &report.overall.levels;
    let strong = Value::Count(levels.strong?).at("/overall/strong", NETWORK);
    let strong = strong.of("Practice", "Practices").first();
    let words = verb(
        &strong,
        " is banded strong: 4 or above, without a core gap.",
        " are banded strong: 4 or above, without a core gap.",
    );
    (levels.n > 1).then(|| strong.then(words))
}

fn with_a_core_gap(report: &NationalReport) -> Shown {
    let gaps = report.practices.iter().filter(|p| !p.overall.core_gaps.is_empty());
    Value::Having(gaps.count()).at("/practices/*/overall/core_gaps", NETWORK)
}

fn core_gaps(report: &NationalReport) -> Option<Statement> {
    let count = with_a_core_gap(report).of("Practice", "Practices").first();
    let words = match count.value {
        Value::Having(0) => " has a core gap.",
        _ => verb(&count, " has at least one core gap.", " have at least one core gap."),
    };
    (!report.practices.is_empty()).then(|| count.then(words))
}

fn slips_put_down(report: &NationalReport) -> Option<Statement> {
    let slips = &report.slips.previous;
    let compared = Value::Count(slips.practices).at("/slips/previous/practices", SLIPS);
    let compared = compared.of("Practice", "Practices");
    let total = Value::Count(slips.split.total())
        .at(SPLIT_OF_SLIPS, SLIPS)
        .of("rating", "ratings");
    let lead = sentence("In the ")
        .shown(compared)
        .then(" with an earlier assessment, ")
        .shown(total)
        .then(" slipped");
    match (slips.practices, slips.split.total()) {
        (0, _) => None,
        (_, 0) => Some(lead.then(".")),
        _ => Some(parts::put_down(
            lead.then(": "),
            &slips.split,
            "/slips/previous/split",
            SLIPS,
        )),
    }
}

fn unexplained(report: &NationalReport) -> Option<Statement> {
    let n = report.slips.previous.unexplained;
    let count = Value::Count(n)
        .at("/slips/previous/unexplained", SLIPS)
        .of("slip", "slips");
    (n > 0).then(|| sentence("No agreed adaptation explains ").shown(count).then("."))
}

fn below_put_down(report: &NationalReport) -> Option<Statement> {
    let none = Value::Count(0).at("/below/*", SLIPS).of("rating", "ratings").first();
    match report.below.total() {
        _ if report.practices.is_empty() => None,
        0 => Some(none.then(" is below 4.")),
        _ => Some(parts::put_down(
            sentence("Of the ratings below 4, "),
            &report.below,
            "/below",
            SLIPS,
        )),
    }
}

fn self_and_review(report: &NationalReport) -> Option<Statement> {
    parts::agreement(&report.agreement, REVIEW).filter(|_| !report.practices.is_empty())
}

fn within_one(report: &NationalReport) -> Option<Statement> {
    parts::within_one(&report.agreement, REVIEW)
}

fn kappa(report: &NationalReport) -> Option<Statement> {
    parts::kappa(&report.agreement, REVIEW)
}

fn beyond_chance(report: &NationalReport) -> Option<Statement> {
    parts::beyond_chance(&report.agreement, REVIEW)
}

fn reviewers(report: &NationalReport) -> Option<Statement> {
    let lead = "Where two people reviewed, neither seeing the other’s ratings at first,";
    parts::reviewers(report.reviewers_agreement.as_ref()?, lead, REVIEW)
}

fn clarifications(report: &NationalReport) -> Option<Statement> {
    let tally = &report.clarifications;
    let count = |n, field: &str| Value::Count(n).at(format!("/clarifications/{field}"), REVIEW);
    let asked = count(tally.asked, "asked").of("criterion rating", "criterion ratings");
    let became = [
        (tally.resolved, "resolved", "resolved"),
        (tally.carried, "carried", "carried on as an action"),
    ];
    let became = became.into_iter().filter(|(n, ..)| *n > 0).map(|(n, field, words)| {
        let count = count(n, field);
        let was = verb(&count, "was", "were");
        count.then(format!(" {was} {words}"))
    });
    let became: Vec<Statement> = became.collect();
    let statement = sentence("Reviewers asked for a clarification on ").shown(asked);
    (tally.asked > 0).then(|| match became.is_empty() {
        true => statement.then("."),
        false => statement.then(": ").listed(became).then("."),
    })
}

/// Returns a number of all Practices' plans, added up.
fn added_up(report: &NationalReport, of: fn(&PlanCounts) -> usize, field: &str) -> (usize, Shown) {
    let plans = report
        .practices
        .iter()
        .map(|practice: &NationalPractice| &practice.plan);
    let n = plans.map(of).sum();
    (n, Value::Count(n).at(format!("/practices/*/plan/{field}"), PLANS))
}

fn plans(report: &NationalReport) -> Option<Statement> {
    let (open, shown_open) = added_up(report, |plan| plan.open, "open");
    let (overdue, shown_overdue) = added_up(report, |plan| plan.overdue, "overdue");
    let (done, shown_done) = added_up(report, |plan| plan.done, "done");
    let shown_open = shown_open.of("action", "actions").first();
    let is = verb(&shown_open, "is", "are");
    let open_words = shown_open.then(format!(" of the Practices in the figures {is} open"));
    let overdue = (overdue > 0).then(|| shown_overdue.then(" of them overdue"));
    let is = verb(&shown_done, "is", "are");
    let parts = [
        Some(open_words),
        overdue,
        Some(shown_done.or_none().then(format!(" {is} done"))),
    ];
    let statement = Statement::default().listed(parts.into_iter().flatten()).then(".");
    (open + done > 0).then_some(statement)
}

/// Returns the open actions of all Practices, where there are more than those of the Practices in the figures.
fn all_plans(report: &NationalReport) -> Option<Statement> {
    let (open, _) = added_up(report, |plan| plan.open, "open");
    let all = report.open_actions;
    let count = |n: usize, field: &str| Value::Count(n).at(format!("/open_actions/{field}"), PLANS);
    let shown = count(all.open, "open").of("action", "actions").first();
    let is = verb(&shown, "is", "are");
    let statement = shown.then(format!(" of all Practices {is} open today"));
    (all.open != open && !report.practices.is_empty()).then(|| match all.overdue {
        0 => statement.then(", none of them overdue."),
        n => statement
            .then(", ")
            .shown(count(n, "overdue"))
            .then(" of them overdue."),
    })
}

fn support(report: &NationalReport) -> Option<Statement> {
    let (recorded, shown_recorded) = added_up(report, |plan| plan.support.recorded, "support/recorded");
    let (_, rated) = added_up(report, |plan| plan.support.rated, "support/rated");
    let (wanted, shown_wanted) = added_up(report, |plan| plan.support.wanted, "support/wanted");
    let shown_recorded = shown_recorded.of("piece of support", "pieces of support").first();
    let was = verb(&shown_recorded, "was", "were");
    let statement = shown_recorded
        .then(format!(" {was} recorded, and the Practices rated "))
        .shown(rated.or_none());
    let shown_wanted = shown_wanted.of("action", "actions");
    match (recorded, wanted) {
        (0, 0) => None,
        (0, _) => Some(
            sentence("Support was requested for ")
                .shown(shown_wanted)
                .then(" of earlier years, and none was recorded."),
        ),
        (_, 0) => Some(statement.then(".")),
        _ => Some(
            statement
                .then("; it was wanted for ")
                .shown(shown_wanted)
                .then(" of earlier years."),
        ),
    }
}

fn evidence(report: &NationalReport) -> Option<Statement> {
    parts::evidence(&report.evidence, CRITERIA)
}
