//! A form sent twice, as a double click does, and what every page with a mistake in its form says first.

use crate::world::{Persona, World};

/// Returns the key in the hidden field of a page's form.
fn key(page: &str) -> &str {
    let field = "name=\"form\" value=\"";
    let from = page.find(field).unwrap_or_else(|| panic!("{page}")) + field.len();
    page[from..].split('"').next().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_action_sent_twice_leads_twice_to_the_one_action() {
    let world = World::new().await;
    let new = "/practices/north-vale/plan/new";
    let mut lead = world.browser(Persona::Lead).await;
    let mut again = world.browser(Persona::Lead).await;
    let page = lead.get(new).await.body;
    let form = |what| {
        [
            ("form", key(&page)),
            ("cycle", "2024"),
            ("criterion", "caseload-ceiling"),
            ("what", what),
            ("owner", "Practice lead"),
            ("by-day", "27"),
            ("by-month", "3"),
            ("by-year", "2097"),
            ("support", ""),
        ]
    };
    let (one, two) = (form("Meet every month."), form("Meet every month."));
    let (one, two) = tokio::join!(lead.post(new, &one), again.post(new, &two));
    assert_eq!((one.status.as_u16(), two.status.as_u16()), (303, 303), "{}", one.body);
    assert_eq!(one.location(), two.location());
    let third = lead.post(new, &form("Meet every month.")).await;
    assert_eq!(third.location(), one.location());
    // whoever goes back and writes something else loses nothing
    let other = lead.post(new, &form("Meet every week.")).await;
    assert_ne!(other.location(), one.location());
    let plan = lead.get("/practices/north-vale/plan").await.body;
    let times = |what| plan.matches(what).count();
    assert!(times("Meet every week.") > 0, "{plan}");
    assert_eq!(times("Meet every month."), times("Meet every week."), "{plan}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_form_that_makes_something_has_a_key_of_its_own() {
    let world = World::new().await;
    for (persona, path) in [
        (Persona::Lead, "/practices/north-vale/plan/new"),
        (Persona::Lead, "/practices/north-vale/evidence/add/note"),
        (Persona::Lead, "/practices/north-vale/evidence/add/link"),
        (Persona::Lead, "/practices/north-vale/evidence/add/file"),
        (Persona::Lead, "/practices/north-vale/adaptations/new"),
        (Persona::Reviewer, "/practices/north-vale/plan/support"),
        (Persona::Reviewer, "/practices/north-vale/2025/clarifications"),
    ] {
        let mut browser = world.browser(persona).await;
        let (one, two) = (browser.get(path).await.body, browser.get(path).await.body);
        assert_ne!(key(&one), key(&two), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_with_a_mistake_in_its_form_says_so_in_its_title_and_takes_the_focus_there() {
    let world = World::new().await;
    let mut stranger = world.site.stranger();
    let wrong = stranger.sign_in("nobody@example.org", "wrong").await.body;
    let mut lead = world.browser(Persona::Lead).await;
    let empty = lead.post("/practices/north-vale/plan/new", &[]).await.body;
    let adaptation = lead.post("/practices/north-vale/adaptations/new", &[]).await.body;
    for page in [&wrong, &empty, &adaptation] {
        assert_eq!(page.matches("<title>Error: ").count(), 1, "{page}");
        let summary = page.split("class=\"govuk-error-summary\"").last().unwrap();
        let summary = summary.split('>').next().unwrap();
        let tag = page
            .split("govuk-error-summary\"")
            .next()
            .unwrap()
            .rsplit('<')
            .next()
            .unwrap();
        assert!(format!("{tag}{summary}").contains("autofocus"), "{tag}{summary}");
    }
    for page in [
        stranger.get("/sign-in").await.body,
        lead.get("/practices/north-vale/plan/new").await.body,
    ] {
        assert!(page.contains("<title>") && !page.contains("<title>Error: "), "{page}");
    }
}
