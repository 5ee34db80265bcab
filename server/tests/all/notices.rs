//! The inbox over HTTP: its number on every page, and what opening a notice does.

use crate::{
    site::{Browser, now, slug},
    world::{Persona, World, cycle},
};
use axum::{body::Body, http::Method};
use framework::{lifecycle::Operation, prose::Prose};
use store::Notice;

/// Returns the world with North Vale's 2025 sent back, and the lead's notice of it.
async fn returned() -> (World, Notice) {
    let world = World::new().await;
    let store = &world.site.state.store;
    let reviewer = world.site.actor(world.id(Persona::Reviewer)).await;
    let note = Prose::read("Please look again").unwrap();
    store
        .transition(
            &reviewer,
            &slug("north-vale"),
            &cycle("2025"),
            Operation::Return,
            note,
            now(),
        )
        .await
        .unwrap();
    let lead = world.site.actor(world.id(Persona::Lead)).await;
    let notice = store.inbox(&lead, 1).await.unwrap().notices.remove(0);
    (world, notice)
}

/// Returns what the band at the top says of notices.
async fn number(browser: &mut Browser, path: &str) -> Option<u32> {
    let page = browser.get(path).await.body;
    let (_, rest) = page.split_once("app-nav__count\">")?;
    rest.split('<').next().unwrap().parse().ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn opening_a_notice_marks_it_read_and_leads_on_unless_nobody_looks() {
    let (world, notice) = returned().await;
    let mut lead = world.browser(Persona::Lead).await;
    let path = format!("/notices/{}", notice.id);
    for page in ["/", "/notices", "/frameworks", "/account", "/no-such-page"] {
        assert_eq!(number(&mut lead, page).await, Some(1), "{page}");
    }
    let ahead = [
        ("sec-purpose", "prefetch;prerender"),
        ("purpose", "prefetch"),
        ("x-moz", "prefetch"),
    ];
    for (name, value) in ahead {
        lead.headers = vec![(name, value.to_owned())];
        assert_eq!(lead.get(&path).await.location(), "/practices/north-vale/2025");
    }
    lead.headers.clear();
    assert_eq!(lead.send(Method::HEAD, &path, Body::empty()).await.status.as_u16(), 303);
    assert_eq!(number(&mut lead, "/").await, Some(1), "nobody has looked yet");
    assert_eq!(lead.get(&path).await.location(), "/practices/north-vale/2025");
    assert_eq!(number(&mut lead, "/").await, None);
    for (read, expected) in [("no", Some(1)), ("yes", None)] {
        assert_eq!(lead.post(&path, &[("read", read)]).await.location(), "/notices");
        assert_eq!(number(&mut lead, "/").await, expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_is_out_of_sight_for_everybody_else() {
    let (world, notice) = returned().await;
    let path = format!("/notices/{}", notice.id);
    for persona in Persona::ALL {
        let mut browser = world.browser(persona).await;
        let (open, mark) = match persona {
            Persona::SignedOut => (303, 401),
            Persona::Lead => (303, 303),
            _ => (404, 404),
        };
        assert_eq!(browser.get(&path).await.status.as_u16(), open, "{persona:?}");
        assert_eq!(browser.post(&path, &[]).await.status.as_u16(), mark, "{persona:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_are_marked_read_that_the_page_showed() {
    let (world, _) = returned().await;
    let mut lead = world.browser(Persona::Lead).await;
    let page = lead.get("/notices").await.body;
    assert!(
        page.contains("1 unread notice<") && page.contains("Your assessment has come back with questions"),
        "{page}"
    );
    for seen in ["", "x", "99999999999999999"] {
        assert_eq!(lead.post("/notices/read", &[("seen", seen)]).await.status.as_u16(), 400);
    }
    lead.post("/notices/read", &[("seen", "1000000000")]).await;
    assert_eq!(
        number(&mut lead, "/").await,
        Some(1),
        "a page of long ago did not show it"
    );
    let seen = page
        .split("name=\"seen\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    lead.post("/notices/read", &[("seen", &seen)]).await;
    let page = lead.get("/notices?page=1").await.body;
    assert!(page.contains("You have read them all."), "{page}");
    assert_eq!(lead.get("/notices?page=7").await.location(), "/notices");
    let mut other = world.browser(Persona::OtherReader).await;
    assert!(other.get("/notices").await.body.contains("Nothing waits for you."));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_choice_of_e_mail_shows_where_the_site_sends_any() {
    let (mut world, _) = returned().await;
    let mut lead = world.browser(Persona::Lead).await;
    assert!(lead.get("/account").await.body.contains("This site sends no e-mail."));
    let state = &mut world.site.state;
    state.store = state.store.clone().with_mail(store::Mailing {
        daily_at: time::Time::MIDNIGHT,
    });
    world.site.rebuild();
    let mut lead = world.browser(Persona::Lead).await;
    let chosen = |page: &str| {
        let boxes = page
            .split("<input")
            .filter(|part| part.contains("name=\"mail\"") && part.contains("checked"));
        boxes
            .map(|part| {
                part.split("value=\"")
                    .nth(1)
                    .unwrap()
                    .split('"')
                    .next()
                    .unwrap()
                    .to_owned()
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(chosen(&lead.get("/account").await.body), ["daily"]);
    let reply = lead.post("/account/mail", &[("mail", "off")]).await;
    let page = lead.get(reply.location()).await.body;
    assert!(page.contains("Your choice is saved."));
    assert_eq!(chosen(&page), ["off"]);
    let refused = lead.post("/account/mail", &[("mail", "hourly")]).await;
    assert!(refused.status.as_u16() == 422 && refused.body.contains("Choose how often you want an e-mail."));
}
