//! Pairs that share a signal and whose jurisdictions can meet.

use super::blocks::Blocks;
use super::parallel;
use crate::model::ids::ItemIdx;

/// For every item, in order, the later items that share a signal with it and whose jurisdiction
/// range meets its own; `visit` is called once an item with the sorted partners, and not for items
/// without any.
///
/// **Contract.** No pair with a common signal and meeting ranges is missed; no other pair is given.
/// The signals of an item are sorted; a range is `start..end`, and an empty one meets whatever
/// contains its start.
///
/// Items are taken in windows of consecutive ones. The window's items of one jurisdiction are indexed
/// by signal, and the later items of every jurisdiction that meets it run past that index: popular
/// signals of disjoint jurisdictions never meet, and no index outlives its window. A window holds as
/// many items as give some millions of pairs; what the last one gave sets the size of the next.
///
/// Complexity: O(windows · signals of items that meet + pairs); with items ordered by jurisdiction
/// the first term is O(signals). Memory: 8 bytes an item and the pairs of one window, independent of
/// the number of threads in its result and nearly so in its size.
pub fn sharing_pairs(
    signals: &[Box<[u32]>],
    jurisdictions: &[(u32, u32)],
    mut visit: impl FnMut(ItemIdx, &[ItemIdx]),
) {
    let blocks = Blocks::new(jurisdictions);
    let block_of = blocks.of_items();
    let kinds = signals.iter().filter_map(|own| own.last()).max().map_or(0, |&last| last as usize + 1);
    let (mut start, mut size) = (0, FIRST_WINDOW);
    while start < signals.len() {
        let end = (start + size).min(signals.len());
        let mut items: Vec<u32> = (start as u32..end as u32).collect();
        items.sort_by_key(|&item| block_of[item as usize]);
        let jobs: Vec<&[u32]> = jobs(&items, &block_of);
        let found =
            parallel::in_order(jobs.len(), |job| partners(jobs[job], &block_of, &blocks, signals, kinds));
        let mut lists: Vec<(u32, Vec<ItemIdx>)> = found.into_iter().flatten().collect();
        lists.sort_unstable_by_key(|&(item, _)| item);
        let pairs: usize = lists.iter().map(|(_, partners)| partners.len()).sum();
        for (item, partners) in lists {
            visit(ItemIdx::from(item), &partners);
        }
        start = end;
        size = match pairs {
            0..FEW_PAIRS => size * 2,
            FEW_PAIRS..MANY_PAIRS => size,
            _ => (size / 2).max(1),
        };
    }
}

/// Items of the first window.
const FIRST_WINDOW: usize = 1024;
/// A window with fewer pairs is followed by one of twice its size.
const FEW_PAIRS: usize = 1 << 22;
/// A window with more pairs is followed by one of half its size: 4 bytes each.
const MANY_PAIRS: usize = 1 << 24;
/// Items of a job, and of one index: a row of 64 words.
const JOB: usize = 4096;

/// Cuts the items of a window, sorted by block, into stretches that share scratch space: whole
/// blocks as long as they fit.
fn jobs<'a>(items: &'a [u32], block_of: &[u32]) -> Vec<&'a [u32]> {
    let mut jobs: Vec<&[u32]> = Vec::new();
    let (mut from, mut to) = (0, 0);
    let same_block = |a: &u32, b: &u32| block_of[*a as usize] == block_of[*b as usize];
    for run in items.chunk_by(same_block).flat_map(|run| run.chunks(JOB)) {
        if to + run.len() - from > JOB {
            jobs.push(&items[from..to]);
            from = to;
        }
        to += run.len();
    }
    jobs.push(&items[from..to]);
    jobs
}

/// The later partners of the items of a job.
fn partners(
    items: &[u32],
    block_of: &[u32],
    blocks: &Blocks,
    signals: &[Box<[u32]>],
    kinds: usize,
) -> Vec<(u32, Vec<ItemIdx>)> {
    let mut index = Index { slots: vec![0; kinds], ..Index::default() };
    let mut found = Vec::new();
    for run in items.chunk_by(|a, b| block_of[*a as usize] == block_of[*b as usize]) {
        index.fill(run, signals);
        let mut lists: Vec<Vec<ItemIdx>> = vec![Vec::new(); run.len()];
        let meeting = blocks.meeting(block_of[run[0] as usize]);
        for &block in &meeting {
            let others = blocks.items(block);
            let later = others.partition_point(|&other| other <= run[0]);
            for &other in &others[later..] {
                let before = run.partition_point(|&item| item < other);
                index.row(&signals[other as usize], before, |item| lists[item].push(ItemIdx::from(other)));
            }
        }
        index.clear(run, signals);
        for (&item, mut partners) in run.iter().zip(lists) {
            if meeting.len() > 1 {
                // Runs of one block each: merged, not sorted from scratch.
                partners.sort();
            }
            if !partners.is_empty() {
                found.push((item, partners));
            }
        }
    }
    found
}

/// Which of a few items have a signal.
#[derive(Debug, Default)]
struct Index {
    /// By signal: its list, counted from 1; 0 for none.
    slots: Vec<u32>,
    /// List `l` holds `lists[offsets[l - 1]..offsets[l]]`.
    offsets: Vec<u32>,
    /// Positions of items.
    lists: Vec<u16>,
    /// For lists as long as a row, the row.
    dense: Vec<u64>,
    /// Where a list's row begins in `dense`; `u32::MAX` for none.
    dense_at: Vec<u32>,
    /// Words of a row.
    words: usize,
    /// The row in the making.
    row: Vec<u64>,
}

impl Index {
    /// Complexity: O(signals of the items).
    fn fill(&mut self, items: &[u32], signals: &[Box<[u32]>]) {
        self.offsets.clear();
        self.offsets.push(0);
        for &item in items {
            for &signal in &signals[item as usize] {
                let slot = &mut self.slots[signal as usize];
                if *slot == 0 {
                    *slot = self.offsets.len() as u32;
                    self.offsets.push(0);
                }
                self.offsets[*slot as usize] += 1;
            }
        }
        for list in 1..self.offsets.len() {
            self.offsets[list] += self.offsets[list - 1];
        }
        self.lists.clear();
        self.lists.resize(self.offsets[self.offsets.len() - 1] as usize, 0);
        let mut next = self.offsets.clone();
        for (position, &item) in items.iter().enumerate() {
            for &signal in &signals[item as usize] {
                let slot = &mut next[self.slots[signal as usize] as usize - 1];
                self.lists[*slot as usize] = position as u16;
                *slot += 1;
            }
        }
        self.words = items.len().div_ceil(64);
        self.row.clear();
        self.row.resize(self.words, 0);
        self.dense.clear();
        self.dense_at.clear();
        for list in 1..self.offsets.len() {
            let own = &self.lists[self.offsets[list - 1] as usize..self.offsets[list] as usize];
            if own.len() < self.words {
                self.dense_at.push(u32::MAX);
                continue;
            }
            let at = self.dense.len();
            self.dense_at.push(at as u32);
            self.dense.resize(at + self.words, 0);
            for &position in own {
                self.dense[at + usize::from(position) / 64] |= 1 << (position % 64);
            }
        }
    }

    fn clear(&mut self, items: &[u32], signals: &[Box<[u32]>]) {
        for &item in items {
            for &signal in &signals[item as usize] {
                self.slots[signal as usize] = 0;
            }
        }
    }

    /// The positions below `before` of items that have one of the signals, ascending.
    ///
    /// Complexity: O(signals + their lists, none longer than a row + positions).
    fn row(&mut self, signals: &[u32], before: usize, mut visit: impl FnMut(usize)) {
        let mut touched = 0u64;
        for &signal in signals {
            let Some(list) = (self.slots[signal as usize] as usize).checked_sub(1) else { continue };
            let at = self.dense_at[list];
            if at == u32::MAX {
                for &position in &self.lists[self.offsets[list] as usize..self.offsets[list + 1] as usize] {
                    let word = usize::from(position) / 64;
                    self.row[word] |= 1 << (position % 64);
                    touched |= 1 << word;
                }
            } else {
                let dense = &self.dense[at as usize..at as usize + self.words];
                for (word, &bits) in self.row.iter_mut().zip(dense) {
                    *word |= bits;
                }
                touched = u64::MAX;
            }
        }
        if touched == 0 {
            return;
        }
        for (number, word) in self.row.iter_mut().enumerate() {
            let mut bits = std::mem::take(word);
            while bits != 0 {
                let position = number * 64 + bits.trailing_zeros() as usize;
                if position >= before {
                    break;
                }
                visit(position);
                bits &= bits - 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::candidates::all_pairs;

    fn check(signals: &[Vec<u32>], jurisdictions: &[(u32, u32)]) {
        let signals: Vec<Box<[u32]>> = signals
            .iter()
            .map(|own| {
                let mut own = own.clone();
                own.sort_unstable();
                own.dedup();
                own.into_boxed_slice()
            })
            .collect();
        let full = |item: ItemIdx| {
            let (start, end) = jurisdictions[item.as_usize()];
            (start, end.max(start + 1))
        };
        let expected: Vec<(ItemIdx, ItemIdx)> = all_pairs(signals.len())
            .filter(|&(a, b)| {
                let ((start, end), (other, other_end)) = (full(a), full(b));
                let common = signals[a.as_usize()].iter().any(|own| signals[b.as_usize()].contains(own));
                start < other_end && other < end && common
            })
            .collect();
        let mut found = Vec::new();
        let mut last = None;
        sharing_pairs(&signals, jurisdictions, |a, partners| {
            assert!(last < Some(a) && !partners.is_empty(), "once an item, in order");
            last = Some(a);
            found.extend(partners.iter().map(|&b| (a, b)));
        });
        assert_eq!(found, expected);
    }

    /// A tree of jurisdictions: nation, provinces, counties; and empty ranges.
    fn jurisdiction() -> impl Strategy<Value = (u32, u32)> {
        prop_oneof![
            1 => Just((0, 1000)),
            2 => (0u32..4).prop_map(|province| (1 + province * 100, 101 + province * 100)),
            6 => (0u32..4, 0u32..5).prop_map(|(province, county)| {
                let start = 2 + province * 100 + county * 10;
                (start, start + 10)
            }),
            1 => (0u32..400).prop_map(|start| (start, start)),
            1 => (0u32..400, 0u32..300).prop_map(|(start, length)| (start, start + length)),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn equals_brute_force(
            items in prop::collection::vec((prop::collection::vec(0u32..60, 0..6), jurisdiction()), 0..90),
        ) {
            let (signals, jurisdictions): (Vec<_>, Vec<_>) = items.into_iter().unzip();
            check(&signals, &jurisdictions);
        }
    }

    /// More items than one window, one job and one row of a word hold, in a shuffled order.
    #[test]
    fn windows_and_jobs_fit_together() {
        let mut state = 7u64;
        let mut next = |below: u32| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 33) as u32) % below
        };
        let (mut signals, mut jurisdictions) = (Vec::new(), Vec::new());
        for _ in 0..12_000 {
            signals.push((0..3).map(|_| next(6000) + next(2) * 6000).collect());
            let county = next(3);
            jurisdictions.push(if next(50) == 0 { (0, 100) } else { (1 + county * 10, 11 + county * 10) });
        }
        check(&signals, &jurisdictions);
        jurisdictions.fill((3, 3));
        check(&signals, &jurisdictions);
    }
}
