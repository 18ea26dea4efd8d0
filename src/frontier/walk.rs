//! The sequence of merges.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::Pool;
use super::blocks::Blocks;
use super::board::Board;
use super::step::{Group, Part, Step};
use crate::model::evidence::MilliBits;

/// Merges, the safest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Walk {
    /// The merges in order: decided ones, those of the clustering, whole groups.
    pub steps: Vec<Step>,
    nodes: u32,
}

impl Walk {
    /// Walks from single nodes through `clustered` as far as there is evidence, or until `enough` says so
    /// of the weight of the next union and the number of steps before it.
    ///
    /// Complexity: O(E log E) for E edges, times the square of the group size.
    ///
    /// # Examples
    /// ```
    /// use tongchou::frontier::{Edge, Group, Pool, Walk};
    ///
    /// let edge = |a, b, weight| Edge { a, b, weight, joint: false };
    /// let pool = Pool {
    ///     block: &[0, 1, 2, 3],
    ///     edges: &[edge(0, 1, 5000), edge(0, 2, -500), edge(1, 2, -1000), edge(2, 3, 2000)],
    ///     apart: &[],
    ///     organizer: &[0, 1, 2, 3],
    ///     max_members: 24,
    ///     max_joint_organizers: 8,
    ///     rank: &|_| 0,
    /// };
    /// let clustered = [Group { core: 0, members: vec![1] }, Group { core: 2, members: vec![3] }];
    /// let walk = Walk::new(&pool, &clustered, &|_, _| false);
    /// // Both pairs first; then 2, which links to all others, would draw everything together.
    /// assert_eq!(walk.steps.iter().map(|step| step.weight).collect::<Vec<_>>(), [5000, 2000, -1000]);
    /// ```
    #[must_use]
    pub fn new(pool: &Pool<'_>, clustered: &[Group], enough: &dyn Fn(MilliBits, usize) -> bool) -> Self {
        let blocks = Blocks::new(pool);
        let mut board = Board::new(&blocks, pool);
        let mut walk = Self { steps: decided(&board), nodes: pool.block.len() as u32 };
        for (weight, core, block) in stars(&blocks, clustered) {
            let (home, other) = (board.group_of(blocks.of[core as usize]), board.group_of(block));
            walk.steps.push(board.join(home, other, core, weight, Part::Clustered));
        }
        walk.join_groups(&mut board, enough);
        walk
    }

    /// The groups after the first `count` steps.
    #[must_use]
    pub fn groups(&self, count: usize) -> Vec<Group> {
        let mut home: Vec<u32> = (0..self.nodes).collect();
        let mut groups: BTreeMap<u32, Group> =
            home.iter().map(|&node| (node, Group { core: node, members: Vec::new() })).collect();
        for step in &self.steps[..count] {
            let (to, from) = (home[step.kept[0] as usize], home[step.added[0] as usize]);
            for &node in &step.added {
                home[node as usize] = to;
            }
            groups.remove(&from);
            let mut members = [step.kept.as_slice(), &step.added].concat();
            members.sort_unstable();
            members.retain(|&node| node != step.core);
            groups.insert(to, Group { core: step.core, members });
        }
        let mut groups: Vec<Group> = groups.into_values().collect();
        groups.sort_by_key(|group| group.members.first().map_or(group.core, |&first| first.min(group.core)));
        groups
    }

    /// Part 3: whole groups join while two of them may.
    fn join_groups(&mut self, board: &mut Board<'_>, enough: &dyn Fn(MilliBits, usize) -> bool) {
        let mut age: BTreeMap<u32, u32> = BTreeMap::new();
        let mut waiting = BinaryHeap::new();
        let count = board.blocks.nodes.len() as u32;
        let offer = |board: &Board<'_>, age: &BTreeMap<u32, u32>, a: u32, b: u32| {
            let (a, b) = (a.min(b), a.max(b));
            let (weight, core) = board.union(a, b)?;
            let ages = [a, b].map(|group| age.get(&group).copied().unwrap_or(0));
            Some((weight, Reverse((a, b)), core, ages))
        };
        for group in (0..count).filter(|&group| !board.members(group).is_empty()) {
            for other in board.neighbours(group).into_iter().filter(|&other| group < other) {
                waiting.extend(offer(board, &age, group, other));
            }
        }
        while let Some((weight, Reverse((a, b)), core, ages)) = waiting.pop() {
            if ages != [a, b].map(|group| age.get(&group).copied().unwrap_or(0)) {
                continue;
            }
            if enough(weight, self.steps.len()) {
                return;
            }
            let step = board.join(a, b, board.core_in(core), weight, Part::Beyond);
            self.steps.push(step);
            for group in [a, b] {
                *age.entry(group).or_default() += 1;
            }
            let home = board.group_of(core);
            for other in board.neighbours(home) {
                waiting.extend(offer(board, &age, home, other));
            }
        }
    }
}

/// Part 1: what reviewers put together, node by node.
fn decided(board: &Board<'_>) -> Vec<Step> {
    let mut steps = Vec::new();
    for (block, nodes) in (0..).zip(&board.blocks.nodes) {
        let core = board.core_in(block);
        let mut kept = vec![core];
        for &node in nodes.iter().filter(|&&node| node != core) {
            steps.push(Step {
                part: Part::Decided,
                weight: MilliBits::MAX,
                core,
                kept: kept.clone(),
                added: vec![node],
            });
            kept.push(node);
            kept.sort_unstable();
        }
    }
    steps
}

/// Part 2: the links of the clustering with its cores, the heaviest first: weight, core, block that joins.
fn stars(blocks: &Blocks, clustered: &[Group]) -> Vec<(MilliBits, u32, u32)> {
    let mut stars = Vec::new();
    for group in clustered {
        let home = blocks.of[group.core as usize];
        let mut others: Vec<u32> = group.members.iter().map(|&node| blocks.of[node as usize]).collect();
        others.sort_unstable();
        others.dedup();
        for block in others.into_iter().filter(|&block| block != home) {
            let weight = blocks.weight(home, block).unwrap_or(MilliBits::MIN);
            stars.push((weight, group.core, block));
        }
    }
    stars.sort_unstable_by_key(|&(weight, core, block)| (Reverse(weight), core, block));
    stars
}
