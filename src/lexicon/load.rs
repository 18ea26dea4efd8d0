//! From the data files to a checked [`Lexicon`].

use std::collections::BTreeMap;

use serde::Deserialize;

use super::department::{Department, Departments};
use super::group::{Group, Groups};
use super::matcher::{Marks, Matcher};
use super::taxonomy::{Entry, Taxonomy};
use super::words::{Contrast, ProtectionWords, Words};
use super::{Lexicon, LexiconId};
use crate::error::{Error, Result};
use crate::model::kind::Kind;
use crate::model::relation::Protection;
use crate::text::fold;

include!("data/files.rs");

/// Any data file: each holds some of the tables.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    field: String,
    concept: Vec<RawEntry>,
    venue: Vec<RawEntry>,
    department: Vec<RawDepartment>,
    group: Vec<RawGroup>,
    contrast: Vec<RawContrast>,
    kind: Vec<RawKind>,
    protection: Vec<RawProtection>,
    prefixes: Vec<String>,
    infixes: Vec<String>,
    suffixes: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawEntry {
    name: String,
    aliases: Vec<String>,
    wider: Vec<String>,
    #[serde(alias = "inside")]
    part_of: Vec<String>,
    lead: Option<String>,
    narrow: bool,
    #[serde(skip)]
    field: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawDepartment {
    name: String,
    functions: Vec<String>,
    aliases: Vec<String>,
    sector: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawGroup {
    name: String,
    aliases: Vec<String>,
    kinds: Vec<String>,
    level: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawContrast {
    words: Vec<String>,
    round: bool,
    subset: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawKind {
    name: String,
    forms: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawProtection {
    id: String,
    words: Vec<String>,
    name_words: Vec<String>,
    method_words: Vec<String>,
    content_words: Vec<String>,
    except_words: Vec<String>,
    again_words: Vec<String>,
    order_words: Vec<String>,
    schedule_words: Vec<String>,
    target_words: Vec<String>,
    organizers: Vec<String>,
    /// For the reviewer of the file; what the program prints stands in `Protection`.
    #[serde(rename = "label_zh")]
    _label_zh: String,
    #[serde(rename = "label_en")]
    _label_en: String,
}

/// The shipped files, checked.
pub(super) fn builtin() -> Result<Lexicon> {
    assemble(read_builtin()?, "shipped files")
}

/// The shipped files and one more.
pub(super) fn extended(name: &str, text: &str) -> Result<Lexicon> {
    let mut all = read_builtin()?;
    all.append(parse(name, text)?);
    assemble(all, name)
}

fn read_builtin() -> Result<File> {
    let mut all = File::default();
    for (name, text) in FILES {
        all.append(parse(name, text)?);
    }
    Ok(all)
}

fn parse(name: &str, text: &str) -> Result<File> {
    let mut file: File = toml::from_str(text).map_err(|error| Error::Lexicon {
        file: name.to_owned(),
        message: error.to_string().trim_end().to_owned(),
    })?;
    for entry in file.concept.iter_mut().chain(&mut file.venue) {
        entry.field.clone_from(&file.field);
    }
    Ok(file)
}

impl File {
    fn append(&mut self, mut other: Self) {
        self.concept.append(&mut other.concept);
        self.venue.append(&mut other.venue);
        self.department.append(&mut other.department);
        self.group.append(&mut other.group);
        self.contrast.append(&mut other.contrast);
        self.kind.append(&mut other.kind);
        self.protection.append(&mut other.protection);
        self.prefixes.append(&mut other.prefixes);
        self.infixes.append(&mut other.infixes);
        self.suffixes.append(&mut other.suffixes);
    }
}

fn assemble(file: File, name: &str) -> Result<Lexicon> {
    let wrong = |message: String| Error::Lexicon { file: name.to_owned(), message };
    Ok(Lexicon {
        concepts: taxonomy(file.concept).map_err(|message| wrong(format!("concept: {message}")))?,
        venues: taxonomy(file.venue).map_err(|message| wrong(format!("venue: {message}")))?,
        departments: departments(file.department).map_err(wrong)?,
        groups: groups(file.group).map_err(wrong)?,
        words: words(file.kind, [file.prefixes, file.infixes, file.suffixes], file.contrast, file.protection)
            .map_err(wrong)?,
        id: LexiconId::new(),
    })
}

fn fold_all(forms: &[String]) -> Vec<String> {
    let mut folded: Vec<String> =
        forms.iter().map(|form| fold(form)).filter(|form| !form.is_empty()).collect();
    folded.sort();
    folded.dedup();
    folded
}

fn taxonomy(raw: Vec<RawEntry>) -> std::result::Result<Taxonomy, String> {
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let mut merged: Vec<RawEntry> = Vec::with_capacity(raw.len());
    for mut entry in raw {
        let name = fold(&entry.name);
        if name.is_empty() {
            return Err("an entry has no name".to_owned());
        }
        if let Some(&number) = numbers.get(&name) {
            let known = &mut merged[number as usize];
            known.aliases.append(&mut entry.aliases);
            known.wider.append(&mut entry.wider);
            known.part_of.append(&mut entry.part_of);
            known.narrow |= entry.narrow;
            known.lead = known.lead.take().or(entry.lead);
        } else {
            numbers.insert(name, merged.len() as u32);
            merged.push(entry);
        }
    }
    let mut by_any_form = numbers.clone();
    for (number, entry) in merged.iter().enumerate() {
        for alias in &entry.aliases {
            by_any_form.entry(fold(alias)).or_insert(number as u32);
        }
    }
    let resolve = |entry: &RawEntry, links: &[String]| {
        let mut resolved = Vec::with_capacity(links.len());
        for link in links {
            let number = *by_any_form
                .get(&fold(link))
                .ok_or_else(|| format!("`{}` points to `{link}`, which no file defines", entry.name))?;
            resolved.push(number);
        }
        resolved.sort_unstable();
        resolved.dedup();
        Ok::<_, String>(resolved)
    };
    let mut entries = Vec::with_capacity(merged.len());
    for entry in &merged {
        let name = fold(&entry.name);
        let mut aliases = fold_all(&entry.aliases);
        aliases.retain(|alias| *alias != name);
        entries.push(Entry {
            wider: resolve(entry, &entry.wider)?,
            part_of: resolve(entry, &entry.part_of)?,
            name,
            aliases,
            lead: entry.lead.as_deref().map(fold),
            field: entry.field.clone(),
            narrow: entry.narrow,
        });
    }
    Taxonomy::new(entries)
}

fn departments(raw: Vec<RawDepartment>) -> std::result::Result<Departments, String> {
    let mut functions: Vec<String> = raw
        .iter()
        .flat_map(|department| department.functions.iter().map(|function| fold(function)))
        .collect();
    functions.sort();
    functions.dedup();
    let mut merged: BTreeMap<String, Department> = BTreeMap::new();
    let mut order = Vec::new();
    for entry in raw {
        let name = fold(&entry.name);
        let known = merged.entry(name.clone()).or_insert_with(|| {
            order.push(name.clone());
            Department { name: name.clone(), ..Department::default() }
        });
        known.aliases.extend(fold_all(&entry.aliases).into_iter().filter(|alias| *alias != name));
        for function in &entry.functions {
            let number = functions.binary_search(&fold(function)).expect("collected above") as u32;
            known.functions.push(number);
        }
        known.functions.sort_unstable();
        known.functions.dedup();
        if !entry.sector.is_empty() {
            known.sector = entry.sector;
        }
    }
    let list = order.iter().filter_map(|name| merged.remove(name)).collect();
    Departments::new(list, functions)
}

fn groups(raw: Vec<RawGroup>) -> std::result::Result<Groups, String> {
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let mut merged: Vec<RawGroup> = Vec::new();
    for mut group in raw {
        let name = fold(&group.name);
        if let Some(&number) = numbers.get(&name) {
            merged[number as usize].aliases.append(&mut group.aliases);
        } else {
            numbers.insert(name, merged.len() as u32);
            merged.push(group);
        }
    }
    let mut list = Vec::with_capacity(merged.len());
    for (number, group) in merged.iter().enumerate() {
        let name = fold(&group.name);
        let mut kinds = Vec::new();
        for kind in &group.kinds {
            kinds.push(
                *numbers.get(&fold(kind)).ok_or_else(|| {
                    format!("group `{}` unites `{kind}`, which no file defines", group.name)
                })?,
            );
        }
        if kinds.is_empty() {
            kinds.push(number as u32);
        }
        kinds.sort_unstable();
        kinds.dedup();
        let mut aliases = fold_all(&group.aliases);
        aliases.retain(|alias| *alias != name);
        list.push(Group { name, aliases, kinds, level: group.level.clone() });
    }
    Groups::new(list)
}

/// Whether a form of a kind says no more than a manner and what is done (行政执法检查, but not 劳动监察, 竣工验收).
fn is_plain_kind(form: &str) -> bool {
    const MANNERS: &[&str] =
        &["监督", "行政", "执法", "专项", "联合", "综合", "日常", "随机", "现场", "实地", "年度"];
    const DONE: &[&str] =
        &["检查", "督查", "督察", "督导", "巡查", "抽查", "抽检", "核查", "排查", "考核", "考评", "评估"];
    let mut rest = form;
    while let Some(shorter) = MANNERS.iter().find_map(|manner| rest.strip_prefix(manner)) {
        rest = shorter;
    }
    DONE.contains(&rest)
}

fn longest_first(forms: &[String]) -> Vec<String> {
    let mut folded = fold_all(forms);
    folded.sort_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
    folded
}

fn words(
    kinds: Vec<RawKind>,
    [prefixes, infixes, suffixes]: [Vec<String>; 3],
    contrasts: Vec<RawContrast>,
    protections: Vec<RawProtection>,
) -> std::result::Result<Words, String> {
    let mut forms: BTreeMap<String, Kind> = BTreeMap::new();
    for raw in kinds {
        let kind = Kind::from_label(&raw.name).ok_or_else(|| format!("kind `{}` is not known", raw.name))?;
        for form in fold_all(&raw.forms).into_iter().chain([fold(&raw.name)]) {
            if let Some(other) = forms.insert(form.clone(), kind)
                && other != kind
            {
                return Err(format!(
                    "kind word `{form}` means both `{}` and `{}`",
                    other.label(),
                    kind.label()
                ));
            }
        }
    }
    let kind_position = |kind: Kind| Kind::ALL.iter().position(|&k| k == kind).unwrap_or_default() as u32;
    let kind_matcher = Matcher::new(forms.iter().map(|(form, &kind)| (form.as_str(), kind_position(kind))));
    let mut kinds: Vec<(String, Kind)> = forms.into_iter().collect();
    kinds.sort_by(|one, other| other.0.len().cmp(&one.0.len()).then_with(|| one.0.cmp(&other.0)));

    let contrasts: Vec<Contrast> = contrasts
        .into_iter()
        .map(|raw| Contrast { words: fold_all(&raw.words), round: raw.round, subset: raw.subset })
        .collect();
    let mut sets_of: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (set, contrast) in contrasts.iter().enumerate() {
        if contrast.words.len() < 2 {
            return Err(format!("contrast set {set} needs two words, has {:?}", contrast.words));
        }
        for word in &contrast.words {
            sets_of.entry(word.clone()).or_default().push(set as u32);
        }
    }
    let contrast_words: Vec<(String, Vec<u32>)> = sets_of.into_iter().collect();
    let contrast_matcher = Matcher::new(
        contrast_words.iter().enumerate().map(|(number, (word, _))| (word.as_str(), number as u32)),
    );

    let mut list = Vec::new();
    for raw in protections {
        let reason = Protection::ALL
            .into_iter()
            .find(|reason| reason.key() == raw.id)
            .ok_or_else(|| format!("protection `{}` is not known", raw.id))?;
        let mut name_words = raw.name_words;
        name_words.extend(raw.words);
        list.push(ProtectionWords {
            reason,
            name_words: fold_all(&name_words),
            method_words: fold_all(&raw.method_words),
            content_words: fold_all(&raw.content_words),
            except_words: fold_all(&raw.except_words),
            again_words: fold_all(&raw.again_words),
            order_words: fold_all(&raw.order_words),
            schedule_words: fold_all(&raw.schedule_words),
            target_words: fold_all(&raw.target_words),
            organizers: fold_all(&raw.organizers),
        });
    }
    if list.len() > Words::MOST_PROTECTIONS {
        return Err(format!("{} protections are more than {}", list.len(), Words::MOST_PROTECTIONS));
    }
    let protection_marks = Marks::new(list.iter().enumerate().flat_map(|(position, words)| {
        let names = words.name_words.iter().map(move |word| (word.as_str(), 1 << position));
        let excepted = words.except_words.iter();
        names.chain(excepted.map(move |word| (word.as_str(), 1 << (position + Words::MOST_PROTECTIONS))))
    }));
    let [prefixes, infixes, suffixes] = [prefixes, infixes, suffixes].map(|words| longest_first(&words));
    let frame = [&prefixes, &infixes, &suffixes].into_iter().flatten().map(String::as_str);
    let frame = frame.chain(kinds.iter().map(|(form, _)| form.as_str()).filter(|form| is_plain_kind(form)));
    Ok(Words {
        frame_matcher: Matcher::new(frame.map(|form| (form, 0))),
        kinds,
        kind_matcher,
        prefixes,
        infixes,
        suffixes,
        contrasts,
        contrast_words,
        contrast_matcher,
        protections: list,
        protection_marks,
    })
}
