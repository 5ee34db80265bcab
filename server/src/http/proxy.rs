//! Behind a proxy, the caller is whoever the proxy says.

use axum::{
    extract::{ConnectInfo, Request},
    http::HeaderMap,
    middleware::Next,
    response::Response,
};
use std::net::{IpAddr, SocketAddr};

/// Puts the address that the proxy added to `X-Forwarded-For` in the place of the proxy's own. Use it only where
/// every request passes through one proxy, else anybody could write the header.
pub async fn caller(mut request: Request, next: Next) -> Response {
    if let Some(address) = forwarded(request.headers()) {
        request
            .extensions_mut()
            .insert(ConnectInfo(SocketAddr::new(address, 0)));
    }
    next.run(request).await
}

/// The last address, which is the one our own proxy has seen; those before it are hearsay.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    last.rsplit(',').next()?.trim().parse().ok()
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
            (&["unknown"], None),
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
