//! stub
use leptos::prelude::*;

/// A test.
#[island]
pub fn Autosave(children: Children) -> impl IntoView {
    let (state, set) = signal(String::new());
    Effect::new(move |_| set.set("x".into()));
    view! { <div class="app-autosave">{children()}<p class="app-save-state" role="status">{state}</p></div> }
}
