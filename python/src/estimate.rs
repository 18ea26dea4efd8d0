//! `estimate`

use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use tongchou::estimate::{Estimate, Rules, Warning};
use tongchou::{Consolidator, Policy};

use crate::job::{Arguments, Job};
use crate::json;
use crate::policy::PyPolicy;
use crate::table::PyTable;
use crate::tables;

/// Match weights from a pool without labels. Made by `estimate`.
///
/// It says its levels in Arrow (`__arrow_c_stream__`).
#[pyclass(name = "Estimate", module = "tongchou", frozen)]
#[derive(Debug)]
pub(crate) struct PyEstimate {
    estimate: Estimate,
    policy: Policy,
}

#[pymethods]
impl PyEstimate {
    /// The policy given, with the estimated weights: what `tongchou estimate` writes.
    #[getter]
    fn policy(&self) -> PyPolicy {
        PyPolicy { policy: self.policy.clone() }
    }

    /// Number of pairs that were scored.
    #[getter]
    fn pairs(&self) -> u64 {
        self.estimate.pairs
    }

    /// How many of them the weights given do not hold for likelier unrelated.
    #[getter]
    fn hopeful(&self) -> u64 {
        self.estimate.hopeful
    }

    /// Rounds of expectation maximisation.
    #[getter]
    fn rounds(&self) -> u32 {
        self.estimate.rounds
    }

    /// Whether the last round changed hardly anything.
    #[getter]
    fn converged(&self) -> bool {
        self.estimate.converged
    }

    /// Whether the pool has so few pairs that the estimate is not to be relied on.
    #[getter]
    fn small_pool(&self) -> bool {
        self.estimate.warnings.iter().any(|warning| matches!(warning, Warning::FewPairs { .. }))
    }

    /// What is to be distrusted: dicts of `warning` (few_pairs, few_matches, levels_kept, not_converged) and
    /// its figures.
    #[getter]
    fn warnings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::object(py, &self.estimate.warnings)
    }

    /// Every level: `hypothesis` (matter, visit), `level`, `level_zh`, `m` and `u` (its shares among matches and
    /// among unrelated pairs, 0 to 1), `matches` (expected number), `given` and `weight` (bits), and whether it
    /// `kept` the weight given for want of evidence.
    #[getter]
    fn levels(&self) -> PyTable {
        PyTable::new(tables::levels(&self.estimate))
    }

    /// Everything in dicts and lists, but for the policy; weights in thousandths of a bit.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::object(py, &self.estimate)
    }

    fn __repr__(&self) -> String {
        let Estimate { pairs, rounds, converged, warnings, .. } = &self.estimate;
        let converged = if *converged { "converged" } else { "not converged" };
        format!(
            "<tongchou.Estimate: {pairs} pairs, {rounds} rounds, {converged}, {} warnings>",
            warnings.len()
        )
    }

    /// The levels as a stream of the Arrow C data interface.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        self.levels().__arrow_c_stream__(py, requested_schema)
    }
}

/// Estimate match weights on a pool of one's own, without labels, by expectation maximisation.
///
/// The weights given decide what is climbed towards, and stay where the pool tells too little. Estimates are
/// overconfident, for comparisons are not independent: read them, and measure a plan made with them, before
/// they are used.
///
/// Arguments:
///     items: As for `consolidate`. All pairs within each planning authority are scored, or all among every
///         n-th item where these would be more than 20 million.
///     units: The roster: a `UnitGraph`, or what one is made from.
///     policy: The weights to start from; the shipped ones by default.
///     lexicon: Additions to the lexicon: a `Lexicon` or the path of one.
///     progress: Called as `progress(stage, done, total)` now and then; a tqdm bar will do.
///
/// Returns:
///     The policy with the estimated weights (bits), the number of pairs, and what is to be distrusted: a small
///     pool (fewer than 10,000 pairs) is a warning, not an exception.
///
/// Raises:
///     IngestError, RosterError, PolicyError, LexiconError, Cancelled, KeyboardInterrupt, OSError: As
///         `consolidate`.
///
/// Examples:
///     >>> import tongchou
///     >>> found = tongchou.estimate("fixtures/pool-north/items.jsonl", units="fixtures/pool-north/units.csv")
///     >>> found.pairs, found.converged, found.small_pool
///     (24090, True, False)
///     >>> tongchou.consolidate("fixtures/pool-north/items.jsonl", policy=found.policy).summary["submitted"]
///     220
#[pyfunction]
#[pyo3(signature = (items, *, units=None, policy=None, lexicon=None, progress=None))]
pub(crate) fn estimate(
    py: Python<'_>,
    items: &Bound<'_, PyAny>,
    units: Option<&Bound<'_, PyAny>>,
    policy: Option<&Bound<'_, PyPolicy>>,
    lexicon: Option<&Bound<'_, PyAny>>,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<PyEstimate> {
    let arguments = Arguments { items, units, policy, decisions: None, last_year: None, lexicon };
    let (estimate, mut policy) =
        Job::new(py, &arguments)?.run(py, progress, |consolidator, input, run| {
            let estimate = Consolidator::estimate_with(consolidator, input, &Rules::default(), run)?;
            Ok((estimate, consolidator.policy().clone()))
        })?;
    policy.weights = estimate.weights.clone();
    Ok(PyEstimate { estimate, policy })
}
