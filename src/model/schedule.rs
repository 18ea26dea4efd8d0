//! When an item takes place.

use serde::{Deserialize, Serialize};

/// A day relative to the plan year, in a calendar of twelve months of 31 days.
///
/// `(year offset × 12 + month − 1) × 31 + day − 1`; the first of January of the plan year is 0, the
/// last of December 371, January of the next year starts at 372. The even calendar keeps order and
/// overlap exact without leap years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct PlanDay(i32);

impl PlanDay {
    /// The day of `month` (1–12) and `day` (1–31), `year_offset` years after the plan year.
    ///
    /// Values outside their range are clamped into it.
    #[must_use]
    pub fn new(year_offset: i32, month: u32, day: u32) -> Self {
        let month = month.clamp(1, 12) as i32;
        let day = day.clamp(1, 31) as i32;
        Self((year_offset.clamp(-100, 100) * 12 + month - 1) * 31 + day - 1)
    }

    /// Years after the plan year, month (1–12) and day (1–31).
    #[must_use]
    pub fn parts(self) -> (i32, u32, u32) {
        let months = self.0.div_euclid(31);
        (months.div_euclid(12), months.rem_euclid(12) as u32 + 1, self.0.rem_euclid(31) as u32 + 1)
    }

    /// Months since January of the plan year; January itself is 0.
    #[must_use]
    pub const fn month_index(self) -> i32 {
        self.0.div_euclid(31)
    }
}

/// A stretch of days, both ends included. Invariant: `start <= end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Window {
    start: PlanDay,
    end: PlanDay,
}

impl Window {
    /// The window between two days, in either order.
    #[must_use]
    pub fn new(one: PlanDay, other: PlanDay) -> Self {
        Self { start: one.min(other), end: one.max(other) }
    }

    /// First day.
    #[must_use]
    pub const fn start(self) -> PlanDay {
        self.start
    }

    /// Last day.
    #[must_use]
    pub const fn end(self) -> PlanDay {
        self.end
    }

    /// Whether both share a day.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.start <= other.end && other.start <= self.end
    }

    /// Whether they meet, or the later one begins at most 31 days of this calendar, about a month, after the other's end.
    #[must_use]
    pub fn is_near(self, other: Self) -> bool {
        let gap = |first: Self, then: Self| then.start.0.saturating_sub(first.end.0);
        gap(self, other) <= 31 && gap(other, self) <= 31
    }

    /// The days both share.
    #[must_use]
    pub fn intersection(self, other: Self) -> Option<Self> {
        self.meets(other).then(|| Self { start: self.start.max(other.start), end: self.end.min(other.end) })
    }
}

/// How far a schedule's text fixes its days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// The text names months or days.
    Exact,
    /// The text covers a year or more (全年, 2025年): true, but it says little.
    WholeYear,
    /// The days hang on an event or on need (不定期, 根据…确定, 开学一个月内); windows hold what is known.
    EventBased,
    /// The text was not understood.
    Unknown,
    /// There is no text.
    #[default]
    Absent,
}

/// Which part of a year's rounds an item names itself as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Round {
    /// 春季, 春节后 …
    Spring,
    /// 夏季, 夏粮, 汛期
    Summer,
    /// 秋季, 秋粮
    Autumn,
    /// 冬季
    Winter,
    /// 上半年, 半年
    FirstHalf,
    /// 下半年
    SecondHalf,
    /// First to fourth quarter, by number 1–4.
    Quarter(u8),
    /// 年终, 年度
    YearEnd,
    /// 中期
    MidTerm,
    /// 第N批, 第N轮
    Batch(u8),
}

/// A schedule in standard form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Schedule {
    /// The windows in which visits fall, in order and disjoint: one a round. Empty when unknown.
    pub windows: Vec<Window>,
    /// How sure the windows are.
    pub certainty: Certainty,
    /// The year the text names, if any.
    pub year: Option<i32>,
}

impl Schedule {
    /// Whether some day could suit both: true unless both are [`Certainty::Exact`] and no windows meet.
    #[must_use]
    pub fn can_meet(&self, other: &Self) -> bool {
        if self.certainty != Certainty::Exact || other.certainty != Certainty::Exact {
            return true;
        }
        self.windows.iter().any(|mine| other.windows.iter().any(|theirs| mine.meets(*theirs)))
    }

    /// Whether some windows of both [are near](Window::is_near).
    #[must_use]
    pub fn is_near(&self, other: &Self) -> bool {
        self.windows.iter().any(|mine| other.windows.iter().any(|theirs| mine.is_near(*theirs)))
    }
}
