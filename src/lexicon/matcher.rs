//! Finding the forms of a dictionary in folded text.

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::trie::Trie;

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
/// Among forms that begin at the earliest place the longest wins, and matches do not overlap. Of one form with
/// several entries the first stays. Complexity: O(text × longest form); mostly a step or two a character.
#[derive(Debug)]
pub struct Matcher {
    forms: Trie,
}

impl Matcher {
    /// Builds the matcher of `(form, entry)` pairs; empty forms are ignored.
    #[must_use]
    pub fn new<'a>(forms: impl IntoIterator<Item = (&'a str, u32)>) -> Self {
        Self { forms: Trie::new(forms) }
    }

    /// The forms in `text`, from left to right.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Mention> + 'a {
        let mut start = 0;
        std::iter::from_fn(move || {
            loop {
                let rest = &text[start..];
                let first = rest.chars().next()?;
                if let Some((len, entry)) = self.forms.longest(rest) {
                    let mention = Mention { start, end: start + len, entry };
                    start = mention.end;
                    return Some(mention);
                }
                start += first.len_utf8();
            }
        })
    }

    /// The entry whose form is exactly the whole `text`. Complexity: O(text).
    #[must_use]
    pub fn exact(&self, text: &str) -> Option<u32> {
        self.forms.exact(text)
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
    fn the_leftmost_longest_form_is_found() {
        let matcher = Matcher::new([("甲乙", 0), ("乙丙丁", 1), ("丙", 2), ("甲乙丙丁戊", 3), ("丙", 4)]);
        let found = |text: &str| {
            matcher.find(text).map(|found| (found.start, found.end, found.entry)).collect::<Vec<_>>()
        };
        assert_eq!(found("a甲乙丙丁丙"), [(1, 7, 0), (7, 10, 2), (13, 16, 2)]);
        assert_eq!(found("乙丙丁"), [(0, 9, 1)]);
        assert_eq!(found("乙丁"), []);
        assert_eq!(found(""), []);
        assert_eq!(matcher.exact("甲乙"), Some(0));
        assert_eq!(matcher.exact("甲乙丙"), None);
    }

    #[test]
    fn marks_tell_forms_within_and_across_others() {
        let marks = Marks::new([("信访", 1), ("信访工作", 2), ("工作责任", 4), ("", 8)]);
        assert_eq!(marks.of("信访工作责任制"), 7);
        assert_eq!(marks.of("信访件"), 1);
        assert_eq!(marks.of(""), 0);
    }
}
