//! What was saved, field by field, only added to.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "wording")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub practice_id: Uuid,
    pub kind: String,
    pub subject_id: Uuid,
    pub criterion: String,
    pub part: i32,
    pub revision: i32,
    pub step: i32,
    pub at: OffsetDateTime,
    pub person_id: Option<Uuid>,
    pub who: String,
    pub fields: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
