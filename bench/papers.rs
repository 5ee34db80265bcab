//! The races of PDF.

use crate::{
    Result,
    course::Paths,
    lane::Race,
    network,
    turns::{Loading, ours, peer, turns},
    typst,
};
use framework::{library::Library, report::national_report};
use report::{charts::PAPER, html, national};
use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
};

/// Returns the national report of so many Practices as a PDF.
pub fn papers(place: &Paths, practices: usize) -> Result<Race> {
    let folder = fs::canonicalize(&place.folder)?.join(format!("paper-{practices}"));
    fs::create_dir_all(&folder)?;
    let facts = network::national(Arc::new(network::network(practices, network::CYCLES)?))?;
    let document = national::document(&national_report(Library::embedded(), &facts)?, PAPER);
    let (page, markup) = (folder.join("report.html"), folder.join("report.typ"));
    fs::write(&page, html::standalone(&document))?;
    typst::write(&document, &folder)?;
    drop((facts, document));
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    let mut runners = vec![
        ours(&["paper", &practices.to_string()])?,
        peer(place, "weasy.py", [&page, &fonts])?,
    ];
    // the one peer that a machine may lack
    let asked = Command::new(&place.python)
        .args(["-c", "import typst"])
        .stderr(Stdio::null())
        .status()?;
    if asked.success() {
        runners.push(peer(place, "typesetter.py", [&markup, &fonts])?);
    }
    let mut lanes = turns(&mut runners, 1, Loading::Never)?;
    for (index, (runner, lane)) in runners.iter_mut().zip(&mut lanes).enumerate() {
        let path = folder.join(format!("{index}.pdf"));
        runner.say(&format!("write {}", path.display()))?;
        let pages = lopdf::Document::load(&path)?.get_pages().len();
        lane.made = format!("{pages} pages, {} KiB", fs::metadata(&path)?.len() / 1024);
    }
    Ok(Race {
        title: format!("National PDF, {practices} Practices"),
        lanes,
    })
}
