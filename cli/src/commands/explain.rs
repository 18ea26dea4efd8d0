//! `tongchou explain`

use std::process::ExitCode;
use std::sync::Arc;

use tongchou::lexicon::Lexicon;
use tongchou::pipeline::Input;
use tongchou::targets::UnitGraph;
use tongchou::{Consolidator, Item, Plan, Policy, report};

use super::load_plan;
use crate::args::Explain;
use crate::failure::Failure;
use crate::output;

pub(crate) fn run(options: &Explain) -> Result<ExitCode, Failure> {
    let plan = load_plan(&options.out)?;
    let a = submitted(&plan, &options.a)?.clone();
    let b = submitted(&plan, &options.b)?.clone();
    let (a, b) = if a.id <= b.id { (a, b) } else { (b, a) };
    // The pair is judged again from what the plan keeps of its run: the same pool gives the same answer.
    let policy = Policy::of_plan(&plan)?;
    let lexicon = match &plan.context.lexicon_extension {
        Some(text) => Arc::new(Lexicon::with_extension("plan.json", text)?),
        None => Lexicon::builtin(),
    };
    let units = match plan.context.roster.is_empty() {
        true => None,
        false => Some(UnitGraph::from_units(plan.context.roster.clone(), &lexicon)?.0),
    };
    let input = Input { items: plan.submitted, units: units.as_ref(), ..Input::default() };
    let evidence = Consolidator::new(policy)?
        .with_lexicon(lexicon)
        .explain(input, &a.id, &b.id)?
        .ok_or_else(|| Failure::UnknownItem { id: format!("{} / {}", a.id, b.id) })?;
    output::print(&report::explain(&evidence, &a, &b, options.lang));
    Ok(ExitCode::SUCCESS)
}

fn submitted<'a>(plan: &'a Plan, id: &str) -> Result<&'a Item, Failure> {
    plan.submitted.iter().find(|item| item.id == id).ok_or_else(|| Failure::UnknownItem { id: id.to_owned() })
}
