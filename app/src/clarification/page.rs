//! All threads of an assessment: what waits for the reader first, then what waits for the other side, then the settled.

use super::thread;
use crate::{
    paths::AssessmentPath,
    ui::{
        form::{Error, Select, TextArea, error_of, error_summary, hidden},
        identify::Check,
        text::count,
    },
    web::Page,
};
use framework::{
    actor::PersonId,
    clarification::{Act, Side, State, admit, next},
    criteria::Criterion,
    ids::CriterionId,
    lifecycle::{Action, next as step},
};
use leptos::prelude::*;
use store::{Assessment, Clarification};

/// What somebody has typed, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// On which criterion.
    pub criterion: Option<CriterionId>,
    /// The text.
    pub text: String,
    /// What is wrong.
    pub errors: Vec<Error>,
    /// Words in it that seem to identify somebody.
    pub check: Check,
}

/// Somebody at an assessment's clarifications.
#[derive(Clone, Copy)]
pub struct Visit<'a> {
    /// Where.
    pub at: &'a AssessmentPath,
    /// The assessment.
    pub assessment: &'a Assessment,
    /// Who.
    pub person: Option<PersonId>,
    /// What has been typed.
    pub typed: &'a Typed,
}

impl Visit<'_> {
    /// May the person do this with a thread of this state?
    pub fn may(&self, state: Option<State>, act: Act) -> bool {
        let of = self.assessment;
        next(of.status, state, act, of.standing).is_ok() && admit(&of.reviewers, self.person, of.standing).is_ok()
    }

    /// May the person write into a thread of this state?
    pub fn may_speak(&self, state: Option<State>) -> bool {
        Act::ALL.into_iter().any(|act| act.speaks() && self.may(state, act))
    }

    fn state(&self, criterion: &CriterionId) -> Option<State> {
        let line = self
            .assessment
            .lines
            .get(self.assessment.framework.position(criterion)?)?;
        Some(line.clarification.as_ref()?.thread.state)
    }
}

type Found<'a> = (&'a Criterion, &'a Clarification);

/// The page.
pub fn page(visit: Visit) -> Page {
    let Visit {
        at, assessment, typed, ..
    } = visit;
    let own = Side::of(assessment.standing);
    let lines = assessment.framework.criteria.iter().zip(&assessment.lines);
    let threads: Vec<Found> = lines
        .filter_map(|(criterion, line)| Some((criterion, line.clarification.as_ref()?)))
        .collect();
    let waiting = |side: Option<Side>| {
        let theirs = threads
            .iter()
            .filter(|(_, found)| found.thread.state.waits_for() == side);
        theirs.copied().collect::<Vec<Found>>()
    };
    let sections = match own {
        Some(own) => {
            let other = if own == Side::Practice {
                Side::National
            } else {
                Side::Practice
            };
            vec![
                ("Waiting for you", waiting(Some(own))),
                (waits(other), waiting(Some(other))),
                ("Settled", waiting(None)),
            ]
        }
        None => vec![
            (waits(Side::Practice), waiting(Some(Side::Practice))),
            (waits(Side::National), waiting(Some(Side::National))),
            ("Settled", waiting(None)),
        ],
    };
    let sections = sections
        .into_iter()
        .map(|(title, found)| section(visit, title, &found))
        .collect_view();
    let intro = match (threads.is_empty(), own) {
        (true, Some(Side::National)) => "Nothing has been asked yet.",
        (true, _) => "National Pause has not asked anything.",
        (false, _) => {
            "What National Pause asks on a criterion, and what the Practice answers. Nothing here is a rating."
        }
    };
    let new: usize = threads.iter().map(|(_, found)| found.unread_count()).sum();
    let new = (new > 0).then(|| view! { <p class="govuk-body">{format!("{} since you were last here.", count(new, "new message", "new messages"))}</p> });
    Page::new(
        "Clarifications",
        view! {
            {error_summary(&typed.errors)}
            <span class="govuk-caption-l">{format!("{}, {}", assessment.practice.info.name, assessment.cycle)}</span>
            <h1 class="govuk-heading-l">"Clarifications"</h1>
            <p class="govuk-body">{intro}</p>
            {new}
            {unsent(visit)}
            {left_over(visit)}
            {sections}
            {ask_form(visit)}
        },
    )
    .with_back(at.tasks(), "Task list")
}

fn waits(side: Side) -> &'static str {
    match side {
        Side::Practice => "Waiting for the Practice",
        Side::National => "Waiting for National Pause",
    }
}

fn section(visit: Visit, title: &'static str, found: &[Found]) -> Option<impl IntoView + use<>> {
    let threads = found
        .iter()
        .map(|(criterion, clarification)| thread::thread(visit, criterion, clarification).into_any())
        .collect_view();
    (!found.is_empty()).then(|| {
        view! {
            <h2 class="govuk-heading-m">{format!("{title} ({})", found.len())}</h2>
            {threads}
        }
    })
}

/// The reviewer's questions that wait on the review sheet.
fn unsent(Visit { at, assessment, .. }: Visit) -> Option<impl IntoView + use<>> {
    step(assessment.status, Action::Return, assessment.standing).ok()?;
    let drafts = assessment.lines.iter().filter(|l| l.entry.asks()).count();
    let words = match drafts {
        0 => return None,
        1 => "A question waits on the review sheet. It is sent when you return the assessment.".to_owned(),
        n => format!("{n} questions wait on the review sheet. They are sent when you return the assessment."),
    };
    Some(
        view! { <div class="govuk-inset-text">{words} " " <a class="govuk-link" href=at.page("review")>"Review"</a></div> },
    )
}

/// A refused text that no form on the page can hold any more.
fn left_over(visit: Visit) -> Option<impl IntoView + use<>> {
    let criterion = visit.typed.criterion.as_ref()?;
    let held = visit.may_speak(visit.state(criterion));
    let text = visit.typed.text.clone();
    (!held && !text.is_empty()).then(|| {
        view! {
            <div class="govuk-inset-text">
                <p class="govuk-body">"Your text was not sent:"</p>
                <p class="govuk-body app-typed">{text}</p>
            </div>
        }
    })
}

/// For National Pause: a question on a criterion that has none yet.
fn ask_form(visit: Visit) -> Option<impl IntoView + use<>> {
    let Visit {
        at, assessment, typed, ..
    } = visit;
    if !visit.may(None, Act::Ask) {
        return None;
    }
    let framework = &assessment.framework;
    let free = |criterion: &&Criterion| visit.state(&criterion.id).is_none();
    let options = framework.elements.iter().flat_map(|element| {
        let criteria = framework.criteria_of(element).iter().filter(free);
        criteria.map(|c| (c.id.to_string(), format!("{}: {}", element.title, c.title)))
    });
    let options: Vec<(String, String)> = [(String::new(), "Choose a criterion".to_owned())]
        .into_iter()
        .chain(options)
        .collect();
    let chosen = typed.criterion.as_ref().map(ToString::to_string).unwrap_or_default();
    let here = options.iter().any(|(value, _)| *value == chosen);
    let (chosen, text) = if here {
        (chosen, typed.text.clone())
    } else {
        Default::default()
    };
    Some(view! {
        <section id="ask">
            <h2 class="govuk-heading-m">"Ask about a criterion"</h2>
            <p class="govuk-body">"The Practice reads it at once and can answer here. The assessment stays where it is."</p>
            <form method="post" action=at.page("clarifications") novalidate autocomplete="off">
                {hidden("act", Act::Ask.code())}
                <Select name="criterion" label="Criterion" options=options chosen=chosen error=error_of(&typed.errors, "criterion")/>
                {here.then(|| typed.check.notice())}
                <TextArea name="text" label="Your question" value=text error=error_of(&typed.errors, "text")/>
                <button type="submit" class="govuk-button">"Send the question"</button>
            </form>
        </section>
    })
}
