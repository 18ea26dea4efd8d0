//! Joins of whole corpora.

use super::corpus::Corpus;
use super::joined::{Joined, Pair};
use super::measure::{Criterion, Measure, Threshold};
use super::numbering::Numbering;
use super::ordered::Ordered;
use super::posting::{Context, Scale, Tile};
use super::probe::Probe;
use crate::parallel;

/// Sets probed by one job.
const STRETCH: u32 = 8192;

/// All pairs of records of one corpus that are similar.
///
/// Complexity: O(n log n + postings read + pairs) for `n` records; the postings read are, for every
/// set, the lists of its prefix. Memory: twice the corpus, 16 bytes for each prefix token of the
/// tiles in work, 16 bytes for each pair of different sets.
///
/// ```
/// use tongchou::candidates::join::{Corpus, Measure, Threshold, self_join};
///
/// let mut corpus = Corpus::unweighted(10);
/// for tokens in [&[1, 2, 3, 4][..], &[2, 3, 4, 5], &[7, 8], &[8, 7]] {
///     corpus.push(tokens);
/// }
/// let joined = self_join(&corpus, Measure::Jaccard, Threshold::new(3, 5)?);
/// let pairs: Vec<(u32, u32)> = joined.pairs().iter().map(|pair| (pair.a, pair.b)).collect();
/// assert_eq!(pairs, [(0, 1), (2, 3)]);
/// # Ok::<(), tongchou::Error>(())
/// ```
#[must_use]
pub fn self_join(corpus: &Corpus, measure: Measure, threshold: Threshold) -> Joined {
    let numbering = Numbering::new(&[corpus]);
    let ordered = Ordered::new(corpus, &numbering);
    let similar = run(&ordered, &ordered, true, Criterion::new(measure, threshold), numbering);
    Joined { left: ordered.classes, right: None, similar, weights: ordered.weights }
}

/// All pairs of a record of `left` and one of `right` that are similar.
///
/// Complexity: as [`self_join`]; neither corpus is joined with itself.
///
/// # Panics
/// If the corpora weigh tokens differently.
#[must_use]
pub fn join(left: &Corpus, right: &Corpus, measure: Measure, threshold: Threshold) -> Joined {
    assert!(left.weights() == right.weights(), "the corpora weigh tokens differently");
    let numbering = Numbering::new(&[left, right]);
    let indexed = Ordered::new(left, &numbering);
    let probing = Ordered::new(right, &numbering);
    let similar = run(&indexed, &probing, false, Criterion::new(measure, threshold), numbering);
    Joined { left: indexed.classes, right: Some(probing.classes), similar, weights: Vec::new() }
}

/// Similar sets of `indexed` (`a`) and `probing` (`b`). `same`: both are one, and `a < b`.
fn run(
    indexed: &Ordered,
    probing: &Ordered,
    same: bool,
    criterion: Criterion,
    numbering: Numbering,
) -> Vec<Pair> {
    let heaviest = |ordered: &Ordered| ordered.weights.last().copied().unwrap_or(0);
    let scale = Scale::for_weights_up_to(heaviest(indexed).max(heaviest(probing)));
    let context = Context { criterion, numbering, scale };
    let ranges = Tile::ranges(indexed.len());
    let found = parallel::in_order(ranges.len(), |tile| {
        let tile = Tile::new(indexed, ranges[tile], same, &context);
        let (lightest, heaviest) = (tile.lightest, indexed.weights[tile.end as usize - 1]);
        let from =
            probing.weights.partition_point(|&weight| criterion.required(weight, lightest) > weight) as u32;
        let from = if same { tile.first } else { from };
        let to = probing
            .weights
            .partition_point(|&weight| weight <= heaviest || criterion.required(weight, heaviest) <= heaviest)
            as u32;
        let stretches = to.saturating_sub(from).div_ceil(STRETCH);
        parallel::in_order(stretches as usize, |stretch| {
            let begin = from + stretch as u32 * STRETCH;
            let sets = begin..to.min(begin + STRETCH);
            let mut probe = Probe::new(&context.numbering, (tile.end - tile.first) as usize);
            let mut pairs = Vec::new();
            for set in sets {
                partners(&context, &tile, (indexed, probing), set, same, &mut probe, &mut pairs);
            }
            pairs
        })
    });
    let mut pairs = Vec::with_capacity(found.iter().flatten().map(Vec::len).sum());
    for part in found.into_iter().flatten() {
        pairs.extend(part);
    }
    pairs
}

/// Appends the sets of a tile that are similar to one set.
fn partners(
    context: &Context,
    tile: &Tile,
    (indexed, probing): (&Ordered, &Ordered),
    set: u32,
    same: bool,
    probe: &mut Probe,
    pairs: &mut Vec<Pair>,
) {
    let (tokens, weight) = (probing.set(set), probing.weights[set as usize]);
    probe.gather(context, (tokens, weight), tile.lightest, |token| tile.list(token));
    if probe.found.is_empty() {
        return;
    }
    probe.mark(tokens, &context.numbering);
    let limit = if same { set } else { u32::MAX };
    for &found in &probe.found {
        let other = tile.first + found;
        if other < limit {
            let overlap = probe.overlap(indexed.set(other));
            if context.criterion.holds(overlap, weight, indexed.weights[other as usize]) {
                pairs.push(Pair { a: other, b: set, overlap });
            }
        }
    }
    probe.unmark(tokens);
}
