//! The pairs a reviewer should see.

use std::cmp::Reverse;

use rustc_hash::FxHashSet;

use super::Consolidator;
use super::decide::{Judged, Pair};
use super::prepare::Prepared;
use crate::decisions::fingerprint;
use crate::model::ids::ItemIdx;
use crate::model::plan::ReviewPair;
use crate::model::relation::Relation;
use crate::parallel;

/// Pairs that one thread looks at at a time.
const STRETCH: usize = 1 << 16;

/// Pairs close enough to call that a reviewer's answer may well change the plan, those most likely to
/// change it first; at most the policy's share of the items.
///
/// A pair that ended apart asks whether two plan items are one: its answer changes the plan with the
/// match probability. A member that stands merged asks whether it belongs with its core: its answer
/// changes the plan with the probability left. Pairs below the review line, and merges far above the
/// threshold, are not asked for. One question is asked for each two plan items and for each member.
pub(super) fn close_pairs(consolidator: &Consolidator, judged: &Judged, group_of: &[u32]) -> Vec<Pair> {
    let threshold = judged.comparer.threshold();
    let line = judged.comparer.review_threshold();
    // Above the threshold half as far as the line lies below it.
    let sure = threshold + (threshold - line).max(0) / 2;
    let groups = &judged.partition.groups;
    let number = |item: ItemIdx| group_of[item.as_usize()];
    let together = |pair: &Pair| number(pair.a) == number(pair.b);
    let decided = |pair: &Pair| {
        let (a, b) = (pair.a.as_u32(), pair.b.as_u32());
        judged.rulings.together(a, b) || judged.rulings.cannot.binary_search(&(a, b)).is_ok()
    };
    let size = |item: ItemIdx| groups[number(item) as usize].members.len() + 1;
    let close = |pair: &&Pair| {
        let core = groups[number(pair.a) as usize].core;
        let kept = |item: ItemIdx| judged.rulings.kept[item.as_usize()];
        pair.score.protection.is_none()
            && pair.score.total >= line
            && !decided(pair)
            && !kept(pair.a)
            && !kept(pair.b)
            && (!together(pair)
                || pair.score.total < sure && (core == pair.a.as_u32() || core == pair.b.as_u32()))
    };
    let ranked = |pair: &Pair| {
        let sizes = [size(pair.a), size(pair.b)];
        (usefulness(pair.score.probability(), together(pair), sizes, (pair.a, pair.b)), pair.score)
    };
    let stretches: Vec<&[Pair]> = judged.pairs.chunks(STRETCH).collect();
    let ranked = |stretch: &&[Pair]| stretch.iter().filter(close).map(ranked).collect::<Vec<_>>();
    let mut close = parallel::map(&stretches, ranked).concat();
    parallel::sort_by_key(&mut close, |&(usefulness, _)| usefulness);
    let most = (group_of.len() as f64 * consolidator.policy.review_share) as usize;
    let mut asked = FxHashSet::default();
    close
        .into_iter()
        .map(|((.., (a, b)), score)| Pair { a, b, score })
        .filter(|pair| {
            let (one, other) = (number(pair.a), number(pair.b));
            one == other || asked.insert((one.min(other), one.max(other)))
        })
        .take(most)
        .collect()
}

/// The question about a pair, with its evidence.
pub(super) fn review_pair(
    prepared: &Prepared<'_>,
    judged: &Judged,
    pair: &Pair,
    group_of: &[u32],
) -> ReviewPair {
    ReviewPair {
        evidence: judged.comparer.explain(pair.a, pair.b),
        if_merged: pair.score.leaning,
        merged: group_of[pair.a.as_usize()] == group_of[pair.b.as_usize()],
        protection: pair.score.protection,
        a_fingerprint: fingerprint(&prepared.batch.items[pair.a.as_usize()]),
        b_fingerprint: fingerprint(&prepared.batch.items[pair.b.as_usize()]),
    }
}

/// Sorts the questions most likely to change the plan first, those that would move more items before others.
pub(super) fn usefulness<P: Ord>(
    probability: u16,
    merged: bool,
    sizes: [usize; 2],
    pair: P,
) -> (Reverse<u16>, Reverse<usize>, P) {
    let (change, moved) =
        if merged { (10_000 - probability, 1) } else { (probability, sizes[0].min(sizes[1])) };
    (Reverse(change), Reverse(moved), pair)
}

/// Pairs that would merge but for a protection, the strongest first.
pub(super) fn barred_pairs(judged: &Judged) -> Vec<Pair> {
    let mut barred: Vec<Pair> =
        judged.pairs.iter().copied().filter(|pair| pair.score.relation == Relation::Barred).collect();
    barred.sort_by_key(|pair| (-pair.score.total, pair.a, pair.b));
    barred
}
