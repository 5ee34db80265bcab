//! For whoever watches over the server: can the database be written?

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Json, Response},
};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use store::{Store, StoreError};
use tokio::sync::Mutex;

/// For so long an answer is given again: strangers may ask, and each look is a write.
const HOLDS: Duration = Duration::from_secs(5);

/// What was found when somebody last looked.
#[derive(Clone)]
pub struct Health {
    store: Store,
    last: Arc<Mutex<Option<(Instant, StatusCode, String)>>>,
}

impl Health {
    /// Watches over a database.
    pub fn of(store: Store) -> Health {
        Health {
            store,
            last: Arc::default(),
        }
    }

    /// Writes to the database, unless that was done a moment ago; returns what came of it.
    async fn look(&self) -> (StatusCode, String) {
        let mut last = self.last.lock().await;
        if let Some((at, status, words)) = &*last
            && at.elapsed() < HOLDS
        {
            return (*status, words.clone());
        }
        let (status, words) = match self.store.beat().await {
            Ok(()) => (StatusCode::OK, "ok".to_owned()),
            Err(error) => {
                tracing::error!(%error, "THE DATABASE CANNOT BE WRITTEN");
                let words = match error {
                    StoreError::Unavailable { outage, .. } => outage.to_string(),
                    _ => "the database fails".to_owned(),
                };
                (StatusCode::SERVICE_UNAVAILABLE, words)
            }
        };
        *last = Some((Instant::now(), status, words.clone()));
        (status, words)
    }
}

/// Answers 200 while the database can be written, else 503 with the reason.
pub async fn health(State(health): State<Health>) -> Response {
    let (status, words) = health.look().await;
    (status, Json(serde_json::json!({ "status": words }))).into_response()
}
