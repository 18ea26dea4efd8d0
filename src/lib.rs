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
pub mod policy;
pub mod report;
pub mod targets;
pub mod text;

pub use error::{Error, Result};
pub use model::item::Item;
pub use model::plan::Plan;
pub use policy::Policy;
