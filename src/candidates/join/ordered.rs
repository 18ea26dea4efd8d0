//! Records as the join walks them: distinct sets, lightest first.

use super::corpus::Corpus;
use super::numbering::Numbering;
use crate::parallel;

/// The distinct sets of a corpus by rising weight, in one array, with the records that have them.
#[derive(Clone, Debug, Default)]
pub(super) struct Ordered {
    offsets: Vec<u32>,
    /// Renumbered tokens, ascending within a set.
    tokens: Vec<u32>,
    /// Weight of every set. Invariant: ascending, above 0.
    pub(super) weights: Vec<u64>,
    pub(super) classes: Classes,
}

/// Records grouped by equal sets.
#[derive(Clone, Debug, Default)]
pub(super) struct Classes {
    offsets: Vec<u32>,
    records: Vec<u32>,
}

impl Classes {
    /// The records of a class, ascending.
    pub(super) fn of(&self, class: u32) -> &[u32] {
        let class = class as usize;
        &self.records[self.offsets[class] as usize..self.offsets[class + 1] as usize]
    }

    pub(super) fn len(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }
}

/// What records are sorted by; the first two tokens bring similar sets close to each other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    weight: u64,
    first: u64,
    record: u32,
}

/// A stretch of the corpus, renumbered.
struct Part {
    tokens: Vec<u32>,
    lengths: Vec<u32>,
    keys: Vec<Key>,
}

/// Records renumbered by one job.
const STRETCH: usize = 16_384;

impl Ordered {
    /// Complexity: O(n log n) comparisons for `n` records.
    pub(super) fn new(corpus: &Corpus, numbering: &Numbering) -> Self {
        let parts = parallel::in_order(corpus.len().div_ceil(STRETCH), |part| {
            let records = part * STRETCH..((part + 1) * STRETCH).min(corpus.len());
            renumbered(corpus, numbering, records)
        });
        let mut keys: Vec<Key> = Vec::with_capacity(corpus.len());
        let mut starts = Vec::with_capacity(corpus.len() + 1);
        let mut tokens = Vec::with_capacity(corpus.tokens().len());
        starts.push(0u32);
        for part in parts {
            keys.extend(part.keys);
            for length in part.lengths {
                starts.push(starts[starts.len() - 1] + length);
            }
            tokens.extend(part.tokens);
        }
        let set =
            |record: u32| &tokens[starts[record as usize] as usize..starts[record as usize + 1] as usize];
        keys.sort_unstable();
        // Among equal keys the whole sets decide, so that equal sets are neighbours.
        let mut rest = keys.as_mut_slice();
        while let Some(head) = rest.first().copied() {
            let run = rest.partition_point(|key| (key.weight, key.first) == (head.weight, head.first));
            let (run, others) = rest.split_at_mut(run);
            if run.len() > 1 {
                run.sort_unstable_by(|a, b| {
                    set(a.record).cmp(set(b.record)).then_with(|| a.record.cmp(&b.record))
                });
            }
            rest = others;
        }
        let mut ordered = Self { offsets: vec![0], ..Self::default() };
        ordered.tokens.reserve_exact(tokens.len());
        let mut previous: &[u32] = &[];
        for key in &keys {
            let own = set(key.record);
            if own != previous {
                ordered.tokens.extend_from_slice(own);
                ordered.offsets.push(ordered.tokens.len() as u32);
                ordered.weights.push(key.weight);
                ordered.classes.offsets.push(ordered.classes.records.len() as u32);
                previous = own;
            }
            ordered.classes.records.push(key.record);
        }
        ordered.classes.offsets.push(ordered.classes.records.len() as u32);
        ordered
    }

    pub(super) fn len(&self) -> usize {
        self.weights.len()
    }

    /// The tokens of a set.
    pub(super) fn set(&self, set: u32) -> &[u32] {
        let set = set as usize;
        &self.tokens[self.offsets[set] as usize..self.offsets[set + 1] as usize]
    }
}

fn renumbered(corpus: &Corpus, numbering: &Numbering, records: std::ops::Range<usize>) -> Part {
    let mut part = Part { tokens: Vec::new(), lengths: Vec::new(), keys: Vec::new() };
    for record in records {
        let start = part.tokens.len();
        let weight = numbering.renumber(corpus.record(record as u32), &mut part.tokens);
        let own = &part.tokens[start..];
        part.lengths.push(own.len() as u32);
        if let Some(&first) = own.first() {
            let second = own.get(1).copied().unwrap_or_default();
            let first = u64::from(first) << 32 | u64::from(second);
            part.keys.push(Key { weight, first, record: record as u32 });
        }
    }
    part
}
