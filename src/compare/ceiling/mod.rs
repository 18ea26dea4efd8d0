//! The most that a pair can weigh, from what it shares.
//!
//! [`Ceiling::may_reach`] never says no to a pair whose total reaches the floor, whatever the policy's
//! weights are: for each comparison it takes the heaviest of all levels that the pair can be on by what is
//! known of it. `docs/exactness.md` has the derivation, comparison by comparison.

mod flag;
mod keys;
mod outline;

use rustc_hash::FxHashMap;

use super::Comparer;
use super::pool::Pool;
use super::score::Model;
use super::wording::{self, LIKE, NAMED, TELLING};
use crate::lexicon::Taxonomy;
use crate::model::evidence::{Aspect, MilliBits};
use crate::model::kind::Kind;
use crate::policy::Level;
use flag::can_be;
use keys::Keys;
use outline::{KINDS, Outline, Venues, Weight};

/// Number of kinds of weighted tokens.
const OVERLAPS: usize = 6;

/// Weights under both hypotheses.
type Both = [MilliBits; 2];

fn plus(a: Both, b: Both) -> Both {
    [a[0] + b[0], a[1] + b[1]]
}

fn most(a: Both, b: Both) -> Both {
    [a[0].max(b[0]), a[1].max(b[1])]
}

/// Upper bounds for the pairs of one pool.
#[derive(Debug)]
pub struct Ceiling<'a> {
    pool: &'a Pool,
    wider: &'a Taxonomy,
    venues: &'a Taxonomy,
    model: &'a Model,
    floor: MilliBits,
    outlines: Vec<Outline>,
    /// By item: the number of its organizer's text.
    texts: Vec<Option<u32>>,
    /// Whether some item has co-organizers.
    co: bool,
    /// Whether the notes of some item mention others.
    partners: bool,
    keys: Keys,
    /// Prior and what neither words nor `Traits` decide, by flags.
    fixed: Vec<Both>,
    kinds: Vec<Both>,
    /// By venues of both, whether they share a venue, whether the organizers may be one.
    venue: [[[[Both; 2]; 2]; 5]; 5],
    /// Heaviest over all kinds and venues, by whether they share a venue.
    slack: [Both; 2],
    /// By flags: whether a pair may reach the floor whose words tell nothing.
    quiet: Vec<bool>,
}

/// Comparisons of which only the flags are known.
const FIXED: [Aspect; 7] = [
    Aspect::Object,
    Aspect::Concept,
    Aspect::Targets,
    Aspect::Organizer,
    Aspect::Window,
    Aspect::Basis,
    Aspect::Notes,
];

impl Comparer {
    /// Upper bounds for the totals of all pairs, to leave out those that cannot reach `floor`.
    ///
    /// Complexity: linear in the number of items.
    #[must_use]
    pub fn ceiling(&self, floor: MilliBits) -> Ceiling<'_> {
        Ceiling::new(self, floor)
    }
}

impl<'a> Ceiling<'a> {
    fn new(comparer: &'a Comparer, floor: MilliBits) -> Self {
        let (pool, lexicon, model) = (&comparer.pool, &comparer.lexicon, &comparer.model);
        let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
        let texts: Vec<Option<u32>> = pool
            .features
            .iter()
            .map(|features| {
                let organizer = features.organizer.as_ref()?;
                let next = numbers.len() as u32;
                Some(*numbers.entry(organizer.text.as_str()).or_insert(next))
            })
            .collect();
        let keys = Keys::of(pool, lexicon, numbers.len() as u32);
        let mut ceiling = Self {
            pool,
            wider: &lexicon.concepts,
            venues: &lexicon.venues,
            model,
            floor,
            outlines: pool.features.iter().map(|features| Outline::of(features, &lexicon.venues)).collect(),
            texts,
            co: pool.features.iter().any(|features| !features.co_organizers.is_empty()),
            partners: pool.features.iter().any(|features| !features.said.mentioned.is_empty()),
            keys,
            fixed: Vec::new(),
            kinds: Vec::new(),
            venue: [[[[[0; 2]; 2]; 2]; 5]; 5],
            slack: [[MilliBits::MIN / 4; 2]; 2],
            quiet: Vec::new(),
        };
        ceiling.fixed = ceiling.fixed_of_all();
        ceiling.kinds = (0..KINDS * KINDS).map(|pair| ceiling.kind_of(pair / KINDS, pair % KINDS)).collect();
        ceiling.venues_of_all();
        ceiling.quiet = (0..1 << flag::COUNT).map(|flags| ceiling.may_reach_quietly(flags)).collect();
        ceiling
    }

    /// Whether a pair with these flags may reach the floor though its names share nothing and neither its contents
    /// nor name and content share enough to say something.
    fn may_reach_quietly(&self, flags: u32) -> bool {
        let has = |bits: u32| flags & bits != 0;
        let mut content = self.heaviest(&[Level::ContentDifferent, Level::ContentUnknown]);
        let mut name = self.heaviest(&[Level::NameNone, Level::NameHollow]);
        if has(flag::NAMED) {
            content = most(content, self.weights_of(Level::ContentNamesConcept));
        }
        if has(flag::CONCEPT | flag::NESTED | flag::NAMED) {
            name = most(name, self.weights_of(Level::NameExplained));
        }
        let slack = self.slack[usize::from(has(flag::VENUE))];
        self.reaches(plus(plus(self.fixed[flags as usize], plus(content, name)), slack))
    }

    #[inline]
    fn reaches(&self, total: Both) -> bool {
        total[0] >= self.floor || total[1] >= self.floor
    }

    /// The weights of a level. Scaled by rarity in the pool, a positive one lies between 0 and itself.
    #[inline]
    fn weights_of(&self, level: Level) -> Both {
        [self.model.matter[level as usize], self.model.visit[level as usize]]
    }

    /// The heaviest weights of some levels.
    fn heaviest(&self, levels: &[Level]) -> Both {
        levels.iter().map(|&level| self.weights_of(level)).reduce(most).unwrap_or([0; 2])
    }

    /// By flags: prior and the heaviest weights of the comparisons of `FIXED`.
    fn fixed_of_all(&self) -> Vec<Both> {
        let mut sums = vec![[self.model.matter_prior, self.model.visit_prior]; 1 << flag::COUNT];
        let mut known: Vec<Option<Both>> = Vec::new();
        for aspect in FIXED {
            let mask = flag::that_matter_to(aspect);
            known.clear();
            known.resize(mask as usize + 1, None);
            for (sum, flags) in sums.iter_mut().zip(0..) {
                let flags: u32 = flags & mask;
                let heaviest = *known[flags as usize]
                    .get_or_insert_with(|| self.heaviest_of(aspect, |level| can_be(level, flags)));
                *sum = plus(*sum, heaviest);
            }
        }
        sums
    }

    /// The heaviest weights of those levels of an aspect that a pair can be on.
    fn heaviest_of(&self, aspect: Aspect, can_be: impl Fn(Level) -> bool) -> Both {
        let levels = Level::ALL.iter().copied().filter(|&level| level.aspect() == aspect && can_be(level));
        levels.map(|level| self.weights_of(level)).reduce(most).unwrap_or([0; 2])
    }

    /// Heaviest level of two kinds, counted from 1; 0 for one that is not known.
    fn kind_of(&self, a: usize, b: usize) -> Both {
        let (Some(a), Some(b)) = (a.checked_sub(1), b.checked_sub(1)) else {
            return self.heaviest(&[Level::KindAkin]);
        };
        let (a, b) = (Kind::ALL[a], Kind::ALL[b]);
        let levels: &[Level] = if (a == Kind::Research) != (b == Kind::Research) {
            &[Level::KindResearch]
        } else if a.scores() != b.scores() {
            &[Level::KindOfPart, Level::KindScoring]
        } else if a == b {
            &[Level::KindSame]
        } else {
            &[Level::KindAkin]
        };
        self.heaviest(levels)
    }

    fn venues_of_all(&mut self) {
        use Venues::{Broad, Government, Mixed, Neither, Sites};
        let all = [Neither, Government, Sites, Broad, Mixed];
        for a in all {
            for b in all {
                for shared in [false, true] {
                    for one_organizer in [false, true] {
                        let sites = matches!((a, b), (Sites | Broad, Sites | Broad));
                        let can_be = |level: Level| match level {
                            Level::VenueSame
                            | Level::VenueNested
                            | Level::VenueShared
                            | Level::VenueBroad => shared && sites,
                            Level::VenueOwn => shared && sites && one_organizer,
                            Level::VenueUnits => shared,
                            Level::VenueDifferent => sites,
                            Level::VenueSubsets => sites && one_organizer,
                            Level::VenueAgainstGroup => {
                                matches!((a, b), (Sites, Government) | (Government, Sites))
                            }
                            Level::VenueMixed => {
                                a == Mixed
                                    || b == Mixed
                                    || matches!((a, b), (Broad, Government) | (Government, Broad))
                            }
                            Level::VenueNone => !sites,
                            _ => true,
                        };
                        let heaviest = self.heaviest_of(Aspect::Venue, can_be);
                        self.venue[a as usize][b as usize][usize::from(shared)][usize::from(one_organizer)] =
                            heaviest;
                        let slack = &mut self.slack[usize::from(shared)];
                        *slack = most(*slack, heaviest);
                    }
                }
            }
        }
        let kind = self.kinds.iter().copied().reduce(most).unwrap_or([0; 2]);
        let method = self.heaviest(&[Level::MethodSite, Level::MethodRemote]);
        self.slack = self.slack.map(|venue| plus(plus(venue, kind), method));
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
        if !self.quiet[flags as usize] && is_quiet(left, right, overlaps) {
            return false;
        }
        let shared = usize::from(flags & flag::VENUE != 0);
        let (content, very_close) = self.content(left, right, overlaps, flags);
        let name = self.name(left, right, overlaps, flags, very_close);
        let mut most = plus(plus(self.fixed[flags as usize], content), name);
        if very_close {
            most = plus(most, self.named_after_all(flags));
        }
        if !self.reaches(plus(most, self.slack[shared])) {
            return false;
        }
        let one_organizer = usize::from(flags & flag::ORGANIZER != 0);
        let venue = self.venue[left.venues as usize][right.venues as usize][shared][one_organizer];
        let kind = self.kinds[usize::from(left.kind) * KINDS + usize::from(right.kind)];
        let method = self.weights_of(if left.remote == right.remote {
            Level::MethodSite
        } else {
            Level::MethodRemote
        });
        self.reaches(plus(plus(most, venue), plus(kind, method)))
    }

    /// What [`Level::ConceptNamed`] adds to the heaviest concept level for contents that are very close.
    fn named_after_all(&self, flags: u32) -> Both {
        let with = self.fixed[(flags | flag::NAMED) as usize];
        let without = self.fixed[flags as usize];
        [with[0] - without[0], with[1] - without[1]]
    }

    /// The heaviest content level, and whether the contents may be very close.
    #[inline]
    fn content(&self, a: &Outline, b: &Outline, overlaps: &[u32; OVERLAPS], flags: u32) -> (Both, bool) {
        let (mut heaviest, mut very_close) = (self.weights_of(Level::ContentDifferent), false);
        if !a.has_content || !b.has_content {
            heaviest = self.weights_of(Level::ContentUnknown);
        } else if overlaps[2] >= TELLING {
            let (common, dice) = (overlaps[2], a.content.dice(b.content, overlaps[2]));
            let short = if a.content <= b.content { a } else { b };
            heaviest = self.weights_of(wording::likeness(common, dice, 0));
            for (number, &share) in LIKE.iter().enumerate() {
                if short.content_may_cover(number, common) {
                    let level = wording::likeness(common, dice, share);
                    heaviest = most(heaviest, self.weights_of(level));
                    very_close |= level == Level::ContentVeryClose;
                }
            }
            very_close |= wording::likeness(common, dice, 0) == Level::ContentVeryClose;
        }
        if flags & flag::CONCEPT != 0 && flags & flag::ORGANIZER != 0 {
            // Contents that differ do not speak against one matter of one organizer.
            heaviest = most(heaviest, self.weights_of(Level::ContentUnknown));
        }
        for (part, whole, common) in [(a, b, overlaps[3]), (b, a, overlaps[4])] {
            if common > 0 && whole.has_content {
                for (number, &share) in NAMED.iter().enumerate() {
                    if part.name_may_cover(number, common) {
                        heaviest = most(heaviest, self.weights_of(wording::words_named(share)));
                    }
                }
            }
        }
        if flags & flag::NAMED != 0 {
            heaviest = most(heaviest, self.weights_of(Level::ContentNamesConcept));
        }
        (heaviest, very_close)
    }

    /// The heaviest name level.
    #[inline]
    fn name(
        &self,
        a: &Outline,
        b: &Outline,
        overlaps: &[u32; OVERLAPS],
        flags: u32,
        very_close: bool,
    ) -> Both {
        let [by_pair, by_token, .., stem] = *overlaps;
        let mut heaviest = self.weights_of(Level::NameNone);
        if by_pair > 0 || by_token > 0 {
            let by_pair = a.name_pairs.dice(b.name_pairs, by_pair);
            let by_token = a.name_tokens.dice(b.name_tokens, by_token);
            heaviest = self.weights_of(wording::name_level(by_pair.max(by_token)));
        }
        if flags & flag::VENUE != 0 {
            // At one venue the stems are compared instead.
            let level = wording::name_level(a.stem.dice(b.stem, stem));
            heaviest = most(heaviest, self.weights_of(level));
        }
        if flags & flag::ORGANIZER != 0
            && let Some(level) = wording::stem_level(a.stem.0.max(b.stem.0), stem)
        {
            heaviest = most(heaviest, self.weights_of(level));
        }
        // Which of the two is the shorter hangs on both kinds of tokens: either is taken for it.
        let within = |one: Weight, other: Weight, common: u32| {
            let least = one.min(other).0.max(TELLING);
            u64::from(common) * 10 >= 9 * u64::from(least)
        };
        if within(a.name_tokens, b.name_tokens, by_token) || within(a.name_pairs, b.name_pairs, by_pair) {
            heaviest = most(heaviest, self.weights_of(Level::NameContained));
        }
        // Equal names have equal tokens, or none.
        let whole = |one: Weight, other: Weight, common: u32| common == one.0 && common == other.0;
        if whole(a.name_pairs, b.name_pairs, by_pair) && whole(a.name_tokens, b.name_tokens, by_token) {
            heaviest = most(heaviest, self.weights_of(Level::NameIdentical));
        }
        if a.hollow || b.hollow {
            heaviest = most(heaviest, self.weights_of(Level::NameHollow));
        }
        let words = a.name_may_cover(0, overlaps[3]) || b.name_may_cover(0, overlaps[4]);
        if very_close || words || flags & (flag::CONCEPT | flag::NESTED | flag::NAMED) != 0 {
            heaviest = most(heaviest, self.weights_of(Level::NameExplained));
        }
        heaviest
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_flags_that_matter_do() {
        for &level in Level::ALL {
            let mask = flag::that_matter_to(level.aspect());
            for flags in 0..1 << flag::COUNT {
                let told = FIXED.contains(&level.aspect());
                assert!(!told || can_be(level, flags) == can_be(level, flags & mask), "{}", level.key());
            }
        }
    }

    /// A level that speaks for a merge and is possible for pairs that share nothing would let every pair through
    /// to be scored: right, but slow. Whoever adds one says here what it needs.
    #[test]
    fn what_speaks_for_a_merge_needs_something_shared() {
        let nothing = flag::BOTH_CONCEPTS | flag::BOTH_ORGANIZERS | flag::BOTH_MOSTLY;
        for &level in Level::ALL {
            let looked_at = matches!(
                level.aspect(),
                Aspect::Concept | Aspect::Object | Aspect::Basis | Aspect::Notes | Aspect::Targets
            );
            if looked_at && level.matter_bits().max(level.visit_bits()) > 0.0 {
                assert!(!can_be(level, nothing), "{}", level.key());
            }
        }
    }
}
