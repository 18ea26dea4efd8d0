//! Users' text as Markdown that means itself.

use crate::report::tidy::one_line;

/// `text` on one line, so that Markdown shows it as it is: HTML's characters as entities, Markdown's
/// with a backslash (a backslash itself as an entity, so that each `\` in the output is ours).
///
/// `-`, `+` and `1.` open a list only at the beginning of a line and are escaped only there.
pub(super) fn escape(text: &str) -> String {
    let line = one_line(text);
    let mut escaped = String::with_capacity(line.len() + 8);
    let opening = line.len() - line.trim_start_matches(|character: char| character.is_ascii_digit()).len();
    for (position, character) in line.char_indices() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\\' => escaped.push_str("&#92;"),
            '|' | '*' | '_' | '`' | '[' | ']' | '~' | '#' | '$' => {
                escaped.push('\\');
                escaped.push(character);
            }
            '-' | '+' | '=' if position == 0 => {
                escaped.push('\\');
                escaped.push(character);
            }
            '.' | ')' if position == opening && position > 0 => {
                escaped.push('\\');
                escaped.push(character);
            }
            _ => escaped.push(character),
        }
    }
    escaped
}

/// `text` between back-ticks; ids and file names, which are to be copied.
pub(super) fn code(text: &str) -> String {
    let line = one_line(text);
    if line.is_empty() {
        String::new()
    } else if line.contains(['`', '|', '\\']) {
        // A code span cannot hold these safely in a table.
        escape(&line)
    } else {
        format!("`{line}`")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn leaves_nothing_to_interpret() {
        let cases = [
            ("a|b", "a\\|b"),
            ("a\\|b", "a&#92;\\|b"),
            ("<b>&", "&lt;b&gt;&amp;"),
            ("1. 甲", "1\\. 甲"),
            ("- 甲-乙", "\\- 甲-乙"),
            ("2023.5", "2023\\.5"),
            ("第\n二行", "第二行"),
        ];
        for (text, expected) in cases {
            assert_eq!(escape(text), expected);
        }
        assert_eq!(code("A-1"), "`A-1`");
        assert_eq!(code("@ZZ|99"), "@ZZ\\|99");
    }

    proptest! {
        #[test]
        fn no_border_and_no_tag(text in "[|\\\\<>`a文\n]{0,20}") {
            let escaped = escape(&text);
            let bare = escaped.replace("\\|", "").replace("\\`", "");
            prop_assert!(!bare.contains(['|', '<', '>', '\n', '\\', '`']), "{}", escaped);
        }
    }
}
