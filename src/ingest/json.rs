//! Items as JSON: a list, an object with a list, one item, or one item a line.
//!
//! Elements are read one by one and thrown away when they are no items, so that neither deep
//! nesting nor a list of a hundred million numbers costs memory.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::aliases::Role;
use super::codes::Code;
use super::drafter::{Drafted, Drafter, Drafting, Draw, MAX_KEYS};
use super::element::{Element, JsonKey};
use super::layout::role_of_key;
use super::limits::Exceeded;
use super::sniff::Format;
use super::{HeaderMapping, MappedColumn, Reading};
use crate::model::item::{Field, Item};
use crate::model::plan::Plan;
use crate::parallel;

/// Keys under which an object may hold its list of items.
const LIST_KEYS: &[&str] = &["items", "事项", "事项清单", "data", "records", "rows", "list", "plan"];
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

/// Lines that are read at a time, on all threads.
const LINES: usize = 8192;

/// Lines that one thread reads at a time, with one drafter.
const STRETCH: usize = 512;

/// What is drafted of some lines.
fn drafted<'t>(lines: &[(u32, &'t str)], drafting: &Drafting) -> Vec<serde_json::Result<Drafted>> {
    let stretches: Vec<&[(u32, &'t str)]> = lines.chunks(STRETCH).collect();
    let drafted = parallel::map(&stretches, |stretch| {
        let mut drafter = drafting.drafter();
        let mut line = |&(row, line): &(u32, &'t str)| {
            let mut deserializer = serde_json::Deserializer::from_str(line);
            let element = Element::deserialize(&mut deserializer)?;
            deserializer.end()?;
            Ok(drafter.draft(row, element))
        };
        stretch.iter().map(&mut line).collect::<Vec<_>>()
    });
    drafted.into_iter().flatten().collect()
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
    let drafting = Drafting::of(reading);
    let mut sink = Sink::new(reading);
    if format == Format::JsonLines {
        let lines: Vec<(u32, &str)> = text
            .lines()
            .enumerate()
            .map(|(index, line)| (u32::try_from(index + 1).unwrap_or(u32::MAX), line.trim()))
            .filter(|(_, line)| !line.is_empty())
            .collect();
        'lines: for some in lines.chunks(LINES) {
            for (&(row, line), drafted) in some.iter().zip(drafted(some, &drafting)) {
                match drafted {
                    Ok(drafted) => sink.take(row, drafted),
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
        let mut top = Top { sink: &mut sink, drafter: drafting.drafter() };
        let read = (&mut top).deserialize(&mut deserializer).and_then(|()| deserializer.end());
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

/// Where drafts go, one after the other: what hangs on those before is decided here.
struct Sink<'s, 'a> {
    reading: &'s mut Reading<'a>,
    /// Keys in order of appearance, with their fields.
    keys: Vec<(String, Option<Field>)>,
    known: BTreeSet<String>,
    /// Elements without a name: an error only in a file that has named ones.
    nameless: Vec<(u32, String)>,
    named: u32,
    /// A limit was reached.
    full: bool,
}

impl<'s, 'a> Sink<'s, 'a> {
    fn new(reading: &'s mut Reading<'a>) -> Self {
        Self {
            reading,
            keys: Vec::new(),
            known: BTreeSet::new(),
            nameless: Vec::new(),
            named: 0,
            full: false,
        }
    }

    fn take(&mut self, row: u32, drafted: Drafted) {
        if row > self.reading.limits.max_rows {
            self.reading.exceeded(Exceeded::Rows, "", row);
            self.full = true;
            return;
        }
        if let Draw::Other(found) = drafted.draw {
            return self.reading.report(Code::BadElement, "", row, found);
        }
        if let Err(exceeded) = self.reading.spent.book(drafted.bytes, self.reading.limits) {
            self.reading.exceeded(exceeded, "", row);
            self.full = true;
            return;
        }
        if self.named == 0 && drafted.like_unit {
            self.reading.report(Code::RosterTable, "", row, "units");
            self.full = true;
            return;
        }
        for (label, field) in drafted.keys {
            if self.keys.len() < MAX_KEYS && !self.known.contains(&label) {
                self.known.insert(label.clone());
                self.keys.push((label, field));
            }
        }
        match drafted.draw {
            Draw::Item(item) => {
                self.named += 1;
                self.reading.item(*item);
            }
            Draw::Nameless(found) => self.nameless.push((row, found)),
            Draw::TooLong(longest) => {
                self.reading.report(Code::CellTooLong, "", row, &format!("{longest} characters"));
            }
            Draw::Other(_) => {}
        }
    }

    fn finish(self) {
        let Self { reading, keys, nameless, named, .. } = self;
        if named > 0 {
            let columns = (1..)
                .zip(keys)
                .map(|(column, (header, field))| MappedColumn { column, header, field })
                .collect();
            let encoding = reading.encoding().map(str::to_owned);
            let file = reading.file().to_string();
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

/// The whole document: a list, an object with a list, or one item.
struct Top<'t, 's, 'a> {
    sink: &'t mut Sink<'s, 'a>,
    drafter: Drafter<'t>,
}

impl Top<'_, '_, '_> {
    fn element(&mut self, row: u32, element: Element<'_>) {
        let drafted = self.drafter.draft(row, element);
        self.sink.take(row, drafted);
    }
}

impl<'de> DeserializeSeed<'de> for &mut Top<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Top<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of items or an object {\"items\": […]}")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let mut row = 0u32;
        while let Some(element) = list.next_element::<Element>()? {
            row = row.saturating_add(1);
            self.element(row, element);
            if self.sink.full {
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
                listed = map.next_value_seed(ListOrOther(self))?;
            } else if entries.len() < MAX_KEYS {
                entries.push((key, map.next_value()?));
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        let named = entries.iter().any(|(key, _)| role_of_key(key) == Some(Role::Field(Field::Name)));
        if !listed && named {
            self.element(1, Element::Object(entries));
        }
        Ok(())
    }
}

/// A list of items under a key; anything else is passed over. Whether it was a list.
struct ListOrOther<'l, 't, 's, 'a>(&'l mut Top<'t, 's, 'a>);

impl<'de> DeserializeSeed<'de> for ListOrOther<'_, '_, '_, '_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ListOrOther<'_, '_, '_, '_> {
    type Value = bool;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<bool, A::Error> {
        self.0.visit_seq(list).map(|()| true)
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
