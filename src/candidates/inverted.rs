//! Pairs that share a signal and whose jurisdictions can meet, from an inverted index.

use crate::model::ids::ItemIdx;

/// For every item, in order, the later items that share a signal with it and whose jurisdiction
/// range meets its own; `visit` is called once an item with the sorted partners.
///
/// **Contract.** No pair with a common signal and meeting ranges is missed; no other pair is given.
///
/// Items of one jurisdiction range are indexed together, so that popular signals of disjoint
/// jurisdictions never meet. Complexity: O(Σ over meeting ranges of shared postings).
pub fn sharing_pairs(
    signals: &[Box<[u32]>],
    jurisdictions: &[(u32, u32)],
    mut visit: impl FnMut(ItemIdx, &[ItemIdx]),
) {
    let blocks = Blocks::new(signals, jurisdictions);
    let mut seen = vec![u32::MAX; signals.len()];
    let mut partners = Vec::new();
    for item in 0..signals.len() {
        partners.clear();
        let range = jurisdictions[item];
        for block in blocks.meeting(range) {
            for &signal in &signals[item] {
                for &other in block.posting(signal) {
                    if other as usize > item && seen[other as usize] != item as u32 {
                        seen[other as usize] = item as u32;
                        partners.push(ItemIdx::from(other));
                    }
                }
            }
        }
        partners.sort_unstable();
        if !partners.is_empty() {
            visit(ItemIdx::new(item), &partners);
        }
    }
}

/// The items of one jurisdiction range with their postings.
struct Block {
    range: (u32, u32),
    /// Sorted `(signal, item)` pairs.
    postings: Vec<(u32, u32)>,
    /// The items alone, in the order of `postings`.
    items: Vec<u32>,
}

impl Block {
    fn posting(&self, signal: u32) -> &[u32] {
        let start = self.postings.partition_point(|&(other, _)| other < signal);
        let end = start + self.postings[start..].partition_point(|&(other, _)| other == signal);
        &self.items[start..end]
    }
}

struct Blocks {
    /// Sorted by range.
    blocks: Vec<Block>,
    /// Whether the ranges form a tree in which only equal and nested ones meet.
    widest: u32,
}

impl Blocks {
    fn new(signals: &[Box<[u32]>], jurisdictions: &[(u32, u32)]) -> Self {
        let mut order: Vec<u32> = (0..signals.len() as u32).collect();
        order.sort_by_key(|&item| jurisdictions[item as usize]);
        let mut blocks: Vec<Block> = Vec::new();
        for item in order {
            let range = jurisdictions[item as usize];
            if blocks.last().is_none_or(|block| block.range != range) {
                blocks.push(Block { range, postings: Vec::new(), items: Vec::new() });
            }
            let block = blocks.last_mut().expect("just pushed");
            block.postings.extend(signals[item as usize].iter().map(|&signal| (signal, item)));
        }
        for block in &mut blocks {
            block.postings.sort_unstable();
            block.items = block.postings.iter().map(|&(_, item)| item).collect();
        }
        let widest = blocks.iter().map(|block| block.range.1 - block.range.0).max().unwrap_or(0);
        Self { blocks, widest }
    }

    /// Blocks whose range meets `range`; an empty range meets every range that contains its start.
    fn meeting(&self, range: (u32, u32)) -> impl Iterator<Item = &Block> {
        let end = range.1.max(range.0 + 1);
        let first = self.blocks.partition_point(|block| block.range.0 + self.widest < range.0);
        self.blocks[first..]
            .iter()
            .take_while(move |block| block.range.0 < end)
            .filter(move |block| range.0 < block.range.1.max(block.range.0 + 1))
    }
}
