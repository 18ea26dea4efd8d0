//! A join that grows: add a record, get its partners.

use super::corpus::Corpus;
use super::measure::{Criterion, Measure, Threshold};
use super::numbering::{Numbering, frequencies};
use super::posting::{Context, Posting, Scale};
use super::probe::Probe;

/// A record similar to the one asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Partner {
    /// Its number, in the order of insertion.
    pub record: u32,
    /// Weight of what is shared.
    pub overlap: u64,
}

/// Records that are asked for partners while more are added.
///
/// Inserting all records of a corpus one by one gives the pairs of [`self_join`](super::self_join).
///
/// The order of tokens must stay as it is once records are indexed: it comes from the corpus the
/// index began with, or from the weights (the heaviest first), which fits weights that fall with
/// the document frequency. A bad order costs time, never a pair.
///
/// Memory: 4 bytes a token and 16 bytes for each token of the prefix that fits any partner.
///
/// ```
/// use tongchou::candidates::join::{Index, Measure, Partner, Threshold};
///
/// let mut index = Index::new(&[1; 10], Measure::Dice, Threshold::new(4, 5)?);
/// assert_eq!(index.insert(&[1, 2, 3]), []);
/// assert_eq!(index.insert(&[7, 8]), []);
/// assert_eq!(index.insert(&[4, 3, 2, 1]), [Partner { record: 0, overlap: 3 }]);
/// # Ok::<(), tongchou::Error>(())
/// ```
#[derive(Debug)]
pub struct Index {
    context: Context,
    offsets: Vec<u32>,
    /// Renumbered tokens of all records.
    tokens: Vec<u32>,
    weights: Vec<u64>,
    /// By renumbered token.
    lists: Vec<Vec<Posting>>,
    probe: Probe,
    signatures: Vec<u64>,
    /// The record asked about: its tokens as given, then renumbered.
    given: Vec<u32>,
    set: Vec<u32>,
    partners: Vec<Partner>,
}

impl Index {
    /// An empty index over the tokens `0..weights.len()`.
    #[must_use]
    pub fn new(weights: &[u32], measure: Measure, threshold: Threshold) -> Self {
        // The heavier a token, the rarer it is taken to be.
        let frequency: Vec<u32> = weights.iter().map(|weight| u32::MAX - weight).collect();
        Self::with_order(weights, &frequency, Criterion::new(measure, threshold))
    }

    /// An index that holds the records of a corpus, whose document frequencies order the tokens.
    #[must_use]
    pub fn of(corpus: &Corpus, measure: Measure, threshold: Threshold) -> Self {
        let frequency = frequencies(&[corpus]);
        let mut index = Self::with_order(corpus.weights(), &frequency, Criterion::new(measure, threshold));
        for record in 0..corpus.len() as u32 {
            let weight = index.renumber(corpus.record(record));
            index.add(weight);
        }
        index
    }

    fn with_order(weights: &[u32], frequency: &[u32], criterion: Criterion) -> Self {
        let universe: u64 = weights.iter().map(|&weight| u64::from(weight)).sum();
        let scale = Scale::for_weights_up_to(universe.min(Criterion::MAX_SUM));
        let numbering = Numbering::growing(weights, frequency);
        Self {
            probe: Probe::new(&numbering, 0),
            context: Context { criterion, numbering, scale },
            offsets: vec![0],
            tokens: Vec::new(),
            weights: Vec::new(),
            lists: vec![Vec::new(); weights.len()],
            signatures: Vec::new(),
            given: Vec::new(),
            set: Vec::new(),
            partners: Vec::new(),
        }
    }

    /// Number of records.
    #[must_use]
    pub fn len(&self) -> usize {
        self.weights.len()
    }

    /// Whether there are no records.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// Adds a record and gives the earlier ones that are similar to it, in order.
    ///
    /// # Panics
    /// If a token has no weight, the record weighs more than [`Criterion::MAX_SUM`], or the index
    /// would hold 2³² tokens.
    pub fn insert(&mut self, tokens: &[u32]) -> &[Partner] {
        let weight = self.renumber(tokens);
        self.find(weight);
        self.add(weight);
        &self.partners
    }

    /// The records similar to a set, in order, without adding it.
    ///
    /// # Panics
    /// If a token has no weight or the set weighs more than [`Criterion::MAX_SUM`].
    pub fn partners(&mut self, tokens: &[u32]) -> &[Partner] {
        let weight = self.renumber(tokens);
        self.find(weight);
        &self.partners
    }

    /// Brings a record into the workspace; gives its weight.
    fn renumber(&mut self, tokens: &[u32]) -> u64 {
        self.given.clear();
        self.given.extend_from_slice(tokens);
        self.given.sort_unstable();
        self.given.dedup();
        self.set.clear();
        let weight = self.context.numbering.renumber(&self.given, &mut self.set);
        assert!(weight <= Criterion::MAX_SUM, "a record of weight {weight} is too heavy");
        weight
    }

    fn find(&mut self, weight: u64) {
        self.partners.clear();
        if weight == 0 {
            return;
        }
        let (context, lists) = (&self.context, &self.lists);
        let lightest = context.criterion.lightest(weight);
        self.probe.gather(context, (&self.set, weight), lightest, |token| &lists[token as usize]);
        if self.probe.found.is_empty() {
            return;
        }
        self.probe.mark(&self.set, &context.numbering);
        for &record in &self.probe.found {
            let at = record as usize;
            let other = &self.tokens[self.offsets[at] as usize..self.offsets[at + 1] as usize];
            let overlap = self.probe.overlap(other);
            if context.criterion.holds(overlap, weight, self.weights[at]) {
                self.partners.push(Partner { record, overlap });
            }
        }
        self.probe.unmark(&self.set);
        self.partners.sort_unstable();
    }

    fn add(&mut self, weight: u64) {
        let record = self.weights.len() as u32;
        self.tokens.extend_from_slice(&self.set);
        assert!(
            self.tokens.len() < u32::MAX as usize,
            "an index of {} tokens is too large",
            self.tokens.len()
        );
        self.offsets.push(self.tokens.len() as u32);
        self.weights.push(weight);
        self.probe.grow();
        if weight > 0 {
            let lightest = self.context.criterion.lightest(weight);
            let (lists, signatures) = (&mut self.lists, &mut self.signatures);
            self.context.index(&self.set, (record, weight, lightest), signatures, |token, posting| {
                lists[token as usize].push(posting);
            });
        }
    }
}
