//! Whole consolidations in process: a county always, and a generated nation where `TONGCHOU_NATION` names its folder
//! (see benches/nation). Every case asserts its answer.

use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tongchou::ingest::{Limits, read_paths};
use tongchou::lexicon::Lexicon;
use tongchou::pipeline::Run;
use tongchou::targets::UnitGraph;
use tongchou::{Consolidator, Input, Item, Policy};

fn pool(folder: &Path) -> (Vec<Item>, UnitGraph) {
    let read = read_paths(&[folder.join("items.jsonl")], &Limits::default(), &mut |_| {}).expect("items");
    let units = std::fs::read(folder.join("units.csv")).expect("units.csv");
    (read.items, UnitGraph::from_csv(&units, &Lexicon::builtin()).expect("a roster").0)
}

fn benches(criterion: &mut Criterion) {
    let consolidator = Consolidator::new(Policy::default().with_threads(2)).expect("the shipped policy");
    let mut group = criterion.benchmark_group("consolidate");
    let (items, units) = pool(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pool-north"));
    let input = || Input::new(items.clone()).with_units(&units);
    let planned = consolidator.consolidate(input()).expect("a plan").items.len();
    group.throughput(Throughput::Elements(items.len() as u64));
    group.bench_function("county, plan", |bencher| {
        bencher.iter(|| assert_eq!(consolidator.consolidate(input()).expect("a plan").items.len(), planned));
    });
    let outcome = || consolidator.outcome(input(), &Run::default()).expect("an outcome");
    group.bench_function("county, outcome", |bencher| {
        bencher.iter(|| assert_eq!(outcome().front().summary.planned as usize, planned));
    });
    if let Some(folder) = std::env::var_os("TONGCHOU_NATION") {
        let (items, units) = pool(Path::new(&folder));
        let outcome = || {
            let input = Input::new(items.clone()).with_units(&units);
            consolidator.outcome(input, &Run::default()).expect("an outcome").front().summary.clone()
        };
        let expected = outcome();
        group.sample_size(10).throughput(Throughput::Elements(items.len() as u64));
        group.bench_function("nation, outcome", |bencher| bencher.iter(|| assert_eq!(outcome(), expected)));
    }
    group.finish();
}

criterion_group!(consolidate, benches);
criterion_main!(consolidate);
