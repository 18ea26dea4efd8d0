//! What an item says of another one of its organizer: that both ask the same.

use std::ops::RangeInclusive;

use super::features::Features;
use super::wording::common;
use crate::model::schedule::{Certainty, Schedule};

/// Whether one says that it asks what another item of its organizer asks, and means the other.
pub(super) fn repeats(a: &Features, b: &Features) -> bool {
    a.department == b.department && (refers_to(a, b) || refers_to(b, a))
}

/// Whether one says that it asks what the other asks: by a word of its name, by its round, or by its time, where
/// both speak of the same otherwise.
fn refers_to(one: &Features, other: &Features) -> bool {
    let Some(clause) = &one.said.refers else { return false };
    let rounds = ["上半年", "下半年", "春", "秋", "第一", "第二", "上一", "前一", "一期", "上次"];
    !other.rounds.is_empty() && rounds.iter().any(|word| clause.contains(word))
        || pairs_of(&other.matter).any(|pair| !EVERYWHERE.contains(&pair) && clause.contains(pair))
        || names_time(clause, &other.schedule)
            && !names_time(clause, &one.schedule)
            && (common(&one.venues, &other.venues) > 0 || speaks_of(one, other))
}

/// Words of any matter, which tell none.
const EVERYWHERE: &[&str] = &[
    "安全", "管理", "工作", "检查", "监督", "监管", "落实", "情况", "整治", "专项", "执行", "建设", "服务",
    "质量", "标准", "制度",
];

/// Pairs of characters next to each other.
fn pairs_of(text: &str) -> impl Iterator<Item = &str> {
    let starts = || text.char_indices().map(|(at, _)| at).chain([text.len()]);
    starts().zip(starts().skip(2)).map(|(from, to)| &text[from..to])
}

/// Whether the name of one has two words in common with the name or the content of the other.
fn speaks_of(one: &Features, other: &Features) -> bool {
    let said = [&other.name_text.tokens, &other.content.own.tokens];
    let both = |word: &&u32| said.iter().any(|tokens| tokens.binary_search(word).is_ok());
    one.name_text.tokens.iter().filter(both).count() >= 2
}

/// Whether a text names the months of this year in which all windows of a schedule lie (同5月, 接春季).
fn names_time(text: &str, schedule: &Schedule) -> bool {
    let seasons = [("上半年", 1..=6), ("下半年", 7..=12), ("春季", 2..=5), ("夏季", 5..=8), ("秋季", 8..=11)];
    let lie_in = |months: &RangeInclusive<u32>| {
        schedule.windows.iter().all(|window| {
            [window.start(), window.end()].iter().all(|day| {
                let (year, month, _) = day.parts();
                year == 0 && months.contains(&month)
            })
        })
    };
    let by_number = || {
        text.match_indices('月').filter_map(|(at, _)| {
            let digits = text[..at].rfind(|character: char| !character.is_ascii_digit());
            let start =
                digits.map_or(0, |before| before + text[before..].chars().next().map_or(0, char::len_utf8));
            text[start..at].parse::<u32>().ok()
        })
    };
    schedule.certainty == Certainty::Exact
        && !["去年", "上年", "往年"].iter().any(|word| text.contains(word))
        && (seasons.iter().any(|(word, months)| text.contains(word) && lie_in(months))
            || by_number().any(|month| lie_in(&(month..=month))))
}
