//! The report of one Practice.

use super::{
    DriftFigures, EvidenceUse, NoReport, PracticeFacts, RegisterReport, Since, Split, StatementLine,
    criterion::{PracticeCriterion, criteria},
    drifts::{Compared, since},
    plan::{PlanReport, plan},
};
use crate::{
    agreement::{Agreement, Table},
    assessment::{Entry, Source},
    criteria::Framework,
    day,
    drift::ElementDrift,
    ids::{CriterionId, CycleId, ElementId, VersionId},
    library::{Editions, Library},
    lifecycle::Status,
    rating::Rating,
    score::{ElementScore, Overall, Scores, is_core_gap, scores},
    sheet::{CriterionRatings, PracticeInfo, Sheet},
};
use schemars::JsonSchema;
use serde::Serialize;
use time::Date;

/// All that is shown of one Practice's assessment.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct PracticeReport {
    /// The Practice.
    pub practice: PracticeInfo,
    /// The cycle.
    pub cycle: CycleId,
    /// The version it was assessed under.
    pub version: VersionId,
    /// Where the assessment stands.
    pub status: Status,
    /// The report's date: when the assessment was finalised, else when the report was made.
    #[serde(serialize_with = "day::serialize")]
    #[schemars(with = "String", extend("format" = "date"))]
    pub day: Date,
    /// Came from a file of an earlier year.
    pub imported: bool,
    /// What the figures rest on.
    pub sources: Sources,
    /// The whole.
    pub overall: Overall,
    /// Core criteria rated 1 or 2, in order.
    pub core_gaps: Vec<CoreGap>,
    /// One an element, in order.
    pub elements: Vec<PracticeElement>,
    /// What moved.
    pub drift: Since<DriftFigures>,
    /// What the criteria below the expected level are put down to.
    pub below: Split,
    /// What was agreed with the Practice to do differently.
    pub register: RegisterReport,
    /// Self against review.
    pub agreement: Agreement,
    /// The two reviewers against each other, before they saw the other's ratings: the first stands for “self” in the
    /// figures. Nothing where one reviewed.
    pub reviewers_agreement: Option<Agreement>,
    /// How often evidence is cited, and how often it had expired.
    pub evidence: EvidenceUse,
    /// What the Practice states on its moderated ratings; nothing where it made no statement.
    pub statement: Option<StatementLine>,
    /// One a criterion, in order.
    pub criteria: Vec<PracticeCriterion>,
    /// The improvement plan, as it stands when the report is made.
    pub plan: PlanReport,
    /// Every assessment with its scores under its own version, oldest first, this one last.
    pub history: Vec<HistoryPoint>,
}

/// How many criteria rest on which rating. They add up to all criteria.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Sources {
    /// Agreed ratings.
    pub agreed: usize,
    /// Review ratings.
    pub review: usize,
    /// Self ratings.
    pub self_rated: usize,
    /// Not applicable.
    pub not_applicable: usize,
    /// Without any rating.
    pub unanswered: usize,
}

/// A core criterion rated 1 or 2.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct CoreGap {
    /// The criterion.
    pub criterion: CriterionId,
    /// Its element.
    pub element: ElementId,
    /// The statement.
    pub title: String,
    /// The rating.
    pub rating: Rating,
}

/// One element.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct PracticeElement {
    /// Its title.
    pub title: String,
    /// Its score, band and coverage.
    #[serde(flatten)]
    pub score: ElementScore,
    /// What moved within it.
    pub drift: Since<ElementDrift>,
    /// Self against review, within it.
    pub agreement: Agreement,
}

/// One assessment on the line of years.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct HistoryPoint {
    /// The cycle.
    pub cycle: CycleId,
    /// Its version; scores of different versions rest on different criteria.
    pub version: VersionId,
    /// Where it stands; only the last can be unfinished.
    pub status: Status,
    /// The whole.
    pub overall: Overall,
    /// The scores of that version's elements, in its order.
    pub elements: Vec<ElementScore>,
}

/// Works out a Practice's report; the last of the sheets is the one reported on.
///
/// # Errors
/// [`NoReport`] when there is no sheet, or the last one's version is not in the library.
pub fn practice_report(library: &Library, facts: &PracticeFacts) -> Result<PracticeReport, NoReport> {
    let current = facts.sheets.last().ok_or(NoReport::NoAssessment)?;
    let editions = Editions::new(library, facts.sheets.iter().map(|s| &s.version));
    let framework =
        (editions.get(&current.version)).ok_or_else(|| NoReport::UnknownVersion(current.version.clone()))?;
    let since = since(&editions, framework, &facts.sheets, current);
    let scores = scores(framework, &current.marks);
    Ok(PracticeReport {
        practice: facts.practice.clone(),
        cycle: current.cycle.clone(),
        version: current.version.clone(),
        status: current.status,
        day: facts.day,
        imported: current.imported,
        sources: sources(framework, &current.marks),
        overall: scores.overall,
        core_gaps: core_gaps(framework, &current.marks),
        elements: elements(framework, scores.elements, &current.marks, &since),
        drift: Since {
            previous: since.previous.as_ref().map(|c| c.figures(framework, &facts.entries)),
            baseline: since.baseline.as_ref().map(|c| c.figures(framework, &facts.entries)),
            why: since.why.clone(),
        },
        below: Split::below_expected(&current.marks),
        register: facts.beside.register.report(library, framework),
        agreement: Table::of(&current.marks).agreement(),
        reviewers_agreement: between_reviewers(&facts.entries, &facts.beside.alone),
        evidence: EvidenceUse::of(
            facts
                .beside
                .evidence
                .iter()
                .flatten()
                .map(|item| item.evidence.expired(facts.day)),
        ),
        statement: facts.beside.statement.as_ref().map(StatementLine::of),
        criteria: criteria(&editions, framework, current, facts, since.previous.as_ref()),
        plan: plan(library, framework, facts, current, since.previous.as_ref()),
        history: facts
            .sheets
            .iter()
            .map(|sheet| history_point(&editions, sheet))
            .collect(),
    })
}

fn sources(framework: &Framework, marks: &[CriterionRatings]) -> Sources {
    let mut sources = Sources::default();
    for place in 0..framework.criteria.len() {
        let mark = marks.get(place).copied().unwrap_or_default();
        *match mark.used() {
            _ if mark.not_applicable => &mut sources.not_applicable,
            Some((_, Source::Agreed)) => &mut sources.agreed,
            Some((_, Source::Review)) => &mut sources.review,
            Some((_, Source::SelfRated)) => &mut sources.self_rated,
            None => &mut sources.unanswered,
        } += 1;
    }
    sources
}

fn core_gaps(framework: &Framework, marks: &[CriterionRatings]) -> Vec<CoreGap> {
    (framework.criteria.iter().zip(marks))
        .filter_map(|(criterion, mark)| Some((criterion, mark.used()?.0)))
        .filter(|(criterion, rating)| is_core_gap(criterion, *rating))
        .map(|(criterion, rating)| CoreGap {
            criterion: criterion.id.clone(),
            element: criterion.element.clone(),
            title: criterion.title.clone(),
            rating,
        })
        .collect()
}

/// Returns the agreement of two reviewers over the criteria that both rated and that apply, as they rated before either saw the other's
/// ratings, where that was kept.
fn between_reviewers(entries: &[Entry], alone: &[[Option<Rating>; 2]]) -> Option<Agreement> {
    let mut table = Table::default();
    let mut double = false;
    for (index, entry) in entries.iter().enumerate().filter(|(_, entry)| !entry.not_applicable()) {
        if let [first, second] = entry.readings.as_slice() {
            double = true;
            let [first, second] = match alone {
                [] => [first.0.rating, second.0.rating],
                kept => kept.get(index).copied().unwrap_or_default(),
            };
            if let Some((first, second)) = first.zip(second) {
                table.add(first, second);
            }
        }
    }
    double.then(|| table.agreement())
}

fn elements(
    framework: &Framework,
    scores: Vec<ElementScore>,
    marks: &[CriterionRatings],
    since: &Since<Compared>,
) -> Vec<PracticeElement> {
    let by_element = |compared: &Option<Compared>| -> Vec<Option<ElementDrift>> {
        let drift = compared.as_ref().and_then(|c| c.drift.as_ref());
        let mut figures = drift.map(|d| d.by_element(framework)).unwrap_or_default().into_iter();
        framework.elements.iter().map(|_| figures.next()).collect()
    };
    let (previous, baseline) = (by_element(&since.previous), by_element(&since.baseline));
    let why = since.why.clone();
    (framework.elements.iter().zip(scores))
        .zip(previous.into_iter().zip(baseline))
        .map(|((element, score), (previous, baseline))| PracticeElement {
            title: element.title.clone(),
            score,
            drift: Since {
                why: why
                    .clone()
                    .or_else(|| previous.is_none().then(|| NOT_COMPARABLE.to_owned())),
                previous,
                baseline,
            },
            agreement: Table::of(marks.get(element.criteria.clone()).unwrap_or_default()).agreement(),
        })
        .collect()
}

const NOT_COMPARABLE: &str = "The earlier assessment's version cannot be compared with this one.";

fn history_point(editions: &Editions, sheet: &Sheet) -> HistoryPoint {
    let unknown = || Scores::none(&NoReport::UnknownVersion(sheet.version.clone()).to_string());
    let scores = (editions.get(&sheet.version)).map_or_else(unknown, |framework| scores(framework, &sheet.marks));
    HistoryPoint {
        cycle: sheet.cycle.clone(),
        version: sheet.version.clone(),
        status: sheet.status,
        overall: scores.overall,
        elements: scores.elements,
    }
}
