//! Laws of the walk, on random pools.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

/// A random pool: blocks, edges, pairs apart, organizers, and what a clustering above 0 might say.
#[derive(Clone, Debug)]
struct Instance {
    block: Vec<u32>,
    edges: Vec<Edge>,
    apart: Vec<(u32, u32)>,
    organizer: Vec<u32>,
    max_members: usize,
    max_joint_organizers: usize,
}

impl Instance {
    fn pool<'a>(&'a self, rank: &'a dyn Fn(u32) -> i64) -> Pool<'a> {
        Pool {
            block: &self.block,
            edges: &self.edges,
            apart: &self.apart,
            organizer: &self.organizer,
            max_members: self.max_members,
            max_joint_organizers: self.max_joint_organizers,
            rank,
        }
    }

    fn weight(&self, a: u32, b: u32) -> Option<i32> {
        let mates = |node: u32| {
            (0..self.block.len() as u32).filter(move |&m| self.block[m as usize] == self.block[node as usize])
        };
        mates(a)
            .flat_map(|one| mates(b).map(move |other| (one.min(other), one.max(other))))
            .filter_map(|key| self.edges.iter().find(|edge| (edge.a, edge.b) == key))
            .map(|edge| edge.weight)
            .max()
    }

    fn feasible(&self, group: &Group) -> bool {
        let nodes: Vec<u32> = std::iter::once(group.core).chain(group.members.iter().copied()).collect();
        let one_block = nodes.iter().all(|&node| self.block[node as usize] == self.block[nodes[0] as usize]);
        let within = |a: u32, b: u32| nodes.contains(&a) && nodes.contains(&b);
        let joint = self.edges.iter().any(|edge| edge.joint && within(edge.a, edge.b));
        let organizers: BTreeSet<u32> = nodes.iter().map(|&node| self.organizer[node as usize]).collect();
        let belongs = |&node: &u32| {
            self.block[node as usize] == self.block[group.core as usize]
                || self.weight(group.core, node).is_some()
        };
        !self.apart.iter().any(|&(a, b)| within(a, b))
            && (one_block
                || nodes.len() <= self.max_members
                    && (!joint || organizers.len() <= self.max_joint_organizers)
                    && group.members.iter().all(belongs))
    }
}

fn instance() -> impl Strategy<Value = Instance> {
    (1usize..12).prop_flat_map(|nodes| {
        let last = nodes as u32;
        let edge = (0..last, 0..last, -3000i32..9000, prop::bool::weighted(0.3));
        (
            prop::collection::vec(0..last * 3, nodes),
            prop::collection::vec(edge, 0..30),
            prop::collection::vec((0..last, 0..last), 0..4),
            prop::collection::vec(0..4u32, nodes),
            2usize..6,
            1usize..4,
        )
            .prop_map(|(mates, edges, apart, organizer, max_members, max_joint_organizers)| {
                // A third of the nodes shares the block of an earlier node.
                let mut block: Vec<u32> = (0..mates.len() as u32).collect();
                for (node, &mate) in mates.iter().enumerate() {
                    if (mate as usize) < node {
                        block[node] = block[mate as usize];
                    }
                }
                let mut seen = BTreeSet::new();
                let edges = edges
                    .into_iter()
                    .map(|(a, b, weight, joint)| Edge { a: a.min(b), b: a.max(b), weight, joint })
                    .filter(|edge| edge.a != edge.b && seen.insert((edge.a, edge.b)))
                    .collect();
                let apart =
                    apart.into_iter().filter(|&(a, b)| block[a as usize] != block[b as usize]).collect();
                Instance { block, edges, apart, organizer, max_members, max_joint_organizers }
            })
    })
}

/// Groups that hold above 0, as a clustering would give them.
fn clustered(instance: &Instance, rank: &dyn Fn(u32) -> i64) -> Vec<Group> {
    let walk = Walk::new(&instance.pool(rank), &[], &|weight, _| weight < 0);
    walk.groups(walk.steps.len())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Every step leaves one group less, every plan is feasible and contains the one before.
    #[test]
    fn plans_are_nested_and_feasible(instance in instance()) {
        let rank = |node: u32| i64::from(node % 3);
        let safe = clustered(&instance, &rank);
        let walk = Walk::new(&instance.pool(&rank), &safe, &|_, _| false);
        let decided = walk.steps.iter().filter(|step| step.part == Part::Decided).count();
        let mut before: Option<Vec<Group>> = None;
        for count in 0..=walk.steps.len() {
            let groups = walk.groups(count);
            prop_assert_eq!(groups.len() + count, instance.block.len());
            if count >= decided {
                for group in &groups {
                    prop_assert!(instance.feasible(group), "{:?} after {} steps", group, count);
                }
            }
            let nodes = |group: &Group| -> BTreeSet<u32> {
                std::iter::once(group.core).chain(group.members.iter().copied()).collect()
            };
            for old in before.iter().flatten() {
                prop_assert!(groups.iter().any(|group| nodes(old).is_subset(&nodes(group))));
            }
            before = Some(groups);
        }
    }

    /// The walk passes through the clustering, in falling weight before and after it.
    #[test]
    fn the_safest_merge_comes_first(instance in instance()) {
        let rank = |_: u32| 0;
        let safe = clustered(&instance, &rank);
        let walk = Walk::new(&instance.pool(&rank), &safe, &|_, _| false);
        let upto = walk.steps.iter().filter(|step| step.part != Part::Beyond).count();
        let sets = |groups: &[Group]| -> BTreeSet<Vec<u32>> {
            groups.iter().map(|group| {
                let mut nodes = group.members.clone();
                nodes.push(group.core);
                nodes.sort_unstable();
                nodes
            }).collect()
        };
        prop_assert_eq!(sets(&walk.groups(upto)), sets(&safe));
        for part in [Part::Clustered, Part::Beyond] {
            let weights: Vec<i32> =
                walk.steps.iter().filter(|step| step.part == part).map(|step| step.weight).collect();
            prop_assert!(weights.is_sorted_by(|one, next| one >= next), "{:?}", weights);
        }
        let beyond = walk.steps.iter().filter(|step| step.part == Part::Beyond);
        prop_assert!(beyond.clone().all(|step| step.weight < 0), "the clustering left a safe merge");
    }

    /// The order of the edges does not show.
    #[test]
    fn order_does_not_show(instance in instance()) {
        let rank = |_: u32| 0;
        let walk = Walk::new(&instance.pool(&rank), &[], &|_, _| false);
        let mut turned = instance.clone();
        turned.edges.reverse();
        turned.apart.reverse();
        prop_assert_eq!(walk, Walk::new(&turned.pool(&rank), &[], &|_, _| false));
    }
}
