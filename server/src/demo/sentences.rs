//! What people say in the demonstration: plain sentences, invented, with nobody in them who could be known.

/// How well things stand, for the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mood {
    /// Levels 4 and 5.
    Good,
    /// Level 3.
    Partly,
    /// Levels 1 and 2.
    Low,
}

use Mood::{Good, Low, Partly};

/// What Practices add to the plain evidence, for the criteria it fits.
#[rustfmt::skip]
pub(super) const EVIDENCE: &[(&[&str], Mood, &str)] = &[
    // trauma-informed relationships
    (&["aims-she-chose", "hard-days", "meeting-place"], Good, "Nine of the ten records in the sample show it, and the tenth was put right the same week."),
    (&["aims-she-chose", "hard-days", "meeting-place"], Good, "The lead looked at ten records in spring and ten in autumn; both looks came out well."),
    (&["womens-views"], Good, "Women said in the listening group that they feel asked, not told. A card told everybody what was changed."),
    (&["trauma-training-first"], Good, "All training dates lie before the first visit alone. The whole team took a second day on trauma."),
    (&["offer-stays-open"], Good, "The contact log shows letters, texts and knocks on the door in every gap; three women came back after months."),
    (&["aims-she-chose", "hard-days", "meeting-place"], Partly, "Seven of ten records show it. The others are older, and the form then had no place for it."),
    (&["womens-views"], Partly, "Views were gathered twice and one thing was changed. Not everybody was told what came of it."),
    (&["trauma-training-first"], Partly, "One newcomer began visits a fortnight before the course, which ran late."),
    (&["offer-stays-open"], Partly, "In two gaps only texts were sent. The team has agreed on a second way."),
    (&["aims-she-chose", "hard-days", "meeting-place", "womens-views"], Low, "We believe it happens, but little on record shows it yet."),
    // skilled practitioners
    (&["reflective-supervision", "lead-supervision"], Good, "The calendar shows the sessions, and the supervisor's statement agrees with it."),
    (&["case-discussion"], Good, "The team met every month but one (August). Of the things tried, three are still in use."),
    (&["pause-induction"], Good, "Newcomers finished the induction in their first ten weeks, with four women or fewer each."),
    (&["mixed-backgrounds"], Good, "Backgrounds in the team: social work, youth work, nursing. The lead has written down which to look for next."),
    (&["women-help-choose-staff"], Good, "Two women sat on the panel, were paid for the day and heard afterwards why the choice fell as it did."),
    (&["reflective-supervision", "lead-supervision"], Partly, "The gap was in winter, when the supervisor's post changed hands."),
    (&["case-discussion"], Partly, "Notes are there; things to try are not always named."),
    (&["pause-induction"], Partly, "One newcomer began with more women than planned, and has finished since."),
    (&["mixed-backgrounds"], Partly, "A health visitor joins most discussions until the next vacancy."),
    (&["reflective-supervision", "lead-supervision"], Low, "The supervisor left, and the contract for the next took months."),
    (&["case-discussion"], Low, "Meetings gave way to urgent matters in most months."),
    // small caseloads
    (&["caseload-ceiling", "caseload-figures-to-board"], Good, "The lead and the team look at the monthly return together on the first Monday."),
    (&["planned-contact-offered"], Good, "Four weeks were picked by lot and the diaries set against the plans."),
    (&["pause-hours-protected"], Good, "No days were lent to other teams; the host confirmed in writing that Pause hours stay with Pause."),
    (&["travel-counted"], Good, "Travel hours were held against mileage claims in March and September."),
    (&["room-before-start"], Good, "Each start has a dated line in the allocation log, and referrers hear every quarter how many places are free."),
    (&["caseload-ceiling"], Partly, "One practitioner carried more than planned while a post was empty; a dated plan brought it back."),
    (&["planned-contact-offered"], Partly, "Shortfalls lie in the school holidays."),
    (&["pause-hours-protected"], Partly, "Some days went to the duty rota of the host. We have asked for this to end and have a date for the talk."),
    (&["caseload-ceiling"], Low, "Caseloads rose with the empty post, and there was no plan for coming back to the limit."),
    (&["planned-contact-offered"], Low, "With fewer of us and more women, plans and diaries came apart from spring on."),
    (&["pause-hours-protected"], Low, "Practitioners covered other work in many weeks; nobody kept count until summer."),
    (&["room-before-start"], Low, "Two women began while the post was still empty."),
    // flexible resource
    (&["resource-decision-time"], Good, "The spending log has two dates on each line."),
    (&["money-set-aside", "money-lasts"], Good, "The board saw what was left in June and in December."),
    (&["her-own-purpose"], Good, "Request forms carry the woman's own words. Two were refused, and each woman was told why."),
    (&["money-on-the-day", "small-sums", "urgent-money"], Good, "Every practitioner holds a card with a written sum. Most urgent needs were met on the day."),
    (&["resource-offered-to-all"], Good, "The leaflet has a page on it, and plans have a line for the date of the offer."),
    (&["resource-decision-time"], Partly, "Some answers took twice as long, because the finance team was short of people."),
    (&["resource-offered-to-all"], Partly, "Those who joined last have yet to be offered it."),
    (&["money-set-aside"], Partly, "The line is there, a little under what the board wrote down."),
    (&["resource-decision-time"], Low, "Requests went through three signatures, and many waited for weeks."),
    (&["money-set-aside"], Low, "The money was joined with another budget in the year, so that nobody can say what is left."),
    // staffing continuity
    (&["same-practitioner"], Good, "Few changes, all because somebody left. None was made for the rota's sake."),
    (&["cover-in-time"], Good, "Absences known beforehand were covered from the first day, and women were told who would come."),
    (&["handover-together"], Good, "Each change began with a meeting of three. Women could ask for a second one, and some did."),
    (&["leavers-within-threshold"], Good, "Every practitioner was asked what would help them stay. Later starts on Mondays came of it."),
    (&["second-familiar-person"], Good, "The list of who is second for whom hangs in the office, by post."),
    (&["cover-in-time"], Partly, "One post was empty from May to July. Cover came, though later than the written time."),
    (&["same-practitioner"], Partly, "The others changed once, in the summer."),
    (&["leavers-within-threshold"], Partly, "One leaver more than the threshold. Steps were agreed with the team and carried out."),
    (&["cover-in-time", "same-practitioner"], Low, "Two practitioners left within a few weeks, and several women waited a long time for somebody new."),
    (&["handover-together"], Low, "Handovers were by note only in the spring, because posts did not overlap."),
    // flexibility and autonomy
    (&["adaptations-recorded"], Good, "Each entry has date, reason and who agreed. All were read again in October."),
    (&["core-model-known"], Good, "Everyone was asked in the same week."),
    (&["meetings-shaped-with-her", "meeting-hours-vary", "meeting-way-chosen"], Good, "The tally for one month shows mornings, evenings and walks."),
    (&["adaptations-agreed-first"], Good, "National Pause's letters lie beside the log, date by date."),
    (&["unplanned-change-check"], Good, "A neighbouring Practice's lead came for a day and asked the questions we no longer ask."),
    (&["adaptations-recorded"], Partly, "Two entries were written after the month was over."),
    (&["core-model-known"], Partly, "A session is planned, with a real example."),
    (&["adaptations-recorded"], Low, "The log was started late in the year."),
    (&["core-model-known"], Low, "The last session on the framework is long ago."),
    // transitions and Next Steps
    (&["engagement-phase"], Good, "The lead looks at the list every month with the team."),
    (&["eighteen-months-offered"], Good, "Early endings were looked at with the board; each was the woman's own choice."),
    (&["ending-known-from-start"], Good, "The talk is dated in every plan, and held again after month nine."),
    (&["support-steps-down"], Good, "Contacts a month fall step by step. The team wrote down what to keep."),
    (&["next-steps-range", "next-steps-offered"], Good, "Women who have finished chose the topic of two of the groups."),
    (&["ending-known-from-start"], Partly, "It came late where a practitioner had just changed."),
    (&["support-steps-down"], Partly, "Some endings were shortened when a post fell empty."),
    (&["next-steps-range", "next-steps-offered"], Partly, "One kind was closed for want of a room."),
    (&["engagement-phase"], Low, "Some women waited far longer than planned to settle whether they join."),
    (&["support-steps-down"], Low, "Endings were often abrupt this year."),
    // clear boundaries
    (&["no-parenting-assessments"], Good, "The lead read twenty papers and found no view on parenting."),
    (&["no-parenting-support"], Good, "Requests were answered in writing, with another service's name."),
    (&["partners-told-boundaries"], Good, "Every agency on the list had the letter in February."),
    (&["women-told-boundaries"], Good, "The words used were tried out with women who know Pause, and made shorter."),
    (&["no-rescuing"], Good, "Supervision took the question up in spring and in autumn."),
    (&["no-work-for-return"], Good, "Women who hoped for it were given the name of a solicitor."),
    (&["partners-told-boundaries"], Partly, "The new agencies come next."),
    (&["women-told-boundaries"], Partly, "For some the date is missing."),
    (&["partners-told-boundaries"], Low, "Agencies were told at a meeting, and nothing was sent."),
    // partner agencies
    (&["challenge-raised"], Good, "The log has seven matters, all followed until answered."),
    (&["referral-route"], Good, "The agencies looked together at who had not put anybody forward."),
    (&["relationships-shown"], Good, "One agency changed its letters after a day with the team."),
    (&["womens-voice-to-agencies"], Good, "Views of several women, joined so that nobody is known, went to two managers. Both answered."),
    (&["told-before-sharing"], Good, "The team reads the words aloud with the woman wherever there is time."),
    (&["multi-agency-seat"], Good, "The lead or a practitioner was there every time."),
    (&["challenge-raised"], Partly, "Two matters were raised late, and one was not followed up."),
    (&["referral-route"], Partly, "About half came by a telephone call first."),
    (&["womens-voice-to-agencies"], Partly, "We are waiting for the manager's answer."),
    (&["referral-route"], Low, "The written route is out of date."),
    // governance and national support
    (&["practice-board"], Good, "Children's social care, health and housing were there each time."),
    (&["data-returns"], Good, "We changed how we record contact because of the figures."),
    (&["senior-backing"], Good, "The named leader spoke for the budget twice; the minutes show it."),
    (&["information-governance"], Good, "Somebody from the host's audit looked in May."),
    (&["value-shown"], Good, "The paper was used when the next year's money was settled."),
    (&["national-learning"], Good, "Two things from the forums are in use: a shorter welcome letter and a shared calendar."),
    (&["practice-board"], Partly, "One partner came only once."),
    (&["data-returns"], Partly, "The late ones came within the month."),
    (&["evidence-of-need"], Partly, "The new count is under way."),
    (&["practice-board"], Low, "No decision is on record."),
    (&["data-returns"], Low, "The post that makes the returns was empty."),
];

/// What a Practice adds.
pub(super) const COMMENTS: &[&str] = &[
    "We talked about this for a long time and chose the lower level, since the anchor asks for all of it.",
    "The whole team took part in rating this.",
    "Easier than last year, because the figures now come from the monthly return.",
    "We would like to hear how other Practices do this.",
    "Next steps:\n\n1. agree a date with the board\n2. look again in three months",
    "The host has agreed to help with this from April.",
    "This has not changed, and we are glad of it.",
    "We found the anchor for level 5 hard to read. Is the board's note enough?",
    "Women were asked what they think of this, and their words shaped the plan.",
    "Small numbers: “fewer than 5” throughout.",
];

/// Why a criterion does not apply.
pub(super) const REASONS: [(&str, &str); 7] = [
    (
        "direct-requests",
        "No woman, and nobody close to one, asked us directly in this cycle.",
    ),
    ("handover-together", "No woman changed practitioner in this cycle."),
    (
        "next-steps-offered",
        "The Practice opened lately; nobody has finished yet.",
    ),
    (
        "next-steps-range",
        "The Practice opened lately; nobody has finished yet.",
    ),
    ("registration-kept-up", "No practitioner's background has a register."),
    (
        "support-steps-down",
        "No support ended in this cycle: the first women are in their first year.",
    ),
    ("women-help-choose-staff", "No post was filled in this cycle."),
];

/// What a reviewer says who agrees.
pub(super) const REVIEW_AGREES: &[&str] = &[
    "The evidence fits the level. Thank you for the clear tally.",
    "Seen and agreed. The note on the board's part helped.",
    "Agreed; worth showing to other Practices.",
    "Clear.",
];

/// What a reviewer says who rates lower.
pub(super) const REVIEW_LOWER: &[&str] = &[
    "The work is plainly good. One part of the anchor is not shown yet, so I stop one level below.",
    "I read the anchor as asking for every case. The tally shows most.",
    "The plan is sound, but anchors describe what is there and not what is planned.",
    "I could not find a date for this. With one I would come up a level.",
];

/// What a reviewer says who rates higher.
pub(super) const REVIEW_HIGHER: &[&str] = &[
    "You are harder on yourselves than the anchor is: all its parts are shown.",
    "The evidence bears the next level up.",
];

/// What a reviewer asks.
pub(super) const QUESTIONS: &[&str] = &[
    "Which months does the tally cover, and how were they picked?",
    "You chose the top level. What shows that it has lasted through the whole cycle?",
    "The level is lower than last year. What changed, and was it agreed beforehand?",
    "Could you add the number, or say why it cannot be counted?",
];

/// What moderation notes where the review stands.
pub(super) const AGREED_REVIEW: &[&str] = &[
    "Talked through with the lead; the reviewer's reading of the anchor stands.",
    "Settled at the reviewer's level. The lead will have the missing part by next year.",
    "Agreed after looking at the anchor together.",
];

/// What moderation notes where the Practice's own rating stands.
pub(super) const AGREED_OWN: &[&str] = &[
    "The lead showed the missing dates in the meeting, so the Practice's own rating stands.",
    "Further evidence came with the talk; raised.",
];

/// What moderation notes where a low rating is unplanned drift.
pub(super) const UNPLANNED: &[&str] = &[
    "Nobody decided this: it came bit by bit as posts fell empty, and the lead saw it only when the year was added up.",
    "The log has no entry and the board no minute about it. The lead says that it was not meant.",
    "It was to be for two months and became the habit; nobody looked at it again.",
];

/// What a Practice writes under “adaptation” where the reviewer takes a low rating for an agreed one.
pub(super) const SMALL_ADAPTATION: &str = "A small local change, agreed with National Pause before it began and written in the \
                                           adaptation log. It is looked at again at the end of the year.";
