//! Signing in and out, invitations, one's own account.

mod handlers;
pub mod limit;
mod pages;
pub mod password;
pub mod session;

pub use pages::{SignInForm, sign_in_page};

use crate::web::{Access, Endpoint};

/// This feature's routes.
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("/sign-in", Access::Public, handlers::show_sign_in),
        Endpoint::post("/sign-in", Access::Public, handlers::sign_in),
        Endpoint::post("/sign-out", Access::Public, handlers::sign_out),
        Endpoint::get("/invitation/{token}", Access::Public, handlers::show_invitation),
        Endpoint::post("/invitation/{token}", Access::Public, handlers::accept_invitation),
        Endpoint::get("/account", Access::SignedIn, handlers::show_account),
        Endpoint::post("/account/password", Access::SignedIn, handlers::change_password),
        Endpoint::post("/account/mail", Access::SignedIn, handlers::choose_mail),
        Endpoint::post(
            "/account/sign-out-everywhere",
            Access::SignedIn,
            handlers::sign_out_everywhere,
        ),
    ]
}

/// The sign-in page that leads on to an address afterwards.
pub fn sign_in_path(next: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("next", next)
        .finish();
    format!("/sign-in?{query}")
}

/// An address of ours to go to after signing in; the home page where the given one leads elsewhere.
pub fn own_path(next: &str) -> &str {
    let ours = next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\r', '\n']);
    if ours { next } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_never_leads_to_another_site() {
        for (next, path) in [
            ("/practices/a?b=c", "/practices/a?b=c"),
            ("", "/"),
            ("https://example.org", "/"),
            ("//example.org", "/"),
            ("/\\example.org", "/"),
            ("/a\r\nSet-Cookie: x", "/"),
        ] {
            assert_eq!(own_path(next), path, "{next}");
        }
    }
}
