//! The features of a whole pool, with its counts.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::callsign::{Called, Callsigns};
use super::copies::first_of_all;
use super::counts::{Counting, PoolCounts, known, unit_set_key};
use super::features::{Features, department, quotations, sorted};
use super::speech;
use super::subject::Subject;
use super::wordings::Wordings;
use crate::lexicon::Lexicon;
use crate::model::citation::Citation;
use crate::model::stop::Stop;
use crate::model::unit_set::UnitSet;
use crate::parallel;

/// The features of all items of a pool, with the pool's counts.
#[derive(Debug)]
pub(super) struct Pool {
    /// Items of the pool; more than there are features where these are of a part.
    pub(super) items: usize,
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

/// Numbers of what items of a pool may share besides words.
#[derive(Default)]
struct Numberings<'a> {
    quoted: Numbering<String>,
    citations: Numbering<&'a str>,
    unit_sets: Numbering<&'a UnitSet>,
    departments: Numbering<DepartmentKey<'a>>,
    /// The sets themselves.
    units: Vec<Arc<UnitSet>>,
    /// What lies inside each.
    reaches: Vec<Arc<UnitSet>>,
}

/// The numbers of one item.
struct Numbers {
    first_copy: u32,
    quoted: Box<[u32]>,
    citations: Arc<[u32]>,
    documents: Arc<[u32]>,
    unit_set: u32,
    department: u32,
}

impl<'a> Numberings<'a> {
    fn numbers_of(&mut self, subject: &Subject<'a>, first_copy: u32) -> Numbers {
        let cited = &subject.standard.citations;
        let numbered =
            |citation: &&'a Citation| citation.number.as_deref().is_some_and(|number| number.contains('〔'));
        let unit_set = self.unit_sets.number(&&subject.targets.units);
        if unit_set as usize == self.units.len() {
            self.units.push(Arc::new(subject.targets.units.clone()));
            self.reaches.push(Arc::new(subject.reach.clone()));
        }
        Numbers {
            first_copy,
            quoted: self.quoted.numbers(quotations(&subject.standard.name.folded)),
            citations: self.citations.numbers(cited.iter().map(Citation::key)).into(),
            documents: self.citations.numbers(cited.iter().filter(numbered).map(Citation::key)).into(),
            unit_set,
            department: self.departments.number(&department_key(subject)),
        }
    }
}

/// What makes organizers one department: the roster's unit, else what the lexicon says that it does, else its
/// text; an item without one stands alone.
#[derive(Clone, PartialEq, Eq, Hash)]
enum DepartmentKey<'a> {
    Unit(u32),
    Functions(&'a [u32]),
    Text(&'a str),
    Item(&'a str),
}

fn department_key<'a>(subject: &Subject<'a>) -> DepartmentKey<'a> {
    match subject.organizer {
        None => DepartmentKey::Item(&subject.item.id),
        Some(organizer) => match department(organizer) {
            Some(unit) => DepartmentKey::Unit(unit.as_u32()),
            None if organizer.functions.is_empty() => DepartmentKey::Text(&organizer.text),
            None => DepartmentKey::Functions(&organizer.functions),
        },
    }
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
        let wordings = Wordings::of(subjects, lexicon, &mut counting, stop);
        let callsigns = Callsigns::of(subjects, lexicon, &mut counting);
        let mut numberings = Numberings::default();
        let first_copies = first_of_all(subjects, wordings.names.len(), |position| wordings.of[position][0]);
        let numbers: Vec<Numbers> = subjects
            .iter()
            .zip(first_copies)
            .map(|(subject, first_copy)| numberings.numbers_of(subject, first_copy))
            .collect();
        let positions: Vec<usize> = (0..subjects.len()).collect();
        let features = parallel::map(&positions, |&position| {
            let numbers = (&numbers[position], &numberings);
            let of_item = || {
                features(&subjects[position], &wordings, wordings.of[position], &callsigns, numbers, lexicon)
            };
            (!stop.asked()).then(of_item)
        });
        let features = features.into_iter().flatten().collect();
        let mut pool = Self {
            items: counting.items(subjects.len()),
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
            Counting::Whole(whole) => pool.recount(&names, &numberings, whole),
            Counting::Told(counts) => pool.tell(&names, &numberings, counts),
        }
        pool
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
            for &citation in feature.citations.iter() {
                self.citation_count[citation as usize] += 1;
            }
            for &concept in &feature.concepts {
                self.concept_count[concept as usize] += 1;
                self.mention_count[concept as usize] += 1;
            }
            for &concept in feature.content_concepts.iter() {
                if feature.concepts.binary_search(&concept).is_err() {
                    self.mention_count[concept as usize] += 1;
                }
            }
        }
    }
}

fn features(
    subject: &Subject<'_>,
    wordings: &Wordings,
    [name, content, surrounding]: [u32; 3],
    callsigns: &Callsigns,
    (numbers, numberings): (&Numbers, &Numberings<'_>),
    lexicon: &Lexicon,
) -> Features {
    let standard = subject.standard;
    let name_number = name;
    let name = &wordings.names[name as usize];
    let content = &wordings.contents[content as usize];
    let surrounding = &wordings.surroundings[surrounding as usize];
    let mut venues: Vec<u32> = subject.targets.venues.iter().map(|venue| venue.as_u32()).collect();
    // The name tells the venue only where the targets tell nothing.
    if venues.is_empty() && subject.targets.units.is_empty() && subject.targets.groups.is_empty() {
        venues.extend(&name.venue_mentions);
    }
    narrow_by_name(&mut venues, name.venue_mentions.iter().chain(&name.implied_venues), lexicon);
    let notes = &*standard.notes;
    let called = if notes.is_empty() { Called::default() } else { callsigns.called(notes, lexicon) };
    let noted = if notes.is_empty() { Box::default() } else { speech::together(&[notes], lexicon) };
    let together = if noted.is_empty() {
        content.together.clone()
    } else {
        sorted([&content.together[..], &noted].concat())
    };
    Features {
        name: Arc::clone(name),
        name_number,
        first_copy: numbers.first_copy,
        content_sequence: Arc::clone(&surrounding.sequence),
        own_content: Arc::clone(&content.own),
        content: Arc::clone(&surrounding.set),
        content_concepts: Arc::clone(&content.concepts),
        listed_concepts: Arc::clone(&content.listed),
        quoted: numbers.quoted.clone(),
        venues: sorted(venues),
        visits_government: !subject.targets.groups.is_empty(),
        visits_sites: subject.visits_sites,
        unit_set: numbers.unit_set,
        units: Arc::clone(&numberings.units[numbers.unit_set as usize]),
        reach: Arc::clone(&numberings.reaches[numbers.unit_set as usize]),
        sureness: subject.targets.sureness,
        organizer: subject.organizer.cloned(),
        co_organizers: subject.co_organizers.into(),
        kind: standard.kind,
        kind_known: standard.kind_known,
        schedule: Arc::clone(&standard.schedule),
        rounds: standard.name.rounds.clone().into_boxed_slice(),
        citations: Arc::clone(&numbers.citations),
        documents: Arc::clone(&numbers.documents),
        protections: standard.protections.clone().into_boxed_slice(),
        remote: speech::is_remote(&standard.method, notes),
        together,
        together_by_note: !noted.is_empty(),
        separate: speech::separate(notes, &standard.content, lexicon),
        refers: speech::refers(&[notes, &standard.content]),
        alone: speech::stands_alone(notes, &name.concepts, lexicon),
        excepted: speech::excepted_venues(notes, lexicon),
        callsigns: subject.organizer.map(|organizer| callsigns.own(organizer)).unwrap_or_default(),
        partners: called.partners,
        mentioned: called.mentioned,
        department: numbers.department,
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

/// Gives equal values equal numbers, in order of first sight.
#[derive(Debug)]
struct Numbering<T> {
    numbers: rustc_hash::FxHashMap<T, u32>,
}

impl<T> Default for Numbering<T> {
    fn default() -> Self {
        Self { numbers: rustc_hash::FxHashMap::default() }
    }
}

impl<T: std::hash::Hash + Eq + Clone> Numbering<T> {
    fn number(&mut self, value: &T) -> u32 {
        if let Some(&number) = self.numbers.get(value) {
            return number;
        }
        let number = self.numbers.len() as u32;
        self.numbers.insert(value.clone(), number);
        number
    }

    fn numbers(&mut self, values: impl IntoIterator<Item = T>) -> Box<[u32]> {
        sorted(values.into_iter().map(|value| self.number(&value)).collect())
    }

    fn len(&self) -> usize {
        self.numbers.len()
    }

    /// The values in the order of their numbers.
    #[expect(clippy::iter_over_hash_type, reason = "sorted right away")]
    fn in_order(&self) -> Vec<T> {
        let mut values: Vec<(u32, &T)> = Vec::with_capacity(self.len());
        for (value, &number) in &self.numbers {
            values.push((number, value));
        }
        values.sort_unstable_by_key(|&(number, _)| number);
        values.into_iter().map(|(_, value)| value.clone()).collect()
    }

    /// The counts by key instead of by number.
    #[expect(clippy::iter_over_hash_type, reason = "into a sorted map")]
    fn keyed(&self, counts: &[u32], key: impl Fn(&T) -> String) -> BTreeMap<String, u32> {
        let mut keyed = BTreeMap::new();
        for (value, &number) in &self.numbers {
            keyed.insert(key(value), counts[number as usize]);
        }
        keyed
    }

    /// Replaces every count.
    #[expect(clippy::iter_over_hash_type, reason = "each count is set once")]
    fn recount(&self, counts: &mut [u32], count: impl Fn(&T) -> u32) {
        for (value, &number) in &self.numbers {
            counts[number as usize] = count(value);
        }
    }
}
