//! Reports that are kept: made in the background, and the same for ever.

use crate::{
    site::{Browser, Site, now, slug},
    world::{Persona, World, cycle, version},
};
use app::results::ReportWorker;
use files::Files;
use framework::{
    actor::Actor,
    assessment::{Answer, Response, Review},
    lifecycle::Operation,
    prose::Prose,
    rating::Rating,
};
use report::output::Format;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use store::Change;

const KEEP: &str = "/practices/north-vale/2024/report/keep";
const LIVE: &str = "/practices/north-vale/2024/report/report.json";
/// Sent as text, so that a test's browser holds the very bytes.
const TEXTS: [Format; 3] = [Format::Html, Format::Csv, Format::Json];

/// Makes what waits; how many.
async fn make(site: &Site) -> usize {
    let keeper = ReportWorker::new(site.state.store.clone(), site.state.files.clone());
    let mut made = 0;
    while keeper.round(now).await.unwrap() {
        made += 1;
    }
    made
}

/// Returns the address of a report that is asked for.
async fn ask(browser: &mut Browser, edition: &[(&str, &str)]) -> String {
    let reply = browser.post(KEEP, edition).await;
    assert_eq!(reply.status.as_u16(), 303, "{}", reply.body);
    reply.location().to_owned()
}

/// Every file of an archived report, fetched through its page, by how it ends.
async fn fetch(browser: &mut Browser, page: &str) -> BTreeMap<&'static str, String> {
    let mut files = BTreeMap::new();
    for format in Format::ALL {
        let end = format.extension();
        let file = browser.get(&format!("{page}/report.{end}")).await;
        assert_eq!(file.status.as_u16(), 200, "{end}");
        files.insert(end, file.body);
    }
    files
}

/// North Vale's 2024 is taken up again, filled with other ratings, and finalised anew.
async fn finalise_anew(world: &World) {
    let store = &world.site.state.store;
    let (north, year) = (slug("north-vale"), cycle("2024"));
    let [admin, lead, reviewer] = [Persona::Administrator, Persona::Lead, Persona::Reviewer].map(|who| world.id(who));
    let (admin, lead, reviewer) = (
        world.site.actor(admin).await,
        world.site.actor(lead).await,
        world.site.actor(reviewer).await,
    );
    let reason = Prose::read("A mistake").unwrap().unwrap();
    store.reopen(&admin, &north, &year, reason, now()).await.unwrap();
    let rating = Rating::new(4);
    let answer = Answer {
        response: rating.map(Response::Rated),
        ..Answer::default()
    };
    let review = Review {
        rating,
        ..Review::default()
    };
    store
        .save_answers(&lead, &north, &year, all(world, 1, answer), now())
        .await
        .unwrap();
    let step = async |who: &Actor, action| store.transition(who, &north, &year, action, None, now()).await.unwrap();
    step(&lead, Operation::Submit).await;
    step(&reviewer, Operation::BeginReview).await;
    store
        .save_reviews(&reviewer, &north, &year, all(world, 0, review), now())
        .await
        .unwrap();
    step(&reviewer, Operation::Moderate).await;
    step(&admin, Operation::Finalise).await;
}

fn all<T: framework::wording::Worded>(world: &World, revision: i32, value: T) -> Vec<Change<T>> {
    let library = world.site.state.store.library();
    let criteria = &library.version(&version("2025.1")).unwrap().criteria;
    let change = |id: &framework::ids::CriterionId| Change::whole(id.clone(), revision, value.clone());
    criteria.iter().map(|criterion| change(&criterion.id)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_made_once_and_comes_again_the_same_after_the_assessment_was_finalised_anew() {
    let world = World::new().await;
    let mut lead = world.browser(Persona::Lead).await;
    let first = ask(&mut lead, &[]).await;
    assert_eq!(ask(&mut lead, &[]).await, first, "the same is on the way already");
    let page = lead.get(&first).await.body;
    assert!(
        page.contains("It waits for its turn.") && page.contains("<leptos-island"),
        "{page}"
    );
    assert_eq!(lead.get(&format!("{first}/report.json")).await.status.as_u16(), 404);
    assert_eq!(make(&world.site).await, 1);

    let page = lead.get(&first).await.body;
    assert!(!page.contains("<leptos-island"), "there is nothing left to wait for");
    let files = fetch(&mut lead, &first).await;
    let live = lead.get(LIVE).await.body;
    assert_eq!(files["json"], live);
    for format in TEXTS {
        let end = format.extension();
        let hash: String = Sha256::digest(&files[end])
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert!(page.contains(&hash), "{end}");
        let head = lead.get(&format!("{first}/report.{end}")).await;
        let disposition = head.header("content-disposition");
        assert!(
            disposition.starts_with("attachment; filename=\"north-vale-2024-edition-1-kept-2"),
            "{disposition}"
        );
        for (header, value) in [
            ("etag", format!("\"{hash}\"")),
            ("content-type", format.media_type().to_owned()),
            ("cache-control", "no-store".to_owned()),
            ("x-content-type-options", "nosniff".to_owned()),
        ] {
            assert_eq!(head.header(header), value, "{header} of {end}");
        }
        assert!(head.header("content-security-policy").starts_with("default-src 'none'"));
    }

    finalise_anew(&world).await;
    assert_ne!(lead.get(LIVE).await.body, live, "the live report is another one");
    assert!(fetch(&mut lead, &first).await == files, "the kept one is the same");
    let (second, again) = (ask(&mut lead, &[]).await, ask(&mut lead, &[("edition", "1")]).await);
    assert_eq!(make(&world.site).await, 2);
    assert!(lead.get(&second).await.body.contains("edition 2"));
    assert_ne!(fetch(&mut lead, &second).await["json"], files["json"]);
    assert!(
        fetch(&mut lead, &again).await == files,
        "an old edition is made the same, byte for byte"
    );
    let list = lead.get("/practices/north-vale/2024/report").await.body;
    // with the one that the world has
    assert!(list.contains("Archived reports: 4"), "{list}");
    for kept in [first, second, again] {
        assert!(list.contains(&format!("{kept}/report.pdf")), "{kept}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_national_report_is_kept_while_some_are_unfinished() {
    let world = World::new().await;
    let mut reviewer = world.browser(Persona::Reviewer).await;
    let kept = reviewer.post("/reports/2025/keep", &[]).await.location().to_owned();
    assert_eq!(make(&world.site).await, 1);
    let files = fetch(&mut reviewer, &kept).await;
    let live = reviewer.get("/reports/2025/report.json").await;
    assert!(
        files["json"] == live.body && live.body.contains("in_review"),
        "{}",
        live.body
    );
    assert!(
        reviewer
            .get("/reports/2025")
            .await
            .body
            .contains(&format!("{kept}/report.html"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_says_how_far_a_report_is() {
    let world = World::new().await;
    let mut reader = world.browser(Persona::Reader).await;
    let address = ask(&mut reader, &[]).await;
    let store = &world.site.state.store;
    let job = store.claim_report(now(), now()).await.unwrap().unwrap();
    let steps = Format::ALL.len() + 3;
    for (done, says) in [
        (0, "reading what it is worked out from"),
        (2, "making the PDF file"),
        (3, "making the HTML file"),
    ] {
        assert!(store.renew_report_lease(&job, done, now()).await.unwrap());
        let page = reader.get(&address).await.body;
        assert!(
            page.contains(&format!("Step {} of {steps}: {says}.", done + 1)),
            "{page}"
        );
        assert!(page.contains(&format!("max=\"{steps}\" value=\"{done}\"")), "{page}");
        assert!(page.contains("Look again"), "{page}");
    }
    let list = reader.get("/practices/north-vale/2024/report").await.body;
    assert!(list.contains("being made"), "{list}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_kept_says_so_and_may_be_asked_for_again() {
    let World { mut site, .. } = World::new().await;
    let folder = tempfile::tempdir().unwrap();
    site.state.files = Files::in_folder(folder.path()).unwrap();
    site.rebuild();
    // where the folder for hashes should be there is a file
    std::fs::write(folder.path().join("sha256"), "in the way").unwrap();
    let lead = site.person("other@example.org", &[("lead", Some("north-vale"))]).await;
    let mut lead = site.browser_of(lead).await;
    let failed = ask(&mut lead, &[]).await;
    assert_eq!(make(&site).await, 1);
    let page = lead.get(&failed).await.body;
    assert!(
        page.contains("could not be made, and nothing was kept") && page.contains(KEEP),
        "{page}"
    );
    std::fs::remove_file(folder.path().join("sha256")).unwrap();
    let again = ask(&mut lead, &[]).await;
    assert_ne!(again, failed);
    assert_eq!(make(&site).await, 1);
    assert!(lead.get(&again).await.body.contains("These files never change."));
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_left_alone_by_sweeps_and_told_where_they_are_gone() {
    let world = World::new().await;
    let mut lead = world.browser(Persona::Lead).await;
    let kept = ask(&mut lead, &[]).await;
    make(&world.site).await;
    let (store, files) = (&world.site.state.store, &world.site.state.files);
    let named = store.referenced_files(&Actor::operator()).await.unwrap();
    assert_eq!(files.sweeping().await.sweep(&named).await.unwrap(), 0);
    assert_eq!(fetch(&mut lead, &kept).await.len(), Format::ALL.len());
    assert!(files.sweeping().await.sweep(&BTreeSet::new()).await.unwrap() >= Format::ALL.len());
    let lost = lead.get(&format!("{kept}/report.pdf")).await;
    assert_eq!(lost.status.as_u16(), 404);
    assert!(lost.body.contains("put it back from a backup"), "{}", lost.body);
}
