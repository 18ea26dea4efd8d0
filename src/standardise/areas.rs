//! Places with a planning authority of their own, as far as a pool tells without a roster.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::place::{self, rank, stem};
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
/// An item's area is what its jurisdiction cell says, else the place that its organizer carries in its name: as a branch
/// (兴州市生态环境局甘泉分局), or the innermost in front (兴州市甘泉县教育局). The one place that holds all others is no area:
/// its items are for the whole. A pool of one place has none, and a pool of more places than there are has none either.
#[derive(Debug, Default)]
pub struct Areas {
    list: Vec<Area>,
    /// By every name that is written, those that mean the whole left out.
    by_name: FxHashMap<String, usize>,
    /// By the name without its level, where only one is called so.
    by_stem: FxHashMap<String, Option<usize>>,
    home: Vec<String>,
}

/// More areas than this are none: there are 3,200 provinces, cities and counties.
const MOST_AREAS: usize = 5000;

/// What a branch is called behind the name of its place.
const BRANCHES: [&str; 6] = ["分局", "支局", "大队", "支队", "分中心", "分公司"];

/// Most characters of a place in a branch's name.
const BRANCH_PLACE: usize = 8;

/// Cells that mean the authority that plans, whatever its place.
const OWN_LEVEL: [&str; 12] = [
    "本级",
    "市本级",
    "州本级",
    "盟本级",
    "省本级",
    "区本级",
    "县本级",
    "市级",
    "市直",
    "省直",
    "市辖区",
    "本辖区",
];

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

/// Places by name: in front of an innermost name that several places have, the outer one (徐州市鼓楼区).
type Sights = BTreeMap<String, Sight>;

impl Areas {
    /// Reads the areas of a pool. Complexity: linear in the texts of organizers and targets, and O(a log a)
    /// for a places.
    #[must_use]
    pub fn of_pool<'i>(items: impl Iterator<Item = &'i Item> + Clone, lexicon: &Lexicon) -> Self {
        let departments = &lexicon.departments;
        let mut read: FxHashMap<Says<'i>, Option<Written>> = FxHashMap::default();
        let mut outer: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for item in items.clone() {
            let written = read.entry(says(item)).or_insert_with(|| Written::of(says(item), departments));
            if let Some([above, place]) = written.as_ref().and_then(|written| written.places.last_chunk()) {
                outer.entry(place.clone()).or_default().insert(above.clone());
            }
        }
        let shared: BTreeSet<&str> =
            outer.iter().filter(|(_, above)| above.len() > 1).map(|(place, _)| place.as_str()).collect();
        let mut sights = Sights::new();
        for item in items {
            let Some(Some(written)) = read.get(&says(item)) else { continue };
            let visits_counties = || {
                item.targets.iter().any(|phrase| {
                    let phrase = fold(head(phrase));
                    COUNTIES.iter().any(|word| phrase.contains(word))
                })
            };
            written.show(&shared, visits_counties, &mut sights);
        }
        let renamed = renamed(&sights);
        for (old, new) in &renamed {
            if let Some(sight) = sights.remove(old) {
                sights.entry(new.clone()).or_default().take(sight);
            }
        }
        // 区 and 市 end other words too: one office is no proof.
        sights.retain(|name, sight| {
            let sure = sight.in_cell || name.ends_with(['县', '旗']);
            sure || sight.offices.len() >= 2 || rank(name) < 3 && sight.offices.is_empty()
        });
        let mut areas = Self::among(&sights);
        for (old, new) in renamed {
            if let Some(&area) = areas.by_name.get(&new) {
                areas.by_name.insert(old, area);
            }
        }
        areas
    }

    fn among(sights: &Sights) -> Self {
        let names: Vec<&String> = sights.keys().collect();
        let within = nested(&names, sights);
        let top = top(&names, &within, sights);
        let mut areas = Self::default();
        let kept: Vec<usize> = (0..names.len()).filter(|&number| Some(number) != top).collect();
        if kept.len() < 2 || kept.len() > MOST_AREAS {
            areas.home = names.into_iter().filter(|name| rank(name) < 4).take(2).cloned().collect();
            return areas;
        }
        areas.home = top.into_iter().map(|top| names[top].clone()).collect();
        for &number in &kept {
            let above = within[number].and_then(|above| kept.binary_search(&above).ok());
            let area = areas.list.len();
            areas.by_name.insert(names[number].clone(), area);
            let stem = stem(names[number]);
            if stem.chars().count() >= 2 {
                let known = areas.by_stem.entry(stem.to_owned());
                known.and_modify(|known| *known = None).or_insert(Some(area));
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

    /// Folded names of the place that the whole pool is of, where it tells: a county, and the city above it.
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
        let Some(written) = Written::of(says(item), &lexicon.departments) else {
            return self.only_one_of_level(item.jurisdiction.as_deref(), item.organizer.as_deref()?);
        };
        let branch = written.branch().and_then(|front| self.of_branch(stem(front)));
        branch.or_else(|| self.of_place(&written))
    }

    /// 区教育局 is that of the city's only district; of several counties nobody knows which 县教育局 is meant, nor in a pool
    /// of places that nothing holds together.
    fn only_one_of_level(&self, cell: Option<&str>, organizer: &str) -> Option<usize> {
        if self.home.is_empty() || cell.is_some_and(|cell| OWN_LEVEL.contains(&fold(head(cell)).as_str())) {
            return None;
        }
        let level =
            fold(head(organizer)).chars().next().filter(|level| matches!(level, '区' | '县' | '旗'))?;
        let mut of_level = (0..self.list.len()).filter(|&area| self.list[area].name.ends_with(level));
        of_level.next().filter(|_| of_level.next().is_none())
    }

    fn of_place(&self, written: &Written) -> Option<usize> {
        let place = written.places.last()?;
        let outer =
            written.places.len().checked_sub(2).map(|above| format!("{}{place}", written.places[above]));
        let by_both = outer.and_then(|name| self.by_name.get(&name));
        by_both.or_else(|| self.by_name.get(place)).copied()
    }

    /// 生态环境局甘泉, of a branch.
    fn of_branch(&self, front: &str) -> Option<usize> {
        let ends = front.char_indices().rev().take(BRANCH_PLACE).map(|(at, _)| at).filter(|&at| at > 0);
        let mut longest_first: Vec<usize> = ends.collect();
        longest_first.reverse();
        longest_first.into_iter().find_map(|at| self.by_stem.get(&front[at..]).copied().flatten())
    }
}

impl Sight {
    fn take(&mut self, other: Self) {
        self.in_cell |= other.in_cell;
        self.visits_counties |= other.visits_counties;
        self.offices.extend(other.offices);
        self.above.extend(other.above);
    }
}

/// The place that each lies in: what stands before it, or what its code begins with.
fn nested(names: &[&String], sights: &Sights) -> Vec<Option<usize>> {
    let position = |name: &str| names.binary_search_by(|known| known.as_str().cmp(name)).ok();
    let mut within: Vec<Option<usize>> = names
        .iter()
        .map(|name| {
            let mut above = sights[*name].above.iter().filter_map(|above| position(above));
            let one = above.next().filter(|_| above.next().is_none());
            one.or_else(|| wider_codes(name).iter().find_map(|wider| position(wider)))
        })
        .collect();
    // 甲县 of 乙县 of 甲县: nobody writes that, but nothing may go round in circles.
    for number in 0..within.len() {
        let mut next = within[number];
        for _ in 0..names.len().min(8) {
            next = next.and_then(|above| within[above]);
        }
        if next.is_some() {
            within[number] = None;
        }
    }
    within
}

/// The codes that a code may lie in, the nearest first: 320902 in 320900 and 320000, P00-01 in P00.
fn wider_codes(code: &str) -> Vec<String> {
    if code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()) {
        let wider = [4, 2].map(|digits| format!("{:0<6}", &code[..digits]));
        return wider.into_iter().filter(|wider| wider != code).collect();
    }
    let at = |&(_, character): &(usize, char)| matches!(character, '-' | '.' | '/' | '_');
    let mut wider: Vec<String> =
        code.char_indices().filter(at).map(|(end, _)| code[..end].to_owned()).collect();
    wider.reverse();
    wider
}

/// Other names of a place with the one to go by: 甘泉县 that became 甘泉区, and 威宁县 for 威宁彝族回族苗族自治县. The one with
/// more offices.
fn renamed(sights: &Sights) -> Vec<(String, String)> {
    let mut by_stem: BTreeMap<(u8, &str), Vec<&String>> = BTreeMap::new();
    for name in sights.keys() {
        if matches!(rank(name), 2 | 3) && !(rank(name) == 2 && name.ends_with('市')) {
            by_stem.entry((rank(name), stem(name))).or_default().push(name);
        }
    }
    let mut renamed = Vec::new();
    for mut names in by_stem.into_values() {
        names.sort_by_key(|name| std::cmp::Reverse(sights[*name].offices.len()));
        let above = |name: &String| &sights[name].above;
        let same = |old: &String| {
            above(old).is_empty() || above(names[0]).is_empty() || !above(old).is_disjoint(above(names[0]))
        };
        renamed
            .extend(names[1..].iter().filter(|old| same(old)).map(|old| ((*old).clone(), names[0].clone())));
    }
    renamed
}

/// The place that holds all others: by what stands before them, else by its level, else by whom it visits.
fn top(names: &[&String], within: &[Option<usize>], sights: &Sights) -> Option<usize> {
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

/// Jurisdiction cell and organizer.
type Says<'i> = (Option<&'i str>, Option<&'i str>);

fn says(item: &Item) -> Says<'_> {
    (item.jurisdiction.as_deref(), item.organizer.as_deref())
}

/// What a cell or an organizer's name says of places.
struct Written {
    /// From the outermost inwards; never empty.
    places: Vec<String>,
    office: String,
    in_cell: bool,
}

impl Written {
    fn of((cell, organizer): Says<'_>, departments: &Departments) -> Option<Self> {
        let cell = cell.map(|cell| fold(head(cell))).filter(|cell| !cell.is_empty());
        if let Some(cell) = cell {
            // The planning authority's own items have no area; what a cell says otherwise may be no place.
            if OWN_LEVEL.contains(&cell.as_str()) {
                return None;
            }
            if let Some(places) = places_of_cell(&cell) {
                return Some(Self { places, office: String::new(), in_cell: true });
            }
        }
        let (places, office) = place::before_office(&fold(head(organizer?)), departments)?;
        Some(Self { places, office, in_cell: false })
    }

    /// What stands before 分局 in the name of a city's or a province's branch (生态环境局甘泉); a county's have their names from
    /// its townships.
    fn branch(&self) -> Option<&str> {
        let place = self.places.last().filter(|place| rank(place) < 3);
        place.and_then(|_| BRANCHES.iter().find_map(|branch| self.office.strip_suffix(branch)))
    }

    fn show(&self, shared: &BTreeSet<&str>, visits_counties: impl Fn() -> bool, sights: &mut Sights) {
        for (number, place) in self.places.iter().enumerate() {
            let above = number.checked_sub(1).map(|above| &self.places[above]);
            let name = match above {
                Some(above) if shared.contains(place.as_str()) => format!("{above}{place}"),
                _ => place.clone(),
            };
            let sight = sights.entry(name).or_default();
            sight.above.extend(above.cloned());
            if number + 1 == self.places.len() {
                sight.in_cell |= self.in_cell;
                // Only a place above counties may hold the others.
                sight.visits_counties = sight.visits_counties || rank(place) < 3 && visits_counties();
                // A branch is the office of the place in its name, of which nobody knows the level.
                if self.branch().is_none() && !self.in_cell {
                    sight.offices.insert(self.office.clone());
                }
            }
        }
    }
}

/// The county, city or province that a jurisdiction cell says, or its code; `None` for townships, which plan nothing.
fn places_of_cell(cell: &str) -> Option<Vec<String>> {
    if cell.is_ascii() {
        return Some(vec![cell.to_owned()]);
    }
    let place = cell.strip_suffix("人民政府").or_else(|| cell.strip_suffix("政府")).unwrap_or(cell);
    place::all(place)
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
        assert_eq!(areas.home(), ["甘泉县"]);
    }

    #[test]
    fn a_county_that_was_renamed_is_one() {
        let of = of_organizers(&["甘泉区教育局", "甘泉区财政局", "甘泉县民政局", "青山县教育局"]);
        let of: Vec<&str> = of.iter().map(|area| area.as_deref().unwrap_or("-")).collect();
        assert_eq!(of, ["甘泉区", "甘泉区", "甘泉区", "青山县"]);
    }

    #[test]
    fn squads_of_a_county_are_the_countys() {
        let of = of_organizers(&[
            "甘泉县公安局青山大队",
            "青山县教育局",
            "兴州市公安局青山分局",
            "兴州市教育局",
            "兴州市财政局",
        ]);
        let of: Vec<&str> = of.iter().map(|area| area.as_deref().unwrap_or("-")).collect();
        assert_eq!(of, ["甘泉县", "青山县", "青山县", "-", "-"]);
    }

    #[test]
    fn a_bare_level_is_the_only_place_of_it() {
        let rows =
            ["兴州市教育局", "兴州市财政局", "甘泉县教育局", "青山县教育局", "白河区教育局", "白河区财政局"];
        let of = of_organizers(&[&rows[..], &["区民政局", "县民政局", "市民政局"]].concat());
        let of: Vec<&str> = of[6..].iter().map(|area| area.as_deref().unwrap_or("-")).collect();
        assert_eq!(of, ["白河区", "-", "-"]);
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
