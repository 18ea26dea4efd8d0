//! `.ods`: own reader of `content.xml`, because merged cells count and a repeated cell or row must
//! never be multiplied beyond the limits.

use std::collections::BTreeSet;

use quick_xml::events::{BytesStart, Event};

use super::Reading;
use super::codes::Code;
use super::container::{self, XmlReader, attribute, count_attribute, event_text};
use super::number::{number_text, percent_text};
use super::table::{GridBuilder, Merge};

/// Reads all visible sheets.
pub(super) fn read(bytes: &[u8], reading: &mut Reading<'_>) {
    let Some(mut archive) = container::open(bytes, reading) else { return };
    if let Some(manifest) = container::xml(&mut archive, "META-INF/manifest.xml")
        && is_encrypted(manifest)
    {
        return reading.report(Code::Encrypted, "", 0, "ods");
    }
    let Some(xml) = container::xml(&mut archive, "content.xml") else {
        return reading.report(Code::DamagedFile, "", 0, "content.xml");
    };
    let mut reader = Content { xml, buffer: Vec::new(), hidden_styles: BTreeSet::new() };
    if let Err(error) = reader.read(reading) {
        reading.report(Code::DamagedFile, "", 0, &error);
    }
}

fn is_encrypted(mut manifest: XmlReader<'_>) -> bool {
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match manifest.read_event_into(&mut buffer) {
            Ok(Event::Start(element)) if element.local_name().as_ref() == "encryption-data" => return true,
            Ok(Event::Eof) | Err(_) => return false,
            _ => {}
        }
    }
}

struct Content<'a> {
    xml: XmlReader<'a>,
    buffer: Vec<u8>,
    /// Table styles that are not displayed.
    hidden_styles: BTreeSet<String>,
}

impl Content<'_> {
    fn next(&mut self) -> Result<Event<'static>, String> {
        self.buffer.clear();
        self.xml.read_event_into(&mut self.buffer).map(Event::into_owned).map_err(|error| error.to_string())
    }

    fn read(&mut self, reading: &mut Reading<'_>) -> Result<(), String> {
        let mut style = String::new();
        loop {
            match self.next()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "style" => style = attribute(&element, "name").unwrap_or_default(),
                    "table-properties" if attribute(&element, "display").as_deref() == Some("false") => {
                        self.hidden_styles.insert(style.clone());
                    }
                    "table" => {
                        let name = attribute(&element, "name").unwrap_or_default();
                        let style = attribute(&element, "style-name").unwrap_or_default();
                        let mut builder = GridBuilder::new(&name);
                        builder.set_hidden(self.hidden_styles.contains(&style));
                        let read = self.table(&mut builder, reading);
                        reading.grid(builder);
                        read?;
                    }
                    _ => {}
                },
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn table(&mut self, builder: &mut GridBuilder, reading: &mut Reading<'_>) -> Result<(), String> {
        let mut row = 1u32;
        let mut room = true;
        loop {
            match self.next()? {
                Event::Start(element) if element.local_name().as_ref() == "table-row" => {
                    let repeated = count_attribute(&element, "number-rows-repeated");
                    let cells = self.row(row, builder)?;
                    // An empty row may be repeated a million times; it costs nothing.
                    let copies = if cells.is_empty() { 0 } else { repeated };
                    for copy in 0..copies {
                        for (column, text) in &cells {
                            room = room && reading.push(builder, row.saturating_add(copy), *column, text);
                        }
                        if !room {
                            break;
                        }
                    }
                    row = row.saturating_add(repeated);
                }
                Event::End(element) if element.local_name().as_ref() == "table" => return Ok(()),
                Event::Eof => return Err("content.xml ends inside a table".to_owned()),
                _ => {}
            }
        }
    }

    /// The texts of one row with their columns.
    fn row(&mut self, row: u32, builder: &mut GridBuilder) -> Result<Vec<(u32, String)>, String> {
        /// A value repeated over more columns than this is a filler, not data.
        const MAX_REPEATED: u32 = 1024;
        let mut cells = Vec::new();
        let mut column = 1u32;
        loop {
            match self.next()? {
                Event::Start(element)
                    if matches!(element.local_name().as_ref(), "table-cell" | "covered-table-cell") =>
                {
                    let repeated = count_attribute(&element, "number-columns-repeated");
                    let (rows, columns) = (
                        count_attribute(&element, "number-rows-spanned"),
                        count_attribute(&element, "number-columns-spanned"),
                    );
                    builder.merge(Merge {
                        first_row: row,
                        first_column: column,
                        last_row: row.saturating_add(rows - 1),
                        last_column: column.saturating_add(columns - 1),
                    });
                    let covered = element.local_name().as_ref() == "covered-table-cell";
                    let text = self.cell(&element)?;
                    if !text.trim().is_empty() && !covered {
                        for copy in 0..repeated.min(MAX_REPEATED) {
                            cells.push((column.saturating_add(copy), text.clone()));
                        }
                    }
                    column = column.saturating_add(repeated);
                }
                Event::End(element) if element.local_name().as_ref() == "table-row" => return Ok(cells),
                Event::Eof => return Err("content.xml ends inside a row".to_owned()),
                _ => {}
            }
        }
    }

    /// The text of one cell; its value where the display would lose something.
    fn cell(&mut self, element: &BytesStart<'_>) -> Result<String, String> {
        let kind = attribute(element, "value-type").unwrap_or_default();
        let value = attribute(element, "value").and_then(|value| value.parse::<f64>().ok());
        let date = attribute(element, "date-value");
        let truth = attribute(element, "boolean-value");
        let end = element.local_name().as_ref().to_owned();
        let shown = self.shown(&end)?;
        Ok(match kind.as_str() {
            "float" | "currency" => value.map_or(shown, number_text),
            "percentage" if shown.trim().is_empty() => value.map_or(shown, |value| percent_text(value, 2)),
            "date" => {
                let month_only = shown.contains('月') && !shown.contains('日') && shown.contains('年');
                date.filter(|_| !month_only).map_or(shown, |date| date.chars().take(10).collect())
            }
            "boolean" => match truth.as_deref() {
                Some("true") => "是".to_owned(),
                Some("false") => "否".to_owned(),
                _ => shown,
            },
            _ => shown,
        })
    }

    /// The displayed paragraphs of a cell, up to its end.
    fn shown(&mut self, end: &str) -> Result<String, String> {
        let mut text = String::new();
        let mut paragraphs = 0;
        let mut depth = 0u32;
        let mut skipped = 0u32;
        loop {
            let event = self.next()?;
            match &event {
                Event::Start(element) => match element.local_name().as_ref() {
                    "annotation" | "shapes" => skipped += 1,
                    name if name == end => depth += 1,
                    _ if skipped > 0 => {}
                    "p" => {
                        if paragraphs > 0 {
                            text.push('\n');
                        }
                        paragraphs += 1;
                    }
                    "s" => {
                        let blanks = count_attribute(element, "c").min(64);
                        text.extend(std::iter::repeat_n(' ', blanks as usize));
                    }
                    "tab" => text.push('\t'),
                    "line-break" => text.push('\n'),
                    _ => {}
                },
                Event::End(element) => match element.local_name().as_ref() {
                    "annotation" | "shapes" => skipped = skipped.saturating_sub(1),
                    name if name == end => {
                        if depth == 0 {
                            return Ok(text);
                        }
                        depth -= 1;
                    }
                    _ => {}
                },
                Event::Eof => return Err("content.xml ends inside a cell".to_owned()),
                event if paragraphs > 0 && skipped == 0 => text.extend(event_text(event)),
                _ => {}
            }
        }
    }
}
