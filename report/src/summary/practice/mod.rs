//! The rules for a Practice's report: what moved, how sure that is, what explains it, what to look at next.

mod drift;

use super::{
    Rule, Statement, Tile, Value,
    parts::{self, NAMED, named, no_figure, title},
    statement::sentence,
};
use crate::{
    headings::{self, CORE_GAPS, CRITERIA, EXPLAINED, PLAN, REVIEW, SCORES, SUPPORT},
    palette::Fill,
    say,
};
use drift::{
    elements, elements_too_few, gains_and_slips, largest_gain, largest_slip, of_previous, pairs, since_baseline,
    since_previous,
};
use framework::{
    lifecycle::Status,
    plan::Reply,
    report::{AskLine, Moved, PracticeReport},
};

/// All rules, in order.
pub(super) const RULES: [(&str, &[Rule<PracticeReport>]); 6] = [
    ("Where the Practice stands", &[overall, core_gaps, support]),
    (
        "What moved",
        &[
            since_previous,
            gains_and_slips,
            largest_gain,
            largest_slip,
            elements,
            since_baseline,
        ],
    ),
    ("How reliable this is", &[pairs, elements_too_few, coverage, not_final]),
    ("What explains it", &[slips_put_down, below_put_down, adaptations]),
    (
        "How self-rating and review agree",
        &[self_and_review, within_one, kappa, beyond_chance, reviewers],
    ),
    (
        "What to look at next",
        &[gaps_without_reply, unexplained, asks, overdue, evidence],
    ),
];

/// Returns the figures to see first.
pub(super) fn tiles(report: &PracticeReport) -> Vec<Tile> {
    let tile = |label, figure, fill| Tile { label, figure, fill };
    let score = report.overall.score;
    let shown = score.map(|score| Value::Score(score).at("/overall/score", SCORES));
    let gaps = report.core_gaps.len();
    let gap_fill = if gaps > 0 { Fill::Gap } else { Fill::None };
    let mut tiles: Vec<Tile> = shown
        .map(|figure| tile("Overall score", figure, Fill::score(score)))
        .into_iter()
        .collect();
    tiles.push(tile(
        "Core gaps",
        Value::Count(gaps).at("/core_gaps", CORE_GAPS),
        gap_fill,
    ));
    if let Some((figures, net)) = drift::previous(report) {
        let count =
            |label, moved: &[Moved], field| tile(label, of_previous(Value::Count(moved.len()), field), Fill::None);
        let net = tile(
            "Net drift",
            of_previous(Value::Change(net), "net"),
            Fill::drift(Some(net)),
        );
        tiles.extend([
            net,
            count("Gains", &figures.gains, "gains"),
            count("Slips", &figures.slips, "slips"),
            count("Unexplained slips", &figures.unexplained, "unexplained"),
        ]);
    }
    tiles
}

fn overall(report: &PracticeReport) -> Option<Statement> {
    let overall = &report.overall;
    let (Some(score), Some(band)) = (overall.score, overall.band) else {
        return no_figure(
            sentence("There is no overall score."),
            overall.why.as_ref(),
            "/overall/why",
            SCORES,
        );
    };
    let score = Value::Score(score).at("/overall/score", SCORES);
    let band = Value::Band(band).at("/overall/band", SCORES);
    Some(
        sentence("The overall score is ")
            .shown(score)
            .then(" of 5, band ")
            .shown(band)
            .then("."),
    )
}

fn core_gaps(report: &PracticeReport) -> Option<Statement> {
    let gaps = &report.core_gaps;
    let count = Value::Count(gaps.len())
        .at("/core_gaps", CORE_GAPS)
        .of("core gap", "core gaps");
    if gaps.is_empty() {
        return Some(sentence("There is ").shown(count).then("."));
    }
    let (be, hold) = if count.is_one() {
        ("is", "holds")
    } else {
        ("are", "hold")
    };
    let statement = match report.overall.is_capped_by_core_gap() {
        true => sentence("The mean alone would be strong, but ")
            .shown(count)
            .then(format!(" {hold} it back")),
        false => sentence(format!("There {be} ")).shown(count).then(", rated 1 or 2"),
    };
    let titles = gaps.iter().enumerate();
    let titles = titles.map(|(i, gap)| {
        let heading = headings::criterion(&gap.criterion);
        title(&gap.title, format!("/core_gaps/{i}/title"), &heading)
    });
    Some(named(statement, titles.collect()).then("."))
}

fn support(report: &PracticeReport) -> Option<Statement> {
    let support = &report.plan.support;
    let count = |n, field: &str| Value::Count(n).at(format!("/plan/support/{field}"), SUPPORT);
    let wanted = count(support.wanted, "wanted").of("action", "actions");
    if support.recorded == 0 {
        let lead = sentence("Support was requested for ").shown(wanted);
        let none = " of earlier years, and none was recorded since the previous assessment.";
        return (support.wanted > 0).then(|| lead.then(none));
    }
    let recorded = count(support.recorded, "recorded").of("piece of support", "pieces of support");
    let was = if recorded.is_one() { "was" } else { "were" };
    let statement = sentence("A score also reflects the support behind it: ").shown(recorded);
    let statement = statement.then(format!(" {was} recorded since the previous assessment"));
    let statement = match support.mean {
        Some(mean) => {
            let mean = Value::Two(mean).at("/plan/support/mean", SUPPORT);
            statement
                .then(", which helped by ")
                .shown(mean)
                .then(" of 5 on average")
        }
        None => statement
            .then(", of which the Practice rated ")
            .shown(count(support.rated, "rated").or_none()),
    };
    Some(match support.wanted {
        0 => statement.then("."),
        _ => statement
            .then("; it was wanted for ")
            .shown(wanted)
            .then(" of earlier years."),
    })
}

fn coverage(report: &PracticeReport) -> Option<Statement> {
    let coverage = Value::Share(report.overall.coverage?).at("/overall/coverage", SCORES);
    let statement = coverage.then(" of the applicable criteria are rated");
    let sources = &report.sources;
    let counts = [
        (sources.agreed, "agreed", "agreed"),
        (sources.review, "review", "by the reviewer"),
        (sources.self_rated, "self_rated", "by the Practice alone"),
    ];
    let counts = counts.into_iter().filter(|(n, ..)| *n > 0).map(|(n, field, words)| {
        Value::Count(n)
            .at(format!("/sources/{field}"), SCORES)
            .then(format!(" {words}"))
    });
    let counts: Vec<Statement> = counts.collect();
    Some(match counts.is_empty() {
        true => statement.then("."),
        false => statement.then(": ").listed(counts).then("."),
    })
}

fn not_final(report: &PracticeReport) -> Option<Statement> {
    let status = Value::Status(report.status).at("/status", SCORES);
    let under_way = || {
        sentence("The assessment is not final (")
            .shown(status)
            .then("): its figures may still change.")
    };
    (report.status != Status::Finalised).then(under_way)
}

fn slips_put_down(report: &PracticeReport) -> Option<Statement> {
    let split = &report.drift.previous.as_ref()?.split;
    let lead = || sentence("Of the slips, ");
    (split.total() > 0).then(|| parts::put_down(lead(), split, "/drift/previous/split", EXPLAINED))
}

fn below_put_down(report: &PracticeReport) -> Option<Statement> {
    Some(match report.below.total() {
        0 => {
            let none = Value::Count(0).at("/below/*", EXPLAINED).of("criterion", "criteria");
            none.first().then(" is rated below 4.")
        }
        _ => parts::put_down(
            sentence("Of the criteria rated below 4, "),
            &report.below,
            "/below",
            EXPLAINED,
        ),
    })
}

fn adaptations(report: &PracticeReport) -> Option<Statement> {
    let register = &report.register;
    let count = |n, field: &str| Value::Count(n).at(format!("/register/{field}"), EXPLAINED);
    let (held, over) = (register.in_force.len(), register.expired.len());
    let held_words = count(held, "in_force").of("agreed adaptation", "agreed adaptations");
    let was = |n| if n > 1 { "were" } else { "was" };
    // a draft looks at the register of today
    let lead = match (report.status, register.day) {
        (Status::Draft, Some(day)) => format!("On {}, the day this report was made, ", say::day(day)),
        _ => "When the assessment was submitted, ".to_owned(),
    };
    let statement = sentence(lead).shown(held_words);
    let statement = statement.then(format!(" {} in force", was(held)));
    match (held, over) {
        (0, 0) => None,
        (_, 0) => Some(statement.then(".")),
        _ => Some(
            statement
                .then(", and ")
                .shown(count(over, "expired"))
                .then(format!(" {} over.", was(over))),
        ),
    }
}

fn self_and_review(report: &PracticeReport) -> Option<Statement> {
    parts::agreement(&report.agreement, REVIEW)
}

fn within_one(report: &PracticeReport) -> Option<Statement> {
    parts::within_one(&report.agreement, REVIEW)
}

fn kappa(report: &PracticeReport) -> Option<Statement> {
    parts::kappa(&report.agreement, REVIEW)
}

fn beyond_chance(report: &PracticeReport) -> Option<Statement> {
    parts::beyond_chance(&report.agreement, REVIEW)
}

fn reviewers(report: &PracticeReport) -> Option<Statement> {
    let lead = "Two people reviewed, neither seeing the other’s ratings at first:";
    parts::reviewers(report.reviewers_agreement.as_ref()?, lead, REVIEW)
}

fn gaps_without_reply(report: &PracticeReport) -> Option<Statement> {
    let lines = report.plan.asks.as_ref()?.lines.iter().enumerate();
    let is_gap = |line: &AskLine| report.core_gaps.iter().any(|gap| gap.criterion == line.criterion);
    let waiting = lines.filter(|(_, line)| line.reply == Reply::Missing && is_gap(line));
    let titles = waiting.map(|(i, line)| title(&line.title, format!("/plan/asks/lines/{i}/title"), PLAN));
    let titles: Vec<Statement> = titles.collect();
    let lead = match titles.len() {
        0 => return None,
        1 => "This core gap comes first, for it has neither an action nor a reason for none",
        _ => "These core gaps come first, for they have neither an action nor a reason for none",
    };
    Some(named(sentence(lead), titles).then("."))
}

fn unexplained(report: &PracticeReport) -> Option<Statement> {
    let slips = &report.drift.previous.as_ref()?.unexplained;
    // core gaps are named already
    let is_gap = |slip: &Moved| report.core_gaps.iter().any(|gap| gap.criterion == slip.criterion);
    let mut order: Vec<(usize, &Moved)> = slips.iter().enumerate().collect();
    order.sort_by_key(|(_, slip)| (is_gap(slip), !slip.core, slip.d));
    let titles = order.into_iter().take(NAMED + 1).map(|(i, slip)| {
        let heading = headings::criterion(&slip.criterion);
        title(&slip.title, format!("/drift/previous/unexplained/{i}/title"), &heading)
    });
    let count = of_previous(Value::Count(slips.len()), "unexplained").of("slip", "slips");
    let words = match count.is_one() {
        true => " is worth a conversation, as no agreed adaptation explains it",
        false => " are worth a conversation, as no agreed adaptation explains them",
    };
    (!slips.is_empty()).then(|| named(count.then(words), titles.collect()).then("."))
}

fn asks(report: &PracticeReport) -> Option<Statement> {
    let asks = report.plan.asks.as_ref()?;
    let count = |n, field: &str| Value::Count(n).at(format!("/plan/asks/{field}"), PLAN);
    let criteria = count(asks.criteria, "criteria").of("criterion", "criteria").first();
    if asks.criteria == 0 {
        return Some(criteria.then(" needs an action."));
    }
    let ask = if criteria.is_one() { "needs" } else { "need" };
    let replies = [
        (asks.with_action, "with_action", "an action"),
        (asks.with_reason, "with_reason", "a reason for none"),
        (asks.missing, "missing", "no plan yet"),
    ];
    let replies = replies.into_iter().filter(|(n, ..)| *n > 0).map(|(n, field, what)| {
        let has = if n == 1 { "has" } else { "have" };
        count(n, field).then(format!(" {has} {what}"))
    });
    Some(criteria.then(format!(" {ask} an action: ")).listed(replies).then("."))
}

fn overdue(report: &PracticeReport) -> Option<Statement> {
    let actions = &report.plan.actions;
    let n = actions.iter().filter(|line| line.overdue).count();
    let count = Value::Having(n)
        .at("/plan/actions/*/overdue", PLAN)
        .of("action", "actions");
    let (was, is) = if count.is_one() { ("was", "is") } else { ("were", "are") };
    let day = Value::Day(report.plan.day).at("/plan/day", PLAN);
    let statement = count.then(format!(" {was} due before ")).shown(day);
    (n > 0).then(|| statement.then(format!(" and {is} still open.")))
}

fn evidence(report: &PracticeReport) -> Option<Statement> {
    parts::evidence(&report.evidence, CRITERIA)
}
