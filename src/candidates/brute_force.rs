//! Every pair: the oracle, and quick enough for a county.

use crate::model::ids::ItemIdx;

/// All pairs `(a, b)` with `a < b`, in order. Complexity: O(n²).
pub fn all_pairs(items: usize) -> impl Iterator<Item = (ItemIdx, ItemIdx)> {
    (0..items).flat_map(move |a| (a + 1..items).map(move |b| (ItemIdx::new(a), ItemIdx::new(b))))
}
