//! The truth file.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::clusters::{Clusters, Rates};
use crate::error::{Error, Result};
use crate::model::plan::{Plan, PlanItem};
use crate::model::relation::Relation;
use crate::text::fold;

/// What a careful reader decided.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Truth {
    /// Items that end as one plan item.
    pub groups: Vec<TruthGroup>,
    /// Pairs that must not merge because one is protected.
    pub barred: Vec<TruthPair>,
    /// Pairs that look alike and are not.
    pub lookalikes: Vec<TruthPair>,
    /// Leaf units by item id.
    pub targets: BTreeMap<String, Vec<String>>,
    /// Last year's item id by item id.
    pub carried: BTreeMap<String, String>,
}

/// A group of the truth.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TruthGroup {
    /// Id of the group.
    pub id: String,
    /// The core item.
    pub core: String,
    /// The other members.
    pub members: Vec<TruthMember>,
    /// The name a person chose.
    pub merged_name: Option<String>,
    /// The lead a person chose.
    pub lead: Option<String>,
}

/// A member of a truth group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TruthMember {
    /// Item id.
    pub id: String,
    /// Relation to the core.
    pub relation: Relation,
}

/// A pair of items.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TruthPair {
    /// First item.
    pub a: String,
    /// Second item.
    pub b: String,
    /// Why.
    pub why: Option<String>,
}

impl Truth {
    /// Reads a truth file.
    ///
    /// # Errors
    /// [`Error::Truth`] when the text is not a truth file, with the line and column.
    pub fn from_json(text: &str) -> Result<Self> {
        serde_json::from_str(text).map_err(|error| Error::Truth(error.to_string()))
    }

    /// Share of groups with the chosen lead, and mean similarity of the names.
    pub(super) fn names_and_leads(&self, plan: &Plan) -> (Option<f64>, Option<f64>) {
        let mut of_item: BTreeMap<&str, &PlanItem> = BTreeMap::new();
        for item in &plan.items {
            for member in &item.members {
                of_item.insert(&member.item, item);
            }
        }
        let (mut leads, mut right, mut names, mut similarity) = (0u32, 0u32, 0u32, 0.0);
        for group in &self.groups {
            let Some(item) = of_item.get(group.core.as_str()) else { continue };
            if let Some(chosen) = &group.lead {
                leads += 1;
                right += u32::from(item.lead.as_ref().is_some_and(|lead| fold(&lead.value) == fold(chosen)));
            }
            if let Some(chosen) = &group.merged_name {
                names += 1;
                similarity += strsim::normalized_levenshtein(&fold(&item.name.value), &fold(chosen));
            }
        }
        (
            (leads > 0).then(|| f64::from(right) / f64::from(leads)),
            (names > 0).then(|| similarity / f64::from(names)),
        )
    }

    /// Carried-over pairs (submitted item, last year's item) against the plan's.
    ///
    /// A match is right if the truth carries the item that was matched, or another one of its truth group
    /// (spring and autumn of one matter succeed last year's one item alike), to the same predecessor. What
    /// the plan merged plays no part. Wanted are last year's items that the truth has a successor for; each
    /// can be found once.
    pub(super) fn carried_rates(
        &self,
        plan: &Plan,
        found: &Clusters<'_>,
        wanted: &Clusters<'_>,
    ) -> Option<Rates> {
        let year_on_year = plan.year_on_year.as_ref()?;
        if self.carried.is_empty() {
            return None;
        }
        let succeeds = |item: &str, last_year: &str| {
            self.carried.iter().any(|(successor, before)| {
                before == last_year && (successor == item || wanted.together(successor, item))
            })
        };
        let right: BTreeSet<&str> = year_on_year
            .carried
            .iter()
            .filter(|carried| succeeds(&carried.item, &carried.last_year))
            .map(|carried| carried.last_year.as_str())
            .collect();
        let wanted: BTreeSet<&str> = self
            .carried
            .iter()
            .filter(|(item, _)| found.has(item))
            .map(|(_, last_year)| last_year.as_str())
            .collect();
        let right = right.len() as u32;
        Some(Rates::new(right, year_on_year.carried.len() as u32, right, wanted.len() as u32))
    }

    /// Every item the truth speaks of.
    pub(super) fn items(&self) -> BTreeSet<&str> {
        let groups = self.groups.iter().flat_map(|group| {
            std::iter::once(&group.core).chain(group.members.iter().map(|member| &member.id))
        });
        let pairs = self.barred.iter().chain(&self.lookalikes).flat_map(|pair| [&pair.a, &pair.b]);
        let keys = self.targets.keys().chain(self.carried.keys());
        groups.chain(pairs).chain(keys).map(String::as_str).collect()
    }
}
