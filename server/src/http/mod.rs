//! The website: the pages of `app`, the browser's files, and the layers around them.

mod drain_body;
mod errors;
mod headers;
mod health;
mod log;
pub mod proxy;
pub mod serving;

use crate::site;
use app::{
    BODY_LIMIT, UPLOAD_LIMIT,
    account::limit::SignInLimit,
    web::{AppState, HeldFiles, state::Origin},
};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::StatusCode,
    middleware::{from_fn, from_fn_with_state, map_request, map_response_with_state},
    routing::get,
};
use files::Files;
use health::Health;
use leptos::config::LeptosOptions;
use std::{sync::Arc, time::Duration};
use store::Store;
use tower_http::{
    CompressionLevel, catch_panic::CatchPanicLayer, compression::CompressionLayer, csrf::CsrfLayer,
    limit::RequestBodyLimitLayer, timeout::TimeoutLayer,
};

/// A request that takes longer is given up. Without it, a panic while a page is rendered would keep it open for ever.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// An upload may come over a slow line: 64 MB at 1 Mbit/s.
const UPLOAD_PATIENCE: Duration = Duration::from_secs(9 * 60);

/// Returns what all requests share. `origin` is how people reach the site: `https://fidelity.example.org`.
pub fn state(store: Store, files: Files, origin: String) -> AppState {
    let options = LeptosOptions::builder()
        .output_name("pause")
        .site_pkg_dir(site::pkg_dir())
        .build();
    AppState {
        store,
        files,
        keeping: Arc::default(),
        held: HeldFiles::default(),
        options: Arc::new(options),
        origin: Origin { url: origin.into() },
        limit: Arc::new(SignInLimit::default()),
    }
}

/// How tightly pages are packed, of gzip's and Brotli's levels. The usual 6 makes them a sixth smaller, and took a fifth of the
/// explorer's time.
const PAGE_QUALITY: CompressionLevel = CompressionLevel::Precise(2);

/// Returns the whole website. Of the layers the last one is the outermost.
pub fn app(state: AppState) -> Router {
    // files are fetched once and stay: they are packed more tightly than pages
    let files = Router::new()
        .route(site::ROUTE, get(site::serve))
        .layer(CompressionLayer::new());
    let health = Router::new()
        .route("/healthz", get(health::health))
        .with_state(Health::of(state.store.clone()));
    let pages = app::router(state.clone()).merge(files).merge(health);
    limited(pages, BODY_LIMIT, REQUEST_TIMEOUT)
        .merge(limited(app::uploads(state.clone()), UPLOAD_LIMIT, UPLOAD_PATIENCE))
        .layer(same_site(&state))
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(state.clone(), errors::render_refusal))
        // the page that says so can break too
        .layer(CatchPanicLayer::new())
        .layer(CompressionLayer::new().quality(PAGE_QUALITY))
        .layer(map_response_with_state(state.origin.is_https(), headers::harden))
        .layer(log::propagated_id())
        .layer(log::requests())
        .layer(log::new_id())
        .layer(map_request(log::ours))
        .layer(from_fn(drain_body::drain_body))
}

/// With bounds on what a request may send, and how long it may take.
fn limited(router: Router, bytes: usize, patience: Duration) -> Router {
    router
        // axum's own limit is smaller than ours, which is the next layer
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(bytes))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            patience,
        ))
}

/// Refuses forms that another site sends, by what browsers say of where a request comes from.
fn same_site(state: &AppState) -> CsrfLayer {
    CsrfLayer::new()
        .add_trusted_origin(&state.origin.url)
        .unwrap_or_else(|error| {
            tracing::warn!(%error, "the public address is not taken as an origin of forms");
            CsrfLayer::new()
        })
}
