//! Forms from other sites, forms that are too large, addresses that nothing answers, and the health check.

use crate::site::Site;
use app::web::strangers::{HELD, LARGEST};
use axum::{body::Body, http::Method};
use futures::StreamExt;
use std::{
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

#[tokio::test]
async fn a_form_from_another_site_is_refused_and_one_of_ours_is_not() {
    let site = Site::at("https://fidelity.example.org").await;
    for (headers, status) in [
        (&[][..], 422),
        (
            &[
                ("origin", "https://fidelity.example.org"),
                ("sec-fetch-site", "same-origin"),
            ],
            422,
        ),
        // a proxy that changes Host
        (&[("origin", "https://fidelity.example.org")], 422),
        (&[("sec-fetch-site", "none")], 422),
        (
            &[("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")],
            403,
        ),
        (&[("origin", "https://evil.example")], 403),
        (&[("origin", "null")], 403),
        (&[("sec-fetch-site", "cross-site")], 403),
        (
            &[("origin", "https://other.example.org"), ("sec-fetch-site", "same-site")],
            403,
        ),
    ] {
        let mut browser = site.stranger();
        browser.headers = headers
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect();
        let reply = browser.sign_in("nobody@example.org", "wrong").await;
        assert_eq!(reply.status.as_u16(), status, "{headers:?}");
        if status == 403 {
            assert!(reply.body.contains("sent from another site"), "{}", reply.body);
        }
    }
}

#[tokio::test]
async fn a_form_that_is_too_large_is_refused_with_a_page_whether_or_not_it_says_so() {
    let site = Site::new().await;
    let mut browser = site.stranger();
    browser
        .headers
        .push(("content-length", (app::BODY_LIMIT + 1).to_string()));
    let told = browser.post("/sign-in", &[]).await;
    assert_eq!(told.status.as_u16(), 413);
    assert!(told.body.contains("<h1") && told.body.contains("4 MB"), "{}", told.body);
    // of whoever has no session less is taken
    browser.headers = vec![("content-length", (LARGEST + 1).to_string())];
    let stranger = browser.post("/sign-in", &[]).await;
    assert_eq!(stranger.status.as_u16(), 413);
    assert!(stranger.body.contains("<h1"), "{}", stranger.body);

    browser.headers.clear();
    let untold = browser
        .send(Method::POST, "/sign-in", Body::from(vec![b'a'; app::BODY_LIMIT + 1]))
        .await;
    assert_eq!(untold.status.as_u16(), 413);
    let held = browser
        .send(
            Method::POST,
            "/account/password",
            Body::from(vec![b'a'; app::BODY_LIMIT + 1]),
        )
        .await;
    assert!(held.status.is_client_error(), "{}", held.status);
}

/// A browser reads no answer before it has sent all: it would show a broken connection instead of the page.
#[tokio::test]
async fn what_is_refused_is_heard_out_all_the_same() {
    let site = Site::new().await;
    let length = ("content-length", (app::BODY_LIMIT + 1).to_string());
    let elsewhere = ("origin", "https://evil.example".to_owned());
    let first = ("expect", "100-continue".to_owned());
    for (headers, status, heard) in [
        (vec![length.clone()], 413, true),
        (vec![elsewhere], 403, true),
        // who asks whether to send has sent nothing
        (vec![length, first], 413, false),
    ] {
        let parts = Arc::new(AtomicUsize::new(0));
        let counted = parts.clone();
        let part = move |bytes: &'static [u8]| {
            counted.fetch_add(1, Ordering::Relaxed);
            Ok::<_, Infallible>(bytes)
        };
        let body = Body::from_stream(futures::stream::iter([&b"a"[..]; 100]).map(part));
        let mut browser = site.stranger();
        browser.headers = headers;
        let reply = browser.send(Method::POST, "/sign-in", body).await;
        assert_eq!(reply.status.as_u16(), status);
        assert_eq!(parts.load(Ordering::Relaxed), if heard { 100 } else { 0 }, "{status}");
    }
}

#[tokio::test]
async fn a_form_within_the_limit_is_taken_even_beyond_the_usual_two_megabytes() {
    let site = Site::new().await;
    let person = site.person("somebody@example.org", &[("administrator", None)]).await;
    let body = format!("name=&held={}", "a".repeat(3 * 1024 * 1024));
    let mut browser = site.browser_of(person).await;
    let reply = browser.send(Method::POST, "/admin/practices", Body::from(body)).await;
    assert_eq!(reply.status.as_u16(), 422);
}

#[tokio::test]
async fn a_form_that_came_without_a_session_is_held_up_to_a_bound() {
    const PAGE: &str = "/practices/north-vale/2026/elements/small-caseloads";
    let site = Site::new().await;
    let mut stranger = site.stranger();
    let quotes = |bytes: usize| format!("comment={}", "\"".repeat(bytes));
    let parts = |bytes: usize| {
        let name = "&".repeat(bytes);
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\nx\r\n--b--\r\n")
    };
    let fields = |number: usize| vec!["a=b"; number].join("&");
    for (path, body, kept) in [
        (PAGE, quotes(50_000), true),
        (PAGE, quotes(HELD / 2), false),
        (PAGE, quotes(4_000_000), false),
        (PAGE, fields(2_000), true),
        (PAGE, fields(2_001), false),
        ("/practices/north-vale/evidence/add/file", parts(50_000), true),
        ("/practices/north-vale/evidence/add/file", parts(HELD), false),
        ("/practices/north-vale/evidence/add/file", parts(20_000_000), false),
    ] {
        let multipart = path.ends_with("file");
        stranger.headers = match multipart {
            true => vec![("content-type", "multipart/form-data; boundary=b".to_owned())],
            false => vec![],
        };
        let sent = body.len();
        let reply = stranger.send(Method::POST, path, Body::from(body)).await;
        assert_eq!(reply.status.as_u16(), 401, "{sent}");
        assert_eq!(reply.body.contains("kept on this page: sign in"), kept, "{sent}");
        assert_eq!(reply.body.contains("too long to be kept"), !kept, "{sent}");
        assert!(
            reply.body.len() < HELD + 40_000,
            "{sent} came back as {}",
            reply.body.len()
        );
    }
}

#[tokio::test]
async fn a_member_sends_no_more_text_in_names_than_in_texts() {
    let site = Site::new().await;
    let person = site.person("somebody@example.org", &[("administrator", None)]).await;
    let mut browser = site.browser_of(person).await;
    let fields = vec!["a=b"; 2_001].join("&");
    let reply = browser.send(Method::POST, "/admin/practices", Body::from(fields)).await;
    assert_eq!(reply.status.as_u16(), 400);
    browser.headers = vec![("content-type", "multipart/form-data; boundary=b".to_owned())];
    let name = "n".repeat(16_000);
    let part = format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\nx\r\n");
    let body = part.repeat(100) + "--b--\r\n";
    let reply = browser
        .send(Method::POST, "/practices/x/evidence/add/file", Body::from(body))
        .await;
    assert_eq!(reply.status.as_u16(), 400);
}

#[tokio::test]
async fn an_unknown_address_gives_a_page_and_json_to_an_island() {
    let site = Site::new().await;
    let mut browser = site.stranger();
    for path in ["/no-such-page", "/pkg", "/.env", "/practices/../../etc/passwd", "/%ff"] {
        let reply = browser.get(path).await;
        assert_eq!(reply.status.as_u16(), 404, "{path}");
        assert!(reply.body.contains("Page not found"), "{path}: {}", reply.body);
    }
    browser.headers.push(("accept", "application/json".into()));
    let reply = browser.get("/no-such-page").await;
    assert_eq!(reply.status.as_u16(), 404);
    assert!(reply.body.contains(r#""state":"refused""#), "{}", reply.body);
}

#[tokio::test]
async fn an_address_that_only_takes_forms_is_no_page() {
    let site = Site::new().await;
    let person = site.person("somebody@example.org", &[("reviewer", None)]).await;
    let reply = site.browser_of(person).await.get("/account/password").await;
    assert_eq!(reply.status.as_u16(), 405);
    assert!(
        reply.body.contains("There is no page at this address"),
        "{}",
        reply.body
    );
}

#[tokio::test]
async fn a_form_of_the_wrong_kind_is_refused_with_a_page() {
    let site = Site::new().await;
    let mut browser = site.stranger();
    let reply = browser
        .send(Method::POST, "/sign-in", Body::from("email=%zz&email=b&email=c"))
        .await;
    assert!(reply.status.is_client_error(), "{}", reply.status);
    assert!(reply.body.contains("<h1"), "{}", reply.body);
}

#[tokio::test]
async fn the_health_check_writes_to_the_database() {
    let site = Site::new().await;
    let reply = site.stranger().get("/healthz").await;
    assert_eq!(
        (reply.status.as_u16(), reply.body.as_str()),
        (200, r#"{"status":"ok"}"#)
    );
    let mut site = site;
    site.state.store.close().await.unwrap();
    // what was found holds for a moment
    site.rebuild();
    let reply = site.stranger().get("/healthz").await;
    assert_eq!(
        (reply.status.as_u16(), reply.body.as_str()),
        (503, r#"{"status":"the database cannot be reached"}"#)
    );
}
