//! How well self and review ratings agree (METHODS.md 5).

use crate::{network::FEWEST_FOR_AN_INTERVAL, rating::Rating, sheet::CriterionRatings, student::t_975};
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

/// Fewest pairs for a figure.
pub const FEWEST_PAIRS: u64 = 10;

/// Number of ordered levels, q; all are counted, used or not.
const Q: usize = 5;

/// Pairs of ratings counted by level: `counts[self][review]`, lowest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Table {
    counts: [[u32; Q]; Q],
}

/// The tables of several Practices, whose pairs do not depend on each other as those of one do.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    whole: Table,
    /// One a Practice; none is empty.
    each: Vec<Table>,
}

/// How well self and review agree.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct Agreement {
    /// Pairs.
    pub n: u64,
    /// Practices that they are of; nothing within one assessment.
    pub practices: Option<usize>,
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
    /// Its standard error, over 5 Practices or more.
    pub kappa_se: Option<f64>,
    /// Lower end of its 95 % interval, cut at −1.
    pub kappa_low: Option<f64>,
    /// Upper end of its 95 % interval, cut at 1.
    pub kappa_high: Option<f64>,
    /// AC2, −1 to 1.
    pub ac2: Option<f64>,
    /// Its standard error: within one assessment by Gwet's variance, over 5 Practices or more by leaving out one at a time.
    pub ac2_se: Option<f64>,
    /// Lower end of its 95 % interval, cut at −1.
    pub ac2_low: Option<f64>,
    /// Upper end of its 95 % interval, cut at 1.
    pub ac2_high: Option<f64>,
    /// Why there is no interval, in words.
    pub interval_why: Option<String>,
    /// Why there is no figure at all, in words.
    pub why: Option<String>,
}

/// A standard error with its 95 % interval, cut to −1 and 1.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Interval {
    se: f64,
    low: f64,
    high: f64,
}

impl Interval {
    fn new(figure: f64, se: f64, freedom: f64) -> Interval {
        let reach = t_975(freedom) * se;
        Interval {
            se,
            low: (figure - reach).max(-1.0),
            high: (figure + reach).min(1.0),
        }
    }
}

impl Table {
    /// Counts one pair.
    pub fn add(&mut self, own: Rating, review: Rating) {
        self.counts[own.index()][review.index()] += 1;
    }

    /// Counts a criterion that both sides rated; others are passed over.
    pub fn add_mark(&mut self, mark: &CriterionRatings) {
        if let (Some(own), Some(review), false) = (mark.self_rating, mark.review_rating, mark.not_applicable) {
            self.add(own, review);
        }
    }

    /// Returns the table of an assessment.
    pub fn of(marks: &[CriterionRatings]) -> Table {
        let mut table = Table::default();
        marks.iter().for_each(|mark| table.add_mark(mark));
        table
    }

    /// Returns the figures, of pairs within one assessment. Below [`FEWEST_PAIRS`] pairs there is none; kappa is missing too where both sides gave one and the same
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
        let interval = Interval::new(ac2, se, (n - 1) as f64);
        Agreement {
            n,
            practices: None,
            exact: Some(mean(|k, l| f64::from(u8::from(k == l)))),
            within_one: Some(mean(|k, l| f64::from(u8::from(k.abs_diff(l) <= 1)))),
            bias: Some(mean(|k, l| (k - l) as f64)),
            kappa,
            kappa_why: kappa.is_none().then(|| {
                "Both sides gave the same level to every criterion, so agreement beyond chance cannot be told."
                    .to_owned()
            }),
            kappa_se: None,
            kappa_low: None,
            kappa_high: None,
            ac2: Some(ac2),
            ac2_se: Some(interval.se),
            ac2_low: Some(interval.low),
            ac2_high: Some(interval.high),
            interval_why: None,
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
            .flat_map(|(k, row)| row.iter().enumerate().map(move |(l, count)| (k, l, u64::from(*count))))
    }

    fn is_empty(&self) -> bool {
        *self == Table::default()
    }

    fn join(&mut self, other: &Table) {
        let pairs = self
            .counts
            .as_flattened_mut()
            .iter_mut()
            .zip(other.counts.as_flattened());
        pairs.for_each(|(sum, count)| *sum += count);
    }

    /// Returns the table without the pairs of `one`, which it holds.
    fn without(&self, one: &Table) -> Table {
        let mut rest = *self;
        let pairs = rest.counts.as_flattened_mut().iter_mut().zip(one.counts.as_flattened());
        pairs.for_each(|(sum, count)| *sum -= count);
        rest
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

impl Tables {
    /// Takes in the pairs of one Practice.
    pub fn add(&mut self, table: Table) {
        self.whole.join(&table);
        self.each.extend((!table.is_empty()).then_some(table));
    }

    /// Does it hold a pair?
    pub fn is_empty(&self) -> bool {
        self.each.is_empty()
    }

    /// Returns the figures over all pairs. Pairs of one Practice depend on each other, so intervals come from leaving out one Practice
    /// at a time, and need [`FEWEST_FOR_AN_INTERVAL`] of them; with one alone it is the agreement within its assessment.
    pub fn agreement(&self) -> Agreement {
        let figures = self.whole.agreement();
        let m = self.each.len();
        let within = m == 1 && figures.why.is_none();
        let [ac2, kappa] = match m < FEWEST_FOR_AN_INTERVAL {
            true => [None; 2],
            false => self.left_out([figures.ac2, figures.kappa]),
        };
        let few = format!("An interval over several Practices needs {FEWEST_FOR_AN_INTERVAL}.");
        let own = Agreement {
            practices: Some(m),
            ..figures
        };
        match within {
            true => own,
            false => Agreement {
                kappa_se: kappa.map(|interval| interval.se),
                kappa_low: kappa.map(|interval| interval.low),
                kappa_high: kappa.map(|interval| interval.high),
                ac2_se: ac2.map(|interval| interval.se),
                ac2_low: ac2.map(|interval| interval.low),
                ac2_high: ac2.map(|interval| interval.high),
                interval_why: (own.why.is_none() && ac2.is_none()).then_some(few),
                ..own
            },
        }
    }

    /// Returns the intervals of AC2 and kappa by leaving out one Practice at a time: θ_(−j), s.e. = √[(m−1)/m · Σ(θ_(−j) − mean)²],
    /// t with m−1 degrees of freedom. None for a figure that some Practice cannot be left out of.
    fn left_out(&self, figures: [Option<f64>; 2]) -> [Option<Interval>; 2] {
        let m = self.each.len() as f64;
        let without = |one: &Table| {
            let rest = self.whole.without(one);
            let n = rest.cells().map(|(.., count)| count).sum::<u64>();
            [(n > 1).then(|| rest.ac2(n as f64).0), rest.kappa()]
        };
        let found: Vec<[Option<f64>; 2]> = self.each.par_iter().map(without).collect();
        let interval = |index: usize| {
            let figure = figures[index]?;
            let left: Vec<f64> = found.iter().map(|found| found[index]).collect::<Option<_>>()?;
            let mean = left.iter().sum::<f64>() / m;
            let squares: f64 = left.iter().map(|one| (one - mean).powi(2)).sum();
            Some(Interval::new(figure, ((m - 1.0) / m * squares).sqrt(), m - 1.0))
        };
        [interval(0), interval(1)]
    }
}

impl Agreement {
    fn none(n: u64) -> Agreement {
        let why = format!("Rated by both sides: {n} criteria; {FEWEST_PAIRS} are needed for a figure.");
        Agreement {
            n,
            practices: None,
            exact: None,
            within_one: None,
            bias: None,
            kappa: None,
            kappa_why: Some(why.clone()),
            kappa_se: None,
            kappa_low: None,
            kappa_high: None,
            ac2: None,
            ac2_se: None,
            ac2_low: None,
            ac2_high: None,
            interval_why: None,
            why: Some(why),
        }
    }
}

/// Quadratic weight of two levels: w_kl = 1 − (k−l)²/(q−1)².
fn weight(k: usize, l: usize) -> f64 {
    1.0 - (k.abs_diff(l).pow(2)) as f64 / ((Q - 1) * (Q - 1)) as f64
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
        let mark = CriterionRatings {
            self_rating: rated,
            review_rating: rated,
            ..CriterionRatings::default()
        };
        let aside = CriterionRatings {
            not_applicable: true,
            ..mark
        };
        let alone = CriterionRatings {
            review_rating: None,
            ..mark
        };
        assert_eq!(
            Table::of(&[mark, aside, alone, CriterionRatings::default()])
                .agreement()
                .n,
            1
        );
    }

    /// Four Practices, self and review.
    const FOUR: [(&[u8], &[u8]); 4] = [
        (&[5, 4, 4, 3, 5, 2], &[4, 4, 3, 3, 5, 2]),
        (&[4, 4, 3, 5, 4], &[3, 4, 2, 4, 4]),
        (&[2, 3, 4, 5, 4, 3], &[1, 3, 4, 4, 4, 3]),
        (&[3, 4, 2, 5], &[2, 4, 2, 3]),
    ];

    fn tables(practices: &[(&[u8], &[u8])]) -> Tables {
        let mut tables = Tables::default();
        practices
            .iter()
            .for_each(|(own, review)| tables.add(table(own, review)));
        tables
    }

    #[test]
    fn the_example_of_leaving_out_comes_out() {
        let tables = tables(&FOUR);
        let a = tables.agreement();
        assert_eq!((a.n, a.practices), (21, Some(4)));
        for (figure, expected) in [
            (a.exact, 0.57143),
            (a.within_one, 0.95238),
            (a.bias, 0.47619),
            (a.ac2, 0.89048),
            (a.kappa, 0.73248),
        ] {
            assert_near(figure, expected);
        }
        let left = [
            (0.87805, 0.68085),
            (0.88443, 0.75839),
            (0.87261, 0.68354),
            (0.92535, 0.79304),
        ];
        for (one, (ac2, kappa)) in tables.each.iter().zip(left) {
            let rest = tables.whole.without(one);
            let n: u64 = rest.cells().map(|(.., count)| count).sum();
            assert_near(Some(rest.ac2(n as f64).0), ac2);
            assert_near(rest.kappa(), kappa);
        }
        let [ac2, kappa] = tables.left_out([a.ac2, a.kappa]).map(Option::unwrap);
        for (figure, expected) in [
            (ac2.se, 0.03597),
            (ac2.low, 0.77600),
            (ac2.high, 1.0),
            (kappa.se, 0.08374),
            (kappa.low, 0.46599),
            (kappa.high, 0.99898),
        ] {
            assert_near(Some(figure), expected);
        }
    }

    #[test]
    fn intervals_over_practices_need_five_and_one_alone_has_its_own() {
        let four = tables(&FOUR).agreement();
        assert_eq!((four.ac2_se, four.kappa_low), (None, None));
        assert!(four.interval_why.is_some() && four.ac2.is_some() && four.why.is_none());
        let mut five = FOUR.to_vec();
        five.push((&[4, 3], &[4, 4]));
        let five = tables(&five).agreement();
        assert!(five.ac2_low < five.ac2 && five.kappa_low < five.kappa && five.interval_why.is_none());
        let sides: (&[u8], &[u8]) = (&[5, 4, 4, 3, 5, 2, 4, 4, 3, 5], &[4, 4, 3, 3, 5, 2, 3, 4, 2, 4]);
        let alone = tables(&[sides]).agreement();
        assert_eq!(
            (alone.practices, alone.ac2_se),
            (Some(1), table(sides.0, sides.1).agreement().ac2_se)
        );
        // where all agree throughout there is no kappa, whoever is left out
        let same: [(&[u8], &[u8]); 5] = [(&[4, 4, 4], &[4, 4, 4]); 5];
        let same = tables(&same).agreement();
        assert_eq!((same.kappa, same.kappa_se, same.ac2_low), (None, None, Some(1.0)));
        assert!(tables(&[(&[], &[])]).is_empty());
    }
}
