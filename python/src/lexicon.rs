//! A user's additions to the lexicon.

use std::path::PathBuf;
use std::sync::Arc;

use pyo3::prelude::*;
use tongchou::lexicon::Lexicon;

use crate::error;

/// The shipped lexicon with a user's concepts, venues, departments and groups added.
///
/// Arguments:
///     path: A TOML file (`str` or `os.PathLike`).
///
/// Raises:
///     LexiconError: The text is not TOML, a form has two meanings, a link points nowhere or runs in a
///         circle. `.source` is the file.
///     OSError: The file cannot be read.
#[pyclass(name = "Lexicon", module = "tongchou", frozen, skip_from_py_object)]
#[derive(Clone, Debug)]
pub(crate) struct PyLexicon {
    pub(crate) lexicon: Arc<Lexicon>,
    /// The additions' text, which a plan records.
    pub(crate) extension: Option<String>,
}

impl PyLexicon {
    /// The lexicon that an argument means: none, a `Lexicon`, or the path of a file.
    pub(crate) fn of(value: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        let Some(value) = value else {
            return Ok(Self { lexicon: Lexicon::builtin(), extension: None });
        };
        if let Ok(lexicon) = value.cast::<Self>() {
            return Ok(lexicon.get().clone());
        }
        Self::new(value.py(), value.extract()?)
    }

    fn with(py: Python<'_>, name: &str, text: String) -> PyResult<Self> {
        let lexicon = py.detach(|| Lexicon::with_extension(name, &text));
        let lexicon = lexicon.map_err(|failure| error::raise(py, failure))?;
        Ok(Self { lexicon: Arc::new(lexicon), extension: Some(text) })
    }
}

#[pymethods]
impl PyLexicon {
    #[new]
    #[pyo3(signature = (path, /))]
    fn new(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        let name = path.display().to_string();
        let text = py.detach(|| std::fs::read_to_string(path));
        Self::with(py, &name, text.map_err(|failure| error::raise_io(&name, &failure))?)
    }

    /// The same from text.
    ///
    /// Arguments:
    ///     text: TOML.
    ///     name: What errors call it.
    ///
    /// Raises:
    ///     LexiconError: As for a file.
    ///
    /// Examples:
    ///     >>> import tongchou
    ///     >>> text = '[[concept]]\nname = "冰雪运动安全"\naliases = ["雪场安全"]'
    ///     >>> tongchou.Lexicon.from_toml(text)
    ///     <tongchou.Lexicon: shipped, extended>
    #[staticmethod]
    #[pyo3(signature = (text, /, *, name="lexicon"))]
    fn from_toml(py: Python<'_>, text: String, name: &str) -> PyResult<Self> {
        Self::with(py, name, text)
    }

    #[expect(clippy::unused_self, reason = "Python calls it on an object")]
    fn __repr__(&self) -> &'static str {
        "<tongchou.Lexicon: shipped, extended>"
    }
}
