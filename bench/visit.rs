//! What a first visit moves: the page and all that it loads, as compressed as a browser gets it.

use crate::{
    Result,
    lane::{Lane, Measure, Race, Unit},
    load::{BROWSER, Visitor},
};
use std::collections::BTreeSet;

/// What is counted, with the endings of its files; the page itself is first.
const KINDS: [(&str, &str); 4] = [
    ("HTML", ""),
    ("CSS", ".css"),
    ("JavaScript", ".js"),
    ("WebAssembly", ".wasm"),
];

/// Counts the bytes of bodies; headers come to some hundred bytes an answer.
pub fn first_visit(visitor: &Visitor, title: &str, path: &str) -> Result<Race> {
    let plain = visitor.page(path)?;
    let html = String::from_utf8(plain.body.to_vec())?;
    let browser = Visitor {
        takes: BROWSER,
        ..visitor.clone()
    };
    let mut sizes = [0; KINDS.len()];
    sizes[0] = browser.page(path)?.body.len();
    let mut others = 0;
    // our pages name all their files by their full address
    let files: BTreeSet<&str> = html.split('"').filter(|text| text.starts_with("/pkg/")).collect();
    for file in files {
        let bytes = browser.page(file)?.body.len();
        match KINDS.iter().skip(1).position(|(_, ending)| file.ends_with(ending)) {
            Some(kind) => sizes[kind + 1] += bytes,
            None => others += bytes,
        }
    }
    let all = sizes.iter().sum::<usize>() + others;
    let kinds = KINDS.map(|(name, _)| name).into_iter().zip(sizes);
    let moved = kinds.filter(|(_, bytes)| *bytes > 0);
    let measured: Vec<(&str, usize)> = [("all of it", all)].into_iter().chain(moved).collect();
    let measures: Vec<Measure> = (measured.iter().map(|(what, _)| Measure::new(what, Unit::Bytes))).collect();
    let mut lane = Lane::new("ours", measures);
    lane.push(measured.iter().map(|(_, bytes)| *bytes as f64));
    lane.made = format!("{:.1} kB of HTML before compression", html.len() as f64 / 1e3);
    Ok(Race {
        title: format!("First visit, {title}"),
        lanes: vec![lane],
    })
}
