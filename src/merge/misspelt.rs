//! Slips of the pen in the name that a group goes by.

use super::named::Named;
use super::phrase::Phrase;
use super::title::Title;
use crate::text::fold;

/// Characters that are typed in place of a more usual one that looks or sounds like it: wrong, right.
///
/// One way only: 机构 is no slip for 机购, though 农机购置 stands in some text.
const SLIPS: &[(char, char)] = &[
    ('清', '情'),
    ('请', '情'),
    ('捡', '检'),
    ('俭', '检'),
    ('枸', '构'),
    ('购', '构'),
    ('介', '价'),
    ('帐', '账'),
    ('祝', '况'),
    ('嘟', '督'),
    ('侍', '待'),
    ('圆', '园'),
    ('仓', '企'),
    ('象', '像'),
    ('撤', '彻'),
    ('辨', '辩'),
    ('竟', '竞'),
    ('按', '安'),
    ('己', '已'),
    ('抱', '报'),
    ('径', '经'),
    ('职', '织'),
    ('织', '职'),
    ('廷', '延'),
    ('赢', '盈'),
    ('燥', '噪'),
];

/// Whether `wrong` is typed in place of `right`.
pub(super) fn is_slip(wrong: char, right: char) -> bool {
    SLIPS.contains(&(wrong, right))
}

/// Whether the character is a wrong one of [`SLIPS`].
fn is_wrong(character: char) -> bool {
    SLIPS.iter().any(|&(wrong, _)| wrong == character)
}

/// The title with every word mended of which another text of the group tells how it is written.
///
/// A word of two characters is a slip if one of them is a wrong one of [`SLIPS`], the word does not occur in
/// any other name or content of the group, and the right word does.
pub(super) fn mended(title: &Title, members: &[&Named<'_>]) -> Title {
    let is_suspect = |phrase: &Phrase| phrase.folded().chars().any(is_wrong);
    if !is_suspect(&title.body) && !is_suspect(&title.suffix) {
        return title.clone();
    }
    let texts: Vec<String> = members
        .iter()
        .flat_map(|member| std::iter::once(&member.item.name).chain(&member.item.content))
        .map(|text| fold(text))
        .collect();
    let mut mended = title.clone();
    mended.body = phrase(&title.body, &texts);
    mended.suffix = phrase(&title.suffix, &texts);
    mended
}

fn phrase(phrase: &Phrase, texts: &[String]) -> Phrase {
    let characters: Vec<char> = phrase.folded().chars().collect();
    let mut mended: Vec<char> = phrase.shown().chars().collect();
    let count = |word: &str| texts.iter().map(|text| text.matches(word).count()).sum::<usize>();
    for (position, pair) in characters.windows(2).enumerate() {
        if !pair.iter().any(|&character| is_wrong(character)) {
            continue;
        }
        let word: String = pair.iter().collect();
        // Once is this name itself.
        if count(&word) > 1 {
            continue;
        }
        for (side, &wrong) in pair.iter().enumerate() {
            let right = SLIPS.iter().filter(|(slip, _)| *slip == wrong).map(|(_, right)| *right);
            let told = right.into_iter().find(|&right| {
                let mut word = [pair[0], pair[1]];
                word[side] = right;
                count(&word.iter().collect::<String>()) >= 1
            });
            if let Some(right) = told {
                mended[position + side] = right;
            }
        }
    }
    let text: String = mended.into_iter().collect();
    if text == phrase.shown() { phrase.clone() } else { Phrase::new(&text) }
}
