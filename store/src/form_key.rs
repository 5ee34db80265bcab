//! A form that is sent twice, by a double click or by Enter and a click, makes one record.

use crate::{
    Store,
    error::{Result, StoreError},
    rows::form_key,
    transaction::Transaction,
};
use framework::actor::Actor;
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use time::OffsetDateTime;
use uuid::Uuid;

impl Store {
    /// Returns the same store for what a form makes: with one key, each record is made once, and whoever asks again is given the first.
    pub fn for_form(&self, key: Option<String>) -> Store {
        Store {
            form_key: key,
            ..self.clone()
        }
    }

    /// Notes that the form makes the record `id`; the record that it has made already, if it was sent before. Of two that
    /// come at the same time the second waits here until the first is through.
    pub(crate) async fn made_before(
        &self,
        tx: &Transaction,
        actor: &Actor,
        id: Uuid,
        now: OffsetDateTime,
    ) -> Result<Option<Uuid>> {
        let Some((key, person)) = self.form_key.as_ref().zip(actor.person) else {
            return Ok(None);
        };
        let row = form_key::ActiveModel {
            key: Set(key.clone()),
            person_id: Set(person.0),
            record_id: Set(id),
            made_at: Set(now),
        };
        let unless = OnConflict::column(form_key::Column::Key).do_nothing().to_owned();
        let inserted = form_key::Entity::insert(row)
            .on_conflict(unless)
            .exec_without_returning(tx)
            .await?;
        if inserted > 0 {
            return Ok(None);
        }
        let before = form_key::Entity::find_by_id(key.clone()).one(tx).await?;
        let own = before.filter(|before| before.person_id == person.0);
        own.map(|before| Some(before.record_id)).ok_or(StoreError::NotFound)
    }
}
