//! The consolidated plan and everything it can say of itself.

use serde::{Deserialize, Serialize};

use super::burden::Burden;
use super::diagnostic::Diagnostic;
use super::evidence::Evidence;
use super::frontier::TargetOutcome;
use super::item::{Item, Source};
use super::kind::Kind;
use super::relation::{Protection, Relation};
use super::schedule::Window;
use super::unit::Unit;

/// Version of the shape of `plan.json`. Raised when a field changes its meaning or goes.
pub const PLAN_SCHEMA_VERSION: u32 = 1;

/// The result of a consolidation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Plan {
    /// [`PLAN_SCHEMA_VERSION`].
    pub schema_version: u32,
    /// Counts and reductions.
    pub summary: Summary,
    /// What a target reduction cost, if one was set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<TargetOutcome>,
    /// The plan's items, in order.
    pub items: Vec<PlanItem>,
    /// Where every submitted row went: one entry a row, in order of item id.
    pub dispositions: Vec<Disposition>,
    /// Pairs too close to call, the most useful first.
    pub review: Vec<ReviewPair>,
    /// Pairs that would have been merged, were one side not protected.
    pub barred: Vec<Evidence>,
    /// The leaf units of every submitted item, by item id.
    pub targets: Vec<ItemTargets>,
    /// Visits before and after.
    pub burden: Burden,
    /// How close the grouping is to the best there is. Absent when a target reduction chose the merges.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clustering: Option<Clustering>,
    /// What became of last year's plan, if one was given.
    pub year_on_year: Option<YearOnYear>,
    /// What readers and stages had to say.
    pub diagnostics: Vec<Diagnostic>,
    /// The submitted items, verbatim, by id.
    pub submitted: Vec<Item>,
    /// What the run was made with, so that any pair can be judged again.
    pub context: RunContext,
}

impl Plan {
    /// An id for the plan as a whole: FNV-1a, 64 bits, over the ids of its items in order.
    #[must_use]
    pub fn id(&self) -> String {
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for byte in self.items.iter().flat_map(|item| item.id.bytes().chain(*b"\n")) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        format!("plan-{hash:016x}")
    }

    /// The plan's items as items to submit: for next year's comparison, or for adding late proposals to
    /// a plan that stands. They carry the plan's id, so that consolidating them again merges nothing more.
    #[must_use]
    pub fn to_items(&self) -> Vec<Item> {
        let id = self.id();
        self.items.iter().map(|item| Item { plan: Some(id.clone()), ..item.to_item() }).collect()
    }
}

impl PlanItem {
    /// The plan item as a department would submit it: lists joined by `；`.
    #[must_use]
    pub fn to_item(&self) -> Item {
        let joined = |values: &[Traced<String>]| {
            let text = values.iter().map(|value| value.value.as_str()).collect::<Vec<_>>().join("；");
            (!text.is_empty()).then_some(text)
        };
        let single = |value: &Option<Traced<String>>| value.as_ref().map(|value| value.value.clone());
        let list = |values: &[Traced<String>]| values.iter().map(|value| value.value.clone()).collect();
        Item {
            id: self.id.clone(),
            name: self.name.value.clone(),
            kind: Some(self.kind.label().to_owned()),
            jurisdiction: self.jurisdiction.clone(),
            organizer: single(&self.lead),
            co_organizers: list(&self.co_organizers),
            targets: list(&self.targets),
            schedule: single(&self.schedule),
            frequency: single(&self.frequency),
            basis: joined(&self.basis),
            content: joined(&self.content),
            method: joined(&self.method),
            ratio: joined(&self.ratio),
            notes: joined(&self.notes),
            ..Item::default()
        }
    }
}

/// What a run was made with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct RunContext {
    /// The policy, as its schema describes it.
    pub policy: serde_json::Value,
    /// The roster, if one was given and has at most [`RunContext::ROSTER_LIMIT`] units.
    pub roster: Vec<Unit>,
    /// The text of the lexicon's additions, if some were given.
    pub lexicon_extension: Option<String>,
}

impl RunContext {
    /// The largest roster that a plan carries along.
    pub const ROSTER_LIMIT: usize = 20_000;
}

/// How close the grouping is to the best there is.
///
/// The *objective* is the sum of the match weights inside plan items, over the threshold; no grouping
/// that keeps the rules can exceed the *bound*. `gap = 100 × (bound − objective) / bound`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Clustering {
    /// Objective of the plan, in thousandths of a bit.
    pub objective: i64,
    /// No plan has a higher objective.
    pub bound: i64,
    /// How far the plan may be from the best, in percent; 0 when it is proven to be the best.
    pub gap_percent: f64,
    /// Components that are not proven to be solved best.
    pub unproven: u32,
    /// Every set of items that hang together by merges, in order of the first item.
    pub components: Vec<ComponentGap>,
}

/// How close one component is to the best there is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ComponentGap {
    /// Id of its first item.
    pub first: String,
    /// Number of items.
    pub items: u32,
    /// Number of pairs that speak for or against a merge.
    pub links: u32,
    /// Objective of its groups.
    pub objective: i64,
    /// No grouping of its items has a higher objective.
    pub bound: i64,
    /// As [`Clustering::gap_percent`].
    pub gap_percent: f64,
}

/// Counts and reductions. Percentages are rounded half up to one decimal.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Summary {
    /// Plan year, where the input or the policy tells it.
    pub plan_year: Option<i32>,
    /// Items submitted (N), without rejected rows.
    pub submitted: u32,
    /// Items planned (M).
    pub planned: u32,
    /// `100 × (N − M) / N`; 0 for an empty pool.
    pub reduction_percent: f64,
    /// Items of last year's plan.
    pub last_year: Option<u32>,
    /// `100 × (M − last_year) / last_year`; negative when there are fewer.
    pub year_on_year_percent: Option<f64>,
    /// Expected visits of the submitted items.
    pub visits_before: f64,
    /// Expected visits of the plan's items.
    pub visits_after: f64,
    /// `100 × (before − after) / before`.
    pub visit_reduction_percent: f64,
    /// Rows that could not be read as items.
    pub rejected: u32,
    /// Items that reviewers withdrew. `submitted + rejected + withdrawn` rows came in.
    #[serde(default)]
    pub withdrawn: u32,
    /// Pairs for review.
    pub review_pairs: u32,
    /// Items merged away by relation: duplicate, split, covered, joint.
    pub merged: MergedCounts,
    /// Pairs barred from merging.
    pub barred_pairs: u32,
}

/// Items merged into another, by relation to their core.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MergedCounts {
    /// 重复
    pub duplicate: u32,
    /// 拆分
    pub split: u32,
    /// 覆盖
    pub covered: u32,
    /// 联合
    pub joint: u32,
}

impl MergedCounts {
    /// Counts one more item of that relation.
    pub fn add(&mut self, relation: Relation) {
        match relation {
            Relation::Duplicate => self.duplicate += 1,
            Relation::Split => self.split += 1,
            Relation::Covered => self.covered += 1,
            Relation::Joint => self.joint += 1,
            Relation::Distinct | Relation::Barred => {}
        }
    }
}

/// A value and the ids of the submitted items it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Traced<T> {
    /// The value.
    pub value: T,
    /// Ids of the items it came from, the core first.
    pub from: Vec<String>,
}

/// One item of the plan: a submitted item on its own, or several merged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlanItem {
    /// Stable id, derived from the members: an item whose members did not change keeps its id.
    pub id: String,
    /// Position in the plan, from 1.
    pub number: u32,
    /// Name as the plan prints it.
    pub name: Traced<String>,
    /// Kind of activity.
    pub kind: Kind,
    /// Planning authority, if the input names one.
    pub jurisdiction: Option<String>,
    /// Lead unit (牵头单位); absent only when no member names an organizer.
    pub lead: Option<Traced<String>>,
    /// The other units in order (配合单位).
    pub co_organizers: Vec<Traced<String>>,
    /// Target phrases, without repetition.
    pub targets: Vec<Traced<String>>,
    /// Number of units the phrases resolve to; 0 when unknown.
    pub target_units: u32,
    /// Time as the plan prints it.
    pub schedule: Option<Traced<String>>,
    /// Windows, one a round.
    pub windows: Vec<Window>,
    /// Frequency as the plan prints it: the largest of the members'.
    pub frequency: Option<Traced<String>>,
    /// Visits a year, where known.
    pub visits_per_year: Option<u32>,
    /// Bases, without repetition, the highest rank first.
    pub basis: Vec<Traced<String>>,
    /// Contents, without repetition.
    pub content: Vec<Traced<String>>,
    /// Methods, without repetition.
    pub method: Vec<Traced<String>>,
    /// Ratios, without repetition.
    pub ratio: Vec<Traced<String>>,
    /// Remarks, without repetition.
    pub notes: Vec<Traced<String>>,
    /// The members, the core first. Never empty.
    pub members: Vec<Member>,
    /// Parts of a joint item: who checks what on which basis. Empty for other items.
    pub parts: Vec<Part>,
    /// Why the members belong together: one entry for each member but the core.
    pub evidence: Vec<Evidence>,
    /// The lowest match probability of a member with the core, in ten-thousandths.
    pub probability: u16,
}

/// A submitted item in a plan item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Member {
    /// Id of the submitted item.
    pub item: String,
    /// Its relation to the core; absent for the core itself.
    pub relation: Option<Relation>,
    /// Match probability with the core in ten-thousandths; 10 000 for the core.
    pub probability: u16,
}

/// The share of one unit in a joint item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Part {
    /// Id of the submitted item.
    pub item: String,
    /// Who.
    pub organizer: Option<String>,
    /// The submitted name.
    pub name: String,
    /// What is looked at.
    pub content: Option<String>,
    /// On which basis.
    pub basis: Option<String>,
    /// How often.
    pub frequency: Option<String>,
    /// Ratio.
    pub ratio: Option<String>,
    /// When.
    pub schedule: Option<String>,
}

/// What happened to a submitted row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// The row is the core of its plan item, or its only member.
    Kept,
    /// The row was merged into another.
    Merged,
    /// The row could not be read as an item.
    Rejected,
    /// A reviewer took the item out of the pool. In `dispositions.csv` it counts as `rejected`.
    Withdrawn,
}

/// Where a submitted row went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Disposition {
    /// Id of the item; empty for a rejected row.
    pub item_id: String,
    /// Where the row stands.
    pub source: Option<Source>,
    /// Id of the plan item; empty for a rejected or withdrawn row.
    pub plan_item: String,
    /// What happened.
    pub action: Action,
    /// Relation to the core, for merged rows.
    pub relation: Option<Relation>,
    /// Id of the core, for merged rows.
    pub core_item: Option<String>,
    /// Match probability with the core in ten-thousandths, for merged rows.
    pub probability: Option<u16>,
}

/// A pair for a reviewer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReviewPair {
    /// The evidence; its relation is what the engine leans to.
    pub evidence: Evidence,
    /// Relation the pair would have if a reviewer merged it.
    pub if_merged: Relation,
    /// Whether the pair stands merged in the plan.
    pub merged: bool,
    /// Protection of one side, if any.
    pub protection: Option<Protection>,
    /// Fingerprint of the first item: a decision that carries it survives new ids.
    #[serde(default)]
    pub a_fingerprint: String,
    /// Fingerprint of the second item.
    #[serde(default)]
    pub b_fingerprint: String,
}

/// The resolved units of a submitted item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ItemTargets {
    /// Id of the item.
    pub item_id: String,
    /// Ids of the leaf units.
    pub units: Vec<String>,
}

/// Comparison with last year's plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct YearOnYear {
    /// Pairs (plan item id, last year's item id) of items carried over.
    pub carried: Vec<CarriedItem>,
    /// Ids of plan items without a predecessor.
    pub new: Vec<String>,
    /// Last year's items without a successor.
    pub dropped: Vec<DroppedItem>,
}

/// An item of last year without a successor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DroppedItem {
    /// Id of last year's item.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// An item carried over from last year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CarriedItem {
    /// Id of the plan item.
    pub plan_item: String,
    /// Id of the submitted item that matches.
    pub item: String,
    /// Id of last year's item.
    pub last_year: String,
    /// Name of last year's item.
    pub last_year_name: String,
    /// Fields that changed.
    pub changed: Vec<super::item::Field>,
}
