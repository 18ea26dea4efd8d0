//! Properties of unit sets, of the resolver and of the burden.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use proptest::prelude::*;
use tongchou::lexicon::Lexicon;
use tongchou::model::ids::UnitIdx;
use tongchou::model::unit::Unit;
use tongchou::model::unit_set::UnitSet;
use tongchou::targets::{BurdenInput, Resolver, UnitGraph, UnitView, burden};

const ROSTER: &str = include_str!("data/yunling.csv");
const TABLE: &str = include_str!("data/targets_table.tsv");

/// One county for all cases: making it costs more than using it.
fn county() -> (&'static Lexicon, &'static UnitGraph, &'static Resolver<'static>) {
    static COUNTY: OnceLock<(&Lexicon, &UnitGraph, &Resolver<'_>)> = OnceLock::new();
    *COUNTY.get_or_init(|| {
        let lexicon: &'static Lexicon = Box::leak(Box::new(Lexicon::builtin()));
        let (graph, _) = UnitGraph::from_csv(ROSTER.as_bytes(), lexicon).expect("roster");
        let graph: &'static UnitGraph = Box::leak(Box::new(graph));
        (lexicon, graph, Box::leak(Box::new(Resolver::new(graph, lexicon))))
    })
}

fn ranges() -> impl Strategy<Value = Vec<(u32, u32)>> {
    prop::collection::vec((0u32..60, 0u32..12).prop_map(|(start, len)| (start, start + len)), 0..8)
}

fn naive(ranges: &[(u32, u32)]) -> BTreeSet<u32> {
    ranges.iter().flat_map(|&(start, end)| start..end).collect()
}

fn members(set: &UnitSet) -> BTreeSet<u32> {
    set.iter().map(UnitIdx::as_u32).collect()
}

fn phrase() -> impl Strategy<Value = String> {
    let known: Vec<&'static str> = TABLE.lines().skip(1).filter_map(|line| line.split('\t').next()).collect();
    prop::sample::select(known).prop_map(str::to_owned)
}

/// Strings of the words and signs that phrases are made of, in any order.
fn word_salad() -> impl Strategy<Value = String> {
    let words = vec![
        "各",
        "乡镇",
        "街道",
        "（",
        "）",
        "除",
        "以外",
        "的",
        "、",
        "，",
        "等",
        "学校",
        "食堂",
        "有",
        "不含",
        "民办",
        "10家",
        "30%",
        "部分",
        "青溪镇",
        "所属",
        "和",
        "《",
        "》",
        "全县",
        "单位",
        "两级",
        "市、县",
        "名单见附件",
        "除外",
        "为重点",
        "含",
        "随机抽取",
        "县",
        "教育",
        "局",
        "水泥企业",
        "百分之",
        "2022年",
    ];
    prop::collection::vec(prop::sample::select(words), 0..14).prop_map(|words| words.concat())
}

proptest! {
    #[test]
    fn unit_sets_agree_with_plain_sets(one in ranges(), other in ranges(), unit in 0u32..80) {
        let (left, right) = (UnitSet::from_ranges(one.clone()), UnitSet::from_ranges(other.clone()));
        let (plain_left, plain_right) = (naive(&one), naive(&other));
        let and: BTreeSet<u32> = plain_left.intersection(&plain_right).copied().collect();
        let or: BTreeSet<u32> = plain_left.union(&plain_right).copied().collect();
        let without: BTreeSet<u32> = plain_left.difference(&plain_right).copied().collect();
        prop_assert_eq!(members(&left.intersection(&right)), and.clone());
        prop_assert_eq!(left.intersection_len(&right), and.len());
        prop_assert_eq!(members(&left.union(&right)), or);
        prop_assert_eq!(members(&left.difference(&right)), without);
        prop_assert_eq!(left.is_superset(&right), plain_left.is_superset(&plain_right));
        prop_assert_eq!(left.contains(UnitIdx::from(unit)), plain_left.contains(&unit));
        prop_assert_eq!(left.len(), plain_left.len());
        prop_assert_eq!(left.clone(), UnitSet::from_units(left.iter()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_string_panics(any in "\\PC{0,60}", salad in word_salad()) {
        let (lexicon, graph, resolver) = county();
        let derived = UnitGraph::derived(lexicon, &[&any, &salad]);
        let virtual_resolver = Resolver::new(&derived, lexicon);
        for text in [any, salad] {
            for jurisdiction in [None, graph.by_id("T1"), Some(UnitIdx::from(4_000_000))] {
                let set = resolver.resolve(std::slice::from_ref(&text), jurisdiction);
                prop_assert!(set.units.iter().all(|unit| unit.as_usize() < graph.len()));
            }
            let _ = virtual_resolver.resolve(std::slice::from_ref(&text), None);
            let _ = graph.find(&text);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn exclusion_never_adds(phrase in phrase(), excluded in phrase()) {
        let (_, _, resolver) = county();
        let whole = resolver.resolve(std::slice::from_ref(&phrase), None).units;
        for text in [format!("{phrase}（{excluded}除外）"), format!("{phrase}，不含{excluded}")] {
            let part = resolver.resolve(std::slice::from_ref(&text), None).units;
            prop_assert!(whole.is_superset(&part), "{} is no part of {}", text, phrase);
        }
    }

    #[test]
    fn burden_agrees_with_counting_units(
        items in prop::collection::vec((0usize..3, ranges(), 0u64..5000, 0u16..=10_000, 0u16..4096), 1..7),
        cut in 0usize..7,
    ) {
        let lexicon = Lexicon::builtin();
        let units = (0..80).map(|n| Unit { id: n.to_string(), name: format!("单位{n}"), ..Unit::default() });
        let (graph, _) = UnitGraph::from_units(units.collect(), &lexicon).expect("roster");
        let organizers = ["甲局", "乙局", "丙局"];
        let sets: Vec<UnitSet> = items.iter().map(|item| UnitSet::from_ranges(item.1.clone())).collect();
        let inputs: Vec<BurdenInput<'_>> = items
            .into_iter()
            .zip(&sets)
            .map(|((organizer, _, visits, share, months), units)| BurdenInput {
                organizer: organizers[organizer],
                units,
                visits,
                share,
                months,
            })
            .collect();
        let cut = cut.min(inputs.len());
        let planned = vec![(0..cut).collect::<Vec<_>>(), (cut..inputs.len()).collect()];
        let found = burden(&inputs, &planned, &graph);
        let expected = |item: &BurdenInput<'_>| (item.visits * u64::from(item.share) + 5000) / 10_000;
        let before: u64 = inputs.iter().map(|item| expected(item) * item.units.len().max(1) as u64).sum();
        prop_assert_eq!(found.before, before);
        let mut after = 0;
        let mut by_organizer: BTreeMap<&str, u64> = BTreeMap::new();
        for members in planned.iter().filter(|members| !members.is_empty()) {
            let all: BTreeSet<u32> = members.iter().flat_map(|&member| members_of(&inputs[member])).collect();
            let mut paid: u64 = all
                .iter()
                .map(|&unit| {
                    let visiting = members.iter().filter(|&&m| inputs[m].units.contains(UnitIdx::from(unit)));
                    visiting.map(|&m| expected(&inputs[m])).max().unwrap_or(0)
                })
                .sum();
            if all.is_empty() {
                paid = members.iter().map(|&m| expected(&inputs[m])).max().unwrap_or(0);
            }
            after += paid;
            *by_organizer.entry(inputs[members[0]].organizer).or_default() += paid;
        }
        prop_assert_eq!(found.after, after);
        for row in &found.by_organizer {
            prop_assert_eq!(row.after, by_organizer.get(row.label.as_str()).copied().unwrap_or(0));
        }
        let sum = |rows: &[tongchou::model::burden::BurdenRow]| -> (u64, u64) {
            rows.iter().fold((0, 0), |sum, row| (sum.0 + row.before, sum.1 + row.after))
        };
        prop_assert_eq!(sum(&found.by_month), (found.before, found.after));
        let (kinds_before, kinds_after) = sum(&found.by_unit_kind);
        prop_assert_eq!(kinds_before + found.unresolved.before, found.before);
        prop_assert_eq!(kinds_after + found.unresolved.after, found.after);
        prop_assert!(found.after <= found.before);
        prop_assert!(found.most_visited.windows(2).all(|pair| pair[0].before >= pair[1].before));
    }
}

fn members_of(item: &BurdenInput<'_>) -> Vec<u32> {
    item.units.iter().map(UnitIdx::as_u32).collect()
}

/// Unit ids that every phrase of the table means.
fn meanings(graph: &UnitGraph, lexicon: &Lexicon) -> Vec<(String, BTreeSet<String>)> {
    let resolver = Resolver::new(graph, lexicon);
    let phrases = TABLE.lines().skip(1).filter_map(|line| line.split('\t').next());
    phrases
        .map(|phrase| {
            let set = resolver.resolve(&[phrase.to_owned()], None);
            (phrase.to_owned(), set.units.iter().map(|unit| graph.unit(unit).id().to_owned()).collect())
        })
        .collect()
}

#[test]
fn a_foreign_unit_changes_nothing() {
    let (lexicon, graph, _) = county();
    let before = meanings(graph, lexicon);
    for parent in ["G", "J1", "D05", "S1"] {
        let mut units: Vec<Unit> = graph.units().map(UnitView::to_unit).collect();
        // A kind, a tag and a name that no word of the lexicon or the table speaks of.
        units.push(Unit {
            id: "ZZZ".to_owned(),
            name: "霹雳怪魇".to_owned(),
            kind: "魑魅".to_owned(),
            parents: vec![parent.to_owned()],
            tags: vec!["魍魉".to_owned()],
            ..Unit::default()
        });
        let (larger, _) = UnitGraph::from_units(units, lexicon).expect("roster");
        for ((phrase, before), (_, after)) in before.iter().zip(meanings(&larger, lexicon)) {
            // Everything of the county includes the new unit.
            if phrase != "全县" {
                assert_eq!(*before, after, "{phrase} with a unit in {parent}");
            }
        }
    }
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let (lexicon, graph, _) = county();
    let before = meanings(graph, lexicon);
    for turn in [1, 17, 40] {
        let mut units: Vec<Unit> = graph.units().map(UnitView::to_unit).collect();
        units.rotate_left(turn);
        let (other, _) = UnitGraph::from_units(units, lexicon).expect("roster");
        let names = |graph: &UnitGraph| graph.units().map(UnitView::to_unit).collect::<Vec<_>>();
        assert_eq!(names(graph), names(&other));
        assert_eq!(before, meanings(&other, lexicon));
    }
}
