//! The pairs that a person has to decide.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::sheet::{Cell, Paper, Sheet};
use super::style::{Style, Styles};
use crate::model::plan::{Plan, ReviewPair};
use crate::report::csv::question;
use crate::report::index::Index;
use crate::report::lang::{Label, Lang};
use crate::report::tidy::one_line;
use crate::report::why;

const WIDTHS: [f64; 13] = [13.0, 13.0, 26.0, 15.0, 13.0, 26.0, 15.0, 9.0, 9.0, 9.0, 10.0, 44.0, 40.0];

/// The sheet, with an empty column for the decision.
pub(super) fn sheet(
    plan: &Plan,
    index: &Index<'_>,
    styles: &Styles,
    lang: Lang,
) -> Result<Worksheet, XlsxError> {
    let mut sheet = Sheet::new(Label::SheetReview.text(lang), &WIDTHS, Paper::A3Landscape, styles, lang)?;
    let side = |label: Label, side: &str| format!("{} {side}", label.text(lang));
    let labels = [
        Label::Decision.text(lang).to_owned(),
        side(Label::ItemId, "A"),
        side(Label::Name, "A"),
        side(Label::Organizer, "A"),
        side(Label::ItemId, "B"),
        side(Label::Name, "B"),
        side(Label::Organizer, "B"),
        Label::Leaning.text(lang).to_owned(),
        Label::IfMerged.text(lang).to_owned(),
        Label::MergedNow.text(lang).to_owned(),
        Label::Probability.text(lang).to_owned(),
        Label::Evidence.text(lang).to_owned(),
        Label::Why.text(lang).to_owned(),
    ];
    sheet.header(labels.iter().map(String::as_str))?;
    sheet.freeze(1)?;
    for pair in &plan.review {
        sheet.row(&cells(pair, index, lang))?;
    }
    sheet.filter(0)?;
    Ok(sheet.finish())
}

fn cells<'a>(pair: &'a ReviewPair, index: &Index<'a>, lang: Lang) -> [Cell<'a>; 13] {
    let evidence = &pair.evidence;
    let reasons = [lang.rule(evidence), lang.counterfactual(evidence), &question(pair, lang)]
        .map(one_line)
        .into_iter()
        .filter(|reason| !reason.is_empty())
        .collect::<Vec<_>>()
        .join("\n");
    [
        Cell::Blank,
        Cell::text(&*evidence.a),
        Cell::text(one_line(index.name(&evidence.a))),
        Cell::text(one_line(index.organizer(&evidence.a))),
        Cell::text(&*evidence.b),
        Cell::text(one_line(index.name(&evidence.b))),
        Cell::text(one_line(index.organizer(&evidence.b))),
        Cell::centred(lang.relation(evidence.relation)),
        Cell::centred(lang.relation(pair.if_merged)),
        Cell::centred(if pair.merged { Label::Yes } else { Label::No }.text(lang)),
        Cell::Number(Style::Probability, f64::from(evidence.probability) / 10_000.0),
        Cell::text(why::full(evidence, lang)),
        Cell::text(reasons),
    ]
}
