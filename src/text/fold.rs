//! Folding of Unicode variants.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// The folded form of `text`: what is compared, never what is shown.
///
/// In order: circled and bracketed numbers become `(n)` (NFKC would glue `①③` into `13`); NFKC
/// (full width to half width, compatibility forms); Chinese and typographic quotes, brackets, dashes and stops to one ASCII or Chinese form each
/// (`“”‘’「」『』` → `"`, `〔〕[]【】` → `()`, `〈〉` → `《》`, `—–―~` → `-`, `。．` → `.`, `，` → `,`,
/// `〇○` → `0`); letters to lower case; white space, line breaks, zero-width and control characters
/// removed; traditional to simplified characters.
///
/// Idempotent: `fold(fold(x)) == fold(x)`. One pass is idempotent on text of Han characters, ASCII
/// and the marks above; any other text is passed again until nothing changes (a lower-case letter
/// may take its accent from the next character only then), which happens within a few passes.
/// Complexity: O(length).
///
/// # Examples
/// ```
/// assert_eq!(tongchou::text::fold("森林草原防滅火 \n督查（２０２３年）"), "森林草原防灭火督查(2023年)");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = match plain(text) {
        // Nearly all text: nothing that another pass would change.
        Some(folded) if !has_traditional(&folded) => return folded,
        folded => converted(folded.unwrap_or_else(|| compose(text))),
    };
    for _ in 1..PASSES {
        if folded.chars().all(is_settled) && !has_traditional(&folded) {
            break;
        }
        let again = pass(&folded);
        if again == folded {
            break;
        }
        folded = again;
    }
    folded
}

/// Whether a character surely leaves a letter or digit when its text is folded, so that a text with one need not be
/// folded to know that something is left. Complexity: O(1).
pub(crate) fn survives_folding(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '\u{4e00}'..='\u{9fff}')
}

/// Most passes over one text; two or three are enough for every text tried.
const PASSES: usize = 8;

/// Whether no later pass changes or combines `character`.
fn is_settled(character: char) -> bool {
    matches!(character,
        '!'..='~' | '\u{4e00}'..='\u{9fff}' | '《' | '》' | '、' | '·' | '≥' | '≤' | '×' | '→' | '‰')
}

fn pass(text: &str) -> String {
    converted(plain(text).unwrap_or_else(|| compose(text)))
}

/// In simplified characters: last, so that a removed space cannot bring together a phrase that is converted as a whole.
fn converted(folded: String) -> String {
    if has_traditional(&folded) { hanconv::t2s(&folded) } else { folded }
}

/// The text with its marks in one form, where it holds nothing that needs composing: nearly all text.
fn plain(text: &str) -> Option<String> {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars() {
        let mapped = match character {
            // Full width to half width, as NFKC has it.
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(character as u32 - 0xfee0)?,
            '\u{3000}' => continue,
            '…' => {
                folded.push_str("...");
                continue;
            }
            c => c,
        };
        match mark(mapped) {
            Some('\0') => {}
            Some(mapped) => folded.push(mapped),
            None if is_settled(mapped) => folded.push(mapped.to_ascii_lowercase()),
            None => return None,
        }
    }
    Some(folded)
}

/// Any text by way of NFKC.
fn compose(text: &str) -> String {
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
    let mut folded = String::with_capacity(prepared.len());
    for character in prepared.nfkc() {
        match mark(character) {
            Some('\0') => {}
            Some(mapped) => folded.push(mapped),
            None => folded.extend(character.to_lowercase()),
        }
    }
    folded
}

/// The one form of a mark; `\0` for what is removed; `None` for letters.
fn mark(character: char) -> Option<char> {
    Some(match character {
        '\u{4e00}'..='\u{9fff}' | '0'..='9' => return None,
        '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' | '＂' | '\'' | '`' | '´' | '〝' | '〞' | '〟' => {
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
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => '\0',
        c if c.is_whitespace() || c.is_control() => '\0',
        _ => return None,
    })
}

/// Whether some character stands in a traditional form where the simplified form has another: most text has none and
/// need not be converted.
fn has_traditional(text: &str) -> bool {
    /// One bit for each character below U+30000.
    static CHANGED: LazyLock<Vec<u64>> = LazyLock::new(|| {
        let mut bits = vec![0u64; 0x30000 / 64];
        for (form, simple) in hanconv::TSCharacters.iter().chain(hanconv::TSPhrases.iter()) {
            // 一目瞭然 changes in 瞭 alone; of forms that change their length any character may be what changes.
            let same_length = form.chars().count() == simple.chars().count();
            let pairs = form.chars().zip(simple.chars().map(Some).chain(std::iter::repeat(None)));
            for (character, _) in pairs.filter(|&(one, other)| !same_length || other != Some(one)) {
                if let Some(word) = bits.get_mut(character as usize / 64) {
                    *word |= 1 << (character as usize % 64);
                }
            }
        }
        bits
    });
    let changed = &CHANGED[..];
    text.chars().any(|c| changed.get(c as usize / 64).is_some_and(|word| word >> (c as usize % 64) & 1 == 1))
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
