//! Match weights from a pool without labels: expectation maximisation under conditional independence.
//!
//! Every pair of the pool is one of three classes: the same *matter*, the same *visit*, or unrelated. Given
//! its class, the level that one comparison reaches says nothing of the others (Fellegi and Sunter 1969).
//! With `m_k(l)` the share of the pairs of class `k` that reach level `l` of a comparison, and `u(l)` that
//! of unrelated pairs,
//!
//! ```text
//! weight_k(l) = log2( m_k(l) / u(l) )                      k ∈ {matter, visit}
//! prior_k     = log2( λ_k / (1 − λ_matter − λ_visit) )     λ_k the share of class k among all pairs
//! ```
//!
//! EM (Dempster, Laird and Rubin 1977; Winkler 1988 for record linkage) runs over all pairs of the pool, or
//! of a sample of its items, so that `u` rests on the many unrelated pairs and `λ` needs no correction for
//! blocking. The first expectations are those of the weights given: they decide which of the many local
//! optima is climbed, and what the classes mean. A level keeps the weight given when the pool tells too
//! little of it: see [`Rules`]. Left alone, EM would drift: among a hundred thousand pairs of a county's pool the
//! strongest regularity is that one organizer's items, or all items for every township, are alike, not that some
//! are the same. So pairs that the weights given hold for likelier unrelated stay unrelated, as a blocking rule
//! would have it, and the weights given count as a Dirichlet prior.
//!
//! # What it cannot do
//! Comparisons are not independent: a shared concept comes with shared wording and shared content. EM takes
//! each of them at its word, so estimated weights are overconfident and merge too much. Estimates are to be
//! read and measured before they are used; `docs/quality.md` has figures.
//!
//! All arithmetic is addition, multiplication and division of `f64` in a fixed order, and integer
//! logarithms: the same result on every platform.

mod em;
mod patterns;

#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::model::evidence::MilliBits;
use crate::policy::{Level, Weights};
pub use em::estimate;
pub use patterns::{Pattern, Patterns};

/// When the pool tells enough.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rules {
    /// Pairs whose log2 odds by the weights given lie below this, in thousandths, stay unrelated.
    pub hope: MilliBits,
    /// The weights given count for as much as this many matches: a small pool changes them little, a large
    /// one takes over (the mode under a Dirichlet prior).
    pub given_matches: f64,
    /// A level is estimated for a hypothesis if at least this many related pairs are expected to reach it
    /// by the weights given, or would reach it by chance (`matches · u`); else it keeps its weight.
    pub level_matches: f64,
    /// A hypothesis with fewer expected matches keeps all its weights and its prior.
    pub hypothesis_matches: f64,
    /// A pool with fewer pairs than this is small: a warning.
    pub pairs: u64,
    /// Most rounds of EM.
    pub rounds: u32,
    /// EM has converged when no expected count of matches moves by more than this share of a pair.
    pub tolerance: f64,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            hope: 0,
            given_matches: 100.0,
            level_matches: 5.0,
            hypothesis_matches: 30.0,
            pairs: 10_000,
            rounds: 500,
            tolerance: 1e-4,
        }
    }
}

/// What EM found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The weights given, with what was estimated in their place. For a policy.
    #[serde(skip)]
    pub weights: Weights,
    /// All pairs.
    pub pairs: u64,
    /// Pairs that are not hopeless by the weights given.
    pub hopeful: u64,
    /// Rounds of EM.
    pub rounds: u32,
    /// Whether the last round changed hardly anything.
    pub converged: bool,
    /// Both items are one matter.
    pub matter: HypothesisEstimate,
    /// Both items make one visit.
    pub visit: HypothesisEstimate,
    /// What is to be distrusted.
    pub warnings: Vec<Warning>,
}

/// What EM found of one hypothesis.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HypothesisEstimate {
    /// Pairs expected to be of this class.
    pub matches: f64,
    /// Prior in thousandths of a bit.
    pub prior: MilliBits,
    /// Every level that the pool or the weights speak of, in the order of the table.
    pub levels: Vec<LevelEstimate>,
}

/// What EM found of one level under one hypothesis.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LevelEstimate {
    /// Key of the level.
    pub level: String,
    /// The level in Chinese.
    pub level_zh: String,
    /// Share among matches.
    pub m: f64,
    /// Share among unrelated pairs.
    pub u: f64,
    /// Matches expected at this level.
    pub matches: f64,
    /// Weight that was given, in thousandths of a bit.
    pub given: MilliBits,
    /// Weight now.
    pub weight: MilliBits,
    /// Whether the level kept the weight given, for want of evidence.
    pub kept: bool,
}

/// Why an estimate is to be distrusted.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "warning", rename_all = "snake_case")]
pub enum Warning {
    /// The pool has few pairs.
    FewPairs {
        /// How many.
        pairs: u64,
        /// How many are wanted.
        wanted: u64,
    },
    /// Too few matches are expected: the hypothesis kept its weights.
    FewMatches {
        /// `matter` or `visit`.
        hypothesis: &'static str,
        /// How many are expected.
        matches: f64,
        /// How many are wanted.
        wanted: f64,
    },
    /// Levels that kept their weights for want of evidence.
    LevelsKept {
        /// `matter` or `visit`.
        hypothesis: &'static str,
        /// How many kept theirs.
        kept: u32,
        /// Of how many.
        of: u32,
    },
    /// EM was stopped before it converged.
    NotConverged {
        /// After how many rounds.
        rounds: u32,
    },
}

/// The levels of each comparison, in the order of [`Aspect::ALL`](crate::model::evidence::Aspect::ALL).
fn levels_of(aspect: usize) -> impl Iterator<Item = Level> {
    Level::ALL.iter().copied().filter(move |level| level.aspect() as usize == aspect)
}
