//! Holds every sentence of a summary against the report as JSON and against the document it stands in.

use framework::report::{NationalReport, PracticeReport};
use report::{
    charts::PAPER,
    document::{Block, Cell, Document, Inline, Target, slug},
    national, practice, say,
    summary::{self, Shown, Statement, Summary, Value},
};
use serde_json::Value as Json;
use std::collections::{BTreeSet, HashMap};

/// Returns a Practice's summary, each sentence held.
pub fn of_practice(report: &PracticeReport) -> Summary {
    let json = serde_json::to_value(report).unwrap();
    hold(summary::of_practice(report), &json, &practice::document(report, PAPER))
}

/// Returns the national summary, each sentence held.
pub fn of_network(report: &NationalReport) -> Summary {
    let json = serde_json::to_value(report).unwrap();
    hold(summary::of_network(report), &json, &national::document(report, PAPER))
}

/// Returns what a summary says under a lead.
pub fn under(summary: &Summary, lead: &str) -> Vec<String> {
    let topic = summary.topics.iter().find(|topic| topic.lead == lead);
    let statements = topic.map(|topic| topic.statements.iter().map(Statement::text));
    statements.into_iter().flatten().collect()
}

fn hold(summary: Summary, report: &Json, document: &Document) -> Summary {
    let sections = sections(document);
    let summarised = summarised(document);
    for tile in &summary.tiles {
        hold_figure(&tile.figure, report, &sections);
    }
    let (mut texts, mut rests) = (BTreeSet::new(), BTreeSet::new());
    for statement in summary.statements() {
        let text = statement.text();
        for figure in statement.figures() {
            hold_figure(figure, report, &sections);
            assert!(text.contains(&figure.words), "{text}: {figure:?}");
        }
        let inlines: Vec<Inline> = statement.inlines().collect();
        let runs = summarised.windows(inlines.len().max(1));
        assert!(
            runs.into_iter().any(|run| run == inlines),
            "{text} is not in the document"
        );
        let headings: BTreeSet<&str> = statement.figures().map(|figure| figure.heading.as_str()).collect();
        let links: Vec<&str> = inlines.iter().filter_map(link).collect();
        assert_eq!(links.len(), headings.len(), "{text}: {links:?}");
        assert_eq!(BTreeSet::from_iter(links), headings, "{text}");
        reads_well(statement);
        let rest: Vec<String> = statement.figures().map(|figure| figure.pointer.clone()).collect();
        assert!(rests.insert(rest), "said twice of the same figures: {text}");
        assert!(texts.insert(text.clone()), "said twice: {text}");
    }
    summary
}

/// The figure is that of the report, its words are those of the figure, and it stands where it leads to.
fn hold_figure(figure: &Shown, report: &Json, sections: &HashMap<String, String>) {
    let found = at(report, &figure.pointer);
    let reads = reads(&figure.value, &found);
    let words = figure
        .words
        .split([' ', '\u{a0}'])
        .next()
        .unwrap_or_default()
        .to_lowercase();
    assert!(
        figure.words == reads
            || figure.words.starts_with(&format!("{reads} "))
            || (reads == "0" && ["no", "none"].contains(&words.as_str())),
        "“{}” is not {reads}: {figure:?}",
        figure.words
    );
    let section = sections.get(&figure.heading);
    let section = section.unwrap_or_else(|| panic!("no heading for {figure:?}"));
    if !matches!(
        figure.value,
        Value::Count(_) | Value::Having(_) | Value::Status(_) | Value::Day(_)
    ) {
        let words = reads.trim_end_matches('.').to_lowercase();
        assert!(
            section.contains(&words),
            "{words} is not under {}: {figure:?}",
            figure.heading
        );
    }
}

/// Returns how what was found reads, whatever the summary made of it.
fn reads(value: &Value, found: &[&Json]) -> String {
    let counts = || found.iter().map(|json| size(json));
    match value {
        Value::Count(_) => return counts().sum::<u64>().to_string(),
        Value::Having(_) => return counts().filter(|n| *n > 0).count().to_string(),
        _ => {}
    }
    let [json] = found else {
        panic!("{} places for {value:?}", found.len())
    };
    let number = json.as_f64();
    let text = || json.as_str().unwrap().to_owned();
    match value {
        Value::Score(_) => say::score(number),
        Value::Change(_) => say::change(number),
        Value::Spread(_) => say::spread_change(number),
        Value::Size(_) => say::two(number.map(f64::abs)),
        Value::Two(_) => say::two(number),
        Value::Share(_) => say::per_cent(number),
        Value::Rating(_) => json.as_u64().unwrap().to_string(),
        Value::Band(_) | Value::Status(_) => text().replace('_', " "),
        Value::Interval(words) => {
            let decimals = words.split(' ').next().unwrap().split('.').nth(1).unwrap().len();
            let end = |name: &str| format!("{:.decimals$}", json[name].as_f64().unwrap()).replace('-', "−");
            format!("{} to {}", end("ac2_low"), end("ac2_high"))
        }
        Value::DriftInterval(_) => {
            let end = |name: &str| say::signed(json[name].as_f64());
            format!("{} to {}", end("low"), end("high"))
        }
        Value::Day(_) => {
            let day = framework::day::read_iso(&text()).unwrap().unwrap();
            framework::day::words(day)
        }
        Value::Text(_) => text(),
        Value::Count(_) | Value::Having(_) => unreachable!("counted above"),
    }
}

/// Returns what stands at a pointer; `*` is every entry. A place that is not there holds nothing.
fn at<'j>(json: &'j Json, pointer: &str) -> Vec<&'j Json> {
    let mut found = vec![json];
    for name in pointer.split('/').skip(1) {
        let inside = |json: &'j Json| -> Vec<&'j Json> {
            match (name, json) {
                ("*", Json::Array(all)) => all.iter().collect(),
                ("*", Json::Object(all)) => all.values().collect(),
                (_, Json::Array(all)) => name.parse().ok().and_then(|i: usize| all.get(i)).into_iter().collect(),
                _ => json.get(name).into_iter().collect(),
            }
        };
        found = found.into_iter().flat_map(inside).collect();
    }
    assert!(pointer.contains('*') || found.len() == 1, "nothing at {pointer}");
    found
}

/// Returns a number, how long a list is, whether there is anything.
fn size(json: &Json) -> u64 {
    match json {
        Json::Null => 0,
        Json::Bool(yes) => u64::from(*yes),
        Json::Number(n) => n.as_u64().unwrap(),
        Json::String(_) => 1,
        Json::Array(all) => all.len() as u64,
        Json::Object(_) => panic!("an object is no number"),
    }
}

/// One whole sentence or two, with figures, in which one is one.
fn reads_well(statement: &Statement) {
    let text = statement.text();
    let zero = |figure: &Shown| figure.words.split(' ').next() == Some("0");
    assert!(!statement.figures().any(zero), "none, no or left out: {text}");
    assert!(statement.figures().count() > 0, "no figure: {text}");
    assert!(
        text.ends_with('.') && !text.ends_with("..") && !text.contains('!'),
        "{text}"
    );
    assert!(
        text.chars()
            .next()
            .is_some_and(|c| c.is_uppercase() || c.is_ascii_digit()),
        "{text}"
    );
    for wrong in ["  ", " 1 are ", " 1 have ", "NaN", " .", " ,", "–"] {
        assert!(!text.contains(wrong), "“{wrong}” in {text}");
    }
}

/// Returns what stands under each heading, its own words too, in small letters.
fn sections(document: &Document) -> HashMap<String, String> {
    let mut open: Vec<(u8, String)> = vec![];
    let mut sections: HashMap<String, String> = HashMap::new();
    for block in &document.blocks {
        if let Block::Heading { level, text, id } = block {
            open.retain(|(above, _)| above < level);
            let id = slug(if id.is_empty() { text } else { id });
            // of two with the same words the first has the id
            let id = if sections.contains_key(&id) {
                format!("{id} again")
            } else {
                id
            };
            open.push((*level, id));
        }
        for (_, id) in &open {
            let section = sections.entry(id.clone()).or_default();
            section.push_str(&words(block).to_lowercase());
            section.push('\n');
        }
    }
    sections
}

fn words(block: &Block) -> String {
    let inlines = |all: &[Inline]| all.iter().map(|inline| inline.text.as_str()).collect::<String>();
    let blocks = |all: &[Block]| all.iter().map(words).collect::<Vec<_>>().join(" ");
    match block {
        Block::Heading { text, .. } => text.clone(),
        Block::Paragraph(all) => inlines(all),
        Block::List { items, .. } => items.iter().map(|item| blocks(item)).collect::<Vec<_>>().join(" "),
        Block::Note { blocks: inside, .. } => blocks(inside),
        Block::Figure(figure) => format!("{} {} {}", figure.title, figure.alt, figure.caption),
        Block::Table(table) => {
            let cells = table.rows.iter().flatten().map(|cell: &Cell| inlines(&cell.content));
            format!("{} {}", table.caption, cells.collect::<Vec<_>>().join(" "))
        }
        Block::Cover(_) | Block::Contents { .. } | Block::PageBreak => String::new(),
    }
}

/// Returns what the summary's paragraphs are made of.
fn summarised(document: &Document) -> Vec<Inline> {
    let is_heading = |block: &&Block| matches!(block, Block::Heading { .. });
    let from = document.blocks.iter().skip_while(|block| !is_heading(block)).skip(1);
    let paragraphs = from
        .take_while(|block| !is_heading(block))
        .filter_map(|block| match block {
            Block::Paragraph(inlines) => Some(inlines),
            _ => None,
        });
    paragraphs.flatten().cloned().collect()
}

/// Returns the heading that a link leads to.
fn link(inline: &Inline) -> Option<&str> {
    match &inline.link {
        Some(Target::Heading(id)) => Some(id),
        _ => None,
    }
}
