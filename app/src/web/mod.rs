//! What every page stands on: the state, the door, the form fields, and how a page or a refusal becomes a response.

pub mod fields;
pub mod file;
pub mod form_key;
pub mod gate;
pub mod held_uploads;
pub mod metered;
pub mod render;
pub mod secret;
pub mod state;
pub mod strangers;
pub mod submitted_form;
pub mod upload;

pub use fields::Fields;
pub use file::{attachment, work};
pub use gate::{Access, Endpoint, SignedIn};
pub use held_uploads::HeldFiles;
pub use render::{Page, Refusal};
pub use state::AppState;
pub use upload::Upload;

/// What a handler gives back.
pub type Answered = Result<axum::response::Response, Refusal>;
