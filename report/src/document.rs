//! The model of a document: what it says, not how it looks.
//!
//! The same value becomes a PDF ([`crate::pdf::pdf`]) and an accessible page
//! ([`crate::html`]). It knows nothing of fidelity, Practices or criteria.

use time::Date;

use crate::scene::Scene;

mod anchors;
mod table;

pub(crate) use anchors::Anchors;
pub use anchors::slug;
pub use table::{Align, Cell, Column, Table};

/// A whole document.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Title, shown in the page header and the reader's window.
    pub title: String,
    /// One line under the title.
    pub subtitle: String,
    /// Language tag, such as `en-GB`.
    pub language: String,
    /// Who made it.
    pub author: String,
    /// What it is about.
    pub subject: String,
    /// The date of the facts in it; the only date in the file, so the same facts make the same bytes.
    pub created: Option<Date>,
    /// A reference printed at the foot of every page.
    pub reference: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// One part of a document.
#[derive(Clone, Debug)]
pub enum Block {
    /// A page of its own with the title; must be the first block.
    Cover(Cover),
    /// The list of headings with links and page numbers.
    Contents {
        /// Its heading, such as "Contents".
        title: String,
        /// The deepest heading level listed, 1–3.
        depth: u8,
    },
    /// A heading.
    Heading {
        /// 1 for a section (starts a running section name) to 4.
        level: u8,
        /// The words.
        text: String,
        /// What [`Target::Heading`] points to; empty to derive it from the words.
        id: String,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list.
    List {
        /// What stands before the items.
        marks: Marks,
        /// Each item holds blocks: paragraphs, lists.
        items: Vec<Vec<Block>>,
    },
    /// A table.
    Table(Table),
    /// A drawing with its words.
    Figure(Figure),
    /// Blocks set apart.
    Note {
        /// Why they are set apart.
        kind: NoteKind,
        /// What is set apart.
        blocks: Vec<Block>,
    },
    /// Go on at the top of a page (nothing in HTML).
    PageBreak,
}

impl Block {
    /// A heading whose id comes from its words.
    pub fn heading(level: u8, text: impl Into<String>) -> Self {
        Block::Heading {
            level,
            text: text.into(),
            id: String::new(),
        }
    }

    /// A paragraph of plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Block::Paragraph(vec![Inline::text(text)])
    }

    /// A bulleted list of plain lines.
    pub fn bullets<T: Into<String>>(lines: impl IntoIterator<Item = T>) -> Self {
        let items = lines.into_iter().map(|line| vec![Block::text(line)]).collect();
        Block::List {
            marks: Marks::Bullets,
            items,
        }
    }
}

/// What stands before the items of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Marks {
    /// Dots.
    Bullets,
    /// Numbers, the first of which is this.
    Numbers(u64),
    /// What somebody typed, such as `4)`, one for each item.
    Typed(Vec<String>),
}

impl Marks {
    /// Returns what stands before the item at a place.
    pub fn of(&self, index: usize) -> String {
        match self {
            Marks::Bullets => "•".to_owned(),
            Marks::Numbers(first) => format!("{}.", first.saturating_add(index as u64)),
            Marks::Typed(marks) => marks.get(index).cloned().unwrap_or_default(),
        }
    }
}

/// The first page.
#[derive(Clone, Debug, Default)]
pub struct Cover {
    /// The organisation or programme, above the title.
    pub organisation: String,
    /// The title.
    pub title: String,
    /// One line under it.
    pub subtitle: String,
    /// Label and value, such as ("Cycle", "2026").
    pub facts: Vec<(String, String)>,
    /// A closing line: status, handling.
    pub note: String,
}

/// Why blocks are set apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NoteKind {
    /// Somebody's words.
    Quote,
    /// Something worth knowing.
    #[default]
    Information,
    /// Something that needs attention.
    Attention,
}

/// A drawing with its words.
#[derive(Clone, Debug, Default)]
pub struct Figure {
    /// The drawing, at its natural size up to the width of the text.
    pub scene: Scene,
    /// What it shows, above the drawing and as its accessible name.
    pub title: String,
    /// The same in words for those who do not see it.
    pub alt: String,
    /// How to read it, under the drawing; may be empty.
    pub caption: String,
}

/// A piece of running text in one look. A line feed in `text` is a line break.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inline {
    /// The words.
    pub text: String,
    /// Strong importance.
    pub strong: bool,
    /// Stress.
    pub emphasis: bool,
    /// Code or an identifier.
    pub code: bool,
    /// Where it leads.
    pub link: Option<Target>,
}

impl Inline {
    /// Plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// Strong text.
    pub fn strong(text: impl Into<String>) -> Self {
        Self {
            strong: true,
            ..Self::text(text)
        }
    }

    /// Emphasised text.
    pub fn emphasis(text: impl Into<String>) -> Self {
        Self {
            emphasis: true,
            ..Self::text(text)
        }
    }

    /// Code.
    pub fn code(text: impl Into<String>) -> Self {
        Self {
            code: true,
            ..Self::text(text)
        }
    }

    /// A link to a web address; anything but http, https and mailto stays plain text.
    pub fn link(text: impl Into<String>, uri: &str) -> Self {
        Self {
            link: Target::uri(uri),
            ..Self::text(text)
        }
    }

    /// A link to a heading of the same document.
    pub fn reference(text: impl Into<String>, heading_id: impl Into<String>) -> Self {
        Self {
            link: Some(Target::Heading(heading_id.into())),
            ..Self::text(text)
        }
    }
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A web or mail address; make it with [`Target::uri`], which checks the scheme.
    Uri(String),
    /// A heading of the same document, by id.
    Heading(String),
}

impl Target {
    /// Returns a link out of the document, if its scheme is http, https or mailto.
    pub fn uri(uri: &str) -> Option<Self> {
        let uri = uri.trim();
        let plain = uri.chars().all(|c| !c.is_control() && !c.is_whitespace());
        let (scheme, _) = uri.split_once(':')?;
        let known = ["http", "https", "mailto"]
            .iter()
            .any(|s| scheme.eq_ignore_ascii_case(s));
        (plain && known).then(|| Target::Uri(uri.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_and_mail_addresses_become_links() {
        assert!(Target::uri("https://example.org/a?b=c").is_some());
        assert!(Target::uri("mailto:a@example.org").is_some());
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            "data:text/html,x",
            "/etc",
            "java\nscript:x",
            "//x.org",
        ] {
            assert_eq!(Target::uri(bad), None, "{bad}");
        }
    }
}
