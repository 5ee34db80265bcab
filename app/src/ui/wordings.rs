//! Wordings as a list, the latest first, with what changed from one to the next.

use super::{conflict::in_words, differences::differences, text::moment};
use framework::wording::{Kind, Wording, fields};
use leptos::prelude::*;
use std::{collections::BTreeMap, ops::Range};

/// Wordings, given oldest first, of which those in `shown` are shown, counted from the latest; `put_back` is the way to
/// have one again.
pub fn list(
    kind: Kind,
    wordings: &[Wording],
    shown: Range<usize>,
    put_back: &dyn Fn(&Wording) -> Option<AnyView>,
) -> AnyView {
    let mut before: BTreeMap<&str, &str> = BTreeMap::new();
    let mut items = vec![];
    for wording in wordings {
        items.push(item(kind, wording, &before, put_back(wording)));
        before.extend(
            wording
                .fields
                .iter()
                .map(|(field, text)| (field.as_str(), text.as_str())),
        );
    }
    let items = items.into_iter().rev().skip(shown.start).take(shown.len());
    view! { <ol class="govuk-list app-wordings" reversed>{items.collect_view()}</ol> }.into_any()
}

fn item(kind: Kind, wording: &Wording, before: &BTreeMap<&str, &str>, put_back: Option<AnyView>) -> AnyView {
    let was = |field: &str| before.get(field).copied().unwrap_or_default();
    let named = fields(kind)
        .iter()
        .filter_map(|(field, label)| Some((*field, *label, wording.fields.get(*field)?)));
    // what joined the wordings whole names fields that never held anything
    let changed = named.filter(|(field, _, text)| was(field) != text.as_str());
    let rows = changed.map(|(field, label, text)| {
        let words = differences(
            &in_words(field, was(field)),
            &in_words(field, text),
            was(field).is_empty(),
        );
        view! { <div class="app-facts__row"><dt>{label}</dt><dd class="app-wordings__text">{words}</dd></div> }
    });
    let when = format!(", {}", moment(wording.stamp.at));
    view! {
        <li>
            <p class="govuk-body"><strong>{wording.stamp.by.clone()}</strong>{when}</p>
            <dl class="app-facts">{rows.collect_view()}</dl>
            {put_back}
        </li>
    }
    .into_any()
}

/// Returns the section below a form: its earlier wordings, each with a link that fills the form with it; nothing where there are
/// none.
pub fn below_form(kind: Kind, wordings: &[Wording], form: &str) -> Option<AnyView> {
    let put_back = |wording: &Wording| {
        let id = wording.id?;
        let join = if form.contains('?') { "&" } else { "?" };
        let of = format!(" of {}", moment(wording.stamp.at));
        let link = view! {
            <p class="govuk-body"><a class="govuk-link" href=format!("{form}{join}wording={id}")>
                "Fill the form with this wording"<span class="govuk-visually-hidden">{of}</span>
            </a></p>
        };
        Some(link.into_any())
    };
    (!wordings.is_empty()).then(|| {
        let items = list(kind, wordings, 0..wordings.len(), &put_back);
        view! {
            <h2 class="govuk-heading-m">"Earlier wordings"</h2>
            <p class="govuk-body">"Everything that was saved here, the latest first. Filling the form changes nothing before you save it."</p>
            {items}
        }
        .into_any()
    })
}

/// Returns the wordings up to the one that an address names by its id.
pub fn up_to<'a>(wordings: &'a [Wording], id: &str) -> Option<&'a [Wording]> {
    let place = wordings
        .iter()
        .position(|wording| wording.id.is_some_and(|known| known.to_string() == id))?;
    wordings.get(..=place)
}
