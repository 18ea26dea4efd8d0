//! Errors of the library.

use thiserror::Error;

/// A result of the library.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a consolidation or one of its inputs failed.
///
/// Bad *rows* are no errors but [diagnostics](crate::model::diagnostic::Diagnostic): the rest goes on.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// The policy is not usable.
    #[error("policy: {field}: found `{found}`, expected {expected}")]
    Policy {
        /// The setting, e.g. `review.band`.
        field: String,
        /// What was found.
        found: String,
        /// What was expected.
        expected: String,
    },
    /// A lexicon file is not usable.
    #[error("lexicon: {file}: {message}")]
    Lexicon {
        /// The file.
        file: String,
        /// What is wrong, naming the entries.
        message: String,
    },
    /// The roster is not usable.
    #[error("roster: row {row}: {message}")]
    Roster {
        /// Row from 1, the header counted; 0 for the whole file.
        row: usize,
        /// What is wrong, naming the rows.
        message: String,
    },
    /// Two items carry one id.
    #[error("item id `{id}` is used by both {first} and {second}")]
    DuplicateId {
        /// The id.
        id: String,
        /// Place of the first.
        first: String,
        /// Place of the second.
        second: String,
    },
    /// An item has no name.
    #[error("item `{0}` has no name")]
    Unnamed(String),
    /// A truth file is not usable.
    #[error("truth: {0}")]
    Truth(String),
    /// Reviewers' decisions contradict each other or cannot be read.
    #[error("decisions: {0}")]
    Decisions(String),
    /// The caller cancelled the run.
    #[error("cancelled")]
    Cancelled,
    /// An input could not be read.
    #[error("failed to read `{path}`")]
    Read {
        /// The path.
        path: String,
        /// The cause.
        #[source]
        source: std::io::Error,
    },
    /// An output could not be written.
    #[error("failed to write {what}: {message}")]
    Write {
        /// What was written.
        what: String,
        /// The cause.
        message: String,
    },
}
