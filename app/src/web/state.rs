//! What all requests share.

use super::HeldFiles;
use crate::account::limit::SignInLimit;
use files::Files;
use leptos::config::LeptosOptions;
use std::sync::Arc;
use store::Store;
use tokio::sync::Notify;

/// Shared by all requests; cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// The database, behind actors.
    pub store: Store,
    /// What people upload.
    pub files: Files,
    /// Told when a report was asked for that is to be made and kept.
    pub keeping: Arc<Notify>,
    /// Files whose form was refused, until it comes again.
    pub held: HeldFiles,
    /// Where the browser's files are served from.
    pub options: Arc<LeptosOptions>,
    /// How the site is reached, and so how cookies are set.
    pub origin: Origin,
    /// Slows down guessing of passwords.
    pub limit: Arc<SignInLimit>,
}

/// How people reach the site.
#[derive(Clone, Debug)]
pub struct Origin {
    /// `https://fidelity.example.org`, without a slash at the end: what invitation links begin with.
    pub url: Arc<str>,
}

impl Origin {
    /// Over HTTPS, cookies carry `Secure` and the `__Host-` prefix.
    pub fn is_https(&self) -> bool {
        self.url.starts_with("https://")
    }
}
