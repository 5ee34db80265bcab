//! Last cycle's assessment, seen from this one's version.

use crate::{
    Store,
    assessments::latest_before,
    convert::{self, bad},
    error::Result,
    load::{AssessmentContent, assessment_contents, ids, in_order},
    register::Registers,
    rows::assessment,
    scope::AccessibleAssessment,
};
use framework::{
    assessment::Entry,
    criteria::{Criterion, Framework},
    ids::{CriterionId, CycleId, VersionId},
    library::Library,
    rating::Rating,
    sheet::CriterionRatings,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::{collections::BTreeMap, sync::Arc};

/// The Practice's latest finalised assessment of an earlier cycle.
#[derive(Clone, Debug)]
pub struct Previous {
    /// Its cycle.
    pub cycle: CycleId,
    /// Its version.
    pub framework: Arc<Framework>,
    /// What it says on each of this assessment's criteria, where the two are comparable.
    pub lines: Vec<Option<Entry>>,
    /// For each of this assessment's criteria that is not comparable: the older criteria that it came from.
    pub related: Vec<Vec<Related>>,
}

/// A criterion that a newer one came from without being comparable to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Related {
    /// Its id in [`Previous::framework`].
    pub criterion: CriterionId,
    /// What was said on it.
    pub entry: Entry,
}

impl Previous {
    /// Returns the rating of each of this assessment's criteria that reports use, where the two are comparable.
    pub fn ratings(&self) -> Vec<Option<Rating>> {
        let used = |entry: &Entry| CriterionRatings::from(entry).used().map(|(rating, _)| rating);
        self.lines.iter().map(|line| used(line.as_ref()?)).collect()
    }
}

impl Store {
    /// Returns the comparable ratings of the assessment before, as the pages show them.
    pub(crate) async fn earlier_ratings(
        &self,
        tx: &impl ConnectionTrait,
        target: &AccessibleAssessment,
    ) -> Result<Vec<Option<Rating>>> {
        let rows = assessment::Entity::find()
            .filter(assessment::Column::PracticeId.eq(target.row.practice_id))
            .all(tx)
            .await?;
        let Some(before) = latest_before(&rows, &target.cycle) else {
            return Ok(vec![]);
        };
        let said = assessment_contents(tx, &ids(assessment::Column::Id.eq(before.id).into()))
            .await?
            .remove(&before.id);
        // ratings rest on no register
        let previous = self.previous(
            &target.framework,
            before,
            said.unwrap_or_default(),
            &Registers::default(),
        )?;
        Ok(previous.ratings())
    }

    /// Returns an earlier assessment from a later one's version.
    pub(crate) fn previous(
        &self,
        current: &Framework,
        row: &assessment::Model,
        said: BTreeMap<CriterionId, AssessmentContent>,
        registers: &Registers,
    ) -> Result<Previous> {
        let older = self.framework(&convert::version(row.version.clone())?)?.clone();
        let mut entries: Vec<Entry> = in_order(&older, said)?.iter().map(AssessmentContent::entry).collect();
        let agreements = entries.iter_mut().map(|entry| &mut entry.agreement);
        registers.settle_all(row, &older, agreements);
        let crosswalk = self
            .library
            .crosswalk(&older.version, &current.version)
            .ok_or_else(|| bad(format!("no way from version {} to {}", older.version, current.version)))?;
        let comparable = |place: Option<usize>| place.and_then(|place| entries.get(place).cloned());
        let lines: Vec<Option<Entry>> = crosswalk.pairs.iter().map(|place| comparable(*place)).collect();
        let related = |(criterion, line): (&Criterion, &Option<Entry>)| match line {
            Some(_) => vec![],
            None => forerunners(&self.library, current, criterion, &older.version)
                .into_iter()
                .filter_map(|id| {
                    let entry = comparable(older.position(&id))?;
                    Some(Related { criterion: id, entry })
                })
                .collect(),
        };
        Ok(Previous {
            cycle: convert::cycle(row.cycle.clone())?,
            related: current.criteria.iter().zip(&lines).map(related).collect(),
            framework: older,
            lines,
        })
    }
}

/// Returns the criteria of version `of` that a criterion came from, along the chain of versions.
fn forerunners(library: &Library, framework: &Framework, criterion: &Criterion, of: &VersionId) -> Vec<CriterionId> {
    if framework.version == *of {
        return vec![criterion.id.clone()];
    }
    let before = framework.before.as_ref().and_then(|version| library.version(version));
    let (Some(step), Some(before)) = (&criterion.before, before) else {
        return vec![];
    };
    let older = step.of.iter().filter_map(|id| before.criterion(id));
    let mut ids: Vec<CriterionId> = older
        .flat_map(|older| forerunners(library, before, older, of))
        .collect();
    ids.sort();
    ids.dedup();
    ids
}
