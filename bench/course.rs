//! The course: which races are run, how large, in which order.

use crate::{Result, explorer, figures, lane::Race, pages, papers};
use std::{fs, path::PathBuf};

/// Every runner takes its turn so often.
pub const ROUNDS: usize = 5;

/// Figures may differ by so much, because sums are added up in another order.
pub const TOLERANCE: f64 = 1e-9;

/// Practices of the races of all national figures, and how many runs make one measurement.
const FIGURES: [(usize, u32); 2] = [(50, 20), (5_000, 1)];

/// The same of the races of drift figures; three sizes show how the cost grows.
const DRIFTS: [(usize, u32); 3] = [(100, 5), (1_000, 2), (10_000, 1)];

/// Cycles of the drift figures.
pub const CYCLES: usize = 10;

/// Practices of the races of PDF.
const PAPERS: [usize; 2] = [24, 50];

/// How a page is asked for: how many at once, and how often in a round.
pub const LOADS: [(usize, usize); 2] = [(1, 200), (50, 1_000)];

/// How a page of the explorer is asked for.
pub const EXPLORER: (usize, usize) = (50, 500);

/// Where things are.
pub struct Paths {
    /// The interpreter that has the peers.
    pub python: PathBuf,
    /// Where files may be written.
    pub folder: PathBuf,
    /// The peers' programs.
    pub peers: PathBuf,
    /// The product's program.
    pub server: PathBuf,
}

/// All that was measured.
pub struct Course {
    /// The races.
    pub races: Vec<Race>,
    /// What went wrong, with what it was about.
    pub failed: Vec<String>,
    /// What is still to come.
    pub left: usize,
    /// How many processes wanted to run, in the mean of a minute: at the start, and after each part.
    pub busy: Vec<String>,
}

/// Adds its races as they end.
type Run = Box<dyn Fn(&Paths, &mut Vec<Race>) -> Result<()>>;

impl Course {
    /// Runs the parts whose name contains a word, one after the other, and shows what there is after each: they take
    /// minutes. One that fails does not keep the others from running.
    ///
    /// # Errors
    /// When a part failed, at the end.
    pub fn run(place: &Paths, word: &str, mut show: impl FnMut(&Course, &[Race]) -> Result<()>) -> Result<()> {
        let parts: Vec<(String, Run)> = parts().into_iter().filter(|(name, _)| name.contains(word)).collect();
        let mut course = Course {
            races: vec![],
            failed: vec![],
            left: parts.len(),
            busy: vec![load_average()?],
        };
        for (name, run) in parts {
            eprintln!("{name} …");
            let before = course.races.len();
            if let Err(error) = run(place, &mut course.races) {
                eprintln!("{name} failed: {error}");
                course.failed.push(format!("{name}: {error}"));
            }
            course.left -= 1;
            course.busy.push(load_average()?);
            show(&course, &course.races[before..])?;
        }
        match course.failed.is_empty() {
            true => Ok(()),
            false => Err(format!("{} parts failed", course.failed.len()).into()),
        }
    }
}

fn parts() -> Vec<(String, Run)> {
    let mut parts: Vec<(String, Run)> = vec![];
    for (practices, times) in DRIFTS {
        let name = format!("drift of {practices} Practices");
        parts.push((name, one(move |place| figures::drift(place, practices, times))));
    }
    for (practices, times) in FIGURES {
        let name = format!("figures of {practices} Practices");
        parts.push((name, one(move |place| figures::national(place, practices, times))));
    }
    parts.push(("pages".to_owned(), Box::new(pages::pages)));
    parts.push(("explorer".to_owned(), Box::new(explorer::explorer)));
    for practices in PAPERS {
        let name = format!("PDF of {practices} Practices");
        parts.push((name, one(move |place| papers::papers(place, practices))));
    }
    parts
}

/// A part that is one race.
fn one(race: impl Fn(&Paths) -> Result<Race> + 'static) -> Run {
    Box::new(move |place, races| {
        races.push(race(place)?);
        Ok(())
    })
}

fn load_average() -> Result<String> {
    let text = fs::read_to_string("/proc/loadavg")?;
    Ok(text.split_whitespace().next().unwrap_or("?").to_owned())
}
