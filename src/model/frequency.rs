//! How often an item takes place.

use serde::{Deserialize, Serialize};

/// Which side of a number is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// 不少于, 不低于, 至少, 以上, ≥
    AtLeast,
    /// 不超过, 不高于, 上限, ≤
    AtMost,
    /// No word of direction.
    Exactly,
    /// 左右, 约
    About,
}

/// A frequency in standard form: visits a year.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Frequency {
    /// Fewest visits a year that the text allows; 1-2次 gives 1.
    pub min_per_year: Option<u32>,
    /// Most visits a year that the text allows; 1-2次 gives 2, 至少1次 gives none.
    pub max_per_year: Option<u32>,
    /// Direction of the number.
    pub bound: Option<Bound>,
    /// True where the text says that visits are not fixed in number (不定期, 根据需要).
    pub irregular: bool,
}

impl Frequency {
    /// The number of visits a year to reckon with: the largest bounded number the text names.
    #[must_use]
    pub fn per_year(&self) -> Option<u32> {
        self.max_per_year.or(self.min_per_year)
    }
}
