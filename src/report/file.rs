//! The files of a report: which there are, and their bytes.

use std::io::Write;
use std::str::FromStr;

use super::choice::UnknownChoice;
use super::lang::Lang;
use super::{csv, json, markdown};
use crate::error::{Error, Result};
use crate::model::plan::Plan;
use crate::model::rows::Rows;

/// A choice of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// `json`: `plan.json` and `summary.json`.
    Json,
    /// `xlsx`: `plan.xlsx`.
    Xlsx,
    /// `md`: `plan.md`.
    Markdown,
    /// `csv`: `dispositions.csv`, `targets.csv`, `review.csv` and `summary.json`.
    Csv,
}

impl Format {
    /// The formats that this build can write: all, without [`Format::Xlsx`] unless the feature
    /// `xlsx-report` is on.
    #[must_use]
    pub const fn available() -> &'static [Self] {
        if cfg!(feature = "xlsx-report") {
            &[Self::Json, Self::Csv, Self::Markdown, Self::Xlsx]
        } else {
            &[Self::Json, Self::Csv, Self::Markdown]
        }
    }

    /// The files of the format.
    #[must_use]
    pub const fn files(self) -> &'static [File] {
        match self {
            Self::Json => &[File::PlanJson, File::SummaryJson],
            Self::Xlsx => &[File::PlanXlsx],
            Self::Markdown => &[File::PlanMarkdown],
            Self::Csv => &[File::DispositionsCsv, File::TargetsCsv, File::ReviewCsv, File::SummaryJson],
        }
    }
}

impl FromStr for Format {
    type Err = UnknownChoice;

    fn from_str(text: &str) -> std::result::Result<Self, UnknownChoice> {
        match text {
            "json" => Ok(Self::Json),
            "xlsx" => Ok(Self::Xlsx),
            "md" => Ok(Self::Markdown),
            "csv" => Ok(Self::Csv),
            _ => Err(UnknownChoice::new(text, "json, xlsx, md or csv")),
        }
    }
}

/// A file of a report, in the order in which [`files`] gives them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum File {
    /// `plan.json`
    PlanJson,
    /// `summary.json`
    SummaryJson,
    /// `dispositions.csv`
    DispositionsCsv,
    /// `targets.csv`
    TargetsCsv,
    /// `review.csv`
    ReviewCsv,
    /// `plan.md`
    PlanMarkdown,
    /// `plan.xlsx`
    PlanXlsx,
}

impl File {
    /// The files of `formats` in order and without repetition; all that this build can write when
    /// `formats` is empty.
    #[must_use]
    pub fn of(formats: &[Format]) -> Vec<Self> {
        let formats = if formats.is_empty() { Format::available() } else { formats };
        let mut files: Vec<Self> = formats.iter().flat_map(|format| format.files()).copied().collect();
        files.sort_unstable();
        files.dedup();
        files
    }

    /// The file's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PlanJson => "plan.json",
            Self::SummaryJson => "summary.json",
            Self::DispositionsCsv => "dispositions.csv",
            Self::TargetsCsv => "targets.csv",
            Self::ReviewCsv => "review.csv",
            Self::PlanMarkdown => "plan.md",
            Self::PlanXlsx => "plan.xlsx",
        }
    }

    /// Writes the file's bytes to `out`. The JSON and CSV files are streamed; wrap a file in a
    /// [`BufWriter`](std::io::BufWriter).
    ///
    /// # Errors
    /// [`Error::Write`] naming the file
    /// - when `out` fails,
    /// - for `plan.xlsx` when the crate was built without the feature `xlsx-report`.
    pub fn write(self, plan: &Plan, lang: Lang, out: &mut dyn Write) -> Result<()> {
        match self {
            Self::PlanJson => json::write_plan(plan, out),
            Self::SummaryJson => json::write_summary(plan, out),
            Self::DispositionsCsv => csv::write_dispositions(&csv::PlanRows::new(plan), out),
            Self::TargetsCsv => csv::write_targets(&csv::PlanRows::new(plan), out),
            Self::ReviewCsv => csv::write_review(&csv::PlanRows::new(plan), lang, out),
            Self::PlanMarkdown => out
                .write_all(markdown::render(plan, lang).as_bytes())
                .map_err(|cause| write_error(self.name(), &cause)),
            #[cfg(feature = "xlsx-report")]
            Self::PlanXlsx => super::xlsx::render(plan, lang)
                .and_then(|bytes| out.write_all(&bytes).map_err(|cause| write_error(self.name(), &cause))),
            #[cfg(not(feature = "xlsx-report"))]
            Self::PlanXlsx => Err(write_error(self.name(), &"built without the feature `xlsx-report`")),
        }
    }

    /// Whether the file can be written from rows alone, see [`write_rows`](Self::write_rows).
    #[must_use]
    pub const fn needs_rows_only(self) -> bool {
        matches!(self, Self::SummaryJson | Self::DispositionsCsv | Self::TargetsCsv | Self::ReviewCsv)
    }

    /// Writes a file that needs no worded plan, from the rows and a plan that need not hold more than its counts.
    ///
    /// # Errors
    /// [`Error::Write`] when `out` fails, and for a file that needs more.
    pub fn write_rows(self, rows: &dyn Rows, front: &Plan, lang: Lang, out: &mut dyn Write) -> Result<()> {
        match self {
            Self::SummaryJson => json::write_summary(front, out),
            Self::DispositionsCsv => csv::write_dispositions(rows, out),
            Self::TargetsCsv => csv::write_targets(rows, out),
            Self::ReviewCsv => csv::write_review(rows, lang, out),
            Self::PlanJson | Self::PlanMarkdown | Self::PlanXlsx => {
                Err(write_error(self.name(), &"needs the whole plan"))
            }
        }
    }
}

/// The files of `formats` as bytes, in a stable order; all that this build can write when `formats`
/// is empty.
///
/// # Errors
/// Those of [`File::write`].
pub fn files(plan: &Plan, formats: &[Format], lang: Lang) -> Result<Vec<(&'static str, Vec<u8>)>> {
    File::of(formats)
        .into_iter()
        .map(|file| {
            let mut bytes = Vec::new();
            file.write(plan, lang, &mut bytes)?;
            Ok((file.name(), bytes))
        })
        .collect()
}

/// An [`Error::Write`].
pub(super) fn write_error(file: &str, cause: &dyn std::fmt::Display) -> Error {
    Error::Write { what: file.to_owned(), message: cause.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn formats_name_their_files() {
        let names = |formats: &[Format]| File::of(formats).iter().map(|file| file.name()).collect::<Vec<_>>();
        assert_eq!(
            names(&[Format::Csv, Format::Json, Format::Csv]),
            ["plan.json", "summary.json", "dispositions.csv", "targets.csv", "review.csv"]
        );
        assert_eq!(names(&[]).len(), if cfg!(feature = "xlsx-report") { 7 } else { 6 });
        assert_eq!("md".parse(), Ok(Format::Markdown));
        assert_eq!(
            "pdf".parse::<Format>().unwrap_err().to_string(),
            "found `pdf`, expected json, xlsx, md or csv"
        );
        assert_eq!("en".parse(), Ok(Lang::En));
        assert!("fr".parse::<Lang>().is_err());
    }

    #[test]
    fn bytes_are_the_same_twice() {
        for lang in [Lang::Zh, Lang::En] {
            let plan = sample::plan();
            assert_eq!(files(&plan, &[], lang).unwrap(), files(&plan.clone(), &[], lang).unwrap());
        }
    }

    #[test]
    fn an_empty_plan_has_all_files() {
        let plan = sample::empty();
        for lang in [Lang::Zh, Lang::En] {
            assert_eq!(files(&plan, &[], lang).unwrap().len(), File::of(&[]).len());
        }
    }
}
