//! A name taken apart for printing: year, body and kind, each as written.

use super::activity::{activity_start, turned_round, without_work};
use super::frame;
use super::phrase::Phrase;
use super::rounds::is_round_word;
use crate::lexicon::Lexicon;

/// A name without what every plan repeats.
#[derive(Clone, Debug, Default)]
pub(super) struct Title {
    /// What the item is about.
    pub(super) body: Phrase,
    /// The words of activity at the end, without 专项.
    pub(super) suffix: Phrase,
    /// Words in brackets behind everything, with the brackets.
    pub(super) tail: Phrase,
    /// Whether the name speaks of the year (2023年度, 年度考核).
    pub(super) annual: bool,
    /// The year, where the name begins with one.
    pub(super) year: Option<i32>,
}

/// Openings of a name that only announce it, longest first.
const OPENINGS: &[&str] = &[
    "关于组织开展",
    "关于联合开展",
    "部门联合",
    "关于开展",
    "关于做好",
    "关于对",
    "关于",
    "组织开展",
    "联合开展",
    "开展",
];
/// Areas at the beginning of a name: the plan is of that area anyway.
const AREAS: &[&str] = &[
    "全区",
    "全县",
    "全旗",
    "全市",
    "全州",
    "全盟",
    "全省",
    "辖区内",
    "辖区",
    "我区",
    "我县",
    "我旗",
    "我市",
    "我州",
    "本区",
    "本县",
    "本旗",
    "本市",
];
/// The modifier which a merged name gives up.
const SPECIAL: &str = "专项";
/// The word which moves to the year.
const ANNUAL: &str = "年度";
impl Title {
    /// The `name` taken apart.
    pub(super) fn of(name: &Phrase, lexicon: &Lexicon) -> Self {
        let mut title = Self { body: frame::bare(name), ..Self::default() };
        title.take_tail();
        let addressed = title.take_front();
        title.take_suffix(lexicon);
        title.drop_light_words();
        if let Some(rest) = title.body.strip_suffix("的").filter(|rest| !rest.is_empty()) {
            title.body = rest;
            if addressed && let Some(rest) = title.body.strip_prefix("对").filter(|rest| !rest.is_empty()) {
                title.body = rest;
            }
        } else if addressed {
            title.drop_address();
        }
        title.drop_opening_inside();
        if title.suffix.is_empty()
            && let Some((body, suffix)) = turned_round(&title.body)
        {
            (title.body, title.suffix) = (body, suffix);
        }
        title.body = title.body.without_loose_ends();
        title
    }

    /// Whether the name says nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.body.is_empty() && self.suffix.is_empty()
    }

    /// Body and suffix together.
    pub(super) fn headline(&self) -> Phrase {
        let mut whole = self.body.clone();
        whole.push(&self.suffix);
        whole
    }

    /// 对交通建设工程的安全生产 is 交通建设工程安全生产.
    fn drop_address(&mut self) {
        let folded = self.body.folded();
        let Some(position) = folded.find('的').filter(|_| folded.matches('的').count() == 1) else {
            return;
        };
        let rest = self.body.without(position..position + '的'.len_utf8());
        if let Some(rest) = rest.strip_prefix("对") {
            self.body = rest;
        }
    }

    /// 常态化开展扫黑除恶 says no more than 常态化扫黑除恶; 开展情况 is another word.
    fn drop_opening_inside(&mut self) {
        const WORD: &str = "开展";
        let body = self.body.folded();
        if let Some(position) = body.find(WORD) {
            let behind = &body[position + WORD.len()..];
            if position > 0
                && !behind.is_empty()
                && !["情况", "工作", "的", "活动"].iter().any(|word| behind.starts_with(word))
            {
                self.body = self.body.without(position..position + WORD.len());
            }
        }
    }

    /// 对农药进行检查 is 农药检查, and 农药使用情况的年中检查 is 农药使用情况年中检查.
    fn drop_light_words(&mut self) {
        const LIGHT: &[&str] = &["进行", "开展", "予以", "加以"];
        let rest = LIGHT.iter().find_map(|word| self.body.strip_suffix(word));
        if let Some(rest) = rest.filter(|rest| !self.suffix.is_empty() && rest.chars() >= 2) {
            self.body = rest;
        }
        let text = self.body.folded();
        if let Some(position) = text.rfind('的') {
            let end = position + '的'.len_utf8();
            if position > 0 && is_round_word(&text[end..]) {
                self.body = self.body.without(position..end);
            }
        }
    }

    fn take_tail(&mut self) {
        if !self.body.folded().ends_with(')') {
            return;
        }
        let mut depth = 0i32;
        for (position, character) in self.body.folded().char_indices().rev() {
            match character {
                ')' => depth += 1,
                '(' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                if position > 0 {
                    self.tail = self.body.slice(position..self.body.folded().len());
                    self.body = self.body.slice(0..position);
                }
                return;
            }
        }
    }

    /// Takes openings, areas and the year; tells whether the name addresses its object with 对.
    fn take_front(&mut self) -> bool {
        loop {
            let rest = if let Some((year, rest)) = leading_year(&self.body) {
                self.year = self.year.or(Some(year));
                Some(rest)
            } else if let Some(rest) = self.body.strip_prefix(ANNUAL).filter(|rest| !is_document(rest)) {
                self.annual = true;
                Some(rest)
            } else {
                OPENINGS.iter().chain(AREAS).find_map(|opening| self.body.strip_prefix(opening))
            };
            match rest.filter(|rest| rest.chars() >= 2) {
                Some(rest) => self.body = rest,
                None => return self.body.folded().starts_with('对'),
            }
        }
    }

    /// Takes the activity from the end of the body.
    fn take_suffix(&mut self, lexicon: &Lexicon) {
        self.body = without_work(&self.body);
        let Some(start) = activity_start(self.body.folded(), lexicon) else { return };
        let mut suffix = self.body.slice(start..self.body.folded().len());
        self.body = self.body.slice(0..start);
        self.annual |= suffix.folded().contains(ANNUAL);
        if let Some(position) = suffix.folded().find(SPECIAL) {
            suffix = suffix.without(position..position + SPECIAL.len());
        }
        self.suffix = suffix;
    }

    /// Takes out 年度, where something in front of the name says it.
    pub(super) fn drop_annual(&mut self) {
        for part in [&mut self.suffix, &mut self.body] {
            if let Some(position) = part.folded().find(ANNUAL) {
                *part = part.without(position..position + ANNUAL.len());
            }
        }
    }
}

/// 年度报告 and 年度预算 are papers, not reports of the year.
fn is_document(rest: &Phrase) -> bool {
    ["报告", "预算", "决算", "计划"].iter().any(|paper| rest.folded().starts_with(paper))
}

/// A year at the beginning (2023年, 2023年度, 二〇二三年) and what follows it.
///
/// The 度 of 年度 stays off the rest, and 年度 itself is put back so that the caller sees it.
fn leading_year(phrase: &Phrase) -> Option<(i32, Phrase)> {
    let mut characters = phrase.folded().char_indices();
    let mut year = 0i32;
    for _ in 0..4 {
        let (_, character) = characters.next()?;
        let digit = match character {
            '0'..='9' => character as i32 - '0' as i32,
            _ => "零一二三四五六七八九".chars().position(|numeral| numeral == character)? as i32,
        };
        year = year * 10 + digit;
    }
    let (position, _) = characters.next().filter(|&(_, character)| character == '年')?;
    if !(1949..2100).contains(&year) {
        return None;
    }
    let behind = phrase.slice(position..phrase.folded().len());
    if behind.folded().starts_with(ANNUAL) {
        return Some((year, behind));
    }
    behind.strip_prefix("年").map(|rest| (year, rest))
}
