//! The words in a Word or Excel file, to be looked through for what should not be in it. No more: how they are set, and
//! where they stand, is left out.

use std::{
    fs::File,
    io::{BufReader, Read},
};
use zip::ZipArchive;

/// The most bytes that are read of all parts together, unpacked.
const MOST: u64 = 8 * 1024 * 1024;

/// Returns the words, a paragraph or a cell a line; nothing where there are none. The file was found to be what its name says.
pub fn words(file: File) -> Option<String> {
    let mut archive = ZipArchive::new(BufReader::new(file)).ok()?;
    let (mut text, mut room) = (String::new(), MOST);
    for place in 0..archive.len() {
        let Ok(part) = archive.by_index(place) else {
            continue;
        };
        if !part.name().is_ok_and(|name| speaks(&name)) {
            continue;
        }
        let mut bytes = Vec::new();
        // a part that breaks off, or for which there is no room, is read as far as it goes
        let _ = part.take(room).read_to_end(&mut bytes);
        room = room.saturating_sub(bytes.len() as u64);
        add_words(&String::from_utf8_lossy(&bytes), &mut text);
    }
    (!text.trim().is_empty()).then_some(text)
}

/// Does somebody write in a part of this name? Settings, styles and links between parts hold no words of theirs.
fn speaks(name: &str) -> bool {
    let name = name.replace('\\', "/").to_ascii_lowercase();
    let name = name.strip_prefix('/').unwrap_or(&name);
    let Some(inside) = name.strip_prefix("word/").or_else(|| name.strip_prefix("xl/")) else {
        return false;
    };
    let begins = [
        "document",
        "header",
        "footer",
        "footnotes",
        "endnotes",
        "comments",
        "sharedstrings",
        "worksheets/sheet",
    ];
    inside.ends_with(".xml") && begins.iter().any(|begin| inside.starts_with(begin))
}

/// Adds what stands in the elements for text.
fn add_words(xml: &str, text: &mut String) {
    for piece in xml.split('<') {
        let (element, words) = piece.split_once('>').unwrap_or((piece, ""));
        let name = element
            .split([' ', '/', '\n', '\r', '\t'])
            .find(|part| !part.is_empty())
            .unwrap_or_default();
        match (name, element.starts_with('/')) {
            ("w:t" | "t" | "w:delText", false) => text.push_str(&decoded(words)),
            ("w:p" | "si" | "is", true) | ("w:br" | "w:cr", false) => text.push('\n'),
            ("w:tab", false) => text.push(' '),
            _ => {}
        }
    }
}

fn decoded(words: &str) -> String {
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    signs
        .iter()
        .fold(words.to_owned(), |words, (code, sign)| words.replace(code, sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_paragraph_stand_together_however_they_are_cut() {
        let mut text = String::new();
        let xml = "<w:p><w:r><w:t>Ms Sm</w:t></w:r><w:r><w:t xml:space=\"preserve\">ith born </w:t></w:r></w:p>\
                   <w:p><w:t>A &amp;amp; B</w:t><w:br/><w:t>C</w:t><w:tab/><w:t>D</w:t><w:instrText>NO</w:instrText></w:p><w:t";
        add_words(xml, &mut text);
        assert_eq!(text, "Ms Smith born \nA &amp; B\nC D\n");
    }
}
