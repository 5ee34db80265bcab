//! The improvement plan from outside: who sees an action and support, and that nothing typed is lost.

use crate::{
    site::{now, slug},
    world::{Persona, World, cycle},
};
use framework::{
    ids::CriterionId,
    plan::{About, Owner, PlannedAction},
    prose::Prose,
};
use store::NewSupport;
use time::macros::date;

fn prose(text: &str) -> Prose {
    Prose::try_from(text.to_owned()).unwrap()
}

/// North Vale's plan for 2024 with one action, and support given for it: their addresses.
async fn planned(world: &World) -> (String, String) {
    let (store, north) = (&world.site.state.store, slug("north-vale"));
    let lead = world.site.actor(world.id(Persona::Lead)).await;
    let reviewer = world.site.actor(world.id(Persona::Reviewer)).await;
    let planned = PlannedAction {
        what: prose("Agree a ceiling with the host."),
        owner: Owner::read("Practice lead").unwrap(),
        by: date!(2025 - 01 - 31),
        support: None,
    };
    let criterion = CriterionId::parse("caseload-ceiling").unwrap();
    let action = store
        .raise_action(&lead, &north, &cycle("2024"), &criterion, &planned, now())
        .await
        .unwrap();
    let support = NewSupport {
        day: now().date(),
        what: prose("A visit."),
        about: About::Action(action),
    };
    let support = store.record_support(&reviewer, &north, &support, now()).await.unwrap();
    (
        format!("/practices/north-vale/plan/actions/{}", action.0),
        format!("/practices/north-vale/plan/support/{}", support.0),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn an_action_is_the_practices_to_write_and_national_pauses_to_read() {
    let world = World::new().await;
    let (action, support) = planned(&world).await;
    // signed out, administrator, reviewer, reviewer of North Vale, lead, contributor, reader, others
    let table: [(&str, String, [u16; 8]); 6] = [
        ("GET", action.clone(), [303, 200, 200, 200, 200, 200, 404, 404]),
        (
            "GET",
            format!("{action}/change"),
            [303, 404, 404, 200, 200, 200, 404, 404],
        ),
        ("POST", action.clone(), [401, 404, 404, 422, 422, 422, 404, 404]),
        (
            "POST",
            format!("{action}/change"),
            [401, 404, 404, 422, 422, 422, 404, 404],
        ),
        ("GET", support.clone(), [303, 404, 404, 404, 200, 404, 404, 404]),
        ("POST", support, [401, 404, 404, 404, 422, 404, 404, 404]),
    ];
    for (method, path, statuses) in table {
        for (index, persona) in Persona::ALL.into_iter().enumerate() {
            let mut browser = world.browser(persona).await;
            let reply = match method {
                "GET" => browser.get(&path).await,
                _ => browser.post(&path, &[]).await,
            };
            assert_eq!(
                reply.status.as_u16(),
                statuses[index.min(7)],
                "{method} {path} by {persona:?}"
            );
        }
        let elsewhere = path.replace("north-vale", "south-bay");
        for persona in [Persona::Administrator, Persona::OtherLead] {
            let reply = world.browser(persona).await.get(&elsewhere).await;
            assert_eq!(reply.status.as_u16(), 404, "{elsewhere} by {persona:?}");
        }
    }
    let shown = world.browser(Persona::Reviewer).await.get("/actions").await;
    assert!(shown.body.contains(&action) && shown.body.contains("Overdue"));
    let home = world.browser(Persona::Lead).await.get("/").await;
    assert!(home.body.contains("1 action is overdue"));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_do_not_overwrite_each_other_and_nothing_typed_is_lost() {
    let world = World::new().await;
    let (action, _) = planned(&world).await;
    let form = |what, revision| {
        [
            ("what", what),
            ("owner", "Deputy"),
            ("by-day", "1"),
            ("by-month", "9"),
            ("by-year", "2097"),
            ("revision", revision),
        ]
    };
    let change = format!("{action}/change");
    let first = world
        .browser(Persona::Contributor)
        .await
        .post(&change, &form("First.", "1"))
        .await;
    assert_eq!((first.status.as_u16(), first.location()), (303, action.as_str()));
    let mut lead = world.browser(Persona::Lead).await;
    let second = lead.post(&change, &form("Second <b>thought</b>.", "1")).await;
    assert_eq!(second.status.as_u16(), 409);
    for kept in [
        "First.",
        "Second &lt;b>thought&lt;/b>.",
        "name=\"revision\" value=\"2\"",
    ] {
        assert!(second.body.contains(kept), "{kept}: {}", second.body);
    }
    let mut wrong = form("Third.", "2");
    wrong[3].1 = "13";
    let refused = lead.post(&change, &wrong).await;
    assert_eq!(refused.status.as_u16(), 422);
    assert!(refused.body.contains("Third.") && refused.body.contains("Enter a real date"));
    let shown = lead.get(&action).await;
    assert!(
        shown
            .body
            .contains("By when: from “31 January 2025” to “1 September 2097”")
    );

    let done = lead
        .post(&action, &[("to", "done"), ("why", "Agreed in May."), ("revision", "1")])
        .await;
    assert_eq!(done.status.as_u16(), 409);
    let done = lead
        .post(&action, &[("to", "done"), ("why", "Agreed in May."), ("revision", "2")])
        .await;
    assert_eq!(done.status.as_u16(), 303);
    assert_eq!(
        lead.get(&change).await.status.as_u16(),
        404,
        "a closed action is opened again first"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_into_an_action_that_was_closed_meanwhile_stays_on_the_page() {
    let world = World::new().await;
    let (action, _) = planned(&world).await;
    let mut lead = world.browser(Persona::Lead).await;
    let done = [("to", "done"), ("why", "Agreed in May."), ("revision", "1")];
    assert_eq!(lead.post(&action, &done).await.status.as_u16(), 303);
    let form = [
        ("what", "Agree it in writing."),
        ("owner", "Deputy"),
        ("by-day", "1"),
        ("by-month", "9"),
        ("by-year", "2097"),
        ("why", "The host changed."),
        ("revision", "1"),
    ];
    let late = lead.post(&format!("{action}/change"), &form).await;
    assert_eq!(late.status.as_u16(), 409);
    for expected in [
        "The action is done.",
        "Agree it in writing.",
        "Deputy",
        "The host changed.",
    ] {
        assert!(late.body.contains(expected), "{expected}: {}", late.body);
    }
    let shown = lead.get(&action).await;
    assert!(!shown.body.contains("Agree it in writing."), "nothing was saved");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_is_past_is_not_planned_for_but_may_stand_and_why_it_changes_is_looked_at() {
    let world = World::new().await;
    let (action, _) = planned(&world).await;
    let mut lead = world.browser(Persona::Lead).await;
    let form = |day, why| {
        [
            ("criterion", "caseload-ceiling"),
            ("what", "Agree it in writing."),
            ("owner", "Deputy"),
            ("by-day", day),
            ("by-month", "1"),
            ("by-year", "2025"),
            ("why", why),
            ("revision", "1"),
        ]
    };
    let new = lead.post("/practices/north-vale/plan/new", &form("31", "")).await;
    assert_eq!(new.status.as_u16(), 422);
    assert!(
        new.body.contains("The day must not be past.") && new.body.contains("Agree it in writing."),
        "{}",
        new.body
    );
    let change = format!("{action}/change");
    let earlier = lead.post(&change, &form("30", "")).await;
    assert_eq!(earlier.status.as_u16(), 422);
    assert!(earlier.body.contains("The day must not be past."), "{}", earlier.body);
    let asked = lead.post(&change, &form("31", "Ms Smith wants it.")).await;
    assert_eq!(asked.status.as_u16(), 422);
    assert!(
        asked.body.contains("Why it changes: a name") && !asked.body.contains("The day must not be past."),
        "{}",
        asked.body
    );
    let kept = lead.post(&change, &form("31", "The host wants it.")).await;
    assert_eq!(kept.status.as_u16(), 303, "{}", kept.body);
}
