//! The neutral grid every table format is read into: texts at rows and columns, and merged ranges.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::limits::{Exceeded, Limits, Spent};

/// One non-empty cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// From 1.
    pub(super) column: u32,
    /// Trimmed, line breaks as `\n`, never empty.
    pub(super) text: Box<str>,
    /// Longer than the limit; `text` is only its beginning.
    pub(super) oversize: bool,
}

/// One row that has at least one non-empty cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Physical row, from 1.
    pub(super) number: u32,
    /// In order of their columns.
    pub(super) cells: Vec<Cell>,
}

impl Row {
    /// The cell at `column`, if it is not empty.
    pub(super) fn cell(&self, column: u32) -> Option<&Cell> {
        self.cells.binary_search_by_key(&column, |cell| cell.column).ok().map(|index| &self.cells[index])
    }

    /// The text at `column`, or nothing.
    pub(super) fn text(&self, column: u32) -> Option<&str> {
        self.cell(column).map(|cell| &*cell.text)
    }
}

/// A merged range; all bounds from 1 and inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Merge {
    pub(super) first_row: u32,
    pub(super) first_column: u32,
    pub(super) last_row: u32,
    pub(super) last_column: u32,
}

/// A sheet, a CSV file or a table of a document.
///
/// Only non-empty cells are kept, so a sheet whose used range is A1:XFD1048576 costs no more than
/// what stands in it; merged ranges are never expanded.
///
/// Invariant: `rows` is sorted by `number`, each row's cells by `column`, both without repetition;
/// `merges` is sorted by first row, then first column.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    /// Name of the sheet; empty where the format has none.
    pub(super) sheet: Arc<str>,
    /// Hidden by whoever made the file.
    pub(super) hidden: bool,
    /// Paragraphs that stand above the table in a document.
    pub(super) preamble: Vec<String>,
    /// Paragraphs that stand below it.
    pub(super) postscript: Vec<String>,
    rows: Vec<Row>,
    merges: Vec<Merge>,
    last_column: u32,
}

impl Grid {
    /// The rows that are not empty.
    pub(super) fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The merged ranges whose first row is `row`, by first column.
    pub(super) fn merges_from(&self, row: u32) -> &[Merge] {
        let start = self.merges.partition_point(|merge| merge.first_row < row);
        let end = self.merges.partition_point(|merge| merge.first_row <= row);
        &self.merges[start..end]
    }

    /// The merged ranges that reach over several rows, by the column they begin in, then by first row.
    pub(super) fn vertical_merges(&self) -> BTreeMap<u32, Vec<Merge>> {
        let mut by_column: BTreeMap<u32, Vec<Merge>> = BTreeMap::new();
        for merge in self.merges.iter().filter(|merge| merge.first_row < merge.last_row) {
            by_column.entry(merge.first_column).or_default().push(*merge);
        }
        by_column
    }

    /// The row with this physical number, if it is not empty.
    pub(super) fn row(&self, number: u32) -> Option<&Row> {
        self.rows.binary_search_by_key(&number, |row| row.number).ok().map(|index| &self.rows[index])
    }

    /// The right-most column that holds text.
    pub(super) fn last_column(&self) -> u32 {
        self.last_column
    }
}

/// More merged ranges than this are no table that anybody made by hand.
const MAX_MERGES: usize = 200_000;

/// Fills a grid cell by cell, in any order, within the limits.
#[derive(Debug, Default)]
pub(super) struct GridBuilder {
    grid: Grid,
    sorted: bool,
    /// Non-empty cells right of the last column that is read.
    beyond: u32,
}

impl GridBuilder {
    pub(super) fn new(sheet: &str) -> Self {
        Self { grid: Grid { sheet: sheet.into(), ..Grid::default() }, sorted: true, beyond: 0 }
    }

    /// Adds a cell; row and column from 1. Blank text is no cell.
    pub(super) fn push(
        &mut self,
        row: u32,
        column: u32,
        text: &str,
        spent: &mut Spent,
        limits: &Limits,
    ) -> Result<(), Exceeded> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0');
        if text.is_empty() {
            return Ok(());
        }
        if row > limits.max_rows {
            return Err(Exceeded::Rows);
        }
        if column > limits.max_columns {
            self.beyond += 1;
            return Ok(());
        }
        // A character has at most four bytes, so short texts need no counting.
        let oversize = text.len() > limits.max_cell_chars && text.chars().count() > limits.max_cell_chars;
        let text: Box<str> = if oversize { text.chars().take(80).collect() } else { clean(text) };
        spent.book(text.len(), limits)?;
        self.grid.last_column = self.grid.last_column.max(column);
        let cell = Cell { column, text, oversize };
        match self.grid.rows.last_mut() {
            Some(last) if last.number == row => {
                self.sorted &= last.cells.last().is_none_or(|before| before.column < column);
                last.cells.push(cell);
            }
            last => {
                self.sorted &= last.is_none_or(|before| before.number < row);
                self.grid.rows.push(Row { number: row, cells: vec![cell] });
            }
        }
        Ok(())
    }

    /// Marks the sheet as hidden.
    pub(super) fn set_hidden(&mut self, hidden: bool) {
        self.grid.hidden = hidden;
    }

    /// Paragraphs above and below the table in a document.
    pub(super) fn set_surroundings(&mut self, preamble: Vec<String>, postscript: Vec<String>) {
        self.grid.preamble = preamble;
        self.grid.postscript = postscript;
    }

    /// Renames the sheet.
    pub(super) fn set_sheet(&mut self, sheet: &str) {
        self.grid.sheet = sheet.into();
    }

    /// Name of the sheet.
    pub(super) fn sheet(&self) -> &str {
        &self.grid.sheet
    }

    /// Adds a merged range; a single cell is none. Ranges after the [`MAX_MERGES`]th are ignored.
    pub(super) fn merge(&mut self, merge: Merge) {
        if self.grid.merges.len() >= MAX_MERGES {
            return;
        }
        if merge.first_row < merge.last_row || merge.first_column < merge.last_column {
            self.grid.merges.push(merge);
        }
    }

    /// Number of non-empty cells that stand too far right to be read.
    pub(super) fn beyond(&self) -> u32 {
        self.beyond
    }

    pub(super) fn finish(mut self) -> Grid {
        if !self.sorted {
            // A damaged file may name one row or cell twice; the first one stands.
            self.grid.rows.sort_by_key(|row| row.number);
            let mut rows: Vec<Row> = Vec::with_capacity(self.grid.rows.len());
            for row in self.grid.rows {
                match rows.last_mut() {
                    Some(last) if last.number == row.number => last.cells.extend(row.cells),
                    _ => rows.push(row),
                }
            }
            for row in &mut rows {
                row.cells.sort_by_key(|cell| cell.column);
                row.cells.dedup_by_key(|cell| cell.column);
            }
            self.grid.rows = rows;
        }
        self.grid.merges.sort_unstable();
        self.grid
    }
}

/// Line breaks of every system as `\n`; the escape `_x000D_` of spreadsheets and NUL go.
fn clean(text: &str) -> Box<str> {
    if text.contains(['\r', '\0', '\u{2028}', '\u{b}']) || text.contains("_x000D_") {
        text.replace("_x000D_", "")
            .replace("\r\n", "\n")
            .replace(['\r', '\u{2028}', '\u{b}'], "\n")
            .replace('\0', "")
            .into()
    } else {
        text.into()
    }
}
