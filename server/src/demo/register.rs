//! The registers of adaptations: what Practices do differently on purpose, proposed and decided through the store.

use super::{
    Refused,
    people::{Cast, slug},
    practices::{DRIFTED, MAIN, PRACTICES},
    story, years,
};
use framework::{
    actor::Actor,
    adaptation::{AdaptationId, Core, Level, Proposal, Reason, Ruling, Timing},
    assessment::AdaptationClass,
    ids::{CriterionId, PracticeSlug},
    prose::Prose,
};
use store::{Step, Store};
use time::{Duration, OffsetDateTime};

/// Something done differently on purpose in the Practices whose story it is.
pub(super) struct Adaptation {
    pub(super) criterion: &'static str,
    /// The first year of it.
    pub(super) since: u16,
    pub(super) class: AdaptationClass,
    /// For how many days it was agreed.
    lasts: Option<i64>,
    title: &'static str,
    /// What the Practice says of it.
    pub(super) text: &'static str,
    why: (Reason, &'static str),
    level: Level,
    core: (Core, &'static str),
}

/// What Practices that adapt do differently; each does some of it.
pub(super) const ADAPTATIONS: [Adaptation; 8] = [
    Adaptation {
        criterion: "meeting-place",
        since: 2025,
        class: AdaptationClass::Consistent,
        lasts: None,
        title: "Meetings above the library on two days",
        text: "On two days a week meetings are offered in a room above the library only, because buses out to the villages \
               stopped. Agreed with National Pause in writing before it began; women still choose on the other days. \
               Planned, decided with the Practice board, looked at again every six months.",
        why: (Reason::Place, "The bus company ended three lines."),
        level: Level::Team,
        core: (Core::Keeps, "Women still choose the place on three days of five."),
    },
    Adaptation {
        criterion: "same-practitioner",
        since: 2025,
        class: AdaptationClass::Consistent,
        lasts: Some(730),
        title: "Each woman works with a pair",
        text: "Each woman works with a pair of practitioners, since one post serves a very wide area and roads close in winter. \
               Agreed for two years. Both are introduced at the start, so the relationship is kept.",
        why: (
            Reason::Place,
            "In two winters women waited for weeks when one road was closed.",
        ),
        level: Level::Team,
        core: (
            Core::Keeps,
            "Both are there from the first meeting, so nobody is handed over.",
        ),
    },
    Adaptation {
        criterion: "resource-decision-time",
        since: 2026,
        class: AdaptationClass::NotConsistent,
        lasts: Some(200),
        title: "The host signs each request for money",
        text: "The host's finance team now signs every request, which takes longer. National Pause agreed to it until the \
               host's new rules are in place:\n\n- requests under £50 are paid first and signed later\n- the lead chases weekly",
        why: (Reason::Host, "The host changed its rules after an audit."),
        level: Level::Practice,
        core: (Core::Changes, "Women wait longer than the framework says."),
    },
    Adaptation {
        criterion: "case-discussion",
        since: 2025,
        class: AdaptationClass::Consistent,
        lasts: None,
        title: "Case discussion with a neighbouring Practice",
        text: "Held every six weeks together with a neighbouring Practice, online, because the team has only two practitioners \
               and learns more in a larger circle. Agreed, and in the adaptation log.",
        why: (Reason::Staffing, "Two people alone run out of new ideas."),
        level: Level::Network,
        core: (Core::Keeps, "More heads think about each woman’s plan, not fewer."),
    },
    Adaptation {
        criterion: "engagement-phase",
        since: 2026,
        class: AdaptationClass::NotConsistent,
        lasts: Some(365),
        title: "Up to 20 weeks to settle whether to join",
        text: "A trial of up to 20 weeks for women who live far out, agreed for one year with an end date. It touches a core \
               limit, so it is kept apart in the log and counted.",
        why: (
            Reason::Reach,
            "Women who live far out are met half as often in the same weeks.",
        ),
        level: Level::Group,
        core: (Core::Changes, "It is longer than the published phase."),
    },
    Adaptation {
        criterion: "mixed-backgrounds",
        since: 2025,
        class: AdaptationClass::Consistent,
        lasts: Some(260),
        title: "Two backgrounds in the team, and a guest",
        text: "Two backgrounds in the team. A health visitor from a partner agency joins most case discussions instead of a \
               third post, which the budget does not allow this year. Agreed until the next vacancy.",
        why: (Reason::Money, "There was no money for a third post that year."),
        level: Level::Team,
        core: (Core::Keeps, "A third view is there at most discussions."),
    },
    Adaptation {
        criterion: "next-steps-range",
        since: 2026,
        class: AdaptationClass::NotConsistent,
        lasts: Some(180),
        title: "One kind of Next Steps help is closed",
        text: "One kind of Next Steps help is closed until a room is found. National Pause was asked first and agreed to six months.",
        why: (Reason::Place, "The church hall is being rebuilt."),
        level: Level::Group,
        core: (Core::Unsure, "The other kinds go on; we do not know yet who misses it."),
    },
    Adaptation {
        criterion: "relationships-shown",
        since: 2026,
        class: AdaptationClass::Consistent,
        lasts: None,
        title: "One shared day instead of single visits",
        text: "Partner staff come to one shared day a year instead of single visits, so that women are not looked at. Agreed.",
        why: (Reason::Women, "Women said that single visitors made them feel watched."),
        level: Level::Network,
        core: (
            Core::Keeps,
            "Agencies still see good relationships, all together and once.",
        ),
    },
];

/// What became of a proposal.
#[derive(Clone, Copy)]
enum Fate {
    /// Agreed, until so many days after today, or without an end.
    Agreed(Ruling, Option<i64>, &'static str),
    Refused(&'static str),
    Waits,
    Written,
}

/// An entry of one Practice.
struct Single {
    practice: &'static str,
    title: &'static str,
    criteria: &'static [&'static str],
    text: &'static str,
    why: (Reason, &'static str),
    level: Level,
    core: (Core, &'static str),
    /// Days before today on which it began.
    ago: i64,
    fate: Fate,
}

/// Entries of every fate in the Practice that people try first, and one in the Practice that drifts.
const SINGLES: [Single; 7] = [
    Single {
        practice: MAIN,
        title: "Evening meetings in the community kitchen",
        criteria: &["meeting-hours-vary", "meeting-way-chosen", "meetings-shaped-with-her"],
        text: "One evening a week women may come to the community kitchen instead of meeting alone. It adds a choice; \
               nothing else falls away.",
        why: (Reason::Women, "Four women asked for it in the same month."),
        level: Level::Group,
        core: (
            Core::Keeps,
            "Every woman can still meet alone, when and where she likes.",
        ),
        ago: 497,
        fate: Fate::Agreed(
            Ruling::Consistent,
            None,
            "It widens the choice that the framework asks for. Please tell us after a year what women make of it.",
        ),
    },
    Single {
        practice: MAIN,
        title: "The host’s duty desk holds the urgent money",
        criteria: &["money-on-the-day", "resource-decision-time"],
        text: "Until the Practice has cards of its own, urgent sums are paid out at the host's duty desk, on two days a week.",
        why: (
            Reason::Host,
            "The host stopped petty cash before the new cards were ready.",
        ),
        level: Level::Practice,
        core: (Core::Changes, "Money on the day is not there on every day."),
        ago: 130,
        fate: Fate::Agreed(
            Ruling::NotConsistent,
            Some(40),
            "Agreed for a short time only, since women wait. The cards must be there before it ends.",
        ),
    },
    Single {
        practice: MAIN,
        title: "Shared supervision for the whole team",
        criteria: &["reflective-supervision"],
        text: "One long session a month for all practitioners together, instead of one for each.",
        why: (Reason::Money, "The supervisor's fee has gone up."),
        level: Level::Team,
        core: (Core::Unsure, "Some of us would speak less openly."),
        ago: 118,
        fate: Fate::Refused(
            "Reflective supervision of one's own is core, and you say yourselves that some would speak less openly. \
             We can talk about the fee with your commissioner. Please propose a shared session beside the single ones.",
        ),
    },
    Single {
        practice: MAIN,
        title: "Cover from a neighbouring Practice",
        criteria: &["cover-in-time", "second-familiar-person"],
        text: "For absences of more than a week a practitioner of a neighbouring Practice steps in, whom the women have met \
               at two shared lunches before.",
        why: (
            Reason::Staffing,
            "With three practitioners there is nobody left to cover.",
        ),
        level: Level::Network,
        core: (
            Core::Keeps,
            "Nobody meets a stranger, and cover begins on the first day.",
        ),
        ago: 4,
        fate: Fate::Waits,
    },
    Single {
        practice: MAIN,
        title: "A shorter induction while the trainer was away",
        criteria: &["pause-induction"],
        text: "Newcomers had the first half of the induction only, and the second half with the next group.",
        why: (Reason::Emergency, "The trainer was ill for four months."),
        level: Level::Practitioner,
        core: (Core::Changes, "Newcomers began with half of what they should know."),
        ago: 505,
        fate: Fate::Agreed(
            Ruling::NotConsistent,
            Some(-300),
            "Nothing else was possible at the time. It ends with the next induction.",
        ),
    },
    Single {
        practice: MAIN,
        title: "A welcome letter in three languages",
        criteria: &["women-told-boundaries"],
        text: "The welcome letter comes in the three languages that are spoken most here, with fewer words and more pictures.",
        why: (Reason::Women, "Some women could not read the letter."),
        level: Level::Woman,
        core: (Core::Keeps, "It says the same."),
        ago: 2,
        fate: Fate::Written,
    },
    Single {
        practice: DRIFTED,
        title: "Ten women for each practitioner",
        criteria: &["caseload-ceiling"],
        text: "While a post is empty each practitioner carries up to ten women, and the board looks at it every quarter.",
        why: (Reason::Money, "The empty post is not paid for this year."),
        level: Level::Team,
        core: (Core::Unsure, "Contacts have become shorter."),
        ago: 140,
        fate: Fate::Refused(
            "A small caseload is what the model rests on, and no end was named. Tell us by when the post is filled, and \
             which women wait until then.",
        ),
    },
];

/// Writes, proposes and decides everything.
pub(super) async fn fill(store: &Store, cast: &Cast, now: OffsetDateTime) -> Result<(), Refused> {
    for practice in &PRACTICES {
        let lead = cast.get(&practice.lead_email())?;
        let of = (store, lead, slug(practice.slug)?);
        for told in &ADAPTATIONS {
            if story::adaptation(practice, told.criterion, told.since).is_none() {
                continue;
            }
            let opened = super::opened(told.since, now);
            let begins = opened + Duration::days(14);
            let proposal = proposal_of(told, begins)?;
            let id = propose(&of, &proposal, opened + Duration::days(2)).await?;
            let ruling = match told.class {
                AdaptationClass::Consistent => Ruling::Consistent,
                _ => Ruling::NotConsistent,
            };
            let until = told.lasts.map(|days| (begins + Duration::days(days)).date());
            let step = decision(ruling, until, AGREED)?;
            let decided = opened + Duration::days(9);
            let by = cast.get("reviewer@demo.example")?;
            store.move_adaptation(by, &of.2, id, 2, step, decided).await?;
        }
    }
    for single in &SINGLES {
        let practice = PRACTICES.iter().find(|practice| practice.slug == single.practice);
        let practice = practice.ok_or_else(|| Refused::Bug(format!("there is no {}", single.practice)))?;
        let of = (store, cast.get(&practice.lead_email())?, slug(single.practice)?);
        enact(&of, cast, single, now).await?;
    }
    Ok(())
}

const AGREED: &str = "Thank you for asking first. We agree, and will look at it together at the next review.";

type Of<'a> = (&'a Store, &'a Actor, PracticeSlug);

async fn enact((store, lead, slug): &Of<'_>, cast: &Cast, single: &Single, now: OffsetDateTime) -> Result<(), Refused> {
    let began = now - Duration::days(single.ago);
    let until = |days: i64| (now + Duration::days(days)).date();
    let proposal = Proposal {
        title: single.title.to_owned(),
        what: text(single.text)?,
        criteria: ids(single.criteria)?,
        timing: match single.why.0 {
            Reason::Emergency | Reason::Host => Timing::Reactive,
            _ => Timing::Planned,
        },
        since: began.date(),
        until: match single.fate {
            Fate::Agreed(_, days, _) => days.map(until),
            _ => None,
        },
        decided_by: "Practice lead with the team".to_owned(),
        level: single.level,
        reasons: [single.why.0].into(),
        why: text(single.why.1)?,
        core: single.core.0,
        core_why: text(single.core.1)?,
    };
    let step = match single.fate {
        Fate::Written => {
            store.write_adaptation(lead, slug, None, &proposal, began).await?;
            return Ok(());
        }
        Fate::Waits => None,
        Fate::Agreed(ruling, days, why) => Some(decision(ruling, days.map(until), why)?),
        Fate::Refused(why) => Some(decision(Ruling::Refused, None, why)?),
    };
    let id = propose(&(store, lead, slug.clone()), &proposal, began).await?;
    if let Some(step) = step {
        let by = cast.get("reviewer2@demo.example")?;
        let decided = began + Duration::days(6);
        store.move_adaptation(by, slug, id, 2, step, decided).await?;
    }
    Ok(())
}

/// Returns a new entry, proposed a day after it was written.
async fn propose(
    (store, lead, slug): &Of<'_>,
    proposal: &Proposal,
    at: OffsetDateTime,
) -> Result<AdaptationId, Refused> {
    let id = store.write_adaptation(lead, slug, None, proposal, at).await?;
    let next = at + Duration::DAY;
    store.move_adaptation(lead, slug, id, 1, Step::Propose, next).await?;
    Ok(id)
}

fn proposal_of(told: &Adaptation, begins: OffsetDateTime) -> Result<Proposal, Refused> {
    Ok(Proposal {
        title: told.title.to_owned(),
        what: text(told.text)?,
        criteria: ids(&[told.criterion])?,
        timing: Timing::Planned,
        since: begins.date(),
        until: told.lasts.map(|days| (begins + Duration::days(days)).date()),
        decided_by: "Practice lead with the board".to_owned(),
        level: told.level,
        reasons: [told.why.0].into(),
        why: text(told.why.1)?,
        core: told.core.0,
        core_why: text(told.core.1)?,
    })
}

fn decision(ruling: Ruling, until: Option<time::Date>, why: &str) -> Result<Step, Refused> {
    Ok(Step::Decide {
        ruling,
        reason: text(why)?,
        until,
    })
}

fn ids<C: FromIterator<CriterionId>>(ids: &[&str]) -> Result<C, Refused> {
    let read = |id: &&str| CriterionId::parse(id).map_err(|error| Refused::Bug(error.to_string()));
    ids.iter().map(read).collect()
}

fn text(text: &str) -> Result<Prose, Refused> {
    years::prose(text).ok_or_else(|| Refused::Bug("a text is empty".to_owned()))
}
