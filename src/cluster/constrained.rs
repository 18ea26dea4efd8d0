//! The engine's clusterer.

use super::Clusterer;
use super::bound;
use super::branch;
use super::components::{self, Component};
use super::constraints::{Blocks, Constraints, Contradiction};
use super::exact;
use super::link::Link;
use super::linkage;
use super::local_search;
use super::partition::{ComponentReport, Group, Partition, elect};
use crate::model::stop::Stop;
use crate::parallel;

/// Constrained correlation clustering with cores: exact where it can be, with a bound elsewhere.
///
/// # Complexity
/// For each component of n blocks and m links:
///
/// - n up to `exact_limit`: O(3ⁿ / 2) time in the worst case (all blocks linked with each other; about
///   40 ms for 16), far less where links are sparse; O(2ⁿ) memory;
/// - larger: O((n + m) log² n) time for linkage, O(m) for each round of local search, a fixed budget for
///   re-optimisation, and at most `branch_budget` placements for n up to 64; O(n + m) memory.
///
/// Where a component is solved exactly by subset dynamic programming, the result is unique: among
/// partitions of the highest objective it has the fewest groups; among these, the first group in which
/// two partitions differ has the smallest node that differs. Above, equal objectives are decided by the
/// course of the search, which is deterministic.
///
/// # Examples
/// ```
/// use tongchou::cluster::{Clusterer, Constrained, Constraints, Link};
///
/// // A chain 0 - 1 - 2 - 3: nothing holds 0 and 3 together, so it is cut where it is weakest.
/// let link = |a, b, weight| Link { a, b, weight, merges: true, joint: false };
/// let links = [link(0, 1, 900), link(1, 2, 300), link(2, 3, 800)];
/// let plan = Constrained::default().cluster(4, &links, &Constraints::default(), &|_| 0)?;
/// assert_eq!(plan.groups.iter().map(|group| group.nodes()).collect::<Vec<_>>(), [[0, 1], [2, 3]]);
/// assert_eq!((plan.objective, plan.bound), (1700, 1700));
/// # Ok::<(), tongchou::cluster::Contradiction>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Constrained<'a> {
    /// Components of up to this many blocks are solved exactly by subset dynamic programming; 20 is
    /// the most that is tried.
    pub exact_limit: usize,
    /// Placements that branch and bound may try on a component of up to 64 blocks, to prove or better
    /// what was found; 0 to leave it out.
    pub branch_budget: u64,
    /// Once asked for, components stay as far as they are: feasible, but no longer sought to be the best.
    pub stop: Stop<'a>,
}

impl Default for Constrained<'_> {
    fn default() -> Self {
        Self { exact_limit: 16, branch_budget: 100_000, stop: Stop::never() }
    }
}

impl Clusterer for Constrained<'_> {
    fn name(&self) -> &'static str {
        "constrained"
    }

    fn cluster(
        &self,
        nodes: usize,
        links: &[Link],
        constraints: &Constraints,
        core_rank: &(dyn Fn(u32) -> i64 + Sync),
    ) -> Result<Partition, Contradiction> {
        let blocks = Blocks::contract(nodes, constraints)?;
        let links = Link::canonical(links);
        let mut partition = Partition::default();
        let mut alone = vec![true; nodes];
        let components = components::split(&blocks, &links, constraints);
        let solved = parallel::map(&components, |component| {
            let (label, bound) = self.solve(component);
            (elect(component, &label, core_rank), component.objective(&label), bound)
        });
        for (component, (groups, objective, bound)) in components.iter().zip(solved) {
            for &node in &component.nodes {
                alone[node as usize] = false;
            }
            partition.groups.extend(groups);
            partition.objective += objective;
            partition.bound += bound;
            partition.components.push(ComponentReport {
                first: component.nodes.iter().copied().min().unwrap_or_default(),
                nodes: component.nodes.len(),
                links: component.links.len(),
                exact: objective == bound,
                objective,
                bound,
            });
        }
        let alone = (0..nodes as u32).filter(|&node| alone[node as usize]);
        partition.groups.extend(alone.map(|core| Group { core, members: Vec::new() }));
        Ok(partition.sorted())
    }
}

impl Constrained<'_> {
    /// The group of each block of `component`, and an upper bound of the objective.
    fn solve(&self, component: &Component) -> (Vec<u32>, i64) {
        if self.stop.asked() {
            return ((0..component.len() as u32).collect(), 0);
        }
        if component.len() <= self.exact_limit.min(exact::LIMIT) {
            let all: Vec<_> = (0..component.len() as u32).collect();
            let label = exact::solve(component, &all);
            let objective = component.objective(&label);
            return (label, objective);
        }
        let label = search(component, self.stop);
        let bound = bound::upper(component, self.stop);
        let small = component.len() <= branch::BLOCKS && component.nodes.len() <= branch::NODES;
        if small && component.objective(&label) < bound {
            let (label, proven) = branch::solve(component, &label, self.branch_budget);
            let objective = component.objective(&label);
            return (label, if proven { objective } else { bound });
        }
        (label, bound)
    }
}

/// The better of the local optima from two starts: the greedy partition, which is better where links are
/// dense, and single blocks, better where they are sparse and groups are stars.
fn search(component: &Component, stop: Stop<'_>) -> Vec<u32> {
    let greedy = local_search::improve(component, &linkage::link(component, stop), stop);
    let single: Vec<_> = (0..component.len() as u32).collect();
    let other = local_search::improve(component, &single, stop);
    if component.objective(&greedy) < component.objective(&other) { other } else { greedy }
}
