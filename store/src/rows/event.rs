//! The history.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub at: OffsetDateTime,
    pub person_id: Option<Uuid>,
    pub who: String,
    pub practice_id: Option<Uuid>,
    pub assessment_id: Option<Uuid>,
    pub kind: String,
    pub criterion: Option<String>,
    pub status_from: Option<String>,
    pub status_to: Option<String>,
    pub note: Option<String>,
    pub detail: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
