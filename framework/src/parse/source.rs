//! One file: its lines, its front matter, its sections.

use super::Problem;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use serde::de::DeserializeOwned;
use std::ops::Range;
use toml::Spanned;

/// A file being read: places in it are byte offsets, problems are told in lines.
pub(super) struct File<'a> {
    pub path: &'a str,
    pub text: &'a str,
    /// Where the front matter's text begins.
    front: usize,
    problems: &'a mut Vec<Problem>,
}

/// Where the parts of a file are.
pub(super) struct Parts<'a> {
    /// The fields between the two lines of `+++`.
    pub front: Range<usize>,
    /// What stands before the first section.
    pub lead: Range<usize>,
    /// The parts under a heading `##`.
    pub sections: Vec<Section>,
    /// Headings of another kind.
    pub other_headings: Vec<usize>,
    /// All that is in the body.
    pub events: Vec<(Event<'a>, Range<usize>)>,
}

/// A part under a heading `##`.
pub(super) struct Section {
    pub name: String,
    /// Where the heading is.
    pub at: usize,
    /// All below it.
    pub body: Range<usize>,
}

/// Returns the text without byte order mark and with `\n` line ends; line numbers stay.
pub(super) fn plain(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Returns the words of a text, single spaced.
pub(crate) fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl<'a> File<'a> {
    /// `text` must be [`plain`].
    pub fn new(path: &'a str, text: &'a str, problems: &'a mut Vec<Problem>) -> Self {
        File {
            path,
            text,
            front: 0,
            problems,
        }
    }

    /// Notes a problem at a place.
    pub fn report(&mut self, at: usize, message: impl Into<String>) {
        let line = self.line(at);
        self.problems.push(Problem::new(self.path, line, message));
    }

    /// Returns the line of a place, from 1.
    pub fn line(&self, at: usize) -> usize {
        let before = self.text.as_bytes().get(..at).unwrap_or(self.text.as_bytes());
        1 + before.iter().filter(|b| **b == b'\n').count()
    }

    /// Returns the place of a field.
    pub fn at<T>(&self, field: &Spanned<T>) -> usize {
        self.front + field.span().start
    }

    /// Returns the trimmed text of a part.
    pub fn part(&self, range: &Range<usize>) -> &'a str {
        self.text.get(range.clone()).unwrap_or_default().trim()
    }

    /// Finds the parts. `None`, with the problem noted, without front matter.
    pub fn split(&mut self) -> Option<Parts<'a>> {
        let text = self.text;
        let options = Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
        let mut events = Parser::new_ext(text, options).into_offset_iter().peekable();
        let opens =
            |(event, at): &(Event, Range<usize>)| at.start == 0 && matches!(event, Event::Start(Tag::MetadataBlock(_)));
        let Some((_, block)) = events.next_if(opens) else {
            self.report(
                0,
                "The front matter is missing. Start the file with a line “+++”, its fields, and another line “+++”.",
            );
            return None;
        };
        let mut front: Option<Range<usize>> = None;
        for (event, at) in events.by_ref() {
            match event {
                Event::End(TagEnd::MetadataBlock(_)) => break,
                _ => front = Some(front.map_or(at.start, |f| f.start)..at.end),
            }
        }
        let front = front.unwrap_or(block.start..block.start);
        self.front = front.start;
        let mut parts = Parts {
            front,
            lead: block.end..text.len(),
            sections: vec![],
            other_headings: vec![],
            events: events.collect(),
        };
        self.find_sections(&mut parts);
        Some(parts)
    }

    fn find_sections(&mut self, parts: &mut Parts<'a>) {
        let mut depth = 0_usize;
        let mut in_heading = false;
        for (event, at) in &parts.events {
            match event {
                Event::Start(Tag::Heading { level, .. }) if depth == 0 && *level == HeadingLevel::H2 => {
                    match parts.sections.last_mut() {
                        Some(last) => last.body.end = at.start,
                        None => parts.lead.end = at.start,
                    }
                    parts.sections.push(Section {
                        name: String::new(),
                        at: at.start,
                        body: at.end..self.text.len(),
                    });
                    in_heading = true;
                }
                Event::Start(Tag::Heading { .. }) => parts.other_headings.push(at.start),
                Event::End(TagEnd::Heading(_)) => in_heading = false,
                Event::Text(text) | Event::Code(text) if in_heading => {
                    if let Some(section) = parts.sections.last_mut() {
                        section.name.push_str(text);
                    }
                }
                Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => self.report(
                    at.start,
                    "HTML is not taken here. Write it in markdown; write “<” before a letter as “\\<”.",
                ),
                Event::Start(Tag::MetadataBlock(_)) => {
                    self.report(at.start, "Front matter a second time. Keep it at the top only.");
                }
                _ => {}
            }
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
    }

    /// Reads the fields.
    pub fn fields<T: DeserializeOwned>(&mut self, parts: &Parts) -> Option<T> {
        let text = self.text.get(parts.front.clone()).unwrap_or_default();
        toml::from_str(text)
            .map_err(|error| {
                let at = self.front + error.span().map_or(0, |span| span.start);
                let what = single_spaced(error.message());
                self.report(at, format!("The front matter cannot be read: {what}. Correct it here."));
            })
            .ok()
    }

    /// A field that must be there. `under` says where, in words, and `at` is that place.
    pub fn need<T>(&mut self, field: Option<Spanned<T>>, name: &str, (under, at): (&str, usize)) -> Option<Spanned<T>> {
        if field.is_none() {
            self.report(at, format!("`{name}` is missing. Add it to {under}."));
        }
        field
    }

    /// A text that must be there and say something; trimmed.
    pub fn need_text(&mut self, field: Option<Spanned<String>>, name: &str, place: (&str, usize)) -> Option<String> {
        let field = self.need(field, name, place)?;
        let text = field.get_ref().trim();
        if text.is_empty() {
            self.report(self.at(&field), format!("`{name}` is empty. Write it."));
            return None;
        }
        Some(text.to_owned())
    }

    /// An id that must be there and be the one of the folder or file.
    pub fn need_id<T: PartialEq + std::fmt::Display>(&mut self, field: Option<Spanned<T>>, name: &T) {
        if let Some(id) = self.need(field, "id", FRONT)
            && id.get_ref() != name
        {
            let message = format!(
                "The id is “{}” but the name here is “{name}”. Make them the same.",
                id.get_ref()
            );
            self.report(self.at(&id), message);
        }
    }
}

/// The place of the fields that belong to no table.
pub(super) const FRONT: (&str, usize) = ("the front matter", 0);
