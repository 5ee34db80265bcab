//! A small library: four criteria in 2025.1; in 2026.1 `a` is equal, `b` split, `d` was `c`, `e` new, `f` retired.

use framework::{library::Library, parse::SourceFile};
use std::sync::Arc;

pub fn library() -> Arc<Library> {
    library_with("Four.")
}

/// Returns the same, with another text at level 4 of everything.
pub fn library_with(four: &str) -> Arc<Library> {
    let criterion = |version: &str, id: &str, order: u32, extra: &str| {
        let text = format!(
            "+++\nid = \"{id}\"\ntitle = \"Title of {id}\"\norder = {order}\ncore = false\ngate = false\n\
             not_applicable = {}\nstatus = \"drafted\"\nsource = \"Ours.\"\n{extra}+++\n\n## Asks\n\nIs it so?\n\n\
             ## Why it matters\n\nBecause.\n\n## Evidence to look for\n\nPapers.\n\n## What may vary\n\nThe form.\n\n\
             ## Anchors\n\n- 5: Five.\n- 4: {four}\n- 3: Three.\n- 2: Two.\n- 1: One.\n",
            id == "a",
        );
        file(&format!("{version}/work/{id}.md"), text)
    };
    let files = [
        version("2025.1", "2025", ""),
        element("2025.1"),
        criterion("2025.1", "a", 1, ""),
        criterion("2025.1", "b", 2, ""),
        criterion("2025.1", "c", 3, ""),
        criterion("2025.1", "f", 4, ""),
        version("2026.1", "2026", "before = \"2025.1\"\n"),
        element("2026.1"),
        criterion("2026.1", "a", 1, "\n[before]\nrelation = \"equal\"\n"),
        criterion(
            "2026.1",
            "b",
            2,
            "\n[before]\nrelation = \"subset\"\nchange = \"Half of it.\"\n",
        ),
        criterion(
            "2026.1",
            "d",
            3,
            "\n[before]\nrelation = \"equivalent\"\nof = [\"c\"]\nchange = \"Renamed.\"\n",
        ),
        criterion(
            "2026.1",
            "e",
            4,
            &format!("{MEASURE}\n[before]\nrelation = \"new\"\nchange = \"Added.\"\n"),
        ),
    ];
    Arc::new(Library::parse(&files).unwrap())
}

const MEASURE: &str = "\n[measure]\nwhat = \"Women\"\nunit = \"women\"\nminimum = 0\nmaximum = 40\nbetter = \"lower\"\n\
                       levels = [8, 9, 10, 12]\n";

fn version(id: &str, year: &str, before: &str) -> SourceFile {
    let text =
        format!("+++\nid = \"{id}\"\ntitle = \"Criteria {id}\"\ndate = \"{year}-01-05\"\n{before}+++\n\nWhat it is.\n");
    file(&format!("{id}/version.md"), text)
}

fn element(version: &str) -> SourceFile {
    let text = "+++\nid = \"work\"\ntitle = \"Work\"\norder = 1\n+++\n\nWhy.\n";
    file(&format!("{version}/work/element.md"), text.to_owned())
}

fn file(path: &str, text: String) -> SourceFile {
    SourceFile {
        path: path.to_owned(),
        text,
    }
}
