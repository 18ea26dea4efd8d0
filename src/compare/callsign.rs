//! What departments are called in passing, and which of them the notes of an item call.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::counts::Counting;
use super::features::sorted;
use super::speech::capped;
use super::subject::{Office, Organizer, Subject};
use crate::lexicon::{Lexicon, Matcher};

/// The departments of a pool by what they are called.
///
/// A *callsign* is a number: below the lexicon's number of functions it is one of those, from there on a name
/// that the pool or its roster has for an organizer (处非办, 减灾办), without its place.
#[derive(Debug)]
pub(super) struct Callsigns {
    matcher: Matcher,
    names: BTreeMap<String, u32>,
    functions: u32,
    /// Above all numbers.
    pub(super) count: u32,
}

/// The callsigns of whom a note calls.
#[derive(Debug, Default)]
pub(super) struct Called {
    /// With words of going together, or of asking what they ask.
    pub(super) partners: Box<[u32]>,
    /// In whatever words, where none turns it round.
    pub(super) mentioned: Box<[u32]>,
}

/// Words by which a note speaks of going with a department, or of asking what it asks.
const WITH: &[&str] = &[
    "联合",
    "合并",
    "一并",
    "一起",
    "一同",
    "一道",
    "一趟",
    "同去",
    "同行",
    "同船",
    "同车",
    "同查",
    "同期",
    "同时",
    "同步",
    "同一",
    "结合",
    "会同",
    "随",
    "跟",
    "合查",
    "重复",
    "重叠",
    "牵头",
    "统筹",
    "整合",
    "配合",
    "建议并",
    "也看",
    "也要去",
    "也去",
    "带队",
    "同月",
    "前后脚",
];
/// Words that turn it round.
const WITHOUT: &[&str] = &[
    "不", "避开", "另行", "另有", "另报", "另列", "另考", "另评", "另查", "单独", "分开", "分别", "独立",
    "归口",
];

impl Callsigns {
    /// Complexity: linear in the organizers' names.
    pub(super) fn of(subjects: &[Subject<'_>], lexicon: &Lexicon, counting: &mut Counting<'_>) -> Self {
        let functions = lexicon.departments.function_count();
        let mut names: BTreeMap<String, u32> = BTreeMap::new();
        let mut seen: FxHashSet<*const Office> = FxHashSet::default();
        for organizer in subjects.iter().filter_map(|subject| subject.organizer) {
            if seen.insert(Arc::as_ptr(&organizer.office)) {
                for name in &organizer.office.names {
                    names.entry(name.clone()).or_insert(0);
                }
            }
        }
        counting.settle_names(&mut names);
        for (number, value) in names.values_mut().enumerate() {
            *value = functions + number as u32;
        }
        let matcher = Matcher::new(names.iter().map(|(name, &number)| (name.as_str(), number)));
        let count = functions + names.len() as u32;
        Self { matcher, names, functions, count }
    }

    /// Takes in names that nobody was called by before. Complexity: linear in all names.
    pub(super) fn add(&mut self, names: &[&str]) {
        for name in names {
            self.names.insert((*name).to_owned(), self.count);
            self.count += 1;
        }
        self.matcher = Matcher::new(self.names.iter().map(|(name, &number)| (name.as_str(), number)));
    }

    /// The callsigns of an organizer; sorted.
    pub(super) fn own(&self, organizer: &Organizer) -> Box<[u32]> {
        let names = organizer.office.names.iter().filter_map(|name| self.names.get(name).copied());
        sorted(organizer.office.functions.iter().copied().chain(names).collect())
    }

    /// Whom a note calls.
    pub(super) fn called(&self, notes: &str, lexicon: &Lexicon) -> Called {
        let (mut partners, mut mentioned) = (Vec::new(), Vec::new());
        for clause in capped(notes).split(['.', ',', ';', '!', '\n']) {
            let says = |words: &[&str]| words.iter().any(|word| clause.contains(word));
            if says(WITHOUT) {
                continue;
            }
            let here = mentioned.len();
            mentioned.extend(self.matcher.find(clause).map(|mention| mention.entry));
            mentioned.extend(lexicon.departments.mentioned_functions(clause));
            if says(WITH) || clause.ends_with('重') {
                partners.extend_from_slice(&mentioned[here..]);
            }
        }
        Called { partners: sorted(partners), mentioned: sorted(mentioned) }
    }

    /// Callsigns in words: functions in the lexicon's order, then names.
    pub(super) fn names<'a>(&'a self, callsigns: &[u32], lexicon: &'a Lexicon) -> Vec<&'a str> {
        let mut named: Vec<&str> = callsigns.iter().map(|&callsign| self.name(callsign, lexicon)).collect();
        // They are sorted by number, which names that came late have out of order.
        named[callsigns.partition_point(|&callsign| callsign < self.functions)..].sort_unstable();
        named
    }

    /// A callsign in words.
    fn name<'a>(&'a self, callsign: u32, lexicon: &'a Lexicon) -> &'a str {
        if callsign < self.functions {
            return lexicon.departments.function_name(callsign);
        }
        let named = self.names.iter().find(|(_, number)| **number == callsign);
        named.map_or("", |(name, _)| name.as_str())
    }
}
