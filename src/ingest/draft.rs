//! An item while its texts are being gathered: from a row and those that continue it, or from a
//! JSON object.

use std::sync::Arc;

use super::organizer::is_unit_like;
use crate::model::item::{Field, Inference, InferredFrom, Item, Source};
use crate::text::{fold, survives_folding};

/// The texts of one item, as they were found.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    /// Physical row.
    pub(super) row: u32,
    /// Texts of each field, one element a row or list entry.
    values: [Vec<String>; Field::ALL.len()],
    /// `label:value` of columns that belong to no field.
    extras: Vec<String>,
    /// Sections inside the organizer, with their labels.
    pub(super) desks: Vec<(String, String)>,
    /// Fields whose text did not stand in the row.
    inferred: Vec<Inference>,
}

impl Draft {
    pub(super) fn new(row: u32) -> Self {
        Self { row, ..Self::default() }
    }

    /// The texts of a field so far.
    pub(super) fn get(&self, field: Field) -> &[String] {
        &self.values[field as usize]
    }

    /// Adds a text to a field; a placeholder such as `/` or `—` is none. Of several organizers the first one leads, and
    /// the others take part.
    pub(super) fn add(&mut self, field: Field, text: &str) {
        let text = text.trim();
        if text.is_empty() || is_placeholder(text) {
            return;
        }
        if field == Field::Organizer
            && let Some([lead, rest @ ..]) = several_units(text).as_deref()
        {
            self.values[field as usize].push(lead.clone());
            for unit in rest {
                self.add(Field::CoOrganizers, unit);
            }
            return;
        }
        let texts = &mut self.values[field as usize];
        match field {
            Field::CoOrganizers => {
                for unit in split_units(text) {
                    if !texts.contains(&unit) {
                        texts.push(unit);
                    }
                }
            }
            _ => texts.push(text.to_owned()),
        }
    }

    /// [`add`](Self::add) of a text that need not be copied where nothing is cut off.
    pub(super) fn add_owned(&mut self, field: Field, text: String) {
        let is_list =
            field == Field::CoOrganizers || field == Field::Organizer && text.contains(BETWEEN_UNITS);
        if is_list || text.trim().len() < text.len() || is_placeholder(&text) {
            self.add(field, &text);
        } else if !text.is_empty() {
            let texts = &mut self.values[field as usize];
            if texts.is_empty() {
                // Most fields have one text, and lists of targets stay in the item.
                texts.reserve_exact(1);
            }
            texts.push(text);
        }
    }

    /// Adds one entry of a list as it stands.
    pub(super) fn add_entry(&mut self, field: Field, text: &str) {
        let text = text.trim();
        if !text.is_empty() {
            self.values[field as usize].push(text.to_owned());
        }
    }

    /// Keeps a text under its label in the notes.
    pub(super) fn add_extra(&mut self, label: &str, text: &str) {
        let text = text.trim();
        if text.is_empty() || is_placeholder(text) {
            return;
        }
        self.extras.push(if label.is_empty() { text.to_owned() } else { format!("{label}:{text}") });
    }

    /// Notes that a field's text came from elsewhere.
    pub(super) fn infer(&mut self, field: Field, from: InferredFrom) {
        if !self.inferred.iter().any(|inference| inference.field == field) {
            self.inferred.push(Inference { field, from });
        }
    }

    /// The finished item.
    pub(super) fn into_item(mut self, file: &Arc<str>, sheet: &Arc<str>) -> Item {
        self.settle_desks();
        let mut take = |field: Field| {
            let mut texts = std::mem::take(&mut self.values[field as usize]);
            texts.shrink_to_fit();
            texts
        };
        let join = |mut texts: Vec<String>, separator: &str| match texts.len() {
            0 | 1 => texts.pop().unwrap_or_default(),
            _ => texts.join(separator),
        };
        let joined = |texts: Vec<String>, separator: &str| {
            let text = join(texts, separator);
            (!text.is_empty()).then_some(text)
        };
        let mut notes = take(Field::Notes);
        notes.extend(std::mem::take(&mut self.extras));
        let id = joined(take(Field::Id), "-").unwrap_or_else(|| format!("{file}#{sheet}!{}", self.row));
        self.inferred.sort_by_key(|inference| inference.field);
        Item {
            plan: None,
            id,
            name: join(take(Field::Name), "\n"),
            kind: joined(take(Field::Kind), "、"),
            jurisdiction: joined(take(Field::Jurisdiction), "、"),
            organizer: joined(take(Field::Organizer), "、"),
            co_organizers: take(Field::CoOrganizers),
            targets: take(Field::Targets),
            schedule: joined(take(Field::Schedule), "；"),
            frequency: joined(take(Field::Frequency), "；"),
            basis: joined(take(Field::Basis), "\n"),
            content: joined(take(Field::Content), "\n"),
            method: joined(take(Field::Method), "\n"),
            ratio: joined(take(Field::Ratio), "；"),
            notes: joined(notes, "；"),
            source: Some(Source { file: Arc::clone(file), sheet: Arc::clone(sheet), row: self.row }),
            inferred: self.inferred,
        }
    }

    /// A section names the organizer only when nothing else does; otherwise it is a note.
    fn settle_desks(&mut self) {
        let desks = std::mem::take(&mut self.desks);
        if self.get(Field::Organizer).is_empty() {
            for (_, desk) in desks {
                self.add(Field::Organizer, &desk);
            }
        } else {
            for (label, desk) in desks {
                self.add_extra(&label, &desk);
            }
        }
    }
}

/// Whether a text only fills its cell: `/`, `-`, `——`.
pub(super) fn is_placeholder(text: &str) -> bool {
    text.len() <= 24
        && !text.chars().any(survives_folding)
        && fold(text).chars().all(|c| matches!(c, '/' | '-' | '\\' | '_' | '.' | '*' | '·' | '×' | '…'))
}

/// Whether a text says that there is nothing: `无`, `没有`, `零报告`.
pub(super) fn is_nil(text: &str) -> bool {
    if text.len() > 60 {
        return false;
    }
    let folded = fold(text);
    let bare = folded.trim_matches(|c: char| matches!(c, '.' | '(' | ')' | '-' | '/' | ','));
    bare.is_empty()
        || [
            "无",
            "没有",
            "暂无",
            "无此项",
            "无事项",
            "无计划",
            "零报告",
            "无内容",
            "空",
            "none",
            "nil",
            "n/a",
            "null",
            "无此类事项",
            "无相关事项",
            "本年度无",
        ]
        .contains(&bare)
}

/// What stands between units.
const BETWEEN_UNITS: &[char] = &['、', ',', '，', ';', '；', '/', '／', '|', '\n', '\t'];

/// The units of an organizer's cell that lists several by their names: not 市、县级教育部门, nor 应急局(安委办、消安委办).
fn several_units(text: &str) -> Option<Vec<String>> {
    if !text.contains(BETWEEN_UNITS) {
        return None;
    }
    let units = split_units(text);
    (units.len() > 1 && units.iter().all(|unit| is_unit_like(unit))).then_some(units)
}

/// The units of a list such as `市监局、公安局(交管大队;治安大队)`: split at 、,;/| and line breaks,
/// never inside brackets, and at blanks between two Chinese characters.
pub(super) fn split_units(text: &str) -> Vec<String> {
    let mut units = Vec::new();
    let mut current = String::new();
    let mut depth = 0u32;
    let mut characters = text.chars().peekable();
    let mut finish = |current: &mut String| {
        let unit = current.trim().trim_end_matches(['。', '.', '：', ':']).trim();
        if !unit.is_empty() && !is_nil(unit) && !units.contains(&unit.to_owned()) {
            units.push(unit.to_owned());
        }
        current.clear();
    };
    // An unclosed bracket must not swallow the rest.
    let balanced = {
        let count = |set: &[char]| text.chars().filter(|c| set.contains(c)).count();
        count(&['(', '（', '《', '〔', '[', '【']) == count(&[')', '）', '》', '〕', ']', '】'])
    };
    while let Some(character) = characters.next() {
        match character {
            '(' | '（' | '《' | '〔' | '[' | '【' if balanced => depth += 1,
            ')' | '）' | '》' | '〕' | ']' | '】' if balanced => depth = depth.saturating_sub(1),
            _ => {}
        }
        let splits = depth == 0
            && (BETWEEN_UNITS.contains(&character)
                || character.is_whitespace()
                    && current.chars().last().is_some_and(is_han)
                    && characters.peek().copied().is_none_or(|next| is_han(next) || next.is_whitespace()));
        if splits {
            finish(&mut current);
        } else {
            current.push(character);
        }
    }
    finish(&mut current);
    units
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_units_are_split_outside_brackets() {
        for (text, units) in [
            ("市监局、住建局", vec!["市监局", "住建局"]),
            ("生态环境分局\n公安交管", vec!["生态环境分局", "公安交管"]),
            ("公安局（交管大队、治安大队）;文旅局", vec!["公安局（交管大队、治安大队）", "文旅局"]),
            ("城管局,住建局/应急局", vec!["城管局", "住建局", "应急局"]),
            ("财政局 税务局", vec!["财政局", "税务局"]),
            ("财政局 (国库股)", vec!["财政局 (国库股)"]),
            ("公安局（交管大队、住建局", vec!["公安局（交管大队", "住建局"]),
            ("无", vec![]),
            ("——", vec![]),
            ("市监局、市监局。", vec!["市监局"]),
        ] {
            assert_eq!(split_units(text), units, "{text}");
        }
    }

    #[test]
    fn the_first_of_several_organizers_leads() {
        for (text, lead, rest) in [
            ("区教体局、区市场监管局", "区教体局", vec!["区市场监管局", "公安局"]),
            ("区委办公室/区政府办公室", "区委办公室", vec!["区政府办公室", "公安局"]),
            ("市、县级教育行政部门", "市、县级教育行政部门", vec!["公安局"]),
            ("应急局(安委办、消安委办)", "应急局(安委办、消安委办)", vec!["公安局"]),
            ("安全基础科、执法监督科", "安全基础科、执法监督科", vec!["公安局"]),
        ] {
            let mut draft = Draft::new(1);
            draft.add_owned(Field::Organizer, text.to_owned());
            draft.add(Field::CoOrganizers, "公安局");
            let item = draft.into_item(&"".into(), &"".into());
            assert_eq!(item.organizer.as_deref(), Some(lead), "{text}");
            assert_eq!(item.co_organizers, rest, "{text}");
        }
    }
}
