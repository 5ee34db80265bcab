//! What people write stays text wherever it is shown.

use crate::{
    site::{Site, encoded},
    world::{Persona, World},
};

/// Would run if any page took it for HTML, in an element, an attribute or a field.
const HOSTILE: &str = "\"'></textarea></title></script><script>alert(1)</script><img src=x onerror=alert(1)>";

fn harmless(page: &str, path: &str) {
    assert!(
        !page.contains("<script>alert") && !page.contains("<img src=x"),
        "{path}: {page}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_reviews_and_agreements_are_shown_as_text() {
    let world = World::new().await;
    let element = "/practices/north-vale/2026/elements/small-caseloads";
    let mut lead = world.browser(Persona::Lead).await;
    let mut fields = vec![("caseload-ceiling.revision", "0"), ("caseload-ceiling.rating", "2")];
    fields.extend(["evidence", "comment", "adaptation"].map(|field| match field {
        "evidence" => ("caseload-ceiling.evidence", HOSTILE),
        "comment" => ("caseload-ceiling.comment", HOSTILE),
        _ => ("caseload-ceiling.adaptation", HOSTILE),
    }));
    assert_eq!(lead.post(element, &fields).await.status.as_u16(), 303);
    let mut reviewer = world.browser(Persona::Reviewer).await;
    let review = [
        ("caseload-ceiling.revision", "0"),
        ("caseload-ceiling.rating", "3"),
        ("caseload-ceiling.comment", HOSTILE),
        ("caseload-ceiling.question", HOSTILE),
    ];
    let sheet = "/practices/north-vale/2025/review/small-caseloads";
    assert_eq!(reviewer.post(sheet, &review).await.status.as_u16(), 303);

    let mut seen = 0;
    for path in ["", "/check", "/history", "/report", "/elements/small-caseloads"]
        .map(|page| format!("/practices/north-vale/2026{page}"))
    {
        let reply = lead.get(&path).await;
        assert_eq!(reply.status.as_u16(), 200, "{path}");
        seen += usize::from(reply.body.contains("alert(1)"));
        harmless(&reply.body, &path);
    }
    for path in [
        sheet,
        "/practices/north-vale/2025/moderation",
        "/practices/north-vale/2025/review",
        "/practices/north-vale/2025/report",
    ] {
        let reply = reviewer.get(path).await;
        assert_eq!(reply.status.as_u16(), 200, "{path}");
        seen += usize::from(reply.body.contains("alert(1)"));
        harmless(&reply.body, path);
    }
    assert!(seen >= 3, "the text is shown on {seen} pages only");
}

#[tokio::test]
async fn names_addresses_and_what_a_form_held_are_shown_as_text() {
    let site = Site::new().await;
    let person = site.person("somebody@example.org", &[("administrator", None)]).await;
    let mut browser = site.browser_of(person).await;
    let practice = [("name", HOSTILE), ("slug", "hostile"), ("region", HOSTILE)];
    browser.post("/admin/practices", &practice).await;
    let again = browser.post("/admin/practices", &practice).await;
    assert_eq!(again.status.as_u16(), 422);
    harmless(&again.body, "/admin/practices");
    for path in ["/admin/practices", "/admin/people", "/practices", "/practices/hostile"] {
        harmless(&browser.get(path).await.body, path);
    }
    let mut stranger = site.stranger();
    let next = format!(
        "/sign-in?{}",
        encoded(&[("next", HOSTILE), ("email", HOSTILE), ("held", HOSTILE)])
    );
    harmless(&stranger.get(&next).await.body, &next);
    let held = stranger
        .post("/account/password", &[("a", HOSTILE), (HOSTILE, "b")])
        .await;
    harmless(&held.body, "/account/password");
    let wrong = stranger
        .post("/sign-in", &[("email", HOSTILE), ("next", HOSTILE), ("held", HOSTILE)])
        .await;
    harmless(&wrong.body, "/sign-in");
}
