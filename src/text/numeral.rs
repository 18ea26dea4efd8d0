//! Numbers as clerks write them.

/// The number that the whole (folded) `text` writes, Arabic or Chinese.
///
/// Read are `12`, `十二`, `二十`, `两`, `一百零五`, `廿三`, `3万` and digit by digit `二0二三`; leading
/// zeros count for nothing. Fractions, 半 and numbers above `u32::MAX` give `None`.
///
/// # Examples
/// ```
/// use tongchou::text::number;
/// assert_eq!(number("一百零五"), Some(105));
/// assert_eq!(number("二0二三"), Some(2023));
/// assert_eq!(number("半"), None);
/// ```
#[must_use]
pub fn number(text: &str) -> Option<u32> {
    if text.is_empty() {
        return None;
    }
    // Digit by digit: 二0二三. 两 never stands in such a number.
    if text.chars().all(|c| digit(c).is_some() && (c != '两' || text.len() == c.len_utf8())) {
        return text
            .chars()
            .filter_map(digit)
            .try_fold(0u32, |value, digit| value.checked_mul(10)?.checked_add(digit));
    }
    let (mut total, mut section, mut pending): (u32, u32, Option<u32>) = (0, 0, None);
    for character in text.chars() {
        if let Some(digit) = digit(character) {
            // 105 in 3万105 and the like: Arabic digits run on, a Chinese digit stands alone.
            pending = match pending {
                Some(before) if character.is_ascii_digit() => {
                    Some(before.checked_mul(10)?.checked_add(digit)?)
                }
                Some(0) | None => Some(digit),
                Some(_) => return None,
            };
        } else if let Some(tens) = tens(character) {
            section = section.checked_add(tens)?;
        } else if character == '万' {
            if section == 0 && pending.is_none() {
                return None;
            }
            section = section.checked_add(pending.take().unwrap_or(0))?;
            total = total.checked_add(section)?.checked_mul(10_000)?;
            section = 0;
        } else {
            // 十 may stand alone for 一十; 百 and 千 may not.
            let unit = unit(character)?;
            let factor = pending.take().or_else(|| (unit == 10).then_some(1))?;
            section = section.checked_add(factor.checked_mul(unit)?)?;
        }
    }
    total.checked_add(section)?.checked_add(pending.unwrap_or(0))
}

/// Whether `character` can stand in a number that [`number`] reads.
pub(super) fn is_numeral(character: char) -> bool {
    digit(character).is_some() || unit(character).is_some() || tens(character).is_some() || character == '万'
}

fn digit(character: char) -> Option<u32> {
    Some(match character {
        '0'..='9' => character as u32 - '0' as u32,
        '零' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

fn unit(character: char) -> Option<u32> {
    match character {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1_000),
        _ => None,
    }
}

fn tens(character: char) -> Option<u32> {
    match character {
        '廿' => Some(20),
        '卅' => Some(30),
        _ => None,
    }
}
