//! `tongchou resolve`

use std::process::ExitCode;

use tongchou::report::Lang;
use tongchou::targets::{Resolver, UnitGraph, describe};

use super::{load_lexicon, load_units};
use crate::args::Resolve;
use crate::failure::Failure;
use crate::output;

pub(crate) fn run(options: &Resolve) -> Result<ExitCode, Failure> {
    let (lexicon, _) = load_lexicon(options.lexicon.as_deref())?;
    let (roster, _) = load_units(options.units.as_deref(), &lexicon)?;
    let graph = roster.unwrap_or_else(|| UnitGraph::derived(&lexicon, &[options.phrase.as_str()]));
    let jurisdiction = match &options.jurisdiction {
        None => None,
        Some(name) => Some(
            graph
                .by_id(name)
                .or_else(|| graph.find(name))
                .ok_or_else(|| Failure::UnknownItem { id: name.clone() })?,
        ),
    };
    let phrases = [options.phrase.clone()];
    let set = Resolver::new(&graph, &lexicon).resolve(&phrases, jurisdiction);
    output::print(&describe(&set, &graph, &lexicon, options.lang == Lang::Zh));
    Ok(ExitCode::SUCCESS)
}
