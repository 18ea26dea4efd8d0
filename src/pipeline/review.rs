//! The pairs a reviewer should see.

use super::Consolidator;
use super::decide::{Judged, Pair};
use crate::model::evidence::Evidence;
use crate::model::plan::ReviewPair;
use crate::model::relation::Relation;

/// Pairs between the review line and the merge threshold that ended apart, and merged pairs near the
/// threshold; those nearest to it first, at most the policy's share of the items.
pub(super) fn review_pairs(
    consolidator: &Consolidator,
    judged: &Judged,
    group_of: &[u32],
) -> Vec<ReviewPair> {
    let threshold = judged.comparer.threshold();
    let band = (threshold - judged.comparer.review_threshold()).max(0);
    let together = |pair: &Pair| group_of[pair.a.as_usize()] == group_of[pair.b.as_usize()];
    let mut close: Vec<&Pair> = judged
        .pairs
        .iter()
        .filter(|pair| pair.score.protection.is_none())
        .filter(|pair| {
            let distance = pair.score.total - threshold;
            // Far below half the band, a merged pair is as doubtful as a missed one is promising.
            if together(pair) { (0..band / 2).contains(&distance) } else { distance >= -band }
        })
        .collect();
    close.sort_by_key(|pair| ((pair.score.total - threshold).abs(), pair.a, pair.b));
    // One question an item is enough: the nearest pair of each two groups speaks for the others.
    let mut asked = std::collections::BTreeSet::new();
    close.retain(|pair| {
        let (one, other) = (group_of[pair.a.as_usize()], group_of[pair.b.as_usize()]);
        if one == other {
            return true;
        }
        asked.insert((one.min(other), one.max(other)))
    });
    close.truncate((group_of.len() as f64 * consolidator.policy.review_share) as usize);
    close
        .into_iter()
        .map(|pair| ReviewPair {
            evidence: judged.comparer.explain(pair.a, pair.b),
            if_merged: pair.score.leaning,
            merged: together(pair),
            protection: pair.score.protection,
        })
        .collect()
}

/// The evidence on pairs that would merge but for a protection, the strongest first.
pub(super) fn barred_pairs(judged: &Judged) -> Vec<Evidence> {
    let mut barred: Vec<&Pair> =
        judged.pairs.iter().filter(|pair| pair.score.relation == Relation::Barred).collect();
    barred.sort_by_key(|pair| (-pair.score.total, pair.a, pair.b));
    barred.into_iter().map(|pair| judged.comparer.explain(pair.a, pair.b)).collect()
}
