//! Runners and what is said to them. One line each way, over standard input and output:
//!
//! | asked | answered |
//! |---|---|
//! | `load` | seconds to read the input from its file |
//! | `run N` | seconds of one run, the mean of N |
//! | `write PATH` | `done`: the last run's result is in the file |
//! | `memory` | MiB at the peak of the process |
//! | `name` | who it is, with its version |

use crate::Result;
use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::Instant,
};

/// What one of our runners does.
pub trait Run {
    /// Reads the input.
    fn load(&mut self) -> Result<()>;
    /// Does the work, and keeps the result.
    fn run(&mut self) -> Result<()>;
    /// Writes the last result.
    fn write(&self, path: &Path) -> Result<()>;
}

/// Answers until nobody asks any more.
pub fn serve(runner: &mut impl Run) -> Result<()> {
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (word, rest) = line.split_once(' ').unwrap_or((&line, ""));
        let answer = match word {
            "name" => concat!("ours ", env!("CARGO_PKG_VERSION")).to_owned(),
            "load" => timed(1, || runner.load())?.to_string(),
            "run" => timed(rest.parse()?, || runner.run())?.to_string(),
            "write" => {
                runner.write(Path::new(rest))?;
                "done".to_owned()
            }
            "memory" => of_process("self", "VmHWM:")?.to_string(),
            _ => return Err(format!("nobody here knows “{line}”").into()),
        };
        println!("{answer}");
    }
    Ok(())
}

fn timed(times: u32, mut work: impl FnMut() -> Result<()>) -> Result<f64> {
    let start = Instant::now();
    for _ in 0..times {
        work()?;
    }
    Ok(start.elapsed().as_secs_f64() / f64::from(times))
}

/// Returns what the system says of a process, in MiB: `VmRSS:` now, `VmHWM:` at its peak.
pub fn of_process(process: &str, field: &str) -> Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    let kibibytes = line
        .and_then(|line| line.split_whitespace().next())
        .ok_or_else(|| format!("no {field} of process {process}"))?;
    Ok(kibibytes.parse::<f64>()? / 1024.0)
}

/// A runner in a process of its own.
pub struct Runner {
    child: Child,
    ask: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Runner {
    /// Starts it; its standard error is ours.
    pub fn start(command: &mut Command) -> Result<Runner> {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let answers = BufReader::new(child.stdout.take().ok_or("no standard output")?);
        Ok(Runner {
            ask: child.stdin.take(),
            answers,
            child,
        })
    }

    /// Says a line and waits for the answer.
    pub fn say(&mut self, line: &str) -> Result<String> {
        let ask = self.ask.as_mut().ok_or("the runner has left")?;
        writeln!(ask, "{line}")?;
        ask.flush()?;
        let mut answer = String::new();
        if self.answers.read_line(&mut answer)? == 0 {
            let status = self.child.wait()?;
            return Err(format!("a runner stopped at “{line}” ({status}); its own words, if any, are above").into());
        }
        Ok(answer.trim().to_owned())
    }

    /// Says a line that is answered with a figure.
    pub fn figure(&mut self, line: &str) -> Result<f64> {
        Ok(self.say(line)?.parse()?)
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        // without anybody to ask it the runner ends by itself
        self.ask = None;
        let _ = self.child.wait();
    }
}
