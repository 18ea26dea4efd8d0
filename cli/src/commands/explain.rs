//! `tongchou explain`

use std::process::ExitCode;

use tongchou::model::evidence::Evidence;
use tongchou::pipeline::Rerun;
use tongchou::{Item, Plan, report};

use super::load_plan;
use crate::args::Explain;
use crate::failure::Failure;
use crate::output;

pub(crate) fn run(options: &Explain) -> Result<ExitCode, Failure> {
    let plan = load_plan(&options.out)?;
    let a = submitted(&plan, &options.a)?.clone();
    let b = submitted(&plan, &options.b)?.clone();
    let (a, b) = if a.id <= b.id { (a, b) } else { (b, a) };
    let kept = recorded(&plan, &a.id, &b.id).cloned();
    let evidence = match kept {
        Some(evidence) => evidence,
        None => judged_again(&plan, &a.id, &b.id)?,
    };
    output::print(&report::explain(&evidence, &a, &b, options.lang));
    Ok(ExitCode::SUCCESS)
}

/// The evidence that the plan itself holds on a pair.
fn recorded<'a>(plan: &'a Plan, a: &str, b: &str) -> Option<&'a Evidence> {
    let merged = plan.items.iter().flat_map(|item| &item.evidence);
    let doubtful = plan.review.iter().map(|pair| &pair.evidence);
    merged.chain(doubtful).chain(&plan.barred).find(|evidence| evidence.a == a && evidence.b == b)
}

/// The evidence on a pair the plan says nothing of: judged again from what the plan keeps of its run.
fn judged_again(plan: &Plan, a: &str, b: &str) -> Result<Evidence, Failure> {
    let rerun = Rerun::of_plan(plan)?;
    rerun
        .consolidator()
        .explain(rerun.input(), a, b)?
        .ok_or_else(|| Failure::UnknownItem { id: format!("{a} / {b}") })
}

fn submitted<'a>(plan: &'a Plan, id: &str) -> Result<&'a Item, Failure> {
    plan.submitted.iter().find(|item| item.id == id).ok_or_else(|| Failure::UnknownItem { id: id.to_owned() })
}
