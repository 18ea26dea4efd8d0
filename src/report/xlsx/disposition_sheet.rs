//! Where every submitted row went, and why.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::sheet::{Cell, Paper, Sheet};
use super::style::{Style, Styles};
use super::{MAX_ROWS, sheet_name};
use crate::model::plan::{Action, Disposition, Plan, PlanItem};
use crate::report::index::Index;
use crate::report::lang::{Label, Lang};
use crate::report::tidy::one_line;
use crate::report::why;

const WIDTHS: [f64; 13] = [15.0, 26.0, 11.0, 6.0, 30.0, 16.0, 9.0, 30.0, 8.0, 9.0, 15.0, 10.0, 48.0];

const COLUMNS: [Label; 13] = [
    Label::ItemId,
    Label::File,
    Label::Sheet,
    Label::Row,
    Label::Name,
    Label::Organizer,
    Label::PlanNumber,
    Label::PlanName,
    Label::Action,
    Label::Relation,
    Label::CoreItem,
    Label::Probability,
    Label::Why,
];

/// Every submitted row, rejected ones too, with a filter.
pub(super) fn sheets(
    plan: &Plan,
    index: &Index<'_>,
    styles: &Styles,
    lang: Lang,
) -> Result<Vec<Worksheet>, XlsxError> {
    let mut finished = Vec::new();
    let mut rest = plan.dispositions.as_slice();
    loop {
        let (these, others) = rest.split_at(rest.len().min(MAX_ROWS));
        let name = sheet_name(Label::SheetDispositions.text(lang), finished.len());
        let mut sheet = Sheet::new(&name, &WIDTHS, Paper::A3Landscape, styles, lang)?;
        sheet.header(COLUMNS.iter().map(|label| label.text(lang)))?;
        sheet.freeze(1)?;
        for disposition in these {
            sheet.row(&cells(disposition, index, lang))?;
        }
        sheet.filter(0)?;
        finished.push(sheet.finish());
        rest = others;
        if rest.is_empty() {
            return Ok(finished);
        }
    }
}

fn cells<'a>(disposition: &'a Disposition, index: &Index<'a>, lang: Lang) -> [Cell<'a>; 13] {
    let source = disposition.source.as_ref();
    let home = index.plan_item(&disposition.plan_item);
    [
        Cell::text(&*disposition.item_id),
        Cell::text(source.map_or("", |source| &*source.file)),
        Cell::centred(source.map_or("", |source| &*source.sheet)),
        source.map_or(Cell::Blank, |source| Cell::count(source.row)),
        Cell::text(one_line(index.name(&disposition.item_id))),
        Cell::text(one_line(index.organizer(&disposition.item_id))),
        home.map_or(Cell::Blank, |item| Cell::count(item.number)),
        Cell::text(home.map_or_else(String::new, |item| one_line(&item.name.value))),
        Cell::centred(lang.action(disposition.action)),
        Cell::centred(disposition.relation.map_or("", |relation| lang.relation(relation))),
        Cell::text(disposition.core_item.as_deref().unwrap_or("")),
        disposition.probability.map_or(Cell::Blank, |probability| {
            Cell::Number(Style::Probability, f64::from(probability) / 10_000.0)
        }),
        Cell::text(reason(disposition, home, index, lang)),
    ]
}

/// One sentence on what happened to the row.
fn reason(disposition: &Disposition, home: Option<&PlanItem>, index: &Index<'_>, lang: Lang) -> String {
    match disposition.action {
        Action::Merged => index
            .evidence(&disposition.item_id)
            .map_or_else(String::new, |evidence| why::sentence(evidence, lang)),
        Action::Kept => match home.map_or(0, |item| item.members.len()) {
            0 | 1 => format!("{}{}", Label::KeptAlone.text(lang), Label::Stop.text(lang)),
            members => lang
                .pick("作为主项保留，另有 N 项并入。", "kept as the core; other items merged into it: N.")
                .replace('N', &(members - 1).to_string()),
        },
        Action::Withdrawn => format!("{}{}", Label::WithdrawnWhy.text(lang), Label::Stop.text(lang)),
        Action::Rejected => {
            let source = disposition.source.as_ref();
            source.and_then(|source| index.rejection(source)).map_or_else(String::new, |diagnostic| {
                format!("{}{}", why::rejection(diagnostic, lang), Label::Stop.text(lang))
            })
        }
    }
}
