//! What each member of a joint visit looks at, in a word or two.

use super::beyond::{beyond_venue, is_word};
use super::facet_words::{ENDINGS, GENERAL, SPECIFIC, VAGUE};
use super::named::Named;
use super::phrase::Phrase;
use super::reading::is_hollow;
use super::repeated::conjuncts;
use crate::lexicon::Lexicon;
use crate::model::relation::Relation;
use crate::text::fold;

/// Most facets a name tells.
pub(super) const MOST: usize = 4;

/// What one member looks at, in a word or two.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Facet {
    words: String,
    /// A general word with what it is said of: 结构安全.
    qualified: Option<String>,
    /// Whether the words name a field of work, so that they may tell a visit alone.
    specific: bool,
    /// Whether the words were only found in the content, and another member must say the same.
    guessed: bool,
}

impl Facet {
    fn plain(words: &str) -> Self {
        Self { words: words.to_owned(), ..Self::default() }
    }
}

/// The facets of the members that go to `venue`, with the positions of the members that gave them.
///
/// `None` where some member's facet cannot be told, or all together say nothing: the name then speaks of no
/// facet at all.
pub(super) fn facets(members: &[&Named<'_>], venue: u32, lexicon: &Lexicon) -> Option<Vec<Told>> {
    let mut facets: Vec<(Facet, usize)> = Vec::new();
    for (position, member) in members.iter().enumerate() {
        if position > 0 && !member.is(Relation::Joint) {
            continue;
        }
        let choices = choices(member, venue, lexicon);
        let first = choices.first()?;
        let known = |facet: &Facet| facets.iter().any(|(known, _)| known.words == facet.words);
        if let Some(facet) = choices.iter().find(|facet| !known(facet)) {
            facets.push((facet.clone(), position));
        } else if let Some((shared, _)) = facets.iter_mut().find(|(known, _)| known.words == first.words) {
            // One's 结构安全 and the other's 电气安全 are both 安全.
            shared.qualified = None;
            shared.guessed = false;
        }
    }
    if facets.iter().any(|(facet, _)| facet.guessed) {
        return None;
    }
    // 治安、消防和管理: what everyone does says nothing beside what only one does.
    let vague = |facet: &Facet| VAGUE.contains(&facet.words.as_str());
    if facets.iter().filter(|(facet, _)| !vague(facet)).count() >= 2 {
        facets.retain(|(facet, _)| !vague(facet));
    }
    // 质量安全 says what 安全 says.
    let all: Vec<String> = facets.iter().map(|(facet, _)| facet.words.clone()).collect();
    let contained = |words: &str| all.iter().any(|other| other != words && other.contains(words));
    facets.retain(|(facet, _)| !contained(&facet.words));
    if let [(only, _)] = facets.as_slice()
        && !only.specific
    {
        return None;
    }
    let told = facets.into_iter().map(|(facet, position)| {
        let says_another =
            |words: &String| all.iter().any(|other| *other != facet.words && words.contains(other));
        let qualified = facet.qualified.filter(|words| !says_another(words));
        Told { qualified: qualified.unwrap_or_else(|| facet.words.clone()), words: facet.words, position }
    });
    Some(told.collect())
}

/// A facet as a name tells it.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// As short as can be: 安全.
    pub(super) words: String,
    /// With what it is said of, where that is known: 结构安全.
    pub(super) qualified: String,
    /// The member that gave it.
    pub(super) position: usize,
}

/// What a member's facet may be called, the best first.
///
/// A field of work that the name tells, the organizer's own before others; else a general word, the member's
/// own words, or what its kind of place differs by; else the field that its content begins with.
fn choices(member: &Named<'_>, venue: u32, lexicon: &Lexicon) -> Vec<Facet> {
    let rest = beyond_venue(&member.title(lexicon).body, venue, lexicon);
    let place = lexicon.venues.entry(venue).name.as_str();
    let organizer = member.item.organizer.as_deref().map(fold).unwrap_or_default();
    let is_place = |words: &str| is_within(words, place);
    let fields = specific(rest.behind.folded(), &organizer, &is_place);
    if !fields.is_empty() {
        return fields;
    }
    let (vague, general): (Vec<Facet>, Vec<Facet>) =
        general(&rest.behind).into_iter().partition(|facet| VAGUE.contains(&facet.words.as_str()));
    let mut choices = general;
    if choices.is_empty() {
        choices.extend(
            own_words(&rest.behind).filter(|words| !is_place(words)).map(|words| Facet::plain(&words)),
        );
    }
    if choices.is_empty() {
        choices = specific(rest.matter.folded(), &organizer, &is_place);
    }
    if choices.is_empty() {
        choices.extend(vague);
        choices.extend(rest.kind_of_place.map(|words| Facet::plain(words.shown())));
    }
    if choices.is_empty() && !rest.matter.is_empty() && is_hollow(rest.matter.folded()) {
        choices.extend(VAGUE.first().map(|words| Facet::plain(words)));
    }
    if choices.is_empty() {
        // A slogan is told by what is looked at; other words may look at anything besides.
        let guessed = !rest.matter.folded().contains('"');
        let content = specific(&member.standard.content, &organizer, &is_place);
        choices.extend(content.into_iter().take(1).map(|facet| Facet { guessed, ..facet }));
    }
    choices
}

/// Least characters of a word that may be abbreviated in another.
const ABBREVIATED: usize = 3;

/// Whether the characters of `words` stand in `place` in their order: 液化气 in 液化石油气充装站.
fn is_within(words: &str, place: &str) -> bool {
    let mut rest = place.chars();
    place.contains(words)
        || words.chars().count() >= ABBREVIATED
            && words.chars().all(|character| rest.any(|other| other == character))
}

/// Facets of the specific words in a text.
fn specific(text: &str, organizer: &str, is_place: &dyn Fn(&str) -> bool) -> Vec<Facet> {
    let mut found = leftmost_longest(text);
    // The head of a Chinese phrase stands last: 废水、射线装置环境 is about 环境, but 消防、用电 is a list.
    let is_listed = |start: usize| text[..start].ends_with(['、', '和', '及', '与']);
    if let Some(last) = found.pop_if(|(start, end, _)| *end == text.len() && !is_listed(*start)) {
        found.insert(0, last);
    }
    let of_place = |word: &str| word.chars().count() >= ABBREVIATED && is_place(word);
    found.retain(|(start, end, facet)| !is_place(facet) && !of_place(&text[*start..*end]));
    // 消防通道和用电 is about 消防 for a 消防大队.
    found.sort_by_key(|(_, _, facet)| !organizer.contains(facet));
    found.into_iter().map(|(_, _, facet)| Facet { specific: true, ..Facet::plain(facet) }).collect()
}

/// Facets of the general words in a matter, each with what it is said of.
fn general(matter: &Phrase) -> Vec<Facet> {
    let text = matter.folded();
    let found: Vec<(usize, usize, &str)> = GENERAL
        .iter()
        .filter_map(|(word, facet)| text.find(word).map(|start| (start, start + word.len(), *facet)))
        .collect();
    // 农资质量 speaks of 质量, not of 资质.
    let cut = |start: usize, end: usize| found.iter().any(|&(other, _, _)| start < other && other < end);
    let words = found.iter().filter(|&&(start, end, _)| !cut(start, end));
    words
        .map(|&(start, end, facet)| {
            let conjunct = conjuncts(text).into_iter().find(|range| range.start <= start && range.end == end);
            let words = conjunct.map(|range| matter.slice(range).trimmed());
            let qualified = words.filter(|words| words.chars() >= 4 && is_word(words));
            let qualified = qualified.filter(|_| !VAGUE.contains(&facet));
            Facet { qualified: qualified.map(|words| words.shown().to_owned()), ..Facet::plain(facet) }
        })
        .collect()
}

/// The first conjunct that is no slogan, if it is short enough for a facet.
fn own_words(matter: &Phrase) -> Option<String> {
    conjuncts(matter.folded())
        .into_iter()
        .map(|range| shortened(&matter.slice(range)))
        .find(|words| !words.folded().contains('"'))
        .filter(|words| is_word(words) && !is_hollow(words.folded()))
        .map(|words| words.shown().to_owned())
}

/// Specific words with their byte ranges; of words that overlap the earliest, then the longest.
fn leftmost_longest(text: &str) -> Vec<(usize, usize, &'static str)> {
    let mut all: Vec<(usize, usize, &str)> = SPECIFIC
        .iter()
        .filter_map(|(word, facet)| text.find(word).map(|start| (start, start + word.len(), *facet)))
        .collect();
    all.sort_by_key(|&(start, end, _)| (start, std::cmp::Reverse(end)));
    let mut found: Vec<(usize, usize, &str)> = Vec::new();
    for (start, end, facet) in all {
        if found.last().is_none_or(|&(_, before, _)| start >= before) {
            found.push((start, end, facet));
        }
    }
    found
}

/// The first clause of a matter without endings that say nothing.
pub(super) fn shortened(matter: &Phrase) -> Phrase {
    let mut short = matter.trimmed();
    while let Some(rest) =
        ENDINGS.iter().find_map(|ending| short.strip_suffix(ending)).filter(|rest| rest.chars() >= 2)
    {
        short = rest.trimmed();
    }
    short
}

/// 甲、乙和丙.
pub(super) fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [front @ .., last] => format!("{}和{last}", front.join("、")),
    }
}
