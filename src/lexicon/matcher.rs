//! Finding the forms of a dictionary in folded text.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

/// A form found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    /// First byte in the folded text.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// Number of the entry the form belongs to.
    pub entry: u32,
}

/// Finds all forms of a dictionary, the longest at each place.
///
/// Aho–Corasick with leftmost-longest matches: among forms that begin at the earliest place the
/// longest wins, and matches do not overlap. Complexity: O(text + matches).
#[derive(Debug)]
pub struct Matcher {
    automaton: AhoCorasick,
    entries: Vec<u32>,
}

impl Matcher {
    /// Builds the matcher of `(form, entry)` pairs; empty forms are ignored.
    ///
    /// # Panics
    /// If the forms together exceed the automaton's limit of 2³¹ states.
    #[must_use]
    pub fn new<'a>(forms: impl IntoIterator<Item = (&'a str, u32)>) -> Self {
        let (forms, entries): (Vec<&str>, Vec<u32>) =
            forms.into_iter().filter(|(form, _)| !form.is_empty()).unzip();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&forms)
            .expect("dictionaries stay below the automaton's limit");
        Self { automaton, entries }
    }

    /// The forms in `text`, from left to right.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Mention> + 'a {
        self.automaton.find_iter(text).map(|found| Mention {
            start: found.start(),
            end: found.end(),
            entry: self.entries[found.pattern().as_usize()],
        })
    }

    /// The entry whose form is exactly the whole `text`.
    #[must_use]
    pub fn exact(&self, text: &str) -> Option<u32> {
        self.find(text)
            .next()
            .filter(|mention| mention.start == 0 && mention.end == text.len())
            .map(|m| m.entry)
    }
}

/// Tells which of a few sets of forms stand in a text, wherever they stand and whatever overlaps them.
#[derive(Debug)]
pub struct Marks {
    automaton: AhoCorasick,
    marks: Vec<u64>,
}

impl Marks {
    /// Builds the marks of `(form, bits)` pairs; empty forms are ignored.
    ///
    /// # Panics
    /// If the forms together exceed the automaton's limit of 2³¹ states.
    #[must_use]
    pub fn new<'a>(forms: impl IntoIterator<Item = (&'a str, u64)>) -> Self {
        let (forms, marks): (Vec<&str>, Vec<u64>) =
            forms.into_iter().filter(|(form, _)| !form.is_empty()).unzip();
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&forms)
            .expect("dictionaries stay below the automaton's limit");
        Self { automaton, marks }
    }

    /// The union of the bits of all forms that stand in `text`. Complexity: O(text + matches).
    #[must_use]
    pub fn of(&self, text: &str) -> u64 {
        let found = self.automaton.find_overlapping_iter(text);
        found.fold(0, |bits, found| bits | self.marks[found.pattern().as_usize()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_tell_forms_within_and_across_others() {
        let marks = Marks::new([("信访", 1), ("信访工作", 2), ("工作责任", 4), ("", 8)]);
        assert_eq!(marks.of("信访工作责任制"), 7);
        assert_eq!(marks.of("信访件"), 1);
        assert_eq!(marks.of(""), 0);
    }
}
