//! The binary, as somebody at a terminal meets it.

use crate::site::{PASSWORD, database_url, encoded};
use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
};
use tempfile::TempDir;

/// What a run came to.
#[derive(Debug)]
struct Ran {
    status: i32,
    out: Vec<u8>,
    err: String,
}

impl Ran {
    fn text(&self) -> &str {
        str::from_utf8(&self.out).unwrap()
    }

    /// Fails unless the run was fine.
    fn fine(self) -> Ran {
        assert_eq!(self.status, 0, "{self:?}");
        self
    }

    /// Fails unless the run was refused, with nothing on standard output; gives the reasons.
    fn refused(self) -> String {
        assert_eq!((self.status, self.text()), (1, ""), "{self:?}");
        self.err
    }
}

fn command(folder: &TempDir, line: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pause-fidelity"));
    command
        .args(line)
        .current_dir(folder.path())
        .env("DATABASE_URL", database_url(folder.path()));
    for name in ["RUST_LOG", "PUBLIC_URL", "LISTEN", "BEHIND_PROXY"] {
        command.env_remove(name);
    }
    command
}

fn run(folder: &TempDir, line: &[&str]) -> Ran {
    let output = command(folder, line).output().unwrap();
    Ran {
        status: output.status.code().unwrap(),
        out: output.stdout,
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A database with one finished assessment, taken in from a file.
fn with_assessment() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("earlier.csv"), EARLIER).unwrap();
    run(&folder, &["import", "assessments", "earlier.csv"]).fine();
    folder
}

const EARLIER: &str = "practice,cycle,version,criterion,self_rating,comment\n\
    Nant y Frân,2024,2025.1,caseload-ceiling,4,\"Wyth, „yn bennaf“\"\n\
    Nant y Frân,2024,2025.1,travel-counted,2,=SUM(A1)\n";

#[test]
fn wrong_usage_is_told_from_what_is_refused() {
    let folder = TempDir::new().unwrap();
    assert_eq!(run(&folder, &["--help"]).status, 0);
    assert_eq!(
        run(&folder, &["--version"]).fine().text(),
        concat!("pause-fidelity ", env!("CARGO_PKG_VERSION"), "\n")
    );
    for line in [
        &[][..],
        &["frob"],
        &["serve", "--listen", "nowhere"],
        &["serve", "--public-url", "fidelity.example.org"],
        &["user", "invite", "a@example.org", "--role", "king"],
        &["cycle", "open", "next year", "--version", "2026.1"],
        &[
            "report", "national", "--cycle", "2026", "--format", "docx", "--out", "-",
        ],
    ] {
        assert_eq!(run(&folder, line).status, 2, "{line:?}");
    }
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        0,
        "a usage error must not make a database"
    );
}

#[test]
fn a_framework_with_mistakes_is_refused_with_file_and_line_of_each() {
    let folder = TempDir::new().unwrap();
    write_criteria(&folder.path().join("criteria"));
    let good = run(&folder, &["framework", "check", "criteria"]).fine();
    assert_eq!(good.text(), run(&folder, &["framework", "list"]).fine().text());
    assert_eq!(good.text().lines().count(), 2);

    let criterion = folder
        .path()
        .join("criteria/2026.1/small-caseloads/caseload-ceiling.md");
    let text = fs::read_to_string(&criterion).unwrap();
    fs::write(&criterion, text.replace("+++\n", "+++\nunheard_of = 1\n")).unwrap();
    fs::remove_file(folder.path().join("criteria/2025.1/small-caseloads/element.md")).unwrap();
    let reasons = run(&folder, &["framework", "check", "criteria"]).refused();
    assert!(reasons.lines().count() >= 2, "{reasons}");
    for line in reasons.lines() {
        let mut parts = line.splitn(3, ':');
        let (path, number) = (parts.next().unwrap(), parts.next().unwrap());
        assert!(
            path.starts_with("criteria/202") && number.parse::<usize>().is_ok(),
            "{line}"
        );
    }
    assert!(
        reasons.contains("criteria/2026.1/small-caseloads/caseload-ceiling.md:2: "),
        "{reasons}"
    );
}

#[test]
fn a_folder_that_is_not_there_or_holds_nothing_is_refused_by_name() {
    let folder = TempDir::new().unwrap();
    assert_eq!(
        run(&folder, &["framework", "check", "none"]).refused(),
        "none: there is no such folder.\n"
    );
    let reasons = run(&folder, &["framework", "check", "."]).refused();
    assert!(reasons.starts_with(".:1: There is no version here"), "{reasons}");
}

#[test]
fn versions_are_listed_and_compared_as_text_and_json() {
    let folder = TempDir::new().unwrap();
    let list = run(&folder, &["framework", "list", "--format", "json"]).fine();
    let list: serde_json::Value = serde_json::from_str(list.text()).unwrap();
    assert_eq!(list[1]["version"], "2026.1");
    let text = run(&folder, &["framework", "diff", "2025.1", "2026.1"]).fine();
    let json = run(&folder, &["framework", "diff", "2025.1", "2026.1", "--format", "json"]).fine();
    let json: serde_json::Value = serde_json::from_str(json.text()).unwrap();
    let changes = json[0]["changes"].as_array().unwrap();
    assert_eq!(text.text().lines().count(), changes.len() + 1);
    assert!(changes.iter().any(|change| change["kind"] == "retired"));

    let unknown = run(&folder, &["framework", "diff", "1999.1", "2999.1"]).refused();
    assert_eq!(unknown.lines().count(), 2, "{unknown}");
    assert!(
        run(&folder, &["framework", "diff", "2026.1", "2025.1"])
            .refused()
            .contains("older version first")
    );
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = TempDir::new().unwrap();
    let mut child = command(&folder, &["framework", "diff", "2025.1", "2026.1", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
}

#[test]
fn an_import_can_be_tried_first_and_done_twice() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("earlier.csv"), EARLIER).unwrap();
    let import = |more: &[&str]| run(&folder, &[&["import", "assessments", "earlier.csv"], more].concat()).fine();
    let tried = import(&["--dry-run"]);
    assert!(
        tried.text().contains("assessment nant-y-fran 2024: would be added"),
        "{tried:?}"
    );
    assert!(tried.text().contains("Nothing was changed"));
    assert!(
        import(&["--dry-run"]).text().contains("would be added"),
        "the trial changed something"
    );
    assert!(import(&[]).text().contains("1 added, 0 here already"));
    assert!(import(&[]).text().contains("0 added, 1 here already"));
}

#[test]
fn an_import_with_mistakes_is_refused_whole_with_line_and_column_of_each() {
    let folder = TempDir::new().unwrap();
    let bad = format!("{EARLIER}Nant y Frân,2024,2025.1,small-sums,9,\nNant y Frân,2024,2025.1,no-such,3,\n");
    fs::write(folder.path().join("bad.csv"), bad).unwrap();
    for line in [
        &["import", "assessments", "bad.csv"][..],
        &["import", "assessments", "bad.csv", "--dry-run"],
    ] {
        let reasons = run(&folder, line).refused();
        assert!(reasons.contains("bad.csv:4: self_rating: "), "{reasons}");
        assert!(reasons.contains("bad.csv:5: criterion: "), "{reasons}");
    }
    assert!(
        run(&folder, &["import", "assessments", "none.csv"])
            .refused()
            .contains("none.csv")
    );
    let export = run(&folder, &["export", "assessments", "--format", "json"]).fine();
    assert_eq!(export.text(), "[]\n");
}

#[test]
fn what_is_exported_can_be_imported_elsewhere_and_exported_the_same() {
    let first = with_assessment();
    for format in ["csv", "json"] {
        let second = TempDir::new().unwrap();
        let file = second.path().join(format!("all.{format}"));
        let out = file.display().to_string();
        run(&first, &["export", "assessments", "--format", format, "--out", &out]).fine();
        run(&second, &["import", "assessments", &out]).fine();
        let again = run(&second, &["export", "assessments", "--format", format]).fine();
        assert_eq!(fs::read(&file).unwrap(), again.out, "{format}");
        assert!(again.text().contains("Wyth, „yn bennaf“"), "{again:?}");
    }
    let other = run(
        &first,
        &["export", "assessments", "--cycle", "2025", "--format", "json"],
    )
    .fine();
    assert_eq!(other.text(), "[]\n");
}

#[test]
fn reports_come_in_every_format_to_a_file_or_the_terminal() {
    let folder = with_assessment();
    for (format, start) in [
        ("pdf", "%PDF-1.7"),
        ("html", "<!DOCTYPE html>"),
        ("csv", ""),
        ("json", "{"),
    ] {
        let practice = ["report", "practice", "--practice", "nant-y-fran", "--cycle", "2024"];
        let national = ["report", "national", "--cycle", "2024"];
        for report in [&practice[..], &national] {
            let line = [report, &["--format", format, "--out"]].concat();
            let shown = run(&folder, &[&line[..], &["-"]].concat()).fine().out;
            assert!(
                String::from_utf8_lossy(&shown)
                    .trim_start_matches('\u{feff}')
                    .starts_with(start),
                "{line:?}"
            );
            assert!(shown.len() > 200, "{line:?}");
            run(&folder, &[&line[..], &["report.out"]].concat()).fine();
            assert_eq!(fs::read(folder.path().join("report.out")).unwrap(), shown, "{line:?}");
        }
    }
}

#[test]
fn a_report_that_cannot_be_is_refused_and_leaves_no_file() {
    let folder = with_assessment();
    let practice = |slug: &str, cycle: &str, out: &str| {
        run(
            &folder,
            &[
                "report",
                "practice",
                "--practice",
                slug,
                "--cycle",
                cycle,
                "--format",
                "json",
                "--out",
                out,
            ],
        )
        .refused()
    };
    assert!(practice("nowhere", "2024", "x.json").contains("nowhere has no assessment"));
    assert!(practice("nant-y-fran", "2020", "x.json").contains("no assessment in cycle 2020"));
    assert!(practice("nant-y-fran", "2024", "none/x.json").contains("none/x.json cannot be written"));
    let reason = run(
        &folder,
        &[
            "report", "national", "--cycle", "1999", "--format", "pdf", "--out", "x.pdf",
        ],
    )
    .refused();
    assert!(reason.contains("There is no cycle 1999"), "{reason}");
    let left: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert!(
        left.iter().all(|name| !name.to_string_lossy().starts_with(['x', '.'])),
        "{left:?}"
    );
}

#[test]
fn practices_and_cycles_are_added_once() {
    let folder = TempDir::new().unwrap();
    assert!(
        run(&folder, &["migrate"])
            .fine()
            .text()
            .ends_with("The database is up to date.\n")
    );
    assert_eq!(
        run(&folder, &["migrate"]).fine().text(),
        "The database is up to date.\n"
    );
    let practice = [
        "practice",
        "add",
        "north-vale",
        "--name",
        "North Vale",
        "--region",
        "Wales",
    ];
    run(&folder, &practice).fine();
    assert!(run(&folder, &practice).refused().contains("north-vale"));
    let cycle = ["cycle", "open", "2026", "--version", "2026.1"];
    run(&folder, &cycle).fine();
    assert!(run(&folder, &cycle).refused().contains("open already"));
    assert!(
        run(&folder, &["cycle", "open", "2027", "--version", "1999.1"])
            .refused()
            .contains("1999.1")
    );
    let lead = ["user", "invite", "lead@example.org", "--role", "lead"];
    assert!(run(&folder, &lead).refused().contains("Practice"));
    assert!(
        run(&folder, &[&lead[..], &["--practice", "nowhere"]].concat())
            .refused()
            .contains("no such Practice")
    );
    run(&folder, &[&lead[..], &["--practice", "north-vale"]].concat()).fine();
}

#[test]
fn a_database_that_cannot_be_reached_is_refused() {
    let folder = TempDir::new().unwrap();
    for url in [
        "sqlite://none/x.sqlite?mode=rwc",
        "mysql://a:secret@b/c",
        "postgres://a:secret@127.0.0.1:1/c",
        "nonsense",
    ] {
        let reason = run(&folder, &["migrate", "--database-url", url]).refused();
        assert!(!reason.is_empty() && !reason.contains("secret"), "{reason}");
    }
}

#[test]
fn the_demonstration_keeps_away_from_real_data() {
    let folder = with_assessment();
    let reason = run(&folder, &["serve", "--demo", "--listen", "127.0.0.1:0"]).refused();
    assert!(reason.contains("holds other data"), "{reason}");
}

#[test]
fn an_address_in_use_is_refused() {
    let folder = TempDir::new().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let reason = run(&folder, &["serve", "--listen", &address]).refused();
    assert!(reason.contains(&address), "{reason}");
}

#[test]
fn the_invited_administrator_signs_in_and_the_server_stops_when_told() {
    let folder = TempDir::new().unwrap();
    let server = Server::start(&folder, &[]);
    assert!(
        server
            .greeting
            .contains("user invite YOU@EXAMPLE.ORG --role administrator"),
        "{}",
        server.greeting
    );
    assert!(server.request("GET /healthz", "").starts_with("HTTP/1.1 200 OK\r\n"));

    let line = [
        "user",
        "invite",
        "first@example.org",
        "--role",
        "administrator",
        "--public-url",
        &server.url,
    ];
    let link = run(&folder, &line).fine().text().trim_end().to_owned();
    let path = link.strip_prefix(&server.url).unwrap();
    assert!(server.request(&format!("GET {path}"), "").contains("first@example.org"));
    let form = encoded(&[("name", "First"), ("password", PASSWORD)]);
    let accepted = server.request(&format!("POST {path}"), &form);
    assert!(
        accepted.starts_with("HTTP/1.1 303") && accepted.contains("set-cookie: session="),
        "{accepted}"
    );
    assert!(
        server.request(&format!("GET {path}"), "").starts_with("HTTP/1.1 404"),
        "the link works twice"
    );
    let log = server.stop();
    let token = path.rsplit('/').next().unwrap();
    assert!(
        log.contains("/invitation/{token}") && !log.contains(token),
        "the log holds the secret: {log}"
    );
}

/// A server of its own, on a free port.
struct Server {
    child: Child,
    url: String,
    greeting: String,
}

impl Server {
    fn start(folder: &TempDir, more: &[&str]) -> Server {
        let line = [&["serve", "--listen", "127.0.0.1:0"], more].concat();
        let mut child = command(folder, &line)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let first = lines.find(|line| line.starts_with("Open ")).unwrap();
        let url = first.split_whitespace().nth(1).unwrap().to_owned();
        let greeting = lines
            .take_while(|line| !line.starts_with("To try things out"))
            .collect::<Vec<_>>()
            .join("\n");
        Server { child, url, greeting }
    }

    /// Sends `METHOD PATH` with a form, over a connection of its own.
    fn request(&self, line: &str, form: &str) -> String {
        let host = self.url.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(host).unwrap();
        let request = format!(
            "{line} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n\r\n{form}",
            form.len()
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut reply = String::new();
        stream.read_to_string(&mut reply).unwrap();
        reply
    }

    /// Tells it to stop, and gives what it logged.
    fn stop(mut self) -> String {
        Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        let mut log = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        assert_eq!(self.child.wait().unwrap().code(), Some(0), "{log}");
        log
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // it has ended already unless a test failed
        let _ = self.child.kill();
    }
}

/// The criteria inside the program, as files.
fn write_criteria(folder: &Path) {
    for file in framework::library::Library::embedded_files() {
        let path = folder.join(&file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, file.text).unwrap();
    }
}
