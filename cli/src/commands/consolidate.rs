//! `tongchou consolidate`

use std::process::ExitCode;

use tongchou::Consolidator;
use tongchou::pipeline::Run;
use tongchou::report::{self, Lang};

use crate::args::Consolidate;
use crate::failure::Failure;
use crate::messages::{Loudness, print_diagnostics};
use crate::output;
use crate::progress::Watch;
use crate::sources::Loaded;

pub(crate) fn run(options: &Consolidate) -> Result<ExitCode, Failure> {
    let loudness = Loudness::new(options.verbose, options.quiet);
    let started = std::time::Instant::now();
    let mut loaded = Loaded::read(&options.sources, loudness, options.lang)?;
    let read = started.elapsed();
    let rejected = loaded.rejected();
    if options.strict && rejected > 0 {
        eprintln!(
            "{}",
            match options.lang {
                Lang::Zh => format!("有 {rejected} 行未能读成事项,按 --strict 不再继续"),
                Lang::En => format!("{rejected} rows were rejected: stopping because of --strict"),
            }
        );
        return Ok(ExitCode::from(3));
    }
    loaded.needs_items()?;
    let (files, told) = (loaded.files, loaded.diagnostics.len());
    let mut policy = loaded.policy.clone();
    if options.threads > 0 {
        policy = policy.with_threads(options.threads);
    }
    if let Some(share) = options.target_reduction {
        policy = policy.with_target_reduction(share);
    }
    let consolidator = Consolidator::new(policy)?.with_lexicon(loaded.lexicon.clone());
    let watch = Watch::new(options.quiet);
    let plan = {
        let progress = |stage, done, total| watch.advance(stage, done, total);
        let units = loaded.units.take();
        consolidator
            .consolidate_with(loaded.into_input(units.as_ref()), &Run::default().with_progress(&progress))?
    };
    let stages = watch.finish();
    // The readers' diagnostics were printed; the pipeline added its own.
    print_diagnostics(&plan.diagnostics[told..], loudness, options.lang);
    let writing = std::time::Instant::now();
    output::folder(&options.out)?;
    for (name, bytes) in report::files(&plan, &options.format, options.lang)? {
        output::write(&options.out, name, &bytes)?;
    }
    if options.verbose {
        eprintln!("{:>12} {:>9.1?}  ({files} files)", "read", read);
        for (stage, time) in stages {
            eprintln!("{:>12} {time:>9.1?}", stage.label_en());
        }
        eprintln!("{:>12} {:>9.1?}", "write", writing.elapsed());
    }
    if !options.quiet {
        output::print(&report::headline(&plan, options.lang));
    }
    Ok(ExitCode::SUCCESS)
}
