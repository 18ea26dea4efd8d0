//! The arithmetic of match weights, which is that of the noun itself.

pub(crate) use crate::model::bits::log2_ratio;
pub use crate::model::bits::probability;
