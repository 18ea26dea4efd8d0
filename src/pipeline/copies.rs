//! Comparing rows that say the same only once.

use super::decide::{Pair, Weighed, strongest};
use crate::compare::Comparer;
use crate::model::ids::ItemIdx;

/// Most later copies of one row that an item is paired with: more than twice as many as go into one plan item
/// under the shipped policy.
const MOST_COPIES: usize = 64;

/// The items of a pool by what their rows say.
///
/// Someone pastes a table twice, or a thousand times: what is found about one row holds for its copies.
#[derive(Debug)]
pub(super) struct Copies {
    /// The first item of every row, ascending.
    firsts: Vec<u32>,
    /// By item: the number of its row, a position in `firsts`.
    row_of: Vec<u32>,
    /// By row: its items, ascending.
    items_of: Vec<Vec<u32>>,
}

impl Copies {
    /// `None` where no row has a copy.
    pub(super) fn of(comparer: &Comparer) -> Option<Self> {
        let first = |item: u32| comparer.first_copy(ItemIdx::from(item)).as_u32();
        let count = comparer.len() as u32;
        if (0..count).all(|item| first(item) == item) {
            return None;
        }
        let (mut firsts, mut row_of, mut items_of) = (Vec::new(), Vec::new(), Vec::<Vec<u32>>::new());
        for item in 0..count {
            let row = match first(item) {
                own if own == item => {
                    firsts.push(item);
                    items_of.push(Vec::new());
                    firsts.len() as u32 - 1
                }
                other => row_of[other as usize],
            };
            row_of.push(row);
            items_of[row as usize].push(item);
        }
        Some(Self { firsts, row_of, items_of })
    }

    /// The first item of every row, ascending.
    pub(super) fn firsts(&self) -> &[u32] {
        &self.firsts
    }

    /// The pairs of all items, in order, given those of first items.
    ///
    /// `score` scores a pair of items that has to reach the floor. Of an item the [`strongest`] pairs
    /// with later ones are kept, at most [`MOST_COPIES`] with one row. Complexity: O(items · rows they go with).
    pub(super) fn spread(&self, pairs: &[Pair], score: impl Fn(u32, u32) -> Option<Weighed>) -> Vec<Pair> {
        // By row: the rows it goes with, and the score with its own item as the earlier one.
        let mut near: Vec<Vec<(u32, Weighed)>> = vec![Vec::new(); self.firsts.len()];
        for pair in pairs {
            let (a, b) = (pair.a.as_u32(), pair.b.as_u32());
            let (one, other) = (self.row_of[a as usize], self.row_of[b as usize]);
            near[one as usize].push((other, pair.score));
            // Some copy of the later row may stand before a copy of the earlier one.
            if self.items_of[one as usize].last() > Some(&b)
                && let Some(back) = score(b, a)
            {
                near[other as usize].push((one, back));
            }
        }
        for (row, items) in self.items_of.iter().enumerate() {
            if let [one, other, ..] = items[..]
                && let Some(own) = score(one, other)
            {
                near[row].push((row as u32, own));
            }
        }
        let mut spread = Vec::with_capacity(pairs.len());
        for (a, &row) in (0u32..).zip(&self.row_of) {
            let mut found = Vec::new();
            for &(other, score) in &near[row as usize] {
                let items = &self.items_of[other as usize];
                let later = &items[items.partition_point(|&item| item <= a)..];
                let pair = |&b: &u32| Pair { a: ItemIdx::from(a), b: ItemIdx::from(b), score };
                found.extend(later.iter().take(MOST_COPIES).map(pair));
            }
            let mut kept = strongest(found);
            kept.sort_by_key(|pair| pair.b);
            spread.extend(kept);
        }
        spread
    }
}
