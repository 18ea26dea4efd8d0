//! Rosters with faults, other columns and other encodings.

use tongchou::Error;
use tongchou::lexicon::Lexicon;
use tongchou::model::diagnostic::{Diagnostic, Severity};
use tongchou::model::ids::UnitIdx;
use tongchou::model::unit::Unit;
use tongchou::targets::{Resolver, UnitGraph};

fn read(text: &str) -> (UnitGraph, Vec<Diagnostic>) {
    UnitGraph::from_csv(text.as_bytes(), &Lexicon::builtin()).expect("roster")
}

fn codes(diagnostics: &[Diagnostic]) -> Vec<(&str, u32)> {
    diagnostics.iter().map(|diagnostic| (diagnostic.code.as_str(), diagnostic.source.row)).collect()
}

#[test]
fn faults_are_told_with_their_rows() {
    let (graph, diagnostics) = read(
        "id,name,aliases,kind,parent,tags\n\
         G,甲县人民政府,,government,,\n\
         A,红村,,village,B,\n\
         B,绿村,,village,A,\n\
         C,蓝村,,village,X,\n\
         C,黄村,,village,G,\n\
         D,,,village,G,\n\
         E,一村,新村|老村（旧称）,village,G,\n\
         F,二村,新村,village,G,\n\
         H,三村,,village,H,\n",
    );
    assert_eq!(
        codes(&diagnostics),
        [
            ("unit_circle", 3),
            ("unknown_parent", 5),
            ("duplicate_unit_id", 6),
            ("unit_without_name", 7),
            ("ambiguous_unit_name", 9),
            ("unit_circle", 10),
        ]
    );
    assert!(diagnostics[0].found.contains("3, 4"), "{:?}", diagnostics[0]);
    assert!(diagnostics[2].found.contains("row 5"), "{:?}", diagnostics[2]);
    assert_eq!(diagnostics[2].severity, Severity::Rejected);
    assert_eq!(graph.len(), 7);
    // All that lost their parents lie in the only government.
    let root = graph.root().expect("one root");
    assert_eq!(graph.unit(root).id(), "G");
    assert!(graph.units().all(|unit| graph.is_within(unit.index(), root)));
    let old = graph.find("老村").expect("the mark is stripped");
    assert_eq!(graph.unit(old).aliases().collect::<Vec<_>>(), ["新村", "老村"]);
}

#[test]
fn several_parents_contain_a_unit() {
    let (graph, diagnostics) = read(
        "id,name,kind,parent\nG,甲县人民政府,government,\nD,教育局,department,G\nT,甲镇,township,G\n\
         U,乙镇,township,G\nS,甲镇小学,school,T|D\nK,甲镇小学东校区,school,S\nW,乙镇小学,school,乙镇\n",
    );
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let unit = |id: &str| graph.by_id(id).expect("there");
    for (inner, outer, expected) in [
        ("S", "T", true),
        ("S", "D", true),
        ("K", "D", true),
        ("K", "G", true),
        ("W", "U", true),
        ("W", "D", false),
        ("T", "S", false),
        ("D", "D", true),
    ] {
        assert_eq!(graph.is_within(unit(inner), unit(outer)), expected, "{inner} in {outer}");
    }
    let schools = graph.descendants(unit("D"));
    assert_eq!(schools.len(), 3);
    assert_eq!(graph.parents(unit("S")).len(), 2);
    assert_eq!(graph.children(unit("S")), [unit("K")]);
    for unit in graph.units() {
        let range = graph.subtree(unit.index());
        assert!(range.contains(&unit.index().as_u32()));
        assert!(graph.descendants(unit.index()).len() >= range.len());
    }
}

#[test]
fn headers_and_encodings_vary() {
    let text = "\u{feff}单位编号;单位名称;简称;类型;上级;标签;备注\r\n1;云县人民政府;;政府;;;\r\n2;云县一中;一中|县一中;学校;1;高中;好\r\n";
    let (graph, diagnostics) = read(text);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert_eq!(graph.unit(graph.find("县一中").expect("alias")).tags().collect::<Vec<_>>(), ["高中"]);
    let gb = in_gb18030(text.trim_start_matches('\u{feff}'));
    let (same, _) = UnitGraph::from_csv(&gb, &Lexicon::builtin()).expect("GB18030");
    assert_eq!(
        same.units().map(|unit| unit.name().to_owned()).collect::<Vec<_>>(),
        graph.units().map(|unit| unit.name().to_owned()).collect::<Vec<_>>()
    );
}

/// 云县 … in GB18030, written out: the library brings no encoder.
fn in_gb18030(text: &str) -> Vec<u8> {
    let table: &[(char, [u8; 2])] = &[
        ('单', [0xb5, 0xa5]),
        ('位', [0xce, 0xbb]),
        ('编', [0xb1, 0xe0]),
        ('号', [0xba, 0xc5]),
        ('名', [0xc3, 0xfb]),
        ('称', [0xb3, 0xc6]),
        ('简', [0xbc, 0xf2]),
        ('类', [0xc0, 0xe0]),
        ('型', [0xd0, 0xcd]),
        ('上', [0xc9, 0xcf]),
        ('级', [0xbc, 0xb6]),
        ('标', [0xb1, 0xea]),
        ('签', [0xc7, 0xa9]),
        ('备', [0xb1, 0xb8]),
        ('注', [0xd7, 0xa2]),
        ('云', [0xd4, 0xc6]),
        ('县', [0xcf, 0xd8]),
        ('人', [0xc8, 0xcb]),
        ('民', [0xc3, 0xf1]),
        ('政', [0xd5, 0xfe]),
        ('府', [0xb8, 0xae]),
        ('一', [0xd2, 0xbb]),
        ('中', [0xd6, 0xd0]),
        ('学', [0xd1, 0xa7]),
        ('校', [0xd0, 0xa3]),
        ('高', [0xb8, 0xdf]),
        ('好', [0xba, 0xc3]),
    ];
    let mut bytes = Vec::new();
    for character in text.chars() {
        match table.iter().find(|(known, _)| *known == character) {
            Some((_, code)) => bytes.extend_from_slice(code),
            None => bytes.push(u8::try_from(u32::from(character)).expect("ASCII")),
        }
    }
    bytes
}

#[test]
fn a_roster_without_names_is_an_error() {
    let error = UnitGraph::from_csv(b"a,b\n1,2\n", &Lexicon::builtin()).expect_err("no name column");
    assert!(matches!(error, Error::Roster { row: 1, .. }), "{error}");
    let (empty, _) = UnitGraph::from_csv(b"id,name\n", &Lexicon::builtin()).expect("empty");
    assert!(empty.is_empty() && empty.root().is_none() && empty.find("甲").is_none());
}

#[test]
fn a_flat_roster_works() {
    let lexicon = Lexicon::builtin();
    let (graph, diagnostics) =
        read("name,kind\n甲镇,乡镇\n乙街道,街道\n丙加油站,\n丁敬老院,\n县教育局,\n戊供电所,\n己供电所,\n");
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let resolver = Resolver::new(&graph, &lexicon);
    let names = |phrase: &str| -> Vec<&str> {
        let set = resolver.resolve(&[phrase.to_owned()], None);
        set.units.iter().map(|unit| graph.unit(unit).name()).collect()
    };
    assert_eq!(names("各镇、街道").len(), 2);
    assert_eq!(names("加油站"), ["丙加油站"]);
    assert_eq!(names("养老机构"), ["丁敬老院"]);
    assert_eq!(names("县直部门"), ["县教育局"]);
    // A word that nothing knows, but that names end in.
    assert_eq!(names("各供电所").len(), 2);
}

#[test]
fn a_province_covers_its_counties() {
    let lexicon = Lexicon::builtin();
    let mut units = vec![Unit {
        id: "P".to_owned(),
        name: "云东省人民政府".to_owned(),
        kind: "government".to_owned(),
        ..Unit::default()
    }];
    for county in ["甲", "乙", "丙"] {
        let mut add = |id: String, name: String, kind: &str, parent: &str| {
            units.push(Unit {
                id,
                name,
                kind: kind.to_owned(),
                parents: vec![parent.to_owned()],
                ..Unit::default()
            });
        };
        add(county.to_owned(), format!("{county}子县人民政府"), "government", "P");
        add(format!("{county}1"), format!("{county}山镇"), "township", county);
        add(format!("{county}2"), format!("{county}水乡"), "township", county);
        add(format!("{county}e"), "教育局".to_owned(), "department", county);
    }
    let (graph, _) = UnitGraph::from_units(units, &lexicon).expect("roster");
    let resolver = Resolver::new(&graph, &lexicon);
    let ids = |phrase: &str, of: &str| -> Vec<&str> {
        let set = resolver.resolve(&[phrase.to_owned()], graph.by_id(of));
        let mut ids: Vec<&str> = set.units.iter().map(|unit| graph.unit(unit).id()).collect();
        ids.sort_unstable();
        ids
    };
    assert_eq!(ids("各乡镇", "P").len(), 6);
    assert_eq!(ids("各乡镇", "甲"), ["甲1", "甲2"]);
    assert_eq!(ids("各县（市、区）", "P"), ["丙", "乙", "甲"]);
    assert_eq!(ids("教育局", "乙"), ["乙e"]);
    assert_eq!(ids("县直部门", "丙"), ["丙e"]);
    assert_eq!(graph.find_within("县教育局", graph.by_id("甲")), graph.by_id("甲e"));
    // No department of the province itself is listed: those of its counties are meant.
    assert_eq!(ids("教育部门", "P").len(), 3);
}

#[test]
fn a_deep_roster_does_not_overflow() {
    let lexicon = Lexicon::builtin();
    let units = (0..100_000).map(|number: u32| Unit {
        id: number.to_string(),
        name: format!("单位{number}"),
        parents: if number == 0 { Vec::new() } else { vec![(number - 1).to_string()] },
        ..Unit::default()
    });
    let (graph, _) = UnitGraph::from_units(units.collect(), &lexicon).expect("roster");
    assert!(graph.is_within(UnitIdx::from(99_999), UnitIdx::from(0)));
    assert_eq!(graph.descendants(UnitIdx::from(0)).len(), 100_000);
}
