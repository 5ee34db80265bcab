//! Pages as a tagged PDF 1.7, through printpdf and lopdf.
//!
//! printpdf makes the objects of fonts, pages and links; what is drawn on the pages, and what it
//! lacks (structure, nested outline, described links, metadata), is added to the lopdf document
//! it hands out, and written on all cores. The same document always becomes the same bytes.
//! Takes up to tenths of a second: call it on a blocking thread.

mod content;
mod file;
mod fonts;
mod metadata;
mod outline;
mod tags;

use lopdf::{Object, StringFormat};

use crate::{document::Document, layout};

/// Why no PDF could be made. None of these is the fault of the text in the document.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PdfError {
    /// A typeface could not be cut down to the letters in use.
    #[error("the typeface {face} could not be embedded: {reason}")]
    Font {
        /// PostScript name.
        face: &'static str,
        /// What the font library said.
        reason: String,
    },
    /// The objects of the file could not be joined.
    #[error("the PDF could not be put together")]
    Structure(#[from] lopdf::Error),
    /// The file could not be written out.
    #[error("the PDF could not be written")]
    Write(#[from] std::io::Error),
}

/// Makes a PDF.
///
/// # Errors
/// When a typeface inside the program cannot be embedded or the file not be written; no
/// content of `document` leads to an error.
pub fn pdf(document: &Document) -> Result<Vec<u8>, PdfError> {
    let layout = layout::layout(document);
    let fonts = fonts::subset(&layout)?;
    let mut pdf = content::write(&layout, &fonts)?;
    let pages: Vec<lopdf::ObjectId> = pdf.get_pages().into_values().collect();
    let tree = tags::write(&mut pdf, &layout, &pages)?;
    let outline = outline::write(&mut pdf, &layout.outline, &pages);
    metadata::write(&mut pdf, document, tree, outline)?;
    Ok(file::write(&pdf)?)
}

fn name(text: &str) -> Object {
    Object::Name(text.as_bytes().to_vec())
}

/// Returns a text string: plain where it is ASCII, else UTF-16 with a byte order mark, which holds every language.
fn text(text: &str) -> Object {
    if text.is_ascii() {
        return Object::string_literal(text);
    }
    let bytes = [0xfe, 0xff]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_be_bytes))
        .collect();
    Object::String(bytes, StringFormat::Hexadecimal)
}
