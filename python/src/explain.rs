//! `explain`

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use tongchou::model::evidence::Evidence;
use tongchou::pipeline::{Rerun, Run};
use tongchou::report::{self, Lang};
use tongchou::{Item, Plan};

use crate::error::Fault;
use crate::plan::PyPlan;
use crate::run::detached;

/// Why two submitted items were, or were not, put together.
///
/// A pair that the plan holds no evidence on is judged again from what it keeps of its run: items, policy,
/// roster (of at most 20,000 units) and lexicon.
///
/// Arguments:
///     plan: The plan.
///     a: Id of a submitted item.
///     b: Id of another.
///     lang: `"zh"` or `"en"`.
///
/// Returns:
///     Both items side by side, every comparison with its weight in bits, the rule that decided and
///     what would have to differ.
///
/// Raises:
///     UnknownItemError: An id is not in the plan.
///     ValueError: `lang` is neither.
///
/// Examples:
///     >>> import tongchou
///     >>> plan = tongchou.consolidate([
///     ...     {"id": "A", "name": "森林防火检查", "organizer": "县林业局", "targets": "各乡镇"},
///     ...     {"id": "B", "name": "森防工作检查", "organizer": "县应急局", "targets": "各乡镇"},
///     ... ])
///     >>> "森林防火检查" in tongchou.explain(plan, "A", "B", lang="en")
///     True
#[pyfunction]
#[pyo3(signature = (plan, a, b, *, lang="zh"))]
pub(crate) fn explain(
    py: Python<'_>,
    plan: &Bound<'_, PyPlan>,
    a: &str,
    b: &str,
    lang: &str,
) -> PyResult<String> {
    let lang = lang_of(lang)?;
    let plan = &plan.get().plan;
    let (a, b) = (submitted(py, plan, a)?, submitted(py, plan, b)?);
    // As the command line: the lesser id first.
    let (a, b) = if a.id <= b.id { (a, b) } else { (b, a) };
    let evidence = match recorded(plan, &a.id, &b.id) {
        Some(evidence) => Some(evidence.clone()),
        None => detached(py, None, |run| judged_again(plan, &a.id, &b.id, run))?,
    };
    match evidence {
        Some(evidence) => Ok(report::explain(&evidence, a, b, lang)),
        None => Err(unknown(py, &a.id)),
    }
}

/// The evidence that the plan itself holds on a pair.
fn recorded<'a>(plan: &'a Plan, a: &str, b: &str) -> Option<&'a Evidence> {
    let merged = plan.items.iter().flat_map(|item| &item.evidence);
    let doubtful = plan.review.iter().map(|pair| &pair.evidence);
    merged.chain(doubtful).chain(&plan.barred).find(|evidence| evidence.a == a && evidence.b == b)
}

/// The evidence on a pair the plan says nothing of.
fn judged_again(plan: &Plan, a: &str, b: &str, run: &Run<'_>) -> tongchou::Result<Option<Evidence>> {
    let rerun = Rerun::of_plan(plan)?;
    rerun.consolidator().explain_with(rerun.input(), a, b, run)
}

fn submitted<'a>(py: Python<'_>, plan: &'a Plan, id: &str) -> PyResult<&'a Item> {
    plan.submitted.iter().find(|item| item.id == id).ok_or_else(|| unknown(py, id))
}

fn unknown(py: Python<'_>, id: &str) -> PyErr {
    Fault::new("UnknownItemError", format!("item `{id}` is not in the plan")).raise(py)
}

/// The language of a report.
pub(crate) fn lang_of(text: &str) -> PyResult<Lang> {
    text.parse().map_err(|error| PyValueError::new_err(format!("lang: {error}")))
}
