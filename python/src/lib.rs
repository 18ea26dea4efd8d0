//! The compiled half of the Python package `tongchou`.
//!
//! ```text
//! value     a Python or Arrow value → the text of a field
//! sheet     a list of dicts or an Arrow stream → labelled rows
//! items     labelled rows → items;  units → a unit graph
//! job       the arguments of a run, copied out of Python
//! run       releases the GIL, reports progress, listens for Ctrl-C
//! plan      the result, and its tables (tables → table)
//! live      a pool that changes, on a thread of its own
//! worker    parts of a pool on a cluster (components cuts it)
//! error     the core's errors → the classes of tongchou/exceptions.py
//! ```
//!
//! Architecture Invariant: Python values are copied into Rust before the GIL is released and results
//! are converted after it is taken again; the work between touches no Python object. No code here
//! decides anything about items: that is the core's.
//!
//! Doc comments of what Python sees are docstrings: Google's headings, examples that pytest runs.

#![expect(clippy::doc_link_with_quotes, reason = "docstrings hold Python's lists")]

mod arrow_value;
mod components;
mod consolidate;
mod error;
mod estimate;
mod evaluate;
mod explain;
mod frontier;
mod html;
mod items;
mod job;
mod json;
mod lexicon;
mod live;
mod plan;
mod policy;
mod resolve;
mod run;
mod sheet;
mod submissions;
mod table;
mod tables;
mod units;
mod value;
mod worker;

use pyo3::prelude::*;

#[pymodule(gil_used = false)]
mod _tongchou {
    #[pymodule_export]
    use crate::consolidate::consolidate;
    #[pymodule_export]
    use crate::estimate::{PyEstimate, estimate};
    #[pymodule_export]
    use crate::evaluate::evaluate;
    #[pymodule_export]
    use crate::explain::explain;
    #[pymodule_export]
    use crate::frontier::{PyFrontier, frontier};
    #[pymodule_export]
    use crate::lexicon::PyLexicon;
    #[pymodule_export]
    use crate::live::PyLivePool;
    #[pymodule_export]
    use crate::plan::PyPlan;
    #[pymodule_export]
    use crate::policy::PyPolicy;
    #[pymodule_export]
    use crate::resolve::{PyResolution, resolve};
    #[pymodule_export]
    use crate::submissions::{PySubmissions, read_submissions};
    #[pymodule_export]
    use crate::table::PyTable;
    #[pymodule_export]
    use crate::units::PyUnitGraph;
    #[pymodule_export]
    use crate::worker::PyWorker;

    use super::{Bound, PyModule, PyModuleMethods, PyResult};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
