//! Which planning authority an item belongs to.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::lexicon::Lexicon;
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::ids::UnitIdx;
use crate::model::item::{Field, Item};
use crate::standardise::Areas;
use crate::targets::{DerivedArea, UnitGraph};

/// The roster of a run: the caller's, or one derived from the phrases.
#[derive(Debug)]
pub(super) enum Roster<'a> {
    Given(&'a UnitGraph),
    Derived(Box<UnitGraph>, Areas),
}

/// Jurisdictions that nobody knows and that are told one by one.
const MOST_TOLD: usize = 100;

impl Roster<'_> {
    /// A roster of virtual units for these items.
    pub(super) fn derived<'i>(items: impl Iterator<Item = &'i Item> + Clone, lexicon: &Lexicon) -> Self {
        let areas = Areas::of_pool(items.clone(), lexicon);
        let mut known: FxHashMap<(Option<&str>, Option<&str>), Option<usize>> = FxHashMap::default();
        let phrases: Vec<(Option<usize>, &str)> = items
            .flat_map(|item| {
                let says = (item.jurisdiction.as_deref(), item.organizer.as_deref());
                let area = *known.entry(says).or_insert_with(|| areas.of(item, lexicon));
                item.targets.iter().map(move |phrase| (area, phrase.as_str()))
            })
            .collect();
        let places: Vec<DerivedArea<'_>> =
            areas.all().iter().map(|area| DerivedArea { name: &area.name, within: area.within }).collect();
        let graph = UnitGraph::derived_in(lexicon, areas.home(), &places, &phrases);
        Self::Derived(Box::new(graph), areas)
    }

    pub(super) fn graph(&self) -> &UnitGraph {
        match self {
            Self::Given(graph) => graph,
            Self::Derived(graph, _) => graph,
        }
    }

    /// The planning authorities of items; see [`authority_of`].
    pub(super) fn authorities(&self, items: &[Item], lexicon: &Lexicon) -> Vec<Option<UnitIdx>> {
        let mut known: FxHashMap<(Option<&str>, Option<&str>), Option<UnitIdx>> = FxHashMap::default();
        let of_item = |item: &Item| match self {
            Self::Given(graph) => authority_of(item, graph),
            Self::Derived(graph, areas) => {
                areas.of(item, lexicon).and_then(|area| graph.by_id(&UnitGraph::area_id(area)))
            }
        };
        items
            .iter()
            .map(|item| {
                let says = (item.jurisdiction.as_deref(), item.organizer.as_deref());
                *known.entry(says).or_insert_with(|| of_item(item))
            })
            .collect()
    }

    /// A warning for each jurisdiction that the roster does not know, where it is read first.
    pub(super) fn unknown(&self, items: &[Item]) -> Vec<Diagnostic> {
        let Self::Given(graph) = self else { return Vec::new() };
        let mut told: BTreeSet<&str> = BTreeSet::new();
        let unknown = items.iter().filter_map(|item| {
            let name = item.jurisdiction.as_deref()?;
            if !told.insert(name) || named(graph, name).is_some() {
                return None;
            }
            Some(Diagnostic {
                severity: Severity::Warning,
                code: "unknown_jurisdiction".to_owned(),
                source: item.source.clone().unwrap_or_default(),
                column: None,
                field: Some(Field::Jurisdiction),
                found: name.chars().take(80).collect(),
                expected_zh: "名册中的单位(未识别的,按牵头单位所在地统筹)".to_owned(),
                expected_en: "a unit of the roster; until then the organizer's own place plans".to_owned(),
            })
        });
        unknown.take(MOST_TOLD).collect()
    }
}

/// The government for whose plan an item is: what its jurisdiction cell names, else the one its organizer belongs to;
/// `None` for the root's, and for an organizer that is not known or may be one of several governments'.
pub(super) fn authority_of(item: &Item, graph: &UnitGraph) -> Option<UnitIdx> {
    let by_organizer = || {
        let organizer = graph.find(item.organizer.as_deref()?)?;
        graph.government_of(organizer).filter(|&government| Some(government) != graph.root())
    };
    item.jurisdiction.as_deref().and_then(|name| named(graph, name)).or_else(by_organizer)
}

fn named(graph: &UnitGraph, name: &str) -> Option<UnitIdx> {
    graph.by_id(name).or_else(|| graph.find(name))
}

/// The range of units that a planning authority plans for: everything, for one that is not known.
pub(super) fn jurisdiction(graph: &UnitGraph, authority: Option<UnitIdx>) -> (u32, u32) {
    authority.or_else(|| graph.root()).map_or((0, u32::MAX), |unit| {
        let subtree = graph.subtree(unit);
        (subtree.start, subtree.end)
    })
}
