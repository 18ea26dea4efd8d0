//! Everything that a run reads.

use std::sync::Arc;

use tongchou::ingest::{self, Limits, Submissions};
use tongchou::lexicon::Lexicon;
use tongchou::model::decision::Decision;
use tongchou::model::diagnostic::{Diagnostic, Severity};
use tongchou::pipeline::Input;
use tongchou::report::Lang;
use tongchou::targets::UnitGraph;
use tongchou::{Item, Policy, decisions};

use crate::args::Sources;
use crate::commands::{load_lexicon, load_units};
use crate::failure::{Failure, read_bytes, read_text};
use crate::messages::{Loudness, print_diagnostics, print_mappings};

/// What was read.
pub(crate) struct Loaded {
    pub(crate) policy: Policy,
    pub(crate) lexicon: Arc<Lexicon>,
    extension: Option<String>,
    pub(crate) units: Option<UnitGraph>,
    items: Vec<Item>,
    last_year: Option<Vec<Item>>,
    decisions: Vec<Decision>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// How many files of submissions.
    pub(crate) files: usize,
}

impl Loaded {
    /// Reads all files, and says how they were understood.
    pub(crate) fn read(sources: &Sources, loudness: Loudness, lang: Lang) -> Result<Self, Failure> {
        let policy = match &sources.policy {
            Some(path) => Policy::from_toml(&read_text(path)?)?,
            None => Policy::default(),
        };
        let limits = Limits::default();
        // A nation's roster and items take seconds each: they are read side by side.
        let (known, submissions) = std::thread::scope(|scope| {
            let known = scope.spawn(|| -> Result<_, Failure> {
                let (lexicon, extension) = load_lexicon(sources.lexicon.as_deref())?;
                let units = load_units(sources.units.as_deref(), &lexicon)?;
                Ok((lexicon, extension, units))
            });
            let submissions = ingest::read_paths(&sources.inputs, &limits, &mut |_| {});
            (known.join(), submissions)
        });
        let known = known.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        let (lexicon, extension, (units, mut diagnostics)) = known;
        let submissions = submissions?;
        if loudness == Loudness::Verbose {
            print_mappings(&submissions.mappings, lang);
        }
        let Submissions { items, diagnostics: found, files, .. } = submissions;
        diagnostics.extend(found);
        print_diagnostics(&diagnostics, loudness, lang);
        let last_year = match &sources.last_year {
            Some(path) => Some(ingest::read_paths(std::slice::from_ref(path), &limits, &mut |_| {})?.items),
            None => None,
        };
        let decisions = match &sources.decisions {
            Some(path) => decisions::parse(&path.display().to_string(), &read_bytes(path)?)?,
            None => Vec::new(),
        };
        Ok(Self { policy, lexicon, extension, units, items, last_year, decisions, diagnostics, files })
    }

    /// How many rows were rejected.
    pub(crate) fn rejected(&self) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Rejected).count()
    }

    /// Fails when there is nothing to consolidate.
    pub(crate) fn needs_items(&self) -> Result<(), Failure> {
        if self.items.is_empty() { Err(Failure::NoItems) } else { Ok(()) }
    }

    /// The library's input.
    pub(crate) fn into_input(self, units: Option<&UnitGraph>) -> Input<'_> {
        Input {
            items: self.items,
            units,
            last_year: self.last_year,
            decisions: self.decisions,
            diagnostics: self.diagnostics,
            lexicon_extension: self.extension,
        }
    }
}
