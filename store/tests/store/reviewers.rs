//! Who reviews, blind readings, conflicts of interest, and taking a finished assessment up again.

use crate::world::*;
use framework::{
    actor::{Actor, NationalRole, Role},
    lifecycle::{Denied, Operation, Status},
    notice::NoticeKind,
    prose::Prose,
    reviewers::{Phase, Writes},
};
use std::collections::BTreeSet;
use store::{Assessment, EventKind, Result, StoreError};
use time::Duration;

const CRITERIA: [&str; 4] = ["a", "b", "d", "e"];

async fn second(world: &World) -> Actor {
    join(&world.store, "Sam", Role::National(NationalRole::Reviewer), None).await
}

async fn assign(world: &World, by: &Actor, people: [Option<&Actor>; 2]) -> Result<()> {
    let people = people.map(|person| person.and_then(|actor| actor.person));
    world.store.assign(by, &north(), &cycle("2026"), people, NOW).await
}

/// Returns what somebody was told of.
async fn told(world: &World, who: &Actor) -> Vec<NoticeKind> {
    let inbox = world.store.inbox(who, 1).await.unwrap();
    inbox.notices.iter().map(|notice| notice.kind).collect()
}

async fn seen(world: &World, by: &Actor) -> Assessment {
    world.store.assessment(by, &north(), &cycle("2026")).await.unwrap()
}

async fn ready(world: &World, who: &Actor) -> Result<()> {
    world.store.declare_ready(who, &north(), &cycle("2026"), NOW).await
}

/// Two review; each rates all with a level.
async fn both_rate(world: &World, sam: &Actor, levels: [u8; 2]) {
    world.bring_to(Status::Submitted).await;
    assign(world, &world.admin, [Some(&world.reviewer), Some(sam)])
        .await
        .unwrap();
    world.act(&world.reviewer, Operation::BeginReview).await.unwrap();
    for (who, level) in [&world.reviewer, sam].into_iter().zip(levels) {
        for id in CRITERIA {
            world.review(who, id, 0, reviewed(level)).await.unwrap();
        }
    }
}

async fn send_back(world: &World, who: &Actor) {
    let note = Prose::read("Look at it once more.").unwrap();
    let sent = world
        .store
        .transition(who, &north(), &cycle("2026"), Operation::Return, note, NOW)
        .await;
    sent.unwrap();
}

fn readings(assessment: &Assessment) -> Vec<Option<u8>> {
    let line = &assessment.lines[0].entry;
    line.readings
        .iter()
        .map(|reading| reading.0.rating.map(|r| r.level()))
        .collect()
}

both! {
    async fn neither_of_two_reviewers_sees_the_other_until_both_are_in(world: &World) {
        let sam = second(world).await;
        both_rate(world, &sam, [4, 2]).await;
        assert_eq!(readings(&seen(world, &world.reviewer).await), [Some(4), None]);
        assert_eq!(readings(&seen(world, &sam).await), [None, Some(2)]);
        assert_eq!(readings(&seen(world, &world.admin).await), []);
        let own = seen(world, &sam).await;
        assert_eq!((own.lines[0].own_review.clone(), own.lines[0].own_revision), (reviewed(2), 1));

        ready(world, &world.reviewer).await.unwrap();
        assert_eq!(readings(&seen(world, &sam).await), [None, Some(2)]);
        // what is in stays as it is, and nothing is settled yet
        let late = world.review(&world.reviewer, "a", 1, reviewed(5)).await;
        assert!(matches!(late, Err(StoreError::Refused(_))), "{late:?}");
        let early = world.act(&world.reviewer, Operation::Moderate).await;
        assert!(matches!(early, Err(StoreError::Lifecycle(Denied::Blind))), "{early:?}");

        assert!(!told(world, &world.reviewer).await.contains(&NoticeKind::BothIn));
        ready(world, &sam).await.unwrap();
        assert!(told(world, &world.reviewer).await.contains(&NoticeKind::BothIn));
        assert!(!told(world, &sam).await.contains(&NoticeKind::BothIn));
        for who in [&world.reviewer, &sam, &world.admin] {
            let together = seen(world, who).await;
            assert_eq!(readings(&together), [Some(4), Some(2)]);
            assert_eq!((together.reviewers.phase(), together.lines[0].entry.review_rating()), (Phase::Together, None));
        }
        let open = world.act(&world.reviewer, Operation::Moderate).await;
        assert!(matches!(open, Err(StoreError::Refused(_))), "{open:?}");
        for id in CRITERIA {
            world.review(&sam, id, 0, reviewed(4)).await.unwrap();
        }
        world.act(&world.reviewer, Operation::Moderate).await.unwrap();
        let settled = seen(world, &world.lead).await;
        assert_eq!(readings(&settled), [Some(4), Some(2)]);
        assert_eq!(settled.lines[0].entry.review_rating(), Some(rating(4)));
    }

    async fn neither_plan_nor_history_tells_what_a_blind_reviewer_said(world: &World) {
        let sam = second(world).await;
        both_rate(world, &sam, [1, 1]).await;
        let whose_rating = async |who: &Actor| {
            let history = world.store.history(who, &north(), &cycle("2026")).await.unwrap();
            let ratings = history.into_iter().filter(|event| event.kind == EventKind::Reviewed);
            ratings.map(|event| event.who).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(", ")
        };
        assert_eq!([whose_rating(&world.reviewer).await, whose_rating(&sam).await], ["Rita", "Sam"]);
        assert_eq!(whose_rating(&world.admin).await, "");
        send_back(world, &world.reviewer).await;
        // the self-ratings are 4: what a plan asks for would say that both gave 1
        for who in [&world.reviewer, &sam, &world.admin, &world.lead] {
            let plan = world.store.improvement_plan(who, &north()).await.unwrap();
            assert!(plan.asked.is_none(), "{}: {:?}", who.name, plan.asked);
            let beside = seen(world, who).await.plan.asking;
            assert_eq!(beside, [], "{}", who.name);
        }
        assert_eq!(whose_rating(&world.lead).await, "");

        world.act(&world.lead, Operation::Submit).await.unwrap();
        world.act(&sam, Operation::BeginReview).await.unwrap();
        ready(world, &world.reviewer).await.unwrap();
        ready(world, &sam).await.unwrap();
        assert_eq!(whose_rating(&world.admin).await, "Rita, Sam");
        send_back(world, &sam).await;
        let plan = world.store.improvement_plan(&world.lead, &north()).await.unwrap();
        assert!(!plan.asked.unwrap().criteria.is_empty(), "both are in, so the plan asks");
    }

    async fn agreement_is_told_from_what_both_said_before_they_saw_each_others_ratings(world: &World) {
        let sam = second(world).await;
        both_rate(world, &sam, [4, 2]).await;
        for who in [&world.reviewer, &sam] {
            ready(world, who).await.unwrap();
        }
        send_back(world, &sam).await;
        world.act(&world.lead, Operation::Submit).await.unwrap();
        world.act(&sam, Operation::BeginReview).await.unwrap();
        // now Sam knows what Rita gave
        for id in CRITERIA {
            world.review(&sam, id, 1, reviewed(4)).await.unwrap();
        }
        for who in [&world.reviewer, &sam] {
            ready(world, who).await.unwrap();
        }
        assert_eq!(readings(&seen(world, &sam).await), [Some(4), Some(4)]);
        world.act(&sam, Operation::Moderate).await.unwrap();
        world.act(&sam, Operation::Finalise).await.unwrap();
        let facts = world.store.national_facts(&world.admin, &cycle("2026"), NOW.date()).await.unwrap();
        let alone = [rating(4), rating(2)];
        assert_eq!(facts.beside.read_twice, [vec![alone; 4]]);
        let (_, found) = world.store.reviewed(&world.admin, &cycle("2026")).await.unwrap();
        assert_eq!(found[0].criteria[0].readings, alone.map(Some));
        let mark = facts.network.facts().sheets().next().unwrap().marks[1];
        assert_eq!((mark.review_rating, mark.agreed_rating), (Some(rating(4)), Some(rating(4))), "what counts is what they say now");
    }

    async fn the_same_rating_from_both_counts_without_anybody_setting_it(world: &World) {
        let sam = second(world).await;
        both_rate(world, &sam, [4, 4]).await;
        ready(world, &world.reviewer).await.unwrap();
        ready(world, &sam).await.unwrap();
        world.act(&sam, Operation::Moderate).await.unwrap();
        world.act(&sam, Operation::Finalise).await.unwrap();
        let facts = world.store.national_facts(&world.admin, &cycle("2026"), NOW.date()).await.unwrap();
        let mark = facts.network.facts().sheets().next().unwrap().marks[0];
        assert_eq!((mark.review_rating, mark.agreed_rating), (Some(rating(4)), Some(rating(4))));
        assert_eq!(facts.beside.read_twice, [vec![[rating(4); 2]; 4]]);
        let (version, reviewed) = world.store.reviewed(&world.admin, &cycle("2026")).await.unwrap();
        let criteria = &reviewed[0].criteria;
        assert_eq!((reviewed.len(), reviewed[0].practice.as_str(), criteria.len()), (1, "North Vale", 4));
        assert_eq!((criteria[0].own, criteria[0].readings), (Some(rating(4)), [Some(rating(4)); 2]));
        assert_eq!((&criteria[0].element, reviewed[0].reviewers.join(", ")), (&version.elements[0].id, "Rita, Sam".to_owned()));
        let own = world.store.practice_facts(&world.lead, &north(), &cycle("2026"), None, NOW.date()).await.unwrap();
        assert_eq!(own.sheets.first(), facts.network.facts().sheets().next());
    }

    async fn ratings_are_in_only_when_all_are_given(world: &World) {
        let sam = second(world).await;
        world.bring_to(Status::Submitted).await;
        assign(world, &world.admin, [Some(&world.reviewer), Some(&sam)]).await.unwrap();
        world.act(&sam, Operation::BeginReview).await.unwrap();
        world.review(&sam, "a", 0, reviewed(4)).await.unwrap();
        let early = ready(world, &sam).await;
        assert!(matches!(early, Err(StoreError::Refused(_))), "{early:?}");
        assert!(matches!(ready(world, &world.admin).await, Err(StoreError::Lifecycle(Denied::NotAssigned))));
        assert!(ready(world, &world.lead).await.is_err());
    }

    async fn only_the_assigned_review(world: &World) {
        let sam = second(world).await;
        world.bring_to(Status::InReview).await;
        assert_eq!(seen(world, &sam).await.writes, Writes::Nothing);
        let other = world.review(&sam, "a", 1, reviewed(5)).await;
        assert!(matches!(other, Err(StoreError::Lifecycle(Denied::NotAssigned))), "{other:?}");
        // a reviewer who has begun is not joined by a second
        let joined = assign(world, &world.admin, [Some(&world.reviewer), Some(&sam)]).await;
        assert!(matches!(joined, Err(StoreError::Refused(_))), "{joined:?}");
        // but may hand over: what was said stays the review
        assign(world, &world.admin, [Some(&sam), None]).await.unwrap();
        world.review(&sam, "a", 1, reviewed(5)).await.unwrap();
        assert!(world.review(&world.reviewer, "a", 2, reviewed(1)).await.is_err());
    }

    async fn assigning_is_for_administrators_and_for_people_without_ties(world: &World) {
        let sam = second(world).await;
        world.bring_to(Status::Submitted).await;
        for who in [&world.reviewer, &world.lead, &world.other] {
            assert!(assign(world, who, [Some(&world.reviewer), None]).await.unwrap_err().is_not_found());
            assert!(world.store.candidates(who, &north(), &cycle("2026"), NOW).await.unwrap_err().is_not_found());
        }
        for wrong in [
            [Some(&world.own_reviewer), None],
            [Some(&world.lead), None],
            [Some(&sam), Some(&sam)],
            [None, Some(&sam)],
        ] {
            let refused = assign(world, &world.admin, wrong).await;
            assert!(matches!(refused, Err(StoreError::Refused(_))), "{refused:?}");
        }
        assign(world, &world.admin, [Some(&world.reviewer), Some(&sam)]).await.unwrap();
        let candidates = world.store.candidates(&world.admin, &north(), &cycle("2026"), NOW).await.unwrap();
        let words: Vec<_> = candidates.iter().map(|c| (c.name.as_str(), c.workload, c.conflict.is_some())).collect();
        assert_eq!(words, [("Ada", 0, false), ("Olga", 0, true), ("Rita", 1, false), ("Sam", 1, false)]);
        let queue = world.store.queue(&sam).await.unwrap();
        assert_eq!((queue[0].reviewers.join(", "), queue[0].own), ("Rita, Sam".to_owned(), true));
    }

    async fn a_past_member_reviews_the_practice_after_two_years(world: &World) {
        let id = world.own_reviewer.person.unwrap();
        world.bring_to(Status::Submitted).await;
        world.store.remove_member(&world.admin, id, &north(), NOW).await.unwrap();
        world.store.open_session(id, "later", NOW + Duration::days(10), HOUR * 24 * 900).await.unwrap();
        let soon = world.store.session("later", NOW + Duration::days(10), HOUR).await.unwrap().unwrap();
        assert_eq!(soon.conflicts.len(), 1);
        assert!(world.store.assessment(&soon, &north(), &cycle("2026")).await.unwrap_err().is_not_found());
        assert_eq!(world.store.queue(&soon).await.unwrap(), []);
        let late = NOW + Duration::days(740);
        let late = world.store.session("later", late, HOUR * 24 * 800).await.unwrap().unwrap();
        assert_eq!(late.conflicts, []);
        world.store.assessment(&late, &north(), &cycle("2026")).await.unwrap();
    }

    async fn a_declared_conflict_counts_at_once_until_it_is_lifted(world: &World) {
        world.bring_to(Status::InReview).await;
        let why = Prose::read("My sister works there.").unwrap();
        world.store.declare_conflict(&world.reviewer, &north(), why.clone(), NOW).await.unwrap();
        let again = world.store.declare_conflict(&world.reviewer, &north(), None, NOW).await;
        assert!(matches!(again, Err(StoreError::Taken(_))), "{again:?}");
        let rita = sign_in(&world.store, world.reviewer.person.unwrap(), "again").await;
        assert!(world.store.assessment(&rita, &north(), &cycle("2026")).await.unwrap_err().is_not_found());
        assert_eq!(seen(world, &world.admin).await.reviewers.all(), []);
        assert!(told(world, &world.admin).await.contains(&NoticeKind::ReviewerNeeded));
        assert!(!told(world, &world.lead).await.contains(&NoticeKind::ReviewerNeeded));

        assert!(world.store.declare_conflict(&world.lead, &north(), None, NOW).await.unwrap_err().is_not_found());
        let all = world.store.declared_conflicts(&world.admin).await.unwrap();
        assert_eq!((all[0].name.as_str(), &all[0].reason), ("Rita", &why));
        assert_eq!(world.store.declared_conflicts(&rita).await.unwrap().len(), 1);
        assert_eq!(world.store.declared_conflicts(&world.own_reviewer).await.unwrap(), []);
        assert!(world.store.lift_conflict(&rita, all[0].id, NOW).await.unwrap_err().is_not_found());
        world.store.lift_conflict(&world.admin, all[0].id, NOW).await.unwrap();
        let rita = sign_in(&world.store, rita.person.unwrap(), "once more").await;
        assert_eq!(rita.conflicts, []);
    }

    async fn a_finished_assessment_is_taken_up_again_and_nothing_of_it_is_lost(world: &World) {
        world.bring_to(Status::Finalised).await;
        let year = cycle("2026");
        let before = world.store.practice_facts(&world.lead, &north(), &year, None, NOW.date()).await.unwrap();
        let reason = || Prose::read("Two evidence files were mixed up.").unwrap().unwrap();
        for who in [&world.reviewer, &world.lead, &world.reader] {
            assert!(world.store.reopen(who, &north(), &year, reason(), NOW).await.is_err());
        }
        assert_eq!(world.store.reopen(&world.admin, &north(), &year, reason(), NOW).await.unwrap(), 2);
        assert!(world.store.reopen(&world.admin, &north(), &year, reason(), NOW).await.is_err());

        let draft = seen(world, &world.lead).await;
        assert_eq!((draft.status, draft.edition, draft.lines[0].entry.self_rating()), (Status::Draft, 2, Some(rating(4))));
        assert_eq!(draft.lines[0].entry.review_rating(), None);
        world.answer(&world.lead, "a", 1, rated(2)).await.unwrap();
        // the finished edition is what others still see, and what counts
        for who in [&world.reader, &world.reviewer] {
            let seen = seen(world, who).await;
            assert_eq!((seen.status, seen.edition, seen.taken_up_again), (Status::Finalised, 1, true));
        }
        assert!(told(world, &world.reviewer).await.contains(&NoticeKind::Reopened));
        let why = world.store.why_it_is_back(&world.lead, &north(), &year).await.unwrap();
        assert_eq!((why, draft.taken_up_again), (Some(reason()), false));
        let old = world.store.practice_facts(&world.lead, &north(), &year, Some(1), NOW.date()).await.unwrap();
        assert_eq!(old, before);
        let national = world.store.national_facts(&world.reviewer, &year, NOW.date()).await.unwrap();
        assert_eq!((national.network.facts().sheets().count(), national.unfinished.len()), (1, 0));
        assert_eq!(national.network.facts().sheets().next(), before.sheets.first());
        let rows = world.store.assessments_of(&world.lead, &north()).await.unwrap();
        let rows: Vec<_> = rows.iter().map(|row| (row.edition, row.status, row.taken_up_again)).collect();
        assert_eq!(rows, [(2, Status::Draft, false), (1, Status::Finalised, true)]);
        for who in [&world.lead, &world.reviewer] {
            let history = world.store.history(who, &north(), &year).await.unwrap();
            assert!(history.iter().any(|event| event.note == Some(reason())));
        }

        // once the new one is finished it takes the old one's place
        world.act(&world.lead, Operation::Submit).await.unwrap();
        world.act(&world.reviewer, Operation::BeginReview).await.unwrap();
        for id in CRITERIA {
            let level = if id == "a" { 2 } else { 4 };
            world.review(&world.reviewer, id, 0, reviewed(level)).await.unwrap();
        }
        world.agree(&world.reviewer, "a", agreed(2)).await.unwrap();
        world.act(&world.reviewer, Operation::Moderate).await.unwrap();
        world.act(&world.reviewer, Operation::Finalise).await.unwrap();
        let national = world.store.national_facts(&world.reviewer, &year, NOW.date()).await.unwrap();
        assert_eq!(national.network.facts().sheets().next().unwrap().marks[0].agreed_rating, Some(rating(2)));
        assert_eq!(world.store.export(&world.admin, None).await.unwrap().len(), 1);
        let old = world.store.practice_facts(&world.reader, &north(), &year, Some(1), NOW.date()).await.unwrap();
        assert_eq!(old, before);
    }
}
