//! Values of the core as plain Python objects, by way of JSON.

use pyo3::prelude::*;
use serde::Serialize;

use crate::error::Fault;

/// The object that `json.loads` makes of `text`.
pub(crate) fn loads<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("json")?.call_method1("loads", (text,))
}

/// A value as dicts, lists, numbers and texts.
pub(crate) fn object<'py>(py: Python<'py>, value: &impl Serialize) -> PyResult<Bound<'py, PyAny>> {
    let text = serde_json::to_string(value)
        .map_err(|error| Fault::new("TongchouError", error.to_string()).raise(py))?;
    loads(py, &text)
}

/// The text that `json.dumps` makes of an object; whatever it cannot write is `class`.
pub(crate) fn dumps(value: &Bound<'_, PyAny>, class: &'static str) -> PyResult<String> {
    let py = value.py();
    let text = py.import("json")?.call_method1("dumps", (value,));
    text.and_then(|text| text.extract()).map_err(|error| Fault::new(class, error.to_string()).raise(py))
}
