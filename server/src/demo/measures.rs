//! Counted values that fit the levels.

use super::dice::Dice;

/// Lowest and highest value for each level, lowest level first, in whole steps.
type Ranges = [(u32, u32); 5];

#[rustfmt::skip]
const MEASURES: [(&str, Ranges); 15] = [
    ("adaptations-agreed-first", [(3, 5), (2, 2), (1, 1), (0, 0), (0, 0)]),
    ("caseload-ceiling",         [(13, 15), (11, 12), (10, 10), (9, 9), (6, 8)]),
    ("cover-in-time",            [(60, 120), (25, 45), (12, 20), (5, 10), (2, 7)]),
    ("data-returns",             [(0, 0), (25, 50), (67, 75), (92, 100), (100, 100)]),
    ("engagement-phase",         [(27, 34), (21, 26), (19, 20), (17, 18), (11, 16)]),
    ("leavers-within-threshold", [(50, 75), (34, 45), (22, 30), (8, 20), (0, 14)]),
    ("money-set-aside",          [(0, 100), (250, 600), (750, 1150), (1200, 1500), (1400, 2000)]),
    ("next-steps-range",         [(0, 1), (2, 3), (4, 4), (5, 5), (5, 5)]),
    ("planned-contact-offered",  [(25, 48), (52, 74), (75, 89), (90, 96), (94, 100)]),
    ("reflective-supervision",   [(20, 48), (52, 74), (75, 89), (90, 96), (93, 100)]),
    ("resource-decision-time",   [(25, 40), (12, 20), (6, 10), (3, 5), (1, 4)]),
    ("resource-offered-to-all",  [(20, 48), (52, 74), (75, 89), (90, 98), (100, 100)]),
    ("same-practitioner",        [(20, 38), (42, 59), (61, 79), (80, 89), (90, 98)]),
    ("support-steps-down",       [(0, 30), (34, 65), (67, 88), (90, 95), (95, 100)]),
    ("women-told-boundaries",    [(10, 30), (34, 65), (67, 88), (90, 96), (95, 100)]),
];

/// Returns a value that fits a level, 1 to 5; nothing for a measure that is not in the table.
pub(super) fn value(criterion: &str, level: u8, dice: &mut Dice) -> Option<f64> {
    let (_, ranges) = MEASURES.iter().find(|(id, _)| *id == criterion)?;
    let (low, high) = *ranges.get(usize::from(level).checked_sub(1)?)?;
    let steps = usize::try_from(high - low).unwrap_or_default() + 1;
    Some(f64::from(low) + dice.below(steps) as f64)
}
