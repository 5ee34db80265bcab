//! One action of an improvement plan.

use sea_orm::entity::prelude::*;
use time::{Date, OffsetDateTime};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_action")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub practice_id: Uuid,
    pub cycle: String,
    pub version: String,
    pub criterion: String,
    pub what: String,
    pub owner: String,
    pub due: Date,
    pub support: Option<String>,
    pub state: String,
    pub closing: Option<String>,
    pub closed_at: Option<OffsetDateTime>,
    pub raised_at: OffsetDateTime,
    pub raised_who: String,
    pub revision: i32,
    pub updated_at: OffsetDateTime,
    pub updated_who: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::practice::Entity",
        from = "Column::PracticeId",
        to = "super::practice::Column::Id"
    )]
    Practice,
}

impl Related<super::practice::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Practice.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
