//! The server, over a real connection.

use super::{command, ran, run, with_assessment};
use crate::site::{PASSWORD, encoded};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
};
use tempfile::TempDir;

#[test]
fn the_demonstration_keeps_away_from_real_data() {
    let folder = with_assessment();
    let reason = run(&folder, &["serve", "--demo", "--listen", "127.0.0.1:0"]).refused();
    assert!(reason.contains("holds other data"), "{reason}");
}

#[test]
fn the_demonstration_has_a_file_of_its_own() {
    let folder = TempDir::new().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    // refused once the database is there, since the address is in use
    for (more, file) in [
        (None, "pause-fidelity.sqlite"),
        (Some("--demo"), "pause-fidelity-demo.sqlite"),
    ] {
        let mut serve = command(&folder, &["serve", "--listen", &address]);
        serve.args(more).env_remove("DATABASE_URL");
        let reason = ran(serve).refused();
        assert!(reason.contains(&address), "{reason}");
        assert!(folder.path().join(file).exists(), "{file}");
        let other = folder.path().join("pause-fidelity-demo.sqlite");
        assert_eq!(other.exists(), more.is_some(), "invented data beside real ones");
    }
}

#[test]
fn behind_a_proxy_may_be_said_in_several_words() {
    let folder = TempDir::new().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for (word, status) in [
        ("1", 1),
        ("true", 1),
        ("yes", 1),
        ("0", 1),
        ("false", 1),
        ("perhaps", 2),
    ] {
        let mut serve = command(&folder, &["serve", "--listen", &address]);
        serve.env("BEHIND_PROXY", word);
        assert_eq!(ran(serve).status, status, "{word}");
    }
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
    let line = [
        "user",
        "password-link",
        "First@example.org",
        "--public-url",
        &server.url,
    ];
    let link = run(&folder, &line).fine().text().trim_end().to_owned();
    let forgotten = link.strip_prefix(&server.url).unwrap();
    let form = encoded(&[("password", "another four words here")]);
    let set = server.request(&format!("POST {forgotten}"), &form);
    assert!(
        set.starts_with("HTTP/1.1 303") && set.contains("set-cookie: session="),
        "{set}"
    );
    let spent = server.request(&format!("GET {forgotten}"), "");
    assert!(spent.contains("This link has been used or has run out."), "{spent}");
    #[cfg(unix)]
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = std::os::unix::fs::PermissionsExt::mode(&entry.metadata().unwrap().permissions());
        assert_eq!(mode & 0o077, 0, "{:?} is open to others: {mode:o}", entry.file_name());
    }
    let log = server.stop();
    assert!(
        !log.contains('\u{1b}'),
        "colours in a log that no terminal shows: {log}"
    );
    let token = path.rsplit('/').next().unwrap();
    assert!(
        log.contains("/invitation/{token}") && !log.contains(token),
        "the log holds the secret: {log}"
    );
}

/// A server of its own, on a free port.
pub(super) struct Server {
    child: Child,
    pub(super) url: String,
    greeting: String,
}

impl Server {
    pub(super) fn start(folder: &TempDir, more: &[&str]) -> Server {
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
    pub(super) fn request(&self, line: &str, form: &str) -> String {
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

    /// Returns what it has held of memory at most, in MB.
    pub(super) fn peak(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
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
