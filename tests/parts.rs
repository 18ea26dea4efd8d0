//! A pool consolidated in parts gives the plan of one run, to the byte.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use tongchou::decisions::{self, fingerprint};
use tongchou::ingest::{self, Limits};
use tongchou::model::decision::Decision;
use tongchou::pipeline::{Band, Gathered, Named, Whole, jurisdiction, ruled};
use tongchou::standardise::infer_plan_year;
use tongchou::targets::UnitGraph;
use tongchou::{Consolidator, Error, Input, Item, Plan, Policy};

fn fixture(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

fn pool(name: &str) -> (Vec<Item>, UnitGraph) {
    let read = ingest::read_paths(&[fixture(name).join("items.jsonl")], &Limits::default(), &mut |_| {});
    let bytes = std::fs::read(fixture(name).join("units.csv")).expect("the fixture is readable");
    let units = UnitGraph::from_csv(&bytes, &tongchou::lexicon::Lexicon::builtin()).expect("a roster").0;
    (read.expect("the fixture is readable").items, units)
}

/// What is consolidated.
#[derive(Default)]
struct Case {
    items: Vec<Item>,
    decisions: Vec<Decision>,
    last_year: Option<Vec<Item>>,
}

impl Case {
    fn of(items: &[Item]) -> Self {
        Self { items: items.to_vec(), ..Self::default() }
    }
}

fn travelled<T: serde::Serialize + serde::de::DeserializeOwned>(value: &T) -> T {
    serde_json::from_str(&serde_json::to_string(value).expect("JSON")).expect("JSON")
}

/// Counts in `chunks`, compares in groups of one authority with all above it, plans in parts of at least
/// `size` items, and joins.
fn in_parts(case: &Case, units: &UnitGraph, chunks: usize, size: usize) -> String {
    let policy = Policy::default().with_threads(1);
    let knowing = |whole: &Whole| {
        let consolidator = Consolidator::new(policy.clone()).expect("a policy");
        consolidator.for_parts_of(Arc::new(travelled(whole))).expect("no target")
    };
    let names = Named::of(&case.decisions);
    let spoken_of = case.items.iter().filter(|item| names.is(item)).cloned().collect();
    let ruled = ruled(case.decisions.clone(), spoken_of).expect("no contradiction");
    let withdrawn = |item: &&Item| ruled.withdrawn.iter().any(|out| out.id == item.id);
    let items: Vec<Item> = case.items.iter().filter(|item| !withdrawn(item)).cloned().collect();
    let mut whole =
        Whole { plan_year: infer_plan_year(&items), decisions: ruled.decisions.clone(), ..Whole::default() };

    let counting = knowing(&whole);
    for chunk in items.chunks(items.len().div_ceil(chunks)) {
        whole.counts.add(travelled(&counting.count(chunk.to_vec(), units).expect("counts")));
    }
    let takes_part = |item: &&Item| !item.name.trim().is_empty();
    assert_eq!(whole.counts.items(), items.iter().filter(takes_part).count());
    if let Some(last_year) = &case.last_year {
        let mut both = whole.counts.clone();
        for chunk in last_year.chunks(last_year.len().div_ceil(chunks).max(1)) {
            both.add(counting.count_last_year(chunk.to_vec(), units).expect("counts"));
        }
        both.forget_the_unique();
        whole.both_years = Some(both);
    }
    whole.counts.forget_the_unique();
    let consolidator = knowing(&whole);

    let range = |item: &Item| jurisdiction(units, item);
    let old = || case.last_year.iter().flatten();
    let ranges: BTreeSet<(u32, u32)> = items.iter().chain(old()).map(range).collect();
    let mut part_of: BTreeMap<String, String> =
        items.iter().map(|item| (item.id.clone(), item.id.clone())).collect();
    let mut pairs: Vec<(String, String)> =
        whole.merges().map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
    let mut last_year = case.last_year.as_ref().map(|_| Vec::new());
    for own in ranges {
        let meets = |item: &&Item| range(item).0 <= own.0 && own.1 <= range(item).1;
        let group: Vec<Item> = items.iter().filter(meets).cloned().collect();
        pairs.extend(consolidator.meetings(group.clone(), units).expect("pairs"));
        if let Some(last_year) = &mut last_year {
            let band = |items: Vec<Item>| {
                let (own, above) = items.into_iter().partition(|item| range(item) == own);
                Band { own, above }
            };
            let before = band(old().filter(meets).cloned().collect());
            last_year.push(travelled(&consolidator.successions(band(group), before, units).expect("pairs")));
        }
    }
    for (a, b) in pairs {
        let (into, from) = (part_of[&a].clone(), part_of[&b].clone());
        part_of.values_mut().filter(|part| **part == from).for_each(|part| part.clone_from(&into));
    }
    let mut parts: BTreeMap<&str, Vec<Item>> = BTreeMap::new();
    for item in &items {
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
    let planned =
        batches.into_iter().rev().map(|batch| travelled(&consolidator.part(batch, units).expect("a part")));
    let gathered = Gathered { parts: planned.collect(), last_year, ruled, ..Gathered::default() };
    serde_json::to_string(&consolidator.join(gathered, units).expect("a plan")).expect("JSON")
}

fn at_once(case: &Case, units: &UnitGraph) -> Plan {
    let consolidator = Consolidator::new(Policy::default().with_threads(1)).expect("a policy");
    let input = Input {
        items: case.items.clone(),
        units: Some(units),
        decisions: case.decisions.clone(),
        last_year: case.last_year.clone(),
        ..Input::default()
    };
    consolidator.consolidate(input).expect("a plan")
}

fn check(case: &Case, units: &UnitGraph, cuts: &[(usize, usize)], told: &str) -> Plan {
    let plan = at_once(case, units);
    let expected = serde_json::to_string(&plan).expect("JSON");
    for &(chunks, size) in cuts {
        assert!(in_parts(case, units, chunks, size) == expected, "{told} in parts of {size}");
    }
    plan
}

#[test]
fn one_authority() {
    for name in [
        "pool-north",
        "pool-south",
        "pool-east",
        "pool-central",
        "pool-west",
        "pool-plateau",
        "pool-harbour",
        "pool-lakes",
        "pool-urban",
        "pool-oasis",
    ] {
        let (items, units) = pool(name);
        check(&Case::of(&items), &units, &[(1, 1000), (3, 40), (7, 1)], name);
    }
}

/// Authorities above each other, so that items meet across groups.
#[test]
fn several_authorities() {
    let (mut items, units) = pool("pool-north");
    spread(&mut items, &units);
    check(&Case::of(&items), &units, &[(2, 50), (5, 1)], "several authorities");
}

/// A city's and its counties' items, told apart by their organizers alone, and cells that no roster knows.
#[test]
fn authorities_of_organizers() {
    let (mut items, units) = pool("pool-metro");
    items.iter_mut().step_by(37).for_each(|item| item.jurisdiction = Some("白沙县".to_owned()));
    let ranges: BTreeSet<(u32, u32)> = items.iter().map(|item| jurisdiction(&units, item)).collect();
    assert_eq!(ranges.len(), 4, "a city and three counties");
    let plan = check(&Case::of(&items), &units, &[(1, 1000), (5, 30), (3, 1)], "organizers' authorities");
    assert_eq!(plan.diagnostics.iter().filter(|remark| remark.code == "unknown_jurisdiction").count(), 1);
}

/// Items of one name that stand in different parts, some of which no field tells apart.
#[test]
fn one_name_in_several_parts() {
    let (mut items, units) = pool("pool-north");
    for position in (0..items.len() - 20).step_by(3) {
        items[position + 20].name = items[position].name.clone();
    }
    let twin = items.iter().find(|item| item.name.contains("举报")).unwrap_or(&items[0]).clone();
    items.push(Item { id: "twin".into(), ..twin });
    let plan = check(&Case::of(&items), &units, &[(3, 1)], "one name");
    let names: BTreeSet<&str> = plan.items.iter().map(|item| item.name.value.as_str()).collect();
    assert_eq!(names.len(), plan.items.len());
    let submitted = |name: &str| items.iter().any(|item| item.name == name);
    let alone = plan.items.iter().filter(|item| item.members.len() == 1);
    assert!(alone.filter(|item| !submitted(&item.name.value)).count() > 10, "names were told apart");
}

/// Hands two items of three down to authorities within the first.
fn spread(items: &mut [Item], units: &UnitGraph) {
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
}

/// Decisions that put far items together, beyond the cap on members, take some out and speak of some that are not there.
#[test]
fn decisions_and_last_year() {
    let (mut items, units) = pool("pool-north");
    let path = fixture("pool-north").join("last_year.jsonl");
    let mut last_year =
        ingest::read_paths(&[path], &Limits::default(), &mut |_| {}).expect("the fixture is readable").items;
    spread(&mut items, &units);
    spread(&mut last_year, &units);
    items.push(Item { id: "nameless".into(), name: "\u{3000}".into(), ..Item::default() });
    let id = |position: usize| items[position].id.as_str();
    let mut lines: Vec<String> = (0..30)
        .map(|nth| format!(r#"{{"a":"{}","b":"{}","decision":"merge","by":"Li"}}"#, id(3), id(60 + nth)))
        .collect();
    let print = fingerprint(&items[100]);
    lines.extend([
        format!(r#"{{"item":"moved","item_fingerprint":"{print}","decision":"withdraw"}}"#),
        format!(r#"{{"item":"{}","decision":"withdraw"}}"#, id(101)),
        format!(r#"{{"item":"{}","decision":"keep"}}"#, id(102)),
        r#"{"item":"gone","decision":"keep"}"#.to_owned(),
        r#"{"item":"nameless","decision":"keep"}"#.to_owned(),
    ]);
    // What one run merges is separated.
    let alone = at_once(&Case::of(&items), &units);
    let merged = alone.items.iter().filter(|item| item.members.len() == 2).take(3);
    lines.extend(merged.map(|item| {
        let [a, b] = [0, 1].map(|member| &item.members[member].item);
        format!(r#"{{"a":"{a}","b":"{b}","decision":"separate"}}"#)
    }));
    let decisions = decisions::parse("d.jsonl", lines.join("\n").as_bytes()).expect("decisions");
    let case = Case { items, decisions, last_year: Some(last_year) };
    let plan = check(&case, &units, &[(2, 50), (5, 1)], "decisions and last year");
    let codes: BTreeSet<&str> = plan.diagnostics.iter().map(|remark| remark.code.as_str()).collect();
    assert!(codes.is_superset(&BTreeSet::from(["decision_over_cap", "decision_unmatched", "missing_name"])));
    assert_eq!((plan.summary.withdrawn, plan.summary.rejected), (2, 1));
    let years = plan.year_on_year.expect("a last year");
    assert!(years.carried.len() > 20 && !years.dropped.is_empty() && !years.new.is_empty());
    // A last year without items is one all the same.
    let none = Case { last_year: Some(Vec::new()), ..Case::of(&case.items) };
    assert_eq!(check(&none, &units, &[(2, 50)], "an empty last year").summary.last_year, Some(0));
}

#[test]
fn a_target_is_for_the_whole_pool() {
    let consolidator = Consolidator::new(Policy::default().with_target_reduction(0.2)).expect("a policy");
    let refused = consolidator.for_parts_of(Arc::new(Whole::default()));
    assert!(matches!(refused, Err(Error::Policy { field, .. }) if field == "target_reduction"));
}
