//! Decides when to send an answer.
//!
//! One request is under way at a time. What is on the page and not on the server is kept in the browser
//! tab's store under the island's key, until the server has it.

use super::{
    conflict, draft,
    fields::{self, Values},
    post,
    status::Status,
};
use leptos::{ev, html::Div, leptos_dom::helpers::TimeoutHandle, prelude::*};
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlDivElement, HtmlElement, Node};

/// After the last key; choices and leaving a field are sent at once.
const PAUSE_IN_TYPING: Duration = Duration::from_secs(1);

/// A handle on one island's state; copies share it.
#[derive(Clone, Copy)]
pub struct Saver {
    /// The container of the fields.
    pub root: NodeRef<Div>,
    /// What the reader is told.
    pub status: RwSignal<Status>,
    /// Text from before a reload was put back, and nothing was edited since.
    pub restored: RwSignal<bool>,
    pub(super) state: StoredValue<State>,
}

#[derive(Default)]
pub(super) struct State {
    pub(super) url: String,
    pub(super) key: String,
    /// The answer that the server has, form-encoded.
    pub(super) on_server: String,
    /// The answer as it was sent last, form-encoded.
    pub(super) sent: String,
    /// Answers that were sent without a reply: the server may have one of them.
    pub(super) in_doubt: Vec<String>,
    /// A request is under way.
    pub(super) busy: bool,
    /// The page is being left through its own Save button.
    pub(super) submitting: bool,
    /// The next attempt, in typing or after a failure.
    pub(super) timer: Option<TimeoutHandle>,
    pub(super) retry_in: Duration,
}

impl Saver {
    /// An idle saver, for the server's rendering too.
    pub fn new() -> Self {
        Self {
            root: NodeRef::new(),
            status: RwSignal::default(),
            restored: RwSignal::default(),
            state: StoredValue::default(),
        }
    }

    /// Reads the status for the page; the default where it is gone, as at the end of a request on the server.
    pub fn told<T: Default>(self, read: impl FnOnce(&Status) -> T) -> T {
        self.status.try_with(read).unwrap_or_default()
    }

    /// Begins to listen; saves what was edited before the island woke or was left unsaved by an earlier visit.
    pub fn start(self, root: &Element) {
        let setting = |name| {
            let holder = root.closest("[data-autosave-url]").ok().flatten();
            holder.and_then(|holder| holder.get_attribute(name)).unwrap_or_default()
        };
        self.state.update_value(|state| {
            state.url = setting("data-autosave-url");
            state.key = setting("data-autosave-key");
            // where the page asks something, it shows what is not saved
            if conflict::panel(root).is_none() {
                state.on_server = encoded(root, Values::Rendered);
            }
        });
        self.restore(root);
        self.listen_to_window();
        self.note_edit();
        self.send();
    }

    /// A key was pressed in a field.
    pub fn typed(self) {
        self.restored.set(false);
        self.note_edit();
        self.send_soon();
    }

    /// A choice was made, or a field was left after an edit.
    pub fn changed(self) {
        self.note_edit();
        self.send();
    }

    /// A button was pressed, of which two have a meaning of their own here.
    pub fn pressed(self, event: &ev::MouseEvent) {
        let target = event.target().map(JsCast::unchecked_into::<Element>);
        let is = |selector| {
            target
                .as_ref()
                .is_some_and(|target| target.closest(selector).is_ok_and(|found| found.is_some()))
        };
        if is(".app-conflict__save") {
            self.settle();
        } else if is(".app-clear") {
            event.prevent_default();
            if let Some(root) = self.root() {
                fields::clear_choice(&root);
            }
            self.changed();
        }
    }

    /// The reader says that the obstacle is gone.
    pub fn try_again(self) {
        self.status.set(Status::Edited);
        self.focus_on_status();
        self.changed();
    }

    fn listen_to_window(self) {
        window_event_listener(ev::online, move |_| self.send());
        // a phone's browser may never come back to a page it hides
        window_event_listener_untyped("visibilitychange", move |_| self.send());
        // the page's own Save button takes everything along
        window_event_listener(ev::submit, move |event| {
            let form = event.target().map(JsCast::unchecked_into::<Node>);
            let is_ours = form.is_some_and(|form| form.contains(self.root().as_deref().map(AsRef::as_ref)));
            self.state.update_value(|state| state.submitting = is_ours);
        });
        window_event_listener(ev::beforeunload, move |event| {
            if self.is_dirty() && !self.state.with_value(|state| state.submitting) {
                event.prevent_default();
            }
        });
    }

    pub(super) fn note_edit(self) {
        let dirty = self.is_dirty();
        if dirty {
            self.keep_draft()
        } else {
            self.forget_draft()
        }
        match self.status.get_untracked() {
            // what was pointed out stays in sight until it is looked at again
            Status::Check { .. } if dirty => {}
            status if dirty && status.may_send() => self.status.set(Status::Edited),
            // the edit was taken back
            Status::Edited | Status::Check { .. } => self.status.set(Status::Untouched),
            _ => {}
        }
    }

    pub(super) fn send_soon(self) {
        self.send_in(PAUSE_IN_TYPING);
    }

    pub(super) fn send_in(self, pause: Duration) {
        let timer = set_timeout_with_handle(move || self.send(), pause).ok();
        if let Some(earlier) = self
            .state
            .try_update_value(|state| std::mem::replace(&mut state.timer, timer))
            .flatten()
        {
            earlier.clear();
        }
    }

    /// Sends the answer unless the server has it, a request is under way (its end looks again) or the reader must act first.
    pub(super) fn send(self) {
        let busy = self.state.with_value(|state| state.busy);
        if busy || !self.is_dirty() || !self.status.with_untracked(Status::may_send) {
            return;
        }
        let Some(root) = self.root() else { return };
        let stored = self.state.with_value(|state| state.on_server.clone());
        if self.points_out(&root, &stored) {
            return;
        }
        if self.status.with_untracked(Status::is_check) {
            self.status.set(Status::Edited);
        }
        let url = self.state.with_value(|state| state.url.clone());
        let form = fields::form(&root);
        self.state.update_value(|state| {
            state.busy = true;
            state.sent = encoded(&root, Values::Current);
        });
        spawn_local(async move {
            let reply = post::post(&url, &form).await;
            self.state.update_value(|state| state.busy = false);
            self.take(reply, &root);
        });
    }

    /// May the server have another answer than the page? While one is in doubt it may, even where an edit was taken back.
    pub(super) fn is_dirty(self) -> bool {
        self.root().is_some_and(|root| {
            let current = encoded(&root, Values::Current);
            self.state
                .with_value(|state| state.on_server != current || !state.in_doubt.is_empty())
        })
    }

    pub(super) fn set_guard(self, which: &str, value: &str) {
        if let Some(root) = self.root() {
            fields::set_guard(&root, which, value);
        }
    }

    /// Puts back text that an earlier visit could not save. Its revision comes with it, so a change made
    /// by somebody else meanwhile is a conflict, not overwritten.
    fn restore(self, root: &Element) {
        let Some(draft) = self.state.with_value(|state| draft::kept(&state.key)) else {
            return;
        };
        let before = fields::form(root);
        fields::restore(root, &draft);
        if self.is_dirty() {
            self.restored.set(true);
        } else {
            // the server has it after all: keep the newer revision
            fields::restore(root, &before);
            self.forget_draft();
        }
    }

    pub(super) fn keep_draft(self) {
        if let Some(root) = self.root() {
            self.state
                .with_value(|state| draft::keep(&state.key, &fields::form(&root)));
        }
    }

    pub(super) fn forget_draft(self) {
        self.state.with_value(|state| draft::forget(&state.key));
    }

    pub(super) fn focus_on_status(self) {
        if let Some(line) = self
            .root()
            .and_then(|root| root.query_selector(".app-save-state").ok().flatten())
        {
            // only an element outside the document cannot be focused
            let _ = line.unchecked_into::<HtmlElement>().focus();
        }
    }

    pub(super) fn root(self) -> Option<HtmlDivElement> {
        self.root.get_untracked()
    }
}

fn encoded(root: &Element, values: Values) -> String {
    fields::text(&fields::answer(root, values))
}
