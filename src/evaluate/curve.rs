//! Precision and recall over merge thresholds.

use serde::Serialize;

use super::clusters::{Clusters, Rates};
use super::partition::partition_rates;
use super::truth::Truth;
use crate::model::bits::probability;
use crate::model::evidence::MilliBits;

/// A pair with its match weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged<'a> {
    /// First item.
    pub a: &'a str,
    /// Second item.
    pub b: &'a str,
    /// Prior plus weights.
    pub total: MilliBits,
    /// Whether a protection keeps the two apart, whatever the weight.
    pub protected: bool,
}

/// What a merge threshold would give.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CurvePoint {
    /// The threshold in thousandths of a bit.
    pub threshold: MilliBits,
    /// The match probability there, in ten-thousandths.
    pub probability: u16,
    /// Pairs of the match model alone, before clustering: those that reach the threshold and are not protected.
    pub pairs: Rates,
    /// Pairs within the groups that clustering makes of them.
    pub plan: Rates,
    /// B-cubed rates of these groups.
    pub b_cubed: Rates,
}

/// The point of the curve at `threshold`. `pairs` holds every pair that reaches it, each once, and may
/// hold more; `groups` is the partition that the clusterer makes of these.
///
/// Complexity: O(pairs + pairs within groups + items log items).
#[must_use]
pub fn point(threshold: MilliBits, pairs: &[Judged<'_>], groups: &[Vec<&str>], truth: &Truth) -> CurvePoint {
    let wanted = Clusters::of_truth(groups.iter().flatten().copied(), truth);
    let (mut found, mut right) = (0, 0);
    for pair in pairs.iter().filter(|pair| pair.total >= threshold && !pair.protected) {
        found += 1;
        right += u32::from(wanted.together(pair.a, pair.b));
    }
    let all = wanted.pairs().count() as u32;
    let clustered = partition_rates("", groups, truth);
    CurvePoint {
        threshold,
        probability: probability(threshold),
        pairs: Rates::new(right, found, right, all),
        plan: clustered.pairwise,
        b_cubed: clustered.b_cubed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_counts_from_its_own_weight_on() {
        let truth = Truth::from_json(
            r#"{"groups":[{"id":"g","core":"a","members":[{"id":"b","relation":"duplicate"}]}]}"#,
        )
        .expect("a truth");
        let judged = |a, b, total, protected| Judged { a, b, total, protected };
        let pairs =
            [judged("a", "b", 2000, false), judged("a", "c", 1000, false), judged("b", "c", 3000, true)];
        let at = |threshold| point(threshold, &pairs, &[vec!["a", "b"], vec!["c"]], &truth);
        assert_eq!((at(1000).pairs.found, at(1000).pairs.wanted), (2, 1));
        assert!((at(1001).pairs.f1 - 1.0).abs() < 1e-12);
        assert_eq!(at(2001).pairs.found, 0);
        assert!(at(2001).pairs.recall.abs() < 1e-12);
        assert!((at(2001).plan.recall - 1.0).abs() < 1e-12);
        assert_eq!(at(0).probability, 5000);
    }
}
