//! The plan.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use arrow_array::RecordBatch;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};
use tongchou::Plan;
use tongchou::report::{self, File, Format};

use crate::error::{self, Fault};
use crate::explain::lang_of;
use crate::html;
use crate::json;
use crate::table::PyTable;
use crate::tables;

/// The consolidated plan. Made by `consolidate` or `Plan.from_json`; never changes.
///
/// Examples:
///     >>> import tongchou
///     >>> plan = tongchou.consolidate("fixtures/pool-north/items.jsonl", units="fixtures/pool-north/units.csv")
///     >>> plan.summary["submitted"]
///     220
///     >>> len(plan.dispositions)
///     220
///     >>> tongchou.Plan.from_json(plan.to_json()) == plan
///     True
#[pyclass(name = "Plan", module = "tongchou", frozen, eq)]
#[derive(Debug)]
pub(crate) struct PyPlan {
    pub(crate) plan: Arc<Plan>,
    items: OnceLock<RecordBatch>,
}

impl PartialEq for PyPlan {
    fn eq(&self, other: &Self) -> bool {
        self.plan == other.plan
    }
}

impl PyPlan {
    pub(crate) fn new(plan: Plan) -> Self {
        Self { plan: Arc::new(plan), items: OnceLock::new() }
    }

    fn bytes(&self, py: Python<'_>, file: File, lang: &str) -> PyResult<Vec<u8>> {
        let lang = lang_of(lang)?;
        py.detach(|| {
            let mut bytes = Vec::new();
            file.write(&self.plan, lang, &mut bytes).map(|()| bytes)
        })
        .map_err(|failure| error::raise(py, failure))
    }

    fn text(&self, py: Python<'_>, file: File, lang: &str) -> PyResult<String> {
        String::from_utf8(self.bytes(py, file, lang)?)
            .map_err(|error| PyValueError::new_err(error.to_string()))
    }
}

#[pymethods]
impl PyPlan {
    /// The plan of a `plan.json`.
    ///
    /// Arguments:
    ///     text: Its text (`str`) or bytes.
    ///
    /// Raises:
    ///     PlanError: The text is no plan.
    #[staticmethod]
    #[pyo3(signature = (text, /))]
    fn from_json(text: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = text.py();
        let bytes = match text.cast::<PyString>() {
            Ok(text) => text.to_str()?.as_bytes(),
            Err(_) => text.extract()?,
        };
        let plan = py.detach(|| serde_json::from_slice(bytes));
        plan.map(Self::new).map_err(|error| Fault::new("PlanError", format!("plan: {error}")).raise(py))
    }

    /// Counts, reductions and visits: the keys of `summary.json`. Percentages have one decimal.
    #[getter]
    fn summary<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::loads(py, &self.text(py, File::SummaryJson, "zh")?)
    }

    /// The plan's items in order, one row an item. `members` are ids of submitted items, the core first;
    /// `relations` say what each is to the core; `probability` (0 to 1) is the lowest of them.
    #[getter]
    fn items(&self) -> PyTable {
        PyTable::new(self.items.get_or_init(|| tables::plan_items(&self.plan)).clone())
    }

    /// Where every submitted row went: one row each, with the columns of `dispositions.csv`.
    #[getter]
    fn dispositions(&self) -> PyTable {
        PyTable::new(tables::dispositions(&self.plan))
    }

    /// Pairs too close to call, the most useful first; `weight` in bits.
    #[getter]
    fn review(&self) -> PyTable {
        PyTable::new(tables::review(&self.plan))
    }

    /// The units of every submitted item: one row an item and unit.
    #[getter]
    fn targets(&self) -> PyTable {
        PyTable::new(tables::targets(&self.plan))
    }

    /// The submitted items, verbatim, by id.
    #[getter]
    fn submitted(&self) -> PyTable {
        PyTable::new(tables::items(&self.plan.submitted))
    }

    /// What readers and stages had to say.
    #[getter]
    fn diagnostics(&self) -> PyTable {
        PyTable::new(tables::diagnostics(&self.plan.diagnostics))
    }

    /// The plan in a few lines.
    ///
    /// Arguments:
    ///     lang: `"zh"` or `"en"`.
    #[pyo3(signature = (*, lang="zh"))]
    fn headline(&self, lang: &str) -> PyResult<String> {
        Ok(report::headline(&self.plan, lang_of(lang)?))
    }

    /// Everything in dicts and lists, as `plan.json` has it: values with the items they came from,
    /// evidence for every merge.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::object(py, &*self.plan)
    }

    /// The text of `plan.json`: to the byte what the command line writes.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        self.text(py, File::PlanJson, "zh")
    }

    /// The plan as a document to read.
    ///
    /// Arguments:
    ///     lang: `"zh"` or `"en"`.
    #[pyo3(signature = (*, lang="zh"))]
    fn to_markdown(&self, py: Python<'_>, lang: &str) -> PyResult<String> {
        self.text(py, File::PlanMarkdown, lang)
    }

    /// The plan as an office files it: the bytes of a spreadsheet (.xlsx).
    ///
    /// Arguments:
    ///     lang: `"zh"` or `"en"`.
    #[pyo3(signature = (*, lang="zh"))]
    fn to_xlsx<'py>(&self, py: Python<'py>, lang: &str) -> PyResult<Bound<'py, PyBytes>> {
        Ok(PyBytes::new(py, &self.bytes(py, File::PlanXlsx, lang)?))
    }

    /// Write the files that the command line writes.
    ///
    /// Arguments:
    ///     folder: Where to; made if it does not exist.
    ///     formats: Some of `json`, `xlsx`, `md`, `csv`; all by default.
    ///     lang: `"zh"` or `"en"`.
    ///
    /// Returns:
    ///     The names of the files.
    ///
    /// Raises:
    ///     ValueError: A format or language is not known.
    ///     OSError: A file cannot be written.
    #[expect(clippy::needless_pass_by_value, reason = "PyO3 extracts paths by value")]
    #[pyo3(signature = (folder, /, *, formats=None, lang="zh"))]
    fn write(
        &self,
        py: Python<'_>,
        folder: PathBuf,
        formats: Option<Vec<String>>,
        lang: &str,
    ) -> PyResult<Vec<&'static str>> {
        let lang = lang_of(lang)?;
        let formats = formats
            .unwrap_or_default()
            .iter()
            .map(|format| format.parse().map_err(|error| PyValueError::new_err(format!("formats: {error}"))))
            .collect::<PyResult<Vec<Format>>>()?;
        let files = py.detach(|| report::files(&self.plan, &formats, lang));
        let files = files.map_err(|failure| error::raise(py, failure))?;
        py.detach(|| {
            std::fs::create_dir_all(&folder).map_err(|failure| (folder.clone(), failure))?;
            for (name, bytes) in &files {
                let path = folder.join(name);
                std::fs::write(&path, bytes).map_err(|failure| (path, failure))?;
            }
            Ok(files.iter().map(|(name, _)| *name).collect())
        })
        .map_err(|(path, failure): (PathBuf, std::io::Error)| {
            error::raise_io(&path.display().to_string(), &failure)
        })
    }

    fn __repr__(&self) -> String {
        let summary = &self.plan.summary;
        format!(
            "<tongchou.Plan: {} items submitted, {} planned, −{}>",
            summary.submitted,
            summary.planned,
            report::percent(summary.reduction_percent)
        )
    }

    fn _repr_html_(&self) -> String {
        html::render(&self.plan)
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((slf.get_type().getattr("from_json")?, (slf.get().to_json(slf.py())?,)))
    }
}
