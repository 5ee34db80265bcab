//! The register of adaptations from outside: what may identify somebody is asked about, and nothing typed is lost.

use crate::{
    identify::marks,
    site::now,
    world::{Persona, World},
};
use time::{Date, Duration};

const REGISTER: &str = "/practices/north-vale/adaptations";
const NEW: &str = "/practices/north-vale/adaptations/new";

/// Everything a proposal needs.
const PROPOSAL: [(&str, &str); 13] = [
    ("title", "Meetings in the library"),
    ("what", "We meet in the library."),
    ("criteria.caseload-ceiling", "yes"),
    ("timing", "planned"),
    ("since-day", "1"),
    ("since-month", "3"),
    ("since-year", "2020"),
    ("decided_by", "Practice lead"),
    ("level", "team"),
    ("reasons.place", "yes"),
    ("why", "Buses stopped."),
    ("core", "yes"),
    ("core_why", "Women still choose."),
];

/// Returns the same with other texts: of two fields of a name the last one counts.
fn proposal<'a>(changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&'a str, &'a str)> = PROPOSAL.to_vec();
    fields.extend_from_slice(changed);
    fields
}

/// Returns a new proposal's address.
async fn written(world: &World) -> String {
    let reply = world.browser(Persona::Lead).await.post(NEW, &PROPOSAL).await;
    assert_eq!(reply.status.as_u16(), 303, "{}", reply.body);
    reply.location().to_owned()
}

async fn proposed(world: &World) -> String {
    let at = written(world).await;
    let step = [("step", "propose"), ("revision", "1")];
    let reply = world.browser(Persona::Lead).await.post(&at, &step).await;
    assert_eq!(reply.status.as_u16(), 303, "{}", reply.body);
    at
}

#[tokio::test(flavor = "multi_thread")]
async fn the_forms_show_words_and_no_code() {
    let world = World::new().await;
    let at = written(&world).await;
    let mut lead = world.browser(Persona::Lead).await;
    for path in [NEW.to_owned(), format!("{at}/edit")] {
        let page = lead.get(&path).await;
        assert_eq!(page.status.as_u16(), 200, "{path}");
        for code in ["|| first", "0 ||"] {
            assert!(!page.body.contains(code), "{path}: {code}");
        }
        let tags = page.body.split("<details").skip(1);
        let open = tags.filter(|rest| rest.split('>').next().is_some_and(|tag| tag.contains(" open")));
        assert!(open.count() < 3, "{path}: not all elements are open");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_text_of_a_proposal_is_looked_at_and_kept_on_one_press() {
    let world = World::new().await;
    let mut lead = world.browser(Persona::Lead).await;
    for field in ["title", "what", "decided_by", "why", "core_why"] {
        let asked = lead.post(NEW, &proposal(&[(field, "Ms Smith asked for it.")])).await;
        assert_eq!(asked.status.as_u16(), 422, "{field}");
        for expected in [
            "<mark>Ms Smith</mark>",
            "Ms Smith asked for it.",
            "This doesn’t identify anyone: save it",
        ] {
            assert!(asked.body.contains(expected), "{field}, {expected}: {}", asked.body);
        }
    }
    assert!(!lead.get(REGISTER).await.body.contains("Meetings in the library"));

    let words = ("why", "Ms Smith asked for it.");
    let asked = lead.post(NEW, &proposal(&[words])).await;
    let keep = marks(&asked.body, "keep");
    let saved = lead.post(NEW, &proposal(&[words, ("keep", keep.as_str())])).await;
    assert_eq!(saved.status.as_u16(), 303, "{}", saved.body);
    // what is stored is not asked about again
    let edit = format!("{}/edit", saved.location());
    let more = [
        words,
        ("what", "We meet in the library, as Ms Smith wanted."),
        ("revision", "1"),
    ];
    assert_eq!(lead.post(&edit, &proposal(&more)).await.status.as_u16(), 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_stays_when_a_proposal_was_put_forward_or_changed_meanwhile() {
    let world = World::new().await;
    let at = written(&world).await;
    let mut lead = world.browser(Persona::Lead).await;
    let edit = format!("{at}/edit");
    let theirs = [("title", "Meetings in the town hall"), ("revision", "1")];
    assert_eq!(lead.post(&edit, &proposal(&theirs)).await.status.as_u16(), 303);
    // only one changed the title, only the other what is done
    let mine = [("what", "We meet in the park."), ("revision", "1")];
    assert_eq!(lead.post(&edit, &proposal(&mine)).await.status.as_u16(), 303);
    let shown = lead.get(&at).await.body;
    assert!(
        shown.contains("We meet in the park.") && shown.contains("Meetings in the town hall"),
        "{shown}"
    );
    // both changed the title
    let mine = [("title", "Meetings in the hall"), ("revision", "1")];
    let late = lead.post(&edit, &proposal(&mine)).await;
    assert_eq!(late.status.as_u16(), 409);
    for expected in [
        "changed this, too, to “Meetings in the town hall”",
        "value=\"Meetings in the hall\"",
        "We meet in the park.",
    ] {
        assert!(late.body.contains(expected), "{expected}: {}", late.body);
    }
    let mine = [("what", "We meet in the park."), ("revision", "1")];

    let step = [("step", "propose"), ("revision", "3")];
    assert_eq!(lead.post(&at, &step).await.status.as_u16(), 303);
    let late = lead.post(&edit, &proposal(&mine)).await;
    assert_eq!(late.status.as_u16(), 409);
    for expected in ["waiting for a decision", "We meet in the park.", "name=\"why\""] {
        assert!(late.body.contains(expected), "{expected}: {}", late.body);
    }
}

/// Returns the fields of a decision.
fn decision(until: Date) -> Vec<(&'static str, String)> {
    vec![
        ("step", "decide".to_owned()),
        ("revision", "2".to_owned()),
        ("ruling", "consistent".to_owned()),
        ("reason", "Thank you.".to_owned()),
        ("until-day", until.day().to_string()),
        ("until-month", u8::from(until.month()).to_string()),
        ("until-year", until.year().to_string()),
    ]
}

fn sent<'a>(fields: &'a [(&'static str, String)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut all: Vec<(&'a str, &'a str)> = fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
    all.extend_from_slice(more);
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_that_is_past_is_agreed_to_on_purpose_only() {
    let world = World::new().await;
    let at = proposed(&world).await;
    let mut reviewer = world.browser(Persona::Reviewer).await;
    assert!(!reviewer.get(&at).await.body.contains("it is over already"));
    let past = decision(now().date() - Duration::days(20));
    let asked = reviewer.post(&at, &sent(&past, &[])).await;
    assert_eq!(asked.status.as_u16(), 422);
    for expected in [
        "Yes, it is over already",
        "name=\"over.yes\"",
        "href=\"#over\"",
        "Thank you.",
    ] {
        assert!(asked.body.contains(expected), "{expected}: {}", asked.body);
    }
    let decided = reviewer.post(&at, &sent(&past, &[("over.yes", "yes")])).await;
    assert_eq!(decided.status.as_u16(), 303, "{}", decided.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_reason_of_a_decision_is_looked_at_and_what_ends_soon_names_the_practice() {
    let world = World::new().await;
    let at = proposed(&world).await;
    let mut reviewer = world.browser(Persona::Reviewer).await;
    let soon = decision(now().date() + Duration::days(10));
    let words = ("reason", "As Ms Smith said.");
    let asked = reviewer.post(&at, &sent(&soon, &[words])).await;
    assert_eq!(asked.status.as_u16(), 422);
    for expected in [
        "<mark>Ms Smith</mark>",
        "As Ms Smith said.",
        "name=\"step\" value=\"decide\"",
    ] {
        assert!(asked.body.contains(expected), "{expected}: {}", asked.body);
    }
    let keep = marks(&asked.body, "keep");
    let decided = reviewer
        .post(&at, &sent(&soon, &[words, ("keep", keep.as_str())]))
        .await;
    assert_eq!(decided.status.as_u16(), 303, "{}", decided.body);
    let national = reviewer.get("/adaptations").await;
    assert!(national.body.contains("north vale; "), "{}", national.body);

    // a colleague who decided on the same page reads their own reason still
    let late = world
        .browser(Persona::Administrator)
        .await
        .post(&at, &sent(&soon, &[("reason", "I would say no.")]))
        .await;
    assert!(
        late.body.contains("Your reason was not saved:") && late.body.contains("I would say no."),
        "{}",
        late.body
    );
}
