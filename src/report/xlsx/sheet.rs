//! One sheet as it grows: rows of styled cells whose heights fit their text.

use std::borrow::Cow;

use rust_xlsxwriter::{ColNum, Format, RowNum, Worksheet, XlsxError};

use super::style::{BODY_SIZE, Style, Styles};
use crate::report::csv::is_formula;
use crate::report::lang::{Label, Lang};
use crate::report::measure::{Ambiguous, wrap};
use crate::report::tidy::is_unprintable;

/// The most UTF-16 units that a cell takes.
const MAX_UNITS: usize = 32_767;
/// Points that a line of the body takes, with the tallest of the usual fallback fonts.
const LINE_HEIGHT: f64 = BODY_SIZE * 1.46;
/// Points between the text and the borders of a row.
const ROW_MARGIN: f64 = 5.0;
/// The tallest row of the format, in points.
const MAX_ROW_HEIGHT: f64 = 409.0;
/// Lines that fit the tallest row.
pub(super) const MAX_LINES: usize = ((MAX_ROW_HEIGHT - ROW_MARGIN) / LINE_HEIGHT) as usize;

/// A page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paper {
    A3Landscape,
    A4Landscape,
    A4Portrait,
}

/// What a cell holds.
#[derive(Clone, Debug)]
pub(super) enum Cell<'a> {
    /// Text.
    Text(Style, Cow<'a, str>),
    /// A number.
    Number(Style, f64),
    /// Nothing, inside the table's borders.
    Blank,
}

impl<'a> Cell<'a> {
    /// Text to the left.
    pub(super) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(Style::Text, text.into())
    }

    /// Text in the middle.
    pub(super) fn centred(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(Style::Centred, text.into())
    }

    /// A whole number in the middle.
    pub(super) fn count(number: impl Into<f64>) -> Self {
        Self::Number(Style::Centred, number.into())
    }
}

/// A sheet under construction.
pub(super) struct Sheet<'s> {
    worksheet: Worksheet,
    styles: &'s Styles,
    widths: Vec<f64>,
    next: RowNum,
}

impl<'s> Sheet<'s> {
    /// A sheet that prints across one page.
    pub(super) fn new(
        name: &str,
        widths: &[f64],
        paper: Paper,
        styles: &'s Styles,
        lang: Lang,
    ) -> Result<Self, XlsxError> {
        let mut worksheet = Worksheet::new();
        worksheet.set_name(name)?;
        for (column, width) in widths.iter().enumerate() {
            worksheet.set_column_width(column as ColNum, *width)?;
        }
        // Sizes by their numbers in the format.
        match paper {
            Paper::A3Landscape => worksheet.set_landscape().set_paper_size(8),
            Paper::A4Landscape => worksheet.set_landscape().set_paper_size(9),
            Paper::A4Portrait => worksheet.set_portrait().set_paper_size(9),
        };
        worksheet
            .set_print_fit_to_pages(1, 0)
            .set_print_center_horizontally(true)
            .set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3)
            .set_footer(format!("&C{}", Label::PageFooter.text(lang)));
        Ok(Self { worksheet, styles, widths: widths.to_vec(), next: 0 })
    }

    /// The row that comes next, from 0.
    pub(super) const fn next_row(&self) -> RowNum {
        self.next
    }

    /// A title across the sheet.
    pub(super) fn title(&mut self, text: &str) -> Result<(), XlsxError> {
        let styles = self.styles;
        self.across(text, &styles.title, 32.0)
    }

    /// A line under the title.
    pub(super) fn subtitle(&mut self, text: &str) -> Result<(), XlsxError> {
        let styles = self.styles;
        self.across(text, &styles.subtitle, 20.0)
    }

    /// The heading of a table, after an empty row unless it is the first.
    pub(super) fn section(&mut self, text: &str) -> Result<(), XlsxError> {
        if self.next > 0 {
            self.next += 1;
        }
        self.worksheet.set_row_height(self.next, 22)?;
        self.worksheet.write_string_with_format(self.next, 0, fit(text), &self.styles.section)?;
        self.next += 1;
        Ok(())
    }

    fn across(&mut self, text: &str, format: &Format, height: f64) -> Result<(), XlsxError> {
        let last = self.widths.len() as ColNum - 1;
        self.worksheet.merge_range(self.next, 0, self.next, last, &fit(text), format)?;
        self.worksheet.set_row_height(self.next, height)?;
        self.next += 1;
        Ok(())
    }

    /// The header of a table.
    pub(super) fn header<'a>(&mut self, labels: impl IntoIterator<Item = &'a str>) -> Result<(), XlsxError> {
        let mut lines = 1;
        for (column, label) in labels.into_iter().enumerate() {
            lines = lines.max(self.line_count(column, label));
            self.worksheet.write_string_with_format(
                self.next,
                column as ColNum,
                label,
                &self.styles.header,
            )?;
        }
        self.worksheet.set_row_height(self.next, height(lines) + 4.0)?;
        self.next += 1;
        Ok(())
    }

    /// Keeps the rows above in view and on every printed page (the header only), and `columns` at
    /// the left in view.
    pub(super) fn freeze(&mut self, columns: ColNum) -> Result<(), XlsxError> {
        let header = self.next - 1;
        self.worksheet.set_freeze_panes(self.next, columns)?;
        self.worksheet.set_repeat_rows(header, header)?;
        Ok(())
    }

    /// A row as high as its text asks for.
    pub(super) fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), XlsxError> {
        let mut lines = 1;
        for (column, cell) in cells.iter().enumerate() {
            if let Cell::Text(_, text) = cell {
                lines = lines.max(self.line_count(column, text));
            }
            self.write(column as ColNum, cell)?;
        }
        self.worksheet.set_row_height(self.next, height(lines))?;
        self.next += 1;
        Ok(())
    }

    fn write(&mut self, column: ColNum, cell: &Cell<'_>) -> Result<(), XlsxError> {
        let (row, styles) = (self.next, self.styles);
        match cell {
            Cell::Blank => self.worksheet.write_blank(row, column, styles.of(Style::Text))?,
            Cell::Number(style, number) => {
                self.worksheet.write_number_with_format(row, column, *number, styles.of(*style))?
            }
            Cell::Text(style, text) if text.is_empty() => {
                self.worksheet.write_blank(row, column, styles.of(*style))?
            }
            Cell::Text(style, text) => {
                let text = fit(text);
                // Text that would turn into a formula once someone edits the cell.
                if is_formula(&text) {
                    let quoted = styles.of(*style).clone().set_quote_prefix();
                    self.worksheet.write_string_with_format(row, column, text, &quoted)?
                } else {
                    self.worksheet.write_string_with_format(row, column, text, styles.of(*style))?
                }
            }
        };
        Ok(())
    }

    /// A filter on the table that began at row `header`.
    pub(super) fn filter(&mut self, header: RowNum) -> Result<(), XlsxError> {
        let last = self.widths.len() as ColNum - 1;
        self.worksheet.autofilter(header, 0, self.next.max(header + 1) - 1, last)?;
        Ok(())
    }

    pub(super) fn finish(self) -> Worksheet {
        self.worksheet
    }

    /// Half-width columns of text that a line of the column holds: its width in half-width
    /// characters of the body, less one against rounding and letters wider than half.
    pub(super) fn capacity(&self, column: usize) -> usize {
        let pixels = self.widths[column] * 7.0;
        let half_width = BODY_SIZE * 96.0 / 72.0 / 2.0;
        ((pixels / half_width) as usize).saturating_sub(1).max(2)
    }

    fn line_count(&self, column: usize, text: &str) -> usize {
        wrap(text, self.capacity(column), Ambiguous::Wide).len()
    }
}

fn height(lines: usize) -> f64 {
    (lines as f64 * LINE_HEIGHT + ROW_MARGIN).min(MAX_ROW_HEIGHT)
}

/// `text` as a cell takes it: without characters that XML forbids, at most [`MAX_UNITS`] long.
fn fit(text: &str) -> String {
    let mut fitting = String::with_capacity(text.len());
    let mut units = 0;
    for character in text.chars().filter(|character| !is_unprintable(*character)) {
        units += character.len_utf16();
        if units > MAX_UNITS {
            while fitting.encode_utf16().count() >= MAX_UNITS {
                fitting.pop();
            }
            fitting.push('…');
            break;
        }
        fitting.push(character);
    }
    fitting
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_text_is_cut_to_what_a_cell_takes() {
        assert_eq!(fit(&"文".repeat(32_767)).chars().count(), 32_767);
        for text in ["文".repeat(32_768), "😀".repeat(20_000)] {
            let cut = fit(&text);
            assert!(cut.ends_with('…'));
            assert!((32_766..=32_767).contains(&cut.encode_utf16().count()));
        }
        assert_eq!(fit("a\u{0}\u{b}b\u{ffff}\n"), "ab\n");
    }
}
