//! The exact join of weighted sets: all pairs of records that are similar enough, and no other.
//!
//! ```text
//! Corpus ─ Numbering ─ Ordered ─ Tile ─ Probe ─ Joined
//!   sets     rarest     distinct,  lists  filters   pairs
//!            first      lightest   of the then the
//!                       first      prefix count
//! ```
//!
//! | step | file | after |
//! |---|---|---|
//! | test and bounds in integers | `measure.rs` | |
//! | tokens by rising document frequency | `numbering.rs` | Chaudhuri et al. 2006 |
//! | equal sets are one | `ordered.rs` | GroupJoin, Bouros et al. 2012 |
//! | weighted prefix, length and positional filter | `posting.rs`, `probe.rs` | AllPairs, Bayardo et al. 2007; PPJoin, Xiao et al. 2008 |
//! | signature of the suffix in every posting | `numbering.rs`, `probe.rs` | bitmap filter, Sandes et al. 2017 |
//! | overlap against a marked set | `probe.rs` | |
//!
//! [`self_join`] and [`join`] take whole corpora; [`Index`] takes one record after the other.
//! Nothing depends on threads or hash order; no float decides anything.

mod batch;
mod corpus;
mod index;
mod joined;
mod measure;
mod numbering;
mod ordered;
mod posting;
mod probe;

#[cfg(test)]
mod tests;

pub use batch::{join, self_join};
pub use corpus::Corpus;
pub use index::{Index, Partner};
pub use joined::{Joined, Pair};
pub use measure::{Criterion, Measure, Threshold};
