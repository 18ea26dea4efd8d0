//! Departments: what they are called, and what they do.

use std::collections::BTreeMap;

use super::matcher::Matcher;

/// Number of a department in the lexicon.
pub type DepartmentIdx = u32;

/// A department as the lexicon knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Department {
    /// Generic name without place, folded.
    pub name: String,
    /// Other names, desks and affiliated bodies, folded.
    pub aliases: Vec<String>,
    /// What it does, as numbers of [`Departments::function_name`]; sorted.
    pub functions: Vec<u32>,
    /// party, government, mass, congress, cppcc, court, vertical.
    pub sector: String,
}

/// All departments.
#[derive(Debug)]
pub struct Departments {
    entries: Vec<Department>,
    functions: Vec<String>,
    matcher: Matcher,
    /// Forms and what is left of them without their last word: 文旅 of 文旅局.
    short_matcher: Matcher,
}

/// Last words of departments' names which running text leaves off.
const ENDINGS: &[&str] = &["执法大队", "监督所", "大队", "部门", "局", "委", "部"];

impl Departments {
    pub(crate) fn new(departments: Vec<Department>, functions: Vec<String>) -> Result<Self, String> {
        let mut by_form: BTreeMap<String, DepartmentIdx> = BTreeMap::new();
        for (number, department) in departments.iter().enumerate() {
            for form in std::iter::once(&department.name).chain(&department.aliases) {
                match by_form.insert(form.clone(), number as u32) {
                    Some(other) if other != number as u32 => {
                        return Err(format!(
                            "`{form}` means both department `{}` and `{}`",
                            departments[other as usize].name, department.name
                        ));
                    }
                    _ => {}
                }
            }
        }
        let matcher = Matcher::new(by_form.iter().map(|(form, &number)| (form.as_str(), number)));
        let short_matcher = Matcher::new(short_forms(&by_form).iter().map(|(form, &number)| (*form, number)));
        Ok(Self { entries: departments, functions, matcher, short_matcher })
    }

    /// All departments, by number.
    #[must_use]
    pub fn all(&self) -> &[Department] {
        &self.entries
    }

    /// The department of that number.
    #[must_use]
    pub fn department(&self, number: DepartmentIdx) -> &Department {
        &self.entries[number as usize]
    }

    /// Number of functions.
    #[must_use]
    pub fn function_count(&self) -> u32 {
        self.functions.len() as u32
    }

    /// The name of a function.
    #[must_use]
    pub fn function_name(&self, function: u32) -> &str {
        &self.functions[function as usize]
    }

    /// The department with exactly this (folded) form.
    #[must_use]
    pub fn by_form(&self, form: &str) -> Option<DepartmentIdx> {
        self.matcher.exact(form)
    }

    /// The department that a folded name with place and desk speaks of (敖林区环保局法规股 → 生态环境局).
    ///
    /// The *last* longest form in the name decides, since places stand in front; a name in brackets
    /// (区委平安办(政法委)) counts only when nothing stands before it. `None` when no form occurs.
    #[must_use]
    pub fn identify(&self, name: &str) -> Option<DepartmentIdx> {
        if let Some(number) = self.by_form(name) {
            return Some(number);
        }
        let head = name.split('(').next().unwrap_or(name);
        let best = |text: &str| {
            self.matcher
                .find(text)
                .max_by_key(|mention| (mention.end - mention.start, mention.start))
                .map(|m| m.entry)
        };
        best(head).or_else(|| best(name))
    }

    /// Whether a folded text begins with a form of a department.
    #[must_use]
    pub fn begins(&self, text: &str) -> bool {
        self.matcher.find(text).next().is_some_and(|mention| mention.start == 0)
    }

    /// What the departments do that a folded running text mentions, by full or short names
    /// (与文旅同去, 随卫健); sorted.
    #[must_use]
    pub fn mentioned_functions(&self, text: &str) -> Vec<u32> {
        let mut functions: Vec<u32> = self
            .short_matcher
            .find(text)
            .flat_map(|mention| self.department(mention.entry).functions.iter().copied())
            .collect();
        functions.sort_unstable();
        functions.dedup();
        functions
    }

    /// Whether `functions` hold all of a department's; no for one that has none. Complexity: O(functions of both).
    #[must_use]
    pub fn does_work_of(&self, functions: &[u32], department: DepartmentIdx) -> bool {
        let work = &self.department(department).functions;
        !work.is_empty() && work.iter().all(|function| functions.contains(function))
    }

    /// What the department of a folded name does; empty when unknown. See [`identify`](Self::identify).
    #[must_use]
    pub fn functions_of(&self, name: &str) -> &[u32] {
        self.identify(name).map_or(&[], |number| &self.department(number).functions)
    }
}

/// All forms, and their short forms where only one department has them.
fn short_forms(by_form: &BTreeMap<String, DepartmentIdx>) -> BTreeMap<&str, DepartmentIdx> {
    let mut short: BTreeMap<&str, Option<DepartmentIdx>> = BTreeMap::new();
    for (form, &number) in by_form {
        let Some(stem) = ENDINGS.iter().find_map(|ending| form.strip_suffix(ending)) else { continue };
        if stem.chars().count() >= 2 {
            let owner = short.entry(stem).or_insert(Some(number));
            if *owner != Some(number) {
                *owner = None;
            }
        }
    }
    let mut forms: BTreeMap<&str, DepartmentIdx> =
        short.into_iter().filter_map(|(stem, owner)| Some((stem, owner?))).collect();
    forms.extend(by_form.iter().map(|(form, &number)| (form.as_str(), number)));
    forms
}
