//! The browser's files, inside the binary. `cargo xtask site` makes them before the server is built.
//!
//! Their address holds a hash of their content (`/pkg/HASH/pause.css`), so browsers may keep them for ever
//! and a new release is seen at once.

use axum::{
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::Embed;
use std::fmt::Write;

/// The route that [`serve`] answers.
pub const ROUTE: &str = "/pkg/{hash}/{file}";

#[derive(Embed)]
#[folder = "../target/site/pkg"]
struct Files;

/// Returns the folder to give to `LeptosOptions::site_pkg_dir`, such as `pkg/1f0c…`.
pub fn pkg_dir() -> String {
    let mut folder = String::from("pkg/");
    for byte in content_hash().to_be_bytes() {
        // writing to a String cannot fail
        let _ = write!(folder, "{byte:02x}");
    }
    folder
}

/// Whether the server was built with the browser's files in it.
pub fn is_complete() -> bool {
    ["pause.css", "pause.js", "pause.wasm"]
        .into_iter()
        .all(|name| Files::get(name).is_some())
}

/// Sends a file, in brotli to those who take it. An old hash in the address gets the current file, since a page
/// that is open during an update must still find its style; it is then not kept.
pub async fn serve(Path((hash, file)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let Some(plain) = Files::get(&file) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let current = pkg_dir().strip_prefix("pkg/") == Some(&hash);
    let caching = if current {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let compressed = takes_brotli(&headers)
        .then(|| Files::get(&[&file, ".br"].concat()))
        .flatten();
    let encoded = compressed.is_some();
    let mut response = compressed.unwrap_or(plain).data.into_response();
    let head = response.headers_mut();
    head.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(&file)));
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    head.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if encoded {
        head.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    response
}

fn takes_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    accepted.split(',').any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        parts.next() == Some("br")
            && parts
                .next()
                .is_none_or(|quality| !matches!(quality, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

fn media_type(file: &str) -> &'static str {
    match file.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

/// FNV-1a over the names and contents' hashes; a cache key, not a protection.
fn content_hash() -> u64 {
    static HASH: std::sync::LazyLock<u64> = std::sync::LazyLock::new(|| {
        let mut names: Vec<_> = Files::iter().collect();
        names.sort();
        let contents = names
            .iter()
            .filter_map(|name| Files::get(name))
            .flat_map(|file| file.metadata.sha256_hash());
        let named = names.iter().flat_map(|name| name.bytes()).chain(contents);
        named.fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    });
    *HASH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brotli_goes_only_to_those_who_take_it() {
        let takes = |value: &'static str| {
            takes_brotli(&HeaderMap::from_iter([(
                header::ACCEPT_ENCODING,
                HeaderValue::from_static(value),
            )]))
        };
        assert!(takes("gzip, deflate, br"));
        assert!(takes("br;q=0.5"));
        assert!(!takes("gzip, br;q=0"));
        assert!(!takes("gzip"));
        assert!(!takes_brotli(&HeaderMap::new()));
    }

    #[tokio::test]
    async fn a_file_under_the_current_hash_may_be_kept_for_ever() {
        let Some(hash) = pkg_dir().strip_prefix("pkg/").map(str::to_owned) else {
            panic!("{}", pkg_dir())
        };
        for (hash, caching) in [(hash, "public, max-age=31536000, immutable"), ("0".into(), "no-cache")] {
            let response = serve(Path((hash, "pause.css".into())), HeaderMap::new()).await;
            if is_complete() {
                assert_eq!(response.headers()[header::CACHE_CONTROL], caching);
                assert_eq!(response.headers()[header::CONTENT_TYPE], "text/css; charset=utf-8");
            } else {
                assert_eq!(response.status(), StatusCode::NOT_FOUND);
            }
        }
    }
}
