//! `make bench`: the national figures against pandas, the national PDF against WeasyPrint and Typst.
//!
//! Without arguments it runs the races, prints their table and writes `BENCHMARKS.md`; it starts itself again as one of
//! the runners: `bench runner figures FOLDER`, `bench runner paper PRACTICES`. All runners, ours and the peers', speak
//! the few lines of [`race`], keep what they loaded, and time themselves.

mod course;
mod network;
mod race;
mod runner;
mod typst;
mod write_up;

use course::{Course, Place};
use std::{error::Error, path::PathBuf};

/// What a benchmark may fail with: it is a program for its makers, who read the words.
type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["runner", "figures", folder] => race::serve(&mut runner::Figures::new(folder.into())),
        ["runner", "paper", practices] => race::serve(&mut runner::Paper::new(practices.parse()?)?),
        [python, folder, peers, page] => {
            let place = Place {
                python: PathBuf::from(python),
                folder: PathBuf::from(folder),
                peers: PathBuf::from(peers),
            };
            print!("{}", write_up::HEAD);
            Course::run(&place, |course| {
                print!("{}", course.races.last().map(write_up::lines).unwrap_or_default());
                Ok(std::fs::write(page, write_up::page(course))?)
            })
        }
        _ => Err("bench is started by `make bench`".into()),
    }
}
