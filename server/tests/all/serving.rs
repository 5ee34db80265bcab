//! Connections: who asks nothing is let go, and whoever has asked is answered before the server stops.

use axum::{Router, routing::get};
use server::http::serving::{Manners, serve};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::{Notify, watch},
    task::JoinHandle,
    time::timeout,
};

const ENOUGH: Duration = Duration::from_secs(20);

struct Serving {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    ended: JoinHandle<()>,
    /// Told once somebody asks `/slow`, and waited for before it is answered.
    asked: Arc<Notify>,
    answer: Arc<Notify>,
}

async fn start(asking: Duration) -> Serving {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (address, (stop, stopped)) = (listener.local_addr().unwrap(), watch::channel(false));
    let (asked, answer) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (ask, wait) = (asked.clone(), answer.clone());
    let slow = move || async move {
        ask.notify_one();
        wait.notified().await;
        "at last"
    };
    let router = Router::new()
        .route("/", get(|| async { "hello" }))
        .route("/slow", get(slow));
    let ended = tokio::spawn(serve(listener, router, Manners { asking }, stopped));
    Serving {
        address,
        stop,
        ended,
        asked,
        answer,
    }
}

/// Returns what comes until the other side hangs up.
async fn until_the_end(mut stream: TcpStream) -> String {
    let mut reply = String::new();
    timeout(ENOUGH, stream.read_to_string(&mut reply))
        .await
        .unwrap()
        .unwrap();
    reply
}

async fn say(address: SocketAddr, words: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(words.as_bytes()).await.unwrap();
    stream
}

#[tokio::test]
async fn who_never_comes_to_an_end_of_asking_is_let_go() {
    let serving = start(Duration::from_millis(100)).await;
    for half in ["", "GET", "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: "] {
        let reply = until_the_end(say(serving.address, half).await).await;
        assert!(!reply.contains("hello"), "{half:?}: {reply}");
    }
    // also after an answer
    let kept = say(serving.address, "GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    let reply = until_the_end(kept).await;
    assert!(reply.starts_with("HTTP/1.1 200") && reply.contains("hello"), "{reply}");
    // but an answer may take longer than asking
    let slow = say(
        serving.address,
        "GET /slow HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    )
    .await;
    serving.asked.notified().await;
    until_the_end(say(serving.address, "").await).await;
    serving.answer.notify_one();
    assert!(until_the_end(slow).await.ends_with("at last"));
}

#[tokio::test]
async fn requests_under_way_are_answered_before_it_stops_and_nobody_else_is() {
    let serving = start(ENOUGH).await;
    let idle = say(serving.address, "").await;
    let slow = say(serving.address, "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n").await;
    serving.asked.notified().await;
    serving.stop.send_replace(true);
    assert_eq!(until_the_end(idle).await, "");
    assert!(!serving.ended.is_finished());
    serving.answer.notify_one();
    assert!(until_the_end(slow).await.ends_with("at last"));
    timeout(ENOUGH, serving.ended).await.unwrap().unwrap();
    assert!(TcpStream::connect(serving.address).await.is_err());
}
