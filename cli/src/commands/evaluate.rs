//! `tongchou evaluate`

use std::fmt::Write as _;
use std::process::ExitCode;

use tongchou::Policy;
use tongchou::evaluate::{CurvePoint, Evaluation, Rates, Truth};
use tongchou::pipeline::{Depth, measure};
use tongchou::report::{self, Lang};

use super::load_plan;
use crate::args::Evaluate;
use crate::failure::{Failure, read_text};
use crate::output;

pub(crate) fn run(options: &Evaluate) -> Result<ExitCode, Failure> {
    let plan = load_plan(&options.out)?;
    let truth = Truth::from_json(&read_text(&options.truth)?)?;
    let depth = match (options.quick, options.baselines) {
        (true, _) => Depth::Plan,
        (false, false) => Depth::Curve,
        (false, true) => Depth::Baselines,
    };
    let evaluation = measure(&plan, &truth, depth)?;
    if options.json {
        let text = serde_json::to_string_pretty(&evaluation).map_err(|error| tongchou::Error::Write {
            what: "evaluation".to_owned(),
            message: error.to_string(),
        })?;
        output::print(&text);
        return Ok(ExitCode::SUCCESS);
    }
    let mut text = table(&evaluation, options.lang);
    if !evaluation.curve.is_empty() {
        text.push_str(&curve(&evaluation.curve, &Policy::of_plan(&plan)?, options.lang));
    }
    text.push_str(&others(&evaluation, options.lang));
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
    if evaluation.absent > 0 {
        let _ = writeln!(
            text,
            "{}\t{}",
            word("答案中有而计划中没有的事项", "items of the truth that the plan lacks"),
            evaluation.absent
        );
    }
    text
}

/// Precision and recall at every whole bit, with the merge and the review line marked.
fn curve(points: &[CurvePoint], policy: &Policy, lang: Lang) -> String {
    let word = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en };
    let mut text = format!(
        "\n{}\n{}\n",
        word("合并线高低与准确率、召回率", "precision and recall by merge threshold"),
        word(
            "合并线(位)\t概率\t单对 P\tR\tF1\t计划 P\tR\tF1\tB-cubed F1",
            "threshold (bits)\tprobability\tpairs P\tR\tF1\tplan P\tR\tF1\tB-cubed F1"
        )
    );
    let is = |point: &CurvePoint, bits: f64| (f64::from(point.threshold) - bits * 1000.0).abs() < 0.5;
    for point in points {
        let mark = if is(point, policy.merge_threshold) {
            word("  <- 合并线", "  <- merge line")
        } else if is(point, policy.review_threshold) {
            word("  <- 复核线", "  <- review line")
        } else if point.threshold % 1000 != 0 {
            continue;
        } else {
            ""
        };
        let three = |rates: &Rates| format!("{:.3}\t{:.3}\t{:.3}", rates.precision, rates.recall, rates.f1);
        let _ = writeln!(
            text,
            "{:.1}\t{:.2}\t{}\t{}\t{:.3}{mark}",
            f64::from(point.threshold) / 1000.0,
            f64::from(point.probability) / 10_000.0,
            three(&point.pairs),
            three(&point.plan),
            point.b_cubed.f1,
        );
    }
    text
}

/// Clusterers and baselines, where they were measured.
fn others(evaluation: &Evaluation, lang: Lang) -> String {
    let word = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en };
    let mut text = String::new();
    if !evaluation.clusterers.is_empty() {
        let _ = writeln!(text, "\n{}", word("同一批对子,不同分组方法", "clusterers on the same pairs"));
    }
    for rates in &evaluation.clusterers {
        let pairwise = &rates.pairwise;
        let _ = writeln!(
            text,
            "{}\tP {:.3}\tR {:.3}\tF1 {:.3}\tB-cubed F1 {:.3}",
            rates.name, pairwise.precision, pairwise.recall, pairwise.f1, rates.b_cubed.f1
        );
    }
    if !evaluation.baselines.is_empty() {
        let title = word(
            "只看文字的对照(按答案选出的最佳阈值,连通分量)",
            "text similarity alone (best threshold with the truth in hand, connected components)",
        );
        let _ = writeln!(text, "\n{title}");
    }
    for baseline in &evaluation.baselines {
        let pairwise = &baseline.pairwise;
        let _ = writeln!(
            text,
            "{}\t{} {:.3}\tP {:.3}\tR {:.3}\tF1 {:.3}\tB-cubed F1 {:.3}",
            baseline.name,
            word("阈值", "threshold"),
            baseline.threshold,
            pairwise.precision,
            pairwise.recall,
            pairwise.f1,
            baseline.b_cubed.f1
        );
    }
    text
}
