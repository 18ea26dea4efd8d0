//! A sorted table of strings, walked like a trie.

use std::ops::Range;

use rustc_hash::FxHashMap;

/// A stretch of a table's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    start: u32,
    len: u32,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    span: Span,
    value: u32,
}

/// Forms with values, several values a form allowed.
///
/// One text, twelve bytes an entry and an index on the first two characters: a roster of a million
/// units with three names each stays below 150 MB. [`prefixes`](Self::prefixes) narrows a range of
/// the sorted entries character by character and gives up at the first that no form continues.
///
/// Invariant: `entries` is sorted by form, then by value, without repetition.
#[derive(Debug, Default)]
pub(super) struct FormTable {
    text: String,
    entries: Box<[Entry]>,
    heads: FxHashMap<(char, char), (u32, u32)>,
}

/// Collects a [`FormTable`].
#[derive(Debug, Default)]
pub(super) struct FormTableBuilder {
    text: String,
    entries: Vec<Entry>,
}

impl FormTableBuilder {
    /// Stores `text` without making it a form. `None` when the table is full (4 GiB).
    pub(super) fn store(&mut self, text: &str) -> Option<Span> {
        let start = u32::try_from(self.text.len()).ok()?;
        let len = u32::try_from(text.len()).ok()?;
        start.checked_add(len)?;
        self.text.push_str(text);
        Some(Span { start, len })
    }

    /// The text of a stored stretch.
    pub(super) fn text(&self, span: Span) -> &str {
        slice(&self.text, span)
    }

    /// Makes a stored stretch a form of `value`; an empty one is ignored.
    pub(super) fn add(&mut self, span: Span, value: u32) {
        if span.len > 0 {
            self.entries.push(Entry { span, value });
        }
    }

    /// Stores `form` and makes it a form of `value`. `false` when the table is full.
    pub(super) fn push(&mut self, form: &str, value: u32) -> bool {
        self.store(form).map(|span| self.add(span, value)).is_some()
    }

    /// Gives every entry the value `renumber` makes of its own, or drops it.
    pub(super) fn renumber(&mut self, renumber: impl Fn(u32) -> Option<u32>) {
        self.entries.retain_mut(|entry| match renumber(entry.value) {
            Some(value) => {
                entry.value = value;
                true
            }
            None => false,
        });
    }

    /// Sorts the entries. Complexity: O(n log n).
    pub(super) fn build(self) -> FormTable {
        let Self { mut text, entries } = self;
        // It grew by doubling, and a nation's table is kept to the end.
        text.shrink_to_fit();
        // The first eight bytes as a number decide most comparisons without touching the text.
        let mut keyed: Vec<(u64, Entry)> =
            entries.into_iter().map(|entry| (lead(slice(&text, entry.span)), entry)).collect();
        keyed.sort_unstable_by(|one, other| {
            one.0
                .cmp(&other.0)
                .then_with(|| slice(&text, one.1.span).cmp(slice(&text, other.1.span)))
                .then_with(|| one.1.value.cmp(&other.1.value))
        });
        keyed.dedup_by(|one, other| {
            one.1.value == other.1.value
                && one.0 == other.0
                && slice(&text, one.1.span) == slice(&text, other.1.span)
        });
        let entries: Box<[Entry]> = keyed.into_iter().map(|(_, entry)| entry).collect();
        let mut heads: FxHashMap<(char, char), (u32, u32)> = FxHashMap::default();
        for (position, entry) in entries.iter().enumerate() {
            if let Some(head) = head(slice(&text, entry.span)) {
                let range = heads.entry(head).or_insert((position as u32, position as u32));
                range.1 = position as u32 + 1;
            }
        }
        FormTable { text, entries, heads }
    }
}

impl FormTable {
    /// The text of a stored stretch.
    pub(super) fn text(&self, span: Span) -> &str {
        slice(&self.text, span)
    }

    /// The values of exactly this form, sorted.
    pub(super) fn exact(&self, form: &str) -> impl Iterator<Item = u32> + '_ {
        self.values(self.entries_of(form))
    }

    /// The entries of exactly this form.
    pub(super) fn entries_of(&self, form: &str) -> Range<usize> {
        let within = self.headed(form);
        let entries = &self.entries[within.clone()];
        let from = entries.partition_point(|entry| slice(&self.text, entry.span) < form);
        let count = entries[from..].partition_point(|entry| slice(&self.text, entry.span) == form);
        let from = within.start + from;
        from..from + count
    }

    /// The entries of the forms with the same first two characters.
    fn headed(&self, form: &str) -> Range<usize> {
        let range = head(form).and_then(|head| self.heads.get(&head));
        range.map_or(0..0, |&(from, to)| from as usize..to as usize)
    }

    /// The values of a range that this table gave.
    pub(super) fn values(&self, range: Range<usize>) -> impl Iterator<Item = u32> + '_ {
        self.entries[range].iter().map(|entry| entry.value)
    }

    /// The values from `low` below `high` of a range of entries with one form.
    pub(super) fn values_between(
        &self,
        range: Range<usize>,
        (low, high): (u32, u32),
    ) -> impl Iterator<Item = u32> + '_ {
        let entries = &self.entries[range];
        let from = entries.partition_point(|entry| entry.value < low);
        entries[from..].iter().map(|entry| entry.value).take_while(move |&value| value < high)
    }

    /// Calls `visit` with the byte length and the entries of every form that `text` begins with,
    /// shortest first.
    pub(super) fn prefixes(&self, text: &str, mut visit: impl FnMut(usize, Range<usize>)) {
        let mut characters = text.char_indices();
        let Some((_, first)) = characters.next() else { return };
        if let Some(&(from, to)) = self.heads.get(&(first, '\0')) {
            visit(first.len_utf8(), from as usize..to as usize);
        }
        let Some((at, second)) = characters.next() else { return };
        let Some(&(from, to)) = self.heads.get(&(first, second)) else { return };
        let mut range = from as usize..to as usize;
        let mut matched = at + second.len_utf8();
        loop {
            let count =
                self.entries[range.clone()].partition_point(|entry| entry.span.len as usize == matched);
            if count > 0 {
                visit(matched, range.start..range.start + count);
            }
            range.start += count;
            let Some((at, next)) = characters.next() else { return };
            let mut buffer = [0; 4];
            let next: &[u8] = next.encode_utf8(&mut buffer).as_bytes();
            let entries = &self.entries[range.clone()];
            let rest = |entry: &Entry| &slice(&self.text, entry.span).as_bytes()[matched..];
            let before = entries.partition_point(|entry| rest(entry) < next);
            let within = entries[before..].partition_point(|entry| rest(entry).starts_with(next));
            range = range.start + before..range.start + before + within;
            if range.is_empty() {
                return;
            }
            matched = at + next.len();
        }
    }

    /// The entries of every form that begins with `prefix`.
    pub(super) fn extensions(&self, prefix: &str) -> Range<usize> {
        // A single character begins forms with many heads.
        let within =
            if prefix.chars().nth(1).is_some() { self.headed(prefix) } else { 0..self.entries.len() };
        let entries = &self.entries[within.clone()];
        let from = entries.partition_point(|entry| slice(&self.text, entry.span) < prefix);
        let count =
            entries[from..].partition_point(|entry| slice(&self.text, entry.span).starts_with(prefix));
        within.start + from..within.start + from + count
    }

    /// The entries as a collection again, to change their values.
    pub(super) fn reopen(self) -> FormTableBuilder {
        FormTableBuilder { text: self.text, entries: self.entries.into_vec() }
    }

    /// The form of the entry at `position`.
    pub(super) fn form(&self, position: usize) -> &str {
        slice(&self.text, self.entries[position].span)
    }

    /// Runs of entries with one form and more than one value.
    pub(super) fn shared(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let mut at = 0;
        std::iter::from_fn(move || {
            while at < self.entries.len() {
                let form = self.form(at);
                let count = self.entries[at..]
                    .iter()
                    .take_while(|entry| slice(&self.text, entry.span) == form)
                    .count();
                let range = at..at + count;
                at += count;
                if count > 1 {
                    return Some(range);
                }
            }
            None
        })
    }
}

fn slice(text: &str, span: Span) -> &str {
    &text[span.start as usize..(span.start + span.len) as usize]
}

fn head(form: &str) -> Option<(char, char)> {
    let mut characters = form.chars();
    characters.next().map(|first| (first, characters.next().unwrap_or('\0')))
}

fn lead(form: &str) -> u64 {
    let mut bytes = [0; 8];
    for (to, from) in bytes.iter_mut().zip(form.bytes()) {
        *to = from;
    }
    u64::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walks_all_prefixes() {
        let mut builder = FormTableBuilder::default();
        for (value, form) in ["镇", "镇街", "镇街道", "乡", "镇区"].into_iter().enumerate() {
            assert!(builder.push(form, value as u32));
        }
        assert!(builder.push("镇街", 9));
        let table = builder.build();
        let mut found = Vec::new();
        table.prefixes("镇街道办", |len, range| {
            found.push((len, table.values(range).collect::<Vec<_>>()));
        });
        assert_eq!(found, [(3, vec![0]), (6, vec![1, 9]), (9, vec![2])]);
        assert_eq!(table.exact("乡").collect::<Vec<_>>(), [3]);
        assert_eq!(table.exact("乡镇").count(), 0);
        assert_eq!(table.extensions("镇街").len(), 3);
        assert_eq!(table.shared().count(), 1);
    }
}
