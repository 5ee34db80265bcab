//! Files as evidence: which types are taken, and how a file is named.

use crate::{name::is_unseen, prose::is_blank};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The types of files that are taken. A picture that can hold a script (SVG) is not among them, nor are Office files of
/// the old kind or with macros.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileType {
    /// PDF.
    Pdf,
    /// Word, since 2007.
    Word,
    /// Excel, since 2007.
    Excel,
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// WebP.
    Webp,
    /// GIF.
    Gif,
    /// Plain text.
    Text,
    /// Comma-separated values.
    Csv,
    /// Markdown.
    Markdown,
}

impl FileType {
    /// All types.
    pub const ALL: [FileType; 10] = [
        Self::Pdf,
        Self::Word,
        Self::Excel,
        Self::Png,
        Self::Jpeg,
        Self::Webp,
        Self::Gif,
        Self::Text,
        Self::Csv,
        Self::Markdown,
    ];

    /// Returns how names of such files end, the usual ending first. It is the word in the database too.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Word => &["docx"],
            Self::Excel => &["xlsx"],
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Webp => &["webp"],
            Self::Gif => &["gif"],
            Self::Text => &["txt"],
            Self::Csv => &["csv"],
            Self::Markdown => &["md"],
        }
    }

    /// Returns the word in the database.
    pub fn code(self) -> &'static str {
        self.extensions()[0]
    }

    /// Returns the type of a word in the database.
    pub fn from_code(code: &str) -> Option<FileType> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Returns the type that the end of a name stands for.
    pub fn from_extension(extension: &str) -> Option<FileType> {
        let extension = extension.to_ascii_lowercase();
        Self::ALL
            .into_iter()
            .find(|kind| kind.extensions().contains(&extension.as_str()))
    }

    /// Returns the words for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Word => "Word",
            Self::Excel => "Excel",
            Self::Png | Self::Jpeg | Self::Webp | Self::Gif => "Image",
            Self::Text => "Text",
            Self::Csv => "CSV",
            Self::Markdown => "Markdown",
        }
    }

    /// Returns what a download is declared as.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Word => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Excel => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
            Self::Gif => "image/gif",
            Self::Text => "text/plain; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Markdown => "text/markdown; charset=utf-8",
        }
    }

    /// Returns whether it is text that people read as it is.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Csv | Self::Markdown)
    }
}

/// A file's own name without any folder, at most [`FileName::MAX`] characters, with an ending that is taken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FileName(String);

impl FileName {
    /// The most characters a name may have; longer ones are cut before their ending.
    pub const MAX: usize = 120;

    /// Reads a name as a browser sends it. Folders, control characters and signs that turn the direction of writing
    /// round (`gpj.exe` shown as `exe.jpg`) are taken away.
    ///
    /// # Errors
    /// A sentence for the person when nothing is left of it or its ending is not one that is taken.
    pub fn read(text: &str) -> Result<FileName, String> {
        let last = text.rsplit(['/', '\\']).next().unwrap_or_default();
        let clean: String = last.chars().filter(|c| !c.is_control() && !is_unseen(*c)).collect();
        let clean = clean.trim().trim_start_matches('.');
        let (stem, extension) = match clean.rsplit_once('.') {
            Some((stem, extension)) if !stem.trim().is_empty() => {
                (if is_blank(stem) { UNNAMED } else { stem.trim() }, extension)
            }
            _ => return Err(NOT_TAKEN.to_owned()),
        };
        if let Some(sentence) = instead(extension) {
            return Err(sentence.to_owned());
        }
        if FileType::from_extension(extension).is_none() {
            return Err(NOT_TAKEN.to_owned());
        }
        let room = Self::MAX - extension.len() - 1;
        let stem: String = stem.chars().take(room).collect();
        Ok(FileName(format!("{}.{extension}", stem.trim_end())))
    }

    /// Returns the type that the name stands for.
    pub fn kind(&self) -> FileType {
        let extension = self.0.rsplit('.').next().unwrap_or_default();
        // `read` takes no other
        FileType::from_extension(extension).unwrap_or(FileType::Text)
    }

    /// Returns the name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

const NOT_TAKEN: &str =
    "Choose a PDF, Word (.docx), Excel (.xlsx), image (.png, .jpg, .webp, .gif) or text file (.txt, .csv, .md).";

/// Returns what to do with a file of a kind that is near to one that is taken.
fn instead(extension: &str) -> Option<&'static str> {
    match extension.to_ascii_lowercase().as_str() {
        "doc" | "rtf" | "odt" => Some("Save the document as .docx or PDF, then choose that file."),
        "xls" | "xlsb" | "ods" => Some("Save the workbook as .xlsx, then choose that file."),
        "docm" | "dotm" | "xlsm" | "xltm" => {
            Some("Files with macros are not taken. Save it as .docx or .xlsx, then choose that file.")
        }
        "ppt" | "pptx" | "odp" => Some("Save the presentation as PDF, then choose that file."),
        "zip" | "7z" | "rar" | "gz" | "tar" => Some("Take the files out of the archive and add them one by one."),
        "svg" | "heic" | "tif" | "tiff" | "bmp" => Some("Save the picture as .png or .jpg, then choose that file."),
        _ => None,
    }
}

/// The name of a file whose own shows nothing.
const UNNAMED: &str = "file";

impl TryFrom<String> for FileName {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::read(&text)
    }
}

impl From<FileName> for String {
    fn from(name: FileName) -> String {
        name.0
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// SHA-256 of a file's bytes, in hexadecimal: under it the file is kept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("pattern" = "^[0-9a-f]{64}$"))]
pub struct FileHash(String);

impl FileHash {
    /// Returns the hash that was worked out.
    pub fn new(bytes: [u8; 32]) -> FileHash {
        FileHash(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// Returns the hash as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for FileHash {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let is_hash = text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if is_hash {
            Ok(FileHash(text))
        } else {
            Err(format!("“{text}” is no hash"))
        }
    }
}

impl From<FileHash> for String {
    fn from(hash: FileHash) -> String {
        hash.0
    }
}

/// A file that is kept outside the database.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct StoredFile {
    /// Its name.
    pub name: FileName,
    /// Its type, by name and content.
    pub kind: FileType,
    /// Its length in bytes.
    pub size: u64,
    /// Under which hash it is kept.
    pub hash: FileHash,
}

impl StoredFile {
    /// The most bytes a file may have.
    pub const MAX: u64 = 20 * 1024 * 1024;

    /// Returns the most in words: `20 MB`.
    pub fn limit_words() -> String {
        format!("{} MB", StoredFile::MAX >> 20)
    }

    /// Returns its type and length in words: `PDF, 1.2 MB`.
    pub fn words(&self) -> String {
        format!("{}, {}", self.kind.name(), size_words(self.size))
    }
}

/// Returns a length in bytes in words: `1.2 MB`. One MB is 1024 × 1024 bytes, as in [`StoredFile::MAX`].
pub fn size_words(bytes: u64) -> String {
    match bytes {
        0..1_024 => format!("{bytes} bytes"),
        1_024..1_048_576 => format!("{} kB", bytes.div_ceil(1_024)),
        _ => format!("{:.1} MB", bytes as f64 / 1_048_576.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_loses_what_could_mislead_and_keeps_its_ending() {
        let long = format!("{}.pdf", "ŵ".repeat(300));
        for (sent, kept) in [
            ("minutes.pdf", "minutes.pdf"),
            ("C:\\Users\\ann\\Board minutes.DOCX", "Board minutes.DOCX"),
            ("../../etc/passwd.txt", "passwd.txt"),
            ("a\u{202e}fdp.png", "afdp.png"),
            ("line\nbreak\".csv", "linebreak\".csv"),
            ("..hidden.md", "hidden.md"),
            ("\u{3164}\u{2800}.pdf", "file.pdf"),
            ("cofnodion mis Tachwedd – ŵyl.txt", "cofnodion mis Tachwedd – ŵyl.txt"),
            (&long, &format!("{}.pdf", "ŵ".repeat(116))),
        ] {
            assert_eq!(FileName::read(sent).map(String::from), Ok(kept.to_owned()), "{sent}");
        }
    }

    #[test]
    fn only_the_listed_types_are_taken_and_others_are_told_what_to_do() {
        for (name, says) in [
            ("", "Choose a PDF"),
            ("pdf", "Choose a PDF"),
            (".pdf", "Choose a PDF"),
            ("page.html", "Choose a PDF"),
            ("run.exe", "Choose a PDF"),
            ("minutes.pdf.exe", "Choose a PDF"),
            ("drawing.svg", ".png or .jpg"),
            ("old.doc", ".docx or PDF"),
            ("old.xls", ".xlsx"),
            ("macro.XLSM", "macros"),
            ("all.zip", "one by one"),
        ] {
            let refused = FileName::read(name).expect_err(name);
            assert!(refused.contains(says), "{name}: {refused}");
        }
        for kind in FileType::ALL {
            for extension in kind.extensions() {
                assert_eq!(FileName::read(&format!("a.{extension}")).unwrap().kind(), kind);
            }
            assert_eq!(FileType::from_code(kind.code()), Some(kind));
            assert!(!kind.media_type().contains("html") && !kind.media_type().contains("svg"));
        }
    }

    #[test]
    fn a_length_is_said_in_words() {
        let file = |size| StoredFile {
            name: FileName::read("a.pdf").unwrap(),
            kind: FileType::Pdf,
            size,
            hash: FileHash::new([7; 32]),
        };
        assert_eq!(file(12).words(), "PDF, 12 bytes");
        assert_eq!(file(1_025).words(), "PDF, 2 kB");
        assert_eq!(file(1_250_000).words(), "PDF, 1.2 MB");
        assert_eq!(file(StoredFile::MAX).words(), "PDF, 20.0 MB");
    }
}
