//! How wide text is and where its lines break, in half-width columns.

use std::ops::Range;

/// How wide the characters are that Chinese fonts draw wide and Western ones narrow (“ ” — … ①).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ambiguous {
    /// One column, as on most terminals.
    Narrow,
    /// Two columns, as in print.
    Wide,
}

/// Columns that `character` takes.
pub(super) const fn width(character: char, ambiguous: Ambiguous) -> usize {
    match character as u32 {
        0..=0x1f | 0x7f..=0x9f | 0x300..=0x36f | 0x200b..=0x200f | 0x2060 | 0xfe00..=0xfe0f | 0xfeff => 0,
        0x1100..=0x115f
        | 0x2e80..=0x303e
        | 0x3041..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff01..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1faff
        | 0x2_0000..=0x3_fffd => 2,
        0xb7 | 0xd7 | 0x2010..=0x2027 | 0x2030..=0x205e | 0x2100..=0x27bf => match ambiguous {
            Ambiguous::Narrow => 1,
            Ambiguous::Wide => 2,
        },
        _ => 1,
    }
}

/// Columns that a line of text takes.
pub(super) fn text_width(text: &str, ambiguous: Ambiguous) -> usize {
    text.chars().map(|character| width(character, ambiguous)).sum()
}

/// The lines of `text` when it is wrapped to `columns`: byte ranges, without the line breaks.
///
/// Runs of narrow letters and digits stay together when they fit a line; everything else breaks
/// anywhere, as Chinese does, but no line begins with a closing mark or ends with an opening one
/// where the character before can go with it. Never empty: an empty text has one empty line.
/// Complexity: O(length).
pub(super) fn wrap(text: &str, columns: usize, ambiguous: Ambiguous) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut used = 0;
    // The last place at which the line may break, and the width up to there.
    let mut place: Option<(usize, usize)> = None;
    let mut previous: Option<char> = None;
    for (position, character) in text.char_indices() {
        if character == '\n' {
            lines.push(start..position);
            (start, used, place, previous) = (position + 1, 0, None, None);
            continue;
        }
        if previous.is_some_and(|before| may_break(before, character)) {
            place = Some((position, used));
        }
        let size = width(character, ambiguous);
        if used + size > columns && position > start {
            let (cut, before) = place.unwrap_or((position, used));
            lines.push(start..cut);
            (start, used, place) = (cut, used - before, None);
            // What moves down may itself be too wide: a long run of letters, or many marks.
            if used + size > columns {
                lines.push(start..position);
                (start, used) = (position, 0);
            }
        }
        used += size;
        previous = Some(character);
    }
    lines.push(start..text.len());
    lines
}

/// Whether a line may end with `before` and the next begin with `after`.
fn may_break(before: char, after: char) -> bool {
    let letters = before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric();
    let opens = matches!(before, '（' | '《' | '〈' | '“' | '‘' | '〔' | '【' | '「' | '(' | '[');
    let closes = matches!(
        after,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | '）'
            | '》'
            | '〉'
            | '”'
            | '’'
            | '〕'
            | '】'
            | '」'
            | '…'
            | ','
            | '.'
            | ';'
            | ':'
            | '?'
            | '!'
            | ')'
            | ']'
            | '%'
            | '％'
    );
    !letters && !opens && !closes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(text: &str, columns: usize) -> Vec<&str> {
        wrap(text, columns, Ambiguous::Wide).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn wraps_chinese_anywhere_and_keeps_words() {
        assert_eq!(lines("各苏木乡镇", 4), ["各苏", "木乡", "镇"]);
        assert_eq!(lines("国办发〔2024〕54号", 10), ["国办发", "〔2024〕54", "号"]);
        assert_eq!(lines("检查制度。", 8), ["检查制", "度。"]);
        assert_eq!(lines("。。。。", 4), ["。。", "。。"]);
        assert_eq!(lines("第12345号", 6), ["第", "12345", "号"]);
        assert_eq!(lines("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(lines("一\n\n二", 8), ["一", "", "二"]);
        assert_eq!(lines("", 8), [""]);
    }

    proptest! {
        #[test]
        fn loses_nothing_and_keeps_within_the_columns(text in "[\\PC\n]{0,60}", columns in 2usize..20) {
            let ranges = wrap(&text, columns, Ambiguous::Wide);
            let kept: String = ranges.iter().map(|range| &text[range.clone()]).collect();
            prop_assert_eq!(kept, text.replace('\n', ""));
            for range in ranges {
                prop_assert!(text_width(&text[range], Ambiguous::Wide) <= columns);
            }
        }
    }
}
