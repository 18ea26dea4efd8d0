//! Items as named values: objects of a JSON file, or rows that a program holds.

use std::sync::Arc;

use super::aliases::{Aliases, Role};
use super::draft::Draft;
use super::layout::{is_joined, role_of_key};
use crate::model::item::{Field, Item};
use crate::text::fold;

/// A key under which a record keeps a value, and what it is for.
///
/// A Chinese key may be any header that a table may have (事项名称, 检查对象 …); a Latin one must be the
/// key of a [`Field`] or an exact alias of it, or `plan_name` were a name.
///
/// # Examples
/// ```
/// use tongchou::ingest::Key;
/// use tongchou::model::item::Field;
///
/// assert_eq!(Key::of("检查事项").and_then(|key| key.field()), Some(Field::Name));
/// assert!(Key::of("plan_name").is_none());
/// ```
#[derive(Clone, Debug)]
pub struct Key {
    label: Arc<str>,
    pub(super) role: Role,
}

impl Key {
    /// The key of that spelling; `None` for one that means nothing here.
    #[must_use]
    pub fn of(label: &str) -> Option<Self> {
        let role = role_of_key(label)?;
        let known = !label.is_ascii() || Aliases::built_in().exact(&fold(label)).is_some();
        known.then(|| Self { label: label.into(), role })
    }

    /// The field it fills; `None` for a key that is known and not kept (序号, 联系电话 …).
    #[must_use]
    pub fn field(&self) -> Option<Field> {
        self.role.field()
    }
}

/// The value of a key, as far as it is text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// One text.
    Text(String),
    /// Several, kept apart in fields that are lists and joined in others.
    List(Vec<String>),
    /// None.
    Nothing,
}

impl Value {
    /// A number, spelt as a spreadsheet shows it; nothing for one that is not finite.
    #[must_use]
    pub fn number(number: f64) -> Self {
        let text = super::number::number_text(number);
        if text.is_empty() { Self::Nothing } else { Self::Text(text) }
    }

    /// 是 or 否.
    #[must_use]
    pub fn truth(truth: bool) -> Self {
        Self::Text(if truth { "是" } else { "否" }.to_owned())
    }

    /// All of it as one text.
    #[must_use]
    pub fn into_text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            Self::List(list) if !list.is_empty() => Some(list.join("；")),
            Self::List(_) | Self::Nothing => None,
        }
    }

    /// Characters of its longest text; 0 for one too short to matter to any limit.
    #[must_use]
    pub fn longest(&self) -> usize {
        let characters = |text: &String| if text.len() < 1024 { 0 } else { text.chars().count() };
        match self {
            Self::Text(text) => characters(text),
            Self::List(list) => list.iter().map(characters).max().unwrap_or(0),
            Self::Nothing => 0,
        }
    }

    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::List(list) => list.iter().map(|text| text.len() + 24).sum(),
            Self::Nothing => 0,
        }
    }
}

/// The item of a program's record, understood as an object of a JSON file is.
///
/// It has no source, and no id unless the record has one. `None` when no name is among the values.
///
/// # Examples
/// ```
/// use tongchou::ingest::{Key, Value, item_of_record};
///
/// let record = |label: &str, value: &str| Some((Key::of(label)?, Value::Text(value.to_owned())));
/// let keys = [record("事项名称", "加油站安全检查"), record("配合单位", "公安局、消防大队")];
/// let item = item_of_record(keys.into_iter().flatten()).unwrap();
/// assert_eq!(item.name, "加油站安全检查");
/// assert_eq!(item.co_organizers, ["公安局", "消防大队"]);
/// ```
pub fn item_of_record(values: impl IntoIterator<Item = (Key, Value)>) -> Option<Item> {
    let mut draft = Draft::new(0);
    gather(&mut draft, values);
    is_named(&draft).then(|| {
        let given = !draft.get(Field::Id).is_empty();
        let mut item = draft.into_item(&"".into(), &"".into());
        item.source = None;
        if !given {
            item.id.clear();
        }
        item
    })
}

/// Whether a draft has a name that says something.
pub(super) fn is_named(draft: &Draft) -> bool {
    draft.get(Field::Name).iter().any(|name| name.chars().any(char::is_alphabetic))
}

/// Adds the values of a record to a draft.
pub(super) fn gather(draft: &mut Draft, values: impl IntoIterator<Item = (Key, Value)>) {
    let (mut from, mut to) = (None, None);
    let mut weaker: Vec<(Field, Value)> = Vec::new();
    for (Key { label, role }, value) in values {
        match role {
            Role::Field(field) if &*label == field.key() => add(draft, field, value),
            // The canonical key goes before its aliases, wherever it stands.
            Role::Field(field) | Role::Both(field, _) => weaker.push((field, value)),
            Role::ScheduleFrom => from = value.into_text(),
            Role::ScheduleTo => to = value.into_text(),
            Role::Number => weaker.push((Field::Ratio, value)),
            Role::Desk => draft.desks.extend(value.into_text().map(|text| (label.to_string(), text))),
            Role::Base | Role::Labelled | Role::Ignored => {}
        }
    }
    for (field, value) in weaker {
        if draft.get(field).is_empty() || is_joined(field) {
            add(draft, field, value);
        }
    }
    if draft.get(Field::Schedule).is_empty() {
        match (from, to) {
            (Some(from), Some(to)) => draft.add(Field::Schedule, &format!("{from}至{to}")),
            (Some(only), None) | (None, Some(only)) => draft.add(Field::Schedule, &only),
            (None, None) => {}
        }
    }
}

fn add(draft: &mut Draft, field: Field, value: Value) {
    match value {
        Value::List(list) if field == Field::CoOrganizers || field == Field::Targets => {
            for text in list {
                draft.add_entry(field, &text);
            }
        }
        value => {
            if let Some(text) = value.into_text() {
                draft.add_owned(field, text);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(values: &[(&str, &str)]) -> Option<Item> {
        item_of_record(
            values.iter().filter_map(|&(label, text)| Some((Key::of(label)?, Value::Text(text.to_owned())))),
        )
    }

    #[test]
    fn a_record_is_read_as_an_object_of_a_file() {
        let values = [
            ("检查开始时间", "3月"),
            ("检查结束时间", "5月"),
            ("事项名称", "养老机构检查"),
            ("主办单位", "/"),
            ("序号", "7"),
            ("plan_name", "年度计划"),
        ];
        let object: serde_json::Map<String, serde_json::Value> =
            values.iter().map(|&(key, value)| (key.to_owned(), value.into())).collect();
        let text = serde_json::to_string(&[object]).unwrap();
        let mut read =
            crate::ingest::read_bytes("a.json", text.as_bytes(), &crate::ingest::Limits::default()).items;
        let mut read = read.remove(0);
        (read.source, read.id) = (None, String::new());
        assert_eq!(item(&values), Some(read));
    }

    #[test]
    fn a_record_without_a_name_is_none() {
        assert_eq!(item(&[("content", "查看台账")]), None);
        assert_eq!(item(&[("name", " / ")]), None);
        assert_eq!(item(&[]), None);
    }
}
