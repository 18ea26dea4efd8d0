//! Reading one item as a whole pool's are read.

use std::sync::Arc;

use crate::compare::Organizer;
use crate::lexicon::Lexicon;
use crate::model::item::Item;
use crate::model::standard_item::StandardItem;
use crate::pipeline::batch::Visit;
use crate::pipeline::{authority, offices};
use crate::standardise::{Context, Places, Standardiser};
use crate::targets::{Resolver, UnitGraph};

/// What stages before comparison know of a roster and a year, for items that come one by one.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    graph: &'a UnitGraph,
    lexicon: &'a Lexicon,
    plan_year: Option<i32>,
    places: Places,
    resolver: Resolver<'a>,
}

/// What they find out about an item.
pub(super) struct Read {
    pub(super) standard: StandardItem,
    pub(super) visit: Arc<Visit>,
    pub(super) organizer: Option<Arc<Organizer>>,
    pub(super) co_organizers: Arc<[Arc<Organizer>]>,
    pub(super) jurisdiction: (u32, u32),
}

impl<'a> Reader<'a> {
    pub(super) fn new(graph: &'a UnitGraph, lexicon: &'a Lexicon, plan_year: Option<i32>) -> Self {
        let places = Places::new(graph.names_of_places(lexicon));
        Self { graph, lexicon, plan_year, places, resolver: Resolver::new(graph, lexicon) }
    }

    /// Reads an item. Complexity: linear in its texts and in the units that it visits.
    pub(super) fn read(&self, item: &Item) -> Read {
        let context = Context { lexicon: self.lexicon, plan_year: self.plan_year, places: &self.places };
        let authority = authority::authority_of(item, self.graph);
        let organizer =
            |name: &String| Arc::new(offices::organizer(name, authority, self.graph, self.lexicon));
        Read {
            standard: Standardiser::new(&context).standardise(item),
            visit: Arc::new(Visit::of(self.resolver.resolve(&item.targets, authority), self.graph)),
            organizer: item.organizer.as_ref().map(organizer),
            co_organizers: item.co_organizers.iter().map(organizer).collect(),
            jurisdiction: authority::jurisdiction(self.graph, authority),
        }
    }
}
