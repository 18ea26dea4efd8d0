//! Scoring every pair of the fixture pool, on one core: pairs a second.

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tongchou::ingest::{self, Limits};
use tongchou::model::ids::ItemIdx;
use tongchou::targets::UnitGraph;
use tongchou::{Consolidator, Input, Policy};

fn score(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("score");
    for name in ["pool-north", "pool-south"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
        let consolidator = Consolidator::new(Policy::default()).expect("the default policy");
        let bytes = std::fs::read(folder.join("units.csv")).expect("the fixture is readable");
        let (units, _) = UnitGraph::from_csv(&bytes, consolidator.lexicon()).expect("the roster loads");
        let items = ingest::read_paths(&[folder.join("items.jsonl")], &Limits::default(), &mut |_| {})
            .expect("the fixture is readable")
            .items;
        let study = consolidator.study(Input::new(items).with_units(&units)).expect("scored");
        let comparer = study.comparer();
        let items = comparer.len();
        group.throughput(Throughput::Elements((items * (items - 1) / 2) as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let mut sum = 0i64;
                for a in 0..items {
                    for b in a + 1..items {
                        sum += i64::from(comparer.score(ItemIdx::new(a), ItemIdx::new(b)).total);
                    }
                }
                black_box(sum)
            });
        });
    }
    group.finish();
}

criterion_group!(benches, score);
criterion_main!(benches);
