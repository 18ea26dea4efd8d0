//! Items as JSON: a list, an object with a list, one item, or one item a line.
//!
//! Elements are read one by one and thrown away when they are no items, so that neither deep
//! nesting nor a list of a hundred million numbers costs memory.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::aliases::Role;
use super::codes::Code;
use super::draft::Draft;
use super::layout::role_of_key;
use super::limits::Exceeded;
use super::organizer::Hints;
use super::record::{self, Key, Value};
use super::sniff::Format;
use super::{HeaderMapping, MappedColumn, Reading};
use crate::model::item::{Field, InferredFrom, Item};
use crate::model::plan::Plan;

/// Keys under which an object may hold its list of items.
const LIST_KEYS: &[&str] = &["items", "事项", "事项清单", "data", "records", "rows", "list", "plan"];
/// Distinct keys reported in the mapping.
const MAX_KEYS: usize = 256;

/// Bytes at the head of a file in which a plan names its schema's version.
const PLAN_HEAD: usize = 256;

/// Reads a `plan.json` of this tool: its items, with the plan's id. `false` when the text is none.
fn reads_plan(text: &str, reading: &mut Reading<'_>) -> bool {
    let head = &text.as_bytes()[..text.len().min(PLAN_HEAD)];
    if !head.windows(16).any(|window| window == b"\"schema_version\"") {
        return false;
    }
    let Ok(plan) = serde_json::from_str::<Plan>(text) else { return false };
    for (row, item) in (1u32..).zip(plan.to_items()) {
        let source = super::rows::source(reading.file(), "", row);
        reading.submissions.items.push(Item { source: Some(source), ..item });
    }
    true
}

/// Lines that are taken apart at a time, on all threads.
const LINES: usize = 8192;

/// The elements of some lines.
fn parsed<'t>(lines: &[(u32, &'t str)]) -> Vec<serde_json::Result<Element<'t>>> {
    let element = |&(_, line): &(u32, &'t str)| {
        let mut deserializer = serde_json::Deserializer::from_str(line);
        let element = Element::deserialize(&mut deserializer)?;
        deserializer.end()?;
        Ok(element)
    };
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        lines.par_iter().with_min_len(256).map(element).collect()
    }
    #[cfg(not(feature = "parallel"))]
    {
        lines.iter().map(element).collect()
    }
}

/// Reads a JSON or JSONL file.
pub(super) fn read(bytes: Cow<'_, [u8]>, format: Format, reading: &mut Reading<'_>) {
    let Some((text, encoding)) = decode(bytes) else {
        return reading.report(Code::DamagedFile, "", 0, "not UTF-8");
    };
    reading.encoding = Some(encoding.to_owned());
    if format != Format::JsonLines && reads_plan(&text, reading) {
        return;
    }
    let mut sink = Sink::new(reading);
    if format == Format::JsonLines {
        let lines: Vec<(u32, &str)> = text
            .lines()
            .enumerate()
            .map(|(index, line)| (u32::try_from(index + 1).unwrap_or(u32::MAX), line.trim()))
            .filter(|(_, line)| !line.is_empty())
            .collect();
        'lines: for some in lines.chunks(LINES) {
            for (&(row, line), element) in some.iter().zip(parsed(some)) {
                match element {
                    Ok(element) => sink.element(row, element),
                    Err(error) => {
                        let found = format!("{error}: {}", super::codes::shorten(line));
                        sink.reading.report(Code::BadJson, "", row, &found);
                    }
                }
                if sink.full {
                    break 'lines;
                }
            }
        }
    } else {
        let mut deserializer = serde_json::Deserializer::from_str(&text);
        let read = Top(&mut sink).deserialize(&mut deserializer).and_then(|()| deserializer.end());
        if let Err(error) = read
            && !sink.full
        {
            let code = if is_too_deep(&error) { Code::TooDeep } else { Code::DamagedFile };
            sink.reading.report(code, "", 0, &error.to_string());
        }
    }
    sink.finish();
}

#[cfg(feature = "csv")]
fn decode(bytes: Cow<'_, [u8]>) -> Option<(Cow<'_, str>, &'static str)> {
    super::csv::decode(bytes)
}

#[cfg(not(feature = "csv"))]
fn decode(bytes: Cow<'_, [u8]>) -> Option<(Cow<'_, str>, &'static str)> {
    let text = String::from_utf8(bytes.into_owned()).ok()?;
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    Some((text.into(), "UTF-8"))
}

fn is_too_deep(error: &serde_json::Error) -> bool {
    error.to_string().contains("recursion limit")
}

/// Where elements go.
struct Sink<'s, 'a> {
    reading: &'s mut Reading<'a>,
    hints: Option<(String, InferredFrom)>,
    /// Keys in order of appearance, with their fields.
    keys: Vec<(String, Option<Field>)>,
    known: BTreeMap<String, Option<Key>>,
    /// Elements without a name: an error only in a file that has named ones.
    nameless: Vec<(u32, String)>,
    named: u32,
    /// A limit was reached.
    full: bool,
}

impl<'s, 'a> Sink<'s, 'a> {
    fn new(reading: &'s mut Reading<'a>) -> Self {
        let hints = Hints { file: reading.file().to_owned(), ..Hints::default() }.organizer();
        Self {
            reading,
            hints,
            keys: Vec::new(),
            known: BTreeMap::new(),
            nameless: Vec::new(),
            named: 0,
            full: false,
        }
    }

    fn element(&mut self, row: u32, element: Element<'_>) {
        if row > self.reading.limits.max_rows {
            self.reading.exceeded(Exceeded::Rows, "", row);
            self.full = true;
            return;
        }
        let entries = match element {
            Element::Object(entries) => entries,
            Element::Other(found) => return self.reading.report(Code::BadElement, "", row, found),
        };
        let text_bytes = entries.iter().map(|(key, value)| key.len() + value.bytes()).sum();
        if let Err(exceeded) = self.reading.spent.book(text_bytes, self.reading.limits) {
            self.reading.exceeded(exceeded, "", row);
            self.full = true;
            return;
        }
        let has = |key: &str| entries.iter().any(|(other, _)| other == key);
        if self.named == 0 && has("parent") && (has("aliases") || has("tags")) {
            self.reading.report(Code::RosterTable, "", row, "units");
            self.full = true;
            return;
        }
        let longest = entries.iter().map(|(_, value)| value.longest()).max().unwrap_or(0);
        if longest > self.reading.limits.max_cell_chars {
            return self.reading.report(Code::CellTooLong, "", row, &format!("{longest} characters"));
        }
        let draft = self.draft(row, entries);
        if record::is_named(&draft) {
            self.named += 1;
            let item = draft.into_item(self.reading.file(), "");
            self.reading.item(item);
        } else {
            let item = draft.into_item(self.reading.file(), "");
            let found = [item.content, item.organizer, item.targets.into_iter().next(), Some(item.id)];
            self.nameless
                .push((row, super::codes::shorten(&found.into_iter().flatten().next().unwrap_or_default())));
        }
    }

    fn draft(&mut self, row: u32, entries: Vec<(Cow<'_, str>, Value)>) -> Draft {
        let mut draft = Draft::new(row);
        let values: Vec<(Key, Value)> =
            entries.into_iter().filter_map(|(label, value)| Some((self.key(&label)?, value))).collect();
        record::gather(&mut draft, values);
        if draft.get(Field::Organizer).is_empty()
            && let Some((unit, from)) = &self.hints
        {
            draft.add(Field::Organizer, unit);
            draft.infer(Field::Organizer, *from);
        }
        draft
    }

    fn key(&mut self, label: &str) -> Option<Key> {
        if let Some(key) = self.known.get(label) {
            return key.clone();
        }
        let key = Key::of(label);
        if self.keys.len() < MAX_KEYS {
            self.keys.push((label.to_owned(), key.as_ref().and_then(Key::field)));
            self.known.insert(label.to_owned(), key.clone());
        }
        key
    }

    fn finish(self) {
        let Self { reading, keys, nameless, named, .. } = self;
        if named > 0 {
            let columns = (1..)
                .zip(keys)
                .map(|(column, (header, field))| MappedColumn { column, header, field })
                .collect();
            let encoding = reading.encoding().map(str::to_owned);
            let file = reading.file().to_owned();
            reading.mapped(HeaderMapping { file, sheet: String::new(), header_row: 0, columns, encoding });
            for (row, found) in nameless {
                reading.report_column(Code::MissingName, "", row, None, Some(Field::Name), &found);
            }
        } else {
            let keys: Vec<String> = keys.into_iter().take(8).map(|(key, _)| key).collect();
            reading.headerless.push((String::new(), 0, keys.join(" | ")));
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Text(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Text(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Text(super::number::number_text(number)))
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Value, E> {
        Ok(Value::Text(if truth { "是" } else { "否" }.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        const MAX_ENTRIES: usize = 100_000;
        let mut texts = Vec::new();
        while let Some(value) = list.next_element::<Value>()? {
            if let Some(text) = value.into_text()
                && texts.len() < MAX_ENTRIES
            {
                texts.push(text);
            }
        }
        Ok(Value::List(texts))
    }

    /// A traced value of a plan: `{"value": …, "from": […]}`.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut found = Value::Nothing;
        while let Some(key) = map.next_key::<Cow<'_, str>>()? {
            if key == "value" {
                found = map.next_value()?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

/// An element of a list of items.
#[derive(Debug)]
enum Element<'de> {
    Object(Vec<(Cow<'de, str>, Value)>),
    Other(&'static str),
}

/// A key, borrowed from the text where it holds no escapes.
struct JsonKey<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for JsonKey<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(KeyVisitor).map(Self)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(key))
    }

    fn visit_str<E>(self, key: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(key.to_owned()))
    }
}

impl<'de> Deserialize<'de> for Element<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ElementVisitor)
    }
}

struct ElementVisitor;

impl<'de> Visitor<'de> for ElementVisitor {
    type Value = Element<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an item")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Element<'de>, A::Error> {
        let mut entries = Vec::with_capacity(Field::ALL.len());
        while let Some(JsonKey(key)) = map.next_key()? {
            if entries.len() < MAX_KEYS {
                entries.push((key, map.next_value()?));
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Element::Object(entries))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Element<'de>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Element::Other("[…]"))
    }

    fn visit_str<E>(self, _: &str) -> Result<Element<'de>, E> {
        Ok(Element::Other("\"…\""))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Element<'de>, E> {
        Ok(Element::Other("number"))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Element<'de>, E> {
        Ok(Element::Other("number"))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Element<'de>, E> {
        Ok(Element::Other("number"))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Element<'de>, E> {
        Ok(Element::Other("boolean"))
    }

    fn visit_unit<E>(self) -> Result<Element<'de>, E> {
        Ok(Element::Other("null"))
    }
}

/// The whole document: a list, an object with a list, or one item.
struct Top<'t, 's, 'a>(&'t mut Sink<'s, 'a>);

impl<'de> DeserializeSeed<'de> for Top<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Top<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of items or an object {\"items\": […]}")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let mut row = 0u32;
        while let Some(element) = list.next_element::<Element>()? {
            row = row.saturating_add(1);
            self.0.element(row, element);
            if self.0.full {
                return Err(serde::de::Error::custom("limit reached"));
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut entries = Vec::new();
        let mut listed = false;
        while let Some(JsonKey(key)) = map.next_key()? {
            if LIST_KEYS.contains(&&*key) && !listed {
                listed = map.next_value_seed(ListOrOther(self.0))?;
            } else if entries.len() < MAX_KEYS {
                entries.push((key, map.next_value()?));
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        let named = entries.iter().any(|(key, _)| role_of_key(key) == Some(Role::Field(Field::Name)));
        if !listed && named {
            self.0.element(1, Element::Object(entries));
        }
        Ok(())
    }
}

/// A list of items under a key; anything else is passed over. Whether it was a list.
struct ListOrOther<'t, 's, 'a>(&'t mut Sink<'s, 'a>);

impl<'de> DeserializeSeed<'de> for ListOrOther<'_, '_, '_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ListOrOther<'_, '_, '_> {
    type Value = bool;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<bool, A::Error> {
        Top(self.0).visit_seq(list).map(|()| true)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(false)
    }

    fn visit_str<E>(self, _: &str) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_i64<E>(self, _: i64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_u64<E>(self, _: u64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_f64<E>(self, _: f64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_bool<E>(self, _: bool) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_unit<E>(self) -> Result<bool, E> {
        Ok(false)
    }
}
