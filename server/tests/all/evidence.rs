//! Uploads as a browser sends them – whole, wrong, too large, broken off – and what downloads tell the browser.

use crate::{
    identify::marks,
    site::{Browser, Reply, Site, encoded, now, slug},
    world::{Persona, World},
};
use axum::{body::Body, http::Method};

const ADD: &str = "/practices/north-vale/evidence/add/file";
const BOUNDARY: &str = "----a-browser-s-boundary";
const FORM: [(&str, &str); 8] = [
    ("title", "Minutes of <May>"),
    ("shows", "Who came"),
    ("true_of-day", "5"),
    ("true_of-month", "1"),
    ("true_of-year", "2026"),
    ("review_by-day", ""),
    ("review_by-month", ""),
    ("review_by-year", ""),
];

/// Returns a form with a file, as browsers encode it.
pub fn multipart(fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Vec<u8> {
    let mut body = vec![];
    for (name, text) in fields {
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
        body.extend(head.into_bytes());
    }
    if let Some((name, bytes)) = file {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend(head.into_bytes());
        body.extend(bytes);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
    body
}

pub async fn send(browser: &mut Browser, path: &str, body: Body) -> Reply {
    let kind = ("content-type", format!("multipart/form-data; boundary={BOUNDARY}"));
    browser.headers.push(kind);
    let reply = browser.send(Method::POST, path, body).await;
    browser.headers.retain(|(name, _)| *name != "content-type");
    reply
}

async fn upload(browser: &mut Browser, name: &str, bytes: &[u8]) -> Reply {
    send(browser, ADD, multipart(&FORM, Some((name, bytes))).into()).await
}

/// Returns how many files are kept that no row names; they are taken away by asking.
async fn left_over(site: &Site) -> usize {
    let sweeping = site.state.files.sweeping().await;
    let named = site
        .state
        .store
        .referenced_files(&framework::actor::Actor::operator())
        .await
        .unwrap();
    sweeping.sweep(&named).await.unwrap()
}

async fn items(world: &World) -> usize {
    let lead = world.site.actor(world.id(Persona::Lead)).await;
    let store = &world.site.state.store;
    store.evidence(&lead, &slug("north-vale")).await.unwrap().items.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_taken_and_given_out_as_it_came_to_be_saved_only() {
    let world = World::new().await;
    let mut lead = world.browser(Persona::Lead).await;
    for (name, bytes, kind, disposition) in [
        (
            "Cofnodion ŵyl.pdf",
            &b"%PDF-1.4 minutes"[..],
            "application/pdf",
            "attachment; filename=\"Cofnodion _yl.pdf\"; filename*=UTF-8''Cofnodion%20%C5%B5yl.pdf",
        ),
        (
            "notes.md",
            b"<script>alert(1)</script>",
            "text/markdown; charset=utf-8",
            "attachment; filename=\"notes.md\"; filename*=UTF-8''notes.md",
        ),
    ] {
        let reply = upload(&mut lead, name, bytes).await;
        assert_eq!(reply.status.as_u16(), 303, "{}", reply.body);
        let item = reply.location().to_owned();
        let page = lead.get(&item).await;
        assert!(page.body.contains("Minutes of &lt;May&gt;") && page.body.contains("5 January 2026"));
        let file = lead.get(&format!("{item}/1/file")).await;
        assert_eq!((file.status.as_u16(), file.body.as_bytes()), (200, bytes));
        for (header, value) in [
            ("content-type", kind),
            ("content-disposition", disposition),
            ("x-content-type-options", "nosniff"),
            ("content-security-policy", "default-src 'none'; sandbox"),
            ("cache-control", "private, no-store"),
        ] {
            assert_eq!(file.header(header), value, "{header} of {name}");
        }
        for (file, status) in [("2/file", 404), ("0/file", 404), ("x/file", 404)] {
            assert_eq!(lead.get(&format!("{item}/{file}")).await.status.as_u16(), status);
        }
    }
    assert_eq!(left_over(&world.site).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_upload_keeps_what_was_typed_and_no_file() {
    let world = World::new().await;
    let before = items(&world).await;
    let mut lead = world.browser(Persona::Lead).await;
    let large = vec![b'a'; 21 * 1024 * 1024];
    for (name, bytes, says) in [
        ("page.pdf", &b"<html>"[..], "is something else"),
        ("run.exe", b"MZ", "Choose a PDF"),
        ("old.doc", b"\xd0\xcf\x11\xe0", ".docx or PDF"),
        ("empty.txt", b"", "The file is empty"),
        ("", b"", "Choose a file."),
        ("large.txt", &large, "the most is 20 MB"),
    ] {
        let reply = upload(&mut lead, name, bytes).await;
        assert_eq!(reply.status.as_u16(), 422, "{name}");
        assert!(reply.body.contains(says), "{name}: {}", reply.body);
        assert!(
            reply.body.contains("value=\"Minutes of &lt;May&gt;\"") && reply.body.contains("Who came"),
            "{name}"
        );
        assert!(reply.body.contains("value=\"2026\""), "{name}");
    }
    // a good file with a form that is not
    let body = multipart(&[("title", "Only a title")], Some(("a.txt", b"text")));
    let reply = send(&mut lead, ADD, body.into()).await;
    assert_eq!(reply.status.as_u16(), 422);
    assert!(
        reply.body.contains("Only a title") && reply.body.contains("a.txt (Text, 4 bytes) has come through"),
        "{}",
        reply.body
    );

    // the island is told the same: it takes its part out of the page
    lead.headers.push(("accept", "application/json".to_owned()));
    let reply = upload(&mut lead, "page.pdf", b"<html>").await;
    assert_eq!(reply.status.as_u16(), 422);
    assert!(
        reply.body.contains("class=\"app-upload__part\"") && reply.body.contains("id=\"file-error\""),
        "{}",
        reply.body
    );
    assert_eq!((items(&world).await, left_over(&world.site).await), (before, 0));
    let reply = upload(&mut lead, "page.txt", b"text").await;
    assert_eq!(reply.status.as_u16(), 200);
    assert!(
        reply.body.contains(r#""to":"/practices/north-vale/evidence/"#),
        "{}",
        reply.body
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn half_an_upload_and_one_that_never_ends_leave_nothing() {
    let world = World::new().await;
    let before = items(&world).await;
    let mut lead = world.browser(Persona::Lead).await;
    let whole = multipart(&FORM, Some(("a.txt", &vec![b'a'; 100_000])));
    let half = whole[..60_000].to_vec();
    let broken = futures::stream::iter([Ok(half.clone()), Err(std::io::Error::other("gone"))]);
    for body in [Body::from_stream(broken), Body::from(half)] {
        let reply = send(&mut lead, ADD, body).await;
        assert_eq!(reply.status.as_u16(), 400);
    }
    lead.headers
        .push(("content-length", (app::UPLOAD_LIMIT + 1).to_string()));
    let told = send(&mut lead, ADD, Body::empty()).await;
    assert_eq!(told.status.as_u16(), 413);
    assert!(told.body.contains("one file of 20 MB"), "{}", told.body);
    assert_eq!((items(&world).await, left_over(&world.site).await), (before, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn other_forms_keep_their_own_limit() {
    let world = World::new().await;
    let mut lead = world.browser(Persona::Lead).await;
    let path = "/practices/north-vale/2026/evidence/caseload-ceiling";
    lead.headers.push(("content-length", (app::BODY_LIMIT + 1).to_string()));
    assert_eq!(lead.post(path, &[]).await.status.as_u16(), 413);
    lead.headers.clear();
    // text is not sent as a file is
    let long = "a".repeat(600 * 1024);
    let reply = send(&mut lead, ADD, multipart(&[("shows", &long)], None).into()).await;
    assert_eq!(reply.status.as_u16(), 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_signed_out_keeps_the_text_and_chooses_the_file_again() {
    let world = World::new().await;
    let mut stranger = world.browser(Persona::SignedOut).await;
    let reply = upload(&mut stranger, "a.txt", b"text").await;
    assert_eq!(reply.status.as_u16(), 401);
    assert!(reply.body.contains("Minutes+of+%3CMay%3E"), "{}", reply.body);
    let held = encoded(&FORM);
    let mut lead = world.browser(Persona::Lead).await;
    let again = lead.send(Method::POST, ADD, Body::from(held)).await;
    assert_eq!(again.status.as_u16(), 422);
    assert!(again.body.contains("Choose a file.") && again.body.contains("Minutes of &lt;May&gt;"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_from_another_site_is_refused() {
    let world = World::new().await;
    let mut lead = world.browser(Persona::Lead).await;
    lead.headers.push(("sec-fetch-site", "cross-site".to_owned()));
    assert_eq!(upload(&mut lead, "a.txt", b"text").await.status.as_u16(), 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_scanner_does_not_answer_no_file_is_taken() {
    let world = World::new().await;
    let before = items(&world).await;
    let World { site, .. } = world;
    let site = site.scanned_by(files::Clamd::Unix("/no/such/socket".into()));
    let person = site
        .person("scanned@example.org", &[("lead", Some("north-vale"))])
        .await;
    let mut lead = site.browser_of(person).await;
    let reply = upload(&mut lead, "a.txt", b"text").await;
    assert_eq!(reply.status.as_u16(), 422);
    assert!(
        reply.body.contains("cannot be checked for viruses just now"),
        "{}",
        reply.body
    );
    let actor = site.actor(person).await;
    let library = site.state.store.evidence(&actor, &slug("north-vale")).await.unwrap();
    assert_eq!((library.items.len(), left_over(&site).await), (before, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_item_is_changed_cited_and_withdrawn_with_forms_alone() {
    let world = World::new().await;
    let mut lead = world.browser(Persona::Lead).await;
    let item = upload(&mut lead, "a.txt", b"first").await.location().to_owned();
    let id = item.rsplit('/').next().unwrap().to_owned();
    let citing = "/practices/north-vale/2026/evidence/caseload-ceiling";
    let (was, cite) = (format!("was.{id}"), format!("cite.{id}"));
    let reply = lead.post(citing, &[(&was, "no"), (&cite, "yes")]).await;
    assert_eq!(
        reply.location(),
        "/practices/north-vale/2026/elements/small-caseloads#caseload-ceiling"
    );
    let element = "/practices/north-vale/2026/elements/small-caseloads";
    let page = lead.get(element).await.body;
    assert!(
        page.contains("Minutes of &lt;May&gt;") && page.contains(&format!("{item}#version-1")),
        "{page}"
    );

    // a new version without a new file
    let mut form = FORM.to_vec();
    form[0] = ("title", "Minutes of June");
    form.extend([
        ("from", "1"),
        ("review_by-day", "6"),
        ("review_by-month", "1"),
        ("review_by-year", "2026"),
    ]);
    form.drain(5..8);
    let edit = format!("{item}/edit");
    let reply = send(&mut lead, &edit, multipart(&form, Some(("", b""))).into()).await;
    assert_eq!(
        (reply.status.as_u16(), reply.location()),
        (303, item.as_str()),
        "{}",
        reply.body
    );
    let late = send(&mut lead, &edit, multipart(&FORM, None).into()).await;
    assert_eq!(late.status.as_u16(), 422);
    assert!(
        late.body.contains("Somebody else has changed this item"),
        "{}",
        late.body
    );
    // their version is shown, and saving again knows of it
    for expected in [
        "Version 2</a>",
        "Minutes of June",
        "name=\"from\" value=\"2\"",
        "value=\"Minutes of &lt;May&gt;\"",
    ] {
        assert!(late.body.contains(expected), "{expected}: {}", late.body);
    }
    for version in [1, 2] {
        assert_eq!(lead.get(&format!("{item}/{version}/file")).await.body, "first");
    }
    let page = lead.get(element).await.body;
    assert!(page.contains("Minutes of June") && page.contains("Expired"), "{page}");
    assert!(
        lead.get("/practices/north-vale/evidence?show=expired")
            .await
            .body
            .contains("Minutes of June")
    );
    assert!(
        !lead
            .get("/practices/north-vale/evidence?show=uncited")
            .await
            .body
            .contains("Minutes of June")
    );

    let asked = lead.get(&item).await.body;
    assert!(
        asked.contains("It is taken out of the assessments that are being filled")
            && asked.contains("does not bring these citations back"),
        "{asked}"
    );
    let reply = lead.post(&format!("{item}/withdraw"), &[("withdrawn", "yes")]).await;
    assert_eq!(reply.status.as_u16(), 303);
    assert!(!lead.get(element).await.body.contains("Minutes of June"));
    assert!(
        lead.get("/practices/north-vale/evidence?show=withdrawn")
            .await
            .body
            .contains("Minutes of June")
    );
}

/// Returns the token under which a refused form's file is held, as the page gives it.
fn held(page: &str) -> String {
    let value = page.split("name=\"held\" value=\"").nth(1).unwrap();
    value.split('"').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn words_in_a_file_and_in_its_name_are_asked_about_and_the_file_need_not_be_sent_again() {
    let world = World::new().await;
    let before = items(&world).await;
    let mut lead = world.browser(Persona::Lead).await;
    let asked = upload(&mut lead, "Ms_Smith_rota.txt", b"Rang 07700 900123 in May.").await;
    assert_eq!(asked.status.as_u16(), 422);
    for expected in [
        "Name of the file: a name",
        "<mark>Ms Smith</mark>",
        "What is in the file: a phone number",
        "<mark>07700 900123</mark>",
        "href=\"#check\"",
        "Ms_Smith_rota.txt (Text, 25 bytes) has come through",
        "Minutes of &lt;May&gt;",
    ] {
        assert!(asked.body.contains(expected), "{expected}: {}", asked.body);
    }
    assert_eq!((items(&world).await, left_over(&world.site).await), (before, 0));

    let (token, marks) = (held(&asked.body), marks(&asked.body, "keep"));
    let keep = |token: &str| {
        let more = [("held", token), ("keep", marks.as_str())];
        multipart(&[&FORM[..], &more[..]].concat(), Some(("", b"")))
    };
    // it is held for whoever sent it
    let mut other = world.browser(Persona::Contributor).await;
    let gone = send(&mut other, ADD, keep(&token).into()).await;
    assert_eq!(gone.status.as_u16(), 422);
    assert!(gone.body.contains("The file is not held any more"), "{}", gone.body);

    let kept = send(&mut lead, ADD, keep(&token).into()).await;
    assert_eq!(kept.status.as_u16(), 303, "{}", kept.body);
    let item = kept.location().to_owned();
    assert_eq!(
        lead.get(&format!("{item}/1/file")).await.body,
        "Rang 07700 900123 in May."
    );
    let again = send(&mut lead, ADD, keep(&token).into()).await;
    assert!(again.body.contains("The file is not held any more"), "{}", again.body);

    // a new version with the same words is not asked about, one with others is
    let edit = format!("{item}/edit");
    let form = |from| [&FORM[..], &[("from", from)][..]].concat();
    let body = multipart(&form("1"), Some(("ms_smith.txt", b"Ring 07700 900123!")));
    let reply = send(&mut lead, &edit, body.into()).await;
    assert_eq!(reply.status.as_u16(), 303, "{}", reply.body);
    let body = multipart(&form("2"), Some(("a.txt", b"Ring 07700 900123 or 07700 900124.")));
    let reply = send(&mut lead, &edit, body.into()).await;
    assert_eq!(reply.status.as_u16(), 422);
    assert!(
        reply.body.contains("<mark>07700 900124</mark>") && !reply.body.contains("<mark>07700 900123</mark>"),
        "{}",
        reply.body
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn words_in_links_and_notes_are_asked_about_on_adding_and_on_editing() {
    let world = World::new().await;
    let mut lead = world.browser(Persona::Lead).await;
    for (kind, field, good, bad, label) in [
        (
            "note",
            "note",
            "Said at the meeting.",
            "Said by Ms Smith.",
            "Note: a name",
        ),
        (
            "link",
            "link",
            "https://example.org/minutes",
            "https://example.org/?to=ann.smith@example.org",
            "Address: an e-mail address",
        ),
    ] {
        let add = format!("/practices/north-vale/evidence/add/{kind}");
        let with =
            |title: &'static str, text: &'static str| [&[("title", title), (field, text)][..], &FORM[1..]].concat();
        let asked = lead.post(&add, &with("Minutes", bad)).await;
        assert_eq!(asked.status.as_u16(), 422, "{kind}");
        assert!(asked.body.contains(label), "{kind}: {}", asked.body);
        let asked = lead.post(&add, &with("About Ms Jones", good)).await;
        assert_eq!(asked.status.as_u16(), 422, "{kind}");
        assert!(asked.body.contains("Title: a name"), "{kind}: {}", asked.body);
        let marks = marks(&asked.body, "keep");
        let mut keep = with("About Ms Jones", good);
        keep.push(("keep", &marks));
        let kept = lead.post(&add, &keep).await;
        assert_eq!(kept.status.as_u16(), 303, "{kind}: {}", kept.body);

        let edit = format!("{}/edit", kept.location());
        let mut same = with("More about Ms Jones", good);
        same.push(("from", "1"));
        assert_eq!(lead.post(&edit, &same).await.status.as_u16(), 303, "{kind}");
        let mut changed = with("More about Ms Jones", bad);
        changed.push(("from", "2"));
        let asked = lead.post(&edit, &changed).await;
        assert_eq!(asked.status.as_u16(), 422, "{kind}");
        assert!(
            asked.body.contains(label) && !asked.body.contains("<mark>Ms Jones</mark>"),
            "{kind}: {}",
            asked.body
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_with_quotation_marks_is_shown_as_it_was() {
    let world = World::new().await;
    let mut lead = world.browser(Persona::Lead).await;
    let item = upload(&mut lead, "the %22green%22 file.txt", b"text")
        .await
        .location()
        .to_owned();
    let file = lead.get(&format!("{item}/1/file")).await;
    assert_eq!(
        file.header("content-disposition"),
        "attachment; filename=\"the _green_ file.txt\"; filename*=UTF-8''the%20%22green%22%20file.txt"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_item_of_an_earlier_cycle_is_confirmed_where_it_is_cited() {
    let world = World::new().await;
    let lead = world.site.actor(world.id(Persona::Lead)).await;
    let (store, north) = (&world.site.state.store, slug("north-vale"));
    let earlier = now() - time::Duration::days(400);
    let known = store.evidence_item(&lead, &north, world.items[0]).await.unwrap();
    let old = store
        .add_evidence(&lead, &north, &known.versions[0].evidence, earlier)
        .await
        .unwrap();
    let mut browser = world.browser(Persona::Contributor).await;
    let citing = "/practices/north-vale/2026/evidence/caseload-ceiling";
    let boxes = |page: &str| page.matches("type=\"checkbox\"").count();
    let before = browser.get(citing).await.body;
    assert!(before.contains("It is still true"), "{before}");
    let tick = browser
        .post(
            citing,
            &[(&format!("was.{old}"), "no"), (&format!("cite.{old}"), "yes")],
        )
        .await;
    assert_eq!(tick.status.as_u16(), 422);
    assert!(tick.body.contains("is from an earlier cycle"), "{}", tick.body);
    let reply = browser.post(citing, &[("confirm", &old.to_string())]).await;
    assert_eq!(reply.location(), citing);
    let after = browser.get(citing).await.body;
    assert_eq!(boxes(&after), boxes(&before) + 1);
    assert!(after.contains("Still true, said Contributor@example.org"), "{after}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_form_of_the_report_names_what_is_cited() {
    let world = World::new().await;
    let mut reviewer = world.browser(Persona::Reviewer).await;
    let at = "/practices/north-vale/2025";
    for path in [
        "report",
        "report/report.csv",
        "report/report.json",
        "review/small-caseloads",
        "elements/small-caseloads",
    ] {
        let reply = reviewer.get(&format!("{at}/{path}")).await;
        assert!(reply.body.contains("minutes.txt"), "{path}: {}", reply.body);
    }
    let report = reviewer.get(&format!("{at}/report")).await.body;
    assert!(report.contains("Text, 21 bytes, true of 5 January 2026"), "{report}");
}
