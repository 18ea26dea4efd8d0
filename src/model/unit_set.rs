//! Sets of units.

use super::ids::UnitIdx;

/// A set of units as sorted, disjoint, non-adjacent ranges.
///
/// Units are numbered so that a subtree is one range, so "every township of the province" costs
/// a few numbers and a hand-picked list one range a unit. All operations are linear in the number
/// of ranges of both sides; none looks at single units.
///
/// Invariant: `ranges` is sorted, each `(start, end)` has `start < end`, and `end < next start`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct UnitSet {
    ranges: Box<[(u32, u32)]>,
}

impl UnitSet {
    /// The set of the given units, in any order.
    #[must_use]
    pub fn from_units(units: impl IntoIterator<Item = UnitIdx>) -> Self {
        Self::from_ranges(units.into_iter().map(|unit| (unit.as_u32(), unit.as_u32() + 1)))
    }

    /// The union of half-open ranges, in any order; empty ranges are ignored.
    #[must_use]
    pub fn from_ranges(ranges: impl IntoIterator<Item = (u32, u32)>) -> Self {
        let mut sorted: Vec<(u32, u32)> = ranges.into_iter().filter(|(start, end)| start < end).collect();
        sorted.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(sorted.len());
        for (start, end) in sorted {
            match merged.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => merged.push((start, end)),
            }
        }
        Self { ranges: merged.into_boxed_slice() }
    }

    /// Number of units.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ranges.iter().map(|(start, end)| (end - start) as usize).sum()
    }

    /// Whether the set is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// Half-open ranges in order.
    #[must_use]
    pub fn ranges(&self) -> &[(u32, u32)] {
        &self.ranges
    }

    /// The units in order.
    pub fn iter(&self) -> impl Iterator<Item = UnitIdx> + '_ {
        self.ranges.iter().flat_map(|&(start, end)| (start..end).map(UnitIdx::from))
    }

    /// Whether `unit` is in the set. Complexity: O(log ranges).
    #[must_use]
    pub fn contains(&self, unit: UnitIdx) -> bool {
        let unit = unit.as_u32();
        let after = self.ranges.partition_point(|&(start, _)| start <= unit);
        after > 0 && unit < self.ranges[after - 1].1
    }

    /// Units in both.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        let mut common = Vec::new();
        self.for_each_common(other, |start, end| common.push((start, end)));
        Self { ranges: common.into_boxed_slice() }
    }

    /// Number of units in both, without building the intersection.
    #[must_use]
    pub fn intersection_len(&self, other: &Self) -> usize {
        let mut count = 0usize;
        self.for_each_common(other, |start, end| count += (end - start) as usize);
        count
    }

    /// Units in either.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self::from_ranges(self.ranges.iter().chain(other.ranges.iter()).copied())
    }

    /// Units in `self` that are not in `other`.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        let mut left = Vec::new();
        let mut theirs = other.ranges.iter().copied().peekable();
        for &(mut start, end) in &self.ranges {
            while let Some(&(other_start, other_end)) = theirs.peek() {
                if other_end <= start {
                    theirs.next();
                    continue;
                }
                if other_start >= end {
                    break;
                }
                if other_start > start {
                    left.push((start, other_start));
                }
                start = other_end;
                if start >= end {
                    break;
                }
                theirs.next();
            }
            if start < end {
                left.push((start, end));
            }
        }
        Self { ranges: left.into_boxed_slice() }
    }

    /// Whether every unit of `other` is in `self`.
    #[must_use]
    pub fn is_superset(&self, other: &Self) -> bool {
        self.intersection_len(other) == other.len()
    }

    fn for_each_common(&self, other: &Self, mut visit: impl FnMut(u32, u32)) {
        let (mut left, mut right) = (0, 0);
        while left < self.ranges.len() && right < other.ranges.len() {
            let (mine, theirs) = (self.ranges[left], other.ranges[right]);
            let start = mine.0.max(theirs.0);
            let end = mine.1.min(theirs.1);
            if start < end {
                visit(start, end);
            }
            if mine.1 <= theirs.1 {
                left += 1;
            } else {
                right += 1;
            }
        }
    }
}
