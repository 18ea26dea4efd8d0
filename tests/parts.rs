//! A pool consolidated in parts gives the plan of one run, to the byte.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use tongchou::compare::PoolCounts;
use tongchou::ingest::{self, Limits};
use tongchou::pipeline::{Whole, jurisdiction};
use tongchou::standardise::infer_plan_year;
use tongchou::targets::UnitGraph;
use tongchou::{Consolidator, Error, Input, Item, Policy};

fn fixture(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

fn pool(name: &str) -> (Vec<Item>, UnitGraph) {
    let read = ingest::read_paths(&[fixture(name).join("items.jsonl")], &Limits::default(), &mut |_| {});
    let bytes = std::fs::read(fixture(name).join("units.csv")).expect("the fixture is readable");
    let units = UnitGraph::from_csv(&bytes, &tongchou::lexicon::Lexicon::builtin()).expect("a roster").0;
    (read.expect("the fixture is readable").items, units)
}

/// Counts in `chunks`, compares in groups of one authority with all above it, plans in parts of at least
/// `size` items, and joins.
fn in_parts(items: &[Item], units: &UnitGraph, chunks: usize, size: usize) -> String {
    let policy = Policy::default().with_threads(1);
    let plan_year = infer_plan_year(items);
    let knowing = |counts: PoolCounts| {
        let whole = Whole { counts, plan_year };
        let consolidator = Consolidator::new(policy.clone()).expect("a policy");
        consolidator.for_parts_of(Arc::new(whole)).expect("no target")
    };

    let counting = knowing(PoolCounts::default());
    let mut counts = PoolCounts::default();
    for chunk in items.chunks(items.len().div_ceil(chunks)) {
        let counted = serde_json::to_string(&counting.count(chunk.to_vec(), units).expect("counts"));
        counts.add(serde_json::from_str(&counted.expect("JSON")).expect("JSON"));
    }
    counts.forget_the_unique();
    assert_eq!(counts.items(), items.len());
    let consolidator = knowing(counts);

    let range = |item: &Item| jurisdiction(units, item.jurisdiction.as_deref());
    let ranges: BTreeSet<(u32, u32)> = items.iter().map(range).collect();
    let mut part_of: BTreeMap<String, String> =
        items.iter().map(|item| (item.id.clone(), item.id.clone())).collect();
    for own in ranges {
        let meets = |item: &&Item| range(item).0 <= own.0 && own.1 <= range(item).1;
        let group: Vec<Item> = items.iter().filter(meets).cloned().collect();
        for (a, b) in consolidator.meetings(group, units).expect("pairs") {
            let (into, from) = (part_of[&a].clone(), part_of[&b].clone());
            part_of.values_mut().filter(|part| **part == from).for_each(|part| part.clone_from(&into));
        }
    }
    let mut parts: BTreeMap<&str, Vec<Item>> = BTreeMap::new();
    for item in items {
        parts.entry(&part_of[&item.id]).or_default().push(item.clone());
    }
    let mut batches: Vec<Vec<Item>> = vec![Vec::new()];
    for (_, part) in parts {
        if batches.last().is_some_and(|batch| batch.len() >= size) {
            batches.push(Vec::new());
        }
        batches.last_mut().expect("one").extend(part);
    }
    assert!(batches.len() > 1 || items.len() < size, "more than one part");
    let planned = batches.into_iter().rev().map(|batch| {
        let part = serde_json::to_string(&consolidator.part(batch, units).expect("a part")).expect("JSON");
        serde_json::from_str(&part).expect("JSON")
    });
    let plan = consolidator.join(planned.collect(), units, None, Vec::new()).expect("a plan");
    serde_json::to_string(&plan).expect("JSON")
}

fn at_once(items: &[Item], units: &UnitGraph) -> String {
    let consolidator = Consolidator::new(Policy::default().with_threads(1)).expect("a policy");
    let plan = consolidator.consolidate(Input::new(items.to_vec()).with_units(units)).expect("a plan");
    serde_json::to_string(&plan).expect("JSON")
}

#[test]
fn one_authority() {
    for name in ["pool-north", "pool-south", "pool-east", "pool-central", "pool-west"] {
        let (items, units) = pool(name);
        let expected = at_once(&items, &units);
        for (chunks, size) in [(1, 1000), (3, 40), (7, 1)] {
            assert!(in_parts(&items, &units, chunks, size) == expected, "{name} in parts of {size}");
        }
    }
}

/// Authorities above each other, so that items meet across groups.
#[test]
fn several_authorities() {
    let (mut items, units) = pool("pool-north");
    let root = units.root().expect("a root");
    let inner: Vec<String> = units
        .units()
        .filter(|unit| units.subtree(unit.index()).len() > 3 && unit.index() != root)
        .map(|unit| unit.id().to_owned())
        .collect();
    assert!(inner.len() > 3, "{inner:?}");
    for (position, item) in items.iter_mut().enumerate() {
        item.jurisdiction = (position % 3 != 0).then(|| inner[position * 7 % inner.len()].clone());
    }
    let expected = at_once(&items, &units);
    for (chunks, size) in [(2, 50), (5, 1)] {
        assert!(in_parts(&items, &units, chunks, size) == expected, "in parts of {size}");
    }
}

#[test]
fn a_target_is_for_the_whole_pool() {
    let consolidator = Consolidator::new(Policy::default().with_target_reduction(0.2)).expect("a policy");
    let refused = consolidator.for_parts_of(Arc::new(Whole::default()));
    assert!(matches!(refused, Err(Error::Policy { field, .. }) if field == "target_reduction"));
}
