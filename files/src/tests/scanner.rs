//! The scanner: ClamAV's own, with one signature of ours and nothing downloaded; and one that answers what we tell it.

use super::{sentence, upload};
use crate::{Clamd, Files, FilesError};
use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

/// Returns the harmless text that scanners agree to find, in two parts so that none finds it here.
fn eicar() -> Vec<u8> {
    [
        "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-",
        "ANTIVIRUS-TEST-FILE!$H+H*",
    ]
    .concat()
    .into_bytes()
}

/// A running clamd, ended with the test.
struct Daemon {
    child: Child,
    folder: TempDir,
}

impl Daemon {
    fn start() -> Daemon {
        let folder = TempDir::new().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("db")).unwrap();
        let hex: String = b"EICAR-STANDARD-ANTIVIRUS"
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        std::fs::write(at("db/own.ndb"), format!("Own-Eicar:0:*:{hex}\n")).unwrap();
        let config = format!(
            "Foreground yes\nDatabaseDirectory {}\nLocalSocket {}\nStreamMaxLength 1M\n",
            at("db").display(),
            at("socket").display()
        );
        std::fs::write(at("clamd.conf"), config).unwrap();
        let mut command = Command::new(program());
        let command = command.arg(format!("--config-file={}", at("clamd.conf").display()));
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        // it says this when it listens
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let ready = lines
            .map_while(Result::ok)
            .any(|line| line.starts_with("Self checking"));
        assert!(ready, "clamd did not start");
        Daemon { child, folder }
    }

    fn files(&self) -> Files {
        let socket = format!("unix:{}", self.folder.path().join("socket").display());
        Files::in_memory().scanned_by(Some(socket.parse().unwrap()))
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Debian puts it where not everybody looks.
fn program() -> &'static str {
    let debian = "/usr/sbin/clamd";
    if Path::new(debian).exists() { debian } else { "clamd" }
}

#[tokio::test]
async fn a_real_scanner_lets_clean_files_pass_and_stops_others() {
    let daemon = Daemon::start();
    let files = daemon.files();
    for size in [4, 64 * 1024, 900 * 1024] {
        assert!(upload(&files, "a.txt", &vec![b'a'; size]).await.is_ok(), "{size}");
    }
    let found = sentence(upload(&files, "a.txt", &eicar()).await);
    assert!(found.contains("Own-Eicar"), "{found}");
    let too_long = upload(&files, "a.txt", &vec![b'a'; 3_000_000]).await;
    assert!(matches!(too_long, Err(FilesError::NotScanned(_))), "{too_long:?}");
}

#[tokio::test]
async fn a_scanner_that_gives_no_verdict_is_as_none() {
    for (reply, reads) in [
        (&b"INSTREAM size limit exceeded. ERROR\0"[..], false),
        (b"", true),
        (b"", false),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", true),
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let files = Files::in_memory().scanned_by(Some(Clamd::Tcp(listener.local_addr().unwrap().to_string())));
        let scanner = tokio::spawn(async move {
            let (mut caller, _) = listener.accept().await.unwrap();
            if reads {
                // all that comes for a file of four bytes
                let mut asked = vec![0; 10 + 4 + 4 + 4];
                caller.read_exact(&mut asked).await.unwrap();
                assert_eq!(&asked[..14], b"zINSTREAM\0\0\0\0\x04");
            }
            caller.write_all(reply).await.unwrap();
        });
        let answer = upload(&files, "a.txt", b"text").await;
        assert!(matches!(answer, Err(FilesError::NotScanned(_))), "{answer:?}");
        scanner.await.unwrap();
    }
}
