//! What a plan looks like to those who read it: people in an office, and the tools of the next step.
//!
//! From one [`Plan`] come the files of the contract:
//!
//! | file | for | written by |
//! |---|---|---|
//! | `plan.json` | programs: everything, versioned | [`json::write_plan`] |
//! | `summary.json` | programs: the numbers | [`json::write_summary`] |
//! | `dispositions.csv` | tools: where every submitted row went | [`csv::write_dispositions`] |
//! | `targets.csv` | tools: the resolved units of every item | [`csv::write_targets`] |
//! | `review.csv` | a reviewer, in a spreadsheet program | [`csv::write_review`] |
//! | `plan.md` | a clerk: the plan and why it is so | [`markdown::render`] |
//! | `plan.xlsx` | the office that files the plan (feature `xlsx-report`) | `xlsx::render` |
//!
//! the [`frontier`] in its own three forms, and the texts [`headline`] (a few lines for the terminal) and [`explain()`] (one pair, at length).
//! [`files`] gives all files as bytes; [`File::write`] streams one of them.
//!
//! Invariants:
//! - Bytes depend on the plan and the language alone: no clock, no hash order, no platform.
//! - Every writer is linear in the plan; items are looked up through one index by id.
//! - No text from a user becomes a formula, a link, markup or a second column.
//!
//! Absent on purpose: file access, and any decision. A report only says what the plan holds.
//!
//! The modules in reading order: `lang` (all labels), `number`, `tidy` and `measure` (text), `index`
//! (items by id), `why` (evidence in words), then one module a format.

mod choice;
pub mod csv;
mod explain;
mod file;
pub mod frontier;
mod index;
pub mod json;
mod labels;
mod lang;
mod lines;
pub mod markdown;
mod measure;
mod number;
#[cfg(test)]
mod sample;
#[cfg(feature = "schema")]
mod schema;
mod summary;
mod tidy;
mod why;
#[cfg(feature = "xlsx-report")]
pub mod xlsx;

pub use choice::UnknownChoice;
pub use explain::explain;
pub use file::{File, Format, files};
pub use lang::Lang;
pub use number::percent;
#[cfg(feature = "schema")]
pub use schema::{schema, schema_with};
pub use summary::headline;

#[cfg(doc)]
use crate::model::plan::Plan;
