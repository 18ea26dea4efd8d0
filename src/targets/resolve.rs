//! The resolver: target phrases to sets of units.

use std::sync::Arc;

use super::grammar::parse;
use super::graph::UnitGraph;
use super::index::{Scope, UnitIndex};
use super::lexer::Dictionary;
use super::value::Value;
use super::vocabulary::Vocabulary;
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
    vocabulary: Arc<Vocabulary>,
}

/// The longest phrase that is read, in bytes; what goes beyond is cut off.
const LONGEST: usize = 6_000;

impl<'a> Resolver<'a> {
    /// A resolver for the phrases of one run.
    ///
    /// The first with a lexicon makes what all of that graph and lexicon share, in O(units + lexicon).
    #[must_use]
    pub fn new(graph: &'a UnitGraph, lexicon: &'a Lexicon) -> Self {
        Self { graph, lexicon, vocabulary: graph.kept.vocabulary(graph, lexicon) }
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
        if venues.is_empty() && value.groups.is_empty() {
            venues = self.venues_of(&value.units);
        }
        let mut groups: Vec<String> =
            value.groups.iter().map(|&group| self.lexicon.groups.group(group).name.clone()).collect();
        groups.sort();
        groups.dedup();
        let by_name = terms.iter().filter(|term| term.role == TermRole::Unit);
        let by_name: usize = by_name.map(|term| term.units as usize).sum();
        TargetSet {
            named: by_name > 0 && 2 * by_name >= value.units.len(),
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

/// Most units that are asked what they are when a phrase only names them.
const MOST_ASKED: usize = 64;

impl Resolver<'_> {
    /// The specific venue types which the roster says that all of a few operators are, most specific first:
    /// 河滩夜市、货场夜市 are night markets though the phrase names two units.
    fn venues_of(&self, units: &UnitSet) -> Vec<u32> {
        if self.graph.is_derived() || units.is_empty() || units.len() > MOST_ASKED {
            return Vec::new();
        }
        let venues = &self.lexicon.venues;
        let mut common: Option<Vec<u32>> = None;
        for unit in units.iter() {
            let class = &self.graph.classes.list[self.graph.records[unit.as_usize()].class as usize];
            match &mut common {
                None => common = Some(class.venues.to_vec()),
                Some(common) => common.retain(|venue| class.venues.binary_search(venue).is_ok()),
            }
        }
        let mut common = common.unwrap_or_default();
        common.retain(|&venue| venues.entry(venue).narrow);
        let all = common.clone();
        common.retain(|&wide| !all.iter().any(|&other| other != wide && venues.is_a(other, wide)));
        common
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
        &self.resolver.vocabulary.index
    }

    pub(super) fn dictionary(&self) -> &'r Dictionary {
        &self.resolver.vocabulary.dictionary
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
        let tokens = self.dictionary().tokens(self.graph(), &folded, true);
        self.places = UnitSet::default();
        let value = self.listing(&parse(&tokens));
        if value.sureness == Sureness::Absent && !value.known {
            return Value { sureness: Sureness::Unknown, ..value };
        }
        value
    }
}
