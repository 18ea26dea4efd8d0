//! Reading reviewers' decisions: a JSONL file, or `review.csv` with its decision column filled in.

#[cfg(feature = "csv")]
mod review_csv;

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::model::decision::{Decision, Verdict};

/// Reads decisions from the bytes of a file.
///
/// A file whose first visible character is `{` is JSONL, one decision a line:
/// `{"a","b","decision":"merge|separate","by","at","reason"}` or
/// `{"item","decision":"keep|withdraw",…}`. Anything else is taken for an edited `review.csv`, in
/// UTF-8 or GB18030, with 合并/merge or 分开/separate in its decision column; rows without a decision are skipped.
///
/// # Errors
/// [`Error::Decisions`] naming file and line of the first line that is no decision.
///
/// # Examples
/// ```
/// use tongchou::decisions;
/// use tongchou::model::decision::Verdict;
///
/// let read = decisions::parse("d.jsonl", br#"{"a":"X","b":"Y","decision":"separate","by":"Li"}"#)?;
/// assert!(matches!(read[0].verdict, Verdict::Separate { .. }));
/// assert!(decisions::parse("d.jsonl", br#"{"a":"X","decision":"separate"}"#).is_err());
/// # Ok::<(), tongchou::Error>(())
/// ```
pub fn parse(file: &str, bytes: &[u8]) -> Result<Vec<Decision>> {
    let visible = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = visible.iter().find(|byte| !byte.is_ascii_whitespace());
    match first {
        None => Ok(Vec::new()),
        Some(b'{') => jsonl(file, visible),
        #[cfg(feature = "csv")]
        Some(_) => review_csv::parse(file, bytes),
        #[cfg(not(feature = "csv"))]
        Some(_) => Err(Error::Decisions(format!("{file}: built without the `csv` feature"))),
    }
}

/// A line as written; checked by hand so that the message names what is missing.
#[derive(Deserialize)]
struct Line {
    decision: String,
    a: Option<String>,
    b: Option<String>,
    item: Option<String>,
    by: Option<String>,
    at: Option<String>,
    reason: Option<String>,
}

fn jsonl(file: &str, bytes: &[u8]) -> Result<Vec<Decision>> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| Error::Decisions(format!("{file}: not UTF-8 after byte {}", error.valid_up_to())))?;
    let mut decisions = Vec::new();
    for (number, line) in (1u32..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        let wrong = |message: String| Error::Decisions(format!("{file}: line {number}: {message}"));
        let line: Line = serde_json::from_str(line).map_err(|error| wrong(error.to_string()))?;
        let verdict = verdict(&line.decision, line.a, line.b, line.item).map_err(wrong)?;
        decisions.push(Decision { verdict, by: line.by, at: line.at, reason: line.reason, line: number });
    }
    Ok(decisions)
}

/// The verdict of a word and the ids it speaks of.
fn verdict(
    word: &str,
    a: Option<String>,
    b: Option<String>,
    item: Option<String>,
) -> std::result::Result<Verdict, String> {
    let pair = || match (a.clone(), b.clone()) {
        (Some(a), Some(b)) if a != b => Ok((a, b)),
        (Some(_), Some(_)) => Err("`a` and `b` are the same item".to_owned()),
        _ => Err(format!("`{word}` needs `a` and `b`")),
    };
    let single = || item.clone().ok_or_else(|| format!("`{word}` needs `item`"));
    match word.trim() {
        "merge" | "合并" | "并" => pair().map(|(a, b)| Verdict::Merge { a, b }),
        "separate" | "分开" | "不合并" | "分" => pair().map(|(a, b)| Verdict::Separate { a, b }),
        "keep" | "保留" => single().map(|item| Verdict::Keep { item }),
        "withdraw" | "撤回" | "撤销" => single().map(|item| Verdict::Withdraw { item }),
        other => Err(format!("`{other}` is not merge, separate, keep or withdraw")),
    }
}
