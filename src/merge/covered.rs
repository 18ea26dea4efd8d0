//! The parts which a covering item's name tells: （含大棚房）.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;

use super::facets::shortened;
use super::named::Named;
use super::phrase::Phrase;
use super::reading::{Reading, reading};
use super::rounds::without_rounds;
use crate::lexicon::{Lexicon, Mention};
use crate::model::relation::Relation;

/// Most parts a name tells; with more, the list of parts tells them better.
const MOST: usize = 2;
/// Longest part, in characters.
const LONGEST: usize = 12;

/// Short matters of the covered members which `name` does not say already, with their positions.
///
/// Empty when there are none, or more than a name can carry.
pub(super) fn parts(members: &[&Named<'_>], name: &str, lexicon: &Lexicon) -> Vec<(String, usize)> {
    let name = Phrase::new(name);
    let said: Vec<u32> = lexicon.concepts.mentions(name.folded()).map(|mention| mention.entry).collect();
    let mut parts: Vec<(String, usize)> = Vec::new();
    for (position, member) in members.iter().enumerate() {
        if !member.is(Relation::Covered) {
            continue;
        }
        let body = without_rounds(&member.title(lexicon).body.without_brackets());
        let Some(part) = short_matter(&body, members[0], &name, &said, lexicon) else { continue };
        let is_said =
            [part.folded(), shortened(&body).folded()].iter().any(|words| name.folded().contains(words))
                || repeats(part.folded(), name.folded());
        let reads = reading(&part, lexicon) < Reading::Listed || part.folded().starts_with('"');
        if reads && !is_said && !parts.iter().any(|(known, _)| known == part.shown()) {
            parts.push((part.shown().to_owned(), position));
        }
    }
    if parts.len() > MOST { Vec::new() } else { parts }
}

/// What a covered item is about, in a few words: the lexicon's name of its concept, or the words which
/// the core's content uses for it.
///
/// `None` where the name already speaks of the same or of a part of it, or nothing short is left.
fn short_matter(
    body: &Phrase,
    core: &Named<'_>,
    name: &Phrase,
    said: &[u32],
    lexicon: &Lexicon,
) -> Option<Phrase> {
    let concepts = &lexicon.concepts;
    let content = &core.standard.content;
    let (old, new): (Vec<Mention>, Vec<Mention>) = concepts.mentions(body.folded()).partition(|mention| {
        said.iter().any(|&said| concepts.is_a(said, mention.entry) || concepts.is_part(said, mention.entry))
    });
    let new: Vec<Mention> =
        new.into_iter().filter(|mention| lexicon.concepts.below(mention.entry) <= BROAD).collect();
    let words_of = |mention: &Mention| &body.folded()[mention.start..mention.end];
    let best = new.iter().max_by_key(|mention| {
        let words = words_of(mention);
        (content.contains(words), words.len(), Reverse(mention.start))
    });
    let words = match best {
        Some(mention) => told_as(body, mention, content, name, lexicon)?,
        None if old.is_empty() => {
            Some(shortened(&first_clause(body))).filter(|words| !words.folded().contains('"'))?
        }
        None => {
            let rest =
                old.iter().rev().fold(body.clone(), |rest, mention| rest.without(mention.start..mention.end));
            Some(shortened(&rest)).filter(|rest| !rest.is_empty() && content.contains(rest.folded()))?
        }
    };
    (2..=LONGEST).contains(&words.chars()).then_some(words)
}

/// Ends of usual names that any matter may have: 延时服务 is no 课后服务.
const COMMON: &[&str] = &["服务", "管理", "治理", "防治", "整治", "建设", "保护", "监管", "工作"];

/// What a part is called that is about the concept of a mention: the concept's usual name, or the words written.
///
/// The usual name must be near what the body says: 环保设施 is no 生态环境保护, and 货运源头 no 道路货物运输.
fn told_as(
    body: &Phrase,
    mention: &Mention,
    content: &str,
    name: &Phrase,
    lexicon: &Lexicon,
) -> Option<Phrase> {
    let fits = |phrase: &Phrase| (THING..=LONGEST).contains(&phrase.chars());
    let is_list = |phrase: &Phrase| phrase.folded().contains(['和', '及', '与', '、']);
    // The first of several particulars is not the part.
    let is_whole = first_clause(body).chars() == body.chars();
    let quote_end = body.folded().strip_prefix('"').and_then(|rest| rest.find('"')).map(|end| end + 2);
    if quote_end.is_some_and(|end| end <= mention.start) {
        // “双公示”信息报送 is known by its quote, not by the words behind it.
        return Some(shortened(body)).filter(|words| is_whole && fits(words));
    }
    let written = as_written(body, mention);
    let usual = Phrase::new(&lexicon.concepts.entry(mention.entry).name);
    if is_list(&usual) && !is_list(&written) {
        // Half of a list is not what is covered, nor is the list.
        return None;
    }
    let noun = COMMON.iter().find_map(|end| usual.strip_suffix(end)).filter(|noun| noun.chars() >= 2);
    let distinct: BTreeSet<char> = noun.as_ref().unwrap_or(&usual).folded().chars().collect();
    let shared = distinct.iter().filter(|&&character| body.folded().contains(character)).count();
    let is_near = shared * 2 >= distinct.len();
    let in_quotes = written.folded().contains('"') && written.folded().replace('"', "") == usual.folded();
    let core_says_it = content.contains(written.folded()) && !content.contains(usual.folded());
    let tells = fits(&usual) && usual.chars() > THING && !begins_like(&usual, name);
    if tells && is_near && !in_quotes && !(core_says_it && fits(&written)) {
        return Some(usual);
    }
    if is_near { Some(written) } else { Some(shortened(body)).filter(|words| is_whole && fits(words)) }
}

/// The words of a mention with their quotes; a bare thing with what is said of it: “大棚房”问题, 瘦肉精等违禁药物.
fn as_written(body: &Phrase, mention: &Mention) -> Phrase {
    const PROBLEM: &str = "问题";
    let text = body.folded();
    let start = if text[..mention.start].ends_with('"') { mention.start - 1 } else { mention.start };
    let end = mention.end + usize::from(text[mention.end..].starts_with('"'));
    // A mark on one side alone belongs to other words: 创建“七进”.
    let is_whole = |range: &Range<usize>| text[range.clone()].matches('"').count().is_multiple_of(2);
    let ranges = [start..end, start..mention.end, mention.start..end, mention.start..mention.end];
    let Range { start, end } = ranges.into_iter().find(is_whole).unwrap_or(mention.start..mention.end);
    let words = body.slice(start..end);
    if words.chars() > THING + 2 {
        return shortened(&words);
    }
    let clause = body.slice(start..end + first_clause(&body.slice(end..text.len())).folded().len());
    let until_problem =
        clause.folded().find(PROBLEM).map(|position| clause.slice(0..position + PROBLEM.len()));
    let longer = until_problem.unwrap_or_else(|| shortened(&clause));
    if longer.chars() <= LONGEST - 2 { longer } else { words }
}

/// Most characters of a word that names a thing (户厕) rather than what is done about it.
const THING: usize = 3;

/// Whether a name begins with the same noun, which would then be said twice.
fn begins_like(words: &Phrase, name: &Phrase) -> bool {
    let noun: String = words.folded().chars().take(2).collect();
    name.folded().starts_with(&noun)
}

/// Whether four characters in a row of `words` stand in `name`: 野外火源管控 beside 火源管控.
fn repeats(words: &str, name: &str) -> bool {
    let characters: Vec<char> = words.chars().collect();
    characters.windows(4).any(|four| name.contains(&four.iter().collect::<String>()))
}

/// Most entries below a concept that a part may be called by: 生态环境保护 tells no part.
const BROAD: u32 = 12;

/// Up to the first stop.
fn first_clause(body: &Phrase) -> Phrase {
    let end = body.folded().find(['、', ',', ';', '及', '和']).unwrap_or(body.folded().len());
    body.slice(0..end)
}
