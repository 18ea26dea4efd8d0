//! Candidates: the pairs worth comparing, without missing one that would merge.

mod blocks;
mod brute_force;
mod conjunctive;
pub mod join;

pub use brute_force::all_pairs;
pub use conjunctive::{Clues, Facts, OVERLAPS, conjunctive_pairs, pairs_with};
