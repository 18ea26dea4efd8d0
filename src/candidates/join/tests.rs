//! The join against the oracle: every pair, counted one by one.

use proptest::prelude::*;

use super::*;

/// Records as they are given, with the weights of their tokens.
#[derive(Clone, Debug)]
struct Case {
    weights: Vec<u32>,
    records: Vec<Vec<u32>>,
    measure: Measure,
    threshold: Threshold,
}

impl Case {
    fn corpus(&self, records: &[Vec<u32>]) -> Corpus {
        let mut corpus = Corpus::new(self.weights.clone());
        for record in records {
            corpus.push(record);
        }
        corpus
    }

    /// Every pair of `left` and `right` (of different records of one corpus, if they are one).
    fn brute_force(&self, left: &Corpus, right: &Corpus, same: bool) -> Vec<Pair> {
        let criterion = Criterion::new(self.measure, self.threshold);
        let weigh = |tokens: &mut dyn Iterator<Item = &u32>| -> u64 {
            tokens.map(|&token| u64::from(self.weights[token as usize])).sum()
        };
        let mut pairs = Vec::new();
        for a in 0..left.len() as u32 {
            for b in if same { a + 1 } else { 0 }..right.len() as u32 {
                let (first, second) = (left.record(a), right.record(b));
                let overlap = weigh(&mut first.iter().filter(|token| second.contains(token)));
                if criterion.holds(overlap, weigh(&mut first.iter()), weigh(&mut second.iter())) {
                    pairs.push(Pair { a, b, overlap });
                }
            }
        }
        pairs
    }

    fn check(&self) {
        let all = self.corpus(&self.records);
        let expected = self.brute_force(&all, &all, true);
        let joined = self_join(&all, self.measure, self.threshold);
        assert_eq!(joined.pairs(), expected, "self-join");
        assert_eq!(joined.len(), expected.len() as u64);

        let (first, second) = self.records.split_at(self.records.len() / 3);
        let (left, right) = (self.corpus(first), self.corpus(second));
        let joined = join(&left, &right, self.measure, self.threshold);
        assert_eq!(joined.pairs(), self.brute_force(&left, &right, false), "two-set join");

        for mut index in [
            Index::new(&self.weights, self.measure, self.threshold),
            Index::of(&left, self.measure, self.threshold),
        ] {
            let known = index.len() as u32;
            let mut pairs = Vec::new();
            for b in known..all.len() as u32 {
                assert_eq!(index.partners(all.record(b)).to_vec(), index.insert(all.record(b)));
                let partners = index.partners(all.record(b)).to_vec();
                pairs.extend(partners.iter().filter(|partner| partner.record < b).map(|partner| Pair {
                    a: partner.record,
                    b,
                    overlap: partner.overlap,
                }));
            }
            pairs.sort_unstable();
            let later: Vec<Pair> = expected.iter().copied().filter(|pair| pair.b >= known).collect();
            assert_eq!(pairs, later, "incremental join");
        }
    }
}

fn thresholds() -> impl Strategy<Value = Threshold> {
    prop_oneof![
        Just((1, 2)),
        Just((2, 3)),
        Just((3, 4)),
        Just((4, 5)),
        Just((7, 10)),
        Just((1, 1)),
        Just((1, 20)),
        Just((999_999, 1_000_000)),
        (1u64..=30, 0u64..=30).prop_map(|(n, more)| (n, n + more)),
    ]
    .prop_map(|(numerator, denominator)| Threshold::new(numerator, denominator).expect("usable"))
}

fn weights(tokens: usize) -> impl Strategy<Value = Vec<u32>> {
    prop_oneof![
        Just(vec![1; tokens]),
        Just(vec![7; tokens]),
        prop::collection::vec(0u32..4, tokens),
        prop::collection::vec(1u32..1000, tokens),
        // One token outweighs all others; sums need more than 32 bits.
        prop::collection::vec(prop_oneof![4 => 1u32..10, 1 => Just(u32::MAX)], tokens),
        prop::collection::vec(u32::MAX - 5..=u32::MAX, tokens),
    ]
}

/// Small alphabets, so that ties on the threshold, duplicates and empty sets are common.
fn cases() -> impl Strategy<Value = Case> {
    (1usize..80).prop_flat_map(|tokens| {
        let record = prop_oneof![
            6 => prop::collection::vec(0..tokens as u32, 0..12),
            1 => prop::collection::vec(0..tokens as u32, 0..90),
            1 => Just(Vec::new()),
        ];
        (weights(tokens), prop::collection::vec(record, 0..40), 0..4usize, thresholds(), any::<bool>())
            .prop_map(|(weights, mut records, measure, threshold, twice)| {
                if twice {
                    let copies: Vec<Vec<u32>> = records.iter().step_by(2).cloned().collect();
                    records.extend(copies);
                }
                Case { weights, records, measure: Measure::ALL[measure], threshold }
            })
    })
}

/// Records that differ in a few tokens from one of a few others, as titles do.
fn variants() -> impl Strategy<Value = Case> {
    let base = prop::collection::vec(prop::collection::vec(0u32..200, 10..30), 1..5);
    let edits =
        prop::collection::vec((0..5usize, prop::collection::vec((0..30usize, 0u32..200), 0..8)), 1..60);
    (weights(200), base, edits, 0..4usize, thresholds()).prop_map(
        |(weights, base, edits, measure, threshold)| {
            let records = edits
                .into_iter()
                .map(|(which, changes)| {
                    let mut record = base[which % base.len()].clone();
                    for (at, token) in changes {
                        let length = record.len();
                        record[at % length] = token;
                    }
                    record
                })
                .collect();
            Case { weights, records, measure: Measure::ALL[measure], threshold }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn equals_brute_force_on_small_alphabets(case in cases()) {
        case.check();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn equals_brute_force_on_variants(case in variants()) {
        case.check();
    }
}

fn every_criterion(weights: &[u32], records: &[Vec<u32>]) {
    for measure in Measure::ALL {
        for (numerator, denominator) in [(1, 20), (1, 2), (2, 3), (4, 5), (1, 1)] {
            let threshold = Threshold::new(numerator, denominator).expect("usable");
            Case { weights: weights.to_vec(), records: records.to_vec(), measure, threshold }.check();
        }
    }
}

#[test]
fn all_records_are_equal() {
    every_criterion(&[1; 9], &vec![vec![8, 1, 3]; 60]);
    every_criterion(&[5, 0, 3], &vec![vec![0, 1]; 30]);
}

#[test]
fn one_token_is_in_all_records() {
    let records: Vec<Vec<u32>> = (1..80).map(|own| vec![0, own]).collect();
    every_criterion(&[1; 80], &records);
    let mut heavy = vec![1; 80];
    heavy[0] = 1000;
    every_criterion(&heavy, &records);
}

#[test]
fn records_form_a_chain() {
    let records: Vec<Vec<u32>> = (0..70).map(|start| (start..start + 10).collect()).collect();
    every_criterion(&[1; 80], &records);
    let rising: Vec<u32> = (1..=80).collect();
    every_criterion(&rising, &records);
}

#[test]
fn records_nest() {
    let records: Vec<Vec<u32>> = (0..60).map(|length| (0..length).collect()).collect();
    every_criterion(&[1; 60], &records);
}

#[test]
fn nothing_joins_nothing() {
    every_criterion(&[], &[]);
    every_criterion(&[], &vec![Vec::new(); 5]);
    every_criterion(&[0, 0], &[vec![0, 1], vec![0], vec![]]);
}

/// More sets than one tile and one stretch hold, against an index that knows neither.
#[test]
fn tiles_and_stretches_fit_together() {
    let mut state = 1u64;
    let mut next = |below: u32| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) as u32) % below
    };
    let records: Vec<Vec<u32>> = (0..80_000)
        .map(|_| (0..4 + next(9)).map(|_| next(400) * next(3).min(1) + next(100)).collect())
        .collect();
    let weights: Vec<u32> = (0..500).map(|_| 1 + next(4)).collect();
    let (measure, threshold) = (Measure::Cosine, Threshold::new(4, 5).expect("usable"));
    let mut corpus = Corpus::new(weights.clone());
    let mut index = Index::new(&weights, measure, threshold);
    let mut expected = Vec::new();
    for record in &records {
        let b = corpus.push(record);
        expected.extend(index.insert(record).iter().map(|partner| Pair {
            a: partner.record,
            b,
            overlap: partner.overlap,
        }));
    }
    expected.sort_unstable();
    let joined = self_join(&corpus, measure, threshold);
    assert!(joined.pairs() == expected, "{} pairs, expected {}", joined.len(), expected.len());
}
