//! A cursor over folded text.

use super::numeral::{is_numeral, number};

/// Reads folded text from left to right; the parsers' only tool.
///
/// Invariant: the position lies on a character boundary and never moves back except by
/// [`reset`](Self::reset) to a position that was asked for before.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    /// A scanner at the beginning of `text`.
    #[must_use]
    pub const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// What is left.
    #[must_use]
    pub fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// What was read.
    #[must_use]
    pub fn before(&self) -> &'a str {
        &self.text[..self.at]
    }

    /// Byte position, for [`reset`](Self::reset) and [`since`](Self::since).
    #[must_use]
    pub const fn position(&self) -> usize {
        self.at
    }

    /// Goes back to a `position` that this scanner gave.
    pub const fn reset(&mut self, position: usize) {
        self.at = position;
    }

    /// The text between a `position` that this scanner gave and now.
    #[must_use]
    pub fn since(&self, position: usize) -> &'a str {
        &self.text[position..self.at]
    }

    /// Whether nothing is left.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        self.at >= self.text.len()
    }

    /// The next character, left in place.
    #[must_use]
    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Takes the next character.
    pub fn bump(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.at += character.len_utf8();
        Some(character)
    }

    /// Takes `word` if it comes next.
    #[inline]
    pub fn eat(&mut self, word: &str) -> bool {
        let (rest, sought) = (self.rest().as_bytes(), word.as_bytes());
        // Han characters differ most in their third byte: nearly every miss ends here.
        if sought.len() > 2 && rest.get(2) != sought.get(2) {
            return false;
        }
        let found = rest.starts_with(sought);
        if found {
            self.at += word.len();
        }
        found
    }

    /// Takes the first of `words` that comes next; list longer words before their beginnings.
    pub fn eat_any<'w>(&mut self, words: &[&'w str]) -> Option<&'w str> {
        words.iter().copied().find(|word| self.eat(word))
    }

    /// Takes Arabic digits, at most `most`; gives their value and how many there were.
    pub fn digits(&mut self, most: usize) -> Option<(u32, usize)> {
        let taken = self.rest().bytes().take(most.min(9)).take_while(u8::is_ascii_digit).count();
        let value = self.rest()[..taken].parse().ok()?;
        self.at += taken;
        Some((value, taken))
    }

    /// Takes a number, Arabic or Chinese (see [`number`]); leaves the position where there is none.
    ///
    /// Arabic digits end at the first character that is none, save 万; so `3三` is 3, then 三.
    pub fn number(&mut self) -> Option<u32> {
        let rest = self.rest();
        let first = rest.chars().next()?;
        let mut end = if first.is_ascii_digit() {
            rest.bytes().take_while(u8::is_ascii_digit).count()
        } else {
            rest.chars().take_while(|&c| is_numeral(c)).take(24).map(char::len_utf8).sum()
        };
        if first.is_ascii_digit() && rest[end..].starts_with('万') {
            end += '万'.len_utf8();
        }
        let value = number(&rest[..end])?;
        self.at += end;
        Some(value)
    }
}
