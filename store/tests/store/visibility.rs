//! Whoever may not see a thing gets `NotFound`, from every finder.

use crate::world::*;
use framework::{
    actor::{Actor, NationalRole, Role},
    lifecycle::{Operation, Status},
};
use store::{NewInvitation, Result};

/// Every call about a Practice's assessment, by its name.
async fn of_the_assessment(world: &World, actor: &Actor) -> Vec<(&'static str, Result<()>)> {
    let (store, north, year) = (&world.store, &north(), &cycle("2026"));
    let mut results = vec![
        ("assessment", store.assessment(actor, north, year).await.map(drop)),
        ("history", store.history(actor, north, year).await.map(drop)),
        (
            "practice_facts",
            store
                .practice_facts(actor, north, year, None, NOW.date())
                .await
                .map(drop),
        ),
        (
            "save_answers",
            store.save_answers(actor, north, year, vec![], NOW).await.map(drop),
        ),
        (
            "save_reviews",
            store.save_reviews(actor, north, year, vec![], NOW).await.map(drop),
        ),
        ("statements", store.statements(actor, north, year).await.map(drop)),
        (
            "make_statement",
            store.make_statement(actor, north, year, 0, None, NOW).await.map(drop),
        ),
        (
            "save_agreements",
            store.save_agreements(actor, north, year, vec![], NOW).await.map(drop),
        ),
    ];
    for action in Operation::ALL {
        let moved = store.transition(actor, north, year, action, None, NOW).await.map(drop);
        results.push((action.code(), moved));
    }
    results
}

/// Every call about a Practice, by its name.
async fn of_the_practice(world: &World, actor: &Actor) -> Vec<(&'static str, Result<()>)> {
    let (store, north) = (&world.store, &north());
    vec![
        ("practice", store.practice(actor, north).await.map(drop)),
        ("assessments_of", store.assessments_of(actor, north).await.map(drop)),
        ("start", store.start(actor, north, &cycle("2026"), NOW).await),
        ("improvement_plan", store.improvement_plan(actor, north).await.map(drop)),
    ]
}

/// Every call for administrators, by its name.
async fn of_administrators(world: &World, actor: &Actor) -> Vec<(&'static str, Result<()>)> {
    let store = &world.store;
    let invitation = NewInvitation {
        email: "x@example.org".into(),
        role: Role::National(NationalRole::Administrator),
        practice: None,
    };
    let someone = world.reader.person.unwrap();
    vec![
        ("people", store.people(actor).await.map(drop)),
        ("invite", store.invite(actor, &invitation, "x", NOW).await),
        (
            "pending_invitations",
            store.pending_invitations(actor, NOW).await.map(drop),
        ),
        (
            "withdraw_invitation",
            store.withdraw_invitation(actor, someone.0, NOW).await,
        ),
        (
            "password_link",
            store.password_link(actor, someone, "x", NOW).await.map(drop),
        ),
        ("set_disabled", store.set_disabled(actor, someone, true, NOW).await),
        ("set_password", store.set_password(actor, someone, "x", NOW).await),
        (
            "remove_member",
            store.remove_member(actor, someone, &north(), NOW).await,
        ),
        (
            "add_practice",
            store
                .add_practice(actor, &slug("mine"), "Mine", "", NOW)
                .await
                .map(drop),
        ),
        (
            "open_cycle",
            store.open_cycle(actor, &cycle("2027"), &version("2026.1"), NOW).await,
        ),
        ("close_cycle", store.close_cycle(actor, &cycle("2026"), NOW).await),
        ("reopen_cycle", store.reopen_cycle(actor, &cycle("2026"), NOW).await),
        (
            "closing_cycle",
            store.closing_cycle(actor, &cycle("2026")).await.map(drop),
        ),
        ("closing_account", store.closing_account(actor, someone).await.map(drop)),
        (
            "closing_practice",
            store.closing_practice(actor, &north()).await.map(drop),
        ),
        (
            "rename_practice",
            store.rename_practice(actor, &north(), "Mine", "", NOW).await,
        ),
        (
            "close_practice",
            store.close_practice(actor, &north(), NOW.date(), NOW).await,
        ),
        ("reopen_practice", store.reopen_practice(actor, &north(), NOW).await),
        ("regions", store.regions(actor).await.map(drop)),
        ("add_region", store.add_region(actor, "Mine", NOW).await.map(drop)),
        (
            "rename_region",
            store.rename_region(actor, "North", "Mine", NOW).await.map(drop),
        ),
        (
            "restore_member",
            store.restore_member(actor, someone, &north(), NOW).await,
        ),
        (
            "set_national_role",
            store.set_national_role(actor, someone, None, NOW).await,
        ),
        ("import", store.import(actor, vec![], false, NOW).await.map(drop)),
    ]
}

fn all_not_found(who: &str, results: Vec<(&'static str, Result<()>)>) {
    for (call, result) in results {
        assert!(
            matches!(&result, Err(error) if error.is_not_found()),
            "{call} by {who}: {result:?}"
        );
    }
}

both! {
    async fn another_practice_gets_not_found_from_every_call_in_every_state(world: &World) {
        world.bring_to(Status::Finalised).await;
        for actor in [&world.other, &world.nobody] {
            all_not_found(&actor.name, of_the_practice(world, actor).await);
            all_not_found(&actor.name, of_the_assessment(world, actor).await);
        }
        assert_eq!(world.store.practices(&world.nobody).await.unwrap(), []);
        assert_eq!(world.store.cycles(&world.nobody).await.unwrap(), []);
        let own: Vec<_> = world.store.practices(&world.other).await.unwrap();
        assert_eq!(own.iter().map(|p| p.info.slug.as_str()).collect::<Vec<_>>(), ["south-mere"]);
        assert_eq!(world.store.export(&world.other, None).await.unwrap(), []);
    }

    async fn a_practice_that_is_not_there_cannot_be_told_from_one_out_of_sight(world: &World) {
        let gone = world.store.practice(&world.other, &slug("nowhere")).await.unwrap_err().to_string();
        let hidden = world.store.practice(&world.other, &north()).await.unwrap_err().to_string();
        assert_eq!(gone, hidden);
    }

    async fn a_draft_is_out_of_sight_for_national_pause_and_for_readers(world: &World) {
        world.bring_to(Status::Draft).await;
        for actor in [&world.reviewer, &world.admin, &world.operator, &world.reader] {
            all_not_found(&actor.name, of_the_assessment(world, actor).await);
        }
        let rows = world.store.assessments_of(&world.reviewer, &north()).await.unwrap();
        assert_eq!(rows.iter().map(|row| (row.status, row.readable)).collect::<Vec<_>>(), [(Status::Draft, false)]);
        assert_eq!(world.store.assessments_of(&world.reader, &north()).await.unwrap(), []);
    }

    async fn only_administrators_administer(world: &World) {
        world.bring_to(Status::Draft).await;
        for actor in [&world.reviewer, &world.own_reviewer, &world.lead, &world.contributor, &world.other, &world.nobody] {
            all_not_found(&actor.name, of_administrators(world, actor).await);
        }
    }

    async fn national_figures_are_for_national_pause(world: &World) {
        for actor in [&world.lead, &world.contributor, &world.reader, &world.other, &world.nobody] {
            assert!(world.store.queue(actor).await.unwrap_err().is_not_found());
            assert!(world.store.national_facts(actor, &cycle("2026"), NOW.date()).await.unwrap_err().is_not_found());
        }
        world.store.national_facts(&world.own_reviewer, &cycle("2026"), NOW.date()).await.unwrap();
    }

    async fn the_queue_is_without_the_practices_one_belongs_to(world: &World) {
        world.bring_to(Status::InReview).await;
        let queue = world.store.queue(&world.admin).await.unwrap();
        let items: Vec<_> = queue.iter().map(|i| (i.practice.name.as_str(), i.status, i.reviewers.concat(), i.own)).collect();
        assert_eq!(items, [("North Vale", Status::InReview, "Rita".to_owned(), false)]);
        assert_eq!(world.store.queue(&world.own_reviewer).await.unwrap(), []);
    }

    async fn people_are_listed_with_their_roles(world: &World) {
        let people = world.store.people(&world.admin).await.unwrap();
        let olga = people.iter().find(|person| person.name == "Olga").unwrap();
        assert_eq!((olga.national, olga.memberships.len(), olga.disabled), (Some(NationalRole::Reviewer), 1, false));
        assert_eq!(people.len(), 8);
    }
}
