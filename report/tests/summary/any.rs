//! Whatever the figures are, each sentence is held.

use crate::{
    held,
    reports::{DAY, VERSIONS, cycle, framework, info, national, practice, prose, rated, registered, sheet},
};
use framework::{
    assessment::AdaptationClass,
    clarification::Tally,
    lifecycle::Status,
    plan::{ActionStatus, Helped, Reply, support_figures},
    rating::Rating,
    report::{AskLine, EvidenceUse, NationalBeside, PlanAsks, PlanCounts, PlanLine, PracticeReport},
    sheet::{CriterionRatings, Sheet},
};
use proptest::prelude::*;
use report::summary::Statement;

/// More marks than any version has criteria.
const MOST: usize = 80;
const YEARS: [&str; 4] = ["2023", "2024", "2025", "2026"];
const NAMES: [&str; 5] = ["xash", "xbirch", "xcedar", "xdogwood", "xelm"];

/// Mostly 3 to 5 and reviewed near to it, sometimes not answered or not applicable.
fn any_mark() -> impl Strategy<Value = CriterionRatings> {
    let level = prop_oneof![1 => 1_u8..=5, 3 => 3_u8..=5];
    let class = prop::option::of(prop::sample::select(AdaptationClass::ALL.to_vec()));
    (level, -1_i8..=1, any::<bool>(), class, 0..25_u8).prop_map(|(level, apart, agreed, class, kind)| {
        CriterionRatings {
            self_rating: rated(level).filter(|_| kind > 0),
            review_rating: rated(level.saturating_add_signed(apart).clamp(1, 5)).filter(|_| kind > 1),
            agreed_rating: rated(level).filter(|_| agreed && kind > 1),
            not_applicable: kind == 2,
            class,
        }
    })
}

/// Whether there is an assessment, under which version, and what was rated otherwise than the year before.
type Year = (bool, usize, Vec<(usize, CriterionRatings)>);

/// One Practice's years. The first marks are all different, or all the same.
#[derive(Clone, Debug)]
struct Course {
    marks: Vec<CriterionRatings>,
    years: Vec<Year>,
    reviewed: bool,
}

fn any_course() -> impl Strategy<Value = Course> {
    let marks = prop_oneof![
        3 => prop::collection::vec(any_mark(), MOST),
        1 => any_mark().prop_map(|mark| vec![mark; MOST]),
    ];
    let changes = prop_oneof![
        2 => prop::collection::vec((0..MOST, any_mark()), 0..3),
        3 => prop::collection::vec((0..MOST, any_mark()), 0..25),
    ];
    let year = (prop::bool::weighted(0.7), 0..2_usize, changes);
    (
        marks,
        prop::collection::vec(year, YEARS.len()),
        prop::bool::weighted(0.8),
    )
        .prop_map(|(marks, years, reviewed)| Course { marks, years, reviewed })
}

impl Course {
    /// Returns the assessments; the last one only if `now`.
    fn sheets(&self, name: &str, now: bool) -> Vec<Sheet> {
        let mut marks = self.marks.clone();
        let mut sheets = Vec::new();
        for (year, (there, version, changes)) in YEARS.into_iter().zip(&self.years) {
            changes.iter().for_each(|(place, mark)| marks[*place] = *mark);
            let last = year == YEARS[3];
            if (last && now) || (!last && *there) {
                sheets.push(sheet(name, year, VERSIONS[*version], |place| self.mark(&marks, place)));
            }
        }
        sheets
    }

    fn mark(&self, marks: &[CriterionRatings], index: usize) -> CriterionRatings {
        match self.reviewed {
            true => marks[index],
            false => CriterionRatings {
                review_rating: None,
                agreed_rating: None,
                ..marks[index]
            },
        }
    }
}

/// What stands beside the answers.
#[derive(Clone, Debug)]
struct Aside {
    asks: Option<Vec<(usize, Reply)>>,
    overdue: Vec<bool>,
    helped: Vec<Option<Helped>>,
    wanted: usize,
    evidence: [usize; 2],
    register: [usize; 2],
    tally: [usize; 2],
}

fn any_aside() -> impl Strategy<Value = Aside> {
    let reply = prop::sample::select(vec![Reply::Action, Reply::NoAction, Reply::Missing]);
    let helped = prop::option::of((1..=5_u8).prop_map(|level| Helped::from_level(level).unwrap()));
    (
        prop::option::of(prop::collection::vec((0..40_usize, reply), 0..8)),
        prop::collection::vec(any::<bool>(), 0..4),
        prop::collection::vec(helped, 0..5),
        0..3_usize,
        [0..4_usize, 0..4],
        [0..3_usize, 0..3],
        [0..3_usize, 0..3],
    )
        .prop_map(|(asks, overdue, helped, wanted, evidence, register, tally)| Aside {
            asks,
            overdue,
            helped,
            wanted,
            evidence,
            register,
            tally,
        })
}

impl Aside {
    fn evidence(&self) -> EvidenceUse {
        let [expired, current] = self.evidence;
        EvidenceUse {
            citations: expired + current,
            expired,
        }
    }

    fn asks(&self, report: &PracticeReport) -> Option<PlanAsks> {
        let replies = self.asks.as_ref()?;
        let with = |reply| replies.iter().filter(|(_, r)| *r == reply).count();
        let line = |(place, reply): &(usize, Reply)| AskLine {
            criterion: report.criteria[*place].id.clone(),
            title: report.criteria[*place].title.clone(),
            why: vec![],
            reply: *reply,
        };
        Some(PlanAsks {
            criteria: replies.len(),
            with_action: with(Reply::Action),
            with_reason: with(Reply::NoAction),
            missing: with(Reply::Missing),
            lines: replies.iter().map(line).collect(),
        })
    }

    fn put_into(&self, report: &mut PracticeReport) {
        let [in_force, expired] = self.register;
        report.plan.asks = self.asks(report);
        report.plan.actions = self.overdue.iter().map(|overdue| action(*overdue)).collect();
        report.plan.support = support_figures(self.helped.iter().copied(), self.wanted);
        report.evidence = self.evidence();
        report.register.day = Some(DAY);
        report.register.in_force = registered(in_force);
        report.register.expired = registered(expired);
    }

    fn counts(&self) -> PlanCounts {
        PlanCounts {
            open: self.overdue.len(),
            done: self.wanted,
            dropped: 0,
            overdue: self.overdue.iter().filter(|overdue| **overdue).count(),
            support: support_figures(self.helped.iter().copied(), self.wanted),
        }
    }
}

fn action(overdue: bool) -> PlanLine {
    PlanLine {
        criterion: framework("2026.1").criteria[0].id.clone(),
        here: None,
        title: "T".to_owned(),
        raised: cycle("2025"),
        carried: 0,
        what: prose("Write it down."),
        owner: "Somebody".to_owned(),
        by: DAY,
        state: ActionStatus::Open,
        overdue,
        closing: None,
        support: None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn each_sentence_on_a_practice_is_held(
        course in any_course(),
        status in prop::sample::select(Status::ALL.to_vec()),
        aside in any_aside(),
        read_twice in prop::option::of(prop::collection::vec((1..=5_u8, 1..=5_u8), 0..30)),
    ) {
        let mut sheets = course.sheets("ash", true);
        sheets.last_mut().unwrap().status = status;
        let mut report = practice(sheets);
        aside.put_into(&mut report);
        report.reviewers_agreement = read_twice.map(|pairs| table(&pairs).agreement());
        let summary = held::of_practice(&report);
        prop_assert!(summary.statements().count() >= 5, "{:?}", summary);
    }

    #[test]
    fn each_sentence_on_the_network_is_held_and_names_no_practice(
        courses in prop::collection::vec((any_course(), any_aside(), 0..10_u8), 0..=NAMES.len()),
        read_twice in prop::collection::vec((1..=5_u8, 1..=5_u8), 0..30),
    ) {
        let mut sheets = vec![];
        let mut unfinished = vec![];
        for ((course, _, stands), name) in courses.iter().zip(NAMES) {
            sheets.extend(course.sheets(name, *stands > 1));
            unfinished.extend((*stands == 1).then_some(name));
        }
        let mut tally = Tally::default();
        let mut evidence = EvidenceUse::default();
        // what is asked and cited is counted in finalised assessments only
        for (_, aside, _) in courses.iter().filter(|(.., stands)| *stands > 1) {
            let [resolved, carried] = aside.tally;
            tally.asked += resolved + carried + aside.wanted;
            tally.resolved += resolved;
            tally.carried += carried;
            evidence.citations += aside.evidence().citations;
            evidence.expired += aside.evidence().expired;
        }
        let beside = NationalBeside {
            clarifications: tally,
            evidence,
            read_twice: read_twice.chunks(7).map(|pairs| pairs.iter().map(|pair| ratings(*pair)).collect()).collect(),
            ..NationalBeside::default()
        };
        let mut report = national(&NAMES, sheets, &unfinished, beside);
        for practice in &mut report.practices {
            let index = NAMES.iter().position(|name| *name == practice.name).unwrap();
            practice.plan = courses[index].1.counts();
        }
        for said in held::of_network(&report).statements().map(Statement::text) {
            prop_assert!(!NAMES.iter().any(|name| said.contains(&info(name).name)), "{}", said);
        }
    }
}

fn ratings((first, second): (u8, u8)) -> [Rating; 2] {
    [first, second].map(|level| rated(level).unwrap())
}

fn table(pairs: &[(u8, u8)]) -> framework::agreement::Table {
    let mut table = framework::agreement::Table::default();
    for [first, second] in pairs.iter().map(|pair| ratings(*pair)) {
        table.add(first, second);
    }
    table
}
