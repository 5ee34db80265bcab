//! What people say in the demonstration: plain sentences, invented, with nobody in them who could be known.

/// What a Practice says as evidence in one element, by how well things stand.
pub(super) struct Evidence {
    pub(super) element: &'static str,
    /// For levels 4 and 5.
    pub(super) good: &'static [&'static str],
    /// For level 3.
    pub(super) partly: &'static [&'static str],
    /// For levels 1 and 2.
    pub(super) low: &'static [&'static str],
}

/// By element.
pub(super) const EVIDENCE: [Evidence; 10] = [
    Evidence {
        element: "trauma-informed-relationships",
        good: &[
            "Nine of the ten records in the sample show it, and the tenth was put right the same week.",
            "The lead looked at ten records in spring and ten in autumn; both looks came out well.",
            "Women said in the listening group that they feel asked, not told. Two small changes followed, and a card told everybody.",
            "All training dates lie before the first visit alone. The whole team took a second day on trauma in the cycle.",
        ],
        partly: &[
            "Seven of ten records show it. The others are older and the form then had no place for it.",
            "It happens in most cases but is not always written down; we count only what is on record.",
            "Views were gathered twice and one thing was changed. Not everybody was told what came of it.",
        ],
        low: &[
            "The sample was taken late, and fewer than half of the records show it.",
            "We believe it happens, but nothing on record shows it yet.",
        ],
    },
    Evidence {
        element: "skilled-practitioners",
        good: &[
            "The calendar shows the sessions held, and the supervisor's statement agrees with it.",
            "The team met every month but one (August). Notes list what to try, and three of the things tried are still in use.",
            "Newcomers finished the induction in their first ten weeks, with four women or fewer each.",
            "Backgrounds in the team: social work, youth work, nursing. The lead has written down which to look for next.",
        ],
        partly: &[
            "About four sessions in five were held; the gap was in winter, when the supervisor's post changed hands.",
            "Meetings were held in eight months of twelve. Notes are there, things to try are not always named.",
            "One newcomer began with more women than planned and has finished the induction since.",
        ],
        low: &[
            "Fewer than three sessions in four were held. The supervisor left and the contract for the next took months.",
            "Meetings gave way to urgent matters in most months, and there are no notes for half of those held.",
        ],
    },
    Evidence {
        element: "small-caseloads",
        good: &[
            "The monthly return shows nobody above the limit. The lead and the team look at it together on the first Monday.",
            "Diaries for four weeks picked by lot were set against the plans; nearly all contact was offered.",
            "No days were lent to other teams. The host confirmed in writing that Pause hours stay with Pause.",
            "Travel hours are in each post's plan and were held against mileage claims in *March* and *September*.",
        ],
        partly: &[
            "For some weeks one practitioner carried more than planned while a post was empty; a dated plan brought it back.",
            "Plans and diaries match in about four cases of five. Shortfalls lie in the school holidays.",
            "Some days went to the duty rota of the host. We have asked for this to end and have a date for the talk.",
        ],
        low: &[
            "Caseloads rose with the empty post, and there was no plan for coming back to the limit.",
            "Practitioners covered other work in many weeks; nobody kept count until summer.",
        ],
    },
    Evidence {
        element: "flexible-resource",
        good: &[
            "The spending log has two dates on each line; nine in ten requests were answered in the written time.",
            "The budget has a line of its own. The board saw what was left in June and in December.",
            "Request forms carry the woman's own words. Two were refused, and each woman was told why.",
            "Every practitioner holds a card with a written sum. Most urgent needs were met on the day.",
        ],
        partly: &[
            "Dates are kept. Some answers took twice as long because the finance team was short of people.",
            "Four women in five were offered it. Those who joined last have yet to be.",
            "The line in the budget is there, a little under what the board wrote down.",
        ],
        low: &[
            "Requests went through three signatures, and many waited for weeks.",
            "The money was joined with another budget in the year, so that nobody can say what is left.",
        ],
    },
    Evidence {
        element: "staffing-continuity",
        good: &[
            "The allocation log shows few changes, all because somebody left. None was made for the rota's sake.",
            "Absences known beforehand were covered from the first day, and women were told who would come.",
            "Each change began with a meeting of three. Women could ask for a second one, and some did.",
            "Every practitioner was asked what would help them stay. Later starts on Mondays came of it.",
        ],
        partly: &[
            "One post was empty from May to July. Cover came, though later than the written time.",
            "About two thirds kept the same practitioner; the others changed once.",
            "One leaver more than the threshold. Steps were agreed with the team and carried out.",
        ],
        low: &[
            "Two practitioners left within a few weeks, and several women waited a long time for somebody new.",
            "Handovers were by note only in the spring, because posts did not overlap.",
        ],
    },
    Evidence {
        element: "flexibility-and-autonomy",
        good: &[
            "The log has an entry for each change, with date, reason and who agreed. All were read again in October.",
            "Everyone was asked in the same week and named all four core parts.",
            "The tally for one month shows mornings, evenings and walks, settled by the two of them.",
            "National Pause's letters lie beside the log, date by date; no change began before its letter.",
        ],
        partly: &[
            "Entries are complete, but two were written after the month was over.",
            "Two thirds of the team named all four. A session is planned with a real example.",
            "Hours are free; the way of meeting still needs leave in some cases.",
        ],
        low: &[
            "Some changes are found only in team notes. The log was started late in the year.",
            "Nobody was asked this year, and the last session on the framework is long ago.",
        ],
    },
    Evidence {
        element: "transitions-and-next-steps",
        good: &[
            "The list shows weeks without names; the lead looks at it every month with the team.",
            "All were offered the full length. Early endings were looked at with the board; each was the woman's own choice.",
            "The talk about how support ends is dated in every plan, and held again after month nine.",
            "Contacts a month fall step by step in all endings but one. The team wrote down what to keep.",
        ],
        partly: &[
            "Two thirds had the talk in time. It came late where a practitioner had just changed.",
            "Most endings stepped down to a plan; some were shortened when a post fell empty.",
            "Three or four kinds of help were open all year, one closed for want of a room.",
        ],
        low: &[
            "Some women waited far longer than planned to settle whether they join.",
            "Endings were often abrupt this year, and few have a plan on record.",
        ],
    },
    Evidence {
        element: "clear-boundaries",
        good: &[
            "The lead read twenty papers and found no view on parenting. Requests were answered in writing with another service's name.",
            "Every agency on the list had the letter in February; two were asked in autumn and could name the limits.",
            "The words used when women join were tried out with women who know Pause, and made shorter.",
            "In ten of twelve tasks looked at, the woman did a part herself or chose how.",
        ],
        partly: &[
            "No such work was found. Some requests were turned down by word of mouth only.",
            "Two thirds of the agencies have it in writing; the new ones come next.",
            "Most women were told before they decided; for some the date is missing.",
        ],
        low: &[
            "A view was given in one meeting and has not been taken back in writing.",
            "Agencies were told at a meeting, and nothing was sent.",
        ],
    },
    Evidence {
        element: "partner-agencies",
        good: &[
            "The log has seven matters, all raised within ten working days and followed until answered.",
            "Nearly all came by the written route. The agencies looked together at who had not put anybody forward.",
            "Staff of four agencies spent time with the team, and one agency changed its letters because of it.",
            "Views of several women, joined so that nobody is known, went to two managers. Both answered, and women heard.",
        ],
        partly: &[
            "There is a log. Two matters were raised late and one was not followed up.",
            "About half came by the route; the others by a telephone call first.",
            "Views went to one manager once. We are waiting for the answer.",
        ],
        low: &[
            "Challenges were made, but no log was kept this year.",
            "The route is known by habit. The written one is out of date.",
        ],
    },
    Evidence {
        element: "governance-and-national-support",
        good: &[
            "The board met four times, each time with children's social care, health and housing. Decisions were followed up.",
            "Every return arrived by its date. We changed how we record contact because of the figures.",
            "The named leader met the lead five times and spoke for the budget twice; the minutes show it.",
            "Agreements cover every agency that got information. Somebody from the host's audit looked in May.",
        ],
        partly: &[
            "The board met three times; one partner came only once.",
            "Most returns came on time, the others within the month.",
            "The count leaves out voluntary arrangements. The new one is under way.",
        ],
        low: &[
            "The board met once, and no decision is on record.",
            "Some returns are still missing. The post that makes them was empty.",
        ],
    },
];

/// What a Practice adds.
pub(super) const COMMENTS: &[&str] = &[
    "We talked about this for a long time and chose the lower level, since the anchor asks for all of it.",
    "The whole team took part in rating this.",
    "Easier than last year, because the figures now come from the monthly return.",
    "We would like to hear how other Practices do this.",
    "Next steps:\n\n1. agree a date with the board\n2. look again in *three months*",
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
    "I read the anchor as asking for **every** case. The tally shows most.",
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

/// What a Practice writes under “adaptation” where the reviewer takes a low rating for an agreed one.
pub(super) const SMALL_ADAPTATION: &str = "A small local change, agreed with National Pause and in the adaptation log: fewer rooms are open in winter, so some of this is done by telephone.";
