//! `tongchou frontier`

use std::process::ExitCode;

use tongchou::pipeline::Run;
use tongchou::{Consolidator, report};

use crate::args::Frontier;
use crate::failure::Failure;
use crate::messages::Loudness;
use crate::output;
use crate::progress::Watch;
use crate::sources::Loaded;

pub(crate) fn run(options: &Frontier) -> Result<ExitCode, Failure> {
    let mut loaded =
        Loaded::read(&options.sources, Loudness::new(options.verbose, options.quiet), options.lang)?;
    loaded.needs_items()?;
    let policy = loaded.policy.clone();
    let policy = if options.threads > 0 { policy.with_threads(options.threads) } else { policy };
    let consolidator = Consolidator::new(policy)?.with_lexicon(loaded.lexicon.clone());
    let units = loaded.units.take();
    let watch = Watch::new(options.quiet);
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
        output::write(folder, "frontier.svg", report::frontier::plot(&frontier, options.lang).as_bytes())?;
        let mut json = Vec::new();
        report::frontier::write_json(&frontier, &mut json)?;
        output::write(folder, "frontier.json", &json)?;
    }
    if !options.quiet {
        output::print(&report::frontier::table(&frontier, options.lang, options.verbose));
    }
    Ok(ExitCode::SUCCESS)
}
