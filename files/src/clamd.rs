//! A virus scanner: ClamAV's daemon, asked over its own protocol (`INSTREAM`, see clamd(8)).

use std::{fmt, io, path::PathBuf, str::FromStr, time::Duration};
use thiserror::Error;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

/// How long one file may take.
const SCAN_TIMEOUT: Duration = Duration::from_secs(90);

/// The most bytes of a reply that are read.
const REPLY: u64 = 4_096;

/// Where a scanner listens: `HOST:PORT`, or `unix:/path`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clamd {
    /// Over the network.
    Tcp(String),
    /// On this machine.
    Unix(PathBuf),
}

/// What a scanner says of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing found.
    Clean,
    /// Something found, by the scanner's name for it.
    Found(String),
}

/// The scanner does not answer, or not with a verdict.
#[derive(Debug, Error)]
#[error("the virus scanner gave no verdict: {0}")]
pub struct Unreachable(String);

impl From<io::Error> for Unreachable {
    fn from(error: io::Error) -> Unreachable {
        Unreachable(error.to_string())
    }
}

impl FromStr for Clamd {
    type Err = String;
    fn from_str(text: &str) -> Result<Clamd, String> {
        if let Some(path) = text.strip_prefix("unix:").filter(|path| !path.is_empty()) {
            return Ok(Clamd::Unix(path.into()));
        }
        match text.rsplit_once(':') {
            Some((host, port)) if !host.is_empty() && port.parse::<u16>().is_ok() => Ok(Clamd::Tcp(text.to_owned())),
            _ => Err("write it as HOST:PORT or unix:/path/of/the/socket".to_owned()),
        }
    }
}

impl fmt::Display for Clamd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Clamd::Tcp(address) => f.write_str(address),
            Clamd::Unix(path) => write!(f, "unix:{}", path.display()),
        }
    }
}

impl Clamd {
    /// Has a file looked over.
    ///
    /// # Errors
    /// [`Unreachable`] when there is no verdict.
    pub async fn scan(&self, file: impl AsyncRead + Unpin) -> Result<Verdict, Unreachable> {
        let asked = async {
            match self {
                Clamd::Tcp(address) => ask(TcpStream::connect(address).await?, file).await,
                #[cfg(unix)]
                Clamd::Unix(path) => ask(tokio::net::UnixStream::connect(path).await?, file).await,
                #[cfg(not(unix))]
                Clamd::Unix(_) => Err(Unreachable("there are no such sockets on this system".to_owned())),
            }
        };
        timeout(SCAN_TIMEOUT, asked)
            .await
            .map_err(|_| Unreachable("it took too long".to_owned()))?
    }
}

/// Sends the file in parts, each with its length before it, and reads the reply.
async fn ask(
    mut scanner: impl AsyncRead + AsyncWrite + Unpin,
    file: impl AsyncRead + Unpin,
) -> Result<Verdict, Unreachable> {
    // a scanner that has had enough closes its side while we still send; what it says then is what counts
    let sent = send(&mut scanner, file).await;
    let mut reply = Vec::new();
    let read = (&mut scanner).take(REPLY).read_to_end(&mut reply).await;
    if reply.is_empty() {
        sent?;
        read?;
    }
    understand(&String::from_utf8_lossy(&reply))
}

async fn send(scanner: &mut (impl AsyncWrite + Unpin), mut file: impl AsyncRead + Unpin) -> io::Result<()> {
    scanner.write_all(b"zINSTREAM\0").await?;
    let mut part = vec![0u8; 64 * 1024];
    loop {
        let n = file.read(&mut part).await?;
        // a part is far shorter than 4 GB
        scanner
            .write_all(&u32::try_from(n).unwrap_or_default().to_be_bytes())
            .await?;
        if n == 0 {
            return scanner.flush().await;
        }
        scanner.write_all(&part[..n]).await?;
    }
}

/// `stream: OK`, `stream: NAME FOUND`, or something else, which is no verdict.
fn understand(reply: &str) -> Result<Verdict, Unreachable> {
    let reply = reply.trim_end_matches(['\0', '\n', '\r']);
    let said = reply.strip_prefix("stream: ").unwrap_or_default();
    match said.strip_suffix(" FOUND") {
        Some(name) if !name.is_empty() => Ok(Verdict::Found(name.to_owned())),
        _ if said == "OK" => Ok(Verdict::Clean),
        _ => Err(Unreachable(format!("it said “{reply}”"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_verdict_counts_as_one() {
        let found = |name: &str| Some(Verdict::Found(name.to_owned()));
        for (reply, verdict) in [
            ("stream: OK\0", Some(Verdict::Clean)),
            ("stream: OK\n", Some(Verdict::Clean)),
            ("stream: Eicar-Test-Signature FOUND\0", found("Eicar-Test-Signature")),
            ("stream: Win.Test.EICAR_HDB-1 FOUND", found("Win.Test.EICAR_HDB-1")),
            ("INSTREAM size limit exceeded. ERROR\0", None),
            ("stream: Can't allocate memory ERROR\0", None),
            ("UNKNOWN COMMAND\0", None),
            ("stream:  FOUND", None),
            ("stream: OK FOUNDATION", None),
            ("OK", None),
            ("", None),
        ] {
            assert_eq!(understand(reply).ok(), verdict, "{reply:?}");
        }
    }

    #[test]
    fn an_address_is_a_host_with_a_port_or_a_socket() {
        for (text, taken) in [
            ("localhost:3310", true),
            ("[::1]:3310", true),
            ("unix:/run/clamav/clamd.ctl", true),
            ("unix:", false),
            ("localhost", false),
            (":3310", false),
            ("localhost:port", false),
        ] {
            let read = text.parse::<Clamd>();
            assert_eq!(read.is_ok(), taken, "{text}");
            assert!(read.is_err() || read.is_ok_and(|clamd| clamd.to_string() == text));
        }
    }
}
