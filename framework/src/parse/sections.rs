//! The sections of a criterion.

use super::source::{File, Parts, Section};
use std::ops::Range;

pub(super) const ASKS: &str = "Asks";
pub(super) const WHY: &str = "Why it matters";
pub(super) const EVIDENCE: &str = "Evidence to look for";
pub(super) const MAY_VARY: &str = "What may vary";
pub(super) const BEFORE_LAUNCH: &str = "Before launch";
pub(super) const ANCHORS: &str = "Anchors";
const ALL: [&str; 6] = [ASKS, WHY, EVIDENCE, MAY_VARY, BEFORE_LAUNCH, ANCHORS];

/// A title has fewer words than this (CRITERION.md 9).
const TITLE_WORDS: usize = 15;
/// Title and all sections have fewer words than this (CRITERION.md 9).
const ALL_WORDS: usize = 300;

/// The known sections, each with its text.
pub(super) struct Sections<'a>(Vec<(&'a Section, &'a str)>);

impl<'a> Sections<'a> {
    pub fn read(file: &mut File<'a>, parts: &'a Parts<'a>) -> Sections<'a> {
        if !file.part(&parts.lead).is_empty() {
            let at = first_word(file, &parts.lead);
            file.report(at, "Text before the first section. Move it under a heading.");
        }
        for at in &parts.other_headings {
            file.report(
                *at,
                "A heading of another kind. A criterion has only its sections, each under “## ”.",
            );
        }
        let mut known: Vec<(&Section, &str)> = vec![];
        for section in &parts.sections {
            let name = section.name.trim();
            if !ALL.contains(&name) {
                let message = format!("There is no section “{name}”. The sections are: {}.", ALL.join(", "));
                file.report(section.at, message);
            } else if known.iter().any(|(earlier, _)| earlier.name.trim() == name) {
                file.report(section.at, format!("The section “{name}” a second time. Keep one."));
            } else {
                let text = file.part(&section.body);
                if text.is_empty() {
                    file.report(section.at, format!("The section “{name}” is empty. Write it."));
                }
                known.push((section, text));
            }
        }
        Sections(known)
    }

    fn get(&self, name: &str) -> Option<(&'a Section, &'a str)> {
        self.0.iter().find(|(section, _)| section.name.trim() == name).copied()
    }

    /// Returns a section that says something.
    pub fn find(&self, name: &str) -> Option<&'a Section> {
        self.get(name)
            .filter(|(_, text)| !text.is_empty())
            .map(|(section, _)| section)
    }

    /// Returns the text of a section that every criterion has.
    pub fn need(&self, file: &mut File, name: &str) -> Option<String> {
        let Some((_, text)) = self.get(name) else {
            file.report(
                0,
                format!("The section “{name}” is missing. Write it under a heading “## {name}”."),
            );
            return None;
        };
        Some(text.to_owned())
    }

    /// Returns the text of a section that a criterion has if and only if it is `what`; `None` when that is not known.
    pub fn only_if(&self, file: &mut File, name: &str, wanted: Option<bool>, what: &str) -> Option<String> {
        match (self.get(name), wanted) {
            (None, Some(true)) => {
                let message = format!(
                    "The section “{name}” is missing, which {what} must have. Write it under a heading “## {name}”."
                );
                file.report(0, message);
                None
            }
            (Some((section, _)), Some(false)) => {
                let message =
                    format!("The section “{name}” belongs only to {what}. Remove it, or correct the front matter.");
                file.report(section.at, message);
                None
            }
            (found, _) => found.map(|(_, text)| text.to_owned()),
        }
    }

    /// Holds title and sections to their lengths.
    pub fn count_words(&self, file: &mut File, (title, at): (&str, usize), anchors: Option<&[String; 5]>) {
        let title = words(title);
        if title >= TITLE_WORDS {
            file.report(at, format!("The title has {title} words. Keep it under {TITLE_WORDS}."));
        }
        let prose = self.0.iter().filter(|(section, _)| section.name.trim() != ANCHORS);
        let all = title
            + prose.map(|(_, text)| words(text)).sum::<usize>()
            + anchors.into_iter().flatten().map(|text| words(text)).sum::<usize>();
        if all >= ALL_WORDS {
            file.report(
                0,
                format!("Title and sections have {all} words. Keep them under {ALL_WORDS}."),
            );
        }
    }
}

fn first_word(file: &File, part: &Range<usize>) -> usize {
    let text = file.text.get(part.clone()).unwrap_or_default();
    part.start + (text.len() - text.trim_start().len())
}

/// Bullets and dashes standing alone are no words.
fn words(text: &str) -> usize {
    text.split_whitespace()
        .filter(|word| word.contains(char::is_alphanumeric))
        .count()
}
