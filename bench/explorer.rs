//! The pages of the explorer over a large network. Only ours: nobody else has such pages.

use crate::{
    Result,
    course::{EXPLORER, Paths, ROUNDS},
    lane::{Lane, Measure, Race},
    load::Visitor,
    pages::{LOADED, made},
    site::{PASSWORD, Site, ours},
};
use std::fs;

/// How the large database is filled.
const LARGE: [&str; 7] = ["--demo", "--practices", "10000", "--cycles", "10", "--seed", "1"];

/// Whoever may see everything.
const READER: &str = "reviewer@demo.example";

/// The pages.
const PAGES: [&str; 5] = [
    "/drift",
    "/drift/criteria",
    "/drift/years",
    "/drift/criteria/caseload-ceiling",
    "/network",
];

/// Fills a large database and asks for each page.
pub fn explorer(place: &Paths, races: &mut Vec<Race>) -> Result<()> {
    let folder = place.folder.join("explorer");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    let log = folder.join("ours.log");
    drop(Site::start(ours(&place.server, &folder, &LARGE), &log)?);
    let (site, _) = Site::start(ours(&place.server, &folder, &[]), &log)?;
    for path in PAGES {
        races.push(asked(&site, path)?);
    }
    Ok(())
}

fn asked(site: &Site, path: &str) -> Result<Race> {
    let (connections, requests) = EXPLORER;
    let reader = Visitor::new(site.address).sign_in(READER, PASSWORD)?;
    let mut lane = Lane::new("ours", LOADED.map(|(what, unit)| Measure::new(what, unit)));
    let plain = reader.page(path)?.body.len();
    let reader = reader.compressed();
    let sent = reader.page(path)?.body.len();
    reader.load(path, connections, connections)?;
    for _ in 0..ROUNDS {
        let load = reader.load(path, connections, requests)?;
        lane.push([load.median, load.p99, load.rate]);
    }
    lane.memory = Some(site.memory("VmHWM:")?);
    lane.made = made(plain, sent);
    Ok(Race {
        title: format!("GET {path} of a large network, {connections} at once"),
        lanes: vec![lane],
    })
}
