//! `tongchou frontier`

use std::process::ExitCode;

use tongchou::pipeline::Run;
use tongchou::{Consolidator, report};

use crate::args::Frontier;
use crate::failure::Failure;
use crate::output;
use crate::progress::Watch;
use crate::sources::Loaded;

pub(crate) fn run(options: &Frontier) -> Result<ExitCode, Failure> {
    let manner = &options.manner;
    let mut loaded = Loaded::read(&options.sources, manner.loudness(), manner.lang)?;
    loaded.needs_items()?;
    let consolidator =
        Consolidator::new(manner.apply(loaded.policy.clone()))?.with_lexicon(loaded.lexicon.clone());
    let units = loaded.units.take();
    let watch = Watch::new(manner.quiet);
    let frontier = {
        let progress = |stage, done, total| watch.advance(stage, done, total);
        let run = Run::default().with_progress(&progress);
        consolidator.frontier_with(loaded.into_input(units.as_ref()), &run)?
    };
    watch.finish();
    if let Some(folder) = &options.out {
        output::folder(folder)?;
        let mut csv = Vec::new();
        report::frontier::write_csv(&frontier, &mut csv)?;
        output::write(folder, "frontier.csv", &csv)?;
        output::write(folder, "frontier.svg", report::frontier::plot(&frontier, manner.lang).as_bytes())?;
        let mut json = Vec::new();
        report::frontier::write_json(&frontier, &mut json)?;
        output::write(folder, "frontier.json", &json)?;
    }
    if !manner.quiet {
        output::print(&report::frontier::table(&frontier, manner.lang, manner.verbose));
    }
    Ok(ExitCode::SUCCESS)
}
