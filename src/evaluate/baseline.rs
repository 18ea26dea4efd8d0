//! What plain text similarity reaches: a threshold chosen with the truth in hand, then connected components.

use std::collections::BTreeMap;

use serde::Serialize;

use super::clusters::{Clusters, Rates};
use super::partition::partition_rates;
use super::truth::Truth;

/// Two items with their similarity, 0–1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Similar {
    /// Position of the first item.
    pub a: u32,
    /// Position of the second item.
    pub b: u32,
    /// Their similarity.
    pub similarity: f64,
}

/// A similarity at its best threshold.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Baseline {
    /// Which similarity.
    pub name: String,
    /// The threshold with the highest pairwise F1; the highest such. 1 if merging nothing is best.
    pub threshold: f64,
    /// Pairwise rates there.
    pub pairwise: Rates,
    /// B-cubed rates there.
    pub b_cubed: Rates,
}

/// The threshold of `pairs` whose connected components have the highest pairwise F1.
///
/// No threshold can do better: every similarity that occurs is tried. A real deployment would not know
/// this threshold, so the baseline is an upper bound of what it would reach.
///
/// Complexity: O(pairs log pairs + items² ) time.
#[must_use]
pub fn best_threshold(name: &str, ids: &[&str], mut pairs: Vec<Similar>, truth: &Truth) -> Baseline {
    pairs.sort_by(|one, other| {
        other.similarity.total_cmp(&one.similarity).then((one.a, one.b).cmp(&(other.a, other.b)))
    });
    let wanted = Clusters::of_truth(ids.iter().copied(), truth);
    let all = wanted.pairs().count() as u32;
    let mut forest = Forest::new(ids, &wanted);
    let (mut best, mut threshold, mut until) = (Rates::new(0, 0, 0, all), 1.0, 0);
    let mut at = 0;
    while at < pairs.len() {
        let level = pairs[at].similarity;
        let before = forest.found;
        while at < pairs.len() && pairs[at].similarity.total_cmp(&level).is_eq() {
            forest.unite(pairs[at].a as usize, pairs[at].b as usize);
            at += 1;
        }
        if forest.found == before {
            continue;
        }
        let rates = Rates::new(forest.right, forest.found, forest.right, all);
        if rates.f1 > best.f1 {
            (best, threshold, until) = (rates, level, at);
        }
    }
    let mut forest = Forest::new(ids, &wanted);
    for pair in &pairs[..until] {
        forest.unite(pair.a as usize, pair.b as usize);
    }
    let groups: Vec<Vec<&str>> =
        forest.members.iter().map(|members| members.iter().map(|&item| ids[item]).collect()).collect();
    let groups: Vec<Vec<&str>> = groups.into_iter().filter(|group: &Vec<&str>| !group.is_empty()).collect();
    let rates = partition_rates(name, &groups, truth);
    Baseline { name: name.to_owned(), threshold, pairwise: rates.pairwise, b_cubed: rates.b_cubed }
}

/// Jaro-Winkler similarity (strsim) of all pairs of names. Complexity: O(names² · length²).
#[must_use]
pub fn jaro_winkler(names: &[String]) -> Vec<Similar> {
    let mut pairs = Vec::with_capacity(names.len() * names.len().saturating_sub(1) / 2);
    for (a, one) in names.iter().enumerate() {
        for (b, other) in names.iter().enumerate().skip(a + 1) {
            pairs.push(Similar { a: a as u32, b: b as u32, similarity: strsim::jaro_winkler(one, other) });
        }
    }
    pairs
}

/// Components that know how many of their pairs are right.
struct Forest {
    root: Vec<usize>,
    members: Vec<Vec<usize>>,
    /// Items of each truth group in each component.
    groups: Vec<BTreeMap<usize, u32>>,
    found: u32,
    right: u32,
}

impl Forest {
    fn new(ids: &[&str], wanted: &Clusters<'_>) -> Self {
        let of = |id: &str| BTreeMap::from([(wanted.number(id).unwrap_or(usize::MAX), 1)]);
        Self {
            root: (0..ids.len()).collect(),
            members: (0..ids.len()).map(|item| vec![item]).collect(),
            groups: ids.iter().map(|id| of(id)).collect(),
            found: 0,
            right: 0,
        }
    }

    fn unite(&mut self, a: usize, b: usize) {
        let (mut into, mut from) = (self.root[a], self.root[b]);
        if into == from {
            return;
        }
        if self.members[into].len() < self.members[from].len() {
            std::mem::swap(&mut into, &mut from);
        }
        let moved = std::mem::take(&mut self.members[from]);
        self.found += (moved.len() * self.members[into].len()) as u32;
        for &item in &moved {
            self.root[item] = into;
        }
        self.members[into].extend(moved);
        for (group, count) in std::mem::take(&mut self.groups[from]) {
            let own = self.groups[into].entry(group).or_default();
            self.right += *own * count;
            *own += count;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_threshold_is_found() {
        let truth = Truth::from_json(
            r#"{"groups":[{"id":"g","core":"a","members":[{"id":"b","relation":"duplicate"},{"id":"c","relation":"duplicate"}]}]}"#,
        )
        .expect("a truth");
        let similar = |a, b, similarity| Similar { a, b, similarity };
        let pairs = vec![similar(0, 1, 0.9), similar(1, 2, 0.7), similar(2, 3, 0.6), similar(0, 3, 0.95)];
        // 0.7 makes one group of all four: 3 of 6 pairs right, all 3 found.
        let best = best_threshold("x", &["a", "b", "c", "d"], pairs, &truth);
        assert_eq!((best.pairwise.found, best.pairwise.wanted), (6, 3));
        assert!((best.threshold - 0.7).abs() < 1e-12);
        assert!((best.pairwise.precision - 0.5).abs() < 1e-12);
        let nothing = best_threshold("x", &["a", "d"], vec![similar(0, 1, 0.5)], &truth);
        assert_eq!(nothing.pairwise.found, 0);
        assert!((nothing.threshold - 1.0).abs() < 1e-12);
    }
}
