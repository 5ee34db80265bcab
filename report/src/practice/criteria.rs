//! Every criterion of a Practice's report with all that was said on it.

use crate::{
    document::{Block, Inline, Marks, NoteKind},
    headings, prose, say,
};
use framework::{
    clarification::Thread,
    local,
    prose::Prose,
    report::{CitedItem, PracticeCriterion, PracticeReport},
};

/// Returns all criteria, element by element.
pub(super) fn blocks(report: &PracticeReport) -> Vec<Block> {
    let mut blocks = vec![Block::heading(1, headings::CRITERIA)];
    let day = say::day_spoken_of(report.status, report.day);
    blocks.extend(say::evidence(&report.evidence, &day).map(Block::text));
    for element in &report.elements {
        blocks.push(Block::heading(2, element.title.clone()));
        let criteria = report.criteria.iter().filter(|c| c.element == element.score.element);
        blocks.extend(criteria.flat_map(criterion));
    }
    blocks
}

fn criterion(criterion: &PracticeCriterion) -> Vec<Block> {
    let mut blocks = vec![
        Block::Heading {
            level: 3,
            text: criterion.title.clone(),
            id: headings::criterion(&criterion.id),
        },
        Block::Paragraph(ratings(criterion)),
    ];
    let reading = |index: usize| criterion.readings.get(index).map_or(&None, |reading| &reading.comment);
    let texts = [
        ("Why it does not apply", &criterion.reason),
        ("Evidence", &criterion.evidence),
        ("Comment", &criterion.comment),
        ("Adaptation", &criterion.adaptation),
        ("First reviewer’s comment", reading(0)),
        ("Second reviewer’s comment", reading(1)),
        ("Reviewer’s comment", &criterion.review_comment),
        ("Question to the Practice", &criterion.review_question),
        ("How it was agreed", &criterion.agreement_comment),
    ];
    let texts = texts.into_iter().filter_map(|(label, text)| labelled_text(label, text));
    blocks.extend(texts.flatten());
    blocks.extend(criterion.clarification.iter().flat_map(thread));
    blocks.extend(cited(criterion));
    blocks
}

/// Returns the items of evidence that are cited.
fn cited(criterion: &PracticeCriterion) -> Option<Block> {
    let item = |item: &CitedItem| {
        let link = item.link.as_ref().map(|link| format!(" {link}")).unwrap_or_default();
        vec![Block::Paragraph(vec![
            Inline::strong(item.title.as_str()),
            Inline::text(format!(": {}.{link}", item.words())),
        ])]
    };
    let items: Vec<Vec<Block>> = criterion.cited.iter().map(item).collect();
    (!items.is_empty()).then(|| Block::Note {
        kind: NoteKind::Quote,
        blocks: vec![
            Block::Paragraph(vec![Inline::strong("Evidence cited:")]),
            Block::List {
                marks: Marks::Bullets,
                items,
            },
        ],
    })
}

/// Returns the ratings, the number and the explanation in one line.
fn ratings(criterion: &PracticeCriterion) -> Vec<Inline> {
    let kind = if criterion.core { "Core" } else { "Adaptable" };
    let mut parts = vec![kind.to_owned()];
    if criterion.not_applicable {
        parts.push(match criterion.reason {
            Some(_) => "Not applicable".to_owned(),
            None => "Not applicable, but no reason given".to_owned(),
        });
    } else {
        let known = [
            ("Self", criterion.self_rating),
            ("First reviewer", criterion.readings.first().and_then(|r| r.rating)),
            ("Second reviewer", criterion.readings.get(1).and_then(|r| r.rating)),
            ("Review", criterion.review_rating),
            ("Agreed", criterion.agreed_rating),
        ];
        parts.extend(
            known
                .into_iter()
                .filter_map(|(name, rating)| Some(format!("{name} {}", rating?))),
        );
        if criterion.used.is_none() {
            parts.push("Not answered".to_owned());
        }
    }
    if let Some(previous) = criterion.previous {
        let moved = match criterion.d {
            Some(d) if d > 0 => format!(", up by {d}"),
            Some(d) if d < 0 => format!(", down by {}", -d),
            Some(_) => ", no change".to_owned(),
            None => String::new(),
        };
        parts.push(format!("Last time {previous}{moved}"));
    }
    if let Some(value) = criterion.measure {
        parts.push(say::measure(value, criterion.unit.as_deref().unwrap_or_default()));
    }
    if let Some(class) = criterion.class {
        parts.push(match &criterion.named {
            Some(title) if class.explains() => format!("{}: {title}", class.name()),
            Some(title) => format!("{}, since “{title}” was not in force", class.name()),
            None => class.name().to_owned(),
        });
    }
    vec![Inline::strong(parts.join(" · "))]
}

/// Returns what was asked and answered: the state, then each message with the side that speaks and the day.
fn thread(thread: &Thread) -> Vec<Block> {
    let state = format!("Clarification: {}", say::lower_first(thread.state.name()));
    let messages = thread.messages.iter().filter_map(|message| {
        let label = format!("{}, {}", message.side.name(), say::day(local::date(message.at)));
        labelled_text(&label, &Some(message.text.clone()))
    });
    let lead = Block::Paragraph(vec![Inline::strong(state)]);
    [lead].into_iter().chain(messages.flatten()).collect()
}

/// Returns a label and somebody's text below it.
fn labelled_text(label: &str, text: &Option<Prose>) -> Option<Vec<Block>> {
    let mut inside = prose::blocks(text.as_ref()?.as_str());
    let lead = Inline::strong(format!("{label}: "));
    match inside.first_mut() {
        Some(Block::Paragraph(inlines)) => inlines.insert(0, lead),
        _ => inside.insert(0, Block::Paragraph(vec![lead])),
    }
    Some(vec![Block::Note {
        kind: NoteKind::Quote,
        blocks: inside,
    }])
}
