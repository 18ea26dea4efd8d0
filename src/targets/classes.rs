//! What a unit counts as: the groups and venue types its kind, tags and name put it in.

use std::collections::{BTreeMap, BTreeSet};

use super::forms::{FormTable, FormTableBuilder};
use super::words::QUALIFIERS;
use crate::lexicon::{Lexicon, Taxonomy};

/// The part a unit plays in the administration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// A county, city or province.
    Government,
    /// A township, street or park.
    Township,
    /// A village or community.
    Village,
    /// A department or other body of a government.
    Department,
    /// A school, a hospital, an operator …
    Other,
}

/// What all units of one class have in common.
#[derive(Clone, Debug)]
pub(super) struct Class {
    pub(super) role: Role,
    /// Atomic groups; sorted.
    pub(super) groups: Box<[u32]>,
    /// Venue types with everything wider; sorted.
    pub(super) venues: Box<[u32]>,
    /// The venue type the name ends in, where tags speak against it.
    pub(super) doubtful: Option<u32>,
}

/// The classes of a graph. Few: as many as there are combinations of kind, tags and type of name.
#[derive(Debug, Default)]
pub(super) struct Classes {
    pub(super) list: Vec<Class>,
}

/// What decides a unit's class.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    kind: u32,
    tag_set: u32,
    venue: Option<u32>,
    group: Option<u32>,
    sector: Option<&'static str>,
    subordinate: bool,
}

/// Tells the class of one unit after another.
pub(super) struct Classifier<'a> {
    lexicon: &'a Lexicon,
    suffixes: FormTable,
    classes: BTreeMap<Key, u32>,
    list: Vec<Class>,
    qualifiers: BTreeSet<String>,
    /// Virtual units: tags say everything.
    derived: bool,
}

/// The kinds of the roster format's documentation.
const KINDS: [(&str, Role, &str); 11] = [
    ("government", Role::Government, ""),
    ("province", Role::Government, "省"),
    ("city", Role::Government, "盟市"),
    ("county", Role::Government, "县市区"),
    ("township", Role::Township, ""),
    ("village", Role::Village, ""),
    ("department", Role::Department, "部门"),
    ("school", Role::Other, "学校"),
    ("medical", Role::Other, "医疗机构"),
    ("operator", Role::Other, ""),
    ("enterprise", Role::Other, "企业"),
];

/// What a tag says of a department's sector, by a part of the tag.
const SECTORS: [(&str, &str); 16] = [
    ("人大", "congress"),
    ("政协", "cppcc"),
    ("法院", "court"),
    ("检察", "court"),
    ("垂", "vertical"),
    ("驻", "vertical"),
    ("双管", "vertical"),
    ("二级", "subordinate"),
    ("下属", "subordinate"),
    ("园区", "park"),
    ("开发区", "park"),
    ("国有企业", "company"),
    ("国企", "company"),
    ("群", "mass"),
    ("党", "party"),
    ("事业", "institution"),
];

/// Endings of names that say nothing of what the unit is.
const LEGAL: [&str; 8] =
    ["股份有限公司", "有限责任公司", "有限公司", "责任公司", "分公司", "公司", "门市部", "经营部"];

/// Endings that make a tag a form of the lexicon (义务教育 → 义务教育学校).
const COMPLETIONS: [&str; 7] = ["企业", "单位", "学校", "机构", "场所", "经营单位", "店"];

impl<'a> Classifier<'a> {
    pub(super) fn new(lexicon: &'a Lexicon, derived: bool) -> Self {
        let mut suffixes = FormTableBuilder::default();
        // Even values are venues, odd ones groups.
        for (form, venue) in lexicon.venues.forms() {
            suffixes.push(&form.chars().rev().collect::<String>(), venue * 2);
        }
        for (form, group) in lexicon.groups.forms() {
            suffixes.push(&form.chars().rev().collect::<String>(), group * 2 + 1);
        }
        let subsets = lexicon.words.contrasts.iter().filter(|contrast| contrast.subset);
        let qualifiers = subsets
            .flat_map(|contrast| contrast.words.iter().cloned())
            .chain(QUALIFIERS.iter().map(|&word| word.to_owned()))
            .collect();
        Self {
            lexicon,
            suffixes: suffixes.build(),
            classes: BTreeMap::new(),
            list: Vec::new(),
            qualifiers,
            derived,
        }
    }

    /// The class of a unit with these kind, tags and folded name.
    pub(super) fn classify(
        &mut self,
        (kind_number, kind): (u32, &str),
        (tag_set, tags): (u32, &[&str]),
        name: &str,
        parent: Option<u32>,
    ) -> u32 {
        let (venue, group) = self.ending(name);
        let subordinate = parent.is_some_and(|class| self.list[class as usize].role == Role::Department);
        let mut key = Key { kind: kind_number, tag_set, venue, group, sector: None, subordinate };
        let role = self.role(kind, group, venue, tags, name);
        if role == Role::Department {
            key.sector = self.sector(kind, tags, name);
        }
        if let Some(&known) = self.classes.get(&key) {
            return known;
        }
        let class = self.describe(role, kind, tags, &key);
        let number = self.list.len() as u32;
        self.list.push(class);
        self.classes.insert(key, number);
        number
    }

    pub(super) fn finish(self) -> Classes {
        Classes { list: self.list }
    }

    /// The role of a class.
    pub(super) fn role_of(&self, class: u32) -> Role {
        self.list[class as usize].role
    }

    /// The longest venue type and the longest group word the name ends in.
    fn ending(&self, name: &str) -> (Option<u32>, Option<u32>) {
        let name = match name.find('(') {
            Some(at) if at > 0 && name.ends_with(')') => &name[..at],
            _ => name,
        };
        let longest = |name: &str| {
            let reversed: String = name.chars().rev().collect();
            let (mut venue, mut group) = (None, None);
            self.suffixes.prefixes(&reversed, |_, range| {
                for value in self.suffixes.values(range) {
                    let to = if value % 2 == 0 { &mut venue } else { &mut group };
                    *to = Some(value / 2);
                }
            });
            (venue, group)
        };
        let (mut venue, group) = longest(name);
        if venue.is_none()
            && let Some(ending) = LEGAL.iter().find(|ending| name.ends_with(*ending))
        {
            venue = longest(&name[..name.len() - ending.len()]).0.or_else(|| {
                if ending.ends_with("公司") { self.lexicon.venues.by_form("企业") } else { None }
            });
        }
        (venue, group)
    }

    fn role(&self, kind: &str, group: Option<u32>, venue: Option<u32>, tags: &[&str], name: &str) -> Role {
        if let Some((_, role, _)) = KINDS.iter().find(|(known, ..)| *known == kind) {
            return *role;
        }
        let groups = &self.lexicon.groups;
        let of_level = |number: u32| match groups.group(number).level.as_str() {
            "township" => Some(Role::Township),
            "village" => Some(Role::Village),
            "department" if is_company(&groups.group(number).name) => Some(Role::Other),
            "department" => Some(Role::Department),
            "county" | "city" | "province" => Some(Role::Government),
            _ => None,
        };
        if let Some(role) = groups.by_form(kind).and_then(of_level) {
            // 事业单位 says who pays; a school is a school.
            let classed = tags.iter().any(|tag| self.venue_of(tag).is_some()) || venue.is_some();
            let institution = role == Role::Department && kind.ends_with("事业单位");
            return if institution && classed { Role::Other } else { role };
        }
        if !kind.is_empty() && (kind.ends_with("部门") || kind.ends_with("机关")) {
            return Role::Department;
        }
        if kind.ends_with("政府") {
            return Role::Government;
        }
        let classed = !kind.is_empty() && self.venue_of(kind).is_some()
            || tags.iter().any(|tag| self.venue_of(tag).is_some());
        if classed || venue.is_some() {
            return Role::Other;
        }
        if let Some(role) = group.and_then(of_level).filter(|role| *role != Role::Department) {
            return role;
        }
        let body = ["局", "委", "办", "部", "室", "会", "联", "大队", "中心", "社"];
        if body.iter().any(|ending| name.ends_with(ending))
            && self.lexicon.departments.identify(name).is_some()
        {
            return Role::Department;
        }
        Role::Other
    }

    /// A department's sector by its tags, its kind, else by what the lexicon knows of its name.
    fn sector(&self, kind: &str, tags: &[&str], name: &str) -> Option<&'static str> {
        let by_words = |text: &str| {
            SECTORS
                .iter()
                .find(|(word, _)| text.contains(word))
                .map(|(_, sector)| *sector)
                .or_else(|| (text.contains("政府") && !text.contains("部门单位")).then_some("government"))
        };
        tags.iter()
            .find_map(|tag| by_words(tag))
            .or_else(|| by_words(kind))
            .or_else(|| {
                ["人大", "人民代表大会", "政协", "政治协商", "法院", "检察院"]
                    .iter()
                    .any(|word| name.contains(word))
                    .then_some("congress")
            })
            .or_else(|| {
                let departments = &self.lexicon.departments;
                let sector = &departments.department(departments.identify(name)?).sector;
                ["party", "government", "mass", "congress", "cppcc", "court", "vertical"]
                    .into_iter()
                    .find(|known| known == sector)
            })
    }

    fn describe(&self, role: Role, kind: &str, tags: &[&str], key: &Key) -> Class {
        let groups = self.groups(role, kind, tags, key);
        let venues = &self.lexicon.venues;
        let mut direct: Vec<u32> = Vec::new();
        if role == Role::Other {
            direct.extend(tags.iter().filter_map(|tag| self.venue_of(tag)));
        }
        direct.extend(kind_word(kind).and_then(|word| venues.by_form(word)));
        if role == Role::Other {
            direct.extend(venues.by_form(kind));
        }
        direct.sort_unstable();
        direct.dedup();
        let mut doubtful = None;
        if let Some(venue) = key.venue {
            let comparable = |&other: &u32| venues.is_a(venue, other) || venues.is_a(other, venue);
            if role == Role::Other && (direct.is_empty() || direct.iter().any(comparable)) {
                direct.push(venue);
            } else {
                doubtful = Some(venue);
            }
        }
        let mut closure = direct.clone();
        for &venue in &direct {
            if self.derived || !is_facility(venues, venue, &direct) {
                closure.extend_from_slice(venues.wider(venue));
            }
        }
        closure.sort_unstable();
        closure.dedup();
        Class { role, groups, venues: closure.into_boxed_slice(), doubtful }
    }

    fn groups(&self, role: Role, kind: &str, tags: &[&str], key: &Key) -> Box<[u32]> {
        let groups = &self.lexicon.groups;
        let named = |name: &str| groups.by_form(name);
        let mut found: Vec<u32> = Vec::new();
        match role {
            Role::Township | Role::Village | Role::Government => {
                let fits = |number: &u32| {
                    let level = groups.group(*number).level.as_str();
                    match role {
                        Role::Township => level == "township",
                        Role::Village => level == "village",
                        _ => matches!(level, "county" | "city" | "province"),
                    }
                };
                let by_tags: Vec<u32> = tags.iter().filter_map(|tag| named(tag)).filter(fits).collect();
                let by_name = key.group.filter(fits).filter(|_| !self.derived);
                let by_kind = kind_word(kind).and_then(named).or_else(|| named(kind)).filter(fits);
                if by_tags.is_empty() {
                    found.extend(by_name.or(by_kind));
                } else {
                    found = by_tags;
                }
            }
            Role::Department => {
                found.extend(tags.iter().chain([&kind]).filter_map(|tag| {
                    let number = named(tag)?;
                    (groups.group(number).level == "department").then_some(number)
                }));
                let own = match key.sector {
                    Some("party") => named("党委部门"),
                    Some("government") => named("政府部门"),
                    Some("mass") => named("群团"),
                    Some("institution") => named("事业单位"),
                    Some("vertical") => named("垂管单位"),
                    Some("park") => named("园区"),
                    Some("company") => named("国有企业"),
                    _ => None,
                };
                found.extend(own);
                let outside = matches!(
                    key.sector,
                    Some("congress" | "cppcc" | "court" | "vertical" | "park" | "subordinate" | "company")
                );
                if outside || key.subordinate {
                    found.retain(|&number| Some(number) != named("部门"));
                } else {
                    found.extend(named("部门"));
                }
            }
            Role::Other => {
                found.extend(tags.iter().chain([&kind]).filter_map(|tag| {
                    let number = named(tag)?;
                    let group = groups.group(number);
                    ((self.derived && *tag == kind)
                        || is_company(&group.name)
                        || group.name.ends_with("单位"))
                    .then_some(number)
                }));
            }
        }
        let mut atoms: Vec<u32> =
            found.into_iter().flat_map(|number| groups.group(number).kinds.iter().copied()).collect();
        atoms.sort_unstable();
        atoms.dedup();
        atoms.into_boxed_slice()
    }

    /// The venue type a tag names, as it stands or completed.
    fn venue_of(&self, tag: &str) -> Option<u32> {
        let venues = &self.lexicon.venues;
        venues.by_form(tag).or_else(|| {
            // 公立 is no 公立学校 on a hospital.
            if tag.chars().count() < 2 || self.qualifiers.contains(tag) {
                return None;
            }
            COMPLETIONS.iter().find_map(|ending| venues.by_form(&format!("{tag}{ending}")))
        })
    }
}

fn kind_word(kind: &str) -> Option<&'static str> {
    let (_, _, word) = KINDS.iter().find(|(known, ..)| *known == kind)?;
    (!word.is_empty()).then_some(*word)
}

fn is_company(group: &str) -> bool {
    group.ends_with("企业")
}

/// Whether `venue` is on the unit as a part of its premises (a school's canteen): the lexicon knows
/// a kind of it inside another of the unit's types. A facility does not make its holder a kind of
/// what the facility is a kind of: a school with a canteen is no catering business.
fn is_facility(venues: &Taxonomy, venue: u32, direct: &[u32]) -> bool {
    direct.len() > 1
        && (0..venues.len() as u32).any(|inner| {
            venues.is_a(inner, venue)
                && direct.iter().any(|&holder| {
                    holder != venue
                        && (venues.is_part(inner, holder)
                            || venues.wholes(inner).iter().any(|&whole| venues.is_a(whole, holder)))
                })
        })
}
