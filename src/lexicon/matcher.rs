//! Finding the forms of a dictionary in folded text.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};

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
/// Aho–Corasick by characters in a double array, with leftmost-longest matches: among forms that begin at the earliest
/// place the longest wins, and matches do not overlap. Of one form with several entries the first stays.
/// Complexity: O(text × longest form), for the search begins anew behind each match; mostly a step or two a character.
pub struct Matcher {
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
}

impl Matcher {
    /// Builds the matcher of `(form, entry)` pairs; empty forms are ignored.
    ///
    /// # Panics
    /// If the forms together exceed the automaton's limit of 2³¹ states.
    #[must_use]
    pub fn new<'a>(forms: impl IntoIterator<Item = (&'a str, u32)>) -> Self {
        let mut known = BTreeSet::new();
        let forms = forms.into_iter().filter(|&(form, _)| !form.is_empty() && known.insert(form));
        let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .build_with_values(forms)
            .expect("dictionaries stay below the automaton's limit");
        Self { automaton }
    }

    /// The forms in `text`, from left to right.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Mention> + 'a {
        self.automaton.leftmost_find_iter(text).map(|found| Mention {
            start: found.start(),
            end: found.end(),
            entry: found.value(),
        })
    }

    /// The entry whose form is exactly the whole `text`.
    #[must_use]
    pub fn exact(&self, text: &str) -> Option<u32> {
        let first = self.find(text).next();
        first.filter(|mention| mention.start == 0 && mention.end == text.len()).map(|mention| mention.entry)
    }
}

impl fmt::Debug for Matcher {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Matcher").finish_non_exhaustive()
    }
}

/// Tells which of a few sets of forms stand in a text, wherever they stand and whatever overlaps them.
pub struct Marks {
    automaton: CharwiseDoubleArrayAhoCorasick<u64>,
}

impl Marks {
    /// Builds the marks of `(form, bits)` pairs; empty forms are ignored.
    ///
    /// # Panics
    /// If the forms together exceed the automaton's limit of 2³¹ states.
    #[must_use]
    pub fn new<'a>(forms: impl IntoIterator<Item = (&'a str, u64)>) -> Self {
        let mut marks: BTreeMap<&str, u64> = BTreeMap::new();
        for (form, bits) in forms.into_iter().filter(|(form, _)| !form.is_empty()) {
            *marks.entry(form).or_default() |= bits;
        }
        let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .build_with_values(marks)
            .expect("dictionaries stay below the automaton's limit");
        Self { automaton }
    }

    /// The union of the bits of all forms that stand in `text`. Complexity: O(text + matches).
    #[must_use]
    pub fn of(&self, text: &str) -> u64 {
        self.automaton.find_overlapping_iter(text).fold(0, |bits, found| bits | found.value())
    }
}

impl fmt::Debug for Marks {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Marks").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_leftmost_longest_form_is_found() {
        let matcher =
            Matcher::new([("甲乙", 0), ("乙丙丁", 1), ("丙", 2), ("甲乙丙丁戊", 3), ("丙", 4), ("", 5)]);
        let found = |text: &str| {
            matcher.find(text).map(|found| (found.start, found.end, found.entry)).collect::<Vec<_>>()
        };
        assert_eq!(found("a甲乙丙丁丙"), [(1, 7, 0), (7, 10, 2), (13, 16, 2)]);
        assert_eq!(found("乙丙丁"), [(0, 9, 1)]);
        assert_eq!(found("乙丁"), []);
        assert_eq!(found(""), []);
        assert_eq!(matcher.exact("甲乙"), Some(0));
        assert_eq!(matcher.exact("甲乙丙"), None);
        assert_eq!(Matcher::new([]).find("甲").count(), 0);
    }

    #[test]
    fn marks_tell_forms_within_and_across_others() {
        let marks = Marks::new([("信访", 1), ("信访工作", 2), ("工作责任", 4), ("", 8), ("信访", 16)]);
        assert_eq!(marks.of("信访工作责任制"), 23);
        assert_eq!(marks.of("信访件"), 17);
        assert_eq!(marks.of(""), 0);
    }
}
