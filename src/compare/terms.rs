//! What items of a pool have in common, how many have it, and which.

use super::features::Features;
use super::fixed::step;

/// A kind of thing that items have in common and that the comparison counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    /// Character pairs of names.
    Pairs,
    /// Tokens of names by meaning.
    Tokens,
    /// Tokens of the stems of names.
    Stems,
    /// Tokens of names, contents and target phrases.
    Texts,
    /// Whole names.
    Matters,
    /// Sets of units visited.
    UnitSets,
    /// Documents cited.
    Citations,
    /// Concepts of names.
    Concepts,
    /// Concepts of names or contents.
    Mentions,
}

impl Family {
    pub(super) const COUNT: usize = 9;
    /// The families whose terms are weighed, in the order of a pool's vocabularies.
    pub(super) const WEIGHED: [Self; 4] = [Self::Pairs, Self::Tokens, Self::Stems, Self::Texts];
    /// The families whose counts are looked at when two items share a term.
    pub(super) const COUNTED: [Self; 5] =
        [Self::Matters, Self::UnitSets, Self::Citations, Self::Concepts, Self::Mentions];
}

/// The terms of a pool: counts as the pool has them, not in steps, and who is counted.
///
/// Items keep their numbers when others leave. Memory: 32 bytes a term, and one to two bytes for each item that has it.
#[derive(Debug, Default)]
pub(super) struct Terms {
    families: [Vec<Term>; Family::COUNT],
    /// By item: whether it has left.
    gone: Vec<bool>,
    items: u32,
}

#[derive(Clone, Debug, Default)]
struct Term {
    count: u32,
    holders: Holders,
}

impl Terms {
    /// The terms of some items. Complexity: linear in the terms of all items.
    pub(super) fn of(features: &[Features]) -> Self {
        let mut terms = Self::default();
        for features in features {
            terms.join(features);
        }
        terms
    }

    /// Number of items that have not left.
    pub(super) fn items(&self) -> u32 {
        self.items
    }

    /// Whether an item has left, or never came.
    pub(super) fn is_gone(&self, item: u32) -> bool {
        self.gone.get(item as usize).is_none_or(|&gone| gone)
    }

    /// The items that have not left.
    pub(super) fn numbers(&self) -> impl Iterator<Item = u32> + '_ {
        self.gone.iter().zip(0..).filter(|(gone, _)| !**gone).map(|(_, number)| number)
    }

    /// Takes in one more item, numbered next; gives the terms whose counts cross a step by it.
    pub(super) fn join(&mut self, features: &Features) -> Vec<(Family, u32)> {
        let own = self.gone.len() as u32;
        self.gone.push(false);
        self.items += 1;
        let mut crossed = Vec::new();
        each(features, |family, number| {
            let terms = &mut self.families[family as usize];
            if terms.len() <= number as usize {
                terms.resize_with(number as usize + 1, Term::default);
            }
            let term = &mut terms[number as usize];
            term.count += 1;
            term.holders.push(own);
            if step(term.count) != step(term.count - 1) {
                crossed.push((family, number));
            }
        });
        crossed
    }

    /// Lets an item go; gives the terms whose counts cross a step by it.
    pub(super) fn leave(&mut self, item: u32, features: &Features) -> Vec<(Family, u32)> {
        self.gone[item as usize] = true;
        self.items -= 1;
        let mut crossed = Vec::new();
        each(features, |family, number| {
            let term = &mut self.families[family as usize][number as usize];
            term.count -= 1;
            if step(term.count) != step(term.count + 1) {
                crossed.push((family, number));
            }
        });
        crossed
    }

    /// How many items have a term.
    pub(super) fn count(&self, family: Family, number: u32) -> u32 {
        self.families[family as usize].get(number as usize).map_or(0, |term| term.count)
    }

    /// The items that have a term, ascending.
    pub(super) fn holders(&self, family: Family, number: u32) -> impl Iterator<Item = u32> + '_ {
        let term = self.families[family as usize].get(number as usize);
        term.into_iter().flat_map(|term| term.holders.iter()).filter(|&item| !self.gone[item as usize])
    }
}

/// Tells every term of an item, once in each family.
fn each(features: &Features, mut tell: impl FnMut(Family, u32)) {
    let mut all = |family: Family, numbers: &[u32]| numbers.iter().for_each(|&number| tell(family, number));
    all(Family::Pairs, &features.name_pairs.tokens);
    all(Family::Tokens, &features.name_tokens.tokens);
    all(Family::Stems, &features.stem.tokens);
    let around = &features.surrounding.set.tokens;
    all(Family::Texts, around);
    all(Family::Matters, &[features.name_number]);
    all(Family::UnitSets, &[features.unit_set]);
    all(Family::Citations, &features.basis.citations);
    all(Family::Concepts, &features.concepts);
    all(Family::Mentions, &features.concepts);
    let mut others = |family: Family, numbers: &[u32], known: &[u32]| {
        let new = numbers.iter().filter(|number| known.binary_search(number).is_err());
        new.for_each(|&number| tell(family, number));
    };
    others(Family::Texts, &features.name_text.tokens, around);
    others(Family::Mentions, &features.content.concepts, &features.concepts);
}

/// Ascending numbers of items: each as its distance from the one before, in seven bits a byte.
#[derive(Clone, Debug, Default)]
struct Holders {
    last: u32,
    bytes: Vec<u8>,
}

/// Set in every byte of a number but its last.
const MORE: u8 = 0x80;

impl Holders {
    /// Appends a number that is not below the last one.
    fn push(&mut self, item: u32) {
        let mut distance = item - self.last;
        self.last = item;
        while distance >= u32::from(MORE) {
            self.bytes.push((distance & 0x7f) as u8 | MORE);
            distance >>= 7;
        }
        self.bytes.push(distance as u8);
    }

    fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        let (mut bytes, mut last) = (self.bytes.iter(), 0);
        std::iter::from_fn(move || {
            let (mut distance, mut shift) = (0, 0);
            loop {
                let byte = *bytes.next()?;
                distance |= u32::from(byte & !MORE) << shift;
                if byte & MORE == 0 {
                    last += distance;
                    return Some(last);
                }
                shift += 7;
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Holders;

    proptest! {
        #[test]
        fn holders_are_kept_as_they_came(items in prop::collection::btree_set(any::<u32>(), 0..50)) {
            let mut holders = Holders::default();
            for &item in &items {
                holders.push(item);
            }
            prop_assert!(holders.iter().eq(items));
        }
    }
}
