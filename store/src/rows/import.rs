//! An import of assessments.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub at: OffsetDateTime,
    pub person_id: Option<Uuid>,
    pub who: String,
    pub file: String,
    pub sha256: String,
    pub taken_back_at: Option<OffsetDateTime>,
    pub taken_back_by: Option<Uuid>,
    pub taken_back_who: Option<String>,
    pub taken_back_why: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
