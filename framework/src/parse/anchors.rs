//! The anchors: a list of five, from level 5 to level 1.

use super::source::{File, Parts, Section, single_spaced};
use pulldown_cmark::{Event, Tag};
use std::ops::Range;

const FORM: &str = "Write it as “- 5: What you would see.”, from 5 to 1, with nothing else in the section.";

/// Returns the anchors of levels 1 to 5, lowest first; `None`, with the problems noted, when one is missing or wrong.
pub(super) fn read(file: &mut File, parts: &Parts, section: &Section) -> Option<[String; 5]> {
    let mut found: [Option<String>; 5] = Default::default();
    let mut order = Vec::new();
    let (items, mut whole) = items(file, parts, section);
    for item in items {
        let text = file.part(&item);
        // the list's marker is one character
        let text = text.get(1..).unwrap_or_default();
        let level = text
            .split_once(':')
            .and_then(|(level, text)| Some((level.trim().parse::<usize>().ok()?, text)));
        let Some((level @ 1..=5, text)) = level else {
            file.report(
                item.start,
                format!("An anchor starts with its level and a colon. {FORM}"),
            );
            whole = false;
            continue;
        };
        let text = single_spaced(text);
        if text.is_empty() {
            file.report(
                item.start,
                format!("The anchor of level {level} is empty. Write what you would see."),
            );
            whole = false;
        }
        if found[level - 1].replace(text).is_some() {
            file.report(item.start, format!("Level {level} has an anchor already. Keep one."));
            whole = false;
        }
        order.push((level, item.start));
    }
    for level in (1..=5).rev().filter(|level| found[level - 1].is_none()) {
        if whole {
            file.report(section.at, format!("Level {level} has no anchor. {FORM}"));
        }
    }
    if let Some(pair) = order.windows(2).find(|pair| pair[0].0 < pair[1].0) {
        file.report(pair[1].1, "The levels are out of order. Write them from 5 to 1.");
    }
    let [Some(a), Some(b), Some(c), Some(d), Some(e)] = found else {
        return None;
    };
    Some([a, b, c, d, e])
}

/// Returns the items of the section's one list, and whether there is nothing but them.
fn items(file: &mut File, parts: &Parts, section: &Section) -> (Vec<Range<usize>>, bool) {
    let mut items = Vec::new();
    let mut depth = 0_usize;
    let mut bulleted = false;
    let mut paragraphs = 0;
    let mut wrong: Option<usize> = None;
    let inside = |at: &Range<usize>| section.body.start <= at.start && at.end <= section.body.end;
    for (event, at) in parts.events.iter().filter(|(_, at)| inside(at)) {
        let expected = match (event, depth) {
            (Event::Start(Tag::List(number)), 0) => {
                bulleted = number.is_none();
                bulleted && items.is_empty()
            }
            (Event::Start(Tag::Item), 1) => {
                items.extend(bulleted.then(|| at.clone()));
                paragraphs = 0;
                true
            }
            (Event::Start(Tag::Paragraph), 2) => {
                paragraphs += 1;
                paragraphs == 1
            }
            (Event::Start(Tag::Emphasis | Tag::Strong | Tag::Link { .. }), 2..) => true,
            (Event::Start(_) | Event::Rule | Event::HardBreak, _) => false,
            _ => true,
        };
        if !expected {
            wrong = wrong.or(Some(at.start));
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    if let Some(at) = wrong {
        file.report(at, format!("Not an anchor. {FORM}"));
    }
    (items, wrong.is_none())
}
