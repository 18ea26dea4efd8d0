//! An upper bound of the objective, without search.

use super::components::Component;
use super::rows::Rows;
use crate::model::stop::Stop;

/// How many edges of a block are looked at for paths of three edges.
const REACH: usize = 48;

/// How many ends are tried on each side of the middle edge of a path.
const TRIES: usize = 8;

/// How often the bound (c) is lowered.
const PASSES: usize = 8;

/// How many of these, at the end, take all that can be taken; the others leave half for later blocks.
const GREEDY_PASSES: usize = 3;

/// How many edges are looked at for paths of two; what is packed by then is packed. Enough for all of a component
/// of a few thousand blocks; only a crowd in which everything resembles everything has more.
const BUDGET: usize = 50_000_000;

/// An upper bound of the objective over all feasible partitions of `component`.
///
/// # The bound
/// Take a *conflict*: a path of k edges with positive weights whose two ends either cannot share a
/// group (they are barred, or no core covers both), or are joined by an edge of negative weight. Take
/// δ not above any weight on the path, nor, in the second case, above the negative edge's. Split the
/// weights w = s + w′, where s is δ on the path's edges and −δ on the negative edge (if any), and 0
/// elsewhere. In any feasible partition the part s yields at most (k − 1) δ:
///
/// - if an edge of the path is cut, at most k − 1 of its edges count (and the negative one does not
///   help);
/// - if none is cut, its ends share a group, which the first kind forbids; for the second kind the
///   negative edge counts too, k δ − δ.
///
/// Repeating this on the rest w′, whose signs are those of w, gives
///
/// ```text
/// objective ≤ Σ over conflicts (k − 1) δ  +  (what w′ yields at most)
/// ```
///
/// and w′ yields at most the least of
///
/// - (a) the sum of its positive weights;
/// - (b) each edge charged to one of its ends: the sum over blocks of the largest weights charged to
///   it, as many as the cap on members leaves room for;
/// - (c) the sum of its positive weights on edges whose ends a node of a third block covers, plus what
///   the other positive edges yield. Such an edge counts only if the core lies in one of its ends; the
///   other end is then a leaf with this one core. Give each block v an α(v) ≥ 0 and each such edge vc,
///   in both directions, a β(v, c) ≥ 0 with α(v) + β(v, c) ≥ w′(vc) and α(c) ≥ Σ over v of β(v, c). Then
///   these edges yield at most Σ over leaves v of α(v) + β(v, c), hence at most Σ over leaves of α(v)
///   plus Σ over cores of α(c), hence at most Σ over all blocks of α. (Weak duality for the linear
///   program "each block is a core or the leaf of one core".)
///
/// The least over all stages of the packing is returned. Positive weights between blocks that cannot
/// share a group are left out from the start.
///
/// Conflicts are packed greedily: first paths of two edges over barred pairs, then over negative edges,
/// then paths of three edges whose ends no core covers (the core rule cuts every chain of four).
///
/// Complexity: O(m · (d + REACH + TRIES² · d) · log d) time where d is the smaller degree of an edge's
/// ends, of the first d at most `BUDGET` in all; O(n + m) memory.
///
/// Once `stop` is asked for, it is a bound of nothing.
pub(super) fn upper(component: &Component, stop: Stop<'_>) -> i64 {
    let mut packing = Packing::new(component, stop);
    let mut least = packing.bound();
    packing.paths_of_two();
    least = least.min(packing.bound());
    packing.paths_of_three();
    component.internal + least.min(packing.bound())
}

struct Packing<'a> {
    component: &'a Component,
    /// The ends of each edge, smaller first.
    ends: Vec<(u32, u32)>,
    /// What is left of each edge's weight.
    rest: Vec<i64>,
    /// Whether the ends of each edge cannot share a group.
    apart: Vec<bool>,
    /// Whether a node of a third block covers the ends of each edge.
    covered: Vec<bool>,
    /// The other end and the number of each block's edges, ascending by the other end.
    edges: Rows<(u32, u32)>,
    /// What the conflicts packed so far yield at most.
    granted: i64,
    stop: Stop<'a>,
}

impl<'a> Packing<'a> {
    fn new(component: &'a Component, stop: Stop<'a>) -> Self {
        let n = component.len() as u32;
        let mut ends = Vec::new();
        let mut rest = Vec::new();
        let mut apart = Vec::new();
        let mut covered = Vec::new();
        for a in (0..n).take_while(|_| !stop.asked()) {
            for edge in component.edges(a).iter().filter(|edge| a < edge.to) {
                let is_covered = third_covers(component, a, edge.to);
                let is_apart = edge.barred || !is_covered && !one_covers(component, a, edge.to);
                ends.push((a, edge.to));
                rest.push(if is_apart { edge.weight.min(0) } else { edge.weight });
                apart.push(is_apart);
                covered.push(is_covered);
            }
        }
        // Edges come ordered by both ends, so rows do by the other end: first the smaller ones, in
        // the order of a, then the larger.
        let mut pairs: Vec<_> = ends.iter().zip(0..).map(|(&(a, b), edge)| (b, (a, edge))).collect();
        pairs.extend(ends.iter().zip(0..).map(|(&(a, b), edge)| (a, (b, edge))));
        let edges = Rows::new(n as usize, &pairs);
        Self { component, ends, rest, apart, covered, edges, granted: 0, stop }
    }

    fn bound(&self) -> i64 {
        self.granted + self.positive().min(self.charged_to_blocks()).min(self.charged_to_leaves())
    }

    fn positive(&self) -> i64 {
        self.rest.iter().filter(|&&rest| 0 < rest).sum()
    }

    /// Each edge charged to the end with more positive edges; of these as many as fit into a group.
    fn charged_to_blocks(&self) -> i64 {
        if usize::MAX == self.component.max_members {
            return self.positive();
        }
        let mut degree = vec![0_u32; self.edges.len()];
        let positive = || (0..self.ends.len()).filter(|&edge| 0 < self.rest[edge]);
        for edge in positive() {
            degree[self.ends[edge].0 as usize] += 1;
            degree[self.ends[edge].1 as usize] += 1;
        }
        let charge = |edge: usize| {
            let (a, b) = self.ends[edge];
            (if degree[a as usize] < degree[b as usize] { b } else { a }, self.rest[edge])
        };
        let mut charges: Vec<_> = positive().map(charge).collect();
        charges.sort_unstable_by_key(|&(block, weight)| (block, std::cmp::Reverse(weight)));
        let mut sum = 0;
        for charges in charges.chunk_by(|x, y| x.0 == y.0) {
            let room = self.component.max_members.saturating_sub(self.component.size(charges[0].0));
            sum += charges.iter().take(room).map(|&(_, weight)| weight).sum::<i64>();
        }
        sum
    }

    /// Edges that count only with the core in one end, charged to the other end; and all the others.
    fn charged_to_leaves(&self) -> i64 {
        let mut sum = 0;
        let mut price = vec![0; self.edges.len()];
        for (edge, &(a, b)) in self.ends.iter().enumerate() {
            if self.covered[edge] {
                sum += self.rest[edge].max(0);
            } else {
                for block in [a, b] {
                    price[block as usize] = self.rest[edge].max(price[block as usize]);
                }
            }
        }
        // Now α is the largest weight of each block, and β is 0. Lower one α after the other: the β of
        // its heavier edges rise instead, as far as the α of their other ends have room for it.
        let mut given = vec![0; self.edges.len()];
        let mut relief = vec![[0; 2]; self.ends.len()];
        let mut order: Vec<_> = (0..self.edges.len() as u32).collect();
        order.sort_by_key(|&block| self.edges.row(block).len());
        for pass in 0..PASSES {
            for &leaf in &order {
                let side = |edge: u32| usize::from(self.ends[edge as usize].0 == leaf);
                let edges = self.edges.row(leaf).iter();
                let edges = edges.filter(|&&(_, e)| !self.covered[e as usize] && 0 < self.rest[e as usize]);
                let mut lowest = given[leaf as usize];
                for &(core, edge) in edges.clone() {
                    let room: i64 = price[core as usize] - given[core as usize];
                    lowest = lowest.max(self.rest[edge as usize] - relief[edge as usize][side(edge)] - room);
                }
                if pass + GREEDY_PASSES < PASSES {
                    lowest += (price[leaf as usize] - lowest) / 2;
                }
                if lowest < price[leaf as usize] {
                    price[leaf as usize] = lowest;
                    for &(core, edge) in edges {
                        let relief = &mut relief[edge as usize][side(edge)];
                        let more = (self.rest[edge as usize] - lowest - *relief).max(0);
                        *relief += more;
                        given[core as usize] += more;
                    }
                }
            }
        }
        sum + price.iter().sum::<i64>()
    }

    fn paths_of_two(&mut self) {
        let order = (0..self.ends.len()).filter(|&e| self.apart[e]);
        let order = order.chain((0..self.ends.len()).filter(|&e| !self.apart[e] && self.rest[e] < 0));
        let stop = self.stop;
        let mut left = BUDGET;
        for closing in order.collect::<Vec<_>>().into_iter().take_while(|_| !stop.asked()) {
            let (a, b) = self.ends[closing];
            let (few, many) = if self.edges.row(a).len() < self.edges.row(b).len() { (a, b) } else { (b, a) };
            let Some(rest) = left.checked_sub(self.edges.row(few).len()) else { break };
            left = rest;
            for position in 0..self.edges.row(few).len() {
                let (middle, one) = self.edges.row(few)[position];
                if self.rest[one as usize] <= 0 {
                    continue;
                }
                let row = self.edges.row(many);
                if let Ok(found) = row.binary_search_by_key(&middle, |&(to, _)| to) {
                    let other = row[found].1 as usize;
                    let room = if self.apart[closing] { i64::MAX } else { -self.rest[closing] };
                    let delta = self.rest[one as usize].min(self.rest[other]).min(room);
                    if 0 < delta {
                        self.rest[one as usize] -= delta;
                        self.rest[other] -= delta;
                        self.rest[closing] += if self.apart[closing] { 0 } else { delta };
                        self.granted += delta;
                    }
                }
            }
        }
    }

    fn paths_of_three(&mut self) {
        let stop = self.stop;
        for middle in (0..self.ends.len()).take_while(|_| !stop.asked()) {
            let (b, c) = self.ends[middle];
            if self.rest[middle] <= 0 || self.edges.row(b).len() < 2 || self.edges.row(c).len() < 2 {
                continue;
            }
            let (before, after) = (self.open_ends(b, c), self.open_ends(c, b));
            for &(a, first) in &before {
                for &(d, last) in &after {
                    let delta = self.rest[first].min(self.rest[middle]).min(self.rest[last]);
                    if 0 < delta
                        && a != d
                        && !third_covers(self.component, a, d)
                        && !one_covers(self.component, a, d)
                    {
                        for edge in [first, middle, last] {
                            self.rest[edge] -= delta;
                        }
                        self.granted += 2 * delta;
                    }
                }
            }
        }
    }

    /// Some other ends of edges of `block` of which something is left, but for `not`; and those edges.
    fn open_ends(&self, block: u32, not: u32) -> Vec<(u32, usize)> {
        let row = self.edges.row(block).iter().take(REACH);
        let open = row.filter(|&&(to, edge)| to != not && 0 < self.rest[edge as usize]);
        open.take(TRIES).map(|&(to, edge)| (to, edge as usize)).collect()
    }
}

/// Whether a node of one block covers the other, and the two fit into one group.
fn one_covers(component: &Component, a: u32, b: u32) -> bool {
    let covers = |core: u32, other: u32| {
        component.nodes_of(core).any(|node| component.attached(node).binary_search(&other).is_ok())
    };
    component.size(a) + component.size(b) <= component.max_members && (covers(a, b) || covers(b, a))
}

/// Whether a node of a third block covers both, and three blocks may fit into one group.
fn third_covers(component: &Component, a: u32, b: u32) -> bool {
    let (first, second) = (component.attachers(a), component.attachers(b));
    let (few, many) = if first.len() < second.len() { (first, second) } else { (second, first) };
    component.size(a) + component.size(b) < component.max_members
        && few.iter().any(|node| many.binary_search(node).is_ok())
}
