//! What the reader is told about the state of an answer.

/// Where an answer stands between the page and the server.
#[derive(Clone, Default)]
pub enum Status {
    /// Nothing was edited since the page came.
    #[default]
    Untouched,
    /// Edited, not sent yet.
    Edited,
    /// On the server, since this time of day (empty when the server did not say).
    Saved(String),
    /// The server could not be reached, or said why it cannot save; the island tries again by itself.
    Unreachable(Option<String>),
    /// The server did not accept a field; the messages stand beside the fields.
    Refused,
    /// The session ended.
    SignedOut,
    /// The server said no for another reason, perhaps with words of its own.
    Stopped(Option<String>),
    /// Others saved something else in fields that were edited here, too.
    Conflict {
        /// The revision that knows of it.
        revision: String,
        /// What the server says.
        words: String,
    },
    /// Words seem to identify somebody; not sent before the reader rewrites or keeps them.
    Check {
        /// What keeps them.
        marks: String,
    },
}

impl Status {
    /// Returns the `data-state` of the status line, for style and tests.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Untouched => "untouched",
            Self::Edited => "edited",
            Self::Saved(_) => "saved",
            Self::Unreachable(_) => "unreachable",
            Self::Refused => "refused",
            Self::SignedOut => "signed-out",
            Self::Stopped(_) => "stopped",
            Self::Conflict { .. } => "conflict",
            Self::Check { .. } => "check",
        }
    }

    /// Returns what stands in the status line.
    pub fn words(&self) -> String {
        match self {
            Self::Untouched => String::new(),
            Self::Edited => "Not saved yet".into(),
            Self::Saved(at) if at.is_empty() => "Saved".into(),
            Self::Saved(at) => ["Saved ", at].concat(),
            Self::Unreachable(words) => match words {
                Some(words) => [words, " Your text is still here. Trying again."].concat(),
                None => "Not saved – trying again".into(),
            },
            Self::Refused => "Not saved. See the message beside the answer.".into(),
            Self::SignedOut => {
                "You have been signed out. Your text is kept on this page. Sign in in another tab, then press Try again.".into()
            }
            Self::Stopped(words) => match words {
                Some(words) => ["Not saved. ", words].concat(),
                None => "Not saved. Your text is still on this page.".into(),
            },
            Self::Conflict { words, .. } => words.clone(),
            Self::Check { .. } => "Not saved yet. Look at the marked words: they may identify somebody.".into(),
        }
    }

    /// Returns what is read out: only where saving came to rest, and the same each time, so that nobody who types is told in turns.
    pub fn said(&self) -> Option<String> {
        match self {
            Self::Untouched | Self::Edited => None,
            Self::Saved(_) => Some("Saved".into()),
            told => Some(told.words()),
        }
    }

    /// Whether only the reader can set it going again.
    pub fn asks_to_try_again(&self) -> bool {
        matches!(self, Self::SignedOut | Self::Stopped(_))
    }

    /// Whether the session ended.
    pub fn is_signed_out(&self) -> bool {
        matches!(self, Self::SignedOut)
    }

    /// Whether a new edit may be sent without asking.
    pub fn may_send(&self) -> bool {
        !matches!(self, Self::SignedOut | Self::Stopped(_) | Self::Conflict { .. })
    }

    /// Whether words wait for the reader.
    pub fn is_check(&self) -> bool {
        matches!(self, Self::Check { .. })
    }
}
