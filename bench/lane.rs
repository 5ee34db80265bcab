//! What is measured: races, the runners in them, and figures with their unit.

/// What a figure is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Time,
    /// A number of times a second; more is better.
    Rate,
    /// MiB.
    Memory,
    /// Bytes.
    Bytes,
}

/// One thing measured in several rounds.
#[derive(Clone, Debug)]
pub struct Measure {
    /// What, in words that follow the runner's name; empty for the race's own figure.
    pub what: &'static str,
    /// What it is counted in.
    pub unit: Unit,
    /// What was measured, smallest first.
    rounds: Vec<f64>,
}

/// One runner's measurements.
#[derive(Clone, Debug, Default)]
pub struct Lane {
    /// Its name and version.
    pub name: String,
    /// What was measured.
    pub measures: Vec<Measure>,
    /// MiB at the peak of its process.
    pub memory: Option<f64>,
    /// What came out, in words.
    pub made: String,
}

/// One race. The first lane is ours.
#[derive(Clone, Debug)]
pub struct Race {
    /// What was to be done.
    pub title: String,
    /// The runners; all of them have the same measures.
    pub lanes: Vec<Lane>,
}

impl Measure {
    /// Nothing measured yet.
    pub fn new(what: &'static str, unit: Unit) -> Measure {
        Measure {
            what,
            unit,
            rounds: vec![],
        }
    }

    /// Takes a round in.
    pub fn push(&mut self, figure: f64) {
        self.rounds.push(figure);
        self.rounds.sort_unstable_by(f64::total_cmp);
    }

    /// Returns the one in the middle; of an even number the mean of two.
    pub fn median(&self) -> f64 {
        quantile(&self.rounds, 0.5)
    }

    /// Returns the smallest and the largest; nothing of a single one.
    pub fn range(&self) -> Option<(f64, f64)> {
        let [first, .., last] = self.rounds[..] else {
            return None;
        };
        Some((first, last))
    }
}

impl Lane {
    /// A runner that has not run yet.
    pub fn new(name: impl Into<String>, measures: impl Into<Vec<Measure>>) -> Lane {
        Lane {
            name: name.into(),
            measures: measures.into(),
            ..Lane::default()
        }
    }

    /// Takes in a round, one figure a measure.
    pub fn push(&mut self, figures: impl IntoIterator<Item = f64>) {
        for (measure, figure) in self.measures.iter_mut().zip(figures) {
            measure.push(figure);
        }
    }
}

/// Returns a quantile of sorted figures.
pub fn quantile(sorted: &[f64], p: f64) -> f64 {
    framework::network::quantile(sorted.len(), |place| sorted[place], p).unwrap_or(f64::NAN)
}
