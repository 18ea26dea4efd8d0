//! What a pair shares, as bits, and the levels that these bits leave possible.

use crate::model::evidence::Aspect;
use crate::policy::Level;

/// A concept in both names.
pub(super) const CONCEPT: u32 = 1;
/// A concept in one name that is a kind or part of one in the other.
pub(super) const NESTED: u32 = 1 << 1;
/// A concept in one name and the other's content.
pub(super) const NAMED: u32 = 1 << 2;
/// A venue, one within the other, or an operator.
pub(super) const VENUE: u32 = 1 << 3;
/// A department, function or name of the organizers.
pub(super) const ORGANIZER: u32 = 1 << 4;
/// The same of an organizer and a co-organizer.
pub(super) const CO: u32 = 1 << 5;
/// A document.
pub(super) const BASIS: u32 = 1 << 6;
/// A quotation.
pub(super) const QUOTED: u32 = 1 << 7;
/// A concept in one name, or a function of one organizer, and in what the other says of going together.
pub(super) const NOTES: u32 = 1 << 8;
/// The set of units.
pub(super) const UNITS: u32 = 1 << 9;
/// A concept in or above one in both names.
pub(super) const SIBLING: u32 = 1 << 10;
/// Both names speak of concepts.
pub(super) const BOTH_CONCEPTS: u32 = 1 << 11;
/// Both organizers are recognised.
pub(super) const BOTH_ORGANIZERS: u32 = 1 << 12;
/// The units of both are known.
pub(super) const BOTH_UNITS: u32 = 1 << 13;
/// Concepts are what both names are about.
pub(super) const BOTH_MOSTLY: u32 = 1 << 14;
pub(super) const COUNT: u32 = 15;

/// The flags on which the levels of an aspect depend; see [`can_be`].
pub(super) const fn that_matter_to(aspect: Aspect) -> u32 {
    match aspect {
        Aspect::Object => QUOTED,
        Aspect::Concept => {
            CONCEPT | NESTED | NAMED | SIBLING | VENUE | ORGANIZER | BOTH_CONCEPTS | BOTH_MOSTLY | BOTH_UNITS
        }
        Aspect::Targets => UNITS | BOTH_UNITS,
        Aspect::Organizer => ORGANIZER | CO | BOTH_ORGANIZERS,
        Aspect::Basis => BASIS,
        Aspect::Notes => NOTES | ORGANIZER | UNITS,
        _ => 0,
    }
}

/// Whether a pair with these flags can be on a level of object, concept, targets, organizer, window, basis or
/// notes. A level that is not named here is possible for every pair.
pub(super) fn can_be(level: Level, flags: u32) -> bool {
    let has = |bits: u32| flags & bits != 0;
    match level {
        Level::ObjectSame => has(QUOTED),
        Level::ConceptSame | Level::ConceptSameAside | Level::ConceptContained | Level::ConceptShared => {
            has(CONCEPT)
        }
        Level::ConceptNested => has(CONCEPT | NESTED),
        Level::ConceptSibling => has(SIBLING),
        Level::ConceptSameUnits => has(CONCEPT) && has(BOTH_UNITS),
        Level::ConceptListed => has(CONCEPT) && has(BOTH_UNITS) && has(ORGANIZER),
        // Or where contents are very close: see `may_reach`.
        Level::ConceptNamed => has(NAMED),
        Level::ConceptAside => !has(BOTH_MOSTLY),
        // At one venue, concepts that only say where are left out.
        Level::ConceptUnknown => !has(BOTH_CONCEPTS) || has(VENUE),
        Level::TargetsEqual => has(UNITS) && has(BOTH_UNITS),
        Level::TargetsNested
        | Level::TargetsOverlap
        | Level::TargetsPartly
        | Level::TargetsDisjoint
        | Level::TargetsElsewhere
        | Level::TargetsSubsets => has(BOTH_UNITS),
        Level::OrganizerSame | Level::OrganizerRelated | Level::NotesSame => has(ORGANIZER),
        Level::OrganizerCo => has(CO),
        Level::OrganizerDifferent => has(BOTH_ORGANIZERS),
        Level::OrganizerUnknown => !has(BOTH_ORGANIZERS),
        Level::BasisDocument | Level::BasisSame | Level::BasisOwn | Level::BasisOwnDocument => has(BASIS),
        Level::NotesTogether | Level::NotesPartner | Level::NotesMention => has(NOTES),
        Level::NotesCompany => has(NOTES) && has(UNITS),
        _ => true,
    }
}
