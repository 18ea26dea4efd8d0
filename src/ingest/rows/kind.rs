//! Which row is an item, continues one, or is a note.

use super::Table;
use crate::ingest::codes::Code;
use crate::ingest::draft::{is_nil, is_placeholder};
use crate::ingest::layout::is_numbering;
use crate::ingest::table::{Cell, Row};
use crate::model::item::Field;
use crate::text::fold;

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowKind {
    Item,
    Continues,
    Skipped(Code),
    Nameless,
}

impl Table<'_> {
    pub(super) fn kind_of(&self, row: &Row, follows: bool) -> RowKind {
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
    pub(super) fn is_numbered_heading(&self, row: &Row) -> bool {
        let Some(&numbering) = self.layout.numbering.first() else { return false };
        let chinese = |text: &str| {
            text.len() <= 24 && fold(text).chars().all(|c| "一二三四五六七八九十()、.".contains(c))
        };
        self.arabic && row.cells.len() == 2 && row.text(numbering).is_some_and(chinese)
    }
}

/// The beginning of a text, folded: enough for labels and marks.
fn folded_head(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => fold(&text[..end]),
        None => fold(text),
    }
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
