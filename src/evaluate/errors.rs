//! The pairs that are wrong, so that a person can work through them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::clusters::Clusters;
use super::truth::Truth;
use crate::model::evidence::Evidence;
use crate::model::plan::Plan;

/// How a pair is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    /// Merged, though the truth bars it.
    BarredMerged,
    /// Merged, though the truth calls it a look-alike.
    LookalikeMerged,
    /// Merged, though the truth has it apart.
    WronglyMerged,
    /// Apart, though the truth has it together: only core–member pairs are listed.
    Missed,
}

/// A pair that is wrong.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PairError {
    /// How.
    pub kind: ErrorKind,
    /// First item.
    pub a: String,
    /// Second item.
    pub b: String,
    /// Name of the first item.
    pub a_name: String,
    /// Name of the second item.
    pub b_name: String,
    /// What the truth says of it.
    pub why: String,
    /// Why the engine decided so: the plan's evidence, where it has some, or that of the pair judged again.
    pub evidence: Option<Evidence>,
}

pub(super) fn errors(
    plan: &Plan,
    truth: &Truth,
    found: &Clusters<'_>,
    wanted: &Clusters<'_>,
) -> Vec<PairError> {
    let names: BTreeMap<&str, &str> =
        plan.submitted.iter().map(|item| (item.id.as_str(), item.name.as_str())).collect();
    let mut evidence: BTreeMap<(&str, &str), &Evidence> = BTreeMap::new();
    let all = plan
        .items
        .iter()
        .flat_map(|item| &item.evidence)
        .chain(plan.review.iter().map(|pair| &pair.evidence))
        .chain(&plan.barred);
    for known in all {
        evidence.insert((&known.a, &known.b), known);
    }
    let mut listed = Vec::new();
    let mut add = |kind: ErrorKind, a: &str, b: &str, why: &str| {
        let (a, b) = if a <= b { (a, b) } else { (b, a) };
        let name = |id: &str| names.get(id).copied().unwrap_or_default().to_owned();
        listed.push(PairError {
            kind,
            a: a.to_owned(),
            b: b.to_owned(),
            a_name: name(a),
            b_name: name(b),
            why: why.to_owned(),
            evidence: evidence.get(&(a, b)).copied().cloned(),
        });
    };
    for pair in truth.barred.iter().filter(|pair| found.together(&pair.a, &pair.b)) {
        add(ErrorKind::BarredMerged, &pair.a, &pair.b, pair.why.as_deref().unwrap_or_default());
    }
    for pair in truth.lookalikes.iter().filter(|pair| found.together(&pair.a, &pair.b)) {
        add(ErrorKind::LookalikeMerged, &pair.a, &pair.b, pair.why.as_deref().unwrap_or_default());
    }
    for (a, b) in found.pairs().filter(|(a, b)| !wanted.together(a, b)) {
        add(ErrorKind::WronglyMerged, a, b, "");
    }
    for group in &truth.groups {
        for member in &group.members {
            let known = found.has(&group.core) && found.has(&member.id);
            if known && !found.together(&group.core, &member.id) {
                add(ErrorKind::Missed, &group.core, &member.id, member.relation.key());
            }
        }
    }
    // A pair is listed once, under its gravest kind.
    listed.sort_by(|one, other| (&one.a, &one.b, one.kind).cmp(&(&other.a, &other.b, other.kind)));
    listed.dedup_by(|one, other| one.a == other.a && one.b == other.b);
    listed.sort_by(|one, other| (one.kind, &one.a, &one.b).cmp(&(other.kind, &other.a, &other.b)));
    listed
}
