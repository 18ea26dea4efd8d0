//! `.xls` (Excel 97-2003) by calamine, which reads whole workbooks: the file is inspected first.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, Reader as _, SheetType, SheetVisible, Xls};

use super::Reading;
use super::codes::Code;
use super::excel::{Shown, value_text};
use super::table::{GridBuilder, Merge};

/// Reads all visible sheets of a workbook.
pub(super) fn read(bytes: &[u8], reading: &mut Reading<'_>) {
    // The last line of defence: this reader indexes into what the file declares.
    let opened = catch_unwind(AssertUnwindSafe(|| Xls::new(Cursor::new(bytes))));
    let mut workbook: Xls<_> = match opened {
        Ok(Ok(workbook)) => workbook,
        Ok(Err(calamine::XlsError::Password)) => return reading.report(Code::Encrypted, "", 0, "xls"),
        Ok(Err(error)) => return reading.report(Code::DamagedFile, "", 0, &error.to_string()),
        Err(_) => return reading.report(Code::DamagedFile, "", 0, "xls"),
    };
    for sheet in workbook.sheets_metadata().to_vec() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let mut builder = GridBuilder::new(&sheet.name);
        builder.set_hidden(sheet.visible != SheetVisible::Visible);
        for range in workbook.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default() {
            builder.merge(Merge {
                first_row: range.start.0.saturating_add(1),
                first_column: range.start.1.saturating_add(1),
                last_row: range.end.0.saturating_add(1),
                last_column: range.end.1.saturating_add(1),
            });
        }
        match catch_unwind(AssertUnwindSafe(|| workbook.worksheet_range(&sheet.name))) {
            Ok(Ok(range)) => {
                let (first_row, first_column) = range.start().unwrap_or_default();
                for (row, column, value) in range.used_cells() {
                    let (row, column) = (first_row + row as u32 + 1, first_column + column as u32 + 1);
                    if let Data::Error(error) = value {
                        let found = error.to_string();
                        reading.report_column(Code::CellError, &sheet.name, row, Some(column), None, &found);
                    } else if !reading.push(
                        &mut builder,
                        row,
                        column,
                        &value_text(&borrowed(value), Shown::Plain),
                    ) {
                        break;
                    }
                }
            }
            Ok(Err(error)) => reading.report(Code::DamagedFile, &sheet.name, 0, &error.to_string()),
            Err(_) => reading.report(Code::DamagedFile, &sheet.name, 0, "xls"),
        }
        reading.grid(builder);
    }
}

fn borrowed(value: &Data) -> DataRef<'_> {
    match value {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(truth) => DataRef::Bool(*truth),
        Data::DateTime(date) => DataRef::DateTime(*date),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}
