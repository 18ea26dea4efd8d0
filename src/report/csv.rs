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
use super::number::fraction;
use super::tidy::one_line;
use super::why;
use crate::error::Result;
use crate::model::evidence::Evidence;
use crate::model::plan::{Action, Plan, ReviewPair};

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

/// Writes where every ingested row went: one record for every entry of [`Plan::dispositions`].
/// `source` is the file's name; `probability` has four decimals and is empty unless the row was merged.
///
/// # Errors
/// [`Error::Write`](crate::error::Error::Write) when `out` fails.
pub fn write_dispositions(plan: &Plan, out: &mut dyn Write) -> Result<()> {
    let mut write = || -> io::Result<()> {
        write_record(out, &DISPOSITION_COLUMNS)?;
        for disposition in &plan.dispositions {
            let source = disposition.source.as_ref();
            let row = source.map(|source| source.row.to_string());
            let probability = disposition.probability.map(fraction);
            write_record(
                out,
                &[
                    &neutral(&disposition.item_id),
                    &neutral(source.map_or("", |source| &source.file)),
                    &neutral(source.map_or("", |source| &source.sheet)),
                    row.as_deref().unwrap_or(""),
                    &neutral(&disposition.plan_item),
                    action_key(disposition.action),
                    disposition.relation.map_or("", |relation| relation.key()),
                    &neutral(disposition.core_item.as_deref().unwrap_or("")),
                    probability.as_deref().unwrap_or(""),
                ],
            )?;
        }
        Ok(())
    };
    write().map_err(|cause| write_error("dispositions.csv", &cause))
}

/// Writes the resolved leaf units of every submitted item, one record an item and unit.
///
/// # Errors
/// [`Error::Write`](crate::error::Error::Write) when `out` fails.
pub fn write_targets(plan: &Plan, out: &mut dyn Write) -> Result<()> {
    let mut write = || -> io::Result<()> {
        write_record(out, &TARGET_COLUMNS)?;
        for targets in &plan.targets {
            let item = neutral(&targets.item_id);
            for unit in &targets.units {
                write_record(out, &[&item, &neutral(unit)])?;
            }
        }
        Ok(())
    };
    write().map_err(|cause| write_error("targets.csv", &cause))
}

/// Writes the pairs too close to call, with [`REVIEW_COLUMNS`].
///
/// # Errors
/// [`Error::Write`](crate::error::Error::Write) when `out` fails.
pub fn write_review(plan: &Plan, lang: Lang, out: &mut dyn Write) -> Result<()> {
    let index = Index::new(plan);
    let mut write = || -> io::Result<()> {
        out.write_all("\u{feff}".as_bytes())?;
        write_record(out, &REVIEW_COLUMNS)?;
        for pair in &plan.review {
            let Evidence { a, b, relation, probability, .. } = &pair.evidence;
            let merged = if pair.merged { Label::Yes } else { Label::No };
            let cells: [&str; 18] = [
                "",
                a,
                b,
                &one_line(index.name(a)),
                &one_line(index.name(b)),
                &one_line(index.organizer(a)),
                &one_line(index.organizer(b)),
                lang.relation(*relation),
                lang.relation(pair.if_merged),
                merged.text(lang),
                &fraction(*probability),
                &question(pair, lang),
                &why::full(&pair.evidence, lang),
                lang.rule(&pair.evidence),
                lang.counterfactual(&pair.evidence),
                "",
                &pair.a_fingerprint,
                &pair.b_fingerprint,
            ];
            write_record(out, &cells.map(neutral).each_ref().map(|cell| &**cell))?;
        }
        Ok(())
    };
    write().map_err(|cause| write_error("review.csv", &cause))
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
    for (position, cell) in cells.iter().enumerate() {
        if position > 0 {
            out.write_all(b",")?;
        }
        if cell.contains([',', '"', '\n', '\r']) || cell.starts_with(' ') || cell.ends_with(' ') {
            out.write_all(b"\"")?;
            out.write_all(cell.replace('"', "\"\"").as_bytes())?;
            out.write_all(b"\"")?;
        } else {
            out.write_all(cell.as_bytes())?;
        }
    }
    out.write_all(b"\n")
}

#[cfg(test)]
#[path = "csv_tests.rs"]
mod tests;
