//! Practices.

use sea_orm::entity::prelude::*;
use time::{Date, OffsetDateTime};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "practice")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub slug: String,
    pub name: String,
    pub region: String,
    pub created_at: OffsetDateTime,
    /// The name as it is compared; none where another Practice had it first.
    #[sea_orm(unique)]
    pub name_key: Option<String>,
    pub closed_on: Option<Date>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
