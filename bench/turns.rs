//! Runners take turns.

use crate::{
    Result,
    course::{Paths, ROUNDS},
    lane::{Lane, Measure, Unit},
    race::Runner,
};
use std::{ffi::OsStr, path::PathBuf, process::Command};

/// When runners read their input.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Loading {
    /// There is none.
    Never,
    /// Before the race.
    Once,
    /// In every round, and timed.
    Raced,
}

/// This program as a runner.
pub fn ours(words: &[&str]) -> Result<Runner> {
    let program = std::env::current_exe().unwrap_or_else(|_| PathBuf::from("/proc/self/exe"));
    Runner::start(Command::new(program).arg("runner").args(words))
}

/// Returns a peer.
pub fn peer<S: AsRef<OsStr>>(place: &Paths, program: &str, words: impl IntoIterator<Item = S>) -> Result<Runner> {
    Runner::start(Command::new(&place.python).arg(place.peers.join(program)).args(words))
}

/// Lets the runners warm up once and then take turns, each round beginning with another one. One measurement is the mean of
/// so many runs.
pub fn turns(runners: &mut [Runner], times: u32, loading: Loading) -> Result<Vec<Lane>> {
    let run = format!("run {times}");
    let mut measures = vec![Measure::new("", Unit::Time)];
    if loading == Loading::Raced {
        measures.push(Measure::new("with loading", Unit::Time));
    }
    let mut lanes = vec![];
    for runner in runners.iter_mut() {
        if loading != Loading::Never {
            runner.figure("load")?;
        }
        runner.figure("run 1")?;
        lanes.push(Lane::new(runner.say("name")?, measures.clone()));
    }
    for at in in_turn(runners.len()) {
        let before = match loading {
            Loading::Raced => Some(runners[at].figure("load")?),
            Loading::Never | Loading::Once => None,
        };
        let work = runners[at].figure(&run)?;
        lanes[at].push([work].into_iter().chain(before.map(|before| before + work)));
    }
    for (runner, lane) in runners.iter_mut().zip(&mut lanes) {
        lane.memory = Some(runner.figure("memory")?);
    }
    Ok(lanes)
}

/// Returns whose turn it is: every round begins with another one.
pub fn in_turn(runners: usize) -> impl Iterator<Item = usize> {
    (0..ROUNDS).flat_map(move |round| (0..runners).map(move |turn| (round + turn) % runners))
}
