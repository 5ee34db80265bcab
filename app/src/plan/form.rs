//! The fields of an action: read, and shown with everything that was typed.

use crate::{
    ui::{
        form::{DayField, Error, TextArea, TextField, day_of, error_of},
        identify::Check,
        plan::today,
    },
    web::Fields,
};
use framework::{
    day::DayForm,
    plan::{Owner, PlannedAction},
    prose::Prose,
};
use leptos::prelude::*;

/// The free texts of an action, by name and label; the last one only where it changes.
const TEXTS: [(&str, &str); 4] = [
    ("what", "What will be done"),
    ("owner", "Who is responsible"),
    ("support", "Support you want from National Pause"),
    ("why", "Why it changes"),
];

/// The fields of an action as typed, and what is wrong with them.
#[derive(Clone, Debug, Default)]
pub struct ActionForm {
    what: String,
    owner: String,
    by: DayForm,
    support: String,
    /// What is wrong.
    pub errors: Vec<Error>,
    /// Words that seem to identify somebody.
    pub check: Check,
}

impl ActionForm {
    /// Returns the form that shows an action.
    pub fn of(planned: &PlannedAction) -> ActionForm {
        ActionForm {
            what: planned.what.to_string(),
            owner: planned.owner.to_string(),
            by: DayForm::of(Some(planned.by)),
            support: planned.support.as_ref().map(Prose::to_string).unwrap_or_default(),
            ..ActionForm::default()
        }
    }

    /// Returns the form that shows an action as somebody typed it, with the words they were asked about.
    pub fn typed(planned: &PlannedAction, check: &Check) -> ActionForm {
        ActionForm {
            check: check.clone(),
            ..ActionForm::of(planned)
        }
    }

    /// Reads a posted form; `stored` is what stands already. A day that is past is taken only where it stood before.
    ///
    /// # Errors
    /// The form with what is wrong.
    pub fn read(fields: &Fields, stored: Option<&PlannedAction>) -> Result<(PlannedAction, Check), Box<ActionForm>> {
        let stood = stored.map(|planned| planned.by);
        let stored: Vec<String> = (stored.iter())
            .flat_map(|planned| {
                [
                    Some(planned.what.to_string()),
                    Some(planned.owner.to_string()),
                    planned.support.as_ref().map(Prose::to_string),
                ]
            })
            .flatten()
            .collect();
        let stored: Vec<&str> = stored.iter().map(String::as_str).collect();
        let mut form = ActionForm {
            what: fields.get("what").to_owned(),
            owner: fields.get("owner").to_owned(),
            by: day_of(fields, "by"),
            support: fields.get("support").to_owned(),
            errors: vec![],
            check: Check::of(fields, &TEXTS, &stored),
        };
        let what = form.note("what", Prose::read(&form.what)).flatten();
        let owner = form.note("owner", Owner::read(&form.owner));
        let by = form.note("by", form.by.read()).flatten();
        if by.is_some_and(|by| by < today() && stood != Some(by)) {
            form.errors.push(Error::at("by", "The day must not be past."));
        }
        let support = form.note("support", Prose::read(&form.support)).flatten();
        let missing = |field: &str| error_of(&form.errors, field).is_none();
        let (no_what, no_by) = (what.is_none() && missing("what"), by.is_none() && missing("by"));
        if no_what {
            form.errors.insert(0, Error::at("what", "Say what will be done."));
        }
        if no_by {
            form.errors
                .push(Error::at("by", "Enter the day by which it will be done."));
        }
        form.errors.extend(form.check.errors());
        match (what, owner, by, form.errors.is_empty()) {
            (Some(what), Some(owner), Some(by), true) => Ok((
                PlannedAction {
                    what,
                    owner,
                    by,
                    support,
                },
                form.check,
            )),
            _ => Err(Box::new(form)),
        }
    }

    fn note<T>(&mut self, field: &str, read: Result<T, String>) -> Option<T> {
        read.map_err(|message| self.errors.push(Error::at(field, message))).ok()
    }

    /// Returns the fields.
    pub fn view(&self) -> impl IntoView + use<> {
        let error = |field| error_of(&self.errors, field);
        view! {
            {self.check.notice()}
            <TextArea name="what" label="What will be done" hint="One action, so that you can tell when it is done." rows=4
                value=self.what.clone() error=error("what")/>
            <TextField name="owner" label="Who is responsible" hint="A role, such as Practice lead, or a colleague’s name."
                value=self.owner.clone() error=error("owner")/>
            <DayField name="by" legend="By when" hint="For example, 27 3 2027" value=self.by.clone() error=error("by")/>
            <TextArea name="support" label="Support you want from National Pause (optional)" value=self.support.clone() error=error("support")/>
        }
    }
}
