//! Support that National Pause gave, in and out.

use super::{
    Record,
    cells::{Reading, row, stamped, text},
};
use crate::{
    adaptation::Stamp,
    assessment::FieldError,
    day::{instant, iso},
    ids::{ElementId, PracticeSlug},
    local,
    plan::{About, ActionId, Given, Helped, SupportId},
};
use uuid::Uuid;

/// One entry of support.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupportRecord {
    /// The Practice.
    pub practice: PracticeSlug,
    /// What was given, and how much it helped.
    pub given: Given,
    /// Who recorded it.
    pub recorded_by: String,
    /// Who said how much it helped, and when.
    pub rated: Option<Stamp>,
}

row! {
    /// An entry of support as files have it.
    SupportRow {
        /// The Practice's short name.
        practice,
        /// The day it was given.
        day,
        /// What was done.
        what,
        /// The key of the action that it was for, if it was for one.
        action,
        /// The id of the element that it was for, if it was for one.
        element,
        /// Who recorded it.
        recorded_by,
        /// When.
        recorded_at,
        /// How much it helped, 1 to 5.
        helped,
        /// Why.
        comment,
        /// Who said how much it helped.
        rated_by,
        /// When.
        rated_at,
        /// The key.
        key,
    }
}

impl Record for SupportRecord {
    type Row = SupportRow;
    const ONE: &'static str = "an entry of support";
    const MANY: &'static str = "support";

    fn practice(&self) -> &PracticeSlug {
        &self.practice
    }

    fn key(&self) -> Uuid {
        self.given.id.0
    }

    fn row(&self) -> SupportRow {
        let given = &self.given;
        let (action, element) = match &given.about {
            About::Whole => (String::new(), String::new()),
            About::Action(action) => (action.0.to_string(), String::new()),
            About::Element(element) => (String::new(), element.to_string()),
        };
        let (rated_by, rated_at) = stamped(self.rated.as_ref());
        SupportRow {
            practice: self.practice.to_string(),
            day: iso(given.day),
            what: given.what.to_string(),
            action,
            element,
            recorded_by: self.recorded_by.clone(),
            recorded_at: instant(given.recorded),
            helped: given
                .helped
                .map(|helped| helped.level().to_string())
                .unwrap_or_default(),
            comment: text(given.comment.as_ref()),
            rated_by,
            rated_at,
            key: given.id.0.to_string(),
        }
    }

    fn read(row: &SupportRow) -> Result<SupportRecord, Vec<FieldError>> {
        let mut reading = Reading::default();
        let practice = reading.practice(&row.practice);
        let key = reading.key(("key", &row.key));
        let day = reading.day(("day", &row.day));
        if row.day.is_empty() {
            reading.refuse("day", "Enter the day the support was given.");
        }
        let what = reading.text(("what", &row.what), "Say what was done.");
        let about = about(row, &mut reading);
        let recorded = reading.stamp(("recorded_by", &row.recorded_by), ("recorded_at", &row.recorded_at));
        if day
            .zip(recorded.as_ref())
            .is_some_and(|(day, recorded)| day > local::date(recorded.at))
        {
            reading.refuse("day", "The day comes after the one on which it was recorded.");
        }
        let helped = helped(row, &mut reading);
        let comment = reading.prose(("comment", &row.comment));
        let rated = reading.stamp_if_any(("rated_by", &row.rated_by), ("rated_at", &row.rated_at));
        if helped.is_none() {
            let others = [
                ("comment", row.comment.as_str()),
                ("rated_by", &row.rated_by),
                ("rated_at", &row.rated_at),
            ];
            reading.empty(
                &others,
                "It is not said how much it helped. Leave this empty, or add a level.",
            );
        } else if rated.is_none() {
            reading.refuse("rated_by", "Say who said how much it helped, and when.");
        }
        let record = (|| {
            let recorded = recorded?;
            Some(SupportRecord {
                practice: practice?,
                given: Given {
                    id: SupportId(key?),
                    day: day?,
                    what: what?,
                    about: about?,
                    recorded: recorded.at,
                    helped,
                    comment,
                },
                recorded_by: recorded.by,
                rated,
            })
        })();
        reading.end(record)
    }

    fn follows(&self, _: &SupportRecord) -> Result<(), String> {
        Err("This key is there twice. Every entry of support has its own.".to_owned())
    }
}

fn about(row: &SupportRow, reading: &mut Reading) -> Option<About> {
    match (row.action.as_str(), row.element.as_str()) {
        ("", "") => Some(About::Whole),
        (action, "") => reading.key(("action", action)).map(|key| About::Action(ActionId(key))),
        ("", element) => reading.name(("element", element), ElementId::parse).map(About::Element),
        _ => {
            reading.refuse(
                "element",
                "Support is for an action or for an element, not for both. Remove one.",
            );
            None
        }
    }
}

fn helped(row: &SupportRow, reading: &mut Reading) -> Option<Helped> {
    if row.helped.is_empty() {
        return None;
    }
    let level = row.helped.parse().ok().and_then(Helped::from_level);
    let sentence = || format!("“{}” is not a level. Write 1, 2, 3, 4 or 5, or nothing.", row.helped);
    reading.take("helped", level.ok_or_else(sentence))
}
