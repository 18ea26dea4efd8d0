//! Sets of tokens, one after the other.

use super::measure::Criterion;

/// Records to be joined: sets of tokens that all weigh the same in every record.
///
/// Memory: 4 bytes a token and 4 a record.
#[derive(Clone, Debug)]
pub struct Corpus {
    weights: Vec<u32>,
    /// Record `r` has the tokens `tokens[offsets[r]..offsets[r + 1]]`. Invariant: sorted, no two equal.
    offsets: Vec<u32>,
    tokens: Vec<u32>,
}

impl Corpus {
    /// An empty corpus over the tokens `0..weights.len()`.
    ///
    /// A token of weight 0 counts for nothing.
    #[must_use]
    pub fn new(weights: Vec<u32>) -> Self {
        Self { weights, offsets: vec![0], tokens: Vec::new() }
    }

    /// An empty corpus over `tokens` tokens of weight 1.
    #[must_use]
    pub fn unweighted(tokens: usize) -> Self {
        Self::new(vec![1; tokens])
    }

    /// Adds a record and gives its number. Order and repetition of its tokens do not matter.
    ///
    /// # Panics
    /// If a token has no weight, the record weighs more than [`Criterion::MAX_SUM`], or the corpus
    /// would hold 2³² tokens.
    pub fn push(&mut self, tokens: &[u32]) -> u32 {
        let start = self.tokens.len();
        self.tokens.extend_from_slice(tokens);
        let sorted = tokens.windows(2).all(|pair| pair[0] < pair[1]);
        if !sorted {
            self.tokens[start..].sort_unstable();
            let mut kept = start;
            for position in start..self.tokens.len() {
                if kept == start || self.tokens[kept - 1] != self.tokens[position] {
                    self.tokens[kept] = self.tokens[position];
                    kept += 1;
                }
            }
            self.tokens.truncate(kept);
        }
        let weight: u64 =
            self.tokens[start..].iter().map(|&token| u64::from(self.weights[token as usize])).sum();
        assert!(weight <= Criterion::MAX_SUM, "a record of weight {weight} is too heavy");
        assert!(
            self.tokens.len() < u32::MAX as usize,
            "a corpus of {} tokens is too large",
            self.tokens.len()
        );
        self.offsets.push(self.tokens.len() as u32);
        (self.offsets.len() - 2) as u32
    }

    /// Number of records.
    #[must_use]
    pub fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Whether there are no records.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The weight of every token.
    #[must_use]
    pub fn weights(&self) -> &[u32] {
        &self.weights
    }

    /// The sorted tokens of a record.
    #[must_use]
    pub fn record(&self, record: u32) -> &[u32] {
        let record = record as usize;
        &self.tokens[self.offsets[record] as usize..self.offsets[record + 1] as usize]
    }

    /// All tokens of all records.
    pub(super) fn tokens(&self) -> &[u32] {
        &self.tokens
    }
}
