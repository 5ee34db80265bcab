//! `serve`: the website, until it is told to stop.

use super::{Outcome, Refused, data_paths, database::make, mail, now, reports};
use crate::{
    cli::Serve,
    demo,
    http::{
        self,
        serving::{self, Manners},
    },
    mail::Post,
    output, site,
};
use app::{account::session, results::ReportWorker, web::AppState};
use axum::{Router, middleware::from_fn};
use files::Files;
use framework::actor::{Actor, NationalRole, Role};
use std::{fmt::Write, net::SocketAddr, path::Path, time::Duration};
use store::{Address, Store};
use tokio::{net::TcpListener, signal, time};

/// How long requests under way may take after the server is told to stop.
const LAST_REQUESTS: Duration = http::REQUEST_TIMEOUT;

/// How often tries to sign in that do not count any more are forgotten.
const MINUTE: Duration = Duration::from_secs(60);

/// How often what has ended is cleared away, and what is due is told.
const HOUR: Duration = Duration::from_secs(60 * 60);

/// Runs the website until ctrl-c or SIGTERM.
pub async fn serve(database: &str, files: Option<&str>, options: Serve) -> Outcome {
    let smtp = mail::server(&options.mail)?;
    let store = make(database).await?;
    let files = data_paths::files(files, database)?.scanned_by(options.clamd.clone());
    let demo = if options.demo {
        Some(demo_people(&store, &files, options.large.size()).await?)
    } else {
        None
    };
    let listener = TcpListener::bind(options.listen)
        .await
        .map_err(|error| Refused::one(format!("The site cannot listen on {}: {error}", options.listen)))?;
    // after the demonstration is filled: what happened long ago is no news
    let store = if smtp.is_some() {
        mail::queueing(store, &options.daily_mail)?
    } else {
        store
    };
    let state = http::state(store, files, origin(&options, listener.local_addr()?));
    let people = match demo {
        Some(people) => people,
        None => first_person(&state, database).await?,
    };
    tokio::spawn(every_minute(state.clone()));
    tokio::spawn(every_hour(state.clone()));
    let keeper = ReportWorker::new(state.store.clone(), state.files.clone());
    tokio::spawn(reports::keep_asked(keeper, state.keeping.clone()));
    if let Some(smtp) = smtp {
        let post = Post::new(state.store.clone(), smtp, state.origin.url.clone());
        tokio::spawn(mail::send_letters(post));
    }
    output::print(greeting(&state.origin.url, &people).as_bytes())?;
    let manners = match options.behind_proxy {
        true => Manners::BEHIND_PROXY,
        false => Manners::OPEN,
    };
    run(listener, router(state, options.behind_proxy), manners).await
}

fn origin(options: &Serve, listening: SocketAddr) -> String {
    options
        .public_url
        .clone()
        .unwrap_or_else(|| match listening.ip().is_unspecified() {
            true => format!("http://localhost:{}", listening.port()),
            false => format!("http://{listening}"),
        })
}

fn router(state: AppState, behind_proxy: bool) -> Router {
    let router = http::app(state);
    if behind_proxy {
        router.layer(from_fn(http::proxy::caller))
    } else {
        router
    }
}

async fn run(listener: TcpListener, router: Router, manners: Manners) -> Outcome {
    let (told, mut stop) = tokio::sync::watch::channel(false);
    tokio::spawn(async move {
        told_to_stop().await;
        tracing::info!("stopping; requests under way are finished first");
        told.send_replace(true);
    });
    let serving = serving::serve(listener, router, manners, stop.clone());
    let enough = async {
        // an error means that serving has ended
        if stop.wait_for(|stop| *stop).await.is_ok() {
            time::sleep(LAST_REQUESTS).await;
        }
    };
    tokio::select! {
        () = serving => Ok(()),
        () = enough => Err(Refused::one("Some requests were still open and were cut off.")),
    }
}

/// Waits for ctrl-c or SIGTERM.
async fn told_to_stop() {
    let interrupt = async {
        if let Err(error) = signal::ctrl_c().await {
            tracing::error!(%error, "ctrl-c cannot be watched for");
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut terminate) => {
                terminate.recv().await;
            }
            Err(error) => {
                tracing::error!(%error, "SIGTERM cannot be watched for");
                std::future::pending::<()>().await;
            }
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}

/// Forgets old tries to sign in.
async fn every_minute(state: AppState) {
    let mut every = time::interval(MINUTE);
    loop {
        every.tick().await;
        state.limit.forget_old();
    }
}

/// Ends sessions that nobody uses; forgets notices read long ago and what became of e-mails; sweeps
/// away files that nothing names or nobody came back for; tells of actions that are due.
async fn every_hour(state: AppState) {
    let mut every = time::interval(HOUR);
    loop {
        every.tick().await;
        state.held.sweep(now());
        match state.store.purge_sessions(now(), session::IDLE).await {
            Ok(ended) => tracing::debug!(ended, "sessions cleared away"),
            Err(error) => tracing::error!(%error, "sessions could not be cleared away"),
        }
        // once each, however often
        if let Err(error) = state.store.notify_of_due_actions(now()).await {
            tracing::error!(%error, "people could not be told of actions that are due");
        }
        match state.store.purge_notices(now()).await {
            Ok(gone) => tracing::debug!(gone, "old notices cleared away"),
            Err(error) => tracing::error!(%error, "old notices could not be cleared away"),
        }
        match state.store.purge_letters(now()).await {
            Ok(gone) => tracing::debug!(gone, "the outbox cleared out"),
            Err(error) => tracing::error!(%error, "the outbox could not be cleared out"),
        }
        match sweep(&state).await {
            Ok(swept) => tracing::debug!(swept, "files that nothing names are cleared away"),
            Err(error) => tracing::error!(%error, "files could not be cleared away"),
        }
    }
}

/// Takes away files whose row was never written, because something broke in between.
async fn sweep(state: &AppState) -> Result<usize, String> {
    let sweeping = state.files.sweeping().await;
    let named = state.store.referenced_files(&Actor::operator()).await;
    let named = named.map_err(|error| error.to_string())?;
    sweeping.sweep(&named).await.map_err(|error| error.to_string())
}

fn greeting(url: &str, people: &str) -> String {
    let mut text = format!("\nOpen {url} in a browser. Ctrl-C stops the server.\n{people}");
    if !site::is_complete() {
        text.push_str("\nThe browser's files are not in this program: pages come without style. Run `cargo xtask site`, then build again.\n");
    }
    text
}

async fn demo_people(store: &Store, files: &Files, large: Option<demo::Size>) -> Result<String, Refused> {
    let demo = match large {
        None => demo::fill(store, files, now()).await?,
        Some(size) => {
            let tell = |practices: usize| eprintln!("{practices} of {} Practices", size.practices);
            demo::fill_large(store, size, now(), tell).await?
        }
    };
    let width = demo
        .accounts
        .iter()
        .map(|(email, _)| email.len())
        .max()
        .unwrap_or_default();
    let mut text = format!(
        "\nEverything in it is invented. The password of every account is: {}\n\n",
        demo.password
    );
    for (email, role) in &demo.accounts {
        // writing to a String cannot fail
        let _ = writeln!(text, "  {email:width$}  {role}");
    }
    Ok(text)
}

/// Returns how to begin, while nobody has an account: a command that works in any folder.
async fn first_person(state: &AppState, database: &str) -> Result<String, Refused> {
    if !state.store.people(&Actor::operator()).await?.is_empty() {
        return Ok(String::new());
    }
    let administrator = Role::National(NationalRole::Administrator).code();
    let (which, option) = match Address::of(database) {
        Address::File(file) => {
            let file = std::path::absolute(&file).unwrap_or(file);
            ("", format!(" --database-url 'sqlite://{}'", address_of(&file)))
        }
        // its password does not belong on a screen
        _ => (", with the same DATABASE_URL", String::new()),
    };
    Ok(format!(
        "\nNobody has an account yet. Make a link for the first administrator{which}:\n\n  \
         {} user invite YOU@EXAMPLE.ORG --role {administrator} --public-url {}{option}\n\n\
         To try things out with invented data, start with --demo: without --database-url they have a file of their own.\n",
        program(),
        state.origin.url
    ))
}

/// Returns the program as it was called.
fn program() -> String {
    std::env::args().next().unwrap_or_else(|| "pause-fidelity".to_owned())
}

/// A path as it stands in an address.
fn address_of(file: &Path) -> String {
    let text = file.display().to_string();
    text.replace('%', "%25")
        .replace('?', "%3F")
        .replace('#', "%23")
        .replace('\'', "%27")
}
