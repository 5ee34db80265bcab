//! The build's own steps, run as `cargo xtask COMMAND` from the project's root.
//!
//! * `site` makes the browser's files in `target/site/pkg`, which the server embeds.
//! * `lint` runs clippy on what goes to the browser.
//! * `wasm-toolchain` only makes sure that a compiler for the browser is there, and says which.

mod site;
mod toolchain;

use std::{env, path::Path, process::ExitCode};

/// Every step's error is for a person to read, so text is enough.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    match run(env::args().nth(1).as_deref()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Option<&str>) -> Result<()> {
    enter_project()?;
    match command {
        Some("site") => site::build(),
        Some("lint") => site::lint(),
        Some("wasm-toolchain") => {
            let compiler = toolchain::ensure()?;
            eprintln!("xtask: the browser's compiler is {compiler}");
            Ok(())
        }
        _ => Err("say `cargo xtask site`, `cargo xtask lint` or `cargo xtask wasm-toolchain`".into()),
    }
}

/// Asked when it runs, not when it is compiled: a kept `target` may hold the program as another clone compiled it.
fn enter_project() -> Result<()> {
    let own = env::var_os("CARGO_MANIFEST_DIR").ok_or("run it as `cargo xtask`")?;
    let root = Path::new(&own)
        .parent()
        .ok_or("xtask must stand in a folder of the project")?;
    Ok(env::set_current_dir(root)?)
}
