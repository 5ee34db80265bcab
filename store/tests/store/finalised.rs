//! A finalised assessment never changes, not even by raw SQL; and the history is only added to.

use crate::world::*;
use framework::{
    lifecycle::{Operation, Status},
    statement::{Stance, Statement},
};
use sea_orm::{ConnectionTrait, DbBackend};
use store::Edited;

/// Statements that must be refused once North Vale is finalised and South Mere is a draft.
const REFUSED: &[&str] = &[
    "UPDATE assessment SET status = 'draft' WHERE status = 'finalised'",
    "UPDATE assessment SET edition = 9 WHERE status = 'finalised'",
    "DELETE FROM assessment WHERE status = 'finalised'",
    "UPDATE answer SET rating = 5 WHERE rating = 4",
    "DELETE FROM answer WHERE rating = 4",
    "DELETE FROM review",
    "UPDATE review SET comment = 'x'",
    "DELETE FROM agreement",
    "UPDATE agreement SET rating = 1",
    // into a finalised one
    "INSERT INTO answer (id, practice_id, assessment_id, criterion, not_applicable, revision, updated_at, updated_who)
     SELECT id, practice_id, (SELECT id FROM assessment WHERE status = 'finalised'), 'zzz', not_applicable, 1, updated_at, 'x'
     FROM answer WHERE rating = 1",
    "UPDATE answer SET assessment_id = (SELECT id FROM assessment WHERE status = 'finalised'),
     practice_id = (SELECT practice_id FROM assessment WHERE status = 'finalised'), criterion = 'zzz' WHERE rating = 1",
    // out of it
    "UPDATE answer SET assessment_id = (SELECT id FROM assessment WHERE status = 'draft'),
     practice_id = (SELECT practice_id FROM assessment WHERE status = 'draft'), criterion = 'zzz' WHERE rating = 4",
    "UPDATE reviewer SET ready_at = assigned_at",
    "DELETE FROM reviewer",
    "INSERT INTO reading (id, practice_id, assessment_id, criterion, place, revision, updated_at, updated_who)
     SELECT id, practice_id, assessment_id, criterion, 1, 1, updated_at, 'x' FROM answer WHERE rating = 4",
    "UPDATE statement SET words = 'x'",
    "DELETE FROM statement",
    "INSERT INTO statement (id, practice_id, assessment_id, number, stance, made_at, made_who)
     SELECT id, practice_id, id, 2, 'agrees', created_at, 'x' FROM assessment WHERE status = 'finalised'",
    "UPDATE event SET who = 'x'",
    "DELETE FROM event",
    "UPDATE sheet SET cycle = cycle",
    "DELETE FROM sheet",
    // an import may be taken back, and what was finalised here did not come with one
    "INSERT INTO import_assessment (assessment_id, import_id, practice, cycle, rated, criteria)
     SELECT id, id, 'x', 'x', 1, 1 FROM assessment WHERE status = 'finalised'",
    "UPDATE event SET assessment_id = NULL WHERE assessment_id IS NOT NULL",
    "UPDATE event SET practice_id = NULL WHERE practice_id IS NOT NULL",
];

const REFUSED_BY_POSTGRES: &[&str] = &[
    "TRUNCATE assessment CASCADE",
    "TRUNCATE answer",
    "TRUNCATE review",
    "TRUNCATE agreement",
    "TRUNCATE reading",
    "TRUNCATE reviewer",
    "TRUNCATE statement",
    "TRUNCATE event",
    "TRUNCATE sheet",
];

/// `REPLACE` pushes rows out without delete triggers.
const REFUSED_BY_SQLITE: &[&str] = &[
    "INSERT OR REPLACE INTO assessment SELECT id, practice_id, cycle, version, 'draft', imported, created_at,
     status_since, submitted_at, edition FROM assessment WHERE status = 'finalised'",
    "UPDATE OR REPLACE assessment SET practice_id = (SELECT practice_id FROM assessment WHERE status = 'finalised')
     WHERE status = 'draft'",
    "INSERT OR REPLACE INTO answer SELECT (SELECT id FROM answer WHERE rating = 4), practice_id, assessment_id, 'zzz',
     rating, not_applicable, na_reason, measure, evidence, comment, adaptation, revision, updated_at, updated_by,
     updated_who FROM answer WHERE rating = 1",
    "UPDATE OR REPLACE answer SET id = (SELECT id FROM answer WHERE rating = 4) WHERE rating = 1",
    "INSERT OR REPLACE INTO statement SELECT * FROM statement",
    "INSERT OR REPLACE INTO event SELECT * FROM event",
    "INSERT OR REPLACE INTO sheet SELECT * FROM sheet",
];

both! {
    async fn raw_sql_cannot_change_what_is_finalised_and_may_change_a_draft(world: &World) {
        world.bring_to(Status::Moderated).await;
        let dissent = Statement { stance: Stance::Dissents, words: text("Not on b.") };
        let stated = world.store.make_statement(&world.lead, &north(), &cycle("2026"), 0, Some(dissent), NOW).await;
        assert_eq!(stated.unwrap(), Edited::Saved);
        world.act(&world.admin, Operation::Finalise).await.unwrap();
        let south = slug("south-mere");
        world.store.start(&world.other, &south, &cycle("2026"), NOW).await.unwrap();
        let draft = vec![change("a", 0, rated(1))];
        world.store.save_answers(&world.other, &south, &cycle("2026"), draft, NOW).await.unwrap();
        let before = world.store.assessment(&world.lead, &north(), &cycle("2026")).await.unwrap();

        let db = world.raw().await;
        // foreign keys off, as a careless hand might have them: the triggers must hold by themselves
        let particular = match db.get_database_backend() {
            DbBackend::Postgres => REFUSED_BY_POSTGRES,
            _ => {
                db.execute_unprepared("PRAGMA foreign_keys = OFF").await.unwrap();
                REFUSED_BY_SQLITE
            }
        };
        for sql in REFUSED.iter().chain(particular) {
            let error = db.execute_unprepared(sql).await.expect_err(sql).to_string();
            assert!(error.contains("never changes") || error.contains("only added to"), "{sql}: {error}");
        }
        db.execute_unprepared("UPDATE answer SET rating = 2 WHERE rating = 1").await.unwrap();
        db.execute_unprepared("DELETE FROM answer WHERE rating = 2").await.unwrap();
        db.execute_unprepared("DELETE FROM assessment WHERE status = 'draft'").await.ok();
        db.close().await.unwrap();

        let after = world.store.assessment(&world.lead, &north(), &cycle("2026")).await.unwrap();
        assert_eq!(after.lines, before.lines);
        assert_eq!(after.status, Status::Finalised);
    }
}
