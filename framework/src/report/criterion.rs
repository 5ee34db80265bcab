//! One criterion in a Practice's report: everything that was said on it.

use super::{CitedItem, PracticeFacts, drifts::Compared};
use crate::{
    assessment::{AdaptationClass, Entry, Reading, Response, Source},
    clarification::Thread,
    criteria::{Criterion, Framework, Measure},
    drift::difference,
    ids::{CriterionId, ElementId},
    library::Editions,
    prose::Prose,
    rating::Rating,
    sheet::{CriterionRatings, Sheet},
};
use schemars::JsonSchema;
use serde::Serialize;

/// One criterion with everything that was said on it.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct PracticeCriterion {
    /// Its element.
    pub element: ElementId,
    /// Its id.
    pub id: CriterionId,
    /// The statement.
    pub title: String,
    /// Whether it is core.
    pub core: bool,
    /// The Practice's own rating.
    pub self_rating: Option<Rating>,
    /// The review's: of one reviewer, or of two together.
    pub review_rating: Option<Rating>,
    /// What each of two reviewers gave before they saw the other's rating; empty where one reviewed.
    pub readings: Vec<ReadingLine>,
    /// The agreed one.
    pub agreed_rating: Option<Rating>,
    /// The rating that the figures use.
    pub used: Option<Rating>,
    /// Which of the three that is.
    pub source: Option<Source>,
    /// Set aside.
    pub not_applicable: bool,
    /// Why it does not apply.
    pub reason: Option<Prose>,
    /// The counted value.
    pub measure: Option<f64>,
    /// Its unit, on a counted criterion.
    pub unit: Option<String>,
    /// The highest rating that the value supports.
    pub supported: Option<Rating>,
    /// What shows it.
    pub evidence: Option<Prose>,
    /// The items of evidence that are cited, by title.
    pub cited: Vec<CitedItem>,
    /// Anything else.
    pub comment: Option<Prose>,
    /// What the Practice does differently.
    pub adaptation: Option<Prose>,
    /// What a low rating or a slip is put down to.
    pub class: Option<AdaptationClass>,
    /// The adaptation of the register that moderation named for it.
    pub named: Option<String>,
    /// The reviewer's comment.
    pub review_comment: Option<Prose>,
    /// The reviewer's question.
    pub review_question: Option<Prose>,
    /// What was asked and answered.
    pub clarification: Option<Thread>,
    /// How the agreed rating was reached.
    pub agreement_comment: Option<Prose>,
    /// The rating in the previous assessment, where comparable.
    pub previous: Option<Rating>,
    /// Used − previous.
    pub d: Option<i8>,
}

/// What one of two reviewers said on a criterion.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ReadingLine {
    /// The rating.
    pub rating: Option<Rating>,
    /// Why.
    pub comment: Option<Prose>,
}

impl From<&Reading> for ReadingLine {
    fn from(reading: &Reading) -> ReadingLine {
        ReadingLine {
            rating: reading.0.rating,
            comment: reading.0.comment.clone(),
        }
    }
}

/// Returns the criteria of an assessment, in the order of its version.
pub(super) fn criteria(
    editions: &Editions,
    framework: &Framework,
    current: &Sheet,
    facts: &PracticeFacts,
    previous: Option<&Compared>,
) -> Vec<PracticeCriterion> {
    let earlier = previous.map(|c| c.earlier);
    let pairs = earlier
        .and_then(|e| editions.pairs(&e.version, &current.version))
        .unwrap_or_default();
    let before = |index: usize| {
        let mark = earlier?.marks.get((*pairs.get(index)?)?)?;
        mark.used().map(|(rating, _)| rating)
    };
    let empty = Entry::default();
    (framework.criteria.iter().enumerate())
        .map(|(place, criterion)| {
            let mark = current.marks.get(place).copied().unwrap_or_default();
            let entry = facts.entries.get(place).unwrap_or(&empty);
            let named = facts.beside.register.named(entry);
            let cited = facts.beside.evidence.get(place).into_iter().flatten();
            PracticeCriterion {
                clarification: facts.beside.clarifications.get(&criterion.id).cloned(),
                cited: cited.map(|item| CitedItem::new(item, facts.day)).collect(),
                ..describe(criterion, entry, mark, before(place), named)
            }
        })
        .collect()
}

fn describe(
    criterion: &Criterion,
    entry: &Entry,
    mark: CriterionRatings,
    previous: Option<Rating>,
    named: Option<String>,
) -> PracticeCriterion {
    let Entry {
        answer,
        review,
        readings,
        agreement,
    } = entry;
    let (used, source) = mark.used().unzip();
    let measure: Option<&Measure> = criterion.measure.as_ref();
    PracticeCriterion {
        element: criterion.element.clone(),
        id: criterion.id.clone(),
        title: criterion.title.clone(),
        core: criterion.core,
        self_rating: mark.self_rating,
        review_rating: mark.review_rating,
        readings: readings.iter().map(ReadingLine::from).collect(),
        agreed_rating: mark.agreed_rating,
        used,
        source,
        not_applicable: mark.not_applicable,
        reason: match &answer.response {
            Some(Response::NotApplicable(reason)) => reason.clone(),
            _ => None,
        },
        measure: answer.measure,
        unit: measure.map(|m| m.unit.clone()),
        supported: measure.zip(answer.measure).and_then(|(m, value)| m.supports(value)),
        evidence: answer.evidence.clone(),
        cited: vec![],
        comment: answer.comment.clone(),
        adaptation: answer.adaptation.clone(),
        class: mark.class,
        named,
        review_comment: review.comment.clone(),
        review_question: review.question.clone(),
        clarification: None,
        agreement_comment: agreement.comment.clone(),
        previous,
        d: used.zip(previous).map(|(used, previous)| difference(previous, used)),
    }
}
