//! A pool that items join and leave, compared at any time as if it had just been read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Comparer;
use super::copies::same_row;
use super::counts::Counting;
use super::features::{Basis, Content, Features, NameFeatures, Surrounding, listed, quotations};
use super::fixed::step;
use super::ids::Ids;
use super::numbering::{Department, Numbering, Numberings, has_number};
use super::pool::{self, Parts, Pool};
use super::reading::Reading;
use super::said::Said;
use super::score::Model;
use super::speech::{self, capped};
use super::subject::Subject;
use super::terms::{Family, Terms};
use super::tokens::{Sequence, Token, Vocabulary, WeightedSet, weight};
use super::wording::{LIKE, NAMED};
use super::wordings::RawName;
use crate::lexicon::Lexicon;
use crate::model::citation::Citation;
use crate::model::ids::ItemIdx;
use crate::model::item::Item;
use crate::model::standard_item::StandardItem;
use crate::model::stop::Stop;
use crate::model::unit_set::UnitSet;
use crate::policy::Policy;
use crate::text::fold;

/// The numbers that a pool gave to what its items have, so that items that come later get the same.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    /// In the order of [`Family::WEIGHED`].
    pub(super) vocabularies: [Vocabulary; 4],
    names: Vec<Arc<NameFeatures>>,
    of_names: FxHashMap<Box<str>, u32>,
    citations: Numbering<Box<str>>,
    quotations: Numbering<String>,
    departments: Numbering<Department<'static>>,
    unit_sets: Numbering<Arc<UnitSet>>,
}

impl Numbers {
    pub(super) fn keep(&mut self, names: &[Arc<NameFeatures>], numberings: &Numberings<'_>) {
        self.names = names.to_vec();
        self.of_names = names.iter().zip(0..).map(|(name, number)| (name.matter.clone(), number)).collect();
        self.citations = numberings.citations.with_values(|&citation| citation.into());
        self.quotations = numberings.quotations.with_values(String::clone);
        self.departments = numberings.departments.with_values(|department| department.clone().into_owned());
        self.unit_sets = numberings.unit_sets.with_values(|&units| Arc::new(units.clone()));
    }

    /// The numbers of tokens, of new ones too, and room for their weights.
    fn numbered<R>(
        &mut self,
        family: Family,
        pool: &mut Pool,
        number: impl FnOnce(&mut Vocabulary) -> R,
    ) -> R {
        let vocabulary = &mut self.vocabularies[family as usize];
        let numbered = number(vocabulary);
        pool.table_mut(family).resize(vocabulary.len(), 0);
        numbered
    }
}

/// Compares the items of a pool that items join and leave.
///
/// After any number of changes two items compare exactly as in a [`Comparer`] of the items that are there, though of
/// each change only what it touches is worked out anew: the counts that the comparison takes from the pool are in steps
/// (see `step`), so that one more item changes few of them, and `Terms` knows whose comparison hangs on these.
/// Items are numbered in the order they come and keep their numbers.
///
/// Memory, besides that of a comparer: every term, and one to two bytes for each item that has it.
#[derive(Debug)]
pub struct LiveComparer {
    comparer: Comparer,
    numbers: Numbers,
    terms: Terms,
    /// How many items' organizers have each name.
    callers: FxHashMap<String, u32>,
    /// Names that nobody has any more, and of which no notes speak.
    forgotten: BTreeSet<String>,
}

impl LiveComparer {
    /// Reads a pool. Complexity: linear in the length of all texts.
    #[must_use]
    pub fn new(subjects: &[Subject<'_>], lexicon: Arc<Lexicon>, policy: &Policy, stop: Stop<'_>) -> Self {
        let mut numbers = Numbers::default();
        let pool = Pool::build(subjects, &lexicon, Counting::Kept(&mut numbers), stop);
        let mut callers = FxHashMap::default();
        for name in
            subjects.iter().filter_map(|subject| subject.organizer).flat_map(|known| &known.office.names)
        {
            *callers.entry(name.clone()).or_insert(0) += 1;
        }
        let terms = Terms::of(&pool.features);
        let ids = Ids::of(subjects.iter().map(|subject| subject.item.id.as_str()));
        let model = Model::new(policy);
        Self {
            comparer: Comparer { pool, model, lexicon, ids, order: None },
            numbers,
            terms,
            callers,
            forgotten: BTreeSet::new(),
        }
    }

    /// The comparer of the items; those that left are not to be asked about.
    #[must_use]
    pub fn comparer(&self) -> &Comparer {
        &self.comparer
    }

    /// How many items that are there have the row of this one, itself among them.
    #[must_use]
    pub fn copies(&self, item: ItemIdx) -> usize {
        let features = |number: u32| &self.comparer.pool.features[number as usize];
        let own = features(item.as_u32());
        let of_name = self.terms.holders(Family::Matters, own.name_number);
        of_name.filter(|&other| features(other).first_copy == own.first_copy).count()
    }

    /// What `ask` finds out from the comparer with some of the items, in that order.
    pub fn among<R>(&mut self, items: &[u32], ask: impl FnOnce(&Comparer) -> R) -> R {
        self.comparer.order = Some(items.to_vec());
        let found = ask(&self.comparer);
        self.comparer.order = None;
        found
    }

    /// Lends out the comparer with some of the items, in that order, until it is [given back](Self::give_back).
    #[must_use]
    pub fn lend(&mut self, items: Vec<u32>) -> Comparer {
        let nothing = Comparer {
            pool: Pool::build(&[], &self.comparer.lexicon, Counting::Own, Stop::never()),
            model: self.comparer.model.clone(),
            lexicon: Arc::clone(&self.comparer.lexicon),
            ids: Ids::default(),
            order: None,
        };
        let mut lent = std::mem::replace(&mut self.comparer, nothing);
        lent.order = Some(items);
        lent
    }

    /// Takes back what was [lent](Self::lend).
    pub fn give_back(&mut self, comparer: Comparer) {
        self.comparer = Comparer { order: None, ..comparer };
    }

    /// Takes in one more item, numbered next; gives the items whose comparison with others may have changed, itself
    /// among them, ascending. `known` are items by their numbers, verbatim and in standard form.
    ///
    /// `None`, and nothing has changed, where all items may be touched: the number of items crosses a step, or notes
    /// speak of the organizer by a name by which nobody was called before. The pool is then to be read again.
    ///
    /// Complexity: linear in the item's texts and in those of the items that it touches; mostly few. An organizer with a
    /// new name costs a look at all notes.
    pub fn add<'i>(
        &mut self,
        subject: &Subject<'_>,
        known: impl Fn(ItemIdx) -> (&'i Item, &'i StandardItem),
    ) -> Option<Vec<ItemIdx>> {
        let items = self.terms.items();
        let names = subject.organizer.map_or(&[][..], |organizer| &organizer.office.names);
        let new = names.iter().map(String::as_str).filter(|&name| !self.callers.contains_key(name));
        let new: Vec<&str> = new.collect();
        let own_notes = &*subject.standard.notes;
        if step(items + 1) != step(items)
            || self.forgotten.iter().any(|name| own_notes.contains(name.as_str()))
            || !new.is_empty() && self.some_notes_speak_of(&new, |item| &known(item).1.notes)
        {
            return None;
        }
        let unheard: Vec<&str> = new.into_iter().filter(|&name| !self.forgotten.remove(name)).collect();
        if !unheard.is_empty() {
            self.comparer.pool.callsigns.add(&unheard);
        }
        for name in names {
            *self.callers.entry(name.clone()).or_insert(0) += 1;
        }
        let own = self.comparer.pool.features.len() as u32;
        let features = self.features(subject, own, |item| known(item).0);
        let crossed = self.terms.join(&features);
        self.comparer.pool.features.push(features);
        self.comparer.ids.push(&subject.item.id);
        Some(self.settle(&crossed, Some(own)))
    }

    /// Lets an item go; gives the items whose comparison with others may have changed, ascending, without itself.
    ///
    /// `None` where all items may be touched, as for [`add`](Self::add); nothing has changed then.
    pub fn remove<'i>(
        &mut self,
        item: ItemIdx,
        known: impl Fn(ItemIdx) -> (&'i Item, &'i StandardItem),
    ) -> Option<Vec<ItemIdx>> {
        if self.terms.is_gone(item.as_u32()) {
            return Some(Vec::new());
        }
        let items = self.terms.items();
        let features = &self.comparer.pool.features[item.as_usize()];
        let names = features.organizer.as_ref().map_or(&[][..], |organizer| &organizer.office.names);
        let last = names.iter().map(String::as_str).filter(|&name| self.callers.get(name) == Some(&1));
        let last: Vec<&str> = last.collect();
        if step(items - 1) != step(items)
            || !last.is_empty() && self.some_notes_speak_of(&last, |item| &known(item).1.notes)
        {
            return None;
        }
        for name in names {
            if let Some(count) = self.callers.get_mut(name) {
                *count -= 1;
            }
        }
        for name in last {
            self.callers.remove(name);
            self.forgotten.insert(name.to_owned());
        }
        let crossed = self.terms.leave(item.as_u32(), features);
        Some(self.settle(&crossed, None))
    }

    /// Whether the notes of some item speak of one of the names.
    fn some_notes_speak_of<'i>(&self, names: &[&str], notes: impl Fn(ItemIdx) -> &'i str) -> bool {
        self.terms.numbers().any(|item| {
            let notes = notes(ItemIdx::from(item));
            !notes.is_empty() && names.iter().any(|name| notes.contains(name))
        })
    }

    /// The features of an item whose tokens are not weighed yet.
    fn features<'i>(
        &mut self,
        subject: &Subject<'_>,
        own: u32,
        item_of: impl Fn(ItemIdx) -> &'i Item,
    ) -> Features {
        let lexicon = Arc::clone(&self.comparer.lexicon);
        let (name_number, name) = self.name(&subject.standard.name.matter, &lexicon);
        let (content, surrounding) = self.texts(subject, &lexicon);
        let (numbers, pool) = (&mut self.numbers, &mut self.comparer.pool);
        let of_name = self.terms.holders(Family::Matters, name_number);
        let mut copies = of_name.filter(|&other| same_row(item_of(ItemIdx::from(other)), subject.item));
        let first_copy = copies.next().map_or(own, |other| pool.features[other as usize].first_copy);
        let unit_set = numbers.unit_sets.number(Arc::new(subject.targets.units.clone()));
        let mut keys = |cited: &mut dyn Iterator<Item = &Citation>| {
            numbers.citations.numbers(cited.map(|citation| citation.key().into()))
        };
        let cited = &subject.standard.citations;
        let basis = Basis {
            citations: keys(&mut cited.iter()),
            documents: keys(&mut cited.iter().filter(|cited| has_number(cited))),
        };
        pool.add_citations(cited.iter().map(Citation::key), &numbers.citations);
        let parts = Parts {
            said: Said::with_notes(&content.said, &subject.standard.notes, &pool.callsigns, &lexicon),
            name,
            name_number,
            first_copy,
            content,
            surrounding,
            remote: speech::is_remote(&subject.standard.method),
            quoted: numbers.quotations.numbers(quotations(&subject.standard.name.folded)),
            unit_set,
            units: Arc::new(subject.targets.units.clone()),
            reach: Arc::clone(subject.reach),
            basis: Arc::new(basis),
            callsigns: subject
                .organizer
                .map(|organizer| pool.callsigns.own(organizer))
                .unwrap_or_default()
                .into(),
            department: numbers.departments.number(Department::of(subject).into_owned()),
        };
        for (family, numbers) in
            [(Family::Matters, numbers.names.len()), (Family::UnitSets, numbers.unit_sets.len())]
        {
            pool.table_mut(family).resize(numbers, 0);
        }
        pool::features(subject, parts, &lexicon)
    }

    fn name(&mut self, matter: &str, lexicon: &Lexicon) -> (u32, Arc<NameFeatures>) {
        let (numbers, pool) = (&mut self.numbers, &mut self.comparer.pool);
        if let Some(&number) = numbers.of_names.get(matter) {
            return (number, Arc::clone(&numbers.names[number as usize]));
        }
        let raw = RawName::new(matter, lexicon);
        let set = |tokens| WeightedSet { tokens, weight: 0 };
        let sequence = numbers.numbered(Family::Texts, pool, |texts| texts.sequence(&raw.tokens));
        let name = Arc::new(NameFeatures {
            name_pairs: set(numbers.numbered(Family::Pairs, pool, |all| all.set(&raw.pairs))),
            name_tokens: set(numbers.numbered(Family::Tokens, pool, |all| all.set(&raw.tokens))),
            stem: set(numbers.numbered(Family::Stems, pool, |all| all.set(&raw.stem))),
            name_text: set(Sequence::set(&sequence)),
            name_sequence: Sequence::of(sequence),
            ..raw.features
        });
        let number = numbers.names.len() as u32;
        numbers.names.push(Arc::clone(&name));
        numbers.of_names.insert(matter.into(), number);
        (number, name)
    }

    fn texts(&mut self, subject: &Subject<'_>, lexicon: &Lexicon) -> (Arc<Content>, Arc<Surrounding>) {
        let text = capped(&subject.standard.content);
        let reading = Reading::of(text, lexicon);
        let of_phrase = |phrase: &String| Reading::of(capped(&fold(phrase)), lexicon).tokens();
        let phrases: Vec<Vec<Token>> = subject.item.targets.iter().map(of_phrase).collect();
        let pool = &mut self.comparer.pool;
        let (own, around) = self.numbers.numbered(Family::Texts, pool, |texts| {
            let own = texts.sequence(&reading.tokens());
            let mut around = own.to_vec();
            for phrase in &phrases {
                around.extend_from_slice(&texts.sequence(phrase));
            }
            (own, around)
        });
        let content = Content {
            own: WeightedSet { tokens: Sequence::set(&own), weight: 0 },
            concepts: reading.concepts(),
            listed: listed(text, lexicon),
            said: Said::by_content(text, &Arc::default(), lexicon),
        };
        let surrounding = Surrounding {
            set: WeightedSet { tokens: Sequence::set(&around), weight: 0 },
            sequence: Sequence::of(around.into()),
        };
        (Arc::new(content), Arc::new(surrounding))
    }

    /// Brings the pool's tables up to date where counts crossed a step, and the items that hang on them.
    fn settle(&mut self, crossed: &[(Family, u32)], own: Option<u32>) -> Vec<ItemIdx> {
        let Self { comparer: Comparer { pool, .. }, numbers, terms, .. } = self;
        // By item: whether its name, and whether its texts are to be weighed again.
        let mut touched: BTreeMap<u32, [bool; 2]> = own.iter().map(|&own| (own, [true; 2])).collect();
        let documents = terms.items();
        for &(family, number) in crossed {
            let count = terms.count(family, number);
            let weighed = if Family::WEIGHED.contains(&family) {
                let token = numbers.vocabularies[family as usize].token(number);
                pool.table_mut(family)[number as usize] = weight(token, count, documents);
                [true, family == Family::Texts]
            } else {
                pool.table_mut(family)[number as usize] = step(count);
                [false; 2]
            };
            for item in terms.holders(family, number) {
                let known = touched.entry(item).or_default();
                *known = [known[0] || weighed[0], known[1] || weighed[1]];
            }
        }
        let mut names: Vec<u32> = Vec::new();
        for (&item, &[name, texts]) in &touched {
            let features = &mut pool.features[item as usize];
            if name {
                names.push(features.name_number);
            }
            if texts {
                let weights = &pool.text_weights;
                Arc::make_mut(&mut features.content).own.weigh(weights);
                let surrounding = Arc::make_mut(&mut features.surrounding);
                surrounding.set.weigh(weights);
                surrounding.sequence.weigh(weights, &LIKE);
            }
        }
        names.sort_unstable();
        names.dedup();
        for number in names {
            let name = Arc::make_mut(&mut numbers.names[number as usize]);
            name.name_pairs.weigh(&pool.pair_weights);
            name.name_tokens.weigh(&pool.name_weights);
            name.stem.weigh(&pool.stem_weights);
            name.name_text.weigh(&pool.text_weights);
            name.name_sequence.weigh(&pool.text_weights, &NAMED);
            // Whoever has the name has its tokens, and is touched by the same counts.
            for item in terms.holders(Family::Matters, number) {
                pool.features[item as usize].name = Arc::clone(&numbers.names[number as usize]);
            }
        }
        touched.into_keys().map(ItemIdx::from).collect()
    }
}
