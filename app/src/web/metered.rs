//! How much of a form is taken into memory: a form in parts is read piece by piece, and what stays of it is counted, whatever
//! it is: texts, names, headers.

use axum::body::{Body, Bytes};
use futures::{Stream, StreamExt, stream::try_unfold};
use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

/// The most bytes that one piece has.
const PIECE: usize = 16 * 1024;

/// The most fields of a form: a review of every criterion has a quarter of them.
pub const FIELDS: usize = 2_000;

/// The bytes that may still be taken in. Clones are one.
#[derive(Clone, Debug)]
pub struct Room(Arc<AtomicUsize>);

impl Room {
    /// Room for so many bytes.
    pub fn new(bytes: usize) -> Room {
        Room(Arc::new(AtomicUsize::new(bytes)))
    }

    /// Takes room for bytes that come in.
    fn take(&self, bytes: usize) -> io::Result<()> {
        let left = |left: usize| left.checked_sub(bytes);
        let taken = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, left);
        taken.map(drop).map_err(|_| io::Error::other("too much text"))
    }

    /// Gives room back: these bytes of a file are not kept in memory.
    pub fn give(&self, bytes: usize) {
        self.0.fetch_add(bytes, Ordering::Relaxed);
    }
}

/// A body that ends with an error where there is no room for what comes. Whoever reads it gets one piece at a time: what is read
/// ahead is counted too.
pub fn metered(body: Body, room: Room) -> Body {
    let state = (body.into_data_stream(), Bytes::new());
    let pieces = try_unfold(state, move |(mut body, mut rest)| {
        let room = room.clone();
        async move {
            // a reader that takes all there is would read ahead
            tokio::task::yield_now().await;
            while rest.is_empty() {
                match body.next().await {
                    None => return Ok(None),
                    Some(more) => rest = more.map_err(io::Error::other)?,
                }
            }
            let piece = rest.split_to(rest.len().min(PIECE));
            room.take(piece.len())?;
            Ok::<_, io::Error>(Some((piece, (body, rest))))
        }
    });
    Body::from_stream(pieces)
}

/// Returns the pieces of a file, which are on their way to the disk: they take no room.
pub fn on_the_way<E>(
    pieces: impl Stream<Item = Result<Bytes, E>> + Send,
    room: Room,
) -> impl Stream<Item = Result<Bytes, E>> + Send {
    pieces.inspect(move |piece| {
        if let Ok(piece) = piece {
            room.give(piece.len());
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::to_bytes;

    #[tokio::test]
    async fn no_more_is_taken_in_than_there_is_room_for() {
        for (bytes, room, fits) in [(100_000, 100_000, true), (100_001, 100_000, false), (0, 0, true)] {
            let body = metered(Body::from(vec![b'a'; bytes]), Room::new(room));
            let read = to_bytes(body, usize::MAX).await;
            assert_eq!(read.map(|read| read.len()).ok(), fits.then_some(bytes));
        }
    }

    #[tokio::test]
    async fn what_goes_to_the_disk_takes_no_room() {
        let room = Room::new(2 * PIECE);
        let body = metered(Body::from(vec![b'a'; 100 * PIECE]), room.clone());
        let mut pieces = std::pin::pin!(on_the_way(body.into_data_stream(), room));
        let mut read = 0;
        while let Some(piece) = pieces.next().await {
            read += piece.unwrap().len();
        }
        assert_eq!(read, 100 * PIECE);
    }
}
