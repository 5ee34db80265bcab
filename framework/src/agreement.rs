//! How well self and review ratings agree (METHODS.md 5).

use crate::{rating::Rating, sheet::Mark};
use schemars::JsonSchema;
use serde::Serialize;

/// Fewest pairs for a figure.
pub const FEWEST_PAIRS: u64 = 10;

/// Number of ordered levels, q; all are counted, used or not.
const Q: usize = 5;

/// Pairs of ratings counted by level: `counts[self][review]`, lowest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Table {
    counts: [[u64; Q]; Q],
}

/// How well self and review agree.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct Agreement {
    /// Pairs.
    pub n: u64,
    /// Share of pairs with the same rating, 0 to 1.
    pub exact: Option<f64>,
    /// Share of pairs at most one level apart, 0 to 1.
    pub within_one: Option<f64>,
    /// Mean of self − review, −4 to 4; positive is optimistic.
    pub bias: Option<f64>,
    /// Quadratic-weighted kappa, −1 to 1.
    pub kappa: Option<f64>,
    /// Why there is no kappa, in words.
    pub kappa_why: Option<String>,
    /// AC2, −1 to 1.
    pub ac2: Option<f64>,
    /// Its standard error.
    pub ac2_se: Option<f64>,
    /// Lower end of its 95 % interval, cut at −1.
    pub ac2_low: Option<f64>,
    /// Upper end of its 95 % interval, cut at 1.
    pub ac2_high: Option<f64>,
    /// Why there is no figure at all, in words.
    pub why: Option<String>,
}

impl Table {
    /// Counts one pair.
    pub fn add(&mut self, own: Rating, review: Rating) {
        self.counts[own.index()][review.index()] += 1;
    }

    /// Counts a criterion that both sides rated; others are passed over.
    pub fn add_mark(&mut self, mark: &Mark) {
        if let (Some(own), Some(review), false) = (mark.self_rating, mark.review_rating, mark.not_applicable) {
            self.add(own, review);
        }
    }

    /// The table of an assessment.
    pub fn of(marks: &[Mark]) -> Table {
        let mut table = Table::default();
        marks.iter().for_each(|mark| table.add_mark(mark));
        table
    }

    /// The figures. Below [`FEWEST_PAIRS`] pairs there is none; kappa is missing too where both sides gave one and the same
    /// level throughout, because then nothing is left that chance does not explain (1 − p_e = 0).
    pub fn agreement(&self) -> Agreement {
        let n = self.cells().map(|(.., count)| count).sum();
        if n < FEWEST_PAIRS {
            return Agreement::none(n);
        }
        let mean = |value: fn(i64, i64) -> f64| {
            let sum = self
                .cells()
                .map(|(k, l, count)| value(k as i64, l as i64) * count as f64);
            sum.sum::<f64>() / n as f64
        };
        let kappa = self.kappa();
        let (ac2, se) = self.ac2(n as f64);
        let reach = t_975((n - 1) as f64) * se;
        Agreement {
            n,
            exact: Some(mean(|k, l| f64::from(u8::from(k == l)))),
            within_one: Some(mean(|k, l| f64::from(u8::from(k.abs_diff(l) <= 1)))),
            bias: Some(mean(|k, l| (k - l) as f64)),
            kappa,
            kappa_why: kappa.is_none().then(|| {
                "Both sides gave the same level to every criterion, so agreement beyond chance cannot be told."
                    .to_owned()
            }),
            ac2: Some(ac2),
            ac2_se: Some(se),
            ac2_low: Some((ac2 - reach).max(-1.0)),
            ac2_high: Some((ac2 + reach).min(1.0)),
            why: None,
        }
    }

    /// Quadratic-weighted kappa (Cohen 1968), (p_a − p_e)/(1 − p_e) with p_e = Σ w_kl p_k· p_·l, in its equal form
    /// 1 − n Σ (k−l)² n_kl ÷ Σ (k−l)² n_k· n_·l, whose denominator is a whole number and so exactly 0 when 1 − p_e is.
    fn kappa(&self) -> Option<f64> {
        let (own, review) = self.margins();
        let n: u64 = own.iter().sum();
        let distance = |k: usize, l: usize| (k.abs_diff(l) as u128).pow(2);
        let seen: u128 = self
            .cells()
            .map(|(k, l, count)| distance(k, l) * u128::from(count))
            .sum();
        let by_chance: u128 = (self.cells())
            .map(|(k, l, _)| distance(k, l) * u128::from(own[k]) * u128::from(review[l]))
            .sum();
        (by_chance > 0).then(|| 1.0 - (u128::from(n) * seen) as f64 / by_chance as f64)
    }

    /// AC2 and its standard error (Gwet 2014): p_e = [Σ w_kl / (q(q−1))] Σ π_k(1−π_k), π_k = (p_k· + p_·k)/2.
    ///
    /// Linearised variance: Σ (x_i − AC2)² / (n(n−1)) over the pairs, where
    /// x_i = (w_i − p_e)/(1−p_e) − 2(1−AC2)(p_e,i − p_e)/(1−p_e) and p_e,i = [Σ w_kl / (q(q−1))] · (1 − (π_k + π_l)/2)
    /// for the pair's levels k and l. (As in the R package irrCAC.) p_e is at most 0.75, so 1 − p_e is never 0.
    fn ac2(&self, n: f64) -> (f64, f64) {
        let (own, review) = self.margins();
        let pi: [f64; Q] = std::array::from_fn(|k| (own[k] + review[k]) as f64 / (2.0 * n));
        let weights = (0..Q * Q).map(|cell| weight(cell / Q, cell % Q)).sum::<f64>() / (Q * (Q - 1)) as f64;
        let chance = weights * pi.iter().map(|p| p * (1.0 - p)).sum::<f64>();
        let seen = self
            .cells()
            .map(|(k, l, count)| weight(k, l) * count as f64)
            .sum::<f64>()
            / n;
        let ac2 = (seen - chance) / (1.0 - chance);
        let squares = self.cells().map(|(k, l, count)| {
            let chance_here = weights * (1.0 - (pi[k] + pi[l]) / 2.0);
            let x = (weight(k, l) - chance - 2.0 * (1.0 - ac2) * (chance_here - chance)) / (1.0 - chance);
            (x - ac2).powi(2) * count as f64
        });
        (ac2, (squares.sum::<f64>() / (n * (n - 1.0))).sqrt())
    }

    fn cells(&self) -> impl Iterator<Item = (usize, usize, u64)> + '_ {
        (self.counts.iter().enumerate())
            .flat_map(|(k, row)| row.iter().enumerate().map(move |(l, count)| (k, l, *count)))
    }

    fn margins(&self) -> ([u64; Q], [u64; Q]) {
        let (mut own, mut review) = ([0; Q], [0; Q]);
        for (k, l, count) in self.cells() {
            own[k] += count;
            review[l] += count;
        }
        (own, review)
    }
}

impl Agreement {
    fn none(n: u64) -> Agreement {
        let why = format!("Rated by both sides: {n} criteria; {FEWEST_PAIRS} are needed for a figure.");
        Agreement {
            n,
            exact: None,
            within_one: None,
            bias: None,
            kappa: None,
            kappa_why: Some(why.clone()),
            ac2: None,
            ac2_se: None,
            ac2_low: None,
            ac2_high: None,
            why: Some(why),
        }
    }
}

/// Quadratic weight of two levels: w_kl = 1 − (k−l)²/(q−1)².
fn weight(k: usize, l: usize) -> f64 {
    1.0 - (k.abs_diff(l).pow(2)) as f64 / ((Q - 1) * (Q - 1)) as f64
}

/// The 97.5 % point of Student's t with 9 or more degrees of freedom, right to 0.00001: the normal point and five terms of
/// its expansion (Fisher and Cornish 1960; the first four also in Abramowitz and Stegun 1964, 26.7.5).
fn t_975(freedom: f64) -> f64 {
    let z = 1.959_963_984_540_054_f64;
    let odd = |coefficients: &[f64]| coefficients.iter().fold(0.0, |sum, c| sum * z * z + c) * z;
    let terms = [
        odd(&[1.0, 1.0]) / 4.0,
        odd(&[5.0, 16.0, 3.0]) / 96.0,
        odd(&[3.0, 19.0, 17.0, -15.0]) / 384.0,
        odd(&[79.0, 776.0, 1482.0, -1920.0, -945.0]) / 92_160.0,
        odd(&[27.0, 339.0, 930.0, -1782.0, -765.0, 17_955.0]) / 368_640.0,
    ];
    z + terms.iter().rev().fold(0.0, |sum, term| (sum + term) / freedom)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn table(own: &[u8], review: &[u8]) -> Table {
        let mut table = Table::default();
        for (own, review) in own.iter().zip(review) {
            table.add(Rating::new(*own).unwrap(), Rating::new(*review).unwrap());
        }
        table
    }

    fn assert_near(figure: Option<f64>, expected: f64) {
        assert!(
            (figure.unwrap() - expected).abs() < 0.000_005,
            "{figure:?} is not {expected}"
        );
    }

    #[test]
    fn the_example_of_the_methods_comes_out() {
        let a = table(
            &[5, 4, 4, 3, 5, 2, 4, 4, 3, 5, 4, 2, 3, 4, 5, 4, 3, 3, 4, 2],
            &[4, 4, 3, 3, 5, 2, 3, 4, 2, 4, 4, 1, 3, 4, 4, 4, 3, 2, 4, 2],
        )
        .agreement();
        assert_eq!((a.n, a.why, a.kappa_why), (20, None, None));
        assert_near(a.exact, 0.6);
        assert_near(a.within_one, 1.0);
        assert_near(a.bias, 0.4);
        assert_near(a.kappa, 0.80723);
        assert_near(a.ac2, 0.92523);
        assert_near(a.ac2_se, 0.02579);
        assert_near(a.ac2_low, 0.87125);
        assert_near(a.ac2_high, 0.97922);
    }

    #[test]
    fn below_ten_pairs_there_is_no_figure_and_a_reason() {
        for n in [0, 1, 9] {
            let a = table(&vec![4; n], &vec![3; n]).agreement();
            assert_eq!(a.n, n as u64);
            assert!(a.why.is_some() && a.kappa_why.is_some(), "{a:?}");
            assert!(
                [
                    a.exact,
                    a.within_one,
                    a.bias,
                    a.kappa,
                    a.ac2,
                    a.ac2_se,
                    a.ac2_low,
                    a.ac2_high
                ] == [None; 8]
            );
        }
        assert!(table(&[4; 10], &[3; 10]).agreement().why.is_none());
    }

    #[test]
    fn kappa_is_missing_where_both_sides_gave_one_level_and_nothing_else() {
        let same = table(&[4; 12], &[4; 12]).agreement();
        assert_eq!((same.kappa, same.exact, same.ac2), (None, Some(1.0), Some(1.0)));
        assert!(same.kappa_why.is_some());
        let apart = table(&[5; 12], &[1; 12]).agreement();
        assert_eq!((apart.kappa, apart.bias), (Some(0.0), Some(4.0)));
        assert!(apart.ac2.unwrap() < 0.0 && apart.kappa_why.is_none());
    }

    #[test]
    fn a_criterion_rated_by_one_side_or_set_aside_is_no_pair() {
        let rated = Rating::new(3);
        let mark = Mark {
            self_rating: rated,
            review_rating: rated,
            ..Mark::default()
        };
        let aside = Mark {
            not_applicable: true,
            ..mark
        };
        let alone = Mark {
            review_rating: None,
            ..mark
        };
        assert_eq!(Table::of(&[mark, aside, alone, Mark::default()]).agreement().n, 1);
    }

    #[test]
    fn the_points_of_students_t_are_those_of_the_tables() {
        for (freedom, point) in [
            (9.0, 2.262_157),
            (10.0, 2.228_139),
            (19.0, 2.093_024),
            (30.0, 2.042_272),
            (60.0, 2.000_298),
            (120.0, 1.979_930),
            (1e6, 1.959_966),
        ] {
            assert!((t_975(freedom) - point).abs() < 5e-6, "{freedom}: {}", t_975(freedom));
        }
    }
}
