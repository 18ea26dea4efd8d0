//! The pipeline: items in, plan out.
//!
//! The only room that names every stage:
//! [`standardise`](crate::standardise) → [`targets`](crate::targets) → [`compare`](crate::compare)
//! over [`candidates`](crate::candidates) → [`cluster`](crate::cluster) → [`merge`](crate::merge);
//! [`decisions`](crate::decisions) of reviewers and the [`frontier`](crate::frontier) of what is possible beside.

mod admission;
mod assemble;
mod assignment;
mod authority;
mod baselines;
mod batch;
mod belonging;
mod copies;
mod decide;
mod estimation;
mod frontier;
mod live;
mod measure;
mod offices;
mod organizers;
mod outcome;
mod part;
mod prepare;
mod rerun;
mod review;
mod ruled;
mod rulings;
mod run;
mod study;
mod succession;
mod successions;
#[cfg(test)]
mod tests;
mod visits;
mod whole;
mod workers;
mod year_on_year;

use std::sync::Arc;

use crate::error::Result;
use crate::lexicon::Lexicon;
use crate::model::diagnostic::Diagnostic;
use crate::model::evidence::Evidence;
use crate::model::frontier::{Frontier, TargetOutcome};
use crate::model::item::Item;
use crate::model::plan::Plan;
use crate::policy::Policy;
use crate::targets::UnitGraph;
pub use admission::admit;
pub use live::{Change, LiveGroup, LiveMember, LivePool};
pub use measure::{Depth, measure};
pub use outcome::Outcome;
pub use part::{Gathered, PlanPart, jurisdiction};
pub use rerun::Rerun;
pub use ruled::{Named, Ruled, ruled};
pub use run::{Run, Stage};
pub use study::Study;
pub use successions::{Band, Successions};
pub use whole::Whole;
use workers::Workers;

/// Consolidates pools of items under one policy.
///
/// Does no input or output, keeps no state between runs, and may be shared between threads.
///
/// # Examples
/// ```
/// use tongchou::{Consolidator, Input, Item, Policy};
///
/// let item = |id: &str, name: &str, organizer: &str, targets: &str| Item {
///     id: id.into(),
///     name: name.into(),
///     organizer: Some(organizer.into()),
///     targets: vec![targets.into()],
///     ..Item::default()
/// };
/// let items = vec![
///     item("A", "2026年森林防灭火工作专项督查", "县林业局", "各乡镇"),
///     item("B", "关于开展森林防火检查的通知", "县应急管理局", "各乡镇人民政府"),
///     item("C", "居民医保参保情况检查", "县医保局", "各乡镇"),
/// ];
/// let plan = Consolidator::new(Policy::default())?.consolidate(Input::new(items))?;
/// assert_eq!((plan.summary.submitted, plan.summary.planned), (3, 2));
/// # Ok::<(), tongchou::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Consolidator {
    policy: Policy,
    lexicon: Arc<Lexicon>,
    workers: Arc<Workers>,
    whole: Option<Arc<Whole>>,
}

/// What a consolidation works on.
#[derive(Clone, Debug, Default)]
pub struct Input<'a> {
    /// The submitted items, in any order.
    pub items: Vec<Item>,
    /// The roster; without one, units are derived from the phrases.
    pub units: Option<&'a UnitGraph>,
    /// The items of last year's plan.
    pub last_year: Option<Vec<Item>>,
    /// Reviewers' decisions.
    pub decisions: Vec<crate::model::decision::Decision>,
    /// The text of the lexicon's additions, for the record: see [`Lexicon::with_extension`].
    pub lexicon_extension: Option<String>,
    /// What the readers had to say; rejected rows among them get a disposition.
    pub diagnostics: Vec<Diagnostic>,
}

impl<'a> Input<'a> {
    /// Items alone.
    #[must_use]
    pub fn new(items: Vec<Item>) -> Self {
        Self { items, ..Self::default() }
    }

    /// Adds a roster.
    #[must_use]
    pub fn with_units(mut self, units: &'a UnitGraph) -> Self {
        self.units = Some(units);
        self
    }

    /// Adds last year's plan.
    #[must_use]
    pub fn with_last_year(mut self, items: Vec<Item>) -> Self {
        self.last_year = Some(items);
        self
    }
}

impl Consolidator {
    /// A consolidator with the shipped lexicon.
    ///
    /// # Errors
    /// [`Error::Policy`](crate::Error::Policy) if a setting is out of range.
    pub fn new(policy: Policy) -> Result<Self> {
        policy.check()?;
        let workers = Arc::new(Workers::new(policy.threads));
        Ok(Self { policy, lexicon: Lexicon::builtin(), workers, whole: None })
    }

    /// Replaces the lexicon.
    #[must_use]
    pub fn with_lexicon(mut self, lexicon: Arc<Lexicon>) -> Self {
        self.lexicon = lexicon;
        self
    }

    /// The policy.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The lexicon.
    #[must_use]
    pub fn lexicon(&self) -> &Arc<Lexicon> {
        &self.lexicon
    }

    /// Consolidates.
    ///
    /// The result does not depend on the order of the items or on the number of threads.
    ///
    /// # Errors
    /// - [`Error::DuplicateId`](crate::Error::DuplicateId): two items without a source carry one id;
    /// - [`Error::Decisions`](crate::Error::Decisions): decisions contradict each other.
    pub fn consolidate(&self, input: Input<'_>) -> Result<Plan> {
        self.consolidate_with(input, &Run::default())
    }

    /// Consolidates, telling `run` of its progress and asking it whether to go on.
    ///
    /// # Errors
    /// As [`Self::consolidate`], and [`Error::Cancelled`](crate::Error::Cancelled) when the run was cancelled.
    pub fn consolidate_with(&self, input: Input<'_>, run: &Run<'_>) -> Result<Plan> {
        let run = &run.on(&self.workers);
        let (prepared, judged, target) = self.judge(input, run)?;
        let mut plan = assemble::assemble(self, &prepared, &judged, run)?;
        if target.is_some() {
            // The bound is that of the best plan, not of the best one with so many items.
            plan.clustering = None;
        }
        plan.target = target;
        Ok(plan)
    }

    /// Consolidates without wording the plan: for pools of hundreds of thousands of items of which only the
    /// rows of the CSV files are wanted. Those are the same as of [`consolidate_with`](Self::consolidate_with).
    ///
    /// # Errors
    /// As [`Self::consolidate_with`].
    pub fn outcome<'a>(&self, input: Input<'a>, run: &Run<'_>) -> Result<Outcome<'a>> {
        let run = &run.on(&self.workers);
        let (prepared, judged, target) = self.judge(input, run)?;
        Outcome::new(self, prepared, judged, target, run)
    }

    fn judge<'a>(
        &self,
        input: Input<'a>,
        run: &Run<'_>,
    ) -> Result<(prepare::Prepared<'a>, decide::Judged, Option<TargetOutcome>)> {
        let prepared = prepare::prepare(self, input, run)?;
        let target = self.policy.target_reduction;
        let below = target.map_or(0, |_| frontier::BELOW_THE_LINE);
        let mut judged = decide::decide(self, &prepared, below, run)?;
        let told = target.map(|share| frontier::aim(self, &prepared, &mut judged, share, run)).transpose()?;
        Ok((prepared, judged, told))
    }

    /// How far the pool can be consolidated: every merge from the safest to the boldest.
    ///
    /// A target reduction of the policy plays no part; see [`Policy::target_reduction`] for a plan that
    /// takes as many of these merges as it needs.
    ///
    /// # Errors
    /// As [`Self::consolidate`].
    pub fn frontier(&self, input: Input<'_>) -> Result<Frontier> {
        self.frontier_with(input, &Run::default())
    }

    /// [`Self::frontier`], telling `run` of its progress and asking it whether to go on.
    ///
    /// # Errors
    /// As [`Self::consolidate_with`].
    pub fn frontier_with(&self, input: Input<'_>, run: &Run<'_>) -> Result<Frontier> {
        let run = &run.on(&self.workers);
        let prepared = prepare::prepare(self, input, run)?;
        let judged = decide::decide(self, &prepared, frontier::BELOW_THE_LINE, run)?;
        let course = frontier::course(self, &prepared, &judged, run)?;
        Ok(frontier::frontier(&prepared, &judged, &course))
    }

    /// The evidence on a pair of items of a pool, whether or not they were put together.
    ///
    /// # Errors
    /// As [`Self::consolidate`]. `Ok(None)` when an id is not in the pool.
    pub fn explain(&self, input: Input<'_>, a: &str, b: &str) -> Result<Option<Evidence>> {
        self.explain_with(input, a, b, &Run::default())
    }

    /// [`Self::explain`], asking `run` whether to go on.
    ///
    /// # Errors
    /// As [`Self::consolidate_with`]. `Ok(None)` when an id is not in the pool.
    pub fn explain_with(
        &self,
        input: Input<'_>,
        a: &str,
        b: &str,
        run: &Run<'_>,
    ) -> Result<Option<Evidence>> {
        let run = &run.on(&self.workers);
        let prepared = prepare::prepare(self, input, run)?;
        let (Some(a), Some(b)) = (prepared.position(a), prepared.position(b)) else {
            return Ok(None);
        };
        Ok(Some(prepared.comparer(self, run)?.explain(a, b)))
    }
}
