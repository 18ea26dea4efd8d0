//! How far consolidation can go: a table, `frontier.csv` and `frontier.svg`.
//!
//! Each row is a merge; the numbers are those of the plan that takes it and all before it.

mod plot;
mod table;
#[cfg(test)]
mod tests;

use std::io::{self, Write};

pub use plot::plot;
pub use table::table;

use super::csv::{neutral, write_record};
use super::file::write_error;
use super::json::write_pretty;
use super::number::{bits, fraction};
use super::tidy::one_line;
use crate::error::Result;
use crate::model::frontier::{Frontier, FrontierItem, FrontierStep};

/// Columns of `frontier.csv`.
pub const FRONTIER_COLUMNS: [&str; 15] = [
    "step",
    "zone",
    "items_left",
    "reduction_percent",
    "year_on_year_percent",
    "visits",
    "visit_reduction_percent",
    "weight",
    "probability",
    "lowest_probability",
    "core",
    "core_name",
    "added",
    "added_names",
    "relations",
];

/// Writes one record for every step, those below the review line (`zone` is `below`) at the end.
/// Ids, names and relations of several added items are separated by `|`.
///
/// # Errors
/// [`Error::Write`](crate::error::Error::Write) when `out` fails.
pub fn write_csv(frontier: &Frontier, out: &mut dyn Write) -> Result<()> {
    let mut write = || -> io::Result<()> {
        out.write_all("\u{feff}".as_bytes())?;
        write_record(out, &FRONTIER_COLUMNS)?;
        for step in frontier.steps.iter().chain(&frontier.beyond) {
            let (numbers, texts) = (numbers(step), texts(step));
            let texts = texts.each_ref().map(|text| neutral(text));
            let cells: Vec<&str> =
                numbers.iter().map(String::as_str).chain(texts.iter().map(|text| &**text)).collect();
            write_record(out, &cells)?;
        }
        Ok(())
    };
    write().map_err(|cause| write_error("frontier.csv", &cause))
}

/// Writes everything, pretty.
///
/// # Errors
/// [`Error::Write`](crate::error::Error::Write) when `out` fails.
pub fn write_json(frontier: &Frontier, out: &mut dyn Write) -> Result<()> {
    write_pretty("frontier.json", frontier, out)
}

/// The first columns: nothing that a user wrote, so a minus sign may stand as it is.
fn numbers(step: &FrontierStep) -> [String; 10] {
    [
        step.step.to_string(),
        step.zone.key().to_owned(),
        step.items_left.to_string(),
        format!("{:.1}", step.reduction_percent),
        step.year_on_year_percent.map(|percent| format!("{percent:.1}")).unwrap_or_default(),
        format!("{:.1}", step.visits),
        format!("{:.1}", step.visit_reduction_percent),
        bits(step.weight).trim_start_matches('+').to_owned(),
        fraction(step.probability),
        fraction(step.lowest_probability),
    ]
}

fn texts(step: &FrontierStep) -> [String; 5] {
    let added =
        |tell: &dyn Fn(&FrontierItem) -> String| step.added.iter().map(tell).collect::<Vec<_>>().join("|");
    [
        step.core.clone(),
        one_line(&step.core_name),
        added(&|item| item.id.clone()),
        added(&|item| one_line(&item.name)),
        added(&|item| item.relation.key().to_owned()),
    ]
}
