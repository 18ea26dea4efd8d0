//! The pool seen block by block.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::Pool;
use crate::model::evidence::MilliBits;

/// Blocks, the strongest edge between each two, and what they weigh in the caps.
///
/// Blocks are numbered by their smallest nodes.
pub(super) struct Blocks {
    /// The nodes of each block, ascending.
    pub(super) nodes: Vec<Vec<u32>>,
    /// The block of each node.
    pub(super) of: Vec<u32>,
    /// The blocks that each has an edge with, ascending.
    pub(super) neighbours: Vec<Vec<u32>>,
    weight: FxHashMap<(u32, u32), MilliBits>,
    /// Pairs of blocks with a joint edge.
    joint: BTreeSet<(u32, u32)>,
    apart: BTreeSet<(u32, u32)>,
    organizers: Vec<Vec<u32>>,
}

impl Blocks {
    /// Complexity: O((nodes + edges + apart) log).
    pub(super) fn new(pool: &Pool<'_>) -> Self {
        let count = pool.block.len();
        let mut nodes: Vec<Vec<u32>> = Vec::new();
        let mut of = vec![0; count];
        for node in 0..count as u32 {
            let first = pool.block[node as usize];
            if first == node {
                of[node as usize] = nodes.len() as u32;
                nodes.push(vec![node]);
            } else {
                of[node as usize] = of[first as usize];
                nodes[of[first as usize] as usize].push(node);
            }
        }
        let pair = |a: u32, b: u32| {
            let (a, b) = (of[a as usize], of[b as usize]);
            (a.min(b), a.max(b))
        };
        let mut weight: FxHashMap<(u32, u32), MilliBits> = FxHashMap::default();
        let mut neighbours: Vec<Vec<u32>> = vec![Vec::new(); nodes.len()];
        let mut joint = BTreeSet::new();
        for edge in pool.edges {
            let key = pair(edge.a, edge.b);
            if edge.joint {
                joint.insert(key);
            }
            if key.0 == key.1 {
                continue;
            }
            let strongest = weight.entry(key).or_insert(MilliBits::MIN);
            *strongest = edge.weight.max(*strongest);
            neighbours[key.0 as usize].push(key.1);
            neighbours[key.1 as usize].push(key.0);
        }
        for list in &mut neighbours {
            list.sort_unstable();
            list.dedup();
        }
        let apart = pool.apart.iter().map(|&(a, b)| pair(a, b)).collect();
        let organizers = nodes
            .iter()
            .map(|nodes| nodes.iter().map(|&node| pool.organizer[node as usize]).collect())
            .collect();
        Self { nodes, of, neighbours, weight, joint, apart, organizers }
    }

    /// The strongest edge between two blocks.
    pub(super) fn weight(&self, a: u32, b: u32) -> Option<MilliBits> {
        self.weight.get(&(a.min(b), a.max(b))).copied()
    }

    /// Whether the caps and the constraints allow these blocks in one group. O(blocks²).
    pub(super) fn fit(&self, blocks: &[u32], pool: &Pool<'_>) -> bool {
        let size: usize = blocks.iter().map(|&block| self.nodes[block as usize].len()).sum();
        if size > pool.max_members {
            return false;
        }
        let mut joint = false;
        for (position, &a) in blocks.iter().enumerate() {
            for &b in &blocks[position..] {
                let key = (a.min(b), a.max(b));
                if a != b && self.apart.contains(&key) {
                    return false;
                }
                joint |= self.joint.contains(&key);
            }
        }
        let organizers: BTreeSet<u32> =
            blocks.iter().flat_map(|&block| &self.organizers[block as usize]).copied().collect();
        !joint || organizers.len() <= pool.max_joint_organizers
    }

    /// The best core of a union of blocks: its weakest link, and its block.
    ///
    /// Of equals, the one whose links weigh more in sum; then the smaller. O(blocks²).
    pub(super) fn core(&self, blocks: &[u32]) -> Option<(MilliBits, u32)> {
        blocks
            .iter()
            .filter_map(|&core| {
                let mut weakest = MilliBits::MAX;
                let mut sum = 0i64;
                for &other in blocks.iter().filter(|&&other| other != core) {
                    let weight = self.weight(core, other)?;
                    weakest = weakest.min(weight);
                    sum += i64::from(weight);
                }
                Some((weakest, sum, std::cmp::Reverse(core)))
            })
            .max()
            .map(|(weakest, _, core)| (weakest, core.0))
    }
}
