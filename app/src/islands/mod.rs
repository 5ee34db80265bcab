//! The interactive parts of the pages: the only code that runs in a browser.
mod autosave; pub use autosave::Autosave;
