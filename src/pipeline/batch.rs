//! Items with everything that stages before comparison find out.

use std::ops::Deref;
use std::sync::Arc;

use crate::compare::{Organizer, Subject};
use crate::model::ids::ItemIdx;
use crate::model::item::Item;
use crate::model::standard_item::StandardItem;
use crate::model::target_set::TargetSet;
use crate::model::unit_set::UnitSet;
use crate::targets::UnitGraph;

/// Items with everything that stages before comparison find out.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// Sorted by id.
    pub(super) items: Vec<Item>,
    pub(super) standards: Vec<StandardItem>,
    pub(super) targets: Vec<Arc<Visit>>,
    pub(super) organizers: Vec<Option<Arc<Organizer>>>,
    pub(super) co_organizers: Vec<Arc<[Arc<Organizer>]>>,
    pub(super) jurisdictions: Vec<(u32, u32)>,
}

impl Batch {
    pub(super) fn position(&self, id: &str) -> Option<ItemIdx> {
        self.items.binary_search_by(|item| item.id.as_str().cmp(id)).ok().map(ItemIdx::new)
    }

    /// Lends out some of the items in another order, until they are [given back](Self::give_back).
    pub(super) fn lend(&mut self, order: &[u32]) -> Self {
        let each = || order.iter().map(|&position| position as usize);
        Self {
            items: each().map(|position| std::mem::take(&mut self.items[position])).collect(),
            standards: each().map(|position| self.standards[position].clone()).collect(),
            targets: each().map(|position| Arc::clone(&self.targets[position])).collect(),
            organizers: each().map(|position| self.organizers[position].clone()).collect(),
            co_organizers: each().map(|position| Arc::clone(&self.co_organizers[position])).collect(),
            jurisdictions: each().map(|position| self.jurisdictions[position]).collect(),
        }
    }

    /// Takes back what was [lent](Self::lend) in that order.
    pub(super) fn give_back(&mut self, lent: Self, order: &[u32]) {
        for (&position, item) in order.iter().zip(lent.items) {
            self.items[position as usize] = item;
        }
    }

    pub(super) fn subjects(&self) -> Vec<Subject<'_>> {
        (0..self.items.len()).map(|position| self.subject(position)).collect()
    }

    pub(super) fn subject(&self, position: usize) -> Subject<'_> {
        Subject {
            item: &self.items[position],
            standard: &self.standards[position],
            targets: &self.targets[position],
            organizer: self.organizers[position].as_ref(),
            co_organizers: &self.co_organizers[position],
            reach: &self.targets[position].reach,
            visits_sites: self.targets[position].sites,
            jurisdiction: self.jurisdictions[position],
        }
    }
}

/// Whom items with these target phrases visit; held once for those of one jurisdiction.
#[derive(Debug, Default)]
pub(super) struct Visit {
    targets: TargetSet,
    /// Whether all units visited are operators and institutions.
    sites: bool,
    /// What lies inside the units, where they govern.
    reach: Arc<UnitSet>,
}

impl Visit {
    pub(super) fn of(mut targets: TargetSet, graph: &UnitGraph) -> Self {
        // They tell how a phrase was read, which nobody asks of a whole pool, and are most of a set's memory.
        targets.terms = Vec::new();
        let sites = visits_sites(&targets, graph);
        let reach = if sites { UnitSet::default() } else { reach(&targets, graph) };
        Self { targets, sites, reach: Arc::new(reach) }
    }

    /// What lies inside the units, where they govern.
    pub(super) fn reach(&self) -> &Arc<UnitSet> {
        &self.reach
    }

    /// Whether all units visited are operators and institutions.
    pub(super) fn visits_sites(&self) -> bool {
        self.sites
    }
}

impl Deref for Visit {
    type Target = TargetSet;

    fn deref(&self) -> &TargetSet {
        &self.targets
    }
}

/// Kinds of units that govern: visits to them are no visits to a place.
const GOVERNING: &[&str] = &[
    "government",
    "department",
    "township",
    "street",
    "village",
    "community",
    "party",
    "county",
    "city",
    "province",
    "政府",
    "部门",
    "乡镇",
    "街道",
    "村",
    "社区",
    "嘎查",
    "苏木",
    "镇",
    "乡",
    "单位",
    "机关",
    "党政机关",
    "县",
    "区",
    "旗",
    "市",
    "盟",
    "省",
    "行政村",
    "园区",
];

/// What lies inside the units of a set; the authority itself is only itself.
fn reach(set: &TargetSet, graph: &UnitGraph) -> UnitSet {
    if graph.is_derived() || set.units.is_empty() {
        return UnitSet::default();
    }
    let root = UnitSet::from_units(graph.root());
    graph.descendants_of(&set.units.difference(&root))
}

/// Whether a set holds operators and institutions only.
fn visits_sites(set: &TargetSet, graph: &UnitGraph) -> bool {
    !graph.is_derived()
        && !set.units.is_empty()
        && set.units.iter().take(64).all(|unit| !GOVERNING.contains(&graph.unit(unit).kind()))
}
