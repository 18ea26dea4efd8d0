//! The share or number of targets that are sampled.

use serde::{Deserialize, Serialize};

use super::frequency::Bound;

/// A sampling ratio in standard form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Ratio {
    /// Share in basis points (1 % = 100), lower end. Range 0–10 000.
    pub min_share: Option<u16>,
    /// Share in basis points, upper end. Range 0–10 000.
    pub max_share: Option<u16>,
    /// Number of targets (约27家 gives 27, 60-70家 gives 60), lower end.
    pub min_count: Option<u32>,
    /// Number of targets, upper end.
    pub max_count: Option<u32>,
    /// Direction of the numbers.
    pub bound: Option<Bound>,
    /// True for 全覆盖, 100%, 全部.
    pub whole: bool,
}
