//! The groups while they grow.

use super::Pool;
use super::blocks::Blocks;
use super::step::{Part, Step};
use crate::model::evidence::MilliBits;

/// Groups of blocks. A group is named by a block that is or was in it.
pub(super) struct Board<'a> {
    pub(super) blocks: &'a Blocks,
    pool: &'a Pool<'a>,
    /// The group of each block.
    group_of: Vec<u32>,
    /// The blocks of each group; empty once it joined another.
    groups: Vec<Vec<u32>>,
}

impl<'a> Board<'a> {
    /// Each block on its own.
    pub(super) fn new(blocks: &'a Blocks, pool: &'a Pool<'a>) -> Self {
        let count = blocks.nodes.len() as u32;
        Self {
            blocks,
            pool,
            group_of: (0..count).collect(),
            groups: (0..count).map(|block| vec![block]).collect(),
        }
    }

    /// The group that holds `block`.
    pub(super) fn group_of(&self, block: u32) -> u32 {
        self.group_of[block as usize]
    }

    /// The blocks of `group`, ascending.
    pub(super) fn members(&self, group: u32) -> &[u32] {
        &self.groups[group as usize]
    }

    /// The groups that `group` has an edge with, ascending.
    pub(super) fn neighbours(&self, group: u32) -> Vec<u32> {
        let mut found: Vec<u32> = self
            .members(group)
            .iter()
            .flat_map(|&block| &self.blocks.neighbours[block as usize])
            .map(|&block| self.group_of(block))
            .filter(|&other| other != group)
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The best node of `block` as a core.
    pub(super) fn core_in(&self, block: u32) -> u32 {
        best(&self.blocks.nodes[block as usize], self.pool)
    }

    /// What the union of two groups would weigh, with the block of its core; none if it may not be.
    pub(super) fn union(&self, a: u32, b: u32) -> Option<(MilliBits, u32)> {
        let blocks = [self.members(a), self.members(b)].concat();
        if self.blocks.fit(&blocks, self.pool) { self.blocks.core(&blocks) } else { None }
    }

    /// Lets `other` join the group of `core`, a node of one of the two.
    pub(super) fn join(&mut self, a: u32, b: u32, core: u32, weight: MilliBits, part: Part) -> Step {
        let home = self.group_of(self.blocks.of[core as usize]);
        let other = if home == a { b } else { a };
        let kept = self.nodes(home);
        let added = self.nodes(other);
        let moved = std::mem::take(&mut self.groups[other as usize]);
        for &block in &moved {
            self.group_of[block as usize] = home;
        }
        self.groups[home as usize].extend(moved);
        self.groups[home as usize].sort_unstable();
        Step { part, weight, core, kept, added }
    }

    /// The nodes of `group`, ascending.
    fn nodes(&self, group: u32) -> Vec<u32> {
        let mut nodes: Vec<u32> = self
            .members(group)
            .iter()
            .flat_map(|&block| &self.blocks.nodes[block as usize])
            .copied()
            .collect();
        nodes.sort_unstable();
        nodes
    }
}

/// The node that reads best as a core; the smaller of equals.
fn best(nodes: &[u32], pool: &Pool<'_>) -> u32 {
    nodes.iter().copied().max_by_key(|&node| ((pool.rank)(node), std::cmp::Reverse(node))).unwrap_or_default()
}
