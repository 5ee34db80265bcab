//! Words that seem to identify somebody are pointed out before a form's text is stored; its author rewrites or keeps them.
//!
//! In a plain form: (1) `let check = Check::of(&fields, &[("shows", "What it shows")], &[&stored.shows]);` – the free texts by
//! name and label, and the texts that are stored already. (2) While `check.is_open()`, answer with the page again, 422, all
//! that was typed still in it, `check.errors()` among its errors. (3) `{check.notice()}` goes inside the form, above its
//! fields, and shows nothing where nothing is to be asked (`Check::default()` on the first GET). (4) Once the text is stored:
//! `store.confirming(&actor, [(criterion, check.kept().clone())])`, whose write also records what was kept.
//! (5) A text that is no form field, such as a file's, comes through [`Check::new`]. (6) `<Marks>` (`islands/marks.rs`) round the
//! form's fields, on a page made by `Page::built` and `with_islands`, marks such words while they are typed.

use super::form::{Error, hidden};
use crate::web::Fields;
use framework::{
    identify::{Finding, Kinds, Piece, fresh, kinds, pieces},
    prose::Prose,
};
use leptos::prelude::*;
use std::collections::HashSet;

/// The hidden field with the marks of what was kept, and the button that keeps more.
const FIELDS: [&str; 2] = ["confirmed", "keep"];
/// What a pressed button says of what to do: the button that keeps says it again.
const PRESSED: [&str; 2] = ["then", "act"];

/// What was found in a form's texts, and what of it the author has kept. The default has found nothing.
#[derive(Clone, Debug, Default)]
pub struct Check {
    /// Begins the names of its fields: `caseload-ceiling.`, or nothing.
    prefix: String,
    /// Where something is still to be asked.
    open: Vec<Spot>,
    /// The marks of all findings in texts that are not stored, joined.
    marks: String,
    /// The marks of those that were kept, joined.
    confirmed: String,
    kept: Kinds,
    /// What the pressed button said, by name.
    pressed: Vec<(&'static str, String)>,
}

/// A field with findings nobody has kept yet.
#[derive(Clone, Debug)]
pub struct Spot {
    /// The field's name.
    pub name: String,
    /// What the page calls it.
    pub label: String,
    /// The findings, with a little of what stands around.
    pub pieces: Vec<Piece>,
}

/// As much of a typed text as may be looked through: what is longer than a text may be is refused, so none of it is stored.
pub fn looked_at(text: &str) -> &str {
    let beyond = text.char_indices().nth(Prose::MAX);
    beyond.map_or(text, |(end, _)| &text[..end])
}

impl Spot {
    /// Returns the words found.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter(|p| p.kind.is_some()).map(|p| p.text.as_str())
    }

    /// `Comment: a name, a postcode`
    fn title(&self) -> String {
        let mut kinds: Vec<&str> = vec![];
        for kind in self.pieces.iter().filter_map(|p| p.kind) {
            if !kinds.contains(&kind.words()) {
                kinds.push(kind.words());
            }
        }
        format!("{}: {}", self.label, kinds.join(", "))
    }
}

impl Check {
    /// Looks at a posted form's free texts, each by its name and label. Words that stand in a stored text are not asked
    /// about again.
    pub fn of(fields: &Fields, texts: &[(&str, &str)], stored: &[&str]) -> Check {
        let texts = texts
            .iter()
            .map(|(name, label)| (*name, *label, looked_at(fields.get(name))));
        Check::new("", fields, texts, stored)
    }

    /// Looks at texts, each with its name and label, of a form whose fields `confirmed` and `keep` begin with `prefix`.
    pub fn new<'a>(
        prefix: &str,
        fields: &Fields,
        texts: impl IntoIterator<Item = (&'a str, &'a str, &'a str)>,
        stored: &[&str],
    ) -> Check {
        let sent = FIELDS.map(|field| fields.get(&format!("{prefix}{field}")));
        let confirmed: HashSet<&str> = sent.iter().flat_map(|marks| marks.split('.')).collect();
        let mut check = Check {
            prefix: prefix.to_owned(),
            pressed: PRESSED.map(|name| (name, fields.get(name).to_owned())).into(),
            ..Check::default()
        };
        let (mut marks, mut kept_marks, mut kept): (Vec<String>, Vec<String>, Vec<Finding>) = (vec![], vec![], vec![]);
        for (name, label, text) in texts {
            let mut open = vec![];
            for finding in fresh(text, stored) {
                let mark = finding.mark(text);
                if confirmed.contains(mark.as_str()) {
                    kept_marks.push(mark.clone());
                    kept.push(finding);
                } else {
                    open.push(finding);
                }
                marks.push(mark);
            }
            if !open.is_empty() {
                check.open.push(Spot {
                    name: name.to_owned(),
                    label: label.to_owned(),
                    pieces: pieces(text, &open),
                });
            }
        }
        Check {
            marks: marks.join("."),
            confirmed: kept_marks.join("."),
            kept: kinds(&kept),
            ..check
        }
    }

    /// Is something still to be asked? Then the text is not stored yet.
    pub fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Returns the fields in which something is to be asked.
    pub fn open(&self) -> &[Spot] {
        &self.open
    }

    /// Returns what the author was asked about and kept, by kind.
    pub fn confirmed(&self) -> &Kinds {
        &self.kept
    }

    /// Returns the hidden field that says what was kept.
    pub fn hidden(&self) -> (String, String) {
        (format!("{}{}", self.prefix, FIELDS[0]), self.confirmed.clone())
    }

    /// For the summary at the top of the page; the link leads to the notice.
    pub fn errors(&self) -> Vec<Error> {
        let sentence = |spot: &Spot| {
            format!(
                "{}: look at the marked words. They may identify somebody; rewrite them or keep them as they are.",
                spot.label
            )
        };
        self.open
            .iter()
            .map(|spot| Error::at(self.id(), sentence(spot)))
            .collect()
    }

    fn id(&self) -> String {
        format!("{}check", self.prefix)
    }

    /// Returns the notice of a plain form, inside it: what is to be asked, and what was kept already.
    pub fn notice(&self) -> AnyView {
        let (name, value) = self.hidden();
        let kept = (!value.is_empty()).then(|| hidden(&name, &value));
        view! { {kept}{self.question()} }.into_any()
    }

    /// Returns the findings, marked, with the button that keeps them and sends the form. Stands inside the form.
    pub fn question(&self) -> Option<AnyView> {
        if !self.is_open() {
            return None;
        }
        let title = format!("{}-title", self.id());
        let heading = title.clone();
        let keep = format!("{}{}", self.prefix, FIELDS[1]);
        let spots = self.open.iter().map(spot).collect_view();
        let said = self.pressed.iter().filter(|(_, value)| !value.is_empty());
        let pressed = said.map(|(name, value)| hidden(name, value)).collect_view();
        let view = view! {
            <div class="app-check" id=self.id() role="group" aria-labelledby=title tabindex="-1">
                // the Enter key presses a form's first button, which must not be the one that keeps
                <button type="submit" hidden tabindex="-1">"Save"</button>
                {pressed}
                <h3 class="govuk-heading-s" id=heading>"Not saved yet: could these words identify somebody?"</h3>
                <p class="govuk-body">"Nothing that identifies a woman or a child belongs here. Rewrite the marked words, or keep them if they are no risk to anybody."</p>
                <dl>{spots}</dl>
                <button type="submit" class="govuk-button govuk-button--secondary" name=keep value=self.marks.clone()>"This doesn’t identify anyone: save it"</button>
            </div>
        };
        Some(view.into_any())
    }
}

fn spot(spot: &Spot) -> impl IntoView + use<> {
    let shown = spot
        .pieces
        .iter()
        .map(|piece| match piece.kind {
            Some(_) => view! { <mark>{piece.text.clone()}</mark> }.into_any(),
            None => piece.text.clone().into_any(),
        })
        .collect_view();
    view! { <dt>{spot.title()}</dt><dd>{shown}</dd> }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(posted: &str, stored: &[&str]) -> Check {
        Check::of(&Fields::parse(posted), &[("note", "Note"), ("more", "More")], stored)
    }

    #[test]
    fn only_new_words_are_asked_about_and_only_until_they_are_kept() {
        assert!(!check("note=All+is+well", &[]).is_open());
        let open = check("note=Ms+Smith+came&more=in+May", &[]);
        assert!(open.is_open() && open.confirmed().is_empty());
        assert_eq!(open.open()[0].words().collect::<Vec<_>>(), ["Ms Smith"]);
        assert_eq!(open.open()[0].title(), "Note: a name");
        assert_eq!(open.errors()[0].field, "check");
        let kept = check(&format!("note=Ms+Smith+came&keep={}", open.marks), &[]);
        assert!(!kept.is_open());
        assert_eq!(
            kept.confirmed()
                .iter()
                .map(|(kind, n)| (kind.code(), *n))
                .collect::<Vec<_>>(),
            [("name", 1)]
        );
        // what is stored is neither asked about nor counted again
        let stored = check(&format!("more=Ms+Smith&confirmed={}", open.marks), &["Yes, Ms Smith"]);
        assert!(!stored.is_open() && stored.confirmed().is_empty());
    }

    #[test]
    fn keeping_some_words_does_not_keep_others() {
        let first = check("note=Ms+Smith", &[]);
        let both = check(&format!("note=Ms+Smith+of+LS98+1AA&keep={}", first.marks), &[]);
        assert!(both.is_open());
        assert_eq!(both.open()[0].words().collect::<Vec<_>>(), ["LS98 1AA"]);
        assert_eq!(both.hidden(), ("confirmed".to_owned(), first.marks.clone()));
        let all = check(
            &format!(
                "note=Ms+Smith+of+LS98+1AA&confirmed={}&keep={}",
                first.marks, both.marks
            ),
            &[],
        );
        assert!(!all.is_open());
        assert_eq!(all.confirmed().len(), 2);
    }

    #[test]
    fn a_form_is_looked_through_in_a_time_that_does_not_grow_with_its_square() {
        let text = |times: usize| "LS98+1AA+".repeat(times);
        let marks = (0..200_000).map(|n| format!("{n:08x}")).collect::<Vec<_>>().join(".");
        let begun = std::time::Instant::now();
        let check = check(
            &format!("note={}&confirmed={marks}&more={}", text(200_000), text(200_000)),
            &[],
        );
        let took = begun.elapsed();
        let places: usize = check.open().iter().map(|spot| spot.words().count()).sum();
        assert!((2_000..=2 * Prose::MAX).contains(&places), "{places}");
        // 100 seconds where each of 400,000 places is looked for among 200,000 marks
        assert!(took.as_secs() < 5, "{took:?}");
    }
}
