//! Fields that unite what the members say, and the frequency, which is their maximum.

use super::named::Named;
use super::phrase::one_line;
use super::{first_max_by, ids};
use crate::model::citation::Rank;
use crate::model::item::Item;
use crate::model::plan::Traced;
use crate::model::relation::Relation;
use crate::model::schedule::Certainty;
use crate::text::{fold, survives_folding};

/// Texts without repetition, in the members' order. Texts are equal when their folded forms are.
pub(super) fn texts(members: &[&Named<'_>], field: impl Fn(&Item) -> Option<&str>) -> Vec<Traced<String>> {
    let mut union = Union::default();
    for member in members {
        if let Some(text) = field(member.item) {
            union.add(text.trim(), member.id());
        }
    }
    union.values
}

/// Target phrases without repetition.
///
/// A phrase that stands in the list of another member's phrase is dropped only where both members
/// visit exactly the same known units: in doubt both stay, so the plan is never narrower.
pub(super) fn targets(members: &[&Named<'_>]) -> Vec<Traced<String>> {
    let mut union = Union::default();
    for (position, member) in members.iter().enumerate() {
        for phrase in &member.item.targets {
            let phrase = one_line(phrase);
            let wider = members.iter().enumerate().find_map(|(other, candidate)| {
                let same_units = other != position
                    && !member.targets.units.is_empty()
                    && member.targets.units == candidate.targets.units;
                let list = candidate.item.targets.iter().filter(|_| same_units);
                list.map(|text| one_line(text)).find(|list| names_in_list(list, &phrase))
            });
            union.add(wider.as_deref().unwrap_or(&phrase), member.id());
        }
    }
    union.values
}

/// Whether a list (甲、乙和丙) has more than one element, of which `phrase` is one.
fn names_in_list(list: &str, phrase: &str) -> bool {
    let elements: Vec<String> =
        list.split(['、', '，', ',', '；', ';']).map(fold).filter(|element| !element.is_empty()).collect();
    elements.len() > 1 && elements.contains(&fold(phrase))
}

/// Bases without repetition, the highest rank first.
///
/// A group's bases are cut into single documents, so that what two members both cite stands once; an
/// item on its own keeps its text whole.
pub(super) fn basis(members: &[&Named<'_>]) -> Vec<Traced<String>> {
    if let [only] = members {
        return texts(&[only], |item| item.basis.as_deref());
    }
    let mut union = Union::default();
    let mut ranks: Vec<Rank> = Vec::new();
    for member in members {
        for piece in documents(member.item.basis.as_deref().unwrap_or_default()) {
            let position = union.add(piece, member.id());
            let Some(position) = position else { continue };
            let rank = rank(piece, member);
            match ranks.get_mut(position) {
                Some(known) => *known = (*known).min(rank),
                None => ranks.push(rank),
            }
        }
    }
    let mut ranked: Vec<(Rank, Traced<String>)> = ranks.into_iter().zip(union.values).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, value)| value).collect()
}

/// The documents that a text cites, cut at semicolons and line breaks outside titles and brackets.
fn documents(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut depth = 0i32;
    let mut start = 0;
    for (position, character) in text.char_indices() {
        match character {
            '《' | '〈' | '（' | '(' => depth += 1,
            '》' | '〉' | '）' | ')' => depth -= 1,
            '\n' | '\r' => depth = 0,
            _ => {}
        }
        // Brackets are often left open; a semicolon behind one still ends the document.
        let ends = matches!(character, '；' | ';' if depth <= 0) || matches!(character, '\n' | '\r');
        if ends {
            pieces.push(text[start..position].trim());
            start = position + character.len_utf8();
        }
    }
    pieces.push(text[start..].trim());
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// The highest rank among the member's citations that stand in `piece`.
fn rank(piece: &str, member: &Named<'_>) -> Rank {
    let folded = fold(piece);
    member
        .standard
        .citations
        .iter()
        .filter(|citation| {
            let stands = |text: &str| !text.is_empty() && folded.contains(&fold(text));
            stands(&citation.title) || citation.number.as_deref().is_some_and(stands)
        })
        .map(|citation| citation.rank)
        .min()
        .unwrap_or(Rank::Unknown)
}

/// The frequency as the plan prints it, and the visits a year to reckon with.
///
/// The largest of the members'. Items that one organizer cut into rounds add up: spring and autumn,
/// once each, are two visits a year.
pub(super) fn frequency(members: &[&Named<'_>]) -> (Option<Traced<String>>, Option<u32>) {
    let own =
        |member: &Named<'_>| member.item.frequency.as_deref().map(one_line).filter(|words| !words.is_empty());
    let largest = first_max_by(
        members.iter().enumerate().filter(|(_, member)| own(member).is_some()),
        |(_, member)| member.standard.frequency.per_year(),
    );
    let text = largest.and_then(|(position, member)| {
        own(member).map(|value| Traced { value, from: ids(members, |other| other == position) })
    });
    let most = members.iter().filter_map(|member| member.standard.frequency.per_year()).max();
    match rounds_together(members) {
        Some(sum) if most.is_some_and(|most| sum > most) => {
            let value = format!("{sum}次/年");
            (Some(Traced { value, from: ids(members, |position| members[position].is_round()) }), Some(sum))
        }
        _ => (text, most),
    }
}

/// Visits of the rounds added up, where core and split items are different rounds of the year.
fn rounds_together(members: &[&Named<'_>]) -> Option<u32> {
    let rounds: Vec<&&Named<'_>> = members.iter().filter(|member| member.is_round()).collect();
    let split = rounds.iter().any(|member| member.is(Relation::Split));
    let are_rounds = rounds.iter().enumerate().all(|(position, left)| {
        rounds[position + 1..].iter().all(|right| {
            let (one, other) = (&left.standard.name.rounds, &right.standard.name.rounds);
            let named = one != other && !one.iter().any(|round| other.contains(round));
            named && apart_in_time(left, right)
        })
    });
    (split && are_rounds).then(|| {
        rounds
            .iter()
            .fold(0u32, |sum, member| sum.saturating_add(member.standard.frequency.per_year().unwrap_or(1)))
    })
}

/// Whether no day is known to suit both.
fn apart_in_time(left: &Named<'_>, right: &Named<'_>) -> bool {
    let exact = |member: &Named<'_>| member.standard.schedule.certainty == Certainty::Exact;
    let both_exact = exact(left) && exact(right);
    !both_exact || !left.standard.schedule.can_meet(&right.standard.schedule)
}

/// Values in order of first sight, each with the ids that gave it.
#[derive(Debug, Default)]
struct Union {
    values: Vec<Traced<String>>,
    /// The folded values; of the first only when there is a second.
    keys: Vec<String>,
}

impl Union {
    /// Adds a value and returns its position; empty ones are ignored.
    fn add(&mut self, value: &str, id: &str) -> Option<usize> {
        if self.values.is_empty() && value.chars().any(survives_folding) {
            // Most plan items have one member, and its texts are compared with nothing.
            self.values.push(Traced { value: value.to_owned(), from: vec![id.to_owned()] });
            return Some(0);
        }
        let key = fold(value);
        if key.is_empty() {
            return None;
        }
        if self.keys.is_empty() {
            self.keys.extend(self.values.first().map(|first| fold(&first.value)));
        }
        if let Some(position) = self.keys.iter().position(|known| *known == key) {
            let from = &mut self.values[position].from;
            if !from.iter().any(|known| known == id) {
                from.push(id.to_owned());
            }
            return Some(position);
        }
        self.keys.push(key);
        self.values.push(Traced { value: value.to_owned(), from: vec![id.to_owned()] });
        Some(self.keys.len() - 1)
    }
}
