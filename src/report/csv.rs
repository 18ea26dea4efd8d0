//! `dispositions.csv`, `targets.csv` and `review.csv`.
//!
//! The first two are read by tools: UTF-8 without a byte order mark, English keys, one line feed
//! after each record. The third is opened by a reviewer in a spreadsheet program, which takes a file
//! for GBK unless it begins with a byte order mark; so it does. All are quoted as in RFC 4180.
//!
//! A cell that a spreadsheet program would run as a formula gets an apostrophe before it. That holds
//! for ids and file names in all three files; `plan.json` holds them verbatim. The mark can be taken
//! off without doubt, because a text that begins with apostrophes before such a character gets one
//! more: a reader that meets `'…'=` takes one apostrophe away.
//!
//! The quoting is written here rather than taken from the crate `csv`, which is behind a feature for
//! *reading*: the files of the contract must not depend on which inputs a build can read.

use std::borrow::Cow;
use std::io::{self, Write};

use super::file::write_error;
use super::index::Index;
use super::lang::{Label, Lang};
use super::lines;
use super::number::fraction;
use super::tidy::one_line;
use super::why;
use crate::error::Result;
use crate::model::evidence::Evidence;
use crate::model::item::Item;
use crate::model::plan::{Action, Plan, ReviewPair};
use crate::model::rows::{DispositionRow, Rows};

/// Columns of `dispositions.csv`.
pub const DISPOSITION_COLUMNS: [&str; 9] =
    ["item_id", "source", "sheet", "row", "plan_item", "action", "relation", "core_item", "probability"];

/// Columns of `targets.csv`.
pub const TARGET_COLUMNS: [&str; 2] = ["item_id", "unit_id"];

/// Columns of `review.csv`. The reviewer fills `decision` (`merge`, `separate`, `合并` or `分开`) and,
/// if she likes, `reason`; `a` and `b` are item ids, found again by the fingerprints in the last two
/// columns when rows were re-numbered. The other columns are for her to read, in the
/// language of the report.
pub const REVIEW_COLUMNS: [&str; 18] = [
    "decision",
    "a",
    "b",
    "a_name",
    "b_name",
    "a_organizer",
    "b_organizer",
    "relation",
    "if_merged",
    "merged",
    "probability",
    "question",
    "evidence",
    "rule",
    "counterfactual",
    "reason",
    "a_fingerprint",
    "b_fingerprint",
];

/// Writes where every ingested row went: one record for every entry of [`Rows::dispositions`].
/// `source` is the file's name; `probability` has four decimals and is empty unless the row was merged.
///
/// # Errors
/// [`Error::Write`](crate::error::Error::Write) when `out` fails.
pub fn write_dispositions(rows: &dyn Rows, out: &mut dyn Write) -> Result<()> {
    let dispositions = rows.dispositions();
    let record = |position: usize, into: &mut Vec<u8>| {
        let disposition = &dispositions[position];
        let source = disposition.source;
        let row = source.map(|source| source.row.to_string());
        let probability = disposition.probability.map(fraction);
        push_safe(into, disposition.item_id, b',');
        push_safe(into, source.map_or("", |source| &source.file), b',');
        push_safe(into, source.map_or("", |source| &source.sheet), b',');
        push_cell(into, row.as_deref().unwrap_or(""), b',');
        push_safe(into, disposition.plan_item, b',');
        push_cell(into, action_key(disposition.action), b',');
        push_cell(into, disposition.relation.map_or("", |relation| relation.key()), b',');
        push_safe(into, disposition.core_item.unwrap_or(""), b',');
        push_cell(into, probability.as_deref().unwrap_or(""), b'\n');
    };
    write_record(out, &DISPOSITION_COLUMNS)
        .and_then(|()| lines::write(dispositions.len(), &record, out))
        .map_err(|cause| write_error("dispositions.csv", &cause))
}

/// Writes the resolved leaf units of every submitted item, one record an item and unit.
///
/// # Errors
/// [`Error::Write`](crate::error::Error::Write) when `out` fails.
pub fn write_targets(rows: &dyn Rows, out: &mut dyn Write) -> Result<()> {
    let records = |position: usize, into: &mut Vec<u8>| {
        let mut front = Vec::new();
        push_safe(&mut front, rows.target_item(position), b',');
        rows.target_units(position, &mut |unit| {
            into.extend_from_slice(&front);
            push_safe(into, unit, b'\n');
        });
    };
    write_record(out, &TARGET_COLUMNS)
        .and_then(|()| lines::write(rows.target_len(), &records, out))
        .map_err(|cause| write_error("targets.csv", &cause))
}

/// Writes the pairs too close to call, with [`REVIEW_COLUMNS`].
///
/// # Errors
/// [`Error::Write`](crate::error::Error::Write) when `out` fails.
pub fn write_review(rows: &dyn Rows, lang: Lang, out: &mut dyn Write) -> Result<()> {
    let record = |position: usize, into: &mut Vec<u8>| {
        let pair = rows.review_pair(position);
        let Evidence { a, b, relation, probability, .. } = &pair.evidence;
        let [first, second] = rows.review_items(position);
        let name = |item: Option<&Item>| one_line(item.map_or("", |item| item.name.as_str()));
        let organizer =
            |item: Option<&Item>| one_line(item.and_then(|item| item.organizer.as_deref()).unwrap_or(""));
        let merged = if pair.merged { Label::Yes } else { Label::No };
        let cells: [&str; 18] = [
            "",
            a,
            b,
            &name(first),
            &name(second),
            &organizer(first),
            &organizer(second),
            lang.relation(*relation),
            lang.relation(pair.if_merged),
            merged.text(lang),
            &fraction(*probability),
            &question(&pair, lang),
            &why::full(&pair.evidence, lang),
            lang.rule(&pair.evidence),
            lang.counterfactual(&pair.evidence),
            "",
            &pair.a_fingerprint,
            &pair.b_fingerprint,
        ];
        for (number, cell) in cells.into_iter().enumerate() {
            push_safe(into, cell, if number + 1 == REVIEW_COLUMNS.len() { b'\n' } else { b',' });
        }
    };
    out.write_all("\u{feff}".as_bytes())
        .and_then(|()| write_record(out, &REVIEW_COLUMNS))
        .and_then(|()| lines::write(rows.review_len(), &record, out))
        .map_err(|cause| write_error("review.csv", &cause))
}

/// A plan as rows.
pub(super) struct PlanRows<'p> {
    plan: &'p Plan,
    index: Index<'p>,
}

impl<'p> PlanRows<'p> {
    pub(super) fn new(plan: &'p Plan) -> Self {
        Self { plan, index: Index::new(plan) }
    }
}

impl Rows for PlanRows<'_> {
    fn dispositions(&self) -> Vec<DispositionRow<'_>> {
        self.plan.dispositions.iter().map(DispositionRow::from).collect()
    }

    fn target_len(&self) -> usize {
        self.plan.targets.len()
    }

    fn target_item(&self, position: usize) -> &str {
        &self.plan.targets[position].item_id
    }

    fn target_units(&self, position: usize, visit: &mut dyn FnMut(&str)) {
        self.plan.targets[position].units.iter().for_each(|unit| visit(unit));
    }

    fn review_len(&self) -> usize {
        self.plan.review.len()
    }

    fn review_pair(&self, position: usize) -> Cow<'_, ReviewPair> {
        Cow::Borrowed(&self.plan.review[position])
    }

    fn review_items(&self, position: usize) -> [Option<&Item>; 2] {
        let Evidence { a, b, .. } = &self.plan.review[position].evidence;
        [a, b].map(|id| self.index.item(id))
    }
}

/// What the reviewer is asked, and what each answer does.
pub(super) fn question(pair: &ReviewPair, lang: Lang) -> String {
    let relation = lang.relation(pair.if_merged);
    let mut text = match (lang, pair.merged) {
        (Lang::Zh, true) => format!("现已合并。填“合并”确认按“{relation}”处理，填“分开”则各自单列。"),
        (Lang::Zh, false) => format!("现未合并。填“合并”则按“{relation}”处理，填“分开”则确认各自单列。"),
        (Lang::En, true) => format!("Merged now. `merge` confirms it as {relation}, `separate` undoes it."),
        (Lang::En, false) => {
            format!("Separate now. `merge` joins them as {relation}, `separate` confirms it.")
        }
    };
    if let Some(protection) = pair.protection {
        text.push_str(lang.pick("注意：", " Note: "));
        text.push_str(lang.protection(protection));
        text.push_str(Label::Stop.text(lang));
    }
    text
}

const fn action_key(action: Action) -> &'static str {
    match action {
        Action::Kept => "kept",
        Action::Merged => "merged",
        // The contract knows three actions; a withdrawn row is one that has its item's id.
        Action::Rejected | Action::Withdrawn => "rejected",
    }
}

/// Whether a spreadsheet program would take `text` for a formula, leading spaces or not. Chinese and
/// Japanese versions take the full-width signs as well.
pub(super) fn is_formula(text: &str) -> bool {
    text.starts_with(['\t', '\r', '\n'])
        || text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// `text` with an apostrophe before it where it would be a formula; see the module.
pub(super) fn neutral(text: &str) -> Cow<'_, str> {
    if is_formula(text.trim_start_matches('\'')) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// One record, quoted where RFC 4180 asks for it.
pub(super) fn write_record(out: &mut dyn Write, cells: &[&str]) -> io::Result<()> {
    let mut record = Vec::new();
    for (position, cell) in cells.iter().enumerate() {
        push_cell(&mut record, cell, if position + 1 == cells.len() { b'\n' } else { b',' });
    }
    out.write_all(&record)
}

/// Appends a cell, [`neutral`] and quoted where needed, and what comes behind it.
fn push_safe(into: &mut Vec<u8>, cell: &str, behind: u8) {
    // Ids and file names, mostly: such a beginning makes no formula.
    if cell.as_bytes().first().is_none_or(u8::is_ascii_alphanumeric) {
        push_cell(into, cell, behind);
    } else {
        push_cell(into, &neutral(cell), behind);
    }
}

/// Appends a cell, quoted where RFC 4180 asks for it, and what comes behind it.
fn push_cell(into: &mut Vec<u8>, cell: &str, behind: u8) {
    let bytes = cell.as_bytes();
    let special = |byte: &u8| matches!(byte, b',' | b'"' | b'\n' | b'\r');
    if bytes.iter().any(special) || bytes.first() == Some(&b' ') || bytes.last() == Some(&b' ') {
        into.push(b'"');
        into.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
        into.push(b'"');
    } else {
        into.extend_from_slice(bytes);
    }
    into.push(behind);
}

#[cfg(test)]
#[path = "csv_tests.rs"]
mod tests;
