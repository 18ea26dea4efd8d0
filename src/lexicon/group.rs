//! Groups of government units (各乡镇, 区直部门).

use std::collections::BTreeMap;

use super::matcher::{Matcher, Mention};

/// A group word and the atomic groups it unites.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// Canonical name, folded.
    pub name: String,
    /// Other forms, folded, without a leading 各 or 全区.
    pub aliases: Vec<String>,
    /// The atomic groups it unites; for an atomic group itself alone.
    pub kinds: Vec<u32>,
    /// township, village, department, county, city, province, party or other.
    pub level: String,
}

/// The lattice of group words.
#[derive(Debug)]
pub struct Groups {
    entries: Vec<Group>,
    by_form: BTreeMap<String, u32>,
    matcher: Matcher,
}

impl Groups {
    pub(crate) fn new(groups: Vec<Group>) -> Result<Self, String> {
        let mut by_form: BTreeMap<String, u32> = BTreeMap::new();
        for (number, group) in groups.iter().enumerate() {
            for form in std::iter::once(&group.name).chain(&group.aliases) {
                match by_form.insert(form.clone(), number as u32) {
                    Some(other) if other != number as u32 => {
                        return Err(format!(
                            "`{form}` means both group `{}` and `{}`",
                            groups[other as usize].name, group.name
                        ));
                    }
                    _ => {}
                }
            }
        }
        let matcher = Matcher::new(by_form.iter().map(|(form, &group)| (form.as_str(), group)));
        Ok(Self { entries: groups, by_form, matcher })
    }

    /// All groups, by number.
    #[must_use]
    pub fn all(&self) -> &[Group] {
        &self.entries
    }

    /// The group of that number.
    #[must_use]
    pub fn group(&self, number: u32) -> &Group {
        &self.entries[number as usize]
    }

    /// The group with exactly this (folded) form.
    #[must_use]
    pub fn by_form(&self, form: &str) -> Option<u32> {
        self.matcher.exact(form)
    }

    /// Forms with their groups, in order of the form.
    pub fn forms(&self) -> impl Iterator<Item = (&str, u32)> {
        self.by_form.iter().map(|(form, &group)| (form.as_str(), group))
    }

    /// Mentions in a folded text, leftmost-longest.
    pub fn mentions<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Mention> + 'a {
        self.matcher.find(text)
    }
}
