//! How far one may go: all merges from the safest to the boldest, each plan within the next.
//!
//! Offices are told "15 % fewer". The [`Walk`] is what can be had at which price: a sequence of merges
//! of two groups, so that its first `k` merges make a plan for every `k`. It passes through the plan
//! of the clustering.
//!
//! # How
//! 1. What reviewers put together is together from the first step on.
//! 2. The groups of the clustering grow around their cores, over the whole pool in falling weight of the link
//!    with the core.
//! 3. From there on whole groups join, the safest first. The weight of a union is that of its weakest
//!    member under its best core: `max over cores c · min over members m · weight(c, m)`. No member is
//!    chained through another, all caps and constraints hold, as in clustering.
//!
//! # What it guarantees
//! Every step leaves one group less. Weights never rise from one step of part 3 to the next: a heavier
//! union would have been possible before. The result depends on the edges alone, not on their order.
//!
//! Absent on purpose: items, texts and limits of weight. Nodes are numbers here, and whoever calls
//! decides where to stop.

mod blocks;
mod board;
mod step;
#[cfg(test)]
mod tests;
mod walk;

pub use step::{Group, Part, Step};
pub use walk::Walk;

use crate::model::evidence::MilliBits;

/// The evidence that two nodes belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// One node.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// Match weight.
    pub weight: MilliBits,
    /// Whether their relation would be joint, which caps the organizers of a group.
    pub joint: bool,
}

/// What a walk needs to know.
#[derive(Clone, Copy)]
pub struct Pool<'a> {
    /// The smallest node of the block of each node: nodes of one block are never apart.
    pub block: &'a [u32],
    /// The evidence; at most one edge a pair.
    pub edges: &'a [Edge],
    /// Pairs that never share a group.
    pub apart: &'a [(u32, u32)],
    /// The organizer of each node.
    pub organizer: &'a [u32],
    /// The most nodes of a group.
    pub max_members: usize,
    /// The most organizers of a group with a joint pair.
    pub max_joint_organizers: usize,
    /// Which of two nodes reads better as a core: the larger.
    pub rank: &'a dyn Fn(u32) -> i64,
}
