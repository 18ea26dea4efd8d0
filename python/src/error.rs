//! The core's errors as the classes of `tongchou/exceptions.py`.

use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use tongchou::Error;

/// What went wrong and where, before it becomes a Python exception.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fault {
    /// Name of the class in `tongchou.exceptions`.
    pub(crate) class: &'static str,
    pub(crate) message: Box<str>,
    /// The argument or file.
    pub(crate) source: Option<Box<str>>,
    /// From 1.
    pub(crate) row: Option<usize>,
    /// The column's label.
    pub(crate) column: Option<Box<str>>,
    /// The field's key.
    pub(crate) field: Option<Box<str>>,
}

impl Fault {
    pub(crate) fn new(class: &'static str, message: impl Into<Box<str>>) -> Self {
        Self { class, message: message.into(), ..Self::default() }
    }

    fn attributes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let attributes = PyDict::new(py);
        attributes.set_item("source", self.source.as_deref())?;
        attributes.set_item("column", self.column.as_deref())?;
        attributes.set_item("field", self.field.as_deref())?;
        attributes.set_item("row", self.row)?;
        Ok(attributes)
    }

    /// The exception.
    pub(crate) fn raise(&self, py: Python<'_>) -> PyErr {
        let exception = || {
            let class = py.import("tongchou.exceptions")?.getattr(self.class)?;
            class.call((&*self.message,), Some(&self.attributes(py)?))
        };
        exception().map_or_else(|failure| failure, PyErr::from_value)
    }
}

/// The exception of an error of the core.
pub(crate) fn raise(py: Python<'_>, error: Error) -> PyErr {
    let message = error.to_string();
    let fault = match error {
        Error::Policy { field, .. } => {
            Fault { field: Some(field.into()), ..Fault::new("PolicyError", message) }
        }
        Error::Lexicon { file, .. } => {
            Fault { source: Some(file.into()), ..Fault::new("LexiconError", message) }
        }
        Error::Roster { row, .. } => Fault {
            source: Some("units".into()),
            row: (row > 0).then_some(row),
            ..Fault::new("RosterError", message)
        },
        Error::DuplicateId { .. } => Fault { field: Some("id".into()), ..Fault::new("IngestError", message) },
        Error::Truth(_) => Fault::new("TruthError", message),
        Error::Decisions(_) => {
            Fault { source: Some("decisions".into()), ..Fault::new("DecisionError", message) }
        }
        Error::Cancelled => Fault::new("Cancelled", message),
        Error::Read { path, source } => return raise_io(&path, &source),
        // `Write`, and whatever a later core adds.
        _ => Fault::new("TongchouError", message),
    };
    fault.raise(py)
}

/// The subclass of `OSError` that Python itself would raise.
pub(crate) fn raise_io(path: &str, error: &std::io::Error) -> PyErr {
    match error.raw_os_error() {
        Some(number) => PyOSError::new_err((number, error.to_string(), path.to_owned())),
        None => PyOSError::new_err(format!("{path}: {error}")),
    }
}
