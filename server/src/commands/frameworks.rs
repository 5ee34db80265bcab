//! `framework check`, `list`, `diff` and `booklet`. None of them needs a database.

use super::{Outcome, Refused};
use crate::{
    cli::{Booklet, Framework as Command, Listing},
    output,
};
use framework::{
    criteria::Framework,
    crosswalk::{Change, changes},
    ids::VersionId,
    library::Library,
    parse::SourceFile,
};
use report::output::{booklet_html, booklet_pdf};
use serde_json::json;
use std::{
    fmt::Write,
    fs, io,
    path::{Path, PathBuf},
};

/// Does what is asked.
pub fn run(command: Command) -> Outcome {
    let text = match command {
        Command::Check { dir } => check(&dir)?,
        Command::List { format } => list(Library::embedded(), format)?,
        Command::Diff { old, new, format } => diff(Library::embedded(), &old, &new, format)?,
        Command::Booklet { version, format, out } => {
            return output::write(&out, &booklet(Library::embedded(), &version, format)?);
        }
    };
    Ok(output::print(text.as_bytes())?)
}

fn check(dir: &Path) -> Result<String, Refused> {
    let files = read(dir)?;
    let version = |file: &SourceFile| {
        let folder = file.path.split_once('/').map(|(folder, _)| folder);
        folder.is_some_and(|folder| VersionId::parse(folder).is_ok())
    };
    if !files.iter().any(version) {
        return Err(Refused::one(format!(
            "{}: there is no version here. Name the folder that holds 2026.1 and its like.",
            dir.display()
        )));
    }
    let library = Library::parse(&files).map_err(|problems| {
        Refused::all(problems.into_iter().map(|mut problem| {
            // “.” is the folder as a whole
            let place = if problem.path == "." {
                dir.to_owned()
            } else {
                dir.join(&problem.path)
            };
            problem.path = place.display().to_string();
            problem
        }))
    })?;
    Ok(library.versions().map(|version| summary(version)).collect())
}

/// Returns all `*.md` files of a folder, their paths relative to it.
fn read(dir: &Path) -> Result<Vec<SourceFile>, Refused> {
    if !dir.is_dir() {
        return Err(Refused::one(format!("{}: there is no such folder.", dir.display())));
    }
    let (mut files, mut refused) = (vec![], vec![]);
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in entries(&folder).map_err(|error| Refused::one(format!("{}: {error}", folder.display())))? {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if path.extension().is_none_or(|extension| extension != "md") {
                continue;
            }
            match fs::read_to_string(&path) {
                Ok(text) => files.push(SourceFile {
                    path: relative(dir, &path),
                    text,
                }),
                Err(error) => refused.push(format!("{}:1: it cannot be read: {error}.", path.display())),
            }
        }
    }
    if refused.is_empty() {
        Ok(files)
    } else {
        Err(Refused(refused))
    }
}

/// Returns what is in a folder; hidden files, such as an editor's, are passed over.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries: io::Result<Vec<_>> = fs::read_dir(folder)?.collect();
    let shown = entries?
        .into_iter()
        .filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
    Ok(shown.map(|entry| entry.path()).collect())
}

fn relative(dir: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(dir).unwrap_or(path).components();
    let parts: Vec<_> = parts.map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

fn list(library: &Library, format: Listing) -> Result<String, Refused> {
    match format {
        Listing::Text => Ok(library.versions().map(|version| summary(version)).collect()),
        Listing::Json => {
            let versions: Vec<_> = library.versions().map(|version| facts(version)).collect();
            Ok(serde_json::to_string_pretty(&versions)? + "\n")
        }
    }
}

fn summary(version: &Framework) -> String {
    let Counts {
        elements,
        criteria,
        core,
        gates,
    } = Counts::of(version);
    format!(
        "{} ({}) {}: {elements} elements, {criteria} criteria, {core} core, {gates} gates\n",
        version.version, version.date, version.title
    )
}

fn facts(version: &Framework) -> serde_json::Value {
    let Counts {
        elements,
        criteria,
        core,
        gates,
    } = Counts::of(version);
    json!({
        "version": version.version,
        "title": version.title,
        "date": version.date.to_string(),
        "before": version.before,
        "elements": elements,
        "criteria": criteria,
        "core": core,
        "gates": gates,
        "hash": version.hash,
    })
}

struct Counts {
    elements: usize,
    criteria: usize,
    core: usize,
    gates: usize,
}

impl Counts {
    fn of(version: &Framework) -> Counts {
        Counts {
            elements: version.elements.len(),
            criteria: version.criteria.len(),
            core: version.criteria.iter().filter(|c| c.core).count(),
            gates: version.criteria.iter().filter(|c| c.gate).count(),
        }
    }
}

/// Returns the changes from one version to another, step by step where others lie between.
fn diff(library: &Library, old: &VersionId, new: &VersionId, format: Listing) -> Result<String, Refused> {
    let steps = steps(library, old, new)?;
    match format {
        Listing::Text => Ok(steps
            .into_iter()
            .map(|(from, to, changes)| step(from, to, &changes))
            .collect()),
        Listing::Json => {
            let steps: Vec<_> = (steps.into_iter())
                .map(|(from, to, changes)| json!({ "from": from.version, "to": to.version, "changes": changes }))
                .collect();
            Ok(serde_json::to_string_pretty(&steps)? + "\n")
        }
    }
}

type Step<'l> = (&'l Framework, &'l Framework, Vec<Change>);

fn steps<'l>(library: &'l Library, old: &VersionId, new: &VersionId) -> Result<Vec<Step<'l>>, Refused> {
    let versions: Vec<&Framework> = library.versions().map(AsRef::as_ref).collect();
    let index = |id: &VersionId| versions.iter().position(|version| version.version == *id);
    let unknown = |id: &&VersionId| index(id).is_none();
    let missing: Vec<_> = [old, new].into_iter().filter(unknown).collect();
    if !missing.is_empty() {
        return Err(Refused::all(missing.into_iter().map(no_version)));
    }
    let (Some(from), Some(to)) = (index(old), index(new)) else {
        return Ok(vec![]);
    };
    if from >= to {
        return Err(Refused::one(format!(
            "{new} does not come after {old}. Give the older version first."
        )));
    }
    Ok(versions[from..=to]
        .windows(2)
        .map(|pair| (pair[0], pair[1], changes(pair[0], pair[1])))
        .collect())
}

fn step(from: &Framework, to: &Framework, changes: &[Change]) -> String {
    let mut text = format!("{} → {}\n", from.version, to.version);
    for change in changes {
        let id = change.criterion.as_ref().or(change.of.first());
        let of: Vec<_> = change
            .of
            .iter()
            .filter(|of| Some(*of) != id)
            .map(ToString::to_string)
            .collect();
        // writing to a String cannot fail
        let _ = write!(
            text,
            "{:<10} {}",
            change.kind.name(),
            id.map(ToString::to_string).unwrap_or_default()
        );
        if !of.is_empty() {
            let _ = write!(text, " (was {})", of.join(", "));
        }
        if !change.change.is_empty() {
            let _ = write!(text, ": {}", change.change);
        }
        text.push('\n');
    }
    text
}

fn no_version(id: &VersionId) -> String {
    format!("There is no version {id} in this program.")
}

/// Returns a version as a booklet.
fn booklet(library: &Library, version: &VersionId, format: Booklet) -> Result<Vec<u8>, Refused> {
    let framework = library
        .version(version)
        .ok_or_else(|| Refused::one(no_version(version)))?;
    let older = library.before(framework).map(AsRef::as_ref);
    match format {
        Booklet::Pdf => Ok(booklet_pdf(framework, older)?),
        Booklet::Html => Ok(booklet_html(framework, older).into_bytes()),
    }
}
