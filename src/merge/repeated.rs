//! Nouns that a name of several conjuncts says once.

use std::ops::Range;

use super::phrase::Phrase;
use crate::lexicon::Lexicon;

/// Words that belong to everything which follows in a list: 违法用地、搭盖. Other terms stay whole
/// (社会保险和社会救助).
const DISTRIBUTED: &[&str] =
    &["违法", "违规", "非法", "农村", "城市", "城乡", "校园", "学校", "公办", "民办", "重点", "老旧"];
/// Verbs before a noun which the name began with: 耕地保护和遏制“非农化”.
const VERBS: &[&str] =
    &["遏制", "防止", "防范", "加强", "推进", "治理", "整治", "打击", "规范", "落实", "严禁", "查处"];
/// Persons are not told from others by a noun that stands elsewhere: 领导班子和领导干部.
const PERSONS: &[&str] = &["干部", "人员", "职工", "群众", "党员", "教师", "学生", "队伍"];
/// What a matter is called as a whole; beside it a particular of the same matter says nothing more.
const WHOLE: &[&str] = &["工作", "管理", "管理工作", "工作情况", "管理情况"];

/// Which nouns a name gives up where it says them again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nouns {
    /// Those that belong to everything which follows in a list.
    Shared,
    /// All that are no part of a term, for want of room.
    All,
}

/// The body of a name with nouns said once where a list says them again.
///
/// 1. 保密教育和保密工作 is 保密工作.
/// 2. 违法采砂、违法取水 is 违法采砂、取水, and 湿地保护和防止湿地“碎片化” is 湿地保护和防止“碎片化”.
/// 3. Of [`Nouns::All`], 茶园除草暨茶园修剪 is 茶园除草暨修剪, unless the second noun is part of a term.
pub(super) fn said_once(body: &Phrase, nouns: Nouns, lexicon: &Lexicon) -> Phrase {
    if let Some(whole) = the_whole_alone(body) {
        return whole;
    }
    let conjuncts = conjuncts(body.folded());
    let Some(first) = conjuncts.first() else { return body.clone() };
    let opening = &body.folded()[first.clone()];
    let mut once = body.clone();
    for conjunct in conjuncts.iter().skip(1).rev() {
        if let Some(range) = repetition(body.folded(), conjunct, opening, nouns, lexicon) {
            once = once.without(range);
        }
    }
    once
}

/// Of two conjuncts the one that names the whole matter, with what stands before the matter in the other.
fn the_whole_alone(body: &Phrase) -> Option<Phrase> {
    let text = body.folded();
    let conjuncts = conjuncts(text);
    let [first, second] = conjuncts.as_slice() else { return None };
    let noun =
        WHOLE.iter().filter_map(|word| text[second.clone()].strip_suffix(word)).min_by_key(|n| n.len())?;
    if noun.chars().count() < 2 {
        return None;
    }
    let start = text[first.clone()].find(noun)?;
    let mut whole = body.slice(0..start);
    whole.push(&body.slice(second.clone()));
    Some(whole)
}

/// Where a conjunct repeats the noun with which the name begins.
fn repetition(
    text: &str,
    conjunct: &Range<usize>,
    opening: &str,
    nouns: Nouns,
    lexicon: &Lexicon,
) -> Option<Range<usize>> {
    const LEAST: usize = 2;
    let words = &text[conjunct.clone()];
    let verb = VERBS.iter().find(|verb| words.starts_with(**verb) && !opening.starts_with(**verb));
    let noun_start = conjunct.start + verb.map_or(0, |verb| verb.len());
    let rest = &text[noun_start..conjunct.end];
    let common = rest.chars().zip(opening.chars()).take_while(|(left, right)| left == right).count();
    // Chinese nouns have two or four characters: 学校食|堂 and 学校食|品 share 学校.
    let common = (common / LEAST * LEAST).min(2 * LEAST);
    let noun: String = rest.chars().take(common).collect();
    let left_over = |whole: &str| whole.chars().count() - common >= LEAST;
    let is_person = PERSONS.iter().any(|word| rest[noun.len()..].starts_with(word));
    if common < LEAST
        || is_person
        || noun.contains(['"', '(', '《'])
        || !left_over(rest)
        || !left_over(opening)
    {
        return None;
    }
    let range = noun_start..noun_start + noun.len();
    let cuts_term = || {
        let terms = lexicon.concepts.mentions(text).chain(lexicon.venues.mentions(text));
        let mut terms = terms.chain(lexicon.words.contrast_matcher.find(text));
        terms.any(|term| term.start < range.end && range.end < term.end)
    };
    let is_shared = DISTRIBUTED.contains(&noun.as_str());
    (is_shared || ((nouns == Nouns::All || verb.is_some()) && !cuts_term())).then_some(range)
}

/// The parts of a folded text between connectives that stand outside quotes, brackets and titles.
pub(super) fn conjuncts(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut start, mut depth, mut quoted) = (0, 0usize, false);
    for (position, character) in text.char_indices() {
        match character {
            '"' => quoted = !quoted,
            '(' | '《' => depth += 1,
            ')' | '》' => depth = depth.saturating_sub(1),
            '、' | '和' | '与' | '及' | '暨' if depth == 0 && !quoted => {
                found.push(start..position);
                start = position + character.len_utf8();
            }
            _ => {}
        }
    }
    found.push(start..text.len());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_noun_stands_once_in_a_list() {
        let lexicon = Lexicon::builtin();
        for (body, expected) in [
            ("茶园除草暨茶园修剪", "茶园除草暨修剪"),
            ("违法采砂、违法取水处置", "违法采砂、取水处置"),
            ("湿地保护和遏制湿地“碎片化”", "湿地保护和遏制“碎片化”"),
            ("机关单位密码使用和密码工作", "机关单位密码工作"),
            ("社会保险和社会救助", "社会保险和社会救助"),
            ("领导班子和领导干部", "领导班子和领导干部"),
            ("水库和水", "水库和水"),
            ("“两违”、“两违”", "“两违”、“两违”"),
        ] {
            assert_eq!(said_once(&Phrase::new(body), Nouns::All, &lexicon).shown(), expected, "{body}");
        }
        let short = said_once(&Phrase::new("茶园除草暨茶园修剪"), Nouns::Shared, &lexicon);
        assert_eq!(short.shown(), "茶园除草暨茶园修剪");
    }
}
