//! When an item takes place.

use super::event::{Days, MID_YEAR};
use super::token::{Token, tokens};
use crate::model::schedule::{Certainty, PlanDay, Schedule, Window};
use crate::text::{fold, head};

/// Days of the even calendar of [`PlanDay`] in a year.
const YEAR: i32 = 12 * 31;

/// The windows a text of a plan names.
///
/// Decisions, all on folded text of at most [`SCAN_LIMIT`](crate::text::SCAN_LIMIT) characters:
/// - **Years.** A year counts from `plan_year` where that is known and at most two years away, else
///   from the first year the text names: an old plan's dates keep their months. Months without a year
///   take the year named before them; a range that ends before it starts ends in the next year.
/// - **Deadlines.** 前 means up to and including: 10月底前, 11月15日前 begin on the first of January,
///   or the day after the deadline before them in the same text (第一批3月底前,第二批9月15日前).
///   10月前 includes October, as 以前 does in law; 10月后, 10月起 run to the end of December.
/// - **Parts of a month.** 上旬 1–10, 中旬 11–20, 下旬, 底 and 末 21–31, 初 1–10.
/// - **Repetitions.** 每季度 gives four windows, 每月 twelve, 每半年 two, with certainty
///   [`WholeYear`](Certainty::WholeYear) because together they fix nothing; 每季度末月 is
///   [`Exact`](Certainty::Exact). Beside named months (4-11月,每季度一次) a repetition is only a rate.
/// - **Events.** Seasons, festivals, 汛期, 开学, 年底 have approximate windows and make the schedule
///   [`EventBased`](Certainty::EventBased), unless they only explain months that are named too
///   (9月(开学)); so do 不定期, 根据…确定, 接件后15日内, which have none.
/// - **Counts.** 2次, 20家, 5% say nothing of time: a text with one and no date is
///   [`Absent`](Certainty::Absent); 每年1次 covers the whole year.
/// - What is not understood beside something that is, is passed over; alone it gives
///   [`Unknown`](Certainty::Unknown).
///
/// Windows that share a day are joined; neighbouring ones stay apart, one a round.
/// Complexity: O(length + windows · log windows).
///
/// # Examples
/// ```
/// use tongchou::model::schedule::{Certainty, PlanDay, Window};
/// let schedule = tongchou::standardise::schedule("10月-次年3月", None);
/// assert_eq!(schedule.windows, [Window::new(PlanDay::new(0, 10, 1), PlanDay::new(1, 3, 31))]);
/// assert_eq!(schedule.certainty, Certainty::Exact);
/// ```
#[must_use]
pub fn schedule(text: &str, plan_year: Option<i32>) -> Schedule {
    parse(&fold(head(text)), plan_year)
}

/// [`schedule`] of text that is folded already.
pub(super) fn parse(folded: &str, plan_year: Option<i32>) -> Schedule {
    if folded.chars().all(|c| "-/.、无".contains(c)) {
        return Schedule::default();
    }
    let mut tokens = tokens(folded);
    spread_units(&mut tokens);
    let mut reader = Reader { tokens: &tokens, plan_year, ..Reader::default() };
    reader.read();
    reader.finish()
}

/// Gives numbers their unit: 2、5、8、11月; 3月6-8日; 10月11至21日; 第一、四季度.
fn spread_units(tokens: &mut [Token]) {
    use Token::{Day, Join, Month, Number, Quarter, Range};
    for at in (0..tokens.len()).rev() {
        let Number(value) = tokens[at] else { continue };
        let behind = at.checked_sub(1).map(|before| tokens[before]);
        let unit = match tokens[at + 1..] {
            [Range | Join(_), unit, ..] => Some(unit),
            _ => None,
        };
        let is_day = (1..=31).contains(&value);
        let is_month = (1..=12).contains(&value);
        tokens[at] = match (behind, unit) {
            (Some(Month(_)), _) | (_, Some(Day(_))) if is_day => Day(value),
            (_, Some(Month(_))) if is_month => Month(value),
            (_, Some(Quarter(_))) if (1..=4).contains(&value) => Quarter(value),
            _ => continue,
        };
    }
    for at in 2..tokens.len() {
        if let (left, Range, Number(value)) = (tokens[at - 2], tokens[at - 1], tokens[at]) {
            tokens[at] = match left {
                Month(_) if (1..=12).contains(&value) => Month(value),
                Day(_) if (1..=31).contains(&value) => Day(value),
                _ => continue,
            };
        }
    }
}

/// What a found window rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ground {
    /// Months or days.
    Exact,
    /// An event.
    Vague,
    /// 全年
    Whole,
    /// A year or 每年: yields to anything finer.
    Year,
    /// 每季度 …, and whether 及 ties it to its neighbour.
    Repetition { tied: bool },
}

/// First and last day of something named, on the even calendar.
#[derive(Clone, Copy, Debug)]
struct Span {
    first: i32,
    last: i32,
    ground: Ground,
    /// Spans of one event carry one number.
    event: usize,
}

#[derive(Default)]
struct Reader<'t> {
    tokens: &'t [Token],
    plan_year: Option<i32>,
    at: usize,
    spans: Vec<Span>,
    year: Option<i32>,
    /// The year from which offsets count.
    base: Option<i32>,
    /// Offset of the year named last.
    offset: i32,
    /// What 次年 and 上年 add to it, until the next full break.
    shift: i32,
    /// Month of the day named last: 3月6日、8日.
    month: Option<(i32, u32)>,
    /// Last day of the deadline before.
    deadline: Option<i32>,
    need: bool,
    rate: bool,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> Option<Token> {
        self.tokens.get(self.at + ahead).copied()
    }

    fn read(&mut self) {
        let (mut found, mut words, mut cue) = (0, false, false);
        while let Some(token) = self.peek(0) {
            match token {
                Token::Join(_) | Token::Break => {
                    self.need |= cue && words && self.spans.len() == found;
                    (found, words, cue) = (self.spans.len(), false, false);
                    if token == Token::Break {
                        (self.month, self.shift) = (None, 0);
                    }
                    self.at += 1;
                }
                // 接件后15日内: a day without a month is a term that runs from something.
                Token::Before | Token::After | Token::Within | Token::Cue => {
                    cue = true;
                    self.at += 1;
                }
                Token::Need => {
                    self.need = true;
                    self.at += 1;
                }
                Token::Rate => {
                    self.rate = true;
                    self.at += 1;
                }
                Token::Range if self.spans.len() == found => {
                    // 截至10月底
                    self.at += 1;
                    let start = self.spans.len();
                    if self.stretch() && self.spans.len() == start + 1 && !words {
                        self.until(start);
                    }
                }
                _ => {
                    if !self.stretch() {
                        words |= matches!(token, Token::Word | Token::Day(_));
                        self.at += 1;
                    }
                }
            }
        }
        self.need |= cue && words && self.spans.len() == found;
    }

    /// Reads a date, a range of dates, a repetition or an event; false, with nothing taken, where there is none.
    fn stretch(&mut self) -> bool {
        if self.repetition() {
            return true;
        }
        let Some(mut span) = self.point() else { return false };
        let start = self.spans.len();
        let mut ranged = false;
        if self.peek(0) == Some(Token::Range) && span.ground != Ground::Vague {
            let here = self.at;
            self.at += 1;
            match self.point() {
                Some(end) => {
                    ranged = true;
                    // 10月-3月: the end lies in the next year.
                    let last = if end.last < span.first
                        && end.last + YEAR > span.first
                        && span.first - end.last > 31
                    {
                        end.last + YEAR
                    } else {
                        end.last
                    };
                    span.last = last.max(span.first);
                    span.first = span.first.min(last.max(span.first));
                    if end.ground == Ground::Vague {
                        span.ground = Ground::Vague;
                    } else if span.ground == Ground::Year && end.ground != Ground::Year {
                        span.ground = end.ground;
                    }
                }
                None => self.at = here,
            }
        }
        self.spans.push(span);
        match self.peek(0) {
            Some(Token::Before) => {
                self.at += 1;
                if span.ground == Ground::Vague && !ranged {
                    self.spans[start].first = span.first - 31;
                    self.spans[start].last = span.first - 1;
                } else if !ranged {
                    self.until(start);
                }
            }
            Some(Token::After) => {
                self.at += 1;
                if span.ground == Ground::Vague && !ranged {
                    self.spans[start].first = span.last + 1;
                    self.spans[start].last = span.last + 31;
                } else if !ranged && self.peek(0) != Some(Token::Range) {
                    self.spans[start].last = span.first.div_euclid(YEAR) * YEAR + YEAR - 1;
                } else if let (false, Some(Token::Range)) = (ranged, self.peek(0)) {
                    // 3月1日起至5月31日
                    self.at += 1;
                    if let Some(end) = self.point() {
                        self.spans[start].last = end.last.max(span.first);
                    }
                }
            }
            Some(Token::Within) => self.at += 1,
            _ => {}
        }
        true
    }

    /// Turns a span into the stretch up to its last day.
    fn until(&mut self, number: usize) {
        let span = &mut self.spans[number];
        let january = span.last.div_euclid(YEAR) * YEAR;
        span.first = self.deadline.map_or(january, |before| before + 1).max(january).min(span.last);
        if span.ground == Ground::Year {
            span.ground = Ground::Whole;
        }
        self.deadline = Some(span.last);
    }

    /// Reads 次年3月, 10月15日, 4月中下旬, 第三季度末, 上半年, 2025年, 春季 …
    fn point(&mut self) -> Option<Span> {
        let start = self.at;
        let mut year = false;
        while let Some(token) = self.peek(0) {
            match token {
                Token::Year(named) => self.name_year(named),
                Token::ShiftYear(by) => self.shift = by,
                // 每年3月 is March.
                Token::Yearly => {}
                _ => break,
            }
            year = true;
            self.at += 1;
        }
        let offset = self.offset + self.shift;
        let origin = offset * YEAR;
        let month_span = |month: u32, from: u32, to: u32| {
            let first = origin + (month as i32 - 1) * 31;
            Span {
                first: first + from as i32 - 1,
                last: first + to as i32 - 1,
                ground: Ground::Exact,
                event: 0,
            }
        };
        let span = match self.peek(0) {
            Some(Token::Month(month)) => {
                self.at += 1;
                self.month = Some((offset, month));
                let (from, to) = self.days().unwrap_or((1, 31));
                month_span(month, from, to)
            }
            Some(Token::Quarter(quarter)) => {
                self.at += 1;
                self.within(origin, quarter, 3)
            }
            Some(Token::Half(half)) => {
                self.at += 1;
                self.within(origin, half, 6)
            }
            Some(Token::Day(_) | Token::Part(..)) if self.month.is_some() && !year => {
                let (offset, month) = self.month?;
                let (from, to) = self.days()?;
                let first = (offset * 12 + month as i32 - 1) * 31;
                Span {
                    first: first + from as i32 - 1,
                    last: first + to as i32 - 1,
                    ground: Ground::Exact,
                    event: 0,
                }
            }
            Some(Token::Event([days])) => {
                self.at += 1;
                event(self.at, origin, *days)
            }
            Some(Token::Whole) => {
                self.at += 1;
                // 全年抽查比例不低于5% speaks of the rate.
                let rate = matches!(self.peek(0), Some(Token::Word | Token::Rate));
                let ground = if rate { Ground::Year } else { Ground::Whole };
                Span { first: origin, last: origin + YEAR - 1, ground, event: 0 }
            }
            Some(Token::HalfYear) if self.peek(1) != Some(Token::Rate) => {
                self.at += 1;
                event(self.at, origin, MID_YEAR)
            }
            _ if year => Span { first: origin, last: origin + YEAR - 1, ground: Ground::Year, event: 0 },
            _ => {
                self.at = start;
                return None;
            }
        };
        Some(span)
    }

    /// Reads the days of a month: 15日, 中下旬, 底.
    fn days(&mut self) -> Option<(u32, u32)> {
        let days = match self.peek(0)? {
            Token::Day(day) => (day, day),
            Token::Part(from, to) => (from, to),
            _ => return None,
        };
        self.at += 1;
        Some(days)
    }

    /// The `number`-th stretch of `months` months, or its first or last month where the text says so.
    fn within(&mut self, origin: i32, number: u32, months: u32) -> Span {
        let first = (number as i32 - 1) * months as i32;
        let month = match self.peek(0) {
            Some(Token::Nth(nth)) => Some(first + nth.clamp(1, months) as i32 - 1),
            Some(Token::Part(1, 10)) => Some(first),
            Some(Token::Last | Token::Part(21, 31)) => Some(first + months as i32 - 1),
            _ => None,
        };
        let (from, to) = match month {
            Some(month) => {
                self.at += 1;
                (month, month)
            }
            None => (first, first + months as i32 - 1),
        };
        Span { first: origin + from * 31, last: origin + to * 31 + 30, ground: Ground::Exact, event: 0 }
    }

    /// Reads 每季度, 每季度第一个月的15日内, 上、下半年, 每周, and events with several windows.
    fn repetition(&mut self) -> bool {
        let named = match self.peek(0) {
            Some(Token::Year(_)) => 1,
            _ => 0,
        };
        let origin = |reader: &mut Self| {
            if let Some(Token::Year(year)) = reader.peek(0) {
                reader.name_year(year);
            }
            reader.at += named + 1;
            reader.offset * YEAR
        };
        match self.peek(named) {
            Some(Token::Recur(times)) => {
                let origin = origin(self);
                self.recur(times as i32, origin);
            }
            Some(Token::HalfYear) if self.peek(named + 1) == Some(Token::Rate) => {
                let origin = origin(self);
                self.recur(2, origin);
            }
            Some(Token::Often) => {
                let origin = origin(self);
                let ground = Ground::Repetition { tied: false };
                self.spans.push(Span { first: origin, last: origin + YEAR - 1, ground, event: 0 });
            }
            Some(Token::Halves) => {
                let origin = origin(self);
                for half in [0, YEAR / 2] {
                    let (first, last) = (origin + half, origin + half + YEAR / 2 - 1);
                    self.spans.push(Span { first, last, ground: Ground::Exact, event: 0 });
                }
            }
            Some(Token::Event(windows)) if windows.len() > 1 => {
                let origin = origin(self);
                let number = self.at;
                let shift = match self.peek(0) {
                    Some(Token::Before) => -1,
                    Some(Token::After) => 1,
                    _ => 0,
                };
                self.at += usize::from(shift != 0);
                for &days in windows {
                    let mut span = event(number, origin, days);
                    match shift {
                        -1 => (span.first, span.last) = (span.first - 31, span.first - 1),
                        1 => (span.first, span.last) = (span.last + 1, span.last + 31),
                        _ => {}
                    }
                    self.spans.push(span);
                }
            }
            _ => return false,
        }
        true
    }

    /// Pushes the windows of something that comes `times` a year, narrowed by what follows.
    fn recur(&mut self, times: i32, origin: i32) {
        let tied_before = self.at >= 2 && self.tokens.get(self.at - 2) == Some(&Token::Join(true));
        let months = 12 / times;
        let month = match self.peek(0) {
            Some(Token::Nth(nth)) => Some((nth as i32).clamp(1, months) - 1),
            Some(Token::Last) => Some(months - 1),
            Some(Token::Part(1, 10) | Token::Day(_)) if months > 1 => Some(0),
            Some(Token::Part(..)) if months > 1 => Some(months - 1),
            Some(Token::Part(..) | Token::Day(_)) => Some(0),
            _ => None,
        };
        if matches!(self.peek(0), Some(Token::Nth(_) | Token::Last)) {
            self.at += 1;
        }
        let days = if month.is_some() { self.days() } else { None };
        let mut days = days.unwrap_or((1, 31));
        if matches!(self.peek(0), Some(Token::Range))
            && let Some(Token::Day(last)) = self.peek(1)
            && month.is_some()
        {
            self.at += 2;
            days.1 = last.max(days.0);
        } else if matches!(self.peek(0), Some(Token::Before | Token::Within)) && month.is_some() {
            self.at += 1;
            days.0 = 1;
        }
        let ground = match month {
            Some(_) => Ground::Exact,
            None => Ground::Repetition { tied: tied_before || self.peek(0) == Some(Token::Join(true)) },
        };
        for start in (0..12).step_by(months as usize) {
            let (from, to) = match month {
                Some(month) => (start + month, start + month),
                None => (start, start + months - 1),
            };
            let first = origin + from * 31 + days.0 as i32 - 1;
            self.spans.push(Span { first, last: origin + to * 31 + days.1 as i32 - 1, ground, event: 0 });
        }
    }

    fn name_year(&mut self, named: i32) {
        self.year.get_or_insert(named);
        let near = self.plan_year.filter(|plan| (named - plan).abs() <= 2);
        let base = *self.base.get_or_insert(near.unwrap_or(named));
        (self.offset, self.shift) = ((named - base).clamp(-50, 50), 0);
    }

    fn finish(mut self) -> Schedule {
        let exact: Vec<(i32, i32)> = self
            .spans
            .iter()
            .filter(|span| span.ground == Ground::Exact)
            .map(|span| (span.first, span.last))
            .collect();
        let merged = merge(exact);
        let explained = |span: &Span| {
            // The first window that does not end before the span begins is the only one to look at.
            let next = merged.partition_point(|window| window.1 < span.first);
            merged.get(next).is_some_and(|window| window.0 <= span.last)
        };
        let mut explaining: Vec<usize> = self
            .spans
            .iter()
            .filter(|span| span.ground == Ground::Vague && explained(span))
            .map(|span| span.event)
            .collect();
        explaining.dedup();
        self.spans.retain(|span| match span.ground {
            Ground::Vague => explaining.binary_search(&span.event).is_err(),
            Ground::Repetition { tied } => tied || merged.is_empty(),
            _ => true,
        });
        if self.spans.iter().any(|span| span.ground != Ground::Year) {
            self.spans.retain(|span| span.ground != Ground::Year);
        }
        let vague = self.spans.iter().any(|span| span.ground == Ground::Vague);
        let windows = merge(self.spans.iter().map(|span| (span.first, span.last)).collect());
        let covered: i32 = windows.iter().map(|(first, last)| last - first + 1).sum();
        let certainty = if self.need || vague {
            Certainty::EventBased
        } else if covered >= YEAR {
            Certainty::WholeYear
        } else if !windows.is_empty() {
            Certainty::Exact
        } else if self.rate {
            Certainty::Absent
        } else {
            Certainty::Unknown
        };
        let windows = windows.into_iter().map(|(first, last)| Window::new(day(first), day(last))).collect();
        Schedule { windows, certainty, year: self.year }
    }
}

fn event(number: usize, origin: i32, (from, first, to, last): Days) -> Span {
    let start = origin + (from as i32 - 1) * 31 + first as i32 - 1;
    let end = origin + (to as i32 - 1) * 31 + last as i32 - 1;
    Span {
        first: start,
        last: if end < start { end + YEAR } else { end },
        ground: Ground::Vague,
        event: number,
    }
}

/// Sorted stretches; those that share a day are joined.
fn merge(mut stretches: Vec<(i32, i32)>) -> Vec<(i32, i32)> {
    stretches.sort_unstable();
    let mut merged: Vec<(i32, i32)> = Vec::with_capacity(stretches.len());
    for (first, last) in stretches {
        match merged.last_mut() {
            Some(before) if first <= before.1 => before.1 = before.1.max(last),
            _ => merged.push((first, last)),
        }
    }
    merged
}

fn day(index: i32) -> PlanDay {
    let months = index.div_euclid(31);
    PlanDay::new(months.div_euclid(12), months.rem_euclid(12) as u32 + 1, index.rem_euclid(31) as u32 + 1)
}
