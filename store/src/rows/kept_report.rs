//! Reports that are made once and kept, or are on the way to it.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "kept_report")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub cycle: String,
    pub practice_id: Option<Uuid>,
    pub edition: Option<i32>,
    pub asked_at: OffsetDateTime,
    pub asked_by: Option<Uuid>,
    pub asked_who: String,
    pub state: String,
    pub done: i16,
    pub tries: i16,
    pub leased_until: Option<OffsetDateTime>,
    pub ended_at: Option<OffsetDateTime>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(has_many = "super::kept_document::Entity")]
    Document,
}

impl Related<super::kept_document::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Document.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
