//! A made-up report that holds every kind of block and every chart.

use report::{
    charts::{self, Change, PAPER, Pair, Quartiles, Range, Score, Series, Spread},
    document::{Block, Cell, Column, Cover, Document, Figure, Inline, NoteKind, Table},
    markdown,
    palette::Fill,
    scene::Scene,
};
use time::macros::date;

const ELEMENTS: [&str; 6] = [
    "A holistic, trauma-informed, relationships-based approach",
    "Skilled practitioners from a range of professional backgrounds",
    "Small caseloads",
    "A flexible financial resource for each woman",
    "Staffing continuity",
    "Flexibility and autonomy",
];

const COMMENT: &str = "The Practice and the reviewer read this together in October. What changed has a reason in most places, and the reason is written down; where it is not, the improvement plan says who will find out, and by when. Nothing here compares one Practice with another by rank.";

const PLACES: [&str; 12] = [
    "Tŷ Ŵyl",
    "Llŷn ac Ynys Môn",
    "Northbridge",
    "Eastmoor",
    "Harbour City",
    "Westhaven and the Vale",
    "Fenland",
    "Castleford",
    "Riverside",
    "Upper Dales",
    "Southwold",
    "Marchfield",
];

/// About seventeen pages.
pub fn document() -> Document {
    let mut blocks = vec![
        cover(),
        Block::Contents {
            title: "Contents".into(),
            depth: 2,
        },
    ];
    blocks.extend(summary());
    blocks.extend(elements());
    blocks.extend(over_time());
    blocks.extend(tables());
    Document {
        title: "Fidelity report 2026: Tŷ Ŵyl".into(),
        subtitle: "Self-assessment, review and improvement plan".into(),
        language: "en-GB".into(),
        author: "National team".into(),
        subject: "Fidelity to the framework, version 2026.1".into(),
        created: Some(date!(2026 - 11 - 20)),
        reference: "TYW-2026-1 · framework 2026.1 · finalised 20 November 2026".into(),
        blocks,
    }
}

fn cover() -> Block {
    Block::Cover(Cover {
        organisation: "Fidelity self-assessment".into(),
        title: "Tŷ Ŵyl: how closely we work to the framework".into(),
        subtitle: "Annual self-assessment and review, cycle 2026".into(),
        facts: [
            ("Practice", "Tŷ Ŵyl, Ynys Môn a Gwynedd"),
            ("Cycle", "2026 (compared with 2025 and with launch in 2023)"),
            ("Framework", "Version 2026.1, 50 criteria in 6 elements"),
            ("Status", "Finalised on 20 November 2026"),
        ]
        .map(|(label, value)| (label.to_owned(), value.to_owned()))
        .into(),
        note: "This report supports learning. It rates how a Practice works, never a woman’s choices, and is not a ranking.".into(),
    })
}

fn summary() -> Vec<Block> {
    let mut blocks = vec![
        Block::heading(1, "Summary"),
        Block::Paragraph(vec![
            Inline::text("The overall score is "),
            Inline::strong("3.9, in the band partial"),
            Inline::text(
                ". Five of six elements are in place. One core gap keeps the assessment from the band strong: see ",
            ),
            Inline::reference("Small caseloads", "caseloads"),
            Inline::text(". The words are those of the "),
            Inline::link("published framework", "https://example.org/fframwaith/ŵ?a=1&b=2"),
            Inline::text("."),
        ]),
        Block::Note {
            kind: NoteKind::Attention,
            blocks: vec![
                Block::Paragraph(vec![Inline::strong("One core gap")]),
                Block::text(
                    "Criterion 3.1: the number of women each full-time practitioner works with was above ten for four months of the year. An action is agreed.",
                ),
            ],
        },
    ];
    blocks.push(figure(
        "Five elements are at 3.0 or above; caseloads are below it",
        charts::score_bars(PAPER, &scores()),
        "Bars from 1 to 5. A score of 4.0 or more is strong, 3.0 to 3.9 partial, below 3.0 low.",
    ));
    blocks.extend(markdown::blocks(
        "## What went well\n\n\
         The team **meets every week** to reflect on its practice, and *nobody* has left since March. \
         Women’s own words — “ro’n i’n teimlo bod rhywun yn gwrando” — run through the evidence. \
         The flexible resource reached 19 of 20 women; its use is recorded under `FR-2`.\n\n\
         - Reflective supervision has been held every fortnight since January.\n\
         - The board now has members from health, housing and the council:\n\
         \x20 1. terms of reference were agreed in April;\n\
         \x20 2. it met four times.\n\
         - Three of four practitioners come from different professions.\n\n\
         > I was asked what I wanted, and then it happened. That had not been so before.\n\n\
         ## What comes next\n\n\
         Two actions are carried over from 2025, three are new. The largest is to bring caseloads back to eight. \
         ≥ 4 is the expected level: nobody is pushed to 5 everywhere ☂ ✓ ▲.\n",
        1,
    ));
    blocks
}

fn elements() -> Vec<Block> {
    let mut blocks = vec![
        Block::heading(1, "Element by element"),
        Block::text(
            "For each element: the ratings of the Practice and of the reviewer, the evidence, and what was agreed.",
        ),
    ];
    for (i, name) in ELEMENTS.iter().enumerate() {
        blocks.push(Block::Heading {
            level: 2,
            text: format!("{}. {name}", i + 1),
            id: if i == 2 { "caseloads".into() } else { String::new() },
        });
        blocks.push(Block::text(
            "The Practice describes what it does from day to day, with examples from the year, and the reviewer has read the evidence beside last year’s. Both find that the way of working is known to the whole team and to its partners. ".repeat(1 + i % 2),
        ));
        if i % 2 == 0 {
            blocks.push(figure(
                "Self-rating and review, criterion by criterion",
                charts::dumbbell(PAPER, ["Practice’s own rating", "Review"], &pairs(i)),
                "Where the rings stand inside each other, both agree.",
            ));
        }
        blocks.push(Block::heading(3, "Evidence and comments"));
        for comment in 0..3 {
            blocks.push(Block::Paragraph(vec![
                Inline::strong(format!("Criterion {}.{}. ", i + 1, comment + 1)),
                Inline::text("Records of team meetings and supervision, the induction folder, and conversations with three partner agencies. The reviewer asked for the minutes of one meeting and found the practice described there. What is different from last year is written down and agreed with the national team, so that it counts as an adaptation and not as drift."),
            ]));
        }
        if i == 1 {
            blocks.push(Block::Note {
                kind: NoteKind::Information,
                blocks: vec![
                    Block::Paragraph(vec![Inline::strong("Agreed adaptation, consistent with the framework")]),
                    Block::bullets([
                        "Evening drop-ins are held in Welsh and English.",
                        "Planned, decided by the board in May, reviewed after a year.",
                    ]),
                ],
            });
        }
    }
    blocks
}

fn over_time() -> Vec<Block> {
    vec![
        Block::heading(1, "Over time"),
        Block::text(
            "The same criteria are compared: only those that are equal or equivalent in both versions of the framework count.",
        ),
        Block::text(COMMENT),
        figure(
            "Most elements have risen since launch",
            charts::lines(
                PAPER,
                &["Launch 2022", "2023", "2024", "2025", "2026"],
                &series(),
                Range::Ratings,
            ),
            "A gap in a line means that the element was not answered enough that year.",
        ),
        Block::text(COMMENT),
        figure(
            "Two elements fell, three rose",
            charts::diverging_bars(PAPER, &changes()),
            "Mean change since 2025 over comparable criteria, in rating points.",
        ),
        Block::text(COMMENT),
        figure(
            "Across Practices, ratings have come closer together",
            charts::quartile_strip(PAPER, &["2024", "2025", "2026"], &spreads()),
            "From lower to upper quartile; the mark is the median. On the right the median of 2026, with its quartiles.",
        ),
        Block::text(COMMENT),
        figure(
            "Women per full-time practitioner, month by month",
            charts::lines(
                PAPER,
                &[
                    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
                ],
                &[Series {
                    name: "Women per practitioner".into(),
                    values: [7.1, 7.4, 6.9, 7.3, 8.9, 10.2, 10.4, 10.6, 10.1, 8.4, 8.3, 8.0]
                        .map(Some)
                        .into(),
                }],
                Range::Fitted,
            ),
            "",
        ),
    ]
}

fn tables() -> Vec<Block> {
    vec![
        Block::heading(1, "Tables"),
        Block::heading(2, "Scores by Practice and element"),
        Block::Table(heat_map()),
        Block::heading(2, "Improvement plan"),
        Block::Table(plan()),
        Block::heading(2, "Every rating"),
        Block::text("Self, review and agreed rating of every criterion, with the words of the Practice."),
        Block::Table(ratings()),
    ]
}

fn figure(title: &str, scene: Scene, caption: &str) -> Block {
    Block::Figure(Figure {
        scene,
        title: title.into(),
        alt: format!("{title}. The figures stand in the tables at the end."),
        caption: caption.into(),
    })
}

fn heat_map() -> Table {
    let rows = PLACES
        .iter()
        .enumerate()
        .map(|(p, place)| {
            let mut row = vec![Cell::text(*place)];
            row.extend((0..6).map(|e| {
                let value = (p * 7 + e * 5) % 9;
                match value {
                    8 => Cell::text("–").fill(Fill::Absent),
                    v => {
                        let score = 1.2 + v as f64 * 0.55;
                        Cell::text(format!("{score:.1}")).fill(Fill::score(Some(score)))
                    }
                }
            }));
            row
        })
        .collect();
    let mut columns = vec![Column::new("Practice")];
    columns.extend(
        [
            "Approach",
            "Practitioners",
            "Caseloads",
            "Resource",
            "Continuity",
            "Autonomy",
        ]
        .map(|name| Column::new(name).centred()),
    );
    Table {
        caption: "Scores in 2026; “–” means not enough answered".into(),
        columns,
        rows,
        row_header: Some(0),
    }
}

fn plan() -> Table {
    let row = |what: &str, who: &str, when: &str, state: &str, fill| {
        vec![
            Cell::text(what),
            Cell::text(who),
            Cell::text(when),
            Cell::text(state).fill(fill),
        ]
    };
    Table {
        caption: "Five actions, two of them from 2025".into(),
        columns: vec![
            Column::new("Action").weight(4.0),
            Column::new("Who").weight(1.6),
            Column::new("By").weight(1.3),
            Column::new("State").weight(1.3),
        ],
        rows: vec![
            row(
                "Bring the number of women per practitioner back to eight: appoint to the vacant post, and until then take no new referrals in the north.",
                "Practice lead",
                "March 2027",
                "Open, core gap",
                Fill::Gap,
            ),
            row(
                "Agree with the council how long cover for absence may last.",
                "Board chair",
                "January 2027",
                "Open",
                Fill::Partial,
            ),
            row(
                "Write down how the flexible resource is requested and decided.",
                "Co-ordinator",
                "February 2027",
                "Open",
                Fill::Partial,
            ),
            row(
                "Hold reflective supervision every fortnight.",
                "Practice lead",
                "June 2026",
                "Done",
                Fill::Strong,
            ),
            row(
                "Visit https://example.org/a/very/long/address/that/has/no/spaces/and/does/not/fit/in/a/narrow/column/at/all.html",
                "Everybody",
                "July 2026",
                "Done",
                Fill::Strong,
            ),
        ],
        row_header: None,
    }
}

fn ratings() -> Table {
    let rows = (0..120)
        .map(|i| {
            let (own, review) = (1 + (i * 7) % 5, 1 + (i * 11 + 2) % 5);
            let words = match i % 4 {
                0 => "As last year.",
                1 => "Described in the induction folder; two partners confirm it.",
                2 => "Mae’r tîm yn cwrdd bob wythnos. Ŵyn, tŷ, ŷd: records of each meeting are kept, read by the board and shared with the national team.",
                _ => "–",
            };
            let words = if i == 57 { "A long answer that goes on and on, because somebody had much to say about it. ".repeat(45) } else { words.to_owned() };
            vec![
                Cell::text(format!("{}.{}", i / 20 + 1, i % 20 + 1)),
                Cell::text(own.to_string()).fill(Fill::level(own as u8)),
                Cell::text(review.to_string()).fill(Fill::level(review as u8)),
                Cell::text(review.to_string()).fill(Fill::level(review as u8)),
                Cell::text(words),
            ]
        })
        .collect();
    Table {
        caption: "Ratings and comments".into(),
        columns: vec![
            Column::new("Criterion").weight(1.0),
            Column::new("Self").weight(0.8).centred(),
            Column::new("Review").weight(0.8).centred(),
            Column::new("Agreed").weight(0.8).centred(),
            Column::new("What the Practice says").weight(5.0),
        ],
        rows,
        row_header: Some(0),
    }
}

fn scores() -> Vec<Score> {
    let values = [Some(4.3), Some(4.0), Some(2.6), Some(3.97), Some(3.2), None];
    ELEMENTS
        .iter()
        .zip(values)
        .map(|(label, value)| Score {
            label: (*label).into(),
            value,
            figure: String::new(),
            fill: match value {
                Some(v) if v >= 4.0 => Fill::Strong,
                Some(v) if v >= 3.0 => Fill::Partial,
                Some(_) => Fill::Low,
                None => Fill::Absent,
            },
            note: "not enough answered (6 of 9)".into(),
        })
        .collect()
}

fn pairs(seed: usize) -> Vec<Pair> {
    let labels = [
        "Work follows what each woman says she needs",
        "Practitioners know and use trauma-informed ways of working",
        "Relationships are held through difficult times",
        "Endings are planned, and Next Steps offered",
        "Partner agencies see women differently",
        "Reflection",
    ];
    labels
        .iter()
        .enumerate()
        .map(|(i, label)| Pair {
            label: (*label).into(),
            first: Some((1 + (i * 3 + seed) % 5) as f64),
            second: (i != 4).then_some((1 + (i * 2 + seed) % 5) as f64),
        })
        .collect()
}

fn series() -> Vec<Series> {
    ELEMENTS
        .iter()
        .enumerate()
        .map(|(i, name)| Series {
            name: (*name).into(),
            values: (0..5)
                .map(|y| (i != 3 || y != 2).then_some(2.2 + ((i * 3 + y * 2) % 7) as f64 * 0.25 + y as f64 * 0.2))
                .collect(),
        })
        .collect()
}

fn changes() -> Vec<Change> {
    let values = [Some(0.2), Some(0.0), Some(-1.2), Some(-0.1), Some(0.5), None];
    ELEMENTS
        .iter()
        .zip(values)
        .map(|(label, value)| Change {
            label: (*label).into(),
            value,
            note: "too few to compare".into(),
        })
        .collect()
}

fn spreads() -> Vec<Spread> {
    ELEMENTS
        .iter()
        .enumerate()
        .map(|(i, label)| Spread {
            label: (*label).into(),
            cycles: (0..3)
                .map(|c| {
                    let median = 2.8 + i as f64 * 0.2 + c as f64 * 0.15;
                    let half = 0.9 - c as f64 * 0.2;
                    (i != 5 || c != 0).then_some(Quartiles {
                        lower: median - half,
                        median,
                        upper: median + half * 0.8,
                    })
                })
                .collect(),
        })
        .collect()
}

/// Every chart at the width for screens, on a page as narrow as a telephone.
pub fn screen_charts() -> String {
    let width = charts::SCREEN;
    let scenes = [
        charts::score_bars(width, &scores()),
        charts::dumbbell(width, ["Practice’s own rating", "Review"], &pairs(0)),
        charts::lines(
            width,
            &["Launch 2022", "2023", "2024", "2025", "2026"],
            &series(),
            Range::Ratings,
        ),
        charts::diverging_bars(width, &changes()),
        charts::quartile_strip(width, &["2024", "2025", "2026"], &spreads()),
    ];
    let blocks: Vec<Block> = scenes.into_iter().map(|scene| figure("A chart", scene, "")).collect();
    report::html::standalone(&Document {
        title: "Charts".into(),
        blocks,
        ..Document::default()
    })
}
