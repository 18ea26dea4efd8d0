//! A first partition of a large component: greedy linkage.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::components::Component;
use crate::model::stop::Stop;

/// All links between two clusters.
#[derive(Clone, Copy, Default)]
struct Pair {
    weight: i64,
    barred: bool,
    joint: bool,
}

/// Blocks linked so far. Invariant: feasible.
struct Cluster {
    blocks: Vec<u32>,
    nodes: usize,
    /// The nodes every block of the cluster is attached to or part of, ascending, in or out of it.
    cover: Vec<u32>,
    joint: bool,
    organizers: BTreeSet<u32>,
    pairs: BTreeMap<u32, Pair>,
}

/// Starts with single blocks and keeps merging the two clusters with the highest gain, the sum of all
/// weights between them, as long as it is not negative and the union is feasible. Returns the group of
/// each block.
///
/// This is greedy additive edge contraction (Keuper et al. 2015). Average linkage, which divides the
/// gain by the sizes, was passed over for two reasons: it is blind to what the objective counts, and a
/// merge changes its priorities for *all* neighbours of the two clusters (quadratic on a star),
/// whereas a sum changes only for the neighbours of the smaller one.
///
/// Feasibility: a union that has no core yet is not lost. It can only become feasible by taking in the
/// node that becomes the core, which has a link with the other cluster, and so the pair is queued anew.
///
/// Complexity: O((n + m) log² m) time (each entry moves to a larger cluster at most log times), and
/// O(n + m) memory.
pub(super) fn link(component: &Component, stop: Stop<'_>) -> Vec<u32> {
    let n = component.len();
    let mut clusters: Vec<_> = (0..n as u32).map(|block| Some(Cluster::new(component, block))).collect();
    let mut cluster_of: Vec<_> = (0..n as u32).collect();
    let mut queue = BinaryHeap::new();
    for a in 0..n as u32 {
        let later = component.edges(a).iter().filter(|edge| a < edge.to);
        queue.extend(later.filter(|e| 0 <= e.weight && !e.barred).map(|e| (e.weight, Reverse((a, e.to)))));
    }
    while let Some((gain, Reverse((a, b)))) = queue.pop() {
        if stop.asked() {
            break;
        }
        let (Some(first), Some(second)) = (&clusters[a as usize], &clusters[b as usize]) else { continue };
        let Some(&pair) = first.pairs.get(&b) else { continue };
        if pair.weight != gain || !may_unite(component, &cluster_of, (a, first), (b, second), pair) {
            continue;
        }
        let (large, small) = if second.burden() <= first.burden() { (a, b) } else { (b, a) };
        let (Some(mut grown), Some(absorbed)) =
            (clusters[large as usize].take(), clusters[small as usize].take())
        else {
            continue;
        };
        for &block in &absorbed.blocks {
            cluster_of[block as usize] = large;
        }
        for (&other, moved) in absorbed.pairs.iter().filter(|(other, _)| **other != large) {
            let sum = grown.pairs.entry(other).or_default();
            sum.add(*moved);
            if let Some(neighbour) = &mut clusters[other as usize] {
                neighbour.pairs.remove(&small);
                neighbour.pairs.insert(large, *sum);
            }
            if 0 <= sum.weight && !sum.barred {
                queue.push((sum.weight, Reverse((large.min(other), large.max(other)))));
            }
        }
        grown.pairs.remove(&small);
        grown.joint |= pair.joint;
        grown.absorb(absorbed);
        clusters[large as usize] = Some(grown);
    }
    cluster_of
}

/// Whether the union of two clusters, with `pair` between them, is feasible.
fn may_unite(
    component: &Component,
    cluster_of: &[u32],
    (a, first): (u32, &Cluster),
    (b, second): (u32, &Cluster),
    pair: Pair,
) -> bool {
    let (few, many) = if first.cover.len() < second.cover.len() {
        (&first.cover, &second.cover)
    } else {
        (&second.cover, &first.cover)
    };
    let inside = |&node: &u32| {
        let cluster = cluster_of[component.block_of[node as usize] as usize];
        cluster == a || cluster == b
    };
    !pair.barred
        && first.nodes + second.nodes <= component.max_members
        && (!(first.joint || second.joint || pair.joint)
            || first.organizers_with(second) <= component.max_joint_organizers)
        && few.iter().any(|node| inside(node) && many.binary_search(node).is_ok())
}

impl Pair {
    fn add(&mut self, other: Self) {
        self.weight += other.weight;
        self.barred |= other.barred;
        self.joint |= other.joint;
    }
}

impl Cluster {
    fn new(component: &Component, block: u32) -> Self {
        let mut cover: Vec<_> = component.attachers(block).to_vec();
        cover.extend(component.nodes_of(block));
        cover.sort_unstable();
        cover.dedup();
        let pair = |edge: &super::components::Edge| Pair {
            weight: edge.weight,
            barred: edge.barred,
            joint: edge.joint,
        };
        Self {
            blocks: vec![block],
            nodes: component.size(block),
            cover,
            joint: component.internal_joint(block),
            organizers: component.organizers(block).iter().copied().collect(),
            pairs: component.edges(block).iter().map(|edge| (edge.to, pair(edge))).collect(),
        }
    }

    /// What it costs to absorb the cluster.
    fn burden(&self) -> usize {
        self.pairs.len() + self.blocks.len()
    }

    fn organizers_with(&self, other: &Self) -> usize {
        let (few, many) = if self.organizers.len() < other.organizers.len() {
            (&self.organizers, &other.organizers)
        } else {
            (&other.organizers, &self.organizers)
        };
        many.len() + few.iter().filter(|organizer| !many.contains(organizer)).count()
    }

    /// Takes in all of `other` but its pairs.
    fn absorb(&mut self, mut other: Self) {
        if self.organizers.len() < other.organizers.len() {
            std::mem::swap(&mut self.organizers, &mut other.organizers);
        }
        if other.cover.len() < self.cover.len() {
            std::mem::swap(&mut self.cover, &mut other.cover);
        }
        self.cover.retain(|node| other.cover.binary_search(node).is_ok());
        // Not `append`, which is linear in both.
        self.organizers.extend(other.organizers);
        self.blocks.append(&mut other.blocks);
        self.nodes += other.nodes;
        self.joint |= other.joint;
    }
}
