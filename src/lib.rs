//! tongchou

pub mod error;
pub mod lexicon;
pub mod model;
pub mod standardise;
pub mod text;

pub use error::{Error, Result};
pub use model::item::Item;
pub use model::plan::Plan;
