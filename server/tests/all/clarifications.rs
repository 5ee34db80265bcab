//! Clarifications from outside: all threads are one form, and no text on any of them is lost.

use crate::world::{Persona, World};

const TALK: &str = "/practices/north-vale/2025/clarifications";
const SENT: &str = "Sent. What you have written on other criteria is still below";

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_sent_or_refused_leaves_what_was_written_on_other_criteria() {
    let world = World::new().await;
    let mut reviewer = world.browser(Persona::Reviewer).await;
    for criterion in ["caseload-ceiling", "travel-counted"] {
        let question = [("act", "ask"), ("criterion", criterion), ("text", "Since when?")];
        assert_eq!(reviewer.post(TALK, &question).await.status.as_u16(), 303, "{criterion}");
    }
    let mut lead = world.browser(Persona::Lead).await;
    let shown = lead.get(TALK).await.body;
    for button in ["answer:caseload-ceiling", "answer:travel-counted"] {
        assert!(shown.contains(&format!("value=\"{button}\"")), "{button}: {shown}");
    }
    let answers = |act, seen| {
        [
            ("act", act),
            ("caseload-ceiling.revision", seen),
            ("caseload-ceiling.text", "Since the spring."),
            ("travel-counted.revision", "1"),
            ("travel-counted.text", "Since the autumn."),
        ]
    };
    // refused, since the thread is not as it was seen
    let refused = lead.post(TALK, &answers("answer:caseload-ceiling", "0")).await;
    assert_eq!(refused.status.as_u16(), 409);
    for text in ["Since the spring.", "Since the autumn."] {
        assert!(refused.body.contains(text), "{text}: {}", refused.body);
    }
    // one of two is sent
    let sent = lead.post(TALK, &answers("answer:caseload-ceiling", "1")).await;
    assert_eq!(sent.status.as_u16(), 200);
    assert!(
        sent.body.contains(SENT) && sent.body.contains("Since the autumn."),
        "{}",
        sent.body
    );
    let stored = lead.get(TALK).await.body;
    assert!(
        stored.contains("Since the spring.") && !stored.contains("Since the autumn."),
        "{stored}"
    );
    // sent once more by a reload: refused, and still nothing is lost
    let again = lead.post(TALK, &answers("answer:caseload-ceiling", "1")).await;
    assert_eq!(again.status.as_u16(), 409);
    assert!(again.body.contains("Since the autumn."), "{}", again.body);
    // the other one alone leads on as ever
    let mut other = answers("answer:travel-counted", "2");
    other[2].1 = "";
    let sent = lead.post(TALK, &other).await;
    assert_eq!(sent.status.as_u16(), 303);
    assert_eq!(sent.location(), format!("{TALK}#travel-counted"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_waits_is_not_sent_over_a_message_that_came_meanwhile() {
    let world = World::new().await;
    let mut reviewer = world.browser(Persona::Reviewer).await;
    for criterion in ["caseload-ceiling", "travel-counted"] {
        let question = [("act", "ask"), ("criterion", criterion), ("text", "Since when?")];
        reviewer.post(TALK, &question).await;
    }
    let theirs = [
        ("act", "answer:travel-counted"),
        ("travel-counted.revision", "1"),
        ("travel-counted.text", "A colleague was faster."),
    ];
    let colleague = world.browser(Persona::Contributor).await.post(TALK, &theirs).await;
    assert_eq!(colleague.status.as_u16(), 303);
    let mut lead = world.browser(Persona::Lead).await;
    let both = [
        ("act", "answer:caseload-ceiling"),
        ("caseload-ceiling.revision", "1"),
        ("caseload-ceiling.text", "Since the spring."),
        ("travel-counted.revision", "1"),
        ("travel-counted.text", "Since the autumn."),
    ];
    let sent = lead.post(TALK, &both).await;
    assert_eq!(sent.status.as_u16(), 200);
    assert!(
        sent.body.contains("name=\"travel-counted.revision\" value=\"1\""),
        "{}",
        sent.body
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_question_is_told_of_both_fields_and_a_marked_word_is_asked_about_once() {
    let world = World::new().await;
    let mut reviewer = world.browser(Persona::Reviewer).await;
    let empty = reviewer.post(TALK, &[("act", "ask")]).await;
    assert_eq!(empty.status.as_u16(), 422);
    for message in ["Choose the criterion that you ask about.", "Write your message."] {
        assert!(empty.body.contains(message), "{message}: {}", empty.body);
    }
    let question = [
        ("act", "ask"),
        ("criterion", "caseload-ceiling"),
        ("text", "Did Ms Smith say so?"),
    ];
    let asked = reviewer.post(TALK, &question).await;
    assert_eq!(asked.status.as_u16(), 422);
    assert!(asked.body.contains("<mark>Ms Smith</mark>"), "{}", asked.body);
    let marks = crate::identify::marks(&asked.body, "keep");
    let mut kept = question.to_vec();
    kept.push(("keep", &marks));
    assert_eq!(reviewer.post(TALK, &kept).await.status.as_u16(), 303);
}
