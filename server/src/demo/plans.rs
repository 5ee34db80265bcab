//! The improvement plans: after each year the lead plans, closes what is done and leaves the rest to roll on; National
//! Pause gives support to some, and the leads say how much it helped. All through the store, as on the pages.

use super::{
    Refused,
    enact::cycle,
    people::{Cast, slug},
    practices::{MAIN, PRACTICES, Practice, REVIEWERS_OWN, Stand},
};
use framework::{
    actor::Actor,
    ids::PracticeSlug,
    plan::{About, ActionStatus, Helped, Owner, PlannedAction, Reply},
    prose::Prose,
};
use store::{ActionRow, Asked, Edited, NewSupport, Plan, Store};
use time::{Duration, OffsetDateTime};

/// How many criteria that ask get an action each year; one more gets a reason for none.
const PLANNED: usize = 2;

/// What leads plan: what, who, how many days it takes, and the support they want.
const ACTIONS: [(&str, &str, i64, Option<&str>); 8] = [
    (
        "Set out with the host what stands in the way, and agree a first step with a date.",
        "Practice lead",
        150,
        Some("An example of how another Practice put this to its host."),
    ),
    (
        "Make it a standing point of the team meeting for six months, and note what was decided.",
        "Practice co-ordinator",
        120,
        None,
    ),
    (
        "Write down how we do this now, try the change with two practitioners for one quarter, and look at it together.",
        "Deputy lead",
        200,
        Some("Somebody to come to the meeting where we look at it."),
    ),
    (
        "Take the figures to the Practice board each quarter, with one request that the board can decide.",
        "Practice lead",
        100,
        None,
    ),
    (
        "Pair each new practitioner with a colleague for their first three months, with time kept free for both.",
        "Practice lead",
        240,
        None,
    ),
    (
        "Ask the women’s group what they notice, and change one thing by what they say.",
        "Practice co-ordinator",
        130,
        None,
    ),
    (
        "Agree cover with the neighbouring Practice, in writing, for absences of more than two weeks.",
        "Deputy lead",
        170,
        Some("Help with an agreement between two hosts."),
    ),
    (
        "Review the files of one month together and keep a short list of what to do differently.",
        "Practitioner, on behalf of the team",
        90,
        None,
    ),
];

/// What is said when an action is closed.
const DONE: [&str; 3] = [
    "Done, and it has held for a quarter.",
    "Done later than planned; the team now does it without a reminder.",
    "Done. The board has seen the result and wants to hear again in a year.",
];
const DROPPED: &str = "The post it hung on was not filled. We look at it another way this year.";
const LATER: &str = "The host could not decide before its new year. The day is moved, the action stays.";

/// Why there is no action.
const NONE: [&str; 3] = [
    "The change is already under way under another action; a second one would only be the same work written twice.",
    "The commissioner decides on this in the spring. We plan when we know.",
    "It slipped in a month of sickness and is back where it was. We keep an eye on it in supervision.",
];

/// What National Pause did, and what the lead says to it.
const GIVEN: [(&str, Option<(Helped, &str)>); 4] = [
    (
        "A day with the team on supervision and on what to keep when time is short.",
        Some((Helped::AGreatDeal, "It gave us words for what we had felt all year.")),
    ),
    (
        "A call with the host’s head of service about the caseload.",
        Some((
            Helped::Well,
            "The host listened, and the ceiling is now in the agreement.",
        )),
    ),
    (
        "Templates for the quarterly board paper, and a first reading of ours.",
        Some((Helped::InPart, "Useful, though the form does not fit our board’s.")),
    ),
    ("A place in the learning forum for two practitioners.", None),
];

/// A Practice after a year: what its lead and National Pause write.
struct After<'a> {
    store: &'a Store,
    lead: &'a Actor,
    national: &'a Actor,
    slug: PracticeSlug,
    /// The Practice's place among all, which chooses among the sentences.
    index: usize,
    /// The day of writing.
    day: OffsetDateTime,
    /// The day of the demonstration.
    now: OffsetDateTime,
}

/// Brings all plans on after a year whose cycle was opened at a time.
pub(super) async fn plan(
    store: &Store,
    cast: &Cast,
    year: u16,
    opened: OffsetDateTime,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    for (index, practice) in PRACTICES.iter().enumerate() {
        if practice.first > year || (year == super::CYCLES[2].0 && !plannable(practice)) {
            continue;
        }
        let national = if practice.slug == REVIEWERS_OWN {
            "reviewer2@demo.example"
        } else {
            "reviewer@demo.example"
        };
        let steps = i64::try_from(index).unwrap_or_default();
        let after = After {
            store,
            lead: cast.get(&practice.lead_email())?,
            national: cast.get(national)?,
            slug: slug(practice.slug)?,
            index,
            // an import is there at once; else once the year is finalised
            day: opened + Duration::days(if year == super::CYCLES[0].0 { 5 } else { 58 + 2 * steps }),
            now,
        };
        after.enact(year, practice).await?;
    }
    Ok(())
}

/// May the lead read the review of the latest cycle?
fn plannable(practice: &Practice) -> bool {
    matches!(practice.stand, Stand::Returned | Stand::Moderated | Stand::Finalised)
}

impl After<'_> {
    async fn enact(&self, year: u16, practice: &Practice) -> Result<(), Refused> {
        let plan = self.store.improvement_plan(self.lead, &self.slug).await?;
        self.go_on(&plan, year).await?;
        if let Some(asked) = plan
            .asked
            .as_ref()
            .filter(|asked| cycle(year).is_ok_and(|cycle| cycle == asked.cycle))
        {
            self.ask(asked).await?;
        }
        // every third Practice has had none, although it wanted some
        if year == super::CYCLES[1].0 && (self.index % 3 != 2 || practice.slug == MAIN) {
            self.support(&plan).await?;
        }
        Ok(())
    }

    /// The oldest action stays open, some with a later day; of the others one is closed.
    async fn go_on(&self, plan: &Plan, year: u16) -> Result<(), Refused> {
        let open = plan
            .actions
            .iter()
            .filter(|row| row.action.course.state == ActionStatus::Open);
        let mut open: Vec<&ActionRow> = open.collect();
        open.sort_by_key(|row| (row.action.course.raised.clone(), row.action.id));
        let Some((oldest, others)) = open.split_first() else {
            return Ok(());
        };
        if self.index.is_multiple_of(2) && year == super::CYCLES[1].0 {
            let planned = PlannedAction {
                by: (self.now + Duration::days(45 + 3 * i64::try_from(self.index).unwrap_or_default())).date(),
                ..oldest.action.planned.clone()
            };
            let why = Some(prose(LATER)?);
            let id = oldest.action.id;
            done(
                self.store
                    .change_action(self.lead, &self.slug, id, oldest.revision, &planned, why, self.day)
                    .await?,
            )?;
        }
        if let Some(row) = others.first() {
            let (to, why) = match self.index % 5 {
                3 => (ActionStatus::Dropped, DROPPED),
                _ => (ActionStatus::Done, DONE[self.index % DONE.len()]),
            };
            let id = row.action.id;
            done(
                self.store
                    .move_action(self.lead, &self.slug, id, row.revision, to, prose(why)?, self.day)
                    .await?,
            )?;
        }
        Ok(())
    }

    /// Answers some of the criteria that ask.
    async fn ask(&self, asked: &Asked) -> Result<(), Refused> {
        let missing = asked.criteria.iter().filter(|asking| asking.reply == Reply::Missing);
        let mut criteria = missing.map(|asking| &asked.framework.criteria[asking.index].id);
        for (i, criterion) in criteria.by_ref().take(PLANNED).enumerate() {
            let (what, owner, days, support) = ACTIONS[(self.index * 3 + i * 5) % ACTIONS.len()];
            let planned = PlannedAction {
                what: prose(what)?,
                owner: Owner::read(owner).map_err(Refused::Bug)?,
                by: (self.day + Duration::days(days)).date(),
                support: support.map(prose).transpose()?,
            };
            let (store, cycle) = (self.store, &asked.cycle);
            store
                .raise_action(self.lead, &self.slug, cycle, criterion, &planned, self.day)
                .await?;
        }
        if let Some(criterion) = criteria.next() {
            let reason = prose(NONE[self.index % NONE.len()])?;
            let (store, cycle) = (self.store, &asked.cycle);
            done(
                store
                    .explain_no_action(self.lead, &self.slug, cycle, criterion, 0, &reason, self.day)
                    .await?,
            )?;
        }
        Ok(())
    }

    /// National Pause records what it gave, and the lead rates it.
    async fn support(&self, plan: &Plan) -> Result<(), Refused> {
        let action = plan
            .actions
            .iter()
            .find(|row| row.action.course.state == ActionStatus::Open);
        for (i, (what, rated)) in GIVEN.iter().enumerate().skip(self.index % 2) {
            let at = self.day + Duration::days(20 + 15 * i64::try_from(i).unwrap_or_default());
            let support = NewSupport {
                day: at.date(),
                what: prose(what)?,
                about: action
                    .filter(|_| i == 0)
                    .map_or(About::Whole, |row| About::Action(row.action.id)),
            };
            let id = self
                .store
                .record_support(self.national, &self.slug, &support, at)
                .await?;
            if let Some((helped, comment)) = rated {
                let comment = Some(prose(comment)?);
                done(
                    self.store
                        .rate_support(self.lead, &self.slug, id, 1, *helped, comment, at)
                        .await?,
                )?;
            }
        }
        Ok(())
    }
}

fn prose(text: &str) -> Result<Prose, Refused> {
    Prose::try_from(text.to_owned()).map_err(Refused::Bug)
}

/// Nobody else writes while the demonstration is filled.
fn done<T>(edited: Edited<T>) -> Result<(), Refused> {
    match edited {
        Edited::Saved => Ok(()),
        Edited::Conflict(_) => Err(Refused::Bug("a plan was not saved".to_owned())),
    }
}
