//! A posted form with at most one file in it, in the field `file`.

use super::{
    Fields, Refusal,
    metered::{FIELDS, Room, metered, on_the_way},
};
use axum::{
    extract::{FromRequest, Multipart, Request, multipart::MultipartError},
    http::{HeaderMap, header},
};
use files::{FilesError, Received, receive};
use futures::TryStreamExt;

/// The most bytes that all text fields may have together, with their names.
const TEXTS: usize = 512 * 1024;

/// What was sent: the texts, and the file if one was chosen. The same form without its file comes again, URL-encoded,
/// after somebody had to sign in in between.
#[derive(Debug, Default)]
pub struct Upload {
    /// The texts.
    pub fields: Fields,
    /// The file's name as sent, and what came of it.
    pub file: Option<(String, files::Result<Received>)>,
}

impl Upload {
    /// Returns whether it is a form that can carry files.
    pub fn is_one(headers: &HeaderMap) -> bool {
        let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        kind.is_some_and(|kind| kind.starts_with("multipart/form-data"))
    }
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        if Upload::is_one(request.headers()) {
            return read(request, state, TEXTS, true).await;
        }
        let fields = Fields::from_request(request, state).await?;
        Ok(Upload { fields, file: None })
    }
}

/// Returns the texts alone of a form that may carry a file, `most` bytes of them with their names: of what a stranger sends, no file is
/// written down.
///
/// # Errors
/// [`Refusal::Unreadable`] when it is no such form, or there is more in it.
pub async fn texts(request: Request, most: usize) -> Result<Fields, Refusal> {
    Ok(read(request, &(), most, false).await?.fields)
}

/// Reads a form part by part; what is no file's has `most` bytes.
async fn read<S: Send + Sync>(request: Request, state: &S, most: usize, with_file: bool) -> Result<Upload, Refusal> {
    let room = Room::new(most);
    let request = request.map(|body| metered(body, room.clone()));
    let parts = Multipart::from_request(request, state).await;
    let mut parts = parts.map_err(|rejection| Refusal::Unreadable(rejection.body_text()))?;
    let (mut texts, mut file) = (vec![], None);
    while let Some(part) = parts.next_field().await.map_err(unreadable)? {
        let name = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(as_named) {
            // nothing chosen: browsers send an empty file without a name
            Some(file_name) if name == "file" && (file_name.is_empty() || !with_file) => {
                let passed_over = on_the_way(part, room.clone()).try_for_each(|_| async { Ok(()) });
                passed_over.await.map_err(unreadable)?;
            }
            Some(file_name) if name == "file" && file.is_none() => {
                let received = receive(on_the_way(part, room.clone())).await;
                if let Err(FilesError::BrokenOff(cause)) = received {
                    return Err(Refusal::Unreadable(cause));
                }
                file = Some((file_name, received));
            }
            Some(_) => return Err(Refusal::Unreadable("a file where none belongs".to_owned())),
            None if texts.len() == FIELDS => return Err(Refusal::Unreadable("too many fields".to_owned())),
            None => {
                let bytes = part.bytes().await.map_err(unreadable)?;
                let text = String::from_utf8(bytes.into()).map_err(|error| Refusal::Unreadable(error.to_string()))?;
                texts.push((name, text));
            }
        }
    }
    let fields = texts.into_iter().collect();
    Ok(Upload { fields, file })
}

/// Returns a file's name as it was before the browser wrote it into the form: a quotation mark or a line break would end it there,
/// so these three are written in hexadecimal, and nothing else is. Line breaks have no place in a name.
fn as_named(sent: &str) -> String {
    sent.replace("%22", "\"").replace("%0D", "").replace("%0A", "")
}

fn unreadable(error: MultipartError) -> Refusal {
    Refusal::Unreadable(error.body_text())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_as_browsers_write_it() {
        for (sent, name) in [
            ("minutes.pdf", "minutes.pdf"),
            ("the %22green%22 file.txt", "the \"green\" file.txt"),
            ("two%0D%0Alines.txt", "twolines.txt"),
            ("100%25 of 5%.txt", "100%25 of 5%.txt"),
        ] {
            assert_eq!(as_named(sent), name);
        }
    }
}
