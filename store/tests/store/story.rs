//! Two years of two Practices in which every write path of the store is walked once.

use crate::{faults::Steps, world::*};
use framework::{
    actor::{Actor, NationalRole, PracticeRole, Role},
    adaptation::{Core, Level, Proposal, Reason, Ruling, Timing},
    assessment::{Agreement, Review},
    clarification::ThreadOperation,
    evidence::{Content, Evidence, FileHash, Title},
    exchange::{ActionRecord, Placed},
    identify::{Kind, Kinds},
    lifecycle::Operation,
    notice::MailChoice,
    plan::{About, ActionStatus, Helped, Owner, PlannedAction},
    prose::Prose,
    statement::{Stance, Statement},
};
use std::collections::BTreeMap;
use store::{ArchivedDocument, ImportFile, Intake, Mailing, NewInvitation, NewSupport, ReportOf, Step, Trouble, Turn};
use time::{
    Duration,
    macros::{date, time},
};

const LATER: time::OffsetDateTime = NOW.saturating_add(Duration::DAY);
const CRITERIA: [&str; 4] = ["a", "b", "d", "e"];

fn prose(text: &str) -> Prose {
    Prose::try_from(text.to_owned()).unwrap()
}

fn planned(what: &str) -> PlannedAction {
    PlannedAction {
        what: prose(what),
        owner: Owner::read("Practice lead").unwrap(),
        by: date!(2026 - 03 - 01),
        support: text("A day."),
    }
}

fn item(title: &str, content: Content) -> Evidence {
    Evidence {
        title: Title::read(title).unwrap(),
        shows: prose("That it is so"),
        true_of: date!(2025 - 02 - 01),
        review_by: Some(date!(2027 - 02 - 01)),
        content,
    }
}

fn proposal(title: &str) -> Proposal {
    Proposal {
        title: title.into(),
        what: prose("We meet in the library."),
        criteria: [criterion("b")].into(),
        timing: Timing::Planned,
        since: date!(2026 - 01 - 01),
        until: None,
        decided_by: "Practice lead".into(),
        level: Level::Team,
        reasons: [Reason::Place].into(),
        why: prose("Buses stopped."),
        core: Core::Keeps,
        core_why: prose("Women still choose."),
    }
}

/// Walks every write path.
pub async fn tell(world: &World, steps: &Steps<'_>) {
    people(world, steps).await;
    practices_and_cycles(world, steps).await;
    assessment(world, steps).await;
    let sam = review(world, steps).await;
    library(world, steps).await;
    moderation(world, steps, &sam).await;
    plan(world, steps).await;
    reopening(world, steps).await;
    register(world, steps).await;
    letters(world, steps).await;
    reports(world, steps).await;
    exchange(world, steps).await;
}

async fn people(world: &World, steps: &Steps<'_>) {
    let store = &world.store;
    let invited = |email: &str| NewInvitation {
        email: email.to_owned(),
        role: Role::Practice(PracticeRole::Reader),
        practice: Some(north()),
    };
    let one = invited("new@example.org");
    steps
        .take("invite", async || store.invite(&world.admin, &one, "one", NOW).await)
        .await;
    let new = steps
        .take("accept", async || store.accept("one", "Nell", Some("hash"), NOW).await)
        .await;
    let two = invited("two@example.org");
    steps
        .take("invite another", async || {
            store.invite(&world.admin, &two, "two", NOW).await
        })
        .await;
    let waiting = store.pending_invitations(&world.admin, NOW).await.unwrap();
    steps
        .take("withdraw an invitation", async || {
            store.withdraw_invitation(&world.admin, waiting[0].id, NOW).await
        })
        .await;
    steps
        .take("open a session", async || {
            store.open_session(new, "nell", NOW, HOUR * 12).await
        })
        .await;
    steps
        .take("close a session", async || store.close_session("nell").await)
        .await;
    steps
        .take("make a password link", async || {
            store.password_link(&world.admin, new, "link", NOW).await
        })
        .await;
    steps
        .take("use a password link", async || {
            store.use_password_link("link", "other", NOW).await
        })
        .await;
    steps
        .take("set a password", async || {
            store
                .set_password(&world.lead, world.lead.person.unwrap(), "more", NOW)
                .await
        })
        .await;
    for role in [Some(NationalRole::Reviewer), None] {
        steps
            .take("change a national role", async || {
                store.set_national_role(&world.admin, new, role, NOW).await
            })
            .await;
    }
    steps
        .take("disable an account", async || {
            store.set_disabled(&world.admin, new, true, NOW).await
        })
        .await;
    steps
        .take("remove a member", async || {
            store.remove_member(&world.admin, new, &north(), NOW).await
        })
        .await;
    steps
        .take("restore a member", async || {
            store.restore_member(&world.admin, new, &north(), NOW).await
        })
        .await;
    steps
        .take("choose e-mail", async || {
            store.set_mail_choice(&world.lead, MailChoice::Each).await
        })
        .await;
}

async fn practices_and_cycles(world: &World, steps: &Steps<'_>) {
    let store = &world.store;
    let east = slug("east-end");
    steps
        .take("add a Practice", async || {
            store.add_practice(&world.admin, &east, "East End", "East", NOW).await
        })
        .await;
    let (year, before) = (cycle("2027"), version("2026.1"));
    steps
        .take("open a cycle", async || {
            store.open_cycle(&world.admin, &year, &before, NOW).await
        })
        .await;
    steps
        .take("close a cycle", async || {
            store.close_cycle(&world.admin, &year, NOW).await
        })
        .await;
    steps
        .take("reopen a cycle", async || {
            store.reopen_cycle(&world.admin, &year, NOW).await
        })
        .await;
    steps
        .take("rename a Practice", async || {
            store
                .rename_practice(&world.admin, &east, "Far East End", "Coast", NOW)
                .await
        })
        .await;
    steps
        .take("close a Practice", async || {
            store.close_practice(&world.admin, &east, NOW.date(), NOW).await
        })
        .await;
    steps
        .take("reopen a Practice", async || {
            store.reopen_practice(&world.admin, &east, NOW).await
        })
        .await;
    steps
        .take("add a region", async || {
            store.add_region(&world.admin, "Islands", NOW).await
        })
        .await;
    steps
        .take("rename a region", async || {
            store.rename_region(&world.admin, "Coast", "South coast", NOW).await
        })
        .await;
    steps.take("beat", async || store.beat().await).await;
}

async fn assessment(world: &World, steps: &Steps<'_>) {
    let (store, lead, year) = (&world.store, &world.lead, cycle("2026"));
    steps
        .take("start", async || store.start(lead, &north(), &year, NOW).await)
        .await;
    let all = async || {
        let changes = CRITERIA.map(|id| change(id, 0, rated(4)));
        store.save_answers(lead, &north(), &year, changes.into(), NOW).await
    };
    steps.take("answer", all).await;
    let again = async || {
        store
            .save_answers(lead, &north(), &year, vec![change("b", 1, rated(2))], NOW)
            .await
    };
    steps.take("answer again", again).await;
    let kept = [(Some(criterion("b")), Kinds::from([(Kind::Name, 2)]))];
    let confirming = store.confirming(lead, kept);
    let keeping = async || {
        let changes = vec![change("b", 2, rated(3))];
        confirming.save_answers(lead, &north(), &year, changes, NOW).await
    };
    steps.take("answer with kept detail", keeping).await;
    steps
        .take("submit", async || world.act(lead, Operation::Submit).await)
        .await;
}

async fn review(world: &World, steps: &Steps<'_>) -> Actor {
    let (store, year) = (&world.store, cycle("2026"));
    let sam = join(store, "Sam", Role::National(NationalRole::Reviewer), None).await;
    let two = [world.reviewer.person, sam.person];
    steps
        .take("assign", async || {
            store.assign(&world.admin, &north(), &year, two, NOW).await
        })
        .await;
    steps
        .take("begin review", async || {
            world.act(&world.reviewer, Operation::BeginReview).await
        })
        .await;
    for (who, level) in [(&world.reviewer, 2), (&sam, 3)] {
        let changes = || CRITERIA.map(|id| change(id, 0, reviewed(if id == "b" { level } else { 4 })));
        steps
            .take("read", async || {
                store.save_reviews(who, &north(), &year, changes().into(), NOW).await
            })
            .await;
        steps
            .take("ratings are in", async || {
                store.declare_ready(who, &north(), &year, NOW).await
            })
            .await;
    }
    let question = Review {
        question: text("How many?"),
        ..reviewed(2)
    };
    let ask = async || {
        store
            .save_reviews(
                &world.reviewer,
                &north(),
                &year,
                vec![change("b", 0, question.clone())],
                NOW,
            )
            .await
    };
    steps.take("review", ask).await;
    let note = || text("Please look again");
    steps
        .take("return", async || {
            store
                .transition(&world.reviewer, &north(), &year, Operation::Return, note(), NOW)
                .await
        })
        .await;
    steps
        .take("mark notices", async || {
            store.mark_notices_read(&world.contributor, NOW, NOW).await
        })
        .await;
    let turn = |act, revision, words| Turn {
        criterion: criterion("b"),
        revision,
        act,
        text: text(words),
    };
    let shown = BTreeMap::from([(criterion("b"), 1)]);
    steps
        .take("read a question", async || {
            store
                .mark_clarifications_read(&world.lead, &north(), &year, &shown)
                .await
        })
        .await;
    let answer = turn(ThreadOperation::Answer, 1, "Nine.");
    steps
        .take("answer a question", async || {
            store.clarify(&world.lead, &north(), &year, &answer, NOW).await
        })
        .await;
    steps
        .take("submit again", async || world.act(&world.lead, Operation::Submit).await)
        .await;
    let resolve = turn(ThreadOperation::Resolve, 2, "");
    steps
        .take("resolve", async || {
            store.clarify(&world.reviewer, &north(), &year, &resolve, NOW).await
        })
        .await;
    let inbox = store.inbox(&world.reviewer, 1).await.unwrap();
    let unread = inbox.notices.iter().find(|notice| !notice.read).unwrap().id;
    steps
        .take("mark a notice", async || {
            store.mark_notice(&world.reviewer, unread, true, NOW).await
        })
        .await;
    let reason = text("A friend works there");
    let declare = async || {
        store
            .declare_conflict(&sam, &slug("south-mere"), reason.clone(), NOW)
            .await
    };
    steps.take("declare a conflict", declare).await;
    let conflicts = store.declared_conflicts(&world.admin).await.unwrap();
    steps
        .take("lift a conflict", async || {
            store.lift_conflict(&world.admin, conflicts[0].id, LATER).await
        })
        .await;
    sam
}

async fn library(world: &World, steps: &Steps<'_>) {
    let (store, lead, year) = (&world.store, &world.lead, cycle("2026"));
    let note = item("Note", Content::Note(prose("So.")));
    let added = steps
        .take("add evidence", async || {
            store.add_evidence(lead, &north(), &note, NOW).await
        })
        .await;
    let changed = item("Longer note", Content::Note(prose("So it is.")));
    steps
        .take("change evidence", async || {
            store.change_evidence(lead, &north(), added, 1, &changed, NOW).await
        })
        .await;
    // back with the Practice, where evidence is cited
    steps
        .take("take up for review", async || {
            world.act(&world.reviewer, Operation::BeginReview).await
        })
        .await;
    let note = || text("Please cite it");
    steps
        .take("return for evidence", async || {
            store
                .transition(&world.reviewer, &north(), &year, Operation::Return, note(), NOW)
                .await
        })
        .await;
    let (on, off) = (BTreeMap::from([(added, true)]), BTreeMap::from([(added, false)]));
    steps
        .take("cite", async || {
            store.cite(lead, &north(), &year, &criterion("a"), &on, NOW).await
        })
        .await;
    steps
        .take("cite no more", async || {
            store.cite(lead, &north(), &year, &criterion("a"), &off, NOW).await
        })
        .await;
    steps
        .take("confirm evidence", async || {
            store.confirm_evidence(lead, &north(), &year, added, NOW).await
        })
        .await;
    steps
        .take("withdraw evidence", async || {
            store.withdraw_evidence(lead, &north(), added, true, NOW).await
        })
        .await;
    steps
        .take("submit with evidence", async || {
            world.act(lead, Operation::Submit).await
        })
        .await;
}

async fn moderation(world: &World, steps: &Steps<'_>, sam: &Actor) {
    let (store, year) = (&world.store, cycle("2026"));
    steps
        .take("review again", async || {
            world.act(&world.reviewer, Operation::BeginReview).await
        })
        .await;
    let settled = Agreement {
        comment: text("Settled by phone."),
        ..agreed(3)
    };
    let agree = async || {
        store
            .save_agreements(
                &world.reviewer,
                &north(),
                &year,
                vec![change("b", 0, settled.clone())],
                NOW,
            )
            .await
    };
    for who in [&world.reviewer, sam] {
        store.declare_ready(who, &north(), &year, NOW).await.unwrap();
    }
    steps.take("agree", agree).await;
    steps
        .take("moderate", async || {
            world.act(&world.reviewer, Operation::Moderate).await
        })
        .await;
    let statement = |stance| Statement {
        stance,
        words: text("As we said."),
    };
    for (seen, stated) in [Some(statement(Stance::Dissents)), None].into_iter().enumerate() {
        let seen = i32::try_from(seen).unwrap();
        let state = async || {
            store
                .make_statement(&world.lead, &north(), &year, seen, stated.clone(), NOW)
                .await
        };
        steps.take("state", state).await;
    }
    steps
        .take("finalise", async || world.act(&world.admin, Operation::Finalise).await)
        .await;
}

async fn plan(world: &World, steps: &Steps<'_>) {
    let (store, lead, year) = (&world.store, &world.lead, cycle("2026"));
    let action = planned("Meet every month");
    let raise = async || {
        store
            .raise_action(lead, &north(), &year, &criterion("b"), &action, NOW)
            .await
    };
    let id = steps.take("raise an action", raise).await;
    let form = store.for_form(Some("key".to_owned()));
    let keyed = async || {
        form.raise_action(lead, &north(), &year, &criterion("b"), &action, NOW)
            .await
    };
    steps.take("raise an action from a form", keyed).await;
    let changed = planned("Meet every week");
    let why = text("Month was too long");
    let edit = async || {
        store
            .change_action(lead, &north(), id, 1, &changed, why.clone(), NOW)
            .await
    };
    steps.take("change an action", edit).await;
    steps
        .take("tell of actions", async || store.notify_of_due_actions(NOW).await)
        .await;
    let done = async || {
        store
            .move_action(lead, &north(), id, 2, ActionStatus::Done, prose("It works."), LATER)
            .await
    };
    steps.take("close an action", done).await;
    let none = async || {
        store
            .explain_no_action(lead, &north(), &year, &criterion("e"), 0, &prose("Under way."), NOW)
            .await
    };
    steps.take("say why none", none).await;
    let support = NewSupport {
        day: NOW.date(),
        what: prose("A day with the team."),
        about: About::Action(id),
    };
    let record = async || store.record_support(&world.reviewer, &north(), &support, LATER).await;
    let given = steps.take("record support", record).await;
    let rate = async || {
        store
            .rate_support(lead, &north(), given, 1, Helped::Well, text("Timely."), LATER)
            .await
    };
    steps.take("rate support", rate).await;
}

async fn reopening(world: &World, steps: &Steps<'_>) {
    let (store, year) = (&world.store, cycle("2026"));
    let reason = || prose("A figure was wrong");
    steps
        .take("reopen", async || {
            store.reopen(&world.admin, &north(), &year, reason(), LATER).await
        })
        .await;
}

async fn register(world: &World, steps: &Steps<'_>) {
    let (store, lead) = (&world.store, &world.lead);
    let first = proposal("Library");
    let id = steps
        .take("write an adaptation", async || {
            store.write_adaptation(lead, &north(), None, &first, NOW).await
        })
        .await;
    let second = proposal("Town library");
    let write = async || {
        store
            .write_adaptation(lead, &north(), Some((id, 1)), &second, NOW)
            .await
    };
    steps.take("write it again", write).await;
    steps
        .take("propose it", async || {
            store.move_adaptation(lead, &north(), id, 2, Step::Propose, NOW).await
        })
        .await;
    let decide = || Step::Decide {
        ruling: Ruling::Consistent,
        reason: prose("As talked through."),
        until: None,
    };
    steps
        .take("decide on it", async || {
            store
                .move_adaptation(&world.reviewer, &north(), id, 3, decide(), NOW)
                .await
        })
        .await;
}

async fn letters(world: &World, steps: &Steps<'_>) {
    let (store, year) = (
        &world.store.clone().with_mail(Mailing { daily_at: time!(7:00) }),
        cycle("2026"),
    );
    let turn = |criterion_id, act| Turn {
        criterion: criterion(criterion_id),
        revision: 0,
        act,
        text: text("Why?"),
    };
    for id in ["a", "d"] {
        store
            .clarify(&world.reviewer, &north(), &year, &turn(id, ThreadOperation::Ask), LATER)
            .await
            .ok();
    }
    for (actor, action) in [
        (&world.lead, Operation::Submit),
        (&world.reviewer, Operation::BeginReview),
    ] {
        store.transition(actor, &north(), &year, action, None, LATER).await.ok();
    }
    store
        .transition(
            &world.reviewer,
            &north(),
            &year,
            Operation::Return,
            text("Again"),
            LATER,
        )
        .await
        .unwrap();
    let soon = LATER + Duration::DAY * 2;
    let taken = steps
        .take("take letters", async || {
            store.take_letters(soon, Duration::HOUR, 9).await
        })
        .await;
    let ids: Vec<_> = taken.iter().map(|letter| letter.id).collect();
    assert!(ids.len() >= 2, "{ids:?}");
    steps
        .take("a letter is sent", async || store.letter_sent(ids[0], soon).await)
        .await;
    steps
        .take("a letter fails", async || {
            store.letter_failed(ids[1], Trouble::Refused, soon).await
        })
        .await;
    steps
        .take("letters go back", async || {
            store.return_letters(ids[1..].to_vec()).await
        })
        .await;
    let long_after = soon + Duration::DAY * 400;
    steps
        .take("purge letters", async || store.purge_letters(long_after).await)
        .await;
    steps
        .take("purge notices", async || store.purge_notices(long_after).await)
        .await;
    steps
        .take("purge sessions", async || store.purge_sessions(long_after, HOUR).await)
        .await;
}

async fn reports(world: &World, steps: &Steps<'_>) {
    let store = &world.store;
    let of = ReportOf {
        practice: None,
        cycle: cycle("2026"),
    };
    steps
        .take("ask for a report", async || {
            store.queue_report(&world.admin, &of, None, NOW).await
        })
        .await;
    let until = NOW + Duration::minutes(5);
    let job = steps
        .take("take a report", async || store.claim_report(NOW, until).await)
        .await
        .unwrap();
    steps
        .take("a report is at", async || {
            store.renew_report_lease(&job, 1, until).await
        })
        .await;
    let documents = [ArchivedDocument {
        format: "pdf".to_owned(),
        hash: FileHash::new([7; 32]),
        size: 9,
    }];
    steps
        .take("finish a report", async || {
            store.finish_report(&job, &documents, NOW).await
        })
        .await;
    store.queue_report(&world.operator, &of, None, LATER).await.unwrap();
    let job = store.claim_report(LATER, LATER).await.unwrap().unwrap();
    steps
        .take("give a report up", async || store.fail_report(&job, LATER).await)
        .await;
}

async fn exchange(world: &World, steps: &Steps<'_>) {
    let store = &world.store;
    let given = || {
        vec![crate::facts::exchanged(
            "far-away",
            "2024",
            "2025.1",
            &[("a", crate::facts::entry(4, 4, None))],
        )]
    };
    steps
        .take("import assessments", async || {
            store.import(&world.operator, given(), false, NOW).await
        })
        .await;
    let years = || {
        let entries = [("a", crate::facts::entry(2, 2, None))];
        vec![crate::facts::exchanged("farther-away", "2024", "2025.1", &entries)]
    };
    let intake = Intake {
        file: Some(ImportFile {
            name: "years.csv".to_owned(),
            sha256: "0".repeat(64),
        }),
        allow_incomplete: true,
        kept: vec![],
    };
    let imported = steps
        .take("import a file", async || {
            store
                .take_in(&world.admin, years(), &intake, LATER + Duration::DAY)
                .await
        })
        .await;
    let (import, why) = (imported.recorded.unwrap(), prose("Wrong year"));
    steps
        .take("take an import back", async || {
            store.take_back(&world.admin, import, &why, LATER + Duration::DAY).await
        })
        .await;
    let actions: Vec<ActionRecord> = store.export_records(&world.operator).await.unwrap();
    let mut other = actions[0].clone();
    other.key = uuid::Uuid::now_v7();
    let placed = || {
        vec![Placed {
            place: "line 2".to_owned(),
            record: other.clone(),
        }]
    };
    steps
        .take("import actions", async || {
            store.import_records(&world.operator, placed(), false, NOW).await
        })
        .await;
}
