//! Support that National Pause gave, and how much it helped.

use sea_orm::entity::prelude::*;
use time::{Date, OffsetDateTime};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_support")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub practice_id: Uuid,
    pub day: Date,
    pub what: String,
    pub action_id: Option<Uuid>,
    pub element: Option<String>,
    pub recorded_at: OffsetDateTime,
    pub recorded_by: Option<Uuid>,
    pub recorded_who: String,
    pub rating: Option<i16>,
    pub comment: Option<String>,
    pub rated_at: Option<OffsetDateTime>,
    pub rated_who: Option<String>,
    pub revision: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
