//! What layout hands over: pages of things to draw, the structure a screen reader follows, and the outline.

use crate::{fonts::Face, palette::Colour, scene::Stroke};

/// A laid-out document. The origin of every page is its top left corner, y grows downwards.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    pub(crate) pages: Vec<Page>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) outline: Vec<Entry>,
}

/// One page.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) items: Vec<Item>,
    /// How many pieces of marked content it has so far.
    pub(crate) marks: usize,
}

/// One thing on a page, in the order of drawing.
#[derive(Debug)]
pub(crate) enum Item {
    Text {
        x: f32,
        y: f32,
        face: Face,
        size: f32,
        colour: Colour,
        text: String,
    },
    Rect {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        fill: Colour,
    },
    Path {
        points: Vec<(f32, f32)>,
        closed: bool,
        fill: Option<Colour>,
        stroke: Option<Stroke>,
    },
    /// Content of the structure begins: its number on this page.
    Begin {
        mark: usize,
        role: Role,
    },
    /// Decoration begins, which a screen reader passes over.
    Artifact(Artifact),
    /// What began last ends.
    End,
    Link(Link),
}

/// Why something on a page is not part of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Artifact {
    Layout,
    Pagination,
}

/// A rectangle that leads somewhere.
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) node: usize,
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) jump: Jump,
    /// Where it leads, in words.
    pub(crate) description: String,
}

/// Where a link leads.
#[derive(Clone, Debug)]
pub(crate) enum Jump {
    Uri(String),
    /// A heading, by its place in the outline.
    Heading(usize),
}

/// An element of the structure.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) role: Role,
    pub(crate) parent: Option<usize>,
    pub(crate) kids: Vec<Kid>,
    pub(crate) alt: Option<String>,
    pub(crate) title: Option<String>,
    /// Page and left, top, right, bottom of a figure.
    pub(crate) area: Option<(usize, [f32; 4])>,
}

/// What an element of the structure holds, in reading order. A link's own annotation is
/// found through [`Link::node`].
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kid {
    Node(usize),
    Content { page: usize, mark: usize },
}

/// The kinds of structure element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Document,
    Title,
    Heading(u8),
    Paragraph,
    Link,
    List,
    Item,
    Label,
    Body,
    Table,
    Caption,
    TableHead,
    TableBody,
    Row,
    ColumnHeader,
    RowHeader,
    Data,
    Figure,
    Quote,
    Aside,
    Contents,
    ContentsItem,
}

impl Role {
    /// Returns the standard structure type of PDF 1.7 (`Title` is mapped to `P`).
    pub(crate) fn name(self) -> &'static str {
        match self {
            Role::Document => "Document",
            Role::Title => "Title",
            Role::Heading(0 | 1) => "H1",
            Role::Heading(2) => "H2",
            Role::Heading(3) => "H3",
            Role::Heading(_) => "H4",
            Role::Paragraph => "P",
            Role::Link => "Link",
            Role::List => "L",
            Role::Item => "LI",
            Role::Label => "Lbl",
            Role::Body => "LBody",
            Role::Table => "Table",
            Role::Caption => "Caption",
            Role::TableHead => "THead",
            Role::TableBody => "TBody",
            Role::Row => "TR",
            Role::ColumnHeader | Role::RowHeader => "TH",
            Role::Data => "TD",
            Role::Figure => "Figure",
            Role::Quote => "BlockQuote",
            Role::Aside => "Div",
            Role::Contents => "TOC",
            Role::ContentsItem => "TOCI",
        }
    }
}

/// A heading and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) level: u8,
    pub(crate) text: String,
    pub(crate) id: String,
    pub(crate) page: usize,
    pub(crate) y: f32,
}
