//! A database that fails while a form is saved: nothing is called saved, and what was typed comes back.

use crate::{
    evidence::{multipart, send},
    world::{Persona, World},
};

const ELEMENT: &str = "/practices/north-vale/2026/elements/small-caseloads";
const BREAK: &str = "CREATE TRIGGER broken BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'broken on purpose'); END";
const WORDS: &str = "The minutes of May, with names <left out>.";

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_fails_gives_back_what_was_typed_and_works_when_sent_again() {
    let world = World::new().await;
    let mut lead = world.browser(Persona::Lead).await;
    world.site.run(BREAK).await;
    for (path, field) in [
        (ELEMENT, "travel-counted.evidence"),
        ("/practices/north-vale/evidence/add/note", "note"),
        ("/practices/north-vale/plan/new", "what"),
    ] {
        let form = [
            (field, WORDS),
            ("travel-counted.revision", "0"),
            ("title", "Minutes"),
            ("shows", "That travel counts"),
            ("true_of-day", "1"),
            ("true_of-month", "5"),
            ("true_of-year", "2025"),
            ("cycle", "2024"),
            ("criterion", "caseload-ceiling"),
            ("owner", "Practice lead"),
            ("by-day", "27"),
            ("by-month", "3"),
            ("by-year", "2097"),
        ];
        let reply = match field {
            "note" => send(&mut lead, path, multipart(&form, None).into()).await,
            _ => lead.post(path, &form).await,
        };
        assert_eq!(reply.status.as_u16(), 500, "{path}: {}", reply.body);
        assert!(
            !reply.body.contains("broken on purpose"),
            "{path}: the cause is for the log"
        );
        for expected in [
            "it is not certain that anything was saved",
            "The minutes of May, with names &lt;left out",
        ] {
            assert!(reply.body.contains(expected), "{path} lacks {expected}: {}", reply.body);
        }
    }
    world.site.run("DROP TRIGGER broken").await;
    let form = [("travel-counted.evidence", WORDS), ("travel-counted.revision", "0")];
    assert_eq!(lead.post(ELEMENT, &form).await.status.as_u16(), 303);
    assert!(lead.get(ELEMENT).await.body.contains("&lt;left out"));
}
