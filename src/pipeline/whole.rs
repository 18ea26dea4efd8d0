//! What a part of a pool has to know of the whole.

use serde::{Deserialize, Serialize};

use crate::compare::PoolCounts;
use crate::model::decision::{Decision, Verdict};

/// What a part of a pool has to know of the whole.
///
/// # How a pool is consolidated in parts
/// 1. [`ruled`](fn@super::ruled) tells what reviewers' decisions are to it, and which items they take out of it.
/// 2. [`Consolidator::count`] counts any disjoint parts; [`PoolCounts::add`] makes the whole's counts, and the
///    votes of [`years_named`](crate::standardise::years_named) its year. [`Consolidator::count_last_year`]
///    counts last year's items, which are added to those of this year.
/// 3. [`Consolidator::meetings`] finds, in groups of items in which every two that can meet stand together at
///    least once, the pairs that are near enough to matter; [`Consolidator::successions`], in such groups of
///    items of both years, what goes on.
/// 4. The pool is cut so that no such pair is cut, and none of [`merges`](Self::merges);
///    [`Consolidator::part`] plans each part.
/// 5. [`Consolidator::join`] makes the plan, the same to the byte as of the whole pool in one run.
///
/// [`Consolidator::count`]: super::Consolidator::count
/// [`Consolidator::count_last_year`]: super::Consolidator::count_last_year
/// [`Consolidator::meetings`]: super::Consolidator::meetings
/// [`Consolidator::successions`]: super::Consolidator::successions
/// [`Consolidator::part`]: super::Consolidator::part
/// [`Consolidator::join`]: super::Consolidator::join
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whole {
    /// The counts of all items.
    pub counts: PoolCounts,
    /// Those of all items and all of last year's, where there are some to compare with.
    pub both_years: Option<PoolCounts>,
    /// The year that the whole pool plans.
    pub plan_year: Option<i32>,
    /// Decisions on items of the pool: see [`Ruled`](super::Ruled).
    #[serde(with = "in_lines")]
    pub decisions: Vec<Decision>,
}

impl Whole {
    /// The pairs of items that reviewers put together.
    pub fn merges(&self) -> impl Iterator<Item = (&str, &str)> {
        self.decisions.iter().filter_map(|decision| match &decision.verdict {
            Verdict::Merge { a, b } => Some((a.as_str(), b.as_str())),
            _ => None,
        })
    }
}

/// Decisions with their file and line, which plans tell and which the contract's form of a decision has not.
mod in_lines {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::model::decision::Decision;

    pub(super) fn serialize<S: Serializer>(decisions: &[Decision], into: S) -> Result<S::Ok, S::Error> {
        let lines = decisions.iter().map(|decision| (decision, &decision.file, decision.line));
        lines.collect::<Vec<_>>().serialize(into)
    }

    pub(super) fn deserialize<'a, D: Deserializer<'a>>(from: D) -> Result<Vec<Decision>, D::Error> {
        let lines = Vec::<(Decision, String, u32)>::deserialize(from)?;
        Ok(lines.into_iter().map(|(decision, file, line)| Decision { file, line, ..decision }).collect())
    }
}
