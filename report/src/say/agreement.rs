//! How two sides agree, in a sentence.

use super::{count, lower_first, per_cent, two};
use framework::agreement::Agreement;

/// How self and review agree, in a sentence.
pub fn agreement(agreement: &Agreement) -> String {
    agree(agreement, "self and review", "the self-ratings are")
}

/// How two reviewers agree, before they saw each other's ratings, in a sentence; the first stands for “self” in the figures.
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
    let lean = match agreement.bias {
        Some(b) if b >= 0.005 => format!("{firsts} higher by {} on average", two(Some(b))),
        Some(b) if b <= -0.005 => format!("{firsts} lower by {} on average", two(Some(-b))),
        _ => "neither side rates higher on average".to_owned(),
    };
    let chance = match (agreement.ac2, interval(agreement)) {
        (Some(ac2), Some(interval)) => {
            format!(
                " Beyond chance, agreement (AC2) is {}, with a 95 % interval from {interval}.",
                two(Some(ac2)),
            )
        }
        _ => String::new(),
    };
    format!(
        "On {pairs}, {sides} agree exactly on {} and within one level on {}; {lean}.{chance}",
        per_cent(Some(exact)),
        per_cent(agreement.within_one),
    )
}

/// Did both sides give the same rating throughout? Then there is nothing from 1 to 1 to be called an interval.
fn is_full(agreement: &Agreement) -> bool {
    agreement.exact == Some(1.0)
}

/// AC2's 95 % interval, `0.87 to 0.98`: with a third decimal, or more, where fewer would name the same end twice; nothing
/// where agreement is full, or there is no figure.
pub fn interval(agreement: &Agreement) -> Option<String> {
    let (low, high) = agreement
        .ac2_low
        .zip(agreement.ac2_high)
        .filter(|_| !is_full(agreement))?;
    let ends = |decimals: usize| [low, high].map(|end| format!("{end:.decimals$}").replace('-', "−"));
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
        assert!(agreement(&most).contains(" interval from "), "{}", agreement(&most));
        let wide = interval(&figures(20, 5));
        assert!(wide.is_some_and(|wide| wide.len() == "0.12 to 0.34".len()));
        assert_eq!(interval(&figures(9, 0)), None);
    }
}
