//! `.xlsx` by calamine, cell by cell: its `worksheet_range` would allocate the whole used range.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Dimensions, ExcelDateTime, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};
use quick_xml::events::Event;

use super::Reading;
use super::codes::Code;
use super::container::{self, Archive, attribute};
use super::number::date_text;
use super::shown::Shown;
use super::table::{GridBuilder, Merge};

/// Reads all visible sheets of a workbook.
pub(super) fn read(bytes: &[u8], reading: &mut Reading<'_>) {
    let Some(mut archive) = container::open(bytes, reading) else { return };
    let formats = formats(&mut archive);
    drop(archive);
    let mut workbook: Xlsx<_> = match guarded(|| Xlsx::new(Cursor::new(bytes))) {
        Ok(workbook) => workbook,
        Err(Failure::Password) => return reading.report(Code::Encrypted, "", 0, "xlsx"),
        Err(Failure::Other(error)) => return reading.report(Code::DamagedFile, "", 0, &error),
    };
    for sheet in workbook.sheets_metadata().to_vec() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let mut builder = GridBuilder::new(&sheet.name);
        builder.set_hidden(sheet.visible != SheetVisible::Visible);
        match guarded(|| workbook.merge_cells_by_sheet_name(&sheet.name)) {
            Ok(merges) => merges.iter().map(merge).for_each(|merge| builder.merge(merge)),
            Err(error) => reading.report(Code::DamagedFile, &sheet.name, 0, error.message()),
        }
        let mut last_row = 0;
        let read = guarded(|| read_cells(&mut workbook, &formats, &mut builder, &mut last_row, reading));
        // What was read before the damage is kept.
        if let Err(error) = read {
            reading.report(Code::DamagedFile, &sheet.name, last_row, error.message());
        }
        reading.grid(builder);
    }
}

/// Why calamine gave up.
enum Failure {
    Password,
    Other(String),
}

impl Failure {
    fn message(&self) -> &str {
        match self {
            Self::Password => "password",
            Self::Other(message) => message,
        }
    }
}

/// Calls calamine; its arithmetic on what a file declares may overflow.
fn guarded<T>(call: impl FnOnce() -> Result<T, XlsxError>) -> Result<T, Failure> {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(XlsxError::Password)) => Err(Failure::Password),
        Ok(Err(error)) => Err(Failure::Other(error.to_string())),
        Err(_) => Err(Failure::Other("the file declares what cannot be".to_owned())),
    }
}

fn read_cells(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    formats: &[Shown],
    builder: &mut GridBuilder,
    last_row: &mut u32,
    reading: &mut Reading<'_>,
) -> Result<(), XlsxError> {
    let name = builder.sheet().to_owned();
    let mut cells = workbook.worksheet_cells_reader(&name)?;
    while let Some((cell, style)) = cells.next_cell_with_style_id()? {
        let (row, column) = cell.get_position();
        let (row, column) = (row.saturating_add(1), column.saturating_add(1));
        *last_row = row;
        let shown = formats.get(style).copied().unwrap_or(Shown::Plain);
        let text = match cell.get_value() {
            DataRef::SharedString(text) => Cow::Borrowed(*text),
            DataRef::Error(error) => {
                let found = error.to_string();
                reading.report_column(Code::CellError, &name, row, Some(column), None, &found);
                continue;
            }
            value => value_text(value, shown).into(),
        };
        if !reading.push(builder, row, column, &text) {
            break;
        }
    }
    Ok(())
}

fn merge(range: &Dimensions) -> Merge {
    Merge {
        first_row: range.start.0.saturating_add(1),
        first_column: range.start.1.saturating_add(1),
        last_row: range.end.0.saturating_add(1),
        last_column: range.end.1.saturating_add(1),
    }
}

/// A cell's value as text; nothing for an empty cell.
fn value_text(value: &DataRef<'_>, shown: Shown) -> String {
    match value {
        DataRef::Int(number) => shown.text(*number as f64, false),
        DataRef::Float(number) => shown.text(*number, false),
        DataRef::String(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => if *truth { "是" } else { "否" }.to_owned(),
        DataRef::DateTime(date) => date_time_text(*date, shown),
        DataRef::DateTimeIso(text) => text.split('T').next().unwrap_or_default().to_owned(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

fn date_time_text(date: ExcelDateTime, shown: Shown) -> String {
    let (year, month, day, hour, minute, ..) = date.to_ymd_hms_milli();
    if date.is_duration() || date.as_f64() < 1.0 {
        return format!("{hour:02}:{minute:02}");
    }
    match shown {
        Shown::Month => format!("{year}年{month}月"),
        _ => date_text(year, month, day),
    }
}

/// How each cell format shows its values, read from the style sheet: calamine does not tell the
/// built-in formats of Chinese editions, by which `2023年4月` is typed.
fn formats(archive: &mut Archive<'_>) -> Vec<Shown> {
    let names: Vec<String> = archive.file_names().filter_map(Result::ok).map(Cow::into_owned).collect();
    let styles = names.iter().find(|name| name.to_ascii_lowercase().ends_with("styles.xml"));
    let Some(mut xml) = styles.and_then(|name| container::xml(archive, name)) else { return Vec::new() };
    let mut codes: BTreeMap<u32, Shown> = BTreeMap::new();
    let mut formats = Vec::new();
    let mut in_cell_formats = false;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(element)) => match element.local_name().as_ref() {
                "numFmt" => {
                    let id = attribute(&element, "numFmtId").and_then(|id| id.parse().ok());
                    let code = attribute(&element, "formatCode");
                    codes.extend(id.zip(code).map(|(id, code)| (id, Shown::by(&code))));
                }
                "cellXfs" => in_cell_formats = true,
                "xf" if in_cell_formats => {
                    let id = attribute(&element, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                    formats.push(codes.get(&id).copied().unwrap_or(Shown::built_in(id)));
                }
                _ => {}
            },
            Ok(Event::End(element)) if element.local_name().as_ref() == "cellXfs" => return formats,
            Ok(Event::Eof) | Err(_) => return formats,
            Ok(_) => {}
        }
    }
}
