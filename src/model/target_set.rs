//! Whom an item would visit, resolved.

use serde::{Deserialize, Serialize};

use super::ids::VenueIdx;
use super::unit_set::UnitSet;

/// How sure a resolved set of units is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Sureness {
    /// The set is what the phrase names.
    Exact,
    /// The phrase names a share or number of the set (随机抽取10家, 不少于30%, 部分).
    Sample,
    /// The phrase stays open (有关部门, 相关企业, 等): the set is the widest reading.
    Vague,
    /// Nothing, or not the decisive word, was understood.
    Unknown,
    /// There is no phrase.
    #[default]
    Absent,
}

/// The resolution of an item's target phrases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TargetSet {
    /// The units, as leaves of what the phrase names (townships for 各乡镇, not their villages).
    pub units: UnitSet,
    /// How sure.
    pub sureness: Sureness,
    /// Whether the phrases name at least half of the units, rather than a class that they are of.
    pub named: bool,
    /// Number of units sampled, where the phrase says so (10家).
    pub sample_count: Option<u32>,
    /// Share sampled in basis points, where the phrase says so (不少于30%).
    pub sample_share: Option<u16>,
    /// Venue types named, most specific first, sorted and without repetition.
    pub venues: Vec<VenueIdx>,
    /// Group words of government named (各乡镇 …), by canonical name, sorted.
    pub groups: Vec<String>,
    /// What each stretch of the phrase gave, in order.
    pub terms: Vec<TargetTerm>,
}

/// One stretch of a target phrase and what it was taken for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TargetTerm {
    /// The words.
    pub text: String,
    /// What they were taken for.
    pub role: TermRole,
    /// Number of units they name (or exclude).
    pub units: u32,
}

/// What a stretch of a target phrase was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TermRole {
    /// A unit by name or alias.
    Unit,
    /// A group of government units (各乡镇).
    Group,
    /// A venue type or tag (养老机构).
    Venue,
    /// A narrowing of what stands beside it (民办, 三级以上).
    Qualifier,
    /// Everything of the jurisdiction (全区各单位).
    All,
    /// Units taken away (除…外).
    Exclusion,
    /// A number or share (28家, 不少于30%).
    Quota,
    /// A place that narrows (柳条营镇 in 柳条营镇的学校).
    Scope,
    /// Delegation to a list elsewhere (参照《…名录》).
    Delegation,
    /// An open end (等, 有关).
    Vague,
    /// Not understood.
    Unknown,
}
