//! Moderation as it is done on the pages: what is missing, what needs a reason, the Practice's statement, and the end.

use crate::{
    site::{Browser, Reply, now, slug},
    world::{Persona, World, cycle, version},
};
use framework::{
    actor::Actor,
    assessment::{Agreement, Response, Review},
    criteria::Criterion,
    lifecycle::Operation,
    prose::Prose,
    rating::Rating,
    wording::Worded,
};
use store::{Assessment, Change};

const REVIEW: &str = "/practices/north-vale/2025/review";
const MODERATION: &str = "/practices/north-vale/2025/moderation";
const FINALISE: &str = "/practices/north-vale/2025/finalise";
const STATEMENT: &str = "/practices/north-vale/2025/statement";
const READY: &str = "/practices/north-vale/2025/review/ready";

fn criteria(world: &World) -> Vec<Criterion> {
    let library = world.site.state.store.library();
    library.version(&version("2025.1")).unwrap().criteria.clone()
}

async fn actor(world: &World, persona: Persona) -> Actor {
    world.site.actor(world.id(persona)).await
}

async fn assessment(world: &World, persona: Persona) -> Assessment {
    let who = actor(world, persona).await;
    let store = &world.site.state.store;
    store
        .assessment(&who, &slug("north-vale"), &cycle("2025"))
        .await
        .unwrap()
}

fn changes<T: Worded>(world: &World, value: impl Fn(usize, &Criterion) -> T) -> Vec<Change<T>> {
    let change =
        |(place, criterion): (usize, &Criterion)| Change::whole(criterion.id.clone(), 0, value(place, criterion));
    criteria(world).iter().enumerate().map(change).collect()
}

/// Every criterion is reviewed as the Practice rated it, but for the first that it rated 5, which comes to a level.
/// That one's place.
async fn review_all(world: &World, level: u8) -> usize {
    let now_stands = assessment(world, Persona::Reviewer).await;
    let own: Vec<Option<Rating>> = now_stands.lines.iter().map(|line| line.entry.self_rating()).collect();
    let top = own.iter().position(|rating| *rating == Rating::new(5)).unwrap();
    let reviews = changes(world, |place, _| Review {
        rating: if place == top { Rating::new(level) } else { own[place] },
        ..Review::default()
    });
    let who = actor(world, Persona::Reviewer).await;
    let store = &world.site.state.store;
    store
        .save_reviews(&who, &slug("north-vale"), &cycle("2025"), reviews, now())
        .await
        .unwrap();
    top
}

/// The assessment is moderated: the first 5 is agreed at 3.
async fn moderate(world: &World) -> usize {
    let top = review_all(world, 3).await;
    let agreements = changes(world, |place, _| Agreement {
        rating: (place == top).then(|| Rating::new(3).unwrap()),
        comment: (place == top).then(|| Prose::read("Talked through with the lead.").unwrap().unwrap()),
        class: Some(framework::assessment::AdaptationClass::Unexplained),
        ..Agreement::default()
    });
    let who = actor(world, Persona::Reviewer).await;
    let (store, north, year) = (&world.site.state.store, slug("north-vale"), cycle("2025"));
    store
        .save_agreements(&who, &north, &year, agreements, now())
        .await
        .unwrap();
    store
        .transition(&who, &north, &year, Operation::Moderate, None, now())
        .await
        .unwrap();
    top
}

fn status(reply: &Reply) -> u16 {
    reply.status.as_u16()
}

/// Returns what a hidden field of a page holds.
fn hidden(page: &str, name: &str) -> String {
    let field = format!("name=\"{name}\" value=\"");
    let (_, rest) = page.split_once(&field).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// Sends one criterion's part of the moderation form.
async fn agree(browser: &mut Browser, id: &str, fields: &[(&str, &str)]) -> Reply {
    let fields: Vec<(String, &str)> = fields
        .iter()
        .map(|(name, text)| (format!("{id}.{name}"), *text))
        .collect();
    let mut all: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let (revision, base) = (format!("{id}.revision"), format!("{id}.base"));
    all.extend([(revision.as_str(), "0"), (base.as_str(), "")]);
    browser.post(MODERATION, &all).await
}

#[tokio::test(flavor = "multi_thread")]
async fn before_any_rating_moderation_says_how_many_are_missing_and_where() {
    let world = World::new().await;
    let mut reviewer = world.browser(Persona::Reviewer).await;
    let page = reviewer.get(MODERATION).await.body;
    let all = criteria(&world);
    assert!(
        page.contains(&format!("{} criteria have no review rating yet.", all.len())),
        "{page}"
    );
    assert!(!page.contains("Nothing to settle"), "{page}");
    let first = format!("{REVIEW}/{}#{}", all[0].element, all[0].id);
    assert!(page.contains(&format!("href=\"{first}\"")), "{page}");
    let over = reviewer.get(REVIEW).await.body;
    assert!(
        over.contains(&format!("{} criteria have no review rating yet.", all.len())),
        "{over}"
    );
    assert!(!over.contains("No difference is open"), "{over}");
    let moved = reviewer.post(REVIEW, &[("action", "moderate")]).await;
    assert_eq!(status(&moved), 422);
    assert!(
        moved
            .body
            .contains(&format!("still need a review rating ({})", all.len()))
    );

    // one is missing
    let last = all.last().unwrap();
    review_all(&world, 5).await;
    let who = actor(&world, Persona::Reviewer).await;
    let none = vec![Change::whole(last.id.clone(), 1, Review::default())];
    let store = &world.site.state.store;
    store
        .save_reviews(&who, &slug("north-vale"), &cycle("2025"), none, now())
        .await
        .unwrap();
    let page = reviewer.get(MODERATION).await.body;
    assert!(page.contains("1 criterion has no review rating yet."), "{page}");
    assert!(
        page.contains(&format!("{REVIEW}/{}#{}", last.element, last.id)),
        "{page}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_settled_far_from_the_practice_or_by_drift_needs_a_reason_at_the_field() {
    let world = World::new().await;
    let top = review_all(&world, 3).await;
    let all = criteria(&world);
    let own = assessment(&world, Persona::Reviewer).await;
    let low = own
        .lines
        .iter()
        .position(|line| line.entry.self_rating() == Rating::new(2))
        .unwrap();
    let (top, low) = (all[top].id.as_str(), all[low].id.as_str());
    let mut reviewer = world.browser(Persona::Reviewer).await;
    for (id, fields, words) in [
        (
            top,
            &[("rating", "3"), ("class", "unexplained"), ("comment", "")][..],
            "2 levels below the Practice’s own",
        ),
        (low, &[("class", "unplanned"), ("comment", "")], "unplanned drift"),
    ] {
        let refused = agree(&mut reviewer, id, fields).await;
        assert_eq!(status(&refused), 422, "{id}");
        assert!(
            refused.body.contains(&format!("href=\"#{id}.comment\"")),
            "the summary leads to the field"
        );
        assert!(refused.body.contains(&format!("id=\"{id}.comment-error\"")), "{id}");
        assert!(refused.body.contains(words), "{id}");
        let mut reasoned = fields[..fields.len() - 1].to_vec();
        reasoned.push(("comment", "The log covers half the year."));
        assert_eq!(status(&agree(&mut reviewer, id, &reasoned).await), 303, "{id}");
    }
    // one level needs none
    let again = [("rating", "4"), ("class", ""), ("comment", "")];
    let mut fields: Vec<(String, &str)> = again
        .iter()
        .map(|(name, text)| (format!("{top}.{name}"), *text))
        .collect();
    fields.extend([(format!("{top}.revision"), "1"), (format!("{top}.base"), "")]);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    assert_eq!(status(&reviewer.post(MODERATION, &fields).await), 303);
}

/// North Vale's 2025 gets a second reviewer before anything is rated; the new one's id.
async fn two_review(world: &World) -> framework::actor::PersonId {
    let second = world.site.person("second@example.org", &[("reviewer", None)]).await;
    let admin = actor(world, Persona::Administrator).await;
    let people = [Some(world.id(Persona::Reviewer)), Some(second)];
    let store = &world.site.state.store;
    store
        .assign(&admin, &slug("north-vale"), &cycle("2025"), people, now())
        .await
        .unwrap();
    second
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_each_keeps_seeing_the_own_ratings_and_settles_against_the_other_with_a_reason() {
    let world = World::new().await;
    let second = two_review(&world).await;
    let all = criteria(&world);
    let (n, one) = (all.len(), &all[0]);
    let sheet = format!("{REVIEW}/{}", one.element);
    let mut first = world.browser(Persona::Reviewer).await;
    let mut other = world.site.browser_of(second).await;

    // nothing is rated: no button, and no way round it
    let over = first.get(REVIEW).await.body;
    assert!(!over.contains("review/ready\""), "{over}");
    assert!(
        over.contains(&format!("You have not rated {n} criteria yet.")),
        "{over}"
    );
    let early = first.post(READY, &[]).await;
    assert_eq!(status(&early), 422);
    assert!(early.body.contains(&format!("Criteria that you have not rated: {n}.")));
    assert!(
        first
            .get(MODERATION)
            .await
            .body
            .contains("Moderation begins once the ratings of both are in.")
    );
    // whoever rates neither does not read “0 rated”
    let mut admin = world.browser(Persona::Administrator).await;
    for page in [REVIEW, &sheet] {
        let page = admin.get(page).await.body;
        assert!(!page.contains("0 of"), "{page}");
    }

    review_all(&world, 4).await;
    assert_eq!(status(&first.post(READY, &[]).await), 303);
    let over = first.get(REVIEW).await.body;
    assert!(
        over.contains(&format!("{n} of {n} rated")) && over.contains("Your ratings are in"),
        "{over}"
    );
    let page = first.get(&sheet).await.body;
    assert!(
        page.contains("Your rating</dt><dd>") && !page.contains("Not rated"),
        "{page}"
    );

    let readings = changes(&world, |_, _| Review {
        rating: Rating::new(4),
        ..Review::default()
    });
    let store = &world.site.state.store;
    let who = world.site.actor(second).await;
    store
        .save_reviews(&who, &slug("north-vale"), &cycle("2025"), readings, now())
        .await
        .unwrap();
    assert_eq!(status(&other.post(READY, &[]).await), 303);

    // the first was rated 1 by the one and 4 by the other
    let own = assessment(&world, Persona::Reviewer).await.lines[0].entry.clone();
    assert_eq!(own.answer.response, Some(Response::Rated(Rating::new(1).unwrap())));
    let settle = async |browser: &mut Browser, rating: &'static str, comment: &'static str| {
        let fields = [
            ("rating", rating),
            ("comment", comment),
            ("question", ""),
            ("revision", "0"),
            ("base", ""),
        ];
        let fields: Vec<(String, &str)> = fields.map(|(name, text)| (format!("{}.{name}", one.id), text)).into();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (name.as_str(), *text)).collect();
        browser.post(&sheet, &fields).await
    };
    let refused = settle(&mut first, "1", "").await;
    assert_eq!(status(&refused), 422);
    assert!(
        refused.body.contains("another reviewer rated this 4 – In place"),
        "{}",
        refused.body
    );
    assert!(refused.body.contains(&format!("id=\"{}.comment-error\"", one.id)));
    assert_eq!(
        status(&settle(&mut first, "4", "").await),
        303,
        "giving in needs no reason"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_practice_states_reviewers_see_it_and_finalising_shows_and_asks_once_more() {
    let world = World::new().await;
    let top = moderate(&world).await;
    let title = criteria(&world)[top].title.clone();
    let mut lead = world.browser(Persona::Lead).await;
    let mut reviewer = world.browser(Persona::Reviewer).await;

    let tasks = lead.get("/practices/north-vale/2025").await.body;
    assert!(tasks.contains(&format!("href=\"{STATEMENT}\"")), "{tasks}");
    let page = lead.get(STATEMENT).await.body;
    assert!(
        page.contains(&title) && page.contains("Talked through with the lead."),
        "{page}"
    );
    assert!(page.contains("The Practice has made no statement."), "{page}");
    assert!(
        reviewer
            .get(REVIEW)
            .await
            .body
            .contains("The Practice has made no statement.")
    );
    let asked = reviewer.get(FINALISE).await.body;
    for words in [
        title.as_str(),
        "It has been able to make one since",
        "without a statement of the Practice now?",
        "What can never be changed",
    ] {
        assert!(asked.contains(words), "{words}: {asked}");
    }
    let before = hidden(&asked, "seen");

    // refused, asked about, kept
    let silent = lead
        .post(STATEMENT, &[("stance", "dissents"), ("words", " "), ("seen", "0")])
        .await;
    assert_eq!(status(&silent), 422);
    assert!(silent.body.contains("id=\"words-error\""), "{}", silent.body);
    let named = [("stance", "dissents"), ("words", "Ms Smith rated this."), ("seen", "0")];
    let named = lead.post(STATEMENT, &named).await;
    assert_eq!(status(&named), 422);
    assert!(named.body.contains("<mark>Ms Smith</mark>"), "{}", named.body);
    let dissent = [
        ("stance", "dissents"),
        ("words", "We do not agree on this one."),
        ("seen", "0"),
    ];
    assert_eq!(status(&lead.post(STATEMENT, &dissent).await), 303);
    let meanwhile = lead
        .post(STATEMENT, &[("stance", "agrees"), ("words", ""), ("seen", "0")])
        .await;
    assert_eq!(status(&meanwhile), 409);
    assert!(
        meanwhile.body.contains("Not saved: the statement has changed"),
        "{}",
        meanwhile.body
    );
    let mut contributor = world.browser(Persona::Contributor).await;
    assert!(
        contributor
            .get(STATEMENT)
            .await
            .body
            .contains("We do not agree on this one.")
    );
    assert_eq!(status(&contributor.post(STATEMENT, &dissent).await), 409);
    assert_eq!(status(&world.browser(Persona::Reader).await.get(STATEMENT).await), 404);

    // what was shown is not what stands now
    assert!(reviewer.get(REVIEW).await.body.contains("We do not agree on this one."));
    let stale = reviewer.post(FINALISE, &[("seen", &before)]).await;
    assert_eq!(status(&stale), 409);
    assert!(stale.body.contains("Something has changed since you opened this page."));
    assert_eq!(status(&reviewer.post(FINALISE, &[]).await), 409);
    assert_eq!(
        status(&reviewer.post(REVIEW, &[("action", "finalise")]).await),
        400,
        "only from the page that shows it"
    );
    let shown = reviewer.get(FINALISE).await.body;
    assert!(!shown.contains("without a statement"), "{shown}");
    let seen = hidden(&shown, "seen");
    assert_eq!(status(&reviewer.post(FINALISE, &[("seen", &seen)]).await), 303);

    // frozen, and printed
    let late = lead.post(STATEMENT, &[("stance", "none"), ("seen", "1")]).await;
    assert_eq!(status(&late), 409);
    let page = lead.get(STATEMENT).await.body;
    assert!(
        page.contains("We do not agree on this one.") && !page.contains("name=\"stance\""),
        "{page}"
    );
    let report = "/practices/north-vale/2025/report";
    let html = lead.get(report).await.body;
    assert!(html.contains("Statement of the Practice") && html.contains("We do not agree on this one."));
    let json: serde_json::Value = serde_json::from_str(&lead.get(&format!("{report}/report.json")).await.body).unwrap();
    assert_eq!(json["statement"]["stance"], "dissents");
    assert_eq!(json["statement"]["words"], "We do not agree on this one.");
    let csv = lead.get(&format!("{report}/report.csv")).await.body;
    assert!(csv.contains("Words: We do not agree on this one."), "{csv}");
    let history = lead.get("/practices/north-vale/2025/history").await.body;
    assert!(
        history.contains("Statement: the Practice does not agree with the ratings"),
        "{history}"
    );
}
