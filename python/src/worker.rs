//! The engine as a cluster uses it: see `tongchou.spark`.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyBytes;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tongchou::compare::PoolCounts;
use tongchou::model::unit::Unit;
use tongchou::pipeline::{PlanPart, Whole, jurisdiction};
use tongchou::standardise::{year_of_votes, years_named};
use tongchou::targets::UnitView;
use tongchou::{Consolidator, Item, Policy};

use crate::components::parts_of;
use crate::error::{self, Fault};
use crate::items;
use crate::lexicon::PyLexicon;
use crate::plan::PyPlan;
use crate::policy::PyPolicy;
use crate::table::PyTable;
use crate::tables;
use crate::units::PyUnitGraph;

/// The engine as the workers of a cluster use it: reads, counts, compares and plans parts of a pool, and
/// joins their plans. Can be pickled. Items travel as JSON.
#[pyclass(name = "Worker", module = "tongchou._tongchou", frozen)]
pub(crate) struct PyWorker {
    consolidator: Consolidator,
    units: PyUnitGraph,
    lexicon: PyLexicon,
    whole: Arc<Whole>,
}

/// What a pickle holds.
#[derive(Serialize, Deserialize)]
struct State {
    policy: Policy,
    units: Vec<Unit>,
    lexicon: Option<String>,
    whole: Arc<Whole>,
}

#[pymethods]
impl PyWorker {
    #[new]
    #[pyo3(signature = (*, units, policy=None, lexicon=None))]
    fn new(
        py: Python<'_>,
        units: &Bound<'_, PyAny>,
        policy: Option<&Bound<'_, PyPolicy>>,
        lexicon: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let lexicon = PyLexicon::of(lexicon)?;
        let units = PyUnitGraph::of(units, &lexicon)?;
        let policy = policy.map_or_else(Policy::default, |policy| policy.get().policy.clone());
        Self::with(py, policy, units, lexicon, Arc::default())
    }

    /// The rows of an Arrow batch as `id`, `first` and `last` (the range of its authority's units), `item`
    /// (JSON) and `years` (the years it names).
    fn read(&self, py: Python<'_>, batch: &Bound<'_, PyAny>) -> PyResult<PyTable> {
        let items = items::identified(batch)?;
        let graph = &self.units.graph;
        let table = py.detach(|| {
            let ranges: Vec<(u32, u32)> =
                items.iter().map(|item| jurisdiction(graph, item.jurisdiction.as_deref())).collect();
            let years: Vec<Vec<i32>> = items.iter().map(|item| years_named(item).collect()).collect();
            let texts: Result<Vec<String>, _> = items.iter().map(serde_json::to_string).collect();
            texts.map(|texts| tables::read_items(&items, &ranges, &texts, &years))
        });
        table.map(PyTable::new).map_err(|failure| unreadable(py, &failure))
    }

    /// The worker that knows the year of the pool: the policy's, else that of most votes.
    fn with_votes(&self, py: Python<'_>, votes: Vec<(i32, usize)>) -> PyResult<Self> {
        let plan_year = self.consolidator.policy().plan_year.or_else(|| year_of_votes(votes));
        self.knowing(py, Whole { plan_year, ..Whole::default() })
    }

    /// Counts words and other terms in some of the items.
    fn count<'py>(&self, py: Python<'py>, items: Vec<String>) -> PyResult<Bound<'py, PyBytes>> {
        self.work(py, items, |consolidator, items| consolidator.count(items, &self.units.graph))
    }

    /// The worker that knows how common all terms are, from the counts of all items.
    fn with_counts(&self, py: Python<'_>, counts: Vec<Vec<u8>>) -> PyResult<Self> {
        let sum = py.detach(|| {
            let mut sum = PoolCounts::default();
            for counts in counts {
                sum.add(serde_json::from_slice(&counts)?);
            }
            sum.forget_the_unique();
            Ok(sum)
        });
        let counts = sum.map_err(|failure: serde_json::Error| unreadable(py, &failure))?;
        self.knowing(py, Whole { counts, plan_year: self.whole.plan_year })
    }

    /// The pairs `a`, `b` of a group's items that the plan may depend on; `own` says which items are the
    /// group's own: two that are not meet in a group of their own.
    #[expect(clippy::needless_pass_by_value, reason = "copied out of Python")]
    fn meetings(&self, py: Python<'_>, items: Vec<String>, own: Vec<bool>) -> PyResult<PyTable> {
        let pairs = py.detach(|| {
            let items: Vec<Item> = parse(items)?;
            let mine: rustc_hash::FxHashSet<String> =
                items.iter().zip(&own).filter(|(_, own)| **own).map(|(item, _)| item.id.clone()).collect();
            let mut pairs = self.consolidator.meetings(items, &self.units.graph).map_err(Trouble::Engine)?;
            pairs.retain(|(a, b)| mine.contains(a) || mine.contains(b));
            Ok(pairs)
        });
        let pairs = pairs.map_err(|trouble: Trouble| trouble.raise(py))?;
        Ok(PyTable::new(tables::pairs(&pairs)))
    }

    /// Cuts a pool where none of the pairs of `a` and `b` is cut: for the `id` of every item in a pair the
    /// number of its `part`, from 0. Parts have at least `size` items, but for the last.
    #[staticmethod]
    #[expect(clippy::needless_pass_by_value, reason = "copied out of Python")]
    fn parts(py: Python<'_>, a: Vec<String>, b: Vec<String>, size: usize) -> PyTable {
        PyTable::new(py.detach(|| {
            let pairs = a.iter().zip(&b).map(|(a, b)| (a.as_str(), b.as_str()));
            tables::parts(&parts_of(pairs, size))
        }))
    }

    /// Plans a part.
    fn part<'py>(&self, py: Python<'py>, items: Vec<String>) -> PyResult<Bound<'py, PyBytes>> {
        self.work(py, items, |consolidator, items| consolidator.part(items, &self.units.graph))
    }

    /// The plan of all parts.
    fn join(&self, py: Python<'_>, parts: Vec<Vec<u8>>) -> PyResult<PyPlan> {
        let plan = py.detach(|| {
            let parts: Vec<PlanPart> = parse(parts)?;
            let extension = self.lexicon.extension.clone();
            let remarks = self.units.diagnostics.clone();
            self.consolidator.join(parts, &self.units.graph, extension, remarks).map_err(Trouble::Engine)
        });
        plan.map(PyPlan::new).map_err(|trouble| trouble.raise(py))
    }

    /// The worker of a pickle.
    #[staticmethod]
    fn restored(py: Python<'_>, state: &[u8]) -> PyResult<Self> {
        let state: State = serde_json::from_slice(state).map_err(|failure| unreadable(py, &failure))?;
        let lexicon = PyLexicon::of_text(py, state.lexicon)?;
        let units = PyUnitGraph::of_units(py, state.units, &lexicon)?;
        // Where nothing else is asked for: a task of a cluster has one core.
        let threads = state.policy.threads.max(1);
        Self::with(py, state.policy.with_threads(threads), units, lexicon, state.whole)
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyBytes>,))> {
        let py = slf.py();
        let own = slf.get();
        let state = State {
            policy: own.consolidator.policy().clone(),
            units: own.units.graph.units().map(UnitView::to_unit).collect(),
            lexicon: own.lexicon.extension.clone(),
            whole: Arc::clone(&own.whole),
        };
        let text = serde_json::to_vec(&state).map_err(|failure| unreadable(py, &failure))?;
        Ok((slf.get_type().getattr("restored")?, (PyBytes::new(py, &text),)))
    }
}

impl PyWorker {
    fn with(
        py: Python<'_>,
        policy: Policy,
        units: PyUnitGraph,
        lexicon: PyLexicon,
        whole: Arc<Whole>,
    ) -> PyResult<Self> {
        let consolidator = Consolidator::new(policy)
            .and_then(|consolidator| consolidator.for_parts_of(Arc::clone(&whole)))
            .map_err(|failure| error::raise(py, failure))?
            .with_lexicon(Arc::clone(&lexicon.lexicon));
        Ok(Self { consolidator, units, lexicon, whole })
    }

    fn knowing(&self, py: Python<'_>, whole: Whole) -> PyResult<Self> {
        let policy = self.consolidator.policy().clone();
        Self::with(py, policy, self.units.clone(), self.lexicon.clone(), Arc::new(whole))
    }

    /// What `work` makes of items, as JSON.
    fn work<'py, T: Serialize>(
        &self,
        py: Python<'py>,
        items: Vec<String>,
        work: impl FnOnce(&Consolidator, Vec<Item>) -> tongchou::Result<T> + Send,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let done = py.detach(|| {
            let done = work(&self.consolidator, parse(items)?).map_err(Trouble::Engine)?;
            serde_json::to_vec(&done).map_err(Trouble::Json)
        });
        done.map(|text| PyBytes::new(py, &text)).map_err(|trouble| trouble.raise(py))
    }
}

enum Trouble {
    Engine(tongchou::Error),
    Json(serde_json::Error),
}

impl Trouble {
    fn raise(self, py: Python<'_>) -> PyErr {
        match self {
            Self::Engine(failure) => error::raise(py, failure),
            Self::Json(failure) => unreadable(py, &failure),
        }
    }
}

fn parse<T: DeserializeOwned>(texts: Vec<impl AsRef<[u8]>>) -> Result<Vec<T>, Trouble> {
    texts.into_iter().map(|text| serde_json::from_slice(text.as_ref()).map_err(Trouble::Json)).collect()
}

fn unreadable(py: Python<'_>, failure: &serde_json::Error) -> PyErr {
    Fault::new("TongchouError", failure.to_string()).raise(py)
}
