//! From features to weights to a relation.

use super::circumstances;
use super::features::Features;
use super::fixed::{log2_ratio, probability};
use super::pool::Pool;
use super::{reference, wording};
use crate::lexicon::Lexicon;
use crate::model::evidence::{Aspect, MilliBits};
use crate::model::relation::{Protection, Relation};
use crate::policy::{Level, Policy, milli};

/// Number of comparisons.
pub(super) const ASPECTS: usize = Aspect::ALL.len();

/// Which hypothesis a pair's weights belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hypothesis {
    /// Both items are one matter: duplicate, split or covered.
    Matter,
    /// Both items make one visit: joint.
    Visit,
}

/// The score of a pair. No heap: a million of them cost no allocation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    /// Level of every comparison, in the order of [`Aspect::ALL`].
    pub levels: [Level; ASPECTS],
    /// Weight of every comparison under `hypothesis`.
    pub weights: [MilliBits; ASPECTS],
    /// The hypothesis that explains the pair better.
    pub hypothesis: Hypothesis,
    /// Prior plus weights.
    pub total: MilliBits,
    /// The relation decided.
    pub relation: Relation,
    /// The relation the pair would have, were it merged.
    pub leaning: Relation,
    /// For covered: whether the *first* item is the part.
    pub first_is_part: bool,
    /// Why the pair is barred, if it is.
    pub protection: Option<Protection>,
}

impl Score {
    /// Match probability in ten-thousandths.
    #[must_use]
    pub fn probability(&self) -> u16 {
        probability(self.total)
    }
}

/// The relation of a pair that does or does not reach the threshold.
pub(crate) fn decided(reaches: bool, leaning: Relation, protection: Option<Protection>) -> Relation {
    match (reaches, protection) {
        (true, None) => leaning,
        (true, Some(_)) => Relation::Barred,
        (false, _) => Relation::Distinct,
    }
}

/// The match model with its tables.
#[derive(Clone, Debug)]
pub(super) struct Model {
    pub(super) matter: Vec<MilliBits>,
    pub(super) visit: Vec<MilliBits>,
    pub(super) matter_prior: MilliBits,
    pub(super) visit_prior: MilliBits,
    pub(super) threshold: MilliBits,
    pub(super) review: MilliBits,
    common_term_share: i64,
}

impl Model {
    pub(super) fn new(policy: &Policy) -> Self {
        let (matter, visit) = policy.weights.table();
        Self {
            matter,
            visit,
            matter_prior: milli(policy.weights.matter_prior),
            visit_prior: milli(policy.weights.visit_prior),
            threshold: milli(policy.merge_threshold),
            review: milli(policy.review_threshold),
            common_term_share: i64::from(milli(policy.weights.common_term_share)),
        }
    }

    /// Scores a pair. Symmetric but for `first_is_part`. Complexity: O(tokens of both).
    pub(super) fn score(&self, pool: &Pool, lexicon: &Lexicon, a: &Features, b: &Features) -> Score {
        let organizer = circumstances::organizer(a, b);
        let same = organizer == Level::OrganizerSame;
        let mut venue = circumstances::venue(lexicon, a, b, same);
        let one_venue = matches!(venue, Level::VenueSame | Level::VenueNested | Level::VenueUnits);
        let mut concept = wording::concept(lexicon, a, b, one_venue && !same);
        let targets = circumstances::targets(a, b, same);
        // The same units, or some of them.
        let one_place = matches!(targets, Level::TargetsEqual | Level::TargetsNested);
        // Different organizers, at the same units.
        let twice = one_place && !same && organizer != Level::OrganizerUnknown;
        let mut content = wording::content(pool, a, b, same || twice, concept.is_same_concept());
        let repeats = reference::repeats(a, b);
        if repeats && content == Level::ContentDifferent {
            // Who says that it asks what the other asks need not say it again.
            content = Level::ContentUnknown;
        }
        let near = matches!(content, Level::ContentClose | Level::ContentVeryClose);
        if twice
            && concept == Level::ConceptUnknown
            && near
            && told_by_content(pool, lexicon, a, b, one_venue)
        {
            content = Level::ContentTells;
        }
        let named = content == Level::ContentNamesConcept;
        let contained = matches!(targets, Level::TargetsEqual | Level::TargetsNested | Level::TargetsOverlap);
        let open = same && targets == Level::TargetsUnknown && wording::lists(pool, a, b);
        let one_content = || content == Level::ContentVeryClose && wording::contents_alike(pool, a, b);
        if matches!(concept, Level::ConceptUnrelated | Level::ConceptAside | Level::ConceptSibling)
            && (named && (contained || open) || one_content())
        {
            concept = Level::ConceptNamed;
        }
        let explained = named
            || repeats
            || concept.is_same_concept()
            || matches!(concept, Level::ConceptContained | Level::ConceptNested)
            || matches!(content, Level::ContentNamesWords | Level::ContentVeryClose | Level::ContentTells);
        let name = wording::name(pool, a, b, same, one_venue, explained);
        let alike = name <= Level::NameSimilar;
        // A matter that was cut by venue: names that differ in the venue alone, or speak of the same but for it, as
        // 防雷 of schools and of chemical works.
        let one_matter = concept.is_same_concept()
            || !a.matter_concepts.is_empty() && a.matter_concepts == b.matter_concepts;
        let window = circumstances::window(a, b, same, alike || one_matter || repeats);
        if venue == Level::VenueSubsets && name > Level::NameSimilar && !one_matter {
            venue = Level::VenueDifferent;
        }
        let open_matter =
            !matches!(concept, Level::ConceptUnrelated | Level::ConceptAside | Level::ConceptSibling);
        if same && open_matter && matches!(venue, Level::VenueSame | Level::VenueNested) {
            venue = Level::VenueOwn;
        }
        let stages = same && window == Level::WindowRounds && !a.rounds.is_empty() && !b.rounds.is_empty();
        let kind = circumstances::kind(
            a,
            b,
            stages || named && scoring_part(pool, a, b),
            window == Level::WindowMeets,
        );
        concept = match concept {
            concept if twice && concept.is_same_concept() => Level::ConceptSameUnits,
            Level::ConceptContained if same && one_place => Level::ConceptListed,
            concept => concept,
        };
        let one_visit = targets == Level::TargetsEqual && window == Level::WindowMeets;
        let levels = [
            name,
            concept,
            content,
            wording::object(lexicon, a, b, same, alike, concept),
            venue,
            targets,
            organizer,
            kind,
            window,
            circumstances::basis(a, b, same),
            circumstances::method(a, b),
            wording::notes(pool, lexicon, [a, b], [concept, kind], repeats, one_visit),
        ];
        let matter = self.weigh(&self.matter, &levels, pool, lexicon, a, b);
        let visit = self.weigh(&self.visit, &levels, pool, lexicon, a, b);
        let matter_total = self.matter_prior + matter.iter().sum::<MilliBits>();
        let visit_total = self.visit_prior + visit.iter().sum::<MilliBits>();
        let is_part = |first| same || is_truly_part(lexicon, if first { [a, b] } else { [b, a] }, &levels);
        let part = part_of(pool, lexicon, a, b).filter(|&first| is_part(first));
        let (hypothesis, total, weights, leaning) = if visit_total > matter_total {
            (Hypothesis::Visit, visit_total, visit, Relation::Joint)
        } else {
            let relation = circumstances::matter_relation(part, organizer, levels[8], levels[5]);
            (Hypothesis::Matter, matter_total, matter, relation)
        };
        let protection = protecting(a, b);
        let relation = decided(total >= self.threshold, leaning, protection);
        Score {
            levels,
            weights,
            hypothesis,
            total,
            relation,
            leaning,
            first_is_part: part == Some(true),
            protection,
        }
    }

    /// Weights of the levels, with term frequencies counted, except for a row and its copy: how common what they
    /// share is tells how far it may be chance, and nobody writes a whole row twice by chance.
    fn weigh(
        &self,
        table: &[MilliBits],
        levels: &[Level; ASPECTS],
        pool: &Pool,
        lexicon: &Lexicon,
        a: &Features,
        b: &Features,
    ) -> [MilliBits; ASPECTS] {
        let mut weights = levels.map(|level| table[level as usize]);
        for (aspect, count) in [
            (
                0,
                if levels[0] == Level::NameIdentical {
                    Some(pool.matter_count[a.name_number as usize])
                } else {
                    None
                },
            ),
            (1, shared_rarest(levels[1], &a.concepts, &b.concepts, &pool.concept_count)),
            (2, named_count(levels[2], pool, a, b)),
            (5, (levels[5] == Level::TargetsEqual).then(|| pool.unit_set_count[a.unit_set as usize])),
            (
                9,
                matches!(levels[9], Level::BasisSame | Level::BasisDocument | Level::BasisOwnDocument)
                    .then(|| rarest(&a.basis.citations, &b.basis.citations, &pool.citation_count))
                    .flatten(),
            ),
        ] {
            if let Some(count) = count
                && weights[aspect] > 0
                && a.first_copy != b.first_copy
            {
                weights[aspect] = self.scaled(weights[aspect], count, pool.items);
            }
        }
        let elsewhere = !matches!(
            levels[Aspect::Venue as usize],
            Level::VenueOwn | Level::VenueSame | Level::VenueNested | Level::VenueUnits
        );
        if levels[Aspect::Organizer as usize] == Level::OrganizerSame && elsewhere && in_line(lexicon, a, b) {
            for aspect in [Aspect::Concept, Aspect::Content] {
                let weight = &mut weights[aspect as usize];
                *weight = (*weight).min(*weight / 2);
            }
        }
        weights
    }

    /// A positive weight scaled by how rare the shared term is.
    ///
    /// `weight × (c + (1 − c) × r)` with `c` the policy's `common_term_share` and
    /// `r = log2(N / n) / log2(N / 2)` for a term that `n` of `N` items have, within 0–1: a term that
    /// only the pair has counts fully, one that all have counts `c`. Both counts are in
    /// [steps](super::fixed::step).
    fn scaled(&self, weight: MilliBits, count: u32, items: u32) -> MilliBits {
        let full = i64::from(log2_ratio(u64::from(items), 2)).max(1);
        let rarity = i64::from(log2_ratio(u64::from(items), u64::from(count.max(2)))).clamp(0, full);
        let rarity = if items <= 2 { 1000 } else { rarity * 1000 / full };
        let factor = self.common_term_share + (1000 - self.common_term_share) * rarity / 1000;
        (i64::from(weight) * factor / 1000) as MilliBits
    }
}

/// Whether near contents tell that items of different organizers are of one matter, whose names have hardly a word in
/// common and whose windows meet.
fn told_by_content(pool: &Pool, lexicon: &Lexicon, a: &Features, b: &Features, one_venue: bool) -> bool {
    let name = wording::name(pool, a, b, false, one_venue, false);
    matches!(name, Level::NameLittle | Level::NameNone)
        && circumstances::window(a, b, false, false) == Level::WindowMeets
        && wording::tells(pool, lexicon, a, b)
}

/// Kinds and parts from which a concept is a field of work.
const FIELD: u32 = 6;

/// Whether all that both names share is a field of work, which one department has anyway: the fire brigade checks
/// fire safety wherever it goes.
fn in_line(lexicon: &Lexicon, a: &Features, b: &Features) -> bool {
    let mut shared = a.concepts.iter().filter(|concept| b.concepts.binary_search(concept).is_ok()).peekable();
    shared.peek().is_some() && shared.all(|&concept| lexicon.concepts.below(concept) >= FIELD)
}

/// Whether the one that is named scores: a supervision may name an assessment as its part, an
/// assessment does not take in a visit.
fn scoring_part(pool: &Pool, a: &Features, b: &Features) -> bool {
    let part_scores = |part: &Features, whole: &Features| {
        part.kind.scores() && wording::naming(pool, part, whole) == Level::ContentNamesConcept
    };
    part_scores(a, b) || part_scores(b, a)
}

/// How many items speak of the concept by which one item's content names the other.
fn named_count(level: Level, pool: &Pool, a: &Features, b: &Features) -> Option<u32> {
    if level != Level::ContentNamesConcept {
        return None;
    }
    let count = |part: &Features, whole: &Features| {
        let head = part.concepts.iter().map(|&concept| pool.mention_count[concept as usize]).min();
        head.filter(|_| wording::head_concepts_named(pool, part, whole))
    };
    match (count(a, b), count(b, a)) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

fn shared_rarest(level: Level, a: &[u32], b: &[u32], counts: &[u32]) -> Option<u32> {
    matches!(
        level,
        Level::ConceptSame
            | Level::ConceptSameAside
            | Level::ConceptSameUnits
            | Level::ConceptContained
            | Level::ConceptListed
            | Level::ConceptShared
    )
    .then(|| rarest(a, b, counts))
    .flatten()
}

/// The smallest count of the entries that two sorted lists share.
fn rarest(a: &[u32], b: &[u32], counts: &[u32]) -> Option<u32> {
    a.iter().filter(|entry| b.binary_search(entry).is_ok()).map(|&entry| counts[entry as usize]).min()
}

/// Which side is a named part of the other: `Some(true)` when the first is.
fn part_of(pool: &Pool, lexicon: &Lexicon, a: &Features, b: &Features) -> Option<bool> {
    let strength = |part: &Features, whole: &Features| {
        let named = match wording::naming(pool, part, whole) {
            Level::ContentNamesConcept => 4,
            Level::ContentNamesWords => 3,
            _ => 0,
        };
        let linked = i32::from(
            !part.concepts.is_empty()
                && wording::nested(lexicon, &part.concepts, &whole.concepts)
                && part.concepts != whole.concepts,
        );
        let larger = i32::from(whole.units.len() > part.units.len());
        (named + 2 * linked, larger)
    };
    let (forth, back) = (strength(a, b), strength(b, a));
    if forth.0 == 0 && back.0 == 0 {
        return None;
    }
    if forth.0 >= 3 && back.0 >= 3 {
        // Each names the other: the same matter twice.
        return None;
    }
    if forth == back {
        return None;
    }
    Some(forth > back)
}

/// Whether an item that another organizer's item names is a part of it, not the same matter once more.
///
/// Who speaks of the same concepts, or of some of them, names the other trivially. Of two that go to the same units, one
/// takes in the other by its name only if that lists a matter which has nothing to do with it (信访、禁毒 and 禁毒, but
/// not 违法用地、违法建设 and 两违). A nickname takes in no part: what stands behind it is what it means. And what names
/// the other in its content says more than it, unless the other itself says that it goes there.
fn is_truly_part(lexicon: &Lexicon, [part, whole]: [&Features; 2], levels: &[Level; ASPECTS]) -> bool {
    let (concept, targets) = (levels[Aspect::Concept as usize], levels[Aspect::Targets as usize]);
    let within = targets == Level::TargetsNested && part.units.len() < whole.units.len();
    match concept {
        Level::ConceptNested => true,
        Level::ConceptContained => within || wording::lists_more(lexicon, whole, part),
        Level::ConceptShared => false,
        concept if concept.is_same_concept() || whole.nickname => false,
        concept => {
            within && concept != Level::ConceptUnknown
                || levels[Aspect::Notes as usize] == Level::NotesTogether
                || wording::says_more(lexicon, whole, part)
        }
    }
}

/// The protection that stands against a merge: one that not both items share.
fn protecting(a: &Features, b: &Features) -> Option<Protection> {
    if a.protections == b.protections
        && a.organizer.as_ref().map(|o| &o.office.text) == b.organizer.as_ref().map(|o| &o.office.text)
    {
        return None;
    }
    a.protections
        .iter()
        .find(|protection| !b.protections.contains(protection))
        .or_else(|| b.protections.iter().find(|protection| !a.protections.contains(protection)))
        .or_else(|| a.protections.first())
        .copied()
}
