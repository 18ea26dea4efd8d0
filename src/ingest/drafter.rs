//! What becomes of one element by itself, whatever stands before it: so elements are drafted on all threads.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Reading;
use super::codes::shorten;
use super::draft::Draft;
use super::element::Element;
use super::organizer::Hints;
use super::record::{self, Key, Value};
use crate::model::item::{Field, InferredFrom, Item};

/// Distinct keys reported in the mapping.
pub(super) const MAX_KEYS: usize = 256;

/// What is the same for all elements of a file.
#[derive(Debug)]
pub(super) struct Drafting {
    file: Arc<str>,
    /// JSON has no sheets.
    sheet: Arc<str>,
    /// The organizer of items that name none.
    hint: Option<(String, InferredFrom)>,
    max_cell_chars: usize,
}

impl Drafting {
    pub(super) fn of(reading: &Reading<'_>) -> Self {
        let file = Arc::clone(reading.file());
        let hint = Hints { file: file.to_string(), ..Hints::default() }.organizer();
        Self { file, sheet: "".into(), hint, max_cell_chars: reading.limits.max_cell_chars }
    }

    /// A drafter that has seen no keys yet.
    pub(super) fn drafter(&self) -> Drafter<'_> {
        Drafter { drafting: self, known: BTreeMap::new() }
    }
}

/// Drafts elements one after the other and remembers what their keys mean.
#[derive(Debug)]
pub(super) struct Drafter<'d> {
    drafting: &'d Drafting,
    /// The first [`MAX_KEYS`].
    known: BTreeMap<String, Option<Key>>,
}

/// An element by itself.
#[derive(Debug)]
pub(super) struct Drafted {
    /// Of its keys and texts.
    pub(super) bytes: usize,
    /// Whether it has the keys of a unit of a roster.
    pub(super) like_unit: bool,
    /// Keys that its drafter met here first, and their fields.
    pub(super) keys: Vec<(String, Option<Field>)>,
    pub(super) draw: Draw,
}

/// What an element is.
#[derive(Debug)]
pub(super) enum Draw {
    Item(Box<Item>),
    /// No name says anything; what else tells it apart.
    Nameless(String),
    /// A text has more characters than a cell may have.
    TooLong(usize),
    /// No object.
    Other(&'static str),
}

impl Drafter<'_> {
    pub(super) fn draft(&mut self, row: u32, element: Element<'_>) -> Drafted {
        let entries = match element {
            Element::Object(entries) => entries,
            Element::Other(found) => {
                return Drafted { bytes: 0, like_unit: false, keys: Vec::new(), draw: Draw::Other(found) };
            }
        };
        let bytes = entries.iter().map(|(key, value)| key.len() + value.bytes()).sum();
        let has = |key: &str| entries.iter().any(|(other, _)| other == key);
        let like_unit = has("parent") && (has("aliases") || has("tags"));
        let longest = entries.iter().map(|(_, value)| value.longest()).max().unwrap_or(0);
        if longest > self.drafting.max_cell_chars {
            return Drafted { bytes, like_unit, keys: Vec::new(), draw: Draw::TooLong(longest) };
        }
        let mut keys = Vec::new();
        let values: Vec<(Key, Value)> = entries
            .into_iter()
            .filter_map(|(label, value)| Some((self.key(&label, &mut keys)?, value)))
            .collect();
        let mut draft = Draft::new(row);
        record::gather(&mut draft, values);
        if draft.get(Field::Organizer).is_empty()
            && let Some((unit, from)) = &self.drafting.hint
        {
            draft.add(Field::Organizer, unit);
            draft.infer(Field::Organizer, *from);
        }
        let named = record::is_named(&draft);
        let item = draft.into_item(&self.drafting.file, &self.drafting.sheet);
        let draw = if named {
            Draw::Item(Box::new(item))
        } else {
            let told = [item.content, item.organizer, item.targets.into_iter().next(), Some(item.id)];
            Draw::Nameless(shorten(&told.into_iter().flatten().next().unwrap_or_default()))
        };
        Drafted { bytes, like_unit, keys, draw }
    }

    /// What a key means; one that was not met before is added to `met`.
    fn key(&mut self, label: &str, met: &mut Vec<(String, Option<Field>)>) -> Option<Key> {
        if let Some(key) = self.known.get(label) {
            return key.clone();
        }
        let key = Key::of(label);
        if self.known.len() < MAX_KEYS {
            met.push((label.to_owned(), key.as_ref().and_then(Key::field)));
            self.known.insert(label.to_owned(), key.clone());
        }
        key
    }
}
