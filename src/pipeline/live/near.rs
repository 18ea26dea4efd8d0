//! Which items of a pool that changes are near to each other.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::standing::Standing;
use crate::candidates::{Facts, pairs_with};
use crate::model::ids::ItemIdx;
use crate::parallel;
use crate::pipeline::decide::{MOST_PARTNERS, Pair, Shared, Weighed, remembered, scored};

/// Items that one thread compares with the touched ones at a time.
const STRETCH: usize = 128;

impl Standing<'_> {
    /// Some items and those that they are near to.
    pub(super) fn neighbours<'s>(&'s self, items: &'s [u32]) -> impl Iterator<Item = u32> + 's {
        let near = |item: u32| self.near[item as usize].iter().map(|&(other, _)| other);
        items.iter().flat_map(move |&item| std::iter::once(item).chain(near(item)))
    }

    /// Of some items and those that they are near to, those of which a run does not remember all partners: others may
    /// come to be the strongest.
    pub(super) fn cut_among(&self, items: &[u32]) -> Vec<u32> {
        self.neighbours(items).filter(|&item| self.near[item as usize].len() > MOST_PARTNERS).collect()
    }

    /// Parts an item from all that it is near to; gives those it would merge with, and itself.
    pub(super) fn part(&mut self, item: u32) -> BTreeSet<u32> {
        let mut merging = BTreeSet::from([item]);
        for (other, score) in std::mem::take(&mut self.near[item as usize]) {
            self.near[other as usize].retain(|&(partner, _)| partner != item);
            if score.relation.merges() {
                merging.insert(other);
            }
        }
        merging
    }

    /// All pairs of the touched items, ascending, with any that reach the review line.
    pub(super) fn pairs_of(&self, touched: &[u32]) -> Vec<Pair> {
        let comparer = self.comparer.comparer();
        let floor = comparer.review_threshold();
        let mut by_seat: BTreeMap<(u32, u32), Vec<u32>> = BTreeMap::new();
        for &item in touched {
            let jurisdiction = self.prepared.batch.jurisdictions[item as usize];
            by_seat.entry(seat(jurisdiction)).or_default().push(item);
        }
        let mut pairs = Vec::new();
        for (own_seat, own) in by_seat {
            let mut all = own.clone();
            for (_, seated) in self.seats.iter().filter(|&(&other, _)| meet(own_seat, other)) {
                all.extend(seated.iter().filter(|item| own.binary_search(item).is_err()));
            }
            let ceiling = comparer.ceiling(&all, &self.bounds);
            let positions: Vec<u32> = (0..all.len() as u32).collect();
            let judge = |one: u32, other: u32, facts: &Facts| {
                let (a, b) = (all[one as usize], all[other as usize]);
                // Of two touched ones the first asks.
                let asked = b > a || touched.binary_search(&b).is_err();
                let may = a != b && asked && ceiling.may_reach(one, other, &facts.overlaps, facts.flags);
                let (a, b) = if self.item(a).id <= self.item(b).id { (a, b) } else { (b, a) };
                may.then(|| scored(comparer, ItemIdx::from(a), ItemIdx::from(b), floor)).flatten()
            };
            let stretches: Vec<&[u32]> = positions.chunks(STRETCH).collect();
            let found = parallel::map(&stretches, |others| {
                pairs_with(&Shared(&ceiling), &positions[..own.len()], others, judge)
            });
            pairs.extend(found.into_iter().flatten());
        }
        pairs
    }

    /// Everything that hangs together with some items by pairs that merge, by id.
    pub(super) fn components(&self, from: impl Iterator<Item = u32>) -> Vec<u32> {
        let mut reached: BTreeSet<u32> = from.collect();
        let mut next: Vec<u32> = reached.iter().copied().collect();
        while let Some(item) = next.pop() {
            let merging = self.near[item as usize].iter().filter(|(_, score)| score.relation.merges());
            next.extend(merging.map(|&(other, _)| other).filter(|&other| reached.insert(other)));
        }
        let mut reached: Vec<u32> = reached.into_iter().collect();
        reached.sort_by(|&one, &other| self.item(one).id.cmp(&self.item(other).id));
        reached
    }

    /// The pairs among some items, which go by their positions, in order.
    pub(super) fn pairs_among(&self, items: &[u32]) -> Vec<Pair> {
        let mut rank = FxHashMap::default();
        rank.extend(items.iter().copied().zip(0u32..));
        let mut pairs = Vec::new();
        for (&item, own) in items.iter().zip(0u32..) {
            let later = self.strongest(item).into_iter().filter_map(|(other, score)| {
                Some(Pair { a: ItemIdx::from(own), b: ItemIdx::from(*rank.get(&other)?), score })
            });
            let from = pairs.len();
            pairs.extend(later);
            pairs[from..].sort_by_key(|pair: &Pair| pair.b);
        }
        pairs
    }

    /// The items after this one, by id, that it is near to: those that a run remembers.
    fn strongest(&self, item: u32) -> Vec<(u32, Weighed)> {
        let id = |item: u32| self.item(item).id.as_str();
        let near = self.near[item as usize].iter().copied();
        let mut later: Vec<_> = near.filter(|&(other, _)| id(other) > id(item)).collect();
        let most = remembered(later.len());
        if later.len() > most {
            later
                .sort_by(|&(one, a), &(other, b)| b.total.cmp(&a.total).then_with(|| id(one).cmp(id(other))));
            later.truncate(most);
        }
        later
    }
}

/// A jurisdiction, an empty one as one unit long.
pub(super) fn seat((start, end): (u32, u32)) -> (u32, u32) {
    (start, end.max(start + 1))
}

fn meet(one: (u32, u32), other: (u32, u32)) -> bool {
    one.0 < other.1 && other.0 < one.1
}
