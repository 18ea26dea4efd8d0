//! What the input is like, on stderr.

use tongchou::ingest::HeaderMapping;
use tongchou::model::diagnostic::{Diagnostic, Severity};
use tongchou::model::item::Field;
use tongchou::report::Lang;

/// Which column was taken for what.
pub(crate) fn print_mappings(mappings: &[HeaderMapping], lang: Lang) {
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

/// Diagnostics worth a look: all when verbose, else those of rejected rows, of unreadable files and of
/// decisions that were not applied.
pub(crate) fn print_diagnostics(diagnostics: &[Diagnostic], loudness: Loudness, lang: Lang) {
    for diagnostic in diagnostics {
        let grave = diagnostic.severity >= Severity::Rejected || diagnostic.code.starts_with("decision_");
        if (grave && loudness != Loudness::Quiet) || loudness == Loudness::Verbose {
            eprintln!("{}", line(diagnostic, lang));
        }
    }
}

/// How much is said.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Loudness {
    /// Errors only.
    Quiet,
    /// What matters.
    Usual,
    /// Everything.
    Verbose,
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
            // What was expected is a noun or a whole sentence (应填写…).
            let should = if diagnostic.expected_zh.starts_with('应') { "" } else { "应为" };
            format!("{place}: {severity}: 读到“{}”,{should}{}", diagnostic.found, diagnostic.expected_zh)
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
