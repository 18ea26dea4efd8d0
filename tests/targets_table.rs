//! Phrases and what they mean: in an invented southern county, and without a roster.
//!
//! `tests/data/targets_table.tsv` lists phrase, unit ids, sureness and sample; the county is
//! `yunling.csv`. `targets_relations.txt` relates two phrases without a roster: `=` the same units,
//! `<` and `>` containment, `#` nothing in common, `~` something in common.

use std::fmt::Write as _;

use tongchou::lexicon::Lexicon;
use tongchou::model::target_set::TargetSet;
use tongchou::targets::{Resolver, UnitGraph, describe};

fn data(name: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    std::fs::read_to_string(path).expect("test data is there")
}

fn county(lexicon: &Lexicon) -> UnitGraph {
    let (graph, diagnostics) = UnitGraph::from_csv(data("yunling.csv").as_bytes(), lexicon).expect("roster");
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    graph
}

fn ids(graph: &UnitGraph, set: &TargetSet) -> String {
    let mut ids: Vec<&str> = set.units.iter().map(|unit| graph.unit(unit).id()).collect();
    ids.sort_unstable();
    ids.join(" ")
}

#[test]
fn phrases_mean_these_units() {
    let lexicon = Lexicon::builtin();
    let graph = county(&lexicon);
    let resolver = Resolver::new(&graph, &lexicon);
    let table = data("targets_table.tsv");
    let mut wrong = String::new();
    let mut count = 0;
    for line in table.lines().skip(1) {
        let [phrase, units, sureness, sample] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("four columns in {line:?}")
        };
        count += 1;
        let set = resolver.resolve(&[phrase.to_owned()], None);
        let mut got_sample = set.sample_count.map(|count| count.to_string()).unwrap_or_default();
        if let Some(share) = set.sample_share {
            let _ = write!(got_sample, "{share}bp");
        }
        let got = (ids(&graph, &set), format!("{:?}", set.sureness), got_sample);
        if (got.0.as_str(), got.1.as_str(), got.2.as_str()) != (units, sureness, sample) {
            let _ = writeln!(wrong, "{phrase}\n  expected {units} {sureness} {sample}\n  got      {got:?}");
        }
    }
    assert!(count >= 120, "{count} phrases");
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn phrases_compare_without_a_roster() {
    let lexicon = Lexicon::builtin();
    let relations = data("targets_relations.txt");
    let lines: Vec<Vec<&str>> = relations.lines().map(|line| line.split(' ').collect()).collect();
    let phrases: Vec<&str> = lines.iter().flat_map(|line| [line[0], line[2]]).collect();
    let graph = UnitGraph::derived(&lexicon, &phrases);
    assert!(graph.is_derived());
    let resolver = Resolver::new(&graph, &lexicon);
    let mut wrong = String::new();
    for line in &lines {
        let [one, other] =
            [line[0], line[2]].map(|phrase| resolver.resolve(&[phrase.to_owned()], None).units);
        let common = one.intersection_len(&other);
        let relation = match () {
            () if one.is_empty() || other.is_empty() => "?",
            () if one == other => "=",
            () if common == 0 => "#",
            () if common == one.len() => "<",
            () if common == other.len() => ">",
            () => "~",
        };
        if relation != line[1] {
            let _ = writeln!(wrong, "{} {relation} {}, expected {}", line[0], line[2], line[1]);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_derived_graph_does_not_depend_on_the_order_of_phrases() {
    let lexicon = Lexicon::builtin();
    let phrases = ["柳条营镇的学校", "远大公司", "农村小学"];
    let names = |phrases: &[&str]| -> Vec<String> {
        UnitGraph::derived(&lexicon, phrases).units().map(|unit| unit.name().to_owned()).collect()
    };
    assert_eq!(names(&phrases), names(&["农村小学", "远大公司", "柳条营镇的学校"]));
}

#[test]
fn a_jurisdiction_limits_kinds_but_not_names() {
    let lexicon = Lexicon::builtin();
    let graph = county(&lexicon);
    let resolver = Resolver::new(&graph, &lexicon);
    let town = graph.by_id("T1");
    let of_town = |phrase: &str| ids(&graph, &resolver.resolve(&[phrase.to_owned()], town));
    assert_eq!(of_town("各村、社区"), "C4 V1 V2");
    assert_eq!(of_town("学校"), "S4");
    assert_eq!(of_town("县应急局"), "D05");
    // By a second parent: the schools of the education bureau.
    let bureau = graph.by_id("D03");
    assert_eq!(ids(&graph, &resolver.resolve(&["学校".to_owned()], bureau)), "K1 S1 S2 S3 S4 S5 S7");
}

#[test]
fn canteens_of_some_schools_are_school_canteens() {
    let lexicon = Lexicon::builtin();
    let graph = county(&lexicon);
    let resolver = Resolver::new(&graph, &lexicon);
    let venues = |phrase: &str| -> Vec<&str> {
        let set = resolver.resolve(&[phrase.to_owned()], None);
        set.venues.iter().map(|venue| lexicon.venues.entry(venue.as_u32()).name.as_str()).collect()
    };
    assert!(venues("全县中小学幼儿园食堂").contains(&"学校食堂"));
    // A place of a kind of operator is where they are, not a target.
    let stations = resolver.resolve(&["各乡镇加油站".to_owned()], None);
    assert!(stations.groups.is_empty(), "{:?}", stations.groups);
}

#[test]
fn several_phrases_are_one_target() {
    let lexicon = Lexicon::builtin();
    let graph = county(&lexicon);
    let resolver = Resolver::new(&graph, &lexicon);
    let phrases = ["加油站".to_owned(), "S1".to_owned(), String::new()];
    assert_eq!(ids(&graph, &resolver.resolve(&phrases, None)), "F1 F2 F3 S1");
    let none = resolver.resolve(&[], None);
    assert_eq!(none, TargetSet::default());
}

#[test]
fn organizers_are_found() {
    let lexicon = Lexicon::builtin();
    let graph = county(&lexicon);
    let found = |name: &str| graph.find(name).map(|unit| graph.unit(unit).id());
    for (name, id) in [
        ("云岭县教育局", Some("D03")),
        ("教育局", Some("D03")),
        ("县教体局", Some("D03")),
        ("云岭县住建局", Some("D07")),
        ("县住建局质量科", Some("D07")),
        ("县质安站", Some("D13")),
        ("县住建局质安站", Some("D07")),
        ("县应急局（安委办）", Some("D05")),
        ("安委办（县应急局）", Some("D05")),
        ("云岭县青溪镇", Some("T1")),
        ("S1", Some("S1")),
        ("教育厅", None),
        ("", None),
    ] {
        assert_eq!(found(name), id, "{name}");
    }
    let places = graph.names_of_places(&lexicon);
    assert!(places.contains(&"云岭县".to_owned()) && places.contains(&"青溪镇".to_owned()), "{places:?}");
    // 平安云岭建设 is 平安建设, but 平安建设 in 平安县 keeps its words.
    let roster = "id,name,aliases,kind\nR,平安县人民政府,平安县|平安县政府,government\n";
    let (peace, _) = UnitGraph::from_csv(roster.as_bytes(), &lexicon).expect("roster");
    assert!(!peace.names_of_places(&lexicon).contains(&"平安".to_owned()));
    assert!(places.contains(&"云岭".to_owned()), "{places:?}");
    assert!(places.windows(2).all(|pair| pair[0].len() >= pair[1].len()));
}

#[test]
fn a_resolution_can_be_read() {
    let lexicon = Lexicon::builtin();
    let graph = county(&lexicon);
    let resolver = Resolver::new(&graph, &lexicon);
    let set = resolver.resolve(&["各乡镇（龙潭乡除外），随机抽取1家药店".to_owned()], None);
    let text = describe(&set, &graph, &lexicon, true);
    for part in ["乡镇 → 单位类别", "龙潭乡 → 除外", "抽样", "T1 青溪镇人民政府", "R2 仁和药房"]
    {
        assert!(text.contains(part), "{part} in\n{text}");
    }
    assert!(describe(&set, &graph, &lexicon, false).contains("Sureness: sample"));
}
