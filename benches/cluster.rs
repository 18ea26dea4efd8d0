//! Clustering: components as a county has them, and one of 100,000 nodes.
//!
//! `cluster/<case>/<nodes>`; each case asserts its answer.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use tongchou::cluster::{Clusterer, Constrained, Constraints, Link, Partition};

/// Repeatable pseudo-random numbers (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % limit as u64) as usize
    }
}

fn link(a: usize, b: usize, weight: i32) -> Link {
    Link { a: a.min(b) as u32, b: a.max(b) as u32, weight, merges: weight >= 0, joint: false }
}

/// Groups of `size` planted in `nodes`: members hold together, every other node has a link that is
/// weak or speaks against with a node of the next group, so that groups hang together in components.
fn planted(nodes: usize, size: usize, chained: usize) -> Vec<Link> {
    let mut random = Random(nodes as u64);
    let mut links = Vec::new();
    for first in (0..nodes).step_by(size) {
        for a in first..(first + size).min(nodes) {
            for b in a + 1..(first + size).min(nodes) {
                links.push(link(a, b, 3000 + random.below(6000) as i32));
            }
            let next = a + size;
            if a % 2 == 0 && next < nodes && !(first / size + 1).is_multiple_of(chained) {
                links.push(link(a, next, random.below(1500) as i32));
            }
        }
    }
    links
}

/// Three links per node, to anywhere.
fn sparse(nodes: usize) -> Vec<Link> {
    let mut random = Random(1);
    let mut links: Vec<_> = (0..3 * nodes)
        .map(|_| (random.below(nodes), random.below(nodes), random.below(10_000) as i32))
        .filter(|(a, b, _)| a != b)
        .map(|(a, b, weight)| link(a, b, weight - 1000))
        .collect();
    links.sort_unstable_by_key(|link| (link.a, link.b));
    links.dedup_by_key(|link| (link.a, link.b));
    links
}

fn solve(nodes: usize, links: &[Link], constraints: &Constraints) -> Partition {
    Constrained::default().cluster(nodes, links, constraints, &|_| 0).expect("nothing must be together")
}

fn clustering(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("cluster");
    group.sample_size(10);
    let capped = Constraints { max_members: 12, ..Constraints::default() };

    // A county: components of 16 nodes, four planted groups each, all solved exactly.
    let links = planted(512, 4, 4);
    let planted_groups = |partition: &Partition| {
        partition.groups.iter().all(|group| group.size() == 4 && group.nodes()[0] % 4 == 0)
    };
    group.throughput(Throughput::Elements(512));
    group.bench_function(BenchmarkId::new("county", 512), |bencher| {
        bencher.iter(|| {
            let partition = solve(512, black_box(&links), &capped);
            assert!(planted_groups(&partition) && partition.components.iter().all(|c| c.exact));
        });
    });

    // The hardest exact component: 16 nodes, all linked with each other.
    let clique: Vec<_> = (0..16).flat_map(|a| (a + 1..16).map(move |b| link(a, b, 100))).collect();
    group.throughput(Throughput::Elements(16));
    group.bench_function(BenchmarkId::new("clique", 16), |bencher| {
        bencher.iter(|| assert_eq!(solve(16, black_box(&clique), &Constraints::default()).groups.len(), 1));
    });

    // Planted groups in one component, as when a nation is consolidated at once.
    let links = planted(100_000, 4, usize::MAX);
    group.throughput(Throughput::Elements(100_000));
    group.bench_function(BenchmarkId::new("planted", 100_000), |bencher| {
        bencher.iter(|| {
            let partition = solve(100_000, black_box(&links), &capped);
            assert!(planted_groups(&partition) && partition.components.len() == 1);
        });
    });

    // The adversary: no structure at all.
    let links = sparse(100_000);
    group.bench_function(BenchmarkId::new("sparse", 100_000), |bencher| {
        bencher.iter(|| assert!(solve(100_000, black_box(&links), &capped).gap() < 0.12));
    });

    let links: Vec<_> = (1..100_000).map(|node| link(0, node, 10)).collect();
    group.bench_function(BenchmarkId::new("star", 100_000), |bencher| {
        bencher.iter(|| assert_eq!(solve(100_000, black_box(&links), &capped).objective, 110));
    });
    let links: Vec<_> = (1..100_000).map(|node| link(node - 1, node, 10)).collect();
    group.bench_function(BenchmarkId::new("path", 100_000), |bencher| {
        bencher.iter(|| assert_eq!(solve(100_000, black_box(&links), &capped).objective, 666_660));
    });
    group.finish();
}

criterion_group!(benches, clustering);
criterion_main!(benches);
