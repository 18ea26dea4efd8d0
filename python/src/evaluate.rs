//! `evaluate`

use pyo3::prelude::*;
use tongchou::evaluate::{Truth, evaluate as measure};

use crate::error;
use crate::json;
use crate::plan::PyPlan;
use crate::submissions::paths_of;

/// Measure a plan against what a careful reader decided.
///
/// Arguments:
///     plan: The plan.
///     truth: The path of a truth file, or a dict of its shape (`groups`, `barred`, `lookalikes`,
///         `targets`, `carried`).
///
/// Returns:
///     A dict: `pairwise` and `b_cubed` with `precision`, `recall`, `f1` (0 to 1), `relations`, `barred`,
///     `lookalikes`, `targets`, `errors` …
///
/// Raises:
///     TruthError: The truth has another shape.
///     OSError: The file cannot be read.
///
/// Examples:
///     >>> import tongchou
///     >>> plan = tongchou.consolidate([{"id": "A", "name": "森林防火检查"}, {"id": "B", "name": "森防检查"}])
///     >>> group = {"id": "G", "core": "A", "members": [{"id": "B", "relation": "duplicate"}]}
///     >>> sorted(tongchou.evaluate(plan, {"groups": [group]})["pairwise"])[:2]
///     ['f1', 'found']
#[pyfunction]
#[pyo3(signature = (plan, truth))]
pub(crate) fn evaluate<'py>(
    py: Python<'py>,
    plan: &Bound<'py, PyPlan>,
    truth: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let text = match paths_of(truth)? {
        Some(path) => {
            let name = path.display().to_string();
            py.detach(|| std::fs::read_to_string(path)).map_err(|failure| error::raise_io(&name, &failure))?
        }
        None => json::dumps(truth, "TruthError")?,
    };
    let plan = &plan.get().plan;
    let evaluation = py
        .detach(|| Truth::from_json(&text).map(|truth| measure(plan, &truth)))
        .map_err(|failure| error::raise(py, failure))?;
    json::object(py, &evaluation)
}
