//! The engine as a cluster uses it: see `tongchou.spark`.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyBytes;
use rustc_hash::FxHashSet;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tongchou::compare::PoolCounts;
use tongchou::model::decision::Decision;
use tongchou::model::unit::Unit;
use tongchou::pipeline::{self, Band, Gathered, Named, PlanPart, Ruled, Successions, Whole, jurisdiction};
use tongchou::standardise::{year_of_votes, years_named};
use tongchou::targets::UnitView;
use tongchou::text::fold;
use tongchou::{Consolidator, Item, Policy};

use crate::components::parts_of;
use crate::error::{self, Fault};
use crate::items;
use crate::job::decisions_of;
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
    /// As reviewers wrote them.
    decisions: Arc<[Decision]>,
    /// What they are to the pool: known to the driver alone, but for those in `whole`.
    ruled: Ruled,
    whole: Arc<Whole>,
}

/// What a pickle holds.
#[derive(Serialize, Deserialize)]
struct State {
    policy: Policy,
    units: Vec<Unit>,
    lexicon: Option<String>,
    decisions: Vec<Decision>,
    whole: Arc<Whole>,
}

#[pymethods]
impl PyWorker {
    #[new]
    #[pyo3(signature = (*, units, policy=None, decisions=None, lexicon=None))]
    fn new(
        py: Python<'_>,
        units: &Bound<'_, PyAny>,
        policy: Option<&Bound<'_, PyPolicy>>,
        decisions: Option<&Bound<'_, PyAny>>,
        lexicon: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let lexicon = PyLexicon::of(lexicon)?;
        let units = PyUnitGraph::of(units, &lexicon)?;
        let policy = policy.map_or_else(Policy::default, |policy| policy.get().policy.clone());
        let decisions = decisions.map(decisions_of).transpose()?.unwrap_or_default().into();
        let consolidator = consolidator(py, policy, &lexicon, Arc::default())?;
        Ok(Self { consolidator, units, lexicon, decisions, ruled: Ruled::default(), whole: Arc::default() })
    }

    /// The rows of an Arrow batch as `id`, `first` and `last` (the range of its authority's units), `item`
    /// (JSON) and `years` (the years it names). `source` is what errors call it.
    #[pyo3(signature = (batch, source="items"))]
    fn read(&self, py: Python<'_>, batch: &Bound<'_, PyAny>, source: &str) -> PyResult<PyTable> {
        let items = items::identified(batch, source)?;
        self.travelling(py, &items)
    }

    /// The same of last year's items in any form that `consolidate` takes.
    fn read_last_year(&self, py: Python<'_>, last_year: &Bound<'_, PyAny>) -> PyResult<PyTable> {
        let (items, _) = items::items_of(last_year, "last_year")?;
        let items = py.detach(|| pipeline::admit(items, &mut Vec::new()));
        self.travelling(py, &items.map_err(|failure| error::raise(py, failure))?)
    }

    /// Those of some items that decisions may speak of.
    fn named(&self, py: Python<'_>, items: Vec<String>) -> PyResult<Vec<String>> {
        let named: Result<Vec<String>, serde_json::Error> = py.detach(|| {
            let names = Named::of(&self.decisions);
            let mut found = Vec::new();
            for text in items {
                if names.is(&serde_json::from_str(&text)?) {
                    found.push(text);
                }
            }
            Ok(found)
        });
        named.map_err(|failure| unreadable(py, &failure))
    }

    /// The worker that knows what decisions are to the pool, from all items that they may speak of.
    fn with_named(&self, py: Python<'_>, named: Vec<String>) -> PyResult<Self> {
        let ruled =
            py.detach(|| pipeline::ruled(self.decisions.to_vec(), parse(named)?).map_err(Trouble::Engine));
        let ruled = ruled.map_err(|trouble| trouble.raise(py))?;
        let whole = Whole { decisions: ruled.decisions.clone(), ..Whole::clone(&self.whole) };
        Ok(Self { ruled, ..self.knowing(py, whole)? })
    }

    /// The ids of the items that decisions take out of the pool.
    #[getter]
    fn withdrawn(&self) -> Vec<&str> {
        self.ruled.withdrawn.iter().map(|item| &*item.id).collect()
    }

    /// The worker that knows the year of the pool: the policy's, else that of most votes.
    fn with_votes(&self, py: Python<'_>, votes: Vec<(i32, usize)>) -> PyResult<Self> {
        let plan_year = self.consolidator.policy().plan_year.or_else(|| year_of_votes(votes));
        self.knowing(py, Whole { plan_year, ..Whole::clone(&self.whole) })
    }

    /// Counts words and other terms in some of the items.
    fn count<'py>(&self, py: Python<'py>, items: Vec<String>) -> PyResult<Bound<'py, PyBytes>> {
        work(py, items, |items| self.consolidator.count(items, &self.units.graph))
    }

    /// The same in some of last year's items.
    fn count_last_year<'py>(&self, py: Python<'py>, items: Vec<String>) -> PyResult<Bound<'py, PyBytes>> {
        work(py, items, |items| self.consolidator.count_last_year(items, &self.units.graph))
    }

    /// The worker that knows how common all terms are, from the counts of all items, and of all of last year's
    /// where there are some.
    #[pyo3(signature = (counts, last_year=None))]
    fn with_counts(
        &self,
        py: Python<'_>,
        counts: Vec<Vec<u8>>,
        last_year: Option<Vec<Vec<u8>>>,
    ) -> PyResult<Self> {
        let sums = py.detach(|| {
            let mut own = PoolCounts::default();
            for counts in counts {
                own.add(serde_json::from_slice(&counts)?);
            }
            let mut both = last_year.as_ref().map(|_| own.clone());
            for counts in last_year.into_iter().flatten() {
                let counts = serde_json::from_slice(&counts)?;
                if let Some(both) = &mut both {
                    both.add(counts);
                }
            }
            own.forget_the_unique();
            if let Some(both) = &mut both {
                both.forget_the_unique();
            }
            Ok((own, both))
        });
        let (counts, both_years) = sums.map_err(|failure: serde_json::Error| unreadable(py, &failure))?;
        self.knowing(py, Whole { counts, both_years, ..Whole::clone(&self.whole) })
    }

    /// The pairs `a`, `b` of a group's items that the plan may depend on; `own` says which items are the
    /// group's own: two that are not meet in a group of their own.
    #[expect(clippy::needless_pass_by_value, reason = "copied out of Python")]
    fn meetings(&self, py: Python<'_>, items: Vec<String>, own: Vec<bool>) -> PyResult<PyTable> {
        let pairs = py.detach(|| {
            let items: Vec<Item> = parse(items)?;
            let mine: FxHashSet<String> =
                items.iter().zip(&own).filter(|(_, own)| **own).map(|(item, _)| item.id.clone()).collect();
            let mut pairs = self.consolidator.meetings(items, &self.units.graph).map_err(Trouble::Engine)?;
            pairs.retain(|(a, b)| mine.contains(a) || mine.contains(b));
            Ok(pairs)
        });
        let pairs = pairs.map_err(|trouble: Trouble| trouble.raise(py))?;
        Ok(PyTable::new(tables::pairs(&pairs)))
    }

    /// What a group's items may go on with; `own` and `last_own` as for `meetings`.
    fn successions<'py>(
        &self,
        py: Python<'py>,
        items: Vec<String>,
        own: Vec<bool>,
        last_year: Vec<String>,
        last_own: Vec<bool>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let done = py.detach(|| {
            let (now, before) = (band(items, own)?, band(last_year, last_own)?);
            self.consolidator.successions(now, before, &self.units.graph).map_err(Trouble::Engine)
        });
        written(py, done)
    }

    /// Cuts a pool where none of the pairs of `a` and `b` is cut, and none that reviewers put together: for the
    /// `id` of every item in a pair the number of its `part`, from 0. Parts have at least `size` items, but for
    /// the last.
    #[expect(clippy::needless_pass_by_value, reason = "copied out of Python")]
    fn parts(&self, py: Python<'_>, a: Vec<String>, b: Vec<String>, size: usize) -> PyTable {
        PyTable::new(py.detach(|| {
            let pairs = a.iter().zip(&b).map(|(a, b)| (a.as_str(), b.as_str()));
            tables::parts(&parts_of(pairs.chain(self.whole.merges()), size))
        }))
    }

    /// Plans a part.
    fn part<'py>(&self, py: Python<'py>, items: Vec<String>) -> PyResult<Bound<'py, PyBytes>> {
        work(py, items, |items| self.consolidator.part(items, &self.units.graph))
    }

    /// The plan of all parts, and of the successions of all groups where there is a last year.
    #[pyo3(signature = (parts, last_year=None))]
    fn join(&self, py: Python<'_>, parts: Vec<Vec<u8>>, last_year: Option<Vec<Vec<u8>>>) -> PyResult<PyPlan> {
        let plan = py.detach(|| {
            let parts: Vec<PlanPart> = parse(parts)?;
            let last_year: Option<Vec<Successions>> = last_year.map(parse).transpose()?;
            let gathered = Gathered {
                parts,
                last_year,
                ruled: self.ruled.clone(),
                lexicon_extension: self.lexicon.extension.clone(),
                diagnostics: self.units.diagnostics.clone(),
            };
            self.consolidator.join(gathered, &self.units.graph).map_err(Trouble::Engine)
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
        let consolidator =
            consolidator(py, state.policy.with_threads(threads), &lexicon, Arc::clone(&state.whole))?;
        let decisions = state.decisions.into();
        Ok(Self { consolidator, units, lexicon, decisions, ruled: Ruled::default(), whole: state.whole })
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyBytes>,))> {
        let py = slf.py();
        let own = slf.get();
        let state = State {
            policy: own.consolidator.policy().clone(),
            units: own.units.graph.units().map(UnitView::to_unit).collect(),
            lexicon: own.lexicon.extension.clone(),
            decisions: own.decisions.to_vec(),
            whole: Arc::clone(&own.whole),
        };
        let text = serde_json::to_vec(&state).map_err(|failure| unreadable(py, &failure))?;
        Ok((slf.get_type().getattr("restored")?, (PyBytes::new(py, &text),)))
    }
}

impl PyWorker {
    fn knowing(&self, py: Python<'_>, whole: Whole) -> PyResult<Self> {
        let whole = Arc::new(whole);
        let policy = self.consolidator.policy().clone();
        Ok(Self {
            consolidator: consolidator(py, policy, &self.lexicon, Arc::clone(&whole))?,
            units: self.units.clone(),
            lexicon: self.lexicon.clone(),
            decisions: Arc::clone(&self.decisions),
            ruled: self.ruled.clone(),
            whole,
        })
    }

    /// Items in the form in which they travel.
    fn travelling(&self, py: Python<'_>, items: &[Item]) -> PyResult<PyTable> {
        let graph = &self.units.graph;
        let table = py.detach(|| {
            let ranges: Vec<(u32, u32)> = items.iter().map(|item| jurisdiction(graph, item)).collect();
            // What has but a blank name takes no part.
            let takes_part = |item: &&Item| !fold(&item.name).is_empty();
            let years: Vec<Vec<i32>> = items
                .iter()
                .map(|item| Some(item).filter(takes_part).into_iter().flat_map(years_named).collect())
                .collect();
            let texts: Result<Vec<String>, _> = items.iter().map(serde_json::to_string).collect();
            texts.map(|texts| tables::read_items(items, &ranges, &texts, &years))
        });
        table.map(PyTable::new).map_err(|failure| unreadable(py, &failure))
    }
}

/// What `work` makes of items, as JSON.
fn work<T: Serialize + Send>(
    py: Python<'_>,
    items: Vec<String>,
    work: impl FnOnce(Vec<Item>) -> tongchou::Result<T> + Send,
) -> PyResult<Bound<'_, PyBytes>> {
    let done = py.detach(|| work(parse(items)?).map_err(Trouble::Engine));
    written(py, done)
}

fn consolidator(
    py: Python<'_>,
    policy: Policy,
    lexicon: &PyLexicon,
    whole: Arc<Whole>,
) -> PyResult<Consolidator> {
    let consolidator = Consolidator::new(policy)
        .and_then(|consolidator| consolidator.for_parts_of(whole))
        .map_err(|failure| error::raise(py, failure))?;
    Ok(consolidator.with_lexicon(Arc::clone(&lexicon.lexicon)))
}

/// Items, told apart by whether they are a group's own.
fn band(items: Vec<String>, own: Vec<bool>) -> Result<Band, Trouble> {
    let mut band = Band::default();
    for (item, own) in parse(items)?.into_iter().zip(own) {
        if own { band.own.push(item) } else { band.above.push(item) }
    }
    Ok(band)
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

fn written<T: Serialize + Send>(py: Python<'_>, done: Result<T, Trouble>) -> PyResult<Bound<'_, PyBytes>> {
    let text = py.detach(|| done.and_then(|done| serde_json::to_vec(&done).map_err(Trouble::Json)));
    text.map(|text| PyBytes::new(py, &text)).map_err(|trouble| trouble.raise(py))
}

fn unreadable(py: Python<'_>, failure: &serde_json::Error) -> PyErr {
    Fault::new("TongchouError", failure.to_string()).raise(py)
}
