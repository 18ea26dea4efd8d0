//! What a single noun means in a scope.

use super::classes::Role;
use super::index::seated;
use super::lexer::{Noun, TokenKind};
use super::resolve::Reading;
use super::value::Value;
use super::words::{core, is_general};
use crate::model::ids::UnitIdx;
use crate::model::target_set::{Sureness, TermRole};
use crate::model::unit_set::UnitSet;

/// Groups that name no body of their own: which units are meant, only the writer knows.
const OPEN_GROUPS: [&str; 2] = ["有关部门", "成员单位"];

/// Groups that name places or sectors: where the roster has none, none is meant.
const PLAIN_GROUPS: [&str; 14] = [
    "乡镇",
    "街道",
    "园区",
    "农牧林场",
    "村",
    "嘎查",
    "社区",
    "党委部门",
    "政府部门",
    "事业单位",
    "群团",
    "垂管单位",
    "国有企业",
    "部门",
];

/// Largest scope whose names are searched for the telling part of a venue type.
const MOST_SEARCHED: usize = 20_000;

impl Reading<'_> {
    /// The meaning of `noun`, written `text`; after 各 it is a group rather than a unit of that name.
    pub(super) fn noun(&mut self, noun: &Noun, text: &str, each: bool) -> Value {
        let mut value = self
            .named(noun, each)
            .or_else(|| {
                noun.group.filter(|_| noun.venue.is_none()).map(|group| self.group_called(group, text))
            })
            .or_else(|| self.group_or_venue(noun, text))
            .or_else(|| self.station(noun, text, each))
            .or_else(|| noun.venue.map(|venue| self.venue(venue, noun.tag, text)))
            .or_else(|| noun.department.map(|department| self.department(department)))
            .or_else(|| noun.tag.map(|tag| self.tag(tag)))
            .or_else(|| noun.core.map(|venue| self.venue(venue, None, text).at_most(Sureness::Vague)))
            .unwrap_or_else(Value::unknown);
        value.general = !value.named && is_general(text);
        if value.venue.is_some_and(|venue| self.lexicon().venues.entry(venue).name == "单位") {
            // As wide as words get: departments are 单位 as well.
            value.doubt(Sureness::Vague);
            if let Some(group) = self.lexicon().groups.by_form("部门").filter(|_| !self.excluding) {
                value.units = value.units.union(&self.group(group).units);
            }
        }
        value.body = !value.named && noun.group.is_some_and(|group| self.is_body(group));
        let role = if value.named {
            TermRole::Unit
        } else if value.place {
            TermRole::Group
        } else if noun.venue.is_some() || noun.tag.is_some() || noun.core.is_some() {
            TermRole::Venue
        } else if noun.department.is_some() {
            TermRole::Unit
        } else {
            TermRole::Unknown
        };
        self.term(text, role, value.units.len());
        value
    }

    /// A word that is both: the venue type, where the roster has such units.
    fn group_or_venue(&mut self, noun: &Noun, text: &str) -> Option<Value> {
        let (group, venue) = noun.group.zip(noun.venue)?;
        let value = self.venue(venue, noun.tag, text);
        Some(if value.attested { value } else { self.group_called(group, text) })
    }

    /// 各司法所: not the department, but its stations in the townships, which stand for them.
    fn station(&mut self, noun: &Noun, text: &str, each: bool) -> Option<Value> {
        let station = ["所", "站", "庭", "中队"].iter().any(|ending| text.ends_with(ending));
        if !each || !station || noun.department.is_none() || noun.venue.is_some() {
            return None;
        }
        if let Some(value) = self.named_so(text) {
            return Some(value);
        }
        let group = self.lexicon().groups.by_form("乡镇街道")?;
        Some(self.group(group).at_most(Sureness::Vague))
    }

    fn named(&self, noun: &Noun, each: bool) -> Option<Value> {
        let range = noun.units.clone()?;
        let other = noun.group.is_some() || noun.venue.is_some();
        if each && (other || noun.department.is_some()) {
            return None;
        }
        let graph = self.graph();
        let form = graph.names.form(range.start).to_owned();
        let mut found: Vec<UnitIdx> = graph
            .names
            .values_between(range.clone(), self.scope.range())
            .take(64)
            .map(UnitIdx::from)
            .collect();
        if found.is_empty() {
            // Outside the jurisdiction only a name that no two units share is clear.
            found = graph.names.values(range).take(65).map(UnitIdx::from).collect();
            if found.len() > 1 {
                found.retain(|&unit| self.scope.contains(unit));
            }
        }
        if found.len() > 1 {
            let prefer = |fits: &dyn Fn(UnitIdx) -> bool, found: &mut Vec<UnitIdx>| {
                if found.iter().any(|&unit| fits(unit)) {
                    found.retain(|&unit| fits(unit));
                }
            };
            prefer(&|unit| crate::text::fold(graph.unit(unit).name()) == form, &mut found);
            let seat = self.scope.seat.map(UnitIdx::as_u32);
            prefer(&|unit| Some(graph.records[unit.as_usize()].seat) == seat, &mut found);
        }
        let several = found.len() > 1;
        if found.is_empty() || (several && (other || noun.department.is_some())) {
            return None;
        }
        // 污水处理厂 may be what people call one of them and still mean all.
        let types = noun.venue.map(|venue| self.index().venue(graph, venue));
        let groups = noun.group.map(|group| self.index().group(graph, group));
        if types.into_iter().chain(groups).any(|set| self.scope.clip(set).len() > 1) {
            return None;
        }
        let unit = found[0];
        let role = graph.classes.list[graph.records[unit.as_usize()].class as usize].role;
        Some(Value {
            units: UnitSet::from_units([unit]),
            sureness: if several { Sureness::Vague } else { Sureness::Exact },
            known: true,
            named: true,
            attested: true,
            place: matches!(role, Role::Government | Role::Township | Role::Village),
            ..Value::default()
        })
    }

    /// A group by the word that names it: 各镇 means no 乡 where the roster has both.
    fn group_called(&self, group: u32, text: &str) -> Value {
        let mut value = self.group(group);
        let kind = ["人民政府", "党委政府", "政府", "党委"]
            .iter()
            .find_map(|office| text.strip_suffix(office))
            .unwrap_or(text);
        if ["镇", "乡", "苏木", "建制镇", "民族乡"].contains(&kind) {
            let graph = self.graph();
            let kind = match kind {
                "建制镇" => "镇",
                "民族乡" => "族乡",
                kind => kind,
            };
            let ending = |name: &str| {
                let name = crate::text::fold(name);
                name.strip_suffix("人民政府").unwrap_or(&name).ends_with(kind)
            };
            let called = UnitSet::from_units(value.units.iter().filter(|&unit| {
                let view = graph.unit(unit);
                view.has_tag(kind) || ending(view.name())
            }));
            if !called.is_empty() {
                value.units = called;
            }
        }
        value
    }

    /// A group that lies in units of government and has no place of its own (领导班子, 站所).
    fn is_body(&self, group: u32) -> bool {
        self.lexicon().groups.group(group).kinds.iter().all(|&atom| {
            let atom = self.lexicon().groups.group(atom);
            matches!(atom.level.as_str(), "party" | "township" | "village")
                && !PLAIN_GROUPS.contains(&atom.name.as_str())
        })
    }

    fn group(&self, group: u32) -> Value {
        let graph = self.graph();
        let groups = &self.lexicon().groups;
        let word = groups.group(group);
        let of_scope = |group: u32| self.scope.clip(self.index().group(graph, group));
        let mut units = UnitSet::default();
        let mut widened = false;
        for &atom in &word.kinds {
            let own = groups.group(atom);
            let open = OPEN_GROUPS.contains(&own.name.as_str());
            let mut found = if open { UnitSet::default() } else { of_scope(atom) };
            match own.level.as_str() {
                "department" => found = seated(graph, &self.scope, found),
                "county" | "city" | "province" => {
                    if let Some(seat) = self.scope.seat {
                        let below = found.difference(&UnitSet::from_units([seat]));
                        if !below.is_empty() {
                            found = below;
                        } else if found.is_empty() && own.level == "county" {
                            found = UnitSet::from_units([seat]);
                        }
                    }
                }
                _ => {}
            }
            if found.is_empty() && !PLAIN_GROUPS.contains(&own.name.as_str()) && !self.excluding {
                widened = true;
                let wider: &[&str] = match own.level.as_str() {
                    "department" => &["部门"],
                    "township" => &["乡镇", "街道"],
                    "village" => &["村", "嘎查", "社区"],
                    "party" | "other" => &["乡镇", "街道", "部门"],
                    _ => &[],
                };
                for name in wider {
                    if let Some(number) = groups.by_form(name) {
                        let more = of_scope(number);
                        let more = if *name == "部门" { seated(graph, &self.scope, more) } else { more };
                        found = found.union(&more);
                    }
                }
            }
            units = units.union(&found);
        }
        Value {
            sureness: if widened || units.is_empty() { Sureness::Vague } else { Sureness::Exact },
            attested: !widened && !units.is_empty(),
            units,
            known: true,
            place: true,
            groups: word.kinds.clone(),
            ..Value::default()
        }
    }

    fn tag(&self, tag: u32) -> Value {
        let units = self.scope.clip(self.index().tag(self.graph(), tag));
        let venue = self.venue_of_tag(tag);
        Value {
            sureness: if units.is_empty() { Sureness::Vague } else { Sureness::Exact },
            attested: !units.is_empty(),
            units,
            known: true,
            venue,
            venues: venue.into_iter().collect(),
            ..Value::default()
        }
    }

    /// The specific venue type that a word of the roster ends in (民宿 of 海岛民宿, 化工园区 of 化工园区企业).
    pub(super) fn venue_of_tag(&self, tag: u32) -> Option<u32> {
        let name = &self.graph().tags[tag as usize];
        let venues = &self.lexicon().venues;
        let name = ["企业", "单位", "公司"].iter().find_map(|word| name.strip_suffix(word)).unwrap_or(name);
        let last = venues.mentions(name).last().filter(|mention| mention.end == name.len())?;
        venues.entry(last.entry).narrow.then_some(last.entry)
    }

    fn department(&self, department: u32) -> Value {
        let units = self.index().department(self.graph(), &self.scope, department);
        Value {
            sureness: if units.is_empty() { Sureness::Vague } else { Sureness::Exact },
            attested: !units.is_empty(),
            units,
            known: true,
            ..Value::default()
        }
    }

    /// The units of a venue type: those the roster says are of it; else those its parts mean
    /// (民办 + 养老机构); else the premises it is a part of; else those called so; else, vaguely, those
    /// of the next wider specific type.
    fn venue(&mut self, venue: u32, tag: Option<u32>, text: &str) -> Value {
        let graph = self.graph();
        let venues = &self.lexicon().venues;
        let mut value = Value { known: true, venue: Some(venue), venues: vec![venue], ..Value::default() };
        let mut units = self.scope.clip(self.index().venue(graph, venue));
        if let Some(tag) = tag {
            units = units.union(&self.scope.clip(self.index().tag(graph, tag)));
        }
        let name = &venues.entry(venue).name;
        let parts = self.compound(name, units.is_empty());
        if let Some(parts) = parts.or_else(|| self.compound(text, units.is_empty())) {
            units = units.union(&parts);
        }
        if units.is_empty()
            && let Some(holder) = self.holder(text)
        {
            return Value { venue: Some(venue), venues: vec![venue], ..holder };
        }
        if units.is_empty() {
            for &whole in &venues.entry(venue).part_of {
                units = units.union(&self.scope.clip(self.index().venue(graph, whole)));
            }
        }
        if units.is_empty() {
            units = self.scope.clip(self.index().doubtful(graph, self.lexicon(), venue));
        }
        value.attested = !units.is_empty();
        value.sureness = if value.attested { Sureness::Exact } else { Sureness::Vague };
        if units.is_empty()
            && !is_general(text)
            && let Some(core) = core(text)
        {
            let others = self.scope.clip(self.index().others(graph));
            if others.len() <= MOST_SEARCHED {
                // A unit known to be something else is not it, whatever its name.
                units = UnitSet::from_units(self.called(&others, core).iter().filter(|unit| {
                    let class = &graph.classes.list[graph.records[unit.as_usize()].class as usize];
                    let mut known = class.venues.iter();
                    class.venues.is_empty()
                        || known.any(|&other| venues.is_a(venue, other) && venues.entry(other).narrow)
                }));
            }
        }
        if units.is_empty() && !self.excluding {
            for &wider in &venues.entry(venue).wider {
                if venues.entry(wider).narrow {
                    units = units.union(&self.scope.clip(self.index().venue(graph, wider)));
                }
            }
        }
        value.units = units;
        value
    }

    /// The units that the parts of a compound mean together. Where the roster knows the compound
    /// itself, only a qualifier in front can add to it (公办幼儿园, some by type and some by tag).
    fn compound(&mut self, text: &str, alone: bool) -> Option<UnitSet> {
        if self.depth > 3 || is_general(text) {
            return None;
        }
        let tokens = self.dictionary().tokens(self.graph(), text, false);
        let whole = tokens.iter().all(|token| matches!(token.kind, TokenKind::Noun(_)));
        let [TokenKind::Noun(first), _, ..] = tokens.iter().map(|token| &token.kind).collect::<Vec<_>>()[..]
        else {
            return None;
        };
        let narrowed = !first.is_head() && (first.qualifier || first.tag.is_some());
        if !whole || !(alone || narrowed) {
            return None;
        }
        let known = tokens.iter().all(|token| match &token.kind {
            TokenKind::Noun(noun) if noun.is_head() && !is_general(&token.text) => {
                noun.venue.is_none() || !self.plain(noun, &token.text).is_empty()
            }
            _ => true,
        });
        if !known {
            return None;
        }
        self.depth += 1;
        let terms = self.terms.len();
        let element = super::grammar::Element { parts: tokens, ..super::grammar::Element::default() };
        let value = self.element(&element, &[]).0;
        self.terms.truncate(terms);
        self.depth -= 1;
        (value.attested && !value.general && value.sureness == Sureness::Exact && !value.units.is_empty())
            .then_some(value.units)
    }

    /// 嘎查村集体经济组织: the units of the group in front, where the roster has none of the bodies.
    fn holder(&mut self, text: &str) -> Option<Value> {
        let groups = &self.lexicon().groups;
        let mut longest = None;
        for (at, character) in text.char_indices() {
            let end = at + character.len_utf8();
            if at > 0 && end < text.len() {
                longest = groups.by_form(&text[..end]).or(longest);
            }
        }
        let level = groups.group(longest?).level.as_str();
        (level == "township" || level == "village").then(|| self.group(longest.unwrap_or_default()))
    }

    /// Units whose names end in a word that neither the lexicon nor the tags know (各供电所).
    pub(super) fn named_so(&self, text: &str) -> Option<Value> {
        let graph = self.graph();
        let (start, end) = self.scope.range();
        if text.chars().count() < 3 || (end - start) as usize > MOST_SEARCHED {
            return None;
        }
        let units = UnitSet::from_units((start..end).map(UnitIdx::from).filter(|&unit| {
            let view = graph.unit(unit);
            view.name().ends_with(text) || view.aliases().any(|alias| alias.ends_with(text))
        }));
        (!units.is_empty()).then(|| Value {
            units,
            sureness: Sureness::Exact,
            known: true,
            attested: true,
            ..Value::default()
        })
    }

    /// Those of `units` whose name or alias holds `text`.
    pub(super) fn called(&self, units: &UnitSet, text: &str) -> UnitSet {
        let graph = self.graph();
        UnitSet::from_units(units.iter().filter(|&unit| {
            let view = graph.unit(unit);
            view.name().contains(text) || view.aliases().any(|alias| alias.contains(text))
        }))
    }
}
