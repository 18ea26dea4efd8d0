//! `frontier`

use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use tongchou::Consolidator;
use tongchou::model::frontier::Frontier;

use crate::job::{Arguments, Job};
use crate::json;
use crate::policy::PyPolicy;
use crate::table::PyTable;
use crate::tables;

/// How far a pool can be consolidated: every merge from the safest to the boldest. Made by `frontier`.
///
/// It says its steps in Arrow (`__arrow_c_stream__`), ready to plot `reduction_percent` against
/// `lowest_probability`.
#[pyclass(name = "Frontier", module = "tongchou", frozen)]
#[derive(Debug)]
pub(crate) struct PyFrontier {
    frontier: Frontier,
}

impl PyFrontier {
    fn new(frontier: Frontier) -> Self {
        Self { frontier }
    }
}

#[pymethods]
impl PyFrontier {
    /// The merges, the safest first: `step` (from 1), `zone` (decided, sure, review), the plan after it
    /// (`items_left`, `reduction_percent`, `visits` …), `weight` in bits, `probability` and
    /// `lowest_probability` (0 to 1), `core`, `core_name`, and the ids in `added`.
    #[getter]
    fn steps(&self) -> PyTable {
        PyTable::new(tables::steps(&self.frontier.steps))
    }

    /// What would come next, below the review line; no plan goes there.
    #[getter]
    fn beyond(&self) -> PyTable {
        PyTable::new(tables::steps(&self.frontier.beyond))
    }

    /// How many steps a plan without a target takes.
    #[getter]
    fn default_steps(&self) -> u32 {
        self.frontier.default_steps
    }

    /// Everything in dicts and lists.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::object(py, &self.frontier)
    }

    fn __len__(&self) -> usize {
        self.frontier.steps.len()
    }

    fn __repr__(&self) -> String {
        let Frontier { submitted, default_steps, steps, .. } = &self.frontier;
        format!("<tongchou.Frontier: {submitted} items, {default_steps} of {} steps by default>", steps.len())
    }

    /// The steps as a stream of the Arrow C data interface.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        self.steps().__arrow_c_stream__(py, requested_schema)
    }
}

/// How far a pool can be consolidated, and at which price.
///
/// The first `k` steps make a plan for every `k`. `Policy(target_reduction=0.15)` gives `consolidate`
/// as many of them as it needs.
///
/// Arguments:
///     items: As for `consolidate`, as are all others.
///     units: The roster.
///     policy: The settings; its `target_reduction` plays no part.
///     decisions: Reviewers' decisions.
///     last_year: Last year's items.
///     lexicon: Additions to the lexicon.
///     progress: Called as `progress(stage, done, total)` now and then.
///
/// Returns:
///     The merges from the safest to the boldest.
///
/// Raises:
///     IngestError, RosterError, PolicyError, DecisionError, LexiconError, Cancelled, OSError: As
///         `consolidate`.
///
/// Examples:
///     >>> import tongchou
///     >>> frontier = tongchou.frontier([
///     ...     {"id": "A", "name": "森林防火检查", "organizer": "县林业局", "targets": "各乡镇"},
///     ...     {"id": "B", "name": "森防工作检查", "organizer": "县应急局", "targets": "各乡镇"},
///     ... ])
///     >>> frontier.steps["items_left"]
///     [1]
#[pyfunction]
#[pyo3(signature = (items, *, units=None, policy=None, decisions=None, last_year=None, lexicon=None, progress=None))]
#[expect(clippy::too_many_arguments, reason = "keywords in Python")]
pub(crate) fn frontier(
    py: Python<'_>,
    items: &Bound<'_, PyAny>,
    units: Option<&Bound<'_, PyAny>>,
    policy: Option<&Bound<'_, PyPolicy>>,
    decisions: Option<&Bound<'_, PyAny>>,
    last_year: Option<&Bound<'_, PyAny>>,
    lexicon: Option<&Bound<'_, PyAny>>,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<PyFrontier> {
    let arguments = Arguments { items, units, policy, decisions, last_year, lexicon };
    Job::new(py, &arguments)?.run(py, progress, Consolidator::frontier_with).map(PyFrontier::new)
}
