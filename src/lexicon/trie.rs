//! A trie of forms, walked character by character.

use rustc_hash::FxHashMap;

/// Forms with a number each.
///
/// One hash table of steps for all nodes: a Chinese form has few characters and most characters of a text begin no
/// form, so that a walk mostly ends at its first or second step, and building takes one look-up a character.
#[derive(Debug, Default)]
pub(super) struct Trie {
    /// From a node by a character, see [`step`], to the next node.
    steps: FxHashMap<u64, u32>,
    /// By node, the number of the form that ends there, or [`NONE`].
    numbers: Vec<u32>,
}

const ROOT: u32 = 0;
const NONE: u32 = u32::MAX;

impl Trie {
    /// The trie of these forms; of several numbers of one form the first stays, and empty forms are ignored.
    pub(super) fn new<'a>(forms: impl IntoIterator<Item = (&'a str, u32)>) -> Self {
        let mut trie = Self { steps: FxHashMap::default(), numbers: vec![NONE] };
        for (form, number) in forms.into_iter().filter(|(form, _)| !form.is_empty()) {
            let mut node = ROOT;
            for character in form.chars() {
                let numbers = &mut trie.numbers;
                node = *trie.steps.entry(step(node, character)).or_insert_with(|| {
                    numbers.push(NONE);
                    numbers.len() as u32 - 1
                });
            }
            let own = &mut trie.numbers[node as usize];
            if *own == NONE {
                *own = number;
            }
        }
        trie
    }

    /// The longest form that `text` begins with: its length in bytes and its number.
    pub(super) fn longest(&self, text: &str) -> Option<(usize, u32)> {
        let mut node = ROOT;
        let mut longest = None;
        for (at, character) in text.char_indices() {
            let Some(&next) = self.steps.get(&step(node, character)) else { break };
            node = next;
            let number = self.numbers[node as usize];
            if number != NONE {
                longest = Some((at + character.len_utf8(), number));
            }
        }
        longest
    }

    /// The number of exactly this form.
    pub(super) fn exact(&self, form: &str) -> Option<u32> {
        let node =
            form.chars().try_fold(ROOT, |node, character| self.steps.get(&step(node, character)).copied());
        node.map(|node| self.numbers[node as usize]).filter(|&number| number != NONE)
    }
}

/// One number for both: it is hashed in one round.
fn step(node: u32, character: char) -> u64 {
    u64::from(node) << 32 | u64::from(character)
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
