//! Parts of one matter that are counted: generations, terms, lots.

use super::phrase::Phrase;
use super::rounds::AllRounds;

/// What parts are counted by.
const COUNTED: &[char] = &['代', '届', '期', '轮', '批', '标', '片'];
/// Numerals, in their order.
const NUMERALS: &str = "一二三四五六七八九十";

/// `body` of one part, said of all parts, and their numbers for brackets: 美国白蛾防控（第一、二代).
///
/// `None` unless every body counts its part by the same word.
pub(super) fn all_ordinals(body: &Phrase, others: &[Phrase]) -> Option<AllRounds> {
    let own = ordinal(body.folded())?;
    let mut numbers = vec![own.number];
    for other in others {
        numbers.push(ordinal(other.folded()).filter(|found| found.unit == own.unit)?.number);
    }
    numbers.sort_unstable();
    numbers.dedup();
    let name = body.without(own.start..own.end);
    if numbers.len() != others.len() + 1 || name.chars() < 4 {
        return None;
    }
    let numerals: Vec<String> =
        numbers.iter().filter_map(|&number| NUMERALS.chars().nth(number)).map(String::from).collect();
    Some(AllRounds { name, bracket: format!("第{}{}", numerals.join("、"), own.unit) })
}

/// 第一代 or 一代 in a text.
#[derive(Debug)]
struct Ordinal {
    start: usize,
    end: usize,
    /// From 0.
    number: usize,
    unit: char,
}

fn ordinal(text: &str) -> Option<Ordinal> {
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    characters.iter().zip(characters.iter().skip(1)).find_map(|(&(position, numeral), &(unit_at, unit))| {
        let number = NUMERALS.chars().position(|known| known == numeral)?;
        let before = &text[..position];
        let start = before.strip_suffix('第').map_or(position, str::len);
        // 十一期 is the eleventh, which no name says.
        let is_whole = !before.ends_with(|last: char| NUMERALS.contains(last));
        (COUNTED.contains(&unit) && is_whole).then_some(Ordinal {
            start,
            end: unit_at + unit.len_utf8(),
            number,
            unit,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(body: &str, others: &[&str]) -> Option<String> {
        let others: Vec<Phrase> = others.iter().map(|other| Phrase::new(other)).collect();
        all_ordinals(&Phrase::new(body), &others)
            .map(|all| format!("{}（{}）", all.name.shown(), all.bracket))
    }

    #[test]
    fn counted_parts_share_a_name() {
        assert_eq!(
            said("第一代玉米螟防控成效", &["二代玉米螟防治", "第三代（越冬代）玉米螟防治"]).as_deref(),
            Some("玉米螟防控成效（第一、二、三代）"),
        );
        assert_eq!(said("安置房二期交付", &["安置房一期质量"]).as_deref(), Some("安置房交付（第一、二期）"));
        assert_eq!(said("安置房二期交付", &["安置房一标段质量"]), None);
        assert_eq!(said("安置房二期交付", &["安置房质量"]), None);
        assert_eq!(said("二期", &["一期"]), None);
    }
}
