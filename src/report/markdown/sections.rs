//! What stands below the table of the plan.

use std::fmt::Write;

use super::escape::{code, escape};
use super::{Page, many, numbered, one};
use crate::model::burden::BurdenRow;
use crate::model::evidence::Evidence;
use crate::model::plan::{Action, Part, Plan, PlanItem};
use crate::report::csv::question;
use crate::report::index::Index;
use crate::report::lang::{Label, Lang};
use crate::report::number::{milli_visits, reduction};
use crate::report::{labels, summary, why};

/// How many comparisons a member's line names.
const TOP_COMPARISONS: usize = 4;

/// One section for every item of the plan with several members.
pub(super) fn merged(page: &mut Page, plan: &Plan, index: &Index<'_>) {
    let mut merged = plan.items.iter().filter(|item| item.members.len() > 1).peekable();
    if merged.peek().is_none() {
        return;
    }
    page.heading(2, page.label(Label::MergedSections));
    page.line(page.lang.pick(
        "括号内为权重（比特），正数支持合并，负数反对合并；合计达到阈值方可合并。",
        "Weights are in bits: positive speaks for a merge; the total must reach the threshold.",
    ));
    for item in merged {
        page.heading(3, &escape(&numbered(item)).replacen("\\.", ".", 1));
        let facts = [
            (Label::Lead, one(item.lead.as_ref()).to_owned()),
            (Label::CoOrganizers, many(&item.co_organizers, page.label(Label::ListComma))),
            (Label::Targets, many(&item.targets, page.label(Label::Semicolon))),
            (Label::Schedule, one(item.schedule.as_ref()).to_owned()),
            (Label::Frequency, one(item.frequency.as_ref()).to_owned()),
            (Label::Basis, many(&item.basis, page.label(Label::Semicolon))),
        ];
        for (label, value) in facts.into_iter().filter(|(_, value)| !value.is_empty()) {
            fact(page, label, &escape(&value));
        }
        fact(page, Label::Members, "");
        members(page, item, index);
        if !item.parts.is_empty() {
            fact(page, Label::Parts, "");
            for shared in &item.parts {
                let line = part(shared, page.lang);
                page.line(&format!("  - {line}"));
            }
        }
    }
}

fn fact(page: &mut Page, label: Label, value: &str) {
    let line = format!("- **{}**{}{value}", page.label(label), page.label(Label::Colon));
    page.line(line.trim_end());
}

fn members(page: &mut Page, item: &PlanItem, index: &Index<'_>) {
    let lang = page.lang;
    for (position, member) in item.members.iter().enumerate() {
        let who = person(index, &member.item, lang);
        let relation = member.relation.map_or(Label::Core.text(lang), |relation| lang.relation(relation));
        let dash = lang.pick("——", " — ");
        let mut line = format!("  {}. {who}{dash}**{relation}**", position + 1);
        let evidence = member.relation.and_then(|_| index.evidence(&member.item));
        if let Some(evidence) = evidence {
            reasons(&mut line, evidence, lang);
        }
        page.line(&line);
    }
}

/// Rule, top comparisons and counterfactual behind a relation.
fn reasons(line: &mut String, evidence: &Evidence, lang: Lang) {
    let colon = Label::Colon.text(lang);
    let _ = write!(line, "{colon}{}", escape(lang.rule(evidence)));
    let _ = write!(line, "<br>{}", escape(&why::summary(evidence, lang, TOP_COMPARISONS)));
    let otherwise = lang.counterfactual(evidence);
    if !otherwise.is_empty() {
        let _ = write!(line, "<br>{}{colon}{}", Label::Counterfactual.text(lang), escape(otherwise));
    }
}

/// Id, name and organizer of a submitted item.
fn person(index: &Index<'_>, id: &str, lang: Lang) -> String {
    let organizer = index.organizer(id);
    let organizer = if organizer.is_empty() { Label::NoOrganizer.text(lang) } else { organizer };
    format!(
        "{} {}{}{}{}",
        code(id),
        escape(index.name(id)),
        Label::Open.text(lang),
        escape(organizer),
        Label::Close.text(lang)
    )
}

/// Who checks what, on which basis, when.
fn part(part: &Part, lang: Lang) -> String {
    let who = part.organizer.as_deref().unwrap_or(Label::NoOrganizer.text(lang));
    let mut text = format!("{}{}{}", escape(who), Label::Colon.text(lang), escape(&part.name));
    let details = [
        (Label::Content, &part.content),
        (Label::Basis, &part.basis),
        (Label::Schedule, &part.schedule),
        (Label::Frequency, &part.frequency),
        (Label::Ratio, &part.ratio),
    ];
    for (label, value) in details {
        let value = escape(value.as_deref().unwrap_or(""));
        if !value.is_empty() {
            let (separator, colon) = (Label::Semicolon.text(lang), Label::Colon.text(lang));
            let value = value.trim_end_matches('。');
            let _ = write!(text, "{separator}{}{colon}{value}", label.text(lang));
        }
    }
    text
}

/// Pairs that a protection keeps apart.
pub(super) fn barred(page: &mut Page, plan: &Plan, index: &Index<'_>) {
    if plan.barred.is_empty() {
        return;
    }
    let lang = page.lang;
    page.heading(2, page.label(Label::BarredSection));
    page.line(page.label(Label::BarredIntro));
    page.line("");
    for evidence in &plan.barred {
        let reason = evidence
            .protection
            .map_or_else(|| escape(lang.rule(evidence)), |protection| lang.protection(protection).to_owned());
        let (a, b) = (person(index, &evidence.a, lang), person(index, &evidence.b, lang));
        let colon = Label::Colon.text(lang);
        page.line(&format!("- {a}{}{b}{colon}{reason}", lang.pick(" 与 ", " and ")));
    }
}

/// Pairs too close to call.
pub(super) fn review(page: &mut Page, plan: &Plan, index: &Index<'_>) {
    if plan.review.is_empty() {
        return;
    }
    let lang = page.lang;
    page.heading(2, page.label(Label::ReviewSection));
    page.line(page.label(Label::ReviewIntro));
    page.line("");
    for (position, pair) in plan.review.iter().enumerate() {
        let evidence = &pair.evidence;
        let (a, b) = (person(index, &evidence.a, lang), person(index, &evidence.b, lang));
        let mut line = format!("{}. {a}{}{b}", position + 1, lang.pick(" 与 ", " and "));
        let (leaning, colon) = (Label::Leaning.text(lang), Label::Colon.text(lang));
        let _ = write!(line, "<br>{leaning}{colon}**{}**", lang.relation(evidence.relation));
        reasons(&mut line, evidence, lang);
        let _ = write!(line, "<br>{}", escape(&question(pair, lang)));
        page.line(&line);
    }
}

/// Visits before and after.
pub(super) fn burden(page: &mut Page, plan: &Plan) {
    let burden = &plan.burden;
    let lang = page.lang;
    let total = labels::total(plan, lang);
    if total.before == 0 && total.after == 0 {
        return;
    }
    page.heading(2, page.label(Label::SheetBurden));
    page.line(page.label(Label::BurdenNote));
    table(page, Label::MostVisited, Label::Unit, &burden.most_visited, &[]);
    table(page, Label::ByUnitKind, Label::UnitKind, &labels::unit_kinds(&burden.by_unit_kind, lang), &[]);
    table(page, Label::ByMonth, Label::Month, &labels::months(&burden.by_month, lang), &[]);
    let unresolved = labels::unresolved(plan, lang);
    table(page, Label::ByOrganizer, Label::Organizer, &burden.by_organizer, &[unresolved, total]);
}

fn table(page: &mut Page, title: Label, of: Label, rows: &[BurdenRow], last: &[BurdenRow]) {
    if rows.is_empty() {
        return;
    }
    page.heading(3, page.label(title));
    page.table_head(&[of, Label::Before, Label::After, Label::FewerPercent]);
    for row in rows.iter().chain(last) {
        page.row([
            row.label.as_str(),
            &milli_visits(row.before),
            &milli_visits(row.after),
            &reduction(row.before, row.after),
        ]);
    }
}

/// Last year's plan against this one.
pub(super) fn year_on_year(page: &mut Page, plan: &Plan, index: &Index<'_>) {
    let Some(year) = &plan.year_on_year else { return };
    let lang = page.lang;
    page.heading(2, page.label(Label::YearOnYear));
    let changed = summary::changed(year);
    for (label, count) in [
        (Label::Carried, year.carried.len() - changed),
        (Label::Changed, changed),
        (Label::New, year.new.len()),
        (Label::Dropped, year.dropped.len()),
    ] {
        fact(page, label, &count.to_string());
    }
    let name = |id: &str| index.plan_item(id).map_or_else(|| id.to_owned(), numbered);
    if changed > 0 {
        page.heading(3, page.label(Label::Changed));
        page.table_head(&[Label::PlanName, Label::LastYearItem, Label::ChangedFields]);
        for item in year.carried.iter().filter(|item| !item.changed.is_empty()) {
            let fields: Vec<&str> = item.changed.iter().map(|field| lang.field(*field)).collect();
            page.row([
                &*name(&item.plan_item),
                &*item.last_year_name,
                &fields.join(Label::ListComma.text(lang)),
            ]);
        }
    }
    let new: Vec<String> = year.new.iter().map(|id| escape(&name(id))).collect();
    let dropped: Vec<String> = year.dropped.iter().map(|item| escape(&item.name)).collect();
    for (label, names) in [(Label::New, new), (Label::Dropped, dropped)] {
        if !names.is_empty() {
            page.heading(3, page.label(label));
            for name in names {
                page.line(&format!("- {name}"));
            }
        }
    }
}

/// Rows that became no item.
pub(super) fn rejected(page: &mut Page, plan: &Plan, index: &Index<'_>) {
    let out = |action: Action| matches!(action, Action::Rejected | Action::Withdrawn);
    let mut rows = plan.dispositions.iter().filter(|row| out(row.action)).peekable();
    if rows.peek().is_none() {
        return;
    }
    page.heading(2, page.label(Label::RejectedSection));
    page.table_head(&[Label::File, Label::Sheet, Label::Row, Label::Why]);
    for row in rows {
        let source = row.source.clone().unwrap_or_default();
        let reason = match (row.action, index.rejection(&source)) {
            (Action::Withdrawn, _) => {
                let name = index.name(&row.item_id);
                format!("{name}{}{}", page.lang.pick("：", ": "), page.label(Label::WithdrawnWhy))
            }
            (_, diagnostic) => {
                diagnostic.map_or_else(String::new, |diagnostic| why::rejection(diagnostic, page.lang))
            }
        };
        page.row([&*source.file, &*source.sheet, &source.row.to_string(), &reason]);
    }
}
