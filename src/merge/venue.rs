//! The place that the members of a joint visit have in common.

use std::cmp::Reverse;

use super::facet_words::PLACE_ENDINGS;
use super::named::Named;
use super::phrase::Phrase;
use crate::lexicon::{Lexicon, Taxonomy};
use crate::model::relation::Relation;

/// The venue type of a joint group: where the core and all joint members go, the one that most of
/// their words mean first, then the most specific.
///
/// `None` for groups without a joint member, or whose members name no specific place in common.
pub(super) fn common(members: &[&Named<'_>], lexicon: &Lexicon) -> Option<u32> {
    if !members.iter().any(|member| member.is(Relation::Joint)) {
        return None;
    }
    let venues = &lexicon.venues;
    let going: Vec<&Named<'_>> = members
        .iter()
        .enumerate()
        .filter(|(position, member)| *position == 0 || member.is(Relation::Joint))
        .map(|(_, member)| *member)
        .collect();
    let visited: Vec<Vec<u32>> = going.iter().map(|member| venues_of(member, lexicon)).collect();
    let said: Vec<Vec<u32>> = going.iter().map(|member| said_by(member, lexicon)).collect();
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
            let in_names =
                said.iter().filter(|own| own.iter().any(|&venue| lies_within(venue, place, venues))).count();
            let within = visited.iter().flatten().filter(|&&venue| lies_within(venue, place, venues)).count();
            (named, in_names, within, venues.wider(place).len(), Reverse(place))
        })
}

/// Whether a visit to `venue` is a visit to `place`: the same, a kind of it, or premises inside it.
pub(super) fn lies_within(venue: u32, place: u32, venues: &Taxonomy) -> bool {
    venues.is_a(venue, place) || venues.is_part(venue, place)
}

/// Venue types that an item visits; those in its name where its targets name none.
fn venues_of(member: &Named<'_>, lexicon: &Lexicon) -> Vec<u32> {
    let mut venues: Vec<u32> = member.targets.venues.iter().map(|venue| venue.as_u32()).collect();
    if venues.is_empty() {
        venues = said_by(member, lexicon);
    }
    venues.retain(|&venue| (venue as usize) < lexicon.venues.len());
    venues
}

/// Venue types of which an item's name speaks.
fn said_by(member: &Named<'_>, lexicon: &Lexicon) -> Vec<u32> {
    let name = member.phrase();
    lexicon.venues.mentions(name.folded()).map(|mention| mention.entry).collect()
}

/// Whether some member's name speaks of the venue.
pub(super) fn is_said(members: &[&Named<'_>], venue: u32, lexicon: &Lexicon) -> bool {
    let venues = &lexicon.venues;
    members.iter().any(|member| said_by(member, lexicon).iter().any(|&own| lies_within(own, venue, venues)))
}

/// The venue as the core writes it, if that is about as short as the usual name; the usual name, if another
/// member writes that.
pub(super) fn place_words(members: &[&Named<'_>], venue: u32, lexicon: &Lexicon) -> String {
    let usual = Phrase::new(&lexicon.venues.entry(venue).name);
    let core = members[0].phrase();
    let written = lexicon
        .venues
        .mentions(core.folded())
        .filter(|mention| mention.entry == venue)
        .map(|mention| whole_word(core.slice(mention.start..mention.end), &usual, venue, lexicon))
        .find(|words| words.chars() <= usual.chars() + 2);
    let is_usual = || members.iter().any(|member| member.phrase().folded().contains(usual.folded()));
    // 汽车客运站 says more than the usual 客运站.
    let written = written.filter(|words| words.folded().contains(usual.folded()) || !is_usual());
    written.unwrap_or(usual).shown().to_owned()
}

/// 洗浴 is short for 洗浴场所, and 起降场 for 无人机起降场: a name says the whole word.
fn whole_word(written: Phrase, usual: &Phrase, venue: u32, lexicon: &Lexicon) -> Phrase {
    if usual.folded().ends_with(written.folded()) {
        return usual.clone();
    }
    let aliases = &lexicon.venues.entry(venue).aliases;
    let completed =
        |ending: &&&str| aliases.iter().any(|alias| alias.strip_suffix(**ending) == Some(written.folded()));
    let is_place = PLACE_ENDINGS.iter().any(|ending| written.folded().ends_with(ending));
    match PLACE_ENDINGS.iter().filter(|_| !is_place && written.chars() <= SHORT).find(completed) {
        Some(ending) => {
            let mut whole = written;
            whole.push(&Phrase::new(ending));
            whole
        }
        None => written,
    }
}

/// Most characters of a word for a place that may lack its end.
const SHORT: usize = 2;

/// The place of which the core's own name speaks, if any.
pub(super) fn own_place(core: &Named<'_>, lexicon: &Lexicon) -> String {
    let name = core.phrase();
    let mention = lexicon.venues.mentions(name.folded()).next();
    mention.map_or_else(String::new, |mention| name.slice(mention.start..mention.end).shown().to_owned())
}
