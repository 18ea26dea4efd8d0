//! The arguments.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use tongchou::Policy;
use tongchou::report::{Format, Lang};

use crate::messages::Loudness;

/// Consolidates departments' proposed inspection items into one explained, leaner plan.
#[derive(Debug, Parser)]
#[command(name = "tongchou", version, about, propagate_version = true)]
pub(crate) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read submissions and write the merged plan
    Consolidate(Consolidate),
    /// Tell how far the items can be consolidated: every merge from the safest to the boldest
    Frontier(Frontier),
    /// Say what late proposals repeat of items that are there, one after the other
    Add(Add),
    /// Say why two items were, or were not, put together
    Explain(Explain),
    /// Measure a plan against a truth file
    Evaluate(Evaluate),
    /// Estimate match weights on your own items, without labels, and write them as a policy
    Estimate(Estimate),
    /// Say which units a target phrase means, and how
    Resolve(Resolve),
    /// Print the JSON Schemas of item, roster row, policy, decision and plan
    Schema,
}

/// What is read.
#[derive(Debug, Args)]
pub(crate) struct Sources {
    /// Files or folders of .xlsx .xls .ods .csv .json .jsonl .docx; the order never matters
    #[arg(required = true)]
    pub(crate) inputs: Vec<PathBuf>,
    /// Roster of units (units.csv)
    #[arg(long)]
    pub(crate) units: Option<PathBuf>,
    /// Last year's plan, in any input format
    #[arg(long)]
    pub(crate) last_year: Option<PathBuf>,
    /// Policy (TOML)
    #[arg(long)]
    pub(crate) policy: Option<PathBuf>,
    /// Additions to the lexicon (TOML)
    #[arg(long)]
    pub(crate) lexicon: Option<PathBuf>,
    /// Reviewers' decisions (JSONL, or an edited review.csv)
    #[arg(long)]
    pub(crate) decisions: Option<PathBuf>,
}

/// How a command works and what it says.
#[derive(Debug, Args)]
pub(crate) struct Manner {
    /// Threads; 0 takes what the machine offers
    #[arg(long, default_value_t = 0)]
    threads: usize,
    /// Language of reports and messages: zh or en
    #[arg(long, default_value = "zh")]
    pub(crate) lang: Lang,
    /// Print how columns were understood, every diagnostic, and every stage, step or item
    #[arg(short, long)]
    pub(crate) verbose: bool,
    /// Print nothing but errors
    #[arg(long, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
}

impl Manner {
    pub(crate) fn loudness(&self) -> Loudness {
        match (self.verbose, self.quiet) {
            (true, _) => Loudness::Verbose,
            (_, true) => Loudness::Quiet,
            _ => Loudness::Usual,
        }
    }

    /// The policy with the threads that were asked for.
    pub(crate) fn apply(&self, policy: Policy) -> Policy {
        if self.threads > 0 { policy.with_threads(self.threads) } else { policy }
    }
}

/// `tongchou consolidate`
#[derive(Debug, Args)]
pub(crate) struct Consolidate {
    #[command(flatten)]
    pub(crate) sources: Sources,
    /// Make the plan smaller by this share of the items, e.g. 15%: the safest merges that reach it
    #[arg(long, value_parser = share)]
    pub(crate) target_reduction: Option<f64>,
    /// Folder for the results
    #[arg(long, default_value = "plan")]
    pub(crate) out: PathBuf,
    /// Results to write: json, xlsx, md, csv; all when left out
    #[arg(long, value_delimiter = ',')]
    pub(crate) format: Vec<Format>,
    /// Exit with 3 and write nothing when a row was rejected
    #[arg(long)]
    pub(crate) strict: bool,
    #[command(flatten)]
    pub(crate) manner: Manner,
}

/// `tongchou frontier`
#[derive(Debug, Args)]
pub(crate) struct Frontier {
    #[command(flatten)]
    pub(crate) sources: Sources,
    /// Folder for frontier.csv, frontier.svg and frontier.json; nothing is written when left out
    #[arg(long)]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) manner: Manner,
}

/// `tongchou add`
#[derive(Debug, Args)]
pub(crate) struct Add {
    #[command(flatten)]
    pub(crate) sources: Sources,
    /// Late proposals: files or folders in any input format
    #[arg(long, required = true, num_args = 1..)]
    pub(crate) new: Vec<PathBuf>,
    /// Folder for the plan with the late proposals, as of `consolidate`; nothing is written when left out
    #[arg(long)]
    pub(crate) out: Option<PathBuf>,
    /// Results to write: json, xlsx, md, csv; all when left out
    #[arg(long, value_delimiter = ',', requires = "out")]
    pub(crate) format: Vec<Format>,
    #[command(flatten)]
    pub(crate) manner: Manner,
}

/// `15%` or `0.15` as a share.
fn share(text: &str) -> Result<f64, String> {
    let wrong = || format!("`{text}` is no share between 0% and 100%, such as 15% or 0.15");
    let text = text.trim();
    let (number, whole) = match text.strip_suffix(['%', '％']) {
        Some(percent) => (percent, 100.0),
        None => (text, 1.0),
    };
    let share = number.trim().parse::<f64>().map_err(|_| wrong())? / whole;
    if (0.0..=1.0).contains(&share) { Ok(share) } else { Err(wrong()) }
}

/// `tongchou explain`
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// Folder with plan.json
    #[arg(long, default_value = "plan")]
    pub(crate) out: PathBuf,
    /// Id of the first item
    pub(crate) a: String,
    /// Id of the second item
    pub(crate) b: String,
    /// Language: zh or en
    #[arg(long, default_value = "zh")]
    pub(crate) lang: Lang,
}

/// `tongchou evaluate`
#[expect(clippy::struct_excessive_bools, reason = "independent switches of a command line")]
#[derive(Debug, Args)]
pub(crate) struct Evaluate {
    /// Folder with plan.json
    #[arg(long, default_value = "plan")]
    pub(crate) out: PathBuf,
    /// Truth file (truth.json)
    #[arg(long)]
    pub(crate) truth: PathBuf,
    /// Measure textbook clusterers and plain text similarities too, on the same items
    #[arg(long)]
    pub(crate) baselines: bool,
    /// Measure the plan as it is, without scoring its pairs again: no curve
    #[arg(long, conflicts_with = "baselines")]
    pub(crate) quick: bool,
    /// Print everything as JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// List the wrong pairs with their explanation
    #[arg(short, long)]
    pub(crate) verbose: bool,
    /// Language: zh or en
    #[arg(long, default_value = "zh")]
    pub(crate) lang: Lang,
}

/// `tongchou estimate`
#[derive(Debug, Args)]
pub(crate) struct Estimate {
    /// Files or folders of .xlsx .xls .ods .csv .json .jsonl .docx; the order never matters
    #[arg(required = true)]
    pub(crate) inputs: Vec<PathBuf>,
    /// Roster of units (units.csv)
    #[arg(long)]
    pub(crate) units: Option<PathBuf>,
    /// Policy to start from (TOML)
    #[arg(long)]
    pub(crate) policy: Option<PathBuf>,
    /// Additions to the lexicon (TOML)
    #[arg(long)]
    pub(crate) lexicon: Option<PathBuf>,
    /// File for the policy; printed when left out
    #[arg(long)]
    pub(crate) out: Option<PathBuf>,
    /// Language: zh or en
    #[arg(long, default_value = "zh")]
    pub(crate) lang: Lang,
    /// Print every level with its shares
    #[arg(short, long)]
    pub(crate) verbose: bool,
}

/// `tongchou resolve`
#[derive(Debug, Args)]
pub(crate) struct Resolve {
    /// Roster of units (units.csv); without one, units are derived from the phrase
    #[arg(long)]
    pub(crate) units: Option<PathBuf>,
    /// Additions to the lexicon (TOML)
    #[arg(long)]
    pub(crate) lexicon: Option<PathBuf>,
    /// The planning authority, by id or name; the roster's root when left out
    #[arg(long)]
    pub(crate) jurisdiction: Option<String>,
    /// The target phrase
    pub(crate) phrase: String,
    /// Language: zh or en
    #[arg(long, default_value = "zh")]
    pub(crate) lang: Lang,
}
