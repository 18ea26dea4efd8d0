//! Numbers, shares, dates and levels in target phrases.

use super::words::{LEVELS, MEASURES};

/// A number with its counter, or a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quantity {
    /// 10家
    Count(u32),
    /// 30%, in basis points.
    Share(u16),
    /// 2023年12月31日前
    Date,
    /// 市、县两级
    Levels,
}

/// The quantity `text` begins with and its length in bytes.
pub(super) fn quantity(text: &str) -> Option<(Quantity, usize)> {
    levels(text).or_else(|| date(text)).or_else(|| share(text)).or_else(|| count(text))
}

fn digits(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    &text[..end]
}

fn count(text: &str) -> Option<(Quantity, usize)> {
    let (number, mut used) = whole_number(text)?;
    // 60-70家: the lower end counts.
    if let Some(rest) = text[used..].strip_prefix('-') {
        let (_, more) = whole_number(rest)?;
        used += 1 + more;
    }
    let more = text[used..].strip_prefix('多').map_or(0, |_| '多'.len_utf8());
    used += more;
    let measure = text[used..].chars().next().filter(|&c| MEASURES.contains(c))?;
    used += measure.len_utf8();
    Some((Quantity::Count(number), used))
}

fn whole_number(text: &str) -> Option<(u32, usize)> {
    let figures = digits(text);
    if !figures.is_empty() {
        return figures.parse().ok().map(|number| (number, figures.len()));
    }
    let mut total = 0u32;
    let mut open = 0u32;
    let mut used = 0;
    for character in text.chars() {
        match "零一二三四五六七八九".chars().position(|c| c == character) {
            Some(value) => open = value as u32,
            None => match character {
                '两' => open = 2,
                '十' => {
                    total += open.max(1) * 10;
                    open = 0;
                }
                '百' => {
                    total += open.max(1) * 100;
                    open = 0;
                }
                _ => break,
            },
        }
        used += character.len_utf8();
        if used > 30 {
            return None;
        }
    }
    (used > 0).then_some((total + open, used))
}

fn share(text: &str) -> Option<(Quantity, usize)> {
    if let Some(rest) = text.strip_prefix("百分之") {
        let (number, used) = whole_number(rest)?;
        let share = u16::try_from(number.min(100) * 100).ok()?;
        return Some((Quantity::Share(share), "百分之".len() + used));
    }
    let figures = digits(text);
    if figures.is_empty() {
        return None;
    }
    let mut used = figures.len();
    let whole: u32 = figures.parse().ok()?;
    if let Some(rest) = text[used..].strip_prefix(':') {
        let below = digits(rest);
        let below_number: u32 = below.parse().ok().filter(|&number| number > whole)?;
        let share = u64::from(whole) * 10_000 / u64::from(below_number);
        return Some((Quantity::Share(share as u16), used + 1 + below.len()));
    }
    let mut share = whole.min(100) * 100;
    if let Some(rest) = text[used..].strip_prefix('.') {
        let fraction = digits(rest);
        let mut scale = 10;
        for figure in fraction.bytes().take(2) {
            share += u32::from(figure - b'0') * scale;
            scale /= 10;
        }
        used += 1 + fraction.len();
    }
    if let Some(rest) = text[used..].strip_prefix('-')
        && let upper = digits(rest)
        && !upper.is_empty()
        && rest[upper.len()..].starts_with('%')
    {
        return Some((Quantity::Share(share.min(10_000) as u16), used + 1 + upper.len() + 1));
    }
    text[used..].starts_with('%').then_some((Quantity::Share(share.min(10_000) as u16), used + 1))
}

fn date(text: &str) -> Option<(Quantity, usize)> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut used = 0;
    let mut dated = false;
    for (at, character) in text.char_indices() {
        if matches!(character, '年' | '月' | '日' | '季') {
            dated = true;
        } else if !(character.is_ascii_digit()
            || ".-/".contains(character)
            || (dated && "度上中下旬至到前后以底末起期间之".contains(character)))
        {
            break;
        }
        used = at + character.len_utf8();
    }
    dated.then_some((Quantity::Date, used))
}

fn levels(text: &str) -> Option<(Quantity, usize)> {
    let run: usize = text.chars().take(24).take_while(|&c| LEVELS.contains(c)).map(char::len_utf8).sum();
    let places = text[..run].chars().filter(|&c| "省市县区旗盟州乡镇村".contains(c)).count();
    let rest = &text[run..];
    let ending = ["两级", "三级", "四级", "二级"].into_iter().find(|ending| rest.starts_with(ending))?;
    let balanced = text[..run].matches('(').count() == text[..run].matches(')').count();
    let begins = text.starts_with(|c| "省市县区旗盟州乡镇村".contains(c));
    (places >= 2 && balanced && begins).then_some((Quantity::Levels, run + ending.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_quantities() {
        for (text, expected) in [
            ("10家", Some((Quantity::Count(10), 5))),
            ("十二个街道", Some((Quantity::Count(12), 9))),
            ("60-70家", Some((Quantity::Count(60), 8))),
            ("30%以上", Some((Quantity::Share(3000), 3))),
            ("0.5%", Some((Quantity::Share(50), 4))),
            ("10-20%", Some((Quantity::Share(1000), 6))),
            ("1:10比例", Some((Quantity::Share(1000), 4))),
            ("2022年12月31日前登记", Some((Quantity::Date, 20))),
            ("市、县(区)两级部门", Some((Quantity::Levels, 20))),
            ("一类", None),
            ("三级医院", None),
            ("12345", None),
        ] {
            assert_eq!(quantity(text), expected, "{text}");
        }
    }
}
