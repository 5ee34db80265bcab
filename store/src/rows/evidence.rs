//! Items of a Practice's evidence library.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evidence")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub practice_id: Uuid,
    pub kind: String,
    pub number: i32,
    pub withdrawn_at: Option<OffsetDateTime>,
    pub withdrawn_who: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The latest version.
    #[sea_orm(
        belongs_to = "super::evidence_version::Entity",
        from = "(Column::Id, Column::Number)",
        to = "(super::evidence_version::Column::EvidenceId, super::evidence_version::Column::Number)"
    )]
    Latest,
}

impl Related<super::evidence_version::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Latest.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
