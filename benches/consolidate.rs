//! Whole consolidations in process: a county always, and a generated nation where `TONGCHOU_NATION` names its folder
//! (see benches/nation). Every case asserts its answer.

use std::path::Path;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tongchou::ingest::{Limits, read_paths};
use tongchou::lexicon::Lexicon;
use tongchou::pipeline::{LivePool, Run};
use tongchou::targets::UnitGraph;
use tongchou::{Consolidator, Input, Item, Policy};

fn pool(folder: &Path) -> (Vec<Item>, UnitGraph) {
    let read = read_paths(&[folder.join("items.jsonl")], &Limits::default(), &mut |_| {}).expect("items");
    let units = std::fs::read(folder.join("units.csv")).expect("units.csv");
    (read.items, UnitGraph::from_csv(&units, &Lexicon::builtin()).expect("a roster").0)
}

/// Time to take in items that are not in the pool, one by one, each of which leaves again, untimed.
fn one_more(
    live: &mut LivePool<'_>,
    late: &[Item],
    rounds: u64,
    after: impl Fn(&mut LivePool<'_>),
) -> Duration {
    let count = live.len();
    let mut time = Duration::ZERO;
    for item in late.iter().cycle().take(rounds as usize) {
        let item = item.clone();
        let id = item.id.clone();
        let start = Instant::now();
        live.add(item).expect("an item");
        after(live);
        time += start.elapsed();
        live.remove(&id).expect("no error").expect("the item");
        assert_eq!(live.len(), count);
    }
    time
}

/// Every twentieth item, and the others.
fn split(items: Vec<Item>) -> (Vec<Item>, Vec<Item>) {
    let (mut late, mut now) = (Vec::new(), Vec::new());
    for (position, item) in items.into_iter().enumerate() {
        if position % 20 == 7 { late.push(item) } else { now.push(item) }
    }
    (late, now)
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
    let (late, now) = split(items.clone());
    let mut live = consolidator.live(Input::new(now).with_units(&units)).expect("a pool");
    group.throughput(Throughput::Elements(1));
    group.bench_function("county, one more", |bencher| {
        bencher.iter_custom(|rounds| one_more(&mut live, &late, rounds, |_| ()));
    });
    group.bench_function("county, one more and its plan", |bencher| {
        let planned = |live: &mut LivePool<'_>| {
            let planned = live.planned();
            assert_eq!(live.plan().expect("a plan").items.len(), planned);
        };
        bencher.iter_custom(|rounds| one_more(&mut live, &late, rounds, planned));
    });
    if let Some(folder) = std::env::var_os("TONGCHOU_NATION") {
        let (items, units) = pool(Path::new(&folder));
        let (late, now) = split(items.clone());
        let late: Vec<Item> = late.into_iter().step_by(97).collect();
        let mut live = consolidator.live(Input::new(now).with_units(&units)).expect("a pool");
        group.sample_size(20);
        group.bench_function("nation, one more", |bencher| {
            bencher.iter_custom(|rounds| one_more(&mut live, &late, rounds, |_| ()));
        });
        drop(live);
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
