//! Evidence in words, at three lengths.

use super::lang::{Label, Lang};
use super::number::{bits, chance};
use super::tidy::one_line;
use crate::model::diagnostic::Diagnostic;
use crate::model::evidence::{Comparison, Evidence};

/// One sentence: the relation, the rule, and the two comparisons that weighed most.
#[cfg_attr(not(feature = "xlsx-report"), expect(dead_code, reason = "told in the workbook"))]
pub(super) fn sentence(evidence: &Evidence, lang: Lang) -> String {
    let mut text = lang.relation(evidence.relation).to_owned();
    if let Some(protection) = evidence.protection {
        text.push_str(Label::Colon.text(lang));
        text.push_str(lang.protection(protection));
    }
    let rule = one_line(lang.rule(evidence));
    let rule = rule.trim_end_matches(['。', '.']);
    if !rule.is_empty() {
        text.push_str(Label::Colon.text(lang));
        text.push_str(rule);
    }
    let top: Vec<String> =
        weightiest(evidence, 2).into_iter().map(|comparison| lang.finding(comparison)).collect();
    if !top.is_empty() {
        text.push_str(Label::Open.text(lang));
        text.push_str(&top.join(Label::Semicolon.text(lang)));
        text.push_str(Label::Close.text(lang));
    }
    text.push_str(Label::Stop.text(lang));
    text
}

/// The comparisons that weighed most with their weights, then total, threshold and probability.
pub(super) fn summary(evidence: &Evidence, lang: Lang, limit: usize) -> String {
    let mut parts: Vec<String> =
        weightiest(evidence, limit).into_iter().map(|comparison| with_weight(comparison, lang)).collect();
    parts.push(totals(evidence, lang));
    parts.join(Label::Semicolon.text(lang))
}

/// Every comparison with both sides, one a line; readable in one cell.
pub(super) fn full(evidence: &Evidence, lang: Lang) -> String {
    let mut lines: Vec<String> = evidence
        .comparisons
        .iter()
        .map(|comparison| {
            let (a, b) = (one_line(&comparison.a), one_line(&comparison.b));
            let sides = match (a.is_empty(), b.is_empty()) {
                (true, true) => String::new(),
                _ if a == b => lang.quote(&a),
                _ => format!("{}{}{}", lang.quote(&a), lang.pick("／", " / "), lang.quote(&b)),
            };
            format!("{} {sides}", with_weight(comparison, lang)).trim_end().to_owned()
        })
        .collect();
    lines.push(format!("{}{}{}", Label::Prior.text(lang), lang.pick("", " "), bits(evidence.prior)));
    lines.push(totals(evidence, lang));
    lines.join("\n")
}

/// Why a row was rejected: what was expected and what was found.
pub(super) fn rejection(diagnostic: &Diagnostic, lang: Lang) -> String {
    let expected = one_line(lang.pick(&diagnostic.expected_zh, &diagnostic.expected_en));
    let found = one_line(&diagnostic.found);
    let place = match (diagnostic.column, diagnostic.field) {
        (_, Some(field)) => format!("{}{}", lang.field(field), Label::Colon.text(lang)),
        (Some(column), None) => {
            format!(
                "{}{}",
                lang.pick("第 N 列", "column N").replace('N', &column.to_string()),
                Label::Colon.text(lang)
            )
        }
        (None, None) => String::new(),
    };
    let found = if found.is_empty() { lang.pick("空", "nothing").to_owned() } else { lang.quote(&found) };
    match lang {
        Lang::Zh => format!("{place}应为{expected}，实为{found}"),
        Lang::En => format!("{place}expected {expected}, found {found}"),
    }
}

fn with_weight(comparison: &Comparison, lang: Lang) -> String {
    format!(
        "{}{}{}{}",
        lang.finding(comparison),
        Label::Open.text(lang),
        bits(comparison.weight),
        Label::Close.text(lang)
    )
}

fn totals(evidence: &Evidence, lang: Lang) -> String {
    let (total, threshold) = (bits(evidence.total), bits(evidence.threshold));
    let probability = chance(evidence.probability);
    match lang {
        Lang::Zh => format!("合计 {total}，阈值 {threshold}，匹配概率 {probability}"),
        Lang::En => format!("total {total}, threshold {threshold}, match probability {probability}"),
    }
}

/// The `limit` comparisons that weighed most for the outcome, heaviest first, in order among equals.
fn weightiest(evidence: &Evidence, limit: usize) -> Vec<&Comparison> {
    let mut sorted: Vec<&Comparison> =
        evidence.comparisons.iter().filter(|comparison| comparison.weight != 0).collect();
    sorted.sort_by_key(|comparison| std::cmp::Reverse(comparison.weight.unsigned_abs()));
    sorted.truncate(limit);
    sorted
}
