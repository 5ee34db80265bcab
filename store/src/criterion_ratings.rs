//! The ratings of many assessments at once, without a word of text.

use crate::{
    blind::blind,
    convert::{self, class, rating},
    error::Result,
    rows::{agreement, answer, reading, review},
};
use framework::{
    adaptation::AdaptationId, assessment::Agreement, ids::CriterionId, rating::Rating, sheet::CriterionRatings,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, sea_query::SelectStatement,
};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

#[derive(FromQueryResult)]
struct SelfMark {
    assessment_id: Uuid,
    criterion: String,
    rating: Option<i16>,
    not_applicable: bool,
}

#[derive(FromQueryResult)]
struct ReviewMark {
    assessment_id: Uuid,
    criterion: String,
    rating: Option<i16>,
}

#[derive(FromQueryResult)]
struct ReadingMark {
    assessment_id: Uuid,
    criterion: String,
    place: i16,
    rating: Option<i16>,
}

#[derive(FromQueryResult)]
struct AgreedMark {
    assessment_id: Uuid,
    criterion: String,
    rating: Option<i16>,
    class: Option<String>,
    adaptation_id: Option<Uuid>,
}

/// The ratings of a criterion, with what the class rests on and what each of two reviewers gave: as it counts, and as it was
/// while neither saw the other's.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) mark: CriterionRatings,
    pub(crate) agreement: Agreement,
    pub(crate) readings: [Option<Rating>; 2],
    pub(crate) blind: [Option<Rating>; 2],
}

/// What was found of each assessment.
pub(crate) type Marks = HashMap<Uuid, BTreeMap<CriterionId, Found>>;

/// Returns the ratings in the assessments of a subquery: five queries, no text.
pub(crate) async fn marks(db: &impl ConnectionTrait, which: &SelectStatement) -> Result<Marks> {
    let mut marks = Marks::new();
    let mut mark = |assessment: Uuid, criterion: String, set: &dyn Fn(&mut Found)| -> Result<()> {
        let criterion = convert::criterion(criterion)?;
        set(marks.entry(assessment).or_default().entry(criterion).or_default());
        Ok(())
    };
    let answers = answer::Entity::find()
        .select_only()
        .columns([answer::Column::AssessmentId, answer::Column::Criterion])
        .columns([answer::Column::Rating, answer::Column::NotApplicable])
        .filter(answer::Column::AssessmentId.in_subquery(which.clone()));
    for row in answers.into_model::<SelfMark>().all(db).await? {
        let rating = rating(row.rating)?;
        mark(row.assessment_id, row.criterion, &|found| {
            found.mark.self_rating = rating;
            found.mark.not_applicable = row.not_applicable;
        })?;
    }
    let reviews = review::Entity::find()
        .select_only()
        .columns([
            review::Column::AssessmentId,
            review::Column::Criterion,
            review::Column::Rating,
        ])
        .filter(review::Column::AssessmentId.in_subquery(which.clone()));
    for row in reviews.into_model::<ReviewMark>().all(db).await? {
        let rating = rating(row.rating)?;
        mark(row.assessment_id, row.criterion, &|found| {
            found.mark.review_rating = rating;
        })?;
    }
    let both = reading::Entity::find()
        .select_only()
        .columns([reading::Column::AssessmentId, reading::Column::Criterion])
        .columns([reading::Column::Place, reading::Column::Rating])
        .filter(reading::Column::AssessmentId.in_subquery(which.clone()));
    for row in both.into_model::<ReadingMark>().all(db).await? {
        let (place, rating) = (convert::seat(row.place)?.index(), rating(row.rating)?);
        mark(row.assessment_id, row.criterion, &|found| {
            found.readings[place] = rating;
        })?;
    }
    let agreements = agreement::Entity::find()
        .select_only()
        .columns([agreement::Column::AssessmentId, agreement::Column::Criterion])
        .columns([
            agreement::Column::Rating,
            agreement::Column::Class,
            agreement::Column::AdaptationId,
        ])
        .filter(agreement::Column::AssessmentId.in_subquery(which.clone()));
    for row in agreements.into_model::<AgreedMark>().all(db).await? {
        let (rating, class) = (rating(row.rating)?, class(row.class.as_deref())?);
        mark(row.assessment_id, row.criterion, &|found| {
            found.mark.agreed_rating = rating;
            found.agreement.class = class;
            found.agreement.adaptation = row.adaptation_id.map(AdaptationId);
        })?;
    }
    let kept = blind(db, which).await?;
    for (assessment, found) in &mut marks {
        let kept = kept.get(assessment);
        for (criterion, found) in found {
            found.blind = kept.map_or(found.readings, |kept| kept.get(criterion).copied().unwrap_or_default());
        }
    }
    // equal ratings count without anybody setting one, as `Entry::review_rating` and `agreed_rating` say
    for Found { mark, readings, .. } in marks.values_mut().flat_map(BTreeMap::values_mut) {
        let [first, second] = *readings;
        mark.review_rating = mark.review_rating.or(first.filter(|_| first == second));
        let equal = mark.review_rating.filter(|review| mark.self_rating == Some(*review));
        mark.agreed_rating = mark.agreed_rating.or(equal);
    }
    Ok(marks)
}
