//! The candidate joins at sizes that a bench can repeat; larger ones: `examples/title_join.rs`.
//!
//! Names are `join/case/size`. Every case asserts its answer: against brute force where that is
//! affordable, else against another algorithm of the crate.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use tongchou::candidates::join::{Corpus, Index, Measure, Threshold, self_join};
use tongchou::candidates::{Clues, Facts, all_pairs, conjunctive_pairs};
use tongchou::model::ids::ItemIdx;
use tongchou::model::stop::Stop;

const TOKENS: u32 = 8000;

/// A linear congruential generator (Knuth's MMIX constants).
struct Random(u64);

impl Random {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (((self.0 >> 32) * u64::from(end)) >> 32) as u32
    }

    /// A token; the first ones far more often than the last, as with pairs of characters.
    fn token(&mut self) -> u32 {
        let end = 1 + self.below(TOKENS);
        self.below(end)
    }
}

/// Sets of about 19 tokens; every other one differs in a few tokens from an earlier one.
fn titles(count: usize) -> Vec<Vec<u32>> {
    let mut random = Random(1);
    let mut titles: Vec<Vec<u32>> = Vec::with_capacity(count);
    for number in 0..count {
        let title = if number % 2 == 0 {
            (0..14 + random.below(12)).map(|_| random.token()).collect()
        } else {
            let mut title = titles[random.below(number as u32) as usize].clone();
            for _ in 0..random.below(8) {
                let position = random.below(title.len() as u32) as usize;
                title[position] = random.token();
            }
            title
        };
        titles.push(title);
    }
    titles
}

fn corpus(titles: &[Vec<u32>], weighted: bool) -> Corpus {
    let weights = (0..TOKENS).map(|token| if weighted { 100 + token } else { 1 }).collect();
    let mut corpus = Corpus::new(weights);
    for title in titles {
        corpus.push(title);
    }
    corpus
}

fn joins(criterion: &mut Criterion) {
    let threshold = Threshold::new(4, 5).expect("usable");
    let mut group = criterion.benchmark_group("join");
    for size in [1000, 20_000] {
        group.throughput(Throughput::Elements(size as u64));
        let titles = titles(size);
        for (case, weighted) in [("batch-unweighted", false), ("batch-weighted", true)] {
            let corpus = corpus(&titles, weighted);
            let mut index = Index::new(corpus.weights(), Measure::Cosine, threshold);
            let expected: usize =
                (0..size as u32).map(|title| index.insert(corpus.record(title)).len()).sum();
            assert!(expected > size / 20, "{expected} pairs: too few to mean anything");
            group.bench_with_input(BenchmarkId::new(case, size), &corpus, |bencher, corpus| {
                bencher.iter(|| {
                    let joined = self_join(corpus, Measure::Cosine, threshold);
                    assert_eq!(joined.len(), expected as u64);
                });
            });
            let one = corpus.record(size as u32 / 2);
            group.bench_function(BenchmarkId::new(format!("{case}-one-more"), size), |bencher| {
                bencher.iter(|| assert!(!index.partners(one).is_empty()));
            });
        }
    }
    group.finish();
}

/// Titles as the tokens of one kind.
struct Titles<'a> {
    corpus: &'a Corpus,
    weights: Vec<u32>,
}

impl Clues for Titles<'_> {
    fn indexed(&self, kind: usize, item: u32) -> &[u32] {
        if kind == 0 { self.corpus.record(item) } else { &[] }
    }

    fn looked_up(&self, kind: usize, item: u32) -> &[u32] {
        self.indexed(kind, item)
    }

    fn weights(&self, _: usize) -> &[u32] {
        &self.weights
    }

    fn indexed_keys(&self, _: u32, _: &mut Vec<(u32, u32)>) {}

    fn looked_up_keys(&self, _: u32, _: &mut Vec<(u32, u32)>) {}

    fn key_count(&self) -> usize {
        0
    }
}

fn conjunctive(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("conjunctive");
    for counties in [1, 60] {
        let size = counties * 350;
        let corpus = corpus(&titles(size), false);
        let titles = Titles { corpus: &corpus, weights: vec![1; TOKENS as usize] };
        let ranges: Vec<(u32, u32)> =
            (0..size as u32).map(|item| (item / 350 * 10, item / 350 * 10 + 10)).collect();
        let meet = |a: ItemIdx, b: ItemIdx| ranges[a.as_usize()] == ranges[b.as_usize()];
        let share = |a: ItemIdx, b: ItemIdx| {
            let other = corpus.record(b.as_u32());
            corpus.record(a.as_u32()).iter().any(|token| other.contains(token))
        };
        let expected = all_pairs(size).filter(|&(a, b)| meet(a, b) && share(a, b)).count();
        group.throughput(Throughput::Elements(size as u64));
        group.bench_function(BenchmarkId::from_parameter(size), |bencher| {
            bencher.iter(|| {
                let mut pairs = 0;
                let judge = |_: u32, _: u32, facts: &Facts| (facts.overlaps[0] > 0).then_some(());
                let done: Result<(), ()> = conjunctive_pairs(
                    &titles,
                    &ranges,
                    Stop::never(),
                    judge,
                    |_, _| {},
                    |_, partners| {
                        pairs += partners.len();
                        Ok(())
                    },
                );
                assert_eq!((done, pairs), (Ok(()), expected));
            });
        });
    }
    group.finish();
}

criterion_group!(benches, joins, conjunctive);
criterion_main!(benches);
