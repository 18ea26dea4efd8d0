//! tongchou

pub mod candidates;
pub mod cluster;
pub mod compare;
pub mod decisions;
pub mod error;
pub mod evaluate;
pub mod ingest;
pub mod lexicon;
pub mod merge;
pub mod model;
pub mod pipeline;
pub mod policy;
pub mod report;
pub mod standardise;
pub mod targets;
pub mod text;

pub use error::{Error, Result};
pub use model::item::Item;
pub use model::plan::Plan;
pub use pipeline::{Consolidator, Input};
pub use policy::Policy;

/// The JSON Schemas of everything that crosses the border of the crate: item, roster row, plan,
/// policy and decision.
#[cfg(feature = "schema")]
#[must_use]
pub fn schema() -> serde_json::Value {
    report::schema_with(vec![
        ("policy".to_owned(), schemars::schema_for!(Policy).into()),
        ("decision".to_owned(), schemars::schema_for!(model::decision::Decision).into()),
    ])
}
