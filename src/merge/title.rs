//! A name taken apart for printing: year, body and kind, each as written.

use super::phrase::Phrase;
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

/// Document words at the end of a name, longest first.
const DOCUMENTS: &[&str] = &[
    "工作的实施方案",
    "的实施方案",
    "的工作方案",
    "实施方案",
    "工作方案",
    "的通知",
    "的公告",
    "的函",
    "的方案",
    "通知",
    "方案",
];
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
const AREAS: &[&str] = &["全区", "全县", "全旗", "全市", "全州", "全盟", "全省", "辖区内", "辖区"];
/// Words that belong to the activity when they stand before it, longest first.
const MODIFIERS: &[&str] = &[
    "\"双随机、一公开\"",
    "双随机、一公开",
    "\"双随机\"",
    "双随机",
    "跨部门",
    "拉网式",
    "常态化",
    "专项",
    "综合",
    "联合",
    "监督",
    "执法",
    "行政",
    "随机",
    "日常",
    "年度",
    "现场",
    "实地",
    "定期",
    "部门",
    "集中",
    "全面",
    "绩效",
    "重点",
    "大",
];
/// The modifier which a merged name gives up.
const SPECIAL: &str = "专项";
/// The word which moves to the year.
const ANNUAL: &str = "年度";
/// Activities that may stand before another one (督查考核, 排查检查).
pub(super) const ACTIVITIES: &[&str] = &[
    "检查", "督查", "督导", "督察", "考核", "考评", "评估", "巡查", "抽查", "排查", "核查", "验收", "测评",
    "暗访",
];

impl Title {
    pub(super) fn parse(name: &str, lexicon: &Lexicon) -> Self {
        let mut title = Self { body: Phrase::new(name), ..Self::default() };
        for document in DOCUMENTS {
            if let Some(rest) = title.body.strip_suffix(document).filter(|rest| !rest.is_empty()) {
                title.body = rest;
                break;
            }
        }
        title.take_tail();
        let addressed = title.take_front();
        title.take_suffix(lexicon);
        if let Some(rest) = title.body.strip_suffix("的").filter(|rest| !rest.is_empty()) {
            title.body = rest;
            if addressed && let Some(rest) = title.body.strip_prefix("对").filter(|rest| !rest.is_empty()) {
                title.body = rest;
            }
        } else if addressed {
            title.drop_address();
        }
        title.drop_opening_inside();
        title
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

/// Where the words of activity at the end of a folded name begin; at least two characters stay before.
fn activity_start(folded: &str, lexicon: &Lexicon) -> Option<usize> {
    let forms = lexicon.words.kinds.iter().map(|(form, _)| form.as_str());
    let ends =
        |text: &str, word: &str| text.ends_with(word) && text.chars().count() >= word.chars().count() + 2;
    let last = forms.filter(|form| form.chars().count() == 2).find(|form| ends(folded, form))?;
    let atom = folded.len() - last.len();
    let mut start = atom;
    loop {
        let before = &folded[..start];
        // A campaign (大检查, 大排查) is a matter which the last activity looks at.
        let campaign =
            ACTIVITIES.iter().any(|word| before.strip_suffix(word).is_some_and(|rest| rest.ends_with('大')));
        let word = MODIFIERS.iter().chain(ACTIVITIES).find(|word| ends(before, word));
        match word.filter(|_| !campaign) {
            Some(word) => start -= word.len(),
            None => break,
        }
    }
    // 行政执法监督督察 behind a connective is a matter, not a string of modifiers.
    Some(if folded[..start].ends_with(['与', '和', '及', '暨', '、']) { atom } else { start })
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
