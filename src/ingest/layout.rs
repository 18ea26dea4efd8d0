//! From a recognised header to the use of every column of one table.

use std::collections::BTreeMap;

use super::aliases::{Aliases, Match, Role};
use super::header::Header;
use super::table::Row;
use super::{HeaderMapping, MappedColumn};
use crate::model::item::Field;
use crate::text::fold;

/// What each column of a table is used for.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    /// Columns of each field. The first that is filled gives a single-valued field; a field that
    /// can be joined takes them all.
    pub(super) fields: BTreeMap<Field, Vec<u32>>,
    /// Columns that also tell a field which has no column of its own.
    pub(super) seconds: BTreeMap<Field, Vec<u32>>,
    /// Begin and end of a period.
    pub(super) from: Option<u32>,
    /// End of a period.
    pub(super) to: Option<u32>,
    /// Numbers sampled, with the unit of count.
    pub(super) numbers: Vec<(u32, String)>,
    /// Numbers of all targets, with the unit of count.
    pub(super) bases: Vec<(u32, String)>,
    /// Columns kept in the notes, with their labels.
    pub(super) labelled: Vec<(u32, String)>,
    /// Sections inside the organizer, with their labels.
    pub(super) desks: Vec<(u32, String)>,
    /// Columns that number the rows.
    pub(super) numbering: Vec<u32>,
    /// Ratio columns whose bare numbers up to 1 are shares.
    pub(super) shares: Vec<u32>,
    /// The content column stands for the missing name column.
    pub(super) nameless: bool,
    /// Number of columns of the header.
    pub(super) width: usize,
    /// Columns that have a header.
    headed: Vec<u32>,
}

/// Headers of columns that only number the rows.
const NUMBERING: &[&str] = &[
    "序号",
    "编号",
    "序",
    "号",
    "项次",
    "顺序号",
    "行号",
    "no",
    "no.",
    "#",
    "index",
    "seq",
    "num",
    "number",
];

/// Words that a value of a kind column holds; anything else is a group such as an industry.
const KIND_WORDS: &[&str] = &[
    "督查", "督导", "督察", "督办", "检查", "捡查", "考核", "考评", "评估", "评价", "抽查", "调研", "巡查",
    "巡察", "评比", "审计", "验收", "稽查", "监察", "核查", "暗访", "测评", "评议", "观摩", "监督", "复查",
    "普查", "抽检",
];

/// Fields that take all their columns; the others take the first filled one.
pub(super) const fn is_joined(field: Field) -> bool {
    matches!(
        field,
        Field::CoOrganizers
            | Field::Targets
            | Field::Basis
            | Field::Content
            | Field::Method
            | Field::Ratio
            | Field::Notes
    )
}

impl Layout {
    /// Decides the use of every column; `body` are rows below the header, a sample is enough.
    pub(super) fn new(header: &Header, body: &[Row]) -> Self {
        let mut layout = Self {
            width: header.columns.len(),
            headed: header.columns.iter().map(|column| column.column).collect(),
            ..Self::default()
        };
        let mut candidates: BTreeMap<Field, Vec<(Match, u32, String)>> = BTreeMap::new();
        for column in &header.columns {
            let label = label(&column.label);
            let folded = fold(&label);
            if NUMBERING.contains(&folded.as_str()) {
                layout.numbering.push(column.column);
                continue;
            }
            let Some(found) = column.found else {
                layout.labelled.push((column.column, label));
                continue;
            };
            match found.role {
                Role::Field(Field::Kind) if found.rank > 0 && !holds_kinds(body, column.column) => {
                    layout.labelled.push((column.column, label));
                }
                Role::Field(field) => {
                    candidates.entry(field).or_default().push((found, column.column, label));
                }
                Role::Both(first, second) => {
                    candidates.entry(first).or_default().push((found, column.column, label));
                    layout.seconds.entry(second).or_default().push(column.column);
                }
                Role::ScheduleFrom if layout.from.is_none() => layout.from = Some(column.column),
                Role::ScheduleTo if layout.to.is_none() => layout.to = Some(column.column),
                Role::ScheduleFrom | Role::ScheduleTo | Role::Labelled => {
                    if ["编号", "编码", "代码"].iter().any(|part| folded.ends_with(part)) {
                        layout.numbering.push(column.column);
                    }
                    layout.labelled.push((column.column, label));
                }
                Role::Number => layout.numbers.push((column.column, unit_of(&folded))),
                Role::Base => layout.bases.push((column.column, unit_of(&folded))),
                Role::Desk => layout.desks.push((column.column, label)),
                Role::Ignored => {}
            }
        }
        for (field, mut columns) in candidates {
            if field == Field::Ratio {
                layout.shares = columns.iter().filter(|c| c.2.contains("比例")).map(|c| c.1).collect();
            }
            if !is_joined(field) {
                let filled = |column: u32| body.iter().filter(|row| row.cell(column).is_some()).count();
                let most = columns.iter().map(|c| filled(c.1)).max().unwrap_or(0);
                // The best alias first, but a column that is mostly blank gives way.
                columns.sort_by_key(|(found, column, _)| {
                    (filled(*column) * 2 < most, !found.exact, found.rank, *column)
                });
                // A period in two columns tells the time; a third column only adds to it.
                let keep = usize::from(field != Field::Schedule || layout.from.is_none());
                for (_, column, label) in columns.iter().skip(keep) {
                    layout.labelled.push((*column, label.clone()));
                }
            }
            layout.fields.insert(field, columns.iter().map(|c| c.1).collect());
        }
        if !layout.fields.contains_key(&Field::Name) {
            let content = layout.fields.get(&Field::Content).cloned().unwrap_or_default();
            layout.nameless = !content.is_empty();
            layout.fields.insert(Field::Name, content);
        }
        if layout.numbering.is_empty() {
            layout.numbering.extend(headless_numbering(header, body));
        }
        layout.labelled.sort_unstable();
        layout
    }

    /// Whether the column carries anything about an item, not just a number or a signature.
    pub(super) fn is_used(&self, column: u32) -> bool {
        self.fields.values().flatten().any(|&used| used == column)
            || self.from == Some(column)
            || self.to == Some(column)
            || [&self.numbers, &self.bases, &self.labelled, &self.desks]
                .into_iter()
                .flatten()
                .any(|(used, _)| *used == column)
    }

    /// Whether the column has a header, known or not.
    pub(super) fn is_headed(&self, column: u32) -> bool {
        self.headed.binary_search(&column).is_ok()
    }

    /// The mapping as it is reported.
    pub(super) fn mapping(
        &self,
        header: &Header,
        file: &str,
        sheet: &str,
        encoding: Option<&str>,
    ) -> HeaderMapping {
        let field = |column: u32| {
            let of_field =
                || self.fields.iter().find(|(_, columns)| columns.contains(&column)).map(|(field, _)| *field);
            let kept = |list: &[(u32, String)]| list.iter().any(|(used, _)| *used == column);
            if kept(&self.labelled) && header.columns.iter().any(|c| c.column == column && c.found.is_some())
            {
                Some(Field::Notes)
            } else if self.from == Some(column) || self.to == Some(column) {
                Some(Field::Schedule)
            } else if kept(&self.numbers) || kept(&self.bases) {
                Some(Field::Ratio)
            } else if kept(&self.desks) {
                Some(Field::Notes)
            } else {
                of_field()
            }
        };
        HeaderMapping {
            file: file.to_owned(),
            sheet: sheet.to_owned(),
            header_row: header.first_row,
            columns: header
                .columns
                .iter()
                .map(|column| MappedColumn {
                    column: column.column,
                    header: column.text.clone(),
                    field: field(column.column),
                })
                .collect(),
            encoding: encoding.map(str::to_owned),
        }
    }
}

/// The label under which a column's text is kept: its header without line breaks and marks.
fn label(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    text.trim_matches(['*', ':', '：']).to_owned()
}

/// Whether at least half of the column's values are words of activity, not industries or modes.
fn holds_kinds(body: &[Row], column: u32) -> bool {
    let values: Vec<&str> = body.iter().filter_map(|row| row.text(column)).collect();
    let kinds = values
        .iter()
        .filter(|value| {
            let folded = if value.len() <= 32 { fold(value) } else { String::new() };
            KIND_WORDS.iter().any(|word| folded.contains(word))
        })
        .count();
    values.is_empty() || kinds * 2 >= values.len()
}

/// The unit of count a header names, `家` when it names none.
fn unit_of(folded: &str) -> String {
    let bracketed = folded.rsplit_once('(').and_then(|(_, rest)| rest.strip_suffix(')')).unwrap_or("");
    if (1..=2).contains(&bracketed.chars().count()) {
        return bracketed.to_owned();
    }
    for unit in ["户次", "批次", "户", "家", "人", "个", "次"] {
        if folded.contains(&format!("{unit}数")) || folded.ends_with(unit) {
            return unit.to_owned();
        }
    }
    "家".to_owned()
}

/// The first column, if it has no header but numbers the rows.
fn headless_numbering(header: &Header, body: &[Row]) -> Option<u32> {
    let first = header.columns.first()?.column;
    (1..first).find(|&column| {
        let values: Vec<&str> = body.iter().filter_map(|row| row.text(column)).collect();
        let numbers = values.iter().filter(|value| is_numbering(value)).count();
        numbers > 0 && numbers * 5 >= values.len() * 4
    })
}

/// Whether a text is only a number of a row: `3`, `1.2`, `(4)`, `五`, `第6项`, `A-01`.
pub(super) fn is_numbering(text: &str) -> bool {
    if text.len() > 40 {
        return false;
    }
    let folded = fold(text);
    let bare = folded.trim_matches(|c: char| matches!(c, '(' | ')' | '.' | '、' | ',' | '#'));
    let bare = bare.strip_prefix('第').unwrap_or(bare);
    let bare = bare.strip_suffix(['项', '条', '号']).unwrap_or(bare);
    !bare.is_empty()
        && bare.chars().count() <= 12
        && (bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '_' | '/' | '(' | ')'))
            && bare.chars().any(|c| c.is_ascii_digit())
            || bare.chars().all(|c| "一二三四五六七八九十百零0".contains(c))
            || bare.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
                && bare.chars().any(|c| c.is_ascii_digit()))
}

/// What the header of a JSON object's key means; only fields, no labels.
pub(super) fn role_of_key(key: &str) -> Option<Role> {
    Aliases::built_in().find(key).map(|found| found.role)
}
