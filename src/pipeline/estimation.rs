//! Match weights estimated on a pool of one's own.

use std::collections::BTreeMap;

use super::prepare;
use super::run::Stage;
use super::{Consolidator, Input, Run};
use crate::error::Result;
use crate::estimate::{Estimate, Patterns, Rules, estimate};
use crate::model::ids::ItemIdx;

/// Most pairs that are scored. With more, every s-th item of each jurisdiction is taken: the share of
/// matches among the pairs stays, only their number falls.
const MOST_PAIRS: u64 = 20_000_000;

impl Consolidator {
    /// Estimates the match weights on a pool without labels, starting from the policy's.
    ///
    /// All pairs within each jurisdiction are scored, or all among a sample of the items where these
    /// would be more than 20 million. Reviewers' decisions and last year's items play no part.
    ///
    /// # Errors
    /// As [`Self::consolidate`].
    pub fn estimate(&self, input: Input<'_>, rules: &Rules) -> Result<Estimate> {
        self.estimate_with(input, rules, &Run::default())
    }

    /// [`Self::estimate`], telling `run` of its progress and asking it whether to go on.
    ///
    /// # Errors
    /// As [`Self::consolidate_with`].
    pub fn estimate_with(&self, input: Input<'_>, rules: &Rules, run: &Run<'_>) -> Result<Estimate> {
        let run = &run.on(&self.workers);
        let prepared = prepare::prepare(self, input, run)?;
        let total = prepared.batch.items.len();
        run.report(Stage::Features, 0, total)?;
        let comparer = prepared.comparer(self, run)?;
        let mut members: BTreeMap<(u32, u32), Vec<u32>> = BTreeMap::new();
        for (item, &range) in (0u32..).zip(&prepared.batch.jurisdictions) {
            members.entry(range).or_default().push(item);
        }
        let size = |count: usize| count as u64 * (count as u64).saturating_sub(1) / 2;
        let sampled = |step: usize| members.values().map(|own| size(own.len().div_ceil(step))).sum::<u64>();
        let mut step = 1;
        while sampled(step) > MOST_PAIRS {
            step += 1;
        }
        let mut patterns = Patterns::default();
        let mut done = 0;
        for own in members.values() {
            let sample: Vec<u32> = own.iter().copied().step_by(step).collect();
            let rows: Vec<usize> = (0..sample.len()).collect();
            for chunk in rows.chunks(64) {
                run.report(Stage::Compare, done + chunk[0] * step, total)?;
                let scored = run.map(chunk, |&row| {
                    let pattern = |&other: &u32| {
                        comparer.score(ItemIdx::from(sample[row]), ItemIdx::from(other)).levels
                    };
                    sample[row + 1..].iter().map(pattern).collect::<Vec<_>>()
                })?;
                for pattern in scored.into_iter().flatten() {
                    patterns.add(pattern);
                }
            }
            done += own.len();
        }
        run.report(Stage::Compare, total, total)?;
        Ok(estimate(&patterns, &self.policy.weights, rules))
    }
}
