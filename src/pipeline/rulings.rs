//! Reviewers' decisions on the items of a run.

use std::collections::BTreeMap;

use super::batch::Batch;
use crate::model::decision::{Decision, Verdict};

/// What reviewers decided, by item position. Free of contradictions: see [`crate::decisions::check`].
#[derive(Debug, Default)]
pub(super) struct Rulings {
    /// Pairs that share a plan item, the lesser first, sorted.
    pub(super) must: Vec<(u32, u32)>,
    /// Pairs that never do.
    pub(super) cannot: Vec<(u32, u32)>,
    /// Whether each item stays alone.
    pub(super) kept: Vec<bool>,
    /// The block of each item: items that `must` chains together share one.
    pub(super) block: Vec<u32>,
    /// The decision on each pair of `must`.
    decisions: BTreeMap<(u32, u32), usize>,
}

impl Rulings {
    /// Complexity: O((items + decisions) log items).
    pub(super) fn new(decisions: &[Decision], batch: &Batch) -> Self {
        let count = batch.items.len();
        let mut rulings = Self { kept: vec![false; count], ..Self::default() };
        let pair = |a: &str, b: &str| {
            let (a, b) = (batch.position(a)?.as_u32(), batch.position(b)?.as_u32());
            (a != b).then_some((a.min(b), a.max(b)))
        };
        for (number, decision) in decisions.iter().enumerate() {
            match &decision.verdict {
                Verdict::Merge { a, b } => {
                    if let Some(pair) = pair(a, b) {
                        rulings.decisions.entry(pair).or_insert(number);
                    }
                }
                Verdict::Separate { a, b } => rulings.cannot.extend(pair(a, b)),
                Verdict::Keep { item } => {
                    if let Some(item) = batch.position(item) {
                        rulings.kept[item.as_usize()] = true;
                    }
                }
                Verdict::Withdraw { .. } => {}
            }
        }
        rulings.must = rulings.decisions.keys().copied().collect();
        rulings.cannot.sort_unstable();
        rulings.cannot.dedup();
        rulings.block = blocks(count, &rulings.must);
        rulings
    }

    /// No decisions on that many items.
    pub(super) fn none(items: usize) -> Self {
        Self { kept: vec![false; items], block: (0..items as u32).collect(), ..Self::default() }
    }

    /// Whether reviewers put two items together, directly or through others.
    pub(super) fn together(&self, a: u32, b: u32) -> bool {
        self.block[a as usize] == self.block[b as usize]
    }

    /// The number of the decision on that very pair.
    pub(super) fn decision(&self, a: u32, b: u32) -> Option<usize> {
        self.decisions.get(&(a.min(b), a.max(b))).copied()
    }
}

/// The smallest item of each item's block.
fn blocks(count: usize, must: &[(u32, u32)]) -> Vec<u32> {
    let mut parent: Vec<u32> = (0..count as u32).collect();
    let root = |parent: &mut Vec<u32>, mut item: u32| {
        while parent[item as usize] != item {
            parent[item as usize] = parent[parent[item as usize] as usize];
            item = parent[item as usize];
        }
        item
    };
    for &(a, b) in must {
        let (a, b) = (root(&mut parent, a), root(&mut parent, b));
        parent[a.max(b) as usize] = a.min(b);
    }
    (0..count as u32).map(|item| root(&mut parent, item)).collect()
}
