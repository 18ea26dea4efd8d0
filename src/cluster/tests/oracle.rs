//! Every partition, one after the other: obvious, and slow.

use std::cmp::Reverse;

use super::super::Link;
use super::Instance;

/// The link of a pair.
fn link_of(instance: &Instance, a: u32, b: u32) -> Option<&Link> {
    instance.links.iter().find(|link| (link.a, link.b) == (a.min(b), a.max(b)))
}

fn pairs(nodes: &[u32]) -> impl Iterator<Item = (u32, u32)> + '_ {
    nodes.iter().enumerate().flat_map(|(i, &a)| nodes[i + 1..].iter().map(move |&b| (a, b)))
}

/// Sum of the weights inside a set.
pub(super) fn weight(instance: &Instance, nodes: &[u32]) -> i64 {
    pairs(nodes).filter_map(|(a, b)| link_of(instance, a, b)).map(|link| i64::from(link.weight)).sum()
}

/// The nodes chained to `node` by must-links.
fn chained(instance: &Instance, node: u32) -> Vec<u32> {
    let mut found = vec![node];
    let mut next = 0;
    while next < found.len() {
        for &(a, b) in &instance.constraints.must {
            for (from, to) in [(a, b), (b, a)] {
                if from == found[next] && !found.contains(&to) {
                    found.push(to);
                }
            }
        }
        next += 1;
    }
    found
}

/// Whether every node of the set belongs with `core`, itself or by a node it is chained to.
pub(super) fn is_core(instance: &Instance, nodes: &[u32], core: u32) -> bool {
    let belongs = |node: u32| {
        node == core || link_of(instance, node, core).is_some_and(|link| link.merges && link.weight >= 0)
    };
    nodes.contains(&core) && nodes.iter().all(|&node| chained(instance, node).into_iter().any(belongs))
}

/// Whether a set may be a group.
pub(super) fn is_feasible(instance: &Instance, nodes: &[u32]) -> bool {
    let constraints = &instance.constraints;
    let within = |(a, b): &(u32, u32)| nodes.contains(a) && nodes.contains(b);
    if constraints.cannot.iter().any(within) {
        return false;
    }
    let block = chained(instance, nodes[0]);
    if block.len() == nodes.len() && block.iter().all(|node| nodes.contains(node)) {
        return true;
    }
    let mut organizers: Vec<_> = nodes.iter().map(|&node| constraints.organizer_of(node)).collect();
    organizers.sort_unstable();
    organizers.dedup();
    let joint = pairs(nodes).filter_map(|(a, b)| link_of(instance, a, b)).any(|link| link.joint);
    nodes.len() <= constraints.max_members
        && (!joint || organizers.len() <= constraints.max_joint_organizers)
        && nodes.iter().all(|&node| chained(instance, node).iter().all(|other| nodes.contains(other)))
        && nodes.iter().any(|&core| is_core(instance, nodes, core))
}

/// The best partition by trying all, as a group number per node, with its objective; `None` if no
/// partition is feasible. Of equals the one with the fewest groups; then that whose groups, in the order
/// of their smallest nodes, first have a node more than the other's, the smallest node that differs.
pub(super) fn best(instance: &Instance) -> Option<(Vec<u32>, i64)> {
    let feasible: Vec<bool> =
        (0..1_u32 << instance.nodes).map(|set| set != 0 && is_feasible(instance, &members(set))).collect();
    let weights: Vec<i64> = (0..1_u32 << instance.nodes).map(|set| weight(instance, &members(set))).collect();
    let mut best = None;
    let mut label = vec![0_u32; instance.nodes];
    loop {
        let count = label.iter().max().map_or(0, |&most| most as usize + 1);
        let mut sets = vec![0_usize; count];
        for (node, &group) in label.iter().enumerate() {
            sets[group as usize] |= 1 << node;
        }
        if sets.iter().all(|&set| feasible[set]) {
            let objective: i64 = sets.iter().map(|&set| weights[set]).sum();
            let early: Vec<_> = sets.iter().map(|&set| (set as u32).reverse_bits()).collect();
            best = best.max(Some((objective, Reverse(count), early, label.clone())));
        }
        // The next restricted growth string: each number at most one more than all before it.
        let Some(last) = (1..label.len()).rfind(|&i| label[i] <= *label[..i].iter().max().unwrap()) else {
            return best.map(|(objective, _, _, label)| (label, objective));
        };
        label[last] += 1;
        label[last + 1..].fill(0);
    }
}

fn members(set: u32) -> Vec<u32> {
    (0..32).filter(|node| set >> node & 1 == 1).collect()
}
