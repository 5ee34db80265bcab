//! What was measured, as a table and as `BENCHMARKS.md`.

use crate::{
    course::{Course, Lane, ROUNDS, Race, TOLERANCE},
    race::Times,
};

/// The head of the table.
pub const HEAD: &str =
    "| | median | shortest – longest | against ours | peak memory | made |\n|---|--:|--:|--:|--:|---|\n";

/// The lines of one race.
pub fn lines(race: &Race) -> String {
    let mut text = format!("| **{}** | | | | | |\n", race.title);
    text.extend(race.lanes.iter().map(|lane| line(race, lane, "", |lane| &lane.work)));
    let loaded = race.lanes.iter().filter(|lane| lane.with_loading.median().is_finite());
    text.extend(loaded.map(|lane| line(race, lane, ", with loading", |lane| &lane.with_loading)));
    text
}

fn line(race: &Race, lane: &Lane, what: &str, times: fn(&Lane) -> &Times) -> String {
    let median = times(lane).median();
    let (low, high) = times(lane).range();
    let ours = race.lanes.first().map_or(f64::NAN, |first| times(first).median());
    format!(
        "| {}{what} | {} | {} – {} | {} × | {:.0} MiB | {} |\n",
        lane.name,
        time(median),
        time(low),
        time(high),
        digits(median / ours),
        lane.memory,
        lane.made
    )
}

fn time(seconds: f64) -> String {
    if seconds < 1.0 {
        format!("{} ms", digits(seconds * 1e3))
    } else {
        format!("{} s", digits(seconds))
    }
}

/// Two or three digits that count.
fn digits(figure: f64) -> String {
    let places = if figure < 10.0 { 2 } else { usize::from(figure < 100.0) };
    format!("{figure:.places$}")
}

/// The whole page.
pub fn page(course: &Course) -> String {
    let missing = match course.missing() {
        0 => String::new(),
        n => format!("\nThe run was stopped early: the last {n} of the races are missing here.\n"),
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!(
        "# Benchmarks\n\n\
         `make bench` writes this page. Measured on {cores} shared cores. Processes that wanted to run, in the mean of a \
         minute (load average, ours included), at the start and after each race: {busy}. Above {cores} the cores \
         were contended, and times are too long on all sides: trust the ratios more than the times, and the ranges most.\n\n\
         {HEAD}{table}{missing}\n{how}",
        busy = course.busy.join(", "),
        table = course.races.iter().map(lines).collect::<String>(),
        how = how(),
    )
}

fn how() -> String {
    format!(
        "## How to read it\n\n\
         - {ROUNDS} rounds; in each the runners take turns, beginning with another one each time, after one run that is \
         not counted. *Against ours* is the ratio of medians: 3 × took three times as long, 0.5 × half as long. Where \
         the ranges of two overlap, take them for equal.\n\
         - Each runner is a process of its own that stays; starting it and importing libraries is not counted. It times \
         itself. *Peak memory* is of the whole process, interpreter and libraries included, for all that it did.\n\
         - The network is invented and the same every time: three cycles, the last under criteria 2026.1 and the others \
         under 2025.1, with late joiners, missing years, open and not applicable criteria (`bench/network.rs`).\n\n\
         ## National figures\n\n\
         - Ours is `framework::report::national_report`, from assessments in memory. pandas gets the same in the shape \
         that suits it best, a wide table a cycle made while loading, and works on whole tables (`bench/peers/figures.py`).\n\
         - Both come to the same figures, or `make bench` fails: scores of every Practice and element, net and gross \
         drift since previous and since baseline, slips and gains, quartiles in every cycle, the network's drift, \
         agreement. Compared one by one, missing ones too, to {TOLERANCE:e}.\n\
         - Ours does more in that time: bands, each slip and gain with its words, the reason where a figure is missing, \
         AC2's interval, sorting by name. pandas is written once and general; ours is written for this.\n\
         - With 50 Practices pandas spends its time on the fixed cost of each call, not on numbers. Either is quick enough \
         for a page at that size; what matters there is that the figures agree.\n\
         - *With loading* reads the same CSV: ours row by row into assessments, pandas with `read_csv` (its C engine) and a \
         pivot. The product itself loads from its database, which is not measured here.\n\n\
         ## National PDF\n\n\
         - Ours goes from the report's value to the file: document, charts, layout, tags. The peers start later, from \
         finished HTML or markup and drawn charts, which favours them.\n\
         - Same words, tables, fills, links, charts and typeface. WeasyPrint sets our own page (`html::standalone`) with \
         paper, size of letters and tags switched on; Typst sets markup made from the same document. Page breaks, the \
         contents' page numbers (WeasyPrint has none here), running heads and the width of columns differ, so pages do.\n\
         - All three files are tagged. That ours has tests for its tags and the peers' tags were not looked at is not in \
         the figures.\n\
         - WeasyPrint and Typst lay out whatever they are given; ours knows nine kinds of block, and is no drop-in for \
         them. Where the time goes was not looked into.\n\
         - Typst remembers earlier runs, so each of its runs is the first of a process, forked after the typefaces were \
         found. It may use more than one core. Ours keeps its parsed typefaces between runs, and so \
         does WeasyPrint.\n"
    )
}
