//! Recall and false alarms on labelled sentences, printed and held to a floor.
//! `cargo test --package identify rates -- --nocapture` shows the figures and every miss.

use identify::{Finding, Kind, find};
use std::{fmt::Write as _, ops::Range};

/// A sentence with what somebody marked in it.
struct Sentence {
    text: String,
    marked: Vec<(Kind, Range<usize>)>,
}

/// Counts over some sentences; the last row is over all kinds.
#[derive(Clone, Copy, Default)]
struct Count {
    /// Marked by a person.
    marked: usize,
    /// Of those, found: as any kind in the last row.
    found: usize,
    /// Sentences without a mark in which this was raised.
    alarms: usize,
    /// Findings that touch no mark, in sentences with marks.
    stray: usize,
}

fn sentences(file: &str) -> Vec<Sentence> {
    file.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(sentence)
        .collect()
}

/// Reads `[kind|words]`.
fn sentence(line: &str) -> Sentence {
    let mut text = String::new();
    let mut marked = vec![];
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        let (label, after) = after.split_once(']').unwrap_or_else(|| panic!("no end: {line}"));
        let (code, words) = label.split_once('|').unwrap_or_else(|| panic!("no kind: {line}"));
        let kind = Kind::ALL
            .into_iter()
            .find(|kind| kind.code() == code)
            .unwrap_or_else(|| panic!("{code}: {line}"));
        marked.push((kind, text.len()..text.len() + words.len()));
        text.push_str(words);
        rest = after;
    }
    text.push_str(rest);
    Sentence { text, marked }
}

fn touch(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// The counts by kind and over all, and a line for each that went wrong.
fn measure(sentences: &[Sentence]) -> ([Count; 8], String) {
    let mut counts = [Count::default(); 8];
    let mut wrong = String::new();
    for Sentence { text, marked } in sentences {
        let findings = find(text);
        for (kind, range) in marked {
            let row = &mut counts[*kind as usize];
            row.marked += 1;
            row.found += usize::from(findings.iter().any(|f| f.kind == *kind && touch(&f.range, range)));
            let seen = findings.iter().any(|f| touch(&f.range, range));
            counts[7].marked += 1;
            counts[7].found += usize::from(seen);
            if !seen {
                writeln!(wrong, "  missed {}: {text}", kind.code()).unwrap();
            }
        }
        let touches_none = |f: &&Finding| !marked.iter().any(|(_, range)| touch(range, &f.range));
        let beside: Vec<&Finding> = findings.iter().filter(touches_none).collect();
        for f in &beside {
            writeln!(wrong, "  raised {} “{}”: {text}", f.kind.code(), f.words(text)).unwrap();
        }
        for place in Kind::ALL.map(|kind| kind as usize).into_iter().chain([7]) {
            let of_kind = beside.iter().filter(|f| place == 7 || f.kind as usize == place).count();
            match marked.is_empty() {
                true => counts[place].alarms += usize::from(of_kind > 0),
                false => counts[place].stray += of_kind,
            }
        }
    }
    (counts, wrong)
}

#[allow(clippy::cast_precision_loss, reason = "small counts")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Prints the figures; gives overall recall and false alarms.
fn report(title: &str, file: &str) -> (f64, f64) {
    let sentences = sentences(file);
    let clean = sentences.iter().filter(|s| s.marked.is_empty()).count();
    let (counts, wrong) = measure(&sentences);
    println!("{title}: {} sentences, {clean} of them without a mark", sentences.len());
    println!("  kind      marked found recall  alarms rate   stray");
    let names = Kind::ALL.map(Kind::code).into_iter().chain(["all"]);
    for (name, c) in names.zip(&counts) {
        let (recall, rate) = (share(c.found, c.marked), share(c.alarms, clean));
        println!(
            "  {name:9} {:6} {:5} {recall:6.3}  {:6} {rate:5.3} {:7}",
            c.marked, c.found, c.alarms, c.stray
        );
    }
    print!("{wrong}");
    (share(counts[7].found, counts[7].marked), share(counts[7].alarms, clean))
}

#[test]
fn rates_on_the_sentences_that_were_worked_with() {
    let (recall, alarms) = report("worked with", include_str!("sentences/worked.txt"));
    assert!(recall >= 0.95, "recall {recall:.3}");
    assert!(alarms <= 0.05, "false alarms {alarms:.3}");
}

#[test]
fn rates_on_the_sentences_that_were_held_out() {
    let (recall, alarms) = report("held out", include_str!("sentences/held_out.txt"));
    assert!(recall >= 0.95, "recall {recall:.3}");
    assert!(alarms <= 0.05, "false alarms {alarms:.3}");
}

/// What the rules were not made for. The floor only keeps the figures from sinking unseen.
#[test]
fn rates_on_careless_sentences() {
    let (recall, alarms) = report("careless", include_str!("sentences/careless.txt"));
    assert!(recall >= 0.5, "recall {recall:.3}");
    assert!(alarms <= 0.05, "false alarms {alarms:.3}");
}
