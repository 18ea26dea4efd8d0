//! The heaviest weights that levels allow, by what is known of a pair.

use super::super::score::Model;
use super::flag::{self, can_be};
use super::outline::{KINDS, Venues};
use crate::model::evidence::{Aspect, MilliBits};
use crate::model::kind::Kind;
use crate::policy::Level;

/// Weights under both hypotheses.
pub(super) type Both = [MilliBits; 2];

pub(super) fn plus(a: Both, b: Both) -> Both {
    [a[0] + b[0], a[1] + b[1]]
}

pub(super) fn most(a: Both, b: Both) -> Both {
    [a[0].max(b[0]), a[1].max(b[1])]
}

/// What a policy's weights allow, whatever the pool: the tables of a [`Ceiling`](super::Ceiling).
#[derive(Debug)]
pub struct Bounds {
    /// By level.
    weights: Vec<Both>,
    prior: Both,
    floor: MilliBits,
    /// Prior and what neither words nor outlines decide, by flags.
    pub(super) fixed: Vec<Both>,
    kinds: Vec<Both>,
    /// By venues of both, whether they share a venue, whether the organizers may be one.
    venue: [[[[Both; 2]; 2]; 5]; 5],
    /// Heaviest over all kinds and venues, by whether they share a venue.
    pub(super) slack: [Both; 2],
    /// By flags: whether a pair may reach the floor whose words tell nothing.
    pub(super) quiet: Vec<bool>,
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

impl Bounds {
    /// The bounds of totals that reach `floor`. Complexity: that of a table of all flags, less than a millisecond.
    pub(in super::super) fn new(model: &Model, floor: MilliBits) -> Self {
        let weights = model.matter.iter().zip(&model.visit).map(|(&matter, &visit)| [matter, visit]);
        let mut bounds = Self {
            weights: weights.collect(),
            prior: [model.matter_prior, model.visit_prior],
            floor,
            fixed: Vec::new(),
            kinds: Vec::new(),
            venue: [[[[[0; 2]; 2]; 2]; 5]; 5],
            slack: [[MilliBits::MIN / 4; 2]; 2],
            quiet: Vec::new(),
        };
        bounds.fixed = bounds.fixed_of_all();
        bounds.kinds = (0..KINDS * KINDS).map(|pair| bounds.kind_of(pair / KINDS, pair % KINDS)).collect();
        bounds.venues_of_all();
        bounds.quiet = (0..1 << flag::COUNT).map(|flags| bounds.may_reach_quietly(flags)).collect();
        bounds
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
    pub(super) fn reaches(&self, total: Both) -> bool {
        total[0] >= self.floor || total[1] >= self.floor
    }

    /// The weights of a level. Scaled by rarity in the pool, a positive one lies between 0 and itself.
    #[inline]
    pub(super) fn weights_of(&self, level: Level) -> Both {
        self.weights[level as usize]
    }

    /// The heaviest weights of some levels.
    fn heaviest(&self, levels: &[Level]) -> Both {
        levels.iter().map(|&level| self.weights_of(level)).reduce(most).unwrap_or([0; 2])
    }

    /// By flags: prior and the heaviest weights of the comparisons of `FIXED`.
    fn fixed_of_all(&self) -> Vec<Both> {
        let mut sums = vec![self.prior; 1 << flag::COUNT];
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
            &[Level::KindOfPart, Level::KindAlongside, Level::KindScoring]
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

    /// The heaviest kind level of two kinds, counted from 1.
    #[inline]
    pub(super) fn kind(&self, a: u8, b: u8) -> Both {
        self.kinds[usize::from(a) * KINDS + usize::from(b)]
    }

    /// The heaviest venue level.
    #[inline]
    pub(super) fn venue(&self, venues: [Venues; 2], shared: bool, one_organizer: bool) -> Both {
        let [a, b] = venues.map(|venues| venues as usize);
        self.venue[a][b][usize::from(shared)][usize::from(one_organizer)]
    }
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
