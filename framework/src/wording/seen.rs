//! Who may read earlier wordings: whoever writes reads all of them; everybody else those that stood while they could read
//! the thing itself. So no draft is shown that its author had replaced before handing it over.

use super::{Kind, Wording};
use crate::{
    actor::Standing,
    lifecycle::{Status, may_read, may_read_review},
};
use std::collections::BTreeMap;
use time::OffsetDateTime;

/// A time in which something can be read; without an end it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// Its first moment.
    pub from: OffsetDateTime,
    /// The first moment after it.
    pub until: Option<OffsetDateTime>,
}

impl Period {
    /// All of time.
    pub const ALWAYS: Period = Period {
        from: OffsetDateTime::UNIX_EPOCH,
        until: None,
    };

    /// Returns what is left of it from a moment on; nothing where it ends before.
    pub fn after(self, moment: OffsetDateTime) -> Option<Period> {
        let lasts = self.until.is_none_or(|until| until > moment);
        lasts.then(|| Period {
            from: self.from.max(moment),
            ..self
        })
    }

    fn meets(&self, from: OffsetDateTime, until: Option<OffsetDateTime>) -> bool {
        let begins_in_time = self.until.is_none_or(|end| from < end);
        begins_in_time && until.is_none_or(|until| self.from < until)
    }
}

/// When somebody of this standing could read what is said in an assessment: always, whoever writes it; everybody else in
/// the states in which it can be read, and only as long as that is so now. `course` has its states, oldest first, each with
/// its first moment.
pub fn readable(kind: Kind, standing: Standing, course: &[(OffsetDateTime, Status)]) -> Vec<Period> {
    let answers = kind == Kind::Answer;
    let writes = match standing {
        Standing::Lead | Standing::Contributor => answers,
        Standing::Reviewer | Standing::Administrator => !answers,
        Standing::Reader | Standing::Observer | Standing::Stranger => false,
    };
    let reads = |status: Status| match answers {
        true => may_read(status, standing),
        false => may_read(status, standing) && may_read_review(status, standing),
    };
    match course.last() {
        Some((_, now)) if reads(*now) && writes => vec![Period::ALWAYS],
        Some((_, now)) if reads(*now) => {
            let ends = course.iter().skip(1).map(|(at, _)| Some(*at)).chain([None]);
            let states = course.iter().zip(ends).filter(|((_, status), _)| reads(*status));
            states.map(|((from, _), until)| Period { from: *from, until }).collect()
        }
        _ => vec![],
    }
}

/// Of wordings, oldest first, what stood in one of the periods, field by field. A wording of which nothing is left is left
/// out.
pub fn seen(wordings: &[Wording], periods: &[Period]) -> Vec<Wording> {
    if periods == [Period::ALWAYS] {
        return wordings.to_vec();
    }
    let mut followed: BTreeMap<&str, OffsetDateTime> = BTreeMap::new();
    let mut seen = vec![];
    for wording in wordings.iter().rev() {
        let mut kept = wording.clone();
        kept.fields.retain(|field, _| {
            let until = followed.get(field.as_str()).copied();
            periods.iter().any(|period| period.meets(wording.stamp.at, until))
        });
        for field in wording.fields.keys() {
            followed.insert(field, wording.stamp.at);
        }
        if !kept.fields.is_empty() {
            seen.push(kept);
        }
    }
    seen.reverse();
    seen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adaptation::Stamp;
    use time::Duration;

    fn at(hour: i64) -> OffsetDateTime {
        OffsetDateTime::UNIX_EPOCH + Duration::hours(hour)
    }

    fn wording(hour: i64, fields: &[&str]) -> Wording {
        Wording {
            id: None,
            revision: 1,
            stamp: Stamp {
                by: "Ann".to_owned(),
                at: at(hour),
            },
            person: None,
            fields: fields
                .iter()
                .map(|field| ((*field).to_owned(), format!("{field} {hour}")))
                .collect(),
        }
    }

    #[test]
    fn what_was_replaced_before_anybody_else_could_read_it_stays_with_its_author() {
        let all = [
            wording(1, &["rating", "comment"]),
            wording(2, &["comment"]),
            wording(4, &["comment"]),
            wording(6, &["comment"]),
        ];
        let period = |from, until: Option<i64>| Period {
            from: at(from),
            until: until.map(at),
        };
        let shown = |periods: &[Period]| -> Vec<String> {
            let seen = seen(&all, periods);
            seen.iter()
                .flat_map(|wording| wording.fields.values().cloned())
                .collect()
        };
        for (periods, expected) in [
            (
                vec![Period::ALWAYS],
                vec!["comment 1", "rating 1", "comment 2", "comment 4", "comment 6"],
            ),
            // handed over at 3, as it then stood, and all that came later
            (
                vec![period(3, None)],
                vec!["rating 1", "comment 2", "comment 4", "comment 6"],
            ),
            // readable from 3 to 4 and again from 7
            (
                vec![period(3, Some(4)), period(7, None)],
                vec!["rating 1", "comment 2", "comment 6"],
            ),
            (vec![period(7, None)], vec!["rating 1", "comment 6"]),
            // handed over in the second in which it was written
            (vec![period(2, Some(3))], vec!["rating 1", "comment 2"]),
            (vec![], vec![]),
        ] {
            assert_eq!(shown(&periods), expected, "{periods:?}");
        }
    }

    #[test]
    fn the_other_side_sees_what_was_handed_over() {
        use Status::{Draft, Finalised, InReview, Moderated, Returned, Submitted};
        let course = [
            Draft, Submitted, InReview, Returned, Submitted, InReview, Moderated, Finalised,
        ];
        let course: Vec<_> = course
            .into_iter()
            .zip(1..)
            .map(|(status, hour)| (at(hour), status))
            .collect();
        let hours = |kind, standing, states: usize| -> Vec<(i64, Option<i64>)> {
            let hour = |at: OffsetDateTime| at.unix_timestamp() / 3600;
            let periods = readable(kind, standing, &course[..states]);
            periods
                .iter()
                .map(|period| (hour(period.from), period.until.map(hour)))
                .collect()
        };
        let always = vec![(0, None)];
        for (kind, standing, states, expected) in [
            (Kind::Answer, Standing::Lead, 1, always.clone()),
            (Kind::Answer, Standing::Contributor, 8, always.clone()),
            (Kind::Answer, Standing::Reviewer, 1, vec![]),
            (Kind::Answer, Standing::Reviewer, 3, vec![(2, Some(3)), (3, None)]),
            (Kind::Answer, Standing::Reader, 7, vec![]),
            (Kind::Answer, Standing::Reader, 8, vec![(8, None)]),
            (Kind::Answer, Standing::Observer, 3, vec![]),
            (Kind::Answer, Standing::Stranger, 8, vec![]),
            (Kind::Review, Standing::Reviewer, 3, always.clone()),
            (Kind::Agreement, Standing::Administrator, 8, always.clone()),
            (Kind::Review, Standing::Lead, 3, vec![]),
            (Kind::Review, Standing::Lead, 4, vec![(4, None)]),
            // being reviewed again: what was returned before is not shown now either
            (Kind::Review, Standing::Lead, 6, vec![]),
            (
                Kind::Review,
                Standing::Lead,
                8,
                vec![(4, Some(5)), (7, Some(8)), (8, None)],
            ),
            (Kind::Reading, Standing::Observer, 8, vec![(8, None)]),
        ] {
            assert_eq!(
                hours(kind, standing, states),
                expected,
                "{kind:?} {standing:?} after {states} states"
            );
        }
    }
}
