//! A Python value as the text of a field.

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};
use tongchou::ingest::Value;

/// The value, or what was found instead of one.
pub(crate) fn value_of(value: &Bound<'_, PyAny>) -> Result<Value, String> {
    if let Some(scalar) = scalar(value)? {
        return Ok(scalar);
    }
    if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        return list(value);
    }
    // Scalars and arrays of NumPy know their Python counterparts.
    if value.hasattr("dtype").unwrap_or(false)
        && let Ok(plain) = value.call_method0("tolist")
    {
        if let Some(scalar) = scalar(&plain)? {
            return Ok(scalar);
        }
        if plain.is_instance_of::<PyList>() {
            return list(&plain);
        }
    }
    Err(type_of(value))
}

fn list(value: &Bound<'_, PyAny>) -> Result<Value, String> {
    let mut texts = Vec::new();
    let entries = value.try_iter().map_err(|error| error.to_string())?;
    for entry in entries {
        let entry = entry.map_err(|error| error.to_string())?;
        let scalar = scalar(&entry)?.ok_or_else(|| format!("{} in a list", type_of(&entry)))?;
        texts.extend(scalar.into_text());
    }
    Ok(Value::List(texts))
}

/// `Ok(None)` for what is no scalar.
fn scalar(value: &Bound<'_, PyAny>) -> Result<Option<Value>, String> {
    if value.is_none() {
        return Ok(Some(Value::Nothing));
    }
    if let Ok(text) = value.cast::<PyString>() {
        let text = text.to_str().map_err(|_| "text with a lone surrogate".to_owned())?;
        return Ok(Some(Value::Text(text.to_owned())));
    }
    if let Ok(truth) = value.cast::<PyBool>() {
        return Ok(Some(Value::truth(truth.is_true())));
    }
    if value.is_instance_of::<PyInt>() {
        return text(value).map(Some);
    }
    if let Ok(number) = value.cast::<PyFloat>() {
        return Ok(Some(Value::number(number.extract().map_err(|error: PyErr| error.to_string())?)));
    }
    match type_of(value).as_str() {
        "NAType" | "NaTType" => Ok(Some(Value::Nothing)),
        "Decimal" => {
            let finite = value.call_method0("is_finite").and_then(|finite| finite.is_truthy());
            if finite.unwrap_or(false) { text(value).map(Some) } else { Ok(Some(Value::Nothing)) }
        }
        _ => date(value),
    }
}

fn text(value: &Bound<'_, PyAny>) -> Result<Value, String> {
    let text = value.str().map_err(|error| error.to_string())?;
    Ok(Value::Text(text.to_str().map_err(|error| error.to_string())?.to_owned()))
}

/// A date as `2026-04-01`, with the time behind it unless that is midnight.
fn date(value: &Bound<'_, PyAny>) -> Result<Option<Value>, String> {
    let is = |class: &str| -> PyResult<bool> {
        value.is_instance(&value.py().import("datetime")?.getattr(class)?)
    };
    let written = || -> PyResult<Option<String>> {
        if !is("date")? {
            return Ok(None);
        }
        if !is("datetime")? {
            return value.call_method0("isoformat")?.extract().map(Some);
        }
        if !value.getattr("tzinfo")?.is_none() {
            return Ok(None);
        }
        let format = PyDict::new(value.py());
        format.set_item("sep", " ")?;
        format.set_item("timespec", "seconds")?;
        let text: String = value.call_method("isoformat", (), Some(&format))?.extract()?;
        Ok(Some(without_midnight(&text).to_owned()))
    };
    written().map(|text| text.map(Value::Text)).map_err(|error| error.to_string())
}

/// A moment without the time, when that is midnight.
pub(crate) fn without_midnight(moment: &str) -> &str {
    moment.strip_suffix(" 00:00:00").unwrap_or(moment)
}

/// The name of the value's type.
pub(crate) fn type_of(value: &Bound<'_, PyAny>) -> String {
    value.get_type().name().map_or_else(|_| "an object".to_owned(), |name| name.to_string())
}
