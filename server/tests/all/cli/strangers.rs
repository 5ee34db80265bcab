//! What strangers send does not fill the memory of a real server. Each attack took hundreds of megabytes once.

use super::serve::Server;
use std::{
    io::{Read, Write},
    net::TcpStream,
    thread,
};
use tempfile::TempDir;

/// The most that all attacks together may add, in MB: buffers of connections, sixteen forms of a quarter of a megabyte at once,
/// and as many passwords hashed at once as there are cores and one, 19 MB each.
const MOST: u64 = 200;

#[test]
fn what_strangers_send_does_not_fill_memory() {
    let folder = TempDir::new().unwrap();
    let server = Server::start(&folder, &[]);
    server.request("GET /sign-in", "");
    server.request("POST /sign-in", "email=a%40example.org&password=wrong");
    let before = server.peak();
    let grown = || server.peak().saturating_sub(before);

    // a form of 64 MB, nothing but names
    let part = format!(
        "--b\r\nContent-Disposition: form-data; name=\"{}\"\r\n\r\n\r\n",
        "&".repeat(16_000)
    );
    let body = part.repeat(4_000).into_bytes();
    let reply = send(
        &server,
        "/practices/x/evidence/add/file",
        "multipart/form-data; boundary=b",
        &body,
    );
    assert!(
        reply.starts_with("HTTP/1.1 401") && reply.len() < 50_000,
        "{} bytes",
        reply.len()
    );
    assert!(grown() < MOST, "names: {} MB", grown());

    // twelve forms of 4 MB at once that come back six times as long
    let body = [b"comment=".as_slice(), &vec![b'"'; 4_100_000]].concat();
    at_once(12, |_| {
        let reply = send(&server, "/practices/x/2026/elements/y", FORM, &body);
        assert!(
            reply.starts_with("HTTP/1.1 401") && reply.len() < 50_000,
            "{} bytes",
            reply.len()
        );
    });
    assert!(grown() < MOST, "quotes: {} MB", grown());

    // addresses of 4 MB, which the limit remembers
    let body = format!("email={}%40example.org&password=wrong", "a".repeat(3_900_000));
    for _ in 0..20 {
        assert!(send(&server, "/sign-in", FORM, body.as_bytes()).starts_with("HTTP/1.1 413"));
    }
    assert!(grown() < MOST, "addresses: {} MB", grown());

    // all the tries that one caller has, at once
    at_once(50, |n| {
        let form = format!("email=nobody{n}%40example.org&password=wrong-wrong-wrong");
        let reply = server.request("POST /sign-in", &form);
        let told = ["HTTP/1.1 422", "HTTP/1.1 429", "HTTP/1.1 503"];
        assert!(told.iter().any(|status| reply.starts_with(status)), "{reply}");
    });
    assert!(grown() < MOST, "passwords: {} MB", grown());
    assert!(server.request("GET /healthz", "").starts_with("HTTP/1.1 200"));
}

const FORM: &str = "application/x-www-form-urlencoded";

fn at_once(number: usize, work: impl Fn(usize) + Sync) {
    thread::scope(|scope| {
        for n in 0..number {
            let work = &work;
            scope.spawn(move || work(n));
        }
    });
}

/// Sends a form, and gives what comes back.
fn send(server: &Server, path: &str, kind: &str, body: &[u8]) -> String {
    let host = server.url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {}\r\nContent-Type: {kind}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(body).unwrap();
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply).unwrap();
    String::from_utf8_lossy(&reply).into_owned()
}
