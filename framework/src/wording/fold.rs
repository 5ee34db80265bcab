//! Wordings, one after the other, make what is there now.

use super::{Texts, Worded};
use crate::adaptation::Stamp;
use std::collections::BTreeMap;
use uuid::Uuid;

/// What was saved at once: the fields that changed, with their new texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// Which; `None` for what stands without ever having been written over.
    pub id: Option<Uuid>,
    /// The revision it made; 0 for what came from another installation.
    pub revision: i32,
    /// Who wrote, and when.
    pub stamp: Stamp,
    /// Who wrote, where it is known.
    pub person: Option<Uuid>,
    /// Texts by field; empty for what was taken out.
    pub fields: BTreeMap<String, String>,
}

/// Returns what wordings, oldest first, come to.
pub fn fold<'a, T: Worded>(wordings: impl IntoIterator<Item = &'a Wording>) -> Texts {
    let mut texts = vec![String::new(); T::FIELDS.len()];
    for wording in wordings {
        for (index, (name, _)) in T::FIELDS.iter().enumerate() {
            if let Some(text) = wording.fields.get(*name) {
                texts[index].clone_from(text);
            }
        }
    }
    texts
}

/// Returns what stood at a revision; `None` where no wording made it, so that it cannot be told.
pub fn at_revision<T: Worded>(wordings: &[Wording], revision: i32) -> Option<Texts> {
    if revision == 0 {
        return Some(vec![String::new(); T::FIELDS.len()]);
    }
    let known = wordings.iter().any(|wording| wording.revision == revision);
    known.then(|| fold::<T>(wordings.iter().filter(|wording| wording.revision <= revision)))
}

/// Returns what stood at a revision of something whose revision also counts steps that change no text; `None` where nothing that old
/// is known.
pub fn stood_at<T: Worded>(wordings: &[Wording], revision: i32) -> Option<Texts> {
    let known = wordings
        .iter()
        .map(|wording| wording.revision)
        .filter(|known| *known <= revision);
    at_revision::<T>(wordings, known.max().filter(|known| *known > 0)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::Review;
    use time::macros::datetime;

    fn wording(revision: i32, fields: &[(&str, &str)]) -> Wording {
        Wording {
            id: None,
            revision,
            stamp: Stamp {
                by: "Ann".to_owned(),
                at: datetime!(2026-03-02 10:00 UTC),
            },
            person: None,
            fields: fields.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(),
        }
    }

    #[test]
    fn wordings_come_to_what_stands() {
        let all = [
            wording(1, &[("rating", "3"), ("comment", "a")]),
            wording(2, &[("comment", "b")]),
            wording(4, &[("rating", ""), ("comment", "c")]),
        ];
        assert_eq!(fold::<Review>(&all), ["", "c", ""]);
        for (revision, texts) in [
            (0, Some(["", "", ""])),
            (1, Some(["3", "a", ""])),
            (2, Some(["3", "b", ""])),
            (3, None),
            (4, Some(["", "c", ""])),
            (5, None),
        ] {
            assert_eq!(
                at_revision::<Review>(&all, revision),
                texts.map(|t| t.map(str::to_owned).to_vec())
            );
        }
        // a step in between changed no text
        assert_eq!(stood_at::<Review>(&all, 3), at_revision::<Review>(&all, 2));
        assert_eq!(stood_at::<Review>(&all, 0), None);
    }
}
