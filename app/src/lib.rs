//! Pages and islands. The server builds this crate with `ssr`, the browser with `hydrate`. All gates stand in this
//! file, and the browser's build holds nothing but [`islands`].

// a page's view is one nested type: the usual 128 are not enough to lay it out
#![recursion_limit = "256"]

pub mod islands;

#[cfg(feature = "ssr")]
pub mod account;
#[cfg(feature = "ssr")]
mod adaptations;
#[cfg(feature = "ssr")]
mod admin;
#[cfg(feature = "ssr")]
mod assessment;
#[cfg(feature = "ssr")]
mod clarification;
#[cfg(feature = "ssr")]
mod edit;
#[cfg(feature = "ssr")]
mod evidence;
#[cfg(feature = "ssr")]
mod explore;
#[cfg(feature = "ssr")]
mod frameworks;
#[cfg(feature = "ssr")]
mod home;
#[cfg(feature = "ssr")]
pub mod imports;
#[cfg(feature = "ssr")]
mod notices;
#[cfg(feature = "ssr")]
pub mod paths;
#[cfg(feature = "ssr")]
mod plan;
#[cfg(feature = "ssr")]
pub mod results;
#[cfg(feature = "ssr")]
mod review;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
mod schemas;
#[cfg(feature = "ssr")]
mod ui;
#[cfg(feature = "ssr")]
pub mod web;

#[cfg(feature = "ssr")]
pub use routes::{BODY_LIMIT, UPLOAD_LIMIT, endpoints, router, uploads};
#[cfg(feature = "ssr")]
pub use ui::layout::PRODUCT;

/// Called by the page's script: wakes the islands that stand on the page.
///
/// It is `leptos::mount::hydrate_islands` with a context that reads no data of the server's from the page: no island is
/// sent any, and what reads them costs the browser kilobytes.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    std::panic::set_hook(Box::new(|panic| web_sys::console::error_1(&panic.to_string().into())));
    // an error would only say that this was done before
    let _ = any_spawner::Executor::init_wasm_bindgen();
    let context = std::sync::Arc::new(hydration_context::CsrSharedContext);
    let owner = leptos::prelude::Owner::new_root(Some(context));
    owner.set();
    // it lives as long as the page
    std::mem::forget(owner);
}
