//! One thread: its messages, and the form for whoever may go on with it.

use super::page::Visit;
use crate::{
    islands::Marks,
    paths,
    ui::{
        form::{TextArea, error_of, hidden},
        text::{moment, prose},
        thread::{new_tag, speaker, state_tag},
    },
    web::fields::field_name,
};
use framework::{
    clarification::{Side, ThreadOperation, ThreadStatus},
    criteria::Criterion,
    plan::{PlanOperation, may},
};
use leptos::prelude::*;
use store::Clarification;

/// Returns a thread with its messages, oldest first.
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
                    {prose(message.text.as_str())}
                </li>
            }
        })
        .collect_view();
    let title = format!("{}-title", criterion.id);
    let link = at.criterion(&criterion.element, &criterion.id);
    let plan = (thread.state == ThreadStatus::Carried && may(PlanOperation::Read, assessment.standing)).then(|| {
        view! { ". " <a class="govuk-link" href=paths::plan(&assessment.practice.info.slug)>"Improvement plan"</a> }
    });
    view! {
        <section class="app-criterion app-thread" id=criterion.id.to_string() aria-labelledby=title.clone()>
            <span class="govuk-caption-m">{element}</span>
            <h3 class="govuk-heading-s" id=title.clone()>{criterion.title.clone()}</h3>
            <p class="govuk-body">{state_tag(thread.state)} " " <a class="govuk-link" href=link>"The criterion and its answer"</a>{plan}</p>
            <ol class="app-thread__messages">{messages}</ol>
            {fields(visit, criterion, clarification)}
        </section>
    }
}

/// Returns the thread's part of the page's form.
fn fields(visit: Visit, criterion: &Criterion, clarification: &Clarification) -> Option<impl IntoView + use<>> {
    let Visit { assessment, typed, .. } = visit;
    let state = clarification.thread.state;
    if !visit.may_speak(Some(state)) {
        return None;
    }
    let name = field_name(&criterion.id, "text");
    let typed_here = typed.is_about(&criterion.id);
    let text = typed.text(&criterion.id).to_owned();
    // a text that was not sent keeps the revision it was written at: what came meanwhile is told when it is sent
    let revision = match typed.fields.has(&criterion.id) && !typed_here && !text.is_empty() {
        true => typed.fields.revision(&criterion.id),
        false => clarification.revision,
    };
    // a refusal of the form for new questions, on a criterion that has its thread by now, belongs here
    let error = error_of(&typed.errors, &name).or_else(|| error_of(&typed.errors, "text").filter(|_| typed_here));
    let label = match Side::of(assessment.standing) {
        Some(Side::Practice) => "Your answer",
        _ => "Your message to the Practice",
    };
    let buttons = ThreadOperation::ALL
        .into_iter()
        .filter(|act| visit.may(Some(state), *act))
        .enumerate()
        .map(|(place, act)| {
            let class = if place == 0 {
                "govuk-button"
            } else {
                "govuk-button govuk-button--secondary"
            };
            let value = format!("{}:{}", act.code(), criterion.id);
            view! { <button type="submit" class=class name="act" value=value>{words(act)}</button> }
        })
        .collect_view();
    // a settled thread is to read; its fields wait behind a line
    let open = state.is_open() || typed_here || !text.is_empty();
    let body = view! {
        {hidden(&field_name(&criterion.id, "revision"), &revision.to_string())}
        <Marks>
            <TextArea name=name label=label value=text error=error/>
        </Marks>
        <div class="govuk-button-group">{buttons}</div>
    }
    .into_any();
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

fn words(act: ThreadOperation) -> &'static str {
    match act {
        ThreadOperation::Ask => "Send",
        ThreadOperation::Answer => "Send answer",
        ThreadOperation::AskBack => "Ask a question",
        ThreadOperation::Resolve => "Mark as resolved",
        ThreadOperation::Carry => "Carry as an action",
    }
}
