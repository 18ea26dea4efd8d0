//! What organizers are called in a plan.

use std::borrow::Cow;

use super::prepare::Prepared;
use crate::compare::Organizer;
use crate::model::ids::UnitIdx;
use crate::targets::UnitGraph;

/// Canonical names of organizers: the roster's, else the text without its desk in brackets.
pub(super) struct OrganizerNames<'a> {
    /// By item.
    pub(super) names: Vec<Option<Cow<'a, str>>>,
    ranks: Vec<u32>,
}

impl<'a> OrganizerNames<'a> {
    /// Complexity: linear in the length of the names that no roster has.
    pub(super) fn new(prepared: &'a Prepared<'_>) -> Self {
        let graph = prepared.roster.graph();
        let batch = &prepared.batch;
        let of_item = batch.items.iter().zip(&batch.organizers);
        let names = of_item.map(|(item, organizer)| {
            organizer.as_ref().zip(item.organizer.as_ref()).map(|(known, text)| name(known, text, graph))
        });
        let unit = |organizer: &Option<std::sync::Arc<Organizer>>| {
            organizer.as_ref().and_then(|known| known.unit).map_or(u32::MAX, UnitIdx::as_u32)
        };
        Self { names: names.collect(), ranks: batch.organizers.iter().map(unit).collect() }
    }

    /// Sorts items by their leads in roster order.
    pub(super) fn rank(&self, item: usize) -> (u32, Option<&str>) {
        (self.ranks[item], self.names[item].as_deref())
    }
}

/// Canonical names of the co-organizers of every item.
pub(super) fn co_names(prepared: &Prepared<'_>) -> Vec<Vec<String>> {
    let graph = prepared.roster.graph();
    let batch = &prepared.batch;
    let of_item = batch.items.iter().zip(&batch.co_organizers);
    let names = of_item.map(|(item, organizers)| {
        let named = organizers.iter().zip(&item.co_organizers);
        named.map(|(known, text)| name(known, text, graph).into_owned()).collect()
    });
    names.collect()
}

fn name<'a>(organizer: &Organizer, verbatim: &'a str, graph: &'a UnitGraph) -> Cow<'a, str> {
    organizer.unit.map_or_else(|| tidy(verbatim), |unit| graph.unit(unit).name().into())
}

/// A name as typed, without line breaks and without what stands in brackets at its end.
fn tidy(verbatim: &str) -> Cow<'_, str> {
    if !verbatim.contains(|character: char| character.is_whitespace() || matches!(character, '（' | '(')) {
        return verbatim.into();
    }
    let mut clean: String = verbatim.split_whitespace().collect();
    if let Some(bracket) = clean.find(['（', '(']).filter(|&bracket| bracket > 0) {
        clean.truncate(bracket);
    }
    clean.into()
}
