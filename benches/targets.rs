//! A roster of a million units: loading it, containment, overlap of large sets, and resolving.
//!
//! Surfaces: `UnitGraph::from_csv`, `UnitGraph::is_within`, `UnitSet::intersection_len`,
//! `Resolver::new`, `Resolver::resolve`, `burden`. Every answer is asserted.

#![allow(missing_docs, reason = "criterion's macros write the functions")]

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tongchou::lexicon::Lexicon;
use tongchou::model::ids::UnitIdx;
use tongchou::model::unit_set::UnitSet;
use tongchou::targets::{BurdenInput, Resolver, UnitGraph, burden};

const COUNTIES: usize = 2_500;
/// A county: its government, 20 departments, 15 townships, 20 units in each township, 63 operators.
const UNITS: usize = 1 + COUNTIES * (1 + 20 + 15 * 21 + 64);

fn roster() -> String {
    let mut csv = String::from("id,name,aliases,kind,parent,tags\nN,全国,,government,,\n");
    for county in 0..COUNTIES {
        let place = format!("第{county}号县");
        let _ = writeln!(csv, "C{county},{place}人民政府,{place},government,N,");
        for department in 0..20 {
            let _ =
                writeln!(csv, "D{county}-{department},{place}第{department}局,,department,C{county},政府");
        }
        for town in 0..15 {
            let parent = format!("T{county}-{town}");
            let _ = writeln!(csv, "{parent},{place}{town}号镇,{town}号镇,township,C{county},镇");
            for unit in 0..20 {
                let (kind, tags) = match unit % 4 {
                    0 => ("school", "学校|小学|公办"),
                    1 => ("village", "村"),
                    2 => ("medical", "卫生室"),
                    _ => ("operator", "加油站"),
                };
                let _ = writeln!(
                    csv,
                    "{parent}-{unit},{place}{town}镇{unit}单位,,{kind},{parent}|D{county}-3,{tags}"
                );
            }
        }
        for operator in 0..64 {
            let tags = if operator % 2 == 0 { "养老机构" } else { "旅馆" };
            let _ = writeln!(csv, "P{county}-{operator},{place}{operator}号店,,operator,C{county},{tags}");
        }
    }
    csv
}

fn benches(criterion: &mut Criterion) {
    let lexicon = Lexicon::builtin();
    let csv = roster();
    let mut group = criterion.benchmark_group("targets");
    group.sample_size(10);
    group.throughput(Throughput::Elements(UNITS as u64));
    group.bench_function("load/1M", |bencher| {
        bencher.iter(|| {
            let (graph, diagnostics) = UnitGraph::from_csv(csv.as_bytes(), &lexicon).expect("roster");
            assert_eq!((graph.len(), diagnostics.len()), (UNITS, 0));
            graph
        });
    });
    let (graph, _) = UnitGraph::from_csv(csv.as_bytes(), &lexicon).expect("roster");
    // A graph keeps what it made for the first lexicon: for another everything is made each time.
    let _ = Resolver::new(&graph, &lexicon);
    let another = Lexicon::with_extension("none.toml", "").expect("an empty extension");
    group.bench_function("resolver/1M", |bencher| bencher.iter(|| Resolver::new(&graph, &another)));
    group.throughput(Throughput::Elements(1));

    let [school, town, bureau, other] =
        ["T77-3-4", "T77-3", "D77-3", "T78-3"].map(|id| graph.by_id(id).expect(id));
    group.bench_function("contains/first parent", |bencher| {
        bencher.iter(|| {
            assert!(graph.is_within(black_box(school), black_box(town)));
            assert!(!graph.is_within(black_box(school), black_box(other)));
        });
    });
    group.bench_function("contains/other parent", |bencher| {
        bencher.iter(|| assert!(graph.is_within(black_box(school), black_box(bureau))));
    });

    // Two sets of 100,000 single units that share half of them.
    let every = |step: u32, from: u32| {
        UnitSet::from_units((0..100_000).map(|number| UnitIdx::from(from + number * step)))
    };
    let (one, two) = (every(4, 0), every(4, 200_000));
    group.bench_function("overlap/100k singles", |bencher| {
        bencher.iter(|| assert_eq!(black_box(&one).intersection_len(black_box(&two)), 50_000));
    });

    let resolver = Resolver::new(&graph, &lexicon);
    let county = graph.by_id("C77");
    let phrases: Vec<(Vec<String>, usize)> = [
        ("各乡镇（3号镇除外）", 14),
        ("全县各学校、养老机构", 75 + 32),
        ("3号镇、5号镇的加油站", 10),
        ("县直各部门", 20),
    ]
    .into_iter()
    .map(|(phrase, count)| (vec![phrase.to_owned()], count))
    .collect();
    for (phrase, count) in &phrases {
        group.bench_function(format!("resolve/{}", phrase[0]), |bencher| {
            bencher.iter(|| assert_eq!(resolver.resolve(phrase, county).units.len(), *count));
        });
    }

    let organizers: Vec<String> = (0..500).map(|number| format!("第{number}局")).collect();
    let sets: Vec<UnitSet> = (0..100_000u32)
        .map(|number| UnitSet::from_ranges([(number * 9, number * 9 + 20), (number * 3, number * 3 + 1)]))
        .collect();
    let submitted: Vec<BurdenInput<'_>> = sets
        .iter()
        .enumerate()
        .map(|(number, units)| BurdenInput {
            organizer: &organizers[number % 500],
            units,
            visits: 1000,
            share: 10_000,
            months: 1 << (number % 12),
        })
        .collect();
    let planned: Vec<Vec<usize>> = (0..50_000).map(|number| vec![2 * number, 2 * number + 1]).collect();
    let visits: usize = submitted.iter().map(|item| item.units.len()).sum();
    group.throughput(Throughput::Elements(100_000));
    group.bench_function("burden/100k items", |bencher| {
        bencher.iter(|| {
            let found = burden(&submitted, &planned, &graph);
            assert_eq!(found.before, visits as u64 * 1000);
            assert!(found.after < found.before);
        });
    });
    group.finish();
}

criterion_group!(targets, benches);
criterion_main!(targets);
