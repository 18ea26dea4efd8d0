//! How often an item takes place.

use crate::model::frequency::{Bound, Frequency};
use crate::text::{Scanner, fold, head};

/// Visits a year that a frequency cell names.
///
/// A rate is a number of visits (次, 轮, 批次, 遍) in a period: 每季度1次, 1次/季度, 年均1-2次. Per year
/// it is `visits × periods a year`, with 年 1, 半年 and 学期 2, 季度 4, 月 12, 半月 24, 旬 36, 周 52, 日
/// 365, N个月 `12 / N`, N天 `365 / N`, both rounded up. Decisions:
/// - No period means a year; no number means once a period (按季 is 4); a bare number counts visits.
/// - Less than once a year (三年一轮, 每两年1次) is one visit in a plan year, [`Bound::About`].
/// - Several rates: the least and the greatest bound the text; 上半年1次、下半年2次 and 上、下半年各1次
///   are added up. Only lower bounds give the greatest of them: the maximum rules when items merge.
/// - A word of direction counts for the number it stands by: 不少于, 至少, ≥, 以上; 不超过, 上限, ≤, 以内.
/// - 不定期, 随时, 按需, 根据…确定 make it irregular; a rate beside them is kept.
///
/// # Examples
/// ```
/// let frequency = tongchou::standardise::frequency("每月不少于1次");
/// assert_eq!((frequency.min_per_year, frequency.max_per_year), (Some(12), None));
/// ```
#[must_use]
pub fn frequency(text: &str) -> Frequency {
    parse(&fold(head(text)), true)
}

/// [`frequency`] of folded text. Where the text is no frequency cell (`own` false) only numbers with a
/// counter count, and periods with 每 or 按.
pub(super) fn parse(folded: &str, own: bool) -> Frequency {
    let mut reader = Reader { scanner: Scanner::new(folded), own, ..Reader::default() };
    reader.read();
    reader.finish()
}

/// A number of visits a year.
#[derive(Clone, Copy, Debug)]
struct Rate {
    low: u32,
    high: u32,
    bound: Bound,
    /// The half or season of the year it is for: such rates add up.
    part: Option<u8>,
}

/// Periods in `times` times a year; `times` 0 stands for less than once a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Period {
    times: u32,
}

#[derive(Default)]
struct Reader<'a> {
    scanner: Scanner<'a>,
    own: bool,
    rates: Vec<Rate>,
    /// The period that waits for its number.
    period: Option<Period>,
    bound: Option<Bound>,
    /// Parts of the year that wait for 各N次.
    parts: Vec<u8>,
    irregular: bool,
}

const AT_LEAST: &[&str] = &[
    "不得少于",
    "不能少于",
    "不应少于",
    "不少于",
    "不得低于",
    "不低于",
    "不小于",
    "至少",
    "最少",
    "最低",
    "起码",
    "大于等于",
    "大于或等于",
    ">=",
    "≥",
    ">",
    "下限",
];
const AT_MOST: &[&str] = &[
    "不得超过",
    "不能超过",
    "不应超过",
    "原则上不超过",
    "不超过",
    "不得高于",
    "不高于",
    "不得多于",
    "不多于",
    "不大于",
    "最多",
    "至多",
    "最高",
    "小于等于",
    "小于或等于",
    "<=",
    "≤",
    "<",
    "上限",
];
const ABOUT: &[&str] = &["大约", "大概", "约"];
const IRREGULAR: &[&str] = &[
    "不定期",
    "不固定",
    "随时",
    "随机",
    "按需",
    "适时",
    "必要时",
    "节点",
    "根据",
    "按照需要",
    "按实际",
    "视情",
    "视工作",
    "日常",
    "常态",
    "动态",
    "实时",
    "待定",
    "经常",
    "及时",
    "择机",
    "随",
];
const COUNTERS: &[&str] = &["批次", "轮次", "人次", "次", "轮", "批", "遍", "回", "趟"];

/// A word of direction before a number.
pub(super) fn bound_before(scanner: &mut Scanner<'_>) -> Option<Bound> {
    if scanner.eat_any(AT_LEAST).is_some() {
        Some(Bound::AtLeast)
    } else if scanner.eat_any(AT_MOST).is_some() {
        Some(Bound::AtMost)
    } else {
        scanner.eat_any(ABOUT).map(|_| Bound::About)
    }
}

/// A word of direction after a number and its unit.
pub(super) fn bound_after(scanner: &mut Scanner<'_>) -> Option<Bound> {
    if scanner.eat_any(&["及以上", "(含)以上", "以上", "或以上", "起"]).is_some() {
        Some(Bound::AtLeast)
    } else if scanner.eat_any(&["及以下", "(含)以下", "以下", "以内", "之内", "封顶"]).is_some()
    {
        Some(Bound::AtMost)
    } else {
        scanner.eat_any(&["左右", "上下", "许"]).map(|_| Bound::About)
    }
}

impl Reader<'_> {
    fn read(&mut self) {
        while let Some(next) = self.scanner.peek() {
            if let Some(bound) = bound_before(&mut self.scanner) {
                self.bound = Some(bound);
            } else if self.each() || self.part() || self.number() {
            } else if self.scanner.eat_any(IRREGULAR).is_some() {
                self.irregular = true;
            } else {
                self.scanner.bump();
                if ";,、(.".contains(next) {
                    self.flush();
                }
            }
        }
        self.flush();
    }

    /// A period that found no number is once a period.
    fn flush(&mut self) {
        if let Some(period) = self.period.take() {
            self.push(1, 1, Bound::Exactly, period);
        }
        self.bound = None;
    }

    /// 每季度, 按月, 季度, 年度, 三年.
    fn each(&mut self) -> bool {
        let start = self.scanner.position();
        let marked =
            self.scanner.eat_any(&["每一个", "每一", "每个", "每隔", "每", "按", "逐", "隔"]).is_some();
        if let Some(period) = self.named_period(marked) {
            // 每年每季度1次: the finer period rules.
            self.period = Some(match self.period {
                Some(before) if before.times > period.times => before,
                _ => period,
            });
            return true;
        }
        self.scanner.reset(start);
        false
    }

    fn named_period(&mut self, marked: bool) -> Option<Period> {
        let scanner = &mut self.scanner;
        let start = scanner.position();
        if marked || self.own {
            let words: &[(&str, u32)] = &[
                ("半年度", 2),
                ("半年", 2),
                ("学期", 2),
                ("季度", 4),
                ("季", 4),
                ("半个月", 24),
                ("半月", 24),
                ("双月", 6),
                ("月度", 12),
                ("月", 12),
                ("旬", 36),
                ("双周", 26),
                ("周", 52),
                ("星期", 52),
                ("工作日", 250),
                ("日", 365),
                ("天", 365),
                ("学年", 1),
                ("年度", 1),
                ("年均", 1),
                ("年", 1),
            ];
            for &(word, times) in words {
                if scanner.eat(word) {
                    // 年终, 节日, 本年 are no periods; 月1次 and 月 alone are.
                    let alone = start == 0 && scanner.is_done();
                    if !marked && word.chars().count() == 1 && !alone && !once_ahead(*scanner) {
                        break;
                    }
                    return Some(Period { times });
                }
            }
            scanner.reset(start);
        }
        if scanner.eat_any(&["全年度", "全年", "年度内", "本年度"]).is_some() {
            return self.own.then_some(Period { times: 1 }).or_else(|| {
                self.scanner.reset(start);
                None
            });
        }
        let value = scanner.number()?;
        let times = if scanner.eat_any(&["个季度", "季度"]).is_some() {
            if marked || value == 1 { 4 / value.clamp(1, 4) } else { 0 }
        } else if scanner.eat_any(&["个月", "月"]).is_some() {
            12_u32.div_ceil(value.max(1))
        } else if scanner.eat_any(&["个学期", "学期"]).is_some() {
            2_u32.div_ceil(value.max(1))
        } else if scanner.eat_any(&["个星期", "周"]).is_some() {
            52_u32.div_ceil(value.max(1))
        } else if marked && scanner.eat_any(&["天", "日", "个工作日"]).is_some() {
            365_u32.div_ceil(value.max(1))
        } else if scanner.eat_any(&["个年度", "年度", "年"]).is_some() {
            // 2023年 is a date.
            if value > 10 {
                scanner.reset(start);
                return None;
            }
            u32::from(value <= 1)
        } else {
            scanner.reset(start);
            return None;
        };
        // 6月 and 二季度 are dates unless 每 stands before them or a visit directly behind.
        let month = scanner.since(start).ends_with(['月', '度']) && !scanner.since(start).ends_with("个月");
        if !marked && month && (value != 1 || !self.own) {
            scanner.reset(start);
            return None;
        }
        if !marked && !self.own && !once_ahead(*scanner) {
            scanner.reset(start);
            return None;
        }
        Some(Period { times })
    }

    /// 上半年, 春季: parts of a year whose rates add up.
    fn part(&mut self) -> bool {
        let parts: &[(&str, &[u8])] = &[
            ("上、下半年", &[0, 1]),
            ("上下半年", &[0, 1]),
            ("上,下半年", &[0, 1]),
            ("上半年", &[0]),
            ("下半年", &[1]),
            ("春、秋", &[2, 4]),
            ("春秋", &[2, 4]),
            ("春季", &[2]),
            ("夏季", &[3]),
            ("秋季", &[4]),
            ("冬季", &[5]),
        ];
        for (word, named) in parts {
            if self.scanner.eat(word) {
                self.scanner.eat_any(&["两季", "季"]);
                self.parts.extend_from_slice(named);
                return true;
            }
        }
        false
    }

    /// A number, the visits it counts, and the period and direction behind it.
    fn number(&mut self) -> bool {
        let start = self.scanner.position();
        if self.scanner.eat("第") {
            // 第一季度, 第三个月, 第二批 are dates.
            if self.scanner.number().is_some() {
                self.scanner.eat_any(&["个季度", "个月", "季度", "批次", "批", "轮", "次", "类"]);
            }
            return true;
        }
        let Some((low, high)) = self.visits() else { return false };
        let scanner = &mut self.scanner;
        if scanner.rest().starts_with(".0") && scanner.rest()[2..].is_empty() {
            scanner.eat(".0");
        }
        let counted = scanner.eat_any(COUNTERS).is_some();
        let alone = self.own
            && scanner.is_done()
            && scanner.since(0)[..start]
                .chars()
                .all(|c| !c.is_alphanumeric() || "不少于低至超过最多上限频次检查抽".contains(c));
        if !counted && !alone {
            // A date, a share, a number of targets.
            scanner.eat_any(&["%", "年", "月", "日", "家", "户", "个"]);
            self.bound = None;
            return true;
        }
        let mut bound = self.bound.take();
        bound = bound_after(scanner).or(bound);
        let before = scanner.position();
        let mut period = None;
        if scanner.eat_any(&["/每", "/", "每", "一"]).is_some() {
            period = self.named_period(true);
        }
        if period.is_none() {
            self.scanner.reset(before);
        }
        bound = bound_after(&mut self.scanner).or(bound);
        let period = period.or(self.period.take()).unwrap_or(Period { times: 1 });
        self.period = None;
        self.push(low, high, bound.unwrap_or(Bound::Exactly), period);
        true
    }

    /// 1, 1-2, 一至两, 一两.
    fn visits(&mut self) -> Option<(u32, u32)> {
        let scanner = &mut self.scanner;
        for (word, low, high) in
            [("一两", 1, 2), ("一二", 1, 2), ("两三", 2, 3), ("二三", 2, 3), ("三四", 3, 4)]
        {
            if scanner.rest().strip_prefix(word).is_some_and(|rest| rest.starts_with('次')) {
                scanner.eat(word);
                return Some((low, high));
            }
        }
        let low = scanner.number()?;
        let here = scanner.position();
        scanner.eat("次");
        if scanner.eat_any(&["-", "至", "到", "—"]).is_some() {
            while scanner.eat("-") {}
            if let Some(high) = scanner.number() {
                return Some((low.min(high), low.max(high)));
            }
        }
        scanner.reset(here);
        Some((low, low))
    }

    fn push(&mut self, low: u32, high: u32, bound: Bound, period: Period) {
        let parts = std::mem::take(&mut self.parts);
        let (low, high, bound) = if period.times == 0 {
            (1, 1, Bound::About)
        } else {
            (low.saturating_mul(period.times), high.saturating_mul(period.times), bound)
        };
        if parts.is_empty() {
            self.rates.push(Rate { low, high, bound, part: None });
        }
        self.rates.extend(parts.into_iter().map(|part| Rate { low, high, bound, part: Some(part) }));
    }

    fn finish(self) -> Frequency {
        let mut rates = self.rates;
        let mut parts: Vec<u8> = rates.iter().filter_map(|rate| rate.part).collect();
        parts.sort_unstable();
        parts.dedup();
        if parts.len() > 1 && parts.len() == rates.iter().filter(|rate| rate.part.is_some()).count() {
            let sum = |value: fn(&Rate) -> u32| {
                rates.iter().filter(|rate| rate.part.is_some()).map(value).fold(0, u32::saturating_add)
            };
            let bound =
                rates.iter().find(|rate| rate.part.is_some()).map_or(Bound::Exactly, |rate| rate.bound);
            let added = Rate { low: sum(|rate| rate.low), high: sum(|rate| rate.high), bound, part: None };
            rates.retain(|rate| rate.part.is_none());
            rates.push(added);
        }
        let lows: Vec<u32> =
            rates.iter().filter(|rate| rate.bound != Bound::AtMost).map(|rate| rate.low).collect();
        let only_lower = rates.iter().all(|rate| rate.bound == Bound::AtLeast);
        let bound = match &rates[..] {
            [] => None,
            [one] => Some(one.bound),
            [first, ..] if rates.iter().all(|rate| rate.bound == first.bound) => Some(first.bound),
            _ if rates.iter().any(|rate| rate.bound == Bound::AtMost) => Some(Bound::AtMost),
            _ => Some(Bound::AtLeast),
        };
        Frequency {
            min_per_year: if only_lower { lows.iter().max() } else { lows.iter().min() }.copied(),
            max_per_year: rates
                .iter()
                .filter(|rate| rate.bound != Bound::AtLeast)
                .map(|rate| rate.high)
                .max(),
            bound,
            irregular: self.irregular,
        }
    }
}

/// Whether a number of visits comes next, perhaps after 各, 抽查, 开展.
fn once_ahead(mut scanner: Scanner<'_>) -> bool {
    while scanner.eat_any(&["各", "抽查", "检查", "开展", "至少", "不少于"]).is_some() {}
    scanner.number().is_some() && scanner.eat_any(COUNTERS).is_some()
}
