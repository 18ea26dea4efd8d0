//! tongchou

pub mod candidates;
pub mod compare;
pub mod error;
pub mod lexicon;
pub mod merge;
pub mod model;
pub mod policy;
pub mod text;

pub use error::{Error, Result};
pub use model::item::Item;
pub use model::plan::Plan;
pub use policy::Policy;
