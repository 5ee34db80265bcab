//! Words that seem to identify somebody: pointed out before they are stored, kept on confirmation, never a block.

use crate::world::{Persona, World};
use framework::identify::find;

const ELEMENT: &str = "/practices/north-vale/2026/elements/small-caseloads";
const SHEET: &str = "/practices/north-vale/2025/review/small-caseloads";
const REVIEW: &str = "/practices/north-vale/2025/review";
const TEXT: &str = "Ms Smith & Ms O'Brien <came> from LS98 1AA.";

/// Returns the value of the button that keeps, as the page gives it.
pub fn marks(page: &str, field: &str) -> String {
    let button = page
        .split("<button")
        .find(|tag| tag.contains(&format!("name=\"{field}\"")))
        .unwrap();
    button
        .split("value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_with_such_words_is_not_saved_before_they_are_kept_and_other_parts_are() {
    let world = World::new().await;
    let mut lead = world.browser(Persona::Lead).await;
    let form = [
        ("caseload-ceiling.revision", "0"),
        ("caseload-ceiling.rating", "2"),
        ("caseload-ceiling.comment", TEXT),
        ("travel-counted.revision", "0"),
        ("travel-counted.comment", "Travel is counted."),
        ("then", "next"),
    ];
    let asked = lead.post(ELEMENT, &form).await;
    assert_eq!(asked.status.as_u16(), 422);
    for expected in [
        "name=\"caseload-ceiling.keep\"",
        "<mark>Ms Smith</mark>",
        "<mark>LS98 1AA</mark>",
        "Comment: a name, a postcode",
        "href=\"#caseload-ceiling.check\"",
        "id=\"caseload-ceiling.check\"",
        // typed, and where to go next
        "Ms Smith &amp; Ms O'Brien &lt;came>",
        "name=\"then\" value=\"next\"",
    ] {
        assert!(asked.body.contains(expected), "{expected}: {}", asked.body);
    }
    let shown = lead.get(ELEMENT).await.body;
    assert!(
        shown.contains("Travel is counted.") && !shown.contains("Ms Smith"),
        "{shown}"
    );

    let marks = marks(&asked.body, "caseload-ceiling.keep");
    let mut keep = form.to_vec();
    keep.truncate(3);
    keep.push(("caseload-ceiling.keep", &marks));
    assert_eq!(lead.post(ELEMENT, &keep).await.status.as_u16(), 303);
    let shown = lead.get(ELEMENT).await.body;
    assert!(
        shown.contains("Ms Smith") && !shown.contains("caseload-ceiling.keep"),
        "{shown}"
    );
    let history = lead.get("/practices/north-vale/2026/history").await.body;
    assert!(
        history.contains("Kept words that may identify somebody: ") && !history.contains("Smith"),
        "{history}"
    );

    // stored words do not come up again, new ones do
    let edited = [
        ("caseload-ceiling.revision", "1"),
        ("caseload-ceiling.rating", "2"),
        ("caseload-ceiling.comment", ""),
        ("caseload-ceiling.evidence", "Seen by MS SMITH."),
    ];
    assert_eq!(lead.post(ELEMENT, &edited).await.status.as_u16(), 303);
    let more = [
        ("caseload-ceiling.revision", "2"),
        ("caseload-ceiling.evidence", "Seen by Ms Smith, 07700 900123."),
        ("caseload-ceiling.confirmed", &marks),
    ];
    let asked = lead.post(ELEMENT, &more).await;
    assert_eq!(asked.status.as_u16(), 422);
    assert!(
        asked.body.contains("<mark>07700 900123</mark>") && !asked.body.contains("<mark>Ms Smith"),
        "{}",
        asked.body
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_island_is_told_what_to_mark() {
    let world = World::new().await;
    let mut reviewer = world.browser(Persona::Reviewer).await;
    reviewer.headers.push(("accept", "application/json".to_owned()));
    let part = [("caseload-ceiling.revision", "0"), ("caseload-ceiling.question", TEXT)];
    let asked = reviewer.post(SHEET, &part).await;
    assert_eq!(asked.status.as_u16(), 422);
    assert_eq!(
        asked.body,
        r#"{"fields":[{"label":"Question to the Practice","name":"caseload-ceiling.question","words":["Ms Smith","Ms O'Brien","LS98 1AA"]}],"state":"check"}"#
    );
    let marks: Vec<String> = find(TEXT).iter().map(|finding| finding.mark(TEXT)).collect();
    let marks = marks.join(".");
    let mut kept = part.to_vec();
    kept.push(("caseload-ceiling.confirmed", &marks));
    let saved = reviewer.post(SHEET, &kept).await;
    assert!(
        saved.status.as_u16() == 200 && saved.body.contains("\"state\":\"saved\""),
        "{}",
        saved.body
    );

    // the Practice does not learn from its history that somebody writes a review there
    let history = world
        .browser(Persona::Lead)
        .await
        .get("/practices/north-vale/2025/history")
        .await;
    assert!(!history.body.contains("may identify"), "{}", history.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_note_of_a_return_is_looked_at_too() {
    let world = World::new().await;
    let mut reviewer = world.browser(Persona::Reviewer).await;
    let form = [("action", "return"), ("note", TEXT)];
    let asked = reviewer.post(REVIEW, &form).await;
    assert_eq!(asked.status.as_u16(), 422);
    assert!(
        asked.body.contains("Note to the Practice: a name, a postcode"),
        "{}",
        asked.body
    );
    let marks = marks(&asked.body, "keep");
    let mut keep = form.to_vec();
    keep.push(("keep", &marks));
    assert_eq!(reviewer.post(REVIEW, &keep).await.status.as_u16(), 303);
    let history = reviewer.get("/practices/north-vale/2025/history").await.body;
    assert!(
        history.contains("Kept words in the review that may identify somebody"),
        "{history}"
    );
}
