//! Pairwise and B-cubed measures of one partition against another.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::truth::Truth;
use crate::model::plan::Plan;

/// Precision, recall and F1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Rates {
    /// Share of what was found that is right, 0–1.
    pub precision: f64,
    /// Share of what is right that was found, 0–1.
    pub recall: f64,
    /// Harmonic mean of both.
    pub f1: f64,
    /// Number found.
    pub found: u32,
    /// Number wanted.
    pub wanted: u32,
}

impl Rates {
    /// Rates from counts: `right_found` of `found` are right, `right_wanted` of `wanted` were found.
    #[must_use]
    pub fn new(right_found: u32, found: u32, right_wanted: u32, wanted: u32) -> Self {
        let share = |part: u32, whole: u32| if whole == 0 { 1.0 } else { f64::from(part) / f64::from(whole) };
        Self::from_shares(share(right_found, found), share(right_wanted, wanted), found, wanted)
    }

    fn from_shares(precision: f64, recall: f64, found: u32, wanted: u32) -> Self {
        let sum = precision + recall;
        let f1 = if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 };
        Self { precision, recall, f1, found, wanted }
    }
}

/// A partition of item ids; every item is in exactly one cluster.
#[derive(Debug)]
pub(super) struct Clusters<'a> {
    of: BTreeMap<&'a str, usize>,
    clusters: Vec<Vec<&'a str>>,
}

impl<'a> Clusters<'a> {
    pub(super) fn of_plan(plan: &'a Plan) -> Self {
        Self::new(
            plan.items.iter().map(|item| item.members.iter().map(|member| member.item.as_str()).collect()),
        )
    }

    /// The truth's groups; every other item is alone. Ids that are not among `items` are left out.
    pub(super) fn of_truth(items: impl IntoIterator<Item = &'a str>, truth: &'a Truth) -> Self {
        let known: BTreeSet<&str> = items.into_iter().collect();
        let mut groups: Vec<Vec<&str>> = Vec::new();
        let mut grouped: BTreeSet<&str> = BTreeSet::new();
        for group in &truth.groups {
            let ids: Vec<&str> = std::iter::once(group.core.as_str())
                .chain(group.members.iter().map(|member| member.id.as_str()))
                .filter(|id| known.contains(id))
                .collect();
            grouped.extend(&ids);
            groups.push(ids);
        }
        groups.extend(known.into_iter().filter(|id| !grouped.contains(id)).map(|id| vec![id]));
        Self::new(groups)
    }

    pub(super) fn new(clusters: impl IntoIterator<Item = Vec<&'a str>>) -> Self {
        let clusters: Vec<Vec<&str>> = clusters.into_iter().collect();
        let of = clusters
            .iter()
            .enumerate()
            .flat_map(|(number, cluster)| cluster.iter().map(move |&id| (id, number)))
            .collect();
        Self { of, clusters }
    }

    /// All items, by id.
    pub(super) fn ids(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.of.keys().copied()
    }

    /// Whether the item is in a cluster at all.
    pub(super) fn has(&self, id: &str) -> bool {
        self.of.contains_key(id)
    }

    /// The number of the item's cluster.
    pub(super) fn number(&self, id: &str) -> Option<usize> {
        self.of.get(id).copied()
    }

    pub(super) fn together(&self, a: &str, b: &str) -> bool {
        match (self.of.get(a), self.of.get(b)) {
            (Some(one), Some(other)) => one == other,
            _ => false,
        }
    }

    /// Pairs within clusters.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&'a str, &'a str)> + '_ {
        self.clusters.iter().flat_map(|cluster| {
            cluster
                .iter()
                .enumerate()
                .flat_map(move |(position, &a)| cluster[position + 1..].iter().map(move |&b| (a, b)))
        })
    }
}

/// Pairwise rates over those pairs that `counts` admits.
pub(super) fn pairwise(
    found: &Clusters<'_>,
    wanted: &Clusters<'_>,
    counts: impl Fn(&str, &str) -> bool,
) -> Rates {
    let tally = |of: &Clusters<'_>, in_other: &Clusters<'_>| {
        let (mut all, mut right) = (0, 0);
        for (a, b) in of.pairs().filter(|(a, b)| counts(a, b)) {
            all += 1;
            right += u32::from(in_other.together(a, b));
        }
        (right, all)
    };
    let (right_found, all_found) = tally(found, wanted);
    let (right_wanted, all_wanted) = tally(wanted, found);
    Rates::new(right_found, all_found, right_wanted, all_wanted)
}

/// B-cubed rates over all items.
pub(super) fn b_cubed(found: &Clusters<'_>, wanted: &Clusters<'_>) -> Rates {
    let (mut precision, mut recall, mut items) = (0.0, 0.0, 0u32);
    for (id, &cluster) in &found.of {
        let Some(&group) = wanted.of.get(id) else { continue };
        let common =
            found.clusters[cluster].iter().filter(|other| wanted.of.get(*other) == Some(&group)).count();
        precision += common as f64 / found.clusters[cluster].len() as f64;
        recall += common as f64 / wanted.clusters[group].len() as f64;
        items += 1;
    }
    if items == 0 {
        return Rates::new(0, 0, 0, 0);
    }
    Rates::from_shares(
        precision / f64::from(items),
        recall / f64::from(items),
        found.clusters.len() as u32,
        wanted.clusters.len() as u32,
    )
}
