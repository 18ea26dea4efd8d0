//! Errors of the command line.

use std::path::Path;

use thiserror::Error;

/// Why a command failed.
#[derive(Debug, Error)]
pub(crate) enum Failure {
    /// The library says no.
    #[error(transparent)]
    Library(#[from] tongchou::Error),
    /// A file could not be read.
    #[error("failed to read `{path}`")]
    Read {
        /// The file.
        path: String,
        /// The cause.
        source: std::io::Error,
    },
    /// A file could not be written.
    #[error("failed to write `{path}`")]
    Write {
        /// The file.
        path: String,
        /// The cause.
        source: std::io::Error,
    },
    /// A file is not what it should be.
    #[error("`{path}` is not {expected}: {message}")]
    Content {
        /// The file.
        path: String,
        /// What it should be.
        expected: &'static str,
        /// What is wrong.
        message: String,
    },
    /// An id is not in the plan.
    #[error("item `{id}` is not in the plan\nhint: ids stand in dispositions.csv")]
    UnknownItem {
        /// The id.
        id: String,
    },
    /// There is nothing to consolidate.
    #[error("no item was found in the inputs\nhint: run with -v to see how the files were understood")]
    NoItems,
}

impl Failure {
    /// The message with its causes, one a line.
    pub(crate) fn chain(&self) -> String {
        let mut text = format!("error: {self}");
        let mut cause = std::error::Error::source(self);
        while let Some(error) = cause {
            text.push_str("\n  caused by: ");
            text.push_str(&error.to_string());
            cause = error.source();
        }
        text
    }
}

/// The text of a file.
pub(crate) fn read_text(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|source| Failure::Read { path: path.display().to_string(), source })
}

/// The bytes of a file.
pub(crate) fn read_bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|source| Failure::Read { path: path.display().to_string(), source })
}
