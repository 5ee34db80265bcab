//! Typefaces cut down to the letters a document uses.

use std::collections::{BTreeMap, BTreeSet};

use allsorts::{
    binary::read::ReadScope,
    font::read_cmap_subtable,
    font_data::FontData,
    subset::{CmapTarget, SubsetProfile},
    tables::{FontTableProvider, cmap::Cmap},
    tag,
};
use printpdf::{FontId, ParsedFont};

use super::PdfError;
use crate::{
    fonts::Face,
    layout::{Item, Layout},
};

/// The faces in use, each with the id its text operations name.
pub(super) type Subsets = BTreeMap<Face, ParsedFont>;

/// The id of a face: also its subset tag, six capitals.
pub(super) fn id(face: Face) -> FontId {
    FontId(format!("AAAAA{}", char::from(b'A' + face.index() as u8)))
}

/// Cuts every face in use down to the letters in use.
pub(super) fn subset(layout: &Layout) -> Result<Subsets, PdfError> {
    let mut used: BTreeMap<Face, BTreeSet<char>> = BTreeMap::new();
    for item in layout.pages.iter().flat_map(|page| &page.items) {
        if let Item::Text { face, text, .. } = item {
            used.entry(*face).or_default().extend(text.chars());
        }
    }
    used.iter()
        .map(|(face, letters)| Ok((*face, cut(*face, letters)?)))
        .collect()
}

fn cut(face: Face, letters: &BTreeSet<char>) -> Result<ParsedFont, PdfError> {
    let failed = |reason: String| PdfError::Font {
        face: face.name(),
        reason,
    };
    let file = subset_file(face.file(), letters).map_err(|reason| failed(reason.to_string()))?;
    let mut font = ParsedFont::from_bytes(&file, 0, &mut Vec::new())
        .ok_or_else(|| failed("the subset could not be read back".to_owned()))?;
    let FontId(tag) = id(face);
    font.font_name = Some(format!("{tag}+{}", face.name()));
    Ok(font)
}

fn subset_file(file: &[u8], letters: &BTreeSet<char>) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let font = ReadScope::new(file).read::<FontData<'_>>()?;
    let provider = font.table_provider(0)?;
    let data = provider.read_table_data(tag::CMAP)?;
    let cmap = ReadScope::new(&data).read::<Cmap<'_>>()?;
    let (_, letters_to_glyphs) = read_cmap_subtable(&cmap)?.ok_or("the typeface has no table of letters")?;
    // Glyph 0, for what is missing, must come first.
    let mut glyphs = BTreeSet::from([0]);
    for letter in letters {
        glyphs.extend(letters_to_glyphs.map_glyph(u32::from(*letter))?);
    }
    let glyphs: Vec<u16> = glyphs.into_iter().collect();
    Ok(allsorts::subset::subset(
        &provider,
        &glyphs,
        &SubsetProfile::Pdf,
        CmapTarget::Unicode,
    )?)
}
