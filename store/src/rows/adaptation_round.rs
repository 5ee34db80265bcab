//! What was proposed in the register of adaptations, and what was decided on it.

use sea_orm::entity::prelude::*;
use time::{Date, OffsetDateTime};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "adaptation_round")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub practice_id: Uuid,
    pub adaptation_id: Uuid,
    pub number: i32,
    pub title: String,
    pub what: String,
    pub criteria: String,
    pub timing: String,
    pub since: Date,
    pub until: Option<Date>,
    pub decided_by_role: String,
    pub level: String,
    pub reasons: String,
    pub why: String,
    pub core: String,
    pub core_why: String,
    pub saved_at: OffsetDateTime,
    pub saved_by: Option<Uuid>,
    pub saved_who: String,
    pub proposed_at: Option<OffsetDateTime>,
    pub proposed_who: Option<String>,
    pub ruling: Option<String>,
    pub ruling_reason: Option<String>,
    pub agreed_until: Option<Date>,
    pub decided_at: Option<OffsetDateTime>,
    pub decided_by: Option<Uuid>,
    pub decided_who: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
