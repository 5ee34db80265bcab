//! How wide the columns of a table are.

use crate::{
    document::{Inline, Table},
    text,
};

/// Space to the left and right of the words in a cell.
pub(super) const PAD_X: f32 = 5.0;

/// How wide the words of a table are, by column: the longest word and the longest line, in ems.
pub(super) struct Extents<'a> {
    table: &'a Table,
    columns: Vec<(f32, f32)>,
}

impl<'a> Extents<'a> {
    /// Measures the headings and the first `rows` rows.
    pub(super) fn of(table: &'a Table, rows: usize) -> Extents<'a> {
        let mut columns: Vec<(f32, f32)> = table
            .columns
            .iter()
            .map(|column| text::extent(&[Inline::text(&column.header)], true))
            .collect();
        for row in table.rows.iter().take(rows) {
            for (column, (extent, cell)) in columns.iter_mut().zip(row).enumerate() {
                let (word, line) = text::extent(&cell.content, table.row_header == Some(column));
                *extent = (extent.0.max(word), extent.1.max(line));
            }
        }
        Extents { table, columns }
    }

    /// At a size of type, for each column the least width (its longest word) and the width it wishes for.
    pub(super) fn at(&self, size: f32) -> (Vec<f32>, Vec<f32>) {
        // Beyond this a word is broken rather than given a column of its own.
        let longest = 150.0;
        let widths = self.columns.iter().map(|(word, line)| {
            let (word, line) = (word.max(1.0) * size, line.max(1.0) * size);
            // A column that leaves its width to its content wishes for a line, within reason.
            (word.min(longest) + 2.0 * PAD_X + 0.5, line.min(240.0) + 2.0 * PAD_X)
        });
        let (least, natural): (Vec<f32>, Vec<f32>) = widths.unzip();
        let wish: Vec<(f32, f32)> = natural
            .into_iter()
            .zip(self.table.columns.iter().map(|column| column.weight))
            .collect();
        (least, weigh(&wish))
    }
}

/// Natural widths, or the weights once any column has one (a column without counts as 1).
fn weigh(wishes: &[(f32, f32)]) -> Vec<f32> {
    let has_weight = |weight: f32| weight.is_finite() && weight > 0.0;
    let weighed = wishes.iter().any(|&(_, weight)| has_weight(weight));
    wishes
        .iter()
        .map(|&(natural, weight)| match (weighed, has_weight(weight)) {
            (false, _) => natural,
            (true, true) => weight.clamp(0.01, 1_000.0),
            (true, false) => 1.0,
        })
        .collect()
}

/// Shares `width` by wish, but gives every column its least; if even that is too much, shares by least.
pub(super) fn share(width: f32, least: &[f32], wish: &[f32]) -> Vec<f32> {
    let needed: f32 = least.iter().sum();
    if needed >= width {
        return least.iter().map(|least| least * width / needed).collect();
    }
    // Columns whose share is below their least get their least; the others share what is left.
    let mut fixed = vec![false; least.len()];
    loop {
        let taken: f32 = least.iter().zip(&fixed).filter(|(_, f)| **f).map(|(l, _)| l).sum();
        let wishes: f32 = wish.iter().zip(&fixed).filter(|(_, f)| !**f).map(|(w, _)| w).sum();
        let widths: Vec<f32> = least
            .iter()
            .zip(wish)
            .zip(&fixed)
            .map(|((least, wish), fixed)| {
                if *fixed {
                    *least
                } else {
                    (width - taken) * wish / wishes
                }
            })
            .collect();
        let mut short = false;
        for ((fixed, width), least) in fixed.iter_mut().zip(&widths).zip(least) {
            if !*fixed && width < least {
                *fixed = true;
                short = true;
            }
        }
        if !short {
            return widths;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::share;

    fn total(widths: &[f32]) -> f32 {
        widths.iter().sum()
    }

    #[test]
    fn every_column_gets_its_least_and_the_whole_width_is_used() {
        let widths = share(480.0, &[100.0, 20.0, 20.0], &[1.0, 1.0, 8.0]);
        assert!((total(&widths) - 480.0).abs() < 0.1);
        assert!(widths[0] >= 100.0 && widths[2] > widths[1]);
    }

    #[test]
    fn too_many_columns_share_what_there_is() {
        let widths = share(480.0, &[30.0; 40], &[1.0; 40]);
        assert!((total(&widths) - 480.0).abs() < 0.1);
        assert!(widths.iter().all(|w| w.is_finite() && *w > 0.0));
    }
}
