//! Connections: how many at once, how long each may take to ask, and how they end.
//!
//! HTTP/1.1, which proxies speak to what stands behind them.

use axum::{
    Router,
    extract::{ConnectInfo, Request},
};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    time::sleep,
};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

/// Connections at once; more wait until one ends.
const CONNECTIONS: usize = 1024;

/// How long somebody who takes no more of an answer is waited for.
const TAKING: Duration = Duration::from_secs(60);

/// What is read ahead of a connection, in bytes: the longest head of a request.
const AHEAD: usize = 64 * 1024;

/// How connections are served.
#[derive(Clone, Copy, Debug)]
pub struct Manners {
    /// How long the head of a request may take, counted from when the connection stands or has answered the one before.
    pub asking: Duration,
}

impl Manners {
    /// Strangers connect themselves.
    pub const OPEN: Manners = Manners {
        asking: Duration::from_secs(10),
    };
    /// A proxy of ours connects, keeps connections for the next request, and waits for slow people itself.
    pub const BEHIND_PROXY: Manners = Manners {
        asking: Duration::from_secs(90),
    };
}

/// Serves until `stop` says so, then until the requests under way are answered.
pub async fn serve(listener: TcpListener, router: Router, manners: Manners, mut stop: watch::Receiver<bool>) {
    let seats = Arc::new(Semaphore::new(CONNECTIONS));
    let mut stop_accepting = stop.clone();
    let accepting = async {
        loop {
            // the semaphore is never closed
            let Ok(seat) = seats.clone().acquire_owned().await else {
                return;
            };
            let (stream, address) = accept(&listener).await;
            let connection = connection(stream, address, router.clone(), manners, stop.clone(), seat);
            tokio::spawn(connection);
        }
    };
    tokio::select! {
        () = accepting => {}
        () = told(&mut stop_accepting) => {}
    }
    drop(listener);
    told(&mut stop).await;
    let _ = seats.acquire_many(CONNECTIONS as u32).await;
}

/// Waits until it is said to stop, or nobody is left who could say so.
async fn told(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

/// Returns the next connection. What fails is one connection, or all for a while: too many files are open.
async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                sleep(Duration::from_millis(200)).await;
            }
        }
    }
}

async fn connection(
    stream: TcpStream,
    address: SocketAddr,
    router: Router,
    manners: Manners,
    mut stop: watch::Receiver<bool>,
    _seat: OwnedSemaphorePermit,
) {
    let service = router.map_request(move |mut request: Request<hyper::body::Incoming>| {
        request.extensions_mut().insert(ConnectInfo(address));
        request.map(axum::body::Body::new)
    });
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(TAKING));
    let serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(manners.asking)
        .max_buf_size(AHEAD)
        .serve_connection(TokioIo::new(Box::pin(stream)), TowerToHyperService::new(service));
    let mut serving = std::pin::pin!(serving);
    let ended = tokio::select! {
        ended = serving.as_mut() => ended,
        () = told(&mut stop) => {
            serving.as_mut().graceful_shutdown();
            serving.await
        }
    };
    if let Err(error) = ended {
        // whoever hung up, or took too long
        tracing::debug!(%error, "a connection ended early");
    }
}
