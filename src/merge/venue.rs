//! The place that the members of a joint visit have in common.

use std::cmp::Reverse;

use super::Member;
use super::phrase::Phrase;
use crate::lexicon::{Lexicon, Taxonomy};
use crate::model::relation::Relation;

/// The venue type of a joint group: where the core and all joint members go, the one that most of
/// their words mean first, then the most specific.
///
/// `None` for groups without a joint member, or whose members name no specific place in common.
pub(super) fn common(members: &[&Member<'_>], lexicon: &Lexicon) -> Option<u32> {
    if !members.iter().any(|member| member.is(Relation::Joint)) {
        return None;
    }
    let venues = &lexicon.venues;
    let visited: Vec<Vec<u32>> = members
        .iter()
        .enumerate()
        .filter(|(position, member)| *position == 0 || member.is(Relation::Joint))
        .map(|(_, member)| venues_of(member, lexicon))
        .collect();
    let mut candidates: Vec<u32> = visited.iter().flatten().copied().collect();
    for venue in candidates.clone() {
        candidates.extend_from_slice(venues.wider(venue));
        candidates.extend_from_slice(venues.wholes(venue));
    }
    candidates.sort_unstable();
    candidates.dedup();
    candidates
        .into_iter()
        .filter(|&place| venues.entry(place).narrow)
        .filter(|&place| visited.iter().all(|own| own.iter().any(|&venue| lies_within(venue, place, venues))))
        .max_by_key(|&place| {
            let named = visited.iter().filter(|own| own.contains(&place)).count();
            let within = visited.iter().flatten().filter(|&&venue| lies_within(venue, place, venues)).count();
            (named, within, venues.wider(place).len(), Reverse(place))
        })
}

/// Whether a visit to `venue` is a visit to `place`: the same, a kind of it, or premises inside it.
pub(super) fn lies_within(venue: u32, place: u32, venues: &Taxonomy) -> bool {
    venues.is_a(venue, place) || venues.is_part(venue, place)
}

/// Venue types that an item visits; those in its name where its targets name none.
fn venues_of(member: &Member<'_>, lexicon: &Lexicon) -> Vec<u32> {
    let mut venues: Vec<u32> = member.targets.venues.iter().map(|venue| venue.as_u32()).collect();
    if venues.is_empty() {
        let name = Phrase::new(&member.item.name);
        venues.extend(lexicon.venues.mentions(name.folded()).map(|mention| mention.entry));
    }
    venues.retain(|&venue| (venue as usize) < lexicon.venues.len());
    venues
}
