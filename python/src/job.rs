//! What `consolidate`, `frontier`, `estimate` and `LivePool` work on, copied out of Python.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyBytes;
use tongchou::model::decision::Decision;
use tongchou::model::diagnostic::Diagnostic;
use tongchou::pipeline::{LivePool, Run};
use tongchou::targets::UnitGraph;
use tongchou::{Consolidator, Input, Item, Policy, decisions};

use crate::error;
use crate::items::items_of;
use crate::json;
use crate::lexicon::PyLexicon;
use crate::policy::PyPolicy;
use crate::run::detached;
use crate::submissions::paths_of;
use crate::units::PyUnitGraph;

/// The arguments as Python gave them.
pub(crate) struct Arguments<'a, 'py> {
    pub(crate) items: &'a Bound<'py, PyAny>,
    pub(crate) units: Option<&'a Bound<'py, PyAny>>,
    pub(crate) policy: Option<&'a Bound<'py, PyPolicy>>,
    pub(crate) decisions: Option<&'a Bound<'py, PyAny>>,
    pub(crate) last_year: Option<&'a Bound<'py, PyAny>>,
    pub(crate) lexicon: Option<&'a Bound<'py, PyAny>>,
}

/// A run that is ready to begin.
pub(crate) struct Job {
    consolidator: Consolidator,
    items: Vec<Item>,
    units: Option<Arc<UnitGraph>>,
    last_year: Option<Vec<Item>>,
    decisions: Vec<Decision>,
    lexicon_extension: Option<String>,
    diagnostics: Vec<Diagnostic>,
}

impl Job {
    /// Reads all arguments; what is wrong with one is raised here.
    pub(crate) fn new(py: Python<'_>, arguments: &Arguments<'_, '_>) -> PyResult<Self> {
        let lexicon = PyLexicon::of(arguments.lexicon)?;
        let units = arguments.units.map(|units| PyUnitGraph::of(units, &lexicon)).transpose()?;
        let (items, found) = items_of(arguments.items, "items")?;
        let (units, remarks) = units.map(|units| (units.graph, units.diagnostics)).unzip();
        let mut diagnostics: Vec<Diagnostic> = remarks.unwrap_or_default();
        diagnostics.extend(found);
        let last_year = arguments.last_year.map(|items| items_of(items, "last_year")).transpose()?;
        let decisions = arguments.decisions.map(decisions_of).transpose()?.unwrap_or_default();
        let policy = arguments.policy.map_or_else(Policy::default, |policy| policy.get().policy.clone());
        let consolidator = Consolidator::new(policy)
            .map_err(|failure| error::raise(py, failure))?
            .with_lexicon(lexicon.lexicon);
        Ok(Self {
            consolidator,
            items,
            units,
            last_year: last_year.map(|(items, _)| items),
            decisions,
            lexicon_extension: lexicon.extension,
            diagnostics,
        })
    }

    /// Makes a pool that is going to change, for `work` to keep. Needs no GIL, and must not have it.
    pub(crate) fn keep(self, work: impl FnOnce(tongchou::Result<LivePool<'_>>)) {
        let Self { consolidator, items, units, last_year, decisions, lexicon_extension, diagnostics } = self;
        let units = units.as_deref();
        let input = Input { items, units, last_year, decisions, lexicon_extension, diagnostics };
        work(consolidator.live(input));
    }

    /// Does `work` without the GIL.
    pub(crate) fn run<T: Send>(
        self,
        py: Python<'_>,
        progress: Option<&Bound<'_, PyAny>>,
        work: fn(&Consolidator, Input<'_>, &Run<'_>) -> tongchou::Result<T>,
    ) -> PyResult<T> {
        detached(py, progress, move |run| {
            let input = Input {
                items: self.items,
                units: self.units.as_deref(),
                last_year: self.last_year,
                decisions: self.decisions,
                lexicon_extension: self.lexicon_extension,
                diagnostics: self.diagnostics,
            };
            work(&self.consolidator, input, run)
        })
    }
}

/// The decisions of a file, its bytes, or a list of dicts.
pub(crate) fn decisions_of(value: &Bound<'_, PyAny>) -> PyResult<Vec<Decision>> {
    let py = value.py();
    let parsed = if let Some(path) = paths_of(value)? {
        let name = path.display().to_string();
        let bytes = py.detach(|| std::fs::read(path)).map_err(|failure| error::raise_io(&name, &failure))?;
        decisions::parse(&name, &bytes)
    } else if let Ok(bytes) = value.cast::<PyBytes>() {
        decisions::parse("decisions", bytes.as_bytes())
    } else {
        let mut lines = String::new();
        for decision in value.try_iter()? {
            lines.push_str(&json::dumps(&decision?, "DecisionError")?);
            lines.push('\n');
        }
        decisions::parse("decisions", lines.as_bytes())
    };
    parsed.map_err(|failure| error::raise(py, failure))
}
