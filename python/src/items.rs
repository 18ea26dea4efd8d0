//! Items from tables of a program.

use pyo3::prelude::*;
use pyo3::types::PyList;
use rustc_hash::FxHashMap;
use tongchou::ingest::{Key, item_of_record};
use tongchou::model::item::Field;
use tongchou::{Item, ingest};

use crate::error::{self, Fault};
use crate::plan::PyPlan;
use crate::sheet::{Reading, Sheet};
use crate::submissions::{PySubmissions, paths_of};

/// The items and remarks of an argument: submissions, a plan, a path, a list of dicts or a table.
pub(crate) fn items_of(
    value: &Bound<'_, PyAny>,
    source: &str,
) -> PyResult<(Vec<Item>, Vec<tongchou::model::diagnostic::Diagnostic>)> {
    if let Ok(submissions) = value.cast::<PySubmissions>() {
        let read = submissions.get().read();
        return Ok((read.items.clone(), read.diagnostics.clone()));
    }
    if let Ok(plan) = value.cast::<PyPlan>() {
        return Ok((plan.get().plan.to_items(), Vec::new()));
    }
    if let Some(path) = paths_of(value)? {
        let read = value
            .py()
            .detach(|| ingest::read_paths(&[path], &ingest::Limits::default(), &mut |_| {}))
            .map_err(|failure| error::raise(value.py(), failure))?;
        return Ok((read.items, read.diagnostics));
    }
    let reading = Reading { source, class: "IngestError", field };
    let sheet = Sheet::read(value, reading)?;
    let items = value.py().detach(|| items_of_sheet(sheet, reading, |number| format!("#{number}")));
    Ok((items.map_err(|fault| fault.raise(value.py()))?, Vec::new()))
}

/// The item of a dict; without an id where that has none.
pub(crate) fn item_of(value: &Bound<'_, PyAny>) -> PyResult<Item> {
    let reading = Reading { source: "item", class: "IngestError", field };
    let sheet = Sheet::read(PyList::new(value.py(), [value])?.as_any(), reading)?;
    let items = items_of_sheet(sheet, reading, |_| String::new());
    let mut items = items.map_err(|fault| fault.raise(value.py()))?;
    let none = || reading.fault("an item needs a name".to_owned()).raise(value.py());
    items.pop().ok_or_else(none)
}

/// The items of a frame whose rows are told apart by ids alone, for they have no order.
pub(crate) fn identified(value: &Bound<'_, PyAny>, source: &str) -> PyResult<Vec<Item>> {
    let reading = Reading { source, class: "IngestError", field };
    let sheet = Sheet::read(value, reading)?;
    let items = value.py().detach(|| {
        let keys: Vec<Option<Key>> = sheet.labels.iter().map(|label| Key::of(label)).collect();
        let fault = |field: Field, message: String| {
            let is_field = |key: &Option<Key>| key.as_ref().and_then(Key::field) == Some(field);
            let column = keys.iter().position(is_field).map(|label| sheet.labels[label].as_str().into());
            Fault { field: Some(field.key().into()), column, ..reading.fault(message) }
        };
        let mut items = Vec::with_capacity(sheet.rows.len());
        for row in &sheet.rows {
            let values = row.iter().filter_map(|(label, value)| Some((keys[*label].clone()?, value.clone())));
            let known = format!("{:?}", row.iter().map(|(_, value)| value).collect::<Vec<_>>());
            match item_of_record(values) {
                None => return Err(fault(Field::Name, format!("an item needs a name; found {known}"))),
                Some(item) if item.id.is_empty() => {
                    let name = &item.name;
                    return Err(fault(
                        Field::Id,
                        format!("`{name}`: without order of rows an item needs an id"),
                    ));
                }
                Some(item) => items.push(item),
            }
        }
        Ok(items)
    });
    items.map_err(|fault: Fault| fault.raise(value.py()))
}

fn field(label: &str) -> Option<&'static str> {
    Some(Key::of(label)?.field()?.key())
}

/// The items of rows; one without an id is called by its row's number.
fn items_of_sheet(
    sheet: Sheet,
    reading: Reading<'_>,
    call: impl Fn(usize) -> String,
) -> Result<Vec<Item>, Fault> {
    let keys: Vec<Option<Key>> = sheet.labels.iter().map(|label| Key::of(label)).collect();
    let names = |key: &Option<Key>| key.as_ref().and_then(Key::field) == Some(Field::Name);
    let field = Some(Field::Name.key().into());
    if !sheet.rows.is_empty() && !keys.iter().any(names) {
        let message =
            format!("no column means the name of an item (name, 事项名称); found {:?}", sheet.labels);
        return Err(Fault { field, row: Some(1), ..reading.fault(message) });
    }
    let mut items: Vec<Item> = Vec::with_capacity(sheet.rows.len());
    let mut seen: FxHashMap<String, usize> = FxHashMap::default();
    for (number, row) in (1..).zip(sheet.rows) {
        let values = row.into_iter().filter_map(|(label, value)| Some((keys[label].clone()?, value)));
        let Some(mut item) = item_of_record(values) else {
            let column = keys.iter().position(names).map(|label| sheet.labels[label].as_str().into());
            let message = format!("row {number}: an item needs a name");
            return Err(Fault { field, row: Some(number), column, ..reading.fault(message) });
        };
        if item.id.is_empty() {
            item.id = call(number);
        }
        if let Some(first) = seen.insert(item.id.clone(), number) {
            let message = format!("row {number}: id `{}` is used by row {first} too", item.id);
            let field = Some(Field::Id.key().into());
            return Err(Fault { field, row: Some(number), ..reading.fault(message) });
        }
        items.push(item);
    }
    Ok(items)
}
