//! Asks a site for pages: one after the other, or many at once over connections that stay open. One thread, whatever the
//! number of connections, so that it takes little from the site that it measures.

use crate::{Result, lane::quantile};
use http_body_util::{BodyExt, Full};
use hyper::{
    HeaderMap, Request, StatusCode,
    body::Bytes,
    client::conn::http1::{SendRequest, handshake},
    header,
};
use hyper_util::rt::TokioIo;
use std::{
    cell::Cell,
    net::SocketAddr,
    rc::Rc,
    time::{Duration, Instant},
};
use tokio::{
    net::TcpStream,
    runtime::{Builder, Runtime},
    task::{JoinSet, LocalSet, spawn_local},
    time::timeout,
};

/// Nothing is waited for longer.
const PATIENCE: Duration = Duration::from_secs(60);

/// What Chromium says it takes.
pub const BROWSER: &str = "gzip, deflate, br, zstd";

/// Whoever visits a site.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The site.
    pub address: SocketAddr,
    /// The cookie that says who it is; empty for a stranger.
    pub cookie: String,
    /// The compressions that it takes; empty for none.
    pub takes: &'static str,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it was sent.
    pub body: Bytes,
}

/// What was measured of many requests.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    /// The time of the request in the middle, in seconds.
    pub median: f64,
    /// 99 of 100 took no longer.
    pub p99: f64,
    /// Requests a second, all connections together.
    pub rate: f64,
}

impl Visitor {
    /// Returns a stranger.
    pub fn new(address: SocketAddr) -> Visitor {
        Visitor {
            address,
            cookie: String::new(),
            takes: "",
        }
    }

    /// The same visitor, who takes the one compression that all sites give.
    pub fn compressed(&self) -> Visitor {
        Visitor {
            takes: "gzip",
            ..self.clone()
        }
    }

    /// Gets a page.
    pub fn get(&self, path: &str) -> Result<Answer> {
        alone(async { Connection::of(self).send(self.request(path)?).await })
    }

    /// Gets a page that must be there.
    pub fn page(&self, path: &str) -> Result<Answer> {
        let answer = self.get(path)?;
        answer.must_be(StatusCode::OK, path)?;
        Ok(answer)
    }

    /// Signs in on our sign-in page.
    pub fn sign_in(&self, email: &str, password: &str) -> Result<Visitor> {
        let form = format!("email={}&password={password}", email.replace('@', "%40"));
        let request = Request::post("/sign-in")
            .header(header::HOST, self.address.to_string())
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Full::from(form))?;
        let answer = alone(async { Connection::of(self).send(request).await })?;
        answer.must_be(StatusCode::SEE_OTHER, "signing in")?;
        let cookie = answer
            .headers
            .get(header::SET_COOKIE)
            .ok_or("no cookie came")?
            .to_str()?;
        Ok(Visitor {
            cookie: cookie.split(';').next().unwrap_or_default().to_owned(),
            ..self.clone()
        })
    }

    /// Asks for a page so often, over so many connections at once, each with the next request as soon as it has its answer.
    pub fn load(&self, path: &str, connections: usize, requests: usize) -> Result<Load> {
        alone(async {
            let left = Rc::new(Cell::new(requests));
            let mut tasks = JoinSet::new();
            let start = Instant::now();
            for _ in 0..connections {
                let (visitor, path, left) = (self.clone(), path.to_owned(), left.clone());
                tasks.spawn_local(async move {
                    let result = visitor.ask(&path, &left).await;
                    // errors may not leave their thread, words may
                    result.map_err(|error| error.to_string())
                });
            }
            let mut times = vec![];
            while let Some(done) = tasks.join_next().await {
                times.extend(done??);
            }
            let rate = times.len() as f64 / start.elapsed().as_secs_f64();
            times.sort_unstable_by(f64::total_cmp);
            Ok(Load {
                median: quantile(&times, 0.5),
                p99: quantile(&times, 0.99),
                rate,
            })
        })
    }

    /// Asks while requests are left; gives the seconds of each.
    async fn ask(&self, path: &str, left: &Cell<usize>) -> Result<Vec<f64>> {
        let mut connection = Connection::of(self);
        let mut times = vec![];
        while let Some(less) = left.get().checked_sub(1) {
            left.set(less);
            let start = Instant::now();
            let answer = connection.send(self.request(path)?).await?;
            times.push(start.elapsed().as_secs_f64());
            answer.must_be(StatusCode::OK, path)?;
        }
        Ok(times)
    }

    fn request(&self, path: &str) -> Result<Request<Full<Bytes>>> {
        let mut request = Request::get(path).header(header::HOST, self.address.to_string());
        for (name, value) in [(header::COOKIE, &*self.cookie), (header::ACCEPT_ENCODING, self.takes)] {
            if !value.is_empty() {
                request = request.header(name, value);
            }
        }
        Ok(request.body(Full::default())?)
    }
}

impl Answer {
    fn must_be(&self, status: StatusCode, what: &str) -> Result<()> {
        match self.status == status {
            true => Ok(()),
            false => Err(format!("{what} was answered with {}", self.status).into()),
        }
    }
}

/// A connection, opened when it is first used, and again where the site has closed it.
struct Connection {
    address: SocketAddr,
    sender: Option<SendRequest<Full<Bytes>>>,
}

impl Connection {
    fn of(visitor: &Visitor) -> Connection {
        Connection {
            address: visitor.address,
            sender: None,
        }
    }

    async fn send(&mut self, request: Request<Full<Bytes>>) -> Result<Answer> {
        timeout(PATIENCE, self.patiently(request)).await?
    }

    async fn patiently(&mut self, request: Request<Full<Bytes>>) -> Result<Answer> {
        let mut sender = match self.sender.take().filter(|sender| !sender.is_closed()) {
            Some(sender) => sender,
            None => {
                let stream = TcpStream::connect(self.address).await?;
                stream.set_nodelay(true)?;
                let (sender, connection) = handshake(TokioIo::new(stream)).await?;
                spawn_local(connection);
                sender
            }
        };
        sender.ready().await?;
        let (head, body) = sender.send_request(request).await?.into_parts();
        let body = body.collect().await?.to_bytes();
        let closes = head
            .headers
            .get(header::CONNECTION)
            .is_some_and(|value| value == "close");
        self.sender = Some(sender).filter(|_| !closes);
        Ok(Answer {
            status: head.status,
            headers: head.headers,
            body,
        })
    }
}

/// Runs something on this thread alone.
fn alone<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime: Runtime = Builder::new_current_thread().enable_all().build()?;
    LocalSet::new().block_on(&runtime, work)
}
