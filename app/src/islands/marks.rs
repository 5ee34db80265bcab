//! Words that seem to identify somebody, marked in a plain form while it is filled in. It only tells: the page asks when
//! the form is sent.

use super::{
    autosave::{
        check::{self, Spot},
        fields::{self, Values},
    },
    awake,
};
use leptos::{html::Div, leptos_dom::helpers::TimeoutHandle, prelude::*};
use std::time::Duration;

/// After the last key, and after a field is left: a box that came up while a button is being pressed would move it away from
/// under the pointer.
const PAUSE: Duration = Duration::from_secs(1);

/// Wraps the fields of a form, without its buttons: what is found stands below them. Words that came with the page are
/// not told again. The container gets `data-ready` once it listens.
#[island]
pub fn Marks(children: Children) -> impl IntoView {
    let root = NodeRef::<Div>::new();
    let found = RwSignal::new(Vec::<Spot>::new());
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let look = move || {
        let Some(root) = root.get_untracked() else { return };
        let shown = fields::text(&fields::answer(&root, Values::Rendered));
        let (now, _) = check::spots(&root, &shown);
        if found.with_untracked(|before| *before != now) {
            check::show(&root, &now);
            found.set(now);
        }
    };
    let look_soon = move || {
        let next = set_timeout_with_handle(look, PAUSE).ok();
        let earlier = timer.try_update_value(|timer| std::mem::replace(timer, next));
        if let Some(earlier) = earlier.flatten() {
            earlier.clear();
        }
    };
    // what was typed before the island woke
    awake(root, move |_| look());
    view! {
        <div class="app-marks" node_ref=root on:input:capture=move |_| look_soon() on:change:capture=move |_| look_soon()>
            {children()}
            <div role="status">
                <div class="app-check" hidden=move || found.with(Vec::is_empty)>
                    <p>"These words may identify somebody. Rewrite them, or keep them when you are asked after saving."</p>
                    <dl class="app-check__found"></dl>
                </div>
            </div>
        </div>
    }
}
