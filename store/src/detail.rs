//! Words that seem to identify somebody, kept by their author: that it was confirmed goes into the history with what was
//! stored, with kinds and numbers, never the words.

use crate::{EventKind, Store, event::NewEvent};
use framework::{
    actor::{Actor, PracticeId, Standing},
    identify::Kinds,
    ids::CriterionId,
};
use std::sync::Mutex;

/// What somebody kept after being asked: how many words of which kind, on a criterion or beside all of them.
pub type ConfirmedDetail = (Option<CriterionId>, Kinds);

/// What the author of a form kept, to be recorded once with what the form changes.
#[derive(Clone, Debug)]
pub(crate) struct Confirmed {
    actor: Actor,
    kept: Vec<ConfirmedDetail>,
}

impl Store {
    /// Returns the same store for what one form writes. Its first event on a criterion, or for what is on none its first event,
    /// is followed by one that says what `actor` kept there: in the same transaction, so that neither is there alone.
    pub fn confirming(&self, actor: &Actor, kept: impl IntoIterator<Item = ConfirmedDetail>) -> Store {
        let kept = kept.into_iter().filter(|(_, kinds)| !kinds.is_empty()).collect();
        Store {
            confirmed: Some(Confirmed {
                actor: actor.clone(),
                kept,
            }),
            ..self.clone()
        }
    }
}

/// What of a form's confirmations is not recorded yet in a transaction.
#[derive(Debug, Default)]
pub(crate) struct Pending(Mutex<Option<Confirmed>>);

impl Pending {
    pub(crate) fn new(confirmed: Option<Confirmed>) -> Pending {
        Pending(Mutex::new(confirmed))
    }

    /// Returns the events with those that say what was kept, each after the one it belongs to.
    pub(crate) fn follow(&self, events: impl IntoIterator<Item = NewEvent>) -> Vec<NewEvent> {
        let mut pending = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let Some(confirmed) = pending.as_mut() else {
            return events.into_iter().collect();
        };
        events
            .into_iter()
            .flat_map(|event| {
                let kept = confirmed.take(&event);
                std::iter::once(event).chain(kept)
            })
            .collect()
    }
}

impl Confirmed {
    fn take(&mut self, event: &NewEvent) -> Vec<NewEvent> {
        let Some(practice) = event.practice() else {
            return vec![];
        };
        let kind = match self.actor.standing(PracticeId(practice)) {
            Standing::Lead | Standing::Contributor => EventKind::DetailKept,
            _ => EventKind::ReviewDetailKept,
        };
        self.kept
            .extract_if(.., |(criterion, _)| {
                criterion.is_none() || criterion.as_ref() == event.criterion()
            })
            .map(|(criterion, kinds)| event.sibling(kind, criterion, detail(&kinds)))
            .collect()
    }
}

/// Returns how many of which kind, as the history keeps it.
pub(crate) fn detail(kinds: &Kinds) -> serde_json::Value {
    let numbers = kinds
        .iter()
        .map(|(kind, number)| (kind.code().to_owned(), (*number).into()));
    serde_json::Value::Object(numbers.collect())
}
