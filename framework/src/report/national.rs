//! The national report: every Practice of one cycle, by name, and the network as a whole.

use super::{
    DriftFigures, EvidenceUse, Moved, NationalFacts, NoReport, RegisterReport, Since, Split,
    drifts::{Compared, since},
    network::{Agreements, Network},
    plan::{OpenActions, PlanCounts, counts},
    regions::{NationalRegion, regions},
};
use crate::{
    agreement::{Agreement, Table, Tables},
    clarification::Tally,
    drift,
    explore::{Criteria, Filter, Span},
    ids::{CriterionId, CycleId, ElementId, PracticeSlug, VersionId},
    library::{Editions, Library},
    lifecycle::Status,
    network::{Levels, Moves, NetworkDrift, Shift},
    rating::Rating,
    score::{ElementScore, Overall, Scores, scores},
    sheet::{PracticeInfo, Sheet},
};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// All Practices with a finalised assessment in one cycle.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct NationalReport {
    /// The cycle.
    pub cycle: CycleId,
    /// The version the cycle runs under; elements and criteria below are this version's.
    pub version: VersionId,
    /// The cycle that network drift is measured from: the latest earlier one with a finalised assessment.
    pub previous_cycle: Option<CycleId>,
    /// The Practices that ask for a conversation, by name: net drift since the previous cycle is −0.25 or lower, or unexplained
    /// slips in core criteria are at least 2 and at least a tenth of those that compare.
    pub drifting: Vec<Drifting>,
    /// By name, never by rank.
    pub practices: Vec<NationalPractice>,
    /// The same Practices together by region, by name.
    pub regions: Vec<NationalRegion>,
    /// The Practices' overall scores.
    pub overall: NationalOverall,
    /// One an element, in the version's order.
    pub elements: Vec<NationalElement>,
    /// One a criterion, in the version's order.
    pub criteria: Vec<NationalCriterion>,
    /// Practices whose previous assessment is older than the previous cycle: their drift since then stands in their own lines,
    /// and in no figure of the network.
    pub assessed_earlier: usize,
    /// Self against review, over all criteria of all Practices.
    pub agreement: Agreement,
    /// The two reviewers of an assessment against each other, before they saw the other's ratings, over all assessments
    /// that two reviewed: the first of each stands for “self” in the figures. Nothing where none was.
    pub reviewers_agreement: Option<Agreement>,
    /// All Practices' slips.
    pub slips: Slips,
    /// The open actions of all Practices today, those without a finalised assessment in the cycle too.
    pub open_actions: OpenActions,
    /// How often reviewers asked, and what became of it.
    pub clarifications: Tally,
    /// What the criteria below the expected level are put down to, in all Practices.
    pub below: Split,
    /// How often evidence is cited in the cycle's finalised assessments, and how often it had expired by then.
    pub evidence: EvidenceUse,
    /// Assessments of this cycle that are under way, by the Practice's name.
    pub unfinished: Vec<Unfinished>,
    /// Practices without an assessment in this cycle, by name.
    pub absent: Vec<PracticeInfo>,
}

/// One Practice, with the same figures as in its own report: scores are of the version it was assessed under.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct NationalPractice {
    /// The Practice.
    pub practice: PracticeSlug,
    /// Its name.
    pub name: String,
    /// Its region.
    pub region: String,
    /// The version it was assessed under.
    pub version: VersionId,
    /// Came from a file of an earlier year.
    pub imported: bool,
    /// The whole.
    pub overall: Overall,
    /// One an element of its version, in order.
    pub elements: Vec<ElementScore>,
    /// What moved.
    pub drift: Since<DriftFigures>,
    /// The improvement plan, in counts.
    pub plan: PlanCounts,
    /// What its criteria below the expected level are put down to.
    pub below: Split,
    /// What was agreed with it to do differently.
    pub register: RegisterReport,
}

/// The overall scores of the network.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct NationalOverall {
    /// In this cycle.
    #[serde(flatten)]
    pub levels: Levels,
    /// How far they moved apart or together since the previous cycle.
    #[serde(flatten)]
    pub shift: Shift,
    /// How far they moved since the previous cycle, each compared with itself.
    pub drift: NetworkDrift,
    /// Every cycle up to this one.
    pub series: Vec<SeriesPoint>,
}

/// A Practice that asks for a conversation: see [`NationalReport::drifting`].
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct Drifting {
    /// The Practice.
    pub practice: PracticeSlug,
    /// Its name.
    pub name: String,
    /// Its net drift since the previous cycle.
    pub net: Option<f64>,
    /// Criteria that went down.
    pub slips: usize,
    /// Those of them that are unplanned or not yet explained.
    pub unexplained: usize,
    /// Those of these that are core.
    pub core_unexplained: usize,
    /// Core criteria that compare.
    pub core_pairs: usize,
    /// Criteria that went up.
    pub gains: usize,
}

/// One element across the network.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct NationalElement {
    /// The element.
    pub id: ElementId,
    /// Its title.
    pub title: String,
    /// In this cycle, of the scores that [`NationalPractice::elements`] shows under the same id.
    #[serde(flatten)]
    pub levels: Levels,
    /// How far they moved apart or together since the previous cycle.
    #[serde(flatten)]
    pub shift: Shift,
    /// How far they moved since the previous cycle, each compared with itself.
    pub drift: NetworkDrift,
    /// Every cycle up to this one.
    pub series: Vec<SeriesPoint>,
    /// Self against review, over its criteria in all Practices.
    pub agreement: Agreement,
}

/// One criterion across the network. Practices assessed under another version count where it has a comparable criterion.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct NationalCriterion {
    /// The criterion.
    pub id: CriterionId,
    /// Its element.
    pub element: ElementId,
    /// The statement.
    pub title: String,
    /// Whether it is core.
    pub core: bool,
    /// In this cycle.
    #[serde(flatten)]
    pub levels: Levels,
    /// How far they moved apart or together since the previous cycle.
    #[serde(flatten)]
    pub shift: Shift,
    /// Mean change since the previous cycle, over the Practices in both, −4 to 4.
    pub change: Option<f64>,
    /// Practices in which it went up since the previous cycle.
    pub gains: usize,
    /// Practices in which it slipped since the previous cycle.
    pub slips: usize,
    /// Those of them where the slip is unplanned or not yet explained.
    pub unexplained: usize,
}

/// Where the Practices stood in one cycle.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct SeriesPoint {
    /// The cycle.
    pub cycle: CycleId,
    /// Where they stood; scores are of the version each was assessed under.
    #[serde(flatten)]
    pub levels: Levels,
}

/// All Practices' slips, added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Slips {
    /// Since the previous cycle, of the Practices in both.
    pub previous: SlipTotals,
    /// Since each Practice's first assessment.
    pub baseline: SlipTotals,
}

/// Slips, explained and not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, JsonSchema, Serialize)]
pub struct SlipTotals {
    /// Practices with an earlier assessment.
    pub practices: usize,
    /// Slips that are agreed adaptations.
    pub explained: usize,
    /// Slips that are unplanned or not yet explained.
    pub unexplained: usize,
    /// Slips since the first assessment that moderation was not asked about this year.
    pub not_asked: usize,
    /// What the others are put down to.
    pub split: Split,
}

/// An assessment under way.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Unfinished {
    /// The Practice.
    pub practice: PracticeSlug,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub status: Status,
}

/// Works out the national report of a cycle, in time linear in the number of sheets but for sorting.
///
/// # Errors
/// [`NoReport`] when the cycle's version is not in the library.
pub fn national_report(library: &Library, facts: &NationalFacts) -> Result<NationalReport, NoReport> {
    let histories = facts.network.facts().histories();
    let used = histories
        .iter()
        .flat_map(|history| &history.sheets)
        .map(|sheet| &sheet.version);
    let editions = Editions::new(library, std::iter::once(&facts.version).chain(used));
    let framework = (editions.get(&facts.version)).ok_or_else(|| NoReport::UnknownVersion(facts.version.clone()))?;
    let plans: HashMap<_, _> = facts.beside.plans.iter().map(|plan| (&plan.practice, plan)).collect();
    let network = Network::new(facts, framework)?;
    let mut agreements = Agreements::new(framework);
    let previous = facts.network.before(&facts.cycle);
    let mut assessed_earlier = 0;
    let (mut practices, mut slips, mut below) = (Vec::new(), Slips::default(), Split::default());
    for history in histories {
        let (info, sheets) = (&history.practice, history.until(&facts.cycle));
        let Some(current) = sheets.last().filter(|s| s.cycle == facts.cycle) else {
            continue;
        };
        let scores = score(&editions, current);
        let own = editions.get(&current.version);
        let since = own.map(|own| (own, since(&editions, own, sheets, current)));
        agreements.add(&editions, framework, current);
        if let Some((_, since)) = &since {
            let neighbour = since.previous.as_ref();
            slips
                .previous
                .add(neighbour.filter(|one| Some(&one.earlier.cycle) == previous));
            assessed_earlier += usize::from(neighbour.is_some_and(|one| Some(&one.earlier.cycle) != previous));
            slips.baseline.add(since.baseline.as_ref());
        }
        let plan = plans.get(&info.slug);
        let own_below = Split::below_expected(&current.marks);
        below.join(own_below);
        let register = facts.beside.registers.get(&info.slug);
        practices.push(NationalPractice {
            plan: plan.map(|plan| counts(plan, &facts.cycle)).unwrap_or_default(),
            practice: info.slug.clone(),
            name: info.name.clone(),
            region: info.region.clone(),
            version: current.version.clone(),
            imported: current.imported,
            overall: scores.overall,
            elements: scores.elements,
            below: own_below,
            register: register
                .map(|r| r.report(library, own.unwrap_or(framework)))
                .unwrap_or_default(),
            drift: Since {
                previous: (since.as_ref()).and_then(|(own, s)| Some(s.previous.as_ref()?.figures(own, &[]))),
                baseline: (since.as_ref()).and_then(|(own, s)| Some(s.baseline.as_ref()?.figures(own, &[]))),
                why: match since {
                    Some((_, since)) => since.why,
                    None => Some(NoReport::UnknownVersion(current.version.clone()).to_string()),
                },
            },
        });
    }
    Ok(NationalReport {
        cycle: facts.cycle.clone(),
        version: facts.version.clone(),
        previous_cycle: previous.cloned(),
        drifting: drifting(facts, previous)?,
        assessed_earlier,
        absent: absent(facts, &practices),
        regions: regions(
            &practices,
            previous,
            framework.elements.iter().map(|element| &element.id),
        ),
        practices,
        overall: network.overall(),
        elements: network.elements(&agreements),
        criteria: network.criteria(),
        agreement: agreements.agreement(),
        reviewers_agreement: between_reviewers(&facts.beside.read_twice),
        slips,
        open_actions: facts.beside.open_actions,
        clarifications: facts.beside.clarifications,
        below,
        evidence: facts.beside.evidence,
        unfinished: unfinished(facts),
    })
}

/// Returns the Practices that ask for a conversation, as the explorer names them.
fn drifting(facts: &NationalFacts, previous: Option<&CycleId>) -> Result<Vec<Drifting>, NoReport> {
    let Some(from) = previous.filter(|_| facts.network.version(&facts.cycle).is_ok()) else {
        return Ok(vec![]);
    };
    let comparison = facts.network.compare(&Span {
        from: from.clone(),
        to: facts.cycle.clone(),
        criteria: Criteria::All,
    })?;
    let explored = facts.network.explore(&comparison, &Filter::default());
    let named = explored.drifting.iter().filter_map(|place| {
        let (practice, whole) = (&comparison.history(*place).practice, comparison.row(*place).last()?);
        Some(Drifting {
            practice: practice.slug.clone(),
            name: practice.name.clone(),
            net: whole.net(),
            slips: whole.slips(),
            unexplained: whole.unexplained(),
            core_unexplained: whole.core_unexplained(),
            core_pairs: whole.core_pairs(),
            gains: whole.gains(),
        })
    });
    Ok(named.collect())
}

fn between_reviewers(read_twice: &[Vec<[Rating; 2]>]) -> Option<Agreement> {
    let mut tables = Tables::default();
    for pairs in read_twice {
        let mut table = Table::default();
        pairs.iter().for_each(|[first, second]| table.add(*first, *second));
        tables.add(table);
    }
    (!tables.is_empty()).then(|| tables.agreement())
}

impl NationalPractice {
    /// Returns its drift since a cycle; nothing where its previous assessment is another one's.
    pub fn since(&self, cycle: &CycleId) -> Option<&DriftFigures> {
        self.drift.previous.as_ref().filter(|figures| figures.from == *cycle)
    }
}

impl DriftFigures {
    /// Returns what moved, in counts.
    pub(super) fn moves(&self) -> Moves {
        let levels = |moved: &[Moved]| moved.iter().map(|one| i64::from(one.d)).sum::<i64>();
        let (up, down) = (levels(&self.gains), levels(&self.slips));
        Moves {
            tally: drift::Tally {
                pairs: self.pairs,
                sum: up + down,
                moved: up - down,
            },
            gains: self.gains.len(),
            slips: self.slips.len(),
            unexplained: self.unexplained.len(),
            not_asked: self.not_asked,
        }
    }
}

/// Returns the scores of an assessment under its own version.
fn score(editions: &Editions, sheet: &Sheet) -> Scores {
    match editions.get(&sheet.version) {
        Some(framework) => scores(framework, &sheet.marks),
        None => Scores::none(&NoReport::UnknownVersion(sheet.version.clone()).to_string()),
    }
}

impl SlipTotals {
    fn add(&mut self, compared: Option<&Compared>) {
        let Some(compared) = compared else {
            return;
        };
        self.practices += 1;
        self.split.join(compared.split());
        self.not_asked += compared.not_asked.len();
        for slip in compared.slips() {
            self.explained += usize::from(!slip.is_unexplained());
            self.unexplained += usize::from(compared.is_unexplained(slip));
        }
    }
}

fn unfinished(facts: &NationalFacts) -> Vec<Unfinished> {
    let status: HashMap<&PracticeSlug, Status> = facts.unfinished.iter().map(|(slug, s)| (slug, *s)).collect();
    (practices(facts))
        .filter_map(|info| {
            Some(Unfinished {
                practice: info.slug.clone(),
                name: info.name.clone(),
                status: *status.get(&info.slug)?,
            })
        })
        .collect()
}

fn absent(facts: &NationalFacts, finalised: &[NationalPractice]) -> Vec<PracticeInfo> {
    let finalised = finalised.iter().map(|p| &p.practice);
    let there: HashSet<&PracticeSlug> = facts.unfinished.iter().map(|(slug, _)| slug).chain(finalised).collect();
    let absent = practices(facts).filter(|info| !there.contains(&info.slug));
    absent.cloned().collect()
}

/// Returns all Practices by name.
fn practices(facts: &NationalFacts) -> impl Iterator<Item = &PracticeInfo> {
    facts
        .network
        .facts()
        .histories()
        .iter()
        .map(|history| &history.practice)
}
