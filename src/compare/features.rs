//! Everything a comparison looks at, computed once for an item.

use std::sync::Arc;

use super::subject::Organizer;
use super::tokens::WeightedSet;
use crate::lexicon::Lexicon;
use crate::model::ids::UnitIdx;
use crate::model::kind::Kind;
use crate::model::relation::Protection;
use crate::model::schedule::{Round, Schedule};
use crate::model::target_set::Sureness;
use crate::model::unit_set::UnitSet;

/// The features of one item.
#[expect(clippy::struct_excessive_bools, reason = "four independent facts, not a state")]
#[derive(Debug)]
pub(super) struct Features {
    /// The matter as written, for identity and for display.
    pub(super) matter: Box<str>,
    /// Character pairs of the matter.
    pub(super) name_pairs: WeightedSet,
    /// Concepts, venues and remaining pairs of the matter.
    pub(super) name_tokens: WeightedSet,
    /// Semantic tokens of the name, numbered and weighted as those of contents.
    pub(super) name_text: WeightedSet,
    /// Semantic tokens of the name without venues.
    pub(super) stem: WeightedSet,
    /// Semantic tokens of the content alone; empty when absent.
    pub(super) own_content: WeightedSet,
    /// Semantic tokens of content and target phrases: what is looked at, and with whom.
    pub(super) content: WeightedSet,
    /// Concepts in the name without those which another one of the name is a kind or part of; sorted.
    pub(super) concepts: Box<[u32]>,
    /// The same without concepts that only say where (驾培机构 in a name is a place, not a matter); sorted.
    pub(super) matter_concepts: Box<[u32]>,
    /// Concepts in content; sorted.
    pub(super) content_concepts: Box<[u32]>,
    /// Contrast words in the matter, sorted.
    pub(super) contrast_words: Box<[u32]>,
    /// Quoted names and titles in the name, as numbers of the pool's table; sorted.
    pub(super) quoted: Box<[u32]>,
    /// Venue types visited, sorted.
    pub(super) venues: Box<[u32]>,
    /// Whether the targets name groups of government units.
    pub(super) visits_government: bool,
    /// Whether all units visited are operators or institutions, by the roster.
    pub(super) visits_sites: bool,
    /// Units visited.
    pub(super) units: UnitSet,
    pub(super) sureness: Sureness,
    /// Number of the unit set among the pool's distinct sets.
    pub(super) unit_set: u32,
    pub(super) organizer: Option<Arc<Organizer>>,
    pub(super) co_organizers: Box<[Arc<Organizer>]>,
    pub(super) kind: Kind,
    pub(super) kind_known: bool,
    pub(super) schedule: Arc<Schedule>,
    pub(super) rounds: Box<[Round]>,
    /// Documents cited, as numbers of the pool's table; sorted.
    pub(super) citations: Box<[u32]>,
    /// Those of `citations` that carry a document number; sorted.
    pub(super) documents: Box<[u32]>,
    pub(super) protections: Box<[Protection]>,
    /// Done on paper or by data only.
    pub(super) remote: bool,
    /// Concepts with which the notes or the content say that it goes together; sorted.
    pub(super) together: Box<[u32]>,
    /// Concepts of which the notes say that they stay separate; sorted.
    pub(super) separate: Box<[u32]>,
    pub(super) jurisdiction: (u32, u32),
}

pub(super) fn sorted(mut numbers: Vec<u32>) -> Box<[u32]> {
    numbers.sort_unstable();
    numbers.dedup();
    numbers.into_boxed_slice()
}

pub(super) fn mentioned(text: &str, lexicon: &Lexicon) -> Box<[u32]> {
    sorted(lexicon.concepts.mentions(text).map(|mention| mention.entry).collect())
}

/// Concepts of a name, without those that only widen another one of the same name.
pub(super) fn head_concepts(matter: &str, lexicon: &Lexicon) -> Vec<u32> {
    let all = mentioned(matter, lexicon);
    all.iter()
        .copied()
        .filter(|&wide| {
            !all.iter()
                .any(|&other| other != wide && lexicon.concepts.wider(other).binary_search(&wide).is_ok())
        })
        .collect()
}

/// The concepts of a name that are not merely its venue: those with a mention outside every venue's.
pub(super) fn matter_concepts(matter: &str, concepts: &[u32], lexicon: &Lexicon) -> Box<[u32]> {
    let venues: Vec<_> = lexicon.venues.mentions(matter).collect();
    let outside: Vec<u32> = lexicon
        .concepts
        .mentions(matter)
        .filter(|concept| {
            !venues.iter().any(|venue| venue.start <= concept.start && concept.end <= venue.end)
        })
        .map(|concept| concept.entry)
        .filter(|concept| concepts.contains(concept))
        .collect();
    sorted(outside)
}

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
