//! Forms that describe one item each: labels with their values beside them, not a header above.
//!
//! ```text
//! 事项名称 | 春季开学检查
//! 主办单位 | 县教育局     | 配合单位 | 县卫健局
//! 检查内容 | 查开学准备
//! ```

use super::aliases::{Aliases, Role};
use super::codes::Code;
use super::draft::Draft;
use super::organizer::Hints;
use super::table::{Cell, Grid, Row};
use super::{HeaderMapping, MappedColumn, Reading};
use crate::model::item::Field;
use crate::text::fold;

/// Fields a grid must tell in this way to be taken for a form.
const MIN_FIELDS: usize = 3;
/// Forms are short; a grid with more rows is a table.
const MAX_ROWS: usize = 400;

/// A label, and the values that stand beside it.
struct Pair<'a> {
    row: u32,
    label: &'a Cell,
    role: Role,
    values: Vec<&'a Cell>,
}

/// Reads a grid that is a form, or several one below the other; false if it is none.
pub(super) fn read(grid: &Grid, reading: &mut Reading<'_>) -> bool {
    let Some(pairs) = pairs(grid) else { return false };
    let is_name = |pair: &Pair<'_>| pair.role == Role::Field(Field::Name);
    let first = pairs.iter().map(|pair| pair.row).min().unwrap_or(0);
    let mut hints =
        Hints { sheet: grid.sheet.to_string(), file: reading.file().to_string(), ..Hints::default() };
    hints.titles.clone_from(&grid.preamble);
    hints.notes.clone_from(&grid.postscript);
    let mut last_draft = None;
    for row in grid.rows() {
        if row.number < first {
            hints.titles.push(row.cells.iter().map(|cell| &*cell.text).collect::<Vec<_>>().join("  "));
        } else if !pairs.iter().any(|pair| pair.row == row.number) {
            reading.report(Code::NoteRow, &grid.sheet, row.number, &row.cells[0].text);
        } else if pairs.iter().any(|pair| pair.row == row.number && is_name(pair)) {
            last_draft = Some(row.number);
        } else {
            reading.report(Code::ContinuedRow, &grid.sheet, row.number, &row.cells[0].text);
        }
    }
    if last_draft.is_none() {
        return false;
    }
    reading.mapped(HeaderMapping {
        file: reading.file().to_string(),
        sheet: grid.sheet.to_string(),
        header_row: first,
        columns: pairs
            .iter()
            .map(|pair| MappedColumn {
                column: pair.label.column,
                header: pair.label.text.to_string(),
                field: pair.role.field(),
            })
            .collect(),
        encoding: reading.encoding().map(str::to_owned),
    });
    let inferred = hints.organizer();
    // A form begins with its first label; the next one where a label comes a second time.
    let mut form: Vec<&Pair<'_>> = Vec::new();
    let mut forms: Vec<Vec<&Pair<'_>>> = Vec::new();
    for pair in &pairs {
        if is_name(pair) && form.iter().any(|before| is_name(before)) {
            // Labels above the name belong to the new form if they stood above it the first time.
            let lead = forms.first().unwrap_or(&form).iter().take_while(|before| !is_name(before)).count();
            let split = form.len().saturating_sub(lead);
            let next = form.split_off(split);
            forms.push(std::mem::replace(&mut form, next));
        }
        form.push(pair);
    }
    forms.push(form);
    for form in &forms {
        let Some(name) = form.iter().find(|pair| is_name(pair)) else { continue };
        // Items side by side, one a column, with all labels in front: a table on its side.
        let on_its_side =
            name.values.len() > 1 && form.iter().all(|pair| pair.label.column == name.label.column);
        let columns: Vec<Option<u32>> = if on_its_side {
            name.values.iter().map(|value| Some(value.column)).collect()
        } else {
            vec![None]
        };
        for column in columns {
            let mut draft = draft(form, name.row, column);
            if draft.get(Field::Organizer).is_empty()
                && let Some((unit, from)) = &inferred
            {
                draft.add(Field::Organizer, unit);
                draft.infer(Field::Organizer, *from);
            }
            if draft.get(Field::Name).iter().any(|name| name.chars().any(char::is_alphabetic)) {
                let mut item = draft.into_item(reading.file(), &grid.sheet);
                // Several items of one row need several ids.
                if let Some(column) = column
                    && item.id.ends_with(&format!("!{}", name.row))
                {
                    item.id = format!("{}.{column}", item.id);
                }
                reading.item(item);
            } else {
                reading.report_column(
                    Code::MissingName,
                    &grid.sheet,
                    name.row,
                    Some(name.label.column),
                    Some(Field::Name),
                    &name.label.text,
                );
            }
        }
    }
    true
}

/// The texts of a form, or of one column of it.
fn draft(form: &[&Pair<'_>], row: u32, column: Option<u32>) -> Draft {
    let mut draft = Draft::new(row);
    for pair in form {
        for value in pair.values.iter().filter(|value| column.is_none_or(|column| value.column == column)) {
            add(&mut draft, pair, &value.text);
        }
    }
    draft
}

fn add(draft: &mut Draft, pair: &Pair<'_>, value: &str) {
    let label: String = pair.label.text.chars().filter(|c| !c.is_whitespace()).collect();
    match pair.role {
        Role::Field(field) | Role::Both(field, _) => draft.add(field, value),
        Role::ScheduleFrom | Role::ScheduleTo => draft.add(Field::Schedule, value),
        Role::Number => draft.add(Field::Ratio, value),
        Role::Base | Role::Labelled => draft.add_extra(&label, value),
        Role::Desk => draft.desks.push((label, value.to_owned())),
        Role::Ignored => {}
    }
}

/// The labels with their values, if the grid is a form.
fn pairs(grid: &Grid) -> Option<Vec<Pair<'_>>> {
    if grid.rows().len() > MAX_ROWS
        || grid.rows().iter().any(|row| row.cells.iter().any(|cell| cell.oversize))
    {
        return None;
    }
    let mut pairs: Vec<Pair<'_>> = Vec::new();
    for row in grid.rows() {
        let roles: Vec<Option<Role>> = row.cells.iter().map(role_of).collect();
        // Two labels side by side are a header: in a form a value stands between, if only a blank one.
        let adjacent = |pair: (&[Cell], &[Option<Role>])| {
            pair.0[0].column + 1 == pair.0[1].column && pair.1.iter().all(Option::is_some)
        };
        if row.cells.windows(2).zip(roles.windows(2)).any(adjacent) {
            return None;
        }
        read_row(row, &roles, &mut pairs);
    }
    let mut fields: Vec<Field> = pairs
        .iter()
        .filter(|pair| !pair.values.is_empty() && pair.role.is_telling())
        .filter_map(|pair| pair.role.field())
        .collect();
    fields.sort_unstable();
    fields.dedup();
    let names: Vec<&Pair<'_>> = pairs.iter().filter(|pair| pair.role == Role::Field(Field::Name)).collect();
    let rows = pairs.iter().map(|pair| pair.row).collect::<std::collections::BTreeSet<_>>().len();
    let is_form = fields.len() >= MIN_FIELDS && rows >= 2 && names.iter().any(|name| !name.values.is_empty());
    is_form.then_some(pairs)
}

fn role_of(cell: &Cell) -> Option<Role> {
    if cell.text.chars().nth(30).is_some() {
        return None;
    }
    Aliases::built_in().exact(&fold(&cell.text)).map(|found| found.role)
}

fn read_row<'a>(row: &'a Row, roles: &[Option<Role>], pairs: &mut Vec<Pair<'a>>) {
    // A row without a label continues the value above it, if it does not begin further left.
    if roles.iter().all(Option::is_none) {
        if let Some(last) = pairs.last_mut()
            && last.row + last.values.len() as u32 >= row.number
            && row.cells[0].column > last.label.column
        {
            let values: Vec<&Cell> = row.cells.iter().collect();
            let (label, role) = (last.label, last.role);
            pairs.push(Pair { row: row.number, label, role, values });
        }
        return;
    }
    for (cell, role) in row.cells.iter().zip(roles) {
        match role {
            Some(role) => pairs.push(Pair { row: row.number, label: cell, role: *role, values: Vec::new() }),
            None => {
                if let Some(last) = pairs.last_mut().filter(|last| last.row == row.number) {
                    last.values.push(cell);
                }
            }
        }
    }
}
