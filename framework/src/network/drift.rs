//! Network drift: how far the Practices moved between two cycles, each compared with itself (METHODS.md 4, Network drift).

use crate::{
    drift::{FEWEST_PAIRS, Tally},
    score::at_least,
    student::t_975,
};
use schemars::JsonSchema;
use serde::Serialize;

/// Fewest Practices for an interval.
pub const FEWEST_FOR_AN_INTERVAL: usize = 5;

/// The size from which network drift is called a rise or a fall.
const A_MOVE: f64 = 0.1;

/// What network drift is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, JsonSchema, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// From +0.10.
    Rose,
    /// Between −0.10 and +0.10.
    HeldSteady,
    /// From −0.10.
    Fell,
}

/// How far the network drifted between two cycles, over the Practices present in both, on the whole or on one element.
#[derive(Clone, Debug, Default, PartialEq, JsonSchema, Serialize)]
pub struct NetworkDrift {
    /// Practices present in both cycles with 3 pairs or more.
    pub practices: usize,
    /// Pairs of ratings, of all Practices present in both cycles.
    pub pairs: usize,
    /// Those of them that went up.
    pub gains: usize,
    /// Those that went down.
    pub slips: usize,
    /// Slips that are unplanned or not yet explained.
    pub unexplained: usize,
    /// Slips that moderation was never asked about; none between neighbouring cycles.
    pub not_asked: usize,
    /// Network drift: mean of the Practices' own net drift, each Practice equal, −4 to 4.
    pub net: Option<f64>,
    /// Its standard error, SD ÷ √n of the Practices; from 5 Practices.
    pub se: Option<f64>,
    /// Lower end of its 95 % interval, by Student's t.
    pub low: Option<f64>,
    /// Upper end of it.
    pub high: Option<f64>,
    /// What it is called.
    pub direction: Option<Direction>,
    /// Does the interval hold 0, so that it may be chance? Nothing without an interval.
    pub may_be_chance: Option<bool>,
    /// Why there is no figure, or no interval, in words.
    pub why: Option<String>,
}

/// What moved in one Practice, or in several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    /// The pairs of ratings, and what they moved.
    pub tally: Tally,
    /// Pairs that went up.
    pub gains: usize,
    /// Pairs that went down.
    pub slips: usize,
    /// Slips that are unplanned or not yet explained.
    pub unexplained: usize,
    /// Slips that moderation was never asked about.
    pub not_asked: usize,
}

/// Network drift while the Practices pass by: in one pass, and without keeping them.
#[derive(Clone, Copy, Debug, Default)]
pub struct NetworkDriftSum {
    pairs: usize,
    gains: usize,
    slips: usize,
    unexplained: usize,
    not_asked: usize,
    practices: usize,
    mean: f64,
    /// Σ (m − mean)², kept up to date by Welford's method.
    squares: f64,
}

impl Direction {
    /// Of a network drift.
    pub fn of(net: f64) -> Direction {
        if at_least(net, A_MOVE) {
            Direction::Rose
        } else if at_least(-net, A_MOVE) {
            Direction::Fell
        } else {
            Direction::HeldSteady
        }
    }

    /// Returns the words for people: ratings “rose”, “held steady” or “fell”.
    pub fn name(self) -> &'static str {
        match self {
            Direction::Rose => "rose",
            Direction::HeldSteady => "held steady",
            Direction::Fell => "fell",
        }
    }
}

impl NetworkDrift {
    /// No figure, and why.
    pub fn none(why: &str) -> NetworkDrift {
        NetworkDrift {
            why: Some(why.to_owned()),
            ..NetworkDrift::default()
        }
    }

    /// Slips that agreed adaptations explain.
    pub fn explained(&self) -> usize {
        self.slips.saturating_sub(self.unexplained + self.not_asked)
    }

    /// Returns the 95 % interval.
    pub fn interval(&self) -> Option<[f64; 2]> {
        self.low.zip(self.high).map(|(low, high)| [low, high])
    }
}

impl NetworkDriftSum {
    /// Takes in one Practice.
    pub fn add(&mut self, moves: &Moves) {
        self.pairs += moves.tally.pairs;
        self.gains += moves.gains;
        self.slips += moves.slips;
        self.unexplained += moves.unexplained;
        self.not_asked += moves.not_asked;
        let own = moves.tally.net().filter(|_| moves.tally.pairs >= FEWEST_PAIRS);
        if let Some(own) = own {
            self.practices += 1;
            let away = own - self.mean;
            self.mean += away / self.practices as f64;
            self.squares += away * (own - self.mean);
        }
    }

    /// Mean of the Practices' net drift m, each equal; s.e. = SD(m, n − 1) ÷ √n, and a 95 % interval by t with n − 1 degrees
    /// of freedom. (METHODS.md 4)
    pub fn drift(&self) -> NetworkDrift {
        let n = self.practices;
        let net = (n > 0).then_some(self.mean);
        let se = (n >= FEWEST_FOR_AN_INTERVAL).then(|| (self.squares / (n - 1) as f64 / n as f64).sqrt());
        let ends = se.map(|se| {
            let reach = t_975((n - 1) as f64) * se;
            [self.mean - reach, self.mean + reach]
        });
        NetworkDrift {
            practices: n,
            pairs: self.pairs,
            gains: self.gains,
            slips: self.slips,
            unexplained: self.unexplained,
            not_asked: self.not_asked,
            net,
            se,
            low: ends.map(|[low, _]| low),
            high: ends.map(|[_, high]| high),
            direction: net.map(Direction::of),
            may_be_chance: ends.map(|[low, high]| low <= 0.0 && high >= 0.0),
            why: self.why(),
        }
    }

    fn why(&self) -> Option<String> {
        match (self.practices, self.pairs) {
            (0, 0) => Some("No Practice has a comparable rating in both cycles.".to_owned()),
            (0, _) => Some(format!(
                "Too few to compare: no Practice has {FEWEST_PAIRS} ratings in both cycles."
            )),
            (n, _) if n < FEWEST_FOR_AN_INTERVAL => {
                Some(format!("An interval needs {FEWEST_FOR_AN_INTERVAL} Practices."))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn moves(pairs: &[i8]) -> Moves {
        let mut moves = Moves::default();
        for d in pairs {
            moves.tally.add(*d);
            moves.gains += usize::from(*d > 0);
            moves.slips += usize::from(*d < 0);
        }
        moves
    }

    fn drift(practices: &[&[i8]]) -> NetworkDrift {
        let mut sum = NetworkDriftSum::default();
        practices.iter().for_each(|pairs| sum.add(&moves(pairs)));
        sum.drift()
    }

    fn assert_near(figure: Option<f64>, expected: f64) {
        assert!(
            (figure.unwrap() - expected).abs() < 0.000_005,
            "{figure:?} is not {expected}"
        );
    }

    #[test]
    fn the_example_of_the_methods_comes_out() {
        let practices: [&[i8]; 5] = [
            &[0, 1, 0, -1, 0, 0, 1, 0],
            &[-1, -1, 0, 0, -2, 0, 0, 0],
            &[0, 0, 1, 1, 0, 0, 0, 1],
            &[0, -1, 0, 0, 0, 0],
            &[1, 0, 0, -1, 0, 0, 0, 0],
        ];
        for (pairs, net) in practices.iter().zip([0.125, -0.5, 0.375, -0.16667, 0.0]) {
            assert_near(moves(pairs).tally.net(), net);
        }
        let found = drift(&practices);
        assert_eq!((found.practices, found.pairs, found.gains, found.slips), (5, 38, 6, 6));
        assert_near(found.net, -0.03333);
        assert_near(found.se, 0.14637);
        assert_near(found.low, -0.43972);
        assert_near(found.high, 0.37305);
        assert_eq!(
            (found.direction, found.may_be_chance, found.why),
            (Some(Direction::HeldSteady), Some(true), None)
        );
    }

    #[test]
    fn who_has_too_few_pairs_is_counted_but_does_not_drift_and_few_practices_have_no_interval() {
        let found = drift(&[&[1, 1, 1], &[-4, -4]]);
        assert_eq!(
            (found.practices, found.pairs, found.slips, found.net),
            (1, 5, 2, Some(1.0))
        );
        assert_eq!((found.direction, found.interval()), (Some(Direction::Rose), None));
        assert!(found.why.unwrap().contains('5'));
        let none = drift(&[&[-1, -1]]);
        assert_eq!((none.practices, none.pairs, none.net), (0, 2, None));
        assert!(none.why.is_some());
        assert_eq!(
            drift(&[]).why.unwrap(),
            "No Practice has a comparable rating in both cycles."
        );
    }

    #[test]
    fn the_words_begin_at_a_tenth_and_chance_is_where_the_interval_holds_nothing() {
        for (net, direction) in [
            (0.1, Direction::Rose),
            (0.3 - 0.2, Direction::Rose),
            (0.0999, Direction::HeldSteady),
            (-0.0999, Direction::HeldSteady),
            (-0.1, Direction::Fell),
        ] {
            assert_eq!(Direction::of(net), direction, "{net}");
        }
        let one: &[i8] = &[1, 1, 1, 1];
        let all = drift(&[one; 5]);
        assert_eq!((all.interval(), all.may_be_chance), (Some([1.0, 1.0]), Some(false)));
    }
}
