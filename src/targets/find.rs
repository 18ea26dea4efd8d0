//! Looking a unit up by the name that a sheet writes.

use super::classes::Role;
use super::graph::UnitGraph;
use crate::lexicon::{Lexicon, Matcher};
use crate::model::ids::UnitIdx;
use crate::text::fold;

/// Endings of desks inside a department.
const DESKS: [&str; 13] =
    ["科", "股", "室", "站", "所", "队", "办", "中心", "大队", "窗口", "组", "局", "处"];

impl UnitGraph {
    /// The unit that `name` writes: its name or an alias; else without the place in front; else what
    /// stands before a bracket, or in it; else the department whose desk it is (区住建局质安科 →
    /// 区住建局). Of several units of that name the root's own; else the first, where all belong to one
    /// government. `None` when unknown.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<UnitIdx> {
        self.find_within(name, self.root())
    }

    /// As [`find`](Self::find), preferring the units of `jurisdiction`.
    #[must_use]
    pub fn find_within(&self, name: &str, jurisdiction: Option<UnitIdx>) -> Option<UnitIdx> {
        let folded = fold(name);
        if folded.is_empty() {
            return None;
        }
        if let Some(unit) = self.by_id(name) {
            return Some(unit);
        }
        let (front, inside) = match folded.split_once('(') {
            Some((front, rest)) => (front, rest.trim_end_matches(')')),
            None => (folded.as_str(), ""),
        };
        [folded.as_str(), front, inside]
            .into_iter()
            .filter(|text| !text.is_empty())
            .find_map(|text| self.look_up(text, jurisdiction))
            .or_else(|| self.by_desk(front, jurisdiction))
    }

    /// Folded names of governments and townships, with and without their office, longest first: what
    /// may stand in front of a title without saying what it is about. The root's also without its level (平安敖林建设),
    /// unless that is a word of the lexicon's forms (平安 of 平安县).
    #[must_use]
    pub fn names_of_places(&self, lexicon: &Lexicon) -> Vec<String> {
        self.kept.places(lexicon, || self.read_places(lexicon)).to_vec()
    }

    fn read_places(&self, lexicon: &Lexicon) -> Vec<String> {
        let mut names: Vec<String> = self.bare_names(lexicon);
        for view in self.units() {
            let class = self.records[view.index().as_usize()].class;
            if !matches!(self.classes.list[class as usize].role, Role::Government | Role::Township) {
                continue;
            }
            for name in std::iter::once(view.name()).chain(view.aliases()) {
                let folded = fold(name);
                for office in ["人民政府", "政府", "街道办事处", "办事处"] {
                    if let Some(place) = folded.strip_suffix(office)
                        && place.chars().count() >= 2
                    {
                        names.push(place.to_owned());
                    }
                }
                if folded.chars().count() >= 2 {
                    names.push(folded);
                }
            }
        }
        names.sort_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
        names.dedup();
        names
    }

    /// Folded names of the root without level and office, of two to four characters.
    fn bare_names(&self, lexicon: &Lexicon) -> Vec<String> {
        let Some(root) = self.root().filter(|_| !self.is_derived()) else { return Vec::new() };
        let view = self.unit(root);
        let mut bare: Vec<String> = std::iter::once(view.name())
            .chain(view.aliases())
            .filter_map(|name| {
                let name = fold(name);
                let place = ["人民政府", "政府"].iter().find_map(|office| name.strip_suffix(office));
                let short =
                    place.unwrap_or(&name).strip_suffix(['县', '区', '市', '旗', '州', '盟', '省'])?;
                (2..=4).contains(&short.chars().count()).then(|| short.to_owned())
            })
            .collect();
        // A name and its aliases give the same word, of which the matcher would report one.
        bare.sort_unstable();
        bare.dedup();
        let matcher = Matcher::new(bare.iter().map(String::as_str).zip(0..));
        let mut words = vec![false; bare.len()];
        for (form, _) in lexicon.concepts.forms().chain(lexicon.venues.forms()) {
            for mention in matcher.find(form) {
                words[mention.entry as usize] = true;
            }
        }
        let mut word = words.into_iter();
        bare.retain(|_| !word.next().unwrap_or_default());
        bare
    }

    /// The government that `unit` belongs to: the nearest above it, or itself.
    ///
    /// Complexity: linear in the depth of the roster.
    #[must_use]
    pub fn government_of(&self, unit: UnitIdx) -> Option<UnitIdx> {
        let mut unit = unit.as_u32();
        loop {
            let record = &self.records[unit as usize];
            if self.classes.list[record.class as usize].role == Role::Government {
                return Some(UnitIdx::from(unit));
            }
            if record.parent == unit {
                return None;
            }
            unit = record.parent;
        }
    }

    fn look_up(&self, text: &str, jurisdiction: Option<UnitIdx>) -> Option<UnitIdx> {
        self.exactly(text, jurisdiction).or_else(|| {
            // 敖林区教育局, 区教育局: without the place in front. The place must be one of the roster
            // or a bare level; otherwise 东方教育局 would be any 教育局.
            let mut shorter: Vec<(&str, Option<UnitIdx>)> = Vec::new();
            for level in ["区", "县", "旗", "市", "州", "盟", "省", "本", "我区", "我县", "我旗", "我市"]
            {
                shorter.extend(text.strip_prefix(level).map(|rest| (rest, None)));
            }
            self.names.prefixes(text, |len, range| {
                if len == text.len() {
                    return;
                }
                let role = |unit: u32| self.classes.list[self.records[unit as usize].class as usize].role;
                let mut governments =
                    self.names.values(range.clone()).filter(|&unit| role(unit) == Role::Government);
                let one = governments.next().filter(|_| governments.next().is_none()).map(UnitIdx::from);
                if self
                    .names
                    .values(range)
                    .any(|unit| matches!(role(unit), Role::Government | Role::Township))
                {
                    shorter.push((&text[len..], one.filter(|_| one != jurisdiction)));
                }
            });
            shorter.sort_by_key(|(rest, _)| rest.len());
            shorter.into_iter().filter(|(rest, _)| rest.chars().count() >= 2).find_map(|(rest, place)| {
                // 青山县教育局 is no other county's.
                let find = |name: &str| match place {
                    Some(place) => self.exactly_in(name, place),
                    None => self.exactly(name, jurisdiction),
                };
                let levelled =
                    || ["区", "县", "旗", "市"].iter().find_map(|level| find(&format!("{level}{rest}")));
                find(rest).or_else(levelled)
            })
        })
    }

    fn exactly(&self, text: &str, jurisdiction: Option<UnitIdx>) -> Option<UnitIdx> {
        let Some(place) = jurisdiction else { return self.names.exact(text).next().map(UnitIdx::from) };
        self.exactly_in(text, place).or_else(|| {
            // Elsewhere only a name that no two units share is clear.
            let mut found = self.names.exact(text);
            found.next().filter(|_| found.next().is_none()).map(UnitIdx::from)
        })
    }

    /// The unit of that name in `place`: its own before those of the places below it, and of those none where
    /// several governments have one (县教育局, for the whole city).
    fn exactly_in(&self, text: &str, place: UnitIdx) -> Option<UnitIdx> {
        let seat = |unit: UnitIdx| self.records[unit.as_usize()].seat;
        let within = self.named_in(text, place);
        let own = within.iter().find(|&&unit| unit == place || seat(unit) == place.as_u32());
        if let Some(&unit) = own {
            return Some(unit);
        }
        let (&first, others) = within.split_first()?;
        let government = self.government_of(first);
        others.iter().all(|&other| self.government_of(other) == government).then_some(first)
    }

    /// Units of that name in `place`, in order.
    fn named_in(&self, text: &str, place: UnitIdx) -> Vec<UnitIdx> {
        let range = self.names.entries_of(text);
        if self.outlying(place).is_some() {
            let all = self.names.values(range).map(UnitIdx::from);
            return all.filter(|&unit| self.is_within(unit, place)).collect();
        }
        let subtree = self.subtree(place);
        self.names.values_between(range, (subtree.start, subtree.end)).map(UnitIdx::from).collect()
    }

    /// The longest unit name that `text` begins with, when a desk follows.
    fn by_desk(&self, text: &str, jurisdiction: Option<UnitIdx>) -> Option<UnitIdx> {
        if !DESKS.iter().any(|desk| text.ends_with(desk)) {
            return None;
        }
        let mut ends: Vec<usize> = text.char_indices().map(|(at, _)| at).skip(2).collect();
        ends.reverse();
        ends.into_iter().find_map(|end| {
            let unit = self.look_up(&text[..end], jurisdiction)?;
            let class = self.records[unit.as_usize()].class;
            (self.classes.list[class as usize].role != Role::Government).then_some(unit)
        })
    }
}
