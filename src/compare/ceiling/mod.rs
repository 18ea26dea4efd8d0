//! The most that a pair can weigh, from what it shares.
//!
//! [`Ceiling::may_reach`] never says no to a pair whose total reaches the floor, whatever the policy's
//! weights are: for each comparison it takes the heaviest of all levels that the pair can be on by what is
//! known of it. `docs/exactness.md` has the derivation, comparison by comparison.

mod bounds;
mod flag;
mod keys;
mod outline;

use rustc_hash::FxHashMap;

use super::Comparer;
use super::features::Features;
use super::pool::Pool;
use super::wording::{self, LIKE, NAMED, TELLING};
use crate::lexicon::Taxonomy;
use crate::model::evidence::MilliBits;
use crate::policy::Level;
pub use bounds::Bounds;
use bounds::{Both, most, plus};
use keys::Keys;
use outline::{Outline, Weight};

/// Number of kinds of weighted tokens.
const OVERLAPS: usize = 6;

/// Upper bounds for the pairs of some items of a pool, which go by their positions in the list.
#[derive(Debug)]
pub struct Ceiling<'a> {
    pool: &'a Pool,
    wider: &'a Taxonomy,
    venues: &'a Taxonomy,
    bounds: &'a Bounds,
    items: &'a [u32],
    outlines: Vec<Outline>,
    /// By item: the number of its organizer's text.
    texts: Vec<Option<u32>>,
    /// Whether some item has co-organizers.
    co: bool,
    /// Whether the notes of some item mention others.
    partners: bool,
    keys: Keys,
}

impl Comparer {
    /// What the policy's weights allow of pairs whose totals reach `floor`.
    #[must_use]
    pub fn bounds(&self, floor: MilliBits) -> Bounds {
        Bounds::new(&self.model, floor)
    }

    /// Upper bounds for the totals of all pairs of some items, to leave out those that cannot reach the floor.
    ///
    /// Complexity: linear in the number of items.
    #[must_use]
    pub fn ceiling<'a>(&'a self, items: &'a [u32], bounds: &'a Bounds) -> Ceiling<'a> {
        Ceiling::new(self, items, bounds)
    }
}

impl<'a> Ceiling<'a> {
    fn new(comparer: &'a Comparer, items: &'a [u32], bounds: &'a Bounds) -> Self {
        let (pool, lexicon) = (&comparer.pool, &comparer.lexicon);
        let features = || items.iter().map(|&item| &pool.features[item as usize]);
        let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
        let texts: Vec<Option<u32>> = features()
            .map(|features| {
                let organizer = features.organizer.as_ref()?;
                let next = numbers.len() as u32;
                Some(*numbers.entry(organizer.office.text.as_str()).or_insert(next))
            })
            .collect();
        Self {
            pool,
            wider: &lexicon.concepts,
            venues: &lexicon.venues,
            bounds,
            items,
            outlines: features().map(|features| Outline::of(features, &lexicon.venues)).collect(),
            co: features().any(|features| !features.co_organizers.is_empty()),
            partners: features().any(|features| !features.said.mentioned.is_empty()),
            keys: Keys::of(features(), pool, lexicon, numbers.len() as u32),
            texts,
        }
    }

    /// The features of the item at a position of the list.
    fn features(&self, position: u32) -> &Features {
        &self.pool.features[self.items[position as usize] as usize]
    }

    /// Whether the total of a pair may reach the floor: `false` only if it cannot.
    ///
    /// `overlaps` are the weights of the common tokens of each kind, `flags` the union of the bits of the
    /// common keys.
    #[must_use]
    #[inline]
    pub fn may_reach(&self, a: u32, b: u32, overlaps: &[u32; OVERLAPS], flags: u32) -> bool {
        let (left, right) = (&self.outlines[a as usize], &self.outlines[b as usize]);
        let flags = flags | left.both & right.both;
        let repeats = flags & flag::ORGANIZER != 0 && (left.refers || right.refers);
        if !repeats && !self.bounds.quiet[flags as usize] && is_quiet(left, right, overlaps) {
            return false;
        }
        let shared = flags & flag::VENUE != 0;
        let (mut content, nearness) = self.content(left, right, overlaps, flags);
        let very_close = nearness == Nearness::VeryClose;
        if repeats {
            content = most(content, self.bounds.weights_of(Level::ContentUnknown));
        }
        let name = self.name(
            left,
            right,
            overlaps,
            flags,
            very_close || nearness > Nearness::Other && may_tell(overlaps, flags) || repeats,
        );
        let mut most = plus(plus(self.bounds.fixed[flags as usize], content), name);
        if very_close {
            most = plus(most, self.named_after_all(flags));
        }
        if !self.bounds.reaches(plus(most, self.bounds.slack[usize::from(shared)])) {
            return false;
        }
        let one_organizer = flags & flag::ORGANIZER != 0;
        let venue = self.bounds.venue([left.venues, right.venues], shared, one_organizer);
        let kind = self.bounds.kind(left.kind, right.kind);
        let method = self.bounds.weights_of(if left.remote == right.remote {
            Level::MethodSite
        } else {
            Level::MethodRemote
        });
        self.bounds.reaches(plus(plus(most, venue), plus(kind, method)))
    }

    /// What [`Level::ConceptNamed`] adds to the heaviest concept level for contents that are very close.
    fn named_after_all(&self, flags: u32) -> Both {
        let with = self.bounds.fixed[(flags | flag::NAMED) as usize];
        let without = self.bounds.fixed[flags as usize];
        [with[0] - without[0], with[1] - without[1]]
    }

    /// The heaviest content level, and how near the contents may be.
    #[inline]
    fn content(&self, a: &Outline, b: &Outline, overlaps: &[u32; OVERLAPS], flags: u32) -> (Both, Nearness) {
        let (mut heaviest, mut nearness) = (self.bounds.weights_of(Level::ContentDifferent), Nearness::Other);
        if !a.has_content || !b.has_content {
            heaviest = self.bounds.weights_of(Level::ContentUnknown);
        } else if overlaps[2] >= TELLING {
            let (common, dice) = (overlaps[2], a.content.dice(b.content, overlaps[2]));
            let short = if a.content <= b.content { a } else { b };
            let whole = wording::likeness(common, dice, 0);
            heaviest = self.bounds.weights_of(whole);
            nearness = Nearness::of(whole);
            for (number, &share) in LIKE.iter().enumerate() {
                if short.content_may_cover(number, common) {
                    let level = wording::likeness(common, dice, share);
                    heaviest = most(heaviest, self.bounds.weights_of(level));
                    nearness = nearness.max(Nearness::of(level));
                }
            }
            if nearness > Nearness::Other && may_tell(overlaps, flags) {
                heaviest = most(heaviest, self.bounds.weights_of(Level::ContentTells));
            }
        }
        if flags & flag::CONCEPT != 0 && flags & (flag::ORGANIZER | flag::BOTH_UNITS) != 0 {
            // Contents that differ do not speak against one matter of one organizer, or at the same units.
            heaviest = most(heaviest, self.bounds.weights_of(Level::ContentUnknown));
        }
        for (part, whole, common) in [(a, b, overlaps[3]), (b, a, overlaps[4])] {
            if common > 0 && whole.has_content {
                for (number, &share) in NAMED.iter().enumerate() {
                    if part.name_may_cover(number, common) {
                        heaviest = most(heaviest, self.bounds.weights_of(wording::words_named(share)));
                    }
                }
            }
        }
        if flags & flag::NAMED != 0 {
            heaviest = most(heaviest, self.bounds.weights_of(Level::ContentNamesConcept));
        }
        (heaviest, nearness)
    }

    /// The heaviest name level; `explained` says that something else tells why the names differ.
    #[inline]
    fn name(
        &self,
        a: &Outline,
        b: &Outline,
        overlaps: &[u32; OVERLAPS],
        flags: u32,
        explained: bool,
    ) -> Both {
        let [by_pair, by_token, .., stem] = *overlaps;
        let mut heaviest = self.bounds.weights_of(Level::NameNone);
        if by_pair > 0 || by_token > 0 {
            let by_pair = a.name_pairs.dice(b.name_pairs, by_pair);
            let by_token = a.name_tokens.dice(b.name_tokens, by_token);
            heaviest = self.bounds.weights_of(wording::name_level(by_pair.max(by_token)));
        }
        if flags & flag::VENUE != 0 {
            // At one venue the stems are compared instead.
            let level = wording::name_level(a.stem.dice(b.stem, stem));
            heaviest = most(heaviest, self.bounds.weights_of(level));
        }
        if flags & flag::ORGANIZER != 0
            && let Some(level) = wording::stem_level(a.stem.0.max(b.stem.0), stem)
        {
            heaviest = most(heaviest, self.bounds.weights_of(level));
        }
        // Which of the two is the shorter hangs on both kinds of tokens: either is taken for it.
        let within = |one: Weight, other: Weight, common: u32| {
            let least = one.min(other).0.max(TELLING);
            u64::from(common) * 10 >= 9 * u64::from(least)
        };
        if within(a.name_tokens, b.name_tokens, by_token) || within(a.name_pairs, b.name_pairs, by_pair) {
            heaviest = most(heaviest, self.bounds.weights_of(Level::NameContained));
        }
        // Equal names have equal tokens, or none.
        let whole = |one: Weight, other: Weight, common: u32| common == one.0 && common == other.0;
        if whole(a.name_pairs, b.name_pairs, by_pair) && whole(a.name_tokens, b.name_tokens, by_token) {
            heaviest = most(heaviest, self.bounds.weights_of(Level::NameIdentical));
        }
        if a.hollow || b.hollow {
            heaviest = most(heaviest, self.bounds.weights_of(Level::NameHollow));
        }
        let words = a.name_may_cover(0, overlaps[3]) || b.name_may_cover(0, overlaps[4]);
        if explained || words || flags & (flag::CONCEPT | flag::NESTED | flag::NAMED) != 0 {
            heaviest = most(heaviest, self.bounds.weights_of(Level::NameExplained));
        }
        heaviest
    }
}

/// How near two contents may be.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    Other,
    Close,
    VeryClose,
}

impl Nearness {
    fn of(level: Level) -> Self {
        match level {
            Level::ContentVeryClose => Self::VeryClose,
            Level::ContentClose => Self::Close,
            _ => Self::Other,
        }
    }
}

/// Whether near contents may tell what a name does not: [`Level::ContentTells`].
#[inline]
fn may_tell(overlaps: &[u32; OVERLAPS], flags: u32) -> bool {
    overlaps[2] >= wording::TELLS
        && flags & flag::BOTH_UNITS != 0
        && flag::can_be(Level::ConceptUnknown, flags)
}

/// Whether the words of two items tell nothing: most pairs of a county.
#[inline]
fn is_quiet(a: &Outline, b: &Outline, overlaps: &[u32; OVERLAPS]) -> bool {
    let [by_pair, by_token, content, forth, back, stem] = *overlaps;
    let names = by_pair | by_token | stem == 0 && a.name_pairs.0 > 0;
    // The last share is the smallest.
    let covers = |one: &Outline, common: u32| one.name_may_cover(NAMED.len() - 1, common);
    names && content < TELLING && !covers(a, forth) && !covers(b, back)
}
