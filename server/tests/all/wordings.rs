//! Two people fill in one criterion at once: what only one changed is merged, what both changed is asked about, and earlier
//! wordings can be read and put back.

use crate::{
    site::{Browser, Reply},
    world::{Persona, World},
};

const ELEMENT: &str = "/practices/north-vale/2026/elements/small-caseloads";
const HISTORY: &str = "/practices/north-vale/2026/history/travel-counted";

/// Returns the value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let tag = page
        .split("<input")
        .find(|tag| tag.contains(&format!("name=\"{name}\"")))
        .unwrap_or_else(|| panic!("no {name}: {page}"));
    let value = tag.split("value=\"").nth(1).unwrap_or_default();
    value.split('"').next().unwrap_or_default().to_owned()
}

/// What a page shows of `travel-counted`, as its form sends it.
struct Form {
    revision: String,
    base: String,
}

impl Form {
    fn on(page: &str) -> Form {
        Form {
            revision: hidden(page, "travel-counted.revision"),
            base: hidden(page, "travel-counted.base"),
        }
    }

    async fn send(&self, browser: &mut Browser, fields: &[(&str, &str)]) -> Reply {
        let guards = [
            ("travel-counted.revision", self.revision.as_str()),
            ("travel-counted.base", self.base.as_str()),
            ("then", "tasks"),
        ];
        let form: Vec<(&str, &str)> = guards.into_iter().chain(fields.iter().copied()).collect();
        browser.post(ELEMENT, &form).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn saving_a_rating_late_blanks_nothing_that_a_colleague_wrote() {
    let world = World::new().await;
    let (mut lead, mut colleague) = (
        world.browser(Persona::Lead).await,
        world.browser(Persona::Contributor).await,
    );
    let opened = Form::on(&colleague.get(ELEMENT).await.body);
    let leads = [
        ("travel-counted.rating", "2"),
        ("travel-counted.evidence", "The minutes of May."),
        ("travel-counted.comment", "Since May."),
    ];
    assert_eq!(opened.send(&mut lead, &leads).await.status.as_u16(), 303);
    // the colleague's page shows none of it
    let untouched = [
        ("travel-counted.rating", "3"),
        ("travel-counted.evidence", ""),
        ("travel-counted.comment", ""),
    ];
    let asked = opened.send(&mut colleague, &untouched).await;
    assert_eq!(asked.status.as_u16(), 409);
    for expected in [
        "Rating: ",
        "changed it too.",
        "Keep theirs",
        "name=\"travel-counted.settle-rating\"",
        "The minutes of May.",
        "Since May.",
    ] {
        assert!(asked.body.contains(expected), "{expected}: {}", asked.body);
    }
    assert!(!asked.body.contains("Keep both"), "of two ratings one is kept");
    let again = Form::on(&asked.body);
    let shown = [
        ("travel-counted.rating", "3"),
        ("travel-counted.evidence", "The minutes of May."),
        ("travel-counted.comment", "Since May."),
        ("travel-counted.ask", "rating"),
        ("travel-counted.by", "Lena"),
    ];
    assert_eq!(
        again.send(&mut colleague, &shown).await.status.as_u16(),
        409,
        "nothing is chosen yet"
    );
    let chosen: Vec<_> = shown
        .into_iter()
        .chain([("travel-counted.settle-rating", "mine")])
        .collect();
    assert_eq!(again.send(&mut colleague, &chosen).await.status.as_u16(), 303);
    let page = lead.get(HISTORY).await.body;
    for expected in ["The minutes of May.", "Since May.", "3 – ", "Put this back"] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    let page = lead.get(ELEMENT).await.body;
    assert!(
        page.contains(">The minutes of May.</textarea>") && page.contains(">Since May.</textarea>"),
        "{page}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wording_is_put_back_against_the_revision_that_was_seen() {
    let world = World::new().await;
    let mut lead = world.browser(Persona::Lead).await;
    for text in ["The first wording.", "The second wording."] {
        let form = Form::on(&lead.get(ELEMENT).await.body);
        assert_eq!(
            form.send(&mut lead, &[("travel-counted.comment", text)])
                .await
                .status
                .as_u16(),
            303
        );
    }
    let page = lead.get(HISTORY).await.body;
    let wording = hidden(&page, "wording");
    let put_back = |revision: &'static str| [("wording", wording.clone()), ("revision", revision.to_owned())];
    fn form<'a>(fields: &'a [(&'static str, String); 2]) -> Vec<(&'static str, &'a str)> {
        fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
    }
    let stale = put_back("1");
    assert_eq!(lead.post(HISTORY, &form(&stale)).await.status.as_u16(), 409);
    let known = put_back("2");
    assert_eq!(lead.post(HISTORY, &form(&known)).await.status.as_u16(), 303);
    assert!(lead.get(ELEMENT).await.body.contains(">The first wording.</textarea>"));
    for persona in [Persona::Reviewer, Persona::Reader, Persona::Administrator] {
        let reply = world.browser(persona).await.post(HISTORY, &form(&known)).await;
        assert_eq!(reply.status.as_u16(), 404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rating_by_mistake_is_taken_back_without_scripts() {
    let world = World::new().await;
    let mut lead = world.browser(Persona::Lead).await;
    let before = lead.get(ELEMENT).await.body;
    let progress = |page: &str| {
        page.split("data-progress")
            .nth(1)
            .unwrap()
            .split('<')
            .next()
            .unwrap()
            .to_owned()
    };
    let saved = [("travel-counted.rating", "3"), ("travel-counted.comment", "Stays.")];
    assert_eq!(Form::on(&before).send(&mut lead, &saved).await.status.as_u16(), 303);
    let rated = lead.get(ELEMENT).await.body;
    assert_ne!(progress(&rated), progress(&before));
    let pressed = [saved[0], saved[1], ("clear", "travel-counted")];
    let cleared = Form::on(&rated).send(&mut lead, &pressed).await;
    assert_eq!(
        (cleared.status.as_u16(), cleared.location()),
        (303, format!("{ELEMENT}#travel-counted").as_str())
    );
    let page = lead.get(ELEMENT).await.body;
    assert_eq!(progress(&page), progress(&before));
    assert!(page.contains(">Stays.</textarea>"));
    let history = lead.get("/practices/north-vale/2026/history").await.body;
    assert!(history.contains("rating cleared"), "{history}");
}
