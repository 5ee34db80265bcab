//! Words, times, texts and markdown as pages show them.

use framework::{day::words, local};
use leptos::prelude::*;
use time::{Date, OffsetDateTime};

pub use framework::local::clock;

/// Returns what somebody wrote, shown as it was typed.
pub fn prose(text: &str) -> AnyView {
    blocks(&report::prose::blocks(text))
}

/// Returns the framework's markdown as safe HTML: what is not plain markdown is shown as text.
pub fn markdown(source: &str) -> AnyView {
    blocks(&report::markdown::blocks(source, 4))
}

fn blocks(blocks: &[report::document::Block]) -> AnyView {
    let html = report::html::blocks(
        blocks,
        &report::html::Options {
            top_level: 1,
            ..Default::default()
        },
    );
    view! { <div class="app-prose" inner_html=html></div> }.into_any()
}

/// One line of markdown, such as an anchor, as safe HTML without a paragraph around it.
pub fn inline_markdown(source: &str) -> AnyView {
    let html = report::html::inlines(&report::markdown::inlines(source));
    view! { <span inner_html=html></span> }.into_any()
}

/// `22 November 2026`
pub fn day(at: OffsetDateTime) -> String {
    words(local::date(at))
}

/// `22 November 2026 at 14:02`
pub fn moment(at: OffsetDateTime) -> String {
    format!("{} at {}", day(at), local::clock(at))
}

/// Today, where people are.
pub fn today() -> Date {
    local::date(OffsetDateTime::now_utc())
}

/// Returns how long ago, in days of the calendar: `today`, `1 day`, `12 days`.
pub fn age(since: OffsetDateTime, now: OffsetDateTime) -> String {
    match (local::date(now) - local::date(since)).whole_days() {
        ..=0 => "today".to_owned(),
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    }
}

/// `1 answer`, `2 answers`
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn times_are_said_in_words() {
        let at = datetime!(2026-01-05 09:07 UTC);
        assert_eq!(moment(at), "5 January 2026 at 09:07");
        assert_eq!(moment(datetime!(2026-06-05 13:02 UTC)), "5 June 2026 at 14:02");
        assert_eq!(day(datetime!(2026-06-02 23:30 UTC)), "3 June 2026");
        assert_eq!(age(at, datetime!(2026-01-05 23:00 UTC)), "today");
        assert_eq!(
            age(datetime!(2026-06-02 22:30 UTC), datetime!(2026-06-02 23:30 UTC)),
            "1 day"
        );
        assert_eq!(age(at, datetime!(2026-01-06 09:07 UTC)), "1 day");
        assert_eq!(age(at, datetime!(2026-02-05 09:07 UTC)), "31 days");
    }
}
