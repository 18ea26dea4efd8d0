//! `plan.xlsx`: the plan as an office files it.
//!
//! Sheets: the plan to print and file, where every submitted item went, the numbers, the visits, and
//! (if there are any) the pairs to decide. The workbook holds no formula, link or macro; what users
//! wrote is text in every cell. Its creation time is fixed, so that equal plans give equal bytes.
//!
//! A sheet holds a million rows; the plan and the dispositions go on in further sheets
//! (`事项去向2` …). The workbook is built in memory, unlike the CSV files: some 5 kB a submitted item.

mod burden_sheet;
mod disposition_sheet;
mod plan_row;
mod plan_sheet;
mod review_sheet;
mod sheet;
mod style;
mod summary_sheet;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use self::style::Styles;
use super::file::write_error;
use super::index::Index;
use super::labels;
use super::lang::Lang;
use crate::error::Result;
use crate::model::plan::Plan;

/// Rows of data that one sheet takes: below the format's 1 048 576, with room for titles and for
/// rows that continue.
const MAX_ROWS: usize = 1_000_000;

/// The bytes of `plan.xlsx`. Complexity: O(plan).
///
/// # Errors
/// [`Error::Write`](crate::error::Error::Write) when the workbook cannot be built.
pub fn render(plan: &Plan, lang: Lang) -> Result<Vec<u8>> {
    workbook(plan, lang)
        .and_then(|mut workbook| workbook.save_to_buffer())
        .map_err(|cause| write_error("plan.xlsx", &cause))
}

fn workbook(plan: &Plan, lang: Lang) -> std::result::Result<Workbook, XlsxError> {
    let index = Index::new(plan);
    let styles = Styles::new();
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties =
        DocProperties::new().set_title(labels::title(plan, lang)).set_creation_datetime(&created);
    workbook.set_properties(&properties);
    for sheet in plan_sheet::sheets(plan, &index, &styles, lang)? {
        workbook.push_worksheet(sheet);
    }
    for sheet in disposition_sheet::sheets(plan, &index, &styles, lang)? {
        workbook.push_worksheet(sheet);
    }
    workbook.push_worksheet(summary_sheet::sheet(plan, &index, &styles, lang)?);
    workbook.push_worksheet(burden_sheet::sheet(plan, &styles, lang)?);
    if !plan.review.is_empty() {
        workbook.push_worksheet(review_sheet::sheet(plan, &index, &styles, lang)?);
    }
    Ok(workbook)
}

/// The name of the `part`th sheet of its kind, from 0.
fn sheet_name(name: &str, part: usize) -> String {
    if part == 0 { name.to_owned() } else { format!("{name}{}", part + 1) }
}

#[cfg(all(test, feature = "excel"))]
mod tests;
