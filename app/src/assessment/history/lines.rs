//! Events as people read them: runs of saves as one line, the fields that changed by the names they have on the pages.

use framework::{criteria::Framework, local};
use store::{Event, EventKind};

/// What a line is about, for the filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// From one state to another, and the beginning.
    Steps,
    /// What the Practice says.
    Answers,
    /// What reviewers and moderation say.
    Review,
    /// Questions and answers.
    Clarifications,
    /// Anything else.
    Other,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 5] = [
        Kind::Steps,
        Kind::Answers,
        Kind::Review,
        Kind::Clarifications,
        Kind::Other,
    ];

    /// Returns the word in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Steps => "steps",
            Kind::Answers => "answers",
            Kind::Review => "review",
            Kind::Clarifications => "clarifications",
            Kind::Other => "other",
        }
    }

    /// Returns the words for people.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Steps => "Steps of the assessment",
            Kind::Answers => "Answers",
            Kind::Review => "Review and moderation",
            Kind::Clarifications => "Clarifications",
            Kind::Other => "Everything else",
        }
    }
}

/// One line of the history: an event, or a run of saves by the same person on the same criterion.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// The event, the last one of a run.
    pub event: &'a Event,
    /// Which fields changed in all of the run.
    changed: Vec<&'a str>,
    /// Those of them in which nothing stood at its end.
    cleared: Vec<&'a str>,
}

/// Returns the lines, oldest first. Autosave writes an event each few words; of a run of saves only the last counts.
pub fn lines(events: &[Event]) -> Vec<Line<'_>> {
    let saves = |event: &Event| {
        matches!(
            event.kind,
            EventKind::Answered | EventKind::Reviewed | EventKind::Agreed
        )
    };
    let same = |a: &Event, b: &Event| {
        saves(a)
            && (a.kind, &a.who, &a.criterion, local::date(a.at)) == (b.kind, &b.who, &b.criterion, local::date(b.at))
    };
    let runs = events.chunk_by(same).filter_map(|run| {
        let (mut changed, mut cleared): (Vec<&str>, Vec<&str>) = (vec![], vec![]);
        for event in run {
            for field in &event.changed {
                cleared.retain(|other| other != field);
                if !changed.contains(&field.as_str()) {
                    changed.push(field);
                }
            }
            cleared.extend(event.cleared.iter().map(String::as_str));
        }
        Some(Line {
            event: run.last()?,
            changed,
            cleared,
        })
    });
    runs.collect()
}

impl Line<'_> {
    /// Returns what it is about.
    pub fn kind(&self) -> Kind {
        match self.event.kind {
            EventKind::Started
            | EventKind::Imported
            | EventKind::Moved
            | EventKind::Assigned
            | EventKind::AgreementStated
            | EventKind::DissentStated
            | EventKind::StatementWithdrawn
            | EventKind::Reopened => Kind::Steps,
            EventKind::Answered => Kind::Answers,
            EventKind::Reviewed | EventKind::Agreed => Kind::Review,
            EventKind::QuestionAsked
            | EventKind::QuestionAnswered
            | EventKind::AskedBack
            | EventKind::QuestionResolved
            | EventKind::QuestionCarried => Kind::Clarifications,
            _ => Kind::Other,
        }
    }

    /// `Answer saved: Caseload ceiling – rating, evidence`
    pub fn words(&self, framework: &Framework) -> String {
        let Event {
            kind,
            criterion,
            from,
            to,
            ..
        } = self.event;
        if let (EventKind::Moved, Some(from), Some(to)) = (kind, from, to) {
            return format!("{} → {}", from.name(), to.name());
        }
        let criterion = criterion.as_ref().map(|id| {
            let known = framework.criterion(id);
            known.map_or_else(|| id.to_string(), |c| c.title.clone())
        });
        let mut words = kind.name().to_owned();
        if let Some(criterion) = criterion {
            words = format!("{words}: {criterion}");
        }
        if !self.changed.is_empty() {
            let name = |field: &&str| match self.cleared.contains(field) {
                true => format!("{} cleared", field_name(field)),
                false => field_name(field).to_owned(),
            };
            let fields: Vec<String> = self.changed.iter().map(name).collect();
            words = format!("{words} – {}", fields.join(", "));
        }
        words
    }
}

/// Returns a field by the name it has on the pages.
fn field_name(field: &str) -> &str {
    match field {
        "response" => "rating",
        "measure" => "number",
        "question" => "question to the Practice",
        "class" => "what it is put down to",
        field => field,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use framework::{ids::CriterionId, library::Library, lifecycle::Status};
    use time::{Duration, OffsetDateTime, macros::datetime};

    const NINE: OffsetDateTime = datetime!(2026-03-02 09:00 UTC);

    fn event(kind: EventKind, who: &str, minutes: i64, changed: &[&str]) -> Event {
        let criterion = Library::embedded().latest().unwrap().criteria[0].id.clone();
        let on: Option<CriterionId> = (kind != EventKind::Moved).then_some(criterion);
        Event {
            at: NINE + Duration::minutes(minutes),
            who: who.to_owned(),
            kind,
            criterion: on,
            changed: changed.iter().map(|field| (*field).to_owned()).collect(),
            cleared: vec![],
            from: (kind == EventKind::Moved).then_some(Status::Draft),
            to: (kind == EventKind::Moved).then_some(Status::Submitted),
            note: None,
        }
    }

    #[test]
    fn a_run_of_saves_is_one_line_with_all_that_changed_and_questions_never_run_together() {
        let day = 24 * 60;
        let events = [
            event(EventKind::Answered, "Lena", 0, &["response"]),
            event(EventKind::Answered, "Lena", 1, &["evidence"]),
            event(EventKind::Answered, "Lena", 2, &["response", "measure"]),
            event(EventKind::Answered, "Carl", 3, &["comment"]),
            event(EventKind::Moved, "Lena", 4, &[]),
            event(EventKind::QuestionAsked, "Rita", 5, &[]),
            event(EventKind::QuestionAsked, "Rita", 6, &[]),
            event(EventKind::Reviewed, "Rita", 7, &["class", "question"]),
            event(EventKind::Reviewed, "Rita", day, &["rating"]),
        ];
        let mut events = events.to_vec();
        events[8].cleared = vec!["rating".to_owned()];
        let framework = Library::embedded().latest().unwrap();
        let title = &framework.criteria[0].title;
        let words: Vec<String> = lines(&events).iter().map(|line| line.words(framework)).collect();
        assert_eq!(
            words,
            [
                format!("Answer saved: {title} – rating, evidence, number"),
                format!("Answer saved: {title} – comment"),
                "Draft → Submitted".to_owned(),
                format!("Question asked: {title}"),
                format!("Question asked: {title}"),
                format!("Review saved: {title} – what it is put down to, question to the Practice"),
                format!("Review saved: {title} – rating cleared"),
            ]
        );
        assert!(
            Kind::ALL
                .into_iter()
                .take(4)
                .all(|kind| lines(&events).iter().any(|line| line.kind() == kind))
        );
    }
}
