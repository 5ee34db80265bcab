//! What the log says of a request: its id, method, route, status and time. Never the address itself, which can hold
//! an invitation's secret, and never the query.

use super::proxy::Vouched;
use axum::{
    extract::MatchedPath,
    http::{HeaderValue, Request},
};
use tower_http::{
    classify::{ServerErrorsAsFailures, SharedClassifier},
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, RequestId, SetRequestIdLayer},
    trace::{DefaultOnRequest, DefaultOnResponse, MakeSpan, TraceLayer},
};
use tracing::{Level, Span};

const ID: &str = "x-request-id";

/// The most characters of an id that a proxy gave.
const LONGEST: usize = 64;

/// Takes away an id that nobody of ours gave, or that is more than one: it would stand in the log and be sent back.
pub async fn ours(mut request: axum::extract::Request) -> axum::extract::Request {
    let vouched = request.extensions().get::<Vouched>().is_some();
    let fits = |id: &HeaderValue| {
        let safe = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.:=/+".contains(byte);
        id.len() <= LONGEST && id.as_bytes().iter().all(safe)
    };
    if !vouched || !request.headers().get_all(ID).iter().all(fits) {
        request.headers_mut().remove(ID);
    }
    request
}

/// Gives each request an id, unless our proxy has.
pub fn new_id() -> SetRequestIdLayer<MakeRequestUuid> {
    SetRequestIdLayer::x_request_id(MakeRequestUuid)
}

/// Sends the id back.
pub fn propagated_id() -> PropagateRequestIdLayer {
    PropagateRequestIdLayer::x_request_id()
}

/// Logs each request.
pub fn requests() -> TraceLayer<SharedClassifier<ServerErrorsAsFailures>, Described> {
    TraceLayer::new_for_http()
        .make_span_with(Described)
        .on_request(DefaultOnRequest::new().level(Level::DEBUG))
        .on_response(DefaultOnResponse::new().level(Level::INFO))
}

/// What the log says of a request.
#[derive(Clone, Copy, Debug)]
pub struct Described;

impl<B> MakeSpan<B> for Described {
    fn make_span(&mut self, request: &Request<B>) -> Span {
        let route = request
            .extensions()
            .get::<MatchedPath>()
            .map_or("(no such route)", MatchedPath::as_str);
        let id = request
            .extensions()
            .get::<RequestId>()
            .and_then(|id| id.header_value().to_str().ok());
        tracing::info_span!("request", method = %request.method(), route, id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{body::Body, extract::Request};

    #[tokio::test]
    async fn an_id_is_taken_of_our_proxy_alone_and_only_where_it_is_one() {
        for (vouched, id, taken) in [
            (true, "0af7651916cd43dd-8448eb211c80319c", true),
            (true, "Root=1-67891233-abcdef012345678912345678", true),
            (false, "0af7651916cd43dd-8448eb211c80319c", false),
            (true, &"a".repeat(65), false),
            (true, "a b", false),
            (true, "<script>", false),
        ] {
            let mut request = Request::new(Body::empty());
            request.headers_mut().insert(ID, id.parse().unwrap());
            if vouched {
                request.extensions_mut().insert(Vouched);
            }
            assert_eq!(ours(request).await.headers().contains_key(ID), taken, "{vouched} {id}");
        }
    }
}
