//! `tongchou estimate`

use std::fmt::Write as _;
use std::process::ExitCode;

use tongchou::Consolidator;
use tongchou::estimate::{Estimate, HypothesisEstimate, Rules, Warning};
use tongchou::report::Lang;

use crate::args::{Estimate as Options, Sources};
use crate::failure::Failure;
use crate::messages::Loudness;
use crate::output;
use crate::sources::Loaded;

pub(crate) fn run(options: &Options) -> Result<ExitCode, Failure> {
    let sources = Sources {
        inputs: options.inputs.clone(),
        units: options.units.clone(),
        last_year: None,
        policy: options.policy.clone(),
        lexicon: options.lexicon.clone(),
        decisions: None,
    };
    let lang = options.lang;
    let mut loaded = Loaded::read(&sources, Loudness::Usual, lang)?;
    loaded.needs_items()?;
    let mut policy = loaded.policy.clone();
    let consolidator = Consolidator::new(policy.clone())?.with_lexicon(loaded.lexicon.clone());
    let units = loaded.units.take();
    let estimate = consolidator.estimate(loaded.into_input(units.as_ref()), &Rules::default())?;
    eprint!("{}", told(&estimate, options.verbose, lang));
    policy.weights = estimate.weights.clone();
    let mut text = String::new();
    for line in told(&estimate, false, lang).lines() {
        let _ = writeln!(text, "# {line}");
    }
    let _ = write!(text, "\n{}", policy.to_toml()?);
    match &options.out {
        None => output::print(&text),
        Some(path) => {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            let folder = folder.unwrap_or(std::path::Path::new("."));
            output::folder(folder)?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            output::write(folder, &name, text.as_bytes())?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What was found, and what is to be distrusted.
fn told(estimate: &Estimate, verbose: bool, lang: Lang) -> String {
    let mut text = match lang {
        Lang::Zh => format!(
            "期望最大化:{} 对事项,迭代 {} 轮,{}\n",
            estimate.pairs,
            estimate.rounds,
            if estimate.converged { "已收敛" } else { "未收敛" }
        ),
        Lang::En => format!(
            "expectation maximisation: {} pairs, {} rounds, {}\n",
            estimate.pairs,
            estimate.rounds,
            if estimate.converged { "converged" } else { "not converged" }
        ),
    };
    for (zh, en, found) in [("同一主题", "matter", &estimate.matter), ("同次进场", "visit", &estimate.visit)]
    {
        let prior = f64::from(found.prior) / 1000.0;
        let kept = found.levels.iter().filter(|level| level.kept).count();
        let all = found.levels.len();
        let _ = match lang {
            Lang::Zh => {
                writeln!(
                    text,
                    "{zh}:预计 {:.1} 对,先验 {prior:.3} 位,{kept}/{all} 档沿用原权重",
                    found.matches
                )
            }
            Lang::En => writeln!(
                text,
                "{en}: {:.1} pairs expected, prior {prior:.3} bits, {kept} of {all} levels kept their weights",
                found.matches
            ),
        };
        if verbose {
            levels(&mut text, found, lang);
        }
    }
    for warning in &estimate.warnings {
        let _ = writeln!(text, "{}", warned(warning, lang));
    }
    text
}

fn levels(text: &mut String, found: &HypothesisEstimate, lang: Lang) {
    for level in &found.levels {
        let name = if lang == Lang::Zh { &level.level_zh } else { &level.level };
        let kept = if level.kept { "=" } else { "*" };
        let _ = writeln!(
            text,
            "  {kept} m {:.4}  u {:.5}  {:>7.3} -> {:>7.3}  {name}",
            level.m,
            level.u,
            f64::from(level.given) / 1000.0,
            f64::from(level.weight) / 1000.0
        );
    }
}

fn warned(warning: &Warning, lang: Lang) -> String {
    match (warning, lang) {
        (Warning::FewPairs { pairs, wanted }, Lang::Zh) => {
            format!("注意:事项太少,只有 {pairs} 对可比,少于 {wanted} 对,估计不可靠")
        }
        (Warning::FewPairs { pairs, wanted }, Lang::En) => {
            format!(
                "warning: the pool is small: {pairs} pairs, {wanted} are wanted; do not rely on the estimate"
            )
        }
        (Warning::FewMatches { hypothesis, matches, wanted }, Lang::Zh) => {
            let name = if *hypothesis == "matter" { "同一主题" } else { "同次进场" };
            format!("注意:“{name}”预计只有 {matches:.1} 对,少于 {wanted} 对,全部沿用原权重")
        }
        (Warning::FewMatches { hypothesis, matches, wanted }, Lang::En) => format!(
            "warning: {hypothesis}: {matches:.1} pairs expected, {wanted} are wanted: all weights kept"
        ),
        (Warning::LevelsKept { hypothesis, kept, of }, Lang::Zh) => {
            let name = if *hypothesis == "matter" { "同一主题" } else { "同次进场" };
            format!("注意:“{name}”有 {kept}/{of} 档依据不足,沿用原权重")
        }
        (Warning::LevelsKept { hypothesis, kept, of }, Lang::En) => {
            format!(
                "warning: {hypothesis}: {kept} of {of} levels have too little evidence and kept their weights"
            )
        }
        (Warning::NotConverged { rounds }, Lang::Zh) => format!("注意:{rounds} 轮后仍未收敛"),
        (Warning::NotConverged { rounds }, Lang::En) => {
            format!("warning: not converged after {rounds} rounds")
        }
    }
}
