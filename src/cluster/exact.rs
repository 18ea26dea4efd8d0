//! The optimum over all partitions of a few blocks, by dynamic programming over subsets.

use super::components::Component;

/// The most blocks for which the tables are allowed to grow: 2²⁰ entries of 20 bytes.
pub(super) const LIMIT: usize = 20;

/// An infeasible subset.
const INFEASIBLE: i64 = i64::MIN;

/// One group costs one unit, one thousandth of a bit is worth `SCALE`: of two partitions with the
/// same objective the one with fewer groups (at most [`LIMIT`] < `SCALE`) scores higher.
const SCALE: i64 = 32;

/// The best partition of `blocks` (ascending blocks of `component`), as a group number for each,
/// groups numbered by their first blocks.
///
/// Maximises the objective; among equals, has the fewest groups; among these, the first group (by
/// smallest block) in which two partitions differ has the smallest block that differs.
///
/// ```text
/// best(∅) = 0
/// best(M) = max over feasible S ⊆ M with min(M) ∈ S of  score(S) + best(M \ S)
/// ```
///
/// Only subsets with the lowest block are tried as its group, and of these only blocks that could
/// share a group with it. Complexity for n blocks: O(3ⁿ / 2 + 2ⁿ · (n + nodes)) time, O(2ⁿ) memory.
///
/// # Panics
/// If there are more than [`LIMIT`] blocks.
pub(super) fn solve(component: &Component, blocks: &[u32]) -> Vec<u32> {
    let n = blocks.len();
    assert!(n <= LIMIT, "{n} blocks are too many for exact search");
    let small = Small::new(component, blocks);
    let score = small.scores();
    let full = (1_u32 << n) - 1;
    let mut best = vec![0_i64; 1 << n];
    let mut choice = vec![0_u32; 1 << n];
    for mask in 1..=full {
        let low = mask & mask.wrapping_neg();
        let candidates = mask & small.companions[low.trailing_zeros() as usize] & !low;
        let mut value = INFEASIBLE;
        let mut group = 0_u32;
        let mut others = candidates;
        loop {
            let subset = others | low;
            if score[subset as usize] != INFEASIBLE {
                let total = score[subset as usize] + best[(mask ^ subset) as usize];
                let differ = subset ^ group;
                if value < total || value == total && subset & differ & differ.wrapping_neg() != 0 {
                    (value, group) = (total, subset);
                }
            }
            if others == 0 {
                break;
            }
            others = (others - 1) & candidates;
        }
        best[mask as usize] = value;
        choice[mask as usize] = group;
    }

    let mut label = vec![0; n];
    let mut mask = full;
    let mut number = 0;
    while mask != 0 {
        let group = choice[mask as usize];
        for (block, label) in label.iter_mut().enumerate() {
            if group >> block & 1 == 1 {
                *label = number;
            }
        }
        number += 1;
        mask ^= group;
    }
    label
}

/// A few blocks as bit masks.
struct Small {
    n: usize,
    sizes: Vec<usize>,
    max_members: usize,
    max_joint_organizers: usize,
    /// `weight[i * n + j]`.
    weight: Vec<i64>,
    joint: Vec<u32>,
    internal_joint: u32,
    /// For each node: its block, and the blocks of every set it is a core of.
    cores: Vec<(u32, u32)>,
    /// For each organizer: the blocks it appears in.
    organizers: Vec<u32>,
    /// For each block: the blocks (itself included) it could share a group with.
    companions: Vec<u32>,
}

impl Small {
    fn new(component: &Component, blocks: &[u32]) -> Self {
        let n = blocks.len();
        let bit_of = |block: u32| blocks.binary_search(&block).ok();
        let mut weight = vec![0; n * n];
        let mut barred = vec![0_u32; n];
        let mut joint = vec![0_u32; n];
        let mut internal_joint = 0;
        let mut cores = Vec::new();
        let mut holders = Vec::new();
        for (i, &block) in blocks.iter().enumerate() {
            for edge in component.edges(block) {
                if let Some(j) = bit_of(edge.to) {
                    weight[i * n + j] = edge.weight;
                    barred[i] |= u32::from(edge.barred) << j;
                    joint[i] |= u32::from(edge.joint) << j;
                }
            }
            internal_joint |= u32::from(component.internal_joint(block)) << i;
            for node in component.nodes_of(block) {
                let attached = component.attached(node).iter().filter_map(|&b| bit_of(b));
                cores.push((1 << i, attached.fold(1 << i, |mask, j| mask | 1 << j)));
            }
            holders.extend(component.organizers(block).iter().map(|&organizer| (organizer, 1_u32 << i)));
        }
        cores.sort_unstable();
        cores.dedup();
        holders.sort_unstable();
        holders.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 |= if same { next.1 } else { 0 };
            same
        });
        let companions = (0..n)
            .map(|i| {
                let reach = cores.iter().filter(|core| core.1 >> i & 1 == 1);
                reach.fold(0, |mask, core| mask | core.1) & !barred[i]
            })
            .collect();
        Self {
            n,
            sizes: blocks.iter().map(|&block| component.size(block)).collect(),
            max_members: component.max_members,
            max_joint_organizers: component.max_joint_organizers,
            weight,
            joint,
            internal_joint,
            cores,
            organizers: holders.into_iter().map(|(_, mask)| mask).collect(),
            companions,
        }
    }

    /// For each subset: its weight times [`SCALE`] less one, or [`INFEASIBLE`].
    fn scores(&self) -> Vec<i64> {
        let mut inner = vec![0_i64; 1 << self.n];
        // What every superset inherits: a pair that cannot share a group, a cap exceeded.
        let mut broken = vec![false; 1 << self.n];
        let mut score = vec![INFEASIBLE; 1 << self.n];
        for subset in 1..1_u32 << self.n {
            let low = subset.trailing_zeros() as usize;
            let rest = subset & (subset - 1);
            if broken[rest as usize] || rest & !self.companions[low] != 0 {
                broken[subset as usize] = true;
                continue;
            }
            let mut weight = inner[rest as usize];
            let mut others = rest;
            while others != 0 {
                weight += self.weight[low * self.n + others.trailing_zeros() as usize];
                others &= others - 1;
            }
            inner[subset as usize] = weight;
            if rest != 0 && self.breaks_a_cap(subset) {
                // Inherited by supersets, since a subset has neither more nodes nor more organizers.
                broken[subset as usize] = true;
            } else if rest == 0 || self.has_core(subset) {
                score[subset as usize] = weight * SCALE - 1;
            }
        }
        score
    }

    fn breaks_a_cap(&self, subset: u32) -> bool {
        let bits = || (0..self.n).filter(|bit| subset >> bit & 1 == 1);
        let nodes: usize = bits().map(|bit| self.sizes[bit]).sum();
        let joint = self.internal_joint & subset != 0 || bits().any(|bit| self.joint[bit] & subset != 0);
        nodes > self.max_members
            || joint
                && self.organizers.iter().filter(|&&mask| mask & subset != 0).count()
                    > self.max_joint_organizers
    }

    fn has_core(&self, subset: u32) -> bool {
        self.cores.iter().any(|&(own, covered)| own & subset != 0 && subset & !covered == 0)
    }
}
