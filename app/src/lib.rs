//! Pages and islands. The server builds this crate with `ssr`, the browser with `hydrate`:
//! these two gates are the only ones, and the browser's build holds nothing but [`islands`].

pub mod islands;

/// Called by the page's script: wakes the islands that stand on the page.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
