//! The heuristic is feasible always, near the optimum mostly, and quick on large components.

use proptest::prelude::*;

use super::super::{Clusterer, Constrained, Partition};
use super::{Instance, Random, instance, random_instance, violation};

/// Linkage and local search alone.
const HEURISTIC: Constrained = Constrained { exact_limit: 0 };

fn solve(clusterer: Constrained, instance: &Instance) -> Option<Partition> {
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
