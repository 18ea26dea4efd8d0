//! The third of the truth that development does not look at.

use std::collections::BTreeSet;

use super::truth::Truth;
use crate::model::plan::Plan;

/// Ids of the items set aside: those of every group, and every single item, whose id hashes into the
/// third. The hash is fixed (FNV-1a with a seed), so that the split is the same in every run.
pub(super) fn held_out<'a>(plan: &'a Plan, truth: &'a Truth) -> BTreeSet<&'a str> {
    let mut aside = BTreeSet::new();
    let mut grouped = BTreeSet::new();
    for group in &truth.groups {
        let ids = std::iter::once(&group.core).chain(group.members.iter().map(|member| &member.id));
        for id in ids {
            grouped.insert(id.as_str());
            if in_third(&group.id) {
                aside.insert(id.as_str());
            }
        }
    }
    for item in &plan.submitted {
        if !grouped.contains(item.id.as_str()) && in_third(&item.id) {
            aside.insert(&item.id);
        }
    }
    aside
}

fn in_third(id: &str) -> bool {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325 ^ 2026;
    for byte in id.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    // The high bits of FNV mix best.
    (hash >> 33).is_multiple_of(3)
}
