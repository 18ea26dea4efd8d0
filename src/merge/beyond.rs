//! What a name says besides the place that is visited.

use super::facet_words::{OF_A_SENTENCE, PLACE_ENDINGS};
use super::misspelt::is_slip;
use super::phrase::Phrase;
use super::rounds::without_rounds;
use super::venue::lies_within;
use crate::lexicon::Lexicon;

/// Longest facet in a member's own words, in characters.
const LONGEST: usize = 8;

/// A matter without the words of the place, and what its own kind of place differs by.
#[derive(Debug)]
pub(super) struct Beyond {
    pub(super) matter: Phrase,
    /// What follows the last word for the place; the matter's head stands there: 低空物流起降场|运营保障.
    pub(super) behind: Phrase,
    /// 排放 for 机动车排放检验机构 at a 机动车检验机构.
    pub(super) kind_of_place: Option<Phrase>,
}

pub(super) fn beyond_venue(body: &Phrase, venue: u32, lexicon: &Lexicon) -> Beyond {
    let venues = &lexicon.venues;
    let place = Phrase::new(&venues.entry(venue).name);
    let mut matter = without_rounds(&body.without_brackets());
    let mut kind_of_place = None;
    let (mut behind, mut is_named) = (0, false);
    loop {
        let found = venues.mentions(matter.folded()).find(|mention| {
            lies_within(mention.entry, venue, venues) || lies_within(venue, mention.entry, venues)
        });
        let Some(mention) = found else { break };
        if mention.entry != venue && kind_of_place.is_none() {
            let words = matter.slice(mention.start..mention.end);
            let differs = difference(&words, &place);
            kind_of_place = Some(differs).filter(|words| is_word(words) && !names_a_place(words, lexicon));
        }
        let rest = &matter.folded()[mention.end..];
        let ending = PLACE_ENDINGS.iter().find(|ending| rest.starts_with(**ending));
        matter = matter.without(mention.start..mention.end + ending.map_or(0, |ending| ending.len()));
        behind = behind.max(mention.start);
        is_named = true;
    }
    if !is_named {
        matter = matter.slice(loosely_named(matter.folded(), place.folded())..matter.folded().len());
    }
    let behind = matter.slice(behind..matter.folded().len()).trimmed();
    let matter = without_misspelt(&matter, venue, lexicon).trimmed();
    let behind = if behind.chars() < 2 { matter.clone() } else { behind };
    Beyond { matter, behind, kind_of_place }
}

/// Where the words end with which a text speaks of the place in a form that the lexicon does not know: 液化气充装场站
/// for 液化石油气充装站. All its characters stand in the place's name or in the end of a word for a place.
fn loosely_named(text: &str, place: &str) -> usize {
    const LEAST: usize = 4;
    let is_of_place = |c: &char| place.contains(*c) || PLACE_ENDINGS.iter().any(|ending| ending.contains(*c));
    let words: String = text.chars().take_while(is_of_place).collect();
    if words.chars().count() >= LEAST && words.len() < text.len() { words.len() } else { 0 }
}

/// Whether some words may stand as a facet: short, and no sentence.
pub(super) fn is_word(words: &Phrase) -> bool {
    (2..=LONGEST).contains(&words.chars())
        && !words.folded().contains(OF_A_SENTENCE)
        && !words.folded().contains(|character: char| character.is_ascii_digit())
}

/// 公立医院 at a 医疗机构 says where, not what.
fn names_a_place(words: &Phrase, lexicon: &Lexicon) -> bool {
    lexicon.venues.mentions(words.folded()).next().is_some()
        || PLACE_ENDINGS.iter().any(|ending| words.folded().ends_with(ending))
}

/// `words` without what they share with `place` at both ends.
fn difference(words: &Phrase, place: &Phrase) -> Phrase {
    let common = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
        pairs.take_while(|(left, right)| left == right).map(|(left, _)| left.len_utf8()).sum()
    };
    let (one, other) = (words.folded(), place.folded());
    let front = common(&mut one.chars().zip(other.chars()));
    let back = common(&mut one[front..].chars().rev().zip(other.chars().rev()));
    words.slice(front..one.len() - back).trimmed()
}

/// Removes a form of the venue written with one wrong character (养老机枸).
fn without_misspelt(matter: &Phrase, venue: u32, lexicon: &Lexicon) -> Phrase {
    let entry = lexicon.venues.entry(venue);
    let starts: Vec<usize> = matter.folded().char_indices().map(|(position, _)| position).collect();
    for form in std::iter::once(&entry.name).chain(&entry.aliases) {
        let length = form.chars().count();
        if length < 4 {
            continue;
        }
        for &start in &starts {
            let window = &matter.folded()[start..];
            let wrong: Vec<(char, char)> =
                window.chars().zip(form.chars()).filter(|(left, right)| left != right).collect();
            let end: usize = window.chars().take(length).map(char::len_utf8).sum();
            let slipped = matches!(wrong[..], [(wrong, right)] if is_slip(wrong, right));
            if slipped && window[..end].chars().count() == length {
                return matter.without(start..start + end);
            }
        }
    }
    matter.clone()
}
