//! What somebody at the command line needs to know: why the database failed, why there is no report.

use crate::{
    Store,
    convert::status,
    error::{Result, StoreError},
    rows::{assessment, cycle, practice},
    scope::administrator,
};
use framework::{
    actor::Actor,
    ids::{CycleId, PracticeSlug},
    lifecycle::Status,
};
use migrations::has_table;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, RuntimeErr};

/// Why a Practice has no report in a cycle that National Pause may read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfinished {
    /// There is no such Practice.
    NoPractice,
    /// There is no such cycle.
    NoCycle,
    /// The Practice has not begun an assessment in it.
    NotBegun,
    /// The assessment is in this state.
    At(Status),
}

impl Store {
    /// Returns whether the database holds this program's tables.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn is_set_up(&self) -> Result<bool> {
        Ok(has_table(&self.db, "assessment").await?)
    }

    /// Returns why a Practice has no report in a cycle. Administrators only.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for anybody else.
    pub async fn unfinished(&self, actor: &Actor, slug: &PracticeSlug, id: &CycleId) -> Result<Unfinished> {
        administrator(actor)?;
        let of_slug = practice::Column::Slug.eq(slug.as_str());
        let Some(practice) = practice::Entity::find().filter(of_slug).one(&self.db).await? else {
            return Ok(Unfinished::NoPractice);
        };
        let assessment = assessment::Entity::find()
            .filter(assessment::Column::PracticeId.eq(practice.id))
            .filter(assessment::Column::Cycle.eq(id.as_str()))
            .order_by_desc(assessment::Column::Edition)
            .one(&self.db)
            .await?;
        if let Some(row) = assessment {
            return Ok(Unfinished::At(status(&row.status)?));
        }
        let cycle = cycle::Entity::find_by_id(id.as_str()).one(&self.db).await?;
        Ok(if cycle.is_some() {
            Unfinished::NotBegun
        } else {
            Unfinished::NoCycle
        })
    }
}

impl StoreError {
    /// Returns what whoever runs this can do where the database failed, without its own words and numbers.
    pub fn advice(&self) -> Option<&'static str> {
        let StoreError::Db(error) = self else { return None };
        // SQLite's primary result codes: https://www.sqlite.org/rescode.html
        Some(match sqlite_code(error) {
            Some(5 | 6) => "Another program holds the SQLite file. Try again once it is done.",
            Some(8) => {
                "The SQLite file can be read but not written. This user must be allowed to write to it and to its folder."
            }
            Some(10) => "The disk with the SQLite file cannot be read or written. Look at the disk.",
            Some(11 | 26) => "The SQLite file is damaged. Put it back from a backup.",
            Some(13) => "The disk with the SQLite file is full. Make room, then try again: nothing was changed.",
            _ => "The database failed, and nothing was changed. What it said is in the line before.",
        })
    }
}

fn sqlite_code(error: &DbErr) -> Option<u32> {
    let (DbErr::Conn(RuntimeErr::SqlxError(error))
    | DbErr::Exec(RuntimeErr::SqlxError(error))
    | DbErr::Query(RuntimeErr::SqlxError(error))) = error
    else {
        return None;
    };
    let code: u32 = error.as_database_error()?.code()?.parse().ok()?;
    Some(code & 0xff)
}
