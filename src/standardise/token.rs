//! The pieces a schedule's text is made of.

use super::event::{Days, words};
use crate::text::Scanner;

/// A piece of a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// 2025年, 2025年度, 2025, 25年
    Year(i32),
    /// 本年 (0), 次年 (1), 上年 (−1)
    ShiftYear(i32),
    /// 3月, 3月份
    Month(u32),
    /// 15日, 15号
    Day(u32),
    /// 三季度
    Quarter(u32),
    /// 上半年 (1), 下半年 (2)
    Half(u32),
    /// 上、下半年
    Halves,
    /// 半年: the middle of the year, or every half before a rate.
    HalfYear,
    /// A number whose unit stands further on, or nowhere.
    Number(u32),
    /// 第N个月, 首月
    Nth(u32),
    /// 末月, 最后一个月
    Last,
    /// 上旬, 底, 初: days of a month.
    Part(u32, u32),
    /// 每季度 (4), 每月 (12), 每半年 (2): so many even stretches a year.
    Recur(u32),
    /// 每周, 每天
    Often,
    /// 全年
    Whole,
    /// 每年, 年度: the year, when nothing finer is said.
    Yearly,
    /// 春季, 国庆, 汛期 …
    Event(&'static [Days]),
    /// 不定期, 根据… : settled by something that is no date.
    Need,
    /// 期, 时: makes an event of the words before.
    Cue,
    /// 2次, 20家: says how often or how many, not when.
    Rate,
    /// 至, -
    Range,
    /// 、 和 及 (strong), comma (weak)
    Join(bool),
    /// ;
    Break,
    /// 前
    Before,
    /// 后, 起
    After,
    /// 内
    Within,
    /// Brackets, colons, quotes.
    Mark,
    /// Words that change nothing.
    Filler,
    /// Anything else.
    Word,
}

/// Units after which a number counts things or visits.
const COUNTERS: &[&str] = &[
    "批次",
    "轮次",
    "次",
    "轮",
    "批",
    "遍",
    "回",
    "家",
    "户",
    "个单位",
    "个村",
    "个点",
    "所",
    "处",
    "名",
    "人",
    "件",
    "条",
    "项",
    "组",
    "镇",
    "村",
    "%",
    "成",
    "场",
    "台",
    "份",
    "卷",
    "公里",
    "亩",
    "级",
    "个",
];

/// The pieces of a folded text, without [`Token::Filler`]; neighbouring [`Token::Word`]s are one.
///
/// Complexity: O(length).
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut lexer = Lexer { scanner: Scanner::new(text), out: Vec::with_capacity(8) };
    while !lexer.scanner.is_done() {
        lexer.step();
    }
    lexer.out
}

struct Lexer<'a> {
    scanner: Scanner<'a>,
    out: Vec<Token>,
}

impl Lexer<'_> {
    fn push(&mut self, token: Token) {
        if token != Token::Filler && (token != Token::Word || self.out.last() != Some(&Token::Word)) {
            self.out.push(token);
        }
    }

    fn step(&mut self) {
        let Some(first) = self.scanner.peek() else { return };
        if first.is_ascii_digit() {
            return self.arabic();
        }
        for &(word, token) in words(first) {
            if self.scanner.eat(word) {
                if word.is_empty() {
                    self.scanner.bump();
                } else if matches!(token, Token::Event(_)) && !self.scanner.rest().starts_with("节假") {
                    self.scanner.eat("节");
                }
                return self.push(token);
            }
        }
        if "一二三四五六七八九十两廿零".contains(first)
            && let Some(value) = self.scanner.number()
        {
            return self.unit(value, false);
        }
        self.scanner.bump();
        let token = match first {
            '-' | '至' => self.range(),
            '到' if self.after_date() => Token::Range,
            't' if self.scanner.eat("o") => Token::Range,
            '、' | '和' | '与' | '或' | '/' | '及' | '&' | '+' => Token::Join(true),
            ',' | '|' => Token::Join(false),
            ';' | '.' | '!' => Token::Break,
            '(' | ')' | ':' | '"' | '《' | '》' => Token::Mark,
            '第' => return self.ordinal(),
            'q' => match self.scanner.number() {
                Some(quarter @ 1..=4) => Token::Quarter(quarter),
                _ => Token::Word,
            },
            '初' if self.after_date() => Token::Part(1, 10),
            '底' | '末' if self.after_date() => Token::Part(21, 31),
            '中' if self.after_date()
                && self.scanner.peek().is_none_or(|next| "-至到、,;)和前后".contains(next)) =>
            {
                Token::Part(11, 20)
            }
            '期' | '时' => Token::Cue,
            _ => Token::Word,
        };
        self.push(token);
    }

    /// Takes further dashes; a range is one token.
    fn range(&mut self) -> Token {
        while self.scanner.eat_any(&["-", "至"]).is_some() {}
        Token::Range
    }

    fn after_date(&self) -> bool {
        use Token::{Day, Event, Half, Last, Month, Nth, Part, Quarter, Recur, Year};
        matches!(
            self.out.last(),
            Some(
                Month(_)
                    | Day(_)
                    | Quarter(_)
                    | Half(_)
                    | Part(..)
                    | Recur(_)
                    | Year(_)
                    | Nth(_)
                    | Last
                    | Event(_)
            )
        )
    }

    /// A number in Arabic digits: a dotted date, a year, or a number with its unit.
    fn arabic(&mut self) {
        let start = self.scanner.position();
        let run = digits_ahead(self.scanner.rest());
        if run >= 4 && self.year_ahead() {
            if let Some((year, _)) = self.scanner.digits(4)
                && self.dated(year as i32, run - 4)
            {
                return;
            }
            self.scanner.reset(start);
        } else if run <= 2 && self.month_and_day() {
            return;
        }
        if let Some(value) = self.scanner.number() {
            self.unit(value, run == 2);
        } else {
            self.scanner.digits(9);
            self.push(Token::Word);
        }
    }

    fn year_ahead(&self) -> bool {
        let rest = self.scanner.rest();
        rest.starts_with("19") && rest[2..].starts_with(['8', '9']) || rest.starts_with("20")
    }

    /// What follows the four digits of a year, of which `more` are digits.
    fn dated(&mut self, year: i32, more: usize) -> bool {
        self.push(Token::Year(year));
        if more > 0 {
            // 20229, 202210, 20230410: month and day without separators.
            let (month, day) = match more {
                1 | 2 => (self.scanner.digits(more), None),
                3 => (self.scanner.digits(1), self.scanner.digits(2)),
                4 => (self.scanner.digits(2), self.scanner.digits(2)),
                _ => (None, None),
            };
            let month = month.map(|(month, _)| month).filter(|month| (1..=12).contains(month));
            let day = day.map(|(day, _)| day);
            let valid = month.is_some() && day.is_none_or(|day| (1..=31).contains(&day));
            if !valid || self.scanner.peek().is_some_and(|next| !"-至到、,;.)月前底 ".contains(next)) {
                self.out.pop();
                return false;
            }
            self.out.push(Token::Month(month.unwrap_or(1)));
            self.out.extend(day.map(Token::Day));
            return true;
        }
        // 2023年底 is the year, then its end.
        let named =
            ["年底", "年末", "年终", "年初", "年中"].iter().any(|word| self.scanner.rest().starts_with(word));
        if !named && self.scanner.eat_any(&["年度", "年"]).is_some() {
            return true;
        }
        let before = self.scanner.position();
        if let Some(separator) = self.scanner.eat_any(&["-", ".", "/"]) {
            match self.small(12) {
                Some(month) => {
                    self.out.push(Token::Month(month));
                    let here = self.scanner.position();
                    if self.scanner.eat(separator)
                        && let Some(day) = self.small(31)
                    {
                        self.out.push(Token::Day(day));
                        self.scanner.eat_any(&["日", "号", "/"]);
                        self.time();
                    } else {
                        self.scanner.reset(here);
                        self.scanner.eat("月");
                    }
                }
                None => self.scanner.reset(before),
            }
        }
        true
    }

    /// One or two digits up to `most`, where a year may follow without a separator (folding removes spaces).
    fn small(&mut self, most: u32) -> Option<u32> {
        let start = self.scanner.position();
        let run = digits_ahead(self.scanner.rest());
        let clock = self.scanner.rest().as_bytes().get(run) == Some(&b':');
        // 2020.42020.12, 2023-10-2000:00: the digits of the next year or of a clock do not belong.
        let take = match run {
            1 | 5 => 1,
            2 | 3 | 6 => 2,
            4 if clock => 2,
            _ => return None,
        };
        let value =
            self.scanner.digits(take).map(|(value, _)| value).filter(|value| (1..=most).contains(value));
        if value.is_none() {
            self.scanner.reset(start);
        }
        value
    }

    /// Skips the clock of a spreadsheet's date: `00:00:00`.
    fn time(&mut self) {
        let start = self.scanner.position();
        self.scanner.eat("t");
        let clock =
            self.scanner.digits(2).is_some() && self.scanner.eat(":") && self.scanner.digits(2).is_some();
        if !clock {
            return self.scanner.reset(start);
        }
        if self.scanner.eat(":") {
            self.scanner.digits(2);
        }
    }

    /// 4.15 as month and day; false, with nothing taken, where it is something else.
    fn month_and_day(&mut self) -> bool {
        let start = self.scanner.position();
        let month = self.scanner.digits(2).map(|(month, _)| month);
        if self.scanner.eat_any(&[".", "/"]).is_some()
            && let Some(day) = self.small(31)
            && let Some(month @ 1..=12) = month
            && self.scanner.peek().is_none_or(|next| "-至到、,;)日前起".contains(next))
        {
            self.scanner.eat("日");
            self.push(Token::Month(month));
            self.push(Token::Day(day));
            return true;
        }
        self.scanner.reset(start);
        false
    }

    /// The unit of a number.
    fn unit(&mut self, value: u32, two_digits: bool) {
        let scanner = &mut self.scanner;
        let token =
            if scanner.eat_any(&["个月", "个工作日", "工作日", "天", "周", "小时", "分钟", "月度"]).is_some()
            {
                Token::Word
            } else if scanner.eat_any(&["月份", "月"]).is_some() {
                if (1..=12).contains(&value) { Token::Month(value) } else { Token::Word }
            } else if scanner.eat("个季度") {
                if value == 4 { Token::Recur(4) } else { Token::Rate }
            } else if scanner.eat("季度") || !scanner.rest().starts_with("季节") && scanner.eat("季") {
                if (1..=4).contains(&value) { Token::Quarter(value) } else { Token::Rate }
            } else if scanner.eat_any(&["日", "号"]).is_some() {
                if (1..=31).contains(&value) { Token::Day(value) } else { Token::Word }
            } else if scanner.eat_any(&["年度", "年"]).is_some() {
                match value {
                    1980..=2079 => Token::Year(value as i32),
                    15..=60 if two_digits => Token::Year(2000 + value as i32),
                    1 => Token::Yearly,
                    _ => Token::Rate,
                }
            } else if let Some(counter) = scanner.eat_any(COUNTERS) {
                if matches!(counter, "次" | "轮") { per_period(scanner) } else { Token::Rate }
            } else {
                Token::Number(value)
            };
        self.push(token);
    }

    /// What follows 第.
    fn ordinal(&mut self) {
        let Some(value) = self.scanner.number() else { return self.push(Token::Word) };
        if self.scanner.eat("个月") {
            return self.push(Token::Nth(value));
        }
        if self.scanner.eat("个季度") {
            return self.unit_quarter(value);
        }
        if self
            .scanner
            .eat_any(&["批次", "批", "轮", "次", "阶段", "步", "组", "周", "期", "类", "届", "学期", "学段"])
            .is_some()
        {
            return self.push(Token::Rate);
        }
        self.unit(value, false);
    }

    fn unit_quarter(&mut self, value: u32) {
        self.push(if (1..=4).contains(&value) { Token::Quarter(value) } else { Token::Word });
    }
}

/// 次/季度, 次/年: what the period says of time.
fn per_period(scanner: &mut Scanner<'_>) -> Token {
    let start = scanner.position();
    if scanner.eat_any(&["/每", "/", "每"]).is_some() {
        let period = scanner.eat_any(&["年度", "年", "季度", "季", "半年", "月", "学期", "周", "天", "日"]);
        match period {
            Some("年度" | "年") => return Token::Yearly,
            Some("季度" | "季") => return Token::Recur(4),
            Some("半年") => return Token::Recur(2),
            Some("月") => return Token::Recur(12),
            Some("周" | "天" | "日") => return Token::Often,
            Some(_) => return Token::Rate,
            None => scanner.reset(start),
        }
    }
    Token::Rate
}

fn digits_ahead(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}
