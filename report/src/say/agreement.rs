//! How two sides agree, in a sentence.

use super::{count, lower_first, per_cent, signed, two};
use framework::{agreement::Agreement, shown::with_decimals};

/// Returns how self and review agree, in a sentence.
pub fn agreement(agreement: &Agreement) -> String {
    agree(agreement, "self and review", "the self-ratings are")
}

/// Returns how two reviewers agree, before they saw each other's ratings, in a sentence; the first stands for “self” in the figures.
pub fn reviewers(agreement: &Agreement, first: &str, second: &str) -> String {
    agree(
        agreement,
        &format!("{first} and {second}"),
        &format!("the ratings of {first} are"),
    )
}

fn agree(agreement: &Agreement, sides: &str, firsts: &str) -> String {
    let Some(exact) = agreement.exact else {
        let why = agreement.why.as_deref().unwrap_or("nothing was rated by both sides");
        return format!("No figure: {}.", lower_first(why.trim_end_matches('.')));
    };
    let pairs = count(agreement.n as usize, "pair of ratings", "pairs of ratings");
    if is_full(agreement) {
        return format!("On {pairs}, {sides} agree on every one: agreement is full.");
    }
    let bias = signed(agreement.bias);
    let size = two(agreement.bias.map(f64::abs));
    let lean = match bias.chars().next() {
        Some('+') => format!("{firsts} higher by {size} on average (bias {bias})"),
        Some('−') => format!("{firsts} lower by {size} on average (bias {bias})"),
        _ => "neither side rates higher on average".to_owned(),
    };
    format!(
        "On {pairs}, {sides} agree exactly on {} and within one level on {}; {lean}.{}",
        per_cent(Some(exact)),
        per_cent(agreement.within_one),
        beyond_chance(agreement),
    )
}

/// Kappa, AC2 and what AC2 is worth, as sentences with a space before them.
fn beyond_chance(agreement: &Agreement) -> String {
    let of = |name: &str, figure: Option<f64>, interval: Option<String>| {
        let interval = interval
            .map(|ends| format!(" (95 % interval {ends})"))
            .unwrap_or_default();
        figure.map(|figure| format!("{name} is {}{interval}", two(Some(figure))))
    };
    let kappa = of("kappa", agreement.kappa, kappa_interval(agreement));
    let ac2 = of("AC2", agreement.ac2, interval(agreement));
    let figures: Vec<String> = kappa.into_iter().chain(ac2).collect();
    let remark = match ac2_tells_little(agreement) {
        true => " As most pairs agree within one level, AC2 lies near 1 and tells little.",
        false => "",
    };
    match figures.is_empty() {
        true => String::new(),
        false => format!(" Beyond chance, {}.{remark}", figures.join(" and ")),
    }
}

/// Do so many pairs agree within one level that AC2 lies near 1, whatever the ratings?
pub fn ac2_tells_little(agreement: &Agreement) -> bool {
    agreement.within_one.is_some_and(|share| share >= MOST_WITHIN_ONE)
}

/// The share of pairs within one level from which on AC2 is said to tell little.
const MOST_WITHIN_ONE: f64 = 0.9;

/// Did both sides give the same rating throughout? Then there is nothing from 1 to 1 to be called an interval.
fn is_full(agreement: &Agreement) -> bool {
    agreement.exact == Some(1.0)
}

/// AC2's 95 % interval, `0.87 to 0.98`: with a third decimal, or more, where fewer would name the same end twice; nothing
/// where agreement is full, or there is no figure.
pub fn interval(agreement: &Agreement) -> Option<String> {
    between(
        agreement
            .ac2_low
            .zip(agreement.ac2_high)
            .filter(|_| !is_full(agreement))?,
    )
}

/// Kappa's 95 % interval over several Practices, in the same way.
pub fn kappa_interval(agreement: &Agreement) -> Option<String> {
    between(
        agreement
            .kappa_low
            .zip(agreement.kappa_high)
            .filter(|_| !is_full(agreement))?,
    )
}

fn between((low, high): (f64, f64)) -> Option<String> {
    let ends = |decimals: usize| [low, high].map(|end| with_decimals(end, decimals));
    let [low, high] = (2..=6).map(ends).find(|[low, high]| low != high)?;
    Some(format!("{low} to {high}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use framework::rating::Rating;

    /// n pairs of ratings, the last `apart` of them one level apart.
    fn figures(n: usize, apart: usize) -> Agreement {
        let mut table = framework::agreement::Table::default();
        for place in 0..n {
            let own = place % 5;
            let beside = if own == 4 { 3 } else { own + 1 };
            let review = if place < n - apart { own } else { beside };
            table.add(Rating::ALL[own], Rating::ALL[review]);
        }
        table.agreement()
    }

    #[test]
    fn an_interval_has_two_ends_or_is_not_given() {
        let full = figures(20, 0);
        assert_eq!(interval(&full), None);
        assert_eq!(
            agreement(&full),
            "On 20 pairs of ratings, self and review agree on every one: agreement is full."
        );
        let most = figures(2_000, 80);
        let narrow = interval(&most);
        let ends: Vec<&str> = narrow.as_deref().unwrap_or_default().split(" to ").collect();
        assert!(
            matches!(ends[..], [low, high] if low != high && low.len() == "0.123".len()),
            "{ends:?}"
        );
        assert!(
            agreement(&most).contains("AC2 is 0.99 (95 % interval "),
            "{}",
            agreement(&most)
        );
        let wide = interval(&figures(20, 5));
        assert!(wide.is_some_and(|wide| wide.len() == "0.12 to 0.34".len()));
        assert_eq!(interval(&figures(9, 0)), None);
    }
}
