//! Items of several places in one pool: each is planned for its own place, with a roster or without.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use tongchou::ingest::{Limits, read_paths};
use tongchou::lexicon::Lexicon;
use tongchou::model::relation::Relation;
use tongchou::targets::UnitGraph;
use tongchou::{Consolidator, Input, Item, Plan, Policy};

/// Name, organizer, targets, months, jurisdiction.
type Row<'a> = [&'a str; 5];

fn items(rows: &[Row<'_>]) -> Vec<Item> {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let item = |(number, &[name, organizer, targets, schedule, jurisdiction]): (usize, &Row<'_>)| Item {
        id: format!("{number}"),
        name: name.to_owned(),
        organizer: text(organizer),
        targets: vec![targets.to_owned()],
        schedule: text(schedule),
        jurisdiction: text(jurisdiction),
        ..Item::default()
    };
    rows.iter().enumerate().map(item).collect()
}

fn roster() -> UnitGraph {
    let mut csv =
        String::from("id,name,aliases,kind,parent,tags\nX,兴州市人民政府,兴州市|市政府,government,,\n");
    csv.push_str("XE,兴州市教育局,市教育局,department,X,政府部门\n");
    let county = "?,@人民政府,@|县政府,government,X,
?E,@教育局,县教育局|县教体局,department,?,政府部门
?M,@市场监督管理局,县市场监管局,department,?,政府部门
?1,@第一中学,,school,?,中学
?2,@实验小学,,school,?,小学
";
    for (id, place) in [("A", "甘泉县"), ("B", "青山县")] {
        csv.push_str(&county.replace('?', id).replace('@', place));
    }
    UnitGraph::from_csv(csv.as_bytes(), &Lexicon::builtin()).expect("a roster").0
}

fn plan(items: Vec<Item>, units: Option<&UnitGraph>) -> Plan {
    let consolidator = Consolidator::new(Policy::default()).expect("the shipped policy");
    let input = Input::new(items);
    let input = match units {
        Some(units) => input.with_units(units),
        None => input,
    };
    consolidator.consolidate(input).expect("a plan")
}

/// Ids of items put together, the groups in order.
fn groups(plan: &Plan) -> Vec<Vec<&str>> {
    let mut groups: Vec<Vec<&str>> = plan
        .items
        .iter()
        .map(|item| {
            let mut ids: Vec<&str> = item.members.iter().map(|member| member.item.as_str()).collect();
            ids.sort_unstable();
            ids
        })
        .collect();
    groups.sort_unstable();
    groups
}

const TWO_COUNTIES: [Row<'_>; 4] = [
    ["校园食堂食品安全督查", "县教育局", "各中小学校", "3月", "甘泉县"],
    ["校园食堂食品安全检查", "县市场监管局", "各中小学校", "3月", "甘泉县"],
    ["校园食堂食品安全督查", "县教育局", "各中小学校", "3月", "青山县"],
    ["校园食堂食品安全检查", "县市场监管局", "各中小学校", "3月", "青山县"],
];

#[test]
fn schools_of_two_counties_are_not_the_same() {
    let roster = roster();
    let with_cells = items(&TWO_COUNTIES);
    let with_names = items(&TWO_COUNTIES.map(|row| {
        let organizer = row[1].replacen('县', row[4], 1);
        [row[0], Box::leak(organizer.into_boxed_str()), row[2], row[3], ""]
    }));
    for items in [with_cells, with_names] {
        for units in [None, Some(&roster)] {
            let plan = plan(items.clone(), units);
            assert_eq!(groups(&plan), [["0", "1"], ["2", "3"]], "roster: {}", units.is_some());
        }
    }
}

#[test]
fn a_bare_name_is_that_of_the_own_county() {
    let roster = roster();
    let plan = plan(items(&TWO_COUNTIES), Some(&roster));
    let leads: BTreeSet<&str> =
        plan.items.iter().filter_map(|item| Some(item.lead.as_ref()?.value.as_str())).collect();
    assert!(leads.iter().any(|lead| lead.starts_with("青山县")), "{leads:?}");
    assert!(leads.iter().any(|lead| lead.starts_with("甘泉县")), "{leads:?}");
    let place = ["甘泉县", "青山县"].map(|place| roster.find(place).expect("a county"));
    for (name, own, expected) in [
        ("县教体局", place[1], Some("青山县教育局")),
        ("青山县教体局", place[0], Some("青山县教育局")),
        ("县教体局", roster.root().expect("a city"), None),
    ] {
        let found = roster.find_within(name, Some(own)).map(|unit| roster.unit(unit).name());
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn the_city_goes_to_every_county() {
    let rows = [
        ["课后服务检查", "兴州市教育局", "全市中小学校", "3月", ""],
        ["课后服务检查", "甘泉县教育局", "全县中小学校", "3月", ""],
        ["课后服务检查", "青山县教育局", "全县中小学校", "3月", ""],
    ];
    let roster = roster();
    let mut items = items(&rows);
    for item in &mut items {
        item.content = Some("课后服务开展、收费和安全管理".to_owned());
    }
    for units in [None, Some(&roster)] {
        let plan = plan(items.clone(), units);
        let [item] = &plan.items[..] else { panic!("{:?}", groups(&plan)) };
        assert_eq!(item.members[0].item, "0", "the city's is the core");
        assert!(item.members[1..].iter().all(|member| member.relation != Some(Relation::Joint)));
        let of = |id: &str| {
            plan.targets.iter().find(|targets| targets.item_id == id).map_or(0, |targets| targets.units.len())
        };
        assert!(of("1") < of("0"), "a county's schools are fewer than the city's");
    }
}

#[test]
fn the_city_has_schools_of_its_own() {
    let lexicon = Lexicon::builtin();
    let rows = "id,name,aliases,kind,parent,tags\nX,兴州市人民政府,兴州市,government,,\nX1,兴州市实验中学,,school,X,中学
A,甘泉县人民政府,甘泉县,government,X,\nA1,甘泉县第一中学,,school,A,中学\n";
    let roster = UnitGraph::from_csv(rows.as_bytes(), &lexicon).expect("a roster").0;
    let resolver = tongchou::targets::Resolver::new(&roster, &lexicon);
    let found = |phrase: &str, place: Option<&str>| {
        let place = place.and_then(|place| roster.find(place));
        let units = resolver.resolve(&[phrase.to_owned()], place).units;
        units.iter().map(|unit| roster.unit(unit).id().to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(found("全市中学", None), "A1 X1");
    assert_eq!(found("市直中学(1所)", None), "X1");
    assert_eq!(found("县属中学", Some("甘泉县")), "A1");
    assert_eq!(found("县属中学", None), "A1 X1", "which county's nobody says");
}

#[test]
fn a_jurisdiction_that_the_roster_does_not_know_is_told() {
    let roster = roster();
    let plan = plan(items(&[["课后服务检查", "青山县教育局", "各中小学校", "3月", "白河区"]]), Some(&roster));
    let told: Vec<&str> = plan.diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
    assert_eq!(told, ["unknown_jurisdiction"]);
    assert_eq!(plan.diagnostics[0].found, "白河区");
}

/// A county's whole submissions, written by the offices of two counties.
#[test]
fn two_counties_without_a_roster_are_planned_apart() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pool-north/items.jsonl");
    let read = read_paths(&[file], &Limits::default(), &mut |_| {}).expect("items");
    let mut place_of: BTreeMap<String, &str> = BTreeMap::new();
    let mut both = Vec::new();
    for place in ["甘泉县", "青山县"] {
        for item in &read.items {
            let mut item = item.clone();
            item.id = format!("{place}{}", item.id);
            item.source = None;
            item.jurisdiction = Some(place.to_owned());
            place_of.insert(item.id.clone(), place);
            both.push(item);
        }
    }
    let plan = plan(both, None);
    for group in groups(&plan) {
        let places: BTreeSet<&str> = group.iter().map(|id| place_of[*id]).collect();
        assert_eq!(places.len(), 1, "{group:?}");
    }
    assert!(plan.items.len() < place_of.len() * 9 / 10, "each county's own merge");
}
