//! `pause-fidelity`: reads the command line and does what it asks.

use clap::Parser;
use server::{
    cli::{Cli, Command},
    commands, output,
};
use std::{io::IsTerminal, process::ExitCode};
use tracing_subscriber::EnvFilter;

/// Pages and figures are made of many small pieces, on several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    private();
    let cli = Cli::parse();
    log(matches!(cli.command, Command::Serve(_)));
    match commands::run(cli).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(refused) => {
            for reason in refused.0 {
                output::complain(&reason);
            }
            ExitCode::FAILURE
        }
    }
}

/// What this program writes – the database, uploads, reports – is for its own user alone.
fn private() {
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
}

/// Logs to stderr, panics too: the website all that matters, other commands only what goes wrong. `RUST_LOG` decides
/// otherwise.
fn log(serving: bool) {
    let usual = if serving { "info,sea_orm_migration=warn" } else { "warn" };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(usual));
    let colours = std::io::stderr().is_terminal();
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(colours)
        .init();
    std::panic::set_hook(Box::new(|panic| tracing::error!(%panic, "a bug: the program panicked")));
}
