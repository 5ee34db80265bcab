//! Element and overall scores, by table.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use common::{Edition, library, marks};
use framework::score::{Band, scores};

#[test]
fn scores_coverage_and_the_core_floor_are_those_of_the_table() {
    let library = library(&[Edition {
        version: "2026.1",
        elements: &[
            ("a", &["a1 core", "a2", "a3", "a4 na", "a5"]),
            ("b", &["b1 na", "b2 na weight=3"]),
        ],
    }]);
    let framework = library.latest().unwrap();
    let (low, partial, strong) = (Some(Band::Low), Some(Band::Partial), Some(Band::Strong));
    for (ratings, elements, overall, band, gaps) in [
        ("44444 44", [Some(4.0), Some(4.0)], Some(4.0), strong, 0),
        // weight 3
        ("44444 51", [Some(4.0), Some(2.0)], Some(3.0), partial, 0),
        // the core floor: a mean of 4.5 and a gap
        ("25555 55", [Some(4.4), Some(5.0)], Some(4.7), partial, 1),
        ("15555 55", [Some(4.2), Some(5.0)], Some(4.6), partial, 1),
        // at 3 a core criterion is no gap, at 2 an adaptable one is none
        ("35555 55", [Some(4.6), Some(5.0)], Some(4.8), strong, 0),
        ("52555 55", [Some(4.4), Some(5.0)], Some(4.7), strong, 0),
        // a gap does not lift a low band
        ("11111 11", [Some(1.0), Some(1.0)], Some(1.0), low, 1),
        // 4 of 5 is 80 %, enough; 3 of 4 is not; 4 of 4 with one set aside is
        ("4444- 44", [Some(4.0), Some(4.0)], Some(4.0), strong, 0),
        ("444n- 44", [None, Some(4.0)], None, None, 0),
        ("444n4 44", [Some(4.0), Some(4.0)], Some(4.0), strong, 0),
        // an element that does not apply spoils nothing; one that is not answered does
        ("44444 nn", [Some(4.0), None], Some(4.0), strong, 0),
        ("44444 --", [Some(4.0), None], None, None, 0),
        ("2---- --", [None, None], None, None, 1),
        ("", [None, None], None, None, 0),
    ] {
        let scores = scores(framework, &marks(ratings));
        let given: Vec<_> = scores.elements.iter().map(|e| e.score).collect();
        assert_eq!(given, elements, "{ratings}");
        assert_eq!(
            (scores.overall.score, scores.overall.band),
            (overall, band),
            "{ratings}"
        );
        assert_eq!(scores.overall.core_gaps.len(), gaps, "{ratings}");
        // the gap is in the first element, which is not strong either; the second one may be
        let first = &scores.elements[0];
        assert_eq!(first.core_gaps.len(), gaps, "{ratings}");
        assert_eq!(
            first.is_capped_by_core_gap(),
            gaps > 0 && first.score >= Some(4.0),
            "{ratings}"
        );
        let strong = scores.elements.iter().map(|e| e.band == Some(Band::Strong));
        let by_score = scores.elements.iter().zip([gaps == 0, true]);
        assert!(
            strong.eq(by_score.map(|(e, free)| free && e.score >= Some(4.0))),
            "{ratings}"
        );
        assert_eq!(scores.overall.why.is_some(), overall.is_none(), "{ratings}");
        assert_eq!(
            scores.overall.is_capped_by_core_gap(),
            gaps > 0 && overall >= Some(4.0),
            "{ratings}"
        );
    }
    let some = scores(framework, &marks("444n- nn"));
    assert_eq!(
        some.elements[0].why.as_deref(),
        Some("Not enough answered: 3 of 4 criteria are rated, a score needs 80 %.")
    );
    assert_eq!(
        (some.elements[0].coverage, some.elements[1].coverage),
        (Some(0.75), None)
    );
    assert_eq!(
        scores(framework, &marks("nnnnn nn")).overall.why.as_deref(),
        Some("No criterion applies.")
    );
}
