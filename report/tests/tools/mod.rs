//! Debian's tools that read PDFs as other programs do.

use std::{path::Path, process::Command};

/// Returns what a tool of a package writes; fails when it fails.
pub fn run(tool: &str, package: &str, arguments: &[&str]) -> String {
    let output = Command::new(tool)
        .args(arguments)
        .output()
        .map_err(|error| format!("{tool} is needed (apt-get install {package}): {error}"))
        .expect("the tool is installed");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{tool} {arguments:?} failed:\n{text}\n{errors}"
    );
    text
}

/// Returns a file's path as an argument.
pub fn path(file: &Path) -> &str {
    file.to_str().expect("the target directory has a plain name")
}
