//! Candidates: the pairs worth comparing, without missing one that would merge.

mod brute_force;
mod inverted;
pub mod join;
mod parallel;

pub use brute_force::all_pairs;
pub use inverted::sharing_pairs;
