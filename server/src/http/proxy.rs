//! Behind a proxy, the caller is whoever the proxy says.

use axum::{
    extract::{ConnectInfo, Request},
    http::HeaderMap,
    middleware::Next,
    response::Response,
};
use std::net::{IpAddr, SocketAddr};

/// Set where a request came through our own proxy, whose word is taken.
#[derive(Clone, Copy, Debug)]
pub struct Vouched;

/// Puts the address that the proxy added to `X-Forwarded-For` in the place of the proxy's own. Use it only where
/// every request passes through one proxy, else anybody could write the header.
pub async fn caller(mut request: Request, next: Next) -> Response {
    if let Some(address) = forwarded(request.headers()) {
        request
            .extensions_mut()
            .insert(ConnectInfo(SocketAddr::new(address, 0)));
    }
    request.extensions_mut().insert(Vouched);
    next.run(request).await
}

/// The last address, which is the one our own proxy has seen; those before it are hearsay.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    address(last.rsplit(',').next()?)
}

/// Returns an address as proxies write it: alone, with a port, in brackets, in quotation marks.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_matches('"');
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    let alone = bare.unwrap_or(text).parse();
    let found = alone.or_else(|_| text.parse::<SocketAddr>().map(|with_port| with_port.ip()));
    found.ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caller_is_the_last_address_that_was_forwarded() {
        for (lines, address) in [
            (&["192.0.2.1"][..], Some("192.0.2.1")),
            (&["203.0.113.9, 192.0.2.1"], Some("192.0.2.1")),
            (&["203.0.113.9", "192.0.2.1"], Some("192.0.2.1")),
            (&["2001:db8::1"], Some("2001:db8::1")),
            (&["203.0.113.5:4711"], Some("203.0.113.5")),
            (&["198.51.100.7, 203.0.113.5:4711"], Some("203.0.113.5")),
            (&["[2001:db8::1]:443"], Some("2001:db8::1")),
            (&["[2001:db8::1]"], Some("2001:db8::1")),
            (&["\"[2001:db8::1]:443\""], Some("2001:db8::1")),
            (&["::ffff:203.0.113.5"], Some("203.0.113.5")),
            (&["unknown"], None),
            (&["203.0.113.5:port"], None),
            (&[], None),
        ] {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append("x-forwarded-for", line.parse().unwrap());
            }
            assert_eq!(forwarded(&headers), address.map(|a| a.parse().unwrap()), "{lines:?}");
        }
    }
}
