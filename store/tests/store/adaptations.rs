//! The register of adaptations: who may do what, what is kept, and what it explains.

use crate::world::*;
use framework::{
    actor::Actor,
    adaptation::{Adaptation, AdaptationId, AdaptationStatus, Core, Level, Proposal, Reason, Round, Ruling, Timing},
    assessment::{AdaptationClass, Agreement},
    lifecycle::{Operation, Status},
    notice::NoticeKind,
    report::NationalFacts,
};
use sea_orm::ConnectionTrait;
use store::{EventKind, Result, Step, StoreError};
use time::{Date, Duration, OffsetDateTime, macros::date};

const DAY: Duration = Duration::DAY;

fn proposal(title: &str, criteria: &[&str]) -> Proposal {
    Proposal {
        title: title.into(),
        what: text("We meet in the library.").unwrap(),
        criteria: criteria.iter().map(|id| criterion(id)).collect(),
        timing: Timing::Planned,
        since: date!(2026 - 01 - 01),
        until: None,
        decided_by: "Practice lead".into(),
        level: Level::Team,
        reasons: [Reason::Place, Reason::Money].into(),
        why: text("Buses stopped.").unwrap(),
        core: Core::Keeps,
        core_why: text("Women still choose.").unwrap(),
    }
}

fn decide(ruling: Ruling, until: Option<Date>) -> Step {
    Step::Decide {
        ruling,
        reason: text("As talked through.").unwrap(),
        until,
    }
}

impl World {
    async fn write(&self, actor: &Actor, which: Option<(AdaptationId, i32)>, title: &str) -> Result<AdaptationId> {
        let proposal = proposal(title, &["b"]);
        self.store
            .write_adaptation(actor, &north(), which, &proposal, NOW)
            .await
    }

    async fn step(&self, actor: &Actor, id: AdaptationId, revision: i32, step: Step, at: OffsetDateTime) -> Result<()> {
        self.store
            .move_adaptation(actor, &north(), id, revision, step, at)
            .await
    }

    /// Written, proposed and decided at a time.
    async fn decided(&self, ruling: Ruling, until: Option<Date>, at: OffsetDateTime) -> AdaptationId {
        let id = self.write(&self.lead, None, "Library").await.unwrap();
        self.step(&self.lead, id, 1, Step::Propose, at).await.unwrap();
        self.step(&self.reviewer, id, 2, decide(ruling, until), at)
            .await
            .unwrap();
        id
    }

    async fn seen(&self, actor: &Actor, id: AdaptationId) -> Result<(Adaptation, i32)> {
        let entry = self.store.adaptation(actor, &north(), id).await?;
        Ok((entry.adaptation, entry.revision))
    }

    /// Returns how many rounds of an adaptation each of several people sees; nothing where it is not found.
    async fn sights(&self, id: AdaptationId) -> Vec<Option<usize>> {
        let actors = [
            &self.lead,
            &self.contributor,
            &self.own_reviewer,
            &self.reviewer,
            &self.admin,
            &self.operator,
            &self.reader,
            &self.other,
            &self.nobody,
        ];
        let mut all = vec![];
        for actor in actors {
            let one = match self.seen(actor, id).await {
                Ok((adaptation, _)) => Some(adaptation.rounds.len()),
                Err(error) if error.is_not_found() => None,
                Err(error) => panic!("{error:?}"),
            };
            // the register says the same as the page
            match self.store.register(actor, &north()).await {
                Ok((_, register)) => assert_eq!(register.first().map(|a| a.rounds.len()), one, "{}", actor.name),
                Err(error) => assert!(error.is_not_found() && one.is_none(), "{}", actor.name),
            }
            all.push(one);
        }
        all
    }

    /// A review that is to be moderated: b at 3 by both, submitted at a time.
    async fn reviewed(&self, submitted: OffsetDateTime) {
        self.start().await;
        for id in ["a", "b", "d", "e"] {
            let level = if id == "b" { 3 } else { 4 };
            self.answer(&self.lead, id, 0, rated(level)).await.unwrap();
        }
        self.submit(submitted).await;
        for id in ["a", "b", "d", "e"] {
            let level = if id == "b" { 3 } else { 4 };
            self.review(&self.reviewer, id, 0, crate::world::reviewed(level))
                .await
                .unwrap();
        }
    }

    async fn submit(&self, at: OffsetDateTime) {
        let year = cycle("2026");
        for (actor, action) in [
            (&self.lead, Operation::Submit),
            (&self.reviewer, Operation::BeginReview),
        ] {
            self.store
                .transition(actor, &north(), &year, action, None, at)
                .await
                .unwrap();
        }
    }

    async fn put_down(&self, revision: i32, to: Agreement) -> Result<bool> {
        let change = vec![change("b", revision, to)];
        let saved = self
            .store
            .save_agreements(&self.reviewer, &north(), &cycle("2026"), change, NOW)
            .await?;
        Ok(saved.into_iter().next().unwrap().saved)
    }

    /// Returns the class of b as the page, the Practice's report and, once it is finalised, the national one have it.
    async fn class(&self) -> Option<AdaptationClass> {
        let year = cycle("2026");
        let page = self.store.assessment(&self.reviewer, &north(), &year).await.unwrap();
        let class = page.lines[1].entry.agreement.class;
        let facts = self
            .store
            .practice_facts(&self.reviewer, &north(), &year, None, NOW.date())
            .await
            .unwrap();
        assert_eq!(facts.sheets[0].marks[1].class, class);
        assert_eq!(facts.entries[1].agreement.class, class);
        if page.status == Status::Finalised {
            let national = self.national().await;
            assert_eq!(national.network.facts().sheets().next().unwrap().marks[1].class, class);
            let own = facts.beside.register;
            assert_eq!(national.beside.registers.get(&north()).map(|r| r.at), Some(own.at));
            let exported = self.store.export(&self.operator, None).await.unwrap();
            let entry = &exported[0].entries[&criterion("b")];
            assert_eq!((entry.agreement.class, entry.agreement.adaptation), (class, None));
            let again = self.store.import(&self.admin, exported, false, NOW).await.unwrap();
            assert_eq!(again.unchanged.len(), 1);
        }
        class
    }

    async fn national(&self) -> NationalFacts {
        self.store
            .national_facts(&self.reviewer, &cycle("2026"), NOW.date())
            .await
            .unwrap()
    }
}

fn named(id: AdaptationId) -> Agreement {
    Agreement {
        adaptation: Some(id),
        ..Agreement::default()
    }
}

fn states(adaptation: &Adaptation) -> Vec<AdaptationStatus> {
    adaptation.rounds.iter().map(Round::state).collect()
}

both! {
    async fn what_was_written_is_read_back_word_for_word(world: &World) {
        let full = Proposal { until: Some(date!(2026 - 12 - 31)), ..proposal("Library & <b>room</b>", &["a", "b"]) };
        let id = world.store.write_adaptation(&world.contributor, &north(), None, &full, NOW).await.unwrap();
        let (adaptation, revision) = world.seen(&world.lead, id).await.unwrap();
        assert_eq!((adaptation.rounds.len(), revision), (1, 1));
        assert_eq!(adaptation.rounds[0].proposal, full);
        assert_eq!((adaptation.rounds[0].saved.by.as_str(), adaptation.rounds[0].saved.at), ("Carl", NOW));
        let stray = proposal("Stray", &["b", "nowhere"]);
        let refused = world.store.write_adaptation(&world.lead, &north(), None, &stray, NOW).await;
        assert!(matches!(refused, Err(StoreError::Refused(_))), "{refused:?}");
        // of an older version, but the id is the same for ever
        world.store.write_adaptation(&world.lead, &north(), None, &proposal("Older", &["f"]), NOW).await.unwrap();
        assert_eq!(world.count("event WHERE kind = 'adaptation_written'").await, 2);
    }

    async fn everybody_sees_what_their_role_lets_them(world: &World) {
        let id = world.write(&world.lead, None, "Library").await.unwrap();
        // lead, contributor, own reviewer; reviewer, administrator, operator; reader; other, nobody
        let sights = |ours, theirs, reader| {
            [[ours; 3], [theirs; 3], [reader, None, None]].concat()
        };
        assert_eq!(world.sights(id).await, sights(Some(1), None, None));
        world.step(&world.lead, id, 1, Step::Propose, NOW).await.unwrap();
        assert_eq!(world.sights(id).await, sights(Some(1), Some(1), None));
        world.step(&world.reviewer, id, 2, decide(Ruling::Refused, None), NOW).await.unwrap();
        assert_eq!(world.sights(id).await, sights(Some(1), Some(1), None));
        world.write(&world.contributor, Some((id, 3)), "Smaller").await.unwrap();
        assert_eq!(world.sights(id).await, sights(Some(2), Some(1), None));
        world.step(&world.lead, id, 4, Step::Propose, NOW).await.unwrap();
        world.step(&world.admin, id, 5, decide(Ruling::NotConsistent, None), NOW).await.unwrap();
        assert_eq!(world.sights(id).await, sights(Some(2), Some(2), Some(1)));
        world.write(&world.lead, Some((id, 6)), "Longer").await.unwrap();
        assert_eq!(world.sights(id).await, sights(Some(3), Some(2), Some(1)));
        // an address of another Practice finds nothing
        let elsewhere = world.store.adaptation(&world.reviewer, &slug("south-mere"), id).await;
        assert!(elsewhere.unwrap_err().is_not_found());
    }

    async fn everybody_does_what_their_role_lets_them(world: &World) {
        let id = world.write(&world.lead, None, "Library").await.unwrap();
        let refused = |got: Result<()>, what: &str| assert!(matches!(got, Err(StoreError::Refused(_))), "{what}: {got:?}");
        for actor in [&world.other, &world.nobody, &world.reader, &world.reviewer] {
            let got = world.write(actor, Some((id, 1)), "Mine").await;
            assert!(got.unwrap_err().is_not_found(), "{}", actor.name);
            let got = world.step(actor, id, 1, Step::Propose, NOW).await;
            assert!(got.unwrap_err().is_not_found(), "{}", actor.name);
        }
        for actor in [&world.reader, &world.reviewer, &world.admin] {
            refused(world.write(actor, None, "New").await.map(drop), &actor.name);
        }
        assert!(world.write(&world.other, None, "New").await.unwrap_err().is_not_found());
        refused(world.step(&world.contributor, id, 1, Step::Propose, NOW).await, "a contributor proposes");
        refused(world.step(&world.lead, id, 1, Step::Withdraw, NOW).await, "a draft is taken back");
        world.step(&world.lead, id, 1, Step::Propose, NOW).await.unwrap();
        refused(world.write(&world.lead, Some((id, 2)), "Late").await.map(drop), "written while it waits");
        for actor in [&world.lead, &world.contributor, &world.own_reviewer] {
            refused(world.step(actor, id, 2, decide(Ruling::Consistent, None), NOW).await, &actor.name);
        }
        let early = decide(Ruling::Consistent, Some(date!(2025 - 12 - 31)));
        refused(world.step(&world.reviewer, id, 2, early, NOW).await, "ends before it begins");
        world.step(&world.lead, id, 2, Step::Withdraw, NOW).await.unwrap();
        assert_eq!(states(&world.seen(&world.lead, id).await.unwrap().0), [AdaptationStatus::Draft]);
        assert!(world.seen(&world.reviewer, id).await.unwrap_err().is_not_found());
    }

    async fn national_pause_is_told_what_waits_but_not_of_its_own_practice(world: &World) {
        let id = world.write(&world.lead, None, "Library").await.unwrap();
        let waiting = async |actor| world.store.adaptations_waiting(actor).await.unwrap();
        assert_eq!(waiting(&world.reviewer).await, 0);
        world.step(&world.lead, id, 1, Step::Propose, NOW).await.unwrap();
        assert_eq!((waiting(&world.reviewer).await, waiting(&world.operator).await), (1, 1));
        assert_eq!(waiting(&world.own_reviewer).await, 0);
        let names = |registers: Vec<(framework::sheet::PracticeInfo, Vec<Adaptation>)>| {
            let names = registers.into_iter().map(|(practice, register)| (practice.name, register.len()));
            names.collect::<Vec<_>>()
        };
        let all = world.store.registers(&world.reviewer).await.unwrap();
        assert_eq!(names(all), [("North Vale".into(), 1), ("South Mere".into(), 0)]);
        let others = world.store.registers(&world.own_reviewer).await.unwrap();
        assert_eq!(names(others), [("South Mere".into(), 0)]);
        assert!(world.store.registers(&world.lead).await.unwrap_err().is_not_found());
        assert!(world.store.adaptations_waiting(&world.lead).await.unwrap_err().is_not_found());
        world.step(&world.reviewer, id, 2, decide(Ruling::Refused, None), NOW).await.unwrap();
        assert_eq!(waiting(&world.reviewer).await, 0);
    }

    async fn who_has_to_do_with_it_is_told(world: &World) {
        let told = async |actor: &Actor| {
            let notices = world.store.inbox(actor, 1).await.unwrap().notices;
            let about = notices.into_iter().map(|notice| (notice.kind, notice.subject));
            about.collect::<Vec<_>>()
        };
        let id = world.write(&world.lead, None, "Library").await.unwrap();
        assert_eq!(told(&world.reviewer).await, []);
        world.step(&world.lead, id, 1, Step::Propose, NOW).await.unwrap();
        let proposed = [(NoticeKind::AdaptationProposed, Some(id.0))];
        assert_eq!((told(&world.reviewer).await, told(&world.admin).await), (proposed.into(), proposed.into()));
        assert_eq!(told(&world.own_reviewer).await, []);
        world.step(&world.reviewer, id, 2, decide(Ruling::Refused, None), NOW).await.unwrap();
        let decided = [(NoticeKind::AdaptationDecided, Some(id.0))];
        assert_eq!((told(&world.lead).await, told(&world.contributor).await), (decided.into(), decided.into()));
        assert_eq!((told(&world.reader).await, told(&world.reviewer).await), (vec![], proposed.into()));
    }

    async fn every_decision_is_kept_even_against_raw_sql(world: &World) {
        let id = world.decided(Ruling::Refused, None, NOW).await;
        world.write(&world.lead, Some((id, 3)), "Smaller").await.unwrap();
        world.step(&world.lead, id, 4, Step::Propose, NOW + HOUR).await.unwrap();
        let until = Some(date!(2026 - 06 - 30));
        world.step(&world.admin, id, 5, decide(Ruling::Consistent, until), NOW + HOUR).await.unwrap();
        let (adaptation, revision) = world.seen(&world.lead, id).await.unwrap();
        assert_eq!(states(&adaptation), [AdaptationStatus::Decided(Ruling::Refused), AdaptationStatus::Decided(Ruling::Consistent)]);
        assert_eq!(adaptation.rounds.iter().map(|r| r.proposal.title.as_str()).collect::<Vec<_>>(), ["Library", "Smaller"]);
        let last = adaptation.rounds[1].decision.as_ref().unwrap();
        assert_eq!((last.until, last.stamp.by.as_str(), last.stamp.at), (until, "Ada", NOW + HOUR));
        assert_eq!(revision, 6);
        for (kind, times) in [
            (EventKind::AdaptationWritten, 2),
            (EventKind::AdaptationProposed, 2),
            (EventKind::AdaptationDecided, 2),
        ] {
            assert_eq!(world.count(&format!("event WHERE kind = '{}'", kind.code())).await, times);
        }
        let db = world.raw().await;
        for sql in [
            "UPDATE adaptation_round SET ruling_reason = 'Other' WHERE number = 1",
            "UPDATE adaptation_round SET ruling = NULL, ruling_reason = NULL, decided_at = NULL, decided_who = NULL",
            "DELETE FROM adaptation_round",
            "DELETE FROM adaptation",
        ] {
            assert!(db.execute_unprepared(sql).await.is_err(), "{sql}");
        }
        db.close().await.unwrap();
    }

    async fn of_two_who_decide_at_once_exactly_one_decides(world: &World) {
        let id = world.write(&world.lead, None, "Library").await.unwrap();
        world.step(&world.lead, id, 1, Step::Propose, NOW).await.unwrap();
        let deciders = [&world.reviewer, &world.admin, &world.operator, &world.reviewer];
        let tasks = deciders.map(|actor| {
            let (store, actor) = (world.store.clone(), actor.clone());
            let step = decide(if actor.is_administrator() { Ruling::Refused } else { Ruling::Consistent }, None);
            tokio::spawn(async move { store.move_adaptation(&actor, &north(), id, 2, step, NOW).await })
        });
        let mut decided = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(()) => decided += 1,
                Err(error) => assert!(matches!(error, StoreError::Refused(_)), "{error:?}"),
            }
        }
        assert_eq!(decided, 1);
        assert_eq!(world.count("event WHERE kind = 'adaptation_decided'").await, 1);
        assert_eq!(world.seen(&world.lead, id).await.unwrap().0.rounds.len(), 1);
    }

    async fn nobody_writes_over_what_they_have_not_seen(world: &World) {
        let id = world.write(&world.lead, None, "Library").await.unwrap();
        world.write(&world.contributor, Some((id, 1)), "Carl’s").await.unwrap();
        let late = world.write(&world.lead, Some((id, 1)), "Lena’s").await;
        assert!(matches!(late, Err(StoreError::Refused(_))), "{late:?}");
        let unseen = world.step(&world.lead, id, 1, Step::Propose, NOW).await;
        assert!(matches!(unseen, Err(StoreError::Refused(_))), "{unseen:?}");
        let (adaptation, revision) = world.seen(&world.lead, id).await.unwrap();
        assert_eq!((adaptation.rounds[0].proposal.title.as_str(), revision), ("Carl’s", 2));
        // what is there already is not written again
        world.write(&world.lead, Some((id, 2)), "Carl’s").await.unwrap();
        assert_eq!(world.seen(&world.lead, id).await.unwrap().1, 2);
    }

    async fn moderation_names_an_adaptation_and_its_class_is_the_decisions(world: &World) {
        let id = world.decided(Ruling::NotConsistent, None, NOW).await;
        let refused = world.decided(Ruling::Refused, None, NOW).await;
        world.reviewed(NOW).await;
        let wrong = Agreement { class: Some(AdaptationClass::Consistent), ..named(id) };
        assert!(world.put_down(0, wrong).await.unwrap());
        assert_eq!(world.class().await, Some(AdaptationClass::NotConsistent));
        assert!(!world.put_down(1, named(id)).await.unwrap());
        let bare = |class| Agreement { class: Some(class), ..Agreement::default() };
        let stray = AdaptationId(uuid::Uuid::from_u128(7));
        for agreement in [named(refused), named(stray), bare(AdaptationClass::Consistent), bare(AdaptationClass::NotConsistent)] {
            let got = world.put_down(1, agreement).await;
            assert!(matches!(got, Err(StoreError::Refused(_))), "{got:?}");
        }
        // it covers b alone
        let elsewhere = vec![change("a", 0, named(id))];
        let got = world.store.save_agreements(&world.reviewer, &north(), &cycle("2026"), elsewhere, NOW).await;
        assert!(matches!(got, Err(StoreError::Refused(_))), "{got:?}");
        assert!(world.put_down(1, bare(AdaptationClass::Unplanned)).await.unwrap());
        assert_eq!(world.class().await, Some(AdaptationClass::Unplanned));
    }

    async fn an_adaptation_that_is_over_explains_nothing_any_more(world: &World) {
        let id = world.decided(Ruling::Consistent, Some(NOW.date()), NOW).await;
        world.reviewed(NOW).await;
        world.put_down(0, named(id)).await.unwrap();
        assert_eq!(world.class().await, Some(AdaptationClass::Consistent));
        // returned, and submitted again the day after it ended
        let year = cycle("2026");
        let note = text("Please look again.");
        world.store.transition(&world.reviewer, &north(), &year, Operation::Return, note, NOW).await.unwrap();
        world.submit(NOW + DAY).await;
        assert_eq!(world.class().await, Some(AdaptationClass::Unexplained));
        let again = world.put_down(1, Agreement { comment: text("Still."), ..named(id) }).await;
        assert!(matches!(again, Err(StoreError::Refused(_))), "{again:?}");
        world.act(&world.reviewer, Operation::Moderate).await.unwrap();
        let finalised = NOW + DAY * 2;
        world.store.transition(&world.reviewer, &north(), &year, Operation::Finalise, None, finalised).await.unwrap();
        assert_eq!(world.class().await, Some(AdaptationClass::Unexplained));

        // an extension that reaches back changes no finalised report
        let before = world.store.practice_facts(&world.reader, &north(), &year, None, NOW.date()).await.unwrap();
        let report = |facts| framework::report::practice_report(world.store.library(), facts).unwrap();
        let national = framework::report::national_report(world.store.library(), &world.national().await).unwrap();
        world.write(&world.lead, Some((id, 3)), "Longer").await.unwrap();
        let later = finalised + DAY;
        world.step(&world.lead, id, 4, Step::Propose, later).await.unwrap();
        world.step(&world.reviewer, id, 5, decide(Ruling::Consistent, None), later).await.unwrap();
        assert_eq!(world.class().await, Some(AdaptationClass::Unexplained));
        let after = world.store.practice_facts(&world.reader, &north(), &year, None, NOW.date()).await.unwrap();
        assert_eq!(report(&before), report(&after));
        assert_eq!(report(&after).register.expired.len(), 1);
        assert_eq!(national, framework::report::national_report(world.store.library(), &world.national().await).unwrap());
        assert_eq!(national.below.unexplained, 1);
    }
}
