//! Writing results so that an interrupted run leaves no half file behind.

use std::io::{BufWriter, Write};
use std::path::Path;

use crate::failure::Failure;

/// Writes `bytes` to `folder/name`: first beside it, then moved over it in one step.
pub(crate) fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Failure> {
    stream(folder, name, |out| {
        let failed = |source| Failure::Write { path: folder.join(name).display().to_string(), source };
        out.write_all(bytes).map_err(failed)
    })
}

/// Writes what `write` writes to `folder/name`, likewise, without holding it in memory.
pub(crate) fn stream(
    folder: &Path,
    name: &str,
    write: impl FnOnce(&mut dyn Write) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let target = folder.join(name);
    let failed = |source| Failure::Write { path: target.display().to_string(), source };
    let partial = folder.join(format!(".{name}.partial"));
    let mut out = BufWriter::with_capacity(1 << 16, std::fs::File::create(&partial).map_err(failed)?);
    write(&mut out)?;
    let file = out.into_inner().map_err(|error| failed(error.into_error()))?;
    drop(file);
    std::fs::rename(&partial, &target).map_err(failed)
}

/// Makes sure that the folder for results is there.
pub(crate) fn folder(path: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(path)
        .map_err(|source| Failure::Write { path: path.display().to_string(), source })
}

/// Prints to stdout; a reader who went away is no error.
pub(crate) fn print(text: &str) {
    let mut stdout = std::io::stdout().lock();
    let _ = stdout.write_all(text.as_bytes());
    if !text.ends_with('\n') {
        let _ = stdout.write_all(b"\n");
    }
}
