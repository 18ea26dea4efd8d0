//! `.xlsx` by calamine, cell by cell: its `worksheet_range` would allocate the whole used range.

use std::borrow::Cow;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{
    DataRef, Dimensions, ExcelDateTime, Reader as _, SheetType, SheetVisible, Style, Xlsx, XlsxError,
};

use super::Reading;
use super::codes::Code;
use super::container;
use super::number::{date_text, number_text, percent_text};
use super::table::{GridBuilder, Merge};

/// Reads all visible sheets of a workbook.
pub(super) fn read(bytes: &[u8], reading: &mut Reading<'_>) {
    if container::open(bytes, reading).is_none() {
        return;
    }
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
        let read = guarded(|| read_cells(&mut workbook, &sheet.name, &mut builder, &mut last_row, reading));
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
    name: &str,
    builder: &mut GridBuilder,
    last_row: &mut u32,
    reading: &mut Reading<'_>,
) -> Result<(), XlsxError> {
    let mut cells = workbook.worksheet_cells_reader(name)?;
    let shown =
        |style: &Style| style.number_format.as_ref().map_or(Shown::Plain, |f| Shown::by(&f.format_code));
    let formats: Vec<Shown> = cells.styles().iter().map(shown).collect();
    while let Some((cell, style)) = cells.next_cell_with_style_id()? {
        let (row, column) = cell.get_position();
        let (row, column) = (row.saturating_add(1), column.saturating_add(1));
        *last_row = row;
        let shown = formats.get(style).copied().unwrap_or(Shown::Plain);
        let text = match cell.get_value() {
            DataRef::SharedString(text) => Cow::Borrowed(*text),
            DataRef::Error(error) => {
                let found = error.to_string();
                reading.report_column(Code::CellError, name, row, Some(column), None, &found);
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

/// How a cell's number format shows its value, as far as it changes the meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    Plain,
    /// A percentage with this many decimals.
    Percent(usize),
    /// Year and month without a day: `2023年4月`.
    Month,
}

impl Shown {
    /// What a format code such as `0.00%` or `yyyy"年"m"月"` shows.
    pub(super) fn by(code: &str) -> Self {
        let first = code.split(';').next().unwrap_or_default();
        if let Some((digits, _)) = first.split_once('%') {
            return Self::Percent(digits.rsplit_once('.').map_or(0, |(_, decimals)| decimals.len().min(10)));
        }
        // Literal text and locale marks are not part of the pattern.
        let mut pattern = String::new();
        let mut quoted = false;
        let mut bracketed = false;
        for character in first.chars() {
            match character {
                '"' => quoted = !quoted,
                '[' if !quoted => bracketed = true,
                ']' if !quoted => bracketed = false,
                c if !quoted && !bracketed => pattern.push(c.to_ascii_lowercase()),
                _ => {}
            }
        }
        if pattern.contains('y') && pattern.contains('m') && !pattern.contains('d') && !pattern.contains('h')
        {
            Self::Month
        } else {
            Self::Plain
        }
    }
}

/// A cell's value as text; nothing for an empty cell.
pub(super) fn value_text(value: &DataRef<'_>, shown: Shown) -> String {
    match value {
        DataRef::Int(number) => float_text(*number as f64, shown),
        DataRef::Float(number) => float_text(*number, shown),
        DataRef::String(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => if *truth { "是" } else { "否" }.to_owned(),
        DataRef::DateTime(date) => date_time_text(*date, shown),
        DataRef::DateTimeIso(text) => text.split('T').next().unwrap_or_default().to_owned(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

fn float_text(number: f64, shown: Shown) -> String {
    match shown {
        Shown::Percent(decimals) => percent_text(number, decimals),
        _ => number_text(number),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_tell_percentages_and_months() {
        assert_eq!(Shown::by("0%"), Shown::Percent(0));
        assert_eq!(Shown::by("0.00%"), Shown::Percent(2));
        assert_eq!(Shown::by("yyyy\"年\"m\"月\""), Shown::Month);
        assert_eq!(Shown::by("[$-804]yyyy\"年\"m\"月\";@"), Shown::Month);
        assert_eq!(Shown::by("yyyy\"年\"m\"月\"d\"日\""), Shown::Plain);
        assert_eq!(Shown::by("General"), Shown::Plain);
    }
}
