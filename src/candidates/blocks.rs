//! Items grouped by the jurisdiction they belong to, and which jurisdictions meet.

use std::ops::Range;

/// Items with equal jurisdiction ranges, as blocks in the order of `(start, end)`.
///
/// A range is `start..end` over the unit tree; an empty one counts as `start..start + 1`, so that it
/// meets every range that contains its start.
#[derive(Debug)]
pub(super) struct Blocks {
    ranges: Vec<(u32, u32)>,
    /// Block `b` holds `items[offsets[b]..offsets[b + 1]]`.
    offsets: Vec<u32>,
    /// Ascending within a block.
    items: Vec<u32>,
    /// The nearest block before this one that ends no earlier: what lies between ends before this one.
    longer: Vec<Option<u32>>,
}

impl Blocks {
    /// Complexity: O(n log n).
    pub(super) fn new(jurisdictions: &[(u32, u32)]) -> Self {
        let range = |item: u32| {
            let (start, end) = jurisdictions[item as usize];
            (start, end.max(start + 1))
        };
        let mut items: Vec<u32> = (0..jurisdictions.len() as u32).collect();
        items.sort_unstable_by_key(|&item| (range(item), item));
        let (mut ranges, mut offsets) = (Vec::new(), Vec::new());
        for (position, &item) in items.iter().enumerate() {
            if ranges.last() != Some(&range(item)) {
                ranges.push(range(item));
                offsets.push(position as u32);
            }
        }
        offsets.push(items.len() as u32);
        let mut longer: Vec<Option<u32>> = Vec::with_capacity(ranges.len());
        for (block, &(_, end)) in ranges.iter().enumerate() {
            let mut before = block.checked_sub(1).map(|before| before as u32);
            while let Some(shorter) = before.filter(|&before| ranges[before as usize].1 < end) {
                before = longer[shorter as usize];
            }
            longer.push(before);
        }
        Self { ranges, offsets, items, longer }
    }

    /// The block of every item.
    pub(super) fn of_items(&self) -> Vec<u32> {
        let mut of = vec![0; self.items.len()];
        for block in 0..self.ranges.len() as u32 {
            for &item in self.items(block) {
                of[item as usize] = block;
            }
        }
        of
    }

    /// The items of a block, ascending.
    pub(super) fn items(&self, block: u32) -> &[u32] {
        let block = block as usize;
        &self.items[self.offsets[block] as usize..self.offsets[block + 1] as usize]
    }

    /// Every block whose range meets that of `block`, itself included.
    ///
    /// Complexity: in a tree of ranges O(blocks that meet).
    pub(super) fn meeting(&self, block: u32) -> Vec<u32> {
        let (start, end) = self.ranges[block as usize];
        let from = self.ranges.partition_point(|range| range.0 < start) as u32;
        let to = self.ranges.partition_point(|range| range.0 < end) as u32;
        let mut meeting: Vec<u32> = Range { start: from, end: to }.collect();
        let mut before = from.checked_sub(1);
        while let Some(other) = before {
            if start < self.ranges[other as usize].1 {
                meeting.push(other);
                before = other.checked_sub(1);
            } else {
                before = self.longer[other as usize];
            }
        }
        meeting
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn meeting_blocks_are_those_whose_ranges_meet(
            ranges in prop::collection::vec((0u32..40, 0u32..12), 1..40),
        ) {
            let ranges: Vec<(u32, u32)> = ranges.into_iter().map(|(start, length)| (start, start + length)).collect();
            let blocks = Blocks::new(&ranges);
            let of = blocks.of_items();
            let full = |(start, end): (u32, u32)| (start, end.max(start + 1));
            for (item, &own) in ranges.iter().enumerate() {
                let mut found: Vec<u32> = blocks
                    .meeting(of[item])
                    .into_iter()
                    .flat_map(|block| blocks.items(block).iter().copied())
                    .collect();
                found.sort_unstable();
                let ((start, end), mut expected) = (full(own), Vec::new());
                for (other, &range) in ranges.iter().enumerate() {
                    let range = full(range);
                    if range.0 < end && start < range.1 {
                        expected.push(other as u32);
                    }
                }
                prop_assert_eq!(found, expected);
            }
        }
    }
}
