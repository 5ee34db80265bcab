//! Finds or installs a compiler that can build for the browser.
//!
//! In this order: the Rust in use if it has the target; rustup, bounded in time because closed
//! networks let its download hang; Debian's packages, for machines that reach nothing else.

use crate::Result;
use std::{
    env, fmt,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus},
    thread::sleep,
    time::{Duration, Instant},
};

/// The target of the browser build.
pub const TARGET: &str = "wasm32-unknown-unknown";
const RUSTUP_PATIENCE: Duration = Duration::from_secs(90);
const DEBIAN_SCRIPT: &str = "scripts/debian-wasm-toolchain.sh";

/// Which compiler builds for the browser.
pub enum Compiler {
    /// The Rust that cargo uses anyway.
    Default,
    /// Another `rustc`, to be given to the browser build alone.
    At(PathBuf),
}

impl Compiler {
    /// Makes `cargo` use this compiler.
    pub fn apply(&self, cargo: &mut Command) {
        if let Self::At(rustc) = self {
            cargo.env("RUSTC", rustc).env_remove("RUSTC_WRAPPER");
        }
    }
}

impl fmt::Display for Compiler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("the Rust in use"),
            Self::At(rustc) => write!(f, "{}", rustc.display()),
        }
    }
}

/// Finds a compiler for [`TARGET`], installing one where it can.
///
/// # Errors
/// When no way works: the message says what the reader can do.
pub fn ensure() -> Result<Compiler> {
    let default = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let default = Path::new(&default);
    if has_target(default) {
        return Ok(Compiler::Default);
    }
    eprintln!("xtask: this Rust cannot build for the browser yet; asking rustup for {TARGET}");
    if rustup_adds_target() && has_target(default) {
        return Ok(Compiler::Default);
    }
    debian_compiler().map(Compiler::At)
}

fn has_target(rustc: &Path) -> bool {
    Command::new(rustc)
        .args(["--print", "target-libdir", "--target", TARGET])
        .output()
        .ok()
        .filter(|out| out.status.success())
        .and_then(|out| String::from_utf8(out.stdout).ok())
        .is_some_and(|folder| Path::new(folder.trim()).is_dir())
}

fn rustup_adds_target() -> bool {
    let Ok(child) = Command::new("rustup").args(["target", "add", TARGET]).spawn() else {
        eprintln!("xtask: no rustup on this machine");
        return false;
    };
    wait_at_most(child, RUSTUP_PATIENCE).is_some_and(|status| status.success())
}

/// `None` when the time was up; the child is then stopped.
fn wait_at_most(mut child: Child, patience: Duration) -> Option<ExitStatus> {
    let start = Instant::now();
    while start.elapsed() < patience {
        if let Some(status) = child.try_wait().ok()? {
            return Some(status);
        }
        sleep(Duration::from_millis(200));
    }
    eprintln!("xtask: gave up after {} s", patience.as_secs());
    // it may have ended by itself meanwhile; either way it is gone after `wait`
    let _ = child.kill();
    let _ = child.wait();
    None
}

fn debian_compiler() -> Result<PathBuf> {
    let home = env::var_os("HOME").ok_or("HOME is not set")?;
    let folder = Path::new(&home).join(".local/share/rust-debian-web");
    let rustc = folder.join("bin/rustc");
    if has_target(&rustc) {
        return Ok(rustc);
    }
    eprintln!("xtask: rustup could not help; trying Debian's packages ({DEBIAN_SCRIPT})");
    let done = Command::new(DEBIAN_SCRIPT).arg(&folder).status();
    if done.is_ok_and(|status| status.success()) && has_target(&rustc) {
        return Ok(rustc);
    }
    Err(format!(
        "no compiler for the browser.\n\
         Either   rustup target add {TARGET}\n\
         or, on Debian or Ubuntu, install   rustc-web cargo-web rust-web-src lld-19   and run this again."
    )
    .into())
}
