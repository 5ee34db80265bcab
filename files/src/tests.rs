//! Uploads good and bad, what is kept of them, and a real scanner.

#![allow(clippy::unwrap_used, clippy::panic)]

mod made;
mod samples;
mod scanner;

use crate::{Checked, Clamd, Files, FilesError, Result, beside, receive};
use bytes::Bytes;
use framework::evidence::{FileHash, FileType, StoredFile};
use futures::{TryStreamExt, stream};
use object_store::{ObjectStoreExt, PutPayload, path::Path as Address};
use samples::{bomb, docx, gif, jpeg, kept, many, named, office, pdf, png, webp, xlsx};
use std::{collections::BTreeSet, path::Path};

/// A file as it comes over the network: in parts.
async fn upload(files: &Files, name: &str, bytes: &[u8]) -> Result<Checked> {
    let parts: Vec<std::result::Result<Bytes, String>> = bytes
        .chunks(7_000)
        .map(|part| Ok(Bytes::copy_from_slice(part)))
        .collect();
    let received = receive(stream::iter(parts)).await?;
    files.check(name, received).await
}

fn sentence(result: Result<Checked>) -> String {
    match result {
        Err(FilesError::Refused(sentence)) => sentence,
        other => panic!("{other:?}"),
    }
}

async fn names(files: &Files) -> Vec<String> {
    let place = files.place();
    place
        .list(None)
        .map_ok(|found| found.location.to_string())
        .try_collect()
        .await
        .unwrap()
}

#[tokio::test]
async fn every_type_is_taken_when_name_and_content_agree() {
    let files = Files::in_memory();
    for (name, bytes, kind) in [
        ("a.pdf", pdf(), FileType::Pdf),
        ("a.DOCX", docx(), FileType::Word),
        ("a.xlsx", xlsx(), FileType::Excel),
        ("a.png", png(), FileType::Png),
        ("a.jpeg", jpeg(), FileType::Jpeg),
        ("a.webp", webp(), FileType::Webp),
        ("a.gif", gif(), FileType::Gif),
        ("a.txt", "Cyfarfod ŵyl\n".into(), FileType::Text),
        ("a.csv", b"a,b\n1,2\n".to_vec(), FileType::Csv),
        ("a.md", b"# Heading".to_vec(), FileType::Markdown),
    ] {
        let checked = upload(&files, name, &bytes).await.unwrap();
        assert_eq!(
            (checked.facts.kind, checked.facts.size),
            (kind, bytes.len() as u64),
            "{name}"
        );
        let text = checked.text().await.unwrap();
        assert_eq!(text.map(String::into_bytes), kind.is_text().then_some(bytes), "{name}");
    }
    assert!(names(&files).await.is_empty(), "nothing is kept by checking");
}

#[tokio::test]
async fn the_main_part_of_a_document_may_have_any_name() {
    let files = Files::in_memory();
    for (part, in_list) in [
        ("word/document2.xml", "/word/document2.xml"),
        ("word/document22.xml", "/word/document22.xml"),
        ("/word/document.xml", "/word/document.xml"),
        ("Word/Document.xml", "/word/document.xml"),
        ("word\\document.xml", "/word/document.xml"),
    ] {
        let taken = upload(&files, "a.docx", &named(part, in_list)).await;
        assert!(taken.is_ok(), "{part}: {taken:?}");
    }
    for (part, in_list) in [
        ("word/document2.xml", "/word/document3.xml"),
        ("//word/document.xml", "/word/document.xml"),
    ] {
        let refusal = sentence(upload(&files, "a.docx", &named(part, in_list)).await);
        assert!(refusal.contains("is something else"), "{part}: {refusal}");
    }
    assert!(upload(&files, "a.docx", &kept("word-online.docx")).await.is_ok());
}

#[tokio::test]
async fn the_words_of_a_document_can_be_looked_through() {
    let files = Files::in_memory();
    let word = office(&[
        (
            "[Content_Types].xml",
            b"<Types><Override PartName=\"/word/document.xml\"/></Types>",
        ),
        (
            "word/document.xml",
            b"<w:p><w:t>Ms Smith born </w:t><w:t>12/3/1991</w:t></w:p>",
        ),
        ("word/header1.xml", b"<w:p><w:t>In confidence</w:t></w:p>"),
        ("word/styles.xml", b"<w:t>Ms Style</w:t>"),
    ]);
    let read = upload(&files, "a.docx", &word).await.unwrap().text().await.unwrap();
    assert_eq!(read.as_deref(), Some("Ms Smith born 12/3/1991\nIn confidence\n"));
    let sheet = office(&[
        (
            "[Content_Types].xml",
            b"<Types><Override PartName=\"/xl/workbook.xml\"/></Types>",
        ),
        ("xl/workbook.xml", b"<workbook/>"),
        (
            "xl/sharedStrings.xml",
            b"<sst><si><t>Ms Smith</t></si><si><t>4</t></si></sst>",
        ),
    ]);
    let read = upload(&files, "a.xlsx", &sheet).await.unwrap().text().await.unwrap();
    assert_eq!(read.as_deref(), Some("Ms Smith\n4\n"));
}

#[tokio::test]
async fn what_needs_a_password_to_be_opened_is_refused() {
    let files = Files::in_memory();
    for name in [
        "locked.docx",
        "locked.xlsx",
        "locked.pdf",
        "locked-128.pdf",
        "locked-40.pdf",
        "locked-streams.pdf",
    ] {
        let refusal = sentence(upload(&files, name, &kept(name)).await);
        assert_eq!(
            refusal, "The file is locked with a password. Save it without one, then choose it.",
            "{name}"
        );
    }
    for name in ["no-printing.pdf", "no-printing-128.pdf", "no-printing-streams.pdf"] {
        let taken = upload(&files, name, &kept(name)).await;
        assert!(taken.is_ok(), "{name}: {taken:?}");
    }
}

#[tokio::test]
async fn a_lock_made_to_do_harm_is_read_no_further() {
    let files = Files::in_memory();
    let lock = |inside: &str| format!("%PDF-1.7\n6 0 obj\n{inside}\nendobj\ntrailer << /Encrypt 6 0 R >>\n%%EOF");
    for inside in [
        "<<".repeat(5_000),
        format!("<< /O {} >>", "[".repeat(2_000)),
        format!("<< /U {} >>", "(".repeat(2_000)),
        format!("<< /O <{}> >>", "0".repeat(1_000_000)),
        "<< /Filter /Standard /V 5 /R 6 /O () /U () >>".to_owned(),
        "<< /Filter /Standard /V 2 /R 3 /O <00> /U <00> /P -4 /Length 128 >>".to_owned(),
        String::new(),
    ] {
        let taken = upload(&files, "a.pdf", lock(&inside).as_bytes()).await;
        assert!(
            taken.is_ok() || sentence(taken).contains("locked"),
            "{}",
            &inside[..inside.len().min(40)]
        );
    }
    for odd in [
        "/Encrypt",
        "/Encrypt 6",
        "/Encrypt 99999999999 0 R",
        "6 0 obj /Encrypt 6 0 R /ID",
        "6 0 obj endobj /Encrypt 6 0 R /ID [(\\",
    ] {
        let taken = upload(&files, "a.pdf", format!("%PDF-1.7 {odd}").as_bytes()).await;
        assert!(taken.is_ok(), "{odd}: {taken:?}");
    }
}

#[tokio::test]
async fn what_is_not_what_its_name_says_is_refused() {
    let files = Files::in_memory();
    let html = b"<!doctype html><script>alert(1)</script>".to_vec();
    let exe = [b"MZ\x90\0".as_slice(), &[0; 400]].concat();
    for (name, bytes, says) in [
        ("page.pdf", html.clone(), "is something else"),
        ("page.png", html.clone(), "is something else"),
        ("page.docx", html, "is something else"),
        ("run.gif", exe.clone(), "is something else"),
        ("run.txt", exe, "no plain text"),
        ("latin.txt", b"caf\xe9".to_vec(), "no plain text"),
        ("zero.csv", b"a,\0b".to_vec(), "no plain text"),
        ("picture.jpg", png(), "is something else"),
        ("sheet.docx", xlsx(), "is something else"),
        ("letter.xlsx", docx(), "is something else"),
        ("cut.docx", docx()[..60].to_vec(), "is something else"),
        ("short.png", vec![0x89], "is something else"),
        ("sign.png", png()[..8].to_vec(), "is something else"),
        ("other.png", [&png()[..12], &[b'x'; 40]].concat(), "is something else"),
        (
            "behind.pdf",
            b"<html><script>alert(1)</script>%PDF-1.4".to_vec(),
            "is something else",
        ),
        ("blank.txt", b" \r\n\t\n".to_vec(), "nothing but blanks"),
        ("mark.csv", "\u{feff} \n".into(), "nothing but blanks"),
        ("unseen.txt", "\u{200b}\u{3164}\n".into(), "nothing but blanks"),
        ("archive.docx", office(&[("readme.txt", b"x")]), "is something else"),
        (
            "claims.docx",
            office(&[("[Content_Types].xml", b"/word/document.xml")]),
            "is something else",
        ),
        (
            "old.docx",
            [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1].to_vec(),
            "is something else",
        ),
        ("drawing.svg", b"<svg/>".to_vec(), ".png or .jpg"),
        ("nothing.pdf", vec![], "empty"),
    ] {
        let refusal = sentence(upload(&files, name, &bytes).await);
        assert!(refusal.contains(says), "{name}: {refusal}");
    }
}

#[tokio::test]
async fn macros_and_archives_that_unpack_to_too_much_or_elsewhere_are_refused() {
    let files = Files::in_memory();
    let word: &[(&str, &[u8])] = &[
        ("[Content_Types].xml", b"/word/document.xml"),
        ("word/document.xml", b"<w/>"),
    ];
    let with = |name, bytes| office(&[word, &[(name, bytes)]].concat());
    for (what, bytes, says) in [
        ("macros", with("word/vbaProject.bin", b"x"), "macros"),
        ("macros elsewhere", with("custom\\VBAPROJECT.BIN", b"x"), "macros"),
        (
            "macros in the list",
            office(&[
                ("[Content_Types].xml", b"/word/document.xml macroEnabled"),
                ("word/document.xml", b"<w/>"),
            ]),
            "macros",
        ),
        ("a path", with("/etc/passwd", b"x"), "is something else"),
        ("a drive", with("C:\\autoexec.bat", b"x"), "is something else"),
        ("a way out", with("word/../../x.xml", b"x"), "is something else"),
        (
            "another way out",
            with("word\\..\\..\\x.xml", b"x"),
            "is something else",
        ),
        ("a bomb", bomb(), "unpacks to far more"),
        ("many parts", many(5_001), "unpacks to far more"),
    ] {
        let refusal = sentence(upload(&files, "a.docx", &bytes).await);
        assert!(refusal.contains(says), "{what}: {refusal}");
    }
    let many = upload(&files, "a.docx", &many(4_000)).await;
    assert!(many.is_ok(), "{many:?}");
}

#[tokio::test]
async fn the_largest_file_is_taken_and_one_byte_more_is_not() {
    let files = Files::in_memory();
    let mut bytes = vec![b'a'; StoredFile::MAX as usize];
    assert!(upload(&files, "a.txt", &bytes).await.is_ok());
    bytes.push(b'a');
    let refusal = sentence(upload(&files, "a.txt", &bytes).await);
    assert!(refusal.contains("has 20.1 MB; the most is 20 MB"), "{refusal}");
}

#[tokio::test]
async fn an_upload_that_breaks_off_leaves_nothing() {
    let parts = [Ok(Bytes::from_static(b"%PDF-1.7")), Err("connection reset")];
    let broken = receive(stream::iter(parts)).await;
    assert!(matches!(broken, Err(FilesError::BrokenOff(_))), "{broken:?}");
}

#[tokio::test]
async fn a_file_is_kept_once_under_its_hash_and_read_again_in_every_place() {
    let folder = tempfile::tempdir().unwrap();
    let local = Files::in_folder(&folder.path().join("deep/files")).unwrap();
    // more than one part, so that it goes in parts
    let large: Vec<u8> = (0..6_000_000u32).flat_map(|n| [b'a' + (n % 26) as u8, b'\n']).collect();
    for files in [Files::in_memory(), local] {
        for bytes in [&pdf_text()[..], &large] {
            for name in ["a.txt", "another name.md"] {
                let checked = upload(&files, name, bytes).await.unwrap();
                drop(files.store(&checked).await.unwrap());
                let stored = files.read(&checked.facts.hash).await.unwrap();
                assert_eq!(stored.size, bytes.len() as u64);
                let read: Vec<Bytes> = stored.into_stream().try_collect().await.unwrap();
                assert!(read.concat() == bytes, "{name}");
            }
        }
        assert_eq!(names(&files).await.len(), 2);
        let unknown = files.read(&FileHash::new([0; 32])).await;
        assert!(matches!(unknown, Err(FilesError::Missing(_))));
    }
}

fn pdf_text() -> Vec<u8> {
    b"The minutes of May".to_vec()
}

#[tokio::test]
async fn a_place_that_fails_keeps_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::in_folder(folder.path()).unwrap();
    // where the folder for hashes should be there is a file
    std::fs::write(folder.path().join("sha256"), "in the way").unwrap();
    for size in [4, 6_000_000] {
        let checked = upload(&files, "a.txt", &vec![b'a'; size]).await.unwrap();
        assert!(
            matches!(files.store(&checked).await, Err(FilesError::Broken { .. })),
            "{size}"
        );
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[tokio::test]
async fn a_sweep_takes_away_only_what_no_row_names() {
    let files = Files::in_memory();
    let mut kept = vec![];
    for text in ["named", "left over"] {
        let checked = upload(&files, "a.txt", text.as_bytes()).await.unwrap();
        drop(files.store(&checked).await.unwrap());
        kept.push(checked.facts.hash);
    }
    let elsewhere = Address::from("somebody-elses");
    files
        .place()
        .put(&elsewhere, PutPayload::from_static(b"x"))
        .await
        .unwrap();
    let named = BTreeSet::from([kept[0].clone()]);
    assert_eq!(files.sweeping().await.sweep(&named).await.unwrap(), 1);
    assert!(files.read(&kept[0]).await.is_ok());
    assert!(files.read(&kept[1]).await.is_err());
    assert!(names(&files).await.contains(&elsewhere.to_string()));
}

#[tokio::test]
async fn a_sweep_waits_until_the_row_is_written() {
    let files = Files::in_memory();
    let checked = upload(&files, "a.txt", b"text").await.unwrap();
    let kept = files.store(&checked).await.unwrap();
    let sweeping = tokio::spawn({
        let files = files.clone();
        async move { drop(files.sweeping().await) }
    });
    tokio::task::yield_now().await;
    assert!(!sweeping.is_finished());
    drop(kept);
    sweeping.await.unwrap();
}

#[tokio::test]
async fn a_backup_has_the_same_files() {
    let (files, copy) = (Files::in_memory(), Files::in_memory());
    let checked = upload(&files, "a.txt", b"text").await.unwrap();
    drop(files.store(&checked).await.unwrap());
    let hashes = BTreeSet::from([checked.facts.hash]);
    files.copy(&hashes, &copy).await.unwrap();
    assert_eq!(names(&copy).await, names(&files).await);
    assert!(matches!(
        Files::in_memory().copy(&hashes, &copy).await,
        Err(FilesError::Missing(_))
    ));
}

#[tokio::test]
async fn an_address_names_a_place_or_is_refused() {
    assert_eq!(beside(Path::new("data/pause.sqlite")), Path::new("data/pause-files"));
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("files");
    let url = format!("file://{}", inside.display());
    assert!(Files::open(&url).is_ok() && inside.is_dir());
    assert!(Files::open("memory:").is_ok());
    assert!(Files::open("s3://bucket/some/folder").is_ok());
    std::fs::write(folder.path().join("taken"), "").unwrap();
    let taken = format!("file://{}/taken", folder.path().display());
    for url in ["", "files", "file://relative", "https://example.org", &taken] {
        assert!(matches!(Files::open(url), Err(FilesError::Unusable(_))), "{url}");
    }
}

#[tokio::test]
async fn without_the_scanners_verdict_nothing_is_taken() {
    // a port that was free a moment ago: nobody listens there
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    for nobody in [Clamd::Tcp(free.to_string()), Clamd::Unix("/no/such/socket".into())] {
        let files = Files::in_memory().scanned_by(Some(nobody));
        let unscanned = upload(&files, "a.txt", b"text").await;
        assert!(matches!(unscanned, Err(FilesError::NotScanned(_))), "{unscanned:?}");
    }
}
