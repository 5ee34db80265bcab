//! A view of the explorer as its address says it.

use crate::web::{Fields, Refusal};
use framework::{
    explore::{Age, Criteria, CycleVersion, Explorer, Filter, SlipFilter, Span},
    ids::{CycleId, VersionId},
    naming::folded,
};
use std::collections::HashMap;

/// What an address asks for.
pub type Query = HashMap<String, String>;

/// Two cycles, the criteria and Practices that count, what cells show, and the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// What is compared.
    pub span: Span,
    /// Which Practices are looked at.
    pub filter: Filter,
    /// What the cells of Practices show.
    pub shown: Shown,
    /// The page of a long list, from 1.
    pub page: usize,
    /// The cycles there are, oldest first.
    cycles: Vec<CycleVersion>,
}

/// What the cells of Practices show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// Net drift between the two cycles.
    #[default]
    Drift,
    /// The score in the later one.
    Score,
}

impl Shown {
    /// Both.
    pub const ALL: [Shown; 2] = [Shown::Drift, Shown::Score];

    /// Returns the word in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Shown::Drift => "drift",
            Shown::Score => "score",
        }
    }

    /// Returns the words for people.
    pub fn name(self) -> &'static str {
        match self {
            Shown::Drift => "Drift between the two cycles",
            Shown::Score => "Score in the later cycle",
        }
    }
}

impl View {
    /// Reads an address. What it leaves out is the latest cycle, compared with the one before, and everything in it. Nothing
    /// where no assessment is finalised.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where it names what cannot be: a cycle that there is not, a word that is none of ours.
    pub fn read(query: &Query, network: &Explorer) -> Result<Option<View>, Refusal> {
        let cycles = network.cycles();
        let Some((latest, _)) = cycles.last() else {
            return Ok(None);
        };
        let cycle = |name: &str| -> Result<Option<CycleId>, Refusal> {
            let Some(asked) = given(query, name) else {
                return Ok(None);
            };
            let known = cycles.iter().find(|(cycle, _)| cycle.as_str() == asked);
            known.map(|(cycle, _)| Some(cycle.clone())).ok_or(Refusal::NotFound)
        };
        let to = cycle("to")?.unwrap_or_else(|| latest.clone());
        let before = cycles.iter().rev().map(|(cycle, _)| cycle).find(|cycle| **cycle < to);
        let from = cycle("from")?.or(before.cloned()).unwrap_or_else(|| to.clone());
        let criteria = word(query, "criteria", Criteria::ALL, Criteria::code)?.unwrap_or_default();
        Ok(Some(View {
            // the other way round means the same two
            span: Span {
                from: from.clone().min(to.clone()),
                to: from.max(to),
                criteria,
            },
            filter: Filter {
                name: given(query, "name").map(folded),
                region: given(query, "region").map(str::to_owned),
                age: word(query, "age", Age::ALL, Age::code)?,
                version: (given(query, "version").map(VersionId::parse).transpose()).map_err(|_| Refusal::NotFound)?,
                slips: word(query, "slips", SlipFilter::ALL, SlipFilter::code)?,
            },
            shown: word(query, "show", Shown::ALL, Shown::code)?.unwrap_or_default(),
            page: given(query, "page")
                .map_or(Ok(1), str::parse)
                .map_err(|_| Refusal::NotFound)?,
            cycles: cycles.to_vec(),
        }))
    }

    /// The cycles there are, oldest first.
    pub fn cycles(&self) -> &[CycleVersion] {
        &self.cycles
    }

    /// Returns the same view at another path: `/drift?from=2025&to=2026`.
    pub fn at(&self, path: &str) -> String {
        format!("{path}{}", self.query())
    }

    /// Returns what the address says after the path.
    pub fn query(&self) -> String {
        let Span { from, to, criteria } = &self.span;
        let filter = &self.filter;
        let unless = |usual: bool, code: &'static str| if usual { "" } else { code };
        let page = match self.page {
            0 | 1 => String::new(),
            page => page.to_string(),
        };
        let fields = [
            ("from", from.as_str()),
            ("to", to.as_str()),
            ("criteria", unless(*criteria == Criteria::All, criteria.code())),
            ("name", filter.name.as_deref().unwrap_or_default()),
            ("region", filter.region.as_deref().unwrap_or_default()),
            ("age", filter.age.map(Age::code).unwrap_or_default()),
            (
                "version",
                filter.version.as_ref().map(VersionId::as_str).unwrap_or_default(),
            ),
            ("slips", filter.slips.map(SlipFilter::code).unwrap_or_default()),
            ("show", unless(self.shown == Shown::default(), self.shown.code())),
            ("page", &page),
        ];
        Fields::query(fields)
    }

    /// Returns the same view on another page of its list.
    pub fn on_page(&self, page: usize) -> View {
        View { page, ..self.clone() }
    }

    /// Returns the same view of other cycles.
    pub fn of(&self, from: &CycleId, to: &CycleId) -> View {
        let span = Span {
            from: from.clone(),
            to: to.clone(),
            ..self.span.clone()
        };
        View { span, ..self.clone() }
    }
}

fn given<'q>(query: &'q Query, name: &str) -> Option<&'q str> {
    query
        .get(name)
        .map(|value| value.trim())
        .filter(|value| !value.is_empty())
}

fn word<T: Copy>(
    query: &Query,
    name: &str,
    all: impl IntoIterator<Item = T>,
    code: fn(T) -> &'static str,
) -> Result<Option<T>, Refusal> {
    let Some(asked) = given(query, name) else {
        return Ok(None);
    };
    let known = all.into_iter().find(|one| code(*one) == asked);
    known.map(Some).ok_or(Refusal::NotFound)
}
