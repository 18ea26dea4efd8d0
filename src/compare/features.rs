//! Everything a comparison looks at, computed once for an item.

use std::sync::Arc;

use super::said::Said;
use super::subject::Organizer;
use super::tokens::{Sequence, WeightedSet};
use crate::lexicon::Lexicon;
use crate::model::ids::UnitIdx;
use crate::model::kind::Kind;
use crate::model::relation::Protection;
use crate::model::schedule::{Round, Schedule};
use crate::model::target_set::Sureness;
use crate::model::unit_set::UnitSet;

/// The features of a name, held once for all items that have it.
#[derive(Clone, Debug, Default)]
pub(super) struct NameFeatures {
    /// The matter as written, for identity and for display.
    pub(super) matter: Box<str>,
    /// Character pairs of the matter.
    pub(super) name_pairs: WeightedSet,
    /// Concepts, venues and remaining pairs of the matter.
    pub(super) name_tokens: WeightedSet,
    /// Semantic tokens of the name, numbered and weighted as those of contents.
    pub(super) name_text: WeightedSet,
    /// The same in their order, for [`coverage`](super::tokens::coverage).
    pub(super) name_sequence: Sequence,
    /// Semantic tokens of the name without venues and words for subsets.
    pub(super) stem: WeightedSet,
    /// Concepts in the name without those which another one of the name is a kind or part of; sorted.
    pub(super) concepts: Box<[u32]>,
    /// The same without concepts that only say where (驾培机构 in a name is a place, not a matter); sorted.
    pub(super) matter_concepts: Box<[u32]>,
    /// Whether the name holds nothing but kinds and boilerplate (日常检查).
    pub(super) is_frame: bool,
    /// Share of the name's characters that concepts account for, in thousandths.
    pub(super) concept_share: u32,
    /// Contrast words in the matter, sorted.
    pub(super) contrast_words: Box<[u32]>,
    /// Venues that the name speaks of, in order.
    pub(super) venue_mentions: Box<[u32]>,
    /// Venues that the names of its concepts speak of: 校园餐 is 学校食堂食品安全.
    pub(super) implied_venues: Box<[u32]>,
}

/// What a content says, held once for all items that have it.
#[derive(Clone, Debug)]
pub(super) struct Content {
    /// Its semantic tokens, without those of targets; empty when absent.
    pub(super) own: WeightedSet,
    /// Concepts in it; sorted.
    pub(super) concepts: Box<[u32]>,
    /// Those of `concepts` that stand as elements of an enumeration; sorted.
    pub(super) listed: Box<[u32]>,
    /// What it says of others.
    pub(super) said: Arc<Said>,
}

/// A content with target phrases: what is looked at, and with whom; held once for all items that have both.
#[derive(Clone, Debug)]
pub(super) struct Surrounding {
    /// Semantic tokens of both.
    pub(super) set: WeightedSet,
    /// The same in their order.
    pub(super) sequence: Sequence,
}

/// Documents cited, as numbers of the pool's table; held once for all items that cite them in one text.
#[derive(Debug, Default)]
pub(super) struct Basis {
    /// All; sorted.
    pub(super) citations: Box<[u32]>,
    /// Those that carry a document number; sorted.
    pub(super) documents: Box<[u32]>,
}

/// The features of one item. A nation has millions, and what it rarely has or shares with others costs it a pointer.
#[expect(clippy::struct_excessive_bools, reason = "five independent facts, not a state")]
#[derive(Debug)]
pub(super) struct Features {
    /// Of the name; its fields are those of the item, see `Deref`.
    pub(super) name: Arc<NameFeatures>,
    /// Number of the name among the pool's distinct ones.
    pub(super) name_number: u32,
    /// The first item whose row says the same in every cell.
    pub(super) first_copy: u32,
    pub(super) content: Arc<Content>,
    pub(super) surrounding: Arc<Surrounding>,
    pub(super) said: Arc<Said>,
    /// Quoted names and titles in the name, as numbers of the pool's table; sorted.
    pub(super) quoted: Box<[u32]>,
    /// Venue types visited, sorted.
    pub(super) venues: Box<[u32]>,
    /// Whether the targets name groups of government units.
    pub(super) visits_government: bool,
    /// Whether all units visited are operators or institutions, by the roster.
    pub(super) visits_sites: bool,
    /// The target phrases name most of the units visited, rather than a class of them.
    pub(super) names_units: bool,
    /// Units visited.
    pub(super) units: Arc<UnitSet>,
    /// Everything inside them, where they govern.
    pub(super) reach: Arc<UnitSet>,
    pub(super) sureness: Sureness,
    /// Number of the unit set among the pool's distinct sets.
    pub(super) unit_set: u32,
    pub(super) organizer: Option<Arc<Organizer>>,
    pub(super) co_organizers: Arc<[Arc<Organizer>]>,
    pub(super) kind: Kind,
    pub(super) kind_known: bool,
    pub(super) schedule: Arc<Schedule>,
    pub(super) rounds: Box<[Round]>,
    pub(super) basis: Arc<Basis>,
    pub(super) protections: Box<[Protection]>,
    /// Done on paper or by data only.
    pub(super) remote: bool,
    /// The notes say that it stays on its own.
    pub(super) alone: bool,
    /// The name is one in quotes that the lexicon does not know.
    pub(super) nickname: bool,
    /// Callsigns of the organizer; sorted.
    pub(super) callsigns: Arc<[u32]>,
    /// Number of the organizer among the pool's departments; none has its own.
    pub(super) department: u32,
    pub(super) jurisdiction: (u32, u32),
}

impl std::ops::Deref for Features {
    type Target = NameFeatures;

    fn deref(&self) -> &NameFeatures {
        &self.name
    }
}

pub(super) fn sorted(mut numbers: Vec<u32>) -> Box<[u32]> {
    numbers.sort_unstable();
    numbers.dedup();
    numbers.into_boxed_slice()
}

/// Concepts that are an element of an enumeration by themselves (伏季休渔、清理违规网具、电毒炸鱼), not a word of a
/// longer phrase (海域使用证).
pub(super) fn listed(text: &str, lexicon: &Lexicon) -> Box<[u32]> {
    let mut concepts = Vec::new();
    for element in text.split(|character: char| !character.is_alphanumeric()) {
        let length = element.chars().count();
        for mention in lexicon.concepts.mentions(element) {
            // 海域使用证 is a paper, not the use of the sea.
            let paper = element[mention.end..].starts_with(['证', '费', '员']);
            if !paper && element[mention.start..mention.end].chars().count() + MOST_BESIDE >= length {
                concepts.push(mention.entry);
            }
        }
    }
    sorted(concepts)
}

/// Most characters beside a concept in an element that is about it (渔船安全检查, 和招商引资).
const MOST_BESIDE: usize = 2;

pub(super) fn contrast_words(matter: &str, lexicon: &Lexicon) -> Box<[u32]> {
    sorted(lexicon.words.contrast_matcher.find(matter).map(|mention| mention.entry).collect())
}

/// What stands in quotes or title marks.
pub(super) fn quotations(name: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut inside: Option<String> = None;
    for character in name.chars() {
        match (character, &mut inside) {
            ('"' | '》', Some(text)) => {
                if !text.is_empty() {
                    found.push(std::mem::take(text));
                }
                inside = None;
            }
            ('"' | '《', _) => inside = Some(String::new()),
            (_, Some(text)) => text.push(character),
            _ => {}
        }
    }
    found
}

/// The unit by which organizers are compared.
pub(super) fn department(organizer: &Organizer) -> Option<UnitIdx> {
    organizer.department.or(organizer.unit)
}
