//! The finalised assessments of all Practices: what everything said about the network is worked out from.

use crate::{
    ids::{CycleId, PracticeSlug},
    lifecycle::Status,
    naming::folded,
    sheet::{PracticeInfo, Sheet},
};
use std::collections::HashMap;

/// All Practices with their finalised assessments.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NetworkFacts {
    histories: Vec<History>,
}

/// A Practice and its finalised assessments.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// The Practice.
    pub practice: PracticeInfo,
    /// Its finalised assessments, oldest first, one a cycle.
    pub sheets: Vec<Sheet>,
}

impl NetworkFacts {
    /// Sorts assessments by their Practices. Those of other Practices, and those that are not finalised, are left out; of two
    /// in one cycle the later in the list counts.
    pub fn new(practices: Vec<PracticeInfo>, sheets: Vec<Sheet>) -> NetworkFacts {
        let history = |practice| History {
            practice,
            sheets: vec![],
        };
        let mut histories: Vec<History> = practices.into_iter().map(history).collect();
        histories.sort_by_cached_key(|history| by_name(&history.practice));
        let places: HashMap<PracticeSlug, usize> = (histories.iter().enumerate())
            .map(|(place, history)| (history.practice.slug.clone(), place))
            .collect();
        for sheet in sheets.into_iter().filter(|sheet| sheet.status == Status::Finalised) {
            if let Some(place) = places.get(&sheet.practice) {
                histories[*place].sheets.push(sheet);
            }
        }
        histories.iter_mut().for_each(History::settle);
        NetworkFacts { histories }
    }

    /// Returns all Practices by name, those without an assessment too.
    pub fn histories(&self) -> &[History] {
        &self.histories
    }

    /// Returns all assessments, by the Practice's name and then oldest first.
    pub fn sheets(&self) -> impl Iterator<Item = &Sheet> {
        self.histories.iter().flat_map(|history| &history.sheets)
    }

    /// Returns the cycles with an assessment, oldest first.
    pub fn cycles(&self) -> Vec<CycleId> {
        let mut cycles: Vec<&CycleId> = Vec::new();
        for sheet in self.sheets() {
            if let Err(place) = cycles.binary_search(&&sheet.cycle) {
                cycles.insert(place, &sheet.cycle);
            }
        }
        cycles.into_iter().cloned().collect()
    }
}

impl History {
    /// Returns the assessment of a cycle.
    pub fn at(&self, cycle: &CycleId) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| &sheet.cycle == cycle)
    }

    /// Returns the assessments up to a cycle, that one included.
    pub fn until(&self, cycle: &CycleId) -> &[Sheet] {
        &self.sheets[..self.sheets.partition_point(|sheet| &sheet.cycle <= cycle)]
    }

    fn settle(&mut self) {
        self.sheets.sort_by(|a, b| a.cycle.cmp(&b.cycle));
        self.sheets.dedup_by(|next, kept| {
            let same = next.cycle == kept.cycle;
            if same {
                std::mem::swap(next, kept);
            }
            same
        });
        self.sheets.shrink_to_fit();
    }
}

/// Returns the order of Practices: by name, whatever its capitals and accents. Never by rank.
pub fn by_name(info: &PracticeInfo) -> (String, PracticeSlug) {
    (folded(&info.name), info.slug.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ids::VersionId, sheet::CriterionRatings};

    fn sheet(practice: &str, cycle: &str, status: Status, marks: usize) -> Sheet {
        Sheet {
            practice: PracticeSlug::parse(practice).unwrap(),
            cycle: CycleId::parse(cycle).unwrap(),
            version: VersionId::parse("2025.1").unwrap(),
            status,
            imported: false,
            marks: vec![CriterionRatings::default(); marks],
        }
    }

    #[test]
    fn assessments_stand_by_practice_and_year_and_the_last_one_given_counts() {
        let practice = |name: &str| PracticeInfo {
            slug: PracticeSlug::parse(&name.to_lowercase()).unwrap(),
            name: name.to_owned(),
            region: String::new(),
        };
        let facts = NetworkFacts::new(
            ["elm", "Ash"].map(practice).to_vec(),
            vec![
                sheet("elm", "2026", Status::Finalised, 1),
                sheet("elm", "2025", Status::Finalised, 2),
                sheet("elm", "2026", Status::Finalised, 3),
                sheet("ash", "2026", Status::InReview, 4),
                sheet("oak", "2024", Status::Finalised, 5),
            ],
        );
        let seen: Vec<_> = (facts.histories().iter())
            .map(|h| {
                let years: Vec<_> = h.sheets.iter().map(|s| (s.cycle.as_str(), s.marks.len())).collect();
                (h.practice.name.as_str(), years)
            })
            .collect();
        assert_eq!(seen, [("Ash", vec![]), ("elm", vec![("2025", 2), ("2026", 3)])]);
        let cycles: Vec<String> = facts.cycles().into_iter().map(String::from).collect();
        assert_eq!(cycles, ["2025", "2026"]);
        let elm = &facts.histories()[1];
        let until = |cycle: &str| elm.until(&CycleId::parse(cycle).unwrap()).len();
        assert_eq!((until("2024"), until("2025"), until("2030")), (0, 1, 2));
    }
}
