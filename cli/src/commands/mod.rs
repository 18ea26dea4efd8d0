//! One file a command.

pub(crate) mod add;
pub(crate) mod consolidate;
pub(crate) mod estimate;
pub(crate) mod evaluate;
pub(crate) mod explain;
pub(crate) mod frontier;
pub(crate) mod resolve;
pub(crate) mod schema;

use std::path::Path;
use std::sync::Arc;

use tongchou::Plan;
use tongchou::lexicon::Lexicon;
use tongchou::model::diagnostic::Diagnostic;
use tongchou::targets::UnitGraph;

use crate::failure::{Failure, read_bytes, read_text};

/// The plan in `folder`.
fn load_plan(folder: &Path) -> Result<Plan, Failure> {
    let path = folder.join("plan.json");
    let text = read_text(&path)?;
    serde_json::from_str(&text).map_err(|error| Failure::Content {
        path: path.display().to_string(),
        expected: "a plan",
        message: error.to_string(),
    })
}

/// The shipped lexicon, with additions if a file is named; and the text of that file.
pub(crate) fn load_lexicon(path: Option<&Path>) -> Result<(Arc<Lexicon>, Option<String>), Failure> {
    match path {
        None => Ok((Lexicon::builtin(), None)),
        Some(path) => {
            let text = read_text(path)?;
            let lexicon = Lexicon::with_extension(&path.display().to_string(), &text)?;
            Ok((Arc::new(lexicon), Some(text)))
        }
    }
}

/// The roster in a file, if one is named, with what loading had to say.
pub(crate) fn load_units(
    path: Option<&Path>,
    lexicon: &Lexicon,
) -> Result<(Option<UnitGraph>, Vec<Diagnostic>), Failure> {
    match path {
        None => Ok((None, Vec::new())),
        Some(path) => {
            let (graph, mut diagnostics) = UnitGraph::from_csv(&read_bytes(path)?, lexicon)?;
            for diagnostic in &mut diagnostics {
                diagnostic.source.file = path.file_name().unwrap_or_default().to_string_lossy().into();
            }
            Ok((Some(graph), diagnostics))
        }
    }
}
