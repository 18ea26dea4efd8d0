//! What the plan costs those who are visited.

use serde::{Deserialize, Serialize};

/// Expected visits in thousandths, so that sums do not depend on their order.
pub type MilliVisits = u64;

/// Visits before and after consolidation.
///
/// An item pays `frequency × share` visits to each of its units: `frequency` is the number of visits
/// a year (its rounds when the frequency is absent, else 1), `share` is 1 or the sampled share (the
/// ratio, or the sampled number over the size of the set). An item without resolvable targets pays
/// its `frequency × share` once, to the unknown unit. *Before* sums over the submitted items, *after*
/// over the plan's items, where a joint or merged item pays one visit where its members paid several:
/// at each unit the largest `frequency × share` among the members which visit the unit, in that
/// member's months, for the organizer of the item's core.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Burden {
    /// Sum over all units, submitted items.
    pub before: MilliVisits,
    /// Sum over all units, plan items.
    pub after: MilliVisits,
    /// By organizer (canonical name), descending by `before`, then by name.
    pub by_organizer: Vec<BurdenRow>,
    /// By month 1–12; a visit without known month stands under `不定`.
    pub by_month: Vec<BurdenRow>,
    /// By kind of unit.
    pub by_unit_kind: Vec<BurdenRow>,
    /// The ten units visited most in the submitted items.
    pub most_visited: Vec<BurdenRow>,
    /// Visits of items whose targets could not be resolved to units: before and after.
    pub unresolved: BurdenRow,
}

/// One line of a burden table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BurdenRow {
    /// Organizer, month, kind or unit.
    pub label: String,
    /// Visits of the submitted items.
    pub before: MilliVisits,
    /// Visits of the plan's items.
    pub after: MilliVisits,
}
