//! The plan in a few lines.

use super::lang::Lang;
use super::number::{chance, percent, visits};
use super::tidy::one_line;
use crate::model::frontier::TargetOutcome;
use crate::model::plan::{Plan, YearOnYear};

/// The lines that open every report and that a program prints when it is done: how many items were
/// submitted and planned, what was merged, the visits, last year, and what is left to do. Lines are
/// separated by `\n`; none ends with it. Lines about things that a plan has none of are left out.
///
/// # Examples
/// ```text
/// 各单位上报 220 项，精简合并为 151 项，减少 69 项（31.4%）。
/// 并入其他事项：重复 19 项，拆分 11 项，覆盖 18 项，联合 21 项。
/// ```
#[must_use]
pub fn headline(plan: &Plan, lang: Lang) -> String {
    lines(plan, lang).join("\n")
}

/// The lines of [`headline`].
pub(super) fn lines(plan: &Plan, lang: Lang) -> Vec<String> {
    let mut lines = vec![counts(plan, lang)];
    lines.extend(plan.target.as_ref().map(|target| reached(target, lang)));
    lines.extend(plan.target.as_ref().and_then(|target| next(target, lang)));
    lines.extend(relations(plan, lang));
    lines.extend(burden(plan, lang));
    lines.extend(last_year(plan, lang));
    lines.extend(left_over(plan, lang));
    lines.extend(gap(plan, lang));
    lines
}

/// How far the grouping may be from the best; nothing where it is proven to be the best.
fn gap(plan: &Plan, lang: Lang) -> Option<String> {
    let clustering = plan.clustering.as_ref().filter(|clustering| clustering.unproven > 0)?;
    let (gap, unproven) = (percent(clustering.gap_percent), clustering.unproven);
    Some(match lang {
        Lang::Zh => format!("分组与最优的差距不超过 {gap}（{unproven} 组关联事项未证最优）。"),
        Lang::En => {
            format!("Grouping: at most {gap} below the best ({unproven} components not proven best).")
        }
    })
}

/// N submitted, M planned.
pub(super) fn counts(plan: &Plan, lang: Lang) -> String {
    let (submitted, planned) = (plan.summary.submitted, plan.summary.planned);
    let fewer = submitted.saturating_sub(planned);
    let reduction = percent(plan.summary.reduction_percent);
    match lang {
        Lang::Zh if fewer == 0 => {
            format!("各单位上报 {submitted} 项，列入计划 {planned} 项，没有可合并的事项。")
        }
        Lang::Zh => {
            format!("各单位上报 {submitted} 项，精简合并为 {planned} 项，减少 {fewer} 项（{reduction}）。")
        }
        Lang::En if fewer == 0 => {
            format!("{submitted} items submitted, {planned} planned: nothing to merge.")
        }
        Lang::En => format!("{submitted} items submitted, {planned} planned: {fewer} fewer ({reduction})."),
    }
}

/// Whether a target was reached, and what it cost.
fn reached(target: &TargetOutcome, lang: Lang) -> String {
    let (wanted, got) = (percent(target.target_percent), percent(target.reduction_percent));
    let lowest = chance(target.lowest_probability);
    let (items, merges, below) = (target.target_items, target.merges, target.below_threshold);
    let fate = match (lang, target.reached) {
        (Lang::Zh, true) => format!("压减目标 {wanted}（不多于 {items} 项）已达到"),
        (Lang::Zh, false) => format!(
            "压减目标 {wanted}（不多于 {items} 项）达不到：只压减了 {got}，再往下只有低于待议线的合并，不予采用"
        ),
        (Lang::En, true) => format!("Target of {wanted} fewer (at most {items} items) reached"),
        (Lang::En, false) => {
            format!(
                "Target of {wanted} fewer (at most {items} items) not reached: {got} only, what is left lies below the review line and is not taken"
            )
        }
    };
    let cost = match lang {
        Lang::Zh => format!("；采用把握最大的 {merges} 次合并，最低匹配概率 {lowest}"),
        Lang::En => format!("; the {merges} safest merges, lowest match probability {lowest}"),
    };
    let spared = target.default_merges.saturating_sub(merges);
    let rest = match lang {
        Lang::Zh if below > 0 => format!("，其中 {below} 次低于合并线，请逐项审定"),
        Lang::Zh if spared > 0 => format!("；有充分依据的合并另有 {spared} 次，未用"),
        Lang::En if below > 0 => format!(", {below} of them below the merge line: look at each"),
        Lang::En if spared > 0 => format!("; {spared} more well-founded merges were not needed"),
        _ => String::new(),
    };
    [&fate, &cost, &rest, lang.pick("。", ".")].concat()
}

/// What would be next, where the target was not reached.
fn next(target: &TargetOutcome, lang: Lang) -> Option<String> {
    if target.next.is_empty() {
        return None;
    }
    let merges: Vec<String> = target
        .next
        .iter()
        .map(|step| {
            let added: Vec<&str> = step.added.iter().map(|item| item.id.as_str()).collect();
            let added = added.join("+");
            format!("{} + {added} ({})", step.core, chance(step.probability))
        })
        .map(|merge| one_line(&merge))
        .collect();
    Some(match lang {
        Lang::Zh => format!("如再往下，依次为：{}。", merges.join("；")),
        Lang::En => format!("Next would be: {}.", merges.join("; ")),
    })
}

fn relations(plan: &Plan, lang: Lang) -> Option<String> {
    let merged = plan.summary.merged;
    let parts: Vec<String> = [
        (merged.duplicate, "重复", "duplicate"),
        (merged.split, "拆分", "split"),
        (merged.covered, "覆盖", "covered"),
        (merged.joint, "联合", "joint"),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, zh, en)| match lang {
        Lang::Zh => format!("{zh} {count} 项"),
        Lang::En => format!("{count} {en}"),
    })
    .collect();
    (!parts.is_empty()).then(|| match lang {
        Lang::Zh => format!("并入其他事项：{}。", parts.join("，")),
        Lang::En => format!("Merged into another item: {}.", parts.join(", ")),
    })
}

fn burden(plan: &Plan, lang: Lang) -> Option<String> {
    let summary = &plan.summary;
    let (before, after) = (visits(summary.visits_before), visits(summary.visits_after));
    (summary.visits_before > 0.0).then(|| match lang {
        Lang::Zh => format!(
            "预计迎检：合并前 {before} 次，合并后 {after} 次，{}。",
            change(-summary.visit_reduction_percent, lang)
        ),
        Lang::En => {
            format!(
                "Expected visits: {before} → {after} ({}).",
                change(-summary.visit_reduction_percent, lang)
            )
        }
    })
}

fn last_year(plan: &Plan, lang: Lang) -> Option<String> {
    let items = plan.summary.last_year?;
    let planned = plan.summary.planned;
    let trend = plan.summary.year_on_year_percent.map(|percentage| change(percentage, lang));
    let mut text = match lang {
        Lang::Zh => format!("与上年相比：上年 {items} 项，今年 {planned} 项"),
        Lang::En => format!("Last year {items} items, this year {planned}"),
    };
    if let Some(trend) = trend {
        text.push_str(lang.pick("，", ", "));
        text.push_str(&trend);
    }
    if let Some(year) = &plan.year_on_year {
        let (carried, changed) = (year.carried.len(), changed(year));
        let (new, dropped) = (year.new.len(), year.dropped.len());
        let became = match lang {
            Lang::Zh => {
                format!("；延续 {carried} 项（其中有变化 {changed} 项），新增 {new} 项，取消 {dropped} 项")
            }
            Lang::En => format!("; {carried} carried over ({changed} changed), {new} new, {dropped} dropped"),
        };
        text.push_str(&became);
    }
    text.push_str(lang.pick("。", "."));
    Some(text)
}

fn left_over(plan: &Plan, lang: Lang) -> Option<String> {
    let summary = &plan.summary;
    let parts: Vec<String> = [
        (summary.rejected, "未采用 N 行", "rejected rows: N"),
        (summary.withdrawn, "审定撤回 N 项", "withdrawn items: N"),
        (summary.barred_pairs, "不得合并 N 对", "barred pairs: N"),
        (summary.review_pairs, "待议 N 对", "pairs for review: N"),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, zh, en)| lang.pick(zh, en).replace('N', &count.to_string()))
    .collect();
    (!parts.is_empty()).then(|| match lang {
        Lang::Zh => format!("另有：{}。", parts.join("，")),
        Lang::En => format!("Besides: {}.", parts.join(", ")),
    })
}

/// Items carried over with a changed field.
pub(super) fn changed(year: &YearOnYear) -> usize {
    year.carried.iter().filter(|item| !item.changed.is_empty()).count()
}

/// A signed percentage in words.
fn change(percentage: f64, lang: Lang) -> String {
    let size = percent(percentage.abs());
    if size == "0.0%" {
        return lang.pick("持平", "no change").to_owned();
    }
    match (lang, percentage < 0.0) {
        (Lang::Zh, true) => format!("减少 {size}"),
        (Lang::Zh, false) => format!("增加 {size}"),
        (Lang::En, true) => format!("{size} fewer"),
        (Lang::En, false) => format!("{size} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn says_it_in_a_few_lines() {
        assert_eq!(
            headline(&sample::plan(), Lang::Zh),
            "各单位上报 10 项，精简合并为 6 项，减少 4 项（40.0%）。\n\
             并入其他事项：重复 1 项，拆分 1 项，覆盖 1 项，联合 1 项。\n\
             预计迎检：合并前 41.5 次，合并后 30 次，减少 27.7%。\n\
             与上年相比：上年 7 项，今年 6 项，减少 14.3%；延续 2 项（其中有变化 1 项），新增 4 项，取消 5 项。\n\
             另有：未采用 1 行，不得合并 1 对，待议 1 对。"
        );
        assert_eq!(
            headline(&sample::plan(), Lang::En),
            "10 items submitted, 6 planned: 4 fewer (40.0%).\n\
             Merged into another item: 1 duplicate, 1 split, 1 covered, 1 joint.\n\
             Expected visits: 41.5 → 30 (27.7% fewer).\n\
             Last year 7 items, this year 6, 14.3% fewer; 2 carried over (1 changed), 4 new, 5 dropped.\n\
             Besides: rejected rows: 1, barred pairs: 1, pairs for review: 1."
        );
        assert_eq!(
            headline(&sample::empty(), Lang::Zh),
            "各单位上报 0 项，列入计划 0 项，没有可合并的事项。"
        );
    }
}
