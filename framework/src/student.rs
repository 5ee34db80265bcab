//! Student's t, which 95 % intervals of few values come from.

use statrs::distribution::{Continuous, ContinuousCDF, StudentsT};

/// Newton's steps after the library's quantile, which is right to four digits; each doubles them.
const STEPS: usize = 3;

/// Returns the 97.5 % point of Student's t; half of a 95 % interval is that many standard errors. Infinite without a degree of
/// freedom.
pub(crate) fn t_975(freedom: f64) -> f64 {
    let Ok(t) = StudentsT::new(0.0, 1.0, freedom) else {
        return f64::INFINITY;
    };
    (0..STEPS).fold(t.inverse_cdf(0.975), |point, _| {
        point - (t.cdf(point) - 0.975) / t.pdf(point)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_points_are_those_of_the_tables() {
        for (freedom, point) in [
            (1.0, 12.706_205),
            (3.0, 3.182_446),
            (4.0, 2.776_445),
            (9.0, 2.262_157),
            (14.0, 2.144_787),
            (19.0, 2.093_024),
            (60.0, 2.000_298),
            (1e6, 1.959_966),
        ] {
            assert!((t_975(freedom) - point).abs() < 1e-6, "{freedom}: {}", t_975(freedom));
        }
        assert_eq!(t_975(0.0), f64::INFINITY);
    }
}
