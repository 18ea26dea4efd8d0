//! A graph of virtual units, for runs without a roster.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::UnitGraph;
use super::lexer::{Dictionary, Noun, Token, TokenKind};
use super::rows::{GraphBuilder, RosterRow};
use super::words::{PLACES, Word, is_general};
use crate::lexicon::{Department, Lexicon};
use crate::text::fold;

/// Groups for which no unit stands: their widest reading is all departments.
const OPEN_GROUPS: [&str; 2] = ["有关部门", "成员单位"];

/// Endings that make a word before them a proper name.
const PROPER: [&str; 19] = [
    "街道办事处",
    "街道",
    "苏木",
    "嘎查",
    "社区",
    "镇",
    "乡",
    "村",
    "县",
    "局",
    "厂",
    "公司",
    "学校",
    "小学",
    "中学",
    "幼儿园",
    "医院",
    "水库",
    "卫生院",
];

/// A virtual unit.
#[derive(Clone, Debug, Default)]
struct Virtual {
    name: String,
    aliases: Vec<String>,
    kind: String,
    parents: Vec<String>,
    tags: Vec<String>,
}

/// A place with a planning authority of its own.
#[derive(Clone, Copy, Debug)]
pub struct DerivedArea<'a> {
    /// What phrases call it: 甘泉县.
    pub name: &'a str,
    /// The area it lies in, by its place in the list; else the whole.
    pub within: Option<usize>,
}

/// Areas that an area may lie in: a province and a city, and some to spare.
const DEEPEST: usize = 5;

/// Virtual units by id: of the whole, or of one area.
type Units = BTreeMap<String, Virtual>;

impl UnitGraph {
    /// A graph in which `phrases` can be compared although nobody says which units there are.
    ///
    /// Below one virtual root stand: a unit for every atomic group word, *(其他)乡镇*; a unit for every
    /// department of the lexicon; a unit for every venue type, *(其他)养老机构*, which belongs to
    /// everything wider and to the premises it is a part of, so that 学校食堂 lies in 学校 and 敬老院 in
    /// 养老机构; and what the phrases name besides: proper names by their shape (柳条营镇, 敖林热电厂),
    /// qualified venue types with their opposites (农村 学校 and 城市 学校 have nothing in common and
    /// are both part of 学校), and venue types in a named place. The sizes of the sets mean nothing
    /// then; containment and disjointness do.
    #[must_use]
    pub fn derived<S: AsRef<str>>(lexicon: &Lexicon, phrases: &[S]) -> Self {
        let phrases: Vec<(Option<usize>, &str)> =
            phrases.iter().map(|phrase| (None, phrase.as_ref())).collect();
        Self::derived_in(lexicon, &[], &[], &phrases)
    }

    /// As [`derived`](Self::derived), for several `areas`: each has units of its own for the groups and for what its own
    /// phrases and those of what it lies in speak of, so that the schools of two counties are not the same and both
    /// are among the city's.
    ///
    /// `home` is what the whole is called. A phrase is written for an area, or for the whole. An area is the unit
    /// [`area_id`](Self::area_id).
    ///
    /// Complexity: units grow with the venue types that the phrases of each area and of the whole speak of.
    #[must_use]
    pub fn derived_in(
        lexicon: &Lexicon,
        home: &[String],
        areas: &[DerivedArea<'_>],
        phrases: &[(Option<usize>, &str)],
    ) -> Self {
        let (empty, _) = GraphBuilder::default().finish(lexicon, true);
        let dictionary = Dictionary::new(&empty, lexicon);
        let mut spoken: Vec<Units> = vec![Units::new(); areas.len() + 1];
        let mut named: Vec<Units> = vec![Units::new(); areas.len() + 1];
        let mut read: BTreeSet<(Option<usize>, &str)> = BTreeSet::new();
        for &(area, phrase) in phrases {
            if !read.insert((area, phrase)) {
                continue;
            }
            let folded = fold(phrase);
            let tokens = dictionary.tokens(&empty, &folded, true);
            let of = area.map_or(0, |area| area + 1);
            let (own, spoken) = (&mut named[of], &mut spoken[of]);
            let mut add = |id: String, unit: Virtual| {
                own.entry(id).or_insert(unit);
            };
            named_pieces(lexicon, &dictionary, &empty, &folded, &mut add);
            for element in tokens.split(|token| match token.kind {
                TokenKind::Word(word) => {
                    !matches!(word, Word::Each | Word::All | Word::Of | Word::Under | Word::Have)
                }
                _ => false,
            }) {
                named_places(lexicon, element, &mut add);
                qualified(lexicon, element, &mut |id, unit| {
                    spoken.entry(id).or_insert(unit);
                });
            }
            if !areas.is_empty() {
                spoken_of(lexicon, &tokens, spoken);
            }
        }
        let groups = groups(lexicon);
        let mut units = groups.clone();
        units.extend(lexicon.departments.all().iter().map(department));
        units.extend((0..lexicon.venues.len() as u32).map(|venue| typical(lexicon, venue)));
        units.extend(spoken.iter().flatten().map(|(id, unit)| (id.clone(), unit.clone())));
        let mut own = named.into_iter();
        let of_whole = own.next().unwrap_or_default();
        let holding: BTreeSet<usize> = areas.iter().filter_map(|area| area.within).collect();
        for (number, (area, named)) in areas.iter().zip(own).enumerate() {
            let seat = Self::area_id(number);
            let inside = |id: &str| format!("{seat}/{id}");
            let mut types = vec![&spoken[0], &spoken[number + 1]];
            let mut above = area.within;
            while let Some(wider) = above.filter(|_| types.len() <= DEEPEST) {
                types.push(&spoken[wider + 1]);
                above = areas[wider].within;
            }
            for (id, unit) in groups.iter().chain(types.into_iter().flatten()).chain(&named) {
                let mut unit = unit.clone();
                unit.parents.iter_mut().for_each(|parent| *parent = inside(parent));
                if unit.parents.is_empty() {
                    unit.parents.push(seat.clone());
                }
                units.insert(inside(id), unit);
            }
            units.insert(
                seat,
                Virtual {
                    name: area.name.to_owned(),
                    aliases: vec![format!("{}人民政府", area.name), format!("{}政府", area.name)],
                    kind: if holding.contains(&number) { "city" } else { "county" }.to_owned(),
                    parents: area.within.map(Self::area_id).into_iter().collect(),
                    ..Virtual::default()
                },
            );
        }
        // What an area calls by the same name is what the whole means.
        let proper: BTreeSet<String> =
            units.iter().filter(|(id, _)| id.contains("/p:")).map(|(_, unit)| unit.name.clone()).collect();
        units.extend(of_whole.into_iter().filter(|(_, unit)| !proper.contains(&unit.name)));
        Self::of_virtual(lexicon, home, &units)
    }

    /// The id of an area's unit in a [derived](Self::derived_in) graph.
    #[must_use]
    pub fn area_id(area: usize) -> String {
        format!("a:{area}")
    }

    fn of_virtual(lexicon: &Lexicon, home: &[String], units: &Units) -> Self {
        let mut builder = GraphBuilder::default();
        let root = RosterRow {
            row: 1,
            id: "~",
            name: "(全域)",
            kind: "government",
            aliases: &texts(home),
            ..RosterRow::default()
        };
        // Names of the lexicon and of phrases stay far below the builder's limits.
        let mut fits = builder.push(&root).is_ok();
        for (row, (id, unit)) in units.iter().enumerate() {
            let mut parents = texts(&unit.parents);
            parents.retain(|parent| units.contains_key(*parent));
            if parents.is_empty() {
                parents.push("~");
            }
            fits &= builder
                .push(&RosterRow {
                    row: row as u32 + 2,
                    id,
                    name: &unit.name,
                    kind: &unit.kind,
                    aliases: &texts(&unit.aliases),
                    parents: &parents,
                    tags: &texts(&unit.tags),
                })
                .is_ok();
        }
        debug_assert!(fits, "virtual units fit");
        builder.finish(lexicon, true).0
    }
}

/// A unit for every atomic group word.
fn groups(lexicon: &Lexicon) -> Units {
    let mut units = Units::new();
    for (number, group) in lexicon.groups.all().iter().enumerate() {
        if group.kinds == [number as u32] && !OPEN_GROUPS.contains(&group.name.as_str()) {
            let (name, kind) = (format!("(其他){}", group.name), group.name.clone());
            // So that villages of townships are villages.
            let parents = match group.level.as_str() {
                "village" => vec!["g:乡镇".to_owned(), "g:街道".to_owned()],
                _ => Vec::new(),
            };
            units.insert(format!("g:{}", group.name), Virtual { name, kind, parents, ..Virtual::default() });
        }
    }
    units
}

fn department(department: &Department) -> (String, Virtual) {
    let (name, aliases) = (department.name.clone(), department.aliases.clone());
    (format!("d:{name}"), Virtual { name, aliases, kind: "部门".to_owned(), ..Virtual::default() })
}

/// The unit of a venue type.
fn typical(lexicon: &Lexicon, venue: u32) -> (String, Virtual) {
    let (name, tags) = venue_tags(lexicon, venue);
    (format!("v:{name}"), Virtual { name: format!("(其他){name}"), tags, ..Virtual::default() })
}

/// The venue types and departments that a phrase speaks of.
fn spoken_of(lexicon: &Lexicon, tokens: &[Token], spoken: &mut Units) {
    for token in tokens {
        let TokenKind::Noun(noun) = &token.kind else { continue };
        let venues = noun.venue.into_iter().chain(noun.core).map(|venue| typical(lexicon, venue));
        let department = noun.department.map(|number| department(lexicon.departments.department(number)));
        for (id, unit) in venues.chain(department) {
            spoken.entry(id).or_insert(unit);
        }
    }
}

/// The name of a venue type, and as tags itself and what it is a part of.
fn venue_tags(lexicon: &Lexicon, venue: u32) -> (String, Vec<String>) {
    let name = lexicon.venues.entry(venue).name.clone();
    let wholes = lexicon.venues.wholes(venue).iter().map(|&whole| lexicon.venues.entry(whole).name.clone());
    let tags = std::iter::once(name.clone()).chain(wholes).collect();
    (name, tags)
}

fn proper_unit(lexicon: &Lexicon, name: &str, ending: &str) -> Virtual {
    let mut unit = Virtual { name: name.to_owned(), ..Virtual::default() };
    if let Some(group) = lexicon.groups.by_form(ending) {
        let kinds = &lexicon.groups.group(group).kinds;
        unit.kind.clone_from(&lexicon.groups.group(kinds[0]).name);
    } else if ending == "局" {
        "部门".clone_into(&mut unit.kind);
    } else if ending == "厂" || ending == "公司" {
        unit.tags.push("企业".to_owned());
    } else if let Some(venue) = lexicon.venues.by_form(ending) {
        unit.tags.push(lexicon.venues.entry(venue).name.clone());
    }
    unit
}

/// 柳条营镇 at the beginning of an element, and the venue types named in it.
fn named_places(lexicon: &Lexicon, element: &[Token], add: &mut impl FnMut(String, Virtual)) {
    let [first, second, rest @ ..] = element else { return };
    let characters = first.text.chars().count();
    if first.kind != TokenKind::Unknown || !(2..=8).contains(&characters) {
        return;
    }
    if !PLACES.contains(&second.text.as_str()) {
        return;
    }
    let name = format!("{}{}", first.text, second.text);
    let place = format!("p:{name}");
    add(place.clone(), proper_unit(lexicon, &name, &second.text));
    for token in rest {
        if let TokenKind::Noun(Noun { venue: Some(venue), .. }) = token.kind
            && !is_general(&token.text)
        {
            let (venue, tags) = venue_tags(lexicon, venue);
            let unit = Virtual {
                name: format!("({name}){venue}"),
                parents: vec![place.clone()],
                tags,
                ..Virtual::default()
            };
            add(format!("p:{name}:{venue}"), unit);
        }
    }
}

/// Whole pieces of a phrase that look like proper names (共和镇, 远大公司).
fn named_pieces(
    lexicon: &Lexicon,
    dictionary: &Dictionary,
    empty: &UnitGraph,
    folded: &str,
    add: &mut impl FnMut(String, Virtual),
) {
    for piece in folded.split(['、', ',', ';', '(', ')', '.', '的', '外', '除']) {
        let Some(ending) = PROPER.iter().find(|ending| piece.ends_with(**ending)) else { continue };
        let stem = &piece[..piece.len() - ending.len()];
        let unlevelled = piece.strip_prefix(['区', '县', '旗', '市', '州', '盟', '省']);
        if unlevelled.is_some_and(|rest| dictionary.noun(rest).is_some()) {
            continue;
        }
        if !(2..=10).contains(&stem.chars().count()) || dictionary.noun(piece).is_some() {
            continue;
        }
        let foreign = dictionary.tokens(empty, stem, true).iter().all(|token| match token.kind {
            TokenKind::Unknown => true,
            TokenKind::Word(Word::Each | Word::Except) => false,
            TokenKind::Word(_) | TokenKind::Noun(_) => token.text.chars().count() == 1,
            _ => false,
        });
        if foreign {
            add(format!("p:{piece}"), proper_unit(lexicon, piece, ending));
        }
    }
}

/// 农村学校: a unit for the qualifier and one for every word in contrast to it.
fn qualified(lexicon: &Lexicon, element: &[Token], add: &mut impl FnMut(String, Virtual)) {
    for pair in element.windows(2) {
        let (TokenKind::Noun(qualifier), TokenKind::Noun(head)) = (&pair[0].kind, &pair[1].kind) else {
            continue;
        };
        let (word, Some(venue)) = (&pair[0].text, head.venue) else { continue };
        if qualifier.is_head() || !qualifier.qualifier || is_general(&pair[1].text) {
            continue;
        }
        let contrasts = lexicon.words.contrasts.iter().filter(|set| set.subset && set.words.contains(word));
        let mut words: Vec<&String> = contrasts.flat_map(|set| &set.words).collect();
        words.push(word);
        words.sort();
        words.dedup();
        for word in words {
            let (name, mut tags) = venue_tags(lexicon, venue);
            tags.push(word.clone());
            add(
                format!("q:{word}:{name}"),
                Virtual { name: format!("({word}){name}"), tags, ..Virtual::default() },
            );
        }
    }
}

fn texts(list: &[String]) -> Vec<&str> {
    list.iter().map(String::as_str).collect()
}
