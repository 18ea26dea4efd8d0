//! What a file is, by its content first and by its name second.

use super::codes::Code;

/// A format that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Text,
    Xlsx,
    Xls,
    Ods,
    Docx,
    Json,
    JsonLines,
}

impl Format {
    /// Name for messages.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Text => "csv",
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Docx => "docx",
            Self::Json => "json",
            Self::JsonLines => "jsonl",
        }
    }

    /// Whether the extension is one under which this format is usually saved.
    pub(super) fn has_extension(self, extension: &str) -> bool {
        let usual: &[&str] = match self {
            Self::Text => &["csv", "tsv", "txt", "tab"],
            Self::Xlsx => &["xlsx", "xlsm", "xltx", "xltm"],
            Self::Xls => &["xls", "xlt", "et", "ett"],
            Self::Ods => &["ods", "ots"],
            Self::Docx => &["docx", "docm", "dotx"],
            Self::Json => &["json"],
            Self::JsonLines => &["jsonl", "ndjson", "json"],
        };
        extension.is_empty() || usual.contains(&extension)
    }
}

/// Extensions of files that are looked into; the content then decides.
pub(super) const READABLE: &[&str] = &[
    "xlsx", "xlsm", "xltx", "xltm", "xls", "xlt", "et", "ett", "ods", "ots", "csv", "tsv", "txt", "tab",
    "json", "jsonl", "ndjson", "docx", "docm",
];

/// Extensions of documents that may hold a submission but cannot be read.
pub(super) const DOCUMENTS: &[&str] = &[
    "doc", "wps", "pdf", "rtf", "xlsb", "odt", "zip", "rar", "7z", "html", "htm", "mht", "xml", "ofd", "jpg",
    "png", "numbers",
];

/// The extension in lower case, without its dot; empty when there is none.
pub(super) fn extension(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
    base.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default()
}

/// What the bytes are; the error names what they are instead of a table.
pub(super) fn format(extension: &str, bytes: &[u8]) -> Result<Format, (Code, String)> {
    if bytes.is_empty() {
        return Err((Code::EmptyFile, "0 bytes".to_owned()));
    }
    let unsupported = |what: &str| Err((Code::UnsupportedFormat, what.to_owned()));
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zip_format(extension, bytes);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return ole_format(bytes);
    }
    if bytes.starts_with(b"%PDF") {
        return unsupported("PDF");
    }
    if bytes.starts_with(b"{\\rtf") {
        return unsupported("RTF");
    }
    let start = text_start(bytes);
    let lower = start.to_ascii_lowercase();
    if lower.starts_with("mime-version") {
        return unsupported("MHTML (网页格式)");
    }
    if lower.starts_with('<') {
        if lower.contains("schemas-microsoft-com:office:spreadsheet") {
            return unsupported("XML 2003 spreadsheet (XML表格)");
        }
        if ["<!doctype html", "<html", "<table", "<meta", "<head", "<style", "<div", "<?xml"]
            .iter()
            .any(|tag| lower.starts_with(tag))
        {
            return unsupported("HTML or XML (网页格式)");
        }
    }
    match extension {
        "jsonl" | "ndjson" => return Ok(Format::JsonLines),
        "json" => return Ok(json_shape(&start)),
        _ => {}
    }
    let binary = !is_utf16(bytes) && bytes.iter().take(4096).filter(|&&byte| byte == 0).count() > 8;
    if binary {
        return Err((Code::DamagedFile, format!("binary data, .{extension}")));
    }
    if start.starts_with("[{") || start.starts_with("{\"") {
        return Ok(json_shape(&start));
    }
    if !READABLE.contains(&extension) || Format::Text.has_extension(extension) || looks_like_text(bytes) {
        return Ok(Format::Text);
    }
    Err((Code::DamagedFile, format!("not a .{extension} file")))
}

/// A `.json` file may hold one item a line.
fn json_shape(start: &str) -> Format {
    let mut lines = start.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let is_object = |line: &str| line.starts_with('{') && line.ends_with('}');
    if is_object(first) && lines.next().is_some_and(|line| line.starts_with('{')) {
        Format::JsonLines
    } else {
        Format::Json
    }
}

fn is_utf16(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff])
}

/// The first 8 KiB as text, without a mark and blanks before it.
fn text_start(bytes: &[u8]) -> String {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(8192)]);
    start.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').to_owned()
}

/// Whether there are separators and line ends as in a text table.
fn looks_like_text(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(4096)];
    let control = start.iter().filter(|&&byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')).count();
    control == 0 && start.iter().any(|byte| matches!(byte, b',' | b'\t' | b';'))
}

fn zip_format(extension: &str, bytes: &[u8]) -> Result<Format, (Code, String)> {
    // The names of the parts stand in the clear, in the local headers and in the directory at the end.
    let holds = |name: &[u8]| {
        let window = 1 << 20;
        let tail = bytes.len().saturating_sub(window);
        contains(&bytes[..bytes.len().min(window)], name) || contains(&bytes[tail..], name)
    };
    // A document may embed a workbook, and the other way round.
    if extension.starts_with("doc") && holds(b"word/document") {
        return Ok(Format::Docx);
    }
    if holds(b"xl/workbook.bin") {
        return Err((Code::UnsupportedFormat, "xlsb".to_owned()));
    }
    if holds(b"xl/workbook") || holds(b"xl/worksheets/") {
        return Ok(Format::Xlsx);
    }
    if holds(b"word/document") {
        return Ok(Format::Docx);
    }
    if holds(b"opendocument.spreadsheet") {
        return Ok(Format::Ods);
    }
    if holds(b"content.xml") && !holds(b"opendocument.") {
        return Ok(Format::Ods);
    }
    if holds(b"opendocument.text") {
        return Err((Code::UnsupportedFormat, "odt".to_owned()));
    }
    if holds(b"ppt/") {
        return Err((Code::UnsupportedFormat, "pptx".to_owned()));
    }
    Err((Code::UnsupportedFormat, "zip".to_owned()))
}

fn ole_format(bytes: &[u8]) -> Result<Format, (Code, String)> {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        contains(bytes, &wide)
    };
    if holds("EncryptedPackage") {
        return Err((Code::Encrypted, "EncryptedPackage".to_owned()));
    }
    if holds("Workbook") || holds("Book") {
        return Ok(Format::Xls);
    }
    if holds("WordDocument") {
        return Err((Code::UnsupportedFormat, "doc (Word 97-2003)".to_owned()));
    }
    Err((Code::UnsupportedFormat, "OLE".to_owned()))
}

/// Whether `needle` stands in `haystack`. Complexity: O(length) for needles without much repetition.
pub(super) fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    count(haystack, needle, 1) > 0
}

/// How often `needle` stands in `haystack`, counting up to `most`.
pub(super) fn count(haystack: &[u8], needle: &[u8], most: usize) -> usize {
    let Some((&first, rest)) = needle.split_first() else { return 0 };
    let mut found = 0;
    let mut from = 0;
    while let Some(at) = haystack[from..].iter().position(|&byte| byte == first) {
        from += at + 1;
        if haystack[from..].starts_with(rest) {
            found += 1;
            if found >= most {
                break;
            }
        }
    }
    found
}
