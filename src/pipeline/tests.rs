//! No pair that the model would remember is missed: the join against every pair scored.

use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::decide::{Pair, joined_pairs, scored, strongest};
use super::run::Run;
use super::{Consolidator, Input, prepare};
use crate::ingest::{Limits, read_paths};
use crate::model::ids::ItemIdx;
use crate::model::item::Item;
use crate::model::unit::Unit;
use crate::policy::{Level, Policy};
use crate::targets::UnitGraph;

/// Checks a pool under a policy at some distances below the review line; gives the number of pairs.
fn check(items: Vec<Item>, units: Option<&UnitGraph>, policy: Policy, below: &[i32]) -> usize {
    let consolidator = Consolidator::new(policy).expect("a policy");
    let run = Run::default().on(&consolidator.workers);
    let input = Input { items, units, ..Input::default() };
    let prepared = prepare::prepare(&consolidator, input, &run).expect("a pool");
    let comparer = prepared.comparer(&consolidator, &run).expect("not cancelled");
    let ranges = &prepared.batch.jurisdictions;
    let mut count = 0;
    for below in below {
        let floor = comparer.review_threshold() - below;
        let meet = |a: usize, b: usize| {
            let ((start, end), (other, other_end)) = (ranges[a], ranges[b]);
            start < other_end.max(other + 1) && other < end.max(start + 1)
        };
        let rows: Vec<usize> = (0..comparer.len()).collect();
        let expected: Vec<Pair> = run
            .map(&rows, |&a| {
                let later = (a + 1..rows.len()).filter(|&b| meet(a, b));
                strongest(
                    later
                        .filter_map(|b| scored(&comparer, ItemIdx::new(a), ItemIdx::new(b), floor))
                        .collect(),
                )
            })
            .expect("not cancelled")
            .concat();
        let found = joined_pairs(&comparer, ranges, floor, &run).expect("not cancelled");
        if found != expected {
            let missed = expected.iter().find(|pair| !found.contains(pair));
            let told = missed.map(|pair| comparer.explain(pair.a, pair.b));
            panic!("{} pairs of {}; missed {told:#?}", found.len(), expected.len());
        }
        count += found.len();
    }
    count
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn pool(folder: &Path) -> (Vec<Item>, Option<UnitGraph>) {
    let read = read_paths(&[folder.join("items.jsonl")], &Limits::default(), &mut |_| {}).expect("items");
    let units = std::fs::read(folder.join("units.csv")).ok();
    let lexicon = crate::lexicon::Lexicon::builtin();
    (read.items, units.map(|bytes| UnitGraph::from_csv(&bytes, &lexicon).expect("a roster").0))
}

#[test]
#[cfg(feature = "csv")]
fn pools_of_departments() {
    for name in ["fixtures/pool-north", "fixtures/pool-south", "fixtures/pool-urban", "../shared/data/real"] {
        let folder = folder(name);
        if !folder.join("items.jsonl").exists() {
            continue;
        }
        let (items, units) = pool(&folder);
        assert!(check(items, units.as_ref(), Policy::default(), &[-3000, 0, 6000]) > 100, "{name}");
    }
}

/// A nation of the generator: `TONGCHOU_NATION` names its folder (see benches/nation; 20,000 items).
#[test]
#[ignore = "needs a generated nation: `make units` makes one"]
#[cfg(feature = "csv")]
fn a_nation() {
    let folder = std::env::var("TONGCHOU_NATION").expect("TONGCHOU_NATION names a folder");
    let (items, units) = pool(Path::new(&folder));
    let count = items.len();
    assert!(check(items, units.as_ref(), Policy::default(), &[0, 6000]) > count / 2);
}

/// Words of the lexicon and around it, of which names and contents are made.
const WORDS: &[&str] = &[
    "森林防火",
    "森防",
    "养老机构",
    "养老院",
    "消防安全",
    "消防",
    "学校食堂",
    "食品安全",
    "教育收费",
    "信访",
    "环境保护",
    "环保",
    "危险化学品",
    "加油站",
    "春季",
    "秋季",
    "公办",
    "民办",
    "入河",
    "入海",
    "排污口",
    "医保基金",
    "经费",
    "落实",
    "《安全生产法》",
    "\"回头看\"",
    "常规",
    "与",
    "、",
    "河长制",
    "林长制",
    "档案",
];
const TARGETS: &[&str] = &[
    "各乡镇",
    "养老机构",
    "辖区内学校",
    "加油站",
    "甲镇",
    "乙镇",
    "有关单位",
    "县直各部门",
    "甲养老院、乙养老院",
    "各街道",
    "中小学校、幼儿园",
    "",
];
const SCHEDULES: &[&str] = &["3月", "3月至5月", "9月-10月", "全年", "上半年", "不定期", ""];
const ORGANIZERS: &[&str] =
    &["县林业局", "县应急局", "县民政局", "县消防救援大队", "县教育局", "某办", "县教育和体育局", ""];
const BASES: &[&str] = &["《安全生产法》", "国办发〔2024〕3号", "县发〔2025〕8号", "《档案法》第四十条", ""];
const NOTES: &[&str] = &[
    "与森林防火一并开展",
    "不含养老机构",
    "单独组织",
    "随民政同去",
    "书面为主",
    "消防安全单列",
    "",
    "",
    "",
    "",
];
const KINDS: &[&str] = &["检查", "督查", "考核", "调研", ""];
const SEATS: &[&str] = &["N", "P1", "P2", "C1", "C2", "C3", ""];

fn one_of(words: &'static [&'static str]) -> impl Strategy<Value = Option<String>> {
    prop::sample::select(words).prop_map(|word| (!word.is_empty()).then(|| word.to_owned()))
}

fn some_of(count: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS), count).prop_map(|words| words.concat())
}

fn item() -> impl Strategy<Value = Item> {
    (
        (some_of(0..4), prop::sample::select(KINDS), prop::option::of(some_of(1..8))),
        (one_of(TARGETS), one_of(SCHEDULES), one_of(ORGANIZERS), one_of(ORGANIZERS)),
        (one_of(BASES), one_of(NOTES), one_of(SEATS), one_of(KINDS)),
    )
        .prop_map(
            |((name, word, content), (targets, schedule, organizer, helper), (basis, notes, seat, kind))| {
                Item {
                    name: format!("{name}{word}"),
                    content,
                    targets: targets.into_iter().collect(),
                    schedule,
                    organizer,
                    co_organizers: helper.into_iter().collect(),
                    basis,
                    notes,
                    jurisdiction: seat,
                    kind,
                    ..Item::default()
                }
            },
        )
}

/// Weights of any size and sign on some levels, and any thresholds.
fn policy() -> impl Strategy<Value = Policy> {
    let weights = || prop::collection::btree_map(prop::sample::select(Level::ALL), -9.0..9.0f64, 0..12);
    (weights(), weights(), -8.0..4.0f64, -12.0..0.0f64, -12.0..0.0f64, 0.0..1.0f64).prop_map(
        |(matter, visit, line, matter_prior, visit_prior, common)| {
            let keyed = |set: std::collections::BTreeMap<Level, f64>| {
                set.into_iter().map(|(level, bits)| (level.key().to_owned(), bits)).collect()
            };
            let mut policy = Policy::default();
            policy.weights.matter = keyed(matter);
            policy.weights.visit = keyed(visit);
            policy.weights.matter_prior = matter_prior;
            policy.weights.visit_prior = visit_prior;
            policy.weights.common_term_share = common;
            policy.review_threshold = line;
            policy.merge_threshold = line + 3.0;
            policy
        },
    )
}

fn roster() -> UnitGraph {
    let unit = |id: &str, name: &str, kind: &str, parent: &str| Unit {
        id: id.to_owned(),
        name: name.to_owned(),
        kind: kind.to_owned(),
        parents: if parent.is_empty() { Vec::new() } else { vec![parent.to_owned()] },
        ..Unit::default()
    };
    let mut units = vec![unit("N", "全国", "government", "")];
    for (province, counties) in [("P1", &["C1", "C2"][..]), ("P2", &["C3"])] {
        units.push(unit(province, &format!("{province}省人民政府"), "government", "N"));
        for county in counties {
            units.push(unit(county, &format!("{county}县人民政府"), "government", province));
            for (name, kind) in [
                ("甲镇", "township"),
                ("乙镇", "township"),
                ("甲养老院", "养老机构"),
                ("乙养老院", "养老机构"),
                ("丙加油站", "加油站"),
                ("第一小学", "学校"),
                ("林业局", "department"),
                ("教育局", "department"),
            ] {
                units.push(unit(&format!("{county}{name}"), name, kind, county));
            }
        }
    }
    UnitGraph::from_units(units, &crate::lexicon::Lexicon::builtin()).expect("a roster").0
}

/// The items with copies of some of them strewn in, numbered.
fn with_copies(mut items: Vec<Item>, copies: &[prop::sample::Index]) -> Vec<Item> {
    for copy in copies.iter().filter(|_| !items.is_empty()).collect::<Vec<_>>() {
        let at = copy.index(items.len());
        items.insert(items.len() - 1 - at, items[at].clone());
    }
    let numbered = items.into_iter().enumerate();
    numbered.map(|(number, item)| Item { id: format!("{number:03}"), ..item }).collect()
}

fn copies() -> impl Strategy<Value = Vec<prop::sample::Index>> {
    prop::collection::vec(any::<prop::sample::Index>(), 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn random_pools_under_random_policies(
        items in prop::collection::vec(item(), 0..48),
        copies in copies(),
        policy in policy(),
        with_roster in any::<bool>(),
    ) {
        let graph = with_roster.then(roster);
        check(with_copies(items, &copies), graph.as_ref(), policy, &[0, 4000]);
    }

    #[test]
    fn random_pools_under_the_shipped_policy(items in prop::collection::vec(item(), 0..64), copies in copies()) {
        check(with_copies(items, &copies), Some(&roster()), Policy::default(), &[-3000, 0, 6000]);
    }
}

/// A table pasted again and again: every row merges with its copies, as many as go into one plan item.
#[test]
fn a_table_pasted_many_times() {
    let row = |name: &str, organizer: &str| Item {
        name: name.to_owned(),
        organizer: Some(organizer.to_owned()),
        targets: vec!["各乡镇".to_owned()],
        schedule: Some("3月".to_owned()),
        ..Item::default()
    };
    let table = [row("安全生产专项督查", "县应急局"), row("档案工作检查", "县档案局")];
    let rows = (0..200).flat_map(|paste| {
        let numbered = table.iter().enumerate();
        numbered.map(move |(line, row)| Item { id: format!("{paste:03}-{line}"), ..row.clone() })
    });
    let policy = Policy::default();
    let most = policy.max_members;
    let plan = Consolidator::new(policy).expect("a policy").consolidate(Input::new(rows.collect()));
    let summary = plan.expect("a plan").summary;
    assert_eq!(summary.submitted, 400);
    assert_eq!(summary.planned as usize, 2 * 200usize.div_ceil(most));
}
