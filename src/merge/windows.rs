//! When a plan item takes place.

use super::phrase::one_line;
use super::{Member, ids};
use crate::model::plan::Traced;
use crate::model::schedule::{Certainty, Window};

/// The windows of the plan item and the text which the plan prints.
///
/// The rounds of the core and of the items split from it are united. Another member's visit takes
/// place where its windows meet a round: the round narrows to the days both share. Windows that meet
/// no round at all become rounds of their own, so no member's visit is lost. Rounds are not narrowed
/// where fewer months than visits would be left.
///
/// The text is the members' own, the core's first, when it names exactly these windows; otherwise it
/// is written from the windows, behind the core's words where those hang on an event.
pub(super) fn schedule(
    members: &[&Member<'_>],
    visits: Option<u32>,
) -> (Vec<Window>, Option<Traced<String>>) {
    let mut from = vec![false; members.len()];
    let mut rounds: Vec<Window> = Vec::new();
    for (position, member) in members.iter().enumerate() {
        if member.is_round() && says_when(member) {
            rounds.extend(&member.standard.schedule.windows);
            from[position] = true;
        }
    }
    let mut rounds = united(rounds);
    let months_needed = visits.unwrap_or(1).clamp(1, 12);
    for (position, member) in members.iter().enumerate() {
        if member.is_round() || !says_when(member) {
            continue;
        }
        let theirs = &member.standard.schedule.windows;
        let changed =
            if rounds.is_empty() { united(theirs.clone()) } else { met(&rounds, theirs, months_needed) };
        if changed != rounds {
            rounds = changed;
            from[position] = true;
        }
    }
    let text = text(members, &rounds, &from);
    (rounds, text)
}

/// Whether an item names months or days.
fn says_when(member: &Member<'_>) -> bool {
    let schedule = &member.standard.schedule;
    matches!(schedule.certainty, Certainty::Exact | Certainty::WholeYear) && !schedule.windows.is_empty()
}

/// `rounds` narrowed to where they meet `theirs`; both, where they never meet.
fn met(rounds: &[Window], theirs: &[Window], months_needed: u32) -> Vec<Window> {
    if !theirs.iter().any(|window| rounds.iter().any(|round| round.meets(*window))) {
        return united(rounds.iter().chain(theirs).copied().collect());
    }
    let mut narrowed = Vec::new();
    for round in rounds {
        let common: Vec<Window> = theirs.iter().filter_map(|window| round.intersection(*window)).collect();
        if common.is_empty() { narrowed.push(*round) } else { narrowed.extend(common) }
    }
    let narrowed = united(narrowed);
    if months(&narrowed) >= months_needed.min(months(rounds)) { narrowed } else { rounds.to_vec() }
}

/// Sorted windows, overlapping ones joined.
fn united(mut windows: Vec<Window>) -> Vec<Window> {
    windows.sort_unstable();
    let mut joined: Vec<Window> = Vec::with_capacity(windows.len());
    for window in windows {
        match joined.last_mut() {
            Some(last) if last.meets(window) => {
                *last = Window::new(last.start(), last.end().max(window.end()));
            }
            _ => joined.push(window),
        }
    }
    joined
}

/// Number of months touched.
fn months(windows: &[Window]) -> u32 {
    let mut touched: Vec<i32> =
        windows.iter().flat_map(|window| window.start().month_index()..=window.end().month_index()).collect();
    touched.sort_unstable();
    touched.dedup();
    touched.len() as u32
}

fn text(members: &[&Member<'_>], rounds: &[Window], from: &[bool]) -> Option<Traced<String>> {
    let own =
        |member: &Member<'_>| member.item.schedule.as_deref().map(one_line).filter(|words| !words.is_empty());
    let one = |position: usize| {
        own(members[position]).map(|value| Traced { value, from: ids(members, |other| other == position) })
    };
    if rounds.is_empty() {
        return (0..members.len()).find_map(one);
    }
    let exact = (0..members.len()).find(|&position| {
        says_when(members[position]) && united(members[position].standard.schedule.windows.clone()) == rounds
    });
    if let Some(same) = exact.and_then(one) {
        // An event that the core waits for is not replaced by another member's months alone.
        if exact == Some(0) || says_when(members[0]) || own(members[0]).is_none() {
            return Some(same);
        }
    }
    let written = written(rounds);
    match own(members[0]).filter(|_| !says_when(members[0])) {
        Some(event) => Some(Traced {
            value: format!("{event}（{written}）"),
            from: ids(members, |position| position == 0 || from[position]),
        }),
        None => Some(Traced { value: written, from: ids(members, |position| from[position]) }),
    }
}

/// Windows as a plan prints them: `3月15日—6月15日、9月`.
fn written(windows: &[Window]) -> String {
    let pieces: Vec<String> = windows.iter().map(|window| one_window(*window)).collect();
    pieces.join("、")
}

fn one_window(window: Window) -> String {
    let (start, end) = (window.start().parts(), window.end().parts());
    let whole_months = start.2 == 1 && end.2 >= last_day(end.1);
    if whole_months && start.0 == end.0 && (start.1, end.1) == (1, 12) {
        return format!("{}全年", year_word(start.0));
    }
    let first = format!("{}{}月", year_word(start.0), start.1);
    let second_year = if end.0 == start.0 { String::new() } else { later_year_word(end.0) };
    match (whole_months, window.start().month_index() == window.end().month_index()) {
        (true, true) => first,
        (true, false) => format!("{first}—{second_year}{}月", end.1),
        (false, true) if start.2 == end.2 => format!("{first}{}日", start.2),
        (false, true) => format!("{first}{}日—{}日", start.2, end.2),
        (false, false) => format!("{first}{}日—{second_year}{}月{}日", start.2, end.1, end.2),
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
