//! A pool that changes is at any time what a run on its items gives, to the byte.

mod common;

use std::path::Path;

use common::pool;
use proptest::prelude::*;
use tongchou::ingest::{Limits, read_paths};
use tongchou::lexicon::Lexicon;
use tongchou::pipeline::LivePool;
use tongchou::targets::UnitGraph;
use tongchou::{Consolidator, Error, Input, Item, Policy};

fn fixture(name: &str) -> (Vec<Item>, UnitGraph) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
    let read = read_paths(&[folder.join("items.jsonl")], &Limits::default(), &mut |_| {});
    let units = std::fs::read(folder.join("units.csv")).expect("a roster");
    (read.expect("items").items, UnitGraph::from_csv(&units, &Lexicon::builtin()).expect("a roster").0)
}

/// What is wrong with the plan of a pool that changed; nothing where it is that of a run.
fn difference(live: &mut LivePool<'_>, consolidator: &Consolidator, input: Input<'_>) -> Option<String> {
    let count = input.items.len();
    let expected = serde_json::to_value(consolidator.consolidate(input).expect("a plan")).expect("JSON");
    let found = serde_json::to_value(live.plan().expect("a plan")).expect("JSON");
    let parts = expected.as_object().expect("an object");
    let wrong: Vec<&String> =
        parts.iter().filter(|(key, part)| found[*key] != **part).map(|(key, _)| key).collect();
    let told = (live.len(), live.planned());
    let planned = expected["items"].as_array().map_or(0, Vec::len);
    (!wrong.is_empty() || told != (count, planned)).then(|| format!("{wrong:?}, {told:?} of {planned}"))
}

#[test]
fn counties_that_change_are_as_if_read_anew() {
    for (name, seed) in [("pool-north", 5), ("pool-west", 11)] {
        let (items, units) = fixture(name);
        let consolidator = Consolidator::new(Policy::default()).expect("the shipped policy");
        let late = |position: usize| position % 19 == seed;
        let (mut now, mut coming): (Vec<Item>, Vec<Item>) = (Vec::new(), Vec::new());
        for (position, item) in items.into_iter().enumerate() {
            if late(position) { coming.push(item) } else { now.push(item) }
        }
        let mut live = consolidator.live(Input::new(now.clone()).with_units(&units)).expect("a pool");
        let (mut followed, changes) = (0, 2 * coming.len());
        for item in &coming {
            followed += usize::from(!live.add(item.clone()).expect("an item").reread);
            now.push(item.clone());
            let input = Input::new(now.clone()).with_units(&units);
            assert_eq!(difference(&mut live, &consolidator, input), None, "{name} with {}", item.id);
        }
        for nth in 0..coming.len() {
            let item = now.remove(nth * 7);
            followed += usize::from(!live.remove(&item.id).expect("no error").expect("the item").reread);
            let input = Input::new(now.clone()).with_units(&units);
            assert_eq!(difference(&mut live, &consolidator, input), None, "{name} without {}", item.id);
        }
        assert!(followed * 4 > changes * 3, "{name}: {followed} of {changes} changes were followed");
    }
}

#[test]
fn a_change_tells_what_it_led_to() {
    let (items, units) = fixture("pool-north");
    let consolidator = Consolidator::new(Policy::default()).expect("the shipped policy");
    let mut live = consolidator.live(Input::new(items).with_units(&units)).expect("a pool");
    let groups = live.groups();
    let pair = groups.iter().find(|group| group.members.len() == 1).expect("a group of two");
    let member = &pair.members[0].id;
    let item = live.plan().expect("a plan").submitted.into_iter().find(|item| item.id == *member);
    let item = item.expect("the member");
    let planned = live.planned();

    let gone = live.remove(member).expect("no error").expect("the member");
    assert_eq!((gone.id.as_str(), &gone.dissolved), (member.as_str(), &vec![pair.plan_item.clone()]));
    assert_eq!(gone.formed.iter().map(|group| group.core.as_str()).collect::<Vec<_>>(), [pair.core.as_str()]);
    assert_eq!((live.planned(), live.group_of(member)), (planned, None));
    assert!(live.remove(member).expect("no error").is_none());

    let back = live.add(item.clone()).expect("an item");
    assert_eq!(back.formed.iter().collect::<Vec<_>>(), [pair]);
    assert_eq!(live.group_of(member).as_ref(), Some(pair));
    assert_eq!(live.groups(), groups);
    assert!(matches!(live.add(item), Err(Error::DuplicateId { .. })));
    assert!(matches!(live.add(Item::default()), Err(Error::Unnamed(_))));
    assert_eq!(live.groups(), groups);
}

/// A city with two counties, their townships, departments and a few sites.
fn roster() -> UnitGraph {
    let mut rows = vec!["id,name,aliases,kind,parent,tags".to_owned(), "R,平川市,,市,,".to_owned()];
    for (county, name) in [("A", "青石县"), ("B", "白水县")] {
        rows.push(format!("{county},{name},,县,R,"));
        for (number, town) in ["城关镇", "河口镇", "石桥乡"].iter().enumerate() {
            rows.push(format!("{county}T{number},{name}{town},{town},乡镇,{county},"));
            rows.push(format!("{county}H{number},{town}养老院,,养老机构,{county}T{number},"));
            rows.push(format!("{county}G{number},{town}加油站,,加油站,{county}T{number},"));
        }
        for (number, department) in ["林业局", "应急管理局", "民政局", "水利局", "教育局"].iter().enumerate()
        {
            rows.push(format!("{county}D{number},{name}{department},县{department},部门,{county},"));
        }
    }
    UnitGraph::from_csv(rows.join("\n").as_bytes(), &Lexicon::builtin()).expect("a roster").0
}

/// Random items of the city and its counties, in no order.
fn items() -> impl Strategy<Value = Vec<Item>> {
    let seats = prop::collection::vec(prop::sample::select(vec![None, Some("A"), Some("B")]), 40);
    (pool(1..40), seats).prop_map(|(mut items, seats)| {
        for ((number, item), seat) in items.iter_mut().enumerate().zip(seats) {
            item.id = format!("{:02}", (number * 37) % 101);
            item.jurisdiction = seat.map(str::to_owned);
        }
        items
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Items that come and go in any order, from a pool that is small enough for every count to cross a step.
    #[test]
    fn random_pools_that_change_are_as_if_read_anew(
        items in items(),
        first in 0usize..30,
        leaving in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
    ) {
        let units = roster();
        let consolidator = Consolidator::new(Policy::default()).expect("the shipped policy");
        let mut items = items;
        let coming = items.split_off(first.min(items.len()));
        let mut live = consolidator.live(Input::new(items.clone()).with_units(&units)).expect("a pool");
        for item in coming {
            live.add(item.clone()).expect("an item");
            items.push(item);
        }
        let input = Input::new(items.clone()).with_units(&units);
        prop_assert_eq!(difference(&mut live, &consolidator, input), None);
        for index in leaving {
            if items.is_empty() {
                break;
            }
            let item = items.swap_remove(index.index(items.len()));
            live.remove(&item.id).expect("no error");
        }
        let input = Input::new(items.clone()).with_units(&units);
        prop_assert_eq!(difference(&mut live, &consolidator, input), None);
    }
}
