//! `tongchou consolidate`

use std::process::ExitCode;

use tongchou::decisions;
use tongchou::ingest::{self, HeaderMapping, Limits, Submissions};
use tongchou::model::diagnostic::{Diagnostic, Severity};
use tongchou::model::item::Field;
use tongchou::pipeline::{Input, Run};
use tongchou::report::{self, Lang};
use tongchou::{Consolidator, Policy};

use super::{load_lexicon, load_units};
use crate::args::Consolidate;
use crate::failure::{Failure, read_bytes, read_text};
use crate::output;
use crate::progress::Watch;

pub(crate) fn run(options: &Consolidate) -> Result<ExitCode, Failure> {
    let policy = match &options.policy {
        Some(path) => Policy::from_toml(&read_text(path)?)?,
        None => Policy::default(),
    };
    let policy = if options.threads > 0 { policy.with_threads(options.threads) } else { policy };
    let (lexicon, extension) = load_lexicon(options.lexicon.as_deref())?;
    let (units, mut diagnostics) = load_units(options.units.as_deref(), &lexicon)?;
    let started = std::time::Instant::now();
    let limits = Limits::default();
    let submissions = ingest::read_paths(&options.inputs, &limits, &mut |_| {})?;
    let read = started.elapsed();
    if options.verbose {
        print_mappings(&submissions.mappings, options.lang);
    }
    let Submissions { items, diagnostics: found, files, .. } = submissions;
    diagnostics.extend(found);
    print_diagnostics(&diagnostics, options);
    let rejected = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Rejected).count();
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
    if items.is_empty() {
        return Err(Failure::NoItems);
    }
    let last_year = match &options.last_year {
        Some(path) => Some(ingest::read_paths(std::slice::from_ref(path), &limits, &mut |_| {})?.items),
        None => None,
    };
    let decisions = match &options.decisions {
        Some(path) => decisions::parse(&path.display().to_string(), &read_bytes(path)?)?,
        None => Vec::new(),
    };
    let consolidator = Consolidator::new(policy)?.with_lexicon(lexicon);
    let input = Input {
        items,
        units: units.as_ref(),
        last_year,
        decisions,
        diagnostics,
        lexicon_extension: extension,
    };
    let watch = Watch::new(options.quiet);
    let plan = {
        let progress = |stage, done, total| watch.advance(stage, done, total);
        consolidator.consolidate_with(input, &Run::default().with_progress(&progress))?
    };
    let stages = watch.finish();
    let writing = std::time::Instant::now();
    std::fs::create_dir_all(&options.out)
        .map_err(|source| Failure::Write { path: options.out.display().to_string(), source })?;
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

/// Which column was taken for what.
fn print_mappings(mappings: &[HeaderMapping], lang: Lang) {
    for mapping in mappings {
        let sheet = if mapping.sheet.is_empty() { String::new() } else { format!("#{}", mapping.sheet) };
        let encoding = mapping.encoding.as_deref().map(|name| format!(" [{name}]")).unwrap_or_default();
        eprintln!("{}{sheet}!{}{encoding}", mapping.file, mapping.header_row);
        for column in &mapping.columns {
            let header: String = column.header.split_whitespace().collect();
            let meaning = match (column.field, lang) {
                (Some(field), Lang::Zh) => Field::label_zh(field),
                (Some(field), Lang::En) => Field::key(field),
                (None, _) => "-",
            };
            eprintln!("  {:>3} {header} -> {meaning}", column.column);
        }
    }
}

/// Diagnostics worth a look: all when verbose, else those of rejected rows and unreadable files.
fn print_diagnostics(diagnostics: &[Diagnostic], options: &Consolidate) {
    for diagnostic in diagnostics {
        let grave = diagnostic.severity >= Severity::Rejected;
        if (grave && !options.quiet) || options.verbose {
            eprintln!("{}", line(diagnostic, options.lang));
        }
    }
}

/// `file#sheet!row:column: severity: found …, expected …`
fn line(diagnostic: &Diagnostic, lang: Lang) -> String {
    let source = &diagnostic.source;
    let sheet = if source.sheet.is_empty() { String::new() } else { format!("#{}", source.sheet) };
    let row = if source.row == 0 { String::new() } else { format!("!{}", source.row) };
    let column = diagnostic.column.map(|column| format!(":{column}")).unwrap_or_default();
    let place = format!("{}{sheet}{row}{column}", source.file);
    match lang {
        Lang::Zh => {
            let severity = match diagnostic.severity {
                Severity::Info => "提示",
                Severity::Warning => "注意",
                Severity::Rejected => "未采用",
                Severity::Unreadable => "无法读取",
            };
            format!("{place}: {severity}: 读到“{}”,应为{}", diagnostic.found, diagnostic.expected_zh)
        }
        Lang::En => {
            let severity = match diagnostic.severity {
                Severity::Info => "info",
                Severity::Warning => "warning",
                Severity::Rejected => "rejected",
                Severity::Unreadable => "unreadable",
            };
            format!("{place}: {severity}: found `{}`, expected {}", diagnostic.found, diagnostic.expected_en)
        }
    }
}
