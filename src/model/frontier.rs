//! How far consolidation can go: every merge from the safest to the boldest.

use serde::{Deserialize, Serialize};

use super::evidence::MilliBits;
use super::relation::Relation;

/// The curve from no merge to the boldest plan that the review line allows.
///
/// The first `k` steps make a plan for every `k`, and each contains the merges of the one before: it
/// is nested. A plan without a target takes the first [`default_steps`](Self::default_steps).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Frontier {
    /// Items submitted.
    pub submitted: u32,
    /// Items of last year's plan, if one was given.
    pub last_year: Option<u32>,
    /// Expected visits of the submitted items.
    pub visits_before: f64,
    /// How many steps a plan without a target takes.
    pub default_steps: u32,
    /// Weight of a merge from which a pair merges on its own, in thousandths of a bit.
    pub merge_threshold: MilliBits,
    /// Weight of a merge from which a target may ask for it.
    pub review_threshold: MilliBits,
    /// Match probability at the merge threshold, in ten-thousandths.
    pub merge_probability: u16,
    /// Match probability at the review line.
    pub review_probability: u16,
    /// The merges, the safest first.
    pub steps: Vec<FrontierStep>,
    /// What would come next, below the review line; no plan goes there.
    pub beyond: Vec<FrontierStep>,
}

/// Why a step may be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Zone {
    /// Reviewers put the items together.
    Decided,
    /// The evidence suffices.
    Sure,
    /// Between the review line and the merge threshold: only for a target.
    Review,
    /// Below the review line: never.
    Below,
}

impl Zone {
    /// The word in data files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Decided => "decided",
            Self::Sure => "sure",
            Self::Review => "review",
            Self::Below => "below",
        }
    }
}

/// One merge: a group of items joins another.
///
/// Counts and percentages are those of the plan after this step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FrontierStep {
    /// Number of the step, from 1.
    pub step: u32,
    /// Why it may be taken.
    pub zone: Zone,
    /// Plan items left.
    pub items_left: u32,
    /// `100 × (submitted − left) / submitted`.
    pub reduction_percent: f64,
    /// `100 × (left − last year) / last year`, if last year's plan is known.
    pub year_on_year_percent: Option<f64>,
    /// Expected visits.
    pub visits: f64,
    /// `100 × (before − visits) / before`.
    pub visit_reduction_percent: f64,
    /// Weight of the weakest link to the core that the merge makes, in thousandths of a bit.
    pub weight: MilliBits,
    /// Match probability of that link, in ten-thousandths.
    pub probability: u16,
    /// The lowest match probability of all merges so far, those of reviewers aside.
    pub lowest_probability: u16,
    /// Id of the core of the group after the step.
    pub core: String,
    /// Name of the core.
    pub core_name: String,
    /// The items that joined it.
    pub added: Vec<FrontierItem>,
}

/// An item that joins a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FrontierItem {
    /// Id of the submitted item.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its relation to the core.
    pub relation: Relation,
}

/// What a target reduction asked of a plan, and what it cost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TargetOutcome {
    /// The reduction asked for, in percent of the submitted items.
    pub target_percent: f64,
    /// The most items that the plan may have then.
    pub target_items: u32,
    /// Whether the plan has no more.
    pub reached: bool,
    /// The reduction of the plan.
    pub reduction_percent: f64,
    /// Merges taken.
    pub merges: u32,
    /// Merges among them between the review line and the merge threshold.
    pub below_threshold: u32,
    /// Merges of a plan without a target.
    pub default_merges: u32,
    /// The lowest match probability of the merges taken, in ten-thousandths; 10 000 without any.
    pub lowest_probability: u16,
    /// The merges below the merge threshold that were taken for the target.
    pub bold: Vec<FrontierStep>,
    /// If the target was not reached: what would be next, below the review line.
    pub next: Vec<FrontierStep>,
}
