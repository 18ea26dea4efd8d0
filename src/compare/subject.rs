//! What the comparison needs to know of an item.

use std::sync::Arc;

use crate::model::ids::UnitIdx;
use crate::model::item::Item;
use crate::model::standard_item::StandardItem;
use crate::model::target_set::TargetSet;
use crate::model::unit_set::UnitSet;

/// An organizer, recognised as far as roster and lexicon allow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Organizer {
    /// What its names tell, held once for organizers that are called alike.
    pub office: Arc<Office>,
    /// The roster's unit.
    pub unit: Option<UnitIdx>,
    /// The unit that stands for the organizer when units are compared: a desk's or sub-unit's parent department.
    pub department: Option<UnitIdx>,
}

/// What an organizer's names tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Office {
    /// As typed, folded.
    pub text: String,
    /// What it does: numbers of the lexicon's functions, sorted.
    pub functions: Vec<u32>,
    /// What others call it in passing: its names without places, folded.
    pub names: Vec<String>,
}

/// An item with everything that earlier stages found out about it.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// Verbatim.
    pub item: &'a Item,
    /// Standard form.
    pub standard: &'a StandardItem,
    /// Whom it would visit.
    pub targets: &'a TargetSet,
    /// Who proposes it.
    pub organizer: Option<&'a Arc<Organizer>>,
    /// Who supports it.
    pub co_organizers: &'a Arc<[Arc<Organizer>]>,
    /// All units inside those of the target set, themselves included; empty where they are operators.
    pub reach: &'a Arc<UnitSet>,
    /// Whether the roster says that all units visited are operators or institutions, not government units.
    pub visits_sites: bool,
    /// Range of the planning authority's units, half open: pairs of disjoint ranges never merge.
    pub jurisdiction: (u32, u32),
}
