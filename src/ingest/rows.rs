//! From the rows of a grid to items: which row is an item, continues one, or is a note.

use std::collections::BTreeMap;

use super::Reading;
use super::aliases::Aliases;
use super::codes::Code;
use super::draft::{Draft, is_nil, is_placeholder};
use super::header::{Demand, Header};
use super::layout::{Layout, is_joined, is_numbering};
use super::organizer::{Hints, declared_unit, unit_in_title};
use super::table::{Cell, Grid, Merge, Row};
use crate::model::item::{Field, InferredFrom, Source};
use crate::text::fold;

/// Reads all tables of a grid into the submissions.
pub(super) fn read_grid(grid: &Grid, reading: &mut Reading<'_>) {
    if grid.rows().is_empty() {
        return;
    }
    if super::form::read(grid, reading) {
        return;
    }
    let Some(mut header) = Header::find(grid, 0) else {
        reading.no_header(grid);
        return;
    };
    if is_roster(&header) {
        reading.report(Code::RosterTable, &grid.sheet, header.first_row, "units.csv");
        return;
    }
    let merges = grid.vertical_merges();
    let mut sheet_titles: Vec<String> = Vec::new();
    let mut titles_from = 0;
    loop {
        let first = index_after(grid, header.last_row);
        let next = (first..grid.rows().len())
            .filter(|&index| may_be_header(&grid.rows()[index]))
            .find_map(|index| Header::at(grid, index, Demand::Repeated).map(|header| (index, header)));
        let end = next.as_ref().map_or(grid.rows().len(), |(index, _)| *index);
        let table = Table::new(grid, &merges, &header, titles_from..first, end, &sheet_titles, reading);
        sheet_titles.clone_from(&table.hints.titles);
        sheet_titles.truncate(MAX_NOTES);
        titles_from = table.read(reading);
        match next {
            Some((_, next)) => header = next,
            None => return,
        }
    }
}

fn index_after(grid: &Grid, row: u32) -> usize {
    grid.rows().partition_point(|other| other.number <= row)
}

/// Whether a row below a header is worth reading as another header: two exact aliases, no number in
/// front. Cheap, because every row is asked.
fn may_be_header(row: &Row) -> bool {
    let Some(first) = row.cells.first() else { return false };
    if row.cells.len() < 2 || first.text.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let aliases = Aliases::built_in();
    let is_alias = |cell: &&Cell| cell.text.len() <= 90 && aliases.exact(&fold(&cell.text)).is_some();
    row.cells.iter().filter(is_alias).nth(1).is_some()
}

/// The beginning of a text, folded: enough for labels and marks.
fn folded_head(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => fold(&text[..end]),
        None => fold(text),
    }
}

/// A roster of units has a name column too, but its other columns are those of `units.csv`.
fn is_roster(header: &Header) -> bool {
    let has = |name: &str| header.columns.iter().any(|column| fold(&column.text) == name);
    has("name") && has("parent") && (has("aliases") || has("tags"))
}

/// Notes that are looked through for the organizer.
const MAX_NOTES: usize = 200;

/// One table of a grid while it is read.
struct Table<'a> {
    grid: &'a Grid,
    layout: Layout,
    rows: &'a [Row],
    header_last_row: u32,
    merges: &'a BTreeMap<u32, Vec<Merge>>,
    hints: Hints,
    drafts: Vec<Draft>,
    /// Organizer of the section of rows being read, and the drafts it holds for.
    sections: Vec<(usize, String)>,
    /// Index of the first row after the last item.
    after_last_item: usize,
    /// Rows are numbered with digits.
    arabic: bool,
    /// The header's texts by column, to know it when it comes again.
    header: BTreeMap<u32, String>,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RowKind {
    Item,
    Continues,
    Skipped(Code),
    Nameless,
}

impl<'a> Table<'a> {
    fn new(
        grid: &'a Grid,
        merges: &'a BTreeMap<u32, Vec<Merge>>,
        header: &Header,
        before_body: std::ops::Range<usize>,
        end: usize,
        sheet_titles: &[String],
        reading: &mut Reading<'_>,
    ) -> Self {
        let titles_from = before_body.start;
        let rows = &grid.rows()[before_body.end..end];
        let layout = Layout::new(header, rows);
        let mapping = layout.mapping(header, reading.file(), &grid.sheet, reading.encoding());
        reading.mapped(mapping);
        if layout.nameless {
            let column = layout.fields.get(&Field::Name).and_then(|columns| columns.first()).copied();
            reading.report_column(
                Code::NameFromContent,
                &grid.sheet,
                header.first_row,
                column,
                Some(Field::Name),
                "",
            );
        }
        let above = index_after(grid, header.first_row.saturating_sub(1));
        let digits = |row: &Row| {
            let number = layout.numbering.first().and_then(|&column| row.text(column));
            number.is_some_and(|number| is_numbering(number) && number.contains(|c: char| c.is_ascii_digit()))
        };
        let arabic = rows.iter().any(digits);
        let line = |row: &Row| row.cells.iter().map(|cell| &*cell.text).collect::<Vec<_>>().join("  ");
        // A further table's own title goes before that of the sheet.
        let mut titles: Vec<String> = grid.rows()[titles_from.min(above)..above].iter().map(line).collect();
        titles.extend(grid.preamble.iter().cloned());
        titles.extend(sheet_titles.iter().cloned());
        Self {
            grid,
            layout,
            rows,
            header_last_row: header.last_row,
            merges,
            hints: Hints {
                titles,
                notes: grid.postscript.clone(),
                sheet: grid.sheet.to_string(),
                file: reading.file().to_string(),
            },
            drafts: Vec::new(),
            sections: Vec::new(),
            after_last_item: before_body.end,
            arabic,
            header: header.columns.iter().map(|column| (column.column, column.text.clone())).collect(),
        }
    }

    /// Reads the rows; returns the index of the first row that may be a title of the next table.
    fn read(mut self, reading: &mut Reading<'_>) -> usize {
        let start = self.after_last_item;
        let mut last_item_row = None;
        for (index, row) in self.rows.iter().enumerate() {
            if let Some(cell) = row.cells.iter().find(|cell| cell.oversize) {
                let field = self.field_of(cell.column);
                reading.report_column(
                    Code::CellTooLong,
                    &self.grid.sheet,
                    row.number,
                    Some(cell.column),
                    field,
                    &cell.text,
                );
                continue;
            }
            let follows = last_item_row.is_some_and(|last| last + 1 == row.number);
            match self.kind_of(row, follows) {
                RowKind::Item => {
                    let draft = self.draft(row);
                    self.drafts.push(draft);
                    last_item_row = Some(row.number);
                    self.after_last_item = start + index + 1;
                }
                RowKind::Continues => {
                    self.continue_last(row);
                    reading.report(Code::ContinuedRow, &self.grid.sheet, row.number, &row_text(row));
                    last_item_row = Some(row.number);
                    self.after_last_item = start + index + 1;
                }
                RowKind::Skipped(code) => {
                    reading.report(code, &self.grid.sheet, row.number, &row_text(row));
                    if code == Code::NoteRow {
                        self.note(row);
                    }
                }
                RowKind::Nameless => {
                    let column =
                        self.layout.fields.get(&Field::Name).and_then(|columns| columns.first()).copied();
                    reading.report_column(
                        Code::MissingName,
                        &self.grid.sheet,
                        row.number,
                        column,
                        Some(Field::Name),
                        &row_text(row),
                    );
                }
            }
        }
        let next_titles = self.after_last_item;
        self.finish(reading);
        next_titles
    }

    fn field_of(&self, column: u32) -> Option<Field> {
        self.layout.fields.iter().find(|(_, columns)| columns.contains(&column)).map(|(field, _)| *field)
    }

    /// Keeps what a note or section heading may tell of the organizer.
    fn note(&mut self, row: &Row) {
        let text = row_text(row);
        if (row.cells.len() == 1 || self.is_numbered_heading(row)) && declared_unit(&text).is_none() {
            let heading = text.rsplit(" | ").next().unwrap_or(&text).trim_start_matches(|c: char| {
                c.is_ascii_digit() || "一二三四五六七八九十、.．()（） ".contains(c)
            });
            if let Some(unit) = unit_in_title(heading) {
                self.sections.push((self.drafts.len(), unit));
                return;
            }
        }
        if self.hints.notes.len() < MAX_NOTES {
            self.hints.notes.push(text);
        }
    }

    fn kind_of(&self, row: &Row, follows: bool) -> RowKind {
        let name = self.own_name(row);
        let numbered = self.layout.numbering.iter().any(|&column| row.text(column).is_some_and(is_numbering));
        let used: Vec<&Cell> = row.cells.iter().filter(|cell| self.layout.is_used(cell.column)).collect();
        let lead = folded_head(&row.cells[0].text);
        if lead == "栏次" || row.cells.len() >= 3 && row.cells.iter().all(|cell| is_numbering(&cell.text)) {
            return RowKind::Skipped(Code::ColumnNumbers);
        }
        if [Some(lead.as_str()), name.map(folded_head).as_deref()].into_iter().flatten().any(is_total) {
            return RowKind::Skipped(Code::NoteRow);
        }
        if ["示例", "(示例", "例:", "例如", "样例", "(样例", "(例", "填写示例", "范例"]
            .iter()
            .any(|mark| lead.starts_with(mark))
        {
            return RowKind::Skipped(Code::ExampleRow);
        }
        if !numbered
            && row.cells.iter().any(|cell| is_note_label(&folded_head(&cell.text)))
            && used.len() <= 3
        {
            return RowKind::Skipped(Code::NoteRow);
        }
        let repeats = |cell: &Cell| self.header.get(&cell.column).is_some_and(|text| **text == *cell.text);
        if row.cells.len() >= 2 && row.cells.iter().all(repeats) {
            return RowKind::Skipped(Code::NoteRow);
        }
        if self.is_numbered_heading(row) {
            return RowKind::Skipped(Code::NoteRow);
        }
        if row.cells.len() == 1 && !numbered && self.is_lone_note(row, &row.cells[0]) {
            return RowKind::Skipped(Code::NoteRow);
        }
        if let Some(name) = name {
            if is_nil(name) && used.iter().all(|cell| is_nil(&cell.text)) {
                return RowKind::Skipped(Code::NilRow);
            }
            if name.chars().any(char::is_alphabetic) && !is_nil(name) {
                return RowKind::Item;
            }
        }
        let telling = used.iter().filter(|cell| !is_placeholder(&cell.text)).count();
        if self.inherited_name(row).is_some() {
            return if numbered || self.drafts.is_empty() { RowKind::Item } else { RowKind::Continues };
        }
        if numbered {
            return if telling == 0 { RowKind::Skipped(Code::NumberOnly) } else { RowKind::Nameless };
        }
        let tells_more = used.iter().any(|cell| {
            matches!(
                self.field_of(cell.column),
                Some(Field::Content | Field::Targets | Field::Basis | Field::CoOrganizers | Field::Method)
            )
        });
        if follows && !self.drafts.is_empty() && (tells_more || telling >= 2) {
            return RowKind::Continues;
        }
        if telling >= 2 { RowKind::Nameless } else { RowKind::Skipped(Code::NoteRow) }
    }

    /// Whether the only cell of a row is a note or heading rather than an item with only a name.
    fn is_lone_note(&self, row: &Row, cell: &Cell) -> bool {
        let merged = self.grid.merges_from(row.number).iter().find(|merge| merge.first_column == cell.column);
        let span = merged.map_or(1, |merge| merge.last_column - merge.first_column + 1) as usize;
        if span >= 3 || span * 2 > self.layout.width && span > 1 {
            return true;
        }
        let folded = folded_head(&cell.text);
        if folded.chars().all(|c| c.is_ascii_digit() || "年月日-./:号".contains(c)) {
            return true;
        }
        if self.field_of(cell.column) != Some(Field::Name) {
            return !self.layout.is_used(cell.column);
        }
        if self.layout.width == 1 {
            return false;
        }
        let heading = folded.split_once(['、', ')', '.']).is_some_and(|(number, _)| {
            let number = number.trim_start_matches('(');
            !number.is_empty() && number.chars().all(|c| "一二三四五六七八九十".contains(c))
        });
        let sentence = cell.text.chars().nth(60).is_some()
            || folded.contains(['.', ';', ':'])
            || folded.starts_with('注');
        let acts = [
            "督查", "检查", "考核", "督导", "抽查", "评估", "调研", "考评", "巡查", "巡察", "审计", "核查",
            "评价", "验收", "监察", "督察",
        ];
        let named = acts.iter().any(|act| folded.ends_with(act));
        heading || sentence || !self.layout.numbering.is_empty() && !named
    }

    /// `一 | 综合督查类` over rows numbered 1, 2, 3 is a heading, not an item.
    fn is_numbered_heading(&self, row: &Row) -> bool {
        let Some(&numbering) = self.layout.numbering.first() else { return false };
        let chinese = |text: &str| {
            text.len() <= 24 && fold(text).chars().all(|c| "一二三四五六七八九十()、.".contains(c))
        };
        self.arabic && row.cells.len() == 2 && row.text(numbering).is_some_and(chinese)
    }

    fn own_name<'r>(&self, row: &'r Row) -> Option<&'r str> {
        self.layout.fields.get(&Field::Name)?.iter().find_map(|&column| row.text(column))
    }

    fn inherited_name(&self, row: &Row) -> Option<&'a str> {
        let inherits = |&column: &u32| {
            self.inherited(row.number, column).filter(|text| text.chars().any(char::is_alphabetic))
        };
        self.layout.fields.get(&Field::Name)?.iter().find_map(inherits)
    }

    /// The text of the merged cell that began above and reaches down to this place.
    fn inherited(&self, row: u32, column: u32) -> Option<&'a str> {
        let merges = self.merges.get(&column)?;
        let before = merges.partition_point(|merge| merge.first_row < row);
        let merge = merges[..before].last().filter(|merge| merge.last_row >= row)?;
        let below_header = merge.first_row > self.header_last_row;
        if below_header { self.grid.row(merge.first_row)?.text(column) } else { None }
    }

    /// The text that counts for this row and column, and whether it is inherited.
    fn value<'r>(&'r self, row: &'r Row, column: u32) -> Option<(&'r str, bool)> {
        row.text(column)
            .map(|text| (text, false))
            .or_else(|| self.inherited(row.number, column).map(|text| (text, true)))
    }

    fn draft(&self, row: &Row) -> Draft {
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
            return super::number::percent_text(number, 0);
        }
        if field == Field::Schedule {
            if let Some(date) = super::number::serial_date(text) {
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
    fn continue_last(&mut self, row: &Row) {
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

    /// Fills missing organizers and hands the items over.
    fn finish(self, reading: &mut Reading<'_>) {
        let hinted = self.hints.organizer();
        for (index, mut draft) in self.drafts.into_iter().enumerate() {
            if draft.get(Field::Organizer).is_empty() {
                let section = self
                    .sections
                    .iter()
                    .rev()
                    .find(|(from, _)| *from <= index)
                    .map(|(_, unit)| (unit.clone(), InferredFrom::Title));
                if let Some((unit, from)) = section.or_else(|| hinted.clone()) {
                    draft.add(Field::Organizer, &unit);
                    draft.infer(Field::Organizer, from);
                }
            }
            reading.item(draft.into_item(reading.file(), &self.grid.sheet));
        }
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

fn row_text(row: &Row) -> String {
    let mut text = String::new();
    for cell in &row.cells {
        if !text.is_empty() {
            text.push_str(" | ");
        }
        text.push_str(&cell.text);
        if text.len() > 400 {
            break;
        }
    }
    text
}

fn is_total(folded: &str) -> bool {
    ["合计", "总计", "小计", "共计", "累计"].iter().any(|word| {
        folded.strip_prefix(word).is_some_and(|rest| rest.chars().count() <= 8 && !rest.ends_with("检查"))
    })
}

/// Whether a cell is the label of a signature or note: `填报人:张三`, `注:…`, `审核人`.
fn is_note_label(folded: &str) -> bool {
    const LABELS: &[&str] = &[
        "填报",
        "填表",
        "制表",
        "审核",
        "审批",
        "复核",
        "审定",
        "负责人",
        "分管领导",
        "主要领导",
        "联系人",
        "联系电话",
        "联系方式",
        "电话",
        "经办人",
        "签字",
        "盖章",
        "签章",
        "公章",
        "报送",
        "上报",
        "附件",
        "备注",
        "说明",
        "注",
        "日期",
        "传真",
        "邮箱",
        "单位",
        "领导",
    ];
    const ALONE: &[&str] = &[
        "填报人",
        "填表人",
        "制表人",
        "审核人",
        "负责人",
        "联系人",
        "联系电话",
        "填报单位",
        "填表说明",
        "填写说明",
    ];
    if ALONE.iter().any(|label| folded.starts_with(label)) {
        return true;
    }
    if let Some(rest) = folded.strip_prefix('注')
        && rest.starts_with(|c: char| c.is_ascii_digit() || c == '.')
    {
        return true;
    }
    folded.split_once(':').is_some_and(|(label, _)| {
        label.chars().count() <= 12 && LABELS.iter().any(|word| label.contains(word))
    })
}

/// The place of a row.
pub(super) fn source(file: &str, sheet: &str, row: u32) -> Source {
    Source { file: file.into(), sheet: sheet.into(), row }
}
