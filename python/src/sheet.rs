//! Whatever holds rows, as labelled values: a list of dicts, or a table that speaks Arrow.

use arrow_array::RecordBatch;
use arrow_array::ffi_stream::RecordBatchStreamReader;
use arrow_pyarrow::FromPyArrow;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};
use rustc_hash::FxHashMap;
use tongchou::ingest::{Limits, Value};

use crate::arrow_value::values_of;
use crate::error::Fault;
use crate::value::{type_of, value_of};

/// Rows of labelled values; labels without a meaning are left out.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) labels: Vec<String>,
    /// A label's position and the value, one list a row.
    pub(crate) rows: Vec<Vec<(usize, Value)>>,
}

/// What is read, how faults are called, and which labels count.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    /// The argument that holds the rows.
    pub(crate) source: &'a str,
    /// The exception of a bad value.
    pub(crate) class: &'static str,
    /// The field that a label fills; labels without one are not looked at.
    pub(crate) field: fn(&str) -> Option<&'static str>,
}

impl Sheet {
    /// Reads a list of mappings or an Arrow table.
    ///
    /// A table that cannot say itself in Arrow (pandas without pyarrow, a column of mixed types) is
    /// read row by row.
    pub(crate) fn read(value: &Bound<'_, PyAny>, reading: Reading<'_>) -> PyResult<Self> {
        if value.hasattr("__arrow_c_stream__")? {
            let py = value.py();
            let read = match RecordBatchStreamReader::from_pyarrow_bound(value) {
                Ok(stream) => Self::of_stream(py, stream, reading),
                Err(refused) => Err(reading.fault(refused)),
            };
            return match read {
                Ok(sheet) => Ok(sheet),
                // Row by row, so that the place is known.
                Err(fault) if fault.row.is_none() => match in_rows(value)? {
                    Some(rows) => Self::of_rows(&rows, reading),
                    None => Err(fault.raise(py)),
                },
                Err(fault) => Err(fault.raise(py)),
            };
        }
        if value.hasattr("__arrow_c_array__")? {
            let batch = RecordBatch::from_pyarrow_bound(value)
                .map_err(|error| reading.fault(error.to_string()).raise(value.py()))?;
            return Self::of_batches(&[batch], reading).map_err(|fault| fault.raise(value.py()));
        }
        match in_rows(value)? {
            Some(rows) => Self::of_rows(&rows, reading),
            None => Self::of_rows(value, reading),
        }
    }

    fn of_stream(
        py: Python<'_>,
        stream: RecordBatchStreamReader,
        reading: Reading<'_>,
    ) -> Result<Self, Fault> {
        // The producer may need the GIL on another thread: it is not held here.
        py.detach(|| {
            let batches: Result<Vec<RecordBatch>, _> = stream.collect();
            Self::of_batches(&batches.map_err(|error| reading.fault(error))?, reading)
        })
    }

    fn of_batches(batches: &[RecordBatch], reading: Reading<'_>) -> Result<Self, Fault> {
        let mut sheet = Self::default();
        let Some(first) = batches.first() else { return Ok(sheet) };
        let mut wanted = Vec::new();
        for (position, column) in first.schema().fields().iter().enumerate() {
            if (reading.field)(column.name()).is_some() {
                wanted.push(position);
                sheet.labels.push(column.name().clone());
            }
        }
        for batch in batches {
            let start = sheet.rows.len();
            sheet.rows.resize_with(start + batch.num_rows(), || Vec::with_capacity(wanted.len()));
            for (label, &position) in wanted.iter().enumerate() {
                let column = batch.column(position);
                let values = values_of(column)
                    .ok_or_else(|| reading.at(None, &sheet.labels[label], &column.data_type().to_string()))?;
                for (row, value) in sheet.rows[start..].iter_mut().zip(values) {
                    if value != Value::Nothing {
                        row.push((label, value));
                    }
                }
            }
        }
        sheet.checked(reading)
    }

    fn of_rows(value: &Bound<'_, PyAny>, reading: Reading<'_>) -> PyResult<Self> {
        let py = value.py();
        let mut sheet = Self::default();
        let mut known: FxHashMap<String, Option<usize>> = FxHashMap::default();
        let unusable = || format!("expected a list of dicts or an Arrow table, found `{}`", type_of(value));
        let is_rows = value.hasattr("__iter__")? && !is_mapping(value)?;
        if !is_rows || value.is_instance_of::<PyString>() {
            return Err(reading.fault(unusable()).raise(py));
        }
        let rows = value.try_iter().map_err(|_| reading.fault(unusable()).raise(py))?;
        for (number, row) in (1..).zip(rows) {
            if number % 1024 == 0 {
                py.check_signals()?;
            }
            let row = row?;
            let mut values = Vec::new();
            let mut take = |label: &Bound<'_, PyAny>, value: &Bound<'_, PyAny>| -> Result<(), Fault> {
                let Ok(label) = label.cast::<PyString>() else { return Ok(()) };
                let Ok(label) = label.to_str() else { return Ok(()) };
                let position = if let Some(position) = known.get(label) {
                    *position
                } else {
                    let position = (reading.field)(label).map(|_| {
                        sheet.labels.push(label.to_owned());
                        sheet.labels.len() - 1
                    });
                    known.insert(label.to_owned(), position);
                    position
                };
                if let Some(position) = position {
                    let value = value_of(value).map_err(|found| reading.at(Some(number), label, &found))?;
                    values.push((position, value));
                }
                Ok(())
            };
            if let Ok(row) = row.cast::<PyDict>() {
                for (label, value) in row {
                    take(&label, &value).map_err(|fault| fault.raise(py))?;
                }
            } else if is_mapping(&row)? {
                for entry in row.call_method0("items")?.try_iter()? {
                    let (label, value): (Bound<'_, PyAny>, Bound<'_, PyAny>) = entry?.extract()?;
                    take(&label, &value).map_err(|fault| fault.raise(py))?;
                }
            } else {
                let message = format!("row {number}: expected a mapping, found `{}`", type_of(&row));
                return Err(Fault { row: Some(number), ..reading.fault(message) }.raise(py));
            }
            sheet.rows.push(values);
        }
        sheet.checked(reading).map_err(|fault| fault.raise(py))
    }

    /// Refuses texts that are longer than the core reads from any file.
    fn checked(self, reading: Reading<'_>) -> Result<Self, Fault> {
        let most = Limits::default().max_cell_chars;
        for (number, row) in (1..).zip(&self.rows) {
            if let Some((label, value)) = row.iter().find(|(_, value)| value.longest() > most) {
                let found = format!("{} characters where at most {most} fit", value.longest());
                return Err(reading.at(Some(number), &self.labels[*label], &found));
            }
        }
        Ok(self)
    }
}

impl Reading<'_> {
    /// A fault of the whole.
    pub(crate) fn fault(self, message: impl std::fmt::Display) -> Fault {
        let message = format!("{}: {message}", self.source);
        Fault { source: Some(self.source.into()), ..Fault::new(self.class, message) }
    }

    /// A fault of a value.
    fn at(self, row: Option<usize>, label: &str, found: &str) -> Fault {
        let place = row.map_or_else(String::new, |row| format!("row {row}, "));
        Fault {
            row,
            column: Some(label.into()),
            field: (self.field)(label).map(Into::into),
            ..self.fault(format!("{place}column `{label}`: expected text, found {found}"))
        }
    }
}

/// The rows of a data frame that has its own word for them.
fn in_rows<'py>(value: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    if value.hasattr("to_dicts")? {
        return value.call_method0("to_dicts").map(Some);
    }
    if value.hasattr("to_dict")? && value.hasattr("columns")? {
        return value.call_method1("to_dict", ("records",)).map(Some);
    }
    Ok(None)
}

/// Whether a value is a mapping. The answer is Python code, in which a signal may be heard, so it may raise:
/// a cast would lose that.
fn is_mapping(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    value.is_instance(&value.py().import("collections.abc")?.getattr("Mapping")?)
}
