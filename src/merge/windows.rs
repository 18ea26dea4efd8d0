//! When a plan item takes place.

use super::ids;
use super::named::Named;
use super::phrase::one_line;
use crate::model::plan::Traced;
use crate::model::schedule::{Certainty, Window};

/// The windows of the plan item and the text which the plan prints.
///
/// The rounds of the core and of the items split from it are united. Another member's visit takes
/// place where its windows meet a round: the round narrows to the days both share. Windows that meet
/// no round at all become rounds of their own, so no member's visit is lost. Rounds are not narrowed
/// where fewer months than visits would be left.
///
/// The text is a member's own, the core's first, when it names exactly these windows. Otherwise it is
/// written from the windows; where the core's words hang on an event, they stay in front.
pub(super) fn schedule(members: &[&Named<'_>], visits: Option<u32>) -> (Vec<Window>, Option<Traced<String>>) {
    let mut from = vec![false; members.len()];
    let mut rounds: Vec<Window> = Vec::new();
    for (position, member) in members.iter().enumerate().filter(|(_, member)| member.is_round()) {
        rounds.extend(&member.standard.schedule.windows);
        from[position] = !member.standard.schedule.windows.is_empty();
    }
    let mut rounds = united(rounds);
    let months_needed = visits.unwrap_or(1).clamp(1, 12);
    for (position, member) in members.iter().enumerate().filter(|(_, member)| !member.is_round()) {
        let theirs = &member.standard.schedule.windows;
        let changed = match (rounds.is_empty(), says_when(member)) {
            (true, _) => united(theirs.clone()),
            (false, true) => met(&rounds, theirs, months_needed),
            (false, false) => continue,
        };
        if changed != rounds {
            rounds = changed;
            from[position] = true;
        }
    }
    let text = text(members, &rounds, &from);
    (rounds, text)
}

/// Whether an item names months or days.
fn says_when(member: &Named<'_>) -> bool {
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

fn text(members: &[&Named<'_>], rounds: &[Window], from: &[bool]) -> Option<Traced<String>> {
    let own =
        |member: &Named<'_>| member.item.schedule.as_deref().map(one_line).filter(|words| !words.is_empty());
    let one = |position: usize| {
        own(members[position]).map(|value| Traced { value, from: ids(members, |other| other == position) })
    };
    if rounds.is_empty() {
        return (0..members.len()).find_map(one);
    }
    let event = own(members[0]).filter(|_| !says_when(members[0]));
    let same = |position: &usize| united(members[*position].standard.schedule.windows.clone()) == rounds;
    let exact =
        (0..members.len()).filter(same).find_map(|position| one(position).map(|text| (position, text)));
    if let Some((position, text)) = exact {
        // An event that the core waits for is not replaced by another member's months alone.
        if position == 0 || event.is_none() {
            return Some(text);
        }
    }
    let only_rounds = from.iter().zip(members).all(|(gave, member)| !gave || member.is_round());
    let hangs_on_event =
        members.iter().any(|member| member.is_round() && !says_when(member) && own(member).is_some());
    if only_rounds && hangs_on_event {
        // Each round in its organizer's words: the windows alone would drop the events.
        let mut words: Vec<String> =
            members.iter().filter(|member| member.is_round()).filter_map(|m| own(m)).collect();
        words.dedup();
        let speaks = |position: usize| members[position].is_round() && own(members[position]).is_some();
        return Some(Traced { value: words.join("；"), from: ids(members, speaks) });
    }
    let written = written(rounds);
    Some(match event {
        Some(event) => Traced {
            value: format!("{event}（{written}）"),
            from: ids(members, |position| position == 0 || from[position]),
        },
        None => Traced { value: written, from: ids(members, |position| from[position]) },
    })
}

/// Windows as a plan prints them: `3月15日—6月15日、9月`.
fn written(windows: &[Window]) -> String {
    let pieces: Vec<String> = windows.iter().map(|window| window.words()).collect();
    pieces.join("、")
}
