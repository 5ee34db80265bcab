//! What moderation settled on a criterion.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "agreement")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub practice_id: Uuid,
    pub assessment_id: Uuid,
    pub criterion: String,
    pub rating: Option<i16>,
    pub comment: Option<String>,
    pub class: Option<String>,
    pub adaptation_id: Option<Uuid>,
    pub revision: i32,
    pub updated_at: OffsetDateTime,
    pub updated_by: Option<Uuid>,
    pub updated_who: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
