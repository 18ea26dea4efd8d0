//! The names of plans and of the rows of burden tables.

use super::lang::{Label, Lang};
use super::tidy::one_line;
use crate::model::burden::BurdenRow;
use crate::model::plan::Plan;

/// The title of the plan: place, year and what it is. The place is told only when all items that
/// name a planning authority name one and the same, in Chinese (a unit id is no name).
pub(super) fn title(plan: &Plan, lang: Lang) -> String {
    let year = plan.summary.plan_year.map(|year| year.to_string()).unwrap_or_default();
    let place = place(plan).unwrap_or_default();
    let kind = Label::PlanTitle.text(lang);
    match (lang, year.is_empty()) {
        (Lang::Zh, true) => format!("{place}{kind}"),
        (Lang::Zh, false) => format!("{place}{year}年度{kind}"),
        (Lang::En, _) => [year.as_str(), kind, &place].join(" ").trim().to_owned(),
    }
}

fn place(plan: &Plan) -> Option<String> {
    let mut named = plan.items.iter().filter_map(|item| item.jurisdiction.as_deref());
    let first = named.next()?;
    if !named.all(|other| other == first) {
        return None;
    }
    let name = one_line(first);
    let name = name.strip_suffix("人民政府").unwrap_or(&name);
    let is_chinese = name.chars().all(|character| ('\u{4e00}'..='\u{9fff}').contains(&character));
    (is_chinese && !name.is_empty()).then(|| name.to_owned())
}

/// All visits.
pub(super) fn total(plan: &Plan, lang: Lang) -> BurdenRow {
    BurdenRow {
        label: Label::AllVisits.text(lang).to_owned(),
        before: plan.burden.before,
        after: plan.burden.after,
    }
}

/// Visits of items whose targets are not known.
pub(super) fn unresolved(plan: &Plan, lang: Lang) -> BurdenRow {
    BurdenRow { label: Label::Unresolved.text(lang).to_owned(), ..plan.burden.unresolved.clone() }
}

/// Months with their word: `5` → `5月`.
pub(super) fn months(rows: &[BurdenRow], lang: Lang) -> Vec<BurdenRow> {
    renamed(rows, |label| match (lang, label.trim_end_matches('月')) {
        (Lang::En, "不定") => "not fixed".to_owned(),
        (Lang::Zh, "不定") => "时间不定".to_owned(),
        (Lang::Zh, month) if month.parse::<u8>().is_ok() => format!("{month}月"),
        (_, month) => month.to_owned(),
    })
}

/// Kinds of units with their Chinese word, as far as the roster's words are known.
pub(super) fn unit_kinds(rows: &[BurdenRow], lang: Lang) -> Vec<BurdenRow> {
    renamed(rows, |label| match (lang, label) {
        (Lang::Zh, "government") => "政府".to_owned(),
        (Lang::Zh, "department") => "部门".to_owned(),
        (Lang::Zh, "township") => "乡镇（街道）".to_owned(),
        (Lang::Zh, "village") => "村（社区）".to_owned(),
        (Lang::Zh, "school") => "学校".to_owned(),
        (Lang::Zh, "medical") => "医疗卫生机构".to_owned(),
        (Lang::Zh, "operator") => "企业和经营单位".to_owned(),
        (Lang::Zh, "") => "未分类".to_owned(),
        (Lang::En, "") => "not classified".to_owned(),
        _ => label.to_owned(),
    })
}

fn renamed(rows: &[BurdenRow], rename: impl Fn(&str) -> String) -> Vec<BurdenRow> {
    rows.iter()
        .map(|row| BurdenRow { label: rename(&row.label), before: row.before, after: row.after })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn names_the_place_only_when_it_is_one_and_a_name() {
        let mut plan = sample::plan();
        assert_eq!(title(&plan, Lang::Zh), "敖林区2023年度督查检查考核计划");
        plan.items[0].jurisdiction = Some("AL".into());
        assert_eq!(title(&plan, Lang::Zh), "2023年度督查检查考核计划");
        for item in &mut plan.items {
            item.jurisdiction = Some("AL".into());
        }
        assert_eq!(title(&plan, Lang::Zh), "2023年度督查检查考核计划");
        assert_eq!(title(&plan, Lang::En), "2023 plan of supervision, inspection and assessment");
        plan.summary.plan_year = None;
        assert_eq!(title(&plan, Lang::Zh), "督查检查考核计划");
    }

    #[test]
    fn months_and_kinds_have_words() {
        let row = |label: &str| BurdenRow { label: label.into(), before: 1, after: 1 };
        let labels = |rows: Vec<BurdenRow>| rows.into_iter().map(|row| row.label).collect::<Vec<_>>();
        assert_eq!(
            labels(months(&[row("1"), row("2月"), row("不定")], Lang::Zh)),
            ["1月", "2月", "时间不定"]
        );
        assert_eq!(labels(unit_kinds(&[row("school"), row("矿山")], Lang::Zh)), ["学校", "矿山"]);
    }
}
