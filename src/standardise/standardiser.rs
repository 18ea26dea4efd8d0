//! Standardising many items that say the same things.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::name::{self, Names};
use super::protection::{self, Reasons, When};
use super::{Context, citation, frequency_of, kind, ratio_of, schedule};
use crate::model::citation::Citation;
use crate::model::frequency::Frequency;
use crate::model::item::Item;
use crate::model::kind::Kind;
use crate::model::ratio::Ratio;
use crate::model::schedule::Schedule;
use crate::model::standard_item::StandardItem;
use crate::text::{fold, head};

/// Schedule, frequency and ratio, and what the first two tell of protections.
type Times = (Arc<Schedule>, Frequency, Ratio, When);

/// Standardises items one after the other and remembers what it has read: departments use the same few hundred
/// schedules, frequencies and methods, and the same names but for the place.
///
/// What it gives is what [`standardise`](super::standardise) gives. Memory: the distinct texts of its items.
#[derive(Debug)]
pub struct Standardiser<'a, 'i> {
    context: &'a Context<'a>,
    kinds: FxHashMap<&'i str, (Option<Kind>, Reasons)>,
    times: FxHashMap<[Option<&'i str>; 3], Times>,
    bases: FxHashMap<&'i str, Arc<[Citation]>>,
    names: Names,
    contents: FxHashMap<&'i str, (Arc<str>, Reasons)>,
    methods: FxHashMap<&'i str, (Arc<str>, Reasons)>,
    organizers: FxHashMap<&'i str, Option<&'a str>>,
    texts: FxHashSet<Arc<str>>,
    none: (Arc<str>, Arc<[Citation]>),
}

impl<'a, 'i> Standardiser<'a, 'i> {
    /// A standardiser that has read nothing yet.
    #[must_use]
    pub fn new(context: &'a Context<'a>) -> Self {
        Self {
            context,
            kinds: FxHashMap::default(),
            times: FxHashMap::default(),
            bases: FxHashMap::default(),
            names: Names::default(),
            contents: FxHashMap::default(),
            methods: FxHashMap::default(),
            organizers: FxHashMap::default(),
            texts: FxHashSet::default(),
            none: (Arc::from(""), Arc::from(Vec::new())),
        }
    }

    /// The item in standard form.
    pub fn standardise(&mut self, item: &'i Item) -> StandardItem {
        let context = self.context;
        let words = &context.lexicon.words.protections;
        let name = name::parts(&item.name, context, &mut self.names);
        let (of_field, by_kind) = item.kind.as_deref().map_or((None, 0), |field| {
            *self.kinds.entry(field).or_insert_with(|| {
                (kind::of_field(field, context), protection::by_name(&context.lexicon.words, &fold(field)))
            })
        });
        let kind = of_field.or_else(|| kind::of_name(&name, context));
        let (looked_at, by_content) = match item.content.as_deref() {
            None => (Arc::clone(&self.none.0), 0),
            Some(text) => self
                .contents
                .entry(text)
                .or_insert_with(|| {
                    let folded = fold(text);
                    let reasons = protection::by_content(words, &folded);
                    (folded.into(), reasons)
                })
                .clone(),
        };
        let (method, by_method) = match item.method.as_deref() {
            None => (Arc::clone(&self.none.0), 0),
            Some(text) => self
                .methods
                .entry(text)
                .or_insert_with(|| {
                    let folded = fold(text);
                    let reasons = protection::by_method(words, &folded);
                    (folded.into(), reasons)
                })
                .clone(),
        };
        let organizer = item.organizer.as_deref().and_then(|text| {
            *self
                .organizers
                .entry(text)
                .or_insert_with(|| protection::department(&fold(head(text)), context.lexicon))
        });
        let notes = match item.notes.as_deref() {
            None => Arc::clone(&self.none.0),
            Some(text) => self.text(text),
        };
        let (schedule, frequency, mut ratio, when) = self.times(item);
        let reasons = by_content
            | protection::by_notes(words, &notes)
            | by_method
            | by_kind
            | protection::by_name(&context.lexicon.words, &name.folded)
            | protection::by_order(words, &name.folded, when, &item.targets)
            | protection::by_targets(words, &item.targets)
            | when.cases
            | organizer.map_or(0, |known| protection::by_department(words, known, &name.folded, &method));
        if !(ratio.whole || ratio.bound.is_some())
            && item.ratio.as_deref().is_none_or(|text| fold(head(text)).is_empty())
        {
            // Targets may tell a share (抽查20%的企业).
            ratio = ratio_of(["", "", ""], &item.targets);
        }
        let citations = match item.basis.as_deref() {
            None => Arc::clone(&self.none.1),
            Some(basis) => Arc::clone(
                self.bases
                    .entry(basis)
                    .or_insert_with(|| citation::parse(&fold(head(basis)), context.places).into()),
            ),
        };
        StandardItem {
            name,
            kind: kind.unwrap_or(Kind::Inspection),
            kind_known: kind.is_some(),
            schedule,
            frequency,
            ratio,
            citations,
            protections: protection::listed(reasons),
            content: looked_at,
            method,
            notes,
        }
    }

    /// Schedule, frequency and ratio, each read from its own cell or, where that is empty, from the others.
    fn times(&mut self, item: &'i Item) -> Times {
        let cells = [item.schedule.as_deref(), item.frequency.as_deref(), item.ratio.as_deref()];
        let year = self.context.plan_year;
        let words = &self.context.lexicon.words.protections;
        self.times
            .entry(cells)
            .or_insert_with(|| {
                let [schedule, frequency, ratio] =
                    cells.map(|cell| cell.map(|text| fold(head(text))).unwrap_or_default());
                (
                    Arc::new(schedule::parse(&schedule, year)),
                    frequency_of([&frequency, &schedule, &ratio]),
                    ratio_of([&ratio, &schedule, &frequency], &[]),
                    protection::by_schedule(words, [&schedule, &frequency]),
                )
            })
            .clone()
    }

    fn text(&mut self, text: &str) -> Arc<str> {
        let folded = fold(text);
        if let Some(known) = self.texts.get(folded.as_str()) {
            return Arc::clone(known);
        }
        let new: Arc<str> = folded.into();
        self.texts.insert(Arc::clone(&new));
        new
    }
}
