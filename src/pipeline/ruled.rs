//! Reviewers' decisions on a pool that no machine sees whole.

use std::collections::BTreeSet;

use super::admission::{admit, withdraw};
use crate::decisions::{self, fingerprint};
use crate::error::Result;
use crate::model::decision::{Decision, Verdict};
use crate::model::diagnostic::Diagnostic;
use crate::model::item::Item;

/// What decisions are to a pool.
#[derive(Clone, Debug, Default)]
pub struct Ruled {
    /// Those on items of the pool, with today's ids.
    pub decisions: Vec<Decision>,
    /// The items that they take out.
    pub withdrawn: Vec<Item>,
    /// Remarks on those that speak of no item any more.
    pub remarks: Vec<Diagnostic>,
}

/// The ids and fingerprints that decisions name.
#[derive(Clone, Debug)]
pub struct Named(BTreeSet<String>);

impl Named {
    /// Those of `decisions`.
    #[must_use]
    pub fn of(decisions: &[Decision]) -> Self {
        let mut names = BTreeSet::new();
        for decision in decisions {
            match &decision.verdict {
                Verdict::Merge { a, b } | Verdict::Separate { a, b } => names.extend([a.clone(), b.clone()]),
                Verdict::Keep { item } | Verdict::Withdraw { item } => names.extend([item.clone()]),
            }
            let Decision { a_fingerprint, b_fingerprint, item_fingerprint, .. } = decision;
            names.extend([a_fingerprint, b_fingerprint, item_fingerprint].into_iter().flatten().cloned());
        }
        Self(names)
    }

    /// Whether a decision may speak of `item`.
    #[must_use]
    pub fn is(&self, item: &Item) -> bool {
        self.0.contains(&item.id) || self.0.contains(&fingerprint(item))
    }
}

/// What `decisions` are to a pool of which `named` are the items that [`Named`] finds: nothing else is looked at
/// when decisions are recognised.
///
/// # Errors
/// [`Error::Decisions`](crate::Error::Decisions) when decisions contradict each other,
/// [`Error::DuplicateId`](crate::Error::DuplicateId) when two items have one id.
pub fn ruled(decisions: Vec<Decision>, named: Vec<Item>) -> Result<Ruled> {
    let items = admit(named, &mut Vec::new())?;
    let (mut decisions, remarks) = decisions::recognise(decisions, &items);
    decisions::check(&decisions)?;
    let (_, withdrawn) = withdraw(items, &decisions);
    for decision in &mut decisions {
        // Recognised: from here on ids tell.
        (decision.a_fingerprint, decision.b_fingerprint, decision.item_fingerprint) = (None, None, None);
    }
    Ok(Ruled { decisions, withdrawn, remarks })
}

/// The decisions that concern nothing but some items, by their ids.
pub(super) fn among(decisions: &[Decision], ids: &BTreeSet<&str>) -> Vec<Decision> {
    let known = |id: &String| ids.contains(id.as_str());
    let concerns = |decision: &&Decision| match &decision.verdict {
        Verdict::Merge { a, b } | Verdict::Separate { a, b } => known(a) && known(b),
        Verdict::Keep { item } | Verdict::Withdraw { item } => known(item),
    };
    decisions.iter().filter(concerns).cloned().collect()
}
