//! The pool of a whole district: every row becomes the item it is, with its fields.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tongchou::ingest::{Limits, Submissions, read_paths};
use tongchou::model::diagnostic::Severity;
use tongchou::model::item::{Field, InferredFrom, Item};
use tongchou::text::fold;

fn pool() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pool-north")
}

fn read(path: PathBuf) -> Submissions {
    read_paths(&[path], &Limits::default(), &mut |_| {}).expect("the fixture folder can be read")
}

/// `file,sheet,row → id`.
fn expected() -> BTreeMap<(String, String, u32), String> {
    let text = std::fs::read_to_string(pool().join("submissions/expected.csv")).expect("expected.csv");
    text.trim_start_matches('\u{feff}')
        .lines()
        .skip(1)
        .map(|line| {
            let mut parts = line.rsplitn(4, ',');
            let id = parts.next().expect("id").to_owned();
            let row = parts.next().expect("row").parse().expect("row number");
            let sheet = parts.next().expect("sheet").to_owned();
            ((parts.next().expect("file").to_owned(), sheet, row), id)
        })
        .collect()
}

#[test]
fn every_row_becomes_exactly_the_item_it_is() {
    let submissions = read(pool().join("submissions"));
    let expected = expected();
    let mut found: BTreeMap<(String, String, u32), &Item> = BTreeMap::new();
    for item in &submissions.items {
        let source = item.source.clone().expect("a read item has a source");
        let before = found.insert((source.file.to_string(), source.sheet.to_string(), source.row), item);
        assert!(before.is_none(), "one row gave two items: {item:?}");
    }
    let missing: Vec<_> = expected.keys().filter(|place| !found.contains_key(*place)).collect();
    let extra: Vec<_> = found.keys().filter(|place| !expected.contains_key(*place)).collect();
    assert!(missing.is_empty() && extra.is_empty(), "missing {missing:#?}\nextra {extra:#?}");
    let rejected: Vec<_> =
        submissions.diagnostics.iter().filter(|message| message.severity >= Severity::Rejected).collect();
    assert!(rejected.is_empty(), "{rejected:#?}");
    assert_eq!(submissions.files, 48);
}

/// The fields of an item as folded texts, empty where absent.
fn folded_fields(item: &Item) -> BTreeMap<Field, String> {
    let text = |value: &Option<String>| fold(value.as_deref().unwrap_or_default());
    Field::ALL
        .into_iter()
        .filter(|field| *field != Field::Id)
        .map(|field| {
            let value = match field {
                Field::Id => String::new(),
                Field::Name => fold(&item.name),
                Field::Kind => text(&item.kind),
                Field::Jurisdiction => text(&item.jurisdiction),
                Field::Organizer => text(&item.organizer),
                Field::CoOrganizers => {
                    item.co_organizers.iter().map(|unit| fold(unit)).collect::<Vec<_>>().join("|")
                }
                Field::Targets => {
                    item.targets.iter().map(|target| fold(target)).collect::<Vec<_>>().join("|")
                }
                Field::Schedule => text(&item.schedule),
                Field::Frequency => text(&item.frequency),
                Field::Basis => text(&item.basis),
                Field::Content => text(&item.content),
                Field::Method => text(&item.method),
                Field::Ratio => text(&item.ratio),
                Field::Notes => text(&item.notes),
            };
            (field, value)
        })
        .collect()
}

#[test]
fn the_fields_are_what_was_typed() {
    let submissions = read(pool().join("submissions"));
    let typed: BTreeMap<String, Item> =
        read(pool().join("items.jsonl")).items.into_iter().map(|item| (item.id.clone(), item)).collect();
    let expected = expected();
    let (mut fields, mut agreeing) = (0, 0);
    let mut differing = Vec::new();
    for item in &submissions.items {
        let source = item.source.clone().expect("source");
        let id = &expected[&(source.file.to_string(), source.sheet.to_string(), source.row)];
        let (mine, theirs) = (folded_fields(item), folded_fields(&typed[id]));
        for field in mine.keys() {
            fields += 1;
            if mine[field] == theirs[field] {
                agreeing += 1;
            } else {
                differing.push(format!(
                    "{id} {}: read {:?}, typed {:?}",
                    field.key(),
                    mine[field],
                    theirs[field]
                ));
            }
        }
    }
    assert_eq!(fields, 220 * 13);
    assert!(agreeing * 100 >= fields * 99, "{agreeing} of {fields}:\n{}", differing.join("\n"));
}

#[test]
fn what_stood_in_a_merged_cell_says_so() {
    let submissions = read(pool().join("submissions"));
    let item = submissions.items.iter().find(|item| item.name.starts_with("农村公路")).expect("the item");
    assert_eq!(item.frequency.as_deref(), Some("1次/年"));
    assert!(item.inferred.iter().any(|i| i.field == Field::Frequency && i.from == InferredFrom::MergedCell));
}

#[test]
fn the_mapping_of_every_table_is_told() {
    let submissions = read(pool().join("submissions"));
    assert_eq!(submissions.mappings.len(), 47);
    let unknown: Vec<_> = submissions
        .mappings
        .iter()
        .flat_map(|mapping| &mapping.columns)
        .filter(|column| column.field.is_none() && !["序号", "编号"].contains(&fold(&column.header).as_str()))
        .collect();
    assert!(unknown.is_empty(), "{unknown:#?}");
    let gb =
        submissions.mappings.iter().filter(|mapping| mapping.encoding.as_deref() == Some("GB18030")).count();
    assert_eq!(gb, 4);
}

#[test]
fn the_order_of_the_inputs_does_not_matter() {
    let folder = pool().join("submissions");
    let (one, two) = (folder.join("民委2023.xlsx"), folder.join("残联.csv"));
    let limits = Limits::default();
    let forth = read_paths(&[one.clone(), two.clone()], &limits, &mut |_| {}).expect("both exist");
    let back = read_paths(&[two, one], &limits, &mut |_| {}).expect("both exist");
    assert_eq!(forth, back);
}
