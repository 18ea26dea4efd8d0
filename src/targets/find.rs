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
    /// 区住建局). Of several units of that name the first below the root's own. `None` when unknown.
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

    fn look_up(&self, text: &str, jurisdiction: Option<UnitIdx>) -> Option<UnitIdx> {
        self.exactly(text, jurisdiction).or_else(|| {
            // 敖林区教育局, 区教育局: without the place in front. The place must be one of the roster
            // or a bare level; otherwise 东方教育局 would be any 教育局.
            let mut shorter: Vec<&str> = Vec::new();
            for level in ["区", "县", "旗", "市", "州", "盟", "省", "本", "我区", "我县", "我旗", "我市"]
            {
                shorter.extend(text.strip_prefix(level));
            }
            self.names.prefixes(text, |len, range| {
                let place = self.names.values(range).any(|unit| {
                    let class = self.records[unit as usize].class;
                    matches!(self.classes.list[class as usize].role, Role::Government | Role::Township)
                });
                if place && len < text.len() {
                    shorter.push(&text[len..]);
                }
            });
            shorter.sort_by_key(|rest| rest.len());
            let mut levelled = String::new();
            shorter.into_iter().filter(|rest| rest.chars().count() >= 2).find_map(|rest| {
                self.exactly(rest, jurisdiction).or_else(|| {
                    ["区", "县", "旗", "市"].iter().find_map(|level| {
                        levelled.clear();
                        levelled.push_str(level);
                        levelled.push_str(rest);
                        self.exactly(&levelled, jurisdiction)
                    })
                })
            })
        })
    }

    fn exactly(&self, text: &str, jurisdiction: Option<UnitIdx>) -> Option<UnitIdx> {
        let found: Vec<UnitIdx> = self.names.exact(text).map(UnitIdx::from).collect();
        let Some(place) = jurisdiction else { return found.first().copied() };
        found
            .iter()
            .copied()
            .filter(|&unit| self.is_within(unit, place))
            // The authority's own before those of the places below it.
            .min_by_key(|&unit| (self.records[unit.as_usize()].seat != place.as_u32(), unit))
            // Elsewhere only a name that no two units share is clear.
            .or_else(|| found.first().copied().filter(|_| found.len() == 1))
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
