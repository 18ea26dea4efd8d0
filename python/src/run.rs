//! Long work: without the GIL, with progress, and ready to stop.

use std::cell::Cell;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use pyo3::prelude::*;
use pyo3::types::PyBool;
use tongchou::pipeline::{Run, Stage};

use crate::error;

/// Python is asked for signals this often, and hears of progress at most this often within one stage.
pub(crate) const INTERVAL: Duration = Duration::from_millis(50);

/// As much as a main thread has.
pub(crate) const STACK: usize = 8 << 20;

/// A step of the work: stage, done, total.
type Step = (Stage, usize, usize);

/// Does `work` while other Python threads run.
///
/// The work has a thread of its own; the calling thread waits for it and does what only it may: it looks for
/// signals, so that Ctrl-C ends the work with `KeyboardInterrupt` wherever it is, and calls
/// `progress(stage, done, total)` at the steps that the core reports. What that raises ends the work, and so
/// does returning `False`, as `Cancelled`.
pub(crate) fn detached<T: Send>(
    py: Python<'_>,
    progress: Option<&Bound<'_, PyAny>>,
    work: impl FnOnce(&Run<'_>) -> tongchou::Result<T> + Send,
) -> PyResult<T> {
    let progress = progress.map(follow).transpose()?;
    py.detach(move || {
        let stop = &AtomicBool::new(false);
        // Without room: a step waits until it is told, and until what came of it is known.
        let (tell, steps) = sync_channel::<Step>(0);
        let (answer, answers) = sync_channel::<()>(0);
        let listened = progress.is_some();
        let labour = move || {
            let tell = Teller { tell, answers, stop, last: Cell::new(None) };
            let report = |stage, done, total| tell.step((stage, done, total));
            let cancelled = || stop.load(Ordering::Relaxed);
            let run = Run::default().with_cancellation(&cancelled);
            work(&if listened { run.with_progress(&report) } else { run })
        };
        thread::scope(|scope| {
            let builder = thread::Builder::new().name("tongchou".to_owned()).stack_size(STACK);
            let labour = builder
                .spawn_scoped(scope, labour)
                .map_err(|failure| error::raise_io("a thread for the work", &failure))?;
            let raised = attend(progress.as_ref(), &steps, &answer, stop);
            let done = labour.join().unwrap_or_else(|panic| resume_unwind(panic));
            match raised {
                Some(error) => Err(error),
                None => done.map_err(|failure| Python::attach(|py| error::raise(py, failure))),
            }
        })
    })
}

/// The working thread's side.
struct Teller<'a> {
    tell: SyncSender<Step>,
    answers: Receiver<()>,
    stop: &'a AtomicBool,
    last: Cell<Option<(Stage, Instant)>>,
}

impl Teller<'_> {
    fn step(&self, step: Step) {
        let (stage, done, total) = step;
        let recent = self.last.get().is_some_and(|(known, at)| known == stage && at.elapsed() < INTERVAL);
        if recent && done < total || self.stop.load(Ordering::Relaxed) {
            return;
        }
        self.last.set(Some((stage, Instant::now())));
        if self.tell.send(step).is_ok() {
            // Nobody answers only where nobody waits for the work any more.
            let _ = self.answers.recv();
        }
    }
}

/// The calling thread's side, until the work ends: what Python raised.
fn attend(
    progress: Option<&Py<PyAny>>,
    steps: &Receiver<Step>,
    answer: &SyncSender<()>,
    stop: &AtomicBool,
) -> Option<PyErr> {
    let mut raised = None;
    loop {
        let news = match steps.recv_timeout(INTERVAL) {
            Ok(news) => Some(news),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => return raised,
        };
        if !stop.load(Ordering::Relaxed) {
            let go_on = Python::attach(|py| {
                py.check_signals()?;
                news.zip(progress).map_or(Ok(true), |(news, progress)| told(py, progress, news))
            });
            stop.store(!matches!(go_on, Ok(true)), Ordering::Relaxed);
            raised = go_on.err();
        }
        if news.is_some() {
            // The work waits for it.
            let _ = answer.send(());
        }
    }
}

/// Whether to go on.
fn told(py: Python<'_>, progress: &Py<PyAny>, (stage, done, total): Step) -> PyResult<bool> {
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
