//! Whose name a group goes by.

use super::Member;
use super::title::Title;
use crate::lexicon::Lexicon;
use crate::model::relation::Relation;

/// Position of the member whose name the group goes by: the core, unless another reads better.
///
/// The core is where the members belong, by the weights; that need not be the best name. In its place comes
///
/// 1. where its name says nothing, the first that says something;
/// 2. a member of the same matter whose name is the whole of which the core's is a part, by the lexicon;
/// 3. a duplicate whose name the lexicon knows, where it does not know the core's (a slogan, a step of a
///    procedure) or the core's name is the title of a document.
///
/// Joint visits are named by their venue; the core stays.
pub(super) fn base(members: &[&Member<'_>], lexicon: &Lexicon) -> usize {
    let says = |member: &&Member<'_>| !Title::parse(&member.item.name, lexicon).headline().is_empty();
    let first = members.iter().position(says).unwrap_or(0);
    if members.iter().any(|member| member.is(Relation::Joint)) {
        return first;
    }
    let concepts: Vec<Vec<u32>> = members.iter().map(|member| concepts_of(member, lexicon)).collect();
    let others = || (0..members.len()).filter(|&position| position != first && says(&members[position]));
    let wider = |&other: &usize| {
        !members[other].is(Relation::Split) && is_wider(&concepts[other], &concepts[first], lexicon)
    };
    if let Some(whole) = others().find(wider) {
        return whole;
    }
    let core = Title::parse(&members[first].item.name, lexicon);
    let of_a_document = core.body.folded().starts_with('《') && core.body.chars() >= 16;
    let unknown = concepts[first].is_empty() && core.body.folded().contains('"');
    let known = |&other: &usize| {
        let body = Title::parse(&members[other].item.name, lexicon).body;
        members[other].is(Relation::Duplicate)
            && !concepts[other].is_empty()
            && !body.folded().starts_with('《')
    };
    if of_a_document || unknown { others().find(known).unwrap_or(first) } else { first }
}

fn concepts_of(member: &Member<'_>, lexicon: &Lexicon) -> Vec<u32> {
    let body = Title::parse(&member.item.name, lexicon).body;
    let mut concepts: Vec<u32> =
        lexicon.concepts.mentions(body.folded()).map(|mention| mention.entry).collect();
    concepts.sort_unstable();
    concepts.dedup();
    concepts
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
