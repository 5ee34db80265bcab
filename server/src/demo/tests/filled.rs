//! The filled database: people, states, histories, reports.

use super::super::{
    people::{AT, PASSWORD},
    practices::{DRIFTED, MAIN, PRACTICES, RETURNED, REVIEWERS_OWN},
    *,
};
use super::{agree, moved, outputs};
use framework::{
    actor::{NationalRole, PracticeRole},
    adaptation::Phase,
    clarification::ThreadStatus,
    library::Library,
    lifecycle::Status,
    report::practice_report,
};
use std::collections::BTreeSet;
use store::EventKind;

const NOW: OffsetDateTime = time::macros::datetime!(2026-11-20 10:00 UTC);

async fn filled() -> (Store, Demo) {
    let store = Store::connect("sqlite::memory:", Library::embedded().clone())
        .await
        .unwrap();
    store.migrate().await.unwrap();
    let demo = fill(&store, &Files::in_memory(), NOW).await.unwrap();
    (store, demo)
}

async fn actor(store: &Store, email: &str) -> Actor {
    let people = store.people(&Actor::operator()).await.unwrap();
    let person = people.into_iter().find(|person| person.email == email).unwrap();
    Actor {
        person: Some(person.id),
        name: person.name,
        national: person.national,
        memberships: person.memberships,
        conflicts: vec![],
    }
}

#[tokio::test]
async fn the_whole_demonstration_is_there_in_every_state() {
    let (store, demo) = filled().await;
    everybody_can_sign_in(&store, &demo).await;
    every_state_is_there(&store).await;
    the_main_practice_is_a_half_filled_draft(&store).await;
    questions_wait_in_the_returned_one(&store).await;
    a_reviewer_belongs_to_a_submitted_one(&store).await;
    the_drifted_one_drifts_in_its_report(&store).await;
    the_registers_show_every_state(&store).await;
    agreed_adaptations_explain_and_what_is_over_does_not(&store).await;
    earlier_years_are_read_back(&store).await;
    moved::everything_moves_and_comes_out_the_same(&store).await;
    outputs::every_report_fits_its_schema_and_becomes_a_workbook(&store).await;
    agree::every_place_says_the_same(&store).await;
    plans_roll_on(&store).await;
    assert_eq!(fill(&store, &Files::in_memory(), NOW).await.unwrap(), demo);
    assert_eq!(store.practices(&Actor::operator()).await.unwrap().len(), 24);
}

async fn everybody_can_sign_in(store: &Store, demo: &Demo) {
    assert_eq!(demo.password, PASSWORD);
    let mut hashes = BTreeSet::new();
    for (email, role) in &demo.accounts {
        assert!(email.ends_with(AT) && !role.is_empty());
        hashes.insert(store.credentials(email).await.unwrap().expect(email).password_hash);
    }
    assert_eq!(hashes.len(), 1);
    assert_eq!(
        app::account::password::fits(
            PASSWORD.into(),
            hashes.pop_first(),
            app::account::password::HashingPriority::Anybody
        )
        .await
        .ok(),
        Some(true)
    );
    assert_eq!(actor(store, LAST).await.national, Some(NationalRole::Administrator));
    assert_eq!(
        store.pending_invitations(&Actor::operator(), NOW).await.unwrap().len(),
        1
    );
}

async fn plans_roll_on(store: &Store) {
    let reviewer = actor(store, "reviewer@demo.example").await;
    let open = store.open_actions(&reviewer).await.unwrap();
    let today = NOW.date();
    assert!(open.iter().any(|open| open.row.carried == 2), "carried over twice");
    assert!(open.iter().any(|open| open.row.action.course.is_overdue(today)));
    let plan = store.improvement_plan(&reviewer, &slug(MAIN).unwrap()).await.unwrap();
    assert!(plan.actions.iter().any(|row| row.carried == 2));
    assert!(plan.actions.iter().any(|row| row.action.course.closed.is_some()));
    assert!(plan.support.iter().any(|row| row.given.helped.is_some()));
    assert!(plan.support.iter().any(|row| row.given.helped.is_none()));
}

async fn every_state_is_there(store: &Store) {
    let operator = Actor::operator();
    let mut states = BTreeSet::new();
    let (mut imported, mut finalised) = (0, 0);
    for practice in &PRACTICES {
        let rows = store
            .assessments_of(&operator, &slug(practice.slug).unwrap())
            .await
            .unwrap();
        assert_eq!(rows.len(), usize::from(2027 - practice.first), "{}", practice.name);
        states.extend(
            rows.iter()
                .filter(|row| row.cycle.as_str() == "2026")
                .map(|row| row.status),
        );
        imported += rows.iter().filter(|row| row.imported).count();
        finalised += rows
            .iter()
            .filter(|row| row.cycle.as_str() == "2026" && row.status == Status::Finalised)
            .count();
        assert!(rows.iter().all(|row| row.status_since <= NOW));
        assert!(
            rows.iter()
                .filter(|row| row.cycle.as_str() != "2026")
                .all(|row| row.status == Status::Finalised)
        );
    }
    assert_eq!(states, Status::ALL.into_iter().collect());
    assert_eq!(
        imported,
        PRACTICES.iter().filter(|practice| practice.first == 2024).count()
    );
    assert!(finalised >= 14, "{finalised}");
    let facts = store
        .national_facts(&operator, &cycle(2026).unwrap(), NOW.date())
        .await
        .unwrap();
    assert_eq!(facts.unfinished.len() + finalised, 24);
}

async fn the_main_practice_is_a_half_filled_draft(store: &Store) {
    let lead = actor(store, "lead@demo.example").await;
    let assessment = store
        .assessment(&lead, &slug(MAIN).unwrap(), &cycle(2026).unwrap())
        .await
        .unwrap();
    assert_eq!(
        (assessment.status, assessment.previous.is_some()),
        (Status::Draft, true)
    );
    let answered = assessment
        .lines
        .iter()
        .filter(|line| line.entry.answer.response.is_some())
        .count();
    assert!(answered > 20 && answered < assessment.lines.len() - 10, "{answered}");
    let names: BTreeSet<_> = assessment
        .lines
        .iter()
        .filter_map(|line| line.answered_by.as_deref())
        .collect();
    assert_eq!(names.len(), 2, "{names:?}");
    let reader = actor(store, "reader@demo.example").await;
    assert_eq!(reader.memberships[0].role, PracticeRole::Reader);
    assert_eq!(
        store.assessments_of(&reader, &slug(MAIN).unwrap()).await.unwrap().len(),
        2
    );
}

async fn questions_wait_in_the_returned_one(store: &Store) {
    let lead = actor(store, &format!("lead.{RETURNED}@demo.example")).await;
    let assessment = store
        .assessment(&lead, &slug(RETURNED).unwrap(), &cycle(2026).unwrap())
        .await
        .unwrap();
    assert!(assessment.review_readable);
    let questions = assessment.lines.iter().filter_map(|line| line.clarification.as_ref());
    let states: Vec<_> = questions.map(|found| found.thread.state).collect();
    let waiting = states
        .iter()
        .filter(|state| **state == ThreadStatus::WaitsForPractice)
        .count();
    assert_eq!((assessment.status, states.len(), waiting), (Status::Returned, 4, 3));
    assert!(states.contains(&ThreadStatus::Answered));
    let history = store
        .history(&lead, &slug(RETURNED).unwrap(), &cycle(2026).unwrap())
        .await
        .unwrap();
    let moves: Vec<_> = history
        .iter()
        .filter(|event| event.kind == EventKind::Moved)
        .map(|event| event.to.unwrap())
        .collect();
    assert_eq!(moves, [Status::Submitted, Status::InReview, Status::Returned]);
    assert!(history.iter().any(|event| event.note.is_some()));
}

async fn a_reviewer_belongs_to_a_submitted_one(store: &Store) {
    let both = actor(store, "reviewer3@demo.example").await;
    assert_eq!(
        (both.national, both.memberships.len()),
        (Some(NationalRole::Reviewer), 1)
    );
    let assessment = store
        .assessment(&both, &slug(REVIEWERS_OWN).unwrap(), &cycle(2026).unwrap())
        .await
        .unwrap();
    assert_eq!(assessment.status, Status::Submitted);
    assert_eq!(assessment.standing, framework::actor::Standing::Contributor);
}

async fn the_drifted_one_drifts_in_its_report(store: &Store) {
    let lead = actor(store, &format!("lead.{DRIFTED}@demo.example")).await;
    let facts = store
        .practice_facts(
            &lead,
            &slug(DRIFTED).unwrap(),
            &cycle(2026).unwrap(),
            None,
            time::macros::date!(2026 - 12 - 31),
        )
        .await
        .unwrap();
    let report = practice_report(store.library(), &facts).unwrap();
    assert_eq!(report.status, Status::Finalised);
    let (previous, baseline) = (report.drift.previous.unwrap(), report.drift.baseline.unwrap());
    assert!(previous.net.unwrap() < 0.0 && baseline.net.unwrap() < previous.net.unwrap());
    assert!(previous.unexplained.len() >= 3, "{}", previous.unexplained.len());
    assert!(report.agreement.bias.unwrap() > 0.1 && !report.core_gaps.is_empty());
}

async fn the_registers_show_every_state(store: &Store) {
    let lead = actor(store, "lead@demo.example").await;
    let (_, register) = store.register(&lead, &slug(MAIN).unwrap()).await.unwrap();
    let phases: BTreeSet<Phase> = register.iter().map(|one| one.phase(NOW.date())).collect();
    let all = [
        Phase::Waiting,
        Phase::InForce,
        Phase::Draft,
        Phase::Refused,
        Phase::Expired,
    ];
    assert_eq!(phases, all.into());
    let soon = register
        .iter()
        .filter(|one| one.ends_soon(NOW.date()).is_some())
        .count();
    assert_eq!(soon, 1);
    let reviewer = actor(store, "reviewer@demo.example").await;
    assert!(store.adaptations_waiting(&reviewer).await.unwrap() >= 1);
}

async fn agreed_adaptations_explain_and_what_is_over_does_not(store: &Store) {
    let national = actor(store, "admin@demo.example").await;
    let facts = store
        .national_facts(&national, &cycle(2026).unwrap(), NOW.date())
        .await
        .unwrap();
    let report = framework::report::national_report(store.library(), &facts).unwrap();
    let split = report.below;
    assert!(
        split.consistent > 0 && split.not_consistent > 0 && split.unplanned > 0 && split.unexplained > 0,
        "{split:?}"
    );
    let over = report
        .practices
        .iter()
        .filter(|practice| !practice.register.expired.is_empty());
    assert!(over.count() > 0);
    let in_force = report
        .practices
        .iter()
        .filter(|practice| !practice.register.in_force.is_empty());
    assert!(in_force.count() > 2);
}

/// The assessments go out as a file and come back the same.
async fn earlier_years_are_read_back(store: &Store) {
    let mut given = store.export(&Actor::operator(), None).await.unwrap();
    given.sort_by_key(|one| (one.practice.slug.clone(), one.cycle.clone()));
    let bytes = report::exchange::write(&given, store.library());
    assert_eq!(report::exchange::read(store.library(), &bytes), Ok(given));
}

#[tokio::test]
async fn a_database_with_other_data_is_left_alone() {
    let store = Store::connect("sqlite::memory:", Library::embedded().clone())
        .await
        .unwrap();
    store.migrate().await.unwrap();
    store
        .add_practice(
            &Actor::operator(),
            &slug("elsewhere").unwrap(),
            "Elsewhere",
            "North",
            NOW,
        )
        .await
        .unwrap();
    assert!(matches!(
        fill(&store, &Files::in_memory(), NOW).await,
        Err(Refused::OtherData)
    ));
    assert_eq!(store.practices(&Actor::operator()).await.unwrap().len(), 1);
    let store = Store::connect("sqlite::memory:", Library::embedded().clone())
        .await
        .unwrap();
    store.migrate().await.unwrap();
    add_practices(&store, NOW).await.unwrap();
    assert!(matches!(
        fill(&store, &Files::in_memory(), NOW).await,
        Err(Refused::HalfFilled)
    ));
}
