//! The races: who runs what against whom, and that both come to the same figures.

use crate::{
    Result, network,
    race::{Runner, Times},
    typst,
};
use framework::{library::Library, report::national_report};
use report::{charts::PAPER, html, national};
use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// Every runner takes its turn so often.
pub const ROUNDS: usize = 5;

/// Figures may differ by so much, because sums are added up in another order.
pub const TOLERANCE: f64 = 1e-9;

/// Practices of the races of figures, and how many runs make one measurement.
const FIGURES: [(usize, u32); 2] = [(50, 20), (5000, 1)];

/// Practices of the races of pages.
const PAPERS: [usize; 2] = [24, 50];

/// Where things are.
pub struct Place {
    /// The interpreter that has the peers.
    pub python: PathBuf,
    /// Where files may be written.
    pub folder: PathBuf,
    /// The peers' programs.
    pub peers: PathBuf,
}

/// One runner's measurements.
pub struct Lane {
    /// Its name and version.
    pub name: String,
    /// The work without loading.
    pub work: Times,
    /// The same with loading before it; empty where there is nothing to load.
    pub with_loading: Times,
    /// MiB at the peak of its process.
    pub memory: f64,
    /// What came out, in words.
    pub made: String,
}

/// One race. The first lane is ours.
pub struct Race {
    /// What was to be done.
    pub title: String,
    /// The runners.
    pub lanes: Vec<Lane>,
}

/// All that was measured.
pub struct Course {
    /// The races.
    pub races: Vec<Race>,
    /// How many processes wanted to run, in the mean of a minute: at the start, and after each race.
    pub busy: Vec<String>,
}

impl Course {
    /// Runs everything, one after the other, and shows what there is after each race: they take minutes.
    pub fn run(place: &Place, show: impl Fn(&Course) -> Result<()>) -> Result<()> {
        let mut course = Course {
            races: vec![],
            busy: vec![load_average()?],
        };
        for (practices, times) in FIGURES {
            course.add(figures(place, practices, times)?)?;
            show(&course)?;
        }
        for practices in PAPERS {
            course.add(papers(place, practices)?)?;
            show(&course)?;
        }
        Ok(())
    }

    /// How many races are still to come.
    pub fn missing(&self) -> usize {
        FIGURES.len() + PAPERS.len() - self.races.len()
    }

    fn add(&mut self, race: Race) -> Result<()> {
        self.busy.push(load_average()?);
        self.races.push(race);
        Ok(())
    }
}

fn figures(place: &Place, practices: usize, times: u32) -> Result<Race> {
    eprintln!("figures of {practices} Practices …");
    let folder = place.folder.join(format!("figures-{practices}"));
    let facts = network::facts(practices)?;
    network::write(&facts, &folder)?;
    let rows: usize = facts.sheets.iter().map(|sheet| sheet.marks.len()).sum();
    drop(facts);
    let mut runners = [
        Runner::start(ours().arg("figures").arg(&folder))?,
        Runner::start(
            Command::new(&place.python)
                .arg(place.peers.join("figures.py"))
                .arg(&folder),
        )?,
    ];
    let mut lanes = turns(&mut runners, times, true)?;
    let mut results = vec![];
    for (runner, file) in runners.iter_mut().zip(["ours.tsv", "peer.tsv"]) {
        let path = folder.join(file);
        runner.say(&format!("write {}", path.display()))?;
        results.push(read(&path)?);
    }
    let same = compare(&results[0], &results[1])?;
    for lane in &mut lanes {
        lane.made = format!("{same} figures");
    }
    Ok(Race {
        title: format!("National figures, {practices} Practices ({rows} rows)"),
        lanes,
    })
}

fn papers(place: &Place, practices: usize) -> Result<Race> {
    eprintln!("PDF of {practices} Practices …");
    let folder = fs::canonicalize(&place.folder)?.join(format!("paper-{practices}"));
    fs::create_dir_all(&folder)?;
    let report = national_report(Library::embedded(), &network::facts(practices)?)?;
    let document = national::document(&report, PAPER);
    let (page, markup) = (folder.join("report.html"), folder.join("report.typ"));
    fs::write(&page, html::standalone(&document))?;
    typst::write(&document, &folder)?;
    drop((report, document));
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    let peer = |program: &str, input: &Path| {
        Runner::start(
            Command::new(&place.python)
                .arg(place.peers.join(program))
                .arg(input)
                .arg(&fonts),
        )
    };
    let mut runners = vec![
        Runner::start(ours().arg("paper").arg(practices.to_string()))?,
        peer("weasy.py", &page)?,
    ];
    // the one peer that a machine may lack
    let asked = Command::new(&place.python)
        .args(["-c", "import typst"])
        .stderr(Stdio::null())
        .status()?;
    if asked.success() {
        runners.push(peer("typesetter.py", &markup)?);
    }
    let mut lanes = turns(&mut runners, 1, false)?;
    for (place, (runner, lane)) in runners.iter_mut().zip(&mut lanes).enumerate() {
        let path = folder.join(format!("{place}.pdf"));
        runner.say(&format!("write {}", path.display()))?;
        let pages = lopdf::Document::load(&path)?.get_pages().len();
        lane.made = format!("{pages} pages, {} KiB", fs::metadata(&path)?.len() / 1024);
    }
    Ok(Race {
        title: format!("National PDF, {practices} Practices"),
        lanes,
    })
}

/// This program as a runner.
fn ours() -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap_or_else(|_| PathBuf::from("/proc/self/exe")));
    command.arg("runner");
    command
}

/// Lets the runners warm up once and then take turns, each round beginning with another one.
fn turns(runners: &mut [Runner], times: u32, loading: bool) -> Result<Vec<Lane>> {
    let run = format!("run {times}");
    let mut lanes = vec![];
    for runner in runners.iter_mut() {
        if loading {
            runner.figure("load")?;
        }
        runner.figure("run 1")?;
        lanes.push(Lane {
            name: runner.say("name")?,
            work: Times::default(),
            with_loading: Times::default(),
            memory: 0.0,
            made: String::new(),
        });
    }
    for round in 0..ROUNDS {
        for turn in 0..runners.len() {
            let at = (round + turn) % runners.len();
            let before = if loading {
                Some(runners[at].figure("load")?)
            } else {
                None
            };
            let work = runners[at].figure(&run)?;
            lanes[at].work.push(work);
            if let Some(before) = before {
                lanes[at].with_loading.push(before + work);
            }
        }
    }
    for (runner, lane) in runners.iter_mut().zip(&mut lanes) {
        lane.memory = runner.figure("memory")?;
    }
    Ok(lanes)
}

type Named = HashMap<String, f64>;

/// A file of figures: the name in three columns, then the figure.
fn read(path: &Path) -> Result<Named> {
    let text = fs::read_to_string(path)?;
    (text.lines())
        .map(|line| {
            let (name, figure) = line.rsplit_once('\t').ok_or("a line without a figure")?;
            Ok((name.to_owned(), figure.parse()?))
        })
        .collect()
}

/// How many figures there are, all of them on both sides and the same.
fn compare(ours: &Named, theirs: &Named) -> Result<usize> {
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
    Err(format!(
        "{} figures differ, such as\n{}",
        wrong.len(),
        wrong[..wrong.len().min(12)].join("\n")
    )
    .into())
}

fn load_average() -> Result<String> {
    let text = fs::read_to_string("/proc/loadavg")?;
    Ok(text.split_whitespace().next().unwrap_or("?").to_owned())
}
