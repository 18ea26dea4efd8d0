//! The sheet that is printed and filed.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::plan_row::{COLUMNS, texts};
use super::sheet::{Cell, MAX_LINES, Paper, Sheet};
use super::style::{Style, Styles};
use super::{MAX_ROWS, sheet_name};
use crate::model::plan::{Plan, PlanItem};
use crate::report::index::Index;
use crate::report::lang::{Label, Lang};
use crate::report::measure::{Ambiguous, wrap};
use crate::report::{labels, summary};

/// Widths of the columns, together what A3 across holds at full size.
const WIDTHS: [f64; 13] = [5.0, 24.0, 6.0, 13.0, 15.0, 20.0, 13.0, 10.0, 27.0, 35.0, 12.0, 11.0, 28.0];

/// The plan, on one sheet unless it is very long.
pub(super) fn sheets(
    plan: &Plan,
    index: &Index<'_>,
    styles: &Styles,
    lang: Lang,
) -> Result<Vec<Worksheet>, XlsxError> {
    let title = labels::title(plan, lang);
    let mut widths = WIDTHS;
    if lang == Lang::En {
        // English names of kinds are longer.
        widths[2] = 11.0;
    }
    let mut finished = Vec::new();
    let mut items = plan.items.iter().peekable();
    loop {
        let name = sheet_name(Label::SheetPlan.text(lang), finished.len());
        let mut sheet = Sheet::new(&name, &widths, Paper::A3Landscape, styles, lang)?;
        sheet.title(&title)?;
        sheet.subtitle(&summary::counts(plan, lang))?;
        sheet.header(COLUMNS.iter().map(|label| label.text(lang)))?;
        sheet.freeze(2)?;
        while (sheet.next_row() as usize) < MAX_ROWS
            && let Some(item) = items.next()
        {
            write_item(&mut sheet, item, index, lang)?;
        }
        finished.push(sheet.finish());
        if items.peek().is_none() {
            return Ok(finished);
        }
    }
}

/// One item: one row, and more rows with the rest of texts that no row is tall enough for.
fn write_item(
    sheet: &mut Sheet<'_>,
    item: &PlanItem,
    index: &Index<'_>,
    lang: Lang,
) -> Result<(), XlsxError> {
    let texts = texts(item, index, lang);
    let chunks: Vec<Vec<&str>> =
        texts.iter().enumerate().map(|(position, text)| split(text, sheet.capacity(position + 1))).collect();
    let rows = chunks.iter().map(Vec::len).max().unwrap_or(1);
    for row in 0..rows {
        let mut cells = Vec::with_capacity(WIDTHS.len());
        cells.push(if row == 0 { Cell::count(item.number) } else { Cell::Blank });
        cells.extend(
            chunks.iter().zip(&COLUMNS[1..]).map(|(chunk, label)| {
                Cell::Text(style(*label), chunk.get(row).copied().unwrap_or("").into())
            }),
        );
        sheet.row(&cells)?;
    }
    Ok(())
}

const fn style(column: Label) -> Style {
    match column {
        Label::Name => Style::Strong,
        Label::Basis | Label::Content | Label::Remarks | Label::Targets => Style::Text,
        _ => Style::Centred,
    }
}

/// `text` in stretches that each fit the tallest row.
fn split(text: &str, capacity: usize) -> Vec<&str> {
    let lines = wrap(text, capacity, Ambiguous::Wide);
    lines
        .chunks(MAX_LINES)
        .map(|chunk| match (chunk.first(), chunk.last()) {
            (Some(first), Some(last)) => &text[first.start..last.end],
            _ => "",
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_too_tall_for_a_row_goes_on_below() {
        let text = "内容".repeat(400);
        let chunks = split(&text, 20);
        assert_eq!(chunks.concat(), text);
        assert_eq!(chunks.len(), 80usize.div_ceil(MAX_LINES));
        assert_eq!(split("", 20), [""]);
    }
}
