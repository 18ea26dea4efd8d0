//! Texts as weighted sets of tokens.

use rustc_hash::FxHashMap;

use super::fixed::{log2_ratio, step};

/// A token before interning: a character pair, a concept or a venue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Token {
    /// Two neighbouring characters; the second is `\0` for a character that stands alone.
    Pair(char, char),
    /// A concept of the lexicon.
    Concept(u32),
    /// A venue of the lexicon.
    Venue(u32),
    /// The end of a stretch of text; stands in sequences only, never in sets.
    Break,
}

/// Gives tokens numbers and counts the documents they occur in.
#[derive(Clone, Debug, Default)]
pub(super) struct Vocabulary {
    numbers: FxHashMap<Token, u32>,
    tokens: Vec<Token>,
    documents: Vec<u32>,
}

impl Vocabulary {
    fn number(&mut self, token: Token) -> u32 {
        *self.numbers.entry(token).or_insert_with(|| {
            self.tokens.push(token);
            self.documents.push(0);
            (self.tokens.len() - 1) as u32
        })
    }

    /// The set of `tokens` as sorted numbers, without breaks.
    pub(super) fn set(&mut self, tokens: &[Token]) -> Box<[u32]> {
        let tokens = tokens.iter().filter(|token| **token != Token::Break);
        let mut set: Vec<u32> = tokens.map(|&token| self.number(token)).collect();
        set.sort_unstable();
        set.dedup();
        set.into_boxed_slice()
    }

    /// The numbers of `tokens` in their order, [`NO_TOKEN`] for breaks.
    pub(super) fn sequence(&mut self, tokens: &[Token]) -> Box<[u32]> {
        tokens
            .iter()
            .map(|&token| if token == Token::Break { NO_TOKEN } else { self.number(token) })
            .collect()
    }

    /// Number of tokens.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The token with that number.
    pub(super) fn token(&self, number: u32) -> Token {
        self.tokens[number as usize]
    }

    /// Counts one more document with the tokens of the set.
    pub(super) fn count(&mut self, set: &[u32]) {
        for &token in set {
            self.documents[token as usize] += 1;
        }
    }

    /// Counts one more document with the tokens of either set.
    pub(super) fn count_union(&mut self, a: &[u32], b: &[u32]) {
        self.count(b);
        let mut other = b.iter().peekable();
        for &token in a {
            while other.next_if(|&&next| next < token).is_some() {}
            if other.peek() != Some(&&token) {
                self.documents[token as usize] += 1;
            }
        }
    }

    /// Every token with the number of documents it occurs in, in order of first sight.
    pub(super) fn counts(&self) -> impl Iterator<Item = (Token, u32)> {
        self.tokens.iter().copied().zip(self.documents.iter().copied())
    }

    /// Replaces the number of documents of every token.
    pub(super) fn recount(&mut self, count: impl Fn(Token) -> u32) {
        for (documents, &token) in self.documents.iter_mut().zip(&self.tokens) {
            *documents = count(token);
        }
    }

    /// The [`weight`] of every token in a pool of that many documents.
    pub(super) fn weights(&self, documents: u32) -> Vec<u32> {
        self.counts().map(|(token, count)| weight(token, count, documents)).collect()
    }
}

/// Weight of a token that `n` of `N` documents have, both in [steps](step): `log2((N + 2) / (n + 1))` bits in
/// thousandths, between 0.5 and 7 bits, doubled for concepts and half as much again for venues, which stand for several
/// characters.
pub(super) fn weight(token: Token, count: u32, documents: u32) -> u32 {
    let [count, documents] = [count, documents].map(|count| u64::from(step(count)));
    let rarity = log2_ratio(documents + 2, count + 1).clamp(500, 7000) as u32;
    match token {
        Token::Pair(..) | Token::Break => rarity,
        Token::Concept(_) => rarity * 2,
        Token::Venue(_) => rarity * 3 / 2,
    }
}

/// A set of tokens with the sum of their weights.
#[derive(Clone, Debug, Default)]
pub(super) struct WeightedSet {
    pub(super) tokens: Box<[u32]>,
    pub(super) weight: u32,
}

impl WeightedSet {
    pub(super) fn new(tokens: Box<[u32]>, weights: &[u32]) -> Self {
        let mut set = Self { tokens, weight: 0 };
        set.weigh(weights);
        set
    }

    /// Adds up the weights of the tokens, which have changed.
    pub(super) fn weigh(&mut self, weights: &[u32]) {
        self.weight = self.tokens.iter().map(|&token| weights[token as usize]).sum();
    }

    /// Sum of the weights of common tokens. Complexity: O(|a| + |b|).
    pub(super) fn common(&self, other: &Self, weights: &[u32]) -> u32 {
        let (mut left, mut right, mut sum) = (0, 0, 0u32);
        while left < self.tokens.len() && right < other.tokens.len() {
            let (mine, theirs) = (self.tokens[left], other.tokens[right]);
            if mine == theirs {
                sum += weights[mine as usize];
            }
            left += usize::from(mine <= theirs);
            right += usize::from(theirs <= mine);
        }
        sum
    }

    /// Weighted Dice in thousandths: `2 · w(a ∩ b) / (w(a) + w(b))`; 0 for two empty sets.
    pub(super) fn dice(&self, other: &Self, weights: &[u32]) -> u32 {
        self.dice_of(other, self.common(other, weights))
    }

    /// [`dice`](Self::dice) of two sets whose common tokens weigh `common`.
    pub(super) fn dice_of(&self, other: &Self, common: u32) -> u32 {
        share(2 * u64::from(common), u64::from(self.weight) + u64::from(other.weight))
    }

    /// Share of `self` that stands in `other`, in thousandths: `w(a ∩ b) / w(a)`.
    pub(super) fn contained_in(&self, other: &Self, weights: &[u32]) -> u32 {
        share(u64::from(self.common(other, weights)), u64::from(self.weight))
    }
}

/// The tokens of a text in their order.
#[derive(Clone, Debug, Default)]
pub(super) struct Sequence {
    tokens: Box<[u32]>,
    /// For some shares, the least weight of common tokens with which [`coverage`] may reach them.
    least: Box<[u32]>,
}

impl Sequence {
    /// `shares` are those of which [`least`](Self::least) will be asked. Complexity: O(n log n).
    pub(super) fn new(tokens: Box<[u32]>, weights: &[u32], shares: &[u32]) -> Self {
        let mut sequence = Self::of(tokens);
        sequence.weigh(weights, shares);
        sequence
    }

    /// Tokens that are not weighed yet.
    pub(super) fn of(tokens: Box<[u32]>) -> Self {
        Self { tokens, least: Box::default() }
    }

    /// Takes note of the weights of the tokens, which have changed.
    pub(super) fn weigh(&mut self, weights: &[u32], shares: &[u32]) {
        let mut all: Vec<u32> = self.tokens.iter().filter(|&&token| token != NO_TOKEN).copied().collect();
        all.sort_unstable();
        // The most often that one token stands in the text.
        let often = all.chunk_by(|one, other| one == other).map(<[u32]>::len).max().unwrap_or(1) as u64;
        let weight = |token: &u32| u64::from(weights[*token as usize]);
        let mut heaviest: Vec<u64> = all.iter().map(weight).collect();
        heaviest.sort_unstable_by(|one, other| other.cmp(one));
        all.dedup();
        let mut lightest: Vec<u64> = all.iter().map(weight).collect();
        lightest.sort_unstable();
        let total: u64 = heaviest.iter().sum();
        self.least = shares
            .iter()
            .map(|&share| {
                // With `k` different tokens in common, these weigh at least as much as the `k` lightest; fewer
                // than `often · k` pairs stand between two of them, and are left out of the whole; and no more
                // than `often` times their weight is covered.
                let (mut sum, mut between, mut next) = (0u64, 0u64, 0usize);
                let needed = lightest.iter().enumerate().map(|(position, light)| {
                    sum += light;
                    while (next as u64) < often * (position as u64 + 1) - 1 && next < heaviest.len() {
                        between += heaviest[next];
                        next += 1;
                    }
                    sum.max((u64::from(share) * (total - between)).div_ceil(1000).div_ceil(often))
                });
                u32::try_from(needed.min().unwrap_or(0)).unwrap_or(u32::MAX)
            })
            .collect();
    }

    /// The different tokens of a sequence, sorted.
    pub(super) fn set(sequence: &[u32]) -> Box<[u32]> {
        let mut set: Vec<u32> = sequence.iter().filter(|&&token| token != NO_TOKEN).copied().collect();
        set.sort_unstable();
        set.dedup();
        set.into_boxed_slice()
    }

    /// The least weight of common tokens with which [`coverage`] by a set may reach the share of that position; of a
    /// text without tokens, more than any.
    pub(super) fn least(&self, share: usize) -> u32 {
        self.least.get(share).copied().unwrap_or(u32::MAX)
    }
}

impl std::ops::Deref for Sequence {
    type Target = [u32];

    fn deref(&self) -> &[u32] {
        &self.tokens
    }
}

/// Stands in a sequence for what is no token.
pub(super) const NO_TOKEN: u32 = u32::MAX;

/// How much of a text stands in another one: the share of the weights of `sequence` whose tokens are in `set`, in
/// thousandths.
///
/// A pair that is not, between two that are, only joins two words that stand apart in the other text
/// (补贴公示 in 补贴的审核、公示): it counts neither way. Complexity: O(|sequence| · log |set|).
pub(super) fn coverage(sequence: &[u32], set: &WeightedSet, weights: &[u32]) -> u32 {
    let present = |position: usize| {
        sequence
            .get(position)
            .is_some_and(|token| *token != NO_TOKEN && set.tokens.binary_search(token).is_ok())
    };
    let (mut covered, mut whole) = (0u64, 0u64);
    let (mut before, mut here) = (false, present(0));
    for (position, &token) in sequence.iter().enumerate() {
        let after = present(position + 1);
        if token != NO_TOKEN {
            let weight = u64::from(weights[token as usize]);
            if here {
                covered += weight;
                whole += weight;
            } else if !(before && after) {
                whole += weight;
            }
        }
        (before, here) = (here, after);
    }
    share(covered, whole)
}

pub(super) fn share(part: u64, whole: u64) -> u32 {
    (part * 1000).checked_div(whole).unwrap_or(0) as u32
}

/// Characters that carry meaning: letters and digits of any script.
fn meaningful(character: char) -> bool {
    character.is_alphanumeric()
}

/// Character pairs of a text, not across punctuation; a lone character gives itself.
pub(super) fn pairs(text: &str, into: &mut Vec<Token>) {
    for stretch in text.split(|character: char| !meaningful(character)) {
        let mut previous: Option<char> = None;
        let mut count = 0;
        for character in stretch.chars() {
            if let Some(before) = previous {
                into.push(Token::Pair(before, character));
            }
            previous = Some(character);
            count += 1;
        }
        if count == 1
            && let Some(only) = previous
        {
            into.push(Token::Pair(only, '\0'));
        }
        if count > 0 {
            into.push(Token::Break);
        }
    }
}
