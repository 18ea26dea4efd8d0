//! Rows of a roster, collected compactly.

use std::collections::BTreeMap;

use super::forms::{FormTableBuilder, Span};
use crate::error::{Error, Result};
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::ids::UnitIdx;
use crate::model::item::Source;
use crate::text::fold;

/// A row as it stands in the roster.
#[derive(Debug, Default)]
pub(super) struct RosterRow<'a> {
    pub(super) row: u32,
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) kind: &'a str,
    pub(super) aliases: &'a [&'a str],
    pub(super) parents: &'a [&'a str],
    pub(super) tags: &'a [&'a str],
}

/// A collected row.
#[derive(Debug)]
#[expect(clippy::struct_field_names, reason = "the row's number in the file")]
pub(super) struct Row {
    pub(super) row: u32,
    pub(super) id: Span,
    pub(super) name: Span,
    pub(super) folded: Span,
    pub(super) aliases: (u32, u32),
    pub(super) parents: (u32, u32),
    pub(super) kind: u32,
    pub(super) tag_set: u32,
}

/// Collects rows compactly.
#[derive(Debug, Default)]
pub(super) struct GraphBuilder {
    pub(super) ids: FormTableBuilder,
    pub(super) names: FormTableBuilder,
    pub(super) aliases: Vec<Span>,
    pub(super) parents: Vec<Span>,
    pub(super) rows: Vec<Row>,
    pub(super) kinds: Interner,
    pub(super) tags: Interner,
    pub(super) tag_sets: BTreeMap<Vec<u32>, u32>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Numbers for the few texts that many rows share.
#[derive(Debug, Default)]
pub(super) struct Interner(BTreeMap<Box<str>, u32>);

impl Interner {
    pub(super) fn number(&mut self, text: &str) -> u32 {
        if let Some(&number) = self.0.get(text) {
            return number;
        }
        let number = self.0.len() as u32;
        self.0.insert(text.into(), number);
        number
    }

    /// The texts in order, and the rank of every number in that order.
    pub(super) fn ranked(self) -> (Box<[Box<str>]>, Vec<u32>) {
        let mut ranks = vec![0; self.0.len()];
        let mut texts = Vec::with_capacity(self.0.len());
        for (text, number) in self.0 {
            ranks[number as usize] = texts.len() as u32;
            texts.push(text);
        }
        (texts.into_boxed_slice(), ranks)
    }
}

impl GraphBuilder {
    /// Adds a row. A row without id is named after its row, one without name is left out.
    pub(super) fn push(&mut self, row: &RosterRow<'_>) -> Result<()> {
        let full = || Error::Roster { row: row.row as usize, message: "more than 4 GiB of names".to_owned() };
        let name = row.name.trim();
        if name.is_empty() {
            self.tell(Severity::Rejected, "unit_without_name", row.row, row.id, "名称", "a name");
            return Ok(());
        }
        if self.rows.len() + 1 >= UnitIdx::LIMIT {
            return Err(Error::Roster { row: row.row as usize, message: "too many units".to_owned() });
        }
        let number = self.rows.len() as u32;
        let id = row.id.trim();
        let id = if id.is_empty() { format!("#{}", row.row) } else { id.to_owned() };
        let id = self.ids.store(&id).ok_or_else(full)?;
        self.ids.add(id, number);
        let (name, folded) = self.add_name(name, number).ok_or_else(full)?;
        let first_alias = self.aliases.len() as u32;
        for alias in row.aliases {
            let alias = without_mark(alias.trim());
            if !alias.is_empty() {
                let (alias, _) = self.add_name(alias, number).ok_or_else(full)?;
                self.aliases.push(alias);
            }
        }
        let first_parent = self.parents.len() as u32;
        for parent in row.parents {
            let parent = parent.trim();
            if !parent.is_empty() {
                let last = self.parents.last().copied().filter(|&last| self.names.text(last) == parent);
                let span = match last {
                    Some(last) => last,
                    None => self.names.store(parent).ok_or_else(full)?,
                };
                self.parents.push(span);
            }
        }
        let mut tags: Vec<u32> = row
            .tags
            .iter()
            .map(|tag| tag.trim())
            .filter(|tag| !tag.is_empty())
            .map(|tag| self.tags.number(tag))
            .collect();
        tags.sort_unstable();
        tags.dedup();
        let next = self.tag_sets.len() as u32;
        let tag_set = *self.tag_sets.entry(tags).or_insert(next);
        self.rows.push(Row {
            row: row.row,
            id,
            name,
            folded,
            aliases: (first_alias, self.aliases.len() as u32),
            parents: (first_parent, self.parents.len() as u32),
            kind: self.kinds.number(row.kind.trim()),
            tag_set,
        });
        Ok(())
    }

    /// Stores a name and its folded form, which becomes a form of the row; `None` when full.
    fn add_name(&mut self, name: &str, number: u32) -> Option<(Span, Span)> {
        let span = self.names.store(name)?;
        let folded = fold(name);
        let folded_span = if folded == name { span } else { self.names.store(&folded)? };
        self.names.add(folded_span, number);
        if let Some(short) = short_form(&folded)
            && !self.names.push(&short, number)
        {
            return None;
        }
        Some((span, folded_span))
    }

    pub(super) fn tell(&mut self, severity: Severity, code: &str, row: u32, found: &str, zh: &str, en: &str) {
        self.diagnostics.push(diagnostic(severity, code, row, found, zh, en));
    }
}

/// A message about a row of the roster.
pub(super) fn diagnostic(
    severity: Severity,
    code: &str,
    row: u32,
    found: &str,
    zh: &str,
    en: &str,
) -> Diagnostic {
    Diagnostic {
        severity,
        code: code.to_owned(),
        source: Source { row, ..Source::default() },
        column: None,
        field: None,
        found: found.chars().take(80).collect(),
        expected_zh: zh.to_owned(),
        expected_en: en.to_owned(),
    }
}

/// The alias without the mark of a former name.
fn without_mark(alias: &str) -> &str {
    let Some(at) = alias.rfind(['(', '（']) else { return alias };
    let mark = &alias[at..];
    let former = ["旧称", "原名", "曾用名", "旧名", "原称", "简称", "俗称", "别名", "已撤销"];
    if at > 0 && former.iter().any(|word| mark.contains(word)) { alias[..at].trim_end() } else { alias }
}

/// The name without the words of its office or legal form: 柳河镇人民政府 → 柳河镇, 宏达化工有限公司 →
/// 宏达化工.
fn short_form(folded: &str) -> Option<String> {
    const OFFICES: [(&str, &str); 15] = [
        ("人民政府", ""),
        ("政府", ""),
        ("街道办事处", "街道"),
        ("社区居民委员会", "社区"),
        ("社区居委会", "社区"),
        ("嘎查村民委员会", "嘎查"),
        ("村民委员会", "村"),
        ("村委会", "村"),
        ("管理委员会", "管委会"),
        ("股份有限公司", ""),
        ("有限责任公司", ""),
        ("有限公司", ""),
        ("责任公司", ""),
        ("公司", ""),
        ("总厂", "厂"),
    ];
    let (ending, short) = OFFICES.iter().find(|(ending, _)| folded.ends_with(ending))?;
    let stem = &folded[..folded.len() - ending.len()];
    // 区政府 stays as it is: 区 alone names nothing.
    (stem.chars().count() + short.chars().count() > 2).then(|| format!("{stem}{short}"))
}
