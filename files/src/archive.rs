//! Word and Excel files are ZIP archives. They are unpacked into nothing, counting, so that a small file that unpacks
//! to an enormous one is found out by what it does and not by what it says of itself.

use crate::{
    Result,
    content::{otherwise, unreadable},
    locked, refused, rewound,
};
use framework::evidence::FileType;
use std::{
    fs::File,
    io::{BufReader, Read},
};
use zip::ZipArchive;

/// The most parts an archive may have.
const ENTRIES: usize = 5_000;
/// The most bytes all parts may come to.
const UNPACKED: u64 = 300 * 1024 * 1024;
/// From so many bytes on, no more than [`RATIO`] for each packed one.
const SMALL: u64 = 10 * 1024 * 1024;
const RATIO: u64 = 150;
/// The most bytes of the list of parts, which is read as text.
const CONTENTS: u64 = 1024 * 1024;

/// Returns whether it is a Word or Excel file without macros, and no larger unpacked than such a file is.
///
/// # Errors
/// [`FilesError::Refused`](crate::FilesError::Refused) when not.
pub fn check(file: File, kind: FileType) -> Result<()> {
    if locked::is_locked_office(rewound(&file).map_err(unreadable)?)? {
        return Err(refused(locked::SENTENCE));
    }
    let packed = file.metadata().map_err(unreadable)?.len();
    if signs(rewound(&file).map_err(unreadable)?)? > ENTRIES {
        return Err(refused(TOO_MUCH));
    }
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|_| otherwise(kind))?;
    if archive.len() > ENTRIES || archive.has_duplicate_names() {
        return Err(refused(TOO_MUCH));
    }
    let (mut names, mut contents, mut unpacked) = (Vec::new(), String::new(), 0u64);
    for place in 0..archive.len() {
        let part = archive.by_index(place).map_err(|_| otherwise(kind))?;
        let name = part_name(&part.name().map_err(|_| otherwise(kind))?);
        if leads_out(&name) {
            return Err(otherwise(kind));
        }
        if part.encrypted() {
            return Err(refused(locked::SENTENCE));
        }
        if name.ends_with("vbaproject.bin") {
            return Err(refused(MACROS));
        }
        let most = UNPACKED - unpacked;
        let counted = if name == "[content_types].xml" {
            read(part.take(CONTENTS.min(most + 1)), &mut contents)
        } else {
            std::io::copy(&mut part.take(most + 1), &mut std::io::sink())
        };
        unpacked += counted.map_err(|_| otherwise(kind))?;
        if unpacked >= UNPACKED || (unpacked > SMALL && unpacked / packed.max(1) > RATIO) {
            return Err(refused(TOO_MUCH));
        }
        names.push(name);
    }
    if contents.contains("macroEnabled") || contents.contains("vbaProject") {
        return Err(refused(MACROS));
    }
    let main = main_part(&contents, kind);
    if names.contains(&main) {
        Ok(())
    } else {
        Err(otherwise(kind))
    }
}

/// Returns the name of the part in which the text or the sheets begin, as the list of types says: `word/document.xml` mostly, but
/// Word Online calls it `word/document2.xml`. Empty where the list speaks of no such part.
fn main_part(contents: &str, kind: FileType) -> String {
    let (said, usual) = match kind {
        FileType::Excel => ("spreadsheetml.sheet.main+xml", "xl/workbook.xml"),
        _ => ("wordprocessingml.document.main+xml", "word/document.xml"),
    };
    let named = contents
        .split('<')
        .filter(|element| element.starts_with("Override") && element.contains(said))
        .find_map(|element| element.split_once("PartName=")?.1.split(['"', '\'']).nth(1));
    match named {
        Some(name) => part_name(name),
        None if contents.contains(usual) || contents.contains(said) => usual.to_owned(),
        None => String::new(),
    }
}

/// Returns a part's name as it is compared: in small letters, and without the stroke that some programs write before the folders of
/// a document.
fn part_name(name: &str) -> String {
    let name = name.replace('\\', "/").to_ascii_lowercase();
    let inside = name
        .strip_prefix('/')
        .filter(|name| FOLDERS.iter().any(|folder| name.starts_with(folder)));
    inside.unwrap_or(&name).to_owned()
}

/// What a document's parts lie in.
const FOLDERS: [&str; 6] = [
    "[content_types].xml",
    "_rels/",
    "customxml/",
    "docprops/",
    "word/",
    "xl/",
];

const TOO_MUCH: &str =
    "The file unpacks to far more than a document holds, so it is not taken. Save it again, or save it as PDF.";
const MACROS: &str = "The file holds macros, which are not taken. Save it as .docx or .xlsx without macros, or as PDF.";

/// Returns how many parts there can be at most: each has an entry in the archive's list, which begins with this sign. Counted
/// before the list is read into memory.
fn signs(file: File) -> Result<usize> {
    const SIGN: u32 = u32::from_be_bytes(*b"PK\x01\x02");
    let mut bytes = [0u8; 64 * 1024];
    let (mut last, mut count, mut file) = (0u32, 0, file);
    loop {
        let n = file.read(&mut bytes).map_err(unreadable)?;
        if n == 0 {
            return Ok(count);
        }
        for byte in &bytes[..n] {
            last = last << 8 | u32::from(*byte);
            count += usize::from(last == SIGN);
        }
    }
}

/// Would unpacking this part write outside the folder it is unpacked in? No document has such a part.
fn leads_out(name: &str) -> bool {
    let drive = name.as_bytes().get(1) == Some(&b':');
    drive || name.starts_with('/') || name.split('/').any(|folder| folder == "..")
}

fn read(mut part: impl Read, into: &mut String) -> std::io::Result<u64> {
    part.read_to_string(into).map(|n| n as u64)
}
