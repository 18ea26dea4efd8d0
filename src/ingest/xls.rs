//! `.xls` (Excel 97-2003, BIFF8), record by record.
//!
//! An own reader, because calamine builds every sheet's whole used range when it opens a workbook: a
//! mutated file of 100 kB made it ask for all memory there is. Here a file costs what stands in it.

use std::collections::BTreeMap;

use super::Reading;
use super::cfb::{self, f64_at, u16_at, u32_at};
use super::codes::Code;
use super::shown::Shown;
use super::table::{GridBuilder, Merge};

/// Reads all visible sheets of a workbook.
pub(super) fn read(bytes: &[u8], reading: &mut Reading<'_>) {
    match cfb::stream(bytes, &["Workbook", "Book"]) {
        Some((_, stream)) if !stream.is_empty() => read_workbook(&stream, reading),
        _ => reading.report(Code::DamagedFile, "", 0, "no Workbook stream"),
    }
}

/// Types of the records that matter.
mod kind {
    pub(super) const FORMULA: u16 = 0x0006;
    pub(super) const EOF: u16 = 0x000a;
    pub(super) const DATE_1904: u16 = 0x0022;
    pub(super) const FILE_PASS: u16 = 0x002f;
    pub(super) const CONTINUE: u16 = 0x003c;
    pub(super) const BOUND_SHEET: u16 = 0x0085;
    pub(super) const MUL_RK: u16 = 0x00bd;
    pub(super) const RSTRING: u16 = 0x00d6;
    pub(super) const XF: u16 = 0x00e0;
    pub(super) const MERGED_CELLS: u16 = 0x00e5;
    pub(super) const SST: u16 = 0x00fc;
    pub(super) const LABEL_SST: u16 = 0x00fd;
    pub(super) const NUMBER: u16 = 0x0203;
    pub(super) const LABEL: u16 = 0x0204;
    pub(super) const BOOL_ERR: u16 = 0x0205;
    pub(super) const STRING: u16 = 0x0207;
    pub(super) const RK: u16 = 0x027e;
    pub(super) const FORMAT: u16 = 0x041e;
    pub(super) const BOF: u16 = 0x0809;
}

/// More sheets than this no workbook has.
const MAX_SHEETS: usize = 1024;

fn read_workbook(stream: &[u8], reading: &mut Reading<'_>) {
    let globals = match Globals::read(stream) {
        Ok(globals) => globals,
        Err((code, found)) => return reading.report(code, "", 0, found),
    };
    for sheet in &globals.sheets {
        let mut builder = GridBuilder::new(&sheet.name);
        builder.set_hidden(sheet.hidden);
        let mut cells = Cells { globals: &globals, builder, reading: &mut *reading, full: false };
        let complete = cells.read(stream, sheet.offset);
        let Cells { builder, full, .. } = cells;
        if !complete && !full {
            reading.report(Code::DamagedFile, &sheet.name, 0, "the sheet ends too early");
        }
        reading.grid(builder);
    }
}

/// What stands before the sheets.
#[derive(Default)]
struct Globals {
    since_1904: bool,
    sheets: Vec<Sheet>,
    strings: Vec<String>,
    formats: Vec<Shown>,
}

struct Sheet {
    name: String,
    offset: usize,
    hidden: bool,
}

impl Globals {
    fn read(stream: &[u8]) -> Result<Self, (Code, &'static str)> {
        let mut globals = Self::default();
        let mut codes: BTreeMap<u16, Shown> = BTreeMap::new();
        let mut format_ids: Vec<u16> = Vec::new();
        let mut records = Records::new(stream, 0);
        let first = records.next().filter(|record| record.kind == kind::BOF);
        match first.and_then(|record| u16_at(record.data(), 0)) {
            Some(0x0600) => {}
            Some(0x0500) => return Err((Code::UnsupportedFormat, "Excel 5.0/95")),
            _ => return Err((Code::DamagedFile, "no BIFF8 workbook")),
        }
        for record in records {
            let data = record.data();
            match record.kind {
                kind::EOF => break,
                kind::FILE_PASS => return Err((Code::Encrypted, "xls password")),
                kind::DATE_1904 => globals.since_1904 = u16_at(data, 0) == Some(1),
                kind::FORMAT => {
                    let code = Text::new(&record.parts, 2).string();
                    codes.extend(u16_at(data, 0).zip(code).map(|(id, code)| (id, Shown::by(&code))));
                }
                kind::XF => format_ids.extend(u16_at(data, 2)),
                // Only worksheets; a chart or macro sheet holds no table.
                kind::BOUND_SHEET if data.get(5) == Some(&0) && globals.sheets.len() < MAX_SHEETS => {
                    let name = Text::new(&record.parts, 6).short_string();
                    let offset = u32_at(data, 0).map(|offset| offset as usize);
                    let hidden = data.get(4).is_some_and(|state| state & 3 != 0);
                    globals.sheets.extend(offset.zip(name).map(|(offset, name)| Sheet {
                        name,
                        offset,
                        hidden,
                    }));
                }
                kind::SST => {
                    let mut text = Text::new(&record.parts, 8);
                    globals.strings.extend(std::iter::from_fn(|| text.string()));
                }
                _ => {}
            }
        }
        let shown = |id: &u16| codes.get(id).copied().unwrap_or(Shown::built_in(u32::from(*id)));
        globals.formats = format_ids.iter().map(shown).collect();
        Ok(globals)
    }
}

/// The cells of one sheet on their way into a grid.
struct Cells<'c, 'r> {
    globals: &'c Globals,
    builder: GridBuilder,
    reading: &'c mut Reading<'r>,
    full: bool,
}

impl Cells<'_, '_> {
    /// Whether the sheet was read to its end.
    fn read(&mut self, stream: &[u8], offset: usize) -> bool {
        let mut depth = 0u32;
        // Where the text of a formula belongs that follows in its own record.
        let mut awaited: Option<(u16, u16)> = None;
        for record in Records::new(stream, offset) {
            let data = record.data();
            match record.kind {
                kind::BOF => depth += 1,
                kind::EOF => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return true;
                    }
                }
                // Charts lie inside of a sheet, with cells of their own.
                _ if depth != 1 => {}
                kind::MERGED_CELLS => self.merges(data),
                kind::MUL_RK => self.numbers(data),
                kind::STRING => {
                    if let Some((row, column)) = awaited.take() {
                        let text = Text::new(&record.parts, 0).string().unwrap_or_default();
                        self.push(row, column, &text);
                    }
                }
                _ => {
                    let Some((row, column)) = u16_at(data, 0).zip(u16_at(data, 2)) else { continue };
                    awaited = awaited.filter(|_| record.kind != kind::FORMULA);
                    self.cell(&record, row, column, &mut awaited);
                }
            }
            if self.full {
                return false;
            }
        }
        false
    }

    fn cell(&mut self, record: &Record<'_>, row: u16, column: u16, awaited: &mut Option<(u16, u16)>) {
        let data = record.data();
        let format = u16_at(data, 4).unwrap_or(0);
        match record.kind {
            kind::LABEL_SST => {
                let globals = self.globals;
                let text = u32_at(data, 6).and_then(|index| globals.strings.get(index as usize));
                self.push(row, column, text.map_or("", String::as_str));
            }
            kind::LABEL | kind::RSTRING => {
                let text = Text::new(&record.parts, 6).string().unwrap_or_default();
                self.push(row, column, &text);
            }
            kind::NUMBER => self.number(row, column, format, f64_at(data, 6)),
            kind::RK => self.number(row, column, format, u32_at(data, 6).map(rk_value)),
            kind::BOOL_ERR => self.bool_or_error(row, column, data.get(6).copied(), data.get(7).copied()),
            kind::FORMULA => match (data.get(6), u16_at(data, 12)) {
                (Some(0), Some(0xffff)) => *awaited = Some((row, column)),
                (Some(1), Some(0xffff)) => self.bool_or_error(row, column, data.get(8).copied(), Some(0)),
                (Some(2), Some(0xffff)) => self.bool_or_error(row, column, data.get(8).copied(), Some(1)),
                (Some(_), Some(0xffff)) => {}
                _ => self.number(row, column, format, f64_at(data, 6)),
            },
            _ => {}
        }
    }

    fn push(&mut self, row: u16, column: u16, text: &str) {
        self.full = !self.reading.push(&mut self.builder, u32::from(row) + 1, u32::from(column) + 1, text);
    }

    fn number(&mut self, row: u16, column: u16, format: u16, value: Option<f64>) {
        let shown = self.globals.formats.get(usize::from(format)).copied().unwrap_or_default();
        if let Some(value) = value {
            self.push(row, column, &shown.text(value, self.globals.since_1904));
        }
    }

    fn numbers(&mut self, data: &[u8]) {
        let Some((row, first)) = u16_at(data, 0).zip(u16_at(data, 2)) else { return };
        let values = data.get(4..data.len().saturating_sub(2)).unwrap_or_default();
        for (column, value) in (first..=u16::MAX).zip(values.chunks_exact(6)) {
            if !self.full {
                self.number(row, column, u16_at(value, 0).unwrap_or(0), u32_at(value, 2).map(rk_value));
            }
        }
    }

    fn bool_or_error(&mut self, row: u16, column: u16, value: Option<u8>, is_error: Option<u8>) {
        if is_error == Some(1) {
            let name = match value {
                Some(0x00) => "#NULL!",
                Some(0x07) => "#DIV/0!",
                Some(0x0f) => "#VALUE!",
                Some(0x17) => "#REF!",
                Some(0x1d) => "#NAME?",
                Some(0x24) => "#NUM!",
                _ => "#N/A",
            };
            let (row, column) = (u32::from(row) + 1, u32::from(column) + 1);
            let sheet = self.builder.sheet().to_owned();
            self.reading.report_column(Code::CellError, &sheet, row, Some(column), None, name);
        } else {
            self.push(row, column, if value == Some(0) { "否" } else { "是" });
        }
    }

    fn merges(&mut self, data: &[u8]) {
        for range in data.get(2..).unwrap_or_default().chunks_exact(8) {
            let at = |index: usize| u16_at(range, index).map_or(1, |number| u32::from(number) + 1);
            self.builder.merge(Merge {
                first_row: at(0),
                last_row: at(2),
                first_column: at(4),
                last_column: at(6),
            });
        }
    }
}

/// A number packed into 30 bits, perhaps in hundredths.
fn rk_value(packed: u32) -> f64 {
    let value = if packed & 2 != 0 {
        f64::from((packed as i32) >> 2)
    } else {
        f64::from_bits(u64::from(packed & 0xffff_fffc) << 32)
    };
    if packed & 1 != 0 { value / 100.0 } else { value }
}

/// A record with those that continue it.
struct Record<'a> {
    kind: u16,
    parts: Vec<&'a [u8]>,
}

impl<'a> Record<'a> {
    /// The first part.
    fn data(&self) -> &'a [u8] {
        self.parts.first().copied().unwrap_or_default()
    }
}

struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    fn new(stream: &'a [u8], offset: usize) -> Self {
        Self { rest: stream.get(offset..).unwrap_or_default() }
    }

    fn one(&mut self) -> Option<(u16, &'a [u8])> {
        let (kind, length) = u16_at(self.rest, 0).zip(u16_at(self.rest, 2))?;
        let end = 4 + usize::from(length);
        let data = self.rest.get(4..end)?;
        self.rest = &self.rest[end..];
        Some((kind, data))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (kind, data) = self.one()?;
        let mut parts = vec![data];
        while u16_at(self.rest, 0) == Some(kind::CONTINUE) {
            let Some((_, data)) = self.one() else { break };
            parts.push(data);
        }
        Some(Record { kind, parts })
    }
}

/// Strings in a record and its continuations.
struct Text<'p, 'a> {
    parts: &'p [&'a [u8]],
    part: usize,
    position: usize,
}

impl<'p, 'a> Text<'p, 'a> {
    fn new(parts: &'p [&'a [u8]], position: usize) -> Self {
        Self { parts, part: 0, position }
    }

    /// What is left of the current part.
    fn left(&self) -> &'a [u8] {
        self.parts.get(self.part).and_then(|part| part.get(self.position..)).unwrap_or_default()
    }

    /// Skips bytes, into the continuations if need be.
    fn skip(&mut self, mut bytes: usize) {
        while bytes > 0 && self.part < self.parts.len() {
            let step = bytes.min(self.left().len());
            self.position += step;
            bytes -= step;
            if bytes > 0 {
                self.part += 1;
                self.position = 0;
            }
        }
    }

    /// The next `length` bytes as one number each of two; a header is never split over parts.
    fn header(&mut self, length: usize) -> Option<&'a [u8]> {
        if self.left().is_empty() {
            self.part += 1;
            self.position = 0;
        }
        let header = self.left().get(..length)?;
        self.position += length;
        Some(header)
    }

    /// A string with a length of two bytes.
    fn string(&mut self) -> Option<String> {
        let header = self.header(3)?;
        self.characters(usize::from(u16_at(header, 0)?), header[2])
    }

    /// A string with a length of one byte.
    fn short_string(&mut self) -> Option<String> {
        let header = self.header(2)?;
        self.characters(usize::from(header[0]), header[1])
    }

    fn characters(&mut self, count: usize, flags: u8) -> Option<String> {
        let runs = if flags & 8 != 0 { usize::from(u16_at(self.header(2)?, 0)?) } else { 0 };
        let extension = if flags & 4 != 0 { u32_at(self.header(4)?, 0)? as usize } else { 0 };
        let mut wide = flags & 1 != 0;
        let mut units: Vec<u16> = Vec::with_capacity(count.min(self.left().len()));
        while units.len() < count {
            let left = self.left();
            let missing = count - units.len();
            if wide {
                let pairs = left.chunks_exact(2).take(missing);
                let before = units.len();
                units.extend(pairs.map(|pair| u16::from_le_bytes([pair[0], pair[1]])));
                self.position += 2 * (units.len() - before);
            } else {
                let taken = left.len().min(missing);
                units.extend(left[..taken].iter().map(|&byte| u16::from(byte)));
                self.position += taken;
            }
            if units.len() < count {
                // The text goes on in the next part, which begins with new flags.
                self.part += 1;
                self.position = 1;
                wide = self.parts.get(self.part)?.first()? & 1 != 0;
            }
        }
        self.skip(4 * runs + extension);
        Some(String::from_utf16_lossy(&units))
    }
}
