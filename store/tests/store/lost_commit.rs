//! A connection to PostgreSQL that is lost round a commit: what is told is what is stored.

use crate::{criteria::library, world::*};
use framework::assessment::Answer;
use std::sync::{
    Arc,
    atomic::{AtomicU8, Ordering},
};
use store::{Outcome, Result, Store, StoreError};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// When the next connection that commits is cut, and what becomes of those after it.
#[derive(Clone, Copy, Debug)]
enum Cut {
    /// Everything comes through.
    Never,
    /// The server commits; its answer does not come through.
    AfterCommit,
    /// The server never hears of the commit.
    BeforeCommit,
    /// The server commits; its answer does not come through, and from then on nothing does.
    ForGood,
    /// Nothing comes through.
    Gone,
}

/// Stands between the store and the server.
#[derive(Clone)]
struct Line(Arc<AtomicU8>);

impl Line {
    fn set(&self, cut: Cut) {
        self.0.store(cut as u8, Ordering::SeqCst);
    }

    fn is(&self, cut: Cut) -> bool {
        self.0.load(Ordering::SeqCst) == cut as u8
    }

    /// Opens a line to the server of `url`; returns it with the address to use instead.
    async fn to(url: &str) -> (Line, String) {
        let (before, host) = url.split_once('@').unwrap();
        let (server, name) = host.split_once('/').unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let line = Line(Arc::new(AtomicU8::new(Cut::Never as u8)));
        let (own, server) = (line.clone(), server.to_owned());
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                if own.is(Cut::Gone) {
                    continue;
                }
                let server = TcpStream::connect(&server).await.unwrap();
                tokio::spawn(own.clone().carry(client, server));
            }
        });
        (line, format!("{before}@{address}/{name}"))
    }

    async fn carry(self, mut client: TcpStream, mut server: TcpStream) {
        let (mut asked, mut said) = ([0; 16_384], [0; 16_384]);
        loop {
            tokio::select! {
                read = client.read(&mut asked) => {
                    let Ok(length @ 1..) = read else { return };
                    if self.is(Cut::Gone) { return }
                    let sent = &asked[..length];
                    if sent.windows(7).any(|bytes| bytes == b"COMMIT\0") && !self.is(Cut::Never) {
                        return self.cut(sent, server).await;
                    }
                    if server.write_all(sent).await.is_err() { return }
                }
                read = server.read(&mut said) => {
                    let Ok(length @ 1..) = read else { return };
                    if client.write_all(&said[..length]).await.is_err() { return }
                }
            }
        }
    }

    /// The client's connection ends with this call's caller.
    async fn cut(&self, commit: &[u8], mut server: TcpStream) {
        if !self.is(Cut::BeforeCommit) {
            server.write_all(commit).await.unwrap();
            // it has answered, so it is done
            assert!(server.read(&mut [0; 1_024]).await.unwrap() > 0);
        }
        self.set(if self.is(Cut::ForGood) { Cut::Gone } else { Cut::Never });
    }
}

async fn save(store: &Store, world: &World, revision: i32, comment: &str) -> Result<Outcome<Answer>> {
    let answer = Answer {
        comment: text(comment),
        ..Answer::default()
    };
    let change = vec![change("b", revision, answer)];
    let saved = store
        .save_answers(&world.lead, &north(), &cycle("2026"), change, NOW)
        .await?;
    Ok(saved.into_iter().next().unwrap())
}

async fn stored(world: &World, comment: &str) -> i64 {
    world.count(&format!("answer WHERE comment = '{comment}'")).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_told_of_a_commit_whose_answer_was_lost_is_true() {
    let world = World::new(TestDatabase::postgres().await).await;
    world.start().await;
    let (line, url) = Line::to(&world.place.url()).await;
    let store = Store::connect(&url, library()).await.unwrap();

    line.set(Cut::AfterCommit);
    let saved = save(&store, &world, 0, "one").await.unwrap();
    assert!(saved.saved, "{saved:?}");
    assert_eq!(stored(&world, "one").await, 1);

    line.set(Cut::BeforeCommit);
    let lost = save(&store, &world, 1, "two").await;
    assert!(matches!(lost, Err(StoreError::Unavailable { .. })), "{lost:?}");
    assert_eq!(stored(&world, "two").await, 0);
    save(&store, &world, 1, "two").await.unwrap();

    line.set(Cut::ForGood);
    let unknown = save(&store, &world, 2, "three").await;
    assert!(matches!(unknown, Err(StoreError::Uncertain)), "{unknown:?}");
    line.set(Cut::Never);
    // whoever sends it again is told that it is there
    let again = save(&store, &world, 2, "three").await.unwrap();
    assert!(!again.saved && again.asked.is_empty(), "{again:?}");
    store.close().await.unwrap();
    world.end().await;
}
