//! Two reports worked out from made-up facts, with something in every table, a name in Welsh and texts that a spreadsheet
//! would like to compute.

#![allow(dead_code, reason = "each test file uses its own part")]

use framework::{
    assessment::{AdaptationClass, Answer, Entry, Response, Review},
    clarification::{Message, Side, Thread, ThreadStatus as Asked},
    criteria::Framework,
    evidence::{EvidenceId, EvidenceKind, FileHash, FileName, FileType, StoredFile, Title},
    explore::Explorer,
    ids::{CriterionId, CycleId, PracticeSlug, VersionId},
    library::Library,
    lifecycle::Status,
    network::NetworkFacts,
    plan::{ActionStatus, Helped, Reply},
    prose::Prose,
    rating::Rating,
    report::{
        AskLine, CitedItem, Covered, NationalBeside, NationalFacts, NationalReport, NoneLine, PlanAsks, PlanLine,
        PracticeFacts, PracticeReport, ReadingLine, Registered, ReportContext, SupportLine, national_report,
        practice_report,
    },
    sheet::{CriterionRatings, PracticeInfo, Sheet},
    statement::{Made, Stance, Statement},
};
use std::sync::Arc;
use time::{
    Date,
    macros::{date, datetime},
};

/// The day that the Practice's report speaks of.
pub const DAY: Date = date!(2026 - 11 - 20);

/// What people wrote.
pub const WELSH: &str = "Mae’r tîm yn cwrdd bob wythnos: ŵyn, tŷ, ŷd.";
pub const FORMULAS: [&str; 4] = ["=1+1", "+44 20 7946 0000", "-2 posts", "@SUM(A1:A9)"];

/// What the Practice states on its agreed ratings.
pub const STATED: &str = "=2+2 is not how tŷ ŵyl was rated.";

/// Returns a Practice with three assessments, and something in every place of its report.
pub fn practice() -> PracticeReport {
    let mut report = practice_report(Library::embedded(), &facts()).expect("its versions are there");
    say_more(&mut report);
    agree_and_plan(&mut report);
    report
}

/// Returns what that report is worked out from.
pub fn facts() -> PracticeFacts {
    let sheets = history("ty-wyl", &["2024", "2025", "2026"], 0);
    PracticeFacts {
        practice: info("ty-wyl", "Tŷ Ŵyl"),
        entries: entries(&sheets[2]),
        sheets,
        day: DAY,
        beside: ReportContext {
            statement: Some(Made {
                statement: Statement {
                    stance: Stance::Dissents,
                    words: Prose::read(STATED).expect("short"),
                },
                day: date!(2026 - 11 - 18),
            }),
            ..ReportContext::default()
        },
    }
}

/// Returns a Practice whose first assessment is a draft without an answer.
pub fn empty_practice() -> PracticeReport {
    let facts = PracticeFacts {
        practice: info("new", "New"),
        sheets: vec![Sheet {
            status: Status::Draft,
            marks: vec![],
            ..history("new", &["2026"], 0).remove(0)
        }],
        entries: vec![],
        day: DAY,
        beside: ReportContext::default(),
    };
    practice_report(Library::embedded(), &facts).expect("its version is there")
}

/// Three Practices, one of them for the first time; one more under way, and one without an assessment.
pub fn national() -> NationalReport {
    let sheets = [
        history("ty-wyl", &["2024", "2025", "2026"], 0),
        history("formula", &["2025", "2026"], 3),
        history("first", &["2026"], 1),
    ];
    let practices = [
        info("ty-wyl", "Tŷ Ŵyl"),
        info("formula", FORMULAS[0]),
        info("first", "First"),
        info("under-way", "Under way"),
        info("absent", "Absent"),
    ];
    let [low, high] = [3, 4].map(level);
    let network = NetworkFacts::new(practices.into(), sheets.concat());
    let cycles = network
        .cycles()
        .into_iter()
        .map(|cycle| (cycle, framework().version.clone()))
        .collect();
    let facts = NationalFacts {
        cycle: cycle("2026"),
        version: framework().version.clone(),
        network: Arc::new(Explorer::new(Library::embedded(), Arc::new(network), cycles)),
        unfinished: vec![(slug("under-way"), Status::InReview)],
        beside: NationalBeside {
            read_twice: vec![vec![[high, low]; 12]],
            ..NationalBeside::default()
        },
    };
    let mut report = national_report(Library::embedded(), &facts).expect("its versions are there");
    report.practices[0].register = practice().register;
    report.practices[0].plan.open = 2;
    report.practices[0].plan.support.recorded = 1;
    report
}

fn framework() -> &'static Framework {
    Library::embedded().latest().expect("there is a version")
}

/// Returns a Practice.
pub fn info(slug_: &str, name: &str) -> PracticeInfo {
    PracticeInfo {
        slug: slug(slug_),
        name: name.to_owned(),
        region: "Cymru".to_owned(),
    }
}

fn slug(text: &str) -> PracticeSlug {
    PracticeSlug::parse(text).expect("a name")
}

fn cycle(text: &str) -> CycleId {
    CycleId::parse(text).expect("a cycle")
}

fn level(level: u8) -> Rating {
    Rating::new(level).expect("a level")
}

fn prose(text: &str) -> Option<Prose> {
    Prose::read(text).expect("not too long")
}

fn said(text: &str) -> Prose {
    prose(text).expect("not empty")
}

/// Finalised assessments whose ratings move from year to year; the last is under the newest version, the others under the
/// one before.
pub fn history(practice: &str, years: &[&str], shift: usize) -> Vec<Sheet> {
    let sheet = |(nth, year): (usize, &&str)| {
        let version = match *year {
            "2026" => framework().version.clone(),
            _ => VersionId::parse("2025.1").expect("a version"),
        };
        let criteria = Library::embedded()
            .version(&version)
            .expect("it is there")
            .criteria
            .len();
        Sheet {
            practice: slug(practice),
            cycle: cycle(year),
            version,
            status: Status::Finalised,
            imported: *year == "2024",
            marks: (0..criteria).map(|place| mark(place, nth + shift)).collect(),
        }
    };
    years.iter().enumerate().map(sheet).collect()
}

fn mark(index: usize, year: usize) -> CriterionRatings {
    let rating = |by: usize| Some(Rating::ALL[(index * (year + 2) + year + by) % 5]);
    CriterionRatings {
        self_rating: rating(usize::from(index.is_multiple_of(4))),
        review_rating: rating(0),
        agreed_rating: rating(0).filter(|_| !index.is_multiple_of(4)),
        not_applicable: index == 7,
        class: AdaptationClass::ALL.get(index % 6).copied(),
    }
}

fn entries(sheet: &Sheet) -> Vec<Entry> {
    let entry = |(place, mark): (usize, &CriterionRatings)| Entry {
        answer: Answer {
            response: match mark.not_applicable {
                true => Some(Response::NotApplicable(prose("There is no such post."))),
                false => mark.self_rating.map(Response::Rated),
            },
            evidence: prose(FORMULAS[place % 4]),
            comment: prose(WELSH),
            adaptation: prose("Evening drop-ins\nin two languages"),
            ..Answer::default()
        },
        review: Review {
            rating: mark.review_rating,
            comment: prose(&"ŵ".repeat(Prose::MAX)),
            ..Review::default()
        },
        ..Entry::default()
    };
    sheet.marks.iter().enumerate().map(entry).collect()
}

/// What stands beside the ratings of the first criterion.
fn say_more(report: &mut PracticeReport) {
    let first = &mut report.criteria[0];
    first.measure = Some(7.25);
    first.unit = Some("women".to_owned());
    first.supported = Some(level(4));
    first.readings = [4, 3]
        .map(|rating| ReadingLine {
            rating: Some(level(rating)),
            comment: prose("Read twice."),
        })
        .into();
    first.named = Some("Evening drop-ins".to_owned());
    first.cited = vec![CitedItem {
        id: EvidenceId::parse("019c0000-0000-7000-8000-000000000000").expect("a key"),
        version: 2,
        kind: EvidenceKind::File,
        title: Title::read("=Rota").expect("a title"),
        shows: said("Who works when."),
        true_of: date!(2026 - 01 - 05),
        review_by: Some(date!(2026 - 10 - 31)),
        expired: true,
        file: Some(StoredFile {
            name: FileName::read("rota.pdf").expect("a name"),
            kind: FileType::Pdf,
            size: 12_345,
            hash: FileHash::new([7; 32]),
        }),
        link: None,
        note: None,
    }];
    first.clarification = Some(Thread {
        state: Asked::Resolved,
        messages: vec![
            message(Side::National, "How many evenings?"),
            message(Side::Practice, "+2 a week"),
        ],
    });
    report.reviewers_agreement = Some(report.agreement.clone());
}

fn message(side: Side, text: &str) -> Message {
    Message {
        side,
        who: "Somebody".to_owned(),
        at: datetime!(2026-11-02 09:30 UTC),
        text: said(text),
    }
}

fn agree_and_plan(report: &mut PracticeReport) {
    let first = &report.criteria[0];
    let (criterion, title) = (first.id.clone(), first.title.clone());
    report.register.day = Some(date!(2026 - 10 - 01));
    report.register.in_force = vec![registered(&criterion, &title)];
    let plan = &mut report.plan;
    plan.asks = Some(PlanAsks {
        criteria: 1,
        with_action: 1,
        lines: vec![AskLine {
            criterion: criterion.clone(),
            title: title.clone(),
            why: vec!["Rated 1, below the expected level".to_owned()],
            reply: Reply::Action,
        }],
        ..PlanAsks::default()
    });
    plan.actions = vec![PlanLine {
        criterion: criterion.clone(),
        here: Some(criterion.clone()),
        title: title.clone(),
        raised: cycle("2025"),
        carried: 1,
        what: said("- Appoint to the vacant post"),
        owner: "Practice lead".to_owned(),
        by: date!(2027 - 03 - 31),
        state: ActionStatus::Open,
        overdue: false,
        closing: None,
        support: prose("Somebody to talk to."),
    }];
    plan.none = vec![NoneLine {
        criterion,
        title,
        reason: said("It mends itself."),
    }];
    plan.support_given = vec![SupportLine {
        day: date!(2026 - 05 - 12),
        what: said("A day of training"),
        about: None,
        helped: Some(Helped::Well),
        helped_name: Some(Helped::Well.name()),
        comment: None,
    }];
}

fn registered(criterion: &CriterionId, title: &str) -> Registered {
    Registered {
        title: "Evening drop-ins".to_owned(),
        class: Some(AdaptationClass::Consistent),
        class_name: Some(AdaptationClass::Consistent.name()),
        since: date!(2025 - 05 - 01),
        until: None,
        criteria: vec![Covered {
            id: criterion.clone(),
            title: title.to_owned(),
        }],
    }
}
