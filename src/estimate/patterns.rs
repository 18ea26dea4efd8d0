//! How often each combination of levels occurs.

use std::collections::BTreeMap;

use crate::model::evidence::Aspect;
use crate::policy::Level;

/// The level of every comparison, in the order of [`Aspect::ALL`].
pub type Pattern = [Level; Aspect::ALL.len()];

/// Pairs by pattern: all that EM needs to know of them.
///
/// Memory: proportional to the different patterns, some thousands whatever the number of pairs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patterns {
    counts: BTreeMap<Pattern, u64>,
    total: u64,
}

impl Patterns {
    /// Counts one pair. Complexity: O(log patterns).
    pub fn add(&mut self, pattern: Pattern) {
        *self.counts.entry(pattern).or_default() += 1;
        self.total += 1;
    }

    /// Number of pairs.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.total
    }

    /// The patterns with their numbers of pairs, in a fixed order.
    pub fn iter(&self) -> impl Iterator<Item = (&Pattern, u64)> {
        self.counts.iter().map(|(pattern, &count)| (pattern, count))
    }

    /// The patterns that are wanted.
    pub(super) fn filtered(&self, wanted: impl Fn(&Pattern) -> bool) -> Self {
        let counts: BTreeMap<Pattern, u64> = self
            .iter()
            .filter(|(pattern, _)| wanted(pattern))
            .map(|(pattern, count)| (*pattern, count))
            .collect();
        Self { total: counts.values().sum(), counts }
    }

    /// How many pairs reach each level, by discriminant.
    pub(super) fn by_level(&self) -> Vec<u64> {
        let mut counts = vec![0; Level::ALL.len()];
        for (pattern, count) in self.iter() {
            for &level in pattern {
                counts[level as usize] += count;
            }
        }
        counts
    }
}

impl FromIterator<Pattern> for Patterns {
    fn from_iter<I: IntoIterator<Item = Pattern>>(pairs: I) -> Self {
        let mut patterns = Self::default();
        for pattern in pairs {
            patterns.add(pattern);
        }
        patterns
    }
}
