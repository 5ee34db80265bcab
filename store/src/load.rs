//! What is said in assessments: four queries, however many assessments.

use crate::{
    convert::bad,
    error::Result,
    part::{CriterionRecord, Found, Stored},
    rows::assessment,
};
use framework::{
    assessment::{Agreement, Answer, Entry, Reading, Review},
    criteria::Framework,
    ids::CriterionId,
};
use sea_orm::{
    ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Condition, Expr, ExprTrait, SelectStatement},
};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// All that is said on a criterion.
#[derive(Clone, Debug, Default)]
pub(crate) struct AssessmentContent {
    pub(crate) answer: Option<Stored<Answer>>,
    pub(crate) review: Option<Stored<Review>>,
    /// By place; both empty where one reviews.
    pub(crate) readings: [Option<Stored<Reading>>; 2],
    pub(crate) agreement: Option<Stored<Agreement>>,
}

impl AssessmentContent {
    /// Returns the values alone.
    pub(crate) fn entry(&self) -> Entry {
        fn value<T: Clone + Default>(stored: &Option<Stored<T>>) -> T {
            stored.as_ref().map(|stored| stored.value.clone()).unwrap_or_default()
        }
        Entry {
            answer: value(&self.answer),
            review: value(&self.review),
            readings: match &self.readings {
                [None, None] => vec![],
                both => both.iter().map(value).collect(),
            },
            agreement: value(&self.agreement),
        }
    }

    /// Without what may not be read yet. The one place where it is taken out.
    pub(crate) fn visible(self, sight: &Visibility) -> AssessmentContent {
        if !sight.review {
            return AssessmentContent {
                answer: self.answer,
                ..AssessmentContent::default()
            };
        }
        let [first, second] = self.readings;
        let [first_too, second_too] = sight.readings;
        AssessmentContent {
            readings: [first.filter(|_| first_too), second.filter(|_| second_too)],
            ..self
        }
    }
}

/// What somebody may read of the reviewers' side of an assessment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Visibility {
    /// The review and what was agreed.
    pub(crate) review: bool,
    /// What each of two reviewers said.
    pub(crate) readings: [bool; 2],
}

impl Visibility {
    /// All of it.
    pub(crate) const ALL: Visibility = Visibility {
        review: true,
        readings: [true; 2],
    };
}

/// What is said in each assessment.
pub(crate) type AssessmentContents = HashMap<Uuid, BTreeMap<CriterionId, AssessmentContent>>;

/// Returns the ids of the assessments that meet a condition, as a subquery.
pub(crate) fn ids(which: Condition) -> SelectStatement {
    assessment::Entity::find()
        .select_only()
        .column(assessment::Column::Id)
        .filter(which)
        .into_query()
}

/// Returns what is said in the assessments of a subquery.
pub(crate) async fn assessment_contents(
    db: &impl ConnectionTrait,
    which: &SelectStatement,
) -> Result<AssessmentContents> {
    let mut all = AssessmentContents::new();
    for found in parts::<Answer>(db, which).await? {
        slot(&mut all, found.assessment, found.criterion).answer = Some(found.stored);
    }
    for found in parts::<Review>(db, which).await? {
        slot(&mut all, found.assessment, found.criterion).review = Some(found.stored);
    }
    for found in parts::<Reading>(db, which).await? {
        if let Some(place) = found.place {
            slot(&mut all, found.assessment, found.criterion).readings[place.index()] = Some(found.stored);
        }
    }
    for found in parts::<Agreement>(db, which).await? {
        slot(&mut all, found.assessment, found.criterion).agreement = Some(found.stored);
    }
    Ok(all)
}

fn slot(all: &mut AssessmentContents, assessment: Uuid, criterion: CriterionId) -> &mut AssessmentContent {
    all.entry(assessment).or_default().entry(criterion).or_default()
}

/// Returns the rows of one part in the assessments of a subquery.
pub(crate) async fn parts<T: CriterionRecord>(
    db: &impl ConnectionTrait,
    which: &SelectStatement,
) -> Result<Vec<Found<T>>> {
    let rows = T::Entity::find()
        .filter(Expr::col("assessment_id").in_subquery(which.clone()))
        .all(db)
        .await?;
    rows.into_iter().map(T::found).collect()
}

/// Returns what is said, one a criterion in the framework's order.
pub(crate) fn in_order<T: Default>(framework: &Framework, mut said: BTreeMap<CriterionId, T>) -> Result<Vec<T>> {
    let ordered = framework
        .criteria
        .iter()
        .map(|criterion| said.remove(&criterion.id).unwrap_or_default());
    let ordered: Vec<T> = ordered.collect();
    match said.into_keys().next() {
        None => Ok(ordered),
        Some(stray) => Err(bad(format!("{stray} is no criterion of version {}", framework.version))),
    }
}
