//! Decides when to send an answer and what to do with the reply.
//!
//! One request is under way at a time. What is on the page and not on the server is kept in the browser
//! tab's store under the island's key, until the server has it.

use super::{
    fields::{self, Values},
    post::{self, Field, Reply},
    status::{Difference, Status},
};
use leptos::{ev, html::Div, leptos_dom::helpers::TimeoutHandle, prelude::*};
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlDivElement, HtmlElement, Storage, UrlSearchParams};

/// After the last key; choices and leaving a field are sent at once.
const PAUSE_IN_TYPING: Duration = Duration::from_secs(1);
const FIRST_RETRY: Duration = Duration::from_secs(2);
const LAST_RETRY: Duration = Duration::from_secs(30);

/// A handle on one island's state; copies share it.
#[derive(Clone, Copy)]
pub struct Saver {
    /// The container of the fields.
    pub root: NodeRef<Div>,
    /// What the reader is told.
    pub status: RwSignal<Status>,
    /// Text from before a reload was put back, and nothing was edited since.
    pub restored: RwSignal<bool>,
    state: StoredValue<State>,
}

#[derive(Default)]
struct State {
    url: String,
    key: String,
    /// The answer that the server has, form-encoded.
    on_server: String,
    /// An answer that was sent without a reply: the server may have it.
    in_doubt: Option<String>,
    /// A request is under way.
    busy: bool,
    /// The page is being left through its own Save button.
    submitting: bool,
    /// The next attempt, in typing or after a failure.
    timer: Option<TimeoutHandle>,
    retry_in: Duration,
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

    /// Begins to listen; saves what was edited before the island woke or was left unsaved by an earlier visit.
    pub fn start(self) {
        let Some(root) = self.root.get() else { return };
        let setting = |name| {
            let holder = root.closest("[data-autosave-url]").ok().flatten();
            holder.and_then(|holder| holder.get_attribute(name)).unwrap_or_default()
        };
        self.state.update_value(|state| {
            state.url = setting("data-autosave-url");
            state.key = setting("data-autosave-key");
            state.on_server = encoded(&root, Values::Rendered);
        });
        self.restore(&root);
        self.listen_to_window();
        self.note_edit();
        self.send();
        // setting an attribute can only fail on a bad name
        let _ = root.set_attribute("data-ready", "");
    }

    /// A key was pressed in a field.
    pub fn typed(self) {
        self.restored.set(false);
        self.note_edit();
        self.send_in(PAUSE_IN_TYPING);
    }

    /// A choice was made, or a field was left after an edit.
    pub fn changed(self) {
        self.note_edit();
        self.send();
    }

    /// The reader says that the obstacle is gone.
    pub fn try_again(self) {
        self.status.set(Status::Edited);
        self.focus_on_status();
        self.send();
    }

    /// The reader prefers this page's version of a conflict.
    pub fn keep_mine(self) {
        if let Status::Conflict { revision, .. } = self.status.get_untracked() {
            self.set_revision(&revision);
            self.try_again();
        }
    }

    /// The reader prefers the server's version of a conflict.
    pub fn use_theirs(self) {
        let (Some(root), Status::Conflict { revision, differences, .. }) = (self.root(), self.status.get_untracked()) else {
            return;
        };
        for field in &differences {
            fields::fill(&root, &field.name, &field.theirs);
        }
        self.set_revision(&revision);
        self.state.update_value(|state| state.on_server = encoded(&root, Values::Current));
        self.forget_draft();
        self.status.set(Status::TookTheirs);
        self.focus_on_status();
    }

    fn listen_to_window(self) {
        window_event_listener(ev::online, move |_| self.send());
        // the page's own Save button takes everything along
        window_event_listener(ev::submit, move |_| self.state.update_value(|state| state.submitting = true));
        window_event_listener(ev::beforeunload, move |event| {
            if self.is_dirty() && !self.state.with_value(|state| state.submitting) {
                event.prevent_default();
            }
        });
    }

    fn note_edit(self) {
        let dirty = self.is_dirty();
        if dirty { self.keep_draft() } else { self.forget_draft() }
        match self.status.get_untracked() {
            status if dirty && status.may_send() => self.status.set(Status::Edited),
            // the edit was taken back
            Status::Edited => self.status.set(Status::Untouched),
            _ => {}
        }
    }

    fn send_in(self, pause: Duration) {
        let timer = set_timeout_with_handle(move || self.send(), pause).ok();
        if let Some(earlier) = self.state.try_update_value(|state| std::mem::replace(&mut state.timer, timer)).flatten() {
            earlier.clear();
        }
    }

    /// Sends the answer unless the server has it, a request is under way (its end looks again) or the reader must act first.
    fn send(self) {
        let busy = self.state.with_value(|state| state.busy);
        if busy || !self.is_dirty() || !self.status.with_untracked(Status::may_send) {
            return;
        }
        let Some(root) = self.root() else { return };
        let url = self.state.with_value(|state| state.url.clone());
        let sent = encoded(&root, Values::Current);
        let form = fields::form(&root);
        self.state.update_value(|state| state.busy = true);
        spawn_local(async move {
            let reply = post::post(&url, &form).await;
            let in_doubt = self.state.try_update_value(|state| {
                state.busy = false;
                let unclear = matches!(reply, Reply::Unreachable).then(|| sent.clone());
                std::mem::replace(&mut state.in_doubt, unclear)
            });
            self.take(reply, &root, sent, in_doubt.flatten());
        });
    }

    fn take(self, reply: Reply, root: &Element, sent: String, in_doubt: Option<String>) {
        fields::clear_errors(root);
        match reply {
            Reply::Saved { revision, at, progress } => {
                if let Some(progress) = progress {
                    show_progress(&progress);
                }
                self.saved(&revision, sent, Status::Saved(at));
            }
            Reply::Conflict { revision, by, fields } => {
                if fields.iter().all(|field| field.theirs == field.mine) {
                    self.saved(&revision, sent, Status::Saved(String::new()));
                } else if in_doubt.is_some_and(|sent| is_this(&sent, &fields)) {
                    // "somebody else" was this page: only the reply was lost
                    self.set_revision(&revision);
                    self.send();
                } else {
                    self.status.set(Status::Conflict { revision, by, differences: differences(root, fields) });
                }
            }
            Reply::Refused(errors) => {
                for (name, message) in &errors {
                    fields::show_error(root, name, message);
                }
                self.status.set(Status::Refused);
            }
            Reply::SignedOut => self.status.set(Status::SignedOut),
            Reply::Stopped(words) => self.status.set(Status::Stopped(words)),
            Reply::Unreachable => self.retry_later(),
        }
    }

    fn saved(self, revision: &str, sent: String, status: Status) {
        self.set_revision(revision);
        self.state.update_value(|state| {
            state.on_server = sent;
            state.retry_in = Duration::ZERO;
        });
        if self.is_dirty() {
            // edited while the request was under way
            self.typed();
        } else {
            self.forget_draft();
            self.status.set(status);
        }
    }

    fn retry_later(self) {
        self.status.set(Status::Unreachable);
        let pause = self.state.with_value(|state| (state.retry_in * 2).clamp(FIRST_RETRY, LAST_RETRY));
        self.state.update_value(|state| state.retry_in = pause);
        self.send_in(pause);
    }

    fn is_dirty(self) -> bool {
        self.root().is_some_and(|root| {
            let current = encoded(&root, Values::Current);
            self.state.with_value(|state| state.on_server != current)
        })
    }

    fn set_revision(self, revision: &str) {
        if let Some(field) = self.root().and_then(|root| fields::revision(&root)) {
            field.set_value(revision);
        }
    }

    /// Puts back text that an earlier visit could not save. Its revision comes with it, so a change made
    /// by somebody else meanwhile is a conflict, not overwritten.
    fn restore(self, root: &Element) {
        let Some(draft) = self.store().and_then(|(store, key)| store.get_item(&key).ok().flatten()) else { return };
        let Ok(draft) = UrlSearchParams::new_with_str(&draft) else { return };
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

    fn keep_draft(self) {
        if let (Some(root), Some((store, key))) = (self.root(), self.store()) {
            let form: String = fields::form(&root).to_string().into();
            // a full or forbidden store: the text is still on the page
            let _ = store.set_item(&key, &form);
        }
    }

    fn forget_draft(self) {
        if let Some((store, key)) = self.store() {
            let _ = store.remove_item(&key);
        }
    }

    fn store(self) -> Option<(Storage, String)> {
        Some((window().session_storage().ok()??, self.state.with_value(|state| state.key.clone())))
    }

    fn focus_on_status(self) {
        if let Some(line) = self.root().and_then(|root| root.query_selector(".app-save-state").ok().flatten()) {
            // only an element outside the document cannot be focused
            let _ = line.unchecked_into::<HtmlElement>().focus();
        }
    }

    fn root(self) -> Option<HtmlDivElement> {
        self.root.get_untracked()
    }
}

fn encoded(root: &Element, values: Values) -> String {
    fields::answer(root, values).to_string().into()
}

/// Whether the server's side of a conflict is this answer.
fn is_this(answer: &str, fields: &[Field]) -> bool {
    UrlSearchParams::new_with_str(answer)
        .is_ok_and(|answer| fields.iter().all(|field| answer.get(&field.name).unwrap_or_default() == field.theirs))
}

fn differences(root: &Element, fields: Vec<Field>) -> Vec<Difference> {
    fields
        .into_iter()
        .filter(|field| field.theirs != field.mine)
        .map(|field| Difference {
            theirs_shown: fields::in_words(root, &field.name, &field.theirs),
            mine_shown: fields::in_words(root, &field.name, &field.mine),
            name: field.name,
            label: field.label,
            theirs: field.theirs,
        })
        .collect()
}

fn show_progress(words: &str) {
    let Ok(places) = document().query_selector_all("[data-progress]") else { return };
    for place in (0..places.length()).filter_map(|i| places.item(i)) {
        place.set_text_content(Some(words));
    }
}
