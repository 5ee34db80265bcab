//! What was measured, as a table and as `BENCHMARKS.md`.

use crate::{
    course::{CYCLES, Course, ROUNDS, TOLERANCE},
    lane::{Lane, Measure, Race, Unit},
};

/// The head of the table.
pub const HEAD: &str =
    "| | median | lowest – highest | against ours | peak memory | made |\n|---|--:|--:|--:|--:|---|\n";

/// Returns the lines of one race.
pub fn lines(race: &Race) -> String {
    let mut text = format!("| **{}** | | | | | |\n", race.title);
    let measures = race.lanes.first().map_or(0, |ours| ours.measures.len());
    for at in 0..measures {
        text.extend(race.lanes.iter().map(|lane| line(race, lane, at)));
    }
    text
}

fn line(race: &Race, lane: &Lane, at: usize) -> String {
    let measure = &lane.measures[at];
    let ours = race.lanes.first().map_or(f64::NAN, |ours| ours.measures[at].median());
    let ratio = format!("{} ×", digits(measure.median() / ours));
    let range = |(low, high)| format!("{} – {}", shown(measure, low), shown(measure, high));
    let alone = || "–".to_owned();
    format!(
        "| {}{} | {} | {} | {} | {} | {} |\n",
        lane.name,
        if measure.what.is_empty() {
            String::new()
        } else {
            format!(", {}", measure.what)
        },
        shown(measure, measure.median()),
        measure.range().map_or_else(alone, range),
        if race.lanes.len() > 1 { ratio } else { alone() },
        lane.memory
            .filter(|_| at == 0)
            .map_or_else(String::new, |memory| format!("{memory:.0} MiB")),
        if at == 0 { &*lane.made } else { "" },
    )
}

fn shown(measure: &Measure, figure: f64) -> String {
    match measure.unit {
        Unit::Time if figure < 1.0 => format!("{} ms", digits(figure * 1e3)),
        Unit::Time => format!("{} s", digits(figure)),
        Unit::Rate => digits(figure),
        Unit::Memory => format!("{figure:.0} MiB"),
        Unit::Bytes => format!("{:.1} kB", figure / 1e3),
    }
}

/// Two or three digits that count.
fn digits(figure: f64) -> String {
    let places = if figure < 10.0 { 2 } else { usize::from(figure < 100.0) };
    format!("{figure:.places$}")
}

/// Returns the whole page.
pub fn page(course: &Course) -> String {
    let mut missing = String::new();
    for failed in &course.failed {
        missing += &format!(
            "\nThis part failed and is missing here: {}\n",
            failed.lines().next().unwrap_or_default()
        );
    }
    if course.left > 0 {
        missing += &format!(
            "\nThe run was stopped early: its last parts, {} of them, are missing here.\n",
            course.left
        );
    }
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!(
        "# Benchmarks\n\n\
         `make bench` writes this page. Measured on {cores} shared cores. Processes that wanted to run, in the mean of a \
         minute (load average, ours included), at the start and after each part: {busy}. Above {cores} the cores \
         were contended, and times are too long on all sides: trust the ratios more than the times, and the ranges most.\n\n\
         {HEAD}{table}{missing}\n{how}",
        busy = course.busy.join(", "),
        table = course.races.iter().map(lines).collect::<String>(),
        how = how(),
    )
}
/// Returns how to read the table, in the words of `notes.md`.
fn how() -> String {
    include_str!("notes.md")
        .replace("{rounds}", &ROUNDS.to_string())
        .replace("{cycles}", &CYCLES.to_string())
        .replace("{tolerance}", &format!("{TOLERANCE:e}"))
}
