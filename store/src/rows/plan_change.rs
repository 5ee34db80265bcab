//! What became of an action: one row for each change, only added to.

use sea_orm::entity::prelude::*;
use time::{Date, OffsetDateTime};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub action_id: Uuid,
    pub practice_id: Uuid,
    pub at: OffsetDateTime,
    pub person_id: Option<Uuid>,
    pub who: String,
    pub state_from: Option<String>,
    pub state_to: String,
    pub what: String,
    pub owner: String,
    pub due: Date,
    pub support: Option<String>,
    pub why: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
