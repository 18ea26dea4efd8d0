//! Rosters.

use std::path::Path;
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule};
use tongchou::ingest::Value;
use tongchou::lexicon::Lexicon;
use tongchou::model::diagnostic::Diagnostic;
use tongchou::model::unit::Unit;
use tongchou::targets::{UnitGraph, UnitView};

use crate::error;
use crate::lexicon::PyLexicon;
use crate::sheet::{Reading, Sheet};
use crate::submissions::paths_of;
use crate::table::PyTable;
use crate::tables;

/// The units that can be visited and how they contain each other.
///
/// Arguments:
///     source: The path of a CSV file, the bytes of one, a list of dicts, or any table that speaks
///         Arrow, with the columns `id`, `name`, `aliases`, `kind`, `parent`, `tags` (or 编号, 名称, 别名,
///         类型, 上级, 标签). `aliases`, `parent` and `tags` are lists, or texts separated by `|`.
///     lexicon: A `Lexicon` or the path of one; the shipped one by default.
///
/// Raises:
///     RosterError: No name column, a value that is no text; with `.row` and `.column`.
///     OSError: The file cannot be read.
///
/// Examples:
///     >>> import tongchou
///     >>> units = tongchou.UnitGraph([
///     ...     {"id": "C", "name": "清水县人民政府", "kind": "government"},
///     ...     {"id": "T", "name": "东门镇", "kind": "township", "parent": "C", "tags": ["镇"]},
///     ... ])
///     >>> len(units)
///     2
#[pyclass(name = "UnitGraph", module = "tongchou", frozen, skip_from_py_object)]
#[derive(Clone, Debug)]
pub(crate) struct PyUnitGraph {
    pub(crate) graph: Arc<UnitGraph>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Additions of the lexicon by which units were classified.
    extension: Option<String>,
}

impl PyUnitGraph {
    /// The units that an argument means, classified by `lexicon`.
    pub(crate) fn of(value: &Bound<'_, PyAny>, lexicon: &PyLexicon) -> PyResult<Self> {
        let py = value.py();
        if let Ok(units) = value.cast::<Self>() {
            let units = units.get();
            if units.extension == lexicon.extension {
                return Ok(units.clone());
            }
            let again = units.graph.units().map(UnitView::to_unit).collect();
            return Ok(Self {
                diagnostics: units.diagnostics.clone(),
                ..Self::of_units(py, again, lexicon)?
            });
        }
        let (graph, diagnostics) = if let Some(path) = paths_of(value)? {
            py.detach(|| std::fs::read(&path))
                .map_err(|failure| error::raise_io(&path.display().to_string(), &failure))
                .and_then(|bytes| of_csv(py, &bytes, &path, &lexicon.lexicon))?
        } else if let Ok(bytes) = value.cast::<PyBytes>() {
            of_csv(py, bytes.as_bytes(), Path::new("units"), &lexicon.lexicon)?
        } else {
            of_rows(value, &lexicon.lexicon)?
        };
        Ok(Self { graph: Arc::new(graph), diagnostics, extension: lexicon.extension.clone() })
    }
}

impl PyUnitGraph {
    /// The graph of units that were read before, without remarks.
    pub(crate) fn of_units(py: Python<'_>, units: Vec<Unit>, lexicon: &PyLexicon) -> PyResult<Self> {
        let graph = py.detach(|| UnitGraph::from_units(units, &lexicon.lexicon));
        let (graph, _) = graph.map_err(|failure| error::raise(py, failure))?;
        Ok(Self { graph: Arc::new(graph), diagnostics: Vec::new(), extension: lexicon.extension.clone() })
    }
}

#[pymethods]
impl PyUnitGraph {
    #[new]
    #[pyo3(signature = (source, /, *, lexicon=None))]
    fn new(source: &Bound<'_, PyAny>, lexicon: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        Self::of(source, &PyLexicon::of(lexicon)?)
    }

    /// Remarks on rows: a second unit of one id, a parent that does not exist …
    #[getter]
    fn diagnostics(&self) -> PyTable {
        PyTable::new(tables::diagnostics(&self.diagnostics))
    }

    /// The units: `id`, `name`, `aliases`, `kind`, `parent`, `tags`; the middle and last ones lists.
    #[getter]
    fn units(&self) -> PyTable {
        let units: Vec<Unit> = self.graph.units().map(UnitView::to_unit).collect();
        PyTable::new(tables::units(&units))
    }

    fn __len__(&self) -> usize {
        self.graph.len()
    }

    fn __repr__(&self) -> String {
        let root = self.graph.root().map_or("no root", |root| self.graph.unit(root).name());
        format!("<tongchou.UnitGraph: {} units; {root}>", self.graph.len())
    }

    /// The units as a stream of the Arrow C data interface.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        self.units().__arrow_c_stream__(py, requested_schema)
    }
}

fn of_csv(
    py: Python<'_>,
    bytes: &[u8],
    path: &Path,
    lexicon: &Lexicon,
) -> PyResult<(UnitGraph, Vec<Diagnostic>)> {
    let read = py.detach(|| UnitGraph::from_csv(bytes, lexicon));
    let (graph, mut diagnostics) = read.map_err(|failure| error::raise(py, failure))?;
    for diagnostic in &mut diagnostics {
        diagnostic.source.file = path.file_name().unwrap_or_default().to_string_lossy().into();
    }
    Ok((graph, diagnostics))
}

fn of_rows(value: &Bound<'_, PyAny>, lexicon: &Lexicon) -> PyResult<(UnitGraph, Vec<Diagnostic>)> {
    let py = value.py();
    let reading = Reading { source: "units", class: "RosterError", field: UnitGraph::column_of_header };
    let sheet = Sheet::read(value, reading)?;
    let fields: Vec<Option<&str>> =
        sheet.labels.iter().map(|label| UnitGraph::column_of_header(label)).collect();
    if !sheet.rows.is_empty() && !fields.contains(&Some("name")) {
        let message = format!("no column means the name of a unit (name, 名称); found {:?}", sheet.labels);
        return Err(reading.fault(message).raise(py));
    }
    let read = py.detach(|| {
        let units = sheet.rows.into_iter().map(|row| unit(row, &fields)).collect();
        UnitGraph::from_units(units, lexicon)
    });
    let (graph, mut diagnostics) = read.map_err(|failure| error::raise(py, failure))?;
    for diagnostic in &mut diagnostics {
        // The core counts rows as below a header.
        diagnostic.source.row = diagnostic.source.row.saturating_sub(1);
        diagnostic.source.file = "units".into();
    }
    Ok((graph, diagnostics))
}

fn unit(row: Vec<(usize, Value)>, fields: &[Option<&str>]) -> Unit {
    let mut unit = Unit::default();
    for (label, value) in row {
        let text = |value: Value| value.into_text().unwrap_or_default();
        let list = |value: Value| match value {
            Value::List(list) => list,
            Value::Text(text) => text.split(['|', '｜']).map(str::to_owned).collect(),
            Value::Nothing => Vec::new(),
        };
        match fields[label] {
            Some("id") => unit.id = text(value),
            Some("name") => unit.name = text(value),
            Some("kind") => unit.kind = text(value),
            Some("aliases") => unit.aliases = list(value),
            Some("parent") => unit.parents = list(value),
            Some("tags") => unit.tags = list(value),
            _ => {}
        }
    }
    unit
}
