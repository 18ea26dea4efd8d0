//! What the plan costs those who are visited.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::sheet::{Cell, Paper, Sheet};
use super::style::{Style, Styles};
use crate::model::burden::BurdenRow;
use crate::model::plan::Plan;
use crate::report::labels;
use crate::report::lang::{Label, Lang};
use crate::report::number::reduction_tenths;

const WIDTHS: [f64; 5] = [44.0, 18.0, 18.0, 18.0, 14.0];

/// The tables, one below the other.
pub(super) fn sheet(plan: &Plan, styles: &Styles, lang: Lang) -> Result<Worksheet, XlsxError> {
    let burden = &plan.burden;
    let mut sheet = Sheet::new(Label::SheetBurden.text(lang), &WIDTHS, Paper::A4Portrait, styles, lang)?;
    sheet.title(Label::SheetBurden.text(lang))?;
    sheet.subtitle(Label::BurdenNote.text(lang))?;
    write_table(&mut sheet, Label::MostVisited, Label::Unit, &burden.most_visited, &[], lang)?;
    write_table(
        &mut sheet,
        Label::ByUnitKind,
        Label::UnitKind,
        &labels::unit_kinds(&burden.by_unit_kind, lang),
        &[],
        lang,
    )?;
    write_table(
        &mut sheet,
        Label::ByMonth,
        Label::Month,
        &labels::months(&burden.by_month, lang),
        &[],
        lang,
    )?;
    let last = [labels::unresolved(plan, lang), labels::total(plan, lang)];
    write_table(&mut sheet, Label::ByOrganizer, Label::Organizer, &burden.by_organizer, &last, lang)?;
    Ok(sheet.finish())
}

fn write_table(
    sheet: &mut Sheet<'_>,
    title: Label,
    of: Label,
    rows: &[BurdenRow],
    last: &[BurdenRow],
    lang: Lang,
) -> Result<(), XlsxError> {
    if rows.is_empty() && last.is_empty() {
        return Ok(());
    }
    sheet.section(title.text(lang))?;
    sheet.header(
        [of, Label::Before, Label::After, Label::Fewer, Label::FewerPercent].map(|label| label.text(lang)),
    )?;
    for row in rows.iter().chain(last) {
        let (before, after) = (row.before as f64 / 1000.0, row.after as f64 / 1000.0);
        let share = reduction_tenths(row.before, row.after) as f64 / 1000.0;
        sheet.row(&[
            Cell::text(&*row.label),
            Cell::Number(Style::Visits, before),
            Cell::Number(Style::Visits, after),
            Cell::Number(Style::Visits, before - after),
            Cell::Number(Style::Percent, share),
        ])?;
    }
    Ok(())
}
