//! Is a file what its name says? Decided by its bytes.

use crate::{Result, archive, broken, locked, office_text, refused, rewound};
use framework::{evidence::FileType, prose::is_blank};
use std::{
    fs::File,
    io::{self, Read},
};

/// Looks at a file's bytes.
///
/// # Errors
/// [`FilesError::Refused`](crate::FilesError::Refused) when it is not what `kind` says, or holds what is not taken.
pub fn check(file: &File, kind: FileType) -> Result<()> {
    let file = rewound(file).map_err(unreadable)?;
    match kind {
        FileType::Text | FileType::Csv | FileType::Markdown => text(file).map(drop),
        FileType::Word | FileType::Excel => archive::check(file, kind),
        FileType::Pdf => {
            begins(rewound(&file).map_err(unreadable)?, kind)?;
            let locked = locked::is_locked_pdf(file)?;
            if locked { Err(refused(locked::SENTENCE)) } else { Ok(()) }
        }
        FileType::Png | FileType::Jpeg | FileType::Webp | FileType::Gif => begins(file, kind),
    }
}

/// A file of this type begins with its sign.
fn begins(file: File, kind: FileType) -> Result<()> {
    let mut start = Vec::with_capacity(64);
    file.take(64).read_to_end(&mut start).map_err(unreadable)?;
    let fits = match kind {
        // some readers look for the sign further in, where a page can stand before it
        FileType::Pdf => start.starts_with(b"%PDF-"),
        // the sign, and the part with the picture's size that always follows it
        FileType::Png => infer::image::is_png(&start) && start.len() >= PNG_HEAD && &start[12..16] == b"IHDR",
        FileType::Jpeg => infer::image::is_jpeg(&start),
        FileType::Webp => infer::image::is_webp(&start),
        FileType::Gif => infer::image::is_gif(&start),
        FileType::Word | FileType::Excel | FileType::Text | FileType::Csv | FileType::Markdown => false,
    };
    if fits { Ok(()) } else { Err(otherwise(kind)) }
}

/// A PNG's sign and its first part: eight bytes, then length, name and thirteen bytes of content.
const PNG_HEAD: usize = 29;

/// Text is UTF-8 without the zero byte, which no text has, and not blank. At most 20 MB, as every upload.
fn text(mut file: File) -> Result<String> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(unreadable)?;
    match String::from_utf8(bytes) {
        Ok(text) if is_blank(&text) && !text.contains('\0') => {
            Err(refused("There is nothing but blanks in the file. Choose another one."))
        }
        Ok(text) if !text.contains('\0') => Ok(text),
        _ => Err(refused(
            "The file is no plain text in UTF-8. Save it again as plain text with the encoding UTF-8, then choose it.",
        )),
    }
}

/// Returns the words of a file that was found to be text or an Office document.
pub(crate) fn text_of(file: &File, kind: FileType) -> Result<Option<String>> {
    if matches!(kind, FileType::Word | FileType::Excel) {
        return Ok(office_text::words(rewound(file).map_err(unreadable)?));
    }
    if !kind.is_text() {
        return Ok(None);
    }
    text(rewound(file).map_err(unreadable)?).map(Some)
}

/// Returns the sentence for a file that is not what its name says.
pub(crate) fn otherwise(kind: FileType) -> crate::FilesError {
    let [extension, ..] = kind.extensions() else {
        return refused("The file is not what its name says.");
    };
    refused(format!(
        "The name ends in .{extension}, but what is in the file is something else, or it is damaged. Open it, save it \
         again as {}, then choose that file.",
        kind.name()
    ))
}

pub(crate) fn unreadable(error: io::Error) -> crate::FilesError {
    broken("reading an upload", error)
}
