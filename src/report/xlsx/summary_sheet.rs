//! The numbers, and what became of last year's plan.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::sheet::{Cell, Paper, Sheet};
use super::style::{Style, Styles};
use crate::model::item::Field;
use crate::model::plan::{Plan, YearOnYear};
use crate::model::relation::Relation;
use crate::report::index::Index;
use crate::report::lang::{Label, Lang};
use crate::report::summary;
use crate::report::tidy::one_line;

const WIDTHS: [f64; 5] = [24.0, 14.0, 44.0, 44.0, 30.0];

/// The sheet.
pub(super) fn sheet(
    plan: &Plan,
    index: &Index<'_>,
    styles: &Styles,
    lang: Lang,
) -> Result<Worksheet, XlsxError> {
    let mut sheet = Sheet::new(Label::SheetSummary.text(lang), &WIDTHS, Paper::A4Landscape, styles, lang)?;
    write_numbers(&mut sheet, plan, lang)?;
    write_relations(&mut sheet, plan, lang)?;
    if let Some(year) = &plan.year_on_year {
        write_year(&mut sheet, year, index, lang)?;
    }
    Ok(sheet.finish())
}

fn write_numbers(sheet: &mut Sheet<'_>, plan: &Plan, lang: Lang) -> Result<(), XlsxError> {
    let summary = &plan.summary;
    let count = |number: u32| Some(Cell::count(number));
    let percent = |percentage: f64| Some(Cell::Number(Style::Percent, percentage / 100.0));
    let visits = |number: f64| Some(Cell::Number(Style::Visits, number));
    sheet.section(Label::Headline.text(lang))?;
    sheet.header([Label::Measure.text(lang), Label::Value.text(lang)])?;
    let rows = [
        (Label::PlanYear, summary.plan_year.map(Cell::count)),
        (Label::Submitted, count(summary.submitted)),
        (Label::Planned, count(summary.planned)),
        (Label::Reduction, percent(summary.reduction_percent)),
        (Label::LastYear, summary.last_year.and_then(count)),
        (Label::YearOnYearPercent, summary.year_on_year_percent.and_then(percent)),
        (Label::VisitsBefore, visits(summary.visits_before)),
        (Label::VisitsAfter, visits(summary.visits_after)),
        (Label::VisitReduction, percent(summary.visit_reduction_percent)),
        (Label::BarredPairs, count(summary.barred_pairs)),
        (Label::ReviewPairs, count(summary.review_pairs)),
        (Label::Rejected, count(summary.rejected)),
        (Label::Withdrawn, count(summary.withdrawn).filter(|_| summary.withdrawn > 0)),
        (Label::Gap, plan.clustering.as_ref().and_then(|clustering| percent(clustering.gap_percent))),
    ];
    for (label, cell) in rows {
        if let Some(cell) = cell {
            sheet.row(&[Cell::text(label.text(lang)), cell])?;
        }
    }
    Ok(())
}

fn write_relations(sheet: &mut Sheet<'_>, plan: &Plan, lang: Lang) -> Result<(), XlsxError> {
    let merged = plan.summary.merged;
    sheet.section(Label::ByRelation.text(lang))?;
    sheet.header([Label::Relation.text(lang), Label::Count.text(lang)])?;
    for (relation, count) in [
        (Relation::Duplicate, merged.duplicate),
        (Relation::Split, merged.split),
        (Relation::Covered, merged.covered),
        (Relation::Joint, merged.joint),
    ] {
        sheet.row(&[Cell::text(lang.relation(relation)), Cell::count(count)])?;
    }
    Ok(())
}

fn write_year(
    sheet: &mut Sheet<'_>,
    year: &YearOnYear,
    index: &Index<'_>,
    lang: Lang,
) -> Result<(), XlsxError> {
    let changed = summary::changed(year);
    sheet.section(Label::YearOnYear.text(lang))?;
    sheet.header([Label::Change.text(lang), Label::Count.text(lang)])?;
    for (label, count) in [
        (Label::Carried, year.carried.len() - changed),
        (Label::Changed, changed),
        (Label::New, year.new.len()),
        (Label::Dropped, year.dropped.len()),
    ] {
        sheet.row(&[Cell::text(label.text(lang)), Cell::count(count as u32)])?;
    }
    sheet.section(lang.pick("逐项对照", "Item by item"))?;
    sheet.header(
        [Label::Change, Label::PlanNumber, Label::PlanName, Label::LastYearItem, Label::ChangedFields]
            .map(|label| label.text(lang)),
    )?;
    for item in &year.carried {
        let label = if item.changed.is_empty() { Label::Carried } else { Label::Changed };
        let last_year = one_line(&item.last_year_name);
        write_change(sheet, label, &item.plan_item, &last_year, &item.changed, index, lang)?;
    }
    for id in &year.new {
        write_change(sheet, Label::New, id, "", &[], index, lang)?;
    }
    for item in &year.dropped {
        let last_year = one_line(&item.name);
        write_change(sheet, Label::Dropped, "", &last_year, &[], index, lang)?;
    }
    Ok(())
}

fn write_change(
    sheet: &mut Sheet<'_>,
    label: Label,
    plan_item: &str,
    last_year: &str,
    changed: &[Field],
    index: &Index<'_>,
    lang: Lang,
) -> Result<(), XlsxError> {
    let item = index.plan_item(plan_item);
    let fields: Vec<&str> = changed.iter().map(|field| lang.field(*field)).collect();
    sheet.row(&[
        Cell::text(label.text(lang)),
        item.map_or(Cell::Blank, |item| Cell::count(item.number)),
        Cell::text(item.map_or_else(|| plan_item.to_owned(), |item| one_line(&item.name.value))),
        Cell::text(last_year),
        Cell::text(fields.join(Label::ListComma.text(lang))),
    ])
}
