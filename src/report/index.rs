//! A plan's items by id, so that every report is linear in the plan.

use rustc_hash::FxHashMap;

use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::evidence::Evidence;
use crate::model::item::{Item, Source};
use crate::model::plan::{Plan, PlanItem};

/// Look-ups into one plan; nothing here is iterated over.
pub(super) struct Index<'p> {
    items: FxHashMap<&'p str, &'p Item>,
    plan_items: FxHashMap<&'p str, &'p PlanItem>,
    evidence: FxHashMap<&'p str, &'p Evidence>,
    rejections: FxHashMap<&'p Source, &'p Diagnostic>,
}

impl<'p> Index<'p> {
    /// The index of `plan`. Complexity: O(plan).
    pub(super) fn new(plan: &'p Plan) -> Self {
        let mut evidence = FxHashMap::default();
        for item in &plan.items {
            for (position, entry) in item.evidence.iter().enumerate() {
                evidence.entry(explained_member(item, position, entry)).or_insert(entry);
            }
        }
        let mut rejections = FxHashMap::default();
        for diagnostic in plan.diagnostics.iter().filter(|entry| entry.severity == Severity::Rejected) {
            rejections.entry(&diagnostic.source).or_insert(diagnostic);
        }
        Self {
            items: plan.submitted.iter().map(|item| (item.id.as_str(), item)).collect(),
            plan_items: plan.items.iter().map(|item| (item.id.as_str(), item)).collect(),
            evidence,
            rejections,
        }
    }

    /// The submitted item.
    pub(super) fn item(&self, id: &str) -> Option<&'p Item> {
        self.items.get(id).copied()
    }

    /// The name of a submitted item, verbatim; empty when it is not in the plan.
    pub(super) fn name(&self, id: &str) -> &'p str {
        self.item(id).map_or("", |item| item.name.as_str())
    }

    /// The organizer of a submitted item; empty when it has none.
    pub(super) fn organizer(&self, id: &str) -> &'p str {
        self.item(id).and_then(|item| item.organizer.as_deref()).unwrap_or("")
    }

    /// The item of the plan.
    pub(super) fn plan_item(&self, id: &str) -> Option<&'p PlanItem> {
        self.plan_items.get(id).copied()
    }

    /// Why a merged member belongs with its core.
    pub(super) fn evidence(&self, member: &str) -> Option<&'p Evidence> {
        self.evidence.get(member).copied()
    }

    /// Why the row at `source` was rejected.
    pub(super) fn rejection(&self, source: &Source) -> Option<&'p Diagnostic> {
        self.rejections.get(source).copied()
    }
}

/// The member that the evidence at `position` speaks for: the side that is not the core, else (for
/// evidence between two members) the member that stands at its place.
fn explained_member<'p>(item: &'p PlanItem, position: usize, evidence: &'p Evidence) -> &'p str {
    let core = item.members.first().map(|member| member.item.as_str());
    if core == Some(evidence.a.as_str()) {
        &evidence.b
    } else if core == Some(evidence.b.as_str()) {
        &evidence.a
    } else {
        item.members.get(position + 1).map_or(&evidence.b, |member| &member.item)
    }
}
