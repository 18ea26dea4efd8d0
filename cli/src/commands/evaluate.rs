//! `tongchou evaluate`

use std::fmt::Write as _;
use std::process::ExitCode;

use tongchou::evaluate::{Evaluation, Rates, Truth, evaluate};
use tongchou::report::{self, Lang};

use super::load_plan;
use crate::args::Evaluate;
use crate::failure::{Failure, read_text};
use crate::output;

pub(crate) fn run(options: &Evaluate) -> Result<ExitCode, Failure> {
    let plan = load_plan(&options.out)?;
    let truth = Truth::from_json(&read_text(&options.truth)?)?;
    let evaluation = evaluate(&plan, &truth);
    if options.json {
        let text = serde_json::to_string_pretty(&evaluation).map_err(|error| tongchou::Error::Write {
            what: "evaluation".to_owned(),
            message: error.to_string(),
        })?;
        output::print(&text);
        return Ok(ExitCode::SUCCESS);
    }
    let mut text = table(&evaluation, options.lang);
    if options.verbose {
        for error in &evaluation.errors {
            let _ = writeln!(
                text,
                "\n[{:?}] {} {} | {} {}  {}",
                error.kind, error.a, error.a_name, error.b, error.b_name, error.why
            );
            if let Some(evidence) = &error.evidence {
                let find = |id: &str| plan.submitted.iter().find(|item| item.id == id);
                if let (Some(a), Some(b)) = (find(&evidence.a), find(&evidence.b)) {
                    text.push_str(&report::explain(evidence, a, b, options.lang));
                }
            }
        }
    }
    output::print(&text);
    Ok(ExitCode::SUCCESS)
}

fn table(evaluation: &Evaluation, lang: Lang) -> String {
    let word = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en };
    let mut text = String::new();
    let mut rates = |label: &str, rates: &Rates| {
        let _ = writeln!(
            text,
            "{label}\tP {:.4}\tR {:.4}\tF1 {:.4}\t({} / {})",
            rates.precision, rates.recall, rates.f1, rates.found, rates.wanted
        );
    };
    rates(word("成对", "pairwise"), &evaluation.pairwise);
    rates("B-cubed", &evaluation.b_cubed);
    rates(word("成对(开发用)", "pairwise, development"), &evaluation.pairwise_development);
    rates(word("成对(留出)", "pairwise, held out"), &evaluation.pairwise_held_out);
    if let Some(targets) = &evaluation.targets {
        rates(word("受检单位", "targets"), targets);
    }
    if let Some(carried) = &evaluation.carried {
        rates(word("沿用", "carried over"), carried);
    }
    for (relation, counts) in &evaluation.relations {
        let _ = writeln!(
            text,
            "{relation}\t{} {} / {}\t{} {} / {}",
            word("归并", "together"),
            counts.together,
            counts.pairs,
            word("关系一致", "relation named"),
            counts.named,
            counts.pairs
        );
    }
    let _ = writeln!(
        text,
        "{}\t{} / {}",
        word("不得合并而合并", "barred pairs merged"),
        evaluation.barred.merged,
        evaluation.barred.pairs
    );
    let _ = writeln!(
        text,
        "{}\t{} / {}",
        word("形似而合并", "look-alikes merged"),
        evaluation.lookalikes.merged,
        evaluation.lookalikes.pairs
    );
    if let Some(accuracy) = evaluation.lead_accuracy {
        let _ = writeln!(text, "{}\t{accuracy:.4}", word("牵头单位一致", "lead accuracy"));
    }
    if let Some(similarity) = evaluation.name_similarity {
        let _ = writeln!(text, "{}\t{similarity:.4}", word("名称相似度", "name similarity"));
    }
    text
}
