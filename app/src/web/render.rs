//! A page or a refusal becomes a response. All pages pass through [`Page::respond`].

use super::AppState;
use crate::ui::{
    autosaved::Viewer,
    layout::{Shell, shell},
};
use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use framework::{actor::Actor, report::NoReport};
use leptos::{nonce::use_nonce, prelude::*};
use store::{Outage, StoreError};

/// A page before it is sent.
pub struct Page {
    title: String,
    status: StatusCode,
    islands: bool,
    wide: bool,
    back: Option<(String, String)>,
    body: Box<dyn FnOnce() -> String + Send>,
}

impl Page {
    /// Returns a page with a title and what stands in its main part, which is written at once: views of large pages are many small
    /// pieces of memory, best given back by the thread that took them.
    pub fn new(title: impl Into<String>, body: impl IntoView) -> Page {
        let html = body.into_view().to_html();
        Page::written(title, || html)
    }

    /// Returns a page whose main part is made while the frame is: islands can only be made then.
    pub fn built(title: impl Into<String>, body: impl FnOnce() -> AnyView + Send + 'static) -> Page {
        Page::written(title, || body().to_html())
    }

    fn written(title: impl Into<String>, body: impl FnOnce() -> String + Send + 'static) -> Page {
        Page {
            title: title.into(),
            status: StatusCode::OK,
            islands: false,
            wide: false,
            back: None,
            body: Box::new(body),
        }
    }

    /// Returns the page as one that carries islands, so that the browser's part is loaded.
    pub fn with_islands(self) -> Page {
        Page { islands: true, ..self }
    }

    /// The page has tables or columns that want the whole width of a large screen.
    pub fn wide(self) -> Page {
        Page { wide: true, ..self }
    }

    /// Answers with a status other than 200.
    pub fn with_status(self, status: StatusCode) -> Page {
        Page { status, ..self }
    }

    /// Returns the page with a link above it that leads up.
    pub fn with_back(self, href: impl Into<String>, words: impl Into<String>) -> Page {
        Page {
            back: Some((href.into(), words.into())),
            ..self
        }
    }

    /// Renders the page for an actor.
    pub async fn respond(self, state: &AppState, actor: Option<&Actor>) -> Response {
        let status = self.status;
        let unread = match actor {
            Some(actor) => state.store.unread_notices(actor).await.unwrap_or_else(|error| {
                // the page is of use without its number
                tracing::error!(%error, "unread notices could not be counted");
                0
            }),
            None => 0,
        };
        let shell_of = Shell {
            title: self.title,
            islands: self.islands,
            wide: self.wide,
            back: self.back,
            actor: actor.cloned(),
            unread,
            options: state.options.clone(),
        };
        let body = self.body;
        let viewer = Viewer(actor.and_then(|actor| actor.person));
        let app = move || {
            set_policy();
            provide_context(viewer);
            shell(shell_of, body)
        };
        let mut response = leptos_axum::handle_response_inner(
            || (),
            app,
            Request::new(Body::empty()),
            // in one piece: everything that a page shows was read before
            |app, _, _| {
                Box::pin(async move {
                    let html = futures::stream::iter([with_error_in_title(app.to_html())]);
                    Box::pin(html) as std::pin::Pin<Box<dyn futures::Stream<Item = String> + Send>>
                })
            },
        )
        .await;
        *response.status_mut() = status;
        response
    }
}

/// Returns the page with “Error: ” before its title where it lists errors: the title is read out first and stands in the tab.
fn with_error_in_title(html: String) -> String {
    if html.contains("class=\"govuk-error-summary\"") {
        html.replacen("<title>", "<title>Error: ", 1)
    } else {
        html
    }
}

/// The page's content security policy: nothing but our own files, and inline script only with this page's nonce.
fn set_policy() {
    let Some((nonce, response)) = use_nonce().zip(use_context::<leptos_axum::ResponseOptions>()) else {
        return;
    };
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// Goes to another page after a form was taken.
pub fn see_other(path: impl AsRef<str>) -> Response {
    Redirect::to(path.as_ref()).into_response()
}

/// A request that cannot be answered as asked.
#[derive(Debug)]
pub enum Refusal {
    /// No such thing, or not this actor's to see.
    NotFound,
    /// Refused, with a sentence for the person.
    Refused(String),
    /// So much of this was done lately that it must wait, with a sentence for the person.
    Enough(String),
    /// The form could not be read.
    Unreadable(String),
    /// More than is taken at once.
    TooLarge,
    /// Too many tries; wait so many seconds.
    TooMany(u64),
    /// The database cannot do its work just now, and nothing was saved.
    Unavailable(Outage),
    /// The database went away while it saved.
    Uncertain,
    /// Too many ask for it at once.
    Busy,
    /// Something broke here. The cause is logged, never shown.
    Broken(String),
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Refusal {
        match error {
            StoreError::NotFound => Refusal::NotFound,
            StoreError::Refused(sentence) | StoreError::Taken(sentence) => Refusal::Refused(sentence),
            StoreError::Enough(sentence) => Refusal::Enough(sentence),
            StoreError::Lifecycle(refusal) => Refusal::Refused(refusal.to_string()),
            StoreError::Unavailable { outage, cause } => {
                tracing::error!(%outage, %cause, "NOT SAVED: the database cannot do its work");
                Refusal::Unavailable(outage)
            }
            StoreError::Uncertain => Refusal::Uncertain,
            broken => Refusal::Broken(broken.to_string()),
        }
    }
}

impl From<NoReport> for Refusal {
    fn from(error: NoReport) -> Refusal {
        Refusal::Broken(error.to_string())
    }
}

impl IntoResponse for Refusal {
    /// Returns a bare response that carries the refusal; [`super::gate`] turns it into a page for whoever asked.
    fn into_response(self) -> Response {
        self.log();
        let mut response = self.status().into_response();
        if let Refusal::Unavailable(_) | Refusal::Busy = self {
            response.extensions_mut().insert(NothingSaved);
        }
        response.extensions_mut().insert(RefusalText(self.sentence()));
        response
    }
}

/// Marks a refusal that is certain to have stored nothing.
#[derive(Clone, Copy)]
pub struct NothingSaved;

/// The sentence a refusal shows.
#[derive(Clone)]
pub struct RefusalText(pub String);

impl Refusal {
    /// Returns why what follows a save cannot be shown: something is stored, so nobody may read that nothing is.
    pub fn after_save(error: impl Into<Refusal>) -> Refusal {
        match error.into() {
            Refusal::Unavailable(outage) => Refusal::Broken(outage.to_string()),
            other => other,
        }
    }

    /// Writes into the log what nobody is shown.
    pub fn log(&self) {
        if let Refusal::Broken(cause) = self {
            tracing::error!(%cause, "request failed");
        }
    }

    /// Returns the status it is answered with.
    pub fn status(&self) -> StatusCode {
        match self {
            Refusal::NotFound => StatusCode::NOT_FOUND,
            Refusal::Refused(_) => StatusCode::CONFLICT,
            Refusal::Unreadable(_) => StatusCode::BAD_REQUEST,
            Refusal::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Refusal::TooMany(_) | Refusal::Enough(_) => StatusCode::TOO_MANY_REQUESTS,
            Refusal::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Refusal::Unavailable(_) | Refusal::Uncertain => StatusCode::SERVICE_UNAVAILABLE,
            Refusal::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Returns what the person reads.
    pub fn sentence(&self) -> String {
        match self {
            Refusal::NotFound => {
                "Check the address. If you followed a link, the page may have moved, or your account may not open it."
                    .into()
            }
            Refusal::Refused(sentence) | Refusal::Enough(sentence) => sentence.clone(),
            Refusal::Unreadable(_) => "The form could not be read. Go back and try again.".into(),
            Refusal::TooLarge => "That is more than can be taken at once. Send less at a time.".into(),
            Refusal::TooMany(seconds) => format!("Too many tries. Wait {seconds} seconds and try again."),
            Refusal::Unavailable(outage) => format!("Not saved: {outage}."),
            Refusal::Uncertain => {
                "It is not known whether this was saved: the connection to the database was lost while it was being \
                 saved. Open the page again and look before you send it once more."
                    .into()
            }
            Refusal::Busy => {
                "Many people ask for this at the moment, and nothing was changed. Wait a little, then try again.".into()
            }
            Refusal::Broken(_) => {
                "Something went wrong on our side, and it is not certain that anything was saved. Open the page again and look \
                 before you send it once more."
                    .into()
            }
        }
    }
}
