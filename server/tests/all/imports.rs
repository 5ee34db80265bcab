//! Earlier years by the page: upload, dry run, confirmation, taking back.

use crate::{
    evidence::{multipart, send},
    site::{Browser, Reply},
    world::{Persona, World},
};

const PAGE: &str = "/admin/imports";

const FILE: &str = "practice,cycle,version,criterion,self_rating,comment\n\
    East Marsh,2029,2025.1,data-returns,4,\"Two\nlines\"\n\
    East Marsh,2029,2025.1,direct-requests,4,Ms Smith came\n";

async fn upload(browser: &mut Browser, name: &str, bytes: &str) -> Reply {
    send(browser, PAGE, multipart(&[], Some((name, bytes.as_bytes()))).into()).await
}

/// Returns the token under which the file is held.
fn held(reply: &Reply) -> String {
    let (_, after) = reply.body.split_once("name=\"held\" value=\"").expect(&reply.body);
    after.split_once('"').unwrap().0.to_owned()
}

async fn confirm(browser: &mut Browser, token: &str, ticked: &[&str]) -> Reply {
    let ticks = ticked.iter().map(|name| (*name, "yes"));
    let form: Vec<_> = [("held", token)].into_iter().chain(ticks).collect();
    browser.post("/admin/imports/confirm", &form).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_tried_confirmed_and_taken_back() {
    let world = World::new().await;
    let mut admin = world.browser(Persona::Administrator).await;
    let tried = upload(&mut admin, "years.csv", FILE).await;
    assert_eq!(tried.status.as_u16(), 200, "{}", tried.body);
    for words in [
        "1 assessment would be added",
        "New Practices: East Marsh.",
        "New, 2 of 53 criteria",
        "51 of 53 criteria are missing",
        "caseload-ceiling",
        "<mark>Ms Smith</mark>",
        "line 4 (row 3 in Excel), comment",
    ] {
        assert!(tried.body.contains(words), "{words}: {}", tried.body);
    }
    // both have to be confirmed, and the file is held meanwhile
    let refused = confirm(&mut admin, &held(&tried), &["allow.incomplete"]).await;
    assert_eq!(refused.status.as_u16(), 422);
    assert!(
        refused.body.contains("Confirm that the marked words identify nobody"),
        "{}",
        refused.body
    );
    assert!(!admin.get("/practices").await.body.contains("East Marsh"));
    // it is whose it is
    let mut other = world.browser(Persona::Lead).await;
    assert_eq!(
        confirm(&mut other, &held(&refused), &["allow.incomplete", "allow.detail"])
            .await
            .status
            .as_u16(),
        404
    );
    let done = confirm(&mut admin, &held(&refused), &["allow.incomplete", "allow.detail"]).await;
    assert_eq!(done.status.as_u16(), 303, "{}", done.body);
    let listed = admin.get(done.location()).await;
    for words in [
        "years.csv is imported: 1 assessment added",
        "east-marsh 2029: 2 of 53 criteria",
        "SHA-256",
    ] {
        assert!(listed.body.contains(words), "{words}: {}", listed.body);
    }
    assert_eq!(
        confirm(&mut admin, &held(&refused), &[]).await.status.as_u16(),
        422,
        "it is held no longer"
    );
    // what is here already is asked about no more
    let again = upload(&mut admin, "years.csv", FILE).await;
    assert!(
        again.body.contains("1 already here") && !again.body.contains("<mark>"),
        "{}",
        again.body
    );

    let id = done.location().rsplit('=').next().unwrap().to_owned();
    let back = format!("{PAGE}/{id}/take-back");
    assert!(admin.get(&back).await.body.contains("east-marsh 2029"));
    for persona in [Persona::Reviewer, Persona::Lead, Persona::Reader] {
        let mut other = world.browser(persona).await;
        assert_eq!(other.get(&back).await.status.as_u16(), 404, "{persona:?}");
        assert_eq!(
            other.post(&back, &[("why", "x")]).await.status.as_u16(),
            404,
            "{persona:?}"
        );
    }
    assert_eq!(admin.post(&back, &[("why", "\u{200b}")]).await.status.as_u16(), 422);
    let taken = admin.post(&back, &[("why", "The wrong year")]).await;
    assert_eq!(taken.status.as_u16(), 303, "{}", taken.body);
    let listed = admin.get(taken.location()).await;
    assert!(
        listed.body.contains("years.csv is taken back") && listed.body.contains("Reason: The wrong year"),
        "{}",
        listed.body
    );
    assert!(!admin.get("/practices").await.body.contains("East Marsh"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_something_was_built_on_is_not_taken_back_and_the_page_says_why() {
    let world = World::new().await;
    let mut admin = world.browser(Persona::Administrator).await;
    let tried = upload(
        &mut admin,
        "years.csv",
        &FILE.replace("2029", "2023").replace("East Marsh", "north-vale"),
    )
    .await;
    let done = confirm(&mut admin, &held(&tried), &["allow.incomplete", "allow.detail"]).await;
    let id = done.location().rsplit('=').next().unwrap().to_owned();
    let refused = admin.post(&format!("{PAGE}/{id}/take-back"), &[("why", "Wrong")]).await;
    assert_eq!(refused.status.as_u16(), 422);
    let compared = "north-vale 2023: a later assessment that was settled or finalised is compared with it.";
    assert!(refused.body.contains(compared), "{}", refused.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_told_row_by_row() {
    let world = World::new().await;
    let mut admin = world.browser(Persona::Administrator).await;
    for (name, content, told) in [
        (
            "a.csv",
            FILE.replace("direct-requests,4", "direct-requests,9"),
            "line 4 (row 3 in Excel), self_rating: “9” is not a rating",
        ),
        ("a.json", "{}".to_owned(), "This is not a JSON export of assessments"),
        (
            "a.csv",
            FILE.replace("2029", "2024").replace("East Marsh", "north-vale"),
            "there is a finalised assessment that says something else",
        ),
        ("a.csv", " ".to_owned(), "There is nothing but blanks in the file"),
    ] {
        let reply = upload(&mut admin, name, &content).await;
        assert_eq!(reply.status.as_u16(), 422, "{name}: {told}");
        assert!(reply.body.contains(told), "{told}: {}", reply.body);
        assert!(reply.body.contains("There is a problem"));
    }
    let none = send(&mut admin, PAGE, multipart(&[], None).into()).await;
    assert!(none.body.contains("Choose a CSV or JSON file."), "{}", none.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_has_every_criterion_and_comes_in_once_it_is_filled() {
    let world = World::new().await;
    let mut admin = world.browser(Persona::Administrator).await;
    let template = admin.get("/admin/imports/template/2026.1").await;
    assert!(
        template
            .header("content-disposition")
            .contains("earlier-years-2026.1.csv")
    );
    assert_eq!(template.body.lines().count(), 59);
    let names = template
        .body
        .lines()
        .next()
        .unwrap()
        .trim_start_matches('\u{feff}')
        .split(',')
        .collect::<Vec<_>>();
    let filled = template.body.lines().skip(1).map(|line| {
        let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        for (name, value) in [("practice", "East Marsh"), ("cycle", "2022"), ("self_rating", "4")] {
            cells[names.iter().position(|n| *n == name).unwrap()] = value.to_owned();
        }
        cells.join(",")
    });
    let file = [names.join(",")]
        .into_iter()
        .chain(filled)
        .collect::<Vec<_>>()
        .join("\n");
    let tried = upload(&mut admin, "filled.csv", &file).await;
    assert!(tried.body.contains("New, complete"), "{}", tried.body);
    assert_eq!(confirm(&mut admin, &held(&tried), &[]).await.status.as_u16(), 303);
}
