//! Proof or improvement of a partition by branch and bound.

use super::components::Component;

/// Components of more blocks are not tried.
pub(super) const BLOCKS: usize = 64;

/// Components of more nodes are not tried.
pub(super) const NODES: usize = 128;

/// The optimal partition of `component`, if found within `budget` placements; else the best found, which
/// is `label` or better. And whether it is proven optimal.
///
/// Blocks are placed one after the other, each into a group begun before or into one of its own. The
/// order is that of the start's groups, so that what comes late is a union of groups. Search is by
/// Russian dolls (Verfaillie, Lemaître and Schiex 1996): first the last block alone, then the last two,
/// and so on; the optimum of the last k bounds what they yield among themselves in all larger problems.
/// In these smaller problems a core may also lie among the blocks left out, so that the restriction of
/// any feasible partition to the last k blocks is feasible for them. A branch is left when
///
/// ```text
/// placed so far + optimum of the blocks to place + Σ over these of the best gain from one group
/// ```
///
/// does not exceed the best known, where only groups count that the block could still join.
///
/// Complexity: exponential in the worst case, O(blocks · groups) time for each placement within the
/// budget, O(blocks²) memory; recursion as deep as blocks (at most [`BLOCKS`]).
///
/// # Panics
/// If the component has more than [`BLOCKS`] blocks or [`NODES`] nodes.
pub(super) fn solve(component: &Component, label: &[u32], budget: u64) -> (Vec<u32>, bool) {
    let n = component.len();
    assert!(n <= BLOCKS && component.nodes.len() <= NODES, "{n} blocks are too many to branch over");
    let mut order: Vec<_> = (0..n as u32).collect();
    let first_of = |block: u32| label.iter().position(|&other| other == label[block as usize]);
    order.sort_by_key(|&block| (first_of(block), block));
    let mut search = Search::new(component, &order, budget);
    let proven = search.dolls(component.objective(label) - component.internal).is_some();
    let Some(found) = search.found else { return (label.to_vec(), proven) };
    let mut better = vec![0; n];
    for (position, group) in found.into_iter().enumerate() {
        better[order[position] as usize] = group as u32;
    }
    (better, proven)
}

/// Blocks placed together.
#[derive(Clone, Copy, Default)]
struct Begun {
    blocks: u64,
    /// Nodes inside.
    nodes: u128,
    /// Nodes that all blocks are attached to or contain.
    cover: u128,
    joint: bool,
}

/// The search; blocks go by their positions in the order.
struct Search<'a> {
    component: &'a Component,
    n: usize,
    budget: u64,
    order: &'a [u32],
    weight: Vec<i64>,
    barred: Vec<u64>,
    joint: Vec<u64>,
    /// Each block alone.
    alone: Vec<Begun>,
    groups: Vec<Begun>,
    group_of: Vec<usize>,
    /// What each block gets from each group.
    gain: Vec<i64>,
    /// Optimum of the blocks from each position on.
    optimum: Vec<i64>,
    best: i64,
    /// The groups of the best partition found, if better than the one known.
    found: Option<Vec<usize>>,
}

impl<'a> Search<'a> {
    fn new(component: &'a Component, order: &'a [u32], budget: u64) -> Self {
        let n = order.len();
        let mut position = vec![0; n];
        for (at, &block) in order.iter().enumerate() {
            position[block as usize] = at;
        }
        let (mut weight, mut barred, mut joint) = (vec![0; n * n], vec![0_u64; n], vec![0_u64; n]);
        let mut alone = Vec::with_capacity(n);
        for (at, &block) in order.iter().enumerate() {
            for edge in component.edges(block) {
                let other = position[edge.to as usize];
                weight[at * n + other] = edge.weight;
                barred[at] |= u64::from(edge.barred) << other;
                joint[at] |= u64::from(edge.joint) << other;
            }
            let nodes = component.nodes_of(block).fold(0, |mask, node| mask | 1 << node);
            let cover = component.attachers(block).iter().fold(nodes, |mask, node| mask | 1 << node);
            let joint = component.internal_joint(block);
            alone.push(Begun { blocks: 1 << at, nodes, cover, joint });
        }
        Self {
            component,
            n,
            budget,
            order,
            weight,
            barred,
            joint,
            alone,
            groups: Vec::with_capacity(n),
            group_of: vec![0; n],
            gain: vec![0; n * n],
            optimum: vec![0; n + 1],
            best: 0,
            found: None,
        }
    }

    /// Solves the problem of the last block, of the last two, and so on; of all from what is `known`.
    /// `None` if the budget is used up.
    fn dolls(&mut self, known: i64) -> Option<()> {
        for from in (0..self.n).rev() {
            // The block alone, and the best of the rest.
            self.best = if from == 0 { known } else { self.optimum[from + 1] };
            let done = self.place(from, from, 0);
            if from != 0 {
                self.found = None;
            }
            done?;
            self.optimum[from] = self.best;
        }
        Some(())
    }

    /// The group with the block `at` added, if it may still become feasible, the blocks between `from`
    /// and `next` being placed.
    fn joined(&self, group: Begun, from: usize, next: usize, at: usize) -> Option<Begun> {
        let alone = self.alone[at];
        let joined = Begun {
            blocks: group.blocks | alone.blocks,
            nodes: group.nodes | alone.nodes,
            cover: group.cover & alone.cover,
            joint: group.joint || alone.joint || self.joint[at] & group.blocks != 0,
        };
        let feasible = self.barred[at] & group.blocks == 0
            && joined.nodes.count_ones() as usize <= self.component.max_members
            && self.has_core(joined, from, next)
            && (!joined.joint || self.organizers(joined) <= self.component.max_joint_organizers);
        feasible.then_some(joined)
    }

    /// Whether a core is in the group, still to be placed (from `next` on), or left out (before `from`).
    fn has_core(&self, group: Begun, from: usize, next: usize) -> bool {
        let open = |at: usize| group.cover & self.alone[at].nodes != 0;
        group.cover & group.nodes != 0 || (next..self.n).any(open) || (0..from).any(open)
    }

    fn organizers(&self, group: Begun) -> usize {
        let blocks = (0..self.n).filter(|at| group.blocks >> at & 1 == 1);
        let mut organizers: Vec<_> =
            blocks.flat_map(|at| self.component.organizers(self.order[at])).copied().collect();
        organizers.sort_unstable();
        organizers.dedup();
        organizers.len()
    }

    /// Places the blocks from `next` on, those from `from` on being placed for `objective`. `None` if
    /// the budget is used up.
    fn place(&mut self, from: usize, next: usize, objective: i64) -> Option<()> {
        self.budget = self.budget.checked_sub(1)?;
        if self.groups.iter().any(|&group| !self.has_core(group, from, next)) {
            return Some(());
        }
        if next == self.n {
            if self.best < objective {
                self.best = objective;
                self.found = Some(self.group_of.clone());
            }
            return Some(());
        }
        let mut options: Vec<(i64, usize, Begun)> = Vec::new();
        let mut hope = objective + self.optimum[next];
        if from == next {
            // The optimum of these very blocks is what is sought: nothing is placed yet.
            hope = i64::MAX;
        } else {
            for at in next..self.n {
                let gains = self.groups.iter().enumerate();
                let gains = gains.map(|(group, &begun)| (self.gain[at * self.n + group], group, begun));
                let mut most = 0;
                for (gain, group, begun) in gains {
                    if (at == next || most < gain)
                        && let Some(joined) = self.joined(begun, from, next, at)
                    {
                        most = most.max(gain);
                        if at == next {
                            options.push((gain, group, joined));
                        }
                    }
                }
                hope += most;
            }
        }
        if hope <= self.best {
            return Some(());
        }
        options.push((0, self.groups.len(), self.alone[next]));
        options.sort_by_key(|&(gain, group, _)| (std::cmp::Reverse(gain), group));
        for (gain, group, joined) in options {
            let before = self.groups.get(group).copied();
            match before {
                Some(_) => self.groups[group] = joined,
                None => self.groups.push(joined),
            }
            self.group_of[next] = group;
            for at in next + 1..self.n {
                self.gain[at * self.n + group] += self.weight[at * self.n + next];
            }
            let done = self.place(from, next + 1, objective + gain);
            for at in next + 1..self.n {
                self.gain[at * self.n + group] -= self.weight[at * self.n + next];
            }
            match before {
                Some(before) => self.groups[group] = before,
                None => self.groups.truncate(group),
            }
            done?;
        }
        Some(())
    }
}
