//! How reviewers agree with each other and with the Practices: for administrators only, by name, never as a ranking.

use crate::{
    agreement::{Agreement, FEWEST_PAIRS, Table, Tables},
    criteria::Element,
    ids::ElementId,
    naming::folded,
    rating::Rating,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// One finalised assessment as its reviewers rated it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewedAssessment {
    /// The Practice's name.
    pub practice: String,
    /// The names of the one or two who reviewed it, by place.
    pub reviewers: Vec<String>,
    /// Its criteria that apply.
    pub criteria: Vec<ReviewedCriterion>,
}

/// The ratings of one criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewedCriterion {
    /// The element it belongs to.
    pub element: ElementId,
    /// The Practice's own.
    pub own: Option<Rating>,
    /// The review's.
    pub review: Option<Rating>,
    /// Each of two reviewers', by place, before they saw the other's.
    pub readings: [Option<Rating>; 2],
}

/// How reviewers agree.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReviewersReport {
    /// Self against review, over all assessments.
    pub agreement: Agreement,
    /// Every assessment, under the name of its Practice and by that name.
    pub assessments: Vec<NamedAgreement>,
    /// Every element of the version, in its order, over all assessments.
    pub elements: Vec<NamedAgreement>,
    /// Every two who reviewed together, by name.
    pub pairs: Vec<PairAgreement>,
    /// Every reviewer, by name.
    pub people: Vec<Leniency>,
}

/// The figures of one assessment or one element.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NamedAgreement {
    /// The Practice's name, or the element's title.
    pub name: String,
    /// Self against review.
    pub agreement: Agreement,
    /// Two reviewers against each other, before they saw the other's ratings, the first for “self”; nothing where no
    /// criterion was rated by two.
    pub reviewers: Option<Agreement>,
}

/// How two reviewers agree over all that they both rated; the first in the alphabet stands for “self” in the figures.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PairAgreement {
    /// The two names, in the alphabet's order.
    pub names: [String; 2],
    /// The figures.
    pub agreement: Agreement,
}

/// How a reviewer's ratings lie to others' of the same criteria. Figures need [`FEWEST_PAIRS`] ratings.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Leniency {
    /// The reviewer.
    pub name: String,
    /// Criteria that both the reviewer and the Practice rated.
    pub with_practice: u64,
    /// Mean of self − review, −4 to 4; positive where the Practices rate themselves higher than the reviewer does.
    pub bias: Option<f64>,
    /// Criteria that another reviewer rated too.
    pub with_other: u64,
    /// Mean of reviewer − other reviewer, −4 to 4; positive where the reviewer rates higher.
    pub to_other: Option<f64>,
}

#[derive(Default)]
struct Sum {
    n: u64,
    sum: i64,
}

impl Sum {
    fn add(&mut self, rating: Rating, other: Rating) {
        self.n += 1;
        self.sum += i64::from(rating.level()) - i64::from(other.level());
    }

    fn mean(&self) -> Option<f64> {
        (self.n >= FEWEST_PAIRS).then(|| self.sum as f64 / self.n as f64)
    }
}

/// Self against review, and two reviewers against each other.
#[derive(Clone, Default)]
struct ReadingPair {
    own: Tables,
    twice: Tables,
}

impl ReadingPair {
    /// Takes in the criteria of one assessment.
    fn add<'c>(&mut self, criteria: impl IntoIterator<Item = &'c ReviewedCriterion>) {
        let (mut own_table, mut twice) = (Table::default(), Table::default());
        for criterion in criteria {
            if let Some((own, review)) = criterion.own.zip(criterion.review) {
                own_table.add(own, review);
            }
            if let [Some(first), Some(second)] = criterion.readings {
                twice.add(first, second);
            }
        }
        self.own.add(own_table);
        self.twice.add(twice);
    }

    fn named(&self, name: &str) -> NamedAgreement {
        NamedAgreement {
            name: name.to_owned(),
            agreement: self.own.agreement(),
            reviewers: (!self.twice.is_empty()).then(|| self.twice.agreement()),
        }
    }
}

/// Every assessment by the Practice's name.
fn by_practice(assessments: &[ReviewedAssessment]) -> Vec<NamedAgreement> {
    let mut sorted: Vec<&ReviewedAssessment> = assessments.iter().collect();
    sorted.sort_by_cached_key(|assessment| (folded(&assessment.practice), assessment.practice.clone()));
    (sorted.into_iter())
        .map(|assessment| {
            let mut both = ReadingPair::default();
            both.add(&assessment.criteria);
            both.named(&assessment.practice)
        })
        .collect()
}

/// Every element in the order given. What belongs to none of them, under another version, counts in the other figures only.
fn by_element(elements: &[Element], assessments: &[ReviewedAssessment]) -> Vec<NamedAgreement> {
    let mut found: BTreeMap<&ElementId, ReadingPair> = BTreeMap::new();
    for assessment in assessments {
        let mut criteria: BTreeMap<&ElementId, Vec<&ReviewedCriterion>> = BTreeMap::new();
        for criterion in &assessment.criteria {
            criteria.entry(&criterion.element).or_default().push(criterion);
        }
        for (element, criteria) in criteria {
            found.entry(element).or_default().add(criteria);
        }
    }
    (elements.iter())
        .map(|element| found.remove(&element.id).unwrap_or_default().named(&element.title))
        .collect()
}

/// Works out how reviewers agree. `elements` are those of the cycle's version.
pub fn reviewers_report(elements: &[Element], assessments: &[ReviewedAssessment]) -> ReviewersReport {
    let mut all = ReadingPair::default();
    let mut pairs: BTreeMap<[&str; 2], Tables> = BTreeMap::new();
    let mut people: BTreeMap<&str, (Sum, Sum)> = BTreeMap::new();
    for assessment in assessments {
        all.add(&assessment.criteria);
        let mut together = Table::default();
        for criterion in &assessment.criteria {
            match assessment.reviewers.as_slice() {
                [one] => {
                    if let Some((own, review)) = criterion.own.zip(criterion.review) {
                        people.entry(one).or_default().0.add(own, review);
                    }
                }
                [first, second] => {
                    let [a, b] = criterion.readings;
                    for (name, rating, other) in [(first, a, b), (second, b, a)] {
                        let (bias, to_other) = people.entry(name).or_default();
                        if let Some((rating, own)) = rating.zip(criterion.own) {
                            bias.add(own, rating);
                        }
                        if let Some((rating, other)) = rating.zip(other) {
                            to_other.add(rating, other);
                        }
                    }
                    if let Some((a, b)) = a.zip(b) {
                        match first <= second {
                            true => together.add(a, b),
                            false => together.add(b, a),
                        }
                    }
                }
                _ => {}
            }
        }
        if let [first, second] = assessment.reviewers.as_slice() {
            let names = [first.min(second).as_str(), first.max(second).as_str()];
            pairs.entry(names).or_default().add(together);
        }
    }
    pairs.retain(|_, tables| !tables.is_empty());
    ReviewersReport {
        agreement: all.own.agreement(),
        assessments: by_practice(assessments),
        elements: by_element(elements, assessments),
        pairs: pairs
            .into_iter()
            .map(|(names, tables)| PairAgreement {
                names: names.map(str::to_owned),
                agreement: tables.agreement(),
            })
            .collect(),
        people: people
            .into_iter()
            .map(|(name, (bias, to_other))| Leniency {
                name: name.to_owned(),
                with_practice: bias.n,
                bias: bias.mean(),
                with_other: to_other.n,
                to_other: to_other.mean(),
            })
            .collect(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn rated(own: u8, readings: [u8; 2], review: u8) -> ReviewedCriterion {
        ReviewedCriterion {
            element: ElementId::parse("a").unwrap(),
            own: Rating::new(own),
            review: Rating::new(review),
            readings: readings.map(Rating::new),
        }
    }

    #[test]
    fn pairs_stand_by_name_whichever_place_each_had() {
        let one = |reviewers: [&str; 2], readings| ReviewedAssessment {
            practice: "Ash".to_owned(),
            reviewers: reviewers.map(str::to_owned).to_vec(),
            criteria: vec![rated(4, readings, 4); 6],
        };
        let report = reviewers_report(&[], &[one(["Bo", "Al"], [5, 3]), one(["Al", "Bo"], [3, 5])]);
        assert_eq!(report.pairs.len(), 1);
        let pair = &report.pairs[0];
        assert_eq!(
            (pair.names.join(" "), pair.agreement.n, pair.agreement.bias),
            ("Al Bo".to_owned(), 12, Some(-2.0))
        );
        let people: Vec<_> = report
            .people
            .iter()
            .map(|p| (p.name.as_str(), p.bias, p.to_other))
            .collect();
        assert_eq!(people, [("Al", Some(1.0), Some(-2.0)), ("Bo", Some(-1.0), Some(2.0))]);
        assert_eq!(report.agreement.n, 12);
    }

    #[test]
    fn who_reviewed_alone_is_set_beside_the_practice_only_and_few_ratings_give_no_figure() {
        let alone = |n| ReviewedAssessment {
            practice: "Ash".to_owned(),
            reviewers: vec!["Al".to_owned()],
            criteria: vec![rated(4, [0, 0], 3); n],
        };
        let few = reviewers_report(&[], &[alone(9)]);
        assert_eq!((few.people[0].with_practice, few.people[0].bias), (9, None));
        let enough = reviewers_report(&[], &[alone(9), alone(1)]);
        assert_eq!((enough.people[0].bias, enough.people[0].with_other), (Some(1.0), 0));
        assert!(enough.pairs.is_empty() && reviewers_report(&[], &[]).people.is_empty());
    }

    fn element(id: &str) -> Element {
        Element {
            id: ElementId::parse(id).unwrap(),
            title: format!("The {id}"),
            about: String::new(),
            criteria: 0..0,
        }
    }

    #[test]
    fn assessments_stand_by_name_and_elements_in_order_each_with_its_own_figures() {
        let of = |id: &str, n, criterion: ReviewedCriterion| {
            let element = ElementId::parse(id).unwrap();
            vec![ReviewedCriterion { element, ..criterion }; n]
        };
        let one = |practice: &str, criteria: Vec<Vec<ReviewedCriterion>>| ReviewedAssessment {
            practice: practice.to_owned(),
            reviewers: vec![],
            criteria: criteria.concat(),
        };
        let all = [
            one(
                "birch",
                vec![of("a", 6, rated(4, [0, 0], 3)), of("b", 3, rated(4, [0, 0], 4))],
            ),
            one(
                "Ash",
                vec![of("a", 6, rated(4, [4, 2], 4)), of("b", 9, rated(5, [3, 3], 3))],
            ),
        ];
        // z stands first because the version says so, however well its ratings agree
        let report = reviewers_report(&["z", "b", "a"].map(element), &all);
        let rows = |named: &[NamedAgreement]| -> Vec<_> {
            (named.iter())
                .map(|one| {
                    let twice = one.reviewers.as_ref();
                    let twice = twice.map(|figures| (figures.n, figures.exact));
                    (one.name.clone(), one.agreement.n, one.agreement.exact, twice)
                })
                .collect()
        };
        assert_eq!(
            rows(&report.assessments),
            [
                ("Ash".to_owned(), 15, Some(0.4), Some((15, Some(0.6)))),
                ("birch".to_owned(), 9, None, None),
            ]
        );
        assert_eq!(
            rows(&report.elements),
            [
                ("The z".to_owned(), 0, None, None),
                ("The b".to_owned(), 12, Some(0.25), Some((9, None))),
                ("The a".to_owned(), 12, Some(0.5), Some((6, None))),
            ]
        );
        assert_eq!(
            (report.agreement.n, report.agreement.within_one),
            (24, Some(15.0 / 24.0))
        );
    }
}
