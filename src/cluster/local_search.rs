//! Better partitions in the neighbourhood of one.

use super::components::Component;
use super::exact;
use super::grouping::Grouping;
use crate::model::stop::Stop;

/// Rounds of all kinds of changes.
const ROUNDS: usize = 64;

/// Groups of more blocks are not searched for exchanges.
const EXCHANGE: usize = 32;

/// Blocks with more edges are not swapped out of a group, only expelled.
const HUB: usize = 1024;

/// The most blocks re-optimised at once; fewer in components for which this is too dear.
const WINDOW: u32 = 12;

/// Steps of exact re-optimisation per component, in subsets tried.
const BUDGET: u64 = 200_000_000;

/// Edges looked at for exchanges per component. A crowd in which everything resembles everything has too many of them
/// to be worth it; no other component uses them up.
const EXCHANGE_BUDGET: usize = 100_000_000;

/// Improves the partition `label` of `component` until no change of these kinds improves it, or the
/// budget is used up:
///
/// 1. *move* a block to another group or to one of its own (splits it off);
/// 2. *exchange*: a block enters a group, another leaves it, for the first's old group or alone;
/// 3. *merge* two groups;
/// 4. *re-optimise* a group with its neighbours, [exactly](exact::solve), if they are small enough.
///
/// A change improves iff it raises the objective, or keeps it with fewer groups; so the search ends.
/// Of all moves of a block the best is made; blocks and groups take turns in order, and are looked at
/// again only after something changed around them.
///
/// Complexity: O(m) time per round for moves and merges, O(EXCHANGE · d) for the exchanges of a block
/// with d edges, and the fixed budgets; O(n + m) memory.
///
/// Once `stop` is asked for, the search ends where it is.
pub(super) fn improve(component: &Component, label: &[u32], stop: Stop<'_>) -> Vec<u32> {
    let mut search = Search::new(component, label, stop);
    for _ in 0..ROUNDS {
        let moved = search.moves();
        let merged = search.merges();
        if !(moved | merged | search.reoptimise()) {
            break;
        }
    }
    search.grouping.labels().to_vec()
}

/// What a group offers to a block or group that would join it.
#[derive(Clone, Copy, Default)]
struct Offer {
    weight: i64,
    barred: u32,
    joint: bool,
    has_core: bool,
    touched: bool,
}

struct Search<'a> {
    component: &'a Component,
    grouping: Grouping<'a>,
    /// Blocks around which something changed since they were last looked at.
    stale: Vec<bool>,
    /// Groups that changed since they were last re-optimised.
    changed: Vec<bool>,
    budget: u64,
    exchange_budget: usize,
    stop: Stop<'a>,
    /// Scratch by group, and which of it is in use.
    offers: Vec<Offer>,
    touched: Vec<u32>,
    /// Scratch by group or node, all zero between uses.
    counts: Vec<u32>,
    /// What the group that is being left gives to each block, and which blocks it gives something.
    homely: Vec<Homely>,
    given: Vec<u32>,
}

/// What a group gives to a block that would come to it in another's place.
#[derive(Clone, Copy, Default)]
struct Homely {
    weight: i64,
    /// Somebody bars it who stays.
    barred: bool,
}

impl<'a> Search<'a> {
    fn new(component: &'a Component, label: &[u32], stop: Stop<'a>) -> Self {
        let n = component.len();
        Self {
            component,
            grouping: Grouping::new(component, label),
            stale: vec![true; n],
            changed: vec![true; n],
            budget: BUDGET,
            exchange_budget: EXCHANGE_BUDGET,
            stop,
            offers: vec![Offer::default(); n],
            touched: Vec::new(),
            counts: vec![0; component.nodes.len()],
            homely: vec![Homely::default(); n],
            given: Vec::new(),
        }
    }

    /// The groups, each once, in the order of their first blocks.
    fn groups(&self) -> Vec<u32> {
        let mut seen = vec![false; self.component.len()];
        let labels = self.grouping.labels().iter().copied();
        labels.filter(|&group| !std::mem::replace(&mut seen[group as usize], true)).collect()
    }

    /// Moves `block` to `group`.
    fn relocate(&mut self, block: u32, group: u32) {
        self.changed[self.grouping.group_of(block) as usize] = true;
        self.grouping.remove(block);
        self.grouping.insert(block, group);
        self.note(block);
    }

    /// Notes that `block` came to its group.
    fn note(&mut self, block: u32) {
        self.changed[self.grouping.group_of(block) as usize] = true;
        self.stale[block as usize] = true;
        for edge in self.component.edges(block) {
            self.stale[edge.to as usize] = true;
        }
    }

    /// Collects what all groups with an edge to `blocks` offer them (but for cores).
    fn collect(&mut self, blocks: &[u32]) {
        for group in self.touched.drain(..) {
            self.offers[group as usize] = Offer::default();
        }
        for &block in blocks {
            for edge in self.component.edges(block) {
                let group = self.grouping.group_of(edge.to);
                let offer = &mut self.offers[group as usize];
                if !std::mem::replace(&mut offer.touched, true) {
                    self.touched.push(group);
                }
                offer.weight += edge.weight;
                offer.barred += u32::from(edge.barred);
                offer.joint |= edge.joint;
            }
        }
    }

    /// Marks the offers whose groups would have a core with `block` in it.
    fn find_cores_with(&mut self, block: u32) {
        for &node in self.component.attachers(block) {
            if self.grouping.is_core(node) {
                let group = self.grouping.group_of(self.component.block_of[node as usize]);
                self.offers[group as usize].has_core = true;
            }
        }
        for node in self.component.nodes_of(block) {
            let attached = self.component.attached(node);
            for &other in attached {
                let group = self.grouping.group_of(other);
                self.counts[group as usize] += 1;
                if self.counts[group as usize] as usize == self.grouping.blocks(group).len() {
                    self.offers[group as usize].has_core = true;
                }
            }
            for &other in attached {
                self.counts[self.grouping.group_of(other) as usize] = 0;
            }
        }
    }

    /// Moves and exchanges of stale blocks until none improves.
    fn moves(&mut self) -> bool {
        let mut any = false;
        for _ in 0..ROUNDS {
            let mut moved = false;
            let stop = self.stop;
            for block in (0..self.component.len() as u32).take_while(|_| !stop.asked()) {
                if std::mem::replace(&mut self.stale[block as usize], false) {
                    moved |= self.move_block(block) || self.exchange_block(block);
                }
            }
            any |= moved;
            if !moved {
                break;
            }
        }
        any
    }

    /// Makes the best move of `block` if it improves. Leaves its offers.
    fn move_block(&mut self, block: u32) -> bool {
        let home = self.grouping.group_of(block);
        self.collect(&[block]);
        if !self.grouping.may_leave(block) {
            return false;
        }
        self.find_cores_with(block);
        let here = self.offers[home as usize].weight;
        let is_alone = self.grouping.blocks(home).len() == 1;
        // Gain, and by how many there are fewer groups.
        let mut best = (0, 0, home);
        for &group in &self.touched {
            let offer = self.offers[group as usize];
            let key = (offer.weight - here, i32::from(is_alone));
            if group != home
                && (best.0, best.1) < key
                && offer.barred == 0
                && offer.has_core
                && self.grouping.has_room(group, block, offer.joint)
            {
                best = (key.0, key.1, group);
            }
        }
        if !is_alone && (best.0, best.1) < (-here, -1) {
            best.2 = self.grouping.empty_group();
        }
        if best.2 != home {
            self.relocate(block, best.2);
        }
        best.2 != home
    }

    /// Lets `block` enter a group that another leaves, if that improves. Uses the offers of the block.
    fn exchange_block(&mut self, block: u32) -> bool {
        let home = self.grouping.group_of(block);
        let here = self.offers[home as usize].weight;
        let mut is_first = true;
        for position in 0..self.touched.len() {
            let group = self.touched[position];
            let offer = self.offers[group as usize];
            let size = self.grouping.blocks(group).len();
            if group == home || offer.weight <= here.min(0) || !(2..=EXCHANGE).contains(&size) {
                continue;
            }
            if self.exchange_budget == 0 {
                return false;
            }
            if std::mem::replace(&mut is_first, false) {
                self.look_homewards(block);
                self.exchange_budget = self.exchange_budget.saturating_sub(self.given.len());
            }
            for leaver in self.grouping.blocks(group).to_vec() {
                if self.exchange(block, leaver, offer, here) {
                    return true;
                }
            }
        }
        false
    }

    /// Tells what the group of `block` gives to every block with an edge to it.
    fn look_homewards(&mut self, block: u32) {
        for other in self.given.drain(..) {
            self.homely[other as usize] = Homely::default();
        }
        let home = self.grouping.group_of(block);
        for &mate in self.grouping.blocks(home) {
            for edge in self.component.edges(mate) {
                let homely = &mut self.homely[edge.to as usize];
                homely.weight += edge.weight;
                homely.barred |= edge.barred && mate != block;
                self.given.push(edge.to);
            }
        }
    }

    /// Lets `block`, whose group [looks homewards](Self::look_homewards), enter the group that `leaver` leaves, if that
    /// improves; `here` is what its old group gives to `block`.
    fn exchange(&mut self, block: u32, leaver: u32, offer: Offer, here: i64) -> bool {
        let home = self.grouping.group_of(block);
        let edges = self.component.edges(block);
        let between = edges.binary_search_by_key(&leaver, |edge| edge.to).map(|found| edges[found]);
        let (weight, barred) = between.map_or((0, false), |edge| (edge.weight, edge.barred));
        if u32::from(barred) < offer.barred {
            return false;
        }
        let gain = offer.weight - weight - here - self.grouping.inside(leaver);
        let Homely { weight: given, barred } = self.homely[leaver as usize];
        let homely = given - weight;
        let welcome =
            !barred && 1 < self.grouping.blocks(home).len() && self.component.edges(leaver).len() <= HUB;
        let swap = (welcome && 0 < gain + homely).then_some((gain + homely, Some(home)));
        let expel = (0 < gain).then_some((gain, None));
        let mut options = [swap, expel];
        options.sort_by_key(|option| std::cmp::Reverse(option.map(|(gain, _)| gain)));
        options.into_iter().flatten().any(|(_, target)| self.try_exchange(block, leaver, target))
    }

    /// Exchanges and keeps it if both groups are feasible; `target` for the leaver, `None` for alone.
    fn try_exchange(&mut self, block: u32, leaver: u32, target: Option<u32>) -> bool {
        let (home, group) = (self.grouping.group_of(block), self.grouping.group_of(leaver));
        let edges = self.component.edges(block).len() + self.component.edges(leaver).len();
        self.exchange_budget = self.exchange_budget.saturating_sub(2 * edges);
        self.grouping.remove(block);
        self.grouping.remove(leaver);
        self.grouping.insert(block, group);
        let target = target.unwrap_or_else(|| self.grouping.empty_group());
        self.grouping.insert(leaver, target);
        let feasible = self.grouping.is_feasible(group)
            && self.grouping.is_feasible(home)
            && self.grouping.is_feasible(target);
        if feasible {
            self.changed[home as usize] = true;
            self.note(block);
            self.note(leaver);
        } else {
            self.grouping.remove(leaver);
            self.grouping.remove(block);
            self.grouping.insert(leaver, group);
            self.grouping.insert(block, home);
        }
        feasible
    }

    /// Merges groups with what is best for each.
    fn merges(&mut self) -> bool {
        let mut merged = false;
        let stop = self.stop;
        for group in self.groups().into_iter().take_while(|_| !stop.asked()) {
            let blocks = self.grouping.blocks(group).to_vec();
            if !self.changed[group as usize] || blocks.is_empty() {
                continue;
            }
            self.collect(&blocks);
            self.find_cores_of_union(&blocks);
            let mut best = None;
            for &other in &self.touched {
                let offer = self.offers[other as usize];
                if other != group
                    && offer.barred == 0
                    && offer.has_core
                    && 0 <= offer.weight
                    && best.is_none_or(|(weight, _)| weight < offer.weight)
                    && self.grouping.have_room(group, other, offer.joint)
                {
                    best = Some((offer.weight, other));
                }
            }
            if let Some((_, other)) = best {
                for &block in &blocks {
                    self.relocate(block, other);
                }
                merged = true;
            }
        }
        merged
    }

    /// Marks the offers of the groups whose union with the group `blocks` would have a core.
    fn find_cores_of_union(&mut self, blocks: &[u32]) {
        // Cores of the group that cover another.
        for node in blocks.iter().flat_map(|&block| self.component.nodes_of(block)) {
            if self.grouping.is_core(node) {
                for &other in self.component.attached(node) {
                    let group = self.grouping.group_of(other);
                    self.counts[group as usize] += 1;
                    if self.counts[group as usize] as usize == self.grouping.blocks(group).len() {
                        self.offers[group as usize].has_core = true;
                    }
                }
                for &other in self.component.attached(node) {
                    self.counts[self.grouping.group_of(other) as usize] = 0;
                }
            }
        }
        // Cores of another that cover the group.
        for &block in blocks {
            for &node in self.component.attachers(block) {
                self.counts[node as usize] += 1;
                if self.counts[node as usize] as usize == blocks.len() && self.grouping.is_core(node) {
                    let group = self.grouping.group_of(self.component.block_of[node as usize]);
                    self.offers[group as usize].has_core = true;
                }
            }
        }
        for &node in blocks.iter().flat_map(|&block| self.component.attachers(block)) {
            self.counts[node as usize] = 0;
        }
    }

    /// Re-optimises changed groups together with their neighbours.
    fn reoptimise(&mut self) -> bool {
        let all_windows = |window: &u32| 3_u64.pow(*window) * self.component.len() as u64;
        let window = (4..=WINDOW).rev().find(|window| all_windows(window) <= BUDGET).unwrap_or(4) as usize;
        let mut improved = false;
        let stop = self.stop;
        for group in self.groups().into_iter().take_while(|_| !stop.asked()) {
            if !std::mem::replace(&mut self.changed[group as usize], false) {
                continue;
            }
            let blocks = self.grouping.blocks(group).to_vec();
            self.collect(&blocks);
            let mut neighbours: Vec<_> =
                self.touched.iter().copied().filter(|&other| other != group).collect();
            neighbours.sort_by_key(|&other| std::cmp::Reverse(self.offers[other as usize].weight));
            let mut grown = vec![group];
            let mut size = blocks.len();
            for &other in &neighbours {
                let more = self.grouping.blocks(other).len();
                if size + more <= window {
                    size += more;
                    grown.push(other);
                }
            }
            let pairs =
                neighbours.iter().filter(|other| !grown.contains(other)).map(|&other| vec![group, other]);
            for groups in std::iter::once(grown.clone()).chain(pairs.collect::<Vec<_>>()) {
                if self.reoptimise_groups(&groups, window) {
                    improved = true;
                    break;
                }
            }
        }
        improved
    }

    /// Replaces some groups by the best partition of their blocks, if that is better and affordable.
    fn reoptimise_groups(&mut self, groups: &[u32], window: usize) -> bool {
        let mut blocks: Vec<_> = groups.iter().flat_map(|&g| self.grouping.blocks(g)).copied().collect();
        let cost = 3_u64.pow(blocks.len().min(window + 1) as u32);
        if window < blocks.len() || self.budget < cost {
            return false;
        }
        self.budget -= cost;
        blocks.sort_unstable();
        let label = exact::solve(self.component, &blocks);
        let mut gain = 0;
        for (position, &block) in blocks.iter().enumerate() {
            for edge in self.component.edges(block).iter().filter(|edge| block < edge.to) {
                if let Ok(other) = blocks.binary_search(&edge.to) {
                    let before = self.grouping.group_of(block) == self.grouping.group_of(edge.to);
                    let after = label[position] == label[other];
                    gain += edge.weight * (i64::from(after) - i64::from(before));
                }
            }
        }
        let count = label.iter().max().map_or(0, |&most| most as usize + 1);
        if gain < 0 || gain == 0 && groups.len() <= count {
            return false;
        }
        for &block in &blocks {
            self.grouping.remove(block);
        }
        let mut targets: Vec<Option<u32>> = vec![None; count];
        for (&block, &number) in blocks.iter().zip(&label) {
            let target = *targets[number as usize].get_or_insert_with(|| self.grouping.empty_group());
            self.grouping.insert(block, target);
        }
        for &block in &blocks {
            self.note(block);
        }
        true
    }
}
