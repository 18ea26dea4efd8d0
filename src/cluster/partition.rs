//! The result: groups with their cores, and how good they are.

use std::cmp::Reverse;

use super::components::Component;
use super::link::Link;
use super::rows::Rows;

/// Nodes that end up together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The node the others belong with.
    pub core: u32,
    /// The other nodes, ascending.
    pub members: Vec<u32>,
}

impl Group {
    /// All nodes, ascending.
    #[must_use]
    pub fn nodes(&self) -> Vec<u32> {
        let mut nodes = self.members.clone();
        nodes.push(self.core);
        nodes.sort_unstable();
        nodes
    }

    /// How many nodes.
    #[must_use]
    pub fn size(&self) -> usize {
        self.members.len() + 1
    }

    fn first(&self) -> u32 {
        self.members.first().map_or(self.core, |&member| member.min(self.core))
    }
}

/// A partition of all nodes.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Partition {
    /// The groups: every node is in exactly one. Ordered by smallest node.
    pub groups: Vec<Group>,
    /// Sum of the weights of the links inside groups.
    pub objective: i64,
    /// No feasible partition has a higher objective.
    pub bound: i64,
    /// The components of two nodes or more, ordered by smallest node. Objective and bound of the
    /// partition are the sums of theirs.
    pub components: Vec<ComponentReport>,
}

impl Partition {
    /// `(bound − objective) / bound`, 0 if the objective is proven optimal.
    #[must_use]
    pub fn gap(&self) -> f64 {
        gap(self.objective, self.bound)
    }

    /// The group number of each node.
    ///
    /// # Panics
    /// If there are not `nodes` nodes.
    #[must_use]
    pub fn labels(&self, nodes: usize) -> Vec<u32> {
        let mut label = vec![0; nodes];
        for (number, group) in self.groups.iter().enumerate() {
            for node in group.nodes() {
                label[node as usize] = number as u32;
            }
        }
        label
    }

    /// The partition with its groups in order.
    pub(super) fn sorted(mut self) -> Self {
        self.groups.sort_unstable_by_key(Group::first);
        self
    }
}

/// How one component was solved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComponentReport {
    /// Its smallest node.
    pub first: u32,
    /// How many nodes.
    pub nodes: usize,
    /// How many links between them.
    pub links: usize,
    /// Whether the objective is proven to be the optimum.
    pub exact: bool,
    /// Objective of the partition found.
    pub objective: i64,
    /// No feasible partition of the component has a higher objective.
    pub bound: i64,
}

impl ComponentReport {
    /// `(bound − objective) / bound`, 0 if the objective is proven optimal.
    #[must_use]
    pub fn gap(&self) -> f64 {
        gap(self.objective, self.bound)
    }
}

fn gap(objective: i64, bound: i64) -> f64 {
    if objective == bound { 0.0 } else { (bound - objective) as f64 / bound.max(1) as f64 }
}

/// The groups of a labelling of a component's blocks, each with its best core: the feasible core with
/// the largest sum of weights to the other nodes; then with the larger rank; then the smaller node.
///
/// Complexity: O(nodes + links) time and memory.
///
/// # Panics
/// If a group has no core.
pub(super) fn elect(
    component: &Component,
    label: &[u32],
    core_rank: &(dyn Fn(u32) -> i64 + Sync),
) -> Vec<Group> {
    let group_of = |node: u32| label[component.block_of[node as usize] as usize];
    let mut pull = vec![0_i64; component.nodes.len()];
    for &Link { a, b, weight, .. } in &component.links {
        if group_of(a) == group_of(b) {
            pull[a as usize] += i64::from(weight);
            pull[b as usize] += i64::from(weight);
        }
    }
    let pairs: Vec<_> = label.iter().copied().zip(0..).collect();
    let count = label.iter().max().map_or(0, |&most| most as usize + 1);
    let blocks = Rows::new(count, &pairs);
    let mut groups = Vec::new();
    for number in 0..count as u32 {
        let blocks = blocks.row(number);
        let mut nodes: Vec<u32> = blocks.iter().flat_map(|&block| component.nodes_of(block)).collect();
        let is_core = |node: &u32| {
            let attached = component.attached(*node).iter();
            attached.filter(|&&block| label[block as usize] == number).count() == blocks.len() - 1
        };
        let rank = |&node: &u32| {
            let original = component.nodes[node as usize];
            (pull[node as usize], core_rank(original), Reverse(original))
        };
        let Some(core) = nodes.iter().copied().filter(is_core).max_by_key(rank) else {
            assert!(blocks.is_empty(), "group of {} blocks has no core", blocks.len());
            continue;
        };
        nodes.retain(|&node| node != core);
        let mut members: Vec<_> = nodes.iter().map(|&node| component.nodes[node as usize]).collect();
        members.sort_unstable();
        groups.push(Group { core: component.nodes[core as usize], members });
    }
    groups
}
