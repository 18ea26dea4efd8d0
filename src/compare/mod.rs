//! Comparison: from two items to evidence, a match weight and a relation.
//!
//! # The model
//! Fellegi and Sunter (1969), in two hypotheses. Twelve comparisons look at a pair; each reaches a
//! [`Level`](crate::policy::Level), and each level carries a log2 Bayes factor for
//!
//! - *matter*: both items are one matter (重复, 拆分, 覆盖), and
//! - *visit*: both make one visit to the same specific kind of place (联合).
//!
//! ```text
//! total(h)    = prior(h) + Σ weight(h, level(aspect))        h ∈ {matter, visit}
//! probability = 2^total / (1 + 2^total)
//! ```
//!
//! The hypothesis with the larger total explains the pair, *matter* on a tie. The pair merges when
//! its total reaches the policy's threshold and neither side is protected. Weights of shared names,
//! concepts, target sets and documents are scaled by their rarity in the pool: that two items both
//! visit every township says little where half of the pool does. All sums are integers in thousandths of a
//! bit, so the answer is the same on every platform.
//!
//! The comparisons never allocate; [`Comparer::explain`] builds the readable evidence of the few
//! pairs that need it by scoring them again, so it cannot differ from the decision.

mod callsign;
mod ceiling;
mod circumstances;
mod copies;
mod counts;
mod explain;
mod features;
mod fixed;
mod ids;
mod live;
mod numbering;
mod pool;
mod reading;
mod reference;
mod said;
mod score;
mod speech;
mod subject;
mod terms;
mod texts;
mod tokens;
mod wording;
mod wordings;

use std::sync::Arc;

use crate::lexicon::Lexicon;
use crate::model::evidence::{Evidence, MilliBits};
use crate::model::ids::ItemIdx;
use crate::model::stop::Stop;
use crate::policy::Policy;
use counts::Counting;
use features::Features;
use ids::Ids;
use pool::Pool;
use score::Model;

pub use ceiling::{Bounds, Ceiling};
pub use counts::PoolCounts;
pub use fixed::probability;
pub use live::LiveComparer;
pub(crate) use score::decided;
pub use score::{Hypothesis, Score};
pub use subject::{Office, Organizer, Subject};

/// Compares the items of one pool.
#[derive(Debug)]
pub struct Comparer {
    pool: Pool,
    model: Model,
    lexicon: Arc<Lexicon>,
    ids: Ids,
    /// The items as they are asked about, where that is another order than they came in.
    order: Option<Vec<u32>>,
}

impl Comparer {
    /// Computes the features of all items. Complexity: linear in the length of all texts.
    #[must_use]
    pub fn new(subjects: &[Subject<'_>], lexicon: Arc<Lexicon>, policy: &Policy) -> Self {
        Self::of_part(subjects, lexicon, policy, None, Stop::never())
    }

    /// As [`new`](Self::new), with the counts of a whole pool of which the items are a part: any two of them
    /// compare as they do in the whole.
    ///
    /// Once `stop` is asked for, the rest of the texts is not read, and the comparer is of no use.
    #[must_use]
    pub fn of_part(
        subjects: &[Subject<'_>],
        lexicon: Arc<Lexicon>,
        policy: &Policy,
        whole: Option<&PoolCounts>,
        stop: Stop<'_>,
    ) -> Self {
        Self {
            pool: Pool::build(subjects, &lexicon, whole.map_or(Counting::Own, Counting::Whole), stop),
            model: Model::new(policy),
            lexicon,
            ids: Ids::of(subjects.iter().map(|subject| subject.item.id.as_str())),
            order: None,
        }
    }

    /// What the comparison counts in a pool, or in a part of one.
    #[must_use]
    pub fn counts(subjects: &[Subject<'_>], lexicon: &Lexicon) -> PoolCounts {
        let mut counts = PoolCounts::default();
        Pool::build(subjects, lexicon, Counting::Told(&mut counts), Stop::never());
        counts
    }

    /// Number of items.
    #[must_use]
    pub fn len(&self) -> usize {
        self.order.as_ref().map_or(self.pool.features.len(), Vec::len)
    }

    /// Whether the pool is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Total weight from which a pair merges.
    #[must_use]
    pub fn threshold(&self) -> MilliBits {
        self.model.threshold
    }

    /// Sets the total weight from which a pair merges.
    pub fn set_threshold(&mut self, threshold: MilliBits) {
        self.model.threshold = threshold;
    }

    /// Total weight from which a pair is worth a reviewer's look.
    #[must_use]
    pub fn review_threshold(&self) -> MilliBits {
        self.model.review
    }

    /// Scores a pair. Never allocates. Complexity: O(tokens of both).
    #[must_use]
    pub fn score(&self, a: ItemIdx, b: ItemIdx) -> Score {
        self.model.score(&self.pool, &self.lexicon, self.features(a), self.features(b))
    }

    /// Where the pool has the item.
    #[inline]
    fn place(&self, item: ItemIdx) -> usize {
        self.order.as_ref().map_or(item.as_usize(), |order| order[item.as_usize()] as usize)
    }

    /// Whether the organizer does the work of the department which the lexicon calls the usual lead of a concept that the
    /// item's name speaks of.
    #[must_use]
    pub fn leads_its_matter(&self, item: ItemIdx) -> bool {
        let features = self.features(item);
        let Some(organizer) = &features.organizer else { return false };
        let (concepts, departments) = (&self.lexicon.concepts, &self.lexicon.departments);
        features.concepts.iter().any(|&concept| {
            let lead = concepts.entry(concept).lead.as_deref().and_then(|lead| departments.by_form(lead));
            lead.is_some_and(|lead| departments.does_work_of(&organizer.office.functions, lead))
        })
    }

    #[inline]
    fn features(&self, item: ItemIdx) -> &Features {
        &self.pool.features[self.place(item)]
    }

    fn id(&self, item: ItemIdx) -> &str {
        self.ids.get(self.place(item))
    }

    /// The evidence on a pair, readable.
    #[must_use]
    pub fn explain(&self, a: ItemIdx, b: ItemIdx) -> Evidence {
        let (a, b) = if self.id(a) <= self.id(b) { (a, b) } else { (b, a) };
        explain::evidence(self, a, b)
    }

    /// A number for the department of an item's organizer: the roster's unit, else what the lexicon says that it
    /// does, else its text; an item without an organizer has a number of its own.
    #[must_use]
    pub fn department(&self, item: ItemIdx) -> u32 {
        self.features(item).department
    }

    /// The first item whose row says the same as this one's in every cell; itself for most.
    #[must_use]
    pub fn first_copy(&self, item: ItemIdx) -> ItemIdx {
        ItemIdx::from(self.features(item).first_copy)
    }

    /// The range of the planning authority's units, half open.
    #[must_use]
    pub fn jurisdiction(&self, item: ItemIdx) -> (u32, u32) {
        self.features(item).jurisdiction
    }
}
