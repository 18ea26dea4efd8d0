//! The rounds and years that a name speaks of.

use crate::model::schedule::Round;
use crate::text::Scanner;

/// What [`strip`] found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The name without years and rounds.
    pub(super) text: String,
    /// The first single year (2021-2030年 is none).
    pub(super) year: Option<i32>,
    /// Rounds in the order found.
    pub(super) rounds: Vec<Round>,
}

use Round::{Autumn, FirstHalf, MidTerm, SecondHalf, Spring, Summer, Winter, YearEnd};

/// What stands for a round: the words, what takes their place, the rounds.
type Rule = (&'static str, &'static str, &'static [Round]);

fn rules(first: char) -> &'static [Rule] {
    match first {
        '春' => &[
            ("春、秋季学期", "", &[Spring, Autumn]),
            ("春、秋两季", "", &[Spring, Autumn]),
            ("春、秋季", "", &[Spring, Autumn]),
            ("春,秋季", "", &[Spring, Autumn]),
            ("春秋季学期", "", &[Spring, Autumn]),
            ("春秋两季", "", &[Spring, Autumn]),
            ("春秋季", "", &[Spring, Autumn]),
            ("春夏季", "", &[Spring, Summer]),
            ("春季学期", "", &[Spring]),
            ("春学期", "", &[Spring]),
            ("春季", "", &[Spring]),
            ("春节前后", "", &[Spring]),
            ("春节后", "", &[Spring]),
        ],
        '夏' => &[
            ("夏秋季", "", &[Summer, Autumn]),
            ("夏、冬季", "", &[Summer, Winter]),
            ("夏季", "", &[Summer]),
            ("夏粮", "粮食", &[Summer]),
        ],
        '秋' => &[
            ("秋冬季", "", &[Autumn, Winter]),
            ("秋季学期", "", &[Autumn]),
            ("秋学期", "", &[Autumn]),
            ("秋季", "", &[Autumn]),
            ("秋粮", "粮食", &[Autumn]),
        ],
        '冬' => &[("冬春季", "", &[Winter, Spring]), ("冬季", "", &[Winter])],
        '今' => &[("今冬明春", "", &[Winter, Spring])],
        '汛' => &[("汛期", "汛期", &[Summer])],
        '上' => &[
            ("上、下半年", "", &[FirstHalf, SecondHalf]),
            ("上下半年", "", &[FirstHalf, SecondHalf]),
            ("上半年度", "", &[FirstHalf]),
            ("上半年", "", &[FirstHalf]),
        ],
        '下' => &[("下半年度", "", &[SecondHalf]), ("下半年", "", &[SecondHalf])],
        '半' => &[("半年度", "", &[FirstHalf]), ("半年", "", &[FirstHalf])],
        '年' => &[
            ("年终", "", &[YearEnd]),
            ("年底", "", &[YearEnd]),
            ("年末", "", &[YearEnd]),
            ("年中", "", &[FirstHalf]),
        ],
        '中' => &[("中期", "", &[MidTerm])],
        '首' => &[
            ("首批次", "", &[Round::Batch(1)]),
            ("首批", "", &[Round::Batch(1)]),
            ("首轮", "", &[Round::Batch(1)]),
        ],
        _ => &[],
    }
}

/// Words that only look like a rule's: the character before and what stands behind.
fn is_word(word: &str, before: Option<char>, rest: &str) -> bool {
    let behind = |list: &[&str]| list.iter().any(|next| rest.starts_with(next));
    match word {
        "春季" => before == Some('青'),
        "半年" | "半年度" => before.is_some_and(|c| "每一两个0123456789".contains(c)),
        "年中" => behind(&["秋", "国", "期", "心", "小学"]),
        "年底" | "年末" | "年终" => before.is_some_and(|c| "常全".contains(c)),
        "中期" => before.is_some_and(|c| "短早".contains(c)) || behind(&["票据", "借贷"]),
        "夏粮" | "秋粮" => rest.starts_with('食'),
        _ => false,
    }
}

/// Takes years and rounds out of a folded name. Text in 《》 and quotes stays as it is.
///
/// 年度 is a round (the year's end) only at the end of what remains; see
/// [`matter`](super::matter). Complexity: O(length).
pub(super) fn strip(name: &str) -> Found {
    let mut found = Found { text: String::with_capacity(name.len()), ..Found::default() };
    let mut scanner = Scanner::new(name);
    'next: while let Some(first) = scanner.peek() {
        if let Some(length) = quoted(scanner.rest()) {
            let start = scanner.position();
            while scanner.position() < start + length {
                scanner.bump();
            }
            found.text.push_str(scanner.since(start));
            continue;
        }
        let before = found.text.chars().next_back();
        if year(&mut scanner, &mut found) || ordinal(&mut scanner, before, &mut found.rounds) {
            continue;
        }
        for (word, instead, rounds) in rules(first) {
            let start = scanner.position();
            if scanner.eat(word) {
                if is_word(word, before, scanner.rest()) {
                    scanner.reset(start);
                    continue;
                }
                found.text.push_str(instead);
                found.rounds.extend_from_slice(rounds);
                continue 'next;
            }
        }
        scanner.bump();
        found.text.push(first);
    }
    if found.text.contains("()") {
        found.text = found.text.replace("()", "");
    }
    found
}

/// Length in bytes of the quotation that `text` begins with, marks included.
pub(super) fn quoted(text: &str) -> Option<usize> {
    let (open, close) = match text.chars().next()? {
        '《' => ('《', '》'),
        '"' => ('"', '"'),
        _ => return None,
    };
    let mut depth = 0_u32;
    for (at, character) in text.char_indices().take(120) {
        if character == close && (open != close || at > 0) {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return Some(at + close.len_utf8());
            }
        } else if character == open {
            depth += 1;
        }
    }
    None
}

/// Takes 2023年度, 2023年6月, (2023), 2021-2030年, 二0二三年.
fn year(scanner: &mut Scanner<'_>, found: &mut Found) -> bool {
    let start = scanner.position();
    let before = found.text.chars().next_back();
    if before.is_some_and(|c| c.is_ascii_digit()) {
        return false;
    }
    let Some(first) = scanner.number().filter(|year| (1980..=2079).contains(year)) else {
        scanner.reset(start);
        return false;
    };
    let mut range = false;
    let here = scanner.position();
    if scanner.eat_any(&["-", "至", "/"]).is_some() {
        range = scanner.number().is_some_and(|last| (1980..=2079).contains(&last));
        if !range {
            scanner.reset(here);
        }
    }
    let end_named = ["年底", "年末", "年终", "年中"].iter().any(|word| scanner.rest().starts_with(word));
    let marked = end_named || scanner.eat_any(&["学年度", "学年", "年度", "年"]).is_some();
    let framed = before.is_none_or(|c| c == '(')
        && scanner.peek().is_none_or(|c| c == ')' || !c.is_ascii_alphanumeric());
    if !marked && !framed {
        scanner.reset(start);
        return false;
    }
    // 2023年6月 names a month of the year, no matter.
    let month = scanner.position();
    if !(marked && scanner.number().is_some() && scanner.eat_any(&["月份", "月"]).is_some()) {
        scanner.reset(month);
    }
    if !range {
        found.year.get_or_insert(first as i32);
    }
    true
}

/// Takes 第一批, 第3轮, 第二季度, 三季度.
fn ordinal(scanner: &mut Scanner<'_>, before: Option<char>, rounds: &mut Vec<Round>) -> bool {
    let start = scanner.position();
    let marked = scanner.eat("第");
    if let Some(number) =
        scanner.number().and_then(|number| u8::try_from(number).ok()).filter(|&number| number > 0)
    {
        let batch = marked && scanner.eat_any(&["批次", "轮次", "批", "轮", "阶段"]).is_some();
        if batch {
            rounds.push(Round::Batch(number));
            return true;
        }
        if number <= 4 && before != Some('每') && scanner.eat("季度") {
            rounds.push(Round::Quarter(number));
            return true;
        }
    }
    scanner.reset(start);
    false
}
