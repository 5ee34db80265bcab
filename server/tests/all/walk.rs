//! Every endpoint × everybody: what each may, in one table. An endpoint without a row fails, and so does a row without
//! an endpoint.

use crate::{
    site::{Browser, encoded},
    world::{Persona, World},
};
use axum::{body::Body, http::Method};
use std::collections::BTreeSet;

/// The answers' statuses, in this order: signed out, administrator, reviewer, reviewer who belongs to North Vale, lead,
/// contributor, reader, and anybody of South Bay only.
type Statuses = [u16; 8];

/// Everybody, signed in or not.
const ALL_200: Statuses = [200; 8];
const ALL_404: Statuses = [404; 8];
/// Anybody with an account.
const SIGNED_IN: Statuses = [303, 200, 200, 200, 200, 200, 200, 200];
/// National Pause.
const NATIONAL: Statuses = [303, 200, 200, 200, 404, 404, 404, 404];
/// Administrators.
const ADMINISTRATOR: Statuses = [303, 200, 404, 404, 404, 404, 404, 404];
/// What the Practice writes and National Pause does not see yet.
const DRAFT: Statuses = [303, 404, 404, 200, 200, 200, 404, 404];
/// What is submitted; readers wait until it is finished.
const SUBMITTED: Statuses = [303, 200, 200, 200, 200, 200, 404, 404];
/// What is finished.
const FINISHED: Statuses = [303, 200, 200, 200, 200, 200, 200, 404];
/// The review: National Pause, but nobody who belongs to the Practice.
const REVIEW: Statuses = [303, 200, 200, 404, 404, 404, 404, 404];

struct Row {
    endpoint: &'static str,
    path: &'static str,
    form: &'static [(&'static str, &'static str)],
    statuses: Statuses,
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
const TABLE: &[Row] = &[
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
        "POST /account/password",
        "/account/password",
        [401, 422, 422, 422, 422, 422, 422, 422],
    ),
    row(
        "POST /account/sign-out-everywhere",
        "/account/sign-out-everywhere",
        [401, 303, 303, 303, 303, 303, 303, 303],
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
        [401, 303, 303, 404, 404, 404, 404, 404],
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
    row("GET /reports", "/reports", NATIONAL),
    row("GET /reports/{cycle}", "/reports/2024", NATIONAL),
    row("GET /reports/{cycle}/{file}", "/reports/2024/report.json", NATIONAL),
    // the framework
    row("GET /frameworks", "/frameworks", SIGNED_IN),
    row("GET /frameworks/{version}", "/frameworks/2026.1", SIGNED_IN),
    row(
        "GET /frameworks/{version}/changes",
        "/frameworks/2026.1/changes",
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
        "POST /admin/people/withdraw",
        "/admin/people/withdraw",
        [401, 404, 404, 404, 404, 404, 404, 404],
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
    row("GET /admin/cycles", "/admin/cycles", ADMINISTRATOR),
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
];

impl Row {
    fn method(&self) -> Method {
        if self.endpoint.starts_with("POST") {
            Method::POST
        } else {
            Method::GET
        }
    }

    fn status(&self, persona: Persona) -> u16 {
        let column = Persona::ALL.iter().position(|p| *p == persona).unwrap();
        self.statuses[column.min(7)]
    }

    async fn walk(&self, browser: &mut Browser, path: &str) -> crate::site::Reply {
        browser.send(self.method(), path, Body::from(encoded(self.form))).await
    }
}

#[test]
fn every_endpoint_has_a_row_and_every_row_an_endpoint() {
    let endpoints: BTreeSet<String> = app::endpoints()
        .iter()
        .map(|e| format!("{} {}", e.method, e.path))
        .collect();
    let rows: BTreeSet<String> = TABLE.iter().map(|row| row.endpoint.to_owned()).collect();
    assert_eq!(endpoints, rows);
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_may_what_the_table_says_and_nothing_else() {
    let world = World::new().await;
    world.invite_for_walk().await;
    let mut wrong = vec![];
    for row in TABLE {
        for persona in Persona::ALL {
            // a new session each time: some rows end it
            let mut browser = world.browser(persona).await;
            let reply = row.walk(&mut browser, row.path).await;
            let (expected, got) = (row.status(persona), reply.status.as_u16());
            if expected != got {
                wrong.push(format!(
                    "{} {} by {persona:?}: {got}, not {expected}",
                    row.method(),
                    row.path
                ));
            }
            if persona == Persona::SignedOut && row.method() == Method::GET && got == 303 {
                assert!(
                    reply.location().starts_with("/sign-in?next=%2F"),
                    "{}",
                    reply.location()
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_practice_looks_as_if_there_were_none() {
    let world = World::new().await;
    for row in TABLE.iter().filter(|row| row.path.contains("north-vale")) {
        for persona in Persona::ALL.into_iter().filter(|persona| persona.is_other()) {
            let mut browser = world.browser(persona).await;
            let theirs = row.walk(&mut browser, row.path).await;
            let nobodys = row.walk(&mut browser, &row.path.replace("north-vale", "no-such")).await;
            assert_eq!(
                (theirs.status.as_u16(), theirs.body),
                (404, nobodys.body),
                "{} by {persona:?}",
                row.path
            );
            assert_eq!(nobodys.status.as_u16(), 404, "{} by {persona:?}", row.path);
        }
        for persona in [Persona::Administrator, Persona::Reviewer, Persona::Lead] {
            let mut browser = world.browser(persona).await;
            for path in [
                row.path.replace("north-vale", "no-such"),
                row.path.replace("north-vale", "NO_SUCH"),
            ] {
                assert_eq!(
                    row.walk(&mut browser, &path).await.status.as_u16(),
                    404,
                    "{path} by {persona:?}"
                );
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_an_administrator_withdraws_invitations_and_closes_accounts() {
    let world = World::new().await;
    world.invite_for_walk().await;
    let pending = world
        .site
        .state
        .store
        .pending_invitations(&framework::actor::Actor::operator(), crate::site::now())
        .await;
    let invitation = pending.unwrap().first().unwrap().id.to_string();
    let reader = world.id(Persona::Reader).0.to_string();
    let forms = [
        ("/admin/people/withdraw", vec![("id", invitation.as_str())]),
        (
            "/admin/people/disable",
            vec![("id", reader.as_str()), ("disabled", "yes")],
        ),
    ];
    for (path, form) in forms {
        for persona in [
            Persona::Reviewer,
            Persona::OwnReviewer,
            Persona::Lead,
            Persona::Contributor,
            Persona::OtherLead,
        ] {
            let reply = world.browser(persona).await.post(path, &form).await;
            assert_eq!(reply.status.as_u16(), 404, "{path} by {persona:?}");
        }
        let reply = world.browser(Persona::Administrator).await.post(path, &form).await;
        assert_eq!(reply.status.as_u16(), 303, "{path}");
    }
    let mut closed = world.site.stranger();
    assert_eq!(
        closed
            .sign_in("reader@example.org", crate::site::PASSWORD)
            .await
            .status
            .as_u16(),
        422
    );
}
