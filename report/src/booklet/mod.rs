//! A version of the framework as a booklet: every element and criterion with its anchors and sources, and what changed
//! since the version before.

mod changes;
mod criterion;
mod lists;
mod overview;

use crate::{
    document::{Block, Cover, Document, Inline, Target},
    markdown, say,
};
use framework::{
    criteria::{Criterion, Element, Framework, SourceStatus},
    ids::CriterionId,
};

/// Returns the booklet of a version; `older` is the version before it. The chart is drawn for a text of `width` points
/// ([`crate::charts::PAPER`], [`crate::charts::SCREEN`]).
pub fn document(framework: &Framework, older: Option<&Framework>, width: f32) -> Document {
    let title = framework.title.clone();
    let subtitle = "Every element and criterion, with anchors and sources";
    let blocks = [
        vec![
            cover(framework, &title, subtitle),
            Block::Contents {
                title: "Contents".into(),
                depth: 2,
            },
        ],
        about(framework),
        overview::blocks(framework, width),
        elements(framework, older),
        lists::parameters(framework),
        older.map_or(vec![], |older| changes::blocks(older, framework)),
        lists::sources(framework),
        lists::ratings(),
    ];
    Document {
        subject: format!("The criteria of version {}, complete", framework.version),
        reference: format!("Version {} · text {}", framework.version, fingerprint(framework)),
        title,
        subtitle: subtitle.into(),
        language: "en-GB".into(),
        author: "Pause fidelity".into(),
        created: Some(framework.date),
        blocks: blocks.into_iter().flatten().collect(),
    }
}

fn cover(framework: &Framework, title: &str, subtitle: &str) -> Block {
    let counts = Counts::of(&framework.criteria);
    let mut facts = vec![
        ("Version", framework.version.to_string()),
        ("Dated", say::day(framework.date)),
    ];
    facts.extend(framework.before.as_ref().map(|before| ("Follows", before.to_string())));
    facts.extend([
        ("Elements", framework.elements.len().to_string()),
        (
            "Criteria",
            format!(
                "{}, of them {} core and {} adaptable; {} for launch",
                counts.all,
                counts.core,
                counts.adaptable(),
                say::count(counts.gates, "gate", "gates"),
            ),
        ),
        (
            "Expectations",
            format!(
                "{} published, {} drafted",
                counts.published,
                counts.all - counts.published
            ),
        ),
        ("Text", format!("SHA-256 {}…", fingerprint(framework))),
    ]);
    Block::Cover(Cover {
        organisation: "Pause Framework fidelity".into(),
        // “self-assessment” stays whole on paper, which knows no break without width; a narrow screen may still part it
        title: title.replace('-', "\u{2011}\u{200b}"),
        subtitle: subtitle.to_owned(),
        facts: facts
            .into_iter()
            .map(|(label, value)| (label.to_owned(), value))
            .collect(),
        note: "A published version never changes; a change of wording is a new version.".into(),
    })
}

/// As much of the hash of its text as tells it from any other.
fn fingerprint(framework: &Framework) -> &str {
    framework.hash.get(..12).unwrap_or(&framework.hash)
}

fn about(framework: &Framework) -> Vec<Block> {
    let mut blocks = vec![Block::heading(1, "About this version")];
    blocks.extend(prose(framework, &framework.summary, 0));
    blocks
}

/// Returns the elements in order, each with all its criteria.
fn elements(framework: &Framework, older: Option<&Framework>) -> Vec<Block> {
    let one = |element: &Element| {
        let mut blocks = vec![Block::Heading {
            level: 1,
            text: element.title.clone(),
            id: element_id(element),
        }];
        blocks.extend(prose(framework, &element.about, 1));
        let criteria = framework.criteria_of(element).iter();
        blocks.extend(criteria.flat_map(|criterion| criterion::blocks(framework, older, criterion)));
        blocks
    };
    framework.elements.iter().flat_map(one).collect()
}

/// Returns the id of an element's heading. A criterion's is its own id, which no other heading may take.
fn element_id(element: &Element) -> String {
    format!("element-{}", element.id)
}

/// Returns a link to a criterion, in its words.
fn link(criterion: &Criterion) -> Inline {
    Inline::reference(criterion.title.clone(), criterion.id.as_str())
}

/// Returns the title of a criterion's element.
fn element_title<'f>(framework: &'f Framework, criterion: &Criterion) -> &'f str {
    framework
        .element(&criterion.element)
        .map_or("", |element| element.title.as_str())
}

/// Returns the framework's markdown; a heading of level 1 in it becomes one of level `below + 1`. Criteria that it names by their
/// ids become links.
fn prose(framework: &Framework, text: &str, below: u8) -> Vec<Block> {
    let mut blocks = markdown::blocks(text, below);
    blocks.iter_mut().for_each(|block| link_names(framework, block));
    blocks
}

fn link_names(framework: &Framework, block: &mut Block) {
    match block {
        Block::Paragraph(line) => line.iter_mut().for_each(|inline| link_name(framework, inline)),
        Block::List { items, .. } => {
            let inside = items.iter_mut().flatten();
            inside.for_each(|block| link_names(framework, block));
        }
        _ => {}
    }
}

fn link_name(framework: &Framework, inline: &mut Inline) {
    let named = || framework.criterion(&CriterionId::parse(&inline.text).ok()?);
    if let Some(criterion) = inline.code.then(named).flatten() {
        inline.link = Some(Target::Heading(criterion.id.to_string()));
    }
}

/// How many criteria there are of each sort.
#[derive(Default)]
struct Counts {
    all: usize,
    core: usize,
    gates: usize,
    counted: usize,
    published: usize,
}

impl Counts {
    fn of(criteria: &[Criterion]) -> Counts {
        let count = |sort: fn(&Criterion) -> bool| criteria.iter().filter(|criterion| sort(criterion)).count();
        Counts {
            all: criteria.len(),
            core: count(|c| c.core),
            gates: count(|c| c.gate),
            counted: count(|c| c.measure.is_some()),
            published: count(|c| c.status == SourceStatus::Published),
        }
    }

    fn adaptable(&self) -> usize {
        self.all - self.core
    }
}
