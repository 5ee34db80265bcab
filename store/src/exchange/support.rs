//! Support that National Pause gave, in and out.

use super::{
    adaptations::parts,
    import::insert,
    records::{Kind, New, Practices},
};
use crate::{
    convert::text,
    error::Result,
    event::EventKind,
    plan::{load::finished, support::read},
    rows::{assessment, plan_action, plan_support},
    transaction::Transaction,
};
use framework::{
    actor::Actor,
    adaptation::Stamp,
    exchange::SupportRecord,
    library::Library,
    plan::{About, Given},
};
use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter};
use std::collections::HashMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// The Practice of each action, and when each Practice's last assessment was finalised here.
pub struct Beside {
    actions: HashMap<Uuid, Uuid>,
    finished: HashMap<Uuid, OffsetDateTime>,
}

impl Kind for SupportRecord {
    const EVENT: EventKind = EventKind::SupportImported;
    const DETAIL: &'static str = "support";
    type Context = Beside;

    async fn load_existing(tx: &Transaction, of: &Practices<'_>) -> Result<Vec<Self>> {
        let rows = plan_support::Entity::find()
            .filter(of.on(plan_support::Column::PracticeId))
            .all(tx)
            .await?;
        let record = |row: plan_support::Model| {
            let rated = row.rated_who.clone().zip(row.rated_at);
            Ok(SupportRecord {
                practice: of.slug(row.practice_id)?,
                recorded_by: row.recorded_who.clone(),
                rated: rated.map(|(by, at)| Stamp { by, at }),
                given: read(row, None)?.given,
            })
        };
        rows.into_iter().map(record).collect()
    }

    async fn load_context(tx: &Transaction) -> Result<Beside> {
        let actions = plan_action::Entity::find().all(tx).await?;
        let mut last: HashMap<Uuid, OffsetDateTime> = HashMap::new();
        for row in assessment::Entity::find().all(tx).await? {
            if let Some(at) = finished(&row) {
                let known = last.entry(row.practice_id).or_insert(at);
                *known = at.max(*known);
            }
        }
        Ok(Beside {
            actions: actions.into_iter().map(|row| (row.id, row.practice_id)).collect(),
            finished: last,
        })
    }

    fn misfits(new: &New<Self>, beside: &mut Beside, library: &Library) -> Vec<String> {
        let mut misfits = Vec::new();
        for placed in &new.records {
            let given = &placed.record.given;
            let mut say = |sentence: &str| misfits.push(format!("{}: {sentence}", placed.place));
            match &given.about {
                About::Action(action) if beside.actions.get(&action.0) != Some(&new.practice) => {
                    say("The Practice has no action with this key. Import the actions first.");
                }
                About::Element(id) if !library.versions().any(|v| v.elements.iter().any(|e| e.id == *id)) => {
                    say("No version of the framework has this element.");
                }
                About::Whole | About::Action(_) | About::Element(_) => {}
            }
            if beside
                .finished
                .get(&new.practice)
                .is_some_and(|last| *last > given.recorded)
            {
                say(
                    "An assessment has been finalised here since this was recorded, and support behind a finalised \
                     assessment never changes.",
                );
            }
        }
        misfits
    }

    async fn add(tx: &Transaction, new: &[New<Self>], _: &Beside, _: &Actor, _: OffsetDateTime) -> Result<()> {
        let all = new
            .iter()
            .flat_map(|one| one.records.iter().map(|placed| (one.practice, &placed.record)));
        insert(tx, all.map(|(practice, record)| row(practice, record)).collect()).await
    }
}

fn row(practice: Uuid, record: &SupportRecord) -> plan_support::ActiveModel {
    let SupportRecord {
        given,
        recorded_by,
        rated,
        ..
    } = record;
    let Given { about, helped, .. } = given;
    let (rated_at, rated_who) = parts(rated.as_ref());
    let (action, element) = match about {
        About::Whole => (None, None),
        About::Action(action) => (Some(action.0), None),
        About::Element(element) => (None, Some(element.to_string())),
    };
    plan_support::ActiveModel {
        id: Set(given.id.0),
        practice_id: Set(practice),
        day: Set(given.day),
        what: Set(given.what.to_string()),
        action_id: Set(action),
        element: Set(element),
        recorded_at: Set(given.recorded),
        recorded_by: Set(None),
        recorded_who: Set(recorded_by.clone()),
        rating: Set(helped.map(|helped| i16::from(helped.level()))),
        comment: Set(text(&given.comment)),
        rated_at: Set(rated_at),
        rated_who: Set(rated_who),
        revision: Set(1),
    }
}
