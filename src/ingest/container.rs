//! Zip containers of office files, inspected before any reader unpacks them.
//!
//! Sizes that a zip declares can lie, so every part is unpacked once through a counter and thrown
//! away. What the readers would build from it is bounded at the same time: a shared string of five
//! bytes costs its reader twenty-four, a cell format some hundreds.

use std::borrow::Cow;
use std::io::{BufReader, Cursor, Read};

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use super::Reading;
use super::codes::Code;
use super::limits::Limits;
use super::sniff;

/// The zip of an office file.
pub(super) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// A part while it is unpacked and parsed.
pub(super) type XmlReader<'a> = quick_xml::Reader<BufReader<Box<dyn Read + 'a>>>;

/// More parts than this no office file has.
const MAX_PARTS: usize = 20_000;
/// A part unpacking to more than this…
const SUSPICIOUS_BYTES: u64 = 64 << 20;
/// …and to more than this many times its packed size is a bomb. Sheets of repeated styles reach 100.
const MAX_RATIO: u64 = 250;
/// Elements whose readers keep something for each, and how many are allowed.
const COUNTED: [(&str, u64); 8] = [
    ("mergeCell", 500_000),
    ("xf", 200_000),
    ("font", 200_000),
    ("fill", 200_000),
    ("border", 200_000),
    ("numFmt", 200_000),
    ("Relationship", 100_000),
    ("sheet", 10_000),
];
/// Most bytes of names and codes that all cell formats together may refer to.
const MAX_FORMAT_BYTES: u64 = 256 << 20;
/// A stretch of XML without any tag longer than this is no cell.
const MAX_RUN: u64 = 16 << 20;

/// Opens a container whose parts keep within the limits; anything else is reported.
pub(super) fn open<'a>(bytes: &'a [u8], reading: &mut Reading<'_>) -> Option<Archive<'a>> {
    match inspect(bytes, reading.limits) {
        Ok(archive) => Some(archive),
        Err((code, found)) => {
            reading.report(code, "", 0, &found);
            None
        }
    }
}

/// A part as a stream of XML events; nothing if there is no part of this name.
pub(super) fn xml<'a>(archive: &'a mut Archive<'_>, name: &str) -> Option<XmlReader<'a>> {
    let file: Box<dyn Read + 'a> = Box::new(archive.by_name(name).ok()?);
    let mut reader = quick_xml::Reader::from_reader(BufReader::new(file));
    let config = reader.config_mut();
    config.check_end_names = false;
    config.expand_empty_elements = true;
    Some(reader)
}

/// The text of a text, character data or reference event; nothing for other events.
pub(super) fn event_text(event: &Event<'_>) -> Option<String> {
    match event {
        Event::Text(text) => Some(text.xml10_content().into_owned()),
        Event::CData(text) => Some(text.xml10_content().into_owned()),
        Event::GeneralRef(reference) => {
            let character = reference.resolve_char_ref().ok().flatten();
            let named = || quick_xml::escape::resolve_xml_entity(reference.as_ref()).map(str::to_owned);
            character.map(String::from).or_else(named)
        }
        _ => None,
    }
}

/// An attribute by its local name.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element
        .attributes()
        .with_checks(false)
        .filter_map(Result::ok)
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .and_then(|attribute| attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned))
}

/// A count in an attribute such as `number-columns-repeated`; at least 1.
pub(super) fn count_attribute(element: &BytesStart<'_>, name: &str) -> u32 {
    attribute(element, name).and_then(|text| text.trim().parse().ok()).unwrap_or(1).max(1)
}

fn inspect<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Archive<'a>, (Code, String)> {
    // Before the directory is parsed: each of its entries begins with this mark.
    let parts = sniff::count(bytes, b"PK\x01\x02", MAX_PARTS + 1);
    if parts > MAX_PARTS {
        return Err((Code::ZipBomb, format!("> {MAX_PARTS} parts")));
    }
    let damaged = |error: &dyn std::fmt::Display| (Code::DamagedFile, error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut total = 0u64;
    let mut counts = [0u64; COUNTED.len()];
    let mut strings = 0u64;
    let mut buffer = vec![0u8; 64 << 10];
    for index in 0..archive.len() {
        let mut file = match archive.by_index(index) {
            Ok(file) => file,
            Err(ZipError::InvalidPassword | ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err((Code::Encrypted, "zip password".to_owned()));
            }
            Err(error) => return Err(damaged(&error)),
        };
        let name = file.name().map_or_else(|_| String::from("?"), Cow::into_owned);
        let packed = file.compressed_size();
        let mut scan = PartScan::default();
        loop {
            let read = file.read(&mut buffer).map_err(|error| damaged(&format!("{name}: {error}")))?;
            if read == 0 {
                break;
            }
            total += read as u64;
            if total > limits.max_unpacked_bytes {
                return Err((Code::ZipBomb, format!("{name}: > {} bytes", limits.max_unpacked_bytes)));
            }
            scan.feed(&buffer[..read]);
            if scan.bytes > SUSPICIOUS_BYTES && scan.bytes / MAX_RATIO > packed {
                return Err((
                    Code::ZipBomb,
                    format!("{name}: {packed} bytes unpack to more than {}", scan.bytes),
                ));
            }
            if scan.is_xml && scan.longest_run > MAX_RUN {
                return Err((Code::TooMuchText, format!("{name}: > {MAX_RUN} bytes without a tag")));
            }
        }
        strings += scan.strings;
        for (sum, count) in counts.iter_mut().zip(scan.counts) {
            *sum += count;
        }
        if strings > limits.max_cells {
            return Err((Code::TooManyCells, format!("{name}: > {} shared strings", limits.max_cells)));
        }
        // A cell format is built with copies of what it refers to.
        let formats = scan.count_of("xf");
        if formats.saturating_mul(scan.longest_run) > MAX_FORMAT_BYTES {
            return Err((Code::ZipBomb, format!("{name}: {formats} cell formats with long names")));
        }
        for (sum, (element, most)) in counts.iter().zip(COUNTED) {
            if *sum > most {
                return Err((Code::ZipBomb, format!("{name}: > {most} × <{element}>")));
            }
        }
    }
    Ok(archive)
}

/// What one part holds, counted byte by byte as it streams by.
#[derive(Default)]
struct PartScan {
    bytes: u64,
    is_xml: bool,
    counts: [u64; COUNTED.len()],
    strings: u64,
    run: u64,
    longest_run: u64,
    /// Local name of the tag being read; `None` outside of a tag's name.
    tag: Option<TagName>,
}

#[derive(Clone, Copy, Default)]
struct TagName {
    letters: [u8; 16],
    length: usize,
}

impl PartScan {
    fn feed(&mut self, chunk: &[u8]) {
        if self.bytes == 0 {
            let first =
                chunk.iter().find(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0xef | 0xbb | 0xbf));
            self.is_xml = first == Some(&b'<');
        }
        self.bytes += chunk.len() as u64;
        if !self.is_xml {
            return;
        }
        for &byte in chunk {
            if byte == b'<' {
                self.longest_run = self.longest_run.max(self.run);
                self.run = 0;
                self.tag = Some(TagName::default());
                continue;
            }
            self.run += 1;
            let Some(tag) = &mut self.tag else { continue };
            match byte {
                b':' => *tag = TagName::default(),
                b' ' | b'\t' | b'\r' | b'\n' | b'>' | b'/' => self.finish_tag(),
                _ if tag.length < tag.letters.len() => {
                    tag.letters[tag.length] = byte;
                    tag.length += 1;
                }
                _ => self.tag = None,
            }
        }
        self.longest_run = self.longest_run.max(self.run);
    }

    fn count_of(&self, element: &str) -> u64 {
        self.counts.iter().zip(COUNTED).find(|(_, (name, _))| *name == element).map_or(0, |(count, _)| *count)
    }

    fn finish_tag(&mut self) {
        let Some(tag) = self.tag.take() else { return };
        let name = &tag.letters[..tag.length];
        if name == b"si" {
            self.strings += 1;
        }
        for (count, (element, _)) in self.counts.iter_mut().zip(COUNTED) {
            *count += u64::from(name == element.as_bytes());
        }
    }
}
