//! What changed from a text to the next, made visible.

use leptos::prelude::*;

/// Returns the later text, with what was taken out and what came in; `new` where there was nothing before, which needs no marks.
pub fn differences(before: &str, after: &str, new: bool) -> AnyView {
    if new {
        return after.to_owned().into_any();
    }
    let (start, out, into, end) = apart(before, after);
    let marked = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let out =
        marked(out).map(|text| view! { <del><span class="govuk-visually-hidden">"Taken out: "</span>{text}</del> });
    let into =
        marked(into).map(|text| view! { <ins><span class="govuk-visually-hidden">"Came in: "</span>{text}</ins> });
    view! { {start.to_owned()}{out}{into}{end.to_owned()} }.into_any()
}

/// Returns what two texts begin with, what only the first has, what only the second has, and what they end with; words stay whole.
fn apart<'a>(before: &'a str, after: &'a str) -> (&'a str, &'a str, &'a str, &'a str) {
    let (old, new): (Vec<&str>, Vec<&str>) = (words(before), words(after));
    let bytes = |words: &[&str]| words.iter().map(|word| word.len()).sum::<usize>();
    let first = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old[first..].iter().rev().zip(new[first..].iter().rev());
    let last = rest.take_while(|(a, b)| a == b).count();
    let (start, end) = (bytes(&old[..first]), bytes(&old[old.len() - last..]));
    (
        &after[..start],
        &before[start..before.len() - end],
        &after[start..after.len() - end],
        &after[after.len() - end..],
    )
}

/// Returns a text's words, each with the white space after it.
fn words(text: &str) -> Vec<&str> {
    text.split_inclusive(char::is_whitespace).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_is_told_in_whole_words() {
        for (before, after, told) in [
            ("a b c", "a x c", ("a ", "b ", "x ", "c")),
            ("a b", "a b c d", ("a ", "b", "b c d", "")),
            ("one", "one", ("one", "", "", "")),
            ("", "new", ("", "", "new", "")),
            ("old", "", ("", "old", "", "")),
            ("so so so", "so so", ("so ", "so ", "", "so")),
            ("ŵ 🦊 end", "ŵ end", ("ŵ ", "🦊 ", "", "end")),
        ] {
            assert_eq!(apart(before, after), told, "{before} to {after}");
        }
    }
}
