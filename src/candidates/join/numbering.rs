//! Tokens in the order in which the join looks at them: the rarest first.

use super::corpus::Corpus;

/// Tokens renumbered by ascending document frequency, with their weights and signature bits.
#[derive(Clone, Debug)]
pub(super) struct Numbering {
    /// New number of every old one.
    rank: Vec<u32>,
    /// Weight by new number.
    pub(super) weights: Vec<u32>,
    /// Bit of the signature by new number.
    bits: Vec<u8>,
    /// Tokens below occur in one record alone: they weigh, but nothing can share them.
    pub(super) shared_from: u32,
    /// The weight of all tokens, if they weigh the same.
    pub(super) uniform: Option<u64>,
}

impl Numbering {
    /// Counts the tokens of all corpora together. Complexity: O(tokens + v log v) for `v` kinds of token.
    pub(super) fn new(corpora: &[&Corpus]) -> Self {
        let weights = corpora.first().map_or(&[][..], |corpus| corpus.weights());
        Self::by_frequency(weights, &frequencies(corpora))
    }

    /// For records that are not there yet: no token is known to stand alone.
    pub(super) fn growing(weights: &[u32], frequency: &[u32]) -> Self {
        Self { shared_from: 0, ..Self::by_frequency(weights, frequency) }
    }

    /// Tokens by ascending `(frequency, token)`.
    fn by_frequency(weights: &[u32], frequency: &[u32]) -> Self {
        let mut order: Vec<u32> = (0..weights.len() as u32).collect();
        order.sort_unstable_by_key(|&token| (frequency[token as usize], token));
        let shared_from = order.partition_point(|&token| frequency[token as usize] < 2) as u32;
        let mut rank = vec![0; order.len()];
        for (number, &token) in order.iter().enumerate() {
            rank[token as usize] = number as u32;
        }
        let bits = signature_bits(order.iter().map(|&token| frequency[token as usize]));
        let weights: Vec<u32> = order.iter().map(|&token| weights[token as usize]).collect();
        let uniform = weights.first().copied().filter(|first| weights.iter().all(|weight| weight == first));
        Self { rank, weights, bits, shared_from, uniform: uniform.map(u64::from) }
    }

    /// Appends the new numbers of the tokens that weigh something, sorted; gives their weight.
    pub(super) fn renumber(&self, tokens: &[u32], into: &mut Vec<u32>) -> u64 {
        let start = into.len();
        let mut weight = 0;
        for &token in tokens {
            let number = self.rank[token as usize];
            let own = self.weights[number as usize];
            if own > 0 {
                into.push(number);
                weight += u64::from(own);
            }
        }
        into[start..].sort_unstable();
        weight
    }

    /// The weight of a renumbered token.
    pub(super) fn weight(&self, token: u32) -> u64 {
        u64::from(self.weights[token as usize])
    }

    /// The signature bit of a renumbered token.
    pub(super) fn bit(&self, token: u32) -> u64 {
        1 << self.bits[token as usize]
    }

    /// For every position of a renumbered set the signature of the tokens from there on.
    pub(super) fn suffix_signatures(&self, tokens: &[u32], into: &mut Vec<u64>) {
        into.clear();
        into.resize(tokens.len(), 0);
        let mut signature = 0;
        for (slot, &token) in into.iter_mut().zip(tokens).rev() {
            signature |= self.bit(token);
            *slot = signature;
        }
    }
}

/// In how many records every token stands.
pub(super) fn frequencies(corpora: &[&Corpus]) -> Vec<u32> {
    let mut frequency = vec![0; corpora.first().map_or(0, |corpus| corpus.weights().len())];
    for corpus in corpora {
        for &token in corpus.tokens() {
            frequency[token as usize] += 1;
        }
    }
    frequency
}

/// Spreads tokens over 64 bits so that every bit is set equally often: a token that most records hold
/// gets a bit of its own, where it cannot hide rarer ones. `frequency` ascends.
fn signature_bits(frequency: impl DoubleEndedIterator<Item = u32> + ExactSizeIterator) -> Vec<u8> {
    let mut bits = vec![0; frequency.len()];
    let mut load = [0u64; 64];
    for (slot, count) in bits.iter_mut().zip(frequency).rev() {
        let lightest = (0..64).min_by_key(|&bit| load[bit]).unwrap_or(0);
        load[lightest] += u64::from(count.max(1));
        *slot = lightest as u8;
    }
    bits
}
