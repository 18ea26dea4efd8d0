//! `consolidate`

use pyo3::prelude::*;
use tongchou::Consolidator;

use crate::job::{Arguments, Job};
use crate::plan::PyPlan;
use crate::policy::PyPolicy;

/// Consolidate proposed items into one leaner, explained plan.
///
/// Arguments:
///     items: What `read_submissions` returned; a list of dicts; any table that speaks Arrow
///         (pandas, polars, pyarrow, DuckDB …); a `Plan`, whose items they are; or the path of a file or
///         folder to read. Columns are
///         found by the contract's keys (`name`, `organizer`, `targets` …) or by any Chinese header that
///         submissions have (事项名称, 主办单位, 检查对象 …); others are ignored. Only a name is needed.
///         Missing values are None, NaN, NA or empty; numbers, dates and truth values become text. An
///         item without `id` is called `#` and its row, from 1.
///     units: The roster: a `UnitGraph`, or what one is made from. Without one, units are derived
///         from the phrases.
///     policy: The settings; the shipped ones by default.
///     decisions: Reviewers' decisions: the path of a JSONL file or an edited `review.csv`, its bytes, or a
///         list of dicts `{"a", "b", "decision"}` or `{"item", "decision"}`.
///     last_year: Last year's items, in any form that `items` may have.
///     lexicon: Additions to the lexicon: a `Lexicon` or the path of one.
///     progress: Called as `progress(stage, done, total)` now and then; what it raises ends the run,
///         and so does returning False. A tqdm bar will do.
///
/// Returns:
///     The plan. It does not depend on the order of the items (where they have ids), on the form they
///     came in, or on the number of threads.
///
/// Raises:
///     IngestError: A value is no text, is too long or holds a lone surrogate; a name is missing; an id is
///         used twice. `.source`, `.row` (from 1), `.column` and `.field` name the place.
///     RosterError, PolicyError, DecisionError, LexiconError: That input is not usable.
///     Cancelled: `progress` returned False.
///     KeyboardInterrupt: Ctrl-C, within about a second.
///     OSError: A path cannot be read.
///
/// Examples:
///     >>> import tongchou
///     >>> plan = tongchou.consolidate([
///     ...     {"id": "A", "事项名称": "春季森林防灭火督查", "主办单位": "县林业局", "检查对象": "各乡镇"},
///     ...     {"id": "B", "事项名称": "森防工作检查", "主办单位": "县应急管理局", "检查对象": "各乡镇"},
///     ...     {"id": "C", "事项名称": "居民医保参保情况检查", "主办单位": "县医保局", "检查对象": "各乡镇"},
///     ... ])
///     >>> plan.summary["submitted"], plan.summary["planned"]
///     (3, 2)
#[pyfunction]
#[pyo3(signature = (items, *, units=None, policy=None, decisions=None, last_year=None, lexicon=None, progress=None))]
#[expect(clippy::too_many_arguments, reason = "keywords in Python")]
pub(crate) fn consolidate(
    py: Python<'_>,
    items: &Bound<'_, PyAny>,
    units: Option<&Bound<'_, PyAny>>,
    policy: Option<&Bound<'_, PyPolicy>>,
    decisions: Option<&Bound<'_, PyAny>>,
    last_year: Option<&Bound<'_, PyAny>>,
    lexicon: Option<&Bound<'_, PyAny>>,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<PyPlan> {
    let arguments = Arguments { items, units, policy, decisions, last_year, lexicon };
    Job::new(py, &arguments)?.run(py, progress, Consolidator::consolidate_with).map(PyPlan::new)
}
