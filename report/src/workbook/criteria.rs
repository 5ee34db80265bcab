//! The worksheets of a Practice's criteria, and of what stands behind them.

use super::table::{Cell, Sheet, Table, Width};
use crate::say;
use framework::{
    local,
    report::{PracticeCriterion, PracticeReport},
};

/// Every criterion.
pub(super) fn criteria(report: &PracticeReport) -> Sheet<'_> {
    let gaps = &report.overall.core_gaps;
    let table = names(Table::of(&report.criteria), |c| c).column(
        "Core gap",
        Width::Narrow,
        "Is it core, and rated 1 or 2?",
        |c| Cell::yes(gaps.contains(&c.id)),
    );
    review(texts(ratings(table))).named(
        "Criteria",
        "Every criterion with its ratings and everything that was said on it.",
    )
}

type Criteria<'a> = Table<'a, &'a PracticeCriterion>;

/// Returns which criterion a row is about.
fn names<'a, R: 'a>(table: Table<'a, R>, of: impl Fn(&R) -> &'a PracticeCriterion + Copy + 'a) -> Table<'a, R> {
    table
        .column("Criterion", Width::Line, "The statement.", move |row| {
            Cell::text(&of(row).title)
        })
        .column("Criterion id", Width::Name, "The same in every version.", move |row| {
            Cell::text(of(row).id.as_str())
        })
        .column("Element id", Width::Name, "The element it belongs to.", move |row| {
            Cell::text(of(row).element.as_str())
        })
        .column("Core", Width::Narrow, "Is it a core criterion?", move |row| {
            Cell::yes(of(row).core)
        })
}

fn ratings(table: Criteria<'_>) -> Criteria<'_> {
    table
        .column("Self-rating", Width::Narrow, "The Practice’s own rating.", |c| {
            Cell::level(c.self_rating)
        })
        .column(
            "Review rating",
            Width::Narrow,
            "The review’s: of one reviewer, or of two together.",
            |c| Cell::level(c.review_rating),
        )
        .column("Agreed rating", Width::Narrow, "Set or confirmed at moderation.", |c| {
            Cell::level(c.agreed_rating)
        })
        .column("Rating used", Width::Narrow, "The rating that the figures use.", |c| {
            Cell::level(c.used)
        })
        .column("Source", Width::Figure, "Which of the three that is.", |c| {
            Cell::maybe(c.source.map(say::source))
        })
        .column("Not applicable", Width::Narrow, "Is it set aside?", |c| {
            Cell::yes(c.not_applicable)
        })
        .column("Why not applicable", Width::Line, "Why it does not apply.", |c| {
            Cell::prose(&c.reason)
        })
        .column("Measure", Width::Figure, "The counted value.", |c| {
            Cell::number(c.measure)
        })
        .column("Unit", Width::Figure, "Its unit, on a counted criterion.", |c| {
            Cell::maybe(c.unit.as_deref())
        })
        .column(
            "Supported rating",
            Width::Narrow,
            "The highest rating that the value supports.",
            |c| Cell::level(c.supported),
        )
        .column(
            "Previous rating",
            Width::Narrow,
            "In the previous assessment, where comparable.",
            |c| Cell::level(c.previous),
        )
        .column("Drift", Width::Narrow, "Rating used − previous rating.", |c| {
            c.d.map_or(Cell::None, Cell::Step)
        })
        .column(
            "Explained by",
            Width::Line,
            "What a low rating or a slip is put down to.",
            |c| Cell::maybe(c.class.map(|class| class.name())),
        )
}

fn texts(table: Criteria<'_>) -> Criteria<'_> {
    table
        .column(
            "Rests on",
            Width::Name,
            "The adaptation that moderation named for it.",
            |c| Cell::maybe(c.named.as_deref()),
        )
        .column(
            "Evidence",
            Width::Prose,
            "Describe your evidence. Items that are cited have a worksheet.",
            |c| Cell::prose(&c.evidence),
        )
        .column("Comment", Width::Prose, "Anything else that the Practice says.", |c| {
            Cell::prose(&c.comment)
        })
        .column(
            "Done differently",
            Width::Prose,
            "What the Practice does differently.",
            |c| Cell::prose(&c.adaptation),
        )
}

fn review(table: Criteria<'_>) -> Criteria<'_> {
    let table = table
        .column("Reviewer’s comment", Width::Prose, "What the review says.", |c| {
            Cell::prose(&c.review_comment)
        })
        .column("Reviewer’s question", Width::Prose, "What the review asks.", |c| {
            Cell::prose(&c.review_question)
        })
        .column(
            "Clarification",
            Width::Figure,
            "Where a question stands. What was said has a worksheet.",
            |c| Cell::maybe(c.clarification.as_ref().map(|thread| thread.state.name())),
        )
        .column(
            "How it was agreed",
            Width::Prose,
            "How the agreed rating was reached.",
            |c| Cell::prose(&c.agreement_comment),
        );
    let readings = ["First", "Second"].into_iter().zip(0..);
    readings.fold(table, |table, (which, place): (_, usize)| {
        let means = "Of two reviewers, before either saw the other’s.";
        table
            .column(format!("{which} reviewer’s rating"), Width::Narrow, means, move |c| {
                Cell::level(c.readings.get(place).and_then(|reading| reading.rating))
            })
            .column(format!("{which} reviewer’s comment"), Width::Prose, means, move |c| {
                c.readings
                    .get(place)
                    .map_or(Cell::None, |reading| Cell::prose(&reading.comment))
            })
    })
}

/// Every citation of an item of evidence.
pub(super) fn evidence<'a>(report: &'a PracticeReport) -> Sheet<'a> {
    let cited = |c: &'a PracticeCriterion| c.cited.iter().map(move |item| (c, item));
    let rows = report.criteria.iter().flat_map(cited);
    names(Table::of(rows), |(c, _)| c)
        .column("Item", Width::Line, "What the item is called.", |(_, item)| {
            Cell::text(item.title.as_str())
        })
        .column("Kind", Width::Narrow, "A file, a link or a note.", |(_, item)| {
            Cell::text(item.kind.name())
        })
        .column(
            "Item’s version",
            Width::Narrow,
            "Which version of the item is cited.",
            |(_, item)| Cell::Whole(item.version.into()),
        )
        .column("Shows", Width::Prose, "What it shows.", |(_, item)| {
            Cell::text(item.shows.as_str())
        })
        .column("True of", Width::Figure, "Date it relates to.", |(_, item)| {
            Cell::Day(item.true_of)
        })
        .column(
            "Review by",
            Width::Figure,
            "The day by which to look at it again.",
            |(_, item)| Cell::day(item.review_by),
        )
        .column(
            "Expired",
            Width::Narrow,
            "Was that day over on the report’s day?",
            |(_, item)| Cell::yes(item.expired),
        )
        .column("File", Width::Name, "The file’s name.", |(_, item)| {
            Cell::maybe(item.file.as_ref().map(|file| file.name.as_str()))
        })
        .column("Bytes", Width::Figure, "The file’s length.", |(_, item)| {
            // a file has at most 20 MB
            item.file
                .as_ref()
                .map_or(Cell::None, |file| Cell::Whole(file.size as i64))
        })
        .column("Link", Width::Line, "The address, of a link.", |(_, item)| {
            Cell::maybe(item.link.as_ref().map(|link| link.as_str()))
        })
        .column("Note", Width::Prose, "The text, of a note.", |(_, item)| {
            Cell::prose(&item.note)
        })
        .named(
            "Evidence",
            "The items of evidence that are cited: a row for each on each criterion.",
        )
}

/// Every message of a clarification.
pub(super) fn clarifications<'a>(report: &'a PracticeReport) -> Sheet<'a> {
    let said = |c: &'a PracticeCriterion| {
        let threads = c.clarification.iter();
        threads.flat_map(move |thread| thread.messages.iter().map(move |message| (c, thread, message)))
    };
    let rows = report.criteria.iter().flat_map(said);
    names(Table::of(rows), |(c, ..)| c)
        .column("State", Width::Name, "Where the question stands.", |(_, thread, _)| {
            Cell::text(thread.state.name())
        })
        .column(
            "Said by",
            Width::Figure,
            "The Practice, or National Pause.",
            |(.., message)| Cell::text(message.side.name()),
        )
        .column("Day", Width::Figure, "When it was said.", |(.., message)| {
            Cell::Day(local::date(message.at))
        })
        .column("Text", Width::Prose, "What was said.", |(.., message)| {
            Cell::text(message.text.as_str())
        })
        .named("Clarifications", "What was asked and answered in the review.")
}
