//! A fresh database with two Practices, people in every role, and a cycle; and the few calls that tests repeat.

use crate::criteria::library;
use framework::{
    actor::{Actor, NationalRole, PersonId, PracticeRole, Role},
    assessment::{AdaptationClass, Agreement, Answer, Response, Review},
    ids::{CriterionId, CycleId, PracticeSlug, VersionId},
    lifecycle::{Operation, Status},
    prose::Prose,
    rating::Rating,
    wording::Worded,
};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use std::path::PathBuf;
use store::{Change, NewInvitation, Result, Store};
use time::{Duration, OffsetDateTime, macros::datetime};

pub const NOW: OffsetDateTime = datetime!(2026-03-02 10:00:00 UTC);
pub const HOUR: Duration = Duration::HOUR;

/// Runs a test on both databases.
macro_rules! both {
    ($($(#[$meta:meta])* async fn $name:ident($world:ident: &World) $body:block)*) => {$(
        mod $name {
            use super::*;
            async fn test($world: &World) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                let world = World::new($crate::world::TestDatabase::sqlite()).await;
                test(&world).await;
                world.end().await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                let world = World::new($crate::world::TestDatabase::postgres().await).await;
                test(&world).await;
                world.end().await;
            }
        }
    )*};
}
pub(crate) use both;

/// Where a test's database is.
pub enum TestDatabase {
    Sqlite(PathBuf),
    Postgres { server: String, name: String },
}

impl TestDatabase {
    pub fn sqlite() -> TestDatabase {
        // in memory where there is such a folder: every transaction waits for the disk
        let memory = PathBuf::from("/dev/shm");
        let folder = if memory.is_dir() { memory } else { std::env::temp_dir() };
        TestDatabase::Sqlite(folder.join(format!("store-{}.db", uuid::Uuid::now_v7().simple())))
    }

    pub async fn postgres() -> TestDatabase {
        let server =
            std::env::var("TEST_POSTGRES_URL").expect("run the tests with make test, which starts a PostgreSQL");
        let name = format!("store_{}", uuid::Uuid::now_v7().simple());
        let db = Database::connect(&server).await.unwrap();
        db.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
        db.close().await.unwrap();
        TestDatabase::Postgres { server, name }
    }

    pub fn url(&self) -> String {
        match self {
            TestDatabase::Sqlite(path) => format!("sqlite://{}?mode=rwc", path.display()),
            TestDatabase::Postgres { server, name } => {
                let (server, query) = server
                    .split_once('?')
                    .map_or((&server[..], String::new()), |(server, query)| {
                        (server, format!("?{query}"))
                    });
                let (server, _) = server.rsplit_once('/').unwrap();
                format!("{server}/{name}{query}")
            }
        }
    }

    async fn remove(&self) {
        match self {
            TestDatabase::Sqlite(path) => {
                for end in ["", "-wal", "-shm"] {
                    std::fs::remove_file(format!("{}{end}", path.display())).ok();
                }
            }
            TestDatabase::Postgres { server, name } => {
                let db = Database::connect(server).await.unwrap();
                db.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)"))
                    .await
                    .unwrap();
                db.close().await.unwrap();
            }
        }
    }
}

pub struct World {
    pub store: Store,
    pub place: TestDatabase,
    pub operator: Actor,
    pub admin: Actor,
    pub reviewer: Actor,
    /// Of North Vale, as the three below.
    pub lead: Actor,
    pub contributor: Actor,
    pub reader: Actor,
    /// A reviewer who also belongs to North Vale.
    pub own_reviewer: Actor,
    /// The lead of South Mere.
    pub other: Actor,
    /// A person without any role.
    pub nobody: Actor,
}

impl World {
    pub async fn new(place: TestDatabase) -> World {
        let store = Store::connect(&place.url(), library()).await.unwrap();
        store.migrate().await.unwrap();
        store.publish(NOW).await.unwrap();
        let operator = Actor::operator();
        for (slug, name) in [("north-vale", "North Vale"), ("south-mere", "South Mere")] {
            store
                .add_practice(&operator, &self::slug(slug), name, "North", NOW)
                .await
                .unwrap();
        }
        store
            .open_cycle(&operator, &cycle("2026"), &version("2026.1"), NOW)
            .await
            .unwrap();
        let national = |role| (Role::National(role), None);
        let north = |role| (Role::Practice(role), Some("north-vale"));
        let person = |name: &'static str, role: (Role, Option<&'static str>)| join(&store, name, role.0, role.1);
        let own_reviewer = person("Olga", national(NationalRole::Reviewer)).await;
        let mut nobody = person("Nora", north(PracticeRole::Reader)).await;
        let id = nobody.person.unwrap();
        store
            .remove_member(&operator, id, &slug("north-vale"), NOW)
            .await
            .unwrap();
        nobody.memberships.clear();
        let world = World {
            admin: person("Ada", national(NationalRole::Administrator)).await,
            reviewer: person("Rita", national(NationalRole::Reviewer)).await,
            lead: person("Lena", north(PracticeRole::Lead)).await,
            contributor: person("Carl", north(PracticeRole::Contributor)).await,
            reader: person("Rea", north(PracticeRole::Reader)).await,
            own_reviewer: {
                drop(own_reviewer);
                person("Olga", north(PracticeRole::Contributor)).await
            },
            other: person("Odo", (Role::Practice(PracticeRole::Lead), Some("south-mere"))).await,
            nobody,
            operator,
            store,
            place,
        };
        // what was told while the world was made
        let db = world.raw().await;
        db.execute_unprepared("DELETE FROM notice").await.unwrap();
        db.close().await.unwrap();
        world
    }

    pub async fn end(self) {
        self.store.close().await.unwrap();
        self.place.remove().await;
    }

    /// Returns a connection of its own, past the store.
    pub async fn raw(&self) -> DatabaseConnection {
        Database::connect(self.place.url()).await.unwrap()
    }

    /// Returns the first column of a query's rows, as a number.
    pub async fn count(&self, from: &str) -> i64 {
        let db = self.raw().await;
        let row = db.query_one_raw(sea_orm::Statement::from_string(
            db.get_database_backend(),
            format!("SELECT count(*) AS n FROM {from}"),
        ));
        let n = row.await.unwrap().unwrap().try_get("", "n").unwrap();
        db.close().await.unwrap();
        n
    }

    pub async fn start(&self) {
        self.store
            .start(&self.lead, &north(), &cycle("2026"), NOW)
            .await
            .unwrap();
    }

    pub async fn answer(
        &self,
        actor: &Actor,
        id: &str,
        revision: i32,
        value: Answer,
    ) -> Result<store::Outcome<Answer>> {
        let change = vec![change(id, revision, value)];
        Ok(self
            .store
            .save_answers(actor, &north(), &cycle("2026"), change, NOW)
            .await?
            .remove(0))
    }

    pub async fn review(
        &self,
        actor: &Actor,
        id: &str,
        revision: i32,
        value: Review,
    ) -> Result<store::Outcome<Review>> {
        let change = vec![change(id, revision, value)];
        Ok(self
            .store
            .save_reviews(actor, &north(), &cycle("2026"), change, NOW)
            .await?
            .remove(0))
    }

    pub async fn agree(&self, actor: &Actor, id: &str, value: Agreement) -> Result<store::Outcome<Agreement>> {
        let change = vec![change(id, 0, value)];
        Ok(self
            .store
            .save_agreements(actor, &north(), &cycle("2026"), change, NOW)
            .await?
            .remove(0))
    }

    pub async fn act(&self, actor: &Actor, action: Operation) -> Result<Status> {
        self.store
            .transition(actor, &north(), &cycle("2026"), action, None, NOW)
            .await
    }

    /// North Vale's assessment, filled with 4 and brought as far as `status`.
    pub async fn bring_to(&self, status: Status) {
        self.start().await;
        if status == Status::Draft {
            return;
        }
        for id in ["a", "b", "d", "e"] {
            self.answer(&self.lead, id, 0, rated(4)).await.unwrap();
        }
        self.act(&self.lead, Operation::Submit).await.unwrap();
        if status == Status::Submitted {
            return;
        }
        self.act(&self.reviewer, Operation::BeginReview).await.unwrap();
        for id in ["a", "b", "d", "e"] {
            self.review(&self.reviewer, id, 0, reviewed(if id == "b" { 3 } else { 4 }))
                .await
                .unwrap();
        }
        match status {
            Status::Returned => {
                let question = Review {
                    question: text("How many?"),
                    ..reviewed(4)
                };
                self.review(&self.reviewer, "a", 1, question).await.unwrap();
                self.act(&self.reviewer, Operation::Return).await.unwrap();
            }
            Status::Moderated | Status::Finalised => {
                self.agree(&self.reviewer, "b", agreed(3)).await.unwrap();
                self.act(&self.reviewer, Operation::Moderate).await.unwrap();
                if status == Status::Finalised {
                    self.act(&self.admin, Operation::Finalise).await.unwrap();
                }
            }
            _ => {}
        }
    }
}

/// Invites somebody, accepts for them, and signs them in.
pub async fn join(store: &Store, name: &str, role: Role, practice: Option<&str>) -> Actor {
    let email = format!("{}@example.org", name.to_lowercase());
    let token = format!("token-{name}-{}-{practice:?}", role.code());
    let invitation = NewInvitation {
        email: email.clone(),
        role,
        practice: practice.map(slug),
    };
    store
        .invite(&Actor::operator(), &invitation, &token, NOW)
        .await
        .unwrap();
    let known = store.invitation(&token, NOW).await.unwrap().known;
    let person = store
        .accept(&token, name, (!known).then_some("hash"), NOW)
        .await
        .unwrap();
    sign_in(store, person, &token).await
}

pub async fn sign_in(store: &Store, person: PersonId, token: &str) -> Actor {
    store.open_session(person, token, NOW, HOUR * 12).await.unwrap();
    store.session(token, NOW, HOUR).await.unwrap().unwrap()
}

pub fn north() -> PracticeSlug {
    slug("north-vale")
}

pub fn slug(text: &str) -> PracticeSlug {
    PracticeSlug::parse(text).unwrap()
}

pub fn cycle(text: &str) -> CycleId {
    CycleId::parse(text).unwrap()
}

pub fn version(text: &str) -> VersionId {
    VersionId::parse(text).unwrap()
}

pub fn criterion(text: &str) -> CriterionId {
    CriterionId::parse(text).unwrap()
}

pub fn text(text: &str) -> Option<Prose> {
    Prose::read(text).unwrap()
}

pub fn rating(level: u8) -> Rating {
    Rating::new(level).unwrap()
}

pub fn rated(level: u8) -> Answer {
    Answer {
        response: Some(Response::Rated(rating(level))),
        ..Answer::default()
    }
}

pub fn reviewed(level: u8) -> Review {
    Review {
        rating: Some(rating(level)),
        ..Review::default()
    }
}

/// A low one is not yet explained.
pub fn agreed(level: u8) -> Agreement {
    Agreement {
        rating: Some(rating(level)),
        class: (level < 4).then_some(AdaptationClass::Unexplained),
        ..Agreement::default()
    }
}

pub fn change<T: Worded>(id: &str, revision: i32, value: T) -> Change<T> {
    Change::whole(criterion(id), revision, value)
}
