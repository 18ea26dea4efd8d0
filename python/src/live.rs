//! `LivePool`: a pool that stays consolidated while items come and go.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use tongchou::pipeline::{Change, LiveGroup, LivePool};

use crate::error::{self, Fault};
use crate::items::item_of;
use crate::job::{Arguments, Job};
use crate::plan::PyPlan;
use crate::policy::PyPolicy;
use crate::run::{INTERVAL, STACK};

/// Something to do with the pool, where it lives.
type Request = Box<dyn for<'a> FnOnce(&mut LivePool<'a>) + Send>;

/// A pool that stays consolidated while items come and go: for tools in which somebody types an item and wants to
/// know at once what it repeats.
///
/// At any time its groups and its plan are those of `consolidate` on the items that are there. With a roster, and
/// without decisions or a target reduction, a change of a county's pool takes a few milliseconds; otherwise each
/// change is a run. Several threads may use one pool; their calls take turns.
///
/// A group is a dict: `plan_item` (the plan item's id), `core` (an id), and `members`, dicts with `id`, `relation`
/// and `probability` (0 to 1).
///
/// Arguments:
///     items: As for `consolidate`, as are all others.
///     units: The roster.
///     policy: The settings.
///     decisions: Reviewers' decisions.
///     last_year: Last year's items.
///     lexicon: Additions to the lexicon.
///
/// Raises:
///     IngestError, RosterError, PolicyError, DecisionError, LexiconError, OSError: As `consolidate`.
///     KeyboardInterrupt: Ctrl-C, at once in every call; what was asked for is still done.
///
/// Examples:
///     >>> import tongchou
///     >>> pool = tongchou.LivePool(
///     ...     "fixtures/pool-north/items.jsonl", units="fixtures/pool-north/units.csv")
///     >>> len(pool), pool.planned < len(pool)
///     (220, True)
///     >>> change = pool.add({
///     ...     "id": "new", "name": "森林草原防灭火工作督查", "organizer": "区应急管理局",
///     ...     "targets": "各苏木乡镇", "schedule": "3月至5月"})
///     >>> [member["id"] for member in pool.group_of("new")["members"]] != []
///     True
///     >>> pool.remove("new")["id"], len(pool)
///     ('new', 220)
#[pyclass(name = "LivePool", module = "tongchou", frozen)]
#[derive(Debug)]
pub(crate) struct PyLivePool {
    requests: Sender<Request>,
}

impl PyLivePool {
    /// Has `work` done where the pool lives, while other Python threads run.
    fn ask<R: Send + 'static>(
        &self,
        py: Python<'_>,
        work: impl for<'a> FnOnce(&mut LivePool<'a>) -> R + Send + 'static,
    ) -> PyResult<R> {
        let (tell, heard) = channel();
        let request: Request = Box::new(move |pool| {
            // Nobody hears only where Ctrl-C ended the waiting.
            let _ = tell.send(work(pool));
        });
        self.requests.send(request).map_err(|_| gone())?;
        wait(py, heard)
    }
}

/// Waits for an answer; Ctrl-C ends the waiting.
fn wait<R: Send>(py: Python<'_>, heard: Receiver<R>) -> PyResult<R> {
    py.detach(move || {
        loop {
            match heard.recv_timeout(INTERVAL) {
                Ok(answer) => return Ok(answer),
                Err(RecvTimeoutError::Timeout) => Python::attach(|py| {
                    py.check_signals()?;
                    Ok::<(), PyErr>(())
                })?,
                Err(RecvTimeoutError::Disconnected) => return Err(gone()),
            }
        }
    })
}

fn gone() -> PyErr {
    PyRuntimeError::new_err("the pool's thread has ended")
}

#[pymethods]
impl PyLivePool {
    #[new]
    #[pyo3(signature = (items, *, units=None, policy=None, decisions=None, last_year=None, lexicon=None))]
    fn new(
        py: Python<'_>,
        items: &Bound<'_, PyAny>,
        units: Option<&Bound<'_, PyAny>>,
        policy: Option<&Bound<'_, PyPolicy>>,
        decisions: Option<&Bound<'_, PyAny>>,
        last_year: Option<&Bound<'_, PyAny>>,
        lexicon: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let job = Job::new(py, &Arguments { items, units, policy, decisions, last_year, lexicon })?;
        let (tell, ready) = channel();
        let (requests, asked) = channel::<Request>();
        // The pool borrows its roster and its settings, so it stays where they are: on a thread of its own, which
        // ends with this object.
        let live = move || {
            job.keep(|pool| match pool {
                Ok(mut pool) => {
                    if tell.send(Ok(())).is_ok() {
                        for request in asked {
                            request(&mut pool);
                        }
                    }
                }
                Err(failure) => drop(tell.send(Err(failure))),
            });
        };
        let builder = thread::Builder::new().name("tongchou-pool".to_owned()).stack_size(STACK);
        builder.spawn(live).map_err(|failure| error::raise_io("a thread for the pool", &failure))?;
        wait(py, ready)?.map_err(|failure| error::raise(py, failure))?;
        Ok(Self { requests })
    }

    /// Take in one more item.
    ///
    /// Arguments:
    ///     item: A dict as in `consolidate`'s list. Without `id` it is named after its content.
    ///
    /// Returns:
    ///     What came of it: `id`; `formed`, the groups that have other members or another core than any before;
    ///     `dissolved`, the ids of plan items that are no more; `reread`, whether the whole pool was read again.
    ///
    /// Raises:
    ///     IngestError: The item cannot be read, or there is one with its id.
    fn add<'py>(&self, py: Python<'py>, item: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyDict>> {
        let item = item_of(item)?;
        let change = self.ask(py, move |pool| pool.add(item))?;
        change_to(py, &change.map_err(|failure| error::raise(py, failure))?)
    }

    /// Let an item go.
    ///
    /// Returns:
    ///     What came of it, as `add`.
    ///
    /// Raises:
    ///     UnknownItemError: There is none with that id.
    fn remove<'py>(&self, py: Python<'py>, id: &str) -> PyResult<Bound<'py, PyDict>> {
        let asked = id.to_owned();
        let change = self.ask(py, move |pool| pool.remove(&asked))?;
        let change = change.map_err(|failure| error::raise(py, failure))?;
        change_to(py, &change.ok_or_else(|| unknown(py, id))?)
    }

    /// The group of an item.
    ///
    /// Raises:
    ///     UnknownItemError: There is none with that id.
    fn group_of<'py>(&self, py: Python<'py>, id: &str) -> PyResult<Bound<'py, PyDict>> {
        let asked = id.to_owned();
        let group = self.ask(py, move |pool| pool.group_of(&asked))?;
        group_to(py, &group.ok_or_else(|| unknown(py, id))?)
    }

    /// All groups, by core.
    fn groups<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyDict>>> {
        let groups = self.ask(py, |pool| pool.groups())?;
        groups.iter().map(|group| group_to(py, group)).collect()
    }

    /// The plan: that of `consolidate` on the items that are there.
    fn plan(&self, py: Python<'_>) -> PyResult<PyPlan> {
        let plan = self.ask(py, |pool| pool.plan().map(PyPlan::new))?;
        plan.map_err(|failure| error::raise(py, failure))
    }

    /// Number of plan items.
    #[getter]
    fn planned(&self, py: Python<'_>) -> PyResult<usize> {
        self.ask(py, |pool| pool.planned())
    }

    fn __len__(&self, py: Python<'_>) -> PyResult<usize> {
        self.ask(py, |pool| pool.len())
    }

    fn __contains__(&self, py: Python<'_>, id: &str) -> PyResult<bool> {
        let id = id.to_owned();
        self.ask(py, move |pool| pool.item(&id).is_some())
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let (items, planned) = self.ask(py, |pool| (pool.len(), pool.planned()))?;
        Ok(format!("<tongchou.LivePool: {items} items, {planned} planned>"))
    }
}

fn unknown(py: Python<'_>, id: &str) -> PyErr {
    Fault::new("UnknownItemError", format!("item `{id}` is not in the pool")).raise(py)
}

fn change_to<'py>(py: Python<'py>, change: &Change) -> PyResult<Bound<'py, PyDict>> {
    let formed: PyResult<Vec<_>> = change.formed.iter().map(|group| group_to(py, group)).collect();
    let dict = PyDict::new(py);
    dict.set_item("id", &change.id)?;
    dict.set_item("formed", formed?)?;
    dict.set_item("dissolved", &change.dissolved)?;
    dict.set_item("reread", change.reread)?;
    Ok(dict)
}

fn group_to<'py>(py: Python<'py>, group: &LiveGroup) -> PyResult<Bound<'py, PyDict>> {
    let members: PyResult<Vec<_>> = group
        .members
        .iter()
        .map(|member| {
            let dict = PyDict::new(py);
            dict.set_item("id", &member.id)?;
            dict.set_item("relation", member.relation.key())?;
            dict.set_item("probability", f64::from(member.probability) / 10_000.0)?;
            Ok(dict)
        })
        .collect();
    let dict = PyDict::new(py);
    dict.set_item("plan_item", &group.plan_item)?;
    dict.set_item("core", &group.core)?;
    dict.set_item("members", members?)?;
    Ok(dict)
}
