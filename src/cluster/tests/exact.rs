//! The exact clusterer is the oracle's equal.

use proptest::prelude::*;

use super::super::{Clusterer, Constrained, Constraints, Contradiction, Link};
use super::{Instance, Random, instance, link, node_sets, oracle, random_instance, violation};
use crate::model::stop::Stop;

fn exact(instance: &Instance) -> Result<super::Partition, Contradiction> {
    run(Constrained::default(), instance)
}

fn run(clusterer: Constrained<'_>, instance: &Instance) -> Result<super::Partition, Contradiction> {
    clusterer.cluster(instance.nodes, &instance.links, &instance.constraints, &|_| 0)
}

/// The engine, and the engine without its exact parts.
const BOTH: [Constrained<'_>; 2] = [
    Constrained { exact_limit: 16, branch_budget: 1000, stop: Stop::never() },
    Constrained { exact_limit: 0, branch_budget: 0, stop: Stop::never() },
];

fn agrees_with_the_oracle(instance: &Instance) -> Result<(), TestCaseError> {
    match (oracle::best(instance), exact(instance)) {
        (None, Err(contradiction)) => {
            let chain = &contradiction.chain;
            let must = &instance.constraints.must;
            let linked = |w: &[u32]| must.contains(&(w[0], w[1])) || must.contains(&(w[1], w[0]));
            prop_assert_eq!((chain[0], chain[chain.len() - 1]), (contradiction.a, contradiction.b));
            prop_assert!(chain.windows(2).all(linked));
            prop_assert!(instance.constraints.cannot.contains(&(contradiction.a, contradiction.b)));
        }
        (Some((label, objective)), Ok(partition)) => {
            prop_assert_eq!(violation(instance, &partition), None);
            prop_assert_eq!(partition.objective, objective);
            prop_assert_eq!(partition.bound, objective);
            prop_assert_eq!(partition.labels(instance.nodes), label);
        }
        (best, found) => prop_assert!(false, "oracle: {best:?}, found: {found:?}"),
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn equals_exhaustive_search(instance in instance(7)) {
        agrees_with_the_oracle(&instance)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn equals_exhaustive_search_on_more_nodes(seed: u64, nodes in 8_usize..=9) {
        agrees_with_the_oracle(&random_instance(&mut Random(seed), nodes))?;
    }
}

proptest! {
    #[test]
    fn order_of_links_and_of_ends_is_irrelevant(instance in instance(20), seed: u64) {
        let mut shuffled = instance.clone();
        let mut random = Random(seed);
        for at in (1..shuffled.links.len()).rev() {
            shuffled.links.swap(at, random.below(at + 1));
        }
        for link in &mut shuffled.links {
            if random.chance(50) {
                *link = Link { a: link.b, b: link.a, ..*link };
            }
        }
        shuffled.constraints.cannot.reverse();
        shuffled.constraints.must.reverse();
        for clusterer in BOTH {
            prop_assert_eq!(run(clusterer, &instance), run(clusterer, &shuffled));
        }
    }

    #[test]
    fn monotone_renumbering_renumbers_the_result(instance in instance(12), gap in 1_u32..5) {
        let mut spread = instance.clone();
        spread.nodes = instance.nodes * gap as usize;
        for link in &mut spread.links {
            *link = Link { a: link.a * gap, b: link.b * gap, ..*link };
        }
        for (a, b) in spread.constraints.cannot.iter_mut().chain(&mut spread.constraints.must) {
            (*a, *b) = (*a * gap, *b * gap);
        }
        let organizer = (0..spread.nodes as u32).map(|node| instance.constraints.organizer_of(node / gap));
        spread.constraints.organizer = organizer.collect();
        for clusterer in BOTH {
            if let (Ok(before), Ok(after)) = (run(clusterer, &instance), run(clusterer, &spread)) {
                prop_assert_eq!(before.objective, after.objective);
                let mut sets = node_sets(&after);
                sets.retain(|set| set[0] % gap == 0);
                sets.iter_mut().flatten().for_each(|node| *node /= gap);
                prop_assert_eq!(node_sets(&before), sets);
            }
        }
    }
}

#[test]
fn a_clique_is_merged_and_a_chain_is_cut() {
    let plan = Constrained::default();
    let clique = [link(0, 1, 10), link(0, 2, 10), link(1, 2, 10)];
    let chain = [link(0, 1, 10), link(1, 2, 10), link(2, 3, 10), link(3, 4, 10)];
    let none = Constraints::default();
    assert_eq!(node_sets(&plan.cluster(3, &clique, &none, &|_| 0).unwrap()), [[0, 1, 2]]);
    assert_eq!(
        node_sets(&plan.cluster(5, &chain, &none, &|_| 0).unwrap()),
        [vec![0, 1, 2], vec![3, 4]],
        "of the best partitions that with the fullest first group"
    );
}

#[test]
fn the_core_is_the_heaviest_then_the_highest_then_the_first() {
    let links = [link(0, 1, 10), link(0, 2, 10), link(1, 2, 20)];
    let none = Constraints::default();
    let core = |rank: &(dyn Fn(u32) -> i64 + Sync)| {
        Constrained::default().cluster(3, &links, &none, rank).unwrap().groups[0].core
    };
    assert_eq!(core(&|_| 0), 1);
    assert_eq!(core(&|node| i64::from(node)), 2);
    assert_eq!(core(&|node| -i64::from(node)), 1, "node 0 ranks higher but pulls less");
}

#[test]
fn must_links_override_the_core_rule_and_the_caps() {
    let constraints = Constraints { must: vec![(0, 1), (1, 2)], max_members: 2, ..Constraints::default() };
    let plan = Constrained::default().cluster(4, &[link(2, 3, 10)], &constraints, &|_| 0).unwrap();
    assert_eq!(node_sets(&plan), [vec![0, 1, 2], vec![3]], "a block may exceed the cap, but not grow");
    let constraints = Constraints { max_members: 4, ..constraints };
    let plan = Constrained::default().cluster(4, &[link(2, 3, 10)], &constraints, &|_| 0).unwrap();
    assert_eq!(node_sets(&plan), [[0, 1, 2, 3]]);
    assert_eq!(plan.groups[0].core, 2, "the only node that 3 belongs with, but for 3 itself");
}

#[test]
fn a_contradiction_names_the_shortest_chain() {
    let constraints = Constraints {
        must: vec![(0, 1), (1, 2), (2, 3), (3, 4), (1, 5), (5, 3)],
        cannot: vec![(4, 0), (0, 9)],
        ..Constraints::default()
    };
    let contradiction = Constrained::default().cluster(10, &[], &constraints, &|_| 0).unwrap_err();
    assert_eq!(contradiction, Contradiction { a: 0, b: 4, chain: vec![0, 1, 2, 3, 4] });
    assert_eq!(
        contradiction.to_string(),
        "nodes 0 and 4 must not share a group, yet must-links chain them: [0, 1, 2, 3, 4]"
    );
}

#[test]
fn a_node_apart_from_itself_is_a_contradiction() {
    let constraints = Constraints { cannot: vec![(1, 1)], ..Constraints::default() };
    let contradiction = Constrained::default().cluster(2, &[], &constraints, &|_| 0).unwrap_err();
    assert_eq!(contradiction.chain, [1]);
}

#[test]
fn joint_groups_are_capped_by_organizers() {
    let joint = |a, b| Link { joint: true, ..link(a, b, 10) };
    let links = [joint(0, 1), joint(0, 2), joint(0, 3)];
    let constraints =
        Constraints { max_joint_organizers: 2, organizer: vec![7, 8, 9, 8], ..Constraints::default() };
    let plan = Constrained::default().cluster(4, &links, &constraints, &|_| 0).unwrap();
    assert_eq!(node_sets(&plan), [vec![0, 1, 3], vec![2]]);
}

#[test]
fn a_merged_plan_merges_nothing_more() {
    let links = [link(0, 1, 10), link(1, 2, 10), link(2, 3, 10)];
    let plan = Constrained::default().cluster(4, &links, &Constraints::default(), &|_| 0).unwrap();
    let again =
        Constrained::default().cluster(plan.groups.len(), &[], &Constraints::default(), &|_| 0).unwrap();
    assert_eq!(again.groups.len(), plan.groups.len());
    assert!(again.components.is_empty());
}

#[test]
fn nothing_gives_nothing() {
    let plan = Constrained::default().cluster(0, &[], &Constraints::default(), &|_| 0).unwrap();
    assert_eq!(plan, super::Partition::default());
}
