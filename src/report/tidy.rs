//! What users wrote, made fit for one line of a report.

use super::measure::{Ambiguous, width};

/// `text` on one line: control characters out, white space and line breaks to one space, and to
/// none beside a Chinese character (`各苏木乡镇，⏎区直各部门` is one phrase that a cell broke).
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut pending = false;
    let mut broken = false;
    for character in text.chars() {
        if character.is_whitespace() {
            pending = true;
            broken |= matches!(character, '\n' | '\r' | '\u{2028}' | '\u{2029}');
            continue;
        }
        if is_unprintable(character) {
            continue;
        }
        if pending {
            let wide = |beside: char| width(beside, Ambiguous::Wide) == 2;
            let glued = broken && (line.chars().next_back().is_some_and(wide) || wide(character));
            if !line.is_empty() && !glued {
                line.push(' ');
            }
            (pending, broken) = (false, false);
        }
        line.push(character);
    }
    line
}

/// Characters that no report shows and that XML does not allow.
pub(super) const fn is_unprintable(character: char) -> bool {
    matches!(character, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{200b}'
        | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}'
        | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// The values that are not blank, on one line each, joined by `separator`.
pub(super) fn join<'a>(values: impl IntoIterator<Item = &'a str>, separator: &str) -> String {
    let mut joined = String::new();
    for value in values {
        let value = one_line(value);
        if value.is_empty() {
            continue;
        }
        if !joined.is_empty() {
            joined.push_str(separator);
        }
        joined.push_str(&value);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heals_broken_phrases() {
        assert_eq!(one_line("各苏木乡镇，\n区直各部门 "), "各苏木乡镇，区直各部门");
        assert_eq!(one_line("a\r\nb\u{0}"), "a b");
        assert_eq!(one_line("甲 乙"), "甲 乙");
        assert_eq!(join(["一", " ", "二\n"], "、"), "一、二");
    }
}
