//! Funnel limits for proportions whose denominators differ between Practices (METHODS.md 7; Spiegelhalter 2005).

use crate::network::quantile;
use serde::Serialize;

/// Normal points of the 95 % and the 99.8 % limits.
const Z: [f64; 2] = [1.959_963_984_540_054, 3.090_232_306_167_813];

/// One Practice's proportion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Those counted; at most `of`.
    pub count: u32,
    /// Out of so many; above 0.
    pub of: u32,
}

/// All Practices' limits around one proportion.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Funnel {
    /// All counted ÷ all, θ.
    pub proportion: f64,
    /// Overdispersion, φ: mean of the squared winsorised z.
    pub phi: f64,
    /// Variance between Practices on the arcsine scale, τ².
    pub tau2: f64,
    /// One a part, in order.
    pub rows: Vec<Row>,
}

/// One Practice's place in the funnel.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Row {
    /// Its proportion, 0 to 1.
    pub proportion: f64,
    /// How many standard errors it is from θ, on the arcsine scale, before winsorising.
    pub z: f64,
    /// 95 % limits, 0 to 1.
    pub limits_95: [f64; 2],
    /// 99.8 % limits, 0 to 1.
    pub limits_998: [f64; 2],
}

/// Funnel limits with additive overdispersion: y = arcsin√(x/n), s = 1/(2√n), z = (y − arcsin√θ)/s, winsorised at its 10th
/// and 90th percentile (type 7); φ = Σz²/N; τ² = (Nφ − (N−1)) / (Σs⁻² − Σs⁻⁴/Σs⁻²), at least 0; limits
/// sin²(arcsin√θ ± z_c√(s² + τ²)). Nothing without parts, or where one has nothing to count or more than there is.
pub fn funnel(parts: &[Part]) -> Option<Funnel> {
    if parts.is_empty() || parts.iter().any(|p| p.of == 0 || p.count > p.of) {
        return None;
    }
    let n = parts.len();
    let total = |value: fn(&Part) -> u32| parts.iter().map(|p| f64::from(value(p))).sum::<f64>();
    let proportion = total(|p| p.count) / total(|p| p.of);
    let centre = proportion.sqrt().asin();
    let share = |p: &Part| f64::from(p.count) / f64::from(p.of);
    let variance = |p: &Part| 0.25 / f64::from(p.of);
    let z: Vec<f64> = (parts
        .iter()
        .map(|p| (share(p).sqrt().asin() - centre) / variance(p).sqrt()))
    .collect();
    let mut sorted = z.clone();
    sorted.sort_unstable_by(f64::total_cmp);
    let low = quantile(n, |place| sorted[place], 0.1)?;
    let high = quantile(n, |place| sorted[place], 0.9)?;
    let squares: f64 = z.iter().map(|z| z.clamp(low, high).powi(2)).sum();
    let weights: f64 = parts.iter().map(|p| 1.0 / variance(p)).sum();
    let weights_squared: f64 = parts.iter().map(|p| variance(p).powi(-2)).sum();
    let excess = squares - (n - 1) as f64;
    let tau2 = if n > 1 && excess > 0.0 {
        excess / (weights - weights_squared / weights)
    } else {
        0.0
    };
    let limits = |p: &Part, z: f64| {
        let reach = z * (variance(p) + tau2).sqrt();
        [centre - reach, centre + reach].map(|angle| angle.clamp(0.0, std::f64::consts::FRAC_PI_2).sin().powi(2))
    };
    let row = |(p, z): (&Part, &f64)| Row {
        proportion: share(p),
        z: *z,
        limits_95: limits(p, Z[0]),
        limits_998: limits(p, Z[1]),
    };
    Some(Funnel {
        proportion,
        phi: squares / n as f64,
        tau2,
        rows: parts.iter().zip(&z).map(row).collect(),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn parts(parts: &[(u32, u32)]) -> Vec<Part> {
        parts
            .iter()
            .map(|(count, of)| Part { count: *count, of: *of })
            .collect()
    }

    #[test]
    fn the_example_of_the_methods_comes_out() {
        let all = [
            (18, 24),
            (22, 24),
            (15, 22),
            (30, 34),
            (9, 20),
            (25, 26),
            (12, 18),
            (20, 30),
        ];
        let funnel = funnel(&parts(&all)).unwrap();
        let first = funnel.rows[0];
        for (figure, expected) in [
            (funnel.proportion, 0.76263),
            (funnel.phi, 2.45353),
            (funnel.tau2, 0.01832),
            (first.limits_95[0], 0.44434),
            (first.limits_95[1], 0.96913),
            (first.limits_998[0], 0.26258),
            (first.limits_998[1], 1.0),
        ] {
            assert!((figure - expected).abs() < 0.000_005, "{figure} is not {expected}");
        }
    }

    #[test]
    fn edges_give_limits_and_no_nan() {
        for all in [
            &[(0, 5)][..],
            &[(5, 5)],
            &[(0, 5), (0, 9)],
            &[(5, 5), (9, 9)],
            &[(0, 1), (1, 1)],
        ] {
            let funnel = funnel(&parts(all)).unwrap();
            assert!(funnel.tau2 >= 0.0 && funnel.phi.is_finite(), "{all:?}");
            for row in funnel.rows {
                let [low, high] = row.limits_95;
                assert!(
                    (0.0..=high).contains(&low) && high <= 1.0 && row.z.is_finite(),
                    "{all:?}"
                );
            }
        }
        for all in [&[][..], &[(0, 0)], &[(6, 5)]] {
            assert_eq!(funnel(&parts(all)), None, "{all:?}");
        }
    }
}
