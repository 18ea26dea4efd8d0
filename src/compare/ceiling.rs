//! The most that a pair can weigh, from what it shares.
//!
//! [`Ceiling::may_reach`] never says no to a pair whose total reaches the floor, whatever the policy's
//! weights are: for each comparison it takes the heaviest of all levels that the pair can be on by what is
//! known of it. `docs/exactness.md` has the derivation, comparison by comparison.

use rustc_hash::FxHashMap;

use super::Comparer;
use super::circumstances::may_share_sites;
use super::features::{Features, department};
use super::pool::Pool;
use super::score::Model;
use super::subject::Organizer;
use super::tokens::WeightedSet;
use super::wording::{self, LIKE, NAMED, TELLING};
use crate::lexicon::Taxonomy;
use crate::model::evidence::{Aspect, MilliBits};
use crate::model::kind::Kind;
use crate::model::target_set::Sureness;
use crate::policy::Level;

/// What a pair shares, as bits.
mod flag {
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
}

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

/// The little that is known of an item without its words.
#[derive(Clone, Copy, Debug)]
struct Traits {
    /// Bits of `flag` that both must have.
    both: u32,
    kind: u8,
    venues: Venues,
    remote: bool,
}

/// Whether an item has venues, and whether it visits government units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Venues {
    Neither,
    Government,
    Sites,
    Mixed,
}

/// Upper bounds for the pairs of one pool.
#[derive(Debug)]
pub struct Ceiling<'a> {
    pool: &'a Pool,
    wider: &'a Taxonomy,
    venues: &'a Taxonomy,
    model: &'a Model,
    floor: MilliBits,
    traits: Vec<Traits>,
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
    venue: [[[[Both; 2]; 2]; 4]; 4],
    /// Heaviest over all kinds and venues, by whether they share a venue.
    slack: [Both; 2],
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

/// Where each kind of key begins.
#[derive(Clone, Copy, Debug)]
struct Keys {
    concept: u32,
    venue: u32,
    unit: u32,
    organizer: u32,
    citation: u32,
    quoted: u32,
    units: u32,
    end: u32,
    /// Numbers of organizers: texts, then departments, then functions.
    departments: u32,
    functions: u32,
    organizers: u32,
}

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
        let organizers = || {
            pool.features
                .iter()
                .flat_map(|features| features.organizer.iter().chain(&features.co_organizers[..]))
        };
        let units = organizers()
            .filter_map(|organizer| department(organizer).map(|unit| unit.as_u32() + 1))
            .max()
            .unwrap_or(0);
        let functions = organizers()
            .filter_map(|organizer| organizer.functions.last().map(|last| last + 1))
            .chain(std::iter::once(pool.callsigns.count))
            .max()
            .unwrap_or(0);
        let sites = pool
            .features
            .iter()
            .filter(|features| may_share_sites(features))
            .filter_map(|features| features.units.ranges().last().map(|&(_, end)| end))
            .max()
            .unwrap_or(0);
        let quoted =
            pool.features.iter().filter_map(|features| features.quoted.last().map(|last| last + 1)).max();
        let (concepts, venues) = (lexicon.concepts.len() as u32, lexicon.venues.len() as u32);
        let (departments, organizer_count) = (numbers.len() as u32, numbers.len() as u32 + units + functions);
        let venue = 8 * concepts;
        let unit = venue + 2 * venues;
        let organizer = unit + sites;
        let citation = organizer + 5 * organizer_count;
        let quotation = citation + pool.citation_count.len() as u32;
        let unit_sets = quotation + quoted.unwrap_or(0);
        let keys = Keys {
            concept: 0,
            venue,
            unit,
            organizer,
            citation,
            quoted: quotation,
            units: unit_sets,
            end: unit_sets + pool.unit_set_count.len() as u32,
            departments,
            functions: departments + units,
            organizers: organizer_count,
        };
        let mut ceiling = Self {
            pool,
            wider: &lexicon.concepts,
            venues: &lexicon.venues,
            model,
            floor,
            traits: pool.features.iter().map(traits).collect(),
            texts,
            co: pool.features.iter().any(|features| !features.co_organizers.is_empty()),
            partners: pool.features.iter().any(|features| !features.mentioned.is_empty()),
            keys,
            fixed: Vec::new(),
            kinds: Vec::new(),
            venue: [[[[[0; 2]; 2]; 2]; 4]; 4],
            slack: [[MilliBits::MIN / 4; 2]; 2],
        };
        let levels = FIXED.map(|aspect| -> Vec<Level> {
            Level::ALL.iter().copied().filter(|level| level.aspect() == aspect).collect()
        });
        ceiling.fixed = (0..1 << flag::COUNT).map(|flags| ceiling.fixed_of(flags, &levels)).collect();
        ceiling.kinds = (0..KINDS * KINDS).map(|pair| ceiling.kind_of(pair / KINDS, pair % KINDS)).collect();
        ceiling.venues_of_all();
        ceiling
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

    /// Prior and the heaviest weights of the comparisons of `FIXED`, whose levels are given.
    fn fixed_of(&self, flags: u32, levels: &[Vec<Level>]) -> Both {
        levels
            .iter()
            .map(|levels| {
                let possible = levels.iter().filter(|&&level| can_be(level, flags));
                possible.map(|&level| self.weights_of(level)).reduce(most).unwrap_or([0; 2])
            })
            .fold([self.model.matter_prior, self.model.visit_prior], plus)
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
        use Venues::{Government, Mixed, Neither, Sites};
        let all = [Neither, Government, Sites, Mixed];
        for a in all {
            for b in all {
                for shared in [false, true] {
                    for one_organizer in [false, true] {
                        let sites = (a, b) == (Sites, Sites);
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
                            Level::VenueMixed => a == Mixed || b == Mixed,
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

    fn sets(features: &Features) -> [&WeightedSet; OVERLAPS] {
        [
            &features.name_pairs,
            &features.name_tokens,
            &features.content,
            &features.name_text,
            &features.own_content,
            &features.stem,
        ]
    }

    /// The tokens of a kind that the earlier item of a pair has: its name by character pairs and by
    /// meaning, its content with its targets, its name as text, its content alone, the stem of its name.
    #[must_use]
    pub fn indexed(&self, kind: usize, item: u32) -> &[u32] {
        &Self::sets(&self.pool.features[item as usize])[kind].tokens
    }

    /// The tokens of a kind that the later item has: of name as text and content alone the other one, so
    /// that names meet contents.
    #[must_use]
    pub fn looked_up(&self, kind: usize, item: u32) -> &[u32] {
        &Self::sets(&self.pool.features[item as usize])[[0, 1, 2, 4, 3, 5][kind]].tokens
    }

    /// The weights of the tokens of a kind.
    #[must_use]
    pub fn weights(&self, kind: usize) -> &[u32] {
        [
            &self.pool.pair_weights,
            &self.pool.name_weights,
            &self.pool.text_weights,
            &self.pool.text_weights,
            &self.pool.text_weights,
            &self.pool.stem_weights,
        ][kind]
    }

    /// A number above all keys.
    #[must_use]
    pub fn key_count(&self) -> usize {
        self.keys.end as usize
    }

    /// Appends what else the earlier item of a pair has, as keys with the bits that sharing them sets.
    pub fn indexed_keys(&self, item: u32, into: &mut Vec<(u32, u32)>) {
        self.item_keys(item, [0, 1, 2, 3, 4, 5, 6, 7], [0, 1], [0, 1, 2, 3, 4], into);
    }

    /// Appends what else the later item has.
    pub fn looked_up_keys(&self, item: u32, into: &mut Vec<(u32, u32)>) {
        self.item_keys(item, [0, 2, 1, 4, 3, 6, 5, 7], [1, 0], [0, 2, 1, 4, 3], into);
    }

    /// The keys of an item. A directed relation has two spaces of keys, in one of which one side stands and
    /// in the other the other; the later item has them exchanged.
    fn item_keys(
        &self,
        item: u32,
        concept: [u32; 8],
        venue: [u32; 2],
        organizer: [u32; 5],
        into: &mut Vec<(u32, u32)>,
    ) {
        let features = &self.pool.features[item as usize];
        let keys = &self.keys;
        let spaces = concept.map(|space| keys.concept + space * self.wider.len() as u32);
        let [own, narrow, wide, name, content, speaks_of, spoken_of, kin] = spaces;
        for &concept in &features.concepts {
            into.push((own + concept, flag::CONCEPT));
            into.push((narrow + concept, flag::NESTED));
            let above = self.wider.wider(concept).iter().chain(self.wider.wholes(concept));
            into.push((kin + concept, flag::SIBLING));
            for above in above {
                into.push((wide + above, flag::NESTED));
                into.push((kin + above, flag::SIBLING));
            }
            into.push((name + concept, flag::NAMED));
            into.push((spoken_of + concept, flag::NOTES));
        }
        into.extend(features.content_concepts.iter().map(|concept| (content + concept, flag::NAMED)));
        let said = features.together.iter().chain(&features.separate[..]);
        into.extend(said.map(|concept| (speaks_of + concept, flag::NOTES)));
        let [narrow, wide] = venue.map(|space| keys.venue + space * self.venues.len() as u32);
        for &venue in &features.venues {
            // A venue is within itself.
            into.push((narrow + venue, flag::VENUE));
            into.push((wide + venue, flag::VENUE));
            let above = self.venues.wider(venue).iter().chain(self.venues.wholes(venue));
            into.extend(above.map(|above| (wide + above, flag::VENUE)));
        }
        if may_share_sites(features) {
            into.extend(features.units.iter().map(|unit| (keys.unit + unit.as_u32(), flag::VENUE)));
        }
        let [main, led, helped, invited, inviting] =
            organizer.map(|space| keys.organizer + space * keys.organizers);
        if let Some(text) = self.texts[item as usize] {
            into.push((main + text, flag::ORGANIZER));
        }
        if let Some(organizer) = &features.organizer {
            self.organizer_numbers(organizer, |number| {
                into.push((main + number, flag::ORGANIZER));
                if self.co {
                    into.push((led + number, flag::CO));
                }
            });
            if self.partners {
                let callsigns = features.callsigns.iter();
                into.extend(callsigns.map(|callsign| (invited + keys.functions + callsign, flag::NOTES)));
            }
        }
        let mentioned = features.mentioned.iter();
        into.extend(mentioned.map(|callsign| (inviting + keys.functions + callsign, flag::NOTES)));
        for organizer in &features.co_organizers {
            self.organizer_numbers(organizer, |number| into.push((helped + number, flag::CO)));
        }
        into.extend(features.citations.iter().map(|citation| (keys.citation + citation, flag::BASIS)));
        into.extend(features.quoted.iter().map(|quoted| (keys.quoted + quoted, flag::QUOTED)));
        into.push((keys.units + features.unit_set, flag::UNITS));
    }

    fn organizer_numbers(&self, organizer: &Organizer, mut visit: impl FnMut(u32)) {
        if let Some(unit) = department(organizer) {
            visit(self.keys.departments + unit.as_u32());
        }
        for function in &organizer.functions {
            visit(self.keys.functions + function);
        }
    }

    /// Whether the total of a pair may reach the floor: `false` only if it cannot.
    ///
    /// `overlaps` are the weights of the common tokens of each kind, `flags` the union of the bits of the
    /// common keys.
    #[must_use]
    #[inline]
    pub fn may_reach(&self, a: u32, b: u32, overlaps: &[u32; OVERLAPS], flags: u32) -> bool {
        let (left, right) = (&self.traits[a as usize], &self.traits[b as usize]);
        let flags = flags | left.both & right.both;
        let shared = usize::from(flags & flag::VENUE != 0);
        let (first, second) = (&self.pool.features[a as usize], &self.pool.features[b as usize]);
        let (content, very_close) = self.content(first, second, overlaps, flags);
        let name = self.name(first, second, overlaps, flags, very_close);
        let mut most = plus(plus(self.fixed[flags as usize], content), name);
        if very_close {
            most = plus(most, self.named_after_all(flags));
        }
        let reaches = |total: Both| total[0] >= self.floor || total[1] >= self.floor;
        if !reaches(plus(most, self.slack[shared])) {
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
        reaches(plus(plus(most, venue), plus(kind, method)))
    }

    /// What [`Level::ConceptNamed`] adds to the heaviest concept level for contents that are very close.
    fn named_after_all(&self, flags: u32) -> Both {
        let with = self.fixed[(flags | flag::NAMED) as usize];
        let without = self.fixed[flags as usize];
        [with[0] - without[0], with[1] - without[1]]
    }

    /// The heaviest content level, and whether the contents may be very close.
    #[inline]
    fn content(&self, a: &Features, b: &Features, overlaps: &[u32; OVERLAPS], flags: u32) -> (Both, bool) {
        let (mut heaviest, mut very_close) = (self.weights_of(Level::ContentDifferent), false);
        if a.own_content.tokens.is_empty() || b.own_content.tokens.is_empty() {
            heaviest = self.weights_of(Level::ContentUnknown);
        } else if overlaps[2] >= TELLING {
            let (common, dice) = (overlaps[2], a.content.dice_of(&b.content, overlaps[2]));
            let short = if a.content.weight <= b.content.weight { a } else { b };
            heaviest = self.weights_of(wording::likeness(common, dice, 0));
            for (number, &share) in LIKE.iter().enumerate() {
                if short.content_sequence.may_cover(number, common) {
                    let level = wording::likeness(common, dice, share);
                    heaviest = most(heaviest, self.weights_of(level));
                    very_close |= level == Level::ContentVeryClose;
                }
            }
            very_close |= wording::likeness(common, dice, 0) == Level::ContentVeryClose;
        }
        for (part, whole, common) in [(a, b, overlaps[3]), (b, a, overlaps[4])] {
            if common > 0 && !whole.own_content.tokens.is_empty() {
                for (number, &share) in NAMED.iter().enumerate() {
                    if part.name_sequence.may_cover(number, common) {
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
        a: &Features,
        b: &Features,
        overlaps: &[u32; OVERLAPS],
        flags: u32,
        very_close: bool,
    ) -> Both {
        let [by_pair, by_token, .., stem] = *overlaps;
        let mut heaviest = self.weights_of(Level::NameNone);
        if by_pair > 0 || by_token > 0 {
            let by_pair = a.name_pairs.dice_of(&b.name_pairs, by_pair);
            let by_token = a.name_tokens.dice_of(&b.name_tokens, by_token);
            heaviest = self.weights_of(wording::name_level(by_pair.max(by_token)));
        }
        if flags & flag::VENUE != 0 {
            // At one venue the stems are compared instead.
            let level = wording::name_level(a.stem.dice_of(&b.stem, stem));
            heaviest = most(heaviest, self.weights_of(level));
        }
        if flags & flag::ORGANIZER != 0
            && let Some(level) = wording::stem_level(a, b, stem)
        {
            heaviest = most(heaviest, self.weights_of(level));
        }
        // Which of the two is the shorter hangs on both kinds of tokens: either is taken for it.
        let within = |one: &WeightedSet, other: &WeightedSet, common: u32| {
            let least = one.weight.min(other.weight).max(TELLING);
            u64::from(common) * 10 >= 9 * u64::from(least)
        };
        if within(&a.name_tokens, &b.name_tokens, by_token) || within(&a.name_pairs, &b.name_pairs, by_pair) {
            heaviest = most(heaviest, self.weights_of(Level::NameContained));
        }
        // Equal names have equal tokens, or none.
        let whole = |one: &WeightedSet, other: &WeightedSet, common: u32| {
            common == one.weight && common == other.weight
        };
        if whole(&a.name_pairs, &b.name_pairs, by_pair) && whole(&a.name_tokens, &b.name_tokens, by_token) {
            heaviest = most(heaviest, self.weights_of(Level::NameIdentical));
        }
        if a.is_hollow() || b.is_hollow() {
            heaviest = most(heaviest, self.weights_of(Level::NameHollow));
        }
        let words = overlaps[3] > 0 && a.name_sequence.may_cover(0, overlaps[3])
            || overlaps[4] > 0 && b.name_sequence.may_cover(0, overlaps[4]);
        if very_close || words || flags & (flag::CONCEPT | flag::NESTED | flag::NAMED) != 0 {
            heaviest = most(heaviest, self.weights_of(Level::NameExplained));
        }
        heaviest
    }
}

/// Whether a pair with these flags can be on a level of object, concept, targets, organizer, window, basis or
/// notes. A level that is not named here is possible for every pair.
fn can_be(level: Level, flags: u32) -> bool {
    let has = |bits: u32| flags & bits != 0;
    match level {
        Level::ObjectSame => has(flag::QUOTED),
        Level::ConceptSame | Level::ConceptSameAside | Level::ConceptContained | Level::ConceptShared => {
            has(flag::CONCEPT)
        }
        Level::ConceptNested => has(flag::CONCEPT | flag::NESTED),
        Level::ConceptSibling => has(flag::SIBLING),
        // Or where contents are very close: see `may_reach`.
        Level::ConceptNamed => has(flag::NAMED),
        Level::ConceptAside => !has(flag::BOTH_MOSTLY),
        // At one venue, concepts that only say where are left out.
        Level::ConceptUnknown => !has(flag::BOTH_CONCEPTS) || has(flag::VENUE),
        Level::TargetsEqual => has(flag::UNITS) && has(flag::BOTH_UNITS),
        Level::TargetsNested
        | Level::TargetsOverlap
        | Level::TargetsPartly
        | Level::TargetsDisjoint
        | Level::TargetsSubsets => has(flag::BOTH_UNITS),
        Level::OrganizerSame | Level::OrganizerRelated | Level::NotesSame => has(flag::ORGANIZER),
        Level::OrganizerCo => has(flag::CO),
        Level::OrganizerDifferent => has(flag::BOTH_ORGANIZERS),
        Level::OrganizerUnknown => !has(flag::BOTH_ORGANIZERS),
        Level::BasisDocument | Level::BasisSame | Level::BasisOwn | Level::BasisOwnDocument => {
            has(flag::BASIS)
        }
        Level::NotesTogether | Level::NotesPartner | Level::NotesMention => has(flag::NOTES),
        _ => true,
    }
}

/// Kinds, and one for what is not known.
const KINDS: usize = Kind::ALL.len() + 1;

fn traits(features: &Features) -> Traits {
    let recognised = features
        .organizer
        .as_ref()
        .is_some_and(|organizer| organizer.unit.is_some() || !organizer.functions.is_empty());
    let known =
        !matches!(features.sureness, Sureness::Unknown | Sureness::Absent) && !features.units.is_empty();
    let both = if features.concepts.is_empty() { 0 } else { flag::BOTH_CONCEPTS }
        | if recognised { flag::BOTH_ORGANIZERS } else { 0 }
        | if known { flag::BOTH_UNITS } else { 0 }
        | if features.concept_share >= wording::MOSTLY { flag::BOTH_MOSTLY } else { 0 };
    let kind = Kind::ALL.iter().position(|&kind| kind == features.kind).filter(|_| features.kind_known);
    Traits {
        both,
        kind: kind.map_or(0, |kind| kind as u8 + 1),
        venues: match (features.venues.is_empty(), features.visits_government) {
            (true, false) => Venues::Neither,
            (true, true) => Venues::Government,
            (false, false) => Venues::Sites,
            (false, true) => Venues::Mixed,
        },
        remote: features.remote,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
