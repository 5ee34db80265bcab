//! Threads of clarifications in short, for pages where they stand beside other things.

use super::text::{count, day};
use crate::paths::AssessmentPath;
use framework::{
    actor::Standing,
    clarification::{Message, Side, ThreadStatus},
    ids::CriterionId,
};
use leptos::prelude::*;
use store::{Clarification, Line};

/// How many characters of a message are shown in short.
const SHORT: usize = 280;

/// Returns a thread's state in words, with a colour that only repeats them.
pub fn state_tag(state: ThreadStatus) -> impl IntoView {
    let colour = match state {
        ThreadStatus::WaitsForPractice => "govuk-tag--yellow",
        ThreadStatus::WaitsForNational => "govuk-tag--purple",
        ThreadStatus::Answered => "govuk-tag--light-blue",
        ThreadStatus::Resolved => "govuk-tag--green",
        ThreadStatus::Carried => "govuk-tag--grey",
    };
    view! { <strong class=format!("govuk-tag {colour}")>{state.name()}</strong> }
}

/// Marks what the reader has not been shown yet.
pub fn new_tag(unread: usize) -> Option<impl IntoView> {
    let words = match unread {
        0 => return None,
        1 => "New".to_owned(),
        n => format!("{n} new"),
    };
    Some(view! { <strong class="govuk-tag govuk-tag--red app-thread__new">{words}</strong> })
}

/// `National Pause (Rita Field)`
pub fn speaker(message: &Message) -> String {
    format!("{} ({})", message.side.name(), message.who)
}

/// Returns the last question and answer on a criterion, with a link to all of it.
pub fn in_short(at: &AssessmentPath, criterion: &CriterionId, line: &Line) -> Option<impl IntoView + use<>> {
    let found = line.clarification.as_ref()?;
    let messages = &found.thread.messages;
    let from = messages.len().saturating_sub(2);
    let last = messages
        .iter()
        .skip(from)
        .map(|message| {
            view! {
                <div class="app-facts__row">
                    <dt>{message.side.name()}<span class="app-muted">{format!(", {}", day(message.at))}</span></dt>
                    <dd>{shortened(message.text.as_str())}</dd>
                </div>
            }
        })
        .collect_view();
    let earlier = (from > 0).then(|| format!(" ({})", count(from, "earlier message", "earlier messages")));
    Some(view! {
        <aside class="app-thread-short" aria-label="Clarification">
            <p class="govuk-body-s"><strong>"Clarification "</strong>{state_tag(found.thread.state)} " " {new_tag(found.unread_count())}</p>
            <dl class="app-facts">{last}</dl>
            <p class="govuk-body-s"><a class="govuk-link" href=at.clarification(criterion)>"Read all and go on"<span class="govuk-visually-hidden">{format!(" with the clarification on {criterion}")}</span></a>{earlier}</p>
        </aside>
    })
}

/// Returns the beginning of a text, cut between words.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHORT) {
        None => text.to_owned(),
        Some((end, _)) => {
            let start = text.get(..end).unwrap_or(text);
            let cut = start.rfind(char::is_whitespace).unwrap_or(end);
            format!("{} …", start.get(..cut).unwrap_or(start))
        }
    }
}

/// Returns what waits among some criteria, for somebody of this standing: `2 questions to answer, 1 new message`.
/// Nothing when nothing does.
pub fn waiting(lines: &[Line], standing: Standing) -> Option<String> {
    let own = Side::of(standing)?;
    let found = || lines.iter().filter_map(|line| line.clarification.as_ref());
    let waits = found()
        .filter(|found| found.thread.state.waits_for() == Some(own))
        .count();
    waiting_words(own, waits, found().map(Clarification::unread_count).sum())
}

/// The same of counts.
pub fn waiting_words(own: Side, waits: usize, unread: usize) -> Option<String> {
    let waits = (waits > 0).then(|| match own {
        Side::Practice => count(waits, "question to answer", "questions to answer"),
        Side::National => count(waits, "clarification waits for you", "clarifications wait for you"),
    });
    let unread = (unread > 0).then(|| count(unread, "new message", "new messages"));
    let parts: Vec<String> = [waits, unread].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_message_is_cut_between_words_and_a_short_one_is_not() {
        assert_eq!(shortened("How many?"), "How many?");
        let long = "ŵord ".repeat(100);
        let cut = shortened(&long);
        assert!(cut.ends_with("ŵord …") && cut.chars().count() <= SHORT + 2, "{cut}");
        assert!(shortened(&"x".repeat(400)).ends_with("x …"));
    }

    #[test]
    fn what_waits_is_said_for_the_side_that_reads() {
        assert_eq!(waiting_words(Side::Practice, 0, 0), None);
        assert_eq!(
            waiting_words(Side::Practice, 1, 0).as_deref(),
            Some("1 question to answer")
        );
        assert_eq!(
            waiting_words(Side::National, 2, 3).as_deref(),
            Some("2 clarifications wait for you, 3 new messages")
        );
    }
}
