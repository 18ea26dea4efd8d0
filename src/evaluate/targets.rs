//! Resolved units against the truth.

use std::collections::{BTreeMap, BTreeSet};

use super::clusters::Rates;
use super::truth::Truth;
use crate::model::plan::Plan;

/// Micro-averaged rates over (item, unit), for the plan's items with target truth.
pub(super) fn rates(plan: &Plan, truth: &Truth) -> Option<Rates> {
    if truth.targets.is_empty() {
        return None;
    }
    let resolved: BTreeMap<&str, BTreeSet<&str>> = plan
        .targets
        .iter()
        .map(|targets| (targets.item_id.as_str(), targets.units.iter().map(String::as_str).collect()))
        .collect();
    let (mut right, mut found, mut wanted) = (0u32, 0u32, 0u32);
    for (item, units) in &truth.targets {
        let Some(own) = resolved.get(item.as_str()) else { continue };
        let units: BTreeSet<&str> = units.iter().map(String::as_str).collect();
        right += own.intersection(&units).count() as u32;
        found += own.len() as u32;
        wanted += units.len() as u32;
    }
    Some(Rates::new(right, found, right, wanted))
}
