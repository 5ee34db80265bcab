//! Giving out a file: always to be saved, never shown in the page's own site.

use super::{item_of, library_of};
use crate::web::{Answered, AppState, Refusal, SignedIn};
use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderValue, header},
    response::Response,
};
use framework::evidence::FileName;
use std::fmt::Write;

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, item, version)): Path<(String, String, String)>,
) -> Answered {
    let (at, id) = (library_of(&practice)?, item_of(&item)?);
    let number: i32 = version.parse().map_err(|_| Refusal::NotFound)?;
    let file = state.store.evidence_file(&actor, &at.practice, id, number).await?;
    let stored = state.files.open_verified(&file.hash).await;
    let stored = stored.map_err(|error| Refusal::Broken(error.to_string()))?;
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.kind.media_type()));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(stored.size));
    headers.insert(header::CONTENT_DISPOSITION, disposition(&file.name)?);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; sandbox"),
    );
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    *response.body_mut() = Body::from_stream(stored.into_stream());
    Ok(response)
}

/// To be saved under its name: in plain letters for old browsers, in full for all others (RFC 6266, RFC 8187).
fn disposition(name: &FileName) -> Result<HeaderValue, Refusal> {
    let plain: String = name
        .as_str()
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || " ._-()".contains(c) {
                c
            } else {
                '_'
            }
        })
        .collect();
    let mut full = String::new();
    for byte in name.as_str().bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            full.push(char::from(byte));
        } else {
            // writing to a String cannot fail
            let _ = write!(full, "%{byte:02X}");
        }
    }
    let value = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{full}");
    HeaderValue::from_str(&value).map_err(|error| Refusal::Broken(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_sent_in_plain_letters_and_in_full() {
        for (name, value) in [
            (
                "minutes.pdf",
                "attachment; filename=\"minutes.pdf\"; filename*=UTF-8''minutes.pdf",
            ),
            (
                "Gŵyl \"1\"; x=y.txt",
                "attachment; filename=\"G_yl _1__ x_y.txt\"; filename*=UTF-8''G%C5%B5yl%20%221%22%3B%20x%3Dy.txt",
            ),
        ] {
            let name = FileName::read(name).unwrap();
            assert_eq!(disposition(&name).unwrap(), value);
        }
    }
}
