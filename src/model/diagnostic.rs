//! What a reader or a stage has to say about its input.

use serde::{Deserialize, Serialize};

use super::item::{Field, Source};

/// How grave a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing: a value taken from the title, a note row skipped.
    Info,
    /// Something was not understood; the item is kept.
    Warning,
    /// A row was rejected: it becomes no item.
    Rejected,
    /// A file or sheet could not be read (further).
    Unreadable,
}

/// A message about the input, with its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Diagnostic {
    /// How grave.
    pub severity: Severity,
    /// Stable name of the kind of message, e.g. `missing_name`, `no_header`, `zip_bomb`.
    pub code: String,
    /// File, sheet, row; row 0 means the whole sheet or file.
    pub source: Source,
    /// Column from 1, if one cell is meant.
    pub column: Option<u32>,
    /// The field concerned, if any.
    pub field: Option<Field>,
    /// What was found, shortened to at most 80 characters.
    pub found: String,
    /// What was expected, in Chinese.
    pub expected_zh: String,
    /// What was expected, in English.
    pub expected_en: String,
}
