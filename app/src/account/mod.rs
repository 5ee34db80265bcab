//! Signing in and out, invitations, one's own account.

mod browser;
mod handlers;
pub mod limit;
mod pages;
pub mod password;
pub mod session;

pub use pages::{SignInForm, sign_in_page};

use crate::web::{Access, Endpoint};
use url::{Position, Url};

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

/// Returns the sign-in page that leads on to an address afterwards.
pub fn sign_in_path(next: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("next", next)
        .finish();
    format!("/sign-in?{query}")
}

/// The longest address that is gone on to.
const LONGEST: usize = 2_000;

/// Returns an address of ours to go to after signing in; the home page where the given one leads elsewhere, is none, or is longer than
/// any of ours.
pub fn own_path(next: &str) -> String {
    const HERE: &str = "http://here.invalid";
    let read = || {
        let here = Url::parse(HERE).ok()?;
        let there = here.join(next).ok()?;
        let ours = next.starts_with('/') && there.origin() == here.origin() && !next.contains(char::is_control);
        let path = there[Position::BeforePath..].to_owned();
        (ours && path.len() <= LONGEST && !path.starts_with("//")).then_some(path)
    };
    read().unwrap_or_else(|| "/".to_owned())
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
            ("/\t/example.org/", "/"),
            ("\t//example.org/", "/"),
            ("/\n/example.org", "/"),
            ("/\u{1}", "/"),
            ("/\0", "/"),
            ("/\u{7f}a", "/"),
            ("/\u{85}a", "/"),
            ("/.//example.org", "/"),
            ("/a/..//example.org", "/"),
            ("/\\/example.org", "/"),
            ("//here.invalid/", "/"),
            ("practices", "/"),
            ("javascript:alert(1)", "/"),
            ("/tŷ?q=a b#c", "/t%C5%B7?q=a%20b#c"),
        ] {
            assert_eq!(own_path(next), path, "{next:?}");
        }
        assert_eq!(own_path(&format!("/{}", "a".repeat(LONGEST))), "/");
    }
}
