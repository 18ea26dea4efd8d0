//! Places with a planning authority of their own, as far as a pool tells without a roster.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::lexicon::{Departments, Lexicon};
use crate::model::item::Item;
use crate::text::{fold, head};

/// A place with a planning authority of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// Folded, without the office: 甘泉县; or the code that the cells write.
    pub name: String,
    /// The area it lies in, where the pool tells.
    pub within: Option<usize>,
}

/// The areas of a pool, and whose plan each item is for.
///
/// An item's area is what its jurisdiction cell says, else the innermost place in front of its organizer
/// (兴州市甘泉县教育局), else the place that a branch carries in its name (兴州市生态环境局甘泉分局). The one place
/// that holds all others is no area: its items are for the whole. A pool of one place has none.
#[derive(Debug, Default)]
pub struct Areas {
    list: Vec<Area>,
    by_name: FxHashMap<String, usize>,
    /// Areas by their name without level, where only one is called so.
    by_stem: FxHashMap<String, Option<usize>>,
    home: Vec<String>,
}

/// How an administrative level is written, with its rank from the province down.
const LEVELS: [(char, u8); 7] = [('省', 1), ('市', 2), ('州', 2), ('盟', 2), ('县', 3), ('区', 3), ('旗', 3)];

/// Last characters of what is a zone, a square, an alliance … and no district.
const ZONES: &str = "开发高经景园示范矿林牧理税保工社校辖库灌片街自港作验假业综联地城农贸超行政山";

/// Characters of which one says that an office has been named already.
const OFFICES: &str = "局委办部厅院所站司队";

/// What an organizer's name may begin with before its place.
const PREFIXES: [&str; 8] =
    ["中国共产党", "中共", "共青团", "国家税务总局", "国家统计局", "中国人民政治协商会议", "国网", "驻"];

/// What governing bodies are called behind their place.
const BODIES: [&str; 8] = ["委", "政府", "人民", "人大", "政协", "纪", "监", "检察"];

/// Last words of branches that carry the name of their place.
const BRANCHES: [&str; 6] = ["分局", "支局", "大队", "支队", "分中心", "分公司"];

/// Cells that mean the authority that plans, whatever its place.
const OWN_LEVEL: [&str; 10] =
    ["本级", "市本级", "州本级", "盟本级", "省本级", "区本级", "县本级", "市级", "市直", "省直"];

/// Target phrases that only a place above counties writes.
const COUNTIES: [&str; 6] = ["县区", "区县", "县(市", "县市区", "旗县", "各县"];

/// What is known of a place before it is clear whether it is an area.
#[derive(Debug, Default)]
struct Sight {
    /// A jurisdiction cell says it.
    in_cell: bool,
    /// Offices named behind it.
    offices: BTreeSet<String>,
    /// Places named in front of it.
    above: BTreeSet<String>,
    /// Items of it go to counties.
    visits_counties: bool,
}

impl Sight {
    fn take(&mut self, other: Self) {
        self.in_cell |= other.in_cell;
        self.visits_counties |= other.visits_counties;
        self.offices.extend(other.offices);
        self.above.extend(other.above);
    }
}

impl Areas {
    /// Reads the areas of a pool. Complexity: linear in the texts of organizers and targets, and O(a log a)
    /// for a places.
    #[must_use]
    pub fn of_pool<'i>(items: impl Iterator<Item = &'i Item>, lexicon: &Lexicon) -> Self {
        let mut sights: BTreeMap<String, Sight> = BTreeMap::new();
        let mut known: FxHashMap<&str, Option<Written>> = FxHashMap::default();
        for item in items {
            let visits_counties = || {
                item.targets.iter().any(|phrase| {
                    let phrase = fold(head(phrase));
                    COUNTIES.iter().any(|word| phrase.contains(word))
                })
            };
            if let Some(cell) = item.jurisdiction.as_deref().and_then(place_of_cell) {
                let sight = sights.entry(cell).or_default();
                sight.in_cell = true;
                sight.visits_counties = sight.visits_counties || visits_counties();
                continue;
            }
            let Some(organizer) = item.organizer.as_deref() else { continue };
            let written =
                known.entry(organizer).or_insert_with(|| Written::read(organizer, &lexicon.departments));
            let Some(Written { places, office }) = written else { continue };
            for (number, place) in places.iter().enumerate() {
                let sight = sights.entry(place.clone()).or_default();
                if let Some(above) = number.checked_sub(1) {
                    sight.above.insert(places[above].clone());
                }
                if number + 1 == places.len() {
                    sight.offices.insert(office.clone());
                    sight.visits_counties = sight.visits_counties || visits_counties();
                }
            }
        }
        let renamed = renamed(&sights);
        for (old, new) in &renamed {
            if let Some(sight) = sights.remove(old) {
                sights.entry(new.clone()).or_default().take(sight);
            }
        }
        // 县 is in no other word; of what ends in 区 or 市 one office is no proof.
        sights.retain(|name, sight| {
            sight.in_cell || sight.offices.len() >= 2 || name.ends_with(['县', '旗']) || {
                rank(name) < 3 && sight.offices.is_empty()
            }
        });
        let mut areas = Self::among(&sights);
        for (old, new) in renamed {
            if let Some(&area) = areas.by_name.get(&new) {
                areas.by_name.insert(old, area);
            }
        }
        areas
    }

    fn among(sights: &BTreeMap<String, Sight>) -> Self {
        let names: Vec<&String> = sights.keys().collect();
        let position = |name: &str| names.binary_search_by(|known| known.as_str().cmp(name)).ok();
        let mut within: Vec<Option<usize>> = names
            .iter()
            .map(|name| {
                let mut above = sights[*name].above.iter().filter_map(|above| position(above));
                let one = above.next().filter(|_| above.next().is_none());
                one.or_else(|| {
                    let mut ends = name.char_indices().map(|(at, _)| at).skip(1).collect::<Vec<_>>();
                    ends.reverse();
                    ends.into_iter().find_map(|end| position(&name[..end]))
                })
            })
            .collect();
        // 甲区 of 乙区 of 甲区: nobody writes that, but nothing may go round in circles.
        for number in 0..within.len() {
            if within[number]
                .is_some_and(|above| rank(names[above]) >= rank(names[number]) && rank(names[number]) < 4)
            {
                within[number] = None;
            }
        }
        let top = top(&names, &within, sights);
        let mut areas = Self::default();
        let kept: Vec<usize> = (0..names.len()).filter(|&number| Some(number) != top).collect();
        if kept.len() < 2 {
            areas.home = names.into_iter().filter(|name| rank(name) < 4).cloned().collect();
            return areas;
        }
        areas.home = top.into_iter().map(|top| names[top].clone()).collect();
        for &number in &kept {
            let above = within[number].and_then(|above| kept.binary_search(&above).ok());
            areas.by_name.insert(names[number].clone(), areas.list.len());
            let stem = stem(names[number]).to_owned();
            if stem.chars().count() >= 2 {
                let area = areas.list.len();
                areas.by_stem.entry(stem).and_modify(|known| *known = None).or_insert(Some(area));
            }
            areas.list.push(Area { name: names[number].clone(), within: above });
        }
        areas
    }

    /// All areas; [`Area::within`] counts in them.
    #[must_use]
    pub fn all(&self) -> &[Area] {
        &self.list
    }

    /// Folded names of the place that the whole pool is of, where it tells.
    #[must_use]
    pub fn home(&self) -> &[String] {
        &self.home
    }

    /// The area for whose plan the item is; `None` for the whole.
    #[must_use]
    pub fn of(&self, item: &Item, lexicon: &Lexicon) -> Option<usize> {
        if self.list.is_empty() {
            return None;
        }
        if let Some(cell) = item.jurisdiction.as_deref().and_then(place_of_cell) {
            return self.by_name.get(&cell).copied();
        }
        let organizer = item.organizer.as_deref()?;
        let written = Written::read(organizer, &lexicon.departments);
        let place = written.as_ref().and_then(|written| written.places.last());
        let found = place.and_then(|place| self.by_name.get(place)).copied();
        found.or_else(|| self.of_branch(&fold(head(organizer))))
    }

    /// 生态环境局甘泉分局.
    fn of_branch(&self, organizer: &str) -> Option<usize> {
        let front = BRANCHES.iter().find_map(|branch| organizer.strip_suffix(branch))?;
        let front = stem(front);
        let mut starts = front.char_indices().map(|(at, _)| at).skip(1);
        starts.find_map(|start| self.by_stem.get(&front[start..]).copied().flatten())
    }
}

/// Old names of counties with the new ones (甘泉县 that became 甘泉区): one stem, another level of the same rank. More
/// offices have the new one.
fn renamed(sights: &BTreeMap<String, Sight>) -> Vec<(String, String)> {
    let mut by_stem: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
    for name in sights.keys().filter(|name| rank(name) == 3) {
        by_stem.entry(stem(name)).or_default().push(name);
    }
    let mut renamed = Vec::new();
    for mut names in by_stem.into_values() {
        names.sort_by_key(|name| std::cmp::Reverse(sights[*name].offices.len()));
        renamed.extend(names[1..].iter().map(|old| ((*old).clone(), names[0].clone())));
    }
    renamed
}

/// The place that holds all others: by what stands before them, else by its level, else by whom it visits.
fn top(names: &[&String], within: &[Option<usize>], sights: &BTreeMap<String, Sight>) -> Option<usize> {
    let roots: Vec<usize> = (0..names.len()).filter(|&number| within[number].is_none()).collect();
    if let [root] = roots[..] {
        return (names.len() > 1).then_some(root);
    }
    let highest = roots.iter().map(|&number| rank(names[number])).min().filter(|&rank| rank < 3)?;
    let mut candidates: Vec<usize> =
        roots.into_iter().filter(|&number| rank(names[number]) == highest).collect();
    if candidates.len() > 1 {
        candidates.retain(|&number| sights[names[number]].visits_counties);
    }
    <[usize; 1]>::try_from(candidates).ok().map(|[top]| top)
}

/// An organizer's name, taken apart.
struct Written {
    /// From the outermost inwards; never empty.
    places: Vec<String>,
    office: String,
}

impl Written {
    fn read(organizer: &str, departments: &Departments) -> Option<Self> {
        let folded = fold(head(organizer));
        let front = folded.split('(').next().unwrap_or_default();
        if departments.by_form(front).is_some() {
            return None;
        }
        let text = PREFIXES.iter().find_map(|prefix| front.strip_prefix(prefix)).unwrap_or(front);
        let (places, office) = places_before(text, departments)?;
        let places = places.into_iter().map(str::to_owned).collect();
        Some(Self { places, office: office.to_owned() })
    }
}

/// The places that a folded name begins with, and the office behind them.
fn places_before<'t>(text: &'t str, departments: &Departments) -> Option<(Vec<&'t str>, &'t str)> {
    for (count, (at, character)) in text.char_indices().enumerate().take(13) {
        if OFFICES.contains(character) {
            return None;
        }
        if !is_level(character) || count < 2 {
            continue;
        }
        let (place, rest) = text.split_at(at + character.len_utf8());
        let before = text[..at].chars().next_back().unwrap_or_default();
        let sure = matches!(character, '县' | '旗');
        // 自治县 and 新区 are levels, 开发区 and 高新区 are none.
        let zone = !sure && (ZONES.contains(before) || before == '新' && count < 3);
        if zone {
            continue;
        }
        if let Some((mut places, office)) = places_before(rest, departments) {
            places.insert(0, place);
            return Some((places, office));
        }
        let body = || BODIES.iter().any(|body| rest.starts_with(body));
        if sure || rest.is_empty() || body() || departments.begins(rest) {
            return Some((vec![place], rest));
        }
    }
    None
}

/// The county, city or province that a jurisdiction cell says, or its code; `None` for the planning authority's own,
/// and for townships, which plan nothing.
fn place_of_cell(cell: &str) -> Option<String> {
    let folded = fold(head(cell));
    if OWN_LEVEL.contains(&folded.as_str()) {
        return None;
    }
    let place = folded.strip_suffix("人民政府").or_else(|| folded.strip_suffix("政府")).unwrap_or(&folded);
    let is_place = place.chars().count() > 2 && rank(place) < 4;
    (is_place || !place.is_empty() && place.is_ascii()).then(|| place.to_owned())
}

/// A place's name without its level.
fn stem(name: &str) -> &str {
    name.strip_suffix(is_level).unwrap_or(name)
}

fn is_level(character: char) -> bool {
    LEVELS.iter().any(|(level, _)| *level == character)
}

/// From the province (1) to counties (3); 4 for what has no level in its name.
fn rank(name: &str) -> u8 {
    if name.ends_with("自治区") {
        return 1;
    }
    let last = name.chars().next_back();
    LEVELS.iter().find(|(level, _)| Some(*level) == last).map_or(4, |&(_, rank)| rank)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn areas(rows: &[(&str, &str, &str)]) -> (Areas, Vec<Option<String>>) {
        let lexicon = Lexicon::builtin();
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let items: Vec<Item> = rows
            .iter()
            .map(|&(jurisdiction, organizer, targets)| Item {
                name: "检查".to_owned(),
                jurisdiction: text(jurisdiction),
                organizer: text(organizer),
                targets: text(targets).into_iter().collect(),
                ..Item::default()
            })
            .collect();
        let areas = Areas::of_pool(items.iter(), &lexicon);
        let of = items.iter().map(|item| areas.of(item, &lexicon).map(|area| areas.all()[area].name.clone()));
        let of = of.collect();
        (areas, of)
    }

    fn of_organizers(names: &[&str]) -> Vec<Option<String>> {
        areas(&names.iter().map(|&name| ("", name, "")).collect::<Vec<_>>()).1
    }

    #[test]
    fn counties_stand_before_their_offices() {
        let of = of_organizers(&[
            "甘泉县教育局",
            "兴州市青山县市场监督管理局",
            "中国共产党青山县委员会组织部",
            "国家税务总局甘泉县税务局",
            "白河区应急管理局",
            "白河区人民政府办公室",
            "兴州市生态环境局甘泉分局",
            "兴州市教育局",
            "市教育局",
            "城市管理局",
            "高新区应急局",
        ]);
        let of: Vec<&str> = of.iter().map(|area| area.as_deref().unwrap_or("-")).collect();
        let expected =
            ["甘泉县", "青山县", "青山县", "甘泉县", "白河区", "白河区", "甘泉县", "-", "-", "-", "-"];
        assert_eq!(of, expected);
    }

    #[test]
    fn one_place_is_no_area() {
        let (areas, of) = areas(&[
            ("", "甘泉县教育局", ""),
            ("", "县财政局", ""),
            ("", "兴州市生态环境局甘泉分局", ""),
            ("", "兴州市烟草专卖局", ""),
            ("", "社区矫正中心", ""),
        ]);
        assert!(of.iter().all(Option::is_none), "{of:?}");
        assert_eq!(areas.home(), ["兴州市", "甘泉县"]);
    }

    #[test]
    fn a_county_that_was_renamed_is_one() {
        let of = of_organizers(&["甘泉区教育局", "甘泉区财政局", "甘泉县民政局", "青山县教育局"]);
        let of: Vec<&str> = of.iter().map(|area| area.as_deref().unwrap_or("-")).collect();
        assert_eq!(of, ["甘泉区", "甘泉区", "甘泉区", "青山县"]);
    }

    #[test]
    fn townships_plan_nothing() {
        let rows = [("柳树镇", "县教育局", ""), ("河湾乡", "县教育局", ""), ("县本级", "县教育局", "")];
        assert!(areas(&rows).1.iter().all(Option::is_none));
    }

    #[test]
    fn cells_go_before_organizers() {
        let (areas, of) = areas(&[
            ("P00", "省教育局", ""),
            ("P00-01", "市教育局", ""),
            ("P00-01-02", "县教育局", ""),
            ("P00-02", "甘泉县教育局", ""),
        ]);
        assert_eq!(of[0], None);
        assert_eq!(of[3].as_deref(), Some("p00-02"));
        let county = areas.all().iter().find(|area| area.name == "p00-01-02").expect("a county");
        assert_eq!(county.within.map(|city| areas.all()[city].name.as_str()), Some("p00-01"));
    }

    #[test]
    fn of_cities_the_one_that_visits_counties_is_above() {
        let of = areas(&[
            ("", "兴州市教育局", "各县(市、区)教育局"),
            ("", "兴州市财政局", "市直各单位"),
            ("", "青阳市教育局", "各中小学"),
            ("", "青阳市财政局", "各镇"),
            ("", "甘泉县教育局", "各中小学"),
        ]);
        let of: Vec<&str> = of.1.iter().map(|area| area.as_deref().unwrap_or("-")).collect();
        assert_eq!(of, ["-", "-", "青阳市", "青阳市", "甘泉县"]);
    }
}
