//! What each may of an adaptation, in every state.

use crate::{
    site::{encoded, now, slug},
    world::{Persona, World},
};
use axum::{body::Body, http::Method};
use framework::{
    actor::Actor,
    adaptation::{AdaptationId, Core, Level, Proposal, Reason, Ruling, Timing},
    ids::CriterionId,
    prose::Prose,
};
use store::Step;

/// In the order of the walk's columns, without the people of South Bay, for whom there is never any.
type Statuses = [u16; 7];

async fn written(world: &World) -> (Actor, AdaptationId) {
    let lead = world.site.actor(world.id(Persona::Lead)).await;
    let prose = |text| Prose::read(text).unwrap().unwrap();
    let proposal = Proposal {
        title: "Meetings in the library".into(),
        what: prose("We meet in the library."),
        criteria: [CriterionId::parse("caseload-ceiling").unwrap()].into(),
        timing: Timing::Planned,
        since: now().date(),
        until: None,
        decided_by: "Practice lead".into(),
        level: Level::Team,
        reasons: [Reason::Place].into(),
        why: prose("Buses stopped."),
        core: Core::Keeps,
        core_why: prose("Women still choose."),
    };
    let store = &world.site.state.store;
    let id = store
        .write_adaptation(&lead, &slug("north-vale"), None, &proposal, now())
        .await;
    (lead, id.unwrap())
}

/// A step with a revision that nobody has seen changes nothing: those who may take it are told so (422).
const STALE: [(&str, &[(&str, &str)]); 3] = [
    ("propose", &[("step", "propose"), ("revision", "99")]),
    ("withdraw", &[("step", "withdraw"), ("revision", "99")]),
    (
        "decide",
        &[
            ("step", "decide"),
            ("revision", "99"),
            ("ruling", "refused"),
            ("reason", "No."),
        ],
    ),
];

async fn check(world: &World, id: AdaptationId, state: &str, read: Statuses, edit: Statuses, steps: Statuses) {
    let one = format!("/practices/north-vale/adaptations/{}", id.0);
    let mut wrong = vec![];
    for (column, persona) in Persona::ALL.into_iter().enumerate() {
        let at = |statuses: &Statuses, signed_out| match column {
            0 => signed_out,
            1..7 => statuses[column],
            _ => 404,
        };
        let mut browser = world.browser(persona).await;
        let mut expect = async |method: Method, path: &str, form: &[(&str, &str)], expected: u16| {
            let reply = browser.send(method.clone(), path, Body::from(encoded(form))).await;
            let got = reply.status.as_u16();
            if got != expected {
                wrong.push(format!(
                    "{state}: {method} {path} {form:?} by {persona:?}: {got}, not {expected}"
                ));
            }
        };
        expect(Method::GET, &one, &[], at(&read, 303)).await;
        expect(Method::GET, &format!("{one}/edit"), &[], at(&edit, 303)).await;
        // an empty form changes nothing
        let changed = if at(&edit, 401) == 200 { 422 } else { at(&edit, 401) };
        expect(Method::POST, &format!("{one}/edit"), &[], changed).await;
        for (_, form) in STALE {
            expect(Method::POST, &one, form, at(&steps, 401)).await;
        }
        // another Practice's address finds nothing
        let elsewhere = one.replace("north-vale", "south-bay");
        expect(
            Method::GET,
            &elsewhere,
            &[],
            at(&[0, 404, 404, 404, 404, 404, 404], 303),
        )
        .await;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_may_of_an_adaptation_what_its_state_lets_them() {
    let world = World::new().await;
    let (lead, id) = written(&world).await;
    let reviewer = world.site.actor(world.id(Persona::Reviewer)).await;
    let (store, north) = (&world.site.state.store, slug("north-vale"));
    // signed out, administrator, reviewer; reviewer of their own Practice, lead, contributor; reader
    let ours = [0, 404, 404, 200, 200, 200, 404];
    let our_steps = [0, 404, 404, 422, 422, 422, 404];
    check(&world, id, "draft", ours, ours, our_steps).await;

    store
        .move_adaptation(&lead, &north, id, 1, Step::Propose, now())
        .await
        .unwrap();
    let both = [0, 200, 200, 200, 200, 200, 404];
    let steps = [0, 422, 422, 422, 422, 422, 404];
    // what waits is not written
    check(&world, id, "proposed", both, [0, 404, 404, 409, 409, 409, 404], steps).await;

    let decide = |ruling| Step::Decide {
        ruling,
        reason: Prose::read("As talked through.").unwrap().unwrap(),
        until: None,
    };
    store
        .move_adaptation(&reviewer, &north, id, 2, decide(Ruling::Refused), now())
        .await
        .unwrap();
    check(&world, id, "refused", both, ours, steps).await;

    let (_, other) = written(&world).await;
    store
        .move_adaptation(&lead, &north, other, 1, Step::Propose, now())
        .await
        .unwrap();
    store
        .move_adaptation(&reviewer, &north, other, 2, decide(Ruling::Consistent), now())
        .await
        .unwrap();
    let all = [0, 200, 200, 200, 200, 200, 200];
    check(&world, other, "agreed", all, ours, [0, 422, 422, 422, 422, 422, 422]).await;
}
