//! The invariants of a consolidation, on random pools.
//!
//! Numbers refer to the invariants in ARCHITECTURE.md.

mod common;

use std::collections::BTreeSet;

use common::pool;
use proptest::prelude::*;
use tongchou::model::decision::{Decision, Verdict};
use tongchou::model::frequency::Frequency;
use tongchou::model::plan::Action;
use tongchou::model::relation::Relation;
use tongchou::pipeline::Input;
use tongchou::{Consolidator, Item, Plan, Policy};

fn consolidate(items: Vec<Item>, policy: Policy) -> Plan {
    Consolidator::new(policy)
        .expect("policy is in range")
        .consolidate(Input::new(items))
        .expect("the pool has no contradictions")
}

fn json(plan: &Plan) -> String {
    serde_json::to_string(plan).expect("a plan is JSON")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// 1. Conservation.
    #[test]
    fn every_item_ends_in_exactly_one_plan_item(items in pool(0..40)) {
        let ids: Vec<String> = items.iter().map(|item| item.id.clone()).collect();
        let plan = consolidate(items, Policy::default());
        let mut members: Vec<String> =
            plan.items.iter().flat_map(|item| item.members.iter().map(|member| member.item.clone())).collect();
        members.sort();
        prop_assert_eq!(&members, &ids);
        prop_assert_eq!(plan.dispositions.len(), ids.len());
        prop_assert_eq!(plan.summary.submitted as usize, ids.len());
        prop_assert_eq!(plan.summary.planned as usize, plan.items.len());
        let merged = plan.dispositions.iter().filter(|row| row.action == Action::Merged).count();
        prop_assert_eq!(merged + plan.items.len(), ids.len());
        let plan_ids: BTreeSet<&str> = plan.items.iter().map(|item| item.id.as_str()).collect();
        prop_assert_eq!(plan_ids.len(), plan.items.len(), "plan item ids are unique");
    }

    /// 2. Determinism: neither the order of the input nor the number of threads shows.
    #[test]
    fn order_and_threads_do_not_show(items in pool(1..30), seed in any::<u64>()) {
        let expected = json(&consolidate(items.clone(), Policy::default().with_threads(1)));
        let mut shuffled = items;
        let mut state = seed | 1;
        for position in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            shuffled.swap(position, (state >> 33) as usize % (position + 1));
        }
        let plan = consolidate(shuffled, Policy::default().with_threads(4));
        prop_assert_eq!(json(&plan), expected);
    }

    /// 4. Explanation: the weights add up, and the total decides.
    #[test]
    fn evidence_adds_up(items in pool(2..30)) {
        let plan = consolidate(items, Policy::default());
        let all = plan.items.iter().flat_map(|item| &item.evidence).chain(&plan.barred)
            .chain(plan.review.iter().map(|pair| &pair.evidence));
        for evidence in all {
            let sum: i32 = evidence.comparisons.iter().map(|comparison| comparison.weight).sum();
            prop_assert_eq!(evidence.prior + sum, evidence.total);
            prop_assert_eq!(evidence.total >= evidence.threshold,
                evidence.relation.merges() || evidence.relation == Relation::Barred);
        }
    }

    /// 5. Idempotence: consolidating the plan merges nothing more.
    #[test]
    fn consolidating_the_plan_merges_nothing_more(items in pool(2..30)) {
        let plan = consolidate(items, Policy::default());
        let again = consolidate(plan.to_items(), Policy::default());
        prop_assert_eq!(again.items.len(), plan.items.len());
    }

    /// 5. Monotonicity: a higher threshold never merges more.
    #[test]
    fn a_higher_threshold_never_merges_more(items in pool(2..30), low in -2.0f64..4.0, step in 0.0f64..4.0) {
        let lower = consolidate(items.clone(), Policy::default().with_merge_threshold(low));
        let higher = consolidate(items, Policy::default().with_merge_threshold(low + step));
        prop_assert!(higher.items.len() >= lower.items.len());
    }

    /// 6. Constraints: reviewers' word is law, and protected items never merge with others.
    #[test]
    fn decisions_are_law(items in pool(4..25), pairs in proptest::collection::vec((0usize..25, 0usize..25, any::<bool>()), 1..6)) {
        let mut decisions = Vec::new();
        let mut seen = BTreeSet::new();
        // Merges chain only through X000, so that they cannot contradict the separations below.
        for (a, b, merge) in pairs {
            let (a, b) = (a % items.len(), b % items.len());
            if a == b || !seen.insert((a.min(b), a.max(b))) { continue; }
            if merge && a.min(b) != 0 || !merge && a.min(b) == 0 { continue; }
            let (a, b) = (items[a].id.clone(), items[b].id.clone());
            let verdict = if merge { Verdict::Merge { a, b } } else { Verdict::Separate { a, b } };
            decisions.push(Decision::new(verdict));
        }
        let input = Input { items, decisions: decisions.clone(), ..Input::default() };
        let Ok(plan) = Consolidator::new(Policy::default()).expect("default").consolidate(input) else {
            // Two merges with X000 and a separation of the others contradict; the error names them.
            return Ok(());
        };
        let group = |id: &str| plan.items.iter().position(|item| item.members.iter().any(|m| m.item == id));
        for decision in &decisions {
            match &decision.verdict {
                Verdict::Merge { a, b } => prop_assert_eq!(group(a), group(b)),
                Verdict::Separate { a, b } => prop_assert_ne!(group(a), group(b)),
                _ => {}
            }
        }
    }

    /// The frontier is monotone, and every target that it says can be met is met.
    #[test]
    fn targets_are_met_where_the_frontier_says_so(items in pool(2..30), target in 0.0f64..1.0) {
        let count = items.len();
        let consolidator = |policy: Policy| Consolidator::new(policy).expect("policy is in range");
        let frontier = consolidator(Policy::default()).frontier(Input::new(items.clone())).expect("no contradictions");
        let mut left = count as u32;
        let mut lowest = 10_000;
        for (number, step) in (1..).zip(frontier.steps.iter().chain(&frontier.beyond)) {
            prop_assert_eq!(step.step, number);
            prop_assert_eq!(step.items_left + 1, left);
            prop_assert!(step.lowest_probability <= lowest);
            prop_assert!(step.visits <= frontier.visits_before);
            prop_assert!(!step.added.is_empty());
            left = step.items_left;
            lowest = step.lowest_probability;
        }
        // Without a target the plan is a point of the curve.
        let plain = consolidate(items.clone(), Policy::default());
        prop_assert_eq!(plain.items.len() + frontier.default_steps as usize, count);
        let plan = consolidate(items.clone(), Policy::default().with_target_reduction(target));
        let outcome = plan.target.as_ref().expect("a target was set");
        let possible = frontier.steps.last().map_or(0.0, |step| 1.0 - f64::from(step.items_left) / count as f64);
        prop_assert_eq!(outcome.reached, possible >= target);
        let saved = count - plan.items.len();
        prop_assert!(!outcome.reached || saved as f64 >= target * count as f64 - 1e-9);
        // No more than it needs.
        prop_assert!(saved == 0 || ((saved - 1) as f64) < target * count as f64);
        prop_assert_eq!(outcome.merges as usize, saved);
        // A bolder plan contains the safer one's merges.
        let bolder = consolidate(items, Policy::default().with_target_reduction(f64::midpoint(target, 1.0)));
        let sets = |plan: &Plan| -> Vec<BTreeSet<String>> {
            plan.items.iter().map(|item| item.members.iter().map(|m| m.item.clone()).collect()).collect()
        };
        let bold = sets(&bolder);
        for group in sets(&plan) {
            prop_assert!(bold.iter().any(|other| group.is_subset(other)));
        }
        // Visits are those of the plan.
        if let Some(step) = saved.checked_sub(1).map(|last| &frontier.steps[last]) {
            prop_assert!((step.visits - plan.summary.visits_after).abs() < 1e-6);
        }
    }

    /// An unrelated item leaves the ids of the others as they are.
    #[test]
    fn plan_item_ids_are_stable(items in pool(2..25)) {
        let before = consolidate(items.clone(), Policy::default());
        let mut more = items;
        more.push(Item { id: "Z".into(), name: "国际象棋裁判员注册情况核对".into(), ..Item::default() });
        let after = consolidate(more, Policy::default());
        let sets = |plan: &Plan| -> std::collections::BTreeMap<Vec<String>, String> {
            plan.items.iter().map(|item| {
                let mut members: Vec<String> = item.members.iter().map(|m| m.item.clone()).collect();
                members.sort();
                (members, item.id.clone())
            }).collect()
        };
        let new = sets(&after);
        for (members, id) in sets(&before) {
            // Rarity is counted over the pool, so a group may change; one that did not keeps its id.
            if let Some(same) = new.get(&members) {
                prop_assert_eq!(same, &id);
            }
        }
    }

    /// No two items of a plan carry one name, and a name that only one item has stays as it is.
    #[test]
    fn names_are_told_apart(items in pool(2..30), copies in proptest::collection::vec((0usize..30, 0usize..30), 0..12)) {
        let mut items = items;
        let count = items.len();
        for (from, to) in copies {
            items[to % count].name = items[from % count].name.clone();
        }
        let submitted = items.clone();
        let plan = consolidate(items, Policy::default());
        let names: BTreeSet<String> = plan.items.iter().map(|item| tongchou::text::fold(&item.name.value)).collect();
        prop_assert_eq!(names.len(), plan.items.len());
        let same = |name: &str| submitted.iter().filter(|item| item.name == name).count();
        for item in plan.items.iter().filter(|item| item.members.len() == 1) {
            let own = submitted.iter().find(|own| own.id == item.members[0].item).expect("a member was submitted");
            let verbatim: String = own.name.split_whitespace().collect();
            prop_assert!(item.name.value.starts_with(verbatim.trim_end_matches('）')) || verbatim.is_empty());
            prop_assert!(same(&own.name) > 1 || item.name.value == verbatim || verbatim.is_empty());
        }
    }

    /// 7. Provenance: every value names members, nothing is narrower than the members'.
    #[test]
    fn merged_values_name_their_members(items in pool(2..30)) {
        let submitted = items.clone();
        let plan = consolidate(items, Policy::default());
        for item in &plan.items {
            let ids: BTreeSet<&str> = item.members.iter().map(|member| member.item.as_str()).collect();
            let traced = std::iter::once(&item.name).chain(item.lead.iter()).chain(&item.co_organizers)
                .chain(&item.targets).chain(item.schedule.iter()).chain(item.frequency.iter())
                .chain(&item.basis).chain(&item.content).chain(&item.method).chain(&item.ratio).chain(&item.notes);
            for value in traced {
                prop_assert!(!value.from.is_empty());
                prop_assert!(value.from.iter().all(|id| ids.contains(id.as_str())));
            }
            for member in submitted.iter().filter(|submitted| ids.contains(submitted.id.as_str())) {
                for phrase in &member.targets {
                    prop_assert!(item.targets.iter().any(|target| target.from.contains(&member.id)),
                        "{} lost its targets {phrase}", member.id);
                }
                if let Some(text) = &member.frequency {
                    let own: Frequency = tongchou::standardise::frequency(text);
                    if let Some(visits) = own.per_year() {
                        prop_assert!(item.visits_per_year >= Some(visits));
                    }
                }
            }
        }
    }
}
