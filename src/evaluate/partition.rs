//! Measures of any partition of the items, whoever made it.

use serde::Serialize;

use super::clusters::{Clusters, Rates, b_cubed, pairwise};
use super::truth::Truth;
use super::{Violations, violations};

/// How a partition fares against the truth.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PartitionRates {
    /// Who made it.
    pub name: String,
    /// Number of groups.
    pub groups: u32,
    /// Pairwise.
    pub pairwise: Rates,
    /// B-cubed.
    pub b_cubed: Rates,
    /// Barred pairs that share a group.
    pub barred: Violations,
    /// Look-alike pairs that share a group.
    pub lookalikes: Violations,
}

/// Measures the partition `groups`: every item in exactly one. Complexity: O(pairs within groups + items).
#[must_use]
pub fn partition_rates(name: &str, groups: &[Vec<&str>], truth: &Truth) -> PartitionRates {
    let found = Clusters::new(groups.iter().cloned());
    let wanted = Clusters::of_truth(found.ids(), truth);
    PartitionRates {
        name: name.to_owned(),
        groups: groups.len() as u32,
        pairwise: pairwise(&found, &wanted, |_, _| true),
        b_cubed: b_cubed(&found, &wanted),
        barred: violations(&truth.barred, &found),
        lookalikes: violations(&truth.lookalikes, &found),
    }
}
