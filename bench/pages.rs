//! The races of pages: our server against Django with templates and SQLite, on the same content.

use crate::{
    Result,
    course::{LOADS, Paths},
    lane::{Lane, Measure, Race, Unit},
    load::Visitor,
    site::{PASSWORD, Site, database, ours},
    turns::in_turn,
    visit::first_visit,
};
use framework::{criteria::Framework, library::Library};
use std::{
    fs,
    net::SocketAddr,
    path::PathBuf,
    process::{Command, Stdio},
};

/// What is measured of a page under load.
pub const LOADED: [(&str, Unit); 3] = [
    ("a request", Unit::Time),
    ("99 of 100 within", Unit::Time),
    ("requests a second", Unit::Rate),
];

/// What is measured of a server.
const STARTED: [(&str, Unit); 2] = [("start to first answer", Unit::Time), ("idle memory", Unit::Memory)];

/// The pages: title, who asks, address.
const PAGES: [(&str, &str, &str); 2] = [
    (
        "Element page",
        "lead@demo.example",
        "/practices/quillbridge/2026/elements/skilled-practitioners",
    ),
    (
        "Review sheet",
        "reviewer3@demo.example",
        "/practices/silverhithe/2026/review/skilled-practitioners",
    ),
];

/// How Django is served: a process a core, and threads, with which gunicorn keeps connections open.
const GUNICORN: [&str; 3] = ["--workers=2", "--worker-class=gthread", "--threads=4"];

/// A report of the same Practice, for the lead.
const REPORT: &str = "/practices/quillbridge/2025/report";

/// Starts both servers on the same data, asks both for the same pages, and looks at what they take. A page that fails does
/// not keep the others from being asked for.
pub fn pages(place: &Paths, races: &mut Vec<Race>) -> Result<()> {
    let pair = Pair::fill(place)?;
    let (sites, mut servers) = pair.start()?;
    let mut failed = vec![];
    for (title, email, path) in PAGES {
        match pair.page(&sites, title, email, path) {
            Ok(more) => races.extend(more),
            Err(error) => failed.push(format!("{title}: {error}")),
        }
    }
    for (site, lane) in sites.iter().zip(&mut servers.lanes) {
        let mut after = Measure::new("memory after the load", Unit::Memory);
        after.push(site.memory("VmRSS:")?);
        lane.measures.push(after);
        lane.memory = Some(site.memory("VmHWM:")?);
    }
    races.push(servers);
    let (_, email, element) = PAGES[0];
    let visitor = &pair.visitors(&sites, email)?[0];
    for (title, path) in [("element page", element), ("report page", REPORT)] {
        races.push(first_visit(visitor, title, path)?);
    }
    match failed.is_empty() {
        true => Ok(()),
        false => Err(failed.join("; ").into()),
    }
}

/// Both servers, not running.
struct Pair<'p> {
    place: &'p Paths,
    folder: PathBuf,
    app: PathBuf,
    /// Names and versions, ours first.
    names: [String; 2],
    /// Django's session of each of [`PAGES`].
    sessions: Vec<String>,
}

impl Pair<'_> {
    /// Fills our database with the demonstration, and Django's with what ours shows.
    fn fill(place: &Paths) -> Result<Pair<'_>> {
        let folder = fs::canonicalize(&place.folder)?.join("pages");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder)?;
        let mut pair = Pair {
            place,
            app: fs::canonicalize(&place.peers)?.join("django_app"),
            names: [concat!("ours ", env!("CARGO_PKG_VERSION")).to_owned(), String::new()],
            sessions: vec![],
            folder,
        };
        // ends when it is dropped, and leaves one file behind
        drop(Site::start(
            ours(&place.server, &pair.folder, &["--demo"]),
            &pair.log(0),
        )?);
        let versions: Vec<&Framework> = Library::embedded().versions().map(|framework| &**framework).collect();
        fs::write(pair.criteria(), serde_json::to_vec(&versions)?)?;
        let mut fill = Command::new(&place.python);
        fill.arg(pair.app.join("fill.py")).arg(database(&pair.folder));
        let said = text(pair.peer(&mut fill).args(PAGES.map(|(_, email, _)| email)))?;
        let mut lines = said.lines().map(str::to_owned);
        pair.names[1] = lines.next().ok_or("fill.py says nothing")?;
        pair.sessions = lines.collect();
        Ok(pair)
    }

    fn log(&self, at: usize) -> PathBuf {
        self.folder.join(["ours.log", "django.log"][at])
    }

    fn criteria(&self) -> PathBuf {
        self.folder.join("criteria.json")
    }

    /// With what Django's settings want to know.
    fn peer<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command
            .env("PEER_DATABASE", self.folder.join("django.sqlite"))
            .env("PEER_CRITERIA", self.criteria())
    }

    fn run(&self, at: usize) -> Result<(Site, f64)> {
        if at == 0 {
            return Site::start(ours(&self.place.server, &self.folder, &[]), &self.log(0));
        }
        let django = |address: SocketAddr| {
            let mut command = Command::new(&self.place.python);
            command
                .args(["-m", "gunicorn", "--chdir"])
                .arg(&self.app)
                .args(GUNICORN);
            self.peer(command.arg(format!("--bind={address}")).arg("wsgi"));
            command
        };
        Site::start(django, &self.log(1))
    }

    /// Starts both in turn, and leaves both running in the end.
    fn start(&self) -> Result<(Vec<Site>, Race)> {
        let measures = STARTED.map(|(what, unit)| Measure::new(what, unit));
        let mut lanes = self
            .names
            .each_ref()
            .map(|name| Lane::new(name, measures.clone()))
            .to_vec();
        for at in 0..lanes.len() {
            drop(self.run(at)?);
        }
        for at in in_turn(lanes.len()) {
            let (site, seconds) = self.run(at)?;
            lanes[at].push([seconds, site.memory("VmRSS:")?]);
        }
        let sites = (0..lanes.len()).map(|at| Ok(self.run(at)?.0)).collect::<Result<_>>()?;
        let race = Race {
            title: "Server on a filled database".to_owned(),
            lanes,
        };
        Ok((sites, race))
    }

    /// Somebody on both sites, signed in.
    fn visitors(&self, sites: &[Site], email: &str) -> Result<Vec<Visitor>> {
        let place = PAGES
            .iter()
            .position(|(_, who, _)| *who == email)
            .ok_or("nobody we know")?;
        let session = self.sessions.get(place).ok_or("fill.py gives too few sessions")?;
        let strangers: Vec<Visitor> = sites.iter().map(|site| Visitor::new(site.address)).collect();
        let theirs = Visitor {
            cookie: format!("sessionid={session}"),
            ..strangers[1].clone()
        };
        Ok(vec![strangers[0].sign_in(email, PASSWORD)?, theirs])
    }

    /// Returns the races of one page.
    fn page(&self, sites: &[Site], title: &str, email: &str, path: &str) -> Result<Vec<Race>> {
        let visitors = self.visitors(sites, email)?;
        let made = self.same(&visitors, path)?;
        let mut races = vec![];
        for load in LOADS {
            let mut lanes = self.asked(&visitors, path, load)?;
            for ((lane, site), made) in lanes.iter_mut().zip(sites).zip(&made) {
                lane.memory = Some(site.memory("VmHWM:")?);
                lane.made.clone_from(made);
            }
            races.push(Race {
                title: format!("{title}, {} at once", load.0),
                lanes,
            });
        }
        Ok(races)
    }

    /// Sees that both show the same on a page; says how large it is on both.
    fn same(&self, visitors: &[Visitor], path: &str) -> Result<Vec<String>> {
        let mut compare = Command::new(&self.place.python);
        compare.arg(self.place.peers.join("same_page.py"));
        let mut sizes = vec![];
        for (at, visitor) in visitors.iter().enumerate() {
            let plain = visitor.page(path)?.body;
            sizes.push(made(plain.len(), visitor.compressed().page(path)?.body.len()));
            let file = self.folder.join(format!("{at}.html"));
            fs::write(&file, plain)?;
            compare.arg(file);
        }
        text(&mut compare)?;
        Ok(sizes)
    }

    /// Asks both in turn for a page, so many at once.
    fn asked(&self, visitors: &[Visitor], path: &str, (connections, requests): (usize, usize)) -> Result<Vec<Lane>> {
        let visitors: Vec<Visitor> = visitors.iter().map(Visitor::compressed).collect();
        for visitor in &visitors {
            visitor.load(path, connections, requests.div_ceil(5))?;
        }
        let measures = LOADED.map(|(what, unit)| Measure::new(what, unit));
        let mut lanes = self
            .names
            .each_ref()
            .map(|name| Lane::new(name, measures.clone()))
            .to_vec();
        for at in in_turn(lanes.len()) {
            let load = visitors[at].load(path, connections, requests)?;
            lanes[at].push([load.median, load.p99, load.rate]);
        }
        Ok(lanes)
    }
}

/// Returns how large a page is, and how much of it moves.
pub fn made(plain: usize, sent: usize) -> String {
    format!("{:.1} kB of HTML, {:.1} kB sent", plain as f64 / 1e3, sent as f64 / 1e3)
}

/// Returns what a program prints.
fn text(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output()?;
    match output.status.success() {
        true => Ok(String::from_utf8(output.stdout)?),
        false => Err("a peer's program failed; its own words are above".into()),
    }
}
