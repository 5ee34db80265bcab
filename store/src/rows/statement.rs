//! What a Practice states on its moderated ratings: a row a wording, the last one counts.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "statement")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub practice_id: Uuid,
    pub assessment_id: Uuid,
    pub number: i32,
    pub stance: Option<String>,
    pub words: Option<String>,
    pub made_at: OffsetDateTime,
    pub made_by: Option<Uuid>,
    pub made_who: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
