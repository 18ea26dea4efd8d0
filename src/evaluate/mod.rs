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

mod clusters;
mod errors;
mod split;
mod targets;
mod truth;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::plan::Plan;
use crate::model::relation::Relation;
pub use clusters::Rates;
pub use errors::{ErrorKind, PairError};
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
    /// Pairs that are wrong, with their explanation where the plan has one.
    pub errors: Vec<PairError>,
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
    let wanted = clusters::Clusters::of_truth(plan, truth);
    let held_out = split::held_out(plan, truth);
    let apart = |pairs: &[TruthPair]| Violations {
        pairs: pairs.len() as u32,
        merged: pairs.iter().filter(|pair| found.together(&pair.a, &pair.b)).count() as u32,
    };
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
        barred: apart(&truth.barred),
        lookalikes: apart(&truth.lookalikes),
        targets: targets::rates(plan, truth),
        lead_accuracy,
        name_similarity,
        carried: truth.carried_rates(plan),
        errors: errors::errors(plan, truth, &found, &wanted),
    }
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
        for member in &group.members {
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
