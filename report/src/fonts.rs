//! The typefaces inside the program: their files, what they cover and how wide they set.
//!
//! Source Sans 3 carries the text; symbols it lacks come from a symbols-only subset of
//! DejaVu Sans; what neither has is shown as U+FFFD, never as an empty box.

use std::sync::OnceLock;

use allsorts::{
    binary::read::ReadScope,
    error::ParseError,
    font::read_cmap_subtable,
    font_data::FontData,
    tables::{FontTableProvider, HeadTable, HheaTable, HmtxTable, MaxpTable, cmap::Cmap},
    tag,
};

/// One typeface file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Face {
    Regular,
    Bold,
    Italic,
    BoldItalic,
    Symbols,
}

impl Face {
    pub(crate) const ALL: [Face; 5] = [Face::Regular, Face::Bold, Face::Italic, Face::BoldItalic, Face::Symbols];

    /// Returns the face for a combination of strong and emphasised.
    pub(crate) fn of(strong: bool, emphasis: bool) -> Face {
        match (strong, emphasis) {
            (false, false) => Face::Regular,
            (true, false) => Face::Bold,
            (false, true) => Face::Italic,
            (true, true) => Face::BoldItalic,
        }
    }

    /// Returns the TrueType file.
    pub(crate) fn file(self) -> &'static [u8] {
        match self {
            Face::Regular => include_bytes!("../fonts/SourceSans3_400Regular.ttf"),
            Face::Bold => include_bytes!("../fonts/SourceSans3_700Bold.ttf"),
            Face::Italic => include_bytes!("../fonts/SourceSans3_400Regular_Italic.ttf"),
            Face::BoldItalic => include_bytes!("../fonts/SourceSans3_700Bold_Italic.ttf"),
            Face::Symbols => include_bytes!("../fonts/DejaVuSans-Symbols.ttf"),
        }
    }

    /// Returns the PostScript name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Face::Regular => "SourceSans3-Regular",
            Face::Bold => "SourceSans3-Bold",
            Face::Italic => "SourceSans3-Italic",
            Face::BoldItalic => "SourceSans3-BoldItalic",
            Face::Symbols => "DejaVuSans",
        }
    }

    /// Returns its place in [`Face::ALL`].
    pub(crate) fn index(self) -> usize {
        self as usize
    }
}

/// A character as it will be drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Glyph {
    pub(crate) face: Face,
    pub(crate) character: char,
    /// Advance in ems.
    pub(crate) advance: f32,
}

/// What every face covers, and its advances.
pub(crate) struct Fonts {
    faces: Vec<Metrics>,
}

/// Advances of the Basic Multilingual Plane in font units; `ABSENT` where there is no glyph.
struct Metrics {
    units_per_em: f32,
    advances: Vec<u16>,
}

const ABSENT: u16 = u16::MAX;
const REPLACEMENT: char = '\u{fffd}';

/// Returns the fonts, read once.
pub(crate) fn fonts() -> &'static Fonts {
    static FONTS: OnceLock<Fonts> = OnceLock::new();
    FONTS.get_or_init(|| Fonts {
        faces: Face::ALL
            .iter()
            .map(|face| {
                Metrics::read(face.file()).expect("the font files are compiled in, and a test reads each of them")
            })
            .collect(),
    })
}

impl Fonts {
    /// Returns how a character is drawn when `wanted` is asked for.
    pub(crate) fn glyph(&self, wanted: Face, c: char) -> Glyph {
        let choices = [(wanted, c), (Face::Symbols, c), (Face::Symbols, REPLACEMENT)];
        choices
            .into_iter()
            .find_map(|(face, character)| {
                let advance = self.faces.get(face.index())?.advance(character)?;
                Some(Glyph {
                    face,
                    character,
                    advance,
                })
            })
            .unwrap_or(Glyph {
                face: Face::Regular,
                character: '?',
                advance: 0.5,
            })
    }

    /// Returns the width of one line in ems.
    pub(crate) fn width(&self, face: Face, text: &str) -> f32 {
        text.chars().map(|c| self.glyph(face, c).advance).sum()
    }
}

impl Metrics {
    fn read(file: &[u8]) -> Result<Self, Box<dyn std::error::Error>> {
        let font = ReadScope::new(file).read::<FontData<'_>>()?;
        let provider = font.table_provider(0)?;
        let head = ReadScope::new(&provider.read_table_data(tag::HEAD)?).read::<HeadTable>()?;
        let maxp = ReadScope::new(&provider.read_table_data(tag::MAXP)?).read::<MaxpTable>()?;
        let hhea = ReadScope::new(&provider.read_table_data(tag::HHEA)?).read::<HheaTable>()?;
        let hmtx_data = provider.read_table_data(tag::HMTX)?;
        let hmtx = ReadScope::new(&hmtx_data)
            .read_dep::<HmtxTable<'_>>((usize::from(maxp.num_glyphs), usize::from(hhea.num_h_metrics)))?;
        let cmap_data = provider.read_table_data(tag::CMAP)?;
        let cmap = ReadScope::new(&cmap_data).read::<Cmap<'_>>()?;
        let (_, subtable) = read_cmap_subtable(&cmap)?.ok_or(ParseError::MissingValue)?;

        let mut advances = vec![ABSENT; 0x1_0000];
        subtable.mappings_fn(|code, glyph| {
            if let (Some(slot), Ok(advance)) = (advances.get_mut(code as usize), hmtx.horizontal_advance(glyph))
                && glyph != 0
            {
                *slot = advance;
            }
        })?;
        Ok(Self {
            units_per_em: f32::from(head.units_per_em.max(1)),
            advances,
        })
    }

    fn advance(&self, c: char) -> Option<f32> {
        match self.advances.get(c as usize).copied() {
            None | Some(ABSENT) => None,
            Some(units) => Some(f32::from(units) / self.units_per_em),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_font_file_is_read() {
        for face in Face::ALL {
            assert!(Metrics::read(face.file()).is_ok(), "{face:?}");
        }
    }

    #[test]
    fn text_faces_cover_welsh_and_typographic_signs() {
        for face in [Face::Regular, Face::Bold, Face::Italic, Face::BoldItalic] {
            for c in "ŵŷŴŶâêîôûàáéïö£–—‘’“”•…−≥≤→".chars() {
                assert_eq!(fonts().glyph(face, c).face, face, "{c}");
            }
        }
    }

    #[test]
    fn symbols_fall_back_and_the_unknown_is_replaced() {
        assert_eq!(fonts().glyph(Face::Regular, '☂').face, Face::Symbols);
        assert_eq!(fonts().glyph(Face::Regular, '漢').character, REPLACEMENT);
        assert_eq!(fonts().glyph(Face::Bold, '\u{1f600}').character, REPLACEMENT);
    }
}
