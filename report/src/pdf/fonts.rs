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

/// The Basic Multilingual Plane: no face has letters beyond.
const LETTERS: usize = 0x1_0000;

/// The faces in use.
pub(super) type Subsets = BTreeMap<Face, Subset>;

/// A face cut down to the letters in use.
pub(super) struct Subset {
    pub(super) font: ParsedFont,
    pub(super) letters: String,
    /// The glyphs of the letters, by letter.
    codes: Vec<u16>,
}

impl Subset {
    /// Returns what stands for a letter in the content of a page.
    pub(super) fn code(&self, letter: char) -> u16 {
        self.codes.get(letter as usize).copied().unwrap_or_default()
    }
}

/// Returns the id of a face: also its subset tag, six capitals.
pub(super) fn id(face: Face) -> FontId {
    FontId(format!("AAAAA{}", char::from(b'A' + face.index() as u8)))
}

/// Cuts every face in use down to the letters in use.
pub(super) fn subset(layout: &Layout) -> Result<Subsets, PdfError> {
    let mut used: BTreeMap<Face, Vec<bool>> = BTreeMap::new();
    for item in layout.pages.iter().flat_map(|page| &page.items) {
        if let Item::Text { face, text, .. } = item {
            let used = used.entry(*face).or_insert_with(|| vec![false; LETTERS]);
            for letter in text.chars() {
                if let Some(used) = used.get_mut(letter as usize) {
                    *used = true;
                }
            }
        }
    }
    let letters = |used: &[bool]| {
        let codes = (0_u32..).zip(used).filter(|(_, used)| **used);
        codes.filter_map(|(code, _)| char::from_u32(code)).collect()
    };
    used.iter()
        .map(|(face, used)| Ok((*face, cut(*face, letters(used))?)))
        .collect()
}

fn cut(face: Face, letters: String) -> Result<Subset, PdfError> {
    let failed = |reason: String| PdfError::Font {
        face: face.name(),
        reason,
    };
    let file = subset_file(face.file(), &letters).map_err(|reason| failed(reason.to_string()))?;
    let mut font = ParsedFont::from_bytes(&file, 0, &mut Vec::new())
        .ok_or_else(|| failed("the subset could not be read back".to_owned()))?;
    let FontId(tag) = id(face);
    font.font_name = Some(format!("{tag}+{}", face.name()));
    let mut codes = vec![
        0;
        letters
            .chars()
            .map(|letter| letter as usize + 1)
            .max()
            .unwrap_or_default()
    ];
    for letter in letters.chars() {
        codes[letter as usize] = font.lookup_glyph_index(u32::from(letter)).unwrap_or_default();
    }
    Ok(Subset { font, letters, codes })
}

fn subset_file(file: &[u8], letters: &str) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let font = ReadScope::new(file).read::<FontData<'_>>()?;
    let provider = font.table_provider(0)?;
    let data = provider.read_table_data(tag::CMAP)?;
    let cmap = ReadScope::new(&data).read::<Cmap<'_>>()?;
    let (_, letters_to_glyphs) = read_cmap_subtable(&cmap)?.ok_or("the typeface has no table of letters")?;
    // Glyph 0, for what is missing, must come first.
    let mut glyphs = BTreeSet::from([0]);
    for letter in letters.chars() {
        glyphs.extend(letters_to_glyphs.map_glyph(u32::from(letter))?);
    }
    let glyphs: Vec<u16> = glyphs.into_iter().collect();
    Ok(allsorts::subset::subset(
        &provider,
        &glyphs,
        &SubsetProfile::Pdf,
        CmapTarget::Unicode,
    )?)
}
