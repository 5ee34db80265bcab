//! What every answer tells the browser, and what no page may hold.

use crate::{
    site::Site,
    world::{Persona, World},
};

const ALWAYS: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

#[tokio::test]
async fn every_answer_is_hardened_whatever_its_status() {
    let site = Site::new().await;
    let mut browser = site.stranger();
    for path in [
        "/",
        "/sign-in",
        "/no-such-page",
        "/healthz",
        "/pkg/0/no-such.css",
        "/account/password",
    ] {
        let reply = browser.get(path).await;
        for (name, value) in ALWAYS {
            assert_eq!(reply.header(name), value, "{name} of {path}");
        }
        assert!(reply.header("permissions-policy").contains("geolocation=()"), "{path}");
        let policy = reply.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert!(
            !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
            "{path}: {policy}"
        );
        assert_eq!(reply.header("cache-control"), "no-store", "{path}");
        assert_eq!(reply.header("strict-transport-security"), "", "{path}");
        assert!(!reply.header("x-request-id").is_empty(), "{path}");
        assert_eq!(reply.header("server"), "", "{path}");
    }
}

#[tokio::test]
async fn https_is_asked_for_only_where_people_come_by_https() {
    let site = Site::at("https://fidelity.example.org").await;
    assert_eq!(
        site.stranger()
            .get("/sign-in")
            .await
            .header("strict-transport-security"),
        "max-age=31536000"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_has_inline_style_or_handlers_and_scripts_carry_the_nonce_of_the_policy() {
    let world = World::new().await;
    let visits = [
        (Persona::SignedOut, "/sign-in"),
        (Persona::Lead, "/"),
        (Persona::Lead, "/practices/north-vale"),
        (Persona::Lead, "/practices/north-vale/2026"),
        (Persona::Lead, "/practices/north-vale/2026/elements/small-caseloads"),
        (Persona::Lead, "/practices/north-vale/2026/check"),
        (Persona::Lead, "/practices/north-vale/2024/report"),
        (Persona::Lead, "/practices/north-vale/evidence"),
        (Persona::Lead, "/practices/north-vale/evidence/add/file"),
        (Persona::Lead, "/practices/north-vale/2026/evidence/caseload-ceiling"),
        (Persona::Reviewer, "/queue"),
        (Persona::Reviewer, "/practices/north-vale/2025/review/small-caseloads"),
        (Persona::Reviewer, "/practices/north-vale/2025/moderation"),
        (Persona::Reviewer, "/reports/2024"),
        (Persona::Reviewer, "/frameworks/2026.1/changes"),
        (Persona::Administrator, "/admin/people"),
        (Persona::Administrator, "/admin/cycles"),
    ];
    let mut with_islands = 0;
    for (persona, path) in visits {
        let reply = world.browser(persona).await.get(path).await;
        assert_eq!(reply.status.as_u16(), 200, "{path}");
        assert!(reply.header("content-type").starts_with("text/html"), "{path}");
        with_islands += usize::from(reply.body.contains("<script"));
        let nonce = nonce(reply.header("content-security-policy")).to_owned();
        assert_eq!(faults(&reply.body, &nonce), Vec::<String>::new(), "{path}");
    }
    assert!(with_islands > 0, "no page loads the browser's part");
}

#[tokio::test]
async fn each_page_has_a_nonce_of_its_own() {
    let site = Site::new().await;
    let mut browser = site.stranger();
    let one = browser.get("/sign-in").await;
    let other = browser.get("/sign-in").await;
    let [one, other] = [&one, &other].map(|reply| nonce(reply.header("content-security-policy")).to_owned());
    assert!(one.len() >= 16 && one != other, "{one} {other}");
}

#[tokio::test]
async fn pages_are_compressed_for_browsers_that_can_read_it() {
    let site = Site::new().await;
    for (accepted, encoding) in [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("identity", "")] {
        let mut browser = site.stranger();
        browser.headers.push(("accept-encoding", accepted.into()));
        assert_eq!(browser.get("/sign-in").await.header("content-encoding"), encoding);
    }
}

fn nonce(policy: &str) -> &str {
    policy
        .split("'nonce-")
        .nth(1)
        .and_then(|rest| rest.split('\'').next())
        .unwrap_or_default()
}

/// Returns what the policy would stop, or should.
fn faults(html: &str, nonce: &str) -> Vec<String> {
    let mut faults = vec![];
    for tag in html.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
        let name = tag.split_whitespace().next().unwrap_or_default();
        let handler = tag.split_whitespace().any(|part| {
            part.split_once('=').is_some_and(|(name, _)| {
                name.strip_prefix("on")
                    .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_lowercase()))
            })
        });
        if name == "style" || tag.contains(" style=") || handler || tag.contains("javascript:") {
            faults.push(tag.to_owned());
        }
        if name == "script" && (nonce.is_empty() || !tag.contains(&format!("nonce=\"{nonce}\""))) {
            faults.push(tag.to_owned());
        }
    }
    faults
}
