//! Several people write at once and nothing is lost: what only one changed is merged, what both changed is asked about, and
//! every wording that was ever saved stays.

use crate::world::*;
use framework::{
    actor::Actor,
    assessment::{Answer, Review},
    lifecycle::{Operation, Status},
    wording::{Kind, Sayable, Texts, Worded, Wording, both as keep_both, fold, text_of},
};
use sea_orm::ConnectionTrait;
use std::collections::BTreeSet;
use store::{Change, Outcome, Wordings};

fn said(level: u8, evidence: &str, comment: &str) -> Answer {
    Answer {
        evidence: text(evidence),
        comment: text(comment),
        ..rated(level)
    }
}

fn only(fields: &[&'static str]) -> BTreeSet<&'static str> {
    fields.iter().copied().collect()
}

async fn answer(
    world: &World,
    actor: &Actor,
    revision: i32,
    value: Answer,
    fields: &[&'static str],
) -> Outcome<Answer> {
    let change = Change {
        fields: only(fields),
        ..change("a", revision, value)
    };
    let saved = world
        .store
        .save_answers(actor, &north(), &cycle("2026"), vec![change], NOW)
        .await;
    saved.unwrap().remove(0)
}

async fn wordings(world: &World, actor: &Actor, kind: Kind) -> Vec<Wordings> {
    let all = world
        .store
        .wordings(actor, &north(), &cycle("2026"), &criterion("a"))
        .await
        .unwrap();
    all.into_iter().filter(|one| one.kind == kind).collect()
}

fn words(wordings: &[Wording]) -> Vec<(i32, &str, Vec<&str>)> {
    wordings
        .iter()
        .map(|w| {
            (
                w.revision,
                w.stamp.by.as_str(),
                w.fields.values().map(String::as_str).collect(),
            )
        })
        .collect()
}

both! {
    async fn keeping_my_rating_keeps_the_words_that_i_did_not_touch(world: &World) {
        world.start().await;
        // Carl has opened the page; Lena saves three fields; Carl changes only the rating
        answer(world, &world.lead, 0, said(4, "The minutes.", "Since May."), &["rating", "evidence", "comment"]).await;
        let asked = answer(world, &world.contributor, 0, rated(3), &["rating"]).await;
        assert!(!asked.saved && asked.value == said(4, "The minutes.", "Since May."));
        let question = &asked.asked[0];
        assert_eq!((asked.asked.len(), question.field, question.theirs.as_str(), question.by.as_str(), question.own), (1, "rating", "4", "Lena", false));
        // he keeps his
        let kept = answer(world, &world.contributor, asked.revision, rated(3), &["rating"]).await;
        assert!(kept.saved && kept.asked.is_empty());
        assert_eq!(kept.value, said(3, "The minutes.", "Since May."));
        let shown = wordings(world, &world.contributor, Kind::Answer).await;
        assert_eq!(words(&shown[0].wordings), [(1, "Lena", vec!["Since May.", "The minutes.", "4"]), (2, "Carl", vec!["3"])]);
        assert!(shown[0].writable);
    }

    async fn what_only_one_side_changed_is_merged_without_asking(world: &World) {
        world.start().await;
        answer(world, &world.lead, 0, said(3, "The minutes.", "Old."), &["rating", "evidence", "comment"]).await;
        let comment = answer(world, &world.contributor, 1, said(3, "The minutes.", "New."), &["comment"]).await;
        assert!(comment.saved);
        // Lena still has revision 1, and her form sends everything that it shows
        let rating = answer(world, &world.lead, 1, said(5, "The minutes.", "Old."), &["rating", "evidence", "comment"]).await;
        assert!(rating.saved && rating.asked.is_empty());
        assert_eq!((rating.revision, rating.value), (3, said(5, "The minutes.", "New.")));
    }

    async fn one_field_is_asked_about_and_the_others_are_saved(world: &World) {
        world.start().await;
        answer(world, &world.lead, 0, said(4, "", "Lena’s"), &["rating", "comment"]).await;
        let outcome = answer(world, &world.contributor, 0, said(4, "Carl’s evidence", "Carl’s"), &["rating", "evidence", "comment"]).await;
        assert!(outcome.saved);
        assert_eq!(outcome.value, said(4, "Carl’s evidence", "Lena’s"));
        assert_eq!(outcome.asked.iter().map(|asked| asked.field).collect::<Vec<_>>(), ["comment"]);
    }

    async fn ones_own_second_window_is_not_somebody_else(world: &World) {
        world.start().await;
        answer(world, &world.lead, 0, said(4, "", "First window"), &["comment"]).await;
        let outcome = answer(world, &world.lead, 0, said(4, "", "Second window"), &["comment"]).await;
        assert!(outcome.asked[0].own, "{outcome:?}");
        // somebody else came between
        answer(world, &world.contributor, 1, said(4, "", "Carl’s"), &["comment"]).await;
        let outcome = answer(world, &world.lead, 0, said(4, "", "Second window"), &["comment"]).await;
        assert!(!outcome.asked[0].own, "{outcome:?}");
    }

    async fn a_rating_taken_back_is_told_and_stays_a_wording(world: &World) {
        world.start().await;
        answer(world, &world.lead, 0, said(3, "", "Words stay."), &["rating", "comment"]).await;
        let cleared = answer(world, &world.lead, 1, Answer::default(), &["rating", "reason"]).await;
        assert!(cleared.saved && cleared.value.response.is_none() && cleared.value.comment == text("Words stay."));
        let history = world.store.history(&world.lead, &north(), &cycle("2026")).await.unwrap();
        assert_eq!(history.last().unwrap().cleared, ["response"]);
        let shown = wordings(world, &world.lead, Kind::Answer).await;
        assert_eq!(words(&shown[0].wordings)[1], (2, "Lena", vec![""]));
    }

    async fn what_stood_before_there_were_wordings_is_kept_before_it_is_written_over(world: &World) {
        world.bring_to(Status::Finalised).await;
        world.store.reopen(&world.admin, &north(), &cycle("2026"), text("Once more.").unwrap(), NOW + HOUR).await.unwrap();
        // the new edition's row came without wordings
        let shown = wordings(world, &world.lead, Kind::Answer).await;
        assert_eq!(shown.iter().map(|one| (one.edition, one.writable, one.wordings.len())).collect::<Vec<_>>(), [(2, true, 1), (1, false, 1)]);
        answer(world, &world.lead, 1, rated(2), &["rating"]).await;
        let shown = wordings(world, &world.lead, Kind::Answer).await;
        assert_eq!(shown[0].wordings.iter().map(|wording| (wording.revision, wording.fields["rating"].as_str())).collect::<Vec<_>>(), [(1, "4"), (2, "2")]);
    }

    async fn a_draft_that_was_replaced_before_submission_stays_in_the_practice(world: &World) {
        world.start().await;
        let at = |hours: i32| NOW + HOUR * hours;
        let save = async |hours: i32, revision: i32, comment: &str| {
            let change = vec![change("a", revision, said(4, "", comment))];
            world.store.save_answers(&world.lead, &north(), &cycle("2026"), change, at(hours)).await.unwrap();
        };
        save(1, 0, "first draft").await;
        save(2, 1, "as submitted").await;
        for id in ["b", "d", "e"] {
            world.answer(&world.lead, id, 0, rated(4)).await.unwrap();
        }
        let act = async |actor: &Actor, action: Operation, hours: i32| {
            world.store.transition(actor, &north(), &cycle("2026"), action, text("Please look again."), at(hours)).await.unwrap();
        };
        assert!(world.store.wordings(&world.reviewer, &north(), &cycle("2026"), &criterion("a")).await.is_err());
        act(&world.lead, Operation::Submit, 3).await;
        act(&world.reviewer, Operation::BeginReview, 4).await;
        for (hours, revision, comment) in [(5, 0, "hasty"), (6, 1, "considered")] {
            let review = Review { comment: text(comment), ..Review::default() };
            let change = vec![change("a", revision, review)];
            world.store.save_reviews(&world.reviewer, &north(), &cycle("2026"), change, at(hours)).await.unwrap();
        }
        assert!(wordings(world, &world.lead, Kind::Review).await.is_empty());
        act(&world.reviewer, Operation::Return, 7).await;
        save(8, 2, "after the question").await;
        let comments = async |actor: &Actor, kind: Kind| -> Vec<String> {
            let shown = wordings(world, actor, kind).await;
            shown.iter().flat_map(|one| &one.wordings).filter_map(|w| w.fields.get("comment").cloned()).collect()
        };
        assert_eq!(comments(&world.lead, Kind::Answer).await, ["first draft", "as submitted", "after the question"]);
        assert_eq!(comments(&world.reviewer, Kind::Answer).await, ["as submitted", "after the question"]);
        assert_eq!(comments(&world.reviewer, Kind::Review).await, ["hasty", "considered"]);
        assert_eq!(comments(&world.lead, Kind::Review).await, ["considered"]);
        for nobody in [&world.reader, &world.other, &world.nobody] {
            assert!(world.store.wordings(nobody, &north(), &cycle("2026"), &criterion("a")).await.is_err());
        }
    }

    async fn a_question_that_was_sent_stays_a_wording_of_the_review(world: &World) {
        world.bring_to(Status::Returned).await;
        let shown = wordings(world, &world.reviewer, Kind::Review).await;
        let questions: Vec<_> = shown[0].wordings.iter().filter_map(|w| w.fields.get("question").map(String::as_str)).collect();
        assert_eq!(questions, ["How many?", ""]);
        assert_eq!(fold::<Review>(&shown[0].wordings)[2], "");
    }

    async fn not_even_raw_sql_changes_a_wording(world: &World) {
        world.start().await;
        answer(world, &world.lead, 0, said(4, "", "Once said"), &["comment"]).await;
        let db = world.raw().await;
        for sql in [
            "UPDATE wording SET fields = '{}'",
            "DELETE FROM wording",
            "INSERT INTO wording SELECT * FROM wording",
        ] {
            assert!(db.execute_unprepared(sql).await.is_err(), "{sql}");
        }
        if matches!(world.place, TestDatabase::Sqlite(_)) {
            assert!(db.execute_unprepared("REPLACE INTO wording SELECT * FROM wording").await.is_err());
        } else {
            assert!(db.execute_unprepared("TRUNCATE wording").await.is_err());
        }
        db.close().await.unwrap();
        assert_eq!(world.count("wording WHERE fields LIKE '%Once said%'").await, 1);
    }

    async fn nothing_that_was_acknowledged_is_ever_lost(world: &World) {
        world.start().await;
        for seed in 1..=4 {
            law(world, ["a", "b", "d", "e"][seed as usize % 4], seed).await;
        }
    }
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

/// What somebody's page shows, and from which revision it was made.
#[derive(Clone)]
struct Page {
    revision: i32,
    texts: Texts,
}

const WRITTEN: [(usize, &str); 4] = [(0, "rating"), (3, "evidence"), (4, "comment"), (5, "adaptation")];

/// Three people open, write, clear, save late and settle what they are asked; an independent list says what must stand.
async fn law(world: &World, id: &str, seed: u64) {
    let people = [&world.lead, &world.contributor, &world.own_reviewer];
    let mut dice = Dice(seed);
    let mut states: Vec<Texts> = vec![Answer::default().texts()];
    let mut pages = vec![
        Page {
            revision: 0,
            texts: Answer::default().texts()
        };
        3
    ];
    let mut acknowledged: Vec<(&str, String)> = vec![];
    for step in 0..60 {
        let who = dice.roll(3);
        if dice.roll(4) == 0 {
            pages[who] = Page {
                revision: i32::try_from(states.len()).unwrap() - 1,
                texts: states.last().unwrap().clone(),
            };
        }
        let mut mine = pages[who].texts.clone();
        let mut edited = vec![];
        for _ in 0..=dice.roll(3) {
            let (place, name) = WRITTEN[dice.roll(4)];
            mine[place] = match (name, dice.roll(4)) {
                (_, 0) => String::new(),
                ("rating", level) => (level + 1).to_string(),
                _ => format!("{name} {step} of {who}"),
            };
            edited.push(name);
        }
        loop {
            let base = states[usize::try_from(pages[who].revision).unwrap()].clone();
            let before = states.last().unwrap().clone();
            let outcome = save(world, id, people[who], pages[who].revision, &mine, &edited).await;
            let (mut expected, mut asked) = (before.clone(), vec![]);
            for (place, name) in WRITTEN {
                let changed = edited.contains(&name) && mine[place] != base[place];
                match (changed, before[place] != base[place]) {
                    (true, true) if mine[place] != before[place] => asked.push(name),
                    (true, _) => expected[place].clone_from(&mine[place]),
                    (false, _) => {}
                }
            }
            assert_eq!(outcome.value.texts(), expected, "seed {seed}, step {step}");
            assert_eq!(
                outcome.asked.iter().map(|asked| asked.field).collect::<Vec<_>>(),
                asked,
                "seed {seed}, step {step}"
            );
            assert_eq!(outcome.saved, expected != before);
            if outcome.saved {
                for (place, name) in WRITTEN {
                    if expected[place] != before[place] {
                        acknowledged.push((name, expected[place].clone()));
                    }
                }
                states.push(expected.clone());
            }
            assert_eq!(usize::try_from(outcome.revision).unwrap(), states.len() - 1);
            // the page goes on from what is stored, with what is still to be settled
            let typed = mine.clone();
            pages[who] = Page {
                revision: outcome.revision,
                texts: expected.clone(),
            };
            mine = expected;
            edited.clear();
            for (place, name) in WRITTEN {
                if asked.contains(&name) {
                    let theirs = mine[place].clone();
                    match (dice.roll(3), name) {
                        (0, _) => {}
                        (1, "rating") | (2, _) => mine[place].clone_from(&typed[place]),
                        _ => mine[place] = keep_both(&typed[place], &theirs),
                    }
                    edited.push(name);
                }
            }
            if edited.is_empty() || mine == pages[who].texts {
                break;
            }
        }
    }
    let all = world
        .store
        .wordings(&world.lead, &north(), &cycle("2026"), &criterion(id))
        .await
        .unwrap();
    let wordings = &all[0].wordings;
    assert_eq!(
        &fold::<Answer>(wordings),
        states.last().unwrap(),
        "the wordings come to what stands"
    );
    for (revision, texts) in states.iter().enumerate().skip(1) {
        let then = wordings
            .iter()
            .filter(|wording| usize::try_from(wording.revision).unwrap() <= revision);
        assert_eq!(&fold::<Answer>(then), texts, "and to what stood at {revision}");
    }
    for (name, words) in acknowledged {
        assert!(
            wordings.iter().any(|wording| wording.fields.get(name) == Some(&words)),
            "{name}: {words}"
        );
    }
}

async fn save(
    world: &World,
    id: &str,
    actor: &Actor,
    revision: i32,
    texts: &Texts,
    edited: &[&'static str],
) -> Outcome<Answer> {
    let library = crate::criteria::library();
    let framework = library.version(&version("2026.1")).unwrap();
    let known = framework.criterion(&criterion(id)).unwrap();
    let value = <Answer as Sayable>::read(known, |field| text_of::<Answer>(texts, field)).unwrap();
    let change = Change {
        fields: only(edited),
        ..change(id, revision, value)
    };
    world
        .store
        .save_answers(actor, &north(), &cycle("2026"), vec![change], NOW)
        .await
        .unwrap()
        .remove(0)
}
