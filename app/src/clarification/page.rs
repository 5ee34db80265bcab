//! All threads of an assessment: what waits for the reader first, then what waits for the other side, then the settled.

use super::thread;
use crate::{
    islands::Marks,
    paths::AssessmentPath,
    ui::{
        form::{Error, Select, TextArea, error_of, error_summary},
        identify::Check,
        text::count,
    },
    web::{Fields, Page, fields::field_name, form_key::form_key},
};
use framework::{
    actor::PersonId,
    clarification::{Side, ThreadOperation, ThreadStatus, admit, next},
    criteria::Criterion,
    ids::CriterionId,
    lifecycle::{Operation, next as step},
};
use leptos::prelude::*;
use store::{Assessment, Clarification};

/// What somebody has typed on all criteria, and what is wrong with what they sent.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// The criterion that was sent, or is to be asked about.
    pub criterion: Option<CriterionId>,
    /// All fields of the page's form.
    pub fields: Fields,
    /// What is wrong.
    pub errors: Vec<Error>,
    /// Words in what was sent that seem to identify somebody.
    pub check: Check,
    /// Something was sent, and these fields were not.
    pub sent: bool,
}

/// The fields of a new question.
const ASK: [&str; 2] = ["criterion", "text"];

impl Typed {
    /// Returns what is left to send once the text of a field was.
    pub fn left(fields: &Fields, sent: &str) -> Typed {
        let asked = sent == ASK[1];
        let left = fields
            .iter()
            .filter(|(name, _)| *name != sent && !(asked && ASK.contains(name)));
        Typed {
            fields: left.map(|(name, text)| (name.to_owned(), text.to_owned())).collect(),
            sent: true,
            ..Typed::default()
        }
    }

    /// Returns whether there is any text.
    pub fn has_text(&self) -> bool {
        self.texts().next().is_some()
    }

    /// Returns the texts, each by its field's name.
    fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields
            .iter()
            .filter(|(name, text)| (*name == ASK[1] || name.ends_with(".text")) && !text.trim().is_empty())
    }

    /// Returns whether this criterion was sent.
    pub fn is_about(&self, criterion: &CriterionId) -> bool {
        self.criterion.as_ref() == Some(criterion)
    }

    /// Returns what was typed on a criterion that has a thread; a question that was refused too, once there is a thread.
    pub fn text(&self, criterion: &CriterionId) -> &str {
        let typed = self.fields.sent(&field_name(criterion, "text"));
        let asked = || self.is_about(criterion).then(|| self.fields.get(ASK[1]));
        typed.or_else(asked).unwrap_or_default()
    }
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
    pub fn may(&self, state: Option<ThreadStatus>, act: ThreadOperation) -> bool {
        let of = self.assessment;
        next(of.status, state, act, of.standing).is_ok() && admit(&of.reviewers, self.person, of.standing).is_ok()
    }

    /// May the person write into a thread of this state?
    pub fn may_speak(&self, state: Option<ThreadStatus>) -> bool {
        ThreadOperation::ALL
            .into_iter()
            .any(|act| act.speaks() && self.may(state, act))
    }

    fn state(&self, criterion: &CriterionId) -> Option<ThreadStatus> {
        let line = self
            .assessment
            .lines
            .get(self.assessment.framework.position(criterion)?)?;
        Some(line.clarification.as_ref()?.thread.state)
    }
}

type Found<'a> = (&'a Criterion, &'a Clarification);

/// Returns the page.
pub fn page(at: AssessmentPath, assessment: Assessment, person: Option<PersonId>, typed: Typed) -> Page {
    let (up, speaks) = (at.tasks(), Side::of(assessment.standing).is_some());
    let page = Page::built("Clarifications", move || {
        body(Visit {
            at: &at,
            assessment: &assessment,
            person,
            typed: &typed,
        })
    })
    .with_back(up, "Task list");
    // whoever speaks for nobody finds no form
    if speaks { page.with_islands() } else { page }
}

fn body(visit: Visit) -> AnyView {
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
    let sent = typed.sent.then(|| {
        view! {
            <div class="govuk-inset-text" role="status">
                <p class="govuk-body">"Sent. What you have written on other criteria is still below, not sent yet."</p>
            </div>
        }
    });
    // one form, so that a text on one criterion is not lost when another one is sent; the notice stands first, since its
    // hidden field says which button was pressed, and a button that is pressed later counts more
    view! {
        {error_summary(&typed.errors)}
        <span class="govuk-caption-l">{format!("{}, {}", assessment.practice.info.name, assessment.cycle)}</span>
        <h1 class="govuk-heading-l">"Clarifications"</h1>
        {sent}
        <p class="govuk-body">{intro}</p>
        {new}
        {unsent(visit)}
        {left_over(visit)}
        <form method="post" action=at.page("clarifications") novalidate autocomplete="off">
            {form_key()}
            {typed.check.notice()}
            {sections}
            {ask_form(visit)}
        </form>
    }
    .into_any()
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

/// Returns the reviewer's questions that wait on the review sheet.
fn unsent(Visit { at, assessment, .. }: Visit) -> Option<impl IntoView + use<>> {
    step(assessment.status, Operation::Return, assessment.standing).ok()?;
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

/// Texts that no field on the page can hold any more.
fn left_over(visit: Visit) -> Vec<impl IntoView + use<>> {
    let may_go_on = |criterion: &CriterionId| {
        let state = visit.state(criterion);
        state.is_some() && visit.may_speak(state)
    };
    let held = |name: &str| match name.strip_suffix(".text") {
        Some(criterion) => CriterionId::parse(criterion).is_ok_and(|criterion| may_go_on(&criterion)),
        None => visit.may(None, ThreadOperation::Ask) || visit.typed.criterion.as_ref().is_some_and(may_go_on),
    };
    let lost = visit.typed.texts().filter(|(name, _)| !held(name));
    lost.map(|(_, text)| {
        let text = text.to_owned();
        view! {
            <div class="govuk-inset-text">
                <p class="govuk-body">"Your text was not sent:"</p>
                <p class="govuk-body app-typed">{text}</p>
            </div>
        }
    })
    .collect()
}

/// For National Pause: a question on a criterion that has none yet.
fn ask_form(visit: Visit) -> Option<impl IntoView + use<>> {
    let Visit { assessment, typed, .. } = visit;
    if !visit.may(None, ThreadOperation::Ask) {
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
    let asked = CriterionId::parse(typed.fields.get(ASK[0])).ok();
    // refused, and somebody else has asked on that criterion: the text stands in their thread
    let elsewhere = asked
        .as_ref()
        .is_some_and(|asked| typed.is_about(asked) && visit.state(asked).is_some());
    let text = if elsewhere { "" } else { typed.fields.get(ASK[1]) }.to_owned();
    let error = error_of(&typed.errors, ASK[1]);
    let chosen = asked.as_ref().or(typed.criterion.as_ref());
    let chosen = chosen.map(ToString::to_string).unwrap_or_default();
    Some(view! {
        <section id="ask">
            <h2 class="govuk-heading-m">"Ask about a criterion"</h2>
            <p class="govuk-body">"The Practice reads it at once and can answer here. The assessment stays where it is."</p>
            <Select name=ASK[0] label="Criterion" options=options chosen=chosen error=error_of(&typed.errors, ASK[0])/>
            <Marks>
                <TextArea name=ASK[1] label="Your question" value=text error=error/>
            </Marks>
            <button type="submit" class="govuk-button" name="act" value=ThreadOperation::Ask.code()>"Send the question"</button>
        </section>
    })
}
