//! Every endpoint × everybody: what each may, in one table. An endpoint without a row fails, and so does a row without
//! an endpoint.

mod adaptations;
mod table;

use crate::{
    site::{Browser, encoded},
    world::{Persona, World},
};
use axum::{body::Body, http::Method};
use std::collections::BTreeSet;
use table::{Row, TABLE};

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
            let reply = row.walk(&mut browser, &world.address(row.path)).await;
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
            let path = world.address(row.path);
            let theirs = row.walk(&mut browser, &path).await;
            let nobodys = row.walk(&mut browser, &path.replace("north-vale", "no-such")).await;
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
            let path = world.address(row.path);
            for path in [
                path.replace("north-vale", "no-such"),
                path.replace("north-vale", "NO_SUCH"),
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
async fn only_an_administrator_makes_a_link_for_a_new_password() {
    let world = World::new().await;
    let reader = world.id(Persona::Reader).0.to_string();
    let form = [("id", reader.as_str())];
    for persona in Persona::ALL {
        let mut browser = world.browser(persona).await;
        let reply = browser.post("/admin/people/password-link", &form).await;
        let expected = match persona {
            Persona::SignedOut => 401,
            Persona::Administrator => 200,
            _ => 404,
        };
        assert_eq!(reply.status.as_u16(), expected, "{persona:?}");
        assert_eq!(reply.body.contains("/invitation/"), expected == 200, "{persona:?}");
    }
    let own = world.id(Persona::Administrator).0.to_string();
    let mut browser = world.browser(Persona::Administrator).await;
    let reply = browser
        .post("/admin/people/password-link", &[("id", own.as_str())])
        .await;
    assert_eq!(reply.status.as_u16(), 409);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_an_administrator_withdraws_invitations_ends_roles_and_closes_accounts() {
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
    let contributor = world.id(Persona::Contributor).0.to_string();
    let forms = [
        ("/admin/people/withdraw", vec![("id", invitation.as_str())]),
        (
            "/admin/people/end-role",
            vec![("id", contributor.as_str()), ("practice", "north-vale")],
        ),
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
    let outside = world
        .browser(Persona::Contributor)
        .await
        .get("/practices/north-vale")
        .await;
    assert_eq!(outside.status.as_u16(), 404, "the role has ended");
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
