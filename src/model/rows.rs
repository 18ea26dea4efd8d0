//! The rows of the CSV files, whatever they are kept in.

use std::borrow::Cow;

use super::item::{Item, Source};
use super::plan::{Action, Disposition, ReviewPair};
use super::relation::Relation;

/// Where a submitted row went: a borrowed [`Disposition`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DispositionRow<'a> {
    /// Id of the item; empty for a rejected row.
    pub item_id: &'a str,
    /// Where the row stands.
    pub source: Option<&'a Source>,
    /// Id of the plan item; empty for a rejected row.
    pub plan_item: &'a str,
    /// What happened.
    pub action: Action,
    /// Relation to the core, for merged rows.
    pub relation: Option<Relation>,
    /// Id of the core, for merged rows.
    pub core_item: Option<&'a str>,
    /// Match probability with the core in ten-thousandths, for merged rows.
    pub probability: Option<u16>,
}

impl<'a> From<&'a Disposition> for DispositionRow<'a> {
    fn from(row: &'a Disposition) -> Self {
        Self {
            item_id: &row.item_id,
            source: row.source.as_ref(),
            plan_item: &row.plan_item,
            action: row.action,
            relation: row.relation,
            core_item: row.core_item.as_deref(),
            probability: row.probability,
        }
    }
}

impl DispositionRow<'_> {
    /// The row that could not be read as an item.
    #[must_use]
    pub fn rejected(source: &Source) -> DispositionRow<'_> {
        Self::out("", Some(source), Action::Rejected)
    }

    /// The row of an item that a reviewer withdrew.
    #[must_use]
    pub fn withdrawn<'a>(item_id: &'a str, source: Option<&'a Source>) -> DispositionRow<'a> {
        Self::out(item_id, source, Action::Withdrawn)
    }

    fn out<'a>(item_id: &'a str, source: Option<&'a Source>, action: Action) -> DispositionRow<'a> {
        DispositionRow {
            item_id,
            source,
            plan_item: "",
            action,
            relation: None,
            core_item: None,
            probability: None,
        }
    }
}

/// What the CSV files are written from: a plan, or a run's outcome that was never worded.
///
/// Rows are asked for from several threads, each once.
pub trait Rows: Sync {
    /// Where every ingested row went, in the order of [`Plan::dispositions`](super::plan::Plan::dispositions).
    fn dispositions(&self) -> Vec<DispositionRow<'_>>;
    /// Number of items with targets.
    fn target_len(&self) -> usize;
    /// The id of an item with targets, by position.
    fn target_item(&self, position: usize) -> &str;
    /// Gives the ids of its units one by one.
    fn target_units(&self, position: usize, visit: &mut dyn FnMut(&str));
    /// Number of pairs too close to call.
    fn review_len(&self) -> usize;
    /// A pair too close to call, by position.
    fn review_pair(&self, position: usize) -> Cow<'_, ReviewPair>;
    /// The items of that pair, in its order.
    fn review_items(&self, position: usize) -> [Option<&Item>; 2];
}
