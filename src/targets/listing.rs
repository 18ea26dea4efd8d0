//! What a list means: its elements together, with their brackets, without what is excluded.

use super::grammar::{Element, Listing};
use super::graph::UnitGraph;
use super::lexer::{Noun, Token, TokenKind};
use super::modifier::Modifier;
use super::resolve::Reading;
use super::value::Value;
use super::words::core;
use crate::model::ids::UnitIdx;
use crate::model::target_set::{Sureness, TermRole};
use crate::model::unit_set::UnitSet;

impl Reading<'_> {
    /// The meaning of a list: its elements together, without what is excluded.
    pub(super) fn listing(&mut self, listing: &Listing) -> Value {
        let elements = self.completed(&listing.elements);
        let mut total = Value::default();
        let mut chain: Vec<Value> = Vec::new();
        let mut modifiers: Vec<Modifier> = Vec::new();
        for element in &elements {
            if !element.linked && !element.sums_up {
                total = self.joined(total, &mut chain);
                modifiers.clear();
            }
            let (mut value, own) = self.element(element, &modifiers);
            if !own.is_empty() {
                modifiers = own;
            }
            let mut defined = false;
            for bracket in &element.brackets {
                let named = value.named;
                value = self.bracket(value, bracket, &modifiers);
                defined |= value.named && !named;
            }
            if value.place || value.named {
                self.places = self.places.union(&value.units);
            }
            if element.sums_up && defined {
                // 采石场等涉爆单位(甲、乙): the names say which.
                let venues = chain.drain(..).flat_map(|value| value.venues);
                value.venues.extend(venues);
                chain.push(value);
            } else if element.sums_up {
                self.sum_up(&mut chain, value);
            } else if value.known || value.sureness == Sureness::Unknown {
                chain.push(value);
            } else {
                // A number by itself: a share of everything so far.
                total = self.joined(total, &mut chain);
                let (sample, share) = (value.sample, value.share);
                let sampling = value.sureness == Sureness::Sample;
                total = self.sampled(total, sample, share, sampling, false);
            }
            for bracket in &element.brackets {
                if let Some(value) = chain.pop() {
                    let left = self.without(value, &bracket.excluded);
                    chain.push(left);
                }
            }
        }
        total = self.joined(total, &mut chain);
        if listing.open {
            self.term("等", TermRole::Vague, 0);
            total.doubt(Sureness::Vague);
        }
        if listing.elsewhere {
            total.doubt(Sureness::Vague);
            total.known = true;
        }
        self.without(total, &listing.excluded)
    }

    /// What an exclusion takes from `units`.
    fn excluded(&mut self, listing: &Listing, units: &UnitSet) -> UnitSet {
        let mut away = UnitSet::default();
        for element in self.completed(&listing.elements) {
            let (mut value, _) = self.element(&element, &[]);
            for bracket in &element.brackets {
                value = self.bracket(value, bracket, &[]);
                value = self.without(value, &bracket.excluded);
            }
            let found = if value.place {
                // Without a township is without what lies in it; the authority itself is only itself.
                let below = UnitSet::from_units(value.units.iter().filter(|&unit| {
                    self.scope.seat != Some(unit)
                        && !self.graph().is_within(unit_or(self.scope.seat, unit), unit)
                }));
                value.units.union(&self.graph().descendants_of(&below))
            } else {
                value.units
            };
            let mut found = found.intersection(units);
            if found.is_empty() {
                // 除水泥企业以外: by the names of what is left.
                let text = element.text();
                let word = core(&text).unwrap_or(&text);
                if word.chars().count() >= 2 {
                    found = self.called(units, word);
                }
            }
            away = away.union(&found);
        }
        for again in &listing.excluded {
            // 除A(不含B)外: B stays.
            let stays = self.excluded(again, &away);
            away = away.difference(&stays);
        }
        away
    }

    fn joined(&mut self, total: Value, chain: &mut Vec<Value>) -> Value {
        distribute(self.graph(), chain);
        chain.drain(..).fold(total, Value::and)
    }

    /// A、B等C: what C adds to the list before it.
    fn sum_up(&mut self, chain: &mut Vec<Value>, head: Value) {
        let list = chain.drain(..).fold(Value::default(), Value::and);
        let part_of_list = list.venue.or(list.venues.first().copied()).zip(head.venue);
        let facility = part_of_list.is_some_and(|(of, part)| self.is_facility(of, part));
        if facility && !list.units.is_empty() {
            let common = list.units.intersection(&head.units);
            let units = if common.is_empty() { list.units.clone() } else { common };
            // 学校、养老机构等食堂: the canteens of both.
            let mut venues: Vec<u32> = list
                .venues
                .iter()
                .map(|&of| {
                    let whole = Value { venue: Some(of), ..Value::default() };
                    self.composed(&whole, &head).unwrap_or(of)
                })
                .collect();
            venues.dedup();
            chain.push(Value { units, venues, ..list });
            return;
        }
        let covers = !head.general && head.attested && head.units.is_superset(&list.units);
        let Value { mut venues, groups, .. } = list.clone();
        if covers && !list.units.is_empty() && !head.place {
            venues.extend_from_slice(&head.venues);
            chain.push(Value { venues, groups, ..head });
            return;
        }
        if !list.known {
            chain.push(head.at_most(Sureness::Vague));
            return;
        }
        let counted = head.sample.is_some_and(|count| count as usize == list.units.len());
        if counted && list.named {
            chain.push(list);
            return;
        }
        let open = head.general || head.place || !head.known;
        let joined = if open { Value { sample: head.sample, ..list } } else { list.and(head) };
        chain.push(joined.at_most(Sureness::Vague));
    }

    /// `value` with what its bracket says.
    fn bracket(&mut self, value: Value, bracket: &Listing, modifiers: &[Modifier]) -> Value {
        let note = ["名单", "清单", "名录", "名册", "附件", "为准", "另行", "以下简称", "提供", "详见"];
        if bracket.aside || note.iter().any(|word| bracket.text.contains(word)) {
            let role = if bracket.aside { TermRole::Vague } else { TermRole::Delegation };
            self.term(&bracket.text, role, 0);
            return if bracket.aside { value } else { value.at_most(Sureness::Vague) };
        }
        let mut value = value;
        let inside = Listing { excluded: Vec::new(), ..bracket.clone() };
        let held = value.units.clone();
        let mut narrowed: Option<UnitSet> = None;
        let mut added = Value::default();
        let mut only_names = !inside.elements.is_empty();
        for element in self.completed(&inside.elements) {
            let said: Vec<&Token> =
                element.parts.iter().filter(|part| !matches!(part.kind, TokenKind::Word(_))).collect();
            if said.is_empty() {
                // (辖区内全部)
                continue;
            }
            let qualifier = match &said[..] {
                [Token { kind: TokenKind::Noun(noun), text }] if !noun.is_head() => {
                    Some((noun.clone(), text))
                }
                [Token { kind: TokenKind::Unknown, text }] => Some((Noun::default(), text)),
                _ => None,
            };
            if let Some((noun, text)) = qualifier {
                only_names = false;
                let understood =
                    noun.tag.is_some() || value.venue.is_some_and(|venue| self.typed(venue, text).is_some());
                let modifier = Modifier::Word { noun: noun.clone(), text: text.clone() };
                let whole = Value { sureness: Sureness::Exact, ..value.clone() };
                let part = self.narrowed(whole, &modifier);
                if part.sureness == Sureness::Exact {
                    narrowed =
                        Some(narrowed.map_or_else(|| part.units.clone(), |had| had.union(&part.units)));
                } else if !understood {
                    narrowed = Some(held.clone());
                }
                continue;
            }
            let (part, _) = self.element(&element, modifiers);
            only_names &= part.named;
            if part.known {
                added = added.and(part);
            } else if part.sample.is_some() || part.share.is_some() || part.sureness == Sureness::Sample {
                let sampling = part.sureness == Sureness::Sample;
                value = self.sampled(value, part.sample, part.share, sampling, true);
            } else if let Some(count) = counted(&element) {
                value = self.sampled(value, Some(count), None, false, false);
            }
        }
        if let Some(narrowed) = narrowed.filter(|units| !units.is_empty()) {
            value.units = narrowed;
        }
        if added.known {
            let explains = self.explains(&value, &added);
            if only_names && !bracket.adds && !bracket.open && !value.named {
                // 涉爆单位(甲、乙): exactly those.
                let venues = std::mem::take(&mut value.venues);
                value = Value { venues, venue: value.venue, ..added };
            } else if value.general && !bracket.adds {
                value = added;
            } else if !explains && !added.units.is_empty() {
                let (venue, place) = (value.venue, value.place);
                value = Value { place, venue, ..value.and(added) };
            } else {
                value.venues.extend_from_slice(&added.venues);
                if !value.known {
                    value = added;
                }
            }
        }
        value
    }

    /// `value` without what `exclusions` name.
    fn without(&mut self, mut value: Value, exclusions: &[Listing]) -> Value {
        for excluded in exclusions {
            let before = self.excluding;
            self.excluding = true;
            let away = self.excluded(excluded, &value.units);
            self.excluding = before;
            value.units = value.units.difference(&away);
        }
        value
    }

    /// Whether a bracket only spells out what the value is (医疗机构(含口腔诊所)).
    fn explains(&self, value: &Value, inside: &Value) -> bool {
        if value.units.is_superset(&inside.units) {
            return true;
        }
        let venues = &self.lexicon().venues;
        let Some(of) = value.venue else { return false };
        !inside.venues.is_empty()
            && inside.venues.iter().all(|&venue| venues.is_a(venue, of) && !value.units.is_empty())
    }
}

fn unit_or(seat: Option<UnitIdx>, unit: UnitIdx) -> UnitIdx {
    seat.unwrap_or(unit)
}

fn counted(element: &Element) -> Option<u32> {
    element.parts.iter().find_map(|part| match part.kind {
        TokenKind::Quantity(super::number::Quantity::Count(count)) => Some(count),
        _ => None,
    })
}

/// Shares the last noun of a chain with the elements before it: 学校、幼儿园食堂 speaks of the
/// canteens of both, 柳条营镇、三道沙梁镇的学校 of the schools of both.
fn distribute(graph: &UnitGraph, chain: &mut [Value]) {
    let Some((last, before)) = chain.split_last_mut() else { return };
    if let Some(part) = &last.facility {
        for value in before.iter_mut().filter(|value| !value.place && value.facility.is_none()) {
            let common = value.units.intersection(part);
            if !common.is_empty() {
                value.units = common;
            }
        }
    }
    if let Some(units) = &last.scoped {
        for value in before.iter_mut().filter(|value| value.place && value.scoped.is_none()) {
            let inside = graph.descendants_of(&value.units).intersection(units);
            if !inside.is_empty() {
                value.units = inside;
                value.place = false;
            } else if value.named && !last.place {
                // None there: the place itself is not meant.
                value.units = inside;
                value.place = false;
                value.named = false;
            }
        }
    }
}
