//! Small real files.

use std::io::{Cursor, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

/// Returns an archive with parts.
pub fn office(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(vec![]));
    for (name, bytes) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

const CONTENTS: &[u8] = b"<Types><Override PartName=\"/word/document.xml\"/></Types>";

pub fn docx() -> Vec<u8> {
    office(&[
        ("[Content_Types].xml", CONTENTS),
        ("_rels/.rels", b"<Relationships/>"),
        ("word/document.xml", b"<w:document/>"),
    ])
}

pub fn xlsx() -> Vec<u8> {
    office(&[
        (
            "[Content_Types].xml",
            b"<Types><Override PartName=\"/xl/workbook.xml\"/></Types>",
        ),
        ("xl/workbook.xml", b"<workbook/>"),
    ])
}

/// Returns a Word file of some kilobytes that unpacks to 40 MB.
pub fn bomb() -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(vec![]));
    for (name, bytes) in [("[Content_Types].xml", CONTENTS), ("word/document.xml", b"<w/>")] {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive
        .start_file("word/media/image.bmp", SimpleFileOptions::default())
        .unwrap();
    let zeros = vec![0u8; 1024 * 1024];
    for _ in 0..40 {
        archive.write_all(&zeros).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// Returns a Word file with so many parts.
pub fn many(parts: usize) -> Vec<u8> {
    let names: Vec<String> = (0..parts - 2).map(|n| format!("word/{n}.xml")).collect();
    let more = names.iter().map(|name| (name.as_str(), b"".as_slice()));
    let main = [
        ("[Content_Types].xml", CONTENTS),
        ("word/document.xml", b"<w/>".as_slice()),
    ];
    office(&main.into_iter().chain(more).collect::<Vec<_>>())
}

pub fn pdf() -> Vec<u8> {
    b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n".to_vec()
}

/// Returns a file of ours that came from elsewhere, by its name in `samples`.
pub fn kept(name: &str) -> Vec<u8> {
    std::fs::read(
        std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("src/tests/samples")
            .join(name),
    )
    .unwrap()
}

/// Returns a Word file whose main part has this name, also in the list of types.
pub fn named(part: &str, in_list: &str) -> Vec<u8> {
    const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    let contents = format!(
        "<Types><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override ContentType=\"{TYPE}\" PartName='{in_list}'/></Types>"
    );
    office(&[("[Content_Types].xml", contents.as_bytes()), (part, b"<w:document/>")])
}

pub fn png() -> Vec<u8> {
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0".to_vec()
}

pub fn jpeg() -> Vec<u8> {
    b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01".to_vec()
}

pub fn webp() -> Vec<u8> {
    b"RIFF\x24\0\0\0WEBPVP8 ".to_vec()
}

pub fn gif() -> Vec<u8> {
    b"GIF89a\x01\0\x01\0\0\0\0;".to_vec()
}
