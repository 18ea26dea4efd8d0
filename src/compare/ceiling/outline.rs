//! The little of an item that its bounds are made of, in one line of the cache.

use super::super::features::Features;
use super::super::tokens::{WeightedSet, share};
use super::super::wording::{self, LIKE, NAMED};
use super::flag;
use crate::lexicon::Taxonomy;
use crate::model::kind::Kind;
use crate::model::target_set::Sureness;

/// Kinds, and one for what is not known.
pub(super) const KINDS: usize = Kind::ALL.len() + 1;

/// What is known of an item without its words, and how much its words weigh.
///
/// A bound is asked about every pair of a county; what it reads of an item lies together, so that a county's
/// items stay in the first-level cache.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub(super) struct Outline {
    /// Bits of `flag` that both must have.
    pub(super) both: u32,
    /// Counted from 1; 0 for one that is not known.
    pub(super) kind: u8,
    pub(super) venues: Venues,
    pub(super) remote: bool,
    /// Whether the name says no more than where.
    pub(super) hollow: bool,
    /// Whether it says that it asks what another item of its organizer asks.
    pub(super) refers: bool,
    /// Whether there is a content, targets aside.
    pub(super) has_content: bool,
    pub(super) name_pairs: Weight,
    pub(super) name_tokens: Weight,
    pub(super) stem: Weight,
    pub(super) content: Weight,
    /// Least weights of common tokens with which the name may stand in a content to the shares of `NAMED`.
    name_least: [u32; NAMED.len()],
    /// The same for the content and the shares of `LIKE`.
    content_least: [u32; LIKE.len()],
}

/// Whether an item has venues, and whether it visits government units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Venues {
    Neither,
    Government,
    /// Venues of which one at least is a specific type.
    Sites,
    /// Broad classes only (企业, 学校).
    Broad,
    Mixed,
}

/// The weight of a set of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Weight(pub(super) u32);

impl Weight {
    fn of(set: &WeightedSet) -> Self {
        Self(set.weight)
    }

    /// The weighted Dice coefficient of two sets whose common tokens weigh `common`, in thousandths.
    #[inline]
    pub(super) fn dice(self, other: Self, common: u32) -> u32 {
        if common == 0 { 0 } else { share(2 * u64::from(common), u64::from(self.0) + u64::from(other.0)) }
    }
}

impl Outline {
    pub(super) fn of(features: &Features, venues: &Taxonomy) -> Self {
        let recognised = features
            .organizer
            .as_ref()
            .is_some_and(|organizer| organizer.unit.is_some() || !organizer.office.functions.is_empty());
        let known =
            !matches!(features.sureness, Sureness::Unknown | Sureness::Absent) && !features.units.is_empty();
        let both = if features.concepts.is_empty() { 0 } else { flag::BOTH_CONCEPTS }
            | if recognised { flag::BOTH_ORGANIZERS } else { 0 }
            | if known { flag::BOTH_UNITS } else { 0 }
            | if features.concept_share >= wording::MOSTLY { flag::BOTH_MOSTLY } else { 0 };
        let kind = Kind::ALL.iter().position(|&kind| kind == features.kind).filter(|_| features.kind_known);
        Self {
            both,
            kind: kind.map_or(0, |kind| kind as u8 + 1),
            venues: match (features.venues.is_empty(), features.visits_government) {
                (true, false) => Venues::Neither,
                (true, true) => Venues::Government,
                (false, false) if features.venues.iter().any(|&venue| venues.entry(venue).narrow) => {
                    Venues::Sites
                }
                (false, false) => Venues::Broad,
                (false, true) => Venues::Mixed,
            },
            remote: features.remote,
            hollow: features.is_hollow(),
            refers: features.said.refers.is_some(),
            has_content: !features.content.own.tokens.is_empty(),
            name_pairs: Weight::of(&features.name_pairs),
            name_tokens: Weight::of(&features.name_tokens),
            stem: Weight::of(&features.stem),
            content: Weight::of(&features.surrounding.set),
            name_least: std::array::from_fn(|share| features.name_sequence.least(share)),
            content_least: std::array::from_fn(|share| features.surrounding.sequence.least(share)),
        }
    }

    /// Whether the name may stand in a content to the share of that position, where common tokens weigh `common`.
    #[inline]
    pub(super) fn name_may_cover(&self, share: usize, common: u32) -> bool {
        common > 0 && common >= self.name_least[share]
    }

    /// Whether the content may stand in another to the share of that position, where common tokens weigh `common`.
    #[inline]
    pub(super) fn content_may_cover(&self, share: usize, common: u32) -> bool {
        common > 0 && common >= self.content_least[share]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_is_one_line_of_the_cache() {
        assert_eq!(std::mem::size_of::<Outline>(), 64);
    }
}
