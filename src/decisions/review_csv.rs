//! An edited `review.csv`.

use super::verdict;
use crate::error::{Error, Result};
use crate::model::decision::Decision;
use crate::text::fold;

/// Reads the rows with a decision.
pub(super) fn parse(file: &str, bytes: &[u8]) -> Result<Vec<Decision>> {
    let text = match std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)) {
        Ok(text) => text.to_owned(),
        // A spreadsheet may save in the system's encoding.
        Err(_) => encoding_rs::GB18030.decode(bytes).0.into_owned(),
    };
    // Spreadsheet programs save "text" with tabs.
    let first = text.lines().next().unwrap_or_default();
    let delimiter = if first.contains('\t') && !first.contains(',') { b'\t' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let wrong = |line: u64, message: String| Error::Decisions(format!("{file}: line {line}: {message}"));
    let header = reader.headers().map_err(|error| wrong(1, error.to_string()))?.clone();
    let column = |names: &[&str]| header.iter().position(|name| names.contains(&fold(name).as_str()));
    let (Some(decision), Some(a), Some(b)) =
        (column(&["decision", "决定", "审定意见"]), column(&["a"]), column(&["b"]))
    else {
        return Err(wrong(1, "expected the columns decision, a and b of review.csv".to_owned()));
    };
    let reason = column(&["reason", "理由", "说明"]);
    let (a_fingerprint, b_fingerprint) = (column(&["a_fingerprint"]), column(&["b_fingerprint"]));
    let mut decisions = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            wrong(line, error.to_string())
        })?;
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |position: usize| record.get(position).map(unguarded).filter(|text| !text.is_empty());
        let Some(word) = cell(decision) else { continue };
        let (one, other) = (cell(a), cell(b));
        let verdict =
            verdict(&word, one.as_deref(), other.as_deref(), None).map_err(|message| wrong(line, message))?;
        decisions.push(Decision {
            a_fingerprint: a_fingerprint.and_then(cell),
            b_fingerprint: b_fingerprint.and_then(cell),
            reason: reason.and_then(cell),
            file: file.to_owned(),
            line: u32::try_from(line).unwrap_or(u32::MAX),
            ..Decision::new(verdict)
        });
    }
    Ok(decisions)
}

/// What a spreadsheet program takes for the beginning of a formula.
const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// A cell without the apostrophe that keeps a spreadsheet from taking it for a formula.
fn unguarded(cell: &str) -> String {
    let cell = cell.trim();
    match cell.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').trim_start().starts_with(SIGNS) => rest.to_owned(),
        _ => cell.to_owned(),
    }
}
