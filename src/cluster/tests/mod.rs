//! Tests of the room: instances, the oracle, and what they say of each algorithm.

mod alternatives;
mod exact;
mod heuristic;
mod oracle;

use proptest::prelude::*;

use super::{Constraints, Link, Partition};

/// A clustering problem.
#[derive(Clone, Debug)]
struct Instance {
    nodes: usize,
    links: Vec<Link>,
    constraints: Constraints,
}

/// A merging link.
fn link(a: u32, b: u32, weight: i32) -> Link {
    Link { a, b, weight, merges: true, joint: false }
}

/// The nodes of each group.
fn node_sets(partition: &Partition) -> Vec<Vec<u32>> {
    partition.groups.iter().map(super::Group::nodes).collect()
}

/// Repeatable pseudo-random numbers (SplitMix64), for tests too large to shrink.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `limit`.
    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    /// True `percent` times of a hundred.
    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// A random problem. Every percentage is itself random, so that sparse and dense, easy and cramped
/// problems occur; weights are coarse now and then, so that ties occur.
fn random_instance(random: &mut Random, nodes: usize) -> Instance {
    let density = 10 + random.below(90);
    let positive = 30 + random.below(70);
    let merging = 60 + random.below(41);
    let joint = if random.chance(50) { random.below(50) } else { 0 };
    let coarse = random.chance(30);
    let mut links = Vec::new();
    let mut constraints = Constraints::default();
    let cannot = if random.chance(60) { random.below(25) } else { 0 };
    for a in 0..nodes as u32 {
        for b in a + 1..nodes as u32 {
            if random.chance(density) {
                let size = if coarse { random.below(3) as i32 } else { random.below(10_000) as i32 };
                let speaks_for = random.chance(positive);
                links.push(Link {
                    a,
                    b,
                    weight: if speaks_for { size } else { -size },
                    merges: random.chance(if speaks_for { merging } else { 30 }),
                    joint: random.chance(joint),
                });
            }
            if random.chance(cannot) {
                constraints.cannot.push((a, b));
            }
        }
    }
    if random.chance(40) {
        for _ in 0..random.below(1 + nodes / 3) {
            let pair = (random.below(nodes) as u32, random.below(nodes) as u32);
            constraints.must.push(pair);
        }
    }
    if random.chance(40) {
        constraints.max_members = 1 + random.below(nodes);
    }
    if random.chance(50) {
        constraints.max_joint_organizers = 1 + random.below(4);
        constraints.organizer = (0..nodes).map(|_| random.below(5) as u32).collect();
    }
    Instance { nodes, links, constraints }
}

/// A problem of up to `most` nodes.
fn instance(most: usize) -> impl Strategy<Value = Instance> {
    (1..=most, any::<u64>()).prop_map(|(nodes, seed)| random_instance(&mut Random(seed), nodes))
}

/// What is wrong with `partition`, by the definitions of the front page, written without blocks.
fn violation(instance: &Instance, partition: &Partition) -> Option<String> {
    let mut seen = vec![0; instance.nodes];
    let mut objective = 0;
    for group in &partition.groups {
        let nodes = group.nodes();
        if !oracle::is_feasible(instance, &nodes) {
            return Some(format!("{nodes:?} is not feasible"));
        }
        if !oracle::is_core(instance, &nodes, group.core) {
            return Some(format!("{} is no core of {nodes:?}", group.core));
        }
        for &node in &nodes {
            seen[node as usize] += 1;
        }
        objective += oracle::weight(instance, &nodes);
    }
    if let Some(node) = seen.iter().position(|&times| times != 1) {
        return Some(format!("node {node} is in {} groups", seen[node]));
    }
    for &(a, b) in &instance.constraints.must {
        if !partition.groups.iter().any(|group| group.nodes().contains(&a) && group.nodes().contains(&b)) {
            return Some(format!("must-linked {a} and {b} are apart"));
        }
    }
    let sums = partition.components.iter().fold((0, 0), |sum, c| (sum.0 + c.objective, sum.1 + c.bound));
    if (objective, objective) != (partition.objective, sums.0) || partition.bound != sums.1 {
        return Some(format!("objective is {objective}, sums {sums:?}, reported {partition:?}"));
    }
    if partition.bound < objective {
        return Some(format!("bound {} below {objective}", partition.bound));
    }
    let firsts: Vec<_> = partition.groups.iter().map(|group| group.nodes()[0]).collect();
    (!firsts.is_sorted()).then(|| format!("groups in the order {firsts:?}"))
}
