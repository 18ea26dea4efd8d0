//! A pool with all its pairs scored, for whoever wants to measure the match model rather than use it.

use super::decide::{self, Pair};
use super::prepare::{self, Prepared};
use super::rulings::Rulings;
use super::{Consolidator, Input, Run};
use crate::cluster::Clusterer;
use crate::compare::{Comparer, Score};
use crate::error::Result;
use crate::model::evidence::{Evidence, MilliBits};
use crate::model::ids::ItemIdx;
use crate::model::item::Item;

/// How far down pairs are kept in small pools.
const FLOOR: MilliBits = -10_000;

/// A pool with all its pairs scored.
///
/// In pools of up to 1,000 items pairs are kept down to −10 bits. In larger ones that would be most of all
/// pairs: there they end at the review line.
#[derive(Debug)]
pub struct Study<'a> {
    consolidator: &'a Consolidator,
    prepared: Prepared<'a>,
    comparer: Comparer,
    pairs: Vec<Pair>,
    floor: MilliBits,
}

/// Pools up to this size are studied down to [`FLOOR`], larger ones down to the review line.
const SMALL: usize = 1000;

impl Consolidator {
    /// Scores the pairs of a pool without deciding anything.
    ///
    /// # Errors
    /// As [`Self::consolidate`].
    pub fn study<'a>(&'a self, input: Input<'a>) -> Result<Study<'a>> {
        let run = Run::default().on(&self.workers);
        let prepared = prepare::prepare(self, input, &run)?;
        let comparer = prepared.comparer(self, &run)?;
        let jurisdictions = &prepared.batch.jurisdictions;
        let small = comparer.len() <= SMALL;
        let floor = if small { FLOOR } else { comparer.review_threshold() };
        let mut pairs = decide::compare_all(&comparer, jurisdictions, floor, &run)?;
        decide::undecided(&prepared, &mut pairs);
        Ok(Study { consolidator: self, prepared, comparer, pairs, floor })
    }
}

impl Study<'_> {
    /// The items, by id; positions are those of [`ItemIdx`].
    #[must_use]
    pub fn items(&self) -> &[Item] {
        &self.prepared.batch.items
    }

    /// The match model over this pool.
    #[must_use]
    pub fn comparer(&self) -> &Comparer {
        &self.comparer
    }

    /// Every pair whose total reaches [`Self::floor`], in order.
    pub fn pairs(&self) -> impl Iterator<Item = (ItemIdx, ItemIdx, Score)> + '_ {
        self.pairs.iter().map(|pair| (pair.a, pair.b, self.comparer.score(pair.a, pair.b)))
    }

    /// The total down to which pairs are complete.
    #[must_use]
    pub fn floor(&self) -> MilliBits {
        self.floor
    }

    /// The groups that a clusterer makes of the pairs that reach `threshold`; of the engine's own, if
    /// none is given. Ids by group, the core first.
    ///
    /// # Errors
    /// [`Error::Decisions`](crate::Error::Decisions) if the input's decisions contradict each other.
    pub fn groups(
        &mut self,
        clusterer: Option<&dyn Clusterer>,
        threshold: MilliBits,
    ) -> Result<Vec<Vec<&str>>> {
        let run = Run::default();
        let own = decide::clusterer(self.consolidator, &run);
        let clusterer = clusterer.unwrap_or(&own);
        let shipped = self.comparer.threshold();
        self.comparer.set_threshold(threshold);
        let pairs: Vec<Pair> = self
            .pairs
            .iter()
            .map(|pair| Pair { score: pair.score.at(threshold), ..*pair })
            .filter(|pair| pair.score.total >= threshold.min(self.comparer.review_threshold()))
            .collect();
        let rulings = Rulings::new(&self.prepared.decisions, &self.prepared.batch);
        let partition = decide::partition(
            &self.consolidator.policy,
            &self.prepared,
            &self.comparer,
            &pairs,
            &rulings,
            clusterer,
            &run,
        );
        self.comparer.set_threshold(shipped);
        let items = &self.prepared.batch.items;
        Ok(partition?
            .groups
            .iter()
            .map(|group| {
                let nodes = std::iter::once(&group.core).chain(&group.members);
                nodes.map(|&node| items[node as usize].id.as_str()).collect()
            })
            .collect())
    }

    /// The evidence on a pair; `None` if an id is not in the pool.
    #[must_use]
    pub fn explain(&self, a: &str, b: &str) -> Option<Evidence> {
        Some(self.comparer.explain(self.prepared.position(a)?, self.prepared.position(b)?))
    }
}
