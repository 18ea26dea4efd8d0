//! Pairs whose clues add up, within jurisdictions that can meet.

use super::blocks::Blocks;
use crate::model::ids::ItemIdx;
use crate::model::stop::Stop;
use crate::parallel;

/// Kinds of weighted token sets that a pair may share.
pub const OVERLAPS: usize = 6;

/// What two items are known to share before they are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// For each kind, the weight of the tokens that the earlier item is indexed under and the later one
    /// looks up.
    pub overlaps: [u32; OVERLAPS],
    /// The union of the bits of all keys that they share.
    pub flags: u32,
}

/// What items can share, and what follows from it.
///
/// Each item is *indexed* under some tokens and keys and *looks up* some: for a symmetric relation the
/// same ones, for a directed one (this name, that content) different ones. A pair shares what the
/// earlier item is indexed under and the later one looks up.
pub trait Clues: Sync {
    /// The tokens of a kind that an item is indexed under, without repetition.
    fn indexed(&self, kind: usize, item: u32) -> &[u32];
    /// The tokens of a kind that an item looks up, without repetition.
    fn looked_up(&self, kind: usize, item: u32) -> &[u32];
    /// The weights of the tokens of a kind: more than any token.
    fn weights(&self, kind: usize) -> &[u32];
    /// Appends the keys that an item is indexed under, each with its bits; a key has the same bits in
    /// all items.
    fn indexed_keys(&self, item: u32, into: &mut Vec<(u32, u32)>);
    /// Appends the keys that an item looks up.
    fn looked_up_keys(&self, item: u32, into: &mut Vec<(u32, u32)>);
    /// A number above all keys.
    fn key_count(&self) -> usize;
}

/// For every item, in order, what `judge` keeps of its pairs with later items, and `thin` leaves of them.
///
/// `judge` is asked about *every* pair of meeting jurisdictions, with all that the two share, and must tell
/// cheaply those that cannot matter; `keep` is called once an item with the later items of which something was kept, in
/// order, and not for items without any. `thin` may take pairs away where an item has very many, so that they need not
/// all be held; it is called with whatever is there of an item, and how many were kept of it so far. What it leaves in the
/// end must not depend on when it was called before.
///
/// **Contract.** The facts are complete: the overlap of a kind is the sum over all common tokens, and every
/// common key has its bits in the flags. No pair of disjoint jurisdictions costs anything, however much it
/// shares.
///
/// Items are taken in windows of consecutive ones. The window's items of one jurisdiction are indexed by token
/// and key; the later items of every jurisdiction that meets it run past that index, each adding the
/// weights of its tokens to the counters of the items in their lists. A common token thus costs one
/// addition instead of a step in a merge of two sets, and a pair that shares nothing costs no more than
/// the one question to `judge`. No index outlives its run.
///
/// Complexity: O(tokens of items that meet + common tokens of pairs that meet + pairs that meet); the last two are small
/// where jurisdictions are (a county: 60,000 pairs, at a few nanoseconds). Memory: that of
/// one run's index a thread, and what `judge` keeps of one window.
///
/// Once `stop` is asked for, pairs are missing: the caller asks too.
///
/// # Errors
/// What `keep` returns; nothing more is compared then.
pub fn conjunctive_pairs<C: Clues, R: Send, E>(
    clues: &C,
    jurisdictions: &[(u32, u32)],
    stop: Stop<'_>,
    judge: impl Fn(u32, u32, &Facts) -> Option<R> + Sync,
    thin: impl Fn(&mut Vec<(ItemIdx, R)>, usize) + Sync,
    mut keep: impl FnMut(ItemIdx, Vec<(ItemIdx, R)>) -> Result<(), E>,
) -> Result<(), E> {
    let blocks = Blocks::new(jurisdictions);
    let block_of = blocks.of_items();
    let (mut start, mut size) = (0, FIRST_WINDOW);
    while start < jurisdictions.len() && !stop.asked() {
        let end = (start + size).min(jurisdictions.len());
        let mut items: Vec<u32> = (start as u32..end as u32).collect();
        items.sort_by_key(|&item| block_of[item as usize]);
        let jobs = jobs(&items, &block_of);
        let found = parallel::in_order(jobs.len(), |job| {
            kept(jobs[job], &block_of, &blocks, clues, stop, (&judge, &thin))
        });
        let mut lists: Vec<(u32, Vec<(ItemIdx, R)>)> = found.into_iter().flatten().collect();
        lists.sort_unstable_by_key(|&(item, _)| item);
        let pairs: usize = lists.iter().map(|(_, partners)| partners.len()).sum();
        for (item, partners) in lists {
            keep(ItemIdx::from(item), partners)?;
        }
        start = end;
        size = match pairs {
            0..FEW_PAIRS => size * 2,
            FEW_PAIRS..MANY_PAIRS => size,
            _ => (size / 2).max(1),
        };
    }
    Ok(())
}

/// What `judge` keeps of the pairs of some items with others, which the caller knows to meet them.
///
/// `judge` is asked about every item with every other, first the item, with all that the first is indexed under and the
/// other looks up. Complexity: O(tokens of all + common tokens + pairs).
pub fn pairs_with<C: Clues, R>(
    clues: &C,
    items: &[u32],
    others: &[u32],
    mut judge: impl FnMut(u32, u32, &Facts) -> Option<R>,
) -> Vec<R> {
    let mut index = Index::new(clues);
    let mut kept = Vec::new();
    for run in items.chunks(JOB) {
        index.fill(run, clues);
        for &other in others {
            let facts = index.facts(other, run.len(), clues);
            kept.extend(run.iter().zip(facts).filter_map(|(&item, facts)| judge(item, other, facts)));
        }
        index.clear(clues);
    }
    kept
}

/// Items of the first window.
const FIRST_WINDOW: usize = 4096;
/// A window with fewer pairs kept is followed by one of twice its size.
const FEW_PAIRS: usize = 1 << 18;
/// A window with more pairs kept is followed by one of half its size.
const MANY_PAIRS: usize = 1 << 22;
/// Most items of a job, and of one index: their counters stay in the second-level cache.
const JOB: usize = 4096;
/// A window of one block alone is cut into as many jobs, for the threads.
const JOBS: usize = 16;
/// But into none smaller: every later item is looked up once a job.
const SMALL_JOB: usize = 64;
/// Partners of one item that are thinned, and again at every doubling.
const MANY_PARTNERS: usize = 1024;

/// Cuts the items of a window, sorted by block, into stretches that share scratch space: whole
/// blocks as long as they fit.
fn jobs<'a>(items: &'a [u32], block_of: &[u32]) -> Vec<&'a [u32]> {
    let mut jobs: Vec<&[u32]> = Vec::new();
    let (mut from, mut to) = (0, 0);
    let same_block = |a: &u32, b: &u32| block_of[*a as usize] == block_of[*b as usize];
    let most = items.len().div_ceil(JOBS).clamp(SMALL_JOB, JOB);
    for run in items.chunk_by(same_block).flat_map(|run| run.chunks(most)) {
        if to + run.len() - from > most {
            jobs.push(&items[from..to]);
            from = to;
        }
        to += run.len();
    }
    jobs.push(&items[from..to]);
    jobs
}

/// What is kept of the pairs of a job's items with later ones.
fn kept<C: Clues, R>(
    items: &[u32],
    block_of: &[u32],
    blocks: &Blocks,
    clues: &C,
    stop: Stop<'_>,
    (judge, thin): (&impl Fn(u32, u32, &Facts) -> Option<R>, &impl Fn(&mut Vec<(ItemIdx, R)>, usize)),
) -> Vec<(u32, Vec<(ItemIdx, R)>)> {
    let mut index = Index::new(clues);
    let mut found = Vec::new();
    for run in items.chunk_by(|a, b| block_of[*a as usize] == block_of[*b as usize]) {
        index.fill(run, clues);
        let mut lists: Vec<Vec<(ItemIdx, R)>> = Vec::new();
        lists.resize_with(run.len(), Vec::new);
        let mut counts = vec![0; run.len()];
        let meeting = blocks.meeting(block_of[run[0] as usize]);
        for &block in &meeting {
            let others = blocks.items(block);
            let later = others.partition_point(|&other| other <= run[0]);
            for &other in others[later..].iter().take_while(|_| !stop.asked()) {
                let before = run.partition_point(|&item| item < other);
                let facts = index.facts(other, before, clues);
                for (position, facts) in facts.iter().enumerate() {
                    if let Some(kept) = judge(run[position], other, facts) {
                        let (partners, count) = (&mut lists[position], &mut counts[position]);
                        partners.push((ItemIdx::from(other), kept));
                        *count += 1;
                        if partners.len() >= MANY_PARTNERS && partners.len().is_power_of_two() {
                            thin(partners, *count);
                        }
                    }
                }
            }
        }
        index.clear(clues);
        for ((&item, mut partners), count) in run.iter().zip(lists).zip(counts) {
            if meeting.len() > 1 {
                // Runs of one block each: merged, not sorted from scratch.
                partners.sort_by_key(|&(partner, _)| partner);
            }
            thin(&mut partners, count);
            if !partners.is_empty() {
                found.push((item, partners));
            }
        }
    }
    found
}

/// Which of a few items have a token, for one kind of tokens.
#[derive(Debug, Default)]
struct Lists {
    /// By token: its list, counted from 1; 0 for none.
    slots: Vec<u32>,
    /// List `l` holds `positions[offsets[l - 1]..offsets[l]]`.
    offsets: Vec<u32>,
    /// Positions of items, ascending in each list.
    positions: Vec<u16>,
    /// Where the next position of each list goes.
    next: Vec<u32>,
}

impl Lists {
    /// Complexity: O(tokens of the items).
    fn fill<'a>(&mut self, items: impl Iterator<Item = &'a [u32]> + Clone) {
        self.offsets.clear();
        self.offsets.push(0);
        for tokens in items.clone() {
            for &token in tokens {
                let slot = &mut self.slots[token as usize];
                if *slot == 0 {
                    *slot = self.offsets.len() as u32;
                    self.offsets.push(0);
                }
                self.offsets[*slot as usize] += 1;
            }
        }
        for list in 1..self.offsets.len() {
            self.offsets[list] += self.offsets[list - 1];
        }
        self.positions.clear();
        self.positions.resize(self.offsets[self.offsets.len() - 1] as usize, 0);
        self.next.clear();
        self.next.extend_from_slice(&self.offsets);
        for (position, tokens) in items.enumerate() {
            for &token in tokens {
                let next = &mut self.next[self.slots[token as usize] as usize - 1];
                self.positions[*next as usize] = position as u16;
                *next += 1;
            }
        }
    }

    fn clear<'a>(&mut self, items: impl Iterator<Item = &'a [u32]>) {
        for tokens in items {
            for &token in tokens {
                self.slots[token as usize] = 0;
            }
        }
    }

    fn list(&self, token: u32) -> &[u16] {
        match self.slots[token as usize] as usize {
            0 => &[],
            list => &self.positions[self.offsets[list - 1] as usize..self.offsets[list] as usize],
        }
    }
}

/// A few items by all that they are indexed under.
#[derive(Debug)]
struct Index {
    tokens: [Lists; OVERLAPS],
    keys: Lists,
    /// The run that is indexed.
    items: Vec<u32>,
    /// The keys of item `i` are `run_keys[ends[i - 1]..ends[i]]`.
    run_keys: Vec<u32>,
    ends: Vec<usize>,
    /// Scratch.
    own: Vec<(u32, u32)>,
    facts: Vec<Facts>,
}

impl Index {
    fn new<C: Clues>(clues: &C) -> Self {
        let lists = |count: usize| Lists { slots: vec![0; count], ..Lists::default() };
        Self {
            tokens: std::array::from_fn(|kind| lists(clues.weights(kind).len())),
            keys: lists(clues.key_count()),
            items: Vec::new(),
            run_keys: Vec::new(),
            ends: Vec::new(),
            own: Vec::new(),
            facts: Vec::new(),
        }
    }

    fn fill<C: Clues>(&mut self, items: &[u32], clues: &C) {
        self.items.clear();
        self.items.extend_from_slice(items);
        for (kind, lists) in self.tokens.iter_mut().enumerate() {
            lists.fill(items.iter().map(|&item| clues.indexed(kind, item)));
        }
        self.run_keys.clear();
        self.ends.clear();
        for &item in items {
            self.own.clear();
            clues.indexed_keys(item, &mut self.own);
            self.own.sort_unstable();
            self.own.dedup();
            self.run_keys.extend(self.own.iter().map(|&(key, _)| key));
            self.ends.push(self.run_keys.len());
        }
        self.keys.fill(slices(&self.run_keys, &self.ends));
        self.facts.clear();
        self.facts.resize(items.len(), Facts::default());
    }

    fn clear<C: Clues>(&mut self, clues: &C) {
        for (kind, lists) in self.tokens.iter_mut().enumerate() {
            lists.clear(self.items.iter().map(|&item| clues.indexed(kind, item)));
        }
        self.keys.clear(slices(&self.run_keys, &self.ends));
    }

    /// What `other` shares with each of the first `before` items.
    ///
    /// Complexity: O(tokens of `other` + entries of their lists).
    fn facts<C: Clues>(&mut self, other: u32, before: usize, clues: &C) -> &[Facts] {
        let facts = &mut self.facts[..before];
        facts.fill(Facts::default());
        for (kind, lists) in self.tokens.iter().enumerate() {
            let weights = clues.weights(kind);
            for &token in clues.looked_up(kind, other) {
                let weight = weights[token as usize];
                for &position in lists.list(token) {
                    let Some(fact) = facts.get_mut(usize::from(position)) else { break };
                    fact.overlaps[kind] += weight;
                }
            }
        }
        self.own.clear();
        clues.looked_up_keys(other, &mut self.own);
        for &(key, bits) in &self.own {
            for &position in self.keys.list(key) {
                let Some(fact) = facts.get_mut(usize::from(position)) else { break };
                fact.flags |= bits;
            }
        }
        facts
    }
}

fn slices<'a>(entries: &'a [u32], ends: &'a [usize]) -> impl Iterator<Item = &'a [u32]> + Clone {
    ends.iter().enumerate().map(move |(number, &end)| {
        let start = number.checked_sub(1).map_or(0, |before| ends[before]);
        &entries[start..end]
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::candidates::all_pairs;

    /// What an item of the tests has: tokens of each kind by either side, keys by either side.
    #[derive(Clone, Debug, Default)]
    struct Has {
        tokens: [[Vec<u32>; 2]; OVERLAPS],
        keys: [Vec<u32>; 2],
    }

    struct Pool {
        items: Vec<Has>,
        weights: Vec<u32>,
    }

    const TOKENS: u32 = 40;

    fn bits(key: u32) -> u32 {
        1 << (key % 7)
    }

    impl Clues for Pool {
        fn indexed(&self, kind: usize, item: u32) -> &[u32] {
            &self.items[item as usize].tokens[kind][0]
        }

        fn looked_up(&self, kind: usize, item: u32) -> &[u32] {
            &self.items[item as usize].tokens[kind][1]
        }

        fn weights(&self, _: usize) -> &[u32] {
            &self.weights
        }

        fn indexed_keys(&self, item: u32, into: &mut Vec<(u32, u32)>) {
            into.extend(self.items[item as usize].keys[0].iter().map(|&key| (key, bits(key))));
        }

        fn looked_up_keys(&self, item: u32, into: &mut Vec<(u32, u32)>) {
            into.extend(self.items[item as usize].keys[1].iter().map(|&key| (key, bits(key))));
        }

        fn key_count(&self) -> usize {
            TOKENS as usize
        }
    }

    fn check(items: Vec<Has>, jurisdictions: &[(u32, u32)]) {
        let weights = (0..TOKENS).map(|token| 1 + token * token).collect();
        let pool = Pool { items, weights };
        let full = |item: ItemIdx| {
            let (start, end) = jurisdictions[item.as_usize()];
            (start, end.max(start + 1))
        };
        let expected: Vec<(u32, u32, Facts)> = all_pairs(jurisdictions.len())
            .filter(|&(a, b)| {
                let ((start, end), (other, other_end)) = (full(a), full(b));
                start < other_end && other < end
            })
            .map(|(a, b)| {
                let (left, right) = (&pool.items[a.as_usize()], &pool.items[b.as_usize()]);
                let mut facts = Facts::default();
                for (overlap, (left, right)) in
                    facts.overlaps.iter_mut().zip(left.tokens.iter().zip(&right.tokens))
                {
                    let common = left[0].iter().filter(|token| right[1].contains(token));
                    *overlap = common.map(|&token| pool.weights[token as usize]).sum();
                }
                for &key in left.keys[0].iter().filter(|key| right.keys[1].contains(key)) {
                    facts.flags |= bits(key);
                }
                (a.as_u32(), b.as_u32(), facts)
            })
            .collect();
        let mut found = Vec::new();
        let mut last = None;
        // Some pairs are left out: what is kept must not depend on what is not.
        let wanted = |a: u32, b: u32| (a + b) % 5 != 3;
        let judge = |a: u32, b: u32, facts: &Facts| wanted(a, b).then_some(*facts);
        let done: Result<(), ()> = conjunctive_pairs(
            &pool,
            jurisdictions,
            Stop::never(),
            judge,
            |_, _| {},
            |a, partners| {
                assert!(last < Some(a) && !partners.is_empty(), "once an item, in order");
                last = Some(a);
                found.extend(partners.into_iter().map(|(b, facts)| (a.as_u32(), b.as_u32(), facts)));
                Ok(())
            },
        );
        assert_eq!(done, Ok(()));
        let expected: Vec<_> = expected.into_iter().filter(|&(a, b, _)| wanted(a, b)).collect();
        assert_eq!(found, expected);
    }

    /// A tree of jurisdictions: nation, provinces, counties; empty ranges; ranges that cross.
    fn jurisdiction() -> impl Strategy<Value = (u32, u32)> {
        prop_oneof![
            1 => Just((0, 1000)),
            2 => (0u32..4).prop_map(|province| (1 + province * 100, 101 + province * 100)),
            6 => (0u32..4, 0u32..5).prop_map(|(province, county)| {
                let start = 2 + province * 100 + county * 10;
                (start, start + 10)
            }),
            1 => (0u32..400).prop_map(|start| (start, start)),
            1 => (0u32..400, 0u32..300).prop_map(|(start, length)| (start, start + length)),
        ]
    }

    fn set() -> impl Strategy<Value = Vec<u32>> {
        prop::collection::btree_set(0..TOKENS, 0..5).prop_map(|set| set.into_iter().collect())
    }

    fn has() -> impl Strategy<Value = Has> {
        (prop::array::uniform6(prop::array::uniform2(set())), prop::array::uniform2(set()))
            .prop_map(|(tokens, keys)| Has { tokens, keys })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn facts_are_those_of_brute_force(items in prop::collection::vec((has(), jurisdiction()), 0..40)) {
            let (items, jurisdictions): (Vec<_>, Vec<_>) = items.into_iter().unzip();
            check(items, &jurisdictions);
        }
    }

    /// More items than one window and one job hold, in a shuffled order.
    #[test]
    fn windows_and_jobs_fit_together() {
        let mut state = 7u64;
        let mut next = |below: u32| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 33) as u32) % below
        };
        let (mut items, mut jurisdictions) = (Vec::new(), Vec::new());
        for _ in 0..FIRST_WINDOW + JOB + 500 {
            let mut item = Has::default();
            item.tokens[1] = [vec![next(TOKENS)], vec![next(TOKENS)]];
            item.keys = [vec![next(TOKENS)], vec![next(TOKENS)]];
            items.push(item);
            let county = next(40);
            jurisdictions.push(if next(200) == 0 { (0, 1000) } else { (1 + county * 10, 11 + county * 10) });
        }
        check(items, &jurisdictions);
    }

    /// More partners than are held: those left are the same as if all had been.
    #[test]
    fn thinning_on_the_way_is_thinning_at_the_end() {
        let count = 3 * MANY_PARTNERS as u32;
        let pool = Pool { items: vec![Has::default(); count as usize], weights: vec![1] };
        // The fewer, the more there are.
        let most = |count: usize| 40 - count / 100;
        let rank = |b: ItemIdx| (b.as_u32() * 7919) % count;
        let thin = |partners: &mut Vec<(ItemIdx, ())>, count: usize| {
            partners.sort_by_key(|&(b, ())| rank(b));
            partners.truncate(most(count));
            partners.sort_by_key(|&(b, ())| b);
        };
        let mut found = 0;
        let judge = |_, _, _: &Facts| Some(());
        let jurisdictions = vec![(0, 9); count as usize];
        let done = conjunctive_pairs(&pool, &jurisdictions, Stop::never(), judge, thin, |a, partners| {
            let mut all: Vec<(ItemIdx, ())> =
                (a.as_u32() + 1..count).map(|b| (ItemIdx::from(b), ())).collect();
            let later = all.len();
            thin(&mut all, later);
            assert_eq!(partners, all, "{a:?}");
            found += 1;
            Ok::<(), ()>(())
        });
        assert_eq!((done, found), (Ok(()), count - 1));
    }

    #[test]
    fn a_caller_may_stop() {
        let pool = Pool { items: vec![Has::default(); 10], weights: vec![1] };
        let mut calls = 0;
        let stopped = conjunctive_pairs(
            &pool,
            &[(0, 9); 10],
            Stop::never(),
            |_, _, _| Some(()),
            |_, _| {},
            |_, _| {
                calls += 1;
                Err("enough")
            },
        );
        assert_eq!((stopped, calls), (Err("enough"), 1));
    }
}
