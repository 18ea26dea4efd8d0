//! A trie of forms, walked character by character.

use std::ops::Range;

/// Forms with a number each.
///
/// Nodes lie in one list, the children of a node side by side and sorted. Most characters of a text begin no form or
/// one that ends at once, so that the first step, which nearly every walk ends after, is a look-up in a table.
#[derive(Debug)]
pub(super) struct Trie {
    /// The root first.
    nodes: Vec<Node>,
    /// By Han character, the root's child for it; 0 for none.
    by_han: Box<[u32]>,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    /// The character that leads here.
    character: char,
    /// The number of the form that ends here, or [`NONE`].
    number: u32,
    /// The children.
    first: u32,
    count: u32,
}

const NONE: u32 = u32::MAX;
const ROOT: Node = Node { character: '\0', number: NONE, first: 0, count: 0 };
/// The Han characters of nearly all text.
const HAN: Range<usize> = 0x4e00..0xa000;
/// Most children that are looked through one by one.
const FEW: usize = 8;

impl Trie {
    /// The trie of these forms; of several numbers of one form the first stays, and empty forms are ignored.
    pub(super) fn new<'a>(forms: impl IntoIterator<Item = (&'a str, u32)>) -> Self {
        let mut forms: Vec<(&str, u32)> = forms.into_iter().filter(|(form, _)| !form.is_empty()).collect();
        forms.sort_by_key(|&(form, _)| form);
        forms.dedup_by_key(|(form, _)| *form);
        let mut nodes = vec![ROOT];
        // By node, the forms that pass it and their length so far.
        let mut passing = vec![(0..forms.len(), 0)];
        let mut at = 0;
        while at < nodes.len() {
            let (mut range, length) = passing[at].clone();
            let ending = forms.get(range.start).filter(|(form, _)| at > 0 && form.len() == length);
            if let Some(&(_, number)) = ending {
                nodes[at].number = number;
                range.start += 1;
            }
            nodes[at].first = nodes.len() as u32;
            let next = |(form, _): &(&str, u32)| form[length..].chars().next().unwrap_or_default();
            for chunk in forms[range.clone()].chunk_by(|one, other| next(one) == next(other)) {
                let character = next(&chunk[0]);
                nodes.push(Node { character, ..ROOT });
                passing.push((range.start..range.start + chunk.len(), length + character.len_utf8()));
                range.start += chunk.len();
            }
            nodes[at].count = nodes.len() as u32 - nodes[at].first;
            at += 1;
        }
        let mut by_han = vec![0; HAN.len()].into_boxed_slice();
        let beginnings = nodes[0].first..nodes[0].first + nodes[0].count;
        for child in beginnings {
            let code = nodes[child as usize].character as usize;
            if HAN.contains(&code) {
                by_han[code - HAN.start] = child;
            }
        }
        Self { nodes, by_han }
    }

    /// The node of the forms that begin with `character`.
    fn begun(&self, character: char) -> Option<&Node> {
        let code = character as usize;
        if HAN.contains(&code) {
            let child = self.by_han[code - HAN.start] as usize;
            return (child > 0).then(|| &self.nodes[child]);
        }
        self.step(&self.nodes[0], character)
    }

    fn step(&self, node: &Node, character: char) -> Option<&Node> {
        let children = &self.nodes[node.first as usize..][..node.count as usize];
        if children.len() <= FEW {
            return children.iter().find(|child| child.character == character);
        }
        let found = children.binary_search_by_key(&character, |child| child.character);
        found.ok().map(|position| &children[position])
    }

    /// The longest form that `text` begins with: its length in bytes and its number.
    pub(super) fn longest(&self, text: &str) -> Option<(usize, u32)> {
        let mut characters = text.chars();
        let first = characters.next()?;
        let mut node = self.begun(first)?;
        let mut length = first.len_utf8();
        let mut longest = None;
        loop {
            if node.number != NONE {
                longest = Some((length, node.number));
            }
            let Some(character) = characters.next() else { return longest };
            let Some(next) = self.step(node, character) else { return longest };
            node = next;
            length += character.len_utf8();
        }
    }

    /// The number of exactly this form.
    pub(super) fn exact(&self, form: &str) -> Option<u32> {
        let mut characters = form.chars();
        let first = self.begun(characters.next()?)?;
        let last = characters.try_fold(first, |node, character| self.step(node, character))?;
        Some(last.number).filter(|&number| number != NONE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_and_the_exact_form_are_found() {
        let trie = Trie::new([("安全", 0), ("安全生产", 1), ("", 2), ("安全", 3), ("a", 4)]);
        assert_eq!(trie.longest("安全生意"), Some((6, 0)));
        assert_eq!(trie.longest("安全生产月"), Some((12, 1)));
        assert_eq!(trie.longest("平安"), None);
        assert_eq!(trie.longest(""), None);
        assert_eq!(trie.exact("安全"), Some(0));
        assert_eq!(trie.exact("安全生"), None);
        assert_eq!(trie.exact("安全生产月"), None);
        assert_eq!(trie.exact("a"), Some(4));
        assert_eq!(trie.exact(""), None);
    }
}
