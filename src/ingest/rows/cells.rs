//! From the cells of a row to a draft: merged cells, 同上, times and numbers in columns of two fields, continued rows.

use super::Table;
use crate::ingest::draft::{Draft, is_placeholder};
use crate::ingest::layout::is_joined;
use crate::ingest::number;
use crate::ingest::table::Row;
use crate::model::item::{Field, InferredFrom};
use crate::text::fold;

impl Table<'_> {
    pub(super) fn draft(&self, row: &Row) -> Draft {
        let mut draft = Draft::new(row.number);
        for (&field, columns) in &self.layout.fields {
            let mut texts: Vec<String> = Vec::new();
            let mut all_inherited = true;
            for &column in columns {
                let Some((text, inherited)) = self.value(row, column) else { continue };
                let text = self.value_text(field, column, text);
                if let Some(above) = self.ditto(field, &text) {
                    texts.extend(above);
                } else {
                    all_inherited &= inherited;
                    texts.push(text);
                }
                if !is_joined(field) {
                    break;
                }
            }
            for text in joined_in_row(field, texts) {
                draft.add(field, &text);
            }
            if all_inherited && !draft.get(field).is_empty() {
                draft.infer(field, InferredFrom::MergedCell);
            }
        }
        self.add_period(row, &mut draft, true);
        self.add_numbers(row, &mut draft, true);
        for (&field, columns) in &self.layout.seconds {
            if draft.get(field).is_empty() {
                for &column in columns {
                    if let Some((text, _)) = self.value(row, column)
                        && tells(field, text)
                    {
                        draft.add(field, text);
                    }
                }
            }
        }
        for (column, label) in &self.layout.labelled {
            if let Some((text, _)) = self.value(row, *column) {
                draft.add_extra(label, text);
            }
        }
        for (column, label) in &self.layout.desks {
            if let Some((text, _)) = self.value(row, *column) {
                draft.desks.push((label.clone(), text.to_owned()));
            }
        }
        self.add_headless(row, &mut draft);
        draft
    }

    /// `同上` takes what the item above has.
    fn ditto(&self, field: Field, text: &str) -> Option<Vec<String>> {
        let is_ditto = field != Field::Name
            && text.len() <= 12
            && ["同上", "\"", "\"\"", "同前", "同上行", "々"].contains(&fold(text).as_str());
        if is_ditto { self.drafts.last().map(|above| above.get(field).to_vec()) } else { None }
    }

    /// A bare number up to 1 in a column of shares is a percentage; a day's serial number in a
    /// column of times is a date that lost its format, and midnight is no part of a date.
    fn value_text(&self, field: Field, column: u32, text: &str) -> String {
        if field == Field::Ratio
            && self.layout.shares.contains(&column)
            && let Ok(number) = text.parse::<f64>()
            && number > 0.0
            && number <= 1.0
        {
            return number::percent_text(number, 0);
        }
        if field == Field::Schedule {
            if let Some(date) = number::serial_date(text) {
                return date;
            }
            for midnight in [" 00:00:00", " 0:00:00", " 00:00", " 0:00", "T00:00:00"] {
                if let Some(date) = text.strip_suffix(midnight) {
                    return date.to_owned();
                }
            }
        }
        text.to_owned()
    }

    fn add_period(&self, row: &Row, draft: &mut Draft, inherit: bool) {
        let own = |column: Option<u32>| column.is_some_and(|column| row.cell(column).is_some());
        let text = |column: Option<u32>| {
            let column = column?;
            let value = if inherit { self.value(row, column)?.0 } else { row.text(column)? };
            (!is_placeholder(value)).then(|| self.value_text(Field::Schedule, column, value))
        };
        let (from, to) = (text(self.layout.from), text(self.layout.to));
        if (from.is_some() || to.is_some()) && !own(self.layout.from) && !own(self.layout.to) {
            draft.infer(Field::Schedule, InferredFrom::MergedCell);
        }
        match (from, to) {
            (Some(from), Some(to)) if from != to => draft.add(Field::Schedule, &format!("{from}至{to}")),
            (Some(only), _) | (None, Some(only)) => draft.add(Field::Schedule, &only),
            (None, None) => {}
        }
    }

    fn add_numbers(&self, row: &Row, draft: &mut Draft, inherit: bool) {
        let counted = |column: u32, unit: &str| {
            let text = if inherit { self.value(row, column)?.0 } else { row.text(column)? };
            let is_number = text.chars().all(|c| c.is_ascii_digit());
            (!is_placeholder(text)).then(|| if is_number { format!("{text}{unit}") } else { text.to_owned() })
        };
        let mut texts: Vec<String> = draft.get(Field::Ratio).to_vec();
        let own = texts.len();
        texts.extend(self.layout.numbers.iter().filter_map(|(column, unit)| counted(*column, unit)));
        for (column, unit) in &self.layout.bases {
            let Some(base) = counted(*column, unit) else { continue };
            // A base alone says nothing of how many are visited.
            if texts.is_empty() {
                draft.add_extra("基数", &base);
            } else {
                texts.push(if base.contains("基数") { base } else { format!("基数{base}") });
            }
        }
        for text in &texts[own..] {
            draft.add(Field::Ratio, text);
        }
    }

    /// Cells right of or between the headers are kept without a label.
    fn add_headless(&self, row: &Row, draft: &mut Draft) {
        for cell in &row.cells {
            if !self.layout.is_headed(cell.column) && !self.layout.numbering.contains(&cell.column) {
                draft.add_extra("", &cell.text);
            }
        }
    }

    /// Appends the texts of a row without number and name to the item above it.
    pub(super) fn continue_last(&mut self, row: &Row) {
        let Some(mut draft) = self.drafts.pop() else { return };
        for (&field, columns) in &self.layout.fields {
            let texts: Vec<String> = columns
                .iter()
                .filter_map(|&column| row.text(column).map(|text| self.value_text(field, column, text)))
                .collect();
            let target = match field {
                Field::Name if self.layout.nameless => Field::Content,
                Field::Id | Field::Name => continue,
                // A unit below the organizer takes part; it does not replace it.
                Field::Organizer if !draft.get(field).is_empty() => Field::CoOrganizers,
                Field::Kind | Field::Jurisdiction if !draft.get(field).is_empty() => continue,
                field => field,
            };
            for text in joined_in_row(target, texts) {
                if !draft.get(target).contains(&text) && !draft.get(field).contains(&text) {
                    draft.add(target, &text);
                }
            }
        }
        self.add_period(row, &mut draft, false);
        self.add_numbers(row, &mut draft, false);
        for (column, label) in self.layout.labelled.iter().chain(&self.layout.desks) {
            if let Some(text) = row.text(*column) {
                draft.add_extra(label, text);
            }
        }
        self.add_headless(row, &mut draft);
        self.drafts.push(draft);
    }
}

/// Texts of several columns of one field in one row: lists stay lists, prose is joined.
fn joined_in_row(field: Field, texts: Vec<String>) -> Vec<String> {
    match field {
        Field::Targets | Field::CoOrganizers | Field::Ratio | Field::Notes => texts,
        _ if texts.len() <= 1 => texts,
        _ => vec![texts.join("；")],
    }
}

/// Whether a text that stands in a column of two fields tells the second one.
fn tells(field: Field, text: &str) -> bool {
    let words: &[&str] = match field {
        Field::Frequency => &["次", "每", "轮", "频", "季度", "半年", "常年"],
        Field::Ratio => &["%", "％", "‰", "比例", "家", "户", "个", "全", "所", "处", "名", "成"],
        _ => return true,
    };
    words.iter().any(|word| text.contains(word))
}
