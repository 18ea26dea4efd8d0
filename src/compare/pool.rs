//! The features of a whole pool, with its counts.

use std::sync::Arc;

use super::callsign::Callsigns;
use super::copies::first_of_all;
use super::counts::{Counting, PoolCounts, known, unit_set_key};
use super::features::{Basis, Content, Features, NameFeatures, Surrounding, sorted};
use super::fixed::step;
use super::numbering::{Numbering, Numberings};
use super::said::Said;
use super::speech;
use super::subject::Subject;
use super::terms::Family;
use super::wordings::Wordings;
use crate::lexicon::Lexicon;
use crate::model::stop::Stop;
use crate::model::unit_set::UnitSet;
use crate::parallel;

/// The features of all items of a pool, with the pool's counts.
#[derive(Debug)]
pub(super) struct Pool {
    /// Items of the pool, in [steps](step), as all counts here; more than there are features where these are of a part.
    pub(super) items: u32,
    pub(super) features: Vec<Features>,
    pub(super) pair_weights: Vec<u32>,
    pub(super) name_weights: Vec<u32>,
    pub(super) text_weights: Vec<u32>,
    pub(super) stem_weights: Vec<u32>,
    /// Items whose name speaks of a concept, by concept.
    pub(super) concept_count: Vec<u32>,
    /// Items whose name or content speaks of a concept, by concept.
    pub(super) mention_count: Vec<u32>,
    /// Items with a unit set, by number of the set.
    pub(super) unit_set_count: Vec<u32>,
    /// Items which cite a document.
    pub(super) citation_count: Vec<u32>,
    /// Documents as they are cited.
    pub(super) citation_names: Vec<Box<str>>,
    /// Items with a matter, by number of the name.
    pub(super) matter_count: Vec<u32>,
    pub(super) callsigns: Callsigns,
}

impl Pool {
    /// The features of all items, in their order. Complexity: linear in the length of all texts; what
    /// many items say alike is read once.
    pub(super) fn build(
        subjects: &[Subject<'_>],
        lexicon: &Lexicon,
        mut counting: Counting<'_>,
        stop: Stop<'_>,
    ) -> Self {
        let callsigns = Callsigns::of(subjects, lexicon, &mut counting);
        let wordings = Wordings::of(subjects, &callsigns, lexicon, &mut counting, stop);
        let (numberings, first_copies) = parallel::both(
            || Numberings::of(subjects, &callsigns),
            || first_of_all(subjects, wordings.names.len(), |position| wordings.of[position].name),
        );
        let positions: Vec<usize> = (0..subjects.len()).collect();
        let features = parallel::map(&positions, |&position| {
            let of_item = || {
                let first_copy = first_copies[position];
                let parts = Parts::of_position(position, first_copy, &wordings, &numberings);
                features(&subjects[position], parts, lexicon)
            };
            (!stop.asked()).then(of_item)
        });
        // In place: a nation's features are a third of a gigabyte, and need not be there twice.
        let features = features.into_iter().map_while(|features| features).collect();
        let mut pool = Self {
            items: step(counting.items(subjects.len()) as u32),
            features,
            pair_weights: wordings.pair_weights,
            name_weights: wordings.name_weights,
            text_weights: wordings.text_weights,
            stem_weights: wordings.stem_weights,
            concept_count: vec![0; lexicon.concepts.len()],
            mention_count: vec![0; lexicon.concepts.len()],
            unit_set_count: Vec::new(),
            citation_count: Vec::new(),
            citation_names: numberings.citations.in_order().into_iter().map(Into::into).collect(),
            matter_count: vec![0; wordings.names.len()],
            callsigns,
        };
        pool.count(&numberings);
        let names: Vec<&str> = wordings.names.iter().map(|name| &*name.matter).collect();
        match counting {
            Counting::Own => {}
            Counting::Kept(numbers) => numbers.keep(&wordings.names, &numberings),
            Counting::Whole(whole) => pool.recount(&names, &numberings, whole),
            Counting::Told(counts) => pool.tell(&names, &numberings, counts),
        }
        for family in Family::COUNTED {
            pool.table_mut(family).iter_mut().for_each(|count| *count = step(*count));
        }
        pool
    }

    /// What the comparison takes from the pool of the terms of a family: weights, or counts in [steps](step).
    pub(super) fn table_mut(&mut self, family: Family) -> &mut Vec<u32> {
        match family {
            Family::Pairs => &mut self.pair_weights,
            Family::Tokens => &mut self.name_weights,
            Family::Stems => &mut self.stem_weights,
            Family::Texts => &mut self.text_weights,
            Family::Matters => &mut self.matter_count,
            Family::UnitSets => &mut self.unit_set_count,
            Family::Citations => &mut self.citation_count,
            Family::Concepts => &mut self.concept_count,
            Family::Mentions => &mut self.mention_count,
        }
    }

    /// Takes in documents that may be new; the numbering has their numbers.
    pub(super) fn add_citations<'n>(
        &mut self,
        cited: impl Iterator<Item = &'n str>,
        numbering: &Numbering<Box<str>>,
    ) {
        self.citation_names.resize(numbering.len(), Box::default());
        self.citation_count.resize(numbering.len(), 0);
        for name in cited {
            if let Some(number) = numbering.known(name) {
                self.citation_names[number as usize] = name.into();
            }
        }
    }

    /// Takes from the whole pool how many items have what.
    fn recount(&mut self, names: &[&str], numberings: &Numberings<'_>, whole: &PoolCounts) {
        let sets = &numberings.unit_sets;
        sets.recount(&mut self.unit_set_count, |set| known(&whole.unit_sets, &unit_set_key(set)));
        numberings.citations.recount(&mut self.citation_count, |citation| known(&whole.citations, citation));
        for (count, name) in self.matter_count.iter_mut().zip(names) {
            *count = known(&whole.matters, name);
        }
        for (counts, known) in
            [(&mut self.concept_count, &whole.concepts), (&mut self.mention_count, &whole.mentions)]
        {
            for (count, number) in counts.iter_mut().zip(0..) {
                *count = known.get(&number).copied().unwrap_or(0);
            }
        }
    }

    /// Tells how many items have what.
    fn tell(&self, names: &[&str], numberings: &Numberings<'_>, counts: &mut PoolCounts) {
        let concepts = |counts: &[u32]| {
            let counts = counts.iter().zip(0..).filter(|(count, _)| **count > 0);
            counts.map(|(&count, number)| (number, count)).collect()
        };
        counts.matters =
            names.iter().map(|&name| name.to_owned()).zip(self.matter_count.iter().copied()).collect();
        counts.citations = numberings.citations.keyed(&self.citation_count, |&citation| citation.to_owned());
        counts.unit_sets = numberings.unit_sets.keyed(&self.unit_set_count, |set| unit_set_key(set));
        counts.concepts = concepts(&self.concept_count);
        counts.mentions = concepts(&self.mention_count);
    }

    /// Counts how many items have what.
    fn count(&mut self, numberings: &Numberings<'_>) {
        self.unit_set_count = vec![0; numberings.unit_sets.len()];
        self.citation_count = vec![0; numberings.citations.len()];
        for feature in &self.features {
            self.matter_count[feature.name_number as usize] += 1;
            self.unit_set_count[feature.unit_set as usize] += 1;
            for &citation in &feature.basis.citations {
                self.citation_count[citation as usize] += 1;
            }
            for &concept in &feature.concepts {
                self.concept_count[concept as usize] += 1;
                self.mention_count[concept as usize] += 1;
            }
            for &concept in &feature.content.concepts {
                if feature.concepts.binary_search(&concept).is_err() {
                    self.mention_count[concept as usize] += 1;
                }
            }
        }
    }
}

/// What an item has that others may have too: texts as they were read, and numbers.
pub(super) struct Parts {
    pub(super) name: Arc<NameFeatures>,
    pub(super) name_number: u32,
    pub(super) first_copy: u32,
    pub(super) content: Arc<Content>,
    pub(super) surrounding: Arc<Surrounding>,
    pub(super) said: Arc<Said>,
    pub(super) remote: bool,
    pub(super) quoted: Box<[u32]>,
    pub(super) unit_set: u32,
    pub(super) units: Arc<UnitSet>,
    pub(super) reach: Arc<UnitSet>,
    pub(super) basis: Arc<Basis>,
    pub(super) callsigns: Arc<[u32]>,
    pub(super) department: u32,
}

impl Parts {
    fn of_position(
        position: usize,
        first_copy: u32,
        wordings: &Wordings,
        numberings: &Numberings<'_>,
    ) -> Self {
        let texts = wordings.of[position];
        let said = &wordings.remarks[texts.remark as usize];
        let unit_set = numberings.unit_set[position];
        Self {
            name: Arc::clone(&wordings.names[texts.name as usize]),
            name_number: texts.name,
            first_copy,
            content: Arc::clone(&wordings.contents[texts.content as usize]),
            surrounding: Arc::clone(&wordings.surroundings[texts.surrounding as usize]),
            said: Arc::clone(said),
            remote: wordings.remote[texts.method as usize],
            quoted: numberings.quoted[position].clone(),
            unit_set,
            units: Arc::clone(&numberings.units[unit_set as usize]),
            reach: Arc::clone(&numberings.reaches[unit_set as usize]),
            basis: Arc::clone(&numberings.bases[position]),
            callsigns: Arc::clone(&numberings.callsigns[position]),
            department: numberings.department[position],
        }
    }
}

/// The features of an item.
pub(super) fn features(subject: &Subject<'_>, parts: Parts, lexicon: &Lexicon) -> Features {
    let standard = subject.standard;
    let name = &parts.name;
    let mut venues: Vec<u32> = subject.targets.venues.iter().map(|venue| venue.as_u32()).collect();
    // The name tells the venue only where the targets tell nothing.
    if venues.is_empty() && subject.targets.units.is_empty() && subject.targets.groups.is_empty() {
        venues.extend(&name.venue_mentions);
    }
    narrow_by_name(&mut venues, name.venue_mentions.iter().chain(&name.implied_venues), lexicon);
    Features {
        remote: parts.remote || parts.said.remote,
        alone: speech::stands_alone(&standard.notes, &name.concepts, lexicon),
        nickname: standard.name.nickname,
        name: parts.name,
        name_number: parts.name_number,
        first_copy: parts.first_copy,
        content: parts.content,
        surrounding: parts.surrounding,
        said: parts.said,
        quoted: parts.quoted,
        venues: sorted(venues),
        visits_government: !subject.targets.groups.is_empty(),
        visits_sites: subject.visits_sites,
        names_units: subject.targets.named,
        unit_set: parts.unit_set,
        units: parts.units,
        reach: parts.reach,
        sureness: subject.targets.sureness,
        organizer: subject.organizer.cloned(),
        co_organizers: Arc::clone(subject.co_organizers),
        kind: standard.kind,
        kind_known: standard.kind_known,
        schedule: Arc::clone(&standard.schedule),
        rounds: standard.name.rounds.clone().into_boxed_slice(),
        basis: parts.basis,
        protections: standard.protections.clone().into_boxed_slice(),
        callsigns: parts.callsigns,
        department: parts.department,
        jurisdiction: subject.jurisdiction,
    }
}

/// Puts a part of the premises that the name speaks of in the place of the premises: targets 学校 or 中小学幼儿园 and
/// name 学校食堂食品安全 mean the canteens.
fn narrow_by_name<'a>(venues: &mut Vec<u32>, mentions: impl Iterator<Item = &'a u32>, lexicon: &Lexicon) {
    let taxonomy = &lexicon.venues;
    for &inner in mentions.filter(|&&mention| taxonomy.entry(mention).narrow) {
        // Of a broad class the name need not say which members: canteens of schools, in 幼儿园.
        let held_by_kin = |outer: u32| {
            taxonomy.wholes(inner).iter().any(|&whole| {
                !taxonomy.entry(whole).narrow && (taxonomy.is_a(whole, outer) || taxonomy.is_a(outer, whole))
            })
        };
        let holder = |outer: u32| {
            !taxonomy.entry(outer).narrow && taxonomy.is_part(inner, outer) || held_by_kin(outer)
        };
        let before = venues.len();
        venues.retain(|&outer| outer == inner || !holder(outer));
        if venues.len() < before && !venues.contains(&inner) {
            venues.push(inner);
        }
    }
}
