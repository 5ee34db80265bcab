//! E-mails, as a real mail server gets them. The clock is the tests' own.

use crate::{
    cli::{command, ran},
    site::slug,
    world::{Persona, World, cycle},
};
use framework::{lifecycle::Operation, notice::MailChoice, prose::Prose};
use server::mail::{Post, Smtp, SmtpUrl};
use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};
use store::{Mailing, Store};
use tempfile::TempDir;
use time::{
    Duration, OffsetDateTime,
    macros::{datetime, time},
};

const NOW: OffsetDateTime = datetime!(2026-11-03 10:00:00 UTC);
const MORNING: OffsetDateTime = datetime!(2026-11-04 07:00:00 UTC);
const ORIGIN: &str = "https://fidelity.example.org";
const NOTE: &str = "Please count the cases of the Harbour team again";

/// A mail server, which ends with the test.
struct MailServer {
    child: Child,
    port: u16,
    folder: TempDir,
}

impl MailServer {
    fn start(user: Option<&str>) -> MailServer {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("rules"), "").unwrap();
        fs::write(folder.path().join("tried"), "").unwrap();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/all/smtp.py");
        let mut child = Command::new("/usr/bin/python3")
            .arg(script)
            .arg(folder.path())
            .args(user)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        let port = line.trim().parse().expect("scripts/setup.sh installs python3-aiosmtpd");
        MailServer { child, port, folder }
    }

    fn rules(&self, rules: &str) {
        fs::write(self.folder.path().join("rules"), rules).unwrap();
    }

    /// Returns how often a recipient was named to it.
    fn tried(&self, address: &str) -> usize {
        let tried = fs::read_to_string(self.folder.path().join("tried")).unwrap();
        tried.lines().filter(|line| *line == address).count()
    }

    /// Returns the e-mails it took, in their order.
    fn mails(&self) -> Vec<Mail> {
        let files = fs::read_dir(self.folder.path())
            .unwrap()
            .map(|file| file.unwrap().path());
        let mut files: Vec<_> = files
            .filter(|path| path.extension().is_some_and(|end| end == "eml"))
            .collect();
        files.sort();
        files
            .iter()
            .map(|file| Mail::read(&fs::read_to_string(file).unwrap()))
            .collect()
    }

    fn url(&self, user: &str) -> String {
        format!("smtp://{user}127.0.0.1:{}", self.port)
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Mail {
    head: String,
    text: String,
}

impl Mail {
    fn read(raw: &str) -> Mail {
        let (head, text) = raw.split_once("\r\n\r\n").unwrap();
        Mail {
            head: format!("{head}\r\n"),
            text: text.trim_end().replace("\r\n", "\n") + "\n",
        }
    }

    fn header(&self, name: &str) -> &str {
        let line = self
            .head
            .split("\r\n")
            .find_map(|line| line.strip_prefix(&format!("{name}: ")));
        line.unwrap_or_else(|| panic!("no {name} in {}", self.head))
    }
}

fn to(mails: &[Mail]) -> Vec<&str> {
    mails.iter().map(|mail| mail.header("To")).collect()
}

/// Returns the world, whose review sends North Vale's assessment back at [`NOW`]: the lead and the contributor want e-mail at
/// once, the reviewer of the Practice's own each day.
async fn returned() -> (World, Store) {
    let world = World::new().await;
    let store = world
        .site
        .state
        .store
        .clone()
        .with_mail(Mailing { daily_at: time!(7:00) });
    for persona in [Persona::Lead, Persona::Contributor] {
        let actor = world.site.actor(world.id(persona)).await;
        store.set_mail_choice(&actor, MailChoice::Each).await.unwrap();
    }
    let reviewer = world.site.actor(world.id(Persona::Reviewer)).await;
    let note = Prose::read(NOTE).unwrap();
    store
        .transition(
            &reviewer,
            &slug("north-vale"),
            &cycle("2025"),
            Operation::Return,
            note,
            NOW,
        )
        .await
        .unwrap();
    (world, store)
}

fn post(store: &Store, url: &str) -> Post {
    let url: SmtpUrl = url.parse().unwrap();
    let smtp = Smtp::new(&url, "Pause fidelity <fidelity@example.org>").unwrap();
    Post::new(store.clone(), smtp, ORIGIN.into())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_e_mail_says_that_something_waits_and_nothing_else() {
    let (world, store) = returned().await;
    let server = MailServer::start(None);
    let post = post(&store, &server.url(""));
    assert_eq!(post.round(NOW).await.unwrap(), 2);
    assert_eq!(post.round(MORNING - Duration::SECOND).await.unwrap(), 0);
    assert_eq!(post.round(MORNING).await.unwrap(), 1);
    assert_eq!(post.round(MORNING + Duration::DAY).await.unwrap(), 0);
    let mails = server.mails();
    let mut first_two = to(&mails[..2]);
    first_two.sort_unstable();
    assert_eq!(first_two, ["contributor@example.org", "lead@example.org"]);
    assert_eq!(to(&mails[2..]), ["ownreviewer@example.org"]);
    let lead = world.site.actor(world.id(Persona::Lead)).await;
    let notice = store.inbox(&lead, 1).await.unwrap().notices.remove(0);
    let hers = mails
        .iter()
        .find(|mail| mail.header("To") == "lead@example.org")
        .unwrap();
    assert_eq!(hers.header("Subject"), "Pause fidelity: something waits for you");
    assert_eq!(hers.header("From"), "\"Pause fidelity\" <fidelity@example.org>");
    assert_eq!(hers.header("Auto-Submitted"), "auto-generated");
    assert_eq!(hers.header("Content-Type"), "text/plain; charset=utf-8");
    assert_eq!(
        hers.text,
        format!(
            "Something waits for you in Pause fidelity.\n\n\
             Sign in to see it:\n{ORIGIN}/notices/{}\n\n\
             To keep what is confidential where it belongs,\ne-mails say no more than this.\n\n\
             You get an e-mail for each notice. To change that or stop them:\n{ORIGIN}/account#mail-choice\n",
            notice.id
        )
    );
    let daily = &mails[2];
    assert_eq!(daily.header("Subject"), "Pause fidelity: a notice waits for you");
    assert!(daily.text.contains(&format!("{ORIGIN}/notices\n")), "{}", daily.text);
    // nothing of what it is about, in any of them, but the address it goes to
    for mail in &mails {
        let said = format!("{}{}", mail.head.replace(mail.header("To"), ""), mail.text).to_lowercase();
        for word in [
            "north", "vale", "2025", "harbour", "please", "returned", "question", "reviewer", "lead@", "rating",
        ] {
            assert!(!said.contains(word), "“{word}” in {said}");
        }
    }
    // whoever follows the link from the e-mail signs in first
    let path = format!("/notices/{}", notice.id);
    let stranger = world.site.stranger().get(&path).await;
    assert!(
        stranger.location().starts_with("/sign-in?next=%2Fnotices%2F"),
        "{}",
        stranger.location()
    );
    let opened = world.browser(Persona::Lead).await.get(&path).await;
    assert_eq!(opened.location(), "/practices/north-vale/2025");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_put_off_goes_out_later_and_what_is_refused_stops_nobody() {
    let (_world, store) = returned().await;
    let server = MailServer::start(None);
    let post = post(&store, &server.url(""));
    server.rules("451 contributor@example.org\n550 lead@example.org\n");
    assert_eq!(post.round(NOW).await.unwrap(), 0);
    assert_eq!(post.round(NOW + Duration::seconds(59)).await.unwrap(), 0);
    server.rules("550 lead@example.org\n");
    assert_eq!(post.round(NOW + Duration::MINUTE).await.unwrap(), 1);
    for minutes in 2..60 {
        assert_eq!(post.round(NOW + Duration::minutes(minutes)).await.unwrap(), 0);
    }
    assert_eq!(to(&server.mails()), ["contributor@example.org"]);
    assert_eq!(
        (
            server.tried("contributor@example.org"),
            server.tried("lead@example.org")
        ),
        (2, 3)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_server_is_away_or_the_password_wrong_everything_waits() {
    let (_world, store) = returned().await;
    let away = MailServer::start(None).url("");
    assert_eq!(post(&store, &away).round(NOW).await.unwrap(), 0);
    let server = MailServer::start(Some("user:right"));
    let later = NOW + Duration::MINUTE;
    assert_eq!(post(&store, &server.url("user:wrong@")).round(later).await.unwrap(), 0);
    assert_eq!(server.mails().len(), 0);
    // one of the two was tried each time, the other given back
    let later = later + Duration::minutes(2);
    assert_eq!(post(&store, &server.url("user:right@")).round(later).await.unwrap(), 2);
    assert_eq!(server.mails().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_send_each_e_mail_once() {
    let (_world, store) = returned().await;
    let server = MailServer::start(None);
    let (one, other) = (post(&store, &server.url("")), post(&store, &server.url("")));
    let (first, second) = tokio::join!(one.round(NOW), other.round(NOW));
    assert_eq!(first.unwrap() + second.unwrap(), 2);
    assert_eq!(server.mails().len(), 2);
}

#[test]
fn a_test_e_mail_is_sent_or_says_what_is_wrong() {
    let folder = TempDir::new().unwrap();
    let mail_test = |url: &str, address: &str| {
        let mut command = command(&folder, &["mail-test", address]);
        command.env("SMTP_URL", url).env("MAIL_FROM", "fidelity@example.org");
        ran(command)
    };
    let server = MailServer::start(Some("user:right"));
    mail_test(&server.url("user:right@"), "me@example.org").fine();
    assert_eq!(to(&server.mails()), ["me@example.org"]);
    server.rules("550 gone@example.org\n");
    let stopped = MailServer::start(None).url("");
    for (url, address, reason) in [
        (server.url("user:wr0ng@"), "me@example.org", "does not let us sign in"),
        (server.url("user:right@"), "gone@example.org", "refuses the e-mail"),
        (stopped, "me@example.org", "cannot be reached"),
        ("smtps://user:wr0ng".to_owned(), "me@example.org", "cannot be read"),
        ("user:wr0ng".to_owned(), "me@example.org", "cannot be read"),
        (server.url("user:right@"), "nobody", "no address to send to"),
    ] {
        let said = mail_test(&url, address).refused();
        assert!(said.contains(reason), "{said}");
        assert!(!said.contains("wr0ng") && !said.contains("right@"), "{said}");
    }
    let said = ran(command(&folder, &["mail-test", "me@example.org"])).refused();
    assert!(said.contains("No mail server is named"), "{said}");
}

#[test]
fn a_server_that_cannot_say_from_whom_does_not_start() {
    let folder = TempDir::new().unwrap();
    let mut serve = command(&folder, &["serve", "--listen", "127.0.0.1:0"]);
    serve.env("SMTP_URL", "smtps://user:secret@mail.example.org");
    let said = ran(serve).refused();
    assert!(said.contains("--mail-from") && !said.contains("secret"), "{said}");
}
