//! The heuristic is feasible always, near the optimum mostly, and quick on large components.

use proptest::prelude::*;

use super::super::{Clusterer, Constrained, Constraints, Link, Partition};
use super::{Instance, Random, instance, link, random_instance, violation};
use crate::model::stop::Stop;

/// Linkage and local search alone.
const HEURISTIC: Constrained = Constrained { exact_limit: 0, branch_budget: 0, stop: Stop::never() };

/// Branch and bound until it is done.
const BRANCH: Constrained = Constrained { exact_limit: 0, branch_budget: u64::MAX, stop: Stop::never() };

fn solve(clusterer: Constrained<'_>, instance: &Instance) -> Option<Partition> {
    clusterer.cluster(instance.nodes, &instance.links, &instance.constraints, &|_| 0).ok()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn never_violates_a_constraint_and_the_bound_holds(instance in instance(14)) {
        if let (Some(found), Some(best)) = (solve(HEURISTIC, &instance), solve(Constrained::default(), &instance)) {
            prop_assert_eq!(violation(&instance, &found), None);
            prop_assert!(found.objective <= best.objective);
            prop_assert!(best.objective <= found.bound, "bound {} below {}", found.bound, best.objective);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn branch_and_bound_finds_the_optimum(instance in instance(12)) {
        if let (Some(found), Some(best)) = (solve(BRANCH, &instance), solve(Constrained::default(), &instance)) {
            prop_assert_eq!(violation(&instance, &found), None);
            prop_assert_eq!(found.objective, best.objective);
            prop_assert_eq!(found.bound, best.objective);
        }
    }
}

#[test]
fn no_violation_in_a_hundred_thousand_small_cases() {
    let mut random = Random(20_260_101);
    for case in 0..100_000 {
        let nodes = 2 + random.below(7);
        let instance = random_instance(&mut random, nodes);
        let clusterer = if case % 2 == 0 { HEURISTIC } else { Constrained::default() };
        if let Some(found) = solve(clusterer, &instance) {
            assert_eq!(violation(&instance, &found), None, "case {case}: {instance:?}");
        }
    }
}

#[test]
fn within_one_percent_of_the_optimum_on_average() {
    let mut random = Random(7);
    let (mut gap, mut optimal, mut bound, mut cases) = (0.0, 0, 0.0, 0);
    while cases < 300 {
        let nodes = 11 + random.below(6);
        let instance = random_instance(&mut random, nodes);
        let (Some(found), Some(best)) =
            (solve(HEURISTIC, &instance), solve(Constrained::default(), &instance))
        else {
            continue;
        };
        if best.components.iter().any(|component| 11 <= component.nodes) && 0 < best.objective {
            cases += 1;
            gap += (best.objective - found.objective) as f64 / best.objective as f64;
            bound += (found.bound - best.objective) as f64 / best.objective as f64;
            optimal += usize::from(found.objective == best.objective);
        }
    }
    let mean = gap / f64::from(cases);
    let bound = bound / f64::from(cases);
    assert!(mean < 0.005, "mean gap {mean}, optimal in {optimal} of {cases}");
    assert!(bound < 0.35, "the bound is above the optimum by {bound}");
}

const LARGE: usize = 100_000;

/// Solves a large problem without constraints and checks the result.
fn solve_large(links: Vec<Link>, constraints: Constraints) -> Partition {
    let instance = Instance { nodes: LARGE, links, constraints };
    let found = solve(Constrained::default(), &instance).expect("no contradiction");
    let label = found.labels(LARGE);
    let inside = instance.links.iter().filter(|link| label[link.a as usize] == label[link.b as usize]);
    assert_eq!(found.objective, inside.clone().map(|link| i64::from(link.weight)).sum::<i64>());
    assert!(found.objective <= found.bound);
    let mut held: Vec<_> =
        inside.filter(|link| link.holds()).flat_map(|link| [(link.a, link.b), (link.b, link.a)]).collect();
    held.sort_unstable();
    for group in &found.groups {
        assert!(group.size() <= instance.constraints.max_members);
        assert!(group.members.iter().all(|&member| held.binary_search(&(group.core, member)).is_ok()));
    }
    assert_eq!(found.groups.iter().map(super::super::Group::size).sum::<usize>(), LARGE);
    found
}

#[test]
fn a_long_path_is_cut_into_threes() {
    let links = (1..LARGE as u32).map(|node| link(node - 1, node, 10)).collect();
    let found = solve_large(links, Constraints::default());
    assert_eq!(found.objective, 666_660);
    assert_eq!(found.bound, found.objective);
}

#[test]
fn a_large_star_is_one_group() {
    let links = || (1..LARGE as u32).map(|node| link(0, node, 10)).collect();
    let found = solve_large(links(), Constraints::default());
    assert_eq!((found.objective, found.groups.len()), (999_990, 1));
    let found = solve_large(links(), Constraints { max_members: 12, ..Constraints::default() });
    assert_eq!((found.objective, found.bound), (110, 110));
}

#[test]
fn a_large_random_graph_is_within_a_known_gap() {
    let mut random = Random(1);
    let mut links: Vec<_> = (0..3 * LARGE)
        .map(|_| (random.below(LARGE) as u32, random.below(LARGE) as u32, random.below(10_000) as i32))
        .filter(|(a, b, _)| a != b)
        .map(|(a, b, weight)| link(a.min(b), a.max(b), weight - 1000))
        .collect();
    links.sort_unstable_by_key(|link| (link.a, link.b));
    links.dedup_by_key(|link| (link.a, link.b));
    let found = solve_large(links, Constraints { max_members: 12, ..Constraints::default() });
    assert!(found.components[0].nodes > LARGE / 2);
    assert!(found.gap() < 0.12, "gap {}", found.gap());
}

/// No cliff: just above the exact limit most components are still solved to proven optimality.
#[test]
fn branch_and_bound_proves_most_components_of_seventeen_to_twenty() {
    let mut random = Random(99);
    let (mut proven, mut cases) = (0, 0);
    while cases < 30 {
        let nodes = 17 + random.below(4);
        let instance = random_instance(&mut random, nodes);
        let Some(found) = solve(Constrained::default(), &instance) else { continue };
        let above = found.components.iter().filter(|component| 16 < component.nodes);
        for component in above {
            cases += 1;
            proven += usize::from(component.exact);
        }
    }
    assert!(cases * 3 / 5 <= proven, "{proven} of {cases}");
}
