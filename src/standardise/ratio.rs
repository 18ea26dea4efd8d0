//! The share or number of targets that are sampled.

use super::frequency::{bound_after, bound_before};
use crate::model::frequency::Bound;
use crate::model::ratio::Ratio;
use crate::text::{Scanner, fold, head};

/// The share and number of targets that a ratio cell names.
///
/// Shares are written 5%, 10-20%, 5‰, 三成, 三分之一, 百分之二十, 一半, 1:10, 1/3 or, as spreadsheets
/// give them, 0.2; they come out in basis points, at most 10 000. Numbers need a unit (27家, 60-70户,
/// 3处) or stand alone. Decisions:
/// - Several numbers (市级2% 区级10%) give the least as lower and the greatest as upper end.
/// - The bound is that of the first share, else of the first number; 不低于 leaves the upper end open,
///   不超过 the lower.
/// - A number for each of something (每镇3村, 每次不少于10家) is a lower bound of the whole.
/// - What the sample is drawn from (从100家…中抽取10家) is no sample.
/// - 全覆盖, 全部, 逐件 are whole, with a share of 10 000 where nothing else is said; so are shares
///   that are all 100%.
/// - 待定, 按照市局要求比例 name nothing.
///
/// # Examples
/// ```
/// let ratio = tongchou::standardise::ratio("2%-5%");
/// assert_eq!((ratio.min_share, ratio.max_share), (Some(200), Some(500)));
/// ```
#[must_use]
pub fn ratio(text: &str) -> Ratio {
    parse(&fold(head(text)), true)
}

/// [`ratio`] of folded text. Where the text is no ratio cell (`own` false), shares count only beside a
/// word of sampling or direction, numbers only right behind 抽 or 查.
pub(super) fn parse(folded: &str, own: bool) -> Ratio {
    let sampling = own || ["抽", "比例", "覆盖", "随机"].iter().any(|word| folded.contains(word));
    let mut reader = Reader { scanner: Scanner::new(folded), own, sampling, ..Reader::default() };
    reader.read();
    reader.finish()
}

/// A stretch of numbers with its direction.
#[derive(Clone, Copy, Debug)]
struct Amount {
    low: u32,
    high: u32,
    bound: Bound,
}

#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "what was read so far, not a state")]
struct Reader<'a> {
    scanner: Scanner<'a>,
    own: bool,
    sampling: bool,
    shares: Vec<Amount>,
    counts: Vec<Amount>,
    whole: bool,
    /// 每 was read since the last break.
    each: bool,
    /// The word of direction that waits for its number.
    bound: Option<Bound>,
}

const WHOLE: &[&str] = &[
    "全覆盖",
    "全面覆盖",
    "全部",
    "全查",
    "全检",
    "全数",
    "全体",
    "全员",
    "所有",
    "逐件",
    "逐户",
    "逐家",
    "逐一",
    "逐个",
    "逐案",
    "逐宗",
    "普查",
    "应查尽查",
];
const UNITS: &[&str] = &[
    "批次",
    "人次",
    "家次",
    "户次",
    "公里",
    "个单位",
    "个村",
    "个点",
    "个企业",
    "个小区",
    "个学校",
    "个乡镇",
    "家单位",
    "家企业",
    "所学校",
    "家",
    "户",
    "个",
    "所",
    "处",
    "村",
    "人",
    "名",
    "卷",
    "件",
    "份",
    "项",
    "批",
    "台",
    "辆",
    "点",
    "镇",
    "宗",
    "座",
    "块",
    "栋",
    "艘",
    "亩",
    "头",
    "只",
    "组",
    "条",
    "例",
    "单位",
    "企业",
    "学校",
    "宿舍",
    "门店",
    "站",
    "盒",
    "瓶",
    "样",
];
/// After these a number is what the sample is drawn from.
const BASES: &[&str] = &["从", "共", "总数", "基数", "现有", "总计", "合计", "总量"];

impl Reader<'_> {
    fn read(&mut self) {
        while let Some(next) = self.scanner.peek() {
            let start = self.scanner.position();
            // 最低抽查12.5%: words may stand between the direction and its number.
            self.bound = bound_before(&mut self.scanner).or(self.bound);
            let read = self.scanner.position() > start;
            if let Some(words) = self.share_in_words() {
                let bound = self.bound.take();
                self.share(words, words, bound);
            } else if self.numbers(start) || read {
            } else if self.scanner.eat_any(WHOLE).is_some() {
                self.whole |= self.own || self.scanner.since(start).ends_with("覆盖");
            } else {
                self.each |= next == '每';
                if ";,.、".contains(next) {
                    (self.each, self.bound) = (false, None);
                }
                self.scanner.bump();
            }
        }
    }

    /// 一半, 三成, 三分之一, 百分之二十; in basis points.
    fn share_in_words(&mut self) -> Option<u32> {
        let scanner = &mut self.scanner;
        let start = scanner.position();
        if scanner.eat_any(&["一半", "半数", "过半数"]).is_some() {
            return Some(5_000);
        }
        let whole = if scanner.eat("百") {
            Some(100)
        } else if scanner.eat("千") {
            Some(1_000)
        } else {
            scanner.number()
        };
        if let Some(whole) = whole.filter(|&whole| whole > 0) {
            if scanner.eat("分之")
                && let Some(part) = scanner.number()
            {
                return Some((u64::from(part) * 10_000 / u64::from(whole)).min(10_000) as u32);
            }
            if whole <= 10 && scanner.eat("成") {
                return Some(whole * 1_000);
            }
        }
        scanner.reset(start);
        None
    }

    /// A number or two with what they count.
    fn numbers(&mut self, start: usize) -> bool {
        let first_at = self.scanner.position();
        let Some(low) = self.decimal() else { return false };
        let mut bound = self.bound.take();
        let unit = self.unit();
        let here = self.scanner.position();
        let mut high = low;
        let mut unit_of_both = unit;
        if self.scanner.eat_any(&["-", "至", "到"]).is_some() {
            while self.scanner.eat("-") {}
            match self.decimal() {
                Some(number) => {
                    high = number;
                    unit_of_both = self.unit().or(unit);
                }
                None => self.scanner.reset(here),
            }
        } else if unit.is_none() && self.scanner.eat_any(&[":", "/"]).is_some() {
            match self.decimal() {
                // 1:10, 1/3
                Some(of) if of > 0 && low <= of => {
                    let share = (low.saturating_mul(10_000) / of) as u32;
                    self.share(share, share, bound);
                    return true;
                }
                _ => self.scanner.reset(here),
            }
        }
        let (low, high) = (low.min(high), low.max(high));
        bound = bound_after(&mut self.scanner).or(bound);
        let alone = self.own && start == 0 && self.scanner.is_done();
        match unit_of_both {
            Some(Unit::Share(divisor)) => {
                let at_start =
                    start == 0 || self.scanner.before()[..start].ends_with([';', ',', '.', '(', '、']);
                if self.sampling || bound.is_some() || at_start {
                    self.share(
                        (low / divisor).min(10_000) as u32,
                        (high / divisor).min(10_000) as u32,
                        bound,
                    );
                }
            }
            Some(Unit::Count) | None if unit_of_both.is_some() || alone => {
                if alone && high < 10_000 && unit_of_both.is_none() && low > 0 {
                    // 0.2 of a spreadsheet's cell in per cent.
                    self.share(low as u32, high as u32, bound);
                    return true;
                }
                let before = &self.scanner.before()[..start.min(first_at)];
                let base = BASES.iter().any(|word| before.ends_with(word));
                if !base && (self.own || before.ends_with(['抽', '查', '取'])) {
                    let count = |number: u64| (number / 10_000).min(u64::from(u32::MAX)) as u32;
                    if self.each {
                        bound = bound.filter(|bound| *bound == Bound::AtMost).or(Some(Bound::AtLeast));
                    }
                    self.counts.push(Amount {
                        low: count(low),
                        high: count(high),
                        bound: bound.unwrap_or(Bound::Exactly),
                    });
                }
            }
            _ => {}
        }
        true
    }

    fn unit(&mut self) -> Option<Unit> {
        if self.scanner.eat("%") {
            Some(Unit::Share(100))
        } else if self.scanner.eat("‰") {
            Some(Unit::Share(1_000))
        } else {
            self.scanner.eat_any(UNITS).map(|_| Unit::Count)
        }
    }

    /// A number in ten-thousandths.
    fn decimal(&mut self) -> Option<u64> {
        let number = u64::from(self.scanner.number()?) * 10_000;
        let here = self.scanner.position();
        if self.scanner.eat(".") {
            let start = self.scanner.position();
            if self.scanner.digits(9).is_some() {
                let digits = self.scanner.since(start);
                let fraction = digits
                    .bytes()
                    .chain([b'0'; 4])
                    .take(4)
                    .fold(0, |sum, digit| sum * 10 + u64::from(digit - b'0'));
                return Some(number + fraction);
            }
            self.scanner.reset(here);
        }
        Some(number)
    }

    fn share(&mut self, low: u32, high: u32, bound: Option<Bound>) {
        let bound = bound_after(&mut self.scanner).or(bound).unwrap_or(Bound::Exactly);
        self.shares.push(Amount { low, high, bound });
    }

    fn finish(self) -> Ratio {
        let mut shares = self.shares;
        let whole = self.whole && shares.is_empty()
            || !shares.is_empty() && shares.iter().all(|share| share.low == 10_000);
        if whole && shares.is_empty() && self.counts.is_empty() {
            shares.push(Amount { low: 10_000, high: 10_000, bound: Bound::Exactly });
        }
        let low = |amounts: &[Amount]| {
            amounts.iter().filter(|amount| amount.bound != Bound::AtMost).map(|amount| amount.low).min()
        };
        let high = |amounts: &[Amount]| {
            amounts.iter().filter(|amount| amount.bound != Bound::AtLeast).map(|amount| amount.high).max()
        };
        Ratio {
            min_share: low(&shares).map(|share| share as u16),
            max_share: high(&shares).map(|share| share as u16),
            min_count: low(&self.counts),
            max_count: high(&self.counts),
            bound: shares.first().or(self.counts.first()).map(|amount| amount.bound),
            whole,
        }
    }
}

/// What a number of a ratio counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    /// Basis points are ten-thousandths divided by this.
    Share(u64),
    /// Targets.
    Count,
}
