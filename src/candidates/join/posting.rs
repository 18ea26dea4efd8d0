//! Entries of the inverted index, and how many of them a job keeps close.

use super::measure::Criterion;
use super::numbering::Numbering;
use super::ordered::Ordered;

/// One set in the list of one of its prefix tokens.
///
/// Everything the filters need stands in the entry, so that a list is read from front to back and
/// nothing else is touched for the sets that fall: 16 bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Posting {
    /// Bits of the set's tokens from this one on.
    pub(super) signature: u64,
    /// The set, counted from the first of its tile.
    pub(super) set: u32,
    /// The heaviest partner for which this token can be the first common one, scaled.
    pub(super) reach: u32,
}

/// Fits weights into 32 bits: `weight >> shift`, so that comparisons only ever err towards keeping.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale(u32);

impl Scale {
    pub(super) const fn for_weights_up_to(heaviest: u64) -> Self {
        Self(33u32.saturating_sub(heaviest.leading_zeros()))
    }

    pub(super) fn of(self, weight: u64) -> u32 {
        u32::try_from(weight >> self.0).unwrap_or(u32::MAX)
    }
}

/// What a join is about: the same for all its sets.
#[derive(Clone, Debug)]
pub(super) struct Context {
    pub(super) criterion: Criterion,
    pub(super) numbering: Numbering,
    pub(super) scale: Scale,
}

impl Context {
    /// Calls `entry` with the prefix tokens of a set and their postings, for partners that weigh at
    /// least `lightest_partner`. `signatures` is scratch space.
    pub(super) fn index(
        &self,
        set: &[u32],
        (number, weight, lightest_partner): (u32, u64, u64),
        signatures: &mut Vec<u64>,
        mut entry: impl FnMut(u32, Posting),
    ) {
        let least = self.criterion.required(lightest_partner, weight);
        self.numbering.suffix_signatures(set, signatures);
        let mut suffix = weight;
        for (&token, &signature) in set.iter().zip(signatures.iter()) {
            if suffix < least {
                break;
            }
            if token >= self.numbering.shared_from {
                let reach = self.scale.of(self.criterion.heaviest(weight, suffix));
                entry(token, Posting { signature, set: number, reach });
            }
            suffix -= self.numbering.weight(token);
        }
    }
}

/// The inverted index of a run of sets of similar weight.
#[derive(Debug)]
pub(super) struct Tile {
    /// Number of the first set.
    pub(super) first: u32,
    /// Number after the last set.
    pub(super) end: u32,
    /// Weight of the first set.
    pub(super) lightest: u64,
    offsets: Vec<u32>,
    postings: Vec<Posting>,
}

/// Sets of a tile: few enough that its lists stay in the cache, and at most a 32nd of all sets, so
/// that visiting every tile costs less than what is found there.
const TILE: usize = 32_768;
const TILES: usize = 32;

impl Tile {
    /// Where the tiles of a corpus begin and end.
    pub(super) fn ranges(sets: usize) -> Vec<(u32, u32)> {
        let size = TILE.max(sets.div_ceil(TILES));
        (0..sets.div_ceil(size))
            .map(|tile| ((tile * size) as u32, ((tile + 1) * size).min(sets) as u32))
            .collect()
    }

    /// Indexes the sets of `range`. `only_heavier`: no partner is lighter than the set itself.
    pub(super) fn new(ordered: &Ordered, range: (u32, u32), only_heavier: bool, context: &Context) -> Self {
        let mut signatures = Vec::new();
        let mut entries: Vec<(u32, Posting)> = Vec::new();
        let mut offsets = vec![0u32; context.numbering.weights.len() + 1];
        for set in range.0..range.1 {
            let weight = ordered.weights[set as usize];
            let partner = if only_heavier { weight } else { context.criterion.lightest(weight) };
            context.index(
                ordered.set(set),
                (set - range.0, weight, partner),
                &mut signatures,
                |token, posting| {
                    offsets[token as usize + 1] += 1;
                    entries.push((token, posting));
                },
            );
        }
        for token in 1..offsets.len() {
            offsets[token] += offsets[token - 1];
        }
        let mut next = offsets.clone();
        let mut postings = vec![Posting::default(); entries.len()];
        for (token, posting) in entries {
            let slot = &mut next[token as usize];
            postings[*slot as usize] = posting;
            *slot += 1;
        }
        let lightest = ordered.weights[range.0 as usize];
        Self { first: range.0, end: range.1, lightest, offsets, postings }
    }

    /// The sets that have the token in their prefix, lightest first.
    pub(super) fn list(&self, token: u32) -> &[Posting] {
        let token = token as usize;
        &self.postings[self.offsets[token] as usize..self.offsets[token + 1] as usize]
    }
}
