//! A draft put together, as much as fits.

use super::name::{Draft, NAMELESS};
use crate::lexicon::Lexicon;

/// Length which no merged name exceeds.
const HARD: usize = 40;

impl Draft {
    /// 2023年度…考核 needs no 年度 in it, and 2023年年度报告 is written 2023年度报告.
    pub(super) fn say_year_once(&mut self) {
        const ANNUAL: &str = "年度";
        if self.year.ends_with(ANNUAL) {
            self.headline.drop_annual();
        } else if self.headline.body.folded().starts_with(ANNUAL) {
            self.year.truncate(self.year.trim_end_matches('年').len());
        } else if begins_with_years(self.headline.body.folded()) {
            self.year.clear();
        }
    }

    /// Everything put together, as much as fits.
    pub(super) fn written(&self, lexicon: &Lexicon) -> String {
        let length = |text: &str| text.chars().count();
        let headline = self.headline.headline();
        let headline = if self.bracket.is_some() { headline.without_brackets() } else { headline };
        let mut name = format!("{}{}", self.year, headline.shown());
        if name.is_empty() {
            NAMELESS.clone_into(&mut name);
        }
        if length(&name) > HARD {
            name = self.cut(lexicon);
        }
        let name = match &self.bracket {
            Some(bracket) if length(&name) + length(bracket) + 2 <= HARD => format!("{name}（{bracket}）"),
            _ => name,
        };
        paired(&name)
    }

    /// The headline cut to [`HARD`] characters: at a stop, else behind a word that the lexicon knows.
    fn cut(&self, lexicon: &Lexicon) -> String {
        let suffix: String = self.headline.suffix.shown().chars().take(HARD / 2).collect();
        let room = HARD.saturating_sub(self.year.chars().count() + suffix.chars().count() + 1);
        let body = self.headline.body.without_brackets();
        if body.chars() <= room {
            return format!("{}{}{suffix}", self.year, body.shown());
        }
        let is_stop = |c: &char| matches!(c, '、' | '和' | '与' | '及' | '暨' | '，');
        let least = room / 3;
        let stop = body.shown().chars().take(room + 1).collect::<Vec<_>>().iter().rposition(is_stop);
        let terms = lexicon.concepts.mentions(body.folded()).chain(lexicon.venues.mentions(body.folded()));
        let term =
            terms.map(|term| body.folded()[..term.end].chars().count()).filter(|&end| end <= room).max();
        let end = [stop, term].into_iter().flatten().find(|&end| end >= least).unwrap_or(room);
        let kept: String = body.shown().chars().take(end).collect();
        format!("{}{kept}等{suffix}", self.year)
    }
}

/// The text without a mark of a pair whose other is not there.
fn paired(text: &str) -> String {
    const PAIRS: &[(char, char)] = &[('“', '”'), ('《', '》'), ('（', '）'), ('〈', '〉'), ('‘', '’')];
    let mut single: Vec<usize> = Vec::new();
    for &(open, close) in PAIRS {
        let mut opened: Vec<usize> = Vec::new();
        for (position, character) in text.char_indices() {
            if character == open {
                opened.push(position);
            } else if character == close && opened.pop().is_none() {
                single.push(position);
            }
        }
        single.extend(opened);
    }
    text.char_indices().filter(|(position, _)| !single.contains(position)).map(|(_, c)| c).collect()
}

/// 2024-2025年度补贴 says its years itself.
fn begins_with_years(body: &str) -> bool {
    let digits = body.len() - body.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    digits == 4 && body[digits..].starts_with(['-', '至', '—', '~'])
}
