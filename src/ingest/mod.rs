//! Bytes to items: spreadsheets, text tables, JSON and documents that nobody laid out alike.
//!
//! ```text
//! walk      which files, in which order
//! sniff     what a file is, whatever its name says
//! csv excel ods xls docx    bytes → table (the neutral grid); json → drafts
//! header    which row is the header, what each column means (headers.toml)
//! form      labels beside their values instead of a header
//! rows      which row is an item, continues one, or is a note
//! draft     the texts of one item → Item
//! drafter   an element of a JSON file → Item; of JSONL, on all threads
//! record    named values → the texts of one item, for JSON and for programs
//! organizer who submits, when no column says so
//! ```
//!
//! Every non-empty row below a header ends as an [`Item`] or as a [`Diagnostic`]: as `Rejected` when
//! it looked like an item and has no usable name, as `Info` when it is a note, a total or the
//! continuation of the item above. A bad row does not stop a file, a bad file does not stop the run.
//!
//! What is *not* an error: a table without a recognisable name column (`no_header`), a roster of
//! units, a hidden sheet (reported and not read: what its maker hid is not submitted).
//!
//! Text is kept verbatim but for white space around it, line breaks (`\n`), placeholders such as
//! `/` and `—` (nothing) and lists of co-organizers (split outside brackets). Columns that belong to
//! no field are kept in [`Item::notes`] as `header:value`; numbering, people and signatures are not.
//! Merged cells are inherited downwards only, and [`Item::inferred`] says so.

// Without some readers, parts of what they share have no user.
#![cfg_attr(not(all(feature = "csv", feature = "excel", feature = "docx")), allow(dead_code))]

mod aliases;
#[cfg(feature = "excel")]
mod cfb;
mod codes;
#[cfg(any(feature = "excel", feature = "docx"))]
mod container;
#[cfg(feature = "csv")]
mod csv;
#[cfg(feature = "docx")]
mod docx;
mod draft;
mod drafter;
mod element;
#[cfg(feature = "excel")]
mod excel;
mod form;
mod header;
mod json;
mod layout;
mod limits;
mod number;
#[cfg(feature = "excel")]
mod ods;
mod organizer;
mod record;
mod rows;
#[cfg(feature = "excel")]
mod shown;
mod sniff;
mod table;
mod walk;
#[cfg(feature = "excel")]
mod xls;

use std::path::PathBuf;
use std::sync::Arc;

pub use self::limits::Limits;
pub use self::record::{Key, Value, item_of_record};

use self::codes::Code;
use self::limits::{Exceeded, Spent};
use self::sniff::Format;
use self::table::{Grid, GridBuilder};
use crate::error::Result;
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::item::{Field, Item};

/// Everything that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Submissions {
    /// The items, by file (in order of bytes), sheet (in the file's order) and row.
    pub items: Vec<Item>,
    /// What the readers had to say, in the order of reading.
    pub diagnostics: Vec<Diagnostic>,
    /// How the header of each table was understood.
    pub mappings: Vec<HeaderMapping>,
    /// Number of files that were opened.
    pub files: usize,
}

/// How one table's header was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderMapping {
    /// The file, as in [`Source::file`](crate::model::item::Source::file).
    pub file: String,
    /// The sheet; empty where the format has none.
    pub sheet: String,
    /// Physical number of the first header row.
    pub header_row: u32,
    /// The columns that have a header, left to right.
    pub columns: Vec<MappedColumn>,
    /// Encoding of a text file.
    pub encoding: Option<String>,
}

/// What one column was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappedColumn {
    /// From 1.
    pub column: u32,
    /// The header as written; a parent header stands before it with `/`.
    pub header: String,
    /// The field; `None` for a column that is ignored by name (序号, 联系电话 …) or not known. The
    /// text of an unknown one is kept in the notes.
    pub field: Option<Field>,
}

/// Reads files and folders.
///
/// Folders are walked recursively, by name in order of bytes, without hidden files and lock files
/// (`~$…`) and without following links to folders. `progress` is called with each file's name before
/// it is read. The order of `paths` does not matter: files are read in order of their names. A file's
/// name is its path relative to the folder that was given, with `/`, or its bare name; where two
/// folders would give the same name, the folder's name stands before it.
///
/// # Errors
/// [`Error::Read`](crate::Error::Read) if one of `paths` does not exist or cannot be opened. Whatever
/// goes wrong inside a folder or a file is a diagnostic.
///
/// # Examples
/// ```no_run
/// use tongchou::ingest::{Limits, read_paths};
/// let read = read_paths(&["submissions".into()], &Limits::default(), &mut |_| {})?;
/// println!("{} items of {} files", read.items.len(), read.files);
/// # Ok::<(), tongchou::Error>(())
/// ```
pub fn read_paths(paths: &[PathBuf], limits: &Limits, progress: &mut dyn FnMut(&str)) -> Result<Submissions> {
    let mut submissions = Submissions::default();
    let files = walk::collect(paths, limits, &mut submissions.diagnostics)?;
    for file in files {
        progress(&file.name);
        match walk::load(&file, limits) {
            Ok(bytes) => {
                submissions.files += 1;
                read_file(&file.name, bytes.into(), limits, &mut submissions);
            }
            Err(diagnostic) => submissions.diagnostics.push(*diagnostic),
        }
    }
    Ok(submissions)
}

/// Reads one file that is in memory. `name` gives the extension and the hint of its submitter.
///
/// # Examples
/// ```
/// use tongchou::ingest::{Limits, read_bytes};
/// let csv = "事项名称,检查对象\n加油站安全检查,辖区加油站\n";
/// let read = read_bytes("应急局.csv", csv.as_bytes(), &Limits::default());
/// assert_eq!(read.items[0].name, "加油站安全检查");
/// assert_eq!(read.items[0].organizer.as_deref(), Some("应急局"));
/// ```
#[must_use]
pub fn read_bytes(name: &str, bytes: &[u8], limits: &Limits) -> Submissions {
    let mut submissions = Submissions { files: 1, ..Submissions::default() };
    if bytes.len() as u64 > limits.max_file_bytes {
        let found = format!("{} bytes", bytes.len());
        submissions.diagnostics.push(Code::FileTooLarge.at(rows::source(name, "", 0), &found));
    } else {
        read_file(name, bytes.into(), limits, &mut submissions);
    }
    submissions
}

fn read_file(name: &str, bytes: std::borrow::Cow<'_, [u8]>, limits: &Limits, submissions: &mut Submissions) {
    let mut reading = Reading {
        file: name.into(),
        limits,
        spent: Spent::default(),
        encoding: None,
        tables: 0,
        headerless: Vec::new(),
        submissions,
    };
    let extension = sniff::extension(name);
    let format = match sniff::format(&extension, &bytes) {
        Ok(format) => format,
        Err((code, found)) => {
            reading.report(code, "", 0, &found);
            return;
        }
    };
    if !format.has_extension(&extension) {
        reading.report(Code::WrongExtension, "", 0, &format!(".{extension}: {}", format.name()));
    }
    match format {
        #[cfg(feature = "csv")]
        Format::Text => csv::read(bytes, &extension, &mut reading),
        #[cfg(feature = "excel")]
        Format::Xlsx => excel::read(&bytes, &mut reading),
        #[cfg(feature = "excel")]
        Format::Ods => ods::read(&bytes, &mut reading),
        #[cfg(feature = "excel")]
        Format::Xls => xls::read(&bytes, &mut reading),
        #[cfg(feature = "docx")]
        Format::Docx => docx::read(&bytes, &mut reading),
        Format::Json | Format::JsonLines => json::read(bytes, format, &mut reading),
        #[allow(unreachable_patterns, reason = "reached when a format's feature is off")]
        other => reading.report(Code::FormatNotBuilt, "", 0, other.name()),
    }
    reading.finish();
}

/// One file while it is read: what readers write to.
struct Reading<'a> {
    file: Arc<str>,
    limits: &'a Limits,
    spent: Spent,
    encoding: Option<String>,
    tables: usize,
    /// Sheets without a header: sheet, first row, its text.
    headerless: Vec<(String, u32, String)>,
    submissions: &'a mut Submissions,
}

impl Reading<'_> {
    fn file(&self) -> &Arc<str> {
        &self.file
    }

    fn encoding(&self) -> Option<&str> {
        self.encoding.as_deref()
    }

    fn report(&mut self, code: Code, sheet: &str, row: u32, found: &str) {
        self.submissions.diagnostics.push(code.at(rows::source(&self.file, sheet, row), found));
    }

    fn report_column(
        &mut self,
        code: Code,
        sheet: &str,
        row: u32,
        column: Option<u32>,
        field: Option<Field>,
        found: &str,
    ) {
        let source = rows::source(&self.file, sheet, row);
        self.submissions.diagnostics.push(code.at_column(source, column, field, found));
    }

    fn mapped(&mut self, mapping: HeaderMapping) {
        self.tables += 1;
        self.submissions.mappings.push(mapping);
    }

    fn item(&mut self, item: Item) {
        self.submissions.items.push(item);
    }

    fn no_header(&mut self, grid: &Grid) {
        if let Some(row) = grid.rows().first() {
            let text = row.cells.iter().map(|cell| &*cell.text).take(8).collect::<Vec<_>>().join(" | ");
            self.headerless.push((grid.sheet.to_string(), row.number, text));
        }
    }

    /// Adds a cell; a limit that is reached is reported and tells the reader to stop.
    fn push(&mut self, builder: &mut GridBuilder, row: u32, column: u32, text: &str) -> bool {
        match builder.push(row, column, text, &mut self.spent, self.limits) {
            Ok(()) => true,
            Err(exceeded) => {
                self.exceeded(exceeded, builder.sheet(), row);
                false
            }
        }
    }

    fn exceeded(&mut self, exceeded: Exceeded, sheet: &str, row: u32) {
        let (code, limit) = match exceeded {
            Exceeded::Cells => (Code::TooManyCells, self.limits.max_cells),
            Exceeded::Text => (Code::TooMuchText, self.limits.max_text_bytes),
            Exceeded::Rows => (Code::TooManyRows, u64::from(self.limits.max_rows)),
        };
        self.report(code, sheet, row, &format!("> {limit}"));
    }

    /// Reads a finished grid's tables into items.
    fn grid(&mut self, builder: GridBuilder) {
        let beyond = builder.beyond();
        let grid = builder.finish();
        if beyond > 0 {
            self.report(Code::TooManyColumns, &grid.sheet, 0, &format!("{beyond} cells"));
        }
        if grid.hidden {
            self.hidden(&grid);
        } else {
            rows::read_grid(&grid, self);
        }
    }

    /// A hidden sheet is not read, but how many items it would give is said.
    fn hidden(&mut self, grid: &Grid) {
        let mut aside = Submissions::default();
        let mut reading = Reading {
            file: Arc::clone(&self.file),
            limits: self.limits,
            spent: Spent::default(),
            encoding: None,
            tables: 0,
            headerless: Vec::new(),
            submissions: &mut aside,
        };
        rows::read_grid(grid, &mut reading);
        let count = aside.items.len();
        self.report(Code::HiddenSheet, &grid.sheet, 0, &format!("{count} items"));
        if count == 0
            && let Some(last) = self.submissions.diagnostics.last_mut()
        {
            last.severity = Severity::Info;
        }
    }

    /// Reports the sheets without a header: as a warning when no sheet of the file has one.
    fn finish(self) {
        for (sheet, row, text) in self.headerless {
            let mut diagnostic = Code::NoHeader.at(rows::source(&self.file, &sheet, row), &text);
            if self.tables == 0 {
                diagnostic.severity = Severity::Warning;
            }
            self.submissions.diagnostics.push(diagnostic);
        }
    }
}
