//! Files of submissions, read.

use std::path::PathBuf;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyString, PyTuple};
use tongchou::ingest::{self, Limits, Submissions};

use crate::error;
use crate::table::PyTable;
use crate::tables;

/// What departments submitted: items, remarks, and how each table was understood.
///
/// Made by `read_submissions`; `consolidate` takes it as it is. It also says its items in Arrow
/// (`__arrow_c_stream__`), one row an item.
#[pyclass(name = "Submissions", module = "tongchou", frozen)]
#[derive(Debug)]
pub(crate) struct PySubmissions {
    read: Submissions,
}

impl PySubmissions {
    pub(crate) fn read(&self) -> &Submissions {
        &self.read
    }
}

#[pymethods]
impl PySubmissions {
    /// The items: one row an item with the columns of the contract and its place
    /// (`source`, `sheet`, `row`).
    #[getter]
    fn items(&self) -> PyTable {
        PyTable::new(tables::items(&self.read.items))
    }

    /// Remarks on files, sheets and rows, rejected rows among them: `severity` (info, warning, rejected,
    /// unreadable), `code`, the place, `field`, `found`, `expected_zh`, `expected_en`.
    #[getter]
    fn diagnostics(&self) -> PyTable {
        PyTable::new(tables::diagnostics(&self.read.diagnostics))
    }

    /// Which column of which table was taken for what: `source`, `sheet`, `header_row`, `column`,
    /// `header`, `field` (null for a column that belongs to no field).
    #[getter]
    fn mappings(&self) -> PyTable {
        PyTable::new(tables::mappings(&self.read.mappings))
    }

    /// Number of files that were opened.
    #[getter]
    fn files(&self) -> usize {
        self.read.files
    }

    fn __len__(&self) -> usize {
        self.read.items.len()
    }

    fn __repr__(&self) -> String {
        format!("<tongchou.Submissions: {} items of {} files>", self.read.items.len(), self.read.files)
    }

    /// The items as a stream of the Arrow C data interface.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        self.items().__arrow_c_stream__(py, requested_schema)
    }
}

/// Read the files that departments submitted, laid out however they are.
///
/// Arguments:
///     paths: Files or folders (`str` or `os.PathLike`) of .xlsx, .xls, .ods, .csv, .json, .jsonl and
///         .docx. Folders are walked; the order does not matter.
///     progress: Called with each file's name before it is read.
///
/// Returns:
///     The items and every remark the readers had. A bad row or file is a remark, not an exception.
///
/// Raises:
///     FileNotFoundError, PermissionError, OSError: A path does not exist or cannot be opened.
///     TypeError: A path is no path.
///
/// Examples:
///     >>> import tongchou
///     >>> read = tongchou.read_submissions("fixtures/pool-north/submissions")
///     >>> len(read), read.files
///     (220, 48)
#[pyfunction]
#[pyo3(signature = (*paths, progress=None))]
pub(crate) fn read_submissions(
    paths: &Bound<'_, PyTuple>,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<PySubmissions> {
    let py = paths.py();
    let paths = paths
        .iter()
        .map(|path| paths_of(&path)?.ok_or_else(|| PyTypeError::new_err("paths must be str or os.PathLike")))
        .collect::<PyResult<Vec<PathBuf>>>()?;
    let progress = progress.map(|progress| progress.clone().unbind());
    py.detach(move || {
        let mut raised = None;
        let mut tell = |name: &str| {
            if raised.is_none() {
                raised = Python::attach(|py| {
                    py.check_signals()?;
                    progress.as_ref().map(|progress| progress.call1(py, (name,))).transpose()
                })
                .err();
            }
        };
        let read = ingest::read_paths(&paths, &Limits::default(), &mut tell);
        match raised {
            Some(error) => Err(error),
            None => read.map_err(|failure| Python::attach(|py| error::raise(py, failure))),
        }
    })
    .map(|read| PySubmissions { read })
}

/// The path that an argument is, if it is one.
pub(crate) fn paths_of(value: &Bound<'_, PyAny>) -> PyResult<Option<PathBuf>> {
    let is_path = value.is_instance_of::<PyString>() || value.hasattr("__fspath__")?;
    is_path.then(|| value.extract()).transpose()
}
