//! The features of a whole pool, with its counts.

use std::collections::BTreeMap;

use super::features::{
    Features, contrast_words, head_concepts, matter_concepts, mentioned, quotations, sorted,
};
use super::speech::{self, capped};
use super::subject::Subject;
use super::tokens::{Token, Vocabulary, WeightedSet, pairs, semantic};
use crate::lexicon::Lexicon;
use crate::model::citation::Citation;
use crate::model::unit_set::UnitSet;
use crate::text::fold;

/// The features of all items of a pool, with the pool's counts.
#[derive(Debug)]
pub(super) struct Pool {
    pub(super) features: Vec<Features>,
    pub(super) pair_weights: Vec<u32>,
    pub(super) name_weights: Vec<u32>,
    pub(super) text_weights: Vec<u32>,
    /// Items whose name speaks of a concept, by concept.
    pub(super) concept_count: Vec<u32>,
    /// Items whose name or content speaks of a concept, by concept.
    pub(super) mention_count: Vec<u32>,
    /// Items with a unit set, by number of the set.
    pub(super) unit_set_count: Vec<u32>,
    /// Items which cite a document.
    pub(super) citation_count: Vec<u32>,
    /// Items with a matter, by matter.
    pub(super) matter_count: BTreeMap<Box<str>, u32>,
}

/// The vocabularies of a pool: names by character pairs, names by meaning, whole texts.
#[derive(Default)]
struct Vocabularies {
    name_pairs: Vocabulary,
    name_tokens: Vocabulary,
    texts: Vocabulary,
}

/// Numbers of what items of a pool may share besides words.
#[derive(Default)]
struct Numberings {
    quoted: Numbering<String>,
    citations: Numbering<String>,
    unit_sets: Numbering<UnitSet>,
}

/// The token sets of one item before they are weighted.
struct Sets {
    by_pair: Box<[u32]>,
    by_token: Box<[u32]>,
    stem: Box<[u32]>,
    name_text: Box<[u32]>,
    own_content: Box<[u32]>,
    content: Box<[u32]>,
}

impl Vocabularies {
    fn sets(&mut self, subject: &Subject<'_>, lexicon: &Lexicon) -> Sets {
        let matter = &*subject.standard.name.matter;
        let mut by_pair = Vec::new();
        pairs(matter, &mut by_pair);
        let mut name = Vec::new();
        semantic(matter, lexicon, &mut name);
        let mut content = Vec::new();
        semantic(capped(&subject.standard.content), lexicon, &mut content);
        let mut around = content.clone();
        for phrase in &subject.item.targets {
            semantic(capped(&fold(phrase)), lexicon, &mut around);
        }
        let mut whole: Vec<Token> = name.iter().chain(&around).copied().collect();
        let mut stem: Vec<Token> =
            name.iter().filter(|token| !matches!(token, Token::Venue(_))).copied().collect();
        self.texts.intern(&mut whole);
        let by_token = self.name_tokens.intern(&mut name.clone());
        Sets {
            by_pair: self.name_pairs.intern(&mut by_pair),
            by_token,
            stem: self.name_tokens.look_up(&mut stem),
            name_text: self.texts.look_up(&mut name),
            own_content: self.texts.look_up(&mut content),
            content: self.texts.look_up(&mut around),
        }
    }
}

impl Pool {
    /// The features of all items, in their order. Complexity: linear in the length of all texts.
    pub(super) fn build(subjects: &[Subject<'_>], lexicon: &Lexicon) -> Self {
        let mut vocabularies = Vocabularies::default();
        let sets: Vec<Sets> = subjects.iter().map(|subject| vocabularies.sets(subject, lexicon)).collect();
        let documents = subjects.len();
        let mut pool = Self {
            features: Vec::with_capacity(documents),
            pair_weights: vocabularies.name_pairs.weights(documents),
            name_weights: vocabularies.name_tokens.weights(documents),
            text_weights: vocabularies.texts.weights(documents),
            concept_count: vec![0; lexicon.concepts.len()],
            mention_count: vec![0; lexicon.concepts.len()],
            unit_set_count: Vec::new(),
            citation_count: Vec::new(),
            matter_count: BTreeMap::new(),
        };
        drop(vocabularies);
        let mut numberings = Numberings::default();
        for (subject, sets) in subjects.iter().zip(sets) {
            let features = pool.features(subject, sets, &mut numberings, lexicon);
            pool.features.push(features);
        }
        pool.count(&numberings);
        pool
    }

    fn features(
        &self,
        subject: &Subject<'_>,
        sets: Sets,
        numberings: &mut Numberings,
        lexicon: &Lexicon,
    ) -> Features {
        let standard = subject.standard;
        let matter = &*standard.name.matter;
        let concepts = head_concepts(matter, lexicon);
        let mut venues: Vec<u32> = subject.targets.venues.iter().map(|venue| venue.as_u32()).collect();
        // The name tells the venue only where the targets tell nothing.
        if venues.is_empty() && subject.targets.units.is_empty() && subject.targets.groups.is_empty() {
            venues.extend(lexicon.venues.mentions(matter).map(|mention| mention.entry));
        }
        let numbered =
            |citation: &&Citation| citation.number.as_deref().is_some_and(|number| number.contains('〔'));
        let key = |citation: &Citation| citation.key().to_owned();
        Features {
            matter: matter.into(),
            name_pairs: WeightedSet::new(sets.by_pair, &self.pair_weights),
            name_tokens: WeightedSet::new(sets.by_token, &self.name_weights),
            stem: WeightedSet::new(sets.stem, &self.name_weights),
            name_text: WeightedSet::new(sets.name_text, &self.text_weights),
            own_content: WeightedSet::new(sets.own_content, &self.text_weights),
            content: WeightedSet::new(sets.content, &self.text_weights),
            matter_concepts: matter_concepts(matter, &concepts, lexicon),
            concepts: concepts.into_boxed_slice(),
            content_concepts: mentioned(capped(&standard.content), lexicon),
            contrast_words: contrast_words(matter, lexicon),
            quoted: numberings.quoted.numbers(quotations(&standard.name.folded)),
            venues: sorted(venues),
            visits_government: !subject.targets.groups.is_empty(),
            visits_sites: subject.visits_sites,
            unit_set: numberings.unit_sets.number(&subject.targets.units),
            units: subject.targets.units.clone(),
            sureness: subject.targets.sureness,
            organizer: subject.organizer.cloned(),
            co_organizers: subject.co_organizers.into(),
            kind: standard.kind,
            kind_known: standard.kind_known,
            schedule: standard.schedule.clone(),
            rounds: standard.name.rounds.clone().into_boxed_slice(),
            citations: numberings.citations.numbers(standard.citations.iter().map(key)),
            documents: numberings.citations.numbers(standard.citations.iter().filter(numbered).map(key)),
            protections: standard.protections.clone().into_boxed_slice(),
            remote: speech::is_remote(&standard.method, &standard.notes),
            together: speech::together(&[&standard.notes, &standard.content], lexicon),
            separate: speech::separate(&[&standard.notes], lexicon),
            jurisdiction: subject.jurisdiction,
        }
    }

    /// Counts how many items have what.
    fn count(&mut self, numberings: &Numberings) {
        self.unit_set_count = vec![0; numberings.unit_sets.len()];
        self.citation_count = vec![0; numberings.citations.len()];
        for feature in &self.features {
            *self.matter_count.entry(feature.matter.clone()).or_default() += 1;
            self.unit_set_count[feature.unit_set as usize] += 1;
            for &citation in &feature.citations {
                self.citation_count[citation as usize] += 1;
            }
            for &concept in &feature.concepts {
                self.concept_count[concept as usize] += 1;
                self.mention_count[concept as usize] += 1;
            }
            for &concept in &feature.content_concepts {
                if feature.concepts.binary_search(&concept).is_err() {
                    self.mention_count[concept as usize] += 1;
                }
            }
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
}
