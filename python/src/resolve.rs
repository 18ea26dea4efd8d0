//! `resolve`

use std::sync::Arc;

use pyo3::prelude::*;
use tongchou::model::target_set::TargetSet;
use tongchou::targets::{Resolver, UnitGraph, describe};

use crate::error::Fault;
use crate::explain::lang_of;
use crate::json;
use crate::lexicon::PyLexicon;
use crate::units::PyUnitGraph;

/// Which units a target phrase means, and how. Made by `resolve`.
#[pyclass(name = "Resolution", module = "tongchou", frozen)]
#[derive(Debug)]
pub(crate) struct PyResolution {
    set: TargetSet,
    graph: Arc<UnitGraph>,
    lexicon: PyLexicon,
}

#[pymethods]
impl PyResolution {
    /// Ids of the leaf units.
    #[getter]
    fn units(&self) -> Vec<&str> {
        self.set.units.iter().map(|unit| self.graph.unit(unit).id()).collect()
    }

    /// Names of the leaf units.
    #[getter]
    fn names(&self) -> Vec<&str> {
        self.set.units.iter().map(|unit| self.graph.unit(unit).name()).collect()
    }

    /// How sure: `exact`, `sample`, `vague`, `unknown` or `absent`.
    #[getter]
    fn sureness<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::object(py, &self.set.sureness)
    }

    /// What each stretch of the phrase was taken for: dicts of `text`, `role` and `units` (their number).
    #[getter]
    fn terms<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::object(py, &self.set.terms)
    }

    /// All of it in words.
    ///
    /// Arguments:
    ///     lang: `"zh"` or `"en"`.
    #[pyo3(signature = (*, lang="zh"))]
    fn describe(&self, lang: &str) -> PyResult<String> {
        let zh = lang_of(lang)? == tongchou::report::Lang::Zh;
        Ok(describe(&self.set, &self.graph, &self.lexicon.lexicon, zh))
    }

    fn __len__(&self) -> usize {
        self.set.units.len()
    }

    fn __repr__(&self) -> String {
        format!("<tongchou.Resolution: {} units>", self.set.units.len())
    }
}

/// Which units a target phrase means.
///
/// Arguments:
///     phrase: The phrase as a department writes it.
///     units: The roster: a `UnitGraph`, or what one is made from.
///     jurisdiction: Id or name of the planning authority's unit; the roster's root by default.
///     lexicon: Additions to the lexicon: a `Lexicon` or the path of one.
///
/// Raises:
///     UnknownItemError: The jurisdiction is not in the roster.
///     RosterError, LexiconError, OSError: That input is not usable.
///
/// Examples:
///     >>> import tongchou
///     >>> found = tongchou.resolve("各街道", units="fixtures/pool-north/units.csv")
///     >>> len(found), found.sureness
///     (5, 'exact')
#[pyfunction]
#[pyo3(signature = (phrase, *, units=None, jurisdiction=None, lexicon=None))]
pub(crate) fn resolve(
    py: Python<'_>,
    phrase: String,
    units: Option<&Bound<'_, PyAny>>,
    jurisdiction: Option<&str>,
    lexicon: Option<&Bound<'_, PyAny>>,
) -> PyResult<PyResolution> {
    let lexicon = PyLexicon::of(lexicon)?;
    let graph = match units {
        Some(units) => PyUnitGraph::of(units, &lexicon)?.graph,
        None => Arc::new(UnitGraph::derived(&lexicon.lexicon, &[phrase.as_str()])),
    };
    let unknown =
        |name: &str| Fault::new("UnknownItemError", format!("unit `{name}` is not in the roster")).raise(py);
    let jurisdiction = jurisdiction
        .map(|name| graph.by_id(name).or_else(|| graph.find(name)).ok_or_else(|| unknown(name)))
        .transpose()?;
    let set = py.detach(|| Resolver::new(&graph, &lexicon.lexicon).resolve(&[phrase], jurisdiction));
    Ok(PyResolution { set, graph, lexicon })
}
