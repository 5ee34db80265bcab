//! Two people wrote at once: what only one of them changed is taken, and only a field that both changed is asked about.

use super::{Texts, Worded};
use std::collections::BTreeSet;

/// What comes together.
#[derive(Clone, Copy, Debug)]
pub struct Sides<'a> {
    /// What both began with; `None` where that cannot be told any more, so that every difference is asked about.
    pub base: Option<&'a [String]>,
    /// What the sender has.
    pub mine: &'a [String],
    /// The fields that the sender speaks of.
    pub edited: &'a BTreeSet<&'static str>,
    /// What is stored.
    pub theirs: &'a [String],
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The texts to store. Where something is asked, what is stored stays.
    pub texts: Texts,
    /// The fields that both changed, each to something else.
    pub asked: Vec<&'static str>,
}

/// A field that two people changed, each to something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The field.
    pub field: &'static str,
    /// What is stored.
    pub theirs: String,
    /// Who wrote it.
    pub by: String,
    /// Whether it was the sender, in another window.
    pub own: bool,
}

/// Merges what the sender has into what is stored. Fields that are settled as one (see [`Worded::lead`]) are taken or asked
/// about together; it is asked at the first of them that differs.
pub fn merge<T: Worded>(sides: Sides) -> Merged {
    let mut merged = Merged {
        texts: sides.theirs.to_vec(),
        asked: vec![],
    };
    let leads = T::FIELDS
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| T::lead(name) == *name);
    for lead in leads {
        let unit = unit::<T>(lead);
        if !sides.changed(&unit) {
            continue;
        }
        match sides.clash(&unit) {
            Some(field) => merged.asked.push(field),
            None => unit.iter().for_each(|(place, name)| {
                if sides.edited.contains(name) {
                    merged.texts[*place] = sides.mine[*place].clone();
                }
            }),
        }
    }
    merged
}

type Unit = Vec<(usize, &'static str)>;

fn unit<T: Worded>(lead: &'static str) -> Unit {
    let fields = T::FIELDS.iter().map(|(name, _)| *name).enumerate();
    fields.filter(|(_, name)| T::lead(name) == lead).collect()
}

impl Sides<'_> {
    /// Did the sender change one of the fields?
    fn changed(&self, unit: &Unit) -> bool {
        unit.iter().any(|(place, name)| {
            let differs = |base: &[String]| base[*place] != self.mine[*place];
            self.edited.contains(name) && self.base.is_none_or(differs)
        })
    }

    /// Where both changed something that the other does not have: the first field in which the two differ.
    fn clash(&self, unit: &Unit) -> Option<&'static str> {
        let differs = |index: usize| self.mine[index] != self.theirs[index];
        let moved = |index: usize| self.base.is_none_or(|base| base[index] != self.theirs[index]);
        let edited = |index: usize, name| {
            self.edited.contains(name) && self.base.is_none_or(|base| base[index] != self.mine[index])
        };
        let mine = unit.iter().any(|(place, name)| edited(*place, name) && differs(*place));
        let theirs = unit.iter().any(|(place, _)| moved(*place) && differs(*place));
        let first = unit.iter().find(|(place, _)| differs(*place));
        first.filter(|_| mine && theirs).map(|(_, name)| *name)
    }
}

/// Returns both texts, the sender's first; where one holds the other already, that one.
pub fn both(mine: &str, theirs: &str) -> String {
    let (mine, theirs) = (mine.trim(), theirs.trim());
    if mine.contains(theirs) {
        mine.to_owned()
    } else if theirs.contains(mine) {
        theirs.to_owned()
    } else {
        format!("{mine}\n\n{theirs}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::{Answer, Review};
    use proptest::prelude::*;

    fn texts(three: [&str; 3]) -> Texts {
        three.map(str::to_owned).into()
    }

    fn reviews(base: Option<[&str; 3]>, mine: [&str; 3], theirs: [&str; 3]) -> Merged {
        let base = base.map(texts);
        let edited = Review::FIELDS.iter().map(|(name, _)| *name).collect();
        merge::<Review>(Sides {
            base: base.as_deref(),
            mine: &texts(mine),
            edited: &edited,
            theirs: &texts(theirs),
        })
    }

    #[test]
    fn only_a_field_that_both_changed_is_asked_about() {
        let was = Some(["3", "why", ""]);
        for (mine, theirs, merged, asked) in [
            // one side each
            (["4", "why", ""], ["3", "because", ""], ["4", "because", ""], vec![]),
            (["3", "why", "how?"], ["5", "", ""], ["5", "", "how?"], vec![]),
            // both the same
            (["4", "why", ""], ["4", "why", ""], ["4", "why", ""], vec![]),
            // both, and one of mine besides
            (
                ["4", "mine", "how?"],
                ["4", "theirs", ""],
                ["4", "theirs", "how?"],
                vec!["comment"],
            ),
            (["4", "why", ""], ["5", "why", ""], ["5", "why", ""], vec!["rating"]),
            // cleared by one, kept by the other
            (["", "why", ""], ["3", "because", ""], ["", "because", ""], vec![]),
            (
                ["3", "", ""],
                ["3", "because", ""],
                ["3", "because", ""],
                vec!["comment"],
            ),
            // changed and changed back
            (["3", "mine", ""], ["3", "why", ""], ["3", "mine", ""], vec![]),
        ] {
            let expected = Merged {
                texts: texts(merged),
                asked,
            };
            assert_eq!(reviews(was, mine, theirs), expected, "{mine:?} and {theirs:?}");
        }
        // where the beginning is not known, every difference is asked about
        assert_eq!(reviews(None, ["4", "why", ""], ["3", "why", ""]).asked, ["rating"]);
    }

    fn answers(edited: &[&'static str], base: [&str; 2], mine: [&str; 2], theirs: [&str; 2]) -> Merged {
        let whole = |[rating, reason]: [&str; 2]| -> Texts {
            ["", "", "", "", "", ""]
                .into_iter()
                .enumerate()
                .map(|(place, none)| match place {
                    0 => rating.to_owned(),
                    2 => reason.to_owned(),
                    _ => none.to_owned(),
                })
                .collect()
        };
        merge::<Answer>(Sides {
            base: Some(&whole(base)),
            mine: &whole(mine),
            edited: &edited.iter().copied().collect(),
            theirs: &whole(theirs),
        })
    }

    #[test]
    fn a_reason_goes_with_its_rating() {
        let merged = answers(&["reason"], ["na", "old"], ["na", "new"], ["4", ""]);
        assert_eq!(
            (merged.asked, &merged.texts[0], &merged.texts[2]),
            (vec!["rating"], &"4".to_owned(), &String::new())
        );
        let merged = answers(&["reason"], ["na", "old"], ["na", "new"], ["na", "newer"]);
        assert_eq!(merged.asked, ["reason"]);
        let merged = answers(&["rating", "reason"], ["3", ""], ["na", "none here"], ["3", ""]);
        assert_eq!(
            (merged.asked.len(), &merged.texts[0], &merged.texts[2]),
            (0, &"na".to_owned(), &"none here".to_owned())
        );
    }

    #[test]
    fn keeping_both_repeats_nothing() {
        for (mine, theirs, kept) in [
            ("a", "b", "a\n\nb"),
            ("a and b", "b", "a and b"),
            ("b", "a and b", "a and b"),
            ("", "b", "b"),
            ("a", "", "a"),
        ] {
            assert_eq!(both(mine, theirs), kept);
        }
    }

    fn any() -> impl Strategy<Value = Texts> {
        prop::collection::vec(prop::sample::select(vec!["", "a", "b", "c"]), 6)
            .prop_map(|texts| texts.into_iter().map(str::to_owned).collect())
    }

    fn since(base: &Texts, mine: &Texts) -> BTreeSet<&'static str> {
        super::super::differing::<Answer>(base, mine).into_iter().collect()
    }

    proptest! {
        #[test]
        fn merging_commutes_loses_nothing_and_is_done_once(base in any(), mine in any(), theirs in any()) {
            let edited = since(&base, &mine);
            let merged = merge::<Answer>(Sides { base: Some(&base), mine: &mine, edited: &edited, theirs: &theirs });
            let other = merge::<Answer>(Sides { base: Some(&base), mine: &theirs, edited: &since(&base, &theirs), theirs: &mine });
            prop_assert_eq!(&merged.asked, &other.asked);
            for (index, (name, _)) in Answer::FIELDS.iter().enumerate() {
                let asked = merged.asked.iter().any(|asked| Answer::lead(asked) == Answer::lead(name));
                if asked {
                    // nothing is taken before somebody chose
                    prop_assert_eq!(&merged.texts[index], &theirs[index]);
                    continue;
                }
                prop_assert_eq!(&merged.texts[index], &other.texts[index]);
                if mine[index] != base[index] {
                    prop_assert_eq!(&merged.texts[index], &mine[index]);
                } else {
                    prop_assert_eq!(&merged.texts[index], &theirs[index]);
                }
            }
            let again = merge::<Answer>(Sides { base: Some(&base), mine: &mine, edited: &edited, theirs: &merged.texts });
            prop_assert_eq!(again.texts, merged.texts);
        }
    }
}
