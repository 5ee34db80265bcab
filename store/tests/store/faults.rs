//! Every write path with a failure at each of its statements and at its commit, or given up: nothing is half stored,
//! nothing is acknowledged that is not stored, and the next call works at once.

use crate::{story, world::*};
use framework::assessment::Answer;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};
use store::Result;

/// What goes wrong at a statement.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    /// The statement fails; the transaction is still open.
    Abort,
    /// The database rolls the whole transaction back by itself, as SQLite does when its disk is full.
    Rollback,
    /// The statement works, the commit fails.
    Commit,
}

impl Fault {
    fn code(self) -> &'static str {
        match self {
            Fault::Abort => "abort",
            Fault::Rollback => "rollback",
            Fault::Commit => "commit",
        }
    }
}

/// Triggers on every table: each row that is written is counted in the same transaction, and the one that is asked for
/// fails. What is counted after a call is therefore what it stored.
struct Faults {
    db: DatabaseConnection,
}

impl Faults {
    async fn install(world: &World) -> Faults {
        let db = world.raw().await;
        let faults = Faults { db };
        faults
            .run(
                "CREATE TABLE fault (at INTEGER, how TEXT, seen INTEGER);
                 INSERT INTO fault VALUES (0, '', 0);
                 CREATE TABLE fault_parent (id INTEGER PRIMARY KEY);
                 CREATE TABLE fault_orphan (parent INTEGER REFERENCES fault_parent (id) DEFERRABLE INITIALLY DEFERRED);",
            )
            .await;
        if faults.is_postgres() {
            faults
                .run(
                    "CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$
                     DECLARE now fault;
                     BEGIN
                         UPDATE fault SET seen = seen + 1 RETURNING * INTO now;
                         IF now.seen = now.at AND now.how IN ('abort', 'rollback') THEN RAISE EXCEPTION 'fault'; END IF;
                         IF now.seen = now.at AND now.how = 'commit' THEN INSERT INTO fault_orphan VALUES (1); END IF;
                         IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                         RETURN NEW;
                     END $$",
                )
                .await;
        }
        for table in faults.tables().await {
            for what in ["INSERT", "UPDATE", "DELETE"] {
                faults.run(&faults.trigger(&table, what)).await;
            }
        }
        faults
    }

    fn is_postgres(&self) -> bool {
        self.db.get_database_backend() == DbBackend::Postgres
    }

    async fn run(&self, sql: &str) {
        self.db.execute_unprepared(sql).await.unwrap();
    }

    async fn tables(&self) -> Vec<String> {
        let all = match self.is_postgres() {
            true => "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public'",
            false => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
        };
        let all = Statement::from_string(self.db.get_database_backend(), all);
        let rows = self.db.query_all_raw(all).await.unwrap();
        let names = rows.iter().map(|row| row.try_get("", "name").unwrap());
        names
            .filter(|name: &String| !name.starts_with("fault") && !name.starts_with("seaql"))
            .collect()
    }

    fn trigger(&self, table: &str, what: &str) -> String {
        let name = format!("fault_{table}_{}", what.to_lowercase());
        match self.is_postgres() {
            true => format!("CREATE TRIGGER {name} BEFORE {what} ON {table} FOR EACH ROW EXECUTE FUNCTION fault()"),
            false => format!(
                "CREATE TRIGGER {name} BEFORE {what} ON {table} BEGIN
                     UPDATE fault SET seen = seen + 1;
                     SELECT RAISE(ABORT, 'fault') FROM fault WHERE how = 'abort' AND seen = at;
                     SELECT RAISE(ROLLBACK, 'fault') FROM fault WHERE how = 'rollback' AND seen = at;
                     INSERT INTO fault_orphan SELECT 1 FROM fault WHERE how = 'commit' AND seen = at;
                 END"
            ),
        }
    }

    /// From now on the statement that writes row `at` of a transaction fails.
    async fn set(&self, at: u32, how: &str) {
        self.run(&format!("UPDATE fault SET at = {at}, how = '{how}', seen = 0"))
            .await;
    }

    /// Returns how many rows were written, in transactions that were committed; whoever still writes is waited for.
    async fn stored(&self) -> i64 {
        self.run("UPDATE fault SET seen = seen").await;
        let query = Statement::from_string(self.db.get_database_backend(), "SELECT CAST(seen AS BIGINT) FROM fault");
        let row = self.db.query_one_raw(query).await.unwrap().unwrap();
        row.try_get_by_index(0).unwrap()
    }
}

/// The steps of the story, each with everything going wrong in it before it is taken.
pub struct Steps<'a> {
    faults: &'a Faults,
}

impl Steps<'_> {
    /// Takes a step, which is done when this returns.
    pub async fn take<T>(&self, what: &str, call: impl AsyncFn() -> Result<T>) -> T {
        self.faults.set(1, Fault::Commit.code()).await;
        self.refused(what, Fault::Commit, 1, &call().await).await;
        for at in 1.. {
            for how in [Fault::Abort, Fault::Rollback] {
                self.faults.set(at, how.code()).await;
                match call().await {
                    Ok(taken) => {
                        let stored = self.faults.stored().await;
                        assert!(
                            stored > 0 && stored < i64::from(at),
                            "{what}: done although row {at} failed"
                        );
                        self.faults.set(0, "").await;
                        return taken;
                    }
                    failed => self.refused(what, how, at, &failed).await,
                }
            }
        }
        unreachable!("a call writes an end of rows")
    }

    async fn refused<T>(&self, what: &str, how: Fault, at: u32, result: &Result<T>) {
        let Err(error) = result else {
            panic!("{what}: acknowledged although {how:?} at {at}");
        };
        assert!(!error.is_refusal(), "{what}, {how:?} at {at}: {error:?}");
        let stored = self.faults.stored().await;
        assert_eq!(stored, 0, "{what}: half stored at {how:?} {at}");
    }
}

/// A call that is given up after so many polls.
struct UpTo<F> {
    polls: u32,
    call: Pin<Box<F>>,
}

impl<F: Future> Future for UpTo<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<F::Output>> {
        if self.polls == 0 {
            return Poll::Ready(None);
        }
        self.polls -= 1;
        match self.call.as_mut().poll(context) {
            Poll::Ready(done) => Poll::Ready(Some(done)),
            Poll::Pending if self.polls == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    }
}

both! {
    async fn a_failure_at_any_statement_or_at_the_commit_leaves_everything_as_it_was(world: &World) {
        let faults = Faults::install(world).await;
        story::tell(world, &Steps { faults: &faults }).await;
        faults.db.close().await.unwrap();
    }

    async fn a_save_that_is_given_up_anywhere_is_stored_whole_or_not_at_all(world: &World) {
        let faults = Faults::install(world).await;
        world.start().await;
        faults.set(0, "").await;
        world.answer(&world.lead, "b", 0, commented(0)).await.unwrap();
        let whole = faults.stored().await;
        let (mut revision, mut finished) = (1, 0);
        for polls in 1.. {
            faults.set(0, "").await;
            let call = UpTo { polls, call: Box::pin(world.answer(&world.lead, "b", revision, commented(polls))) };
            let done = call.await;
            let stored = faults.stored().await;
            if let Some(outcome) = done {
                assert_eq!((outcome.unwrap().revision, stored), (revision + 1, whole), "poll {polls}");
                finished += 1;
            }
            assert!(stored == 0 || stored == whole, "half stored at poll {polls}");
            revision += i32::from(stored > 0);
            if finished == 5 {
                break;
            }
        }
        faults.db.close().await.unwrap();
    }
}

fn commented(number: u32) -> Answer {
    Answer {
        comment: text(&format!("Comment {number}")),
        ..Answer::default()
    }
}
