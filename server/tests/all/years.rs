//! A Practice's years and the network over the cycles, from outside.

use crate::{
    site::{Site, now, slug},
    world::{Persona, World},
};
use framework::actor::Actor;

const YEARS: &str = "/practices/north-vale/years";

#[tokio::test(flavor = "multi_thread")]
async fn everybody_of_a_practice_finds_its_years_and_nothing_of_another() {
    let world = World::new().await;
    for persona in [Persona::Lead, Persona::Reader, Persona::Reviewer] {
        let mut browser = world.browser(persona).await;
        for from in ["/practices/north-vale", "/practices/north-vale/2024/report"] {
            let page = browser.get(from).await.body;
            assert!(page.contains(&format!("href=\"{YEARS}\"")), "{persona:?} at {from}");
        }
        let page = browser.get(YEARS).await.body;
        assert!(page.contains("first finalised assessment") && page.contains("Fewer than 5 Practices"));
        // the draft of 2026 and the review of 2025 are not in it
        let assessments = "Finalised assessments</dt><dd class=\"govuk-summary-list__value\">2024</dd>";
        assert!(page.contains(assessments) && !page.contains("2026"), "{persona:?}");
        assert!(!page.contains("South Bay"));
        let pdf = browser.get(&format!("{YEARS}/report.pdf")).await;
        assert!(pdf.body.starts_with("%PDF"));
        assert_eq!(
            pdf.headers["content-disposition"],
            "attachment; filename=\"north-vale-years.pdf\""
        );
    }
    let other = world.browser(Persona::OtherLead).await.get(YEARS).await;
    assert_eq!(other.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_finalised_assessment_both_say_what_to_do() {
    let site = Site::new().await;
    let store = &site.state.store;
    let operator = Actor::operator();
    store
        .add_practice(&operator, &slug("new"), "New", "", now())
        .await
        .unwrap();
    let person = site
        .person("lead@example.org", &[("lead", Some("new")), ("reviewer", None)])
        .await;
    let mut browser = site.browser_of(person).await;
    for path in ["/practices/new/years", "/network"] {
        let page = browser.get(path).await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("No assessment is finalised yet"), "{path}");
        assert_eq!(browser.get(&format!("{path}/report.pdf")).await.status, 404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_network_s_address_holds_what_is_looked_at() {
    let world = World::new().await;
    let mut browser = world.browser(Persona::Reviewer).await;
    assert!(browser.get("/reports").await.body.contains("href=\"/network\""));
    let page = browser.get("/network").await.body;
    assert!(page.contains("2 Practices have a finalised assessment"));
    let page = browser.get("/network?region=&age=first&criteria=core").await.body;
    for link in ["/drift", "/network/report.pdf"] {
        let (_, rest) = page.split_once(&format!("href=\"{link}?")).unwrap();
        let (chosen, _) = rest.split_once('"').unwrap();
        assert!(chosen.ends_with("&amp;criteria=core&amp;age=first"), "{link}: {chosen}");
    }
    assert!(page.contains("<dd class=\"govuk-summary-list__value\">Core criteria</dd>"));
    let page = browser.get("/network?region=Nowhere").await.body;
    assert!(page.contains("No Practice fits these choices"));
}
