//! `make bench`: figures, PDF and pages against other makers' programs.
//!
//! `bench PYTHON FOLDER PEERS SERVER PAGE` runs the races, prints their table and writes the page; with a word after it only
//! the parts whose name contains the word, and no page. It starts itself again as one of the runners: `bench runner …`. All
//! runners, ours and the peers', speak the few lines of [`race`], keep what they loaded, and time themselves.

mod course;
mod drift;
mod explorer;
mod figures;
mod keys;
mod lane;
mod load;
mod network;
mod pages;
mod papers;
mod race;
mod runner;
mod site;
mod turns;
mod typst;
mod visit;
mod write_up;

use course::{Course, Paths};
use std::error::Error;

/// What a benchmark may fail with: it is a program for its makers, who read the words.
type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["runner", "figures", folder] => race::serve(&mut runner::Figures::new(folder.into())),
        ["runner", "drift", practices, cycles] => {
            race::serve(&mut drift::Drifts::new(practices.parse()?, cycles.parse()?))
        }
        ["runner", "paper", practices] => race::serve(&mut runner::Paper::new(practices.parse()?)?),
        [python, folder, peers, server, page, ref word @ ..] if word.len() <= 1 => {
            let place = Paths {
                python: python.into(),
                folder: folder.into(),
                peers: peers.into(),
                server: server.into(),
            };
            let word = word.first().copied();
            print!("{}", write_up::HEAD);
            Course::run(&place, word.unwrap_or_default(), |course, races| {
                print!("{}", races.iter().map(write_up::lines).collect::<String>());
                match word {
                    None => Ok(std::fs::write(page, write_up::page(course))?),
                    Some(_) => Ok(()),
                }
            })
        }
        _ => Err("bench is started by `make bench`".into()),
    }
}
