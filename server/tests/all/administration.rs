//! Closing and renaming on pages: what it means is shown first, success is told, and it can be undone.

use crate::{
    site::Browser,
    world::{Persona, World},
};

async fn follow(browser: &mut Browser, path: &str, form: &[(&str, &str)]) -> String {
    let reply = browser.post(path, form).await;
    assert_eq!(reply.status.as_u16(), 303, "{path}: {}", reply.body);
    let to = reply.location().to_owned();
    browser.get(&to).await.body
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cycle_is_closed_after_its_consequences_were_shown_and_reopened() {
    let world = World::new().await;
    let mut admin = world.browser(Persona::Administrator).await;
    let list = admin.get("/admin/cycles").await.body;
    assert!(
        list.contains("href=\"/admin/cycles/close?cycle=2026\"") && !list.contains("action=\"/admin/cycles/close\"")
    );
    let asked = admin.get("/admin/cycles/close?cycle=2026").await.body;
    for words in ["Draft (1): north vale", "south bay", "Close the 2026 cycle", "Cancel"] {
        assert!(asked.contains(words), "{words}: {asked}");
    }
    let form = [("cycle", "2026")];
    let closed = follow(&mut admin, "/admin/cycles/close", &form).await;
    assert!(closed.contains("The 2026 cycle is closed.") && closed.contains("action=\"/admin/cycles/reopen\""));
    assert!(
        !admin
            .get("/admin/cycles?closed=2025")
            .await
            .body
            .contains("The 2025 cycle is closed"),
        "only what is so"
    );
    let open = follow(&mut admin, "/admin/cycles/reopen", &form).await;
    assert!(open.contains("The 2026 cycle is open."));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_and_a_sole_lead_s_role_are_closed_after_a_question_and_given_back() {
    let world = World::new().await;
    let mut admin = world.browser(Persona::Administrator).await;
    let lead = world.id(Persona::Lead).0.to_string();
    let asked = admin.get(&format!("/admin/people/close?id={lead}")).await.body;
    assert!(
        asked.contains("These Practices will have no lead") && asked.contains("<li>north vale</li>"),
        "{asked}"
    );
    let closed = follow(
        &mut admin,
        "/admin/people/disable",
        &[("id", &lead), ("disabled", "yes")],
    )
    .await;
    assert!(closed.contains("is closed.") && closed.contains("Reopen account"));
    let open = follow(
        &mut admin,
        "/admin/people/disable",
        &[("id", &lead), ("disabled", "no")],
    )
    .await;
    assert!(open.contains("is open again, with the roles it had"));

    let role = [("id", lead.as_str()), ("practice", "north-vale")];
    let asked = admin
        .get(&format!("/admin/people/end-role?id={lead}&practice=north-vale"))
        .await
        .body;
    assert!(asked.contains("north vale will have no lead") && asked.contains("Cancel"));
    let ended = follow(&mut admin, "/admin/people/end-role", &role).await;
    assert!(ended.contains("has ended.") && ended.contains("Give role back"));
    let given = follow(&mut admin, "/admin/people/restore-role", &role).await;
    assert!(given.contains("is Practice lead of north vale again."));
    let mut again = world.browser(Persona::Lead).await;
    assert_eq!(again.get("/practices/north-vale/2026").await.status.as_u16(), 200);
    let reader = world.id(Persona::Reader).0;
    let asked = admin
        .get(&format!("/admin/people/end-role?id={reader}&practice=north-vale"))
        .await
        .body;
    assert!(!asked.contains("no lead"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_invited_to_a_role_that_was_not_chosen_and_roles_can_be_lowered() {
    let world = World::new().await;
    let mut admin = world.browser(Persona::Administrator).await;
    let page = admin.get("/admin/people").await.body;
    let (_, select) = page.split_once("name=\"role\"").unwrap();
    assert!(
        select
            .trim_start_matches(|c| c != '>')
            .starts_with("><option value=\"\" selected>Choose a role</option>"),
        "{select}"
    );
    let reply = admin
        .post(
            "/admin/people/invite",
            &[("email", "new@example.org"), ("role", ""), ("practice", "")],
        )
        .await;
    assert_eq!(reply.status.as_u16(), 422);

    let (reviewer, own) = (
        world.id(Persona::Reviewer).0.to_string(),
        world.id(Persona::Administrator).0.to_string(),
    );
    let last = admin
        .post("/admin/people/role", &[("id", &own), ("role", "none")])
        .await;
    assert!(last.status == 422 && last.body.contains("This is the last administrator"));
    for (role, sees) in [("administrator", 200), ("reviewer", 404)] {
        let saved = follow(&mut admin, "/admin/people/role", &[("id", &reviewer), ("role", role)]).await;
        assert!(saved.contains("at National Pause is saved."));
        assert_eq!(
            world
                .browser(Persona::Reviewer)
                .await
                .get("/admin")
                .await
                .status
                .as_u16(),
            sees,
            "{role}"
        );
    }
    follow(&mut admin, "/admin/people/role", &[("id", &reviewer), ("role", "none")]).await;
    assert_eq!(
        world
            .browser(Persona::Reviewer)
            .await
            .get("/queue")
            .await
            .status
            .as_u16(),
        404
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_practice_is_renamed_closed_and_opened_again() {
    let world = World::new().await;
    let mut admin = world.browser(Persona::Administrator).await;
    let here = "/admin/practices/north-vale";
    let taken = admin.post(here, &[("name", "SOUTH  BAY"), ("region", "")]).await;
    assert!(
        taken.status == 422
            && taken
                .body
                .contains("There is a Practice with this name already: south bay (south-bay)")
    );
    let saved = follow(&mut admin, here, &[("name", "Cwm Vale"), ("region", "")]).await;
    assert!(saved.contains("Cwm Vale: your changes are saved."));
    let report = "/practices/north-vale/2024/report";
    let mut lead = world.browser(Persona::Lead).await;
    assert!(lead.get(report).await.body.contains("Cwm Vale"));

    let asked = admin.get(&format!("{here}/close")).await.body;
    assert!(
        asked.contains("2026: Draft") && asked.contains("can read finished assessments and change nothing"),
        "{asked}"
    );
    let future = [("on-day", "1"), ("on-month", "1"), ("on-year", "2199")];
    assert_eq!(admin.post(&format!("{here}/close"), &future).await.status.as_u16(), 422);
    let day = [("on-day", "31"), ("on-month", "3"), ("on-year", "2026")];
    let closed = follow(&mut admin, &format!("{here}/close"), &day).await;
    assert!(closed.contains("Cwm Vale is closed from 31 March 2026.") && closed.contains("Reopen the Practice"));
    let page = lead.get("/practices/north-vale").await.body;
    assert!(
        page.contains("This Practice closed on 31 March 2026.") && !page.contains("Start the"),
        "{page}"
    );
    assert_eq!(lead.get(report).await.status.as_u16(), 200);
    assert_eq!(lead.get("/practices/north-vale/2026").await.status.as_u16(), 404);
    assert!(
        admin.get("/reports/2024").await.body.contains("Cwm Vale"),
        "old figures keep it"
    );
    follow(&mut admin, &format!("{here}/reopen"), &[]).await;
    assert_eq!(lead.get("/practices/north-vale/2026").await.status.as_u16(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn regions_are_chosen_from_a_list_that_administrators_keep() {
    let world = World::new().await;
    let mut admin = world.browser(Persona::Administrator).await;
    follow(&mut admin, "/admin/regions", &[("name", "Isles")]).await;
    assert_eq!(
        admin
            .post("/admin/regions", &[("name", " ISLES ")])
            .await
            .status
            .as_u16(),
        422
    );
    let form = [("name", "North Vale"), ("region", "Isles")];
    follow(&mut admin, "/admin/practices/north-vale", &form).await;
    let renamed = follow(
        &mut admin,
        "/admin/regions/rename",
        &[("region", "Isles"), ("new-name", "Islands")],
    )
    .await;
    assert!(renamed.contains("Islands: 1 Practice"), "{renamed}");
    assert!(admin.get("/practices/north-vale").await.body.contains("Islands"));
}
