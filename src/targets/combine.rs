//! Two nouns of one element: a place and what lies in it, a school and its canteen, or a list.

use super::lexer::Noun;
use super::resolve::Reading;
use super::value::Value;
use crate::model::target_set::{Sureness, TermRole};
use crate::model::unit_set::UnitSet;

impl Reading<'_> {
    /// Both nouns of an element together.
    pub(super) fn combined(&mut self, before: Value, value: Value, holder: bool) -> Value {
        if !before.known {
            return value.at_most(Sureness::Vague);
        }
        if before.place {
            return self.in_place(before, value, holder);
        }
        if value.place {
            // 项目所在苏木乡镇
            return Value { venues: before.venues, ..value }.at_most(Sureness::Vague);
        }
        if value.named {
            return before.and(value);
        }
        if value.general && !holder {
            return before;
        }
        let common = before.units.intersection(&value.units);
        let facility = before.venue.zip(value.venue).is_some_and(|(of, part)| self.is_facility(of, part));
        if facility || holder {
            let part = value.units.clone();
            let composed = self.composed(&before, &value);
            let mut kept = if common.is_empty() { before } else { Value { units: common, ..before } };
            if facility {
                kept.facility = Some(part);
                kept.venues.extend(composed);
            }
            return kept;
        }
        if before.general {
            return value;
        }
        if let (Some(one), Some(other)) = (before.venue, value.venue) {
            if self.lexicon().venues.is_a(one, other) && before.attested {
                return before;
            }
            if self.lexicon().venues.is_a(other, one) {
                return before.and(value);
            }
        }
        if !common.is_empty() {
            return Value { units: common, ..with_venues(value, &before) };
        }
        match (before.attested, value.attested) {
            (true, false) => with_venues(before, &value),
            (false, true) => with_venues(value, &before),
            _ => before.and(value),
        }
    }

    /// A noun after a place: what of it lies there; else a body of the place, which stands for it.
    fn in_place(&mut self, before: Value, mut value: Value, holder: bool) -> Value {
        if value.body {
            return before;
        }
        let inside =
            self.graph().descendants_of(&before.units).difference(&before.units).intersection(&value.units);
        if value.place {
            let groups = &self.lexicon().groups;
            let of_departments = value.groups.iter().any(|&group| groups.group(group).level == "department");
            if !inside.is_empty() && (value.attested || (of_departments && before.named)) {
                self.mark_scope();
                let scoped = holder.then(|| value.units.clone());
                return Value { units: inside, scoped, ..value };
            }
            // Two groups in a row are a list; otherwise 街道党组织 is a body of the street.
            let list = value.attested && !holder && before.named == value.named;
            return if list || (before.named && value.attested && !holder) {
                before.and(value)
            } else {
                before
            };
        }
        if inside.is_empty() {
            if value.named {
                return before;
            }
            if before.named && self.is_narrow(&value) {
                return self.elsewhere(&before, value);
            }
            return with_venues(before, &value);
        }
        self.mark_scope();
        if value.named {
            // 柳条营镇卫生院
            return Value { units: inside, ..value };
        }
        let scoped = Some(value.units.clone());
        if !self.is_narrow(&value) {
            value.groups.extend_from_slice(&before.groups);
        }
        Value { units: inside, scoped, general: false, ..value }
    }

    /// A word of the roster after a place (浮屿海岛民宿): the units there which have it; else the place.
    pub(super) fn tagged_in_place(&mut self, before: Value, noun: &Noun, text: &str) -> Value {
        let inside = self
            .graph()
            .descendants_of(&before.units)
            .difference(&before.units)
            .intersection(&self.plain(noun, text));
        if inside.is_empty() {
            return before;
        }
        self.term(text, TermRole::Venue, inside.len());
        self.mark_scope();
        let venue = noun.venue.or_else(|| self.venue_of_tag(noun.tag?));
        Value {
            units: inside,
            venue,
            venues: venue.into_iter().collect(),
            place: false,
            named: false,
            scoped: Some(self.plain(noun, text)),
            ..before
        }
    }

    /// Whether the value is a specific kind of operator, which no place stands for.
    fn is_narrow(&self, value: &Value) -> bool {
        value.general
            || value.venue.is_some_and(|venue| {
                let entry = self.lexicon().venues.entry(venue);
                entry.narrow && self.lexicon().groups.by_form(&entry.name).is_none()
            })
    }

    /// Operators at a place (白鹭湾化工企业) of which the roster has none there: those that it has elsewhere
    /// may be meant; the place itself is not.
    pub(super) fn elsewhere(&mut self, before: &Value, value: Value) -> Value {
        self.mark_scope();
        let sureness =
            if value.units.is_empty() || value.general { Sureness::Unknown } else { Sureness::Vague };
        let units = if value.general { UnitSet::default() } else { value.units.clone() };
        Value { units, groups: before.groups.clone(), general: false, attested: false, ..value }
            .at_most(sureness)
    }

    /// The term before the last one turned out to be where, not whom.
    fn mark_scope(&mut self) {
        if let [.., place, _] = &mut self.terms[..]
            && matches!(place.role, TermRole::Unit | TermRole::Group)
        {
            place.role = TermRole::Scope;
        }
    }

    /// The venue type that is `part` inside `of`: 学校 + 食堂 → 学校食堂. Where the lexicon has none of exactly `of`, the one
    /// inside the nearest wider type: canteens of 中小学幼儿园 are 学校食堂.
    pub(super) fn composed(&self, before: &Value, value: &Value) -> Option<u32> {
        let venues = &self.lexicon().venues;
        let (of, part) = before.venue.zip(value.venue)?;
        // The nearer a type is to `of`, the more there is wider than it.
        let nearness = |inner: u32| {
            let holders = venues.entry(inner).part_of.iter().filter(|&&whole| venues.is_a(of, whole));
            holders.map(|&whole| venues.wider(whole).len()).max()
        };
        (0..venues.len() as u32)
            .filter(|&inner| venues.is_a(inner, part))
            .filter_map(|inner| nearness(inner).map(|near| (inner, near)))
            .min_by_key(|&(inner, near)| (std::cmp::Reverse(near), venues.wider(inner).len()))
            .map(|(inner, _)| inner)
    }

    /// Whether the lexicon knows a kind of `part` inside premises of type `of`.
    pub(super) fn is_facility(&self, of: u32, part: u32) -> bool {
        let venues = &self.lexicon().venues;
        (0..venues.len() as u32).any(|inner| {
            venues.is_a(inner, part)
                && venues.wholes(inner).iter().any(|&whole| venues.is_a(whole, of) || venues.is_a(of, whole))
        })
    }
}

fn with_venues(mut kept: Value, other: &Value) -> Value {
    kept.venues.extend_from_slice(&other.venues);
    kept
}
