//! The resolver: target phrases to sets of units.

use super::element::Modifier;
use super::grammar::{Element, Listing, parse};
use super::graph::UnitGraph;
use super::index::{Scope, UnitIndex};
use super::lexer::{Dictionary, Noun, Token, TokenKind};
use super::value::Value;
use super::words::{Word, core, is_general};
use crate::lexicon::Lexicon;
use crate::model::ids::{UnitIdx, VenueIdx};
use crate::model::target_set::{Sureness, TargetSet, TargetTerm, TermRole};
use crate::model::unit_set::UnitSet;
use crate::text::fold;

/// Resolves target phrases against a graph.
///
/// Holds what is the same for all phrases: the dictionary of words and the sets they stand for, which
/// are made when first asked for. Resolving a phrase then looks at no units but those it names; it
/// takes some ten microseconds for a county, so that callers with millions of items should resolve
/// equal phrases of one jurisdiction once.
#[derive(Debug)]
pub struct Resolver<'a> {
    pub(super) graph: &'a UnitGraph,
    pub(super) lexicon: &'a Lexicon,
    pub(super) index: UnitIndex,
    pub(super) dictionary: Dictionary,
}

/// The longest phrase that is read, in bytes; what goes beyond is cut off.
const LONGEST: usize = 6_000;

impl<'a> Resolver<'a> {
    /// A resolver for the phrases of one run.
    #[must_use]
    pub fn new(graph: &'a UnitGraph, lexicon: &'a Lexicon) -> Self {
        Self {
            index: UnitIndex::new(graph, lexicon),
            dictionary: Dictionary::new(graph, lexicon),
            graph,
            lexicon,
        }
    }

    /// The graph it resolves against.
    #[must_use]
    pub fn graph(&self) -> &'a UnitGraph {
        self.graph
    }

    /// Whom `phrases` mean when the planning authority `jurisdiction` (default: the root) writes them.
    ///
    /// A phrase that is exactly a unit's id is that unit. Kinds of units (各乡镇, 学校) are looked for
    /// below the planning authority only; names also outside it, where they are unmistakable.
    #[must_use]
    pub fn resolve(&self, phrases: &[String], jurisdiction: Option<UnitIdx>) -> TargetSet {
        let scope = Scope::new(self.graph, jurisdiction);
        let mut reading = Reading {
            resolver: self,
            scope,
            terms: Vec::new(),
            places: UnitSet::default(),
            excluding: false,
            depth: 0,
        };
        let mut value = Value::default();
        for phrase in phrases.iter().filter(|phrase| !phrase.trim().is_empty()) {
            value = value.and(reading.phrase(phrase));
        }
        let Reading { terms, .. } = reading;
        self.target_set(value, terms)
    }

    fn target_set(&self, value: Value, terms: Vec<TargetTerm>) -> TargetSet {
        let venues_of = &self.lexicon.venues;
        let mut venues: Vec<u32> = value.venues;
        venues.sort_by_key(|&venue| (std::cmp::Reverse(venues_of.wider(venue).len()), venue));
        venues.dedup();
        let mut groups: Vec<String> =
            value.groups.iter().map(|&group| self.lexicon.groups.group(group).name.clone()).collect();
        groups.sort();
        groups.dedup();
        TargetSet {
            units: value.units,
            sureness: value.sureness,
            sample_count: value.sample,
            sample_share: value.share,
            venues: venues.into_iter().map(VenueIdx::from).collect(),
            groups,
            terms,
        }
    }
}

/// The state of reading the phrases of one item.
pub(super) struct Reading<'r> {
    pub(super) resolver: &'r Resolver<'r>,
    pub(super) scope: Scope,
    pub(super) terms: Vec<TargetTerm>,
    /// Places and units named so far in the phrase.
    pub(super) places: UnitSet,
    /// An exclusion is being read: no wider reading, since it would take away too much.
    pub(super) excluding: bool,
    pub(super) depth: usize,
}

impl<'r> Reading<'r> {
    pub(super) fn graph(&self) -> &'r UnitGraph {
        self.resolver.graph
    }

    pub(super) fn lexicon(&self) -> &'r Lexicon {
        self.resolver.lexicon
    }

    pub(super) fn index(&self) -> &'r UnitIndex {
        &self.resolver.index
    }

    pub(super) fn term(&mut self, text: &str, role: TermRole, units: usize) {
        let role = if self.excluding && role != TermRole::Unknown { TermRole::Exclusion } else { role };
        self.terms.push(TargetTerm { text: text.to_owned(), role, units: units as u32 });
    }

    fn phrase(&mut self, phrase: &str) -> Value {
        if let Some(unit) = self.graph().by_id(phrase) {
            self.term(phrase.trim(), TermRole::Unit, 1);
            return Value {
                units: UnitSet::from_units([unit]),
                sureness: Sureness::Exact,
                known: true,
                named: true,
                attested: true,
                ..Value::default()
            };
        }
        let mut folded = fold(phrase);
        if folded.len() > LONGEST {
            let cut = (0..=LONGEST).rev().find(|&at| folded.is_char_boundary(at)).unwrap_or(0);
            folded.truncate(cut);
        }
        let tokens = self.resolver.dictionary.tokens(self.graph(), &folded, true);
        self.places = UnitSet::default();
        let value = self.listing(&parse(&tokens));
        if value.sureness == Sureness::Absent && !value.known {
            return Value { sureness: Sureness::Unknown, ..value };
        }
        value
    }

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
                total = self.sampled(&mut total, sample, share, sampling, false);
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
        for excluded in &listing.excluded {
            let before = self.excluding;
            self.excluding = true;
            let away = self.excluded(excluded, &total.units);
            self.excluding = before;
            total.units = total.units.difference(&away);
        }
        total
    }

    /// What an exclusion takes from `units`.
    fn excluded(&mut self, listing: &Listing, units: &UnitSet) -> UnitSet {
        let mut away = UnitSet::default();
        for element in self.completed(&listing.elements) {
            let (value, _) = self.element(&element, &[]);
            let found = if value.place {
                // Without a township is without what lies in it; the authority itself is only itself.
                let below = UnitSet::from_units(value.units.iter().filter(|&unit| {
                    self.scope.seat != Some(unit) && !self.graph().is_within(unit_or(self.scope.seat, unit), unit)
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
        let facility = part_of_list.is_some_and(|(of, part)| self.facility_of(of, part));
        if facility && !list.units.is_empty() {
            let common = list.units.intersection(&head.units);
            let units = if common.is_empty() { list.units.clone() } else { common };
            chain.push(Value { units, ..list });
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

    fn facility_of(&self, of: u32, part: u32) -> bool {
        let venues = &self.lexicon().venues;
        (0..venues.len() as u32).any(|inner| {
            venues.is_a(inner, part)
                && venues.wholes(inner).iter().any(|&whole| venues.is_a(whole, of) || venues.is_a(of, whole))
        })
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
                [Token { kind: TokenKind::Noun(noun), text }] if !noun.is_head() => Some((noun.clone(), text)),
                [Token { kind: TokenKind::Unknown, text }] => Some((Noun::default(), text)),
                _ => None,
            };
            if let Some((noun, text)) = qualifier {
                only_names = false;
                let understood = noun.tag.is_some()
                    || value.venue.is_some_and(|venue| self.typed(venue, text).is_some());
                let modifier = Modifier::Word { noun: noun.clone(), text: text.clone() };
                let whole = Value { sureness: Sureness::Exact, ..value.clone() };
                let part = self.narrowed(whole, &modifier);
                if part.sureness == Sureness::Exact {
                    narrowed = Some(narrowed.map_or_else(|| part.units.clone(), |had| had.union(&part.units)));
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
                value = self.sampled(&mut value, part.sample, part.share, sampling, true);
            } else if let Some(count) = counted(&element) {
                value = self.sampled(&mut value, Some(count), None, false, false);
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
                value = Value { venue, place, ..value.and(added) };
            } else {
                value.venues.extend_from_slice(&added.venues);
                if !value.known {
                    value = added;
                }
            }
        }
        for excluded in &bracket.excluded {
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

    /// Elements with the words they share with their neighbours: 种子、农药经营门店 is 种子经营门店、
    /// 农药经营门店, and 烟花爆竹批发、零售单位 is 烟花爆竹批发单位、烟花爆竹零售单位.
    fn completed(&self, elements: &[Element]) -> Vec<Element> {
        let mut completed: Vec<Element> = elements.to_vec();
        for at in 0..elements.len() {
            let Some(stem) = open_stem(&elements[at]) else { continue };
            let mut linked =
                (at + 1..elements.len()).take_while(|&next| elements[next].linked || elements[next].sums_up);
            let chain_end =
                linked.clone().find(|&next| elements[next].sums_up).or_else(|| linked.by_ref().last());
            let after = chain_end.map(|last| (elements[last].text(), is_department(self, &elements[last])));
            let before = (elements[at].linked && at > 0).then(|| completed[at - 1].text());
            let noun = after
                .as_ref()
                .and_then(|(text, department)| {
                    suffixes(text)
                        .find_map(|suffix| self.form(&format!("{stem}{suffix}")))
                        .or_else(|| self.department_form(&stem).filter(|_| *department))
                })
                .or_else(|| prefixes(before.as_deref()?).find_map(|prefix| self.form(&format!("{prefix}{stem}"))));
            if let Some((noun, form)) = noun {
                let keep = completed[at].parts.iter().take_while(|part| matches!(part.kind, TokenKind::Word(_)));
                let mut parts: Vec<Token> = keep.cloned().collect();
                parts.push(Token { text: form, kind: TokenKind::Noun(noun) });
                completed[at].parts = parts;
            }
        }
        completed
    }

    fn form(&self, form: &str) -> Option<(Noun, String)> {
        (!is_general(form)).then(|| self.resolver.dictionary.noun(form)).flatten().map(|noun| (noun, form.to_owned()))
    }

    fn department_form(&self, stem: &str) -> Option<(Noun, String)> {
        let department = self.department_of(stem)?;
        Some((Noun { department: Some(department), ..Noun::default() }, stem.to_owned()))
    }

    /// The department whose work `stem` names (林草, 市场监管).
    pub(super) fn department_of(&self, stem: &str) -> Option<u32> {
        let departments = &self.lexicon().departments;
        ["", "部门", "局", "主管部门", "委", "办", "部", "委员会", "管理局", "管理部门", "行政部门"]
            .iter()
            .find_map(|ending| departments.by_form(&format!("{stem}{ending}")))
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

/// The words of an element that names nothing by itself, or only a general noun.
fn open_stem(element: &Element) -> Option<String> {
    let mut stem = String::new();
    for part in &element.parts {
        match &part.kind {
            TokenKind::Word(Word::Of | Word::Have) => return None,
            TokenKind::Word(_) => stem.clear(),
            // 县 of 县教育、民政局
            TokenKind::Noun(noun) if noun.group.is_some() && part.text.chars().count() == 1 => stem.clear(),
            TokenKind::Noun(noun) if noun.is_head() && !is_general(&part.text) => return None,
            TokenKind::Noun(_) | TokenKind::Unknown => stem.push_str(&part.text),
            TokenKind::Quantity(_) | TokenKind::Title => return None,
        }
    }
    (!stem.is_empty() && !is_general(&stem)).then_some(stem)
}

fn is_department(reading: &Reading<'_>, element: &Element) -> bool {
    element.parts.iter().any(|part| match &part.kind {
        TokenKind::Noun(noun) => {
            noun.department.is_some()
                || noun.group.is_some_and(|group| reading.lexicon().groups.group(group).level == "department")
        }
        _ => false,
    })
}

fn suffixes(text: &str) -> impl Iterator<Item = &str> {
    text.char_indices().map(|(at, _)| &text[at..])
}

fn prefixes(text: &str) -> impl Iterator<Item = &str> {
    text.char_indices().rev().map(|(at, _)| &text[..at]).filter(|prefix| !prefix.is_empty())
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
            }
        }
    }
}
