//! Which items end up as one item of the plan: correlation clustering with cores.
//!
//! Comparison leaves a graph: nodes are items, a [`Link`] says how strongly two of them speak for or
//! against being merged. A partition of the nodes is scored by what lies inside its groups,
//!
//! ```text
//! objective(P) = Σ over groups S of P  Σ over links {a, b} ⊆ S  weight(a, b)
//! ```
//!
//! (a pair without a link weighs 0), and the engine looks for the feasible partition with the highest
//! objective. This is correlation clustering in its maximising form (Bansal, Blum and Chawla 2004)
//! under constraints. A group S is **feasible** iff
//!
//! 1. no pair of [`Constraints::cannot`] lies in S;
//! 2. S is a union of *blocks*, the sets of nodes chained together by [`Constraints::must`];
//! 3. S has at most [`Constraints::max_members`] nodes and, if a link inside S is [`Link::joint`], at
//!    most [`Constraints::max_joint_organizers`] organizers;
//! 4. S has a **core**: a node c such that each block of S, except c's own, has a node whose link with
//!    a node of c's block [holds](Link::holds). Every member belongs with the core, or with what
//!    reviewers put with it; nothing is chained through a weak link, as connected components do it.
//!
//! A group of a single block is always feasible: what reviewers put together stays together, whatever
//! the caps, and a must-linked node needs no link of its own with the core.
//!
//! # How
//! 1. [`constraints`](Constraints): must-links are contracted, a contradiction with a cannot-link is
//!    an error that names the chain.
//! 2. Components: no feasible group straddles two components of the holding links.
//! 3. Small components are solved exactly by dynamic programming over subsets.
//! 4. Larger ones by greedy linkage, then local search (moves, merges, exact re-optimisation of
//!    neighbouring groups); where there is hope, branch and bound then proves or betters the result.
//! 5. An upper bound for each component says how far from the optimum it can be at most.
//!
//! # What it guarantees
//! The result depends on the set of links alone, not on their order; renumbering nodes monotonically
//! renumbers the result. Every group is feasible. `objective ≤ optimum ≤ bound`. All arithmetic is in
//! integers. Memory is proportional to nodes and links (and 2^limit for the exact part); nothing recurses
//! deeper than the 64 blocks of branch and bound.
//!
//! A partition is no fixed point in itself: that a *merged* plan merges nothing more is for comparison
//! to ensure, which finds no links that hold between the merged items; without such, nothing is merged.
//!
//! # Literature
//! Bansal, Blum, Chawla, *Correlation Clustering*, Machine Learning 2004. Hassanzadeh, Chiang, Lee,
//! Miller, *Framework for Evaluating Clustering Algorithms in Duplicate Detection*, PVLDB 2009 (the
//! [`alternatives`]). Draisbach, Christen, Naumann, *Transforming Pairwise Duplicates to Entity
//! Clusters*, JDIQ 2019. Saeedi, David, Rahm, *Matching Entities from Multiple Sources with
//! Hierarchical Agglomerative Clustering* (MSCD-HAC), KEOD 2021. Keuper et al., *Efficient
//! Decomposition of Image and Mesh Graphs by Lifted Multicuts*, ICCV 2015 (greedy additive linkage).

pub mod alternatives;
mod bound;
mod branch;
mod components;
mod constrained;
mod constraints;
mod exact;
mod grouping;
mod link;
mod linkage;
mod local_search;
mod partition;
mod rows;
mod union;

pub use constrained::Constrained;
pub use constraints::{Constraints, Contradiction};
pub use link::Link;
pub use partition::{ComponentReport, Group, Partition};

/// A way to partition nodes `0..nodes`.
pub trait Clusterer {
    /// The name in evaluation reports.
    fn name(&self) -> &'static str;

    /// Partitions the nodes.
    ///
    /// `core_rank` decides between cores whose links weigh the same: the larger rank wins.
    ///
    /// # Errors
    /// [`Contradiction`] if the constraints require a pair to be both together and apart.
    ///
    /// # Panics
    /// If a link or a constraint names a node not below `nodes`. In debug builds also if a pair is
    /// linked twice or a node with itself; in release builds the heaviest link of a pair counts.
    fn cluster(
        &self,
        nodes: usize,
        links: &[Link],
        constraints: &Constraints,
        core_rank: &(dyn Fn(u32) -> i64 + Sync),
    ) -> Result<Partition, Contradiction>;
}

#[cfg(test)]
mod tests;
