//! A site as a process of ours: started on a free port, watched, stopped.

use crate::{Result, load::Visitor, race::of_process};
use hyper::StatusCode;
use std::{
    fs::{self, File},
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

/// A site that has not answered by then will not. Filling a large database takes minutes.
const PATIENCE: Duration = Duration::from_secs(600);

/// How often we knock.
const KNOCK: Duration = Duration::from_millis(1);

/// A running site.
pub struct Site {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Site {
    /// Starts a site and waits until its sign-in page answers; says how many seconds that took. What it says goes to `log`.
    pub fn start(command: impl FnOnce(SocketAddr) -> Command, log: &Path) -> Result<(Site, f64)> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let said = File::create(log)?;
        let start = Instant::now();
        let child = command(address)
            .stdin(Stdio::null())
            .stdout(said.try_clone()?)
            .stderr(said)
            .spawn()?;
        let mut site = Site { child, address };
        let visitor = Visitor::new(address);
        while !(visitor.get("/sign-in")).is_ok_and(|answer| answer.status == StatusCode::OK) {
            if let Some(status) = site.child.try_wait()? {
                let words = fs::read_to_string(log)?;
                return Err(format!("a site stopped ({status}):\n{words}").into());
            }
            if start.elapsed() > PATIENCE {
                return Err(format!("a site does not answer; what it says is in {}", log.display()).into());
            }
            sleep(KNOCK);
        }
        Ok((site, start.elapsed().as_secs_f64()))
    }

    /// MiB of all its processes together: `VmRSS:` now, `VmHWM:` at the peak of each.
    pub fn memory(&self, field: &str) -> Result<f64> {
        let mut processes = vec![self.child.id()];
        let mut sum = 0.0;
        while let Some(process) = processes.pop() {
            sum += of_process(&process.to_string(), field)?;
            for task in fs::read_dir(format!("/proc/{process}/task"))? {
                let children = fs::read_to_string(task?.path().join("children"))?;
                processes.extend(children.split_whitespace().filter_map(|id| id.parse::<u32>().ok()));
            }
        }
        Ok(sum)
    }
}

impl Drop for Site {
    /// Asks it to end and waits, so that it leaves its files whole and no process behind.
    fn drop(&mut self) {
        // one that has ended already has given its number back
        if !matches!(self.child.try_wait(), Ok(None)) {
            return;
        }
        let asked = Command::new("kill").arg(self.child.id().to_string()).status();
        if !asked.is_ok_and(|status| status.success()) {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

/// Our server on a database in a folder; `words` are what is said besides.
pub fn ours<'a>(server: &'a Path, folder: &'a Path, words: &'a [&str]) -> impl Fn(SocketAddr) -> Command + 'a {
    move |address| {
        let mut command = Command::new(server);
        command
            .arg("serve")
            .args(words)
            .args(["--listen", &address.to_string()])
            .args([
                "--database-url",
                &format!("sqlite://{}?mode=rwc", database(folder).display()),
            ])
            // it writes a line a request otherwise, and gunicorn does not
            .env("RUST_LOG", "warn");
        command
    }
}

/// Returns the database of our server in a folder.
pub fn database(folder: &Path) -> PathBuf {
    folder.join("ours.sqlite")
}

/// The password of every account of the demonstration.
pub const PASSWORD: &str = "try-the-demo-today";
