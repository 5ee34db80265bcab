//! One thread: its messages, and the form for whoever may go on with it.

use super::page::Visit;
use crate::ui::{
    form::{TextArea, error_of, hidden},
    text::{markdown, moment},
    thread::{new_tag, speaker, state_tag},
};
use framework::{
    clarification::{Act, Side},
    criteria::Criterion,
};
use leptos::prelude::*;
use store::Clarification;

/// A thread with its messages, oldest first.
pub fn thread(visit: Visit, criterion: &Criterion, clarification: &Clarification) -> impl IntoView + use<> {
    let Visit { at, assessment, .. } = visit;
    let element = assessment.framework.element(&criterion.element);
    let element = element.map(|element| element.title.clone()).unwrap_or_default();
    let thread = &clarification.thread;
    let messages = thread.messages.iter().zip(&clarification.unread);
    let messages = messages
        .map(|(message, unread)| {
            let class = match message.side {
                Side::Practice => "app-thread__message app-thread__message--practice",
                Side::National => "app-thread__message app-thread__message--national",
            };
            view! {
                <li class=class>
                    <p class="govuk-body-s app-thread__who"><strong>{speaker(message)}</strong>{format!(", {}", moment(message.at))} {new_tag(usize::from(*unread))}</p>
                    {markdown(message.text.as_str())}
                </li>
            }
        })
        .collect_view();
    let title = format!("{}-title", criterion.id);
    let link = at.criterion(&criterion.element, &criterion.id);
    view! {
        <section class="app-criterion app-thread" id=criterion.id.to_string() aria-labelledby=title.clone()>
            <span class="govuk-caption-m">{element}</span>
            <h3 class="govuk-heading-s" id=title.clone()>{criterion.title.clone()}</h3>
            <p class="govuk-body">{state_tag(thread.state)} " " <a class="govuk-link" href=link>"The criterion and its answer"</a></p>
            <ol class="app-thread__messages">{messages}</ol>
            {form(visit, criterion, clarification)}
        </section>
    }
}

fn form(visit: Visit, criterion: &Criterion, clarification: &Clarification) -> Option<impl IntoView + use<>> {
    let Visit {
        at, assessment, typed, ..
    } = visit;
    let state = clarification.thread.state;
    if !visit.may_speak(Some(state)) {
        return None;
    }
    let name = format!("{}.text", criterion.id);
    let typed_here = typed.criterion.as_ref() == Some(&criterion.id);
    let text = if typed_here { typed.text.clone() } else { String::new() };
    // a refusal of the form for new questions, on a criterion that has its thread by now, belongs here
    let error = error_of(&typed.errors, &name).or_else(|| error_of(&typed.errors, "text").filter(|_| typed_here));
    let label = match Side::of(assessment.standing) {
        Some(Side::Practice) => "Your answer",
        _ => "Your message to the Practice",
    };
    let buttons = Act::ALL
        .into_iter()
        .filter(|act| visit.may(Some(state), *act))
        .enumerate()
        .map(|(place, act)| {
            let class = if place == 0 {
                "govuk-button"
            } else {
                "govuk-button govuk-button--secondary"
            };
            view! { <button type="submit" class=class name="act" value=act.code()>{words(act)}</button> }
        })
        .collect_view();
    let body = view! {
        <form method="post" action=at.page("clarifications") novalidate autocomplete="off">
            {hidden("criterion", criterion.id.as_str())}
            {hidden(&format!("{}.revision", criterion.id), &clarification.revision.to_string())}
            {typed_here.then(|| typed.check.notice())}
            <TextArea name=name label=label value=text error=error/>
            <div class="govuk-button-group">{buttons}</div>
        </form>
    }
    .into_any();
    // a settled thread is to read; its form waits behind a line
    let open = state.is_open() || typed_here;
    Some(if open {
        body
    } else {
        view! {
            <details class="govuk-details">
                <summary class="govuk-details__summary"><span class="govuk-details__summary-text">"Take this up again"</span></summary>
                <div class="govuk-details__text">{body}</div>
            </details>
        }
        .into_any()
    })
}

fn words(act: Act) -> &'static str {
    match act {
        Act::Ask => "Send",
        Act::Answer => "Send the answer",
        Act::AskBack => "Ask back",
        Act::Resolve => "Mark as resolved",
        Act::Carry => "Carry as an action",
    }
}
