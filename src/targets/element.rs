//! What one element of a listing means: its nouns, from left to right.

use super::grammar::Element;
use super::lexer::{Noun, Token, TokenKind};
use super::number::Quantity;
use super::resolve::Reading;
use super::value::Value;
use super::words::{PLACES, Word, core, is_general, opposite_of, same_as};
use crate::model::target_set::{Sureness, TermRole};
use crate::model::unit_set::UnitSet;

/// What narrows the noun that follows.
#[derive(Clone, Debug)]
pub(super) enum Modifier {
    /// 有食堂的: units that have it.
    Have {
        units: UnitSet,
        /// The units of what was understood, when not everything was.
        partly: UnitSet,
        text: String,
    },
    /// 民办: a word that the lexicon or the roster knows.
    Word { noun: Noun, text: String },
    /// Words that are not understood, or a date.
    Text(String),
}

impl Modifier {
    fn text(&self) -> &str {
        match self {
            Self::Have { text, .. } | Self::Word { text, .. } | Self::Text(text) => text,
        }
    }
}

/// Largest set whose names are searched for a word that is not understood.
const MOST_SEARCHED: usize = 20_000;

#[derive(Default)]
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
    levels: Option<String>,
    count: Option<u32>,
    share: Option<u16>,
    trailing: String,
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
                        let place = value.place;
                        let narrowed = if place { value } else { self.narrowed(value, &modifier) };
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

    /// 有食堂的: the units that have what stands between 有 and 的.
    fn having(&mut self, parts: &[Token]) -> Modifier {
        let text: String = parts.iter().map(|part| part.text.as_str()).collect();
        let mut units: Option<UnitSet> = None;
        let mut understood = true;
        for part in &parts[1..] {
            match &part.kind {
                TokenKind::Noun(noun) => {
                    let found = self.plain(noun, &part.text).union(&self.tagged_with(&part.text));
                    units = Some(units.map_or_else(|| found.clone(), |units| units.union(&found)));
                }
                TokenKind::Unknown => understood = false,
                _ => {}
            }
        }
        let partly = units.unwrap_or_default();
        let units = if understood { partly.clone() } else { UnitSet::default() };
        self.term(&text, TermRole::Qualifier, units.len());
        Modifier::Have { units, partly, text }
    }

    /// Units with a tag that ends in `text` (内设医疗机构, 自办食堂).
    fn tagged_with(&self, text: &str) -> UnitSet {
        let graph = self.graph();
        let mut units = UnitSet::default();
        for (tag, name) in graph.tags.iter().enumerate() {
            if name.ends_with(text) && name.len() > text.len() {
                units = units.union(&self.scope.clip(self.index().tag(graph, tag as u32)));
            }
        }
        units
    }

    /// The units a noun means without any wider reading.
    pub(super) fn plain(&self, noun: &Noun, text: &str) -> UnitSet {
        let graph = self.graph();
        let mut units = UnitSet::default();
        if let Some(venue) = noun.venue.or(noun.core) {
            units = units.union(&self.scope.clip(self.index().venue(graph, venue)));
        }
        for word in same_as(text) {
            if let Ok(tag) = graph.tags.binary_search_by(|tag| (**tag).cmp(word)) {
                units = units.union(&self.scope.clip(self.index().tag(graph, tag as u32)));
            }
        }
        if let Some(tag) = noun.tag {
            units = units.union(&self.scope.clip(self.index().tag(graph, tag)));
        }
        units
    }

    fn word(&mut self, state: &mut State, word: Word, text: &str) {
        match word {
            Word::Each => state.each = true,
            Word::All => state.all = true,
            Word::Of | Word::Under | Word::Have => state.holder = true,
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
        let mut pending = std::mem::take(&mut state.pending);
        if value.general {
            // 经营企业 is as general as 企业.
            pending.retain(|modifier| !is_general(&format!("{}{}", modifier.text(), part.text)));
        }
        let general = value.general && !pending.is_empty();
        let mut told = false;
        for modifier in &pending {
            if general && let Modifier::Word { noun, text } = modifier
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
            if general && let Modifier::Have { partly, .. } = modifier
                && !partly.is_empty()
            {
                // 取得食品生产许可的企业
                value = Value { units: partly.clone(), general: false, ..value }.at_most(Sureness::Vague);
                told = true;
                continue;
            }
            value = self.narrowed(value, modifier);
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

    /// Both nouns of an element together.
    fn combined(&mut self, before: Value, mut value: Value, holder: bool) -> Value {
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
                let body = value.groups.iter().any(|&group| {
                    self.lexicon().groups.group(group).level == "department"
                });
                if !inside.is_empty() && (value.attested || (body && before.named)) {
                    let scoped = holder.then(|| value.units.clone());
                    return Value { units: inside, scoped, ..value };
                }
                if holder || !before.named || !value.attested || (!value.named && !before.named) {
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
    fn is_facility(&self, of: u32, part: u32) -> bool {
        let venues = &self.lexicon().venues;
        (0..venues.len() as u32).any(|inner| {
            venues.is_a(inner, part)
                && venues.wholes(inner).iter().any(|&whole| venues.is_a(whole, of) || venues.is_a(of, whole))
        })
    }

    /// `value` narrowed by a modifier, or left as it is and vague where nothing shows what it does.
    pub(super) fn narrowed(&mut self, value: Value, modifier: &Modifier) -> Value {
        if value.named && !value.units.is_empty() {
            return value;
        }
        let (found, text) = match modifier {
            Modifier::Have { units, text, .. } => (value.units.intersection(units), text),
            Modifier::Word { noun, text } => (self.qualified(&value, noun, text), text),
            Modifier::Text(text) => {
                let long = text.chars().count() >= 2;
                let search = long && !value.place && value.units.len() <= MOST_SEARCHED;
                let found = if search { self.called(&value.units, text) } else { UnitSet::default() };
                (found, text)
            }
        };
        let count = if found.is_empty() { value.units.len() } else { found.len() };
        if !matches!(modifier, Modifier::Have { .. }) {
            let role = if found.is_empty() && matches!(modifier, Modifier::Text(_)) {
                TermRole::Unknown
            } else {
                TermRole::Qualifier
            };
            self.term(text, role, count);
        }
        if found.is_empty() { value.at_most(Sureness::Vague) } else { Value { units: found, ..value } }
    }

    /// The venue type that is `of` narrowed by `word`: 民办 + 幼儿园, 危化品企业 + 生产 → 危化品生产企业.
    pub(super) fn typed(&self, of: u32, word: &str) -> Option<u32> {
        let venues = &self.lexicon().venues;
        let entry = venues.entry(of);
        std::iter::once(&entry.name).chain(&entry.aliases).find_map(|form| {
            venues.by_form(&format!("{word}{form}")).or_else(|| {
                let core = core(form)?;
                venues.by_form(&format!("{core}{word}{}", &form[core.len()..]))
            })
        })
    }

    /// Units of `value` that a known qualifier is true of.
    fn qualified(&self, value: &Value, noun: &Noun, text: &str) -> UnitSet {
        let typed = |word: &str| {
            let venue = self.typed(value.venue?, word)?;
            Some(self.scope.clip(self.index().venue(self.graph(), venue)))
        };
        let mut units = self.plain(noun, text);
        for word in same_as(text) {
            if let Some(more) = typed(word) {
                units = units.union(&more);
            }
        }
        let found = value.units.intersection(&units);
        if !found.is_empty() {
            return found;
        }
        // Where the opposite is on record, all others are meant.
        let mut opposite = UnitSet::default();
        for word in opposite_of(text) {
            opposite = opposite.union(&self.plain(&Noun::default(), word));
            if let Some(more) = typed(word) {
                opposite = opposite.union(&more);
            }
        }
        if !value.units.intersection(&opposite).is_empty() {
            return value.units.difference(&opposite);
        }
        if value.place || value.units.len() > MOST_SEARCHED {
            return UnitSet::default();
        }
        self.called(&value.units, text)
    }

    fn finish(&mut self, state: State) -> Value {
        let State { value, pending, all, vague, part, sampling, total, elsewhere, levels, .. } = state;
        let (count, share, trailing) = (state.count, state.share, state.trailing);
        let mut value = match value {
            Some(value) => value,
            None if levels.is_some() => self.levels(&levels.unwrap_or_default()),
            None if elsewhere => {
                Value { known: true, sureness: Sureness::Vague, ..Value::default() }
            }
            // 市、县(区)主管部门: a level shared with what follows.
            None if pending.is_empty() && trailing.chars().count() == 1 && "省市县区旗盟州".contains(&trailing) => {
                return Value::default();
            }
            None if !trailing.is_empty() || !pending.is_empty() => {
                let mut text: String = pending.iter().map(Modifier::text).collect();
                text.push_str(&trailing);
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
        self.sampled(&mut value, count, share, part || sampling, total || all)
    }

    /// The value with what the phrase says of numbers: a sample, or the size of the whole.
    pub(super) fn sampled(
        &self,
        value: &mut Value,
        count: Option<u32>,
        share: Option<u16>,
        sampling: bool,
        whole: bool,
    ) -> Value {
        let mut value = std::mem::take(value);
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
        for (letters, name) in
            [("省", "省"), ("市盟州", "盟市"), ("县区旗", "县市区"), ("乡镇", "乡镇街道"), ("村", "嘎查村社区")]
        {
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
