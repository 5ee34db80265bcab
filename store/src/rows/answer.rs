//! What a Practice says on a criterion.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "answer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub practice_id: Uuid,
    pub assessment_id: Uuid,
    pub criterion: String,
    pub rating: Option<i16>,
    pub not_applicable: bool,
    pub na_reason: Option<String>,
    pub measure: Option<f64>,
    pub evidence: Option<String>,
    pub comment: Option<String>,
    pub adaptation: Option<String>,
    pub revision: i32,
    pub updated_at: OffsetDateTime,
    pub updated_by: Option<Uuid>,
    pub updated_who: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
