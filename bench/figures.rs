//! The races of figures, and that all runners come to the same.

use crate::{
    Result,
    course::{CYCLES, Paths, TOLERANCE},
    keys::{Keys, write_columns},
    lane::{Lane, Race},
    network,
    race::Runner,
    turns::{Loading, ours, peer, turns},
};
use framework::library::Library;
use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

/// Returns the whole national figures of so many Practices, one measurement the mean of so many runs.
pub fn national(place: &Paths, practices: usize, times: u32) -> Result<Race> {
    let folder = place.folder.join(format!("figures-{practices}"));
    let facts = network::national(Arc::new(network::network(practices, network::CYCLES)?))?;
    network::write(&facts, &folder)?;
    let rows: usize = facts.network.facts().sheets().map(|sheet| sheet.marks.len()).sum();
    drop(facts);
    let mut runners = [
        ours(&["figures", words(&folder)?])?,
        peer(place, "figures.py", [&folder])?,
    ];
    let mut lanes = turns(&mut runners, times, Loading::Raced)?;
    let results: Vec<Named> = (written(&mut runners, &folder)?.iter())
        .map(|path| named(path))
        .collect::<Result<_>>()?;
    let same = same_named(&results[0], &results[1])?;
    for lane in &mut lanes {
        lane.made = format!("{same} figures");
    }
    Ok(Race {
        title: format!("National figures, {practices} Practices ({rows} rows)"),
        lanes,
    })
}

/// Returns the drift figures of so many Practices over [`CYCLES`] cycles.
pub fn drift(place: &Paths, practices: usize, times: u32) -> Result<Race> {
    let folder = place.folder.join(format!("drift-{practices}"));
    let keys = Keys::new(Library::embedded())?;
    let rows = write_columns(&keys, &network::network(practices, CYCLES)?, &folder)?;
    let size = [practices, CYCLES].map(|size| size.to_string());
    let mut runners = vec![ours(&["drift", &size[0], &size[1]])?];
    for program in ["drift_pandas.py", "drift_polars.py", "drift_duckdb.py"] {
        runners.push(peer(place, program, [&folder])?);
    }
    let mut lanes = turns(&mut runners, times, Loading::Once)?;
    let paths = written(&mut runners, &folder)?;
    let first = numbers(&paths[0])?;
    for (path, lane) in paths.iter().zip(&lanes).skip(1) {
        same_numbers(&first, &numbers(path)?).map_err(|error| format!("{}: {error}", lane.name))?;
    }
    let figures = first.iter().filter(|figure| !figure.is_nan()).count();
    let each = |lane: &Lane| lane.measures[0].median() / practices as f64 * 1e6;
    for lane in &mut lanes {
        lane.made = format!("{figures} figures, {:.1} µs a Practice", each(lane));
    }
    Ok(Race {
        title: format!("Drift figures, {practices} Practices × {CYCLES} cycles ({rows} ratings)"),
        lanes,
    })
}

/// Has each runner write its result.
fn written(runners: &mut [Runner], folder: &Path) -> Result<Vec<PathBuf>> {
    let mut paths = vec![];
    for (index, runner) in runners.iter_mut().enumerate() {
        let path = folder.join(format!("result-{index}"));
        runner.say(&format!("write {}", path.display()))?;
        paths.push(path);
    }
    Ok(paths)
}

fn words(path: &Path) -> Result<&str> {
    path.to_str().ok_or_else(|| "a folder whose name is no text".into())
}

type Named = HashMap<String, f64>;

/// Returns a file of figures: the name in three columns, then the figure.
fn named(path: &Path) -> Result<Named> {
    let text = fs::read_to_string(path)?;
    (text.lines())
        .map(|line| {
            let (name, figure) = line.rsplit_once('\t').ok_or("a line without a figure")?;
            Ok((name.to_owned(), figure.parse()?))
        })
        .collect()
}

/// Returns how many figures there are, all of them on both sides and the same.
fn same_named(ours: &Named, theirs: &Named) -> Result<usize> {
    let differ = |(name, figure): (&String, &f64)| {
        let other = theirs.get(name).copied();
        let near = other.is_some_and(|other| (other - figure).abs() <= TOLERANCE);
        (!near).then(|| format!("{name}: {figure} here, {other:?} there"))
    };
    let extra = theirs
        .keys()
        .filter(|name| !ours.contains_key(*name))
        .map(|name| format!("{name}: only there"));
    let mut wrong: Vec<String> = ours.iter().filter_map(differ).chain(extra).collect();
    if wrong.is_empty() {
        return Ok(ours.len());
    }
    wrong.sort();
    Err(differences(&wrong).into())
}

/// Returns a file of numbers, 64 bits each.
fn numbers(path: &Path) -> Result<Vec<f64>> {
    let bytes = fs::read(path)?;
    let (numbers, []) = bytes.as_chunks() else {
        return Err("a number is cut off".into());
    };
    Ok(numbers.iter().map(|bytes| f64::from_le_bytes(*bytes)).collect())
}

/// All of them are the same, missing ones too.
fn same_numbers(ours: &[f64], theirs: &[f64]) -> Result<()> {
    if ours.len() != theirs.len() {
        return Err(format!("{} numbers here, {} there", ours.len(), theirs.len()).into());
    }
    let near = |a: f64, b: f64| (a - b).abs() <= TOLERANCE || (a.is_nan() && b.is_nan());
    let wrong: Vec<String> = (ours.iter().zip(theirs).enumerate())
        .filter(|(_, (a, b))| !near(**a, **b))
        .map(|(place, (a, b))| format!("number {place}: {a} here, {b} there"))
        .collect();
    match wrong.is_empty() {
        true => Ok(()),
        false => Err(differences(&wrong).into()),
    }
}

fn differences(wrong: &[String]) -> String {
    let some = &wrong[..wrong.len().min(12)];
    format!("{} figures differ, such as\n{}", wrong.len(), some.join("\n"))
}
