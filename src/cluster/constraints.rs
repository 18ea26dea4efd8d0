//! What a partition must respect, and the contraction of must-links.

use std::collections::VecDeque;

use thiserror::Error;

use super::rows::Rows;
use super::union::Union;

/// Constraints on a partition.
///
/// `Default` constrains nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constraints {
    /// Pairs that never share a group (barred pairs, reviewers' "separate").
    pub cannot: Vec<(u32, u32)>,
    /// Pairs that always share a group (reviewers' "merge").
    pub must: Vec<(u32, u32)>,
    /// The most nodes a group may have.
    pub max_members: usize,
    /// The most organizers a group may have if it holds a pair whose link is [`joint`](super::Link::joint).
    pub max_joint_organizers: usize,
    /// Each node's organizer, for that cap. Empty: every node has an organizer of its own.
    pub organizer: Vec<u32>,
}

impl Default for Constraints {
    fn default() -> Self {
        Self {
            cannot: Vec::new(),
            must: Vec::new(),
            max_members: usize::MAX,
            max_joint_organizers: usize::MAX,
            organizer: Vec::new(),
        }
    }
}

impl Constraints {
    /// The organizer of `node`.
    ///
    /// # Panics
    /// If `organizer` is neither empty nor long enough.
    #[must_use]
    pub fn organizer_of(&self, node: u32) -> u32 {
        if self.organizer.is_empty() { node } else { self.organizer[node as usize] }
    }
}

/// Two nodes that must be apart and must be together.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("nodes {a} and {b} must not share a group, yet must-links chain them: {chain:?}")]
pub struct Contradiction {
    /// The smaller node of the pair that must be apart.
    pub a: u32,
    /// The larger.
    pub b: u32,
    /// A shortest chain of must-links, from `a` to `b` (both included).
    pub chain: Vec<u32>,
}

/// The nodes after contraction of the must-links: a block is a set of nodes that no partition
/// separates. Blocks are numbered by their smallest nodes.
#[derive(Clone, Debug)]
pub(super) struct Blocks {
    /// The block of each node.
    pub(super) of: Vec<u32>,
    /// The nodes of each block, ascending.
    pub(super) nodes: Rows<u32>,
    /// Pairs of blocks that never share a group: smaller first, sorted, no duplicates.
    pub(super) barred: Vec<(u32, u32)>,
}

impl Blocks {
    /// Contracts the must-links of `constraints`.
    ///
    /// Complexity: O(n + (must + cannot) log(must + cannot)) time, O(n + must + cannot) memory.
    ///
    /// # Errors
    /// [`Contradiction`] for the smallest cannot-pair whose nodes are chained by must-links.
    pub(super) fn contract(nodes: usize, constraints: &Constraints) -> Result<Self, Contradiction> {
        let mut union = Union::new(nodes);
        for &(a, b) in &constraints.must {
            union.unite(a, b);
        }
        let (of, count) = union.numbered();
        let mut cannot: Vec<_> = constraints.cannot.iter().map(|&(a, b)| (a.min(b), a.max(b))).collect();
        cannot.sort_unstable();
        for &(a, b) in &cannot {
            if of[a as usize] == of[b as usize] {
                return Err(Contradiction { a, b, chain: chain(nodes, &constraints.must, a, b) });
            }
        }
        let mut barred: Vec<_> = cannot
            .into_iter()
            .map(|(a, b)| (of[a as usize], of[b as usize]))
            .map(|(a, b)| (a.min(b), a.max(b)))
            .collect();
        barred.sort_unstable();
        barred.dedup();
        let pairs: Vec<_> = of.iter().copied().zip(0..).collect();
        Ok(Self { nodes: Rows::new(count, &pairs), of, barred })
    }

    /// Whether blocks `a` and `b` never share a group.
    pub(super) fn are_barred(&self, a: u32, b: u32) -> bool {
        self.barred.binary_search(&(a.min(b), a.max(b))).is_ok()
    }
}

/// The lexicographically first of the shortest chains of must-links from `a` to `b`.
fn chain(nodes: usize, must: &[(u32, u32)], a: u32, b: u32) -> Vec<u32> {
    let mut pairs: Vec<_> = must.iter().flat_map(|&(x, y)| [(x, y), (y, x)]).collect();
    pairs.sort_unstable();
    let neighbours = Rows::new(nodes, &pairs);
    // From b backwards, so that each node's `towards` is its smallest neighbour nearer to b.
    let mut distance = vec![u32::MAX; nodes];
    distance[b as usize] = 0;
    let mut queue = VecDeque::from([b]);
    while let Some(node) = queue.pop_front() {
        for &next in neighbours.row(node) {
            if distance[next as usize] == u32::MAX {
                distance[next as usize] = distance[node as usize] + 1;
                queue.push_back(next);
            }
        }
    }
    let mut chain = vec![a];
    let mut at = a;
    while at != b {
        let nearer = neighbours.row(at).iter().find(|&&next| distance[next as usize] < distance[at as usize]);
        at = *nearer.expect("a and b are in one block");
        chain.push(at);
    }
    chain
}
