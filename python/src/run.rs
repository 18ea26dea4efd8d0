//! Long work: without the GIL, with progress, and ready to stop.

use std::cell::{Cell, RefCell};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use pyo3::prelude::*;
use pyo3::types::PyBool;
use tongchou::pipeline::{Run, Stage};

use crate::error;

/// Python hears of progress, and is asked for signals, at most this often within one stage.
const INTERVAL: Duration = Duration::from_millis(50);

/// Does `work` while other Python threads run.
///
/// At the steps that the core reports, signals are checked, so that Ctrl-C ends the work with
/// `KeyboardInterrupt`, and `progress(stage, done, total)` is called; what it raises ends the work,
/// and so does returning `False`, as `Cancelled`.
pub(crate) fn detached<T: Send>(
    py: Python<'_>,
    progress: Option<&Bound<'_, PyAny>>,
    work: impl FnOnce(&Run<'_>) -> tongchou::Result<T> + Send,
) -> PyResult<T> {
    let progress = progress.map(follow).transpose()?;
    py.detach(move || {
        let stop = AtomicBool::new(false);
        let raised: RefCell<Option<PyErr>> = RefCell::new(None);
        let last: Cell<Option<(Stage, Instant)>> = Cell::new(None);
        let report = |stage: Stage, done: usize, total: usize| {
            let recent = last.get().is_some_and(|(known, at)| known == stage && at.elapsed() < INTERVAL);
            if recent && done < total || stop.load(Ordering::Relaxed) {
                return;
            }
            last.set(Some((stage, Instant::now())));
            match Python::attach(|py| tell(py, progress.as_ref(), stage, done, total)) {
                Ok(true) => {}
                Ok(false) => stop.store(true, Ordering::Relaxed),
                Err(error) => {
                    *raised.borrow_mut() = Some(error);
                    stop.store(true, Ordering::Relaxed);
                }
            }
        };
        let cancelled = || stop.load(Ordering::Relaxed);
        let done = work(&Run::default().with_progress(&report).with_cancellation(&cancelled));
        match raised.take() {
            Some(error) => Err(error),
            None => done.map_err(|failure| Python::attach(|py| error::raise(py, failure))),
        }
    })
}

/// Whether to go on.
fn tell(
    py: Python<'_>,
    progress: Option<&Py<PyAny>>,
    stage: Stage,
    done: usize,
    total: usize,
) -> PyResult<bool> {
    py.check_signals()?;
    let Some(progress) = progress else { return Ok(true) };
    let answer = progress.call1(py, (stage.label_en(), done, total))?;
    Ok(!answer.bind(py).cast::<PyBool>().is_ok_and(|answer| !answer.is_true()))
}

/// A function that follows progress: the argument itself, or one that moves a tqdm bar.
fn follow(progress: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
    if progress.is_callable() {
        return Ok(progress.clone().unbind());
    }
    Ok(progress.py().import("tongchou._progress")?.call_method1("follow", (progress,))?.unbind())
}
