//! Text that is not on the server yet, kept in the browser tab's own store: it outlives a reload and a sign-out,
//! and goes with the tab.

use super::fields;
use leptos::prelude::window;
use wasm_bindgen::JsValue;
use web_sys::{Storage, UrlSearchParams};

/// Keeps the form under this key.
pub fn keep(key: &str, form: &UrlSearchParams) {
    // a full or forbidden store: the text is still on the page
    let _ = store().map(|store| store.set_item(key, &fields::text(form)));
}

/// Returns the form that was kept under this key.
pub fn kept(key: &str) -> Option<UrlSearchParams> {
    UrlSearchParams::new_with_str(&store()?.get_item(key).ok()??).ok()
}

/// Nothing needs keeping any more.
pub fn forget(key: &str) {
    let _: Option<Result<(), JsValue>> = store().map(|store| store.remove_item(key));
}

fn store() -> Option<Storage> {
    window().session_storage().ok()?
}
