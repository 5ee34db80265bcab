//! What changed since the version before: what is gone and what is new first.

use super::{element_title, link};
use crate::{
    document::{Block, Cell, Column, Inline, Table},
    markdown, say,
};
use framework::{
    criteria::{Criterion, Framework, Relation},
    crosswalk::{Change, ChangeKind, changes},
};

/// Kinds of change that are listed together, in the order they are listed in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Retired,
    New,
    Altered,
    Reworded,
    Same,
}

impl Group {
    const ALL: [Group; 5] = [Group::Retired, Group::New, Group::Altered, Group::Reworded, Group::Same];

    fn of(kind: ChangeKind) -> Group {
        match kind {
            ChangeKind::Retired => Group::Retired,
            ChangeKind::Relation(Relation::New) => Group::New,
            ChangeKind::Relation(Relation::Subset | Relation::Superset | Relation::Intersects) => Group::Altered,
            ChangeKind::Relation(Relation::Equivalent) => Group::Reworded,
            ChangeKind::Relation(Relation::Equal) => Group::Same,
        }
    }

    fn title(self) -> &'static str {
        match self {
            Group::Retired => "Retired",
            Group::New => "New",
            Group::Altered => "Changed in what they ask",
            Group::Reworded => "Reworded, same meaning",
            Group::Same => "Same words",
        }
    }

    fn id(self) -> &'static str {
        match self {
            Group::Retired => "changes-retired",
            Group::New => "changes-new",
            Group::Altered => "changes-altered",
            Group::Reworded => "changes-reworded",
            Group::Same => "changes-same",
        }
    }
}

/// Returns the id of the heading under which criteria of a kind are listed.
pub(super) fn id(kind: ChangeKind) -> &'static str {
    Group::of(kind).id()
}

/// Every row of the crosswalk; criteria lead back to where they stand in full.
pub(super) fn blocks(older: &Framework, newer: &Framework) -> Vec<Block> {
    let all = changes(older, newer);
    let comparable = all.iter().filter(|change| change.kind.comparable()).count();
    let mut blocks = vec![
        Block::heading(1, format!("Changes since {}", older.version)),
        Block::text(format!(
            "{comparable} of {} can be compared with {}: only these count when ratings under the two versions are held \
             against each other.",
            say::count(newer.criteria.len(), "criterion", "criteria"),
            older.version
        )),
        kinds(&all),
    ];
    for group in Group::ALL {
        let changes: Vec<&Change> = all.iter().filter(|change| Group::of(change.kind) == group).collect();
        if changes.is_empty() {
            continue;
        }
        blocks.push(Block::Heading {
            level: 2,
            text: group.title().to_owned(),
            id: group.id().to_owned(),
        });
        blocks.push(Block::Table(match group {
            Group::Retired => retired(older, &changes),
            Group::New => new(older, newer, &changes),
            Group::Altered => changed(
                older,
                newer,
                &changes,
                "Criteria that ask for more, less or other things",
                true,
            ),
            Group::Reworded => changed(
                older,
                newer,
                &changes,
                "Criteria that ask the same in other words",
                false,
            ),
            Group::Same => same(newer, &changes),
        }));
    }
    blocks
}

/// Returns how many criteria are of each kind, and whether their ratings are compared.
fn kinds(all: &[Change]) -> Block {
    let row = |kind: ChangeKind| {
        let count = all.iter().filter(|change| change.kind == kind).count();
        let name = Inline::reference(kind.words(), id(kind));
        let compared = if kind.comparable() { "Yes" } else { "No" };
        (count > 0).then(|| {
            vec![
                Cell::inlines(vec![name]),
                Cell::text(kind.name()),
                Cell::text(count.to_string()),
                Cell::text(compared),
            ]
        })
    };
    Block::Table(Table {
        caption: "Kinds of change, and what files call them".into(),
        columns: vec![
            Column::new("Kind").weight(3.0),
            Column::new("In files").weight(1.2),
            Column::new("Criteria").weight(1.0).centred(),
            Column::new("Ratings compared").weight(1.4).centred(),
        ],
        rows: ChangeKind::ALL.into_iter().rev().filter_map(row).collect(),
        row_header: Some(0),
    })
}

fn retired(older: &Framework, changes: &[&Change]) -> Table {
    let row = |then: &Criterion| {
        vec![
            Cell::text(then.title.clone()),
            Cell::text(element_title(older, then)),
            Cell::inlines(markdown::inlines(&then.asks)),
        ]
    };
    let criteria = changes.iter().flat_map(|change| &change.of);
    Table {
        caption: format!("Criteria of {} that are no longer asked", older.version),
        columns: vec![
            Column::new(format!("Criterion of {}", older.version)).weight(2.2),
            Column::new("Element").weight(1.5),
            Column::new("What it asked").weight(3.6),
        ],
        rows: criteria.filter_map(|id| older.criterion(id)).map(row).collect(),
        row_header: Some(0),
    }
}

fn new(older: &Framework, newer: &Framework, changes: &[&Change]) -> Table {
    let row = |(now, change): (&Criterion, &Change)| {
        vec![
            Cell::inlines(vec![link(now)]),
            Cell::text(element_title(newer, now)),
            Cell::inlines(markdown::inlines(&change.change)),
        ]
    };
    Table {
        caption: format!("Criteria that {} did not have", older.version),
        columns: vec![
            Column::new("Criterion").weight(2.2),
            Column::new("Element").weight(1.5),
            Column::new("Why it is here").weight(3.6),
        ],
        rows: now(newer, changes).map(row).collect(),
        row_header: Some(0),
    }
}

/// Criteria beside what they were, with the kind of change where `kinds` differ.
fn changed(older: &Framework, newer: &Framework, changes: &[&Change], caption: &str, kinds: bool) -> Table {
    let row = |(now, change): (&Criterion, &Change)| {
        let kind = kinds.then(|| Cell::text(change.kind.words()));
        let cells = [
            Some(Cell::inlines(vec![link(now)])),
            Some(Cell::text(titles_then(older, now, change))),
            kind,
            Some(Cell::inlines(markdown::inlines(&change.change))),
        ];
        cells.into_iter().flatten().collect()
    };
    let columns = [
        Some(Column::new("Criterion").weight(2.2)),
        Some(Column::new(format!("In {}", older.version)).weight(1.8)),
        kinds.then(|| Column::new("Kind").weight(1.2)),
        Some(Column::new("What changed").weight(2.6)),
    ];
    Table {
        caption: caption.to_owned(),
        columns: columns.into_iter().flatten().collect(),
        rows: now(newer, changes).map(row).collect(),
        row_header: Some(0),
    }
}

/// Returns what a criterion was called, or what those were called that it comes from.
fn titles_then(older: &Framework, now: &Criterion, change: &Change) -> String {
    let then = change.of.iter().filter_map(|id| older.criterion(id));
    let titles: Vec<String> = then
        .map(|then| match then.title == now.title {
            true => "The same title".to_owned(),
            false => format!("“{}”", then.title),
        })
        .collect();
    titles.join("\n")
}

fn same(newer: &Framework, changes: &[&Change]) -> Table {
    let row =
        |(now, _): (&Criterion, &Change)| vec![Cell::inlines(vec![link(now)]), Cell::text(element_title(newer, now))];
    Table {
        caption: "Criteria whose title, question and anchors are word for word the same".into(),
        columns: vec![Column::new("Criterion").weight(4.0), Column::new("Element").weight(2.0)],
        rows: now(newer, changes).map(row).collect(),
        row_header: Some(0),
    }
}

/// Each change with the criterion of the newer version that it speaks of.
fn now<'a>(newer: &'a Framework, changes: &'a [&'a Change]) -> impl Iterator<Item = (&'a Criterion, &'a Change)> {
    let criterion = |change: &Change| newer.criterion(change.criterion.as_ref()?);
    changes
        .iter()
        .filter_map(move |change| Some((criterion(change)?, *change)))
}
