//! A pool that changes is at any time what a run on its items gives, to the byte.

mod common;

use std::collections::BTreeSet;
use std::path::Path;

use common::pool;
use proptest::prelude::*;
use tongchou::ingest::{Limits, read_paths};
use tongchou::lexicon::Lexicon;
use tongchou::model::item::Source;
use tongchou::pipeline::{Change, LiveGroup, LivePool};
use tongchou::targets::UnitGraph;
use tongchou::{Consolidator, Error, Input, Item, Plan, Policy};

fn fixture(name: &str) -> (Vec<Item>, UnitGraph) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
    let read = read_paths(&[folder.join("items.jsonl")], &Limits::default(), &mut |_| {});
    let units = std::fs::read(folder.join("units.csv")).expect("a roster");
    (read.expect("items").items, UnitGraph::from_csv(&units, &Lexicon::builtin()).expect("a roster").0)
}

/// What is wrong with the plan of a pool that changed; nothing where it is that of a run.
fn difference(live: &mut LivePool<'_>, consolidator: &Consolidator, input: Input<'_>) -> Option<String> {
    let count = input.items.len();
    let expected = consolidator.consolidate(input).expect("a plan");
    let found = live.plan().expect("a plan");
    let told = (live.len(), live.planned());
    if told != (count, expected.items.len()) {
        return Some(format!("{told:?} of {count}, {}", expected.items.len()));
    }
    let bytes = |plan: &Plan| serde_json::to_string(plan).expect("JSON");
    let (expected, found) = (bytes(&expected), bytes(&found));
    let at = expected.bytes().zip(found.bytes()).position(|(one, other)| one != other).unwrap_or_default();
    let around = &expected.as_bytes()[at.saturating_sub(200)..(at + 100).min(expected.len())];
    (expected != found).then(|| String::from_utf8_lossy(around).into_owned())
}

/// Whether the groups before, less those dissolved, with those formed, are the groups after.
fn adds_up(before: &[LiveGroup], change: &Change, after: &[LiveGroup]) -> bool {
    let key = |group: &LiveGroup| (group.plan_item.clone(), group.core.clone());
    let mut groups: BTreeSet<(String, String)> = before.iter().map(key).collect();
    groups.retain(|(id, _)| !change.dissolved.contains(id));
    change.formed.iter().all(|group| groups.insert(key(group)) && after.contains(group))
        && groups == after.iter().map(key).collect()
}

#[test]
fn counties_that_change_are_as_if_read_anew() {
    for (name, seed) in [("pool-north", 5), ("pool-west", 11), ("pool-metro", 3)] {
        let (mut items, units) = fixture(name);
        // Late ones among them, that come and go with what is told of them.
        items
            .iter_mut()
            .skip(seed)
            .step_by(38)
            .for_each(|item| item.jurisdiction = Some("白沙县".to_owned()));
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
    let one_of = |list: &[&'static str]| prop::collection::vec(prop::sample::select(list.to_vec()), 40);
    let seats = one_of(&["", "A", "B"]);
    let notes = one_of(&["", "", "", "与县水利局联合开展", "民政局也查", "建议与森林防火并", "单独开展"]);
    let bases = one_of(&["", "", "《安全生产法》", "国办发〔2025〕3号", "青政办〔2026〕12号"]);
    let copied = prop::collection::vec(prop::bool::weighted(0.1), 40);
    (pool(1..40), seats, notes, bases, copied).prop_map(|(mut items, seats, notes, bases, copied)| {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        for (number, item) in items.iter_mut().enumerate() {
            item.jurisdiction = some(seats[number]);
            item.notes = some(notes[number]);
            item.basis = some(bases[number]);
        }
        for number in 1..items.len() {
            if copied[number] {
                items[number] = items[number - 1].clone();
            }
        }
        for (number, item) in items.iter_mut().enumerate() {
            item.id = format!("{:02}", (number * 37) % 101);
        }
        items
    })
}

/// Rows that a pool refuses or renames stay so, whether it is followed or read again.
#[test]
fn rows_without_names_and_with_taken_ids_stay_told() {
    let (mut items, units) = fixture("pool-north");
    let from = |file: &str, row| Source { file: file.into(), sheet: "".into(), row };
    for (number, item) in items.iter_mut().take(3).enumerate() {
        item.id = "1".into();
        item.source = Some(from(&format!("{number}.xlsx"), 2));
    }
    items.push(Item { id: "nameless".into(), source: Some(from("3.xlsx", 9)), ..Item::default() });
    let consolidator = Consolidator::new(Policy::default()).expect("the shipped policy");
    for units in [Some(&units), None] {
        let late = items[100..110].to_vec();
        let now: Vec<Item> = items[..100].iter().chain(&items[110..]).cloned().collect();
        let input = |items: &[Item]| Input { items: items.to_vec(), units, ..Input::default() };
        let mut live = consolidator.live(input(&now)).expect("a pool");
        for item in late {
            live.add(item).expect("an item");
        }
        let plan = live.plan().expect("a plan");
        assert_eq!(plan, consolidator.consolidate(input(&items)).expect("a plan"));
        assert_eq!((plan.summary.rejected, live.len()), (1, items.len() - 1));
        let renamed = format!("1@{}", from("1.xlsx", 2).place());
        assert!(live.group_of(&renamed).is_some() && live.remove(&renamed).expect("no error").is_some());
        assert!(live.group_of(&renamed).is_none() && live.group_of("1").is_some());
    }
}

/// The ninth copy of a row ends the following of changes, and is told as any change.
#[test]
fn many_copies_are_read_again() {
    let (items, units) = fixture("pool-north");
    let consolidator = Consolidator::new(Policy::default()).expect("the shipped policy");
    let mut now: Vec<Item> = items.clone();
    let mut live = consolidator.live(Input::new(items.clone()).with_units(&units)).expect("a pool");
    for copy in 0..11 {
        let item = Item { id: format!("copy {copy:02}"), ..items[5].clone() };
        let before = live.groups();
        let change = live.add(item.clone()).expect("an item");
        now.push(item);
        assert!(adds_up(&before, &change, &live.groups()), "{copy}: {change:?}");
        assert_eq!(change.id, format!("copy {copy:02}"));
    }
    let input = Input::new(now).with_units(&units);
    assert_eq!(difference(&mut live, &consolidator, input), None);
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
            let before = live.groups();
            let change = live.add(item.clone()).expect("an item");
            prop_assert!(adds_up(&before, &change, &live.groups()), "{change:?} {before:?} {:?}", live.groups());
            items.push(item);
        }
        let input = Input::new(items.clone()).with_units(&units);
        prop_assert_eq!(difference(&mut live, &consolidator, input), None);
        for index in leaving {
            if items.is_empty() {
                break;
            }
            let item = items.swap_remove(index.index(items.len()));
            let before = live.groups();
            let change = live.remove(&item.id).expect("no error").expect("the item");
            prop_assert!(adds_up(&before, &change, &live.groups()), "{change:?} {before:?} {:?}", live.groups());
        }
        let input = Input::new(items.clone()).with_units(&units);
        prop_assert_eq!(difference(&mut live, &consolidator, input), None);
    }
}
