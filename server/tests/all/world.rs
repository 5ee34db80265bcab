//! Two Practices with assessments in several states, and people of every kind.
//!
//! | | 2024 | 2025 | 2026 |
//! |---|---|---|---|
//! | north-vale | finalised | in review | draft |
//! | south-bay | finalised | – | – |

use crate::site::{Site, now, slug};
use app::web::secret;
use framework::{
    actor::{Actor, PersonId, PracticeRole, Role},
    assessment::{Answer, Entry, Response},
    criteria::Framework,
    evidence::{Content, Evidence, EvidenceId, Title},
    exchange::Exchanged,
    ids::{CriterionId, CycleId, VersionId},
    lifecycle::Operation,
    rating::Rating,
    sheet::PracticeInfo,
};
use store::{ArchivedDocument, Change, NewInvitation, ReportOf};

/// Who walks, in the order of the walk's columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Persona {
    SignedOut,
    Administrator,
    Reviewer,
    /// A reviewer at National Pause who is also a contributor of North Vale.
    OwnReviewer,
    Lead,
    Contributor,
    Reader,
    OtherLead,
    OtherContributor,
    OtherReader,
}

impl Persona {
    pub const ALL: [Persona; 10] = [
        Persona::SignedOut,
        Persona::Administrator,
        Persona::Reviewer,
        Persona::OwnReviewer,
        Persona::Lead,
        Persona::Contributor,
        Persona::Reader,
        Persona::OtherLead,
        Persona::OtherContributor,
        Persona::OtherReader,
    ];

    /// Belongs to South Bay only.
    pub fn is_other(self) -> bool {
        matches!(
            self,
            Persona::OtherLead | Persona::OtherContributor | Persona::OtherReader
        )
    }

    fn roles(self) -> &'static [(&'static str, Option<&'static str>)] {
        const NORTH: Option<&str> = Some("north-vale");
        const SOUTH: Option<&str> = Some("south-bay");
        match self {
            Persona::SignedOut => &[],
            Persona::Administrator => &[("administrator", None)],
            Persona::Reviewer => &[("reviewer", None)],
            Persona::OwnReviewer => &[("reviewer", None), ("contributor", NORTH)],
            Persona::Lead => &[("lead", NORTH)],
            Persona::Contributor => &[("contributor", NORTH)],
            Persona::Reader => &[("reader", NORTH)],
            Persona::OtherLead => &[("lead", SOUTH)],
            Persona::OtherContributor => &[("contributor", SOUTH)],
            Persona::OtherReader => &[("reader", SOUTH)],
        }
    }
}

/// A website with that world in it.
pub struct World {
    pub site: Site,
    /// North Vale's evidence: a file that 2025 cites, and one that only the draft of 2026 cites.
    pub items: [EvidenceId; 2],
    /// Archived reports of 2024, with a small file each: North Vale's, and the national one.
    pub kept: [String; 2],
    people: Vec<(Persona, PersonId)>,
}

impl World {
    pub async fn new() -> World {
        let site = Site::new().await;
        let store = &site.state.store;
        let operator = Actor::operator();
        store
            .import(
                &operator,
                vec![finished("north-vale"), finished("south-bay")],
                false,
                now(),
            )
            .await
            .unwrap();
        for (year, edition) in [("2025", "2025.1"), ("2026", "2026.1")] {
            store
                .open_cycle(&operator, &cycle(year), &version(edition), now())
                .await
                .unwrap();
        }
        let mut people = vec![];
        for persona in Persona::ALL
            .into_iter()
            .filter(|persona| *persona != Persona::SignedOut)
        {
            people.push((
                persona,
                site.person(&format!("{persona:?}@example.org"), persona.roles()).await,
            ));
        }
        // what they were told while the world was made: a second role
        for (_, person) in &people {
            let actor = site.actor(*person).await;
            let store = &site.state.store;
            store.mark_notices_read(&actor, now(), now()).await.unwrap();
        }
        let mut world = World {
            site,
            items: [EvidenceId::parse("00000000-0000-0000-0000-000000000000").unwrap(); 2],
            kept: Default::default(),
            people,
        };
        world.items = world.begin().await;
        world.kept = [world.keep(Some("north-vale")).await, world.keep(None).await];
        world
    }

    pub fn id(&self, persona: Persona) -> PersonId {
        self.people.iter().find(|(of, _)| *of == persona).unwrap().1
    }

    pub async fn browser(&self, persona: Persona) -> crate::site::Browser {
        match persona {
            Persona::SignedOut => self.site.stranger(),
            persona => self.site.browser_of(self.id(persona)).await,
        }
    }

    /// An invitation that nobody accepts; its token is `open`.
    pub async fn invite_for_walk(&self) {
        let invitation = NewInvitation {
            email: "invited@example.org".to_owned(),
            role: Role::Practice(PracticeRole::Lead),
            practice: Some(slug("north-vale")),
        };
        let store = &self.site.state.store;
        store
            .invite(&Actor::operator(), &invitation, &secret::hash("open"), now())
            .await
            .unwrap();
    }

    /// Returns an address with `{cited}`, `{draft}`, `{kept}` and `{national}` filled in.
    pub fn address(&self, path: &str) -> String {
        let [cited, draft] = self.items.map(|id| id.to_string());
        let [kept, national] = &self.kept;
        let names = [
            ("cited", &cited),
            ("draft", &draft),
            ("kept", kept),
            ("national", national),
        ];
        names.into_iter().fold(path.to_owned(), |path, (name, id)| {
            path.replace(&format!("{{{name}}}"), id)
        })
    }

    /// A report that is made already: making a real one takes its time.
    async fn keep(&self, practice: Option<&str>) -> String {
        let of = ReportOf {
            practice: practice.map(slug),
            cycle: cycle("2024"),
        };
        let store = &self.site.state.store;
        store.queue_report(&Actor::operator(), &of, None, now()).await.unwrap();
        let job = store.claim_report(now(), now()).await.unwrap().unwrap();
        let file = b"{}".as_slice().into();
        let (hashes, kept) = self.site.state.files.store_generated(&[file]).await.unwrap();
        let document = ArchivedDocument {
            format: "json".to_owned(),
            hash: hashes[0].clone(),
            size: 2,
        };
        assert!(store.finish_report(&job, &[document], now()).await.unwrap());
        drop(kept);
        job.id.to_string()
    }

    /// North Vale submits 2025, whose review begins, and starts 2026; each cites a file.
    async fn begin(&self) -> [EvidenceId; 2] {
        let store = &self.site.state.store;
        let lead = self.site.actor(self.id(Persona::Lead)).await;
        let reviewer = self.site.actor(self.id(Persona::Reviewer)).await;
        let (north, year) = (slug("north-vale"), cycle("2025"));
        store.start(&lead, &north, &year, now()).await.unwrap();
        let framework = store.library().version(&version("2025.1")).unwrap();
        store
            .save_answers(&lead, &north, &year, changes(framework), now())
            .await
            .unwrap();
        let cited = self.cite(&lead, "minutes.txt", &year).await;
        store
            .transition(&lead, &north, &year, Operation::Submit, None, now())
            .await
            .unwrap();
        store
            .transition(&reviewer, &north, &year, Operation::BeginReview, None, now())
            .await
            .unwrap();
        store.start(&lead, &north, &cycle("2026"), now()).await.unwrap();
        [cited, self.cite(&lead, "rota.txt", &cycle("2026")).await]
    }

    /// Returns a text file, uploaded and cited on a criterion.
    async fn cite(&self, lead: &Actor, name: &str, year: &CycleId) -> EvidenceId {
        let bytes = format!("What {name} says").into_bytes().into();
        let received = files::receive(futures::stream::iter([Ok::<_, String>(bytes)]))
            .await
            .unwrap();
        let checked = self.site.state.files.check(name, received).await.unwrap();
        let kept = self.site.state.files.store(&checked).await.unwrap();
        let evidence = Evidence {
            title: Title::read(name).unwrap(),
            shows: "That it is so".to_owned().try_into().unwrap(),
            true_of: time::macros::date!(2026 - 01 - 05),
            review_by: None,
            content: Content::File(checked.facts),
        };
        let (store, north) = (&self.site.state.store, slug("north-vale"));
        let id = store.add_evidence(lead, &north, &evidence, now()).await.unwrap();
        drop(kept);
        let (on, change) = (CriterionId::parse("caseload-ceiling").unwrap(), [(id, true)].into());
        store.cite(lead, &north, year, &on, &change, now()).await.unwrap();
        id
    }
}

pub fn cycle(text: &str) -> CycleId {
    CycleId::parse(text).unwrap()
}

pub fn version(text: &str) -> VersionId {
    VersionId::parse(text).unwrap()
}

fn rated(index: usize) -> Answer {
    Answer {
        response: Some(Response::Rated(Rating::ALL[index % 5])),
        ..Answer::default()
    }
}

fn changes(framework: &Framework) -> Vec<Change<Answer>> {
    let criteria = framework.criteria.iter().enumerate();
    criteria
        .map(|(place, c)| Change::whole(c.id.clone(), 0, rated(place)))
        .collect()
}

fn finished(practice: &str) -> Exchanged {
    let library = framework::library::Library::embedded();
    let criteria = library.version(&version("2025.1")).unwrap().criteria.iter().enumerate();
    Exchanged {
        practice: PracticeInfo {
            slug: slug(practice),
            name: practice.replace('-', " "),
            region: "Wales".to_owned(),
        },
        cycle: cycle("2024"),
        version: version("2025.1"),
        entries: criteria
            .map(|(place, c)| {
                (
                    c.id.clone(),
                    Entry {
                        answer: rated(place),
                        ..Entry::default()
                    },
                )
            })
            .collect(),
    }
}
