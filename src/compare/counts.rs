//! How common words, concepts, target sets and documents are in a pool.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::live::Numbers;
use super::tokens::{Token, Vocabulary};
use crate::model::unit_set::UnitSet;

/// How many items of a pool have what: all that the comparison of a pair needs to know of the other items.
///
/// Counts of disjoint parts of a pool [add](Self::add) up to those of the pool, so that a part can be
/// compared where the rest of the pool is not: see [`Whole`](crate::pipeline::Whole).
///
/// Keys are texts, so that counts can travel as JSON; the numbers of concepts and venues in them belong
/// to one lexicon, and those of units to one roster.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoolCounts {
    /// Number of items.
    items: u32,
    /// By vocabulary.
    tokens: [BTreeMap<String, u32>; VOCABULARIES],
    pub(super) matters: BTreeMap<String, u32>,
    pub(super) citations: BTreeMap<String, u32>,
    /// What the pool's organizers are called: which of two names a note speaks of depends on all there are.
    callsigns: BTreeSet<String>,
    pub(super) unit_sets: BTreeMap<String, u32>,
    /// By number of the concept.
    pub(super) concepts: BTreeMap<u32, u32>,
    /// By number of the concept.
    pub(super) mentions: BTreeMap<u32, u32>,
}

/// Names by character pairs and by meaning, stems of names, whole texts.
const VOCABULARIES: usize = 4;

impl PoolCounts {
    /// Number of items counted.
    #[must_use]
    pub fn items(&self) -> usize {
        self.items as usize
    }

    /// Adds the counts of other items.
    pub fn add(&mut self, other: Self) {
        self.items += other.items;
        for (sums, others) in self.tokens.iter_mut().zip(other.tokens) {
            add(sums, others);
        }
        self.callsigns.extend(other.callsigns);
        add(&mut self.matters, other.matters);
        add(&mut self.citations, other.citations);
        add(&mut self.unit_sets, other.unit_sets);
        add(&mut self.concepts, other.concepts);
        add(&mut self.mentions, other.mentions);
    }

    /// Forgets what a single item of the whole pool has: what is not known counts as one, so this changes
    /// no comparison of the pool's items, and most of a pool's matters and target sets occur once.
    pub fn forget_the_unique(&mut self) {
        let shared = |_: &String, count: &mut u32| *count > 1;
        for counts in &mut self.tokens {
            counts.retain(shared);
        }
        self.matters.retain(shared);
        self.citations.retain(shared);
        self.unit_sets.retain(shared);
    }
}

fn add<K: Ord>(sums: &mut BTreeMap<K, u32>, others: BTreeMap<K, u32>) {
    for (key, count) in others {
        *sums.entry(key).or_default() += count;
    }
}

/// Whose counts the items of a run are weighed by, and who is told of their own.
#[derive(Debug)]
pub(super) enum Counting<'a> {
    /// Their own: they are the pool.
    Own,
    /// Those of the whole pool, of which they are a part.
    Whole(&'a PoolCounts),
    /// Their own, which are written down.
    Told(&'a mut PoolCounts),
    /// Their own, and the numbers that everything gets are kept for items that come later.
    Kept(&'a mut Numbers),
}

impl Counting<'_> {
    /// Number of items of the pool, given that of the run.
    pub(super) fn items(&self, own: usize) -> usize {
        match self {
            Self::Whole(whole) => whole.items(),
            Self::Own | Self::Told(_) | Self::Kept(_) => own,
        }
    }

    /// Sees to the documents of each token, which are counted among the `own` items of the run; gives the
    /// number of items of the pool.
    pub(super) fn settle(&mut self, own: usize, vocabularies: [&mut Vocabulary; VOCABULARIES]) -> usize {
        match self {
            Self::Own => {}
            Self::Kept(numbers) => numbers.vocabularies = vocabularies.map(|vocabulary| vocabulary.clone()),
            Self::Whole(whole) => {
                for (vocabulary, counts) in vocabularies.into_iter().zip(&whole.tokens) {
                    vocabulary.recount(|token| known(counts, &token_key(token)));
                }
            }
            Self::Told(counts) => {
                counts.items = own as u32;
                for (vocabulary, counts) in vocabularies.iter().zip(&mut counts.tokens) {
                    *counts = vocabulary.counts().map(|(token, count)| (token_key(token), count)).collect();
                }
            }
        }
        self.items(own)
    }

    /// Sees to the names of organizers, given those of the run.
    pub(super) fn settle_names(&mut self, names: &mut BTreeMap<String, u32>) {
        match self {
            Self::Own | Self::Kept(_) => {}
            Self::Whole(whole) => names.extend(whole.callsigns.iter().map(|name| (name.clone(), 0))),
            Self::Told(counts) => counts.callsigns = names.keys().cloned().collect(),
        }
    }
}

/// The count of what some item of the pool has.
pub(super) fn known(counts: &BTreeMap<String, u32>, key: &str) -> u32 {
    counts.get(key).copied().unwrap_or(1)
}

/// The key of a token. Characters of pairs are letters and digits, so the signs of the others never meet them.
fn token_key(token: Token) -> String {
    match token {
        Token::Pair(only, '\0') => only.to_string(),
        Token::Pair(first, second) => [first, second].iter().collect(),
        Token::Concept(number) => format!("#{number}"),
        Token::Venue(number) => format!("@{number}"),
        Token::Break => "|".to_owned(),
    }
}

/// The key of a unit set.
pub(super) fn unit_set_key(set: &UnitSet) -> String {
    let ranges: Vec<String> = set.ranges().iter().map(|(start, end)| format!("{start}-{end}")).collect();
    ranges.join(" ")
}
