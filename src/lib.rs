//! tongchou

pub mod error;
pub mod ingest;
pub mod model;
pub mod text;

pub use error::{Error, Result};
pub use model::item::Item;
pub use model::plan::Plan;
