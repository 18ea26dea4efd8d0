//! Folding of Unicode variants.

use unicode_normalization::UnicodeNormalization;

/// The folded form of `text`: what is compared, never what is shown.
///
/// In order: circled and bracketed numbers become `(n)` (NFKC would glue `①③` into `13`); NFKC
/// (full width to half width, compatibility forms); traditional to simplified characters; Chinese
/// and typographic quotes, brackets, dashes and stops to one ASCII or Chinese form each
/// (`“”‘’「」『』` → `"`, `〔〕[]【】` → `()`, `—–―~～至` stay words only where they are letters:
/// dashes → `-`, `。．` → `.`, `，` → `,`, `〇○` → `0`); letters to lower case; white space, line
/// breaks, zero-width and control characters removed.
///
/// Idempotent: `fold(fold(x)) == fold(x)`. Complexity: O(length).
///
/// # Examples
/// ```
/// assert_eq!(tongchou::text::fold("森林草原防滅火 \n督查（２０２３年）"), "森林草原防灭火督查(2023年)");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let mut prepared = String::with_capacity(text.len());
    for character in text.chars() {
        match circled_number(character) {
            Some(number) => {
                prepared.push('(');
                prepared.push_str(&number.to_string());
                prepared.push(')');
            }
            None => prepared.push(character),
        }
    }
    let composed: String = prepared.nfkc().collect();
    let simplified = if composed.is_ascii() { composed } else { hanconv::t2s(&composed) };
    let mut folded = String::with_capacity(simplified.len());
    for character in simplified.chars() {
        let mapped = match character {
            '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' | '＂' | '\'' | '`' | '´' | '〝' | '〞' => {
                '"'
            }
            '〔' | '[' | '【' | '〖' | '〘' | '{' => '(',
            '〕' | ']' | '】' | '〗' | '〙' | '}' => ')',
            '〈' => '《',
            '〉' => '》',
            '—' | '–' | '―' | '‐' | '‑' | '‒' | '−' | '─' | '━' | '﹣' | '~' | '〜' | '∼' => {
                '-'
            }
            '。' | '．' | '｡' => '.',
            '，' | '﹐' => ',',
            '：' | '∶' => ':',
            '；' => ';',
            '•' | '・' | '·' | '‧' | '∙' => '·',
            '〇' | '○' | '◯' => '0',
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => continue,
            c if c.is_whitespace() || c.is_control() => continue,
            c => c,
        };
        folded.extend(mapped.to_lowercase());
    }
    folded
}

/// The number in a circle, in brackets or followed by a stop (①, ⑴, ⒈, ❶, ㈠), if `character` is one.
fn circled_number(character: char) -> Option<u32> {
    let code = character as u32;
    let within = |start: u32, count: u32, first: u32| {
        (start..start + count).contains(&code).then(|| code - start + first)
    };
    within(0x2460, 20, 1)
        .or_else(|| within(0x2474, 20, 1))
        .or_else(|| within(0x2488, 20, 1))
        .or_else(|| within(0x2776, 10, 1))
        .or_else(|| within(0x2780, 10, 1))
        .or_else(|| within(0x278a, 10, 1))
        .or_else(|| within(0x24eb, 10, 11))
        .or_else(|| within(0x24f5, 10, 1))
        .or_else(|| within(0x3220, 10, 1))
        .or_else(|| within(0x3280, 10, 1))
        .or_else(|| within(0x3251, 15, 21))
        .or_else(|| within(0x32b1, 15, 36))
        .or(if code == 0x24ea { Some(0) } else { None })
}
