//! What low ratings and slips are put down to, and what was agreed, as both reports show it.

use crate::{
    charts::{self, Stack},
    document::{Block, Cell, Column, Table},
    palette::Fill,
    say,
};
use framework::{
    assessment::AdaptationClass,
    day,
    report::{RegisterReport, Registered, Split},
};

/// A class as it stands in charts and tables, and in a sentence after a number.
struct Named {
    class: AdaptationClass,
    short: &'static str,
    said: &'static str,
    fill: Fill,
}

/// The four classes in the order of charts.
const CLASSES: [Named; 4] = [
    Named {
        class: AdaptationClass::Consistent,
        short: "Agreed, consistent",
        said: "agreed and consistent",
        fill: Fill::Strong,
    },
    Named {
        class: AdaptationClass::NotConsistent,
        short: "Agreed, not consistent",
        said: "agreed but not consistent",
        fill: Fill::Partial,
    },
    Named {
        class: AdaptationClass::Unplanned,
        short: "Unplanned drift",
        said: "unplanned drift",
        fill: Fill::Low,
    },
    Named {
        class: AdaptationClass::Unexplained,
        short: "Not yet explained",
        said: "not yet explained",
        fill: Fill::Absent,
    },
];

/// Returns a class in few words.
pub(crate) fn class(class: Option<AdaptationClass>) -> &'static str {
    let named = CLASSES.iter().find(|one| Some(one.class) == class);
    named.map_or(say::NONE, |one| one.short)
}

/// Returns the classes that were given, in few words and how often.
pub(crate) fn given(split: &Split) -> impl Iterator<Item = (AdaptationClass, &'static str, usize)> {
    let counts = CLASSES.iter().map(|one| (one.class, one.said, split.of(one.class)));
    counts.filter(|(.., n)| *n > 0)
}

/// `2 agreed and consistent, 1 agreed but not consistent, 4 not yet explained`; nothing where nothing was counted.
fn counts(split: &Split) -> String {
    let parts: Vec<String> = given(split).map(|(_, said, n)| format!("{n} {said}")).collect();
    parts.join(", ")
}

/// `7, of them 2 agreed and consistent, 5 not yet explained`
pub(crate) fn total(split: &Split) -> String {
    match split.total() {
        0 => "none".to_owned(),
        n => format!("{n}, of them {}", counts(split)),
    }
}

/// Several splits as bars; nothing where nothing was counted.
pub(crate) fn chart(width: f32, title: impl Into<String>, items: &[(String, Split)]) -> Option<Block> {
    let parts = CLASSES.map(|one| (one.short, one.fill));
    let stack = |(label, split): &(String, Split)| Stack {
        label: label.clone(),
        counts: CLASSES.iter().map(|one| split.of(one.class)).collect(),
    };
    let stacks: Vec<Stack> = items.iter().map(stack).collect();
    let alt: Vec<String> = items
        .iter()
        .map(|(label, split)| format!("{label}: {}", total(split)))
        .collect();
    stacks.iter().any(|stack| stack.total() > 0).then(|| {
        say::figure(
            charts::stacked_bars(width, &parts, &stacks),
            title,
            alt.join(". "),
            "Only what was agreed and in force on the day the assessment was submitted explains a low rating or a slip.",
        )
    })
}

/// Returns the same as a table.
pub(crate) fn table(caption: &str, first: &str, items: &[(String, Split)]) -> Block {
    let columns = std::iter::once(Column::new(first).weight(2.6))
        .chain([Column::new("All").weight(0.6).centred()])
        .chain(CLASSES.map(|one| Column::new(one.short).weight(1.3).centred()))
        .collect();
    let row = |(label, split): &(String, Split)| {
        let counts = CLASSES.map(|one| Cell::text(split.of(one.class).to_string()));
        [Cell::text(label.clone()), Cell::text(split.total().to_string())]
            .into_iter()
            .chain(counts)
            .collect()
    };
    Block::Table(Table {
        caption: caption.to_owned(),
        columns,
        rows: items.iter().map(row).collect(),
        row_header: Some(0),
    })
}

/// Returns what held on the day, and what was over; with a column for whose it is where several Practices stand together.
pub(crate) fn register(caption: &str, of: &[(Option<&str>, &RegisterReport)]) -> Option<Block> {
    let several = of.iter().any(|(name, _)| name.is_some());
    let mut columns = vec![
        Column::new("Adaptation").weight(2.4),
        Column::new("On that day").weight(1.6),
        Column::new("Since").weight(1.2),
        Column::new("Until").weight(1.2),
        Column::new("Criteria").weight(3.0),
    ];
    if several {
        columns.insert(0, Column::new("Practice").weight(1.6));
    }
    let rows: Vec<Vec<Cell>> = of
        .iter()
        .flat_map(|(name, report)| {
            let in_force = report.in_force.iter().map(|one| (one, class(one.class)));
            let expired = report.expired.iter().map(|one| (one, "Over: explains nothing"));
            in_force.chain(expired).map(|(one, state)| {
                let name = name.map(Cell::text);
                name.into_iter().chain(entry(one, state)).collect()
            })
        })
        .collect();
    (!rows.is_empty()).then(|| {
        Block::Table(Table {
            caption: caption.to_owned(),
            columns,
            rows,
            row_header: Some(0),
        })
    })
}

/// Slips since the first assessment that are in no class; nothing where there are none.
pub(crate) fn not_asked(slips: usize, since: &str) -> Option<Block> {
    let were = if slips == 1 { "was" } else { "were" };
    (slips > 0).then(|| {
        Block::text(format!(
            "{} since {since} {were} not asked about this year: not below 4, and no slip since the previous assessment. Such a slip counts neither as explained nor as unexplained.",
            say::count(slips, "slip", "slips"),
        ))
    })
}

fn entry(one: &Registered, state: &str) -> [Cell; 5] {
    let criteria: Vec<&str> = one.criteria.iter().map(|c| c.title.as_str()).collect();
    [
        Cell::text(one.title.clone()),
        Cell::text(state),
        Cell::text(day::words(one.since)),
        Cell::text(one.until.map_or_else(|| "No end".to_owned(), day::words)),
        Cell::text(criteria.join("; ")),
    ]
}
