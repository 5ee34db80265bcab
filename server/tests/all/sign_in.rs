//! Signing in and out, sessions, cookies, and text that was posted without a session.

use crate::{
    site::{Browser, PASSWORD, Reply, Site},
    world::{Persona, World},
};
use app::account::limit::Trier;

const SOMEBODY: &str = "somebody@example.org";

async fn site_with_somebody(origin: &str) -> Site {
    let site = Site::at(origin).await;
    site.person(SOMEBODY, &[("administrator", None)]).await;
    site
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_are_told_alike() {
    let site = site_with_somebody("http://127.0.0.1:3000").await;
    let mut browser = site.stranger();
    let wrong = browser.sign_in(SOMEBODY, "not the password").await;
    let unknown = browser.sign_in("nobody@example.org", "not the password").await;
    assert_eq!((wrong.status.as_u16(), unknown.status.as_u16()), (422, 422));
    assert_eq!(
        wrong.body.replace(SOMEBODY, "X"),
        unknown.body.replace("nobody@example.org", "X")
    );
    assert!(wrong.headers.get("set-cookie").is_none());
    assert!(
        !wrong.body.contains("not the password"),
        "the password comes back in the page"
    );
}

/// Tries without the hashing that real ones come with: it takes so long here that the first would be forgiven.
fn tries(site: &Site, number: usize, from: impl Fn(usize) -> [u8; 4]) -> usize {
    let caller = |n| Trier::Caller(Some(from(n).into()));
    (0..number)
        .filter(|n| site.state.limit.try_once(SOMEBODY, caller(*n)).is_ok())
        .count()
}

#[tokio::test]
async fn the_eleventh_try_has_to_wait_however_the_address_is_spelt() {
    let site = site_with_somebody("http://127.0.0.1:3000").await;
    let mut browser = site.stranger();
    assert_eq!(tries(&site, 10, |_| [192, 0, 2, 1]), 10);
    for spelling in [
        SOMEBODY,
        " somebody@example.org",
        "somebody@example.org  ",
        "\tsomebody@example.org\u{a0}",
        "SomeBody@Example.ORG",
    ] {
        let reply = browser.sign_in(spelling, PASSWORD).await;
        assert_eq!(reply.status.as_u16(), 429, "{spelling:?}");
        assert!(reply.body.contains("Too many tries"));
    }
    // nobody elsewhere is kept out by it
    browser.address = [198, 51, 100, 7].into();
    assert_eq!(browser.sign_in(SOMEBODY, PASSWORD).await.status.as_u16(), 303);
}

#[tokio::test]
async fn strangers_keep_nobody_out_of_a_browser_that_signed_in_before() {
    let site = site_with_somebody("https://fidelity.example.org").await;
    let mut known = site.stranger();
    known.sign_in(SOMEBODY, PASSWORD).await;
    known.post("/sign-out", &[]).await;
    let cookie = known.cookie("__Host-browser").unwrap().to_owned();
    assert!(tries(&site, 200, |n| [198, 51, 100, n as u8]) < 110);
    let mut stranger = site.stranger();
    stranger.address = [203, 0, 113, 1].into();
    assert_eq!(stranger.sign_in(SOMEBODY, PASSWORD).await.status.as_u16(), 429);
    // the cookie lets in nobody by itself, and none that is made up counts
    assert_eq!(known.get("/").await.status.as_u16(), 303);
    for made_up in [
        cookie.replace('-', "-0"),
        format!("{}-{}", "a".repeat(64), "b".repeat(64)),
        "-".to_owned(),
    ] {
        stranger.headers = vec![("cookie", format!("__Host-browser={made_up}"))];
        assert_eq!(
            stranger.sign_in(SOMEBODY, PASSWORD).await.status.as_u16(),
            429,
            "{made_up}"
        );
    }
    assert_eq!(known.sign_in(SOMEBODY, "not the password").await.status.as_u16(), 422);
    assert_eq!(known.sign_in(SOMEBODY, PASSWORD).await.status.as_u16(), 303);

    // a new password ends it: whoever knew the one before is a stranger again
    let fields = [("current", PASSWORD), ("password", "another four words here")];
    assert_eq!(known.post("/account/password", &fields).await.status.as_u16(), 200);
    let mut old = site.stranger();
    old.headers = vec![("cookie", format!("__Host-browser={cookie}"))];
    old.address = [203, 0, 113, 2].into();
    assert_eq!(old.sign_in(SOMEBODY, PASSWORD).await.status.as_u16(), 429);
}

#[tokio::test]
async fn what_is_no_address_and_no_password_is_told_like_a_wrong_one() {
    let site = site_with_somebody("http://127.0.0.1:3000").await;
    let mut browser = site.stranger();
    let long = "a".repeat(10_000);
    for (email, password) in [
        ("some\0body@example.org", PASSWORD),
        (SOMEBODY, "what\0ever it is"),
        (long.as_str(), PASSWORD),
        (SOMEBODY, long.as_str()),
        ("", ""),
    ] {
        let reply = browser.sign_in(email, password).await;
        assert_eq!(reply.status.as_u16(), 422, "{email:?}");
        assert!(reply.body.contains("is wrong. Check both"), "{email:?}");
        assert!(reply.body.len() < 20_000, "{}", reply.body.len());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_manager_is_told_the_address() {
    let world = World::new().await;
    world.invite_for_walk().await;
    let mut admin = world.browser(Persona::Administrator).await;
    let reader = world.id(Persona::Reader).0.to_string();
    let made = admin
        .post("/admin/people/password-link", &[("id", reader.as_str())])
        .await;
    let link = made.body.split("<code>").nth(1).unwrap().split('<').next().unwrap();
    let forgotten = link.strip_prefix("http://127.0.0.1:3000").unwrap();
    let mut stranger = world.site.stranger();
    for (page, email) in [
        (stranger.get("/invitation/open").await, "invited@example.org"),
        (stranger.get(forgotten).await, "reader@example.org"),
        (
            world.browser(Persona::Lead).await.get("/account").await,
            "lead@example.org",
        ),
    ] {
        let inputs: Vec<&str> = page
            .body
            .split("<input ")
            .skip(1)
            .filter_map(|rest| rest.split('>').next())
            .collect();
        let index = |what: &str| inputs.iter().position(|input| input.contains(what));
        let name = index("autocomplete=\"username\"").unwrap_or_else(|| panic!("{email}: {}", page.body));
        assert_eq!(attribute(inputs[name], "value"), email);
        assert!(Some(name) < index("autocomplete=\"new-password\""), "{email}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_for_a_new_password_is_seen_by_whoever_it_is_for_and_by_administrators() {
    let world = World::new().await;
    let mut admin = world.browser(Persona::Administrator).await;
    let lead = world.id(Persona::Lead).0.to_string();
    admin
        .post("/admin/people/password-link", &[("id", lead.as_str())])
        .await;
    let mut own = world.browser(Persona::Lead).await;
    let notices = own.get("/notices").await;
    assert!(
        notices
            .body
            .contains("A link for a new password was made for your account"),
        "{}",
        notices.body
    );
    let account = own.get("/account").await;
    assert!(
        account.body.contains("Link for a new password made"),
        "{}",
        account.body
    );
    let all = admin.get("/admin/account-events").await;
    assert!(all.body.contains("Link for a new password made") && all.body.contains("lead@example.org"));
    assert!(
        !world
            .browser(Persona::OtherLead)
            .await
            .get("/account")
            .await
            .body
            .contains("Link for a new password made")
    );
}

#[tokio::test]
async fn signing_in_gives_a_new_session_each_time_and_ends_the_one_before() {
    let site = site_with_somebody("http://127.0.0.1:3000").await;
    let mut browser = site.stranger();
    let reply = browser.sign_in(SOMEBODY, PASSWORD).await;
    assert_eq!((reply.status.as_u16(), reply.location()), (303, "/"));
    let first = browser.cookie("session").unwrap().to_owned();
    browser.sign_in(SOMEBODY, PASSWORD).await;
    let second = browser.cookie("session").unwrap().to_owned();
    assert_ne!(first, second);
    assert_eq!(browser.get("/").await.status.as_u16(), 200);
    let mut old = site.stranger();
    old.headers.push(("cookie", format!("session={first}")));
    assert_eq!(
        old.get("/").await.status.as_u16(),
        303,
        "the session before still opens the site"
    );
}

#[tokio::test]
async fn a_session_that_was_never_given_out_is_none() {
    let site = site_with_somebody("http://127.0.0.1:3000").await;
    let mut browser = site.stranger();
    browser.headers.push(("cookie", format!("session={}", "a".repeat(64))));
    assert_eq!(browser.get("/").await.status.as_u16(), 303);
}

#[tokio::test]
async fn signing_out_ends_the_session_and_everywhere_ends_them_all() {
    let site = site_with_somebody("http://127.0.0.1:3000").await;
    let [mut here, mut there, mut third] = [site.stranger(), site.stranger(), site.stranger()];
    for browser in [&mut here, &mut there, &mut third] {
        browser.sign_in(SOMEBODY, PASSWORD).await;
    }
    let token = third.cookie("session").unwrap().to_owned();
    let reply = third.post("/sign-out", &[]).await;
    assert_eq!((reply.status.as_u16(), reply.location()), (303, "/sign-in"));
    assert_eq!(third.cookie("session"), None);
    third.headers.push(("cookie", format!("session={token}")));
    assert_eq!(
        third.get("/").await.status.as_u16(),
        303,
        "only the cookie was taken away"
    );

    assert_eq!(here.get("/").await.status.as_u16(), 200);
    assert_eq!(
        there.post("/account/sign-out-everywhere", &[]).await.status.as_u16(),
        303
    );
    assert_eq!(here.get("/").await.status.as_u16(), 303);
}

#[tokio::test]
async fn a_new_password_ends_other_sessions_and_the_old_password() {
    let site = site_with_somebody("http://127.0.0.1:3000").await;
    let [mut here, mut there] = [site.stranger(), site.stranger()];
    here.sign_in(SOMEBODY, PASSWORD).await;
    there.sign_in(SOMEBODY, PASSWORD).await;
    let fields = [("current", PASSWORD), ("password", "another four words here")];
    assert_eq!(here.post("/account/password", &fields).await.status.as_u16(), 200);
    assert_eq!(
        (
            here.get("/").await.status.as_u16(),
            there.get("/").await.status.as_u16()
        ),
        (200, 303)
    );
    assert_eq!(there.sign_in(SOMEBODY, PASSWORD).await.status.as_u16(), 422);
    assert_eq!(
        there.sign_in(SOMEBODY, "another four words here").await.status.as_u16(),
        303
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_password_is_replaced_by_a_link_that_works_once() {
    let world = World::new().await;
    let mut admin = world.browser(Persona::Administrator).await;
    let mut elsewhere = world.browser(Persona::Reader).await;
    let reader = world.id(Persona::Reader).0.to_string();
    let made = admin
        .post("/admin/people/password-link", &[("id", reader.as_str())])
        .await;
    assert!(made.body.contains("Send this link to reader@example.org"));
    let link = made.body.split("<code>").nth(1).unwrap().split('<').next().unwrap();
    let path = link.strip_prefix("http://127.0.0.1:3000").unwrap();
    assert!(
        !admin.get("/admin/people").await.body.contains(path),
        "the link is shown again"
    );

    let mut browser = world.site.stranger();
    let page = browser.get(path).await;
    assert_eq!(page.status.as_u16(), 200);
    assert!(page.body.contains("Choose a new password") && !page.body.contains("Your name"));
    let weak = browser.post(path, &[("password", "short")]).await;
    assert_eq!(weak.status.as_u16(), 422);
    assert!(weak.body.contains("Use at least 12 characters."));
    assert_eq!(elsewhere.get("/").await.status.as_u16(), 200);

    let set = browser.post(path, &[("password", "another four words here")]).await;
    assert_eq!((set.status.as_u16(), set.location()), (303, "/"));
    assert_eq!(browser.get("/").await.status.as_u16(), 200);
    assert_eq!(
        elsewhere.get("/").await.status.as_u16(),
        303,
        "a session outlives the password"
    );
    let mut again = world.site.stranger();
    assert_eq!(again.sign_in("reader@example.org", PASSWORD).await.status.as_u16(), 422);
    let new = again.sign_in("reader@example.org", "another four words here").await;
    assert_eq!(new.status.as_u16(), 303);

    for reply in [
        again.get(path).await,
        again.post(path, &[("password", "four more words again")]).await,
    ] {
        assert_eq!(reply.status.as_u16(), 404);
        assert!(
            reply.body.contains("This link has been used or has run out."),
            "{}",
            reply.body
        );
        assert!(reply.body.contains("href=\"/sign-in\""), "{}", reply.body);
    }
}

#[tokio::test]
async fn cookies_are_out_of_reach_for_scripts_and_other_sites_and_secure_over_https() {
    for (origin, name, secure) in [
        ("http://127.0.0.1:3000", "session=", false),
        ("https://fidelity.example.org", "__Host-session=", true),
    ] {
        let site = site_with_somebody(origin).await;
        let mut browser = site.stranger();
        let cookie = browser
            .sign_in(SOMEBODY, PASSWORD)
            .await
            .header("set-cookie")
            .to_owned();
        assert!(cookie.starts_with(name), "{cookie}");
        for part in ["; HttpOnly", "; SameSite=Lax", "; Path=/"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        assert_eq!(cookie.contains("; Secure"), secure, "{cookie}");
        assert!(!cookie.contains("Domain"), "{cookie}");
        assert_eq!(browser.get("/").await.status.as_u16(), 200);
    }
}

#[tokio::test]
async fn signing_in_leads_on_to_a_page_of_ours_only() {
    let site = site_with_somebody("http://127.0.0.1:3000").await;
    for (next, location) in [
        ("/frameworks/2026.1?a=b", "/frameworks/2026.1?a=b"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/\t/evil.example/", "/"),
        ("/\u{1}", "/"),
        ("/\0", "/"),
    ] {
        let mut browser = site.stranger();
        let fields = [("email", SOMEBODY), ("password", PASSWORD), ("next", next)];
        assert_eq!(browser.post("/sign-in", &fields).await.location(), location, "{next}");
        let there = browser
            .get(&format!("/sign-in?{}", crate::site::encoded(&[("next", next)])))
            .await;
        assert_eq!(there.location(), location, "{next}, signed in already");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_after_the_session_ended_is_kept_and_saved_after_signing_in() {
    const PAGE: &str = "/practices/north-vale/2026/elements/small-caseloads";
    const TEXT: &str = "Eight women at most, “since March” & <b>always</b>";
    let world = World::new().await;
    let mut browser = world.site.stranger();
    let written = [
        ("caseload-ceiling.revision", "0"),
        ("caseload-ceiling.rating", "4"),
        ("caseload-ceiling.comment", TEXT),
    ];
    let asked = browser.post(PAGE, &written).await;
    assert_eq!(asked.status.as_u16(), 401);
    assert!(asked.body.contains("What you had written is kept on this page"));

    let mut fields = hidden(&asked);
    fields.push(("email".into(), "lead@example.org".into()));
    fields.push(("password".into(), PASSWORD.into()));
    let kept = post(&mut browser, "/sign-in", &fields).await;
    assert_eq!(kept.status.as_u16(), 200);
    assert!(kept.body.contains(&format!("action=\"{PAGE}\"")), "{}", kept.body);

    let saved = post(&mut browser, PAGE, &hidden(&kept)).await;
    assert_eq!(saved.status.as_u16(), 303);
    let page = browser.get(PAGE).await;
    assert!(
        page.body
            .contains("Eight women at most, “since March” &amp; &lt;b>always&lt;/b>"),
        "the text is lost: {}",
        page.body
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_island_without_a_session_is_told_so_in_json() {
    let world = World::new().await;
    let mut browser = world.browser(Persona::SignedOut).await;
    browser.headers.push(("accept", "application/json".into()));
    let reply = browser
        .post("/practices/north-vale/2026/elements/small-caseloads", &[("a", "b")])
        .await;
    assert_eq!(
        (reply.status.as_u16(), reply.body.as_str()),
        (401, r#"{"state":"signed_out"}"#)
    );
}

async fn post(browser: &mut Browser, path: &str, fields: &[(String, String)]) -> Reply {
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    browser.post(path, &fields).await
}

/// Returns the hidden fields of a page.
fn hidden(page: &Reply) -> Vec<(String, String)> {
    let inputs = page
        .body
        .split("<input ")
        .skip(1)
        .filter_map(|rest| rest.split('>').next());
    let hidden = inputs.filter(|input| input.contains("type=\"hidden\""));
    hidden
        .map(|input| (attribute(input, "name"), attribute(input, "value")))
        .collect()
}

fn attribute(tag: &str, name: &str) -> String {
    let text = tag
        .split(&format!("{name}=\""))
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap_or_default();
    text.replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}
