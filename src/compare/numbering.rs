//! Numbers for what items of a pool may share besides words.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::callsign::Callsigns;
use super::features::{Basis, department, quotations, sorted};
use super::subject::{Organizer, Subject};
use crate::model::citation::Citation;
use crate::model::unit_set::UnitSet;
use crate::parallel;

/// Numbers of what items share, each kind in order of first sight, and what every item has.
pub(super) struct Numberings<'a> {
    pub(super) citations: Numbering<&'a str>,
    pub(super) quotations: Numbering<String>,
    pub(super) departments: Numbering<Department<'a>>,
    pub(super) unit_sets: Numbering<&'a UnitSet>,
    /// The sets themselves.
    pub(super) units: Vec<Arc<UnitSet>>,
    /// What lies inside each.
    pub(super) reaches: Vec<Arc<UnitSet>>,
    /// By item: names quoted in its name.
    pub(super) quoted: Vec<Box<[u32]>>,
    /// By item.
    pub(super) bases: Vec<Arc<Basis>>,
    /// By item: the number of its unit set.
    pub(super) unit_set: Vec<u32>,
    /// By item: the number of its department.
    pub(super) department: Vec<u32>,
    /// By item: the callsigns of its organizer.
    pub(super) callsigns: Vec<Arc<[u32]>>,
}

impl<'a> Numberings<'a> {
    /// Complexity: linear in the items, and in the length of what they have in different memory: earlier stages hold
    /// once what many items say alike.
    pub(super) fn of(subjects: &[Subject<'a>], callsigns: &Callsigns) -> Self {
        let (mut citations, mut quotations, mut departments) =
            (Numbering::default(), Numbering::default(), Numbering::default());
        let (mut unit_sets, mut units, mut reaches) = (Numbering::default(), Vec::new(), Vec::new());
        let ((quoted, bases), (unit_set, (department, callsigns))) = parallel::both(
            || (quoted(subjects, &mut quotations), bases(subjects, &mut citations)),
            || {
                let unit_set = numbered_once(
                    subjects,
                    |subject| std::ptr::from_ref(subject.targets) as usize,
                    |subject| {
                        let number = unit_sets.number(&subject.targets.units);
                        if number as usize == units.len() {
                            units.push(Arc::new(subject.targets.units.clone()));
                            reaches.push(Arc::clone(subject.reach));
                        }
                        number
                    },
                );
                let of_items = subjects.iter().map(|subject| departments.number(Department::of(subject)));
                (unit_set, (of_items.collect(), callsigns_of(subjects, callsigns)))
            },
        );
        Self {
            citations,
            quotations,
            departments,
            unit_sets,
            units,
            reaches,
            quoted,
            bases,
            unit_set,
            department,
            callsigns,
        }
    }
}

/// What `make` gives for every item, made once for items whose value has one place in memory.
fn numbered_once<'a, R: Clone>(
    subjects: &[Subject<'a>],
    place: impl Fn(&Subject<'a>) -> usize,
    mut make: impl FnMut(&Subject<'a>) -> R,
) -> Vec<R> {
    let mut known: FxHashMap<usize, R> = FxHashMap::default();
    let each = subjects.iter();
    each.map(|subject| known.entry(place(subject)).or_insert_with(|| make(subject)).clone()).collect()
}

fn quoted(subjects: &[Subject<'_>], numbering: &mut Numbering<String>) -> Vec<Box<[u32]>> {
    let each = subjects.iter();
    each.map(|subject| numbering.numbers(quotations(&subject.standard.name.folded))).collect()
}

/// Whether a document is cited by its number.
pub(super) fn has_number(citation: &Citation) -> bool {
    citation.number.as_deref().is_some_and(|number| number.contains('〔'))
}

fn bases<'a>(subjects: &[Subject<'a>], numbering: &mut Numbering<&'a str>) -> Vec<Arc<Basis>> {
    numbered_once(
        subjects,
        |subject| subject.standard.citations.as_ptr() as usize,
        |subject| {
            let cited = &subject.standard.citations;
            Arc::new(Basis {
                citations: numbering.numbers(cited.iter().map(Citation::key)),
                documents: numbering
                    .numbers(cited.iter().filter(|cited| has_number(cited)).map(Citation::key)),
            })
        },
    )
}

fn callsigns_of(subjects: &[Subject<'_>], callsigns: &Callsigns) -> Vec<Arc<[u32]>> {
    let place = |organizer: &Arc<Organizer>| Arc::as_ptr(&organizer.office) as usize;
    numbered_once(
        subjects,
        |subject| subject.organizer.map_or(0, place),
        |subject| subject.organizer.map(|organizer| callsigns.own(organizer)).unwrap_or_default().into(),
    )
}

/// What makes organizers one department: the roster's unit, else what the lexicon says that it does, else its
/// text; an item without one stands alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Department<'a> {
    Unit(u32),
    Functions(Cow<'a, [u32]>),
    Text(Cow<'a, str>),
    Item(Cow<'a, str>),
}

impl<'a> Department<'a> {
    pub(super) fn of(subject: &Subject<'a>) -> Self {
        match subject.organizer {
            None => Self::Item((&*subject.item.id).into()),
            Some(organizer) => match department(organizer) {
                Some(unit) => Self::Unit(unit.as_u32()),
                None if organizer.office.functions.is_empty() => Self::Text((&*organizer.office.text).into()),
                None => Self::Functions((&organizer.office.functions).into()),
            },
        }
    }

    pub(super) fn into_owned(self) -> Department<'static> {
        match self {
            Self::Unit(unit) => Department::Unit(unit),
            Self::Functions(functions) => Department::Functions(functions.into_owned().into()),
            Self::Text(text) => Department::Text(text.into_owned().into()),
            Self::Item(id) => Department::Item(id.into_owned().into()),
        }
    }
}

/// Gives equal values equal numbers, in order of first sight.
#[derive(Debug)]
pub(super) struct Numbering<T> {
    numbers: FxHashMap<T, u32>,
}

impl<T> Default for Numbering<T> {
    fn default() -> Self {
        Self { numbers: FxHashMap::default() }
    }
}

impl<T: std::hash::Hash + Eq + Clone> Numbering<T> {
    /// The number that a value has.
    pub(super) fn known<Q: std::hash::Hash + Eq + ?Sized>(&self, value: &Q) -> Option<u32>
    where
        T: std::borrow::Borrow<Q>,
    {
        self.numbers.get(value).copied()
    }

    /// The number of a value, a new one for a new value.
    pub(super) fn number(&mut self, value: T) -> u32 {
        let next = self.numbers.len() as u32;
        *self.numbers.entry(value).or_insert(next)
    }

    pub(super) fn numbers(&mut self, values: impl IntoIterator<Item = T>) -> Box<[u32]> {
        sorted(values.into_iter().map(|value| self.number(value)).collect())
    }

    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// The same numbers for other values, one for each.
    #[expect(clippy::iter_over_hash_type, reason = "into another hash map")]
    pub(super) fn with_values<U: std::hash::Hash + Eq>(&self, own: impl Fn(&T) -> U) -> Numbering<U> {
        let mut numbers = FxHashMap::default();
        for (value, &number) in &self.numbers {
            numbers.insert(own(value), number);
        }
        Numbering { numbers }
    }

    /// The values in the order of their numbers.
    #[expect(clippy::iter_over_hash_type, reason = "sorted right away")]
    pub(super) fn in_order(&self) -> Vec<T> {
        let mut values: Vec<(u32, &T)> = Vec::with_capacity(self.len());
        for (value, &number) in &self.numbers {
            values.push((number, value));
        }
        values.sort_unstable_by_key(|&(number, _)| number);
        values.into_iter().map(|(_, value)| value.clone()).collect()
    }

    /// The counts by key instead of by number.
    #[expect(clippy::iter_over_hash_type, reason = "into a sorted map")]
    pub(super) fn keyed(&self, counts: &[u32], key: impl Fn(&T) -> String) -> BTreeMap<String, u32> {
        let mut keyed = BTreeMap::new();
        for (value, &number) in &self.numbers {
            keyed.insert(key(value), counts[number as usize]);
        }
        keyed
    }

    /// Replaces every count.
    #[expect(clippy::iter_over_hash_type, reason = "each count is set once")]
    pub(super) fn recount(&self, counts: &mut [u32], count: impl Fn(&T) -> u32) {
        for (value, &number) in &self.numbers {
            counts[number as usize] = count(value);
        }
    }
}
