//! A mistaken import, taken back whole: all that came with it goes, as long as nothing was built on it. That it was there, who took
//! it back and why stays; its words do not, since they may be the mistake.

use crate::{
    Store,
    convert::stamp,
    error::{Result, StoreError},
    event::{EventKind, NewEvent, record},
    rows::{import, import_assessment},
    scope::administrator,
    transaction::Transaction,
};
use framework::{actor::Actor, prose::Prose};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QueryResult, Statement,
};
use time::OffsetDateTime;
use uuid::Uuid;

/// Tables with rows of an assessment that go with it.
const GOES: [&str; 6] = ["answer", "review", "agreement", "reading", "sheet", "notice"];

/// Tables with rows of an assessment that were built on it, and what is said then.
const BUILT: [(&str, &str); 7] = [
    ("citation", "evidence is cited in it"),
    ("still_true", "evidence was confirmed as still true in it"),
    ("clarification", "there are clarifications in it"),
    ("clarification_message", "there are clarifications in it"),
    ("reviewer", "it has a reviewer"),
    ("blind_reading", "two reviewers have rated it"),
    ("statement", "its Practice has made a statement on it"),
];

/// What else may be built on an assessment `a`, which came with an import as `part`.
const BUILT_BESIDE: [(&str, &str); 6] = [
    (
        "SELECT 1 FROM assessment x WHERE x.practice_id = a.practice_id AND x.cycle = a.cycle AND x.edition > a.edition",
        "it was reopened",
    ),
    (
        "SELECT 1 FROM plan_action x WHERE x.practice_id = a.practice_id AND x.cycle = a.cycle",
        "its improvement plan has actions",
    ),
    (
        "SELECT 1 FROM plan_none x WHERE x.practice_id = a.practice_id AND x.cycle = a.cycle",
        "its improvement plan has reasons for no action",
    ),
    (
        "SELECT 1 FROM wording x WHERE x.subject_id = a.id",
        "earlier wordings of it were imported",
    ),
    // a report looks back on all earlier cycles
    (
        "SELECT 1 FROM kept_report x WHERE x.state <> 'failed' AND x.asked_at >= i.at AND x.cycle >= a.cycle
            AND (x.practice_id IS NULL OR x.practice_id = a.practice_id)
         UNION ALL SELECT 1 FROM kept_report x WHERE x.practice_id = a.practice_id AND x.cycle = a.cycle",
        "a report that shows it is kept",
    ),
    (
        "SELECT 1 FROM assessment x WHERE x.practice_id = a.practice_id AND x.cycle > a.cycle
            AND x.status IN ('moderated', 'finalised')
            AND x.id NOT IN (SELECT assessment_id FROM import_assessment WHERE import_id = $1)",
        "a later assessment that was settled or finalised is compared with it",
    ),
];

/// Tables with rows of a Practice: while one has any, a Practice that came with the import stays.
const OF_PRACTICE: [&str; 13] = [
    "assessment",
    "membership",
    "past_membership",
    "invitation",
    "declared_conflict",
    "evidence",
    "adaptation",
    "plan_action",
    "plan_none",
    "plan_support",
    "notice",
    "kept_report",
    "wording",
];

/// Tables with rows of a cycle: while one has any, a cycle that came with the import stays.
const OF_CYCLE: [&str; 5] = ["assessment", "sheet", "plan_action", "plan_none", "kept_report"];

const CAME: &str = "SELECT assessment_id FROM import_assessment WHERE import_id = $1";

impl Store {
    /// Takes an import back whole, with a reason: its assessments, and the Practices and cycles that came with it and have nothing
    /// else by now. Administrators only.
    ///
    /// # Errors
    /// [`StoreError::Refused`] with every assessment on which something was built, one a line, and when the import was taken back
    /// already. [`StoreError::NotFound`] when there is none, and for anybody else.
    pub async fn take_back(&self, actor: &Actor, id: Uuid, why: &Prose, now: OffsetDateTime) -> Result<()> {
        administrator(actor)?;
        let now = stamp(now);
        let tx = self.writing().await?;
        let row = import::Entity::find_by_id(id)
            .one(&tx)
            .await?
            .ok_or(StoreError::NotFound)?;
        if row.taken_back_at.is_some() {
            return Err(StoreError::Refused("This import was taken back already.".to_owned()));
        }
        let built = built_on(&tx, id).await?;
        if !built.is_empty() {
            return Err(StoreError::Refused(built.join("\n")));
        }
        let marked = import::ActiveModel {
            id: Set(id),
            taken_back_at: Set(Some(now)),
            taken_back_by: Set(actor.person.map(|person| person.0)),
            taken_back_who: Set(Some(actor.name.clone())),
            taken_back_why: Set(Some(why.to_string())),
            ..Default::default()
        };
        import::Entity::update(marked).exec(&tx).await?;
        let events = events(&tx, id, why).await?;
        let of_history = format!("UPDATE event SET assessment_id = NULL WHERE assessment_id IN ({CAME})");
        execute(&tx, &of_history, id).await?;
        for table in GOES {
            execute(&tx, &format!("DELETE FROM {table} WHERE assessment_id IN ({CAME})"), id).await?;
        }
        execute(&tx, &format!("DELETE FROM assessment WHERE id IN ({CAME})"), id).await?;
        record(&tx, actor, now, events).await?;
        without_use(&tx, id).await?;
        tx.commit().await
    }
}

/// Returns what was built on the assessments of an import, a line each.
async fn built_on(tx: &Transaction, id: Uuid) -> Result<Vec<String>> {
    let within = BUILT.map(|(table, sentence)| {
        (
            format!("SELECT 1 FROM {table} x WHERE x.assessment_id = a.id"),
            sentence,
        )
    });
    let beside = BUILT_BESIDE.map(|(sql, sentence)| (sql.to_owned(), sentence));
    let mut lines = Vec::new();
    for (built, sentence) in within.into_iter().chain(beside) {
        let sql = format!(
            "SELECT part.practice, part.cycle FROM import_assessment part JOIN import i ON i.id = part.import_id
             JOIN assessment a ON a.id = part.assessment_id
             WHERE part.import_id = $1 AND EXISTS ({built}) ORDER BY part.practice, part.cycle"
        );
        for row in query(tx, &sql, id).await? {
            let (practice, cycle): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            let line = format!("{practice} {cycle}: {sentence}.");
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    Ok(lines)
}

/// For the history of each Practice, which outlives the assessment.
async fn events(tx: &Transaction, id: Uuid, why: &Prose) -> Result<Vec<NewEvent>> {
    let came = import_assessment::Entity::find()
        .filter(import_assessment::Column::ImportId.eq(id))
        .order_by_asc(import_assessment::Column::Practice)
        .order_by_asc(import_assessment::Column::Cycle)
        .all(tx)
        .await?;
    let mut events = Vec::with_capacity(came.len());
    for part in came {
        let sql = "SELECT practice_id FROM assessment WHERE id = $1";
        let row = query(tx, sql, part.assessment_id).await?.into_iter().next();
        let practice: Option<Uuid> = row.map(|row| row.try_get_by_index(0)).transpose()?;
        let event = NewEvent::new(EventKind::ImportTakenBack).because(why.clone());
        let detail = serde_json::json!({ "import": id, "practice": part.practice, "cycle": part.cycle });
        let event = event.with(detail);
        events.push(match practice {
            Some(practice) => event.of(practice),
            None => event,
        });
    }
    Ok(events)
}

/// Takes away the Practices and cycles that came with an import and have nothing else.
async fn without_use(tx: &Transaction, id: Uuid) -> Result<()> {
    let unused = OF_PRACTICE
        .map(|table| format!(" AND NOT EXISTS (SELECT 1 FROM {table} x WHERE x.practice_id = part.practice_id)"));
    let sql = format!(
        "SELECT part.practice_id FROM import_practice part WHERE part.import_id = $1{}",
        unused.concat()
    );
    for row in query(tx, &sql, id).await? {
        let practice: Uuid = row.try_get_by_index(0)?;
        execute(
            tx,
            "UPDATE event SET practice_id = NULL WHERE practice_id = $1",
            practice,
        )
        .await?;
        execute(tx, "DELETE FROM practice WHERE id = $1", practice).await?;
    }
    let unused = OF_CYCLE.map(|table| format!(" AND NOT EXISTS (SELECT 1 FROM {table} x WHERE x.cycle = cycle.id)"));
    // a cycle comes in closed; one that was opened since is in use
    let sql = format!(
        "DELETE FROM cycle WHERE id IN (SELECT cycle FROM import_cycle WHERE import_id = $1) AND closed_at = opened_at{}",
        unused.concat()
    );
    execute(tx, &sql, id).await
}

async fn query(tx: &Transaction, sql: &str, id: Uuid) -> Result<Vec<QueryResult>> {
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, [id.into()]);
    Ok(tx.query_all_raw(statement).await?)
}

async fn execute(tx: &Transaction, sql: &str, id: Uuid) -> Result<()> {
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, [id.into()]);
    tx.execute_raw(statement).await?;
    Ok(())
}

/// Returns whether taking back an import knows what to do with a table that names an assessment, a Practice or a cycle.
#[cfg(test)]
pub(crate) fn thinks_of(table: &str, named: &str) -> bool {
    // the history lets go of both; reports and plans are looked for by Practice and cycle
    match named {
        "assessment" => {
            let built = BUILT.iter().any(|(one, _)| *one == table);
            built || GOES.contains(&table) || ["event", "kept_report"].contains(&table)
        }
        "practice" => OF_PRACTICE.contains(&table) || table == "event",
        _ => OF_CYCLE.contains(&table),
    }
}
