//! One name for items that differ by whom they visit.

use std::ops::Range;

use super::facets::listed;
use super::phrase::Phrase;
use super::title::Title;
use crate::lexicon::Lexicon;

/// A body that speaks of all subsets.
#[derive(Debug)]
pub(super) struct AllSubsets {
    /// The body.
    pub(super) body: Phrase,
    /// The subsets for brackets, where the body does not name them.
    pub(super) bracket: Option<String>,
}

/// Longest differing part that a name lists, in characters.
const LONGEST: usize = 8;
/// Endings that do not count when bodies are compared, longest first.
const ENDINGS: &[&str] = &["工作情况", "情况", "工作", "问题"];

/// The body of a core said of the core and all `others`, or `None` where the bodies differ too much.
///
/// Qualities that the lexicon lists as subsets of one kind of target go to brackets: 幼儿园办园行为（公办、
/// 民办）. Otherwise the differing middle of equal frames is listed: 高校食堂和中小学食堂食品安全.
pub(super) fn united(core: &Phrase, others: &[Title], lexicon: &Lexicon) -> Option<AllSubsets> {
    by_contrast(core, others, lexicon).or_else(|| by_difference(core, others, lexicon))
}

fn by_contrast(core: &Phrase, others: &[Title], lexicon: &Lexicon) -> Option<AllSubsets> {
    for contrast in lexicon.words.contrasts.iter().filter(|contrast| contrast.subset) {
        // A noun leaves a hole where it is taken out: 高校 is listed, 公办 goes to brackets.
        let is_noun =
            |word: &String| lexicon.venues.by_form(word).is_some() || lexicon.groups.by_form(word).is_some();
        if contrast.words.iter().any(is_noun) {
            continue;
        }
        let word_in = |text: &str| contrast.words.iter().find(|word| text.contains(word.as_str()));
        let Some(own) = word_in(core.folded()) else { continue };
        let mut words = vec![own.clone()];
        for other in others {
            let Some(word) = word_in(other.body.folded()) else { break };
            words.push(word.clone());
        }
        let position = core.folded().find(own.as_str())?;
        let rest = core.without(position..position + own.len());
        words.sort_by_key(|word| contrast.words.iter().position(|known| known == word));
        words.dedup();
        if words.len() < 2 || words.len() > 4 || rest.chars() < 4 || others.len() + 1 > words.len() {
            continue;
        }
        let shown: Vec<String> = words.iter().map(|word| Phrase::new(word).shown().to_owned()).collect();
        return Some(AllSubsets { body: rest, bracket: Some(shown.join("、")) });
    }
    None
}

fn by_difference(core: &Phrase, others: &[Title], lexicon: &Lexicon) -> Option<AllSubsets> {
    let core = without_ending(core);
    let bodies: Vec<Phrase> = others.iter().map(|other| without_ending(&other.body)).collect();
    let mut front = core.folded().len();
    let mut back = core.folded().len();
    for body in &bodies {
        front = front.min(common_bytes(core.folded().chars(), body.folded().chars()));
        back = back.min(common_bytes(core.folded().chars().rev(), body.folded().chars().rev()));
    }
    let all = || std::iter::once(&core).chain(&bodies);
    let shortest = all().map(|body| body.folded().len()).min()?;
    back = back.min(shortest.saturating_sub(front));
    // A word of the lexicon is not cut, nor what stands in quotes: 定点医院 and 定点零售药店 differ as wholes.
    loop {
        let before = (front, back);
        for body in all() {
            let words = lexicon.venues.mentions(body.folded());
            let words = words.chain(lexicon.words.contrast_matcher.find(body.folded()));
            let words = words.map(|mention| mention.start..mention.end);
            for word in words.chain(enclosed(body.folded())) {
                let cuts = |border: usize| word.start < border && border < word.end;
                if cuts(front) {
                    front = word.start;
                }
                if cuts(body.folded().len() - back) {
                    back = body.folded().len() - word.end;
                }
            }
        }
        if (front, back) == before {
            break;
        }
    }
    if core.folded()[..front].chars().count() < 2 {
        front = 0;
    }
    let frame =
        core.folded()[..front].chars().count() + core.folded()[core.folded().len() - back..].chars().count();
    let mut middles: Vec<String> = Vec::new();
    for body in all() {
        let middle = body.slice(front..body.folded().len() - back);
        if !(2..=LONGEST).contains(&middle.chars()) {
            return None;
        }
        if !middles.iter().any(|known| known == middle.shown()) {
            middles.push(middle.shown().to_owned());
        }
    }
    if frame < 2 || middles.len() < 2 {
        return None;
    }
    let mut body = core.slice(0..front);
    body.push(&Phrase::new(&listed(&middles)));
    body.push(&core.slice(core.folded().len() - back..core.folded().len()));
    Some(AllSubsets { body, bracket: None })
}

/// What stands in quotes, brackets or title marks, with them; likewise numbers with their unit: 7-12月.
fn enclosed(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut number = None;
    for (position, character) in text.char_indices() {
        if character.is_ascii_digit() || (number.is_some() && matches!(character, '-' | '.' | '%')) {
            number.get_or_insert(position);
        } else if let Some(start) = number.take() {
            found.push(start..position + character.len_utf8());
        }
    }
    found.extend(number.map(|start| start..text.len()));
    let mut open: Vec<(char, usize)> = Vec::new();
    for (position, character) in text.char_indices() {
        let opener = match character {
            ')' => '(',
            '》' => '《',
            other => other,
        };
        let is_mark = matches!(character, '"' | '(' | ')' | '《' | '》');
        match open.last() {
            _ if !is_mark => {}
            Some(&(last, start)) if last == opener && (character == '"' || character != opener) => {
                open.pop();
                found.push(start..position + character.len_utf8());
            }
            _ => open.push((character, position)),
        }
    }
    found
}

fn without_ending(body: &Phrase) -> Phrase {
    ENDINGS.iter().find_map(|ending| body.strip_suffix(ending)).unwrap_or_else(|| body.clone())
}

fn common_bytes(one: impl Iterator<Item = char>, other: impl Iterator<Item = char>) -> usize {
    one.zip(other).take_while(|(left, right)| left == right).map(|(left, _)| left.len_utf8()).sum()
}
