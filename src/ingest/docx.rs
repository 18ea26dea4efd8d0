//! Tables of `.docx`: cells are mapped on a grid, with their spans and vertical merges.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};

use super::Reading;
use super::codes::Code;
use super::container::{self, XmlReader, attribute, count_attribute, event_text};
use super::table::{GridBuilder, Merge};

/// Tables nested deeper than this are not read.
const MAX_NESTING: usize = 16;

/// Reads all tables of a document.
pub(super) fn read(bytes: &[u8], reading: &mut Reading<'_>) {
    let Some(mut archive) = container::open(bytes, reading) else { return };
    let Some(xml) = container::xml(&mut archive, "word/document.xml") else {
        return reading.report(Code::DamagedFile, "", 0, "word/document.xml");
    };
    let mut document = Document::default();
    if let Err(error) = document.read(xml, reading) {
        reading.report(Code::DamagedFile, "", 0, &error);
    }
    while let Some(table) = document.open.pop() {
        document.close(table);
    }
    if document.too_deep {
        reading.report(Code::TooDeep, "", 0, &format!("> {MAX_NESTING}"));
    }
    document.finish(reading);
}

#[derive(Default)]
struct Document {
    /// Tables being read, the innermost last.
    open: Vec<OpenTable>,
    /// Finished tables with the number of paragraphs that stood before them.
    tables: Vec<(usize, OpenTable)>,
    /// Paragraphs outside of tables.
    paragraphs: Vec<String>,
    paragraph: String,
    too_deep: bool,
}

/// A table while it is read.
#[derive(Default)]
struct OpenTable {
    row: u32,
    column: u32,
    span: u32,
    /// The cell continues the one above.
    continues: bool,
    /// The cell begins a vertical merge.
    restarts: bool,
    text: String,
    paragraphs: u32,
    cells: Vec<(u32, u32, String)>,
    merges: Vec<Merge>,
    /// Vertical merges still open, by first column.
    vertical: BTreeMap<u32, Merge>,
}

impl Document {
    fn read(&mut self, mut xml: XmlReader<'_>, reading: &mut Reading<'_>) -> Result<(), String> {
        let mut buffer = Vec::new();
        // Inside of what is shown twice (mc:Fallback), moved away or deleted.
        let mut skipped = 0u32;
        let mut in_text = false;
        loop {
            buffer.clear();
            let event = xml.read_event_into(&mut buffer).map_err(|error| error.to_string())?;
            match &event {
                Event::Start(element) => {
                    let name = element.local_name();
                    if matches!(name.as_ref(), "Fallback" | "moveFrom" | "del") {
                        skipped += 1;
                    } else if skipped == 0 {
                        in_text = name.as_ref() == "t";
                        self.start(name.as_ref(), element);
                    }
                }
                Event::End(element) => {
                    let name = element.local_name();
                    if matches!(name.as_ref(), "Fallback" | "moveFrom" | "del") {
                        skipped = skipped.saturating_sub(1);
                    } else if skipped == 0 {
                        in_text &= name.as_ref() != "t";
                        if !self.end(name.as_ref(), reading) {
                            return Ok(());
                        }
                    }
                }
                Event::Eof => return Ok(()),
                event if in_text && skipped == 0 => {
                    if let Some(text) = event_text(event) {
                        self.push_text(&text);
                    }
                }
                _ => {}
            }
        }
    }

    fn push_text(&mut self, text: &str) {
        match self.open.last_mut() {
            Some(table) => table.text.push_str(text),
            None => self.paragraph.push_str(text),
        }
    }

    fn start(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "tbl" => {
                self.too_deep |= self.open.len() >= MAX_NESTING;
                self.open.push(OpenTable::default());
            }
            "tab" => self.push_text("\t"),
            "br" | "cr" => self.push_text("\n"),
            "noBreakHyphen" => self.push_text("-"),
            _ => {
                if let Some(table) = self.open.last_mut() {
                    table.start(name, element);
                }
            }
        }
    }

    /// Whether reading goes on.
    fn end(&mut self, name: &str, reading: &mut Reading<'_>) -> bool {
        if name == "tbl" {
            if let Some(table) = self.open.pop() {
                self.close(table);
            }
            return true;
        }
        match self.open.last_mut() {
            Some(table) if name == "tc" => {
                let text = std::mem::take(&mut table.text);
                // Only to keep the text within bounds; the grid books it once more.
                if let Err(exceeded) = reading.spent.book(text.len(), reading.limits) {
                    reading.exceeded(exceeded, "", table.row);
                    return false;
                }
                table.end_cell(text);
            }
            None if name == "p" => {
                let paragraph = std::mem::take(&mut self.paragraph);
                if !paragraph.trim().is_empty() && self.paragraphs.len() < 10_000 {
                    self.paragraphs.push(paragraph.trim().to_owned());
                }
            }
            _ => {}
        }
        true
    }

    fn close(&mut self, mut table: OpenTable) {
        table.merges.extend(std::mem::take(&mut table.vertical).into_values());
        if self.open.len() < MAX_NESTING && !table.cells.is_empty() {
            self.tables.push((self.paragraphs.len(), table));
        }
    }

    fn finish(self, reading: &mut Reading<'_>) {
        let several = self.tables.len() > 1;
        let mut before = 0;
        let starts: Vec<usize> = self.tables.iter().map(|(start, _)| *start).collect();
        reading.spent = super::Spent::default();
        for (index, (start, table)) in self.tables.into_iter().enumerate() {
            let mut builder = GridBuilder::new("");
            if several {
                builder.set_sheet(&(index + 1).to_string());
            }
            let next = starts.get(index + 1).copied().unwrap_or(self.paragraphs.len());
            let part = |from: usize, to: usize| self.paragraphs.get(from..to).unwrap_or_default().to_vec();
            // The table's own paragraphs first, then what stands above the other tables.
            let mut preamble = part(before, start);
            preamble.extend(part(0, before));
            builder.set_surroundings(preamble, part(start, next));
            before = start;
            for merge in table.merges {
                builder.merge(merge);
            }
            for (row, column, text) in table.cells {
                if !reading.push(&mut builder, row, column, &text) {
                    break;
                }
            }
            reading.grid(builder);
        }
    }
}

impl OpenTable {
    fn start(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "tr" => {
                self.row = self.row.saturating_add(1);
                self.column = 1;
            }
            "gridBefore" => self.column = self.column.saturating_add(value_of(element).min(1024)),
            "tc" => {
                self.span = 1;
                self.continues = false;
                self.restarts = false;
                self.paragraphs = 0;
                self.text.clear();
            }
            "gridSpan" => self.span = value_of(element).clamp(1, 1024),
            "vMerge" => {
                self.restarts = attribute(element, "val").as_deref() == Some("restart");
                self.continues = !self.restarts;
            }
            "p" => {
                if self.paragraphs > 0 {
                    self.text.push('\n');
                }
                self.paragraphs += 1;
            }
            _ => {}
        }
    }

    fn end_cell(&mut self, text: String) {
        // A damaged document may end what it never began.
        self.row = self.row.max(1);
        self.column = self.column.max(1);
        self.span = self.span.max(1);
        let here = Merge {
            first_row: self.row,
            first_column: self.column,
            last_row: self.row,
            last_column: self.column.saturating_add(self.span - 1),
        };
        if self.continues {
            if let Some(merge) = self.vertical.get_mut(&self.column) {
                merge.last_row = self.row;
            }
        } else {
            self.merges.extend(self.vertical.remove(&self.column));
            if self.restarts {
                self.vertical.insert(self.column, here);
            } else if self.span > 1 {
                self.merges.push(here);
            }
            if !text.trim().is_empty() {
                self.cells.push((self.row, self.column, text));
            }
        }
        self.column = self.column.saturating_add(self.span);
    }
}

fn value_of(element: &BytesStart<'_>) -> u32 {
    count_attribute(element, "val")
}
