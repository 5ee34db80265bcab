//! A website with a database of its own, and browsers that keep their cookies.

use app::web::{AppState, secret};
use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use files::Files;
use framework::{
    actor::{Actor, PersonId, Role},
    ids::PracticeSlug,
    library::Library,
};
use http_body_util::BodyExt;
use sea_orm::{ConnectionTrait, Database};
use std::{
    collections::BTreeMap,
    net::{IpAddr, SocketAddr},
    path::Path,
    sync::OnceLock,
};
use store::{NewInvitation, Store};
use tempfile::TempDir;
use time::{Duration, OffsetDateTime};
use tower::ServiceExt;

/// Every test person's password.
pub const PASSWORD: &str = "four words in a row";

/// A website on a fresh database.
pub struct Site {
    pub state: AppState,
    folder: TempDir,
    router: Router,
}

/// Somebody at the website.
pub struct Browser {
    router: Router,
    cookies: BTreeMap<String, String>,
    /// Sent with every request.
    pub headers: Vec<(&'static str, String)>,
    /// Where it connects from.
    pub address: IpAddr,
}

/// What came back.
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Site {
    pub async fn new() -> Site {
        Site::at("http://127.0.0.1:3000").await
    }

    /// Returns a website that people reach at an address.
    pub async fn at(origin: &str) -> Site {
        let folder = TempDir::new().unwrap();
        let store = Store::connect(&database_url(folder.path()), Library::embedded().clone())
            .await
            .unwrap();
        store.migrate().await.unwrap();
        store.publish(now()).await.unwrap();
        let state = server::http::state(store, Files::in_memory(), origin.to_owned());
        Site {
            router: server::app(state.clone()),
            state,
            folder,
        }
    }

    /// Runs SQL on its database, past the store.
    pub async fn run(&self, sql: &str) {
        let db = Database::connect(database_url(self.folder.path())).await.unwrap();
        db.execute_unprepared(sql).await.unwrap();
        db.close().await.unwrap();
    }

    /// Takes up a state that has changed.
    pub fn rebuild(&mut self) {
        self.router = server::app(self.state.clone());
    }

    /// Returns the same, with a virus scanner.
    pub fn scanned_by(mut self, scanner: files::Clamd) -> Site {
        self.state.files = self.state.files.scanned_by(Some(scanner));
        self.router = server::app(self.state.clone());
        self
    }

    /// Returns a person with some roles, each national or in a Practice.
    pub async fn person(&self, email: &str, roles: &[(&str, Option<&str>)]) -> PersonId {
        let mut person = None;
        for (role, practice) in roles {
            let token = secret::token().unwrap();
            let invitation = NewInvitation {
                email: email.to_owned(),
                role: Role::from_code(role).unwrap(),
                practice: practice.map(slug),
            };
            let store = &self.state.store;
            store
                .invite(&Actor::operator(), &invitation, &secret::hash(&token), now())
                .await
                .unwrap();
            let password = if person.is_none() {
                Some(password_hash().await)
            } else {
                None
            };
            person = Some(
                store
                    .accept(&secret::hash(&token), email, password, now())
                    .await
                    .unwrap(),
            );
        }
        person.unwrap()
    }

    /// Somebody who has not signed in.
    pub fn stranger(&self) -> Browser {
        Browser {
            router: self.router.clone(),
            cookies: BTreeMap::new(),
            headers: vec![],
            address: IpAddr::from([192, 0, 2, 1]),
        }
    }

    /// Somebody with a session, without passing the sign-in form.
    pub async fn browser_of(&self, person: PersonId) -> Browser {
        let token = secret::token().unwrap();
        self.state
            .store
            .open_session(person, &secret::hash(&token), now(), Duration::HOUR)
            .await
            .unwrap();
        let mut browser = self.stranger();
        browser.cookies.insert("session".to_owned(), token);
        browser
    }

    /// Returns who the person is, as the store sees it.
    pub async fn actor(&self, person: PersonId) -> Actor {
        let token = secret::token().unwrap();
        let store = &self.state.store;
        store
            .open_session(person, &secret::hash(&token), now(), Duration::HOUR)
            .await
            .unwrap();
        store
            .session(&secret::hash(&token), now(), Duration::HOUR)
            .await
            .unwrap()
            .unwrap()
    }
}

impl Browser {
    pub async fn get(&mut self, path: &str) -> Reply {
        self.send(Method::GET, path, Body::empty()).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.send(Method::POST, path, Body::from(encoded(fields))).await
    }

    pub async fn sign_in(&mut self, email: &str, password: &str) -> Reply {
        self.post("/sign-in", &[("email", email), ("password", password)]).await
    }

    /// Sends a request as a browser would, and keeps the cookies.
    pub async fn send(&mut self, method: Method, path: &str, body: Body) -> Reply {
        let mut request = Request::builder()
            .method(&method)
            .uri(path)
            .header(header::HOST, "127.0.0.1:3000");
        let said = self.headers.iter().any(|(name, _)| *name == "content-type");
        if method == Method::POST && !said {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        if !self.cookies.is_empty() {
            let cookies: Vec<_> = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let caller = ConnectInfo(SocketAddr::from((self.address, 50_000)));
        let response = self
            .router
            .clone()
            .oneshot(request.extension(caller).body(body).unwrap())
            .await
            .unwrap();
        let (head, body) = response.into_parts();
        self.keep(&head.headers);
        let body = body.collect().await.unwrap().to_bytes();
        Reply {
            status: head.status,
            headers: head.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    fn keep(&mut self, headers: &HeaderMap) {
        for line in headers.get_all(header::SET_COOKIE) {
            let pair = line.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

impl Reply {
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map(|value| value.to_str().unwrap())
            .unwrap_or_default()
    }

    /// Where a redirect leads.
    pub fn location(&self) -> &str {
        self.header("location")
    }
}

pub fn database_url(folder: &Path) -> String {
    format!("sqlite://{}?mode=rwc", folder.join("test.sqlite").display())
}

pub fn now() -> OffsetDateTime {
    OffsetDateTime::now_utc()
}

pub fn slug(text: &str) -> PracticeSlug {
    PracticeSlug::parse(text).unwrap()
}

/// Fields as a form sends them.
pub fn encoded(fields: &[(&str, &str)]) -> String {
    let escape = |text: &str| {
        let escaped = text.bytes().map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(b).to_string(),
            _ => format!("%{b:02X}"),
        });
        escaped.collect::<String>()
    };
    let pairs: Vec<_> = fields
        .iter()
        .map(|(name, text)| format!("{}={}", escape(name), escape(text)))
        .collect();
    pairs.join("&")
}

/// Hashing is slow on purpose: once is enough.
async fn password_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    if HASH.get().is_none() {
        let hash = app::account::password::Password::read(PASSWORD)
            .unwrap()
            .hash(app::account::password::HashingPriority::Anybody)
            .await
            .unwrap();
        let _ = HASH.set(hash);
    }
    HASH.get().unwrap()
}
