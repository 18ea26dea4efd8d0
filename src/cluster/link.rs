//! The evidence on one pair of nodes, as clustering sees it.

use crate::model::evidence::MilliBits;

/// A link between two nodes. At most one per pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// One node.
    pub a: u32,
    /// The other node.
    pub b: u32,
    /// Match weight less the merge threshold: positive speaks for merging.
    pub weight: MilliBits,
    /// Whether the pair's relation is a [merging](crate::model::relation::Relation::merges) one.
    pub merges: bool,
    /// Whether the pair's relation is [`Joint`](crate::model::relation::Relation::Joint).
    pub joint: bool,
}

impl Link {
    /// Whether the pair alone would be merged, so that one may be the core of the other: its relation
    /// merges and its weight reaches the threshold.
    #[must_use]
    pub const fn holds(&self) -> bool {
        self.merges && self.weight >= 0
    }

    /// `links` with `a < b`, sorted, one per pair, none of a node with itself.
    ///
    /// Of several links of a pair the greatest by weight, then `merges`, then `joint` stays.
    ///
    /// # Panics
    /// In debug builds if a pair is linked twice or a node with itself.
    pub(super) fn canonical(links: &[Self]) -> Vec<Self> {
        let mut sorted: Vec<_> = links
            .iter()
            .map(|link| Self { a: link.a.min(link.b), b: link.a.max(link.b), ..*link })
            .filter(|link| link.a != link.b)
            .collect();
        let strength = |link: &Self| std::cmp::Reverse((link.weight, link.merges, link.joint));
        sorted.sort_unstable_by_key(|link| (link.a, link.b, strength(link)));
        sorted.dedup_by_key(|link| (link.a, link.b));
        debug_assert_eq!(sorted.len(), links.len(), "a pair is linked twice, or a node with itself");
        sorted
    }
}
