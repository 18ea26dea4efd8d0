//! Which items of today's pool the decisions speak of.

use std::collections::BTreeMap;

use super::fingerprint::fingerprint;
use crate::model::decision::{Decision, Verdict};
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::item::{Field, Item, Source};

/// The decisions with the ids of today's items, and a warning for each that can no longer be matched.
///
/// A decision's item is, in this order,
/// 1. the item of that id, if the decision has no fingerprint or the item has the same;
/// 2. the only item with the fingerprint, whatever its id: rows were inserted or re-numbered;
/// 3. the item of that id, if it has an id of its own: its wording was edited since. An id that is
///    but a place (`<file>#<sheet>!<row>`) says nothing once another item stands there.
///
/// `items` are sorted by id. Complexity: O((items + decisions) log items) and the length of all texts.
#[must_use]
pub fn recognise(decisions: Vec<Decision>, items: &[Item]) -> (Vec<Decision>, Vec<Diagnostic>) {
    let register = Register::new(&decisions, items);
    let mut known = Vec::with_capacity(decisions.len());
    let mut warnings = Vec::new();
    for mut decision in decisions {
        let found = match &mut decision.verdict {
            Verdict::Merge { a, b } | Verdict::Separate { a, b } => {
                let one = register.resolve(a, decision.a_fingerprint.as_deref());
                let other = register.resolve(b, decision.b_fingerprint.as_deref());
                match one.and(other) {
                    Ok(()) if a == b => Err((a.clone(), Miss::Same)),
                    outcome => outcome,
                }
            }
            Verdict::Keep { item } | Verdict::Withdraw { item } => {
                register.resolve(item, decision.item_fingerprint.as_deref())
            }
        };
        match found {
            Ok(()) => known.push(decision),
            Err((id, miss)) => warnings.push(warning(&decision, &id, miss)),
        }
    }
    (known, warnings)
}

/// Why an item was not recognised.
#[derive(Clone, Copy)]
enum Miss {
    /// Nothing has the id or the fingerprint.
    Unknown,
    /// Several items have the fingerprint, none of them the id.
    Several,
    /// Both sides of the decision are one item today.
    Same,
}

struct Register<'a> {
    items: &'a [Item],
    fingerprints: Vec<String>,
    /// Positions by fingerprint.
    of: BTreeMap<String, Vec<usize>>,
}

impl<'a> Register<'a> {
    fn new(decisions: &[Decision], items: &'a [Item]) -> Self {
        let needed = decisions.iter().any(|decision| {
            decision.a_fingerprint.is_some()
                || decision.b_fingerprint.is_some()
                || decision.item_fingerprint.is_some()
        });
        let fingerprints: Vec<String> =
            if needed { items.iter().map(fingerprint).collect() } else { Vec::new() };
        let mut of: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (position, print) in fingerprints.iter().enumerate() {
            of.entry(print.clone()).or_default().push(position);
        }
        Self { items, fingerprints, of }
    }

    /// Puts today's id in the place of the decision's.
    fn resolve(&self, id: &mut String, print: Option<&str>) -> Result<(), (String, Miss)> {
        let by_id = self.items.binary_search_by(|item| item.id.as_str().cmp(id)).ok();
        let Some(print) = print else {
            return by_id.map(|_| ()).ok_or_else(|| (id.clone(), Miss::Unknown));
        };
        if by_id.is_some_and(|position| self.fingerprints[position] == print) {
            return Ok(());
        }
        match self.of.get(print).map(Vec::as_slice) {
            Some(&[only]) => {
                id.clone_from(&self.items[only].id);
                Ok(())
            }
            Some(_) => Err((id.clone(), Miss::Several)),
            None if by_id.is_some_and(|position| !is_place(&self.items[position])) => Ok(()),
            None => Err((id.clone(), Miss::Unknown)),
        }
    }
}

/// Whether the item's id, or what tells it from an equal id, is but its place.
fn is_place(item: &Item) -> bool {
    item.source.as_ref().is_some_and(|source| {
        let place = source.place();
        item.id.strip_suffix(&place).is_some_and(|rest| rest.is_empty() || rest.ends_with('@'))
    })
}

fn warning(decision: &Decision, id: &str, miss: Miss) -> Diagnostic {
    let (zh, en) = match miss {
        Miss::Unknown => {
            ("仍在本次上报中的事项;该条审定意见未采用", "an item of this pool; the decision was not applied")
        }
        Miss::Several => (
            "唯一可辨认的事项(有几项内容相同);该条审定意见未采用",
            "an item that can be told from others of the same content; the decision was not applied",
        ),
        Miss::Same => (
            "两个不同的事项(现为同一项);该条审定意见未采用",
            "two items (both are one now); the decision was not applied",
        ),
    };
    Diagnostic {
        severity: Severity::Warning,
        code: "decision_unmatched".to_owned(),
        source: Source { file: decision.file.as_str().into(), sheet: "".into(), row: decision.line },
        column: None,
        field: Some(Field::Id),
        found: id.chars().take(80).collect(),
        expected_zh: zh.to_owned(),
        expected_en: en.to_owned(),
    }
}
