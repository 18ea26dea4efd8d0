//! The true groups of the fixture pool, merged and held against what a person chose.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;

use tongchou::Item;
use tongchou::lexicon::Lexicon;
use tongchou::merge::{Context, Member, core_rank, merge};
use tongchou::model::plan::PlanItem;
use tongchou::model::relation::Relation;
use tongchou::model::standard_item::StandardItem;
use tongchou::model::target_set::TargetSet;
use tongchou::standardise::{self, standardise};
use tongchou::targets::{Resolver, UnitGraph};
use tongchou::text::fold;

#[derive(Deserialize)]
struct Truth {
    groups: Vec<Group>,
}

#[derive(Deserialize)]
struct Group {
    id: String,
    core: String,
    members: Vec<TrueMember>,
    merged_name: String,
    lead: String,
    co: Vec<String>,
}

#[derive(Deserialize)]
struct TrueMember {
    id: String,
    relation: Relation,
}

fn read(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/pool-north").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn items() -> BTreeMap<String, Item> {
    read("items.jsonl")
        .lines()
        .map(|line| serde_json::from_str::<Item>(line).expect("an item of the pool"))
        .map(|item| (item.id.clone(), item))
        .collect()
}

/// The canonical name of a unit as typed.
fn canonical(typed: &str, graph: &UnitGraph) -> String {
    match graph.find(typed) {
        Some(unit) => graph.unit(unit).name().to_owned(),
        None => typed.split(['(', '（']).next().unwrap_or_default().to_owned(),
    }
}

/// Everything that borrowed members point to.
struct Known {
    item: Item,
    standard: StandardItem,
    targets: TargetSet,
    organizer: Option<String>,
    co_organizers: Vec<String>,
    functions: Vec<u32>,
    relation: Option<Relation>,
}

fn known(
    item: &Item,
    relation: Option<Relation>,
    lexicon: &Lexicon,
    resolver: &Resolver<'_>,
    places: &standardise::Places,
) -> Known {
    let graph = resolver.graph();
    let organizer = item.organizer.as_deref().map(|typed| canonical(typed, graph));
    let context = standardise::Context { lexicon, plan_year: Some(2023), places };
    let mut functions: Vec<u32> = [item.organizer.as_deref(), organizer.as_deref()]
        .into_iter()
        .flatten()
        .flat_map(|name| lexicon.departments.functions_of(&fold(name)).to_vec())
        .collect();
    functions.sort_unstable();
    functions.dedup();
    Known {
        standard: standardise(item, &context),
        targets: resolver.resolve(&item.targets, None),
        co_organizers: item.co_organizers.iter().map(|typed| canonical(typed, graph)).collect(),
        functions,
        organizer,
        item: item.clone(),
        relation,
    }
}

fn merged(members: &[Known], lexicon: &Lexicon) -> PlanItem {
    let members: Vec<Member<'_>> = members
        .iter()
        .map(|known| Member {
            item: &known.item,
            standard: &known.standard,
            targets: &known.targets,
            organizer: known.organizer.as_deref(),
            co_organizers: &known.co_organizers,
            functions: &known.functions,
            relation: known.relation,
            evidence: None,
        })
        .collect();
    merge(&members, &Context { lexicon, plan_year: Some(2023) })
}

#[test]
#[expect(clippy::print_stderr, reason = "the table is read with --nocapture when the rules change")]
fn groups_read_as_a_person_would_write_them() {
    let lexicon = Lexicon::builtin();
    let items = items();
    let (graph, _) = UnitGraph::from_csv(read("units.csv").as_bytes(), &lexicon).expect("the pool's roster");
    let (resolver, places) =
        (Resolver::new(&graph, &lexicon), standardise::Places::new(graph.names_of_places(&lexicon)));
    let truth: Truth = serde_json::from_str(&read("truth.json")).expect("the pool's truth");
    let (mut leads, mut cores, mut similarity, mut supporting) = (0, 0, 0.0, 0);
    for group in &truth.groups {
        let mut members = vec![known(&items[&group.core], None, &lexicon, &resolver, &places)];
        members.extend(
            group
                .members
                .iter()
                .map(|member| known(&items[&member.id], Some(member.relation), &lexicon, &resolver, &places)),
        );
        let plan_item = merged(&members, &lexicon);
        let lead = plan_item.lead.as_ref().map_or("", |lead| lead.value.as_str());
        let co: Vec<&str> = plan_item.co_organizers.iter().map(|unit| unit.value.as_str()).collect();
        let alike = strsim::normalized_levenshtein(&plan_item.name.value, &group.merged_name);
        let best = (0..members.len())
            .max_by_key(|&position| {
                let member = &members[position];
                (core_rank(&member.item, &member.standard, &member.targets), std::cmp::Reverse(position))
            })
            .unwrap_or(0);
        leads += usize::from(lead == group.lead);
        supporting += usize::from(group.co.iter().all(|unit| co.contains(&unit.as_str())));
        cores += usize::from(best == 0);
        similarity += alike;
        eprintln!("{} {}\n    {}   {alike:.2}", group.id, plan_item.name.value, group.merged_name);
        if lead != group.lead {
            eprintln!("    lead {lead}, person {}", group.lead);
        }
        if best != 0 {
            eprintln!("    core {} {}", members[best].item.id, members[best].item.name);
        }
        let when = plan_item.schedule.map_or(String::new(), |text| text.value);
        let often = plan_item.frequency.map_or(String::new(), |text| text.value);
        eprintln!("    {when} | {often} ({:?}) | {co:?} / {:?}", plan_item.visits_per_year, group.co);
    }
    let count = truth.groups.len();
    let accuracy = leads as f64 / count as f64;
    let average = similarity / count as f64;
    eprintln!(
        "{count} groups: lead {accuracy:.3}, all supporting units {supporting}, core {cores}, names {average:.3}"
    );
    assert!(accuracy >= 0.85, "lead accuracy {accuracy}");
    assert!(average >= 0.55, "average similarity of names {average}");
}
