//! The similar pairs of a join.

use super::ordered::Classes;

/// A pair of similar records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    /// The lesser record of a self-join, the left one of a two-set join.
    pub a: u32,
    /// The other record.
    pub b: u32,
    /// Weight of what they share.
    pub overlap: u64,
}

/// All similar pairs, held by classes of equal records.
///
/// A class of `k` equal records and one of `m` take 16 bytes, not `16 · k · m`.
#[derive(Clone, Debug, Default)]
pub struct Joined {
    /// Classes of equal records on the left.
    pub(super) left: Classes,
    /// Classes on the right; absent in a self-join.
    pub(super) right: Option<Classes>,
    /// Similar classes.
    pub(super) similar: Vec<Pair>,
    /// Weight of every class of a self-join, whose own records are similar to each other.
    pub(super) weights: Vec<u64>,
}

impl Joined {
    /// Number of pairs of records. Complexity: O(pairs of classes + classes).
    #[must_use]
    pub fn len(&self) -> u64 {
        let right = self.right.as_ref().unwrap_or(&self.left);
        let size = |classes: &Classes, class| classes.of(class).len() as u64;
        let across: u64 =
            self.similar.iter().map(|pair| size(&self.left, pair.a) * size(right, pair.b)).sum();
        let within: u64 = (0..self.weights.len() as u32)
            .map(|class| size(&self.left, class))
            .map(|records| records * (records - 1) / 2)
            .sum();
        across + within
    }

    /// Whether no two records are similar.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of pairs of different sets.
    #[must_use]
    pub fn distinct_len(&self) -> usize {
        self.similar.len()
    }

    /// The records of every class of equal records, each ascending.
    pub fn classes(&self) -> impl Iterator<Item = &[u32]> {
        (0..self.left.len() as u32).map(|class| self.left.of(class))
    }

    /// Every pair of records once, in an order that depends on the corpus alone.
    pub fn for_each(&self, mut visit: impl FnMut(Pair)) {
        for (class, &overlap) in self.weights.iter().enumerate() {
            let records = self.left.of(class as u32);
            for (position, &a) in records.iter().enumerate() {
                for &b in &records[position + 1..] {
                    visit(Pair { a, b, overlap });
                }
            }
        }
        let right = self.right.as_ref().unwrap_or(&self.left);
        for pair in &self.similar {
            for &a in self.left.of(pair.a) {
                for &b in right.of(pair.b) {
                    let (a, b) = if self.right.is_none() { (a.min(b), a.max(b)) } else { (a, b) };
                    visit(Pair { a, b, overlap: pair.overlap });
                }
            }
        }
    }

    /// Every pair of records, sorted. Memory: 16 bytes a pair.
    #[must_use]
    pub fn pairs(&self) -> Vec<Pair> {
        let mut pairs = Vec::with_capacity(usize::try_from(self.len()).unwrap_or(0));
        self.for_each(|pair| pairs.push(pair));
        pairs.sort_unstable();
        pairs
    }
}
