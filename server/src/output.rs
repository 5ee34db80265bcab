//! Where results go: standard output, or a file that appears whole or not at all.

use crate::commands::Refused;
use std::{
    io::{self, ErrorKind, Write},
    path::Path,
};
use tempfile::Builder;

/// Writes to standard output. A reader that has gone away (`| head`) is no error.
///
/// # Errors
/// When the system refuses, as on a full disk.
pub fn print(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Writes to standard error, whatever becomes of it.
pub fn complain(line: &str) {
    // nobody is left to tell when even this fails
    let _ = writeln!(io::stderr(), "{line}");
}

/// Writes a result to a file, or to standard output where the file is `-`.
///
/// # Errors
/// A sentence that names the file.
pub fn write(out: &Path, bytes: &[u8]) -> Result<(), Refused> {
    if out == Path::new("-") {
        return Ok(print(bytes)?);
    }
    replace(out, bytes).map_err(|error| Refused::one(format!("{} cannot be written: {}", out.display(), why(&error))))
}

/// Returns why a file could not be used, in words: the system's own have numbers, and name files that nobody knows.
pub fn why(error: &io::Error) -> String {
    let known = match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder.",
        ErrorKind::PermissionDenied => "this user is not allowed to.",
        ErrorKind::ReadOnlyFilesystem => "the disk is read-only.",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "the disk is full.",
        ErrorKind::IsADirectory => "it is a folder.",
        ErrorKind::NotADirectory => "part of its path is not a folder.",
        ErrorKind::InvalidFilename => "the name is not allowed here.",
        other => return format!("{other}."),
    };
    known.to_owned()
}

/// Writes beside the file and renames, so that nobody ever finds half of it.
fn replace(out: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = out
        .parent()
        .filter(|f| !f.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut builder = Builder::new();
    builder.prefix(".pause-fidelity-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // as any new file, less what the umask takes away
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(out)?;
    Ok(())
}
