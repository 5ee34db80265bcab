//! What everybody may.

/// The answers' statuses, in this order: signed out, administrator, reviewer, reviewer who belongs to North Vale, lead,
/// contributor, reader, and anybody of South Bay only.
pub type Statuses = [u16; 8];

/// Everybody, signed in or not.
const ALL_200: Statuses = [200; 8];
const ALL_404: Statuses = [404; 8];
/// Anybody with an account.
const SIGNED_IN: Statuses = [303, 200, 200, 200, 200, 200, 200, 200];
/// National Pause.
const NATIONAL: Statuses = [303, 200, 200, 200, 404, 404, 404, 404];
/// What is not there, for National Pause; the others are not told.
const NATIONAL_404: Statuses = [303, 404, 404, 404, 404, 404, 404, 404];
/// Administrators.
const ADMINISTRATOR: Statuses = [303, 200, 404, 404, 404, 404, 404, 404];
/// What an administrator sends about nobody.
const ADMINISTRATOR_MISSING: Statuses = [401, 404, 404, 404, 404, 404, 404, 404];
/// What the Practice writes and National Pause does not see yet.
const DRAFT: Statuses = [303, 404, 404, 200, 200, 200, 404, 404];
/// What is submitted; readers wait until it is finished.
const SUBMITTED: Statuses = [303, 200, 200, 200, 200, 200, 404, 404];
/// What is finished.
const FINISHED: Statuses = [303, 200, 200, 200, 200, 200, 200, 404];
/// The review: National Pause, but nobody who belongs to the Practice.
const REVIEW: Statuses = [303, 200, 200, 404, 404, 404, 404, 404];

/// What leads and contributors write.
const PLANNING: Statuses = [303, 404, 404, 200, 200, 200, 404, 404];
/// The same with a form that lacks everything.
const PLANNING_REFUSED: Statuses = [401, 404, 404, 422, 422, 422, 404, 404];
/// Actions and support of their own are in plan.rs.
const NO_ACTION: &str = "/practices/north-vale/plan/actions/019c0000-0000-7000-8000-000000000000";

pub struct Row {
    pub endpoint: &'static str,
    pub path: &'static str,
    pub form: &'static [(&'static str, &'static str)],
    pub statuses: Statuses,
}

const fn row(endpoint: &'static str, path: &'static str, statuses: Statuses) -> Row {
    Row {
        endpoint,
        path,
        form: &[],
        statuses,
    }
}

const fn form(
    endpoint: &'static str,
    path: &'static str,
    form: &'static [(&'static str, &'static str)],
    statuses: Statuses,
) -> Row {
    Row {
        endpoint,
        path,
        form,
        statuses,
    }
}

/// Forms are such that they change nothing, so that the order does not matter: those who may send them are told what is
/// missing (422), or that it cannot be done now (409), or are led on (303).
pub const TABLE: &[Row] = &[
    row("GET /", "/", SIGNED_IN),
    row("GET /practices", "/practices", NATIONAL),
    // account
    row("GET /sign-in", "/sign-in", [200, 303, 303, 303, 303, 303, 303, 303]),
    form(
        "POST /sign-in",
        "/sign-in",
        &[("email", "nobody@example.org")],
        [422; 8],
    ),
    row("POST /sign-out", "/sign-out", [303; 8]),
    row("GET /invitation/{token}", "/invitation/open", ALL_200),
    row("GET /invitation/{token}", "/invitation/unknown", ALL_404),
    row("POST /invitation/{token}", "/invitation/open", [422; 8]),
    row("POST /invitation/{token}", "/invitation/unknown", ALL_404),
    row("GET /account", "/account", SIGNED_IN),
    row(
        "POST /account/mail",
        "/account/mail",
        [401, 422, 422, 422, 422, 422, 422, 422],
    ),
    row(
        "POST /account/password",
        "/account/password",
        [401, 422, 422, 422, 422, 422, 422, 422],
    ),
    row(
        "POST /account/sign-out-everywhere",
        "/account/sign-out-everywhere",
        [401, 303, 303, 303, 303, 303, 303, 303],
    ),
    // notices: everybody's own; that others' are out of sight is tested in notices.rs
    row("GET /notices", "/notices", SIGNED_IN),
    row(
        "POST /notices/read",
        "/notices/read",
        [401, 400, 400, 400, 400, 400, 400, 400],
    ),
    row(
        "GET /notices/{notice}",
        "/notices/019c0000-0000-7000-8000-000000000000",
        [303, 404, 404, 404, 404, 404, 404, 404],
    ),
    row(
        "POST /notices/{notice}",
        "/notices/019c0000-0000-7000-8000-000000000000",
        [401, 404, 404, 404, 404, 404, 404, 404],
    ),
    // improvement plan: of 2024, which is finished; 2025 is in review
    row("GET /actions", "/actions", NATIONAL),
    row(
        "GET /practices/{practice}/plan",
        "/practices/north-vale/plan",
        SUBMITTED,
    ),
    row(
        "GET /practices/{practice}/plan/new",
        "/practices/north-vale/plan/new",
        PLANNING,
    ),
    row(
        "POST /practices/{practice}/plan/new",
        "/practices/north-vale/plan/new",
        PLANNING_REFUSED,
    ),
    row(
        "GET /practices/{practice}/plan/none",
        "/practices/north-vale/plan/none?criterion=caseload-ceiling",
        PLANNING,
    ),
    form(
        "POST /practices/{practice}/plan/none",
        "/practices/north-vale/plan/none",
        &[("criterion", "caseload-ceiling")],
        PLANNING_REFUSED,
    ),
    row(
        "GET /practices/{practice}/plan/actions/{action}",
        NO_ACTION,
        [303, 404, 404, 404, 404, 404, 404, 404],
    ),
    row(
        "POST /practices/{practice}/plan/actions/{action}",
        NO_ACTION,
        [401, 404, 404, 404, 404, 404, 404, 404],
    ),
    row(
        "GET /practices/{practice}/plan/actions/{action}/change",
        "/practices/north-vale/plan/actions/019c0000-0000-7000-8000-000000000000/change",
        [303, 404, 404, 404, 404, 404, 404, 404],
    ),
    row(
        "POST /practices/{practice}/plan/actions/{action}/change",
        "/practices/north-vale/plan/actions/019c0000-0000-7000-8000-000000000000/change",
        [401, 404, 404, 404, 404, 404, 404, 404],
    ),
    row(
        "GET /practices/{practice}/plan/support",
        "/practices/north-vale/plan/support",
        REVIEW,
    ),
    row(
        "POST /practices/{practice}/plan/support",
        "/practices/north-vale/plan/support",
        [401, 422, 422, 404, 404, 404, 404, 404],
    ),
    row(
        "GET /practices/{practice}/plan/support/{support}",
        "/practices/north-vale/plan/support/019c0000-0000-7000-8000-000000000000",
        [303, 404, 404, 404, 404, 404, 404, 404],
    ),
    row(
        "POST /practices/{practice}/plan/support/{support}",
        "/practices/north-vale/plan/support/019c0000-0000-7000-8000-000000000000",
        [401, 404, 404, 404, 404, 404, 404, 404],
    ),
    // self-assessment
    row("GET /practices/{practice}", "/practices/north-vale", FINISHED),
    row(
        "POST /practices/{practice}/{cycle}/start",
        "/practices/north-vale/2026/start",
        [401, 409, 409, 409, 409, 409, 409, 404],
    ),
    row("GET /practices/{practice}/{cycle}", "/practices/north-vale/2026", DRAFT),
    row(
        "GET /practices/{practice}/{cycle}",
        "/practices/north-vale/2025",
        SUBMITTED,
    ),
    row(
        "GET /practices/{practice}/{cycle}",
        "/practices/north-vale/2024",
        FINISHED,
    ),
    row(
        "GET /practices/{practice}/{cycle}/elements/{element}",
        "/practices/north-vale/2026/elements/small-caseloads",
        DRAFT,
    ),
    row(
        "GET /practices/{practice}/{cycle}/elements/{element}",
        "/practices/north-vale/2025/elements/small-caseloads",
        SUBMITTED,
    ),
    row(
        "GET /practices/{practice}/{cycle}/elements/{element}",
        "/practices/north-vale/2024/elements/small-caseloads",
        FINISHED,
    ),
    row(
        "POST /practices/{practice}/{cycle}/elements/{element}",
        "/practices/north-vale/2026/elements/small-caseloads",
        [401, 404, 404, 303, 303, 303, 404, 404],
    ),
    form(
        "POST /practices/{practice}/{cycle}/elements/{element}",
        "/practices/north-vale/2025/elements/small-caseloads",
        &[
            ("caseload-ceiling.revision", "1"),
            ("caseload-ceiling.rating", "2"),
            ("caseload-ceiling.comment", "Late"),
        ],
        [401, 409, 409, 409, 409, 409, 404, 404],
    ),
    form(
        "POST /practices/{practice}/{cycle}/elements/{element}",
        "/practices/north-vale/2024/elements/small-caseloads",
        &[
            ("caseload-ceiling.revision", "1"),
            ("caseload-ceiling.rating", "2"),
            ("caseload-ceiling.comment", "Late"),
        ],
        [401, 409, 409, 409, 409, 409, 409, 404],
    ),
    row(
        "GET /practices/{practice}/{cycle}/check",
        "/practices/north-vale/2026/check",
        DRAFT,
    ),
    row(
        "POST /practices/{practice}/{cycle}/submit",
        "/practices/north-vale/2026/submit",
        [401, 404, 404, 409, 422, 409, 404, 404],
    ),
    form(
        "POST /practices/{practice}/{cycle}/submit",
        "/practices/north-vale/2025/submit",
        &[("declaration", "yes")],
        [401, 409, 409, 409, 409, 409, 404, 404],
    ),
    row(
        "GET /practices/{practice}/{cycle}/history",
        "/practices/north-vale/2026/history",
        DRAFT,
    ),
    row(
        "GET /practices/{practice}/{cycle}/history",
        "/practices/north-vale/2024/history",
        FINISHED,
    ),
    row(
        "GET /practices/{practice}/{cycle}/history/{criterion}",
        "/practices/north-vale/2026/history/caseload-ceiling",
        DRAFT,
    ),
    row(
        "GET /practices/{practice}/{cycle}/history/{criterion}",
        "/practices/north-vale/2024/history/caseload-ceiling",
        FINISHED,
    ),
    row(
        "POST /practices/{practice}/{cycle}/history/{criterion}",
        "/practices/north-vale/2026/history/caseload-ceiling",
        [401, 404, 404, 404, 404, 404, 404, 404],
    ),
    // adaptations: what each may of a real one is in adaptations.rs
    row("GET /adaptations", "/adaptations", NATIONAL),
    row(
        "GET /practices/{practice}/adaptations",
        "/practices/north-vale/adaptations",
        FINISHED,
    ),
    row(
        "GET /practices/{practice}/adaptations/new",
        "/practices/north-vale/adaptations/new",
        [303, 404, 404, 200, 200, 200, 404, 404],
    ),
    row(
        "POST /practices/{practice}/adaptations/new",
        "/practices/north-vale/adaptations/new",
        [401, 404, 404, 422, 422, 422, 404, 404],
    ),
    row(
        "GET /practices/{practice}/adaptations/{adaptation}",
        "/practices/north-vale/adaptations/019c0000-0000-7000-8000-000000000000",
        [303, 404, 404, 404, 404, 404, 404, 404],
    ),
    row(
        "POST /practices/{practice}/adaptations/{adaptation}",
        "/practices/north-vale/adaptations/019c0000-0000-7000-8000-000000000000",
        [401, 404, 404, 404, 404, 404, 404, 404],
    ),
    row(
        "GET /practices/{practice}/adaptations/{adaptation}/edit",
        "/practices/north-vale/adaptations/019c0000-0000-7000-8000-000000000000/edit",
        [303, 404, 404, 404, 404, 404, 404, 404],
    ),
    row(
        "POST /practices/{practice}/adaptations/{adaptation}/edit",
        "/practices/north-vale/adaptations/019c0000-0000-7000-8000-000000000000/edit",
        [401, 404, 404, 404, 404, 404, 404, 404],
    ),
    // evidence
    row(
        "GET /practices/{practice}/evidence",
        "/practices/north-vale/evidence",
        DRAFT,
    ),
    row(
        "GET /practices/{practice}/evidence/add/{kind}",
        "/practices/north-vale/evidence/add/file",
        DRAFT,
    ),
    row(
        "POST /practices/{practice}/evidence/add/{kind}",
        "/practices/north-vale/evidence/add/file",
        [401, 404, 404, 422, 422, 422, 404, 404],
    ),
    row(
        "GET /practices/{practice}/evidence/{item}",
        "/practices/north-vale/evidence/{cited}",
        SUBMITTED,
    ),
    row(
        "GET /practices/{practice}/evidence/{item}",
        "/practices/north-vale/evidence/{draft}",
        DRAFT,
    ),
    row(
        "GET /practices/{practice}/evidence/{item}/edit",
        "/practices/north-vale/evidence/{cited}/edit",
        DRAFT,
    ),
    row(
        "POST /practices/{practice}/evidence/{item}/edit",
        "/practices/north-vale/evidence/{cited}/edit",
        [401, 404, 404, 422, 422, 422, 404, 404],
    ),
    form(
        "POST /practices/{practice}/evidence/{item}/withdraw",
        "/practices/north-vale/evidence/{cited}/withdraw",
        &[("withdrawn", "no")],
        [401, 404, 404, 303, 303, 303, 404, 404],
    ),
    form(
        "POST /practices/{practice}/evidence/{item}/confirm",
        "/practices/north-vale/evidence/{cited}/confirm",
        &[("cycle", "2025")],
        [401, 404, 404, 409, 409, 409, 404, 404],
    ),
    row(
        "GET /practices/{practice}/evidence/{item}/{version}/file",
        "/practices/north-vale/evidence/{cited}/1/file",
        SUBMITTED,
    ),
    row(
        "GET /practices/{practice}/evidence/{item}/{version}/file",
        "/practices/north-vale/evidence/{draft}/1/file",
        DRAFT,
    ),
    row(
        "GET /practices/{practice}/{cycle}/evidence/{criterion}",
        "/practices/north-vale/2026/evidence/caseload-ceiling",
        DRAFT,
    ),
    row(
        "GET /practices/{practice}/{cycle}/evidence/{criterion}",
        "/practices/north-vale/2025/evidence/caseload-ceiling",
        [303, 404, 404, 409, 409, 409, 404, 404],
    ),
    row(
        "POST /practices/{practice}/{cycle}/evidence/{criterion}",
        "/practices/north-vale/2026/evidence/caseload-ceiling",
        [401, 404, 404, 303, 303, 303, 404, 404],
    ),
    // review
    row("GET /queue", "/queue", NATIONAL),
    row(
        "GET /practices/{practice}/{cycle}/review",
        "/practices/north-vale/2025/review",
        REVIEW,
    ),
    row(
        "GET /practices/{practice}/{cycle}/review",
        "/practices/north-vale/2026/review",
        [303, 404, 404, 404, 404, 404, 404, 404],
    ),
    form(
        "POST /practices/{practice}/{cycle}/review/ready",
        "/practices/north-vale/2025/review/ready",
        &[],
        [401, 409, 422, 404, 404, 404, 404, 404],
    ),
    row(
        "GET /practices/{practice}/{cycle}/reviewers",
        "/practices/north-vale/2025/reviewers",
        ADMINISTRATOR,
    ),
    form(
        "POST /practices/{practice}/{cycle}/reviewers",
        "/practices/north-vale/2025/reviewers",
        &[("second", "01890a5d-ac96-774b-bcce-b302099a8057")],
        [401, 422, 404, 404, 404, 404, 404, 404],
    ),
    row("GET /admin/account-events", "/admin/account-events", ADMINISTRATOR),
    row("GET /admin/agreement", "/admin/agreement", ADMINISTRATOR),
    row(
        "GET /admin/agreement",
        "/admin/agreement?cycle=1999",
        [303, 404, 404, 404, 404, 404, 404, 404],
    ),
    row("GET /conflicts", "/conflicts", NATIONAL),
    form(
        "POST /conflicts",
        "/conflicts",
        &[],
        [401, 422, 422, 422, 404, 404, 404, 404],
    ),
    form(
        "POST /conflicts/lift",
        "/conflicts/lift",
        &[("id", "01890a5d-ac96-774b-bcce-b302099a8057")],
        [401, 404, 404, 404, 404, 404, 404, 404],
    ),
    row(
        "GET /practices/{practice}/{cycle}/editions/{edition}/report",
        "/practices/north-vale/2024/editions/1/report",
        FINISHED,
    ),
    row(
        "GET /practices/{practice}/{cycle}/editions/{edition}/report",
        "/practices/north-vale/2024/editions/2/report",
        [303, 404, 404, 404, 404, 404, 404, 404],
    ),
    row(
        "GET /practices/{practice}/{cycle}/editions/{edition}/report/{file}",
        "/practices/north-vale/2024/editions/1/report/report.json",
        FINISHED,
    ),
    form(
        "POST /practices/{practice}/{cycle}/review",
        "/practices/north-vale/2025/review",
        &[("action", "begin_review")],
        [401, 409, 409, 404, 404, 404, 404, 404],
    ),
    row(
        "GET /practices/{practice}/{cycle}/review/{element}",
        "/practices/north-vale/2025/review/small-caseloads",
        REVIEW,
    ),
    row(
        "POST /practices/{practice}/{cycle}/review/{element}",
        "/practices/north-vale/2025/review/small-caseloads",
        [401, 409, 303, 404, 404, 404, 404, 404],
    ),
    row(
        "GET /practices/{practice}/{cycle}/moderation",
        "/practices/north-vale/2025/moderation",
        REVIEW,
    ),
    row(
        "POST /practices/{practice}/{cycle}/moderation",
        "/practices/north-vale/2025/moderation",
        [401, 303, 303, 404, 404, 404, 404, 404],
    ),
    // nothing is moderated yet
    row(
        "GET /practices/{practice}/{cycle}/finalise",
        "/practices/north-vale/2025/finalise",
        [303, 409, 409, 404, 404, 404, 404, 404],
    ),
    row(
        "POST /practices/{practice}/{cycle}/finalise",
        "/practices/north-vale/2025/finalise",
        [401, 409, 409, 404, 404, 404, 404, 404],
    ),
    row(
        "GET /practices/{practice}/{cycle}/statement",
        "/practices/north-vale/2024/statement",
        FINISHED,
    ),
    row(
        "GET /practices/{practice}/{cycle}/statement",
        "/practices/north-vale/2025/statement",
        NATIONAL_404,
    ),
    form(
        "POST /practices/{practice}/{cycle}/statement",
        "/practices/north-vale/2024/statement",
        &[("stance", "agrees")],
        [401, 409, 409, 409, 409, 409, 409, 404],
    ),
    form(
        "POST /practices/{practice}/{cycle}/statement",
        "/practices/north-vale/2025/statement",
        &[("stance", "agrees")],
        [401, 404, 404, 404, 404, 404, 404, 404],
    ),
    // clarifications
    row(
        "GET /practices/{practice}/{cycle}/clarifications",
        "/practices/north-vale/2026/clarifications",
        DRAFT,
    ),
    row(
        "GET /practices/{practice}/{cycle}/clarifications",
        "/practices/north-vale/2025/clarifications",
        SUBMITTED,
    ),
    row(
        "GET /practices/{practice}/{cycle}/clarifications",
        "/practices/north-vale/2024/clarifications",
        FINISHED,
    ),
    form(
        "POST /practices/{practice}/{cycle}/clarifications",
        "/practices/north-vale/2026/clarifications",
        &[("act", "ask"), ("criterion", "caseload-ceiling"), ("text", "How many?")],
        [401, 404, 404, 409, 409, 409, 404, 404],
    ),
    // those who may ask have not written anything; those who may not are told so
    form(
        "POST /practices/{practice}/{cycle}/clarifications",
        "/practices/north-vale/2025/clarifications",
        &[("act", "ask"), ("criterion", "caseload-ceiling")],
        [401, 422, 422, 422, 422, 422, 404, 404],
    ),
    form(
        "POST /practices/{practice}/{cycle}/clarifications",
        "/practices/north-vale/2025/clarifications",
        &[("act", "resolve"), ("criterion", "caseload-ceiling")],
        [401, 409, 409, 409, 409, 409, 404, 404],
    ),
    form(
        "POST /practices/{practice}/{cycle}/clarifications",
        "/practices/north-vale/2024/clarifications",
        &[("act", "answer"), ("criterion", "caseload-ceiling"), ("text", "Late")],
        [401, 409, 409, 409, 409, 409, 409, 404],
    ),
    // results
    row(
        "GET /practices/{practice}/{cycle}/report",
        "/practices/north-vale/2026/report",
        DRAFT,
    ),
    row(
        "GET /practices/{practice}/{cycle}/report",
        "/practices/north-vale/2024/report",
        FINISHED,
    ),
    row(
        "GET /practices/{practice}/{cycle}/report/{file}",
        "/practices/north-vale/2026/report/report.json",
        DRAFT,
    ),
    row(
        "GET /practices/{practice}/{cycle}/report/{file}",
        "/practices/north-vale/2024/report/report.csv",
        FINISHED,
    ),
    row(
        "GET /practices/{practice}/{cycle}/report/{file}",
        "/practices/north-vale/2024/report/report.xlsx",
        FINISHED,
    ),
    row(
        "GET /practices/{practice}/years",
        "/practices/north-vale/years",
        FINISHED,
    ),
    row(
        "GET /practices/{practice}/years/report.pdf",
        "/practices/north-vale/years/report.pdf",
        FINISHED,
    ),
    row("GET /network", "/network", NATIONAL),
    row(
        "GET /network",
        "/network?region=North&age=first&criteria=core",
        NATIONAL,
    ),
    row(
        "GET /network",
        "/network?age=ancient",
        [303, 404, 404, 404, 404, 404, 404, 404],
    ),
    row("GET /network/report.pdf", "/network/report.pdf", NATIONAL),
    // the drift explorer
    row("GET /drift", "/drift?to=2024&region=&slips=none&show=score", NATIONAL),
    row("GET /drift", "/drift?to=1999", NATIONAL_404),
    row("GET /drift/criteria", "/drift/criteria?criteria=core", NATIONAL),
    row("GET /drift/years", "/drift/years", NATIONAL),
    row(
        "GET /drift/criteria/{criterion}",
        "/drift/criteria/caseload-ceiling",
        NATIONAL,
    ),
    row(
        "GET /drift/criteria/{criterion}",
        "/drift/criteria/unknown",
        NATIONAL_404,
    ),
    row(
        "GET /drift/practices/{practice}/{element}",
        "/drift/practices/north-vale/small-caseloads",
        NATIONAL,
    ),
    row(
        "GET /drift/practices/{practice}/{element}",
        "/drift/practices/nowhere/small-caseloads",
        NATIONAL_404,
    ),
    row("GET /reports", "/reports", NATIONAL),
    row("GET /reports/{cycle}", "/reports/2024", NATIONAL),
    row("GET /reports/{cycle}/{file}", "/reports/2024/report.json", NATIONAL),
    row("GET /reports/{cycle}/{file}", "/reports/2024/report.xlsx", NATIONAL),
    // reports that are kept; asking twice is asking once
    row(
        "POST /reports/{cycle}/keep",
        "/reports/2024/keep",
        [401, 303, 303, 303, 404, 404, 404, 404],
    ),
    row(
        "POST /reports/{cycle}/keep",
        "/reports/1999/keep",
        [401, 404, 404, 404, 404, 404, 404, 404],
    ),
    row(
        "GET /reports/{cycle}/kept/{report}",
        "/reports/2024/kept/{national}",
        NATIONAL,
    ),
    row(
        "GET /reports/{cycle}/kept/{report}/{file}",
        "/reports/2024/kept/{national}/report.json",
        NATIONAL,
    ),
    // a Practice's under the national address
    row(
        "GET /reports/{cycle}/kept/{report}/{file}",
        "/reports/2024/kept/{kept}/report.json",
        [303, 404, 404, 404, 404, 404, 404, 404],
    ),
    row(
        "POST /practices/{practice}/{cycle}/report/keep",
        "/practices/north-vale/2024/report/keep",
        [401, 303, 303, 303, 303, 303, 303, 404],
    ),
    // nothing is finalised
    row(
        "POST /practices/{practice}/{cycle}/report/keep",
        "/practices/north-vale/2025/report/keep",
        [401, 404, 404, 404, 404, 404, 404, 404],
    ),
    row(
        "GET /practices/{practice}/{cycle}/kept/{report}",
        "/practices/north-vale/2024/kept/{kept}",
        FINISHED,
    ),
    row(
        "GET /practices/{practice}/{cycle}/kept/{report}/{file}",
        "/practices/north-vale/2024/kept/{kept}/report.json",
        FINISHED,
    ),
    row(
        "GET /practices/{practice}/{cycle}/kept/{report}/{file}",
        "/practices/north-vale/2024/kept/{kept}/report.pdf",
        [303, 404, 404, 404, 404, 404, 404, 404],
    ),
    // schemas
    row("GET /schemas/{file}", "/schemas/practice-report.json", ALL_200),
    row("GET /schemas/{file}", "/schemas/national-report.json", ALL_200),
    row("GET /schemas/{file}", "/schemas/other.json", ALL_404),
    // the framework
    row("GET /frameworks", "/frameworks", SIGNED_IN),
    row("GET /frameworks/{version}", "/frameworks/2026.1", SIGNED_IN),
    row(
        "GET /frameworks/{version}/changes",
        "/frameworks/2026.1/changes",
        SIGNED_IN,
    ),
    row(
        "GET /frameworks/{version}/booklet",
        "/frameworks/2026.1/booklet",
        SIGNED_IN,
    ),
    row(
        "GET /frameworks/{version}/booklet.pdf",
        "/frameworks/2026.1/booklet.pdf",
        SIGNED_IN,
    ),
    row(
        "GET /frameworks/{version}/{element}",
        "/frameworks/2026.1/small-caseloads",
        SIGNED_IN,
    ),
    // administration
    row("GET /admin", "/admin", ADMINISTRATOR),
    row("GET /admin/people", "/admin/people", ADMINISTRATOR),
    row(
        "POST /admin/people/invite",
        "/admin/people/invite",
        [401, 422, 404, 404, 404, 404, 404, 404],
    ),
    // with the key of something that is there, below: only an administrator gets through
    row(
        "POST /admin/people/password-link",
        "/admin/people/password-link",
        [401, 404, 404, 404, 404, 404, 404, 404],
    ),
    row(
        "POST /admin/people/withdraw",
        "/admin/people/withdraw",
        [401, 404, 404, 404, 404, 404, 404, 404],
    ),
    row(
        "POST /admin/people/end-role",
        "/admin/people/end-role",
        [401, 404, 404, 404, 404, 404, 404, 404],
    ),
    row("GET /admin/people/end-role", "/admin/people/end-role", NATIONAL_404),
    row("GET /admin/people/close", "/admin/people/close", NATIONAL_404),
    row("GET /admin/people/role", "/admin/people/role", NATIONAL_404),
    row("POST /admin/people/role", "/admin/people/role", ADMINISTRATOR_MISSING),
    row(
        "POST /admin/people/restore-role",
        "/admin/people/restore-role",
        ADMINISTRATOR_MISSING,
    ),
    row(
        "POST /admin/people/disable",
        "/admin/people/disable",
        [401, 404, 404, 404, 404, 404, 404, 404],
    ),
    row("GET /admin/practices", "/admin/practices", ADMINISTRATOR),
    row(
        "POST /admin/practices",
        "/admin/practices",
        [401, 422, 404, 404, 404, 404, 404, 404],
    ),
    row(
        "GET /admin/practices/{practice}",
        "/admin/practices/north-vale",
        ADMINISTRATOR,
    ),
    row(
        "POST /admin/practices/{practice}",
        "/admin/practices/north-vale",
        [401, 422, 404, 404, 404, 404, 404, 404],
    ),
    row(
        "GET /admin/practices/{practice}/close",
        "/admin/practices/north-vale/close",
        ADMINISTRATOR,
    ),
    row(
        "POST /admin/practices/{practice}/close",
        "/admin/practices/north-vale/close",
        [401, 422, 404, 404, 404, 404, 404, 404],
    ),
    row(
        "POST /admin/practices/{practice}/reopen",
        "/admin/practices/north-vale/reopen",
        [401, 303, 404, 404, 404, 404, 404, 404],
    ),
    row("GET /admin/regions", "/admin/regions", ADMINISTRATOR),
    row(
        "POST /admin/regions",
        "/admin/regions",
        [401, 422, 404, 404, 404, 404, 404, 404],
    ),
    row(
        "POST /admin/regions/rename",
        "/admin/regions/rename",
        [401, 422, 404, 404, 404, 404, 404, 404],
    ),
    row("GET /admin/cycles", "/admin/cycles", ADMINISTRATOR),
    row(
        "GET /admin/cycles/close",
        "/admin/cycles/close?cycle=2026",
        ADMINISTRATOR,
    ),
    row(
        "GET /admin/cycles/close",
        "/admin/cycles/close?cycle=1999",
        NATIONAL_404,
    ),
    row(
        "POST /admin/cycles",
        "/admin/cycles",
        [401, 422, 404, 404, 404, 404, 404, 404],
    ),
    form(
        "POST /admin/cycles/close",
        "/admin/cycles/close",
        &[("cycle", "2024")],
        [401, 303, 404, 404, 404, 404, 404, 404],
    ),
    row("GET /admin/imports", "/admin/imports", ADMINISTRATOR),
    row(
        "POST /admin/imports",
        "/admin/imports",
        [401, 422, 404, 404, 404, 404, 404, 404],
    ),
    row(
        "POST /admin/imports/confirm",
        "/admin/imports/confirm",
        [401, 422, 404, 404, 404, 404, 404, 404],
    ),
    row(
        "GET /admin/imports/template/{version}",
        "/admin/imports/template/2026.1",
        ADMINISTRATOR,
    ),
    row(
        "GET /admin/imports/template/{version}",
        "/admin/imports/template/1999.1",
        NATIONAL_404,
    ),
    // one that is there is taken back in imports.rs
    row(
        "GET /admin/imports/{import}/take-back",
        "/admin/imports/019c0000-0000-7000-8000-000000000000/take-back",
        NATIONAL_404,
    ),
    row(
        "POST /admin/imports/{import}/take-back",
        "/admin/imports/019c0000-0000-7000-8000-000000000000/take-back",
        [401, 404, 404, 404, 404, 404, 404, 404],
    ),
    form(
        "POST /admin/cycles/reopen",
        "/admin/cycles/reopen",
        &[("cycle", "2024")],
        [401, 303, 404, 404, 404, 404, 404, 404],
    ),
];
