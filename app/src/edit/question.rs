//! A field that two people changed: what each wrote, and which of it is kept.

use super::CriterionForm;
use crate::web::{Fields, fields::field_name};
use framework::{
    ids::CriterionId,
    wording::{Asked, Sayable, text_of},
};

/// A field that somebody else changed as well.
#[derive(Clone, Debug)]
pub struct Question {
    /// The field's name.
    pub field: &'static str,
    /// What the page calls it.
    pub label: &'static str,
    /// What the sender wrote.
    pub mine: String,
    /// What is stored.
    pub theirs: String,
    /// Who wrote that.
    pub by: String,
    /// Whether it was the sender, in another window.
    pub own: bool,
    /// Can both be kept, one after the other?
    pub both: bool,
}

/// What is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// What the sender wrote.
    Mine,
    /// What is stored.
    Theirs,
    /// Both, one after the other.
    Both,
    /// Not chosen yet.
    Open,
}

impl Choice {
    /// Returns the word in forms.
    pub fn code(self) -> &'static str {
        match self {
            Choice::Mine => "mine",
            Choice::Theirs => "theirs",
            Choice::Both => "both",
            Choice::Open => "",
        }
    }
}

/// Names the fields about which the page asks, separated by points.
pub const ASK: &str = "ask";
/// Who saved meanwhile; nobody for oneself.
pub const BY: &str = "by";

/// Returns the name of the choice for a field, after the criterion's.
pub fn settle_name(field: &str) -> String {
    format!("settle-{field}")
}

impl Question {
    /// Returns the question that the store asks.
    pub(super) fn of<T: Sayable>(part: &CriterionForm<T>, asked: &Asked) -> Question {
        let label = T::FIELDS.iter().find(|(name, _)| *name == asked.field);
        Question {
            field: asked.field,
            label: label.map_or("", |(_, label)| *label),
            mine: part.text(asked.field),
            theirs: asked.theirs.clone(),
            by: asked.by.clone(),
            own: asked.own,
            both: !T::CHOSEN.contains(&asked.field),
        }
    }

    /// `Comment: Ann changed it too. Choose what to keep.`
    pub fn sentence(&self) -> String {
        format!("{}: {} Choose what to keep.", self.label, self.who_changed())
    }

    /// Returns who changed it.
    pub fn who_changed(&self) -> String {
        match (self.own, self.by.as_str()) {
            (true, _) => "you changed it in another window.".to_owned(),
            (false, "") => "somebody else changed it too.".to_owned(),
            (false, by) => format!("{by} changed it too."),
        }
    }
}

/// Returns what was chosen for a field about which the page asked; `None` where it did not.
pub(super) fn settled<T: Sayable>(criterion: &CriterionId, field: &'static str, fields: &Fields) -> Option<Choice> {
    let asked = fields.of(criterion, ASK).split('.');
    let asked = asked
        .filter_map(known::<T>)
        .find(|asked| T::lead(asked) == T::lead(field))?;
    let chosen = fields
        .sent(&field_name(criterion, &settle_name(asked)))
        .unwrap_or_default();
    let all = [Choice::Mine, Choice::Theirs, Choice::Both];
    let choice = all
        .into_iter()
        .find(|choice| choice.code() == chosen)
        .unwrap_or(Choice::Open);
    Some(match choice {
        // only the text itself can be joined; what goes with it is the sender's
        Choice::Both if field != asked || T::CHOSEN.contains(&field) => Choice::Mine,
        choice => choice,
    })
}

/// Returns the questions that the page asked and nobody has answered.
pub(super) fn open<T: Sayable>(part: &CriterionForm<T>, fields: &Fields) -> Vec<Question> {
    let criterion = &part.criterion;
    let by = fields.of(criterion, BY);
    let open = fields.of(criterion, ASK).split('.').filter_map(known::<T>);
    let open = open.filter(|field| settled::<T>(criterion, field, fields) == Some(Choice::Open));
    let open = open.map(|field| {
        let asked = Asked {
            field,
            theirs: text_of::<T>(&part.stored, field),
            by: by.to_owned(),
            own: by.is_empty(),
        };
        Question::of(part, &asked)
    });
    open.filter(|question| question.mine != question.theirs).collect()
}

fn known<T: Sayable>(name: &str) -> Option<&'static str> {
    T::FIELDS.iter().map(|(field, _)| *field).find(|field| *field == name)
}
