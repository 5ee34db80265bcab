//! A good folder of two small versions, which tests break or build on.

use super::SourceFile;

/// The criterion that most tests break.
pub const CEILING: &str = "2026.1/small-caseloads/caseload-ceiling.md";
/// An adaptable one, new in its version.
pub const COVER: &str = "2026.1/small-caseloads/cover.md";
/// One with the same words as before.
pub const TRAVEL: &str = "2026.1/small-caseloads/travel.md";

const CEILING_TEXT: &str = r#"+++
id = "caseload-ceiling"
title = "No practitioner works with more than eight women at once"
order = 1
core = true
gate = true
weight = 1.5
status = "published"
source = "Pause's own pages. Levels drafted."
parameters = ["cover-weeks"]

[measure]
what = "Highest caseload of any practitioner"
unit = "women per full-time practitioner"
minimum = 0
maximum = 40
better = "lower"
levels = [8, 9, 10, 12]

[before]
relation = "equivalent"
change = "Counted on any day."
+++

## Asks

Look at each caseload. What was the *highest*?

## Why it matters

Time is what the relationship is made of.

## Evidence to look for

Monthly caseload return.

## Before launch

A ceiling is written down.

## Anchors

- 5: Never above 8 on any day.
- 4: Never above 8, except for cover
  of up to `cover-weeks`.
- 3: Reached 9 or 10, with a plan.
- 2: Reached 9 or 10 without a plan.
- 1: Nobody can say.
"#;

/// Returns a file.
pub fn file(path: &str, text: impl Into<String>) -> SourceFile {
    SourceFile {
        path: path.to_owned(),
        text: text.into(),
    }
}

/// `version.md`.
pub fn version(id: &str, before: &str) -> SourceFile {
    let before = if before.is_empty() {
        String::new()
    } else {
        format!("before = \"{before}\"\n")
    };
    let year = &id[..4];
    let text = format!(
        "+++\nid = \"{id}\"\ntitle = \"Criteria {id}\"\ndate = \"{year}-01-05\"\n{before}\n[[parameter]]\n\
         id = \"cover-weeks\"\nwhat = \"How long cover may last\"\nunset = \"four weeks\"\n+++\n\nWhat it is.\n"
    );
    file(&format!("{id}/version.md"), text)
}

/// `element.md`.
pub fn element(version: &str, id: &str, order: u32) -> SourceFile {
    let text =
        format!("+++\nid = \"{id}\"\ntitle = \"Element {id}\"\norder = {order}\n+++\n\nWhy it is part of the model.\n");
    file(&format!("{version}/{id}/element.md"), text)
}

/// An adaptable criterion; `before` is the inside of that table, or empty.
pub fn criterion(path: &str, order: u32, before: &str) -> SourceFile {
    let id = path
        .rsplit('/')
        .next()
        .and_then(|name| name.strip_suffix(".md"))
        .unwrap_or_default();
    let before = if before.is_empty() {
        String::new()
    } else {
        format!("\n[before]\n{before}\n")
    };
    let text = format!(
        "+++\nid = \"{id}\"\ntitle = \"Title of {id}\"\norder = {order}\ncore = false\ngate = false\nstatus = \"drafted\"\n\
         source = \"Ours.\"\n{before}+++\n\n## Asks\n\nIs it so?\n\n## Why it matters\n\nBecause.\n\n## Evidence to look for\n\n\
         Papers.\n\n## What may vary\n\nThe form.\n\n## Anchors\n\n- 5: Five.\n- 4: Four.\n- 3: Three.\n- 2: Two.\n- 1: One.\n"
    );
    file(path, text)
}

/// Two versions: one criterion equivalent, one equal, one new, one retired.
pub fn library() -> Vec<SourceFile> {
    let older = CEILING_TEXT.replace(
        "[before]\nrelation = \"equivalent\"\nchange = \"Counted on any day.\"\n",
        "",
    );
    vec![
        version("2025.1", ""),
        element("2025.1", "small-caseloads", 1),
        file("2025.1/small-caseloads/caseload-ceiling.md", older),
        criterion("2025.1/small-caseloads/travel.md", 2, ""),
        criterion("2025.1/small-caseloads/office.md", 3, ""),
        version("2026.1", "2025.1"),
        element("2026.1", "small-caseloads", 1),
        file(CEILING, CEILING_TEXT),
        criterion(TRAVEL, 3, "relation = \"equal\""),
        criterion(COVER, 2, "relation = \"new\"\nchange = \"Added.\""),
        file("README.md", "How the criteria are written."),
    ]
}
