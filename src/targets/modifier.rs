//! What narrows a noun: 有食堂的, 民办, words that are not understood.

use super::lexer::{Noun, Token, TokenKind};
use super::resolve::Reading;
use super::value::Value;
use super::words::{core, opposite_of, same_as};
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
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Have { text, .. } | Self::Word { text, .. } | Self::Text(text) => text,
        }
    }
}

/// Largest set whose names are searched for a word that is not understood.
const MOST_SEARCHED: usize = 20_000;

impl Reading<'_> {
    /// 有食堂的: the units that have what stands between 有 and 的.
    pub(super) fn having(&mut self, parts: &[Token]) -> Modifier {
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
}
