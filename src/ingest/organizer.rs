//! Guessing who submits a table from its title, notes, sheet or file name.

use crate::model::item::InferredFrom;
use crate::text::fold;

/// Where an organizer may be named, in order of trust.
#[derive(Clone, Debug, Default)]
pub(super) struct Hints {
    /// Rows above the header, nearest last.
    pub(super) titles: Vec<String>,
    /// Rows below the table and section headings.
    pub(super) notes: Vec<String>,
    /// Name of the sheet.
    pub(super) sheet: String,
    /// Name of the file, with or without folders.
    pub(super) file: String,
}

impl Hints {
    /// The organizer these hints name, and which of them does.
    pub(super) fn organizer(&self) -> Option<(String, InferredFrom)> {
        let titled = || self.titles.iter().find_map(|title| unit_in_title(title));
        let declared = || self.titles.iter().chain(&self.notes).find_map(|note| declared_unit(note));
        let stem = self.file.rsplit('/').next().unwrap_or_default();
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
        titled()
            .map(|unit| (unit, InferredFrom::Title))
            .or_else(|| declared().map(|unit| (unit, InferredFrom::Note)))
            .or_else(|| unit_in_title(&self.sheet).map(|unit| (unit, InferredFrom::Sheet)))
            .or_else(|| unit_in_title(stem).map(|unit| (unit, InferredFrom::FileName)))
            .or_else(|| {
                self.titles.iter().find_map(|title| signed_unit(title)).map(|unit| (unit, InferredFrom::Note))
            })
            .or_else(|| bare_name(stem).map(|unit| (unit, InferredFrom::FileName)))
    }
}

/// Ends of names of units that submit items.
const UNIT_ENDS: &[&str] = &[
    "局",
    "委",
    "委员会",
    "办",
    "办公室",
    "部",
    "院",
    "会",
    "馆",
    "中心",
    "所",
    "队",
    "支队",
    "大队",
    "总队",
    "团",
    "联",
    "政府",
    "厅",
    "署",
    "法院",
    "检察院",
    "人大",
    "政协",
    "纪委",
    "监委",
    "党校",
    "工委",
    "站",
    "社",
    "公司",
    "集团",
    "管委会",
    "监察室",
    "督查室",
    "督导室",
    "指挥部",
    "领导小组",
    "联席会议",
    "分局",
    "妇联",
    "残联",
    "工商联",
    "文联",
    "科协",
    "侨联",
    "红十字会",
    "总工会",
    "团区委",
    "团县委",
    "团市委",
    "团旗委",
    "区委",
    "县委",
    "市委",
    "旗委",
    "编办",
    "烟草",
    "税务",
    "气象",
    "供销社",
    "史志",
    "公积金",
    "贸促会",
    "计生协",
    "台办",
    "外办",
];

/// Words that end the name of the unit in a title: what follows speaks of the plan.
const STOPS: &[&str] = &[
    "关于",
    "年度",
    "督查",
    "督导",
    "督察",
    "督检考",
    "检查",
    "抽查",
    "考核",
    "考评",
    "评估",
    "监督检查",
    "监督抽查",
    "行政检查",
    "执法检查",
    "涉企",
    "双随机",
    "计划",
    "事项",
    "申报",
    "汇总",
    "上报",
    "报送",
    "填报",
    "统计",
    "清单",
    "任务",
    "项目",
    "一览",
    "安排",
    "方案",
    "表",
    "定稿",
    "修改",
    "修订",
    "终稿",
    "初稿",
    "草案",
    "草稿",
    "征求意见",
    "审定",
    "最终",
    "确定",
    "拟开展",
    "拟",
    "监督",
    "行政执法",
    "执法",
    "调研",
    "专题",
    "审计项目",
    "巡察",
    "联合",
    "部门联合",
    "跨部门",
    "随机",
    "附件",
    "工作",
    "台账",
    "明细",
    "公示",
    "发布",
    "副本",
    "copy",
    "final",
    "开展",
];

/// Names that end like a unit and are none.
const NOT_UNITS: &[&str] = &[
    "各部",
    "全部",
    "内部",
    "本部",
    "外部",
    "部",
    "局",
    "委",
    "办",
    "会",
    "所",
    "本单位",
    "我局",
    "我委",
    "本局",
    "社会",
];

/// The unit a title begins with: `XX县教育局2024年督查检查考核计划` gives `XX县教育局`.
pub(super) fn unit_in_title(title: &str) -> Option<String> {
    let cleaned = without_years_and_brackets(beginning(title));
    let mut cleaned = cleaned.trim_start_matches(is_mark);
    for lead in ["附件", "附表", "关于报送", "关于上报", "关于印发", "关于"] {
        cleaned = cleaned.strip_prefix(lead).unwrap_or(cleaned).trim_start_matches(is_mark);
    }
    // A unit's own name may hold a stop word (政府督查室, 检察院, 审计局): the longest cut wins.
    let mut cuts: Vec<usize> =
        STOPS.iter().flat_map(|stop| cleaned.match_indices(stop).map(|(at, _)| at)).collect();
    cuts.push(cleaned.len());
    cuts.sort_unstable_by(|a, b| b.cmp(a));
    cuts.into_iter()
        .map(|cut| cleaned[..cut].trim_end_matches(is_mark).trim_end_matches('的').trim())
        .find(|name| is_unit_like(name))
        .map(str::to_owned)
}

/// The unit that a note such as `填报单位:区委办公室(盖章)` declares.
pub(super) fn declared_unit(note: &str) -> Option<String> {
    let folded_marks = beginning(note).replace('：', ":");
    for label in [
        "填报单位",
        "申报单位",
        "报送单位",
        "填表单位",
        "上报单位",
        "填报部门",
        "申报部门",
        "报送部门",
        "单位名称",
        "单位(盖章)",
        "单位（盖章）",
        "单位",
    ] {
        let Some((_, after)) = folded_marks.split_once(label) else { continue };
        let after = after.trim_start_matches(|c: char| c.is_whitespace());
        let after = after.strip_prefix("(盖章)").or_else(|| after.strip_prefix("（盖章）")).unwrap_or(after);
        let Some(value) = after.trim_start().strip_prefix(':') else { continue };
        let value = value.trim_start();
        // The next label on the line begins after a run of blanks.
        let end = value.find(|c: char| c.is_whitespace() || c == '|').unwrap_or(value.len());
        let name = without_years_and_brackets(&value[..end]);
        let name = name.trim_matches(is_mark);
        if is_unit_like(name) {
            return Some(name.to_owned());
        }
    }
    None
}

/// The unit in a signature such as `劳动保障监察大队报` or `区委宣传部  2022.11.14`.
fn signed_unit(note: &str) -> Option<String> {
    let first = beginning(note).split_whitespace().next()?;
    let name = without_years_and_brackets(first);
    let name = name.trim_matches(is_mark).trim_end_matches("汇总").trim_end_matches('报');
    is_unit_like(name).then(|| name.to_owned())
}

/// What is left of a file name when plan words go, if it may be a name of some unit.
fn bare_name(stem: &str) -> Option<String> {
    let cleaned = without_years_and_brackets(beginning(stem));
    let cleaned = cleaned.trim_matches(is_mark);
    let cut = STOPS.iter().filter_map(|stop| cleaned.find(stop)).min().unwrap_or(cleaned.len());
    let name = cleaned[..cut].trim_matches(is_mark);
    let length = name.chars().count();
    ((2..=16).contains(&length) && name.chars().all(is_han) && !NOT_UNITS.contains(&name))
        .then(|| name.to_owned())
}

/// The first 200 characters: nobody's name stands further back, and a hostile title may be long.
fn beginning(text: &str) -> &str {
    text.char_indices().nth(200).map_or(text, |(end, _)| &text[..end])
}

/// Whether a text may be the name of one unit.
pub(super) fn is_unit_like(name: &str) -> bool {
    let folded = fold(name);
    let length = folded.chars().count();
    (2..=30).contains(&length)
        && UNIT_ENDS.iter().any(|end| folded.ends_with(end))
        && !NOT_UNITS.contains(&folded.as_str())
        && !["各", "全体", "有关", "相关", "其他", "所有"].iter().any(|start| folded.starts_with(start))
        && folded.chars().all(|c| is_han(c) || c == '·' || c == '、')
}

/// Without years, dates, numbers, brackets with what stands in them, and extension-like noise.
fn without_years_and_brackets(text: &str) -> String {
    let mut depth = 0u32;
    let mut kept = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '(' | '（' | '[' | '【' | '〔' | '《' => depth += 1,
            ')' | '）' | ']' | '】' | '〕' | '》' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            c if c.is_numeric() && !is_han(c) => kept.push('0'),
            c => kept.push(c),
        }
    }
    // 2023年度, 2023年, 0月0日 and lone numbers; a number inside a name (第0中学) goes too.
    let mut result = String::with_capacity(kept.len());
    let mut characters = kept.chars().peekable();
    while let Some(character) = characters.next() {
        if character != '0' {
            result.push(character);
            continue;
        }
        while characters.next_if_eq(&'0').is_some() {}
        if characters.next_if(|c| matches!(c, '年' | '月' | '日' | '号')).is_some() {
            characters.next_if_eq(&'度');
        }
    }
    result
}

fn is_mark(character: char) -> bool {
    !is_han(character) && !character.is_ascii_alphabetic()
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_name_their_unit() {
        for (title, unit) in [
            ("敖林区住房和城乡建设局2023年度检查计划", Some("敖林区住房和城乡建设局")),
            ("2024年县教育局督查检查考核事项汇总表（定稿）", Some("县教育局")),
            ("区政府督查室2023年督查事项", Some("区政府督查室")),
            ("区审计局2023年审计项目计划", Some("区审计局")),
            ("中共XX县委组织部关于报送2024年考核事项的函", None),
            ("县委组织部关于报送2024年考核事项的函", Some("县委组织部")),
            ("区人民检察院检查计划", Some("区人民检察院")),
            ("住建领域2023年度检查计划", None),
            ("2023年度督查检查考核事项申报表", None),
            ("敖林区2023年督查检查考核计划(草案)", None),
            ("妇联(两纲)", Some("妇联")),
            ("编办双随机计划", Some("编办")),
            ("附件1：市监局2023年度抽查检查计划", Some("市监局")),
            ("宣传部报送表(定稿2)", Some("宣传部")),
            ("3.民政局", Some("民政局")),
            ("区人大2023年监督计划(草案)", Some("区人大")),
            ("Sheet1", None),
            ("汇总表", None),
        ] {
            assert_eq!(unit_in_title(title).as_deref(), unit, "{title}");
        }
    }

    #[test]
    fn notes_declare_their_unit() {
        assert_eq!(declared_unit("申报单位:区委办公室(盖章)").as_deref(), Some("区委办公室"));
        assert_eq!(
            declared_unit("填报单位（盖章）：县林业和草原局   联系电话：0470").as_deref(),
            Some("县林业和草原局")
        );
        assert_eq!(declared_unit("填报人:办公室"), None);
    }

    #[test]
    fn the_hints_are_tried_in_order() {
        let hints = |title: &str, sheet: &str, file: &str| Hints {
            titles: vec![title.to_owned()],
            notes: Vec::new(),
            sheet: sheet.to_owned(),
            file: file.to_owned(),
        };
        assert_eq!(
            hints("县水利局2024年计划", "民政局", "教育局.xlsx").organizer(),
            Some(("县水利局".to_owned(), InferredFrom::Title))
        );
        assert_eq!(
            hints("2024年计划", "民政局", "教育局.xlsx").organizer(),
            Some(("民政局".to_owned(), InferredFrom::Sheet))
        );
        assert_eq!(
            hints("2024年计划", "Sheet1", "报送/教育局2024.xlsx").organizer(),
            Some(("教育局".to_owned(), InferredFrom::FileName))
        );
        assert_eq!(
            hints("2024年计划", "Sheet1", "劳动监察2024年计划.xlsx").organizer(),
            Some(("劳动监察".to_owned(), InferredFrom::FileName))
        );
        assert_eq!(hints("2024年计划", "Sheet1", "附件1.xlsx").organizer(), None);
    }
}
