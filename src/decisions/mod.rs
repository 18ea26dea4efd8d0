//! Reviewers' decisions: a JSONL file, or `review.csv` with its decision column filled in.
//!
//! [`parse()`] reads them, [`recognise()`] finds the items they speak of in today's pool, [`check()`] sees
//! to it that all can hold at once. What they do to a plan is the pipeline's.

mod contradiction;
mod fingerprint;
mod recognise;
#[cfg(feature = "csv")]
mod review_csv;
#[cfg(test)]
mod tests;

pub use contradiction::check;
pub use fingerprint::fingerprint;
pub use recognise::recognise;

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::model::decision::{Decision, Verdict};

/// Reads decisions from the bytes of a file.
///
/// A file whose first visible character is `{` is JSONL, one decision a line:
/// `{"a","b","decision":"merge|separate","by","at","reason"}` or
/// `{"item","decision":"keep|withdraw",…}`, each with the [`fingerprint()`]s of its items
/// (`a_fingerprint`, `b_fingerprint`, `item_fingerprint`) if it shall survive new ids. Anything else is taken for an edited `review.csv`, in
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
    a_fingerprint: Option<String>,
    b_fingerprint: Option<String>,
    item_fingerprint: Option<String>,
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
        let verdict = verdict(&line.decision, line.a.as_deref(), line.b.as_deref(), line.item.as_deref())
            .map_err(wrong)?;
        decisions.push(Decision {
            verdict,
            a_fingerprint: line.a_fingerprint,
            b_fingerprint: line.b_fingerprint,
            item_fingerprint: line.item_fingerprint,
            by: line.by,
            at: line.at,
            reason: line.reason,
            file: file.to_owned(),
            line: number,
        });
    }
    Ok(decisions)
}

/// The verdict of a word and the ids it speaks of.
fn verdict(
    word: &str,
    a: Option<&str>,
    b: Option<&str>,
    item: Option<&str>,
) -> std::result::Result<Verdict, String> {
    let pair = || match (a, b) {
        (Some(a), Some(b)) if a != b => Ok((a.to_owned(), b.to_owned())),
        (Some(_), Some(_)) => Err("`a` and `b` are the same item".to_owned()),
        _ => Err(format!("`{word}` needs `a` and `b`")),
    };
    let single = || item.map(str::to_owned).ok_or_else(|| format!("`{word}` needs `item`"));
    match word.trim() {
        "merge" | "合并" | "并" => pair().map(|(a, b)| Verdict::Merge { a, b }),
        "separate" | "分开" | "不合并" | "分" => pair().map(|(a, b)| Verdict::Separate { a, b }),
        "keep" | "保留" => single().map(|item| Verdict::Keep { item }),
        "withdraw" | "撤回" | "撤销" => single().map(|item| Verdict::Withdraw { item }),
        other => Err(format!("`{other}` is not merge, separate, keep or withdraw")),
    }
}
