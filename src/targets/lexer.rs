//! From a folded phrase to tokens.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::forms::{FormTable, FormTableBuilder};
use super::graph::UnitGraph;
use super::number::{Quantity, quantity};
use super::words::{OPEN_BODIES, QUALIFIERS, WORDS, Word, core, is_general};
use crate::lexicon::Lexicon;

/// A stretch of a phrase with everything it could mean.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) text: String,
    pub(super) kind: TokenKind,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    Word(Word),
    Noun(Noun),
    Quantity(Quantity),
    /// 《…》
    Title,
    Unknown,
}

/// The meanings of a noun, in the order of their weight.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Noun {
    /// Entries of the graph's name table.
    pub(super) units: Option<Range<usize>>,
    pub(super) group: Option<u32>,
    pub(super) venue: Option<u32>,
    pub(super) tag: Option<u32>,
    pub(super) department: Option<u32>,
    /// A venue type of which the word is the telling part (养老 of 养老机构).
    pub(super) core: Option<u32>,
    /// The word narrows (民办).
    pub(super) qualifier: bool,
}

impl Noun {
    /// Whether the word names something by itself.
    pub(super) fn is_head(&self) -> bool {
        self.units.is_some() || self.group.is_some() || self.venue.is_some() || self.department.is_some()
    }
}

#[derive(Clone, Copy, Debug)]
enum Meaning {
    Word(Word),
    Group(u32),
    Venue(u32),
    Department(u32),
    Tag(u32),
    Core(u32),
    Qualifier,
}

/// The words of the grammar, the lexicon and a roster's tags.
#[derive(Debug)]
pub(super) struct Dictionary {
    table: FormTable,
    meanings: Vec<Meaning>,
    /// Phrases that were cut before, by whether a word may cover the whole: the phrases of a nation are the same
    /// few ten thousand in every county.
    cut: [Mutex<Remembered>; 2],
}

/// Phrases with their tokens.
type Remembered = FxHashMap<Box<str>, Arc<[Token]>>;

/// Phrases of which the tokens are remembered.
const MOST_REMEMBERED: usize = 1 << 16;

/// Cost of a character that no word covers; a word costs less the more it covers.
const UNKNOWN: u32 = 40;

impl Dictionary {
    pub(super) fn new(graph: &UnitGraph, lexicon: &Lexicon) -> Self {
        let mut builder = FormTableBuilder::default();
        let mut meanings = Vec::new();
        let mut add = |form: &str, meaning: Meaning| {
            builder.push(form, meanings.len() as u32);
            meanings.push(meaning);
        };
        for (word, forms) in WORDS {
            for form in *forms {
                add(form, Meaning::Word(*word));
            }
        }
        for (form, group) in lexicon.groups.forms() {
            add(form, Meaning::Group(group));
        }
        if let Some(group) = lexicon.groups.by_form("有关部门") {
            for form in OPEN_BODIES {
                add(form, Meaning::Group(group));
            }
        }
        let mut cores: Vec<(&str, bool, u32)> = Vec::new();
        for (form, venue) in lexicon.venues.forms() {
            add(form, Meaning::Venue(venue));
            // What stands before a general noun in a general noun (生产 of 生产单位) tells nothing.
            if let Some(core) = core(form).filter(|core| !is_general(form) && !QUALIFIERS.contains(core)) {
                // The canonical name's core before an alias's, else the first.
                cores.push((core, form != lexicon.venues.entry(venue).name, venue));
            }
        }
        cores.sort_unstable();
        cores.dedup_by_key(|(core, ..)| *core);
        for (core, _, venue) in cores {
            add(core, Meaning::Core(venue));
        }
        for number in 0..lexicon.departments.all().len() as u32 {
            let department = lexicon.departments.department(number);
            for form in std::iter::once(&department.name).chain(&department.aliases) {
                add(form, Meaning::Department(number));
            }
        }
        for (tag, text) in graph.tags.iter().enumerate() {
            let text = crate::text::fold(text);
            if text.chars().count() > 1 {
                add(&text, Meaning::Tag(tag as u32));
                add(&text, Meaning::Qualifier);
            }
        }
        for contrast in lexicon.words.contrasts.iter().filter(|contrast| contrast.subset) {
            for word in contrast.words.iter().filter(|word| word.chars().count() > 1) {
                add(word, Meaning::Qualifier);
            }
        }
        for word in QUALIFIERS {
            add(word, Meaning::Qualifier);
        }
        Self { table: builder.build(), meanings, cut: Default::default() }
    }

    /// The noun that is exactly `form`, without units.
    pub(super) fn noun(&self, form: &str) -> Option<Noun> {
        let mut noun = Noun::default();
        for meaning in self.table.exact(form) {
            self.learn(&mut noun, meaning);
        }
        noun.is_head().then_some(noun)
    }

    fn learn(&self, noun: &mut Noun, meaning: u32) -> Option<Word> {
        match self.meanings[meaning as usize] {
            Meaning::Word(word) => return Some(word),
            Meaning::Group(group) => noun.group = Some(group),
            Meaning::Venue(venue) => noun.venue = Some(venue),
            Meaning::Department(department) => noun.department = Some(department),
            Meaning::Tag(tag) => noun.tag = Some(tag),
            Meaning::Core(venue) => noun.core = Some(venue),
            Meaning::Qualifier => noun.qualifier = true,
        }
        None
    }

    /// The tokens of a folded phrase: of all ways to cut it the one that leaves the fewest characters
    /// without meaning in the fewest words. Without `whole`, no word covers the entire text (which
    /// shows what a compound is made of). Complexity: O(characters × forms at each).
    pub(super) fn tokens(&self, graph: &UnitGraph, text: &str, whole: bool) -> Vec<Token> {
        let known = &self.cut[usize::from(whole)];
        // A thread that panicked with the lock left nothing half done: entries are whole.
        let found = known.lock().unwrap_or_else(PoisonError::into_inner).get(text).cloned();
        if let Some(tokens) = found {
            return tokens.to_vec();
        }
        let tokens = self.cut_up(graph, text, whole);
        let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() < MOST_REMEMBERED {
            known.insert(text.into(), tokens.as_slice().into());
        }
        tokens
    }

    fn cut_up(&self, graph: &UnitGraph, text: &str, whole: bool) -> Vec<Token> {
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut best: Vec<(u32, usize)> = vec![(u32::MAX, 0); text.len() + 1];
        best[text.len()] = (0, 0);
        for window in starts.windows(2).rev() {
            let (at, next) = (window[0], window[1]);
            let rest = &text[at..];
            let mut choice = (best[next].0.saturating_add(UNKNOWN), next);
            let mut consider = |len: usize, cost: u32| {
                if !whole && len == text.len() {
                    return;
                }
                let total = best[at + len].0.saturating_add(cost);
                // Among equals the longer first word.
                if total < choice.0 || (total == choice.0 && at + len > choice.1) {
                    choice = (total, at + len);
                }
            };
            if let Some(len) = title(rest) {
                consider(len, 5);
            }
            if let Some((_, len)) = quantity(rest) {
                consider(len, 9);
            }
            self.table.prefixes(rest, |len, range| {
                let cost = self.table.values(range).map(|meaning| self.cost(meaning, &rest[..len])).min();
                consider(len, cost.unwrap_or(UNKNOWN));
            });
            graph.names.prefixes(rest, |len, _| {
                // A short alias may well stand inside another word.
                let characters = rest[..len].chars().count();
                consider(len, if characters < 2 { 60 } else { 9 });
            });
            best[at] = choice;
        }
        let mut tokens: Vec<Token> = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let (_, next) = best[at];
            let token = self.token(graph, text, at, next, whole);
            match tokens.last_mut() {
                Some(last) if last.kind == TokenKind::Unknown && token.kind == TokenKind::Unknown => {
                    last.text.push_str(&token.text);
                }
                _ => tokens.push(token),
            }
            at = next;
        }
        tokens
    }

    fn token(&self, graph: &UnitGraph, text: &str, at: usize, end: usize, whole: bool) -> Token {
        let stretch = &text[at..end];
        let rest = &text[at..];
        let make = |kind| Token { text: stretch.to_owned(), kind };
        if title(rest) == Some(stretch.len()) {
            return make(TokenKind::Title);
        }
        let mut noun = Noun::default();
        let mut word = None;
        for meaning in self.table.exact(stretch) {
            word = word.or(self.learn(&mut noun, meaning));
        }
        let names = graph.names.extensions(stretch);
        let same = names.clone().take_while(|&position| graph.names.form(position).len() == stretch.len());
        let count = same.count();
        if count > 0 && (whole || stretch.len() < text.len()) {
            noun.units = Some(names.start..names.start + count);
        }
        if noun.is_head() {
            return make(TokenKind::Noun(noun));
        }
        if let Some((quantity, len)) = quantity(rest)
            && len == stretch.len()
        {
            return make(TokenKind::Quantity(quantity));
        }
        if let Some(word) = word {
            return make(TokenKind::Word(word));
        }
        if noun.tag.is_some() || noun.core.is_some() || noun.qualifier {
            return make(TokenKind::Noun(noun));
        }
        make(TokenKind::Unknown)
    }

    fn cost(&self, meaning: u32, form: &str) -> u32 {
        let characters = form.chars().count() as u32;
        match self.meanings[meaning as usize] {
            Meaning::Word(Word::And | Word::Comma | Word::Open | Word::Close)
                if !form.starts_with(|c: char| c.is_alphabetic()) =>
            {
                1
            }
            Meaning::Word(Word::Of | Word::Each) => 10,
            Meaning::Word(Word::Neutral) if !form.starts_with(|c: char| c.is_alphabetic()) => 3,
            Meaning::Word(_) if characters == 1 => 25,
            Meaning::Group(_) | Meaning::Venue(_) if characters == 1 => 45,
            Meaning::Group(_) | Meaning::Venue(_) if is_general(form) => 12,
            Meaning::Group(_) | Meaning::Venue(_) | Meaning::Department(_) => 10,
            Meaning::Tag(_) => 11,
            Meaning::Word(_) | Meaning::Qualifier => 12,
            Meaning::Core(_) => 14,
        }
    }
}

fn title(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('《')?;
    let end = inside.find('》')?;
    Some(text.len() - inside.len() + end + '》'.len_utf8())
}
