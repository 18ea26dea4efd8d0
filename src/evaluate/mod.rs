//! Measures of a plan against a truth file.
//!
//! | measure | of | formula |
//! |---|---|---|
//! | pairwise precision | pairs of items in one plan item | share that the truth has together |
//! | pairwise recall | pairs the truth has together | share in one plan item |
//! | B-cubed | items | mean over items of the overlap of its plan item and its truth group, over the size of the plan item (precision) or of the group (recall) |
//! | per relation | core–member pairs | together at all, and with the relation named |
//! | targets | (item, unit) | micro-averaged over items with target truth |
//!
//! `F1 = 2·P·R / (P + R)`; every share of nothing is 1. B-cubed after Bagga and Baldwin (1998).
//!
//! What the truth says of items that the plan does not have is left out of every measure, and counted
//! ([`Evaluation::absent`]).
//!
//! [`evaluate`] needs the plan alone. The curve over thresholds, other clusterers and baselines need
//! all pairs scored: [`measure`](crate::pipeline::measure) judges the plan's pool again and adds them.

mod baseline;
mod clusters;
mod curve;
mod errors;
mod partition;
mod split;
mod targets;
mod truth;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::plan::Plan;
use crate::model::relation::Relation;
pub use baseline::{Baseline, Similar, best_threshold, jaro_winkler};
pub use clusters::Rates;
pub use curve::{CurvePoint, Judged, point};
pub use errors::{ErrorKind, PairError};
pub use partition::{PartitionRates, partition_rates};
pub use truth::{Truth, TruthGroup, TruthMember, TruthPair};

/// Everything measured.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evaluation {
    /// Pairwise, all items.
    pub pairwise: Rates,
    /// B-cubed, all items.
    pub b_cubed: Rates,
    /// Pairwise on the two thirds of the groups that development may look at.
    pub pairwise_development: Rates,
    /// Pairwise on the third of the groups set aside.
    pub pairwise_held_out: Rates,
    /// Core–member pairs by relation of the truth: number, found together, with the right relation.
    pub relations: BTreeMap<String, RelationRates>,
    /// Barred pairs in the truth, and how many of them share a plan item.
    pub barred: Violations,
    /// Look-alike pairs in the truth, and how many of them share a plan item.
    pub lookalikes: Violations,
    /// Resolved units against the truth, where it has some.
    pub targets: Option<Rates>,
    /// Share of truth groups whose plan item has the chosen lead, where the truth names leads.
    pub lead_accuracy: Option<f64>,
    /// Mean normalised Levenshtein similarity (strsim) of plan names to the chosen ones.
    pub name_similarity: Option<f64>,
    /// Items matched to last year's, where the truth has them.
    pub carried: Option<Rates>,
    /// Items the truth speaks of that the plan does not have.
    pub absent: u32,
    /// Pairs that are wrong, with their explanation.
    pub errors: Vec<PairError>,
    /// Precision and recall over merge thresholds, the lowest first; empty unless the pool was judged again.
    pub curve: Vec<CurvePoint>,
    /// The engine's clusterer and textbook ones on the same pairs; empty unless asked for.
    pub clusterers: Vec<PartitionRates>,
    /// Plain text similarities, each at its best threshold; empty unless asked for.
    pub baselines: Vec<Baseline>,
}

/// How the pairs of one relation fared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RelationRates {
    /// Core–member pairs in the truth.
    pub pairs: u32,
    /// Of these, in one plan item.
    pub together: u32,
    /// Of these, with this relation in the plan (to whichever core).
    pub named: u32,
}

/// Pairs that must stay apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Violations {
    /// Pairs.
    pub pairs: u32,
    /// Of these, in one plan item.
    pub merged: u32,
}

/// Measures `plan` against `truth`. Complexity: O(pairs within groups + items).
#[must_use]
pub fn evaluate(plan: &Plan, truth: &Truth) -> Evaluation {
    let found = clusters::Clusters::of_plan(plan);
    let wanted = clusters::Clusters::of_truth(found.ids(), truth);
    let held_out = split::held_out(plan, truth);
    let (lead_accuracy, name_similarity) = truth.names_and_leads(plan);
    Evaluation {
        pairwise: clusters::pairwise(&found, &wanted, |_, _| true),
        b_cubed: clusters::b_cubed(&found, &wanted),
        pairwise_development: clusters::pairwise(&found, &wanted, |a, b| {
            !held_out.contains(a) && !held_out.contains(b)
        }),
        pairwise_held_out: clusters::pairwise(&found, &wanted, |a, b| {
            held_out.contains(a) || held_out.contains(b)
        }),
        relations: relation_rates(plan, truth, &found),
        barred: violations(&truth.barred, &found),
        lookalikes: violations(&truth.lookalikes, &found),
        targets: targets::rates(plan, truth),
        lead_accuracy,
        name_similarity,
        carried: truth.carried_rates(plan, &found, &wanted),
        absent: truth.items().into_iter().filter(|id| !found.has(id)).count() as u32,
        errors: errors::errors(plan, truth, &found, &wanted),
        curve: Vec::new(),
        clusterers: Vec::new(),
        baselines: Vec::new(),
    }
}

/// How many pairs that must stay apart do not.
fn violations(pairs: &[TruthPair], found: &clusters::Clusters<'_>) -> Violations {
    let known = pairs.iter().filter(|pair| found.has(&pair.a) && found.has(&pair.b));
    let (mut pairs, mut merged) = (0, 0);
    for pair in known {
        pairs += 1;
        merged += u32::from(found.together(&pair.a, &pair.b));
    }
    Violations { pairs, merged }
}

fn relation_rates(plan: &Plan, truth: &Truth, found: &clusters::Clusters) -> BTreeMap<String, RelationRates> {
    let mut named: BTreeMap<&str, Relation> = BTreeMap::new();
    for item in &plan.items {
        for member in &item.members {
            if let Some(relation) = member.relation {
                named.insert(&member.item, relation);
            }
        }
    }
    let mut rates: BTreeMap<String, RelationRates> = BTreeMap::new();
    for group in &truth.groups {
        let known = |id: &str| found.has(&group.core) && found.has(id);
        for member in group.members.iter().filter(|member| known(&member.id)) {
            let entry = rates.entry(member.relation.key().to_owned()).or_default();
            entry.pairs += 1;
            if found.together(&group.core, &member.id) {
                entry.together += 1;
                // The plan may have chosen the other side as its core.
                let relation = named.get(member.id.as_str()).or_else(|| named.get(group.core.as_str()));
                entry.named += u32::from(relation == Some(&member.relation));
            }
        }
    }
    rates
}
