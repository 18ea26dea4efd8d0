//! Texts as weighted sets of tokens.

use rustc_hash::FxHashMap;

use super::fixed::log2_ratio;
use crate::lexicon::Lexicon;

/// A token before interning: a character pair, a concept or a venue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Token {
    /// Two neighbouring characters; the second is `\0` for a character that stands alone.
    Pair(char, char),
    /// A concept of the lexicon.
    Concept(u32),
    /// A venue of the lexicon.
    Venue(u32),
}

/// Gives tokens numbers and counts the documents they occur in.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    numbers: FxHashMap<Token, u32>,
    tokens: Vec<Token>,
    documents: Vec<u32>,
}

impl Vocabulary {
    /// The set of `tokens` as sorted numbers; counts one more document for each.
    pub(super) fn intern(&mut self, tokens: &mut Vec<Token>) -> Box<[u32]> {
        tokens.sort_unstable();
        tokens.dedup();
        let mut set: Vec<u32> = tokens
            .iter()
            .map(|&token| {
                let number = *self.numbers.entry(token).or_insert_with(|| {
                    self.tokens.push(token);
                    self.documents.push(0);
                    (self.tokens.len() - 1) as u32
                });
                self.documents[number as usize] += 1;
                number
            })
            .collect();
        set.sort_unstable();
        set.into_boxed_slice()
    }

    /// The set of those `tokens` that have a number, without counting a document.
    pub(super) fn look_up(&self, tokens: &mut Vec<Token>) -> Box<[u32]> {
        tokens.sort_unstable();
        tokens.dedup();
        let mut set: Vec<u32> = tokens.iter().filter_map(|token| self.numbers.get(token).copied()).collect();
        set.sort_unstable();
        set.into_boxed_slice()
    }

    /// Weight of every token: `log2((N + 2) / (n + 1))` bits in thousandths for `n` of `N` documents,
    /// between 0.5 and 7 bits, doubled for concepts and half as much again for venues, which stand
    /// for several characters.
    pub(super) fn weights(&self, documents: usize) -> Vec<u32> {
        self.tokens
            .iter()
            .zip(&self.documents)
            .map(|(token, &count)| {
                let rarity = log2_ratio(documents as u64 + 2, u64::from(count) + 1).clamp(500, 7000) as u32;
                match token {
                    Token::Pair(..) => rarity,
                    Token::Concept(_) => rarity * 2,
                    Token::Venue(_) => rarity * 3 / 2,
                }
            })
            .collect()
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
        let weight = tokens.iter().map(|&token| weights[token as usize]).sum();
        Self { tokens, weight }
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
    }
}

/// Tokens of a text with its concepts and venues recognised: one token for each mention, character
/// pairs for what is left. 森防 and 森林草原防灭火 give the same token.
pub(super) fn semantic(text: &str, lexicon: &Lexicon, into: &mut Vec<Token>) {
    let mut spans: Vec<(usize, usize, Token)> = lexicon
        .concepts
        .mentions(text)
        .map(|mention| (mention.start, mention.end, Token::Concept(mention.entry)))
        .collect();
    for mention in lexicon.venues.mentions(text) {
        if spans.iter().all(|&(start, end, _)| mention.end <= start || end <= mention.start) {
            spans.push((mention.start, mention.end, Token::Venue(mention.entry)));
        }
    }
    spans.sort_unstable_by_key(|&(start, ..)| start);
    let mut from = 0;
    for (start, end, token) in spans {
        pairs(&text[from..start], into);
        into.push(token);
        from = end;
    }
    pairs(&text[from..], into);
}
