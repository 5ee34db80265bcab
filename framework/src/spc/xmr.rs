//! XmR charts for monthly or quarterly measures, not for annual ratings (METHODS.md 6; NHS England, Making Data Count).

use serde::Serialize;

/// Points in a row on one side of the mean, or rising or falling, that are a signal.
const RUN: usize = 7;
/// Fewest points for limits that are more than a trial.
const SETTLED: usize = 12;

/// A measure over time, with its limits.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Xmr {
    /// Mean of the values, x̄.
    pub mean: f64,
    /// Mean absolute difference of successive values, MR̄.
    pub moving_range: f64,
    /// Lower and upper limit, x̄ ± 2.66·MR̄.
    pub limits: [f64; 2],
    /// Two thirds of the way to the limits.
    pub near_limits: [f64; 2],
    /// Fewer than 12 points: the limits are a trial.
    pub trial: bool,
    /// One a value, in order.
    pub signals: Vec<Signals>,
}

/// What a point is a sign of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Signals {
    /// Beyond a limit.
    pub outside: bool,
    /// One of 7 or more successive points on one side of the mean.
    pub one_side: bool,
    /// One of 7 or more successive points that all rise or all fall.
    pub trend: bool,
    /// Between near limit and limit, one of at least two such among 3 successive points on one side of the mean.
    pub two_of_three: bool,
}

/// Mean, limits and signals of a measure's values in order of time. No value is left out as an outlier. Nothing with fewer
/// than two values, of which no moving range can be told.
pub fn xmr(values: &[f64]) -> Option<Xmr> {
    if values.len() < 2 {
        return None;
    }
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let moving_range = values.windows(2).map(|w| (w[1] - w[0]).abs()).sum::<f64>() / (values.len() - 1) as f64;
    let reach = 2.66 * moving_range;
    let (limits, near) = ([mean - reach, mean + reach], reach * 2.0 / 3.0);
    let mut signals = vec![Signals::default(); values.len()];
    for (signal, value) in signals.iter_mut().zip(values) {
        signal.outside = (value - mean).abs() > reach;
    }
    let side = |value: &f64| sign(value - mean);
    for (start, window) in values.windows(RUN).enumerate() {
        let one_side = side(&window[0]) != 0 && window.iter().all(|v| side(v) == side(&window[0]));
        let way = sign(window[1] - window[0]);
        let trend = way != 0 && window.windows(2).all(|w| sign(w[1] - w[0]) == way);
        for signal in &mut signals[start..start + RUN] {
            signal.one_side |= one_side;
            signal.trend |= trend;
        }
    }
    let is_near = |value: &f64| {
        let distance = (value - mean).abs();
        distance > near && distance <= reach
    };
    for (start, window) in values.windows(3).enumerate() {
        let one_side = side(&window[0]) != 0 && window.iter().all(|v| side(v) == side(&window[0]));
        if one_side && window.iter().filter(|v| is_near(v)).count() >= 2 {
            for (signal, value) in signals[start..start + 3].iter_mut().zip(window) {
                signal.two_of_three |= is_near(value);
            }
        }
    }
    Some(Xmr {
        mean,
        moving_range,
        limits,
        near_limits: [mean - near, mean + near],
        trial: values.len() < SETTLED,
        signals,
    })
}

fn sign(difference: f64) -> i8 {
    i8::from(difference > 0.0) - i8::from(difference < 0.0)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn marked(chart: &Xmr, kind: fn(&Signals) -> bool) -> Vec<usize> {
        (1..)
            .zip(&chart.signals)
            .filter(|(_, s)| kind(s))
            .map(|(point, _)| point)
            .collect()
    }

    #[test]
    fn the_example_of_the_methods_comes_out() {
        let chart = xmr(&[
            7.1, 7.4, 6.9, 7.3, 7.0, 7.6, 7.2, 7.5, 8.1, 8.4, 8.3, 8.6, 8.8, 9.6, 8.7, 8.9,
        ])
        .unwrap();
        for (figure, expected) in [
            (chart.mean, 7.96250),
            (chart.moving_range, 0.41333),
            (chart.limits[0], 6.86303),
            (chart.limits[1], 9.06197),
        ] {
            assert!((figure - expected).abs() < 0.000_005, "{figure} is not {expected}");
        }
        assert_eq!(marked(&chart, |s| s.outside), [14]);
        assert_eq!(marked(&chart, |s| s.one_side), (1..=16).collect::<Vec<_>>());
        assert!(marked(&chart, |s| s.trend).is_empty() && !chart.trial);
        assert_eq!(marked(&chart, |s| s.two_of_three), [1, 3, 5, 7, 13, 15, 16]);
    }

    #[test]
    fn a_trend_is_seven_points_and_not_six() {
        let chart = xmr(&[5.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 3.0]).unwrap();
        assert_eq!(marked(&chart, |s| s.trend), [2, 3, 4, 5, 6, 7, 8]);
        assert!(chart.trial);
        let short = xmr(&[5.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 3.0]).unwrap();
        assert!(marked(&short, |s| s.trend).is_empty());
    }

    #[test]
    fn values_that_never_change_are_no_signal_and_fewer_than_two_no_chart() {
        let chart = xmr(&[3.0; 20]).unwrap();
        assert!(chart.signals.iter().all(|s| *s == Signals::default()));
        assert_eq!(chart.limits, [3.0, 3.0]);
        assert_eq!((xmr(&[]), xmr(&[3.0])), (None, None));
    }
}
