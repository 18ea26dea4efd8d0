//! Which items a run takes in, and under which id.

use std::collections::BTreeSet;

use crate::error::{Error, Result};
use crate::model::decision::{Decision, Verdict};
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::item::{Field, Item, Source};
use crate::text::{fold, survives_folding};

/// Gives every item an id, rejects items without a name, and sorts by id.
///
/// # Errors
/// [`Error::DuplicateId`]: two items without a source carry one id.
pub fn admit(items: Vec<Item>, diagnostics: &mut Vec<Diagnostic>) -> Result<Vec<Item>> {
    let mut named = items;
    named.retain_mut(|item| {
        if !item.name.chars().any(survives_folding) && fold(&item.name).is_empty() {
            diagnostics.push(Diagnostic {
                severity: Severity::Rejected,
                code: "missing_name".to_owned(),
                source: item.source.clone().unwrap_or_default(),
                column: None,
                field: Some(Field::Name),
                found: item.id.clone(),
                expected_zh: "事项名称".to_owned(),
                expected_en: "a name".to_owned(),
            });
            return false;
        }
        if item.id.is_empty() {
            item.id = item.source.as_ref().map_or_else(|| content_id(item), Source::place);
        }
        true
    });
    // The whole item decides the order among equal ids, so that the order of the input never does.
    named.sort_by(|one, other| {
        (&one.id, &one.source, &one.name, &one.organizer, &one.targets)
            .cmp(&(&other.id, &other.source, &other.name, &other.organizer, &other.targets))
            .then_with(|| format!("{one:?}").cmp(&format!("{other:?}")))
    });
    let mut first = 0;
    let mut repeated = Vec::new();
    for position in 1..named.len() {
        if named[position].id == named[first].id {
            repeated.push((position, first));
        } else {
            first = position;
        }
    }
    for &(position, first) in &repeated {
        let item = &named[position];
        let Some(source) = &item.source else {
            let first = &named[first];
            return Err(Error::DuplicateId {
                id: item.id.clone(),
                first: first.source.as_ref().map_or_else(|| first.name.clone(), Source::place),
                second: item.name.clone(),
            });
        };
        diagnostics.push(Diagnostic {
            severity: Severity::Warning,
            code: "duplicate_id".to_owned(),
            source: source.clone(),
            column: None,
            field: Some(Field::Id),
            found: item.id.clone(),
            expected_zh: "不重复的编号;已在编号后附上来源位置".to_owned(),
            expected_en: "an id of its own; its place was added".to_owned(),
        });
    }
    for (position, _) in repeated {
        let item = &mut named[position];
        if let Some(source) = &item.source {
            item.id = format!("{}@{}", item.id, source.place());
        }
    }
    named.sort_by(|one, other| one.id.cmp(&other.id));
    if let Some(pair) = named.windows(2).find(|pair| pair[0].id == pair[1].id) {
        return Err(Error::DuplicateId {
            id: pair[0].id.clone(),
            first: pair[0].name.clone(),
            second: pair[1].name.clone(),
        });
    }
    Ok(named)
}

/// An id made of the content, for items that have none and come from nowhere: FNV-1a, 64 bits.
fn content_id(item: &Item) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in serde_json::to_string(item).unwrap_or_default().bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("item-{hash:016x}")
}

/// Takes withdrawn items out.
pub(super) fn withdraw(items: Vec<Item>, decisions: &[Decision]) -> (Vec<Item>, Vec<Item>) {
    let out: BTreeSet<&str> = decisions
        .iter()
        .filter_map(|decision| match &decision.verdict {
            Verdict::Withdraw { item } => Some(item.as_str()),
            _ => None,
        })
        .collect();
    if out.is_empty() {
        // Nearly always: a nation's items are not moved for nothing.
        return (items, Vec::new());
    }
    items.into_iter().partition(|item| !out.contains(item.id.as_str()))
}
