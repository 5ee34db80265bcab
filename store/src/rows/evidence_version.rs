//! What an item of evidence says, version by version.

use sea_orm::entity::prelude::*;
use time::{Date, OffsetDateTime};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evidence_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub practice_id: Uuid,
    pub evidence_id: Uuid,
    pub number: i32,
    pub title: String,
    pub shows: String,
    pub true_of: Date,
    pub review_by: Option<Date>,
    pub link: Option<String>,
    pub note: Option<String>,
    pub file_name: Option<String>,
    pub file_type: Option<String>,
    pub file_size: Option<i64>,
    pub file_hash: Option<String>,
    pub made_at: OffsetDateTime,
    pub made_by: Option<Uuid>,
    pub made_who: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
