//! A window in the words of a printed plan.

use super::schedule::Window;

impl Window {
    /// The window as a plan prints it: `3月15日—6月15日`, `9月`, `4月中旬—5月上旬`, `全年`.
    #[must_use]
    pub fn words(self) -> String {
        let (start, end) = (self.start().parts(), self.end().parts());
        let last = last_day(end.1);
        let whole_months = start.2 == 1 && end.2 >= last;
        if whole_months && start.0 == end.0 && (start.1, end.1) == (1, 12) {
            return format!("{}全年", year_word(start.0));
        }
        let first = format!("{}{}月", year_word(start.0), start.1);
        let second_year = if end.0 == start.0 { String::new() } else { later_year_word(end.0) };
        let same_month = self.start().month_index() == self.end().month_index();
        // The even calendar ends each month on the 31st; the printed one does not.
        let end_day = end.2.min(last);
        match (whole_months, same_month, third(start.2, end.2, last)) {
            (true, true, _) => first,
            (true, false, _) => format!("{first}—{second_year}{}月", end.1),
            (false, true, Some((from, to))) if from == to => format!("{first}{from}旬"),
            (false, true, Some((from, to))) => format!("{first}{from}{to}旬"),
            (false, false, Some((from, to))) => format!("{first}{from}旬—{second_year}{}月{to}旬", end.1),
            (false, true, None) if start.2 >= end_day => format!("{first}{end_day}日"),
            (false, true, None) => format!("{first}{}日—{end_day}日", start.2),
            (false, false, None) => {
                format!("{first}{}日—{second_year}{}月{end_day}日", start.2.min(last_day(start.1)), end.1)
            }
        }
    }
}

/// The thirds of a month (上中下旬) with which a window begins and ends, where both ends are such.
fn third(start: u32, end: u32, last: u32) -> Option<(char, char)> {
    let first = match start {
        1 => '上',
        11 => '中',
        21 => '下',
        _ => return None,
    };
    match end {
        10 => Some((first, '上')),
        20 => Some((first, '中')),
        day if day >= last => Some((first, '下')),
        _ => None,
    }
}

/// The last day which a month has in every year.
fn last_day(month: u32) -> u32 {
    match month {
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn year_word(offset: i32) -> String {
    if offset == 0 { String::new() } else { later_year_word(offset) }
}

fn later_year_word(offset: i32) -> String {
    match offset {
        -1 => "上年".to_owned(),
        0 => "当年".to_owned(),
        1 => "次年".to_owned(),
        more if more > 1 => format!("{more}年后"),
        less => format!("{}年前", -less),
    }
}
