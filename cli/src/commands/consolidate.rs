//! `tongchou consolidate`

use std::io::Write;
use std::process::ExitCode;

use tongchou::pipeline::{Outcome, Run};
use tongchou::report::{self, File, Lang};
use tongchou::{Consolidator, Plan};

use crate::args::Consolidate;
use crate::failure::Failure;
use crate::messages::print_diagnostics;
use crate::output;
use crate::progress::Watch;
use crate::sources::Loaded;

pub(crate) fn run(options: &Consolidate) -> Result<ExitCode, Failure> {
    let manner = &options.manner;
    let loudness = manner.loudness();
    let started = std::time::Instant::now();
    let mut loaded = Loaded::read(&options.sources, loudness, manner.lang)?;
    let read = started.elapsed();
    let rejected = loaded.rejected();
    if options.strict && rejected > 0 {
        eprintln!(
            "{}",
            match manner.lang {
                Lang::Zh => format!("有 {rejected} 行未能读成事项,按 --strict 不再继续"),
                Lang::En => format!("{rejected} rows were rejected: stopping because of --strict"),
            }
        );
        return Ok(ExitCode::from(3));
    }
    loaded.needs_items()?;
    let (read_files, told) = (loaded.files, loaded.diagnostics.len());
    let mut policy = manner.apply(loaded.policy.clone());
    if let Some(share) = options.target_reduction {
        policy = policy.with_target_reduction(share);
    }
    let consolidator = Consolidator::new(policy)?.with_lexicon(loaded.lexicon.clone());
    let watch = Watch::new(manner.quiet);
    let units = loaded.units.take();
    let input = loaded.into_input(units.as_ref());
    let progress = |stage, done, total| watch.advance(stage, done, total);
    let run = Run::default().with_progress(&progress);
    let files = File::of(&options.format);
    // Rows need no wording, which takes most of the time and memory of a large pool.
    let made = if files.iter().all(|file| file.needs_rows_only()) {
        Made::Outcome(Box::new(consolidator.outcome(input, &run)?))
    } else {
        Made::Plan(Box::new(consolidator.consolidate_with(input, &run)?))
    };
    let stages = watch.finish();
    // The readers' diagnostics were printed; the pipeline added its own.
    print_diagnostics(&made.front().diagnostics[told..], loudness, manner.lang);
    let writing = std::time::Instant::now();
    output::folder(&options.out)?;
    write(&made, files, options)?;
    if manner.verbose {
        eprintln!("{:>12} {:>9.1?}  ({read_files} files)", "read", read);
        for (stage, time) in stages {
            eprintln!("{:>12} {time:>9.1?}", stage.label_en());
        }
        eprintln!("{:>12} {:>9.1?}", "write", writing.elapsed());
    }
    if !manner.quiet {
        output::print(&report::headline(made.front(), manner.lang));
    }
    // The process ends here: giving back gigabytes in small pieces would only take time.
    std::mem::forget(made);
    Ok(ExitCode::SUCCESS)
}

/// Writes the files; a nation's targets, a hundred times as long as the rest, beside the others.
fn write(made: &Made<'_>, files: Vec<File>, options: &Consolidate) -> Result<(), Failure> {
    let stream = |file: File| {
        output::stream(&options.out, file.name(), |out| Ok(made.write(file, options.manner.lang, out)?))
    };
    let (aside, others): (Vec<File>, Vec<File>) =
        files.into_iter().partition(|&file| file == File::TargetsCsv);
    std::thread::scope(|scope| {
        let aside = scope.spawn(|| aside.into_iter().try_for_each(stream));
        let written = others.into_iter().try_for_each(stream);
        let aside = aside.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        written.and(aside)
    })
}

/// What a run made: a plan, or the rows of one.
enum Made<'a> {
    Plan(Box<Plan>),
    Outcome(Box<Outcome<'a>>),
}

impl Made<'_> {
    /// A plan that holds the counts at least.
    fn front(&self) -> &Plan {
        match self {
            Self::Plan(plan) => plan,
            Self::Outcome(outcome) => outcome.front(),
        }
    }

    fn write(&self, file: File, lang: Lang, out: &mut dyn Write) -> tongchou::Result<()> {
        match self {
            Self::Plan(plan) => file.write(plan, lang, out),
            Self::Outcome(outcome) => file.write_rows(&**outcome, outcome.front(), lang, out),
        }
    }
}
