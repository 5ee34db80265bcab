//! Files that need a password to be opened: whoever reviews could not read them.

use crate::{Result, content::unreadable};
use lopdf::{Document, Error, encryption::DecryptionError};
use std::{fs::File, io::Read};

/// What is said of them.
pub const SENTENCE: &str = "The file is locked with a password. Save it without one, then choose it.";

/// Office wraps a locked document into a file of the old kind with a stream of this name.
const OLD_KIND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
const LOCKED_STREAM: &str = "EncryptedPackage";

/// Returns whether it is a Word or Excel file that Office has locked.
///
/// # Errors
/// When it cannot be read.
pub fn is_locked_office(mut file: File) -> Result<bool> {
    let mut sign = Vec::with_capacity(OLD_KIND.len());
    file.by_ref()
        .take(OLD_KIND.len() as u64)
        .read_to_end(&mut sign)
        .map_err(unreadable)?;
    if sign != OLD_KIND {
        return Ok(false);
    }
    let name: Vec<u8> = LOCKED_STREAM.encode_utf16().flat_map(u16::to_le_bytes).collect();
    Ok(find_last(&read(file)?, &name).is_some())
}

/// Does a PDF need a password to be opened? Many say that they are encrypted and open without one, since only printing or
/// copying is forbidden.
///
/// # Errors
/// When it cannot be read.
pub fn is_locked_pdf(file: File) -> Result<bool> {
    let bytes = read(file)?;
    let Some(small) = only_its_lock(&bytes) else {
        return Ok(false);
    };
    let opened = Document::load_mem(&small).and_then(|small| small.authenticate_password(""));
    let locked = matches!(
        opened,
        Err(Error::InvalidPassword | Error::Decryption(DecryptionError::IncorrectPassword))
    );
    Ok(locked)
}

/// The most bytes of the description of a lock, and the most brackets in it: no real one has half as many.
const LONGEST: usize = 4 * 1024;
const BRACKETS: usize = 100;

/// Returns a PDF that holds nothing but the lock of this one, so that a file made to do harm is not read as a whole. The lock is
/// always readable: a dictionary of its own, with the file's id.
fn only_its_lock(bytes: &[u8]) -> Option<Vec<u8>> {
    const NAME: &[u8] = b"/Encrypt";
    let named = |window: &[u8]| window.starts_with(NAME) && window[NAME.len()].is_ascii_whitespace();
    let index = bytes.windows(NAME.len() + 1).rposition(named)?;
    let place = bytes.get(index + NAME.len()..)?.trim_ascii_start();
    let number = &place[..place.iter().take(10).take_while(|byte| byte.is_ascii_digit()).count()];
    if number.is_empty() {
        return None;
    }
    let head = [number, b" 0 obj"].concat();
    let begins = |window: &[u8]| !window[0].is_ascii_digit() && window.ends_with(&head);
    let lock = bytes.windows(head.len() + 1).rposition(begins)?;
    let lock = bytes.get(lock + head.len() + 1..)?;
    let lock = &lock[..find_first(lock, b"endobj").filter(|end| *end <= LONGEST)?];
    let brackets = lock.iter().filter(|byte| matches!(byte, b'<' | b'[' | b'(')).count();
    if brackets > BRACKETS {
        return None;
    }
    let id = find_last(bytes, b"/ID")
        .and_then(|at| first_text(bytes.get(at..)?))
        .unwrap_or(b"<>");
    let mut small = b"%PDF-1.7\n1 0 obj\n".to_vec();
    small.extend(lock);
    small.extend(b"\nendobj\n");
    let table = small.len();
    small.extend(b"xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<< /Size 2 /Encrypt 1 0 R /ID [");
    small.extend(id);
    small.extend(id);
    small.extend(format!("] >>\nstartxref\n{table}\n%%EOF\n").bytes());
    Some(small)
}

/// Returns the first text in an array, with its brackets: `<…>` or `(…)`.
fn first_text(array: &[u8]) -> Option<&[u8]> {
    let array = array.get(..LONGEST.min(array.len()))?;
    let start = array.iter().position(|byte| matches!(byte, b'<' | b'('))?;
    let text = &array[start..];
    if text[0] == b'<' {
        return Some(&text[..=find_first(text, b">")?]);
    }
    let (mut depth, mut escaped) = (0, false);
    let end = text.iter().position(|byte| {
        let meant = !escaped;
        escaped = meant && *byte == b'\\';
        depth += match byte {
            b'(' if meant => 1,
            b')' if meant => -1,
            _ => 0,
        };
        depth == 0
    })?;
    Some(&text[..=end])
}

fn find_first(bytes: &[u8], sought: &[u8]) -> Option<usize> {
    bytes.windows(sought.len()).position(|window| window == sought)
}

fn find_last(bytes: &[u8], sought: &[u8]) -> Option<usize> {
    bytes.windows(sought.len()).rposition(|window| window == sought)
}

/// Returns the whole file: at most 20 MB, as every upload.
fn read(mut file: File) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}
