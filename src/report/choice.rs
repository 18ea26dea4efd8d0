//! A word that names none of the choices.

use thiserror::Error;

/// A format or a language that is not offered.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("found `{found}`, expected {expected}")]
pub struct UnknownChoice {
    found: String,
    expected: &'static str,
}

impl UnknownChoice {
    pub(super) fn new(found: &str, expected: &'static str) -> Self {
        Self { found: found.to_owned(), expected }
    }
}
