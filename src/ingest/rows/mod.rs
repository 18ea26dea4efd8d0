//! From the rows of a grid to items.

mod cells;
mod kind;

use std::collections::BTreeMap;

use kind::RowKind;

use super::Reading;
use super::aliases::Aliases;
use super::codes::Code;
use super::draft::Draft;
use super::header::{Demand, Header};
use super::layout::{Layout, is_numbering};
use super::organizer::{Hints, declared_unit, unit_in_title};
use super::table::{Cell, Grid, Merge, Row};
use crate::model::item::{Field, InferredFrom, Source};
use crate::text::fold;

/// Reads all tables of a grid into the submissions.
pub(super) fn read_grid(grid: &Grid, reading: &mut Reading<'_>) {
    if grid.rows().is_empty() {
        return;
    }
    if super::form::read(grid, reading) {
        return;
    }
    let Some(mut header) = Header::find(grid, 0) else {
        reading.no_header(grid);
        return;
    };
    if is_roster(&header) {
        reading.report(Code::RosterTable, &grid.sheet, header.first_row, "units.csv");
        return;
    }
    let merges = grid.vertical_merges();
    let mut sheet_titles: Vec<String> = Vec::new();
    let mut titles_from = 0;
    loop {
        let first = index_after(grid, header.last_row);
        let next = (first..grid.rows().len())
            .filter(|&index| may_be_header(&grid.rows()[index]))
            .find_map(|index| Header::at(grid, index, Demand::Repeated).map(|header| (index, header)));
        let end = next.as_ref().map_or(grid.rows().len(), |(index, _)| *index);
        let table = Table::new(grid, &merges, &header, titles_from..first, end, &sheet_titles, reading);
        sheet_titles.clone_from(&table.hints.titles);
        sheet_titles.truncate(MAX_NOTES);
        titles_from = table.read(reading);
        match next {
            Some((_, next)) => header = next,
            None => return,
        }
    }
}

fn index_after(grid: &Grid, row: u32) -> usize {
    grid.rows().partition_point(|other| other.number <= row)
}

/// Whether a row below a header is worth reading as another header: two exact aliases, no number in
/// front. Cheap, because every row is asked.
fn may_be_header(row: &Row) -> bool {
    let Some(first) = row.cells.first() else { return false };
    if row.cells.len() < 2 || first.text.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let aliases = Aliases::built_in();
    let is_alias = |cell: &&Cell| cell.text.len() <= 90 && aliases.exact(&fold(&cell.text)).is_some();
    row.cells.iter().filter(is_alias).nth(1).is_some()
}

/// A roster of units has a name column too, but its other columns are those of `units.csv`.
fn is_roster(header: &Header) -> bool {
    let has = |name: &str| header.columns.iter().any(|column| fold(&column.text) == name);
    has("name") && has("parent") && (has("aliases") || has("tags"))
}

/// Notes that are looked through for the organizer.
const MAX_NOTES: usize = 200;

/// One table of a grid while it is read.
struct Table<'a> {
    grid: &'a Grid,
    layout: Layout,
    rows: &'a [Row],
    header_last_row: u32,
    merges: &'a BTreeMap<u32, Vec<Merge>>,
    hints: Hints,
    drafts: Vec<Draft>,
    /// Organizer of the section of rows being read, and the drafts it holds for.
    sections: Vec<(usize, String)>,
    /// Index of the first row after the last item.
    after_last_item: usize,
    /// Rows are numbered with digits.
    arabic: bool,
    /// The header's texts by column, to know it when it comes again.
    header: BTreeMap<u32, String>,
}

impl<'a> Table<'a> {
    fn new(
        grid: &'a Grid,
        merges: &'a BTreeMap<u32, Vec<Merge>>,
        header: &Header,
        before_body: std::ops::Range<usize>,
        end: usize,
        sheet_titles: &[String],
        reading: &mut Reading<'_>,
    ) -> Self {
        let titles_from = before_body.start;
        let rows = &grid.rows()[before_body.end..end];
        let layout = Layout::new(header, rows);
        let mapping = layout.mapping(header, reading.file(), &grid.sheet, reading.encoding());
        reading.mapped(mapping);
        if layout.nameless {
            let column = layout.fields.get(&Field::Name).and_then(|columns| columns.first()).copied();
            reading.report_column(
                Code::NameFromContent,
                &grid.sheet,
                header.first_row,
                column,
                Some(Field::Name),
                "",
            );
        }
        let above = index_after(grid, header.first_row.saturating_sub(1));
        let digits = |row: &Row| {
            let number = layout.numbering.first().and_then(|&column| row.text(column));
            number.is_some_and(|number| is_numbering(number) && number.contains(|c: char| c.is_ascii_digit()))
        };
        let arabic = rows.iter().any(digits);
        let line = |row: &Row| row.cells.iter().map(|cell| &*cell.text).collect::<Vec<_>>().join("  ");
        // A further table's own title goes before that of the sheet.
        let mut titles: Vec<String> = grid.rows()[titles_from.min(above)..above].iter().map(line).collect();
        titles.extend(grid.preamble.iter().cloned());
        titles.extend(sheet_titles.iter().cloned());
        Self {
            grid,
            layout,
            rows,
            header_last_row: header.last_row,
            merges,
            hints: Hints {
                titles,
                notes: grid.postscript.clone(),
                sheet: grid.sheet.to_string(),
                file: reading.file().to_string(),
            },
            drafts: Vec::new(),
            sections: Vec::new(),
            after_last_item: before_body.end,
            arabic,
            header: header.columns.iter().map(|column| (column.column, column.text.clone())).collect(),
        }
    }

    /// Reads the rows; returns the index of the first row that may be a title of the next table.
    fn read(mut self, reading: &mut Reading<'_>) -> usize {
        let start = self.after_last_item;
        let mut last_item_row = None;
        for (index, row) in self.rows.iter().enumerate() {
            if let Some(cell) = row.cells.iter().find(|cell| cell.oversize) {
                let field = self.field_of(cell.column);
                reading.report_column(
                    Code::CellTooLong,
                    &self.grid.sheet,
                    row.number,
                    Some(cell.column),
                    field,
                    &cell.text,
                );
                continue;
            }
            let follows = last_item_row.is_some_and(|last| last + 1 == row.number);
            match self.kind_of(row, follows) {
                RowKind::Item => {
                    let draft = self.draft(row);
                    self.drafts.push(draft);
                    last_item_row = Some(row.number);
                    self.after_last_item = start + index + 1;
                }
                RowKind::Continues => {
                    self.continue_last(row);
                    reading.report(Code::ContinuedRow, &self.grid.sheet, row.number, &row_text(row));
                    last_item_row = Some(row.number);
                    self.after_last_item = start + index + 1;
                }
                RowKind::Skipped(code) => {
                    reading.report(code, &self.grid.sheet, row.number, &row_text(row));
                    if code == Code::NoteRow {
                        self.note(row);
                    }
                }
                RowKind::Nameless => {
                    let column =
                        self.layout.fields.get(&Field::Name).and_then(|columns| columns.first()).copied();
                    reading.report_column(
                        Code::MissingName,
                        &self.grid.sheet,
                        row.number,
                        column,
                        Some(Field::Name),
                        &row_text(row),
                    );
                }
            }
        }
        let next_titles = self.after_last_item;
        self.finish(reading);
        next_titles
    }

    fn field_of(&self, column: u32) -> Option<Field> {
        self.layout.fields.iter().find(|(_, columns)| columns.contains(&column)).map(|(field, _)| *field)
    }

    /// Keeps what a note or section heading may tell of the organizer.
    fn note(&mut self, row: &Row) {
        let text = row_text(row);
        if (row.cells.len() == 1 || self.is_numbered_heading(row)) && declared_unit(&text).is_none() {
            let heading = text.rsplit(" | ").next().unwrap_or(&text).trim_start_matches(|c: char| {
                c.is_ascii_digit() || "一二三四五六七八九十、.．()（） ".contains(c)
            });
            if let Some(unit) = unit_in_title(heading) {
                self.sections.push((self.drafts.len(), unit));
                return;
            }
        }
        if self.hints.notes.len() < MAX_NOTES {
            self.hints.notes.push(text);
        }
    }

    fn own_name<'r>(&self, row: &'r Row) -> Option<&'r str> {
        self.layout.fields.get(&Field::Name)?.iter().find_map(|&column| row.text(column))
    }

    fn inherited_name(&self, row: &Row) -> Option<&'a str> {
        let inherits = |&column: &u32| {
            self.inherited(row.number, column).filter(|text| text.chars().any(char::is_alphabetic))
        };
        self.layout.fields.get(&Field::Name)?.iter().find_map(inherits)
    }

    /// The text of the merged cell that began above and reaches down to this place.
    fn inherited(&self, row: u32, column: u32) -> Option<&'a str> {
        let merges = self.merges.get(&column)?;
        let before = merges.partition_point(|merge| merge.first_row < row);
        let merge = merges[..before].last().filter(|merge| merge.last_row >= row)?;
        let below_header = merge.first_row > self.header_last_row;
        if below_header { self.grid.row(merge.first_row)?.text(column) } else { None }
    }

    /// The text that counts for this row and column, and whether it is inherited.
    fn value<'r>(&'r self, row: &'r Row, column: u32) -> Option<(&'r str, bool)> {
        row.text(column)
            .map(|text| (text, false))
            .or_else(|| self.inherited(row.number, column).map(|text| (text, true)))
    }

    /// Fills missing organizers and hands the items over.
    fn finish(self, reading: &mut Reading<'_>) {
        let hinted = self.hints.organizer();
        for (index, mut draft) in self.drafts.into_iter().enumerate() {
            if draft.get(Field::Organizer).is_empty() {
                let section = self
                    .sections
                    .iter()
                    .rev()
                    .find(|(from, _)| *from <= index)
                    .map(|(_, unit)| (unit.clone(), InferredFrom::Title));
                if let Some((unit, from)) = section.or_else(|| hinted.clone()) {
                    draft.add(Field::Organizer, &unit);
                    draft.infer(Field::Organizer, from);
                }
            }
            reading.item(draft.into_item(reading.file(), &self.grid.sheet));
        }
    }
}

fn row_text(row: &Row) -> String {
    let mut text = String::new();
    for cell in &row.cells {
        if !text.is_empty() {
            text.push_str(" | ");
        }
        text.push_str(&cell.text);
        if text.len() > 400 {
            break;
        }
    }
    text
}

/// The place of a row.
pub(super) fn source(file: &str, sheet: &str, row: u32) -> Source {
    Source { file: file.into(), sheet: sheet.into(), row }
}
