//! Words of a name in two spellings at once: as a plan prints them, and folded for look-ups.

use std::ops::Range;

use crate::text::fold;

/// A stretch of text in printed and folded spelling.
///
/// Lexicon forms are found in the folded spelling; what is left after cutting is printed in the
/// other, with its capitals, quotes and full-width brackets. Invariant: both spellings have the same
/// number of characters, and the characters at one position belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Phrase {
    shown: String,
    folded: String,
}

impl Phrase {
    /// Tidies `text`: simplified characters, half-width letters and digits, Chinese brackets and
    /// quotes, no white space. Typing errors stay.
    pub(super) fn new(text: &str) -> Self {
        let mut phrase = Self::default();
        let mut run = String::new();
        let mut quote_open = false;
        for character in text.chars() {
            if is_ideograph(character) {
                run.push(character);
                continue;
            }
            phrase.push_run(&mut run);
            let folded = fold(character.encode_utf8(&mut [0; 4]));
            let single = folded.chars().count() == 1;
            for folded_character in folded.chars() {
                let shown = match (folded_character, character) {
                    ('"', _) => {
                        quote_open = match character {
                            '“' | '「' | '『' => true,
                            '”' | '」' | '』' => false,
                            _ => !quote_open,
                        };
                        if quote_open { '“' } else { '”' }
                    }
                    ('(', _) => '（',
                    (')', _) => '）',
                    (',', _) => '，',
                    (':', _) => '：',
                    (';', _) => '；',
                    (_, '\u{ff01}'..='\u{ff5e}') if single => {
                        char::from_u32(character as u32 - 0xfee0).unwrap_or(folded_character)
                    }
                    (_, original) if single => original,
                    (other, _) => other,
                };
                phrase.push_pair(shown, folded_character);
            }
        }
        phrase.push_run(&mut run);
        phrase
    }

    fn push_pair(&mut self, shown: char, folded: char) {
        self.shown.push(shown);
        self.folded.push(folded);
    }

    /// Appends a run of ideographs, which fold as a whole: 乾 alone and 乾 in 乾隆 differ.
    fn push_run(&mut self, run: &mut String) {
        let simplified = fold(run);
        if simplified.chars().count() == run.chars().count() {
            self.shown.push_str(&simplified);
            self.folded.push_str(&simplified);
        } else {
            for character in run.chars() {
                let folded = fold(character.encode_utf8(&mut [0; 4]));
                self.shown.push_str(&folded);
                self.folded.push_str(&folded);
            }
        }
        run.clear();
    }

    pub(super) fn shown(&self) -> &str {
        &self.shown
    }

    pub(super) fn folded(&self) -> &str {
        &self.folded
    }

    /// Number of characters.
    pub(super) fn chars(&self) -> usize {
        self.shown.chars().count()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.folded.is_empty()
    }

    /// The part in a byte range of the folded spelling; the ends must lie between characters.
    pub(super) fn slice(&self, range: Range<usize>) -> Self {
        let folded = &self.folded[range.clone()];
        let (_, shown) = split_at_char(&self.shown, self.folded[..range.start].chars().count());
        let (shown, _) = split_at_char(shown, folded.chars().count());
        Self { shown: shown.to_owned(), folded: folded.to_owned() }
    }

    /// Everything but a byte range of the folded spelling.
    pub(super) fn without(&self, range: Range<usize>) -> Self {
        let mut left = self.slice(0..range.start);
        left.push(&self.slice(range.end..self.folded.len()));
        left
    }

    pub(super) fn push(&mut self, other: &Self) {
        self.shown.push_str(&other.shown);
        self.folded.push_str(&other.folded);
    }

    /// What follows the folded `form` at the beginning.
    pub(super) fn strip_prefix(&self, form: &str) -> Option<Self> {
        (!form.is_empty() && self.folded.starts_with(form)).then(|| self.slice(form.len()..self.folded.len()))
    }

    /// What precedes the folded `form` at the end.
    pub(super) fn strip_suffix(&self, form: &str) -> Option<Self> {
        (!form.is_empty() && self.folded.ends_with(form))
            .then(|| self.slice(0..self.folded.len() - form.len()))
    }

    /// Without the words in brackets, and without the brackets.
    pub(super) fn without_brackets(&self) -> Self {
        let mut kept = Self::default();
        let mut depth = 0usize;
        for (shown, folded) in self.shown.chars().zip(self.folded.chars()) {
            match folded {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ if depth == 0 => kept.push_pair(shown, folded),
                _ => {}
            }
        }
        kept
    }

    /// Without connectives and stops at both ends; a single one, or nothing else, stays.
    pub(super) fn without_loose_ends(&self) -> Self {
        let is_loose = |c: char| matches!(c, '、' | '及' | '与' | '暨' | ',' | ';' | '.' | ':' | '-');
        let behind = self.folded.trim_start_matches(is_loose);
        let within = behind.trim_end_matches(is_loose);
        let start = self.folded.len() - behind.len();
        if within.is_empty() { self.clone() } else { self.slice(start..start + within.len()) }
    }

    /// Without connectives, stops and 的 at both ends.
    pub(super) fn trimmed(&self) -> Self {
        let is_edge =
            |c: char| matches!(c, '、' | '和' | '及' | '与' | '暨' | '的' | ',' | ';' | '.' | ':' | '-');
        let mut start = 0;
        let mut end = self.folded.len();
        while let Some(first) = self.folded[start..end].chars().next().filter(|&c| is_edge(c)) {
            start += first.len_utf8();
        }
        while let Some(last) = self.folded[start..end].chars().next_back().filter(|&c| is_edge(c)) {
            end -= last.len_utf8();
        }
        self.slice(start..end)
    }
}

/// The first `count` characters of a text, and what follows them.
fn split_at_char(text: &str, count: usize) -> (&str, &str) {
    let at = text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
    text.split_at(at)
}

/// Chinese characters proper, without punctuation and 〇.
fn is_ideograph(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// One line of text: line breaks and runs of white space between Chinese characters go, between
/// Latin words and numbers they become one space. Nothing else changes.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut gap = false;
    for character in text.chars() {
        if character.is_whitespace() || character.is_control() || character == '\u{feff}' {
            gap = true;
            continue;
        }
        if gap
            && character.is_ascii_alphanumeric()
            && line.ends_with(|last: char| last.is_ascii_alphanumeric())
        {
            line.push(' ');
        }
        gap = false;
        line.push(character);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_is_tidied_and_capitals_stay() {
        let phrase = Phrase::new("民族團結\n“七进”考評(２０２３年)OBD①");
        assert_eq!(phrase.shown(), "民族团结“七进”考评（2023年）OBD（1）");
        assert_eq!(phrase.folded(), "民族团结\"七进\"考评(2023年)obd(1)");
    }

    #[test]
    fn cuts_keep_both_spellings_together() {
        let phrase = Phrase::new("甲「A级」乙");
        assert_eq!(
            phrase.strip_prefix("甲\"a").map(|rest| rest.shown().to_owned()).as_deref(),
            Some("级”乙")
        );
        assert_eq!(Phrase::new("甲（乙）丙").without_brackets().shown(), "甲丙");
        assert_eq!(Phrase::new("、甲和").trimmed().shown(), "甲");
    }

    #[test]
    fn one_line_keeps_spaces_between_latin_words() {
        assert_eq!(one_line("抽查 \n事项 A  B\t级"), "抽查事项A B级");
    }
}
