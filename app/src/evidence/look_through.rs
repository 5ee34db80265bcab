//! Words in an item that may identify somebody: in its typed texts, its file's name, and what is in the file where that is
//! text.

use super::edit::Editing;
use crate::{
    ui::identify::Check,
    web::{AppState, Fields, Refusal},
};
use files::Checked;
use framework::{
    evidence::{Content, Evidence, EvidenceKind, FileName, StoredFile},
    identify::find,
};
use futures::TryStreamExt;

/// The most places of one text that are asked about: more would make no page that anybody reads.
const MOST: usize = 100;
/// The longest stored file that is read again, so as not to ask about the same words twice.
const READ_AGAIN: u64 = 256 * 1024;

/// A text to look through: its field, what the page calls it, and itself.
type Text = (&'static str, String, String);

/// Looks through all that people will read of the item. `file` is the one that came.
///
/// # Errors
/// [`Refusal::Broken`] when the file cannot be read.
pub async fn look_through(
    state: &AppState,
    editing: &Editing,
    fields: Fields,
    file: Option<&Checked>,
) -> Result<Check, Refusal> {
    let mut texts = typed(editing.kind, &fields);
    let mut stored = editing
        .from
        .as_ref()
        .map(|from| words(&from.evidence))
        .unwrap_or_default();
    if let Some(file) = file {
        texts.push(("file", "Name of the file".to_owned(), spaced(&file.facts.name)));
        let text = file.text().await.map_err(|error| Refusal::Broken(error.to_string()))?;
        texts.extend(text.map(|text| ("file", "What is in the file".to_owned(), text)));
        if let Some(before) = editing.file() {
            stored.extend(text_of(state, before).await);
        }
    }
    let looked = tokio::task::spawn_blocking(move || check(&fields, texts, &stored)).await;
    looked.map_err(|error| Refusal::Broken(error.to_string()))
}

fn check(fields: &Fields, texts: Vec<Text>, stored: &[String]) -> Check {
    let texts: Vec<Text> = texts.into_iter().map(beginning).collect();
    let texts = texts
        .iter()
        .map(|(name, label, text)| (*name, label.as_str(), text.as_str()));
    let stored: Vec<&str> = stored.iter().map(String::as_str).collect();
    Check::new("", fields, texts, &stored)
}

/// Returns the text up to the last place that is asked about.
fn beginning((name, label, mut text): Text) -> Text {
    match find(&text).get(MOST) {
        None => (name, label, text),
        Some(beyond) => {
            text.truncate(beyond.range.start);
            (name, format!("{label}, the first {MOST} places"), text)
        }
    }
}

/// Returns the texts of a form for an item of a kind.
fn typed(kind: EvidenceKind, fields: &Fields) -> Vec<Text> {
    let thing = match kind {
        EvidenceKind::File => None,
        EvidenceKind::Link => Some(("link", "Address")),
        EvidenceKind::Note => Some(("note", "Note")),
    };
    [("title", "Title"), ("shows", "What it shows")]
        .into_iter()
        .chain(thing)
        .map(|(name, label)| (name, label.to_owned(), fields.get(name).to_owned()))
        .collect()
}

/// Returns what is stored of a version.
fn words(evidence: &Evidence) -> Vec<String> {
    let thing = match &evidence.content {
        Content::File(file) => spaced(&file.name),
        Content::Link(link) => link.to_string(),
        Content::Note(note) => note.to_string(),
    };
    vec![evidence.title.to_string(), evidence.shows.to_string(), thing]
}

/// `Minutes_of_May.pdf` as people read it.
fn spaced(name: &FileName) -> String {
    name.as_str().replace('_', " ")
}

/// Returns the text of a stored file, if it is text and not long. Without it words are asked about again, which loses nothing.
async fn text_of(state: &AppState, file: &StoredFile) -> Option<String> {
    if !file.kind.is_text() || file.size > READ_AGAIN {
        return None;
    }
    let stored = state.files.read(&file.hash).await.ok()?;
    let parts: Vec<bytes::Bytes> = stored.into_stream().try_collect().await.ok()?;
    String::from_utf8(parts.concat()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_so_many_places_of_a_long_text_are_asked_about() {
        let line = "Ms Smith came.\n";
        let text = |lines: usize| ("file", "Text".to_owned(), line.repeat(lines));
        assert_eq!(find(&beginning(text(MOST)).2).len(), MOST);
        assert_eq!(beginning(text(MOST)).1, "Text");
        let (_, label, long) = beginning(text(MOST + 50));
        assert_eq!(find(&long).len(), MOST);
        assert_eq!(label, "Text, the first 100 places");
    }

    #[test]
    fn a_files_name_is_read_as_people_read_it() {
        let name = FileName::read("Ms_Smith_care.pdf").unwrap();
        assert_eq!(find(&spaced(&name)).len(), 1);
    }
}
