//! The door: every route says who may come in, and nobody else does. Deny by default: a route cannot be
//! made without saying so.

use super::{AppState, Page, Refusal, render::RefusalText, strangers, submitted_form::SubmittedForm};
use crate::{
    account,
    ui::{self, form::Error},
};
use axum::{
    Router,
    body::Body,
    extract::{FromRequestParts, Request, State},
    handler::Handler,
    http::{Method, StatusCode, header, request::Parts},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Json, Response},
    routing::{MethodFilter, MethodRouter, on},
};
use framework::actor::Actor;
use std::convert::Infallible;

/// Who may use a route. What somebody may do there is decided again by the store for the very Practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody.
    Public,
    /// Anybody with an account.
    SignedIn,
    /// Whoever has a role in the Practice that the address names, and National Pause.
    Practice,
    /// National Pause.
    National,
    /// National administrators.
    Administrator,
}

impl Access {
    /// Does it let an actor in? `slug` is the Practice that the address names.
    pub fn admits(self, actor: &Actor, slug: Option<&str>) -> bool {
        match self {
            Access::Public | Access::SignedIn => true,
            Access::National => actor.is_national(),
            Access::Administrator => actor.is_administrator(),
            Access::Practice => actor.is_national() || actor.memberships.iter().any(|m| Some(m.slug.as_str()) == slug),
        }
    }
}

/// One route: a method, a path, who may use it, and what answers.
pub struct Endpoint {
    /// The method.
    pub method: Method,
    /// The path, in axum's form.
    pub path: &'static str,
    /// Who may use it.
    pub access: Access,
    /// Does its form carry a file? Such a form may be larger, and take longer, than others.
    pub upload: bool,
    handler: MethodRouter<AppState>,
}

impl Endpoint {
    /// Returns a page or file to read.
    pub fn get<H: Handler<T, AppState>, T: 'static>(path: &'static str, access: Access, handler: H) -> Endpoint {
        Endpoint {
            method: Method::GET,
            path,
            access,
            upload: false,
            handler: on(MethodFilter::GET, handler),
        }
    }

    /// Returns a form to take.
    pub fn post<H: Handler<T, AppState>, T: 'static>(path: &'static str, access: Access, handler: H) -> Endpoint {
        Endpoint {
            method: Method::POST,
            path,
            access,
            upload: false,
            handler: on(MethodFilter::POST, handler),
        }
    }

    /// Returns a form with a file to take.
    pub fn upload<H: Handler<T, AppState>, T: 'static>(path: &'static str, access: Access, handler: H) -> Endpoint {
        Endpoint {
            upload: true,
            ..Endpoint::post(path, access, handler)
        }
    }
}

/// Returns the router over all endpoints, each behind its gate.
pub fn router(endpoints: impl IntoIterator<Item = Endpoint>, state: &AppState) -> Router<AppState> {
    endpoints.into_iter().fold(Router::new(), |router, endpoint| {
        let access = endpoint.access;
        let gate = from_fn_with_state(state.clone(), move |state, request, next| {
            authorise(access, state, request, next)
        });
        router.route(endpoint.path, endpoint.handler.layer(gate))
    })
}

/// Whoever has signed in, for handlers behind a gate other than [`Access::Public`].
pub struct SignedIn(pub Actor);

impl<S: Send + Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        parts
            .extensions
            .get::<Actor>()
            .cloned()
            .map(SignedIn)
            .ok_or(Refusal::NotFound)
    }
}

/// Whoever asks, signed in or not.
pub struct MaybeSignedIn(pub Option<Actor>);

impl<S: Send + Sync> FromRequestParts<S> for MaybeSignedIn {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(MaybeSignedIn(parts.extensions.get::<Actor>().cloned()))
    }
}

/// Does the request come from an island, which wants JSON back?
pub fn wants_json(headers: &axum::http::HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| v.starts_with("application/json"))
}

/// Does a browser fetch the page ahead, before anybody has asked for it?
pub fn is_prefetch(headers: &axum::http::HeaderMap) -> bool {
    let says = |name: &str| headers.get(name)?.to_str().ok();
    let purpose = ["sec-purpose", "purpose", "x-moz"].into_iter().find_map(says);
    purpose.is_some_and(|purpose| purpose.contains("prefetch") || purpose.contains("prerender"))
}

async fn authorise(access: Access, State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let json = wants_json(request.headers());
    let actor = match account::session::actor(&state, request.headers()).await {
        Ok(actor) => actor,
        Err(refusal) => return dress(refusal.into_response(), json, &state, None).await,
    };
    if let Some(actor) = &actor {
        request.extensions_mut().insert(actor.clone());
        request = match SubmittedForm::hold(request, actor).await {
            Ok(request) => request,
            Err(refusal) => return dress(refusal.into_response(), json, &state, Some(actor)).await,
        };
    }
    let slug = practice_of(request.uri().path()).map(str::to_owned);
    let answer = match &actor {
        _ if access == Access::Public => match strangers::in_turn(request).await {
            Ok((request, _turn)) => next.run(request).await,
            Err(refusal) => refusal.into_response(),
        },
        None => ask_to_sign_in(&state, request).await,
        Some(actor) if access.admits(actor, slug.as_deref()) => next.run(request).await,
        Some(_) => Refusal::NotFound.into_response(),
    };
    dress(answer, json, &state, actor.as_ref()).await
}

/// Returns the Practice that an address names: `/practices/SLUG/…`.
fn practice_of(path: &str) -> Option<&str> {
    path.strip_prefix("/practices/")?.split('/').next()
}

/// Asks a stranger to sign in. What they posted is held in the page and sent on afterwards, so nothing is lost.
async fn ask_to_sign_in(state: &AppState, request: Request) -> Response {
    if wants_json(request.headers()) {
        return (
            StatusCode::UNAUTHORIZED,
            Json(serde_json::json!({ "state": "signed_out" })),
        )
            .into_response();
    }
    let next = request
        .uri()
        .path_and_query()
        .map(|p| p.as_str().to_owned())
        .unwrap_or_default();
    if request.method().is_safe() {
        return super::render::see_other(account::sign_in_path(&next));
    }
    let held = strangers::read_anonymous_form(request).await;
    let errors = match held {
        Some(_) => vec![],
        None => vec![Error::at("", NOT_HELD)],
    };
    let form = account::SignInForm {
        next,
        held: held.unwrap_or_default(),
        ..Default::default()
    };
    account::sign_in_page(form, errors)
        .with_status(StatusCode::UNAUTHORIZED)
        .respond(state, None)
        .await
}

const NOT_HELD: &str = "You have been signed out, and what you had written is too long to be kept on this page. Go back: it may \
     still be there. Sign in in another tab, then save it.";

/// Turns a bare refusal into a page, or into JSON for an island. What broke is left to the outermost layer, which gives back
/// what was typed.
async fn dress(response: Response, json: bool, state: &AppState, actor: Option<&Actor>) -> Response {
    if response.status().is_server_error() {
        return response;
    }
    let Some(RefusalText(sentence)) = response.extensions().get().cloned() else {
        return response;
    };
    refuse(response.status(), &sentence, json, state, actor).await
}

/// Returns a refusal as JSON for an island, or as a page.
pub async fn refuse(
    status: StatusCode,
    sentence: &str,
    json: bool,
    state: &AppState,
    actor: Option<&Actor>,
) -> Response {
    if json {
        let body = match status.is_server_error() {
            true => serde_json::json!({ "state": "unavailable", "message": sentence }),
            false => serde_json::json!({ "state": "refused", "errors": [{ "name": "", "message": sentence }] }),
        };
        return (status, Json(body)).into_response();
    }
    refusal_page(status, sentence).respond(state, actor).await
}

/// Returns the page of a refusal.
fn refusal_page(status: StatusCode, sentence: &str) -> Page {
    let title = match status {
        StatusCode::NOT_FOUND => "Page not found",
        StatusCode::CONFLICT => "This cannot be done",
        StatusCode::TOO_MANY_REQUESTS => "You have to wait",
        StatusCode::SERVICE_UNAVAILABLE => "Try again in a moment",
        StatusCode::PAYLOAD_TOO_LARGE => "This is too much at once",
        StatusCode::BAD_REQUEST => "The form could not be read",
        _ => "Something went wrong",
    };
    Page::new(title, ui::layout::message(title, sentence)).with_status(status)
}

/// Answers an address that no route knows.
pub async fn unknown(State(state): State<AppState>, request: Request<Body>) -> Response {
    let json = wants_json(request.headers());
    let actor = account::session::actor(&state, request.headers()).await.ok().flatten();
    dress(Refusal::NotFound.into_response(), json, &state, actor.as_ref()).await
}
