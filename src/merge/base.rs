//! Whose name a group goes by.

use super::activity::ACTIVITIES;
use super::named::Named;
use super::reading::{Reading, concepts, reading};
use super::repeated::conjuncts;
use crate::lexicon::Lexicon;
use crate::model::relation::Relation;

/// Longest matter which a group takes from another member than its core, in characters: with its year and kind
/// it is a name of the usual length.
const LONGEST: usize = 23;

/// Position of the member whose name the group goes by: the core, unless another reads better.
///
/// The core is where the members belong, by the weights; that need not be the best name. In its place comes
///
/// 1. where its name says nothing, the first that says something;
/// 2. a member of the same matter whose name is the whole of which the core's is a part, by the lexicon;
/// 3. a member with a plain name, where the core's is a slogan, a list of particulars, hollow, the title of
///    a document or full of quoted words (see [`may_stand_for`]).
///
/// Joint visits are named by their venue; the core stays.
pub(super) fn base(members: &[&Named<'_>], lexicon: &Lexicon) -> usize {
    if members.len() == 1 {
        return 0;
    }
    let says = |member: &&Named<'_>| !member.title(lexicon).is_empty();
    let first = members.iter().position(says).unwrap_or(0);
    if members.iter().any(|member| member.is(Relation::Joint)) {
        return first;
    }
    let names: Vec<Name> = members.iter().map(|member| Name::of(member, lexicon)).collect();
    let others = || (0..members.len()).filter(|&position| position != first && says(&members[position]));
    let wider = |&other: &usize| {
        !members[other].is(Relation::Split)
            // The whole of a part is one matter: 农地非农建设和耕地非粮化 are two parts themselves.
            && (!members[other].is(Relation::Covered) || names[other].matters == 1)
            && names[other].reading <= Reading::Quoted
            && is_wider(&names[other].concepts, &names[first].concepts, lexicon)
    };
    if let Some(whole) = others().find(wider) {
        return whole;
    }
    let lone_part = others().filter(|&other| members[other].is(Relation::Covered)).count() == 1;
    [Relation::Duplicate, Relation::Split, Relation::Covered]
        .into_iter()
        .filter(|relation| lone_part || *relation != Relation::Covered)
        .find_map(|relation| {
            let able = others().filter(|&other| {
                members[other].is(relation) && may_stand_for(&names[other], &names[first], relation)
            });
            able.min_by_key(|&other| names[other].reading)
        })
        .unwrap_or(first)
}

/// What matters about a member's name when one is chosen.
#[derive(Debug)]
struct Name {
    reading: Reading,
    concepts: Vec<u32>,
    of_a_document: bool,
    chars: usize,
    /// Conjuncts of the name.
    matters: usize,
    /// Whether the name runs on behind an activity: 检查考核及述责述廉.
    runs_on: bool,
}

impl Name {
    fn of(member: &Named<'_>, lexicon: &Lexicon) -> Self {
        let body = &member.title(lexicon).body;
        Self {
            reading: reading(body, lexicon),
            concepts: concepts(body, lexicon),
            of_a_document: body.folded().starts_with('《'),
            chars: body.chars(),
            matters: conjuncts(body.folded()).len(),
            runs_on: runs_on(body.folded()),
        }
    }

    /// How badly the name needs another in its place.
    fn need(&self) -> Reading {
        const LONG_TITLE: usize = 16;
        match self.reading {
            reading if self.of_a_document && self.chars >= LONG_TITLE => reading.max(Reading::Slogan),
            reading if self.runs_on => reading.max(Reading::Listed),
            Reading::Enumerated if self.chars > LONGEST => Reading::Enumerated,
            // Another name could tell fewer of the particulars.
            Reading::Enumerated => Reading::Plain,
            reading => reading,
        }
    }
}

/// Whether an activity stands in a name with more behind it.
fn runs_on(body: &str) -> bool {
    ACTIVITIES.iter().any(|activity| {
        body.match_indices(activity).any(|(start, _)| {
            let behind = &body[start + activity.len()..];
            behind.starts_with(['、', '和', '及', '与', '暨']) && body[..start].contains('的')
        })
    })
}

/// Whether the name of a member in this relation may stand for the whole group in place of the core's.
///
/// It must read better and be short and, unless the core's is hollow, say something which the lexicon knows.
/// A name with quoted words in a known matter gives way only to one of the same matter. A part of the core's
/// matter stands for the whole only where the core's words are a slogan, which tells no matter.
fn may_stand_for(other: &Name, core: &Name, relation: Relation) -> bool {
    let need = core.need();
    let reads_better = other.reading < need && other.reading <= Reading::Quoted;
    if !reads_better || other.of_a_document || other.chars > LONGEST {
        return false;
    }
    if need == Reading::Hollow {
        return true;
    }
    if other.concepts.is_empty() {
        return false;
    }
    let same_matter = core.concepts.iter().any(|concept| other.concepts.contains(concept));
    match relation {
        Relation::Duplicate => same_matter || core.concepts.is_empty() || need >= Reading::Listed,
        Relation::Split => same_matter || need >= Reading::Slogan,
        Relation::Covered => need >= Reading::Slogan,
        Relation::Joint | Relation::Distinct | Relation::Barred => false,
    }
}

/// Whether each concept of `part` is one of `whole` or lies below one, and one at least lies below.
fn is_wider(whole: &[u32], part: &[u32], lexicon: &Lexicon) -> bool {
    let concepts = &lexicon.concepts;
    let below =
        |inner: u32| whole.iter().any(|&outer| concepts.is_a(inner, outer) || concepts.is_part(inner, outer));
    let strictly = |inner: u32| !whole.contains(&inner) && below(inner);
    !part.is_empty()
        && part.iter().all(|&inner| whole.contains(&inner) || below(inner))
        && part.iter().any(|&inner| strictly(inner))
        // A wide word in a name of its own matter (安全生产十五条) makes it no whole.
        && whole.iter().all(|&outer| part.contains(&outer) || part.iter().any(|&inner| {
            concepts.is_a(inner, outer) || concepts.is_part(inner, outer)
        }))
}
