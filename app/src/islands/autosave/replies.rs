//! Decides what to do with the server's reply, and with the reader's choice where there are two versions.

use super::{check, conflict, fields, post::Reply, saver::Saver, status::Status};
use leptos::prelude::*;
use std::time::Duration;
use web_sys::Element;

const FIRST_RETRY: Duration = Duration::from_secs(2);
const LAST_RETRY: Duration = Duration::from_secs(30);

impl Saver {
    /// Takes the reply to what was sent last.
    pub fn take(self, reply: Reply, root: &Element) {
        fields::clear_errors(root);
        match reply {
            Reply::Saved {
                revision,
                base,
                at,
                progress,
                fields,
            } => {
                if let Some(progress) = progress {
                    show_progress(&progress);
                }
                conflict::forget(root);
                if self.brought_up_to_date(root, &fields) {
                    if let Some(base) = base {
                        self.set_guard(fields::BASE, &base);
                    }
                    self.set_guard(fields::REVISION, &revision);
                }
                self.saved(at);
            }
            Reply::Conflict {
                revision,
                fields,
                theirs,
                words,
                html,
            } => {
                let in_doubt = self
                    .state
                    .try_update_value(|state| std::mem::take(&mut state.in_doubt))
                    .unwrap_or_default();
                let up_to_date = self.brought_up_to_date(root, &fields);
                self.state
                    .update_value(|state| state.on_server = conflict::merged(&state.on_server, &theirs));
                if !up_to_date {
                    // edited meanwhile where others wrote, too: asked about with the rest
                    self.send_soon();
                } else if in_doubt.iter().any(|sent| conflict::is_about(sent, &theirs)) {
                    // "somebody else" was this page: only the reply was lost
                    self.go_on_from(&revision);
                    self.send();
                } else {
                    conflict::show(root, &html);
                    self.status.set(Status::Conflict { revision, words });
                    self.keep_draft();
                }
            }
            Reply::Refused(errors) => {
                for (name, message) in &errors {
                    fields::show_error(root, name, message);
                }
                self.status.set(Status::Refused);
            }
            // the server knows best what is stored: everything on the page is looked at
            Reply::Check => {
                if !self.points_out(root, "") {
                    self.status.set(Status::Stopped(None));
                }
            }
            Reply::SignedOut => self.status.set(Status::SignedOut),
            Reply::Stopped(words) => self.status.set(Status::Stopped(words)),
            Reply::Unreachable(words) => self.retry_later(words),
        }
    }

    /// Shows the reader words that seem to identify somebody, unless they are in what is stored or were kept before.
    pub(super) fn points_out(self, root: &Element, stored: &str) -> bool {
        let (spots, marks) = check::spots(root, stored);
        let any = !spots.is_empty();
        if any {
            check::forget_notice(root);
            check::show(root, &spots);
            self.status.set(Status::Check { marks });
        }
        any
    }

    /// The reader keeps the words that were pointed out.
    pub fn keep_detail(self) {
        if let (Some(root), Status::Check { marks }) = (self.root(), self.status.get_untracked()) {
            let kept = fields::guard(&root, fields::CONFIRMED);
            self.set_guard(fields::CONFIRMED, &[kept, marks].concat());
            self.try_again();
        }
    }

    /// The reader has chosen what to keep where two versions are.
    pub fn settle(self) {
        if let (Some(root), Status::Conflict { revision, .. }) = (self.root(), self.status.get_untracked())
            && conflict::is_answered(&root)
        {
            self.go_on_from(&revision);
            if !self.is_dirty() {
                // both versions have become the same
                conflict::forget(&root);
            }
            self.try_again();
        }
    }

    /// Whatever is sent next was made knowing this revision.
    fn go_on_from(self, revision: &str) {
        self.set_guard(fields::REVISION, revision);
        self.set_guard(fields::BASE, "");
    }

    /// Puts what others changed onto the page; not where the reader has gone on writing, who is then no further than before.
    fn brought_up_to_date(self, root: &Element, fields: &conflict::Texts) -> bool {
        let sent = self.state.with_value(|state| state.sent.clone());
        self.state
            .update_value(|state| state.on_server = conflict::merged(&sent, fields));
        conflict::fill(root, &sent, fields)
    }

    fn saved(self, at: String) {
        self.state.update_value(|state| {
            state.in_doubt.clear();
            state.retry_in = Duration::ZERO;
        });
        if let Some(root) = self.root() {
            check::forget_notice(&root);
        }
        self.status.set(Status::Saved(at));
        // edited while the request was under way?
        self.note_edit();
        self.send_soon();
    }

    fn retry_later(self, words: Option<String>) {
        self.status.set(Status::Unreachable(words));
        // the server may have what was sent: whatever is sent next counts as edited, even the text it first showed
        self.set_guard(fields::BASE, "");
        let pause = self
            .state
            .with_value(|state| (state.retry_in * 2).clamp(FIRST_RETRY, LAST_RETRY));
        self.state.update_value(|state| {
            state.retry_in = pause;
            state.in_doubt.push(state.sent.clone());
        });
        self.send_in(pause);
    }
}

fn show_progress(words: &str) {
    let Ok(places) = document().query_selector_all("[data-progress]") else {
        return;
    };
    for place in (0..places.length()).filter_map(|i| places.item(i)) {
        place.set_text_content(Some(words));
    }
}
