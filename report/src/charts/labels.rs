//! Labels that fit, and places that do not collide.

use super::parts::{LABEL, LEADING};
use crate::text;

/// Labels at the left of rows: as wide as the longest, up to a share of the chart, in up to three lines.
pub(super) struct Labels {
    pub(super) width: f32,
    pub(super) lines: Vec<Vec<String>>,
}

impl Labels {
    pub(super) fn new<'a>(labels: impl Iterator<Item = &'a str>, most: f32) -> Self {
        let lines: Vec<Vec<String>> = labels
            .map(|label| text::wrap_plain(label, false, LABEL, most, 3))
            .collect();
        let width = lines
            .iter()
            .flatten()
            .map(|line| text::measure(line, false, LABEL))
            .fold(0.0, f32::max);
        Self { width, lines }
    }

    /// Returns the height of a row: room for its label, and no less than `least`.
    pub(super) fn row(&self, i: usize, least: f32) -> f32 {
        let lines = self.lines.get(i).map_or(1, Vec::len);
        (lines as f32 * LEADING + 8.0).max(least)
    }

    pub(super) fn get(&self, i: usize) -> &[String] {
        self.lines.get(i).map_or(&[], Vec::as_slice)
    }
}

/// Moves things apart that stand in a column, keeping their order, so that none overlaps:
/// `wanted` are middles, `heights` what each takes. They stay within `top` and `bottom` if they fit.
pub(super) fn dodge(wanted: &[f32], heights: &[f32], top: f32, bottom: f32) -> Vec<f32> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    let want = |i: usize| wanted.get(i).copied().unwrap_or(top);
    let half = |i: usize| heights.get(i).copied().unwrap_or(0.0) / 2.0;
    order.sort_by(|&a, &b| want(a).total_cmp(&want(b)));
    let mut placed = wanted.to_vec();
    let mut floor = top;
    for &i in &order {
        let middle = want(i).max(floor + half(i));
        floor = middle + half(i);
        if let Some(slot) = placed.get_mut(i) {
            *slot = middle;
        }
    }
    let mut ceiling = bottom.max(top + heights.iter().sum::<f32>());
    for &i in order.iter().rev() {
        if let Some(slot) = placed.get_mut(i) {
            *slot = slot.min(ceiling - half(i));
            ceiling = *slot - half(i);
        }
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_want_the_same_place_are_moved_apart() {
        let placed = dodge(&[50.0, 50.0, 50.0, 98.0], &[12.0; 4], 0.0, 100.0);
        let mut sorted = placed.clone();
        sorted.sort_by(f32::total_cmp);
        assert!(sorted.windows(2).all(|pair| pair[1] - pair[0] >= 11.99), "{placed:?}");
        assert!(sorted[0] >= 6.0 && sorted[3] <= 94.01);
    }

    #[test]
    fn more_labels_than_fit_go_on_below() {
        let placed = dodge(&[0.0; 20], &[12.0; 20], 0.0, 100.0);
        assert!((placed.iter().copied().fold(0.0, f32::max) - 234.0).abs() < 0.1);
    }
}
