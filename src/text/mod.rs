//! One spelling for the same characters, and small tools to read it: the first step of every comparison.

mod fold;
mod numeral;
mod scanner;

pub use fold::fold;
pub(crate) use fold::survives_folding;
pub use numeral::number;
pub use scanner::Scanner;

/// The longest text, in characters, that the parsers read; what follows is ignored.
///
/// Cells of real plans stay below 600 characters; the limit bounds the work on hostile input.
pub const SCAN_LIMIT: usize = 4_096;

/// The first [`SCAN_LIMIT`] characters of `text`. Complexity: O(limit).
///
/// # Examples
/// ```
/// assert_eq!(tongchou::text::head("3月"), "3月");
/// assert_eq!(tongchou::text::head(&"月".repeat(5_000)).chars().count(), tongchou::text::SCAN_LIMIT);
/// ```
#[must_use]
pub fn head(text: &str) -> &str {
    if text.len() <= SCAN_LIMIT {
        return text;
    }
    text.char_indices().nth(SCAN_LIMIT).map_or(text, |(end, _)| &text[..end])
}
