//! Earlier years from a file: upload, dry run, confirmation; and a mistaken import taken back.

mod confirm;
mod list;
mod take_back;
mod trial;
mod view;

pub use trial::{EarlierYears, Trial};

use crate::web::{Access, Endpoint};

/// This feature's routes.
pub fn endpoints() -> Vec<Endpoint> {
    use Access::Administrator;
    vec![
        Endpoint::get("/admin/imports", Administrator, list::show),
        Endpoint::get("/admin/imports/template/{version}", Administrator, list::template),
        Endpoint::upload("/admin/imports", Administrator, confirm::tried),
        Endpoint::post("/admin/imports/confirm", Administrator, confirm::confirmed),
        Endpoint::get("/admin/imports/{import}/take-back", Administrator, take_back::show),
        Endpoint::post("/admin/imports/{import}/take-back", Administrator, take_back::take_back),
    ]
}
