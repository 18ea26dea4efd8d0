//! What one element of a listing means: its nouns, from left to right.

use super::grammar::Element;
use super::lexer::{Noun, Token, TokenKind};
use super::modifier::Modifier;
use super::number::Quantity;
use super::resolve::Reading;
use super::value::Value;
use super::words::{PLACES, Word, is_general};
use crate::model::target_set::{Sureness, TermRole};
use crate::model::unit_set::UnitSet;

/// What was read of an element so far.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each says that a word was read")]
struct State {
    value: Option<Value>,
    pending: Vec<Modifier>,
    each: bool,
    all: bool,
    vague: bool,
    part: bool,
    sampling: bool,
    total: bool,
    holder: bool,
    elsewhere: bool,
    /// The level of 市直, 市属, 市管.
    own: Option<char>,
    levels: Option<String>,
    count: Option<u32>,
    share: Option<u16>,
    trailing: String,
}

/// Where the 的 stands that ends a clause with an unknown verb, before the kind of operator that is meant: those of
/// 用液化气杀青的茶叶初制所 are no gas stations, those of 医院托管的养老机构 no hospitals.
fn clause(parts: &[Token]) -> Option<usize> {
    let operators = |part: &Token| {
        matches!(&part.kind, TokenKind::Noun(noun) if noun.units.is_none() && noun.group.is_none()
            && (noun.venue.is_some() || noun.core.is_some() || noun.tag.is_some()))
    };
    let of = parts.iter().position(|part| part.kind == TokenKind::Word(Word::Of))?;
    let (clause, meant) = (&parts[..of], parts.get(of + 1)?);
    let verb = |part: &Token| part.kind == TokenKind::Unknown;
    let understood = clause.iter().all(|part| verb(part) || operators(part));
    let specific = operators(meant) && !is_general(&meant.text);
    (understood && specific && clause.iter().any(verb) && clause.iter().any(operators)).then_some(of)
}

impl Reading<'_> {
    /// The meaning of an element, and the modifiers in front of it, which the next element shares
    /// unless it has its own.
    pub(super) fn element(&mut self, element: &Element, inherited: &[Modifier]) -> (Value, Vec<Modifier>) {
        let parts = &element.parts;
        let is_head = |part: &Token| matches!(&part.kind, TokenKind::Noun(noun) if noun.is_head());
        let mut state = State::default();
        let mut own: Vec<Modifier> = Vec::new();
        let mut at = 0;
        while at < parts.len() {
            let part = &parts[at];
            let head_follows = parts[at + 1..].iter().any(is_head);
            if state.value.is_none()
                && let Some(clause) = clause(&parts[at..])
            {
                let text = parts[at..at + clause].iter().map(|part| part.text.as_str()).collect();
                state.pending.push(Modifier::Text(text));
                at += clause + 1;
                continue;
            }
            match &part.kind {
                TokenKind::Word(Word::Have) if state.value.is_none() => {
                    let of = parts[at..].iter().position(|part| part.kind == TokenKind::Word(Word::Of));
                    if let Some(of) = of {
                        let modifier = self.having(&parts[at..at + of]);
                        own.push(modifier.clone());
                        state.pending.push(modifier);
                        at += of + 1;
                        continue;
                    }
                    state.holder = true;
                }
                TokenKind::Word(word) => self.word(&mut state, *word, &part.text),
                TokenKind::Quantity(quantity) => self.quantity(&mut state, *quantity, &part.text),
                TokenKind::Title => {
                    state.elsewhere = true;
                    self.term(&part.text, TermRole::Delegation, 0);
                }
                TokenKind::Unknown if head_follows => {
                    state.pending.push(Modifier::Text(part.text.clone()));
                }
                TokenKind::Unknown => state.trailing.push_str(&part.text),
                TokenKind::Noun(noun) if !noun.is_head() && head_follows => {
                    let modifier = Modifier::Word { noun: noun.clone(), text: part.text.clone() };
                    if state.value.is_none() {
                        own.push(modifier.clone());
                    }
                    state.pending.push(modifier);
                }
                TokenKind::Noun(noun) if !noun.is_head() && state.value.is_some() => {
                    if let Some(value) = state.value.take() {
                        let modifier = Modifier::Word { noun: noun.clone(), text: part.text.clone() };
                        let narrowed = if value.place {
                            self.tagged_in_place(value, noun, &part.text)
                        } else {
                            self.narrowed(value, &modifier)
                        };
                        state.value = Some(narrowed);
                    }
                }
                TokenKind::Noun(noun) => {
                    if state.value.is_none() && own.is_empty() {
                        state.pending.extend_from_slice(inherited);
                    }
                    let first = !parts[..at].iter().any(is_head);
                    self.head(&mut state, noun, part, first, parts.len() == 1);
                }
            }
            at += 1;
        }
        (self.finish(state), own)
    }

    fn word(&mut self, state: &mut State, word: Word, text: &str) {
        match word {
            Word::Each => state.each = true,
            Word::All => state.all = true,
            Word::Of | Word::Under | Word::Have => state.holder = true,
            Word::Own => state.own = text.chars().next(),
            Word::Vague => {
                state.vague = true;
                self.term(text, TermRole::Vague, 0);
            }
            Word::Part => {
                state.part = true;
                self.term(text, TermRole::Quota, 0);
            }
            Word::Sampling => state.sampling = true,
            Word::Total => state.total = true,
            Word::Elsewhere => {
                state.elsewhere = true;
                self.term(text, TermRole::Delegation, 0);
            }
            _ => {}
        }
    }

    fn quantity(&mut self, state: &mut State, quantity: Quantity, text: &str) {
        match quantity {
            Quantity::Count(count) => {
                state.count = Some(state.count.map_or(count, |other| other.min(count)));
                self.term(text, TermRole::Quota, 0);
            }
            Quantity::Share(share) => {
                state.share = Some(share);
                self.term(text, TermRole::Quota, 0);
            }
            Quantity::Date => {
                if state.value.is_none() {
                    state.pending.push(Modifier::Text(text.to_owned()));
                }
            }
            Quantity::Levels => state.levels = Some(text.to_owned()),
        }
    }

    fn is_level(&self, noun: &Noun, part: &Token) -> bool {
        noun.units.is_none()
            && part.text.chars().count() == 1
            && noun.group.is_some_and(|group| {
                matches!(self.lexicon().groups.group(group).level.as_str(), "county" | "city" | "province")
            })
    }

    /// Those of the authority itself, without those of the governments below it; all where it has none of its own or
    /// is of another level (县属, in a city's item).
    fn of_seat(&self, value: Value, level: char) -> Value {
        let Some(seat) = self.scope.seat else { return value };
        let graph = self.graph();
        let view = graph.unit(seat);
        let is_of_level = std::iter::once(view.name()).chain(view.aliases()).any(|name| {
            let place = name.strip_suffix("人民政府").or_else(|| name.strip_suffix("政府")).unwrap_or(name);
            place.ends_with(level)
        });
        if !is_of_level {
            return value;
        }
        let own = value.units.iter().filter(|&unit| graph.government_of(unit) == Some(seat));
        let own = UnitSet::from_units(own);
        if own.is_empty() { value } else { Value { units: own, ..value } }
    }

    fn head(&mut self, state: &mut State, noun: &Noun, part: &Token, first: bool, alone: bool) {
        let each = std::mem::take(&mut state.each) || (state.all && first);
        if self.is_level(noun, part) && !each && state.count.is_none() && !alone {
            // 区 of 区直, 区级: a level, no place.
            return;
        }
        // An unknown word right before 镇 or 村 is the name of a place that is not listed.
        let bare = matches!(state.pending.last(), Some(Modifier::Text(_)))
            && noun.units.is_none()
            && noun.group.is_some()
            && (part.text.chars().count() == 1 || PLACES.contains(&part.text.as_str()))
            && state.count.is_none()
            && !each;
        if bare {
            let name = match state.pending.pop() {
                Some(Modifier::Text(text)) => text + &part.text,
                _ => part.text.clone(),
            };
            self.term(&name, TermRole::Unknown, 0);
            let unknown = Value::unknown();
            state.value = Some(match state.value.take() {
                Some(value) => value,
                None => unknown,
            });
            return;
        }
        if let Some(department) = self.functional(state, noun, part) {
            state.value = Some(department);
            return;
        }
        let mut value = self.noun(noun, &part.text, each);
        if let Some(level) = state.own.take() {
            value = self.of_seat(value, level);
        }
        let mut pending = std::mem::take(&mut state.pending);
        if value.general {
            // 经营企业 is as general as 企业.
            pending.retain(|modifier| !is_general(&format!("{}{}", modifier.text(), part.text)));
        }
        let general = value.general && !pending.is_empty();
        let mut told = false;
        for modifier in &pending {
            if general
                && let Modifier::Word { noun, text } = modifier
                && (noun.core.is_some() || noun.tag.is_some())
            {
                // 粉尘涉爆 + 企业: the general noun adds nothing.
                let precise = self.noun(noun, text, false);
                if !told || value.units.is_empty() {
                    value = Value { general: false, sureness: Sureness::Exact, ..precise };
                }
                told = true;
                continue;
            }
            if general
                && let Modifier::Have { partly, .. } = modifier
                && !partly.is_empty()
            {
                // 取得食品生产许可的企业
                value = Value { units: partly.clone(), general: false, ..value }.at_most(Sureness::Vague);
                told = true;
                continue;
            }
            value = self.narrowed(value, modifier);
        }
        if general
            && !told
            && pending.iter().any(|modifier| matches!(modifier, Modifier::Text(_)))
            && let Some(place) = state.value.take_if(|before| before.place && before.named)
        {
            // 沙岑电镀集控区各企业: some there, not the place.
            state.value = Some(self.elsewhere(&place, value));
            return;
        }
        if general && !told && value.sureness == Sureness::Vague && state.value.is_some() {
            // 区管干部所在单位: no more than the noun before.
            return;
        }
        if general && !told && value.sureness == Sureness::Vague && state.value.is_none() {
            // Which enterprises is exactly what was not understood.
            value = Value { groups: value.groups, ..Value::unknown() };
        }
        let holder = std::mem::take(&mut state.holder);
        state.value = Some(match state.value.take() {
            None if holder && !self.places.is_empty() && value.general => {
                // 及其下属单位: whatever lies in the units named before.
                let units = self.graph().descendants_of(&self.places).difference(&self.places);
                Value { units, general: false, attested: true, sureness: Sureness::Exact, ..value }
            }
            None if holder && !self.places.is_empty() && value.place && !value.named => {
                // 及所辖嘎查村: in the places named before.
                let inside = self.graph().descendants_of(&self.places).intersection(&value.units);
                if inside.is_empty() { value } else { Value { units: inside, ..value } }
            }
            None => value,
            Some(before) => self.combined(before, value, holder),
        });
    }

    /// 城市管理主管部门: a department by what it does.
    fn functional(&mut self, state: &mut State, noun: &Noun, part: &Token) -> Option<Value> {
        let group = noun.group.filter(|_| noun.units.is_none())?;
        let groups = &self.lexicon().groups;
        if groups.group(group).level != "department" || !part.text.contains("部门") {
            return None;
        }
        let text = match state.pending.last()? {
            Modifier::Text(text) | Modifier::Word { text, .. } => text.clone(),
            Modifier::Have { .. } => return None,
        };
        let department = self.department_of(&text)?;
        let noun = Noun { department: Some(department), ..Noun::default() };
        state.pending.clear();
        Some(self.noun(&noun, &format!("{text}{}", part.text), false))
    }

    fn finish(&mut self, state: State) -> Value {
        let State { value, pending, all, vague, part, sampling, total, elsewhere, levels, .. } = state;
        let (count, share, trailing) = (state.count, state.share, state.trailing);
        let mut value = match value {
            Some(value) => value,
            None if levels.is_some() => self.levels(&levels.unwrap_or_default()),
            None if elsewhere => Value { known: true, sureness: Sureness::Vague, ..Value::default() },
            // 市、县(区)主管部门: a level shared with what follows.
            None if pending.is_empty()
                && trailing.chars().count() == 1
                && "省市县区旗盟州".contains(&trailing) =>
            {
                return Value::default();
            }
            None if !trailing.is_empty() || !pending.is_empty() => {
                let mut text: String = pending.iter().map(Modifier::text).collect();
                text.push_str(&trailing);
                if let Some(value) = self.named_so(&text) {
                    self.term(&text, TermRole::Venue, value.units.len());
                    return self.sampled(value, count, share, part || sampling, total || all);
                }
                self.term(&text, TermRole::Unknown, 0);
                return Value::unknown();
            }
            None if all => {
                let units = self.scope.clip(&self.graph().all());
                self.term("全部", TermRole::All, units.len());
                Value { units, known: true, sureness: Sureness::Vague, ..Value::default() }
            }
            None => {
                // A number by itself speaks of what stands before it.
                let sampled = part || sampling || share.is_some_and(|share| share < 10_000);
                let sureness = if sampled { Sureness::Sample } else { Sureness::Absent };
                return Value { sample: count.filter(|_| sampling), share, sureness, ..Value::default() };
            }
        };
        if !trailing.is_empty() {
            self.term(&trailing, TermRole::Unknown, 0);
            if !value.place && !value.named && trailing.chars().count() > 4 {
                value.doubt(Sureness::Vague);
            }
        }
        if vague || elsewhere {
            value.doubt(Sureness::Vague);
        }
        self.sampled(value, count, share, part || sampling, total || all)
    }

    /// The value with what the phrase says of numbers: a sample, or the size of the whole.
    pub(super) fn sampled(
        &self,
        mut value: Value,
        count: Option<u32>,
        share: Option<u16>,
        sampling: bool,
        whole: bool,
    ) -> Value {
        if let Some(count) = count {
            let size = value.units.len() as u32;
            let covers = !self.graph().derived && size > 0 && count >= size;
            if !covers && (sampling || !whole) {
                value.sample = Some(count);
                value.doubt(Sureness::Sample);
            }
        } else if let Some(share) = share {
            if share < 10_000 {
                value.share = Some(share);
                value.doubt(Sureness::Sample);
            }
        } else if sampling {
            value.doubt(Sureness::Sample);
        }
        value
    }

    /// 市、县两级 by itself: the units of those levels.
    fn levels(&mut self, text: &str) -> Value {
        let groups = &self.lexicon().groups;
        let mut value = Value::default();
        for (letters, name) in [
            ("省", "省"),
            ("市盟州", "盟市"),
            ("县区旗", "县市区"),
            ("乡镇", "乡镇街道"),
            ("村", "嘎查村社区"),
        ] {
            if letters.chars().any(|letter| text.contains(letter))
                && let Some(group) = groups.by_form(name)
            {
                let noun = Noun { group: Some(group), ..Noun::default() };
                let more = self.noun(&noun, name, true);
                value = value.and(more);
            }
        }
        value
    }
}
