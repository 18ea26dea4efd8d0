//! Two nouns of one element: a place and what lies in it, a school and its canteen, or a list.

use super::resolve::Reading;
use super::value::Value;
use crate::model::target_set::Sureness;

impl Reading<'_> {
    /// Both nouns of an element together.
    pub(super) fn combined(&mut self, before: Value, mut value: Value, holder: bool) -> Value {
        if !before.known {
            return value.at_most(Sureness::Vague);
        }
        let merge = |mut kept: Value, other: &Value| {
            kept.venues.extend_from_slice(&other.venues);
            kept
        };
        if before.place {
            let inside = self
                .graph()
                .descendants_of(&before.units)
                .difference(&before.units)
                .intersection(&value.units);
            if value.body {
                return before;
            }
            if value.place {
                let body = value
                    .groups
                    .iter()
                    .any(|&group| self.lexicon().groups.group(group).level == "department");
                if !inside.is_empty() && (value.attested || (body && before.named)) {
                    let scoped = holder.then(|| value.units.clone());
                    return Value { units: inside, scoped, ..value };
                }
                if holder || !before.named || !value.attested {
                    // 街道残联: a body of the street, which stands for it.
                    let both_groups = !before.named && !value.named && value.attested && !holder;
                    return if both_groups { before.and(value) } else { before };
                }
                return before.and(value);
            }
            if value.named {
                // 街道残联, 柳条营镇卫生院
                return if inside.is_empty() { before } else { Value { units: inside, ..value } };
            }
            if inside.is_empty() {
                return merge(before, &value);
            }
            let scoped = Some(value.units.clone());
            value.groups.extend_from_slice(&before.groups);
            return Value { units: inside, scoped, general: false, ..value };
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
            return Value { units: common, ..merge(value, &before) };
        }
        match (before.attested, value.attested) {
            (true, false) => merge(before, &value),
            (false, true) => merge(value, &before),
            _ => before.and(value),
        }
    }

    /// The venue type that is `part` inside `of` (学校 + 食堂 → 学校食堂).
    fn composed(&self, before: &Value, value: &Value) -> Option<u32> {
        let venues = &self.lexicon().venues;
        let (of, part) = before.venue.zip(value.venue)?;
        (0..venues.len() as u32)
            .filter(|&inner| venues.is_a(inner, part) && venues.entry(inner).part_of.contains(&of))
            .min_by_key(|&inner| venues.wider(inner).len())
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
