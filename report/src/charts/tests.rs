//! Charts keep their words inside and apart, whatever numbers and labels they get.

use super::*;
use crate::{
    fonts::{Face, fonts},
    scene::{Scene, Shape},
};

const LABELS: [&str; 7] = [
    "A holistic, trauma-informed, relationships-based approach",
    "Skilled practitioners from a range of professional backgrounds and of many years of practice elsewhere",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
    "Small caseloads",
    "",
    "Staffing",
    "Flexibility and autonomy for Pause Practices",
];
const VALUES: [Option<f64>; 7] = [
    Some(4.0),
    Some(4.0),
    Some(3.99),
    Some(f64::NAN),
    None,
    Some(99.0),
    Some(f64::NEG_INFINITY),
];

/// Left, top, right, bottom of every text.
fn boxes(scene: &Scene) -> Vec<(String, [f32; 4])> {
    let texts = scene.shapes.iter().filter_map(|shape| match shape {
        Shape::Text {
            x,
            y,
            size,
            anchor,
            bold,
            text,
            ..
        } => {
            let width = fonts().width(Face::of(*bold, false), text) * size;
            let left = x - width * anchor.share();
            // Letters reach from about 0.7 above the line to 0.2 below it.
            Some((text.clone(), [left, y - size * 0.7, left + width, y + size * 0.2]))
        }
        _ => None,
    });
    texts.collect()
}

fn check(name: &str, scene: &Scene) {
    let boxes = boxes(scene);
    for (text, [left, top, right, bottom]) in &boxes {
        assert!(
            *left >= -0.5 && *right <= scene.width + 0.5,
            "{name}: {text} from {left} to {right}"
        );
        assert!(
            *top >= -0.5 && *bottom <= scene.height + 0.5,
            "{name}: {text} from {top} to {bottom}"
        );
    }
    for (i, (a, [l1, t1, r1, b1])) in boxes.iter().enumerate() {
        for (b, [l2, t2, r2, b2]) in boxes.iter().skip(i + 1) {
            let apart = r1 <= l2 || r2 <= l1 || b1 <= t2 || b2 <= t1;
            assert!(apart, "{name} at {}: {a} lies on {b}", scene.width);
        }
    }
    assert!(!scene.to_svg("t", "d").contains("NaN"));
}

fn pairs(shift: usize) -> Vec<Pair> {
    let second = VALUES.iter().cycle().skip(shift);
    let rows = LABELS.iter().zip(VALUES).zip(second);
    rows.map(|((label, first), second)| Pair {
        label: (*label).into(),
        first,
        second: *second,
    })
    .collect()
}

#[test]
fn words_stay_inside_and_do_not_lie_on_each_other() {
    let scores: Vec<Score> = LABELS
        .iter()
        .zip(VALUES)
        .map(|(label, value)| Score {
            label: (*label).into(),
            value,
            fill: Fill::Partial,
            note: "not enough answered (6 of 9 criteria)".into(),
            figure: String::new(),
        })
        .collect();
    let changes: Vec<Change> = LABELS
        .iter()
        .zip(VALUES)
        .map(|(label, value)| Change {
            label: (*label).into(),
            value,
            note: "too few to compare".into(),
        })
        .collect();
    let series: Vec<Series> = LABELS
        .iter()
        .map(|label| Series {
            name: (*label).into(),
            values: VALUES.to_vec(),
        })
        .collect();
    let quartiles = Quartiles {
        lower: 2.0,
        median: f64::NAN,
        upper: 9.0,
    };
    let spreads: Vec<Spread> = LABELS
        .iter()
        .map(|label| Spread {
            label: (*label).into(),
            cycles: vec![
                Some(Quartiles {
                    median: 3.0,
                    ..quartiles
                }),
                Some(quartiles),
                None,
            ],
        })
        .collect();
    let multiple = |(label, spread): (&&str, &Spread)| Multiple {
        label: (*label).into(),
        values: VALUES.to_vec(),
        behind: spread.cycles.iter().cycle().take(7).copied().collect(),
    };
    let small: Vec<Multiple> = LABELS.iter().zip(&spreads).map(multiple).collect();
    let periods = ["Launch 2019", "2020", "2021", "2022", "2023", "2024", "2025"];
    for width in [PAPER, SCREEN] {
        check("score_bars", &score_bars(width, &scores));
        check("diverging_bars", &diverging_bars(width, &changes));
        check(
            "quartile_strip",
            &quartile_strip(width, &["2024", "2025", "2026"], &spreads),
        );
        for periods in [&periods[..], &periods[..2], &periods[..1]] {
            check(
                "multiples",
                &multiples(width, ["This Practice", "Middle half"], periods, &small),
            );
        }
        let parts = [
            ("Agreed, consistent", Fill::Strong),
            ("Agreed, not consistent", Fill::Partial),
            ("Unplanned drift", Fill::Low),
            ("Not yet explained", Fill::Absent),
        ];
        for counts in [[1, 2, 3, 4], [0, 0, 0, 57], [1, 0, 120, 1]] {
            let stack = |(i, label): (usize, &&str)| Stack {
                label: (*label).to_owned(),
                counts: counts.map(|n| n * i).to_vec(),
            };
            let stacks: Vec<Stack> = LABELS.iter().enumerate().map(stack).collect();
            check("stacked_bars", &stacked_bars(width, &parts, &stacks));
        }
        check("lines", &lines(width, &periods, &series, Range::Ratings));
        check("lines fitted", &lines(width, &periods, &series, Range::Fitted));
        for shift in 0..3 {
            check(
                "dumbbell",
                &dumbbell(width, ["The Practice’s own rating", "Review"], &pairs(shift)),
            );
        }
    }
}

#[test]
fn nothing_to_draw_is_said_in_words() {
    for scene in [
        score_bars(PAPER, &[]),
        dumbbell(PAPER, ["a", "b"], &[]),
        diverging_bars(PAPER, &[]),
        stacked_bars(PAPER, &[("a", Fill::Low)], &[]),
        stacked_bars(PAPER, &[("a", Fill::Low)], &[Stack::default()]),
        quartile_strip(PAPER, &[], &[]),
        multiples(PAPER, ["a", "b"], &["2026"], &[]),
        multiples(PAPER, ["a", "b"], &[], &[Multiple::default()]),
        lines(PAPER, &[], &[], Range::Ratings),
        lines(PAPER, &["2026"], &[Series::default()], Range::Fitted),
    ] {
        assert_eq!(boxes(&scene).len(), 1);
    }
}

#[test]
fn one_period_one_value_and_equal_values_are_drawn() {
    let one = [Series {
        name: "One".into(),
        values: vec![Some(8.0), Some(8.0)],
    }];
    check("one", &lines(PAPER, &["2026"], &one, Range::Fitted));
    check("two", &lines(PAPER, &["2025", "2026"], &one, Range::Fitted));
    let same = [Pair {
        label: "Same".into(),
        first: Some(4.0),
        second: Some(4.0),
    }];
    check("same", &dumbbell(SCREEN, ["Self", "Review"], &same));
}
