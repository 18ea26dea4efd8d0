//! The reviewers' loop through the command line: consolidate, fill in `review.csv`, consolidate again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/pool-north").join(name)
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tongchou")).args(arguments).output().expect("the program runs")
}

/// Consolidates `input` into `out`, which must succeed; gives what went to stderr.
fn consolidate(input: &Path, out: &Path, more: &[&str]) -> String {
    let units = fixture("units.csv");
    let mut arguments = vec!["consolidate", path(input), "--units", path(&units), "--out", path(out)];
    arguments.extend_from_slice(more);
    let output = run(&arguments);
    let messages = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{messages}");
    messages
}

fn path(path: &Path) -> &str {
    path.to_str().expect("paths of the test are UTF-8")
}

fn plan(out: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(out.join("plan.json")).expect("plan.json")).expect("a plan")
}

/// Members by plan item id.
fn groups(plan: &Value) -> BTreeMap<String, Vec<String>> {
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    plan["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|item| {
            let mut members: Vec<String> =
                item["members"].as_array().expect("members").iter().map(|m| text(&m["item"])).collect();
            members.sort();
            (text(&item["id"]), members)
        })
        .collect()
}

/// The plan item that holds `item`.
fn home<'g>(groups: &'g BTreeMap<String, Vec<String>>, item: &str) -> (&'g str, &'g [String]) {
    let found = groups.iter().find(|(_, members)| members.iter().any(|member| member == item));
    let (id, members) = found.expect("every item is in the plan");
    (id, members)
}

/// The first review pair with that state: its ids.
fn pair(plan: &Value, merged: bool) -> (String, String) {
    let pairs = plan["review"].as_array().expect("review");
    let found = pairs.iter().find(|pair| pair["merged"] == merged).expect("a pair of each kind");
    let side = |side: &str| found["evidence"][side].as_str().expect("an id").to_owned();
    (side("a"), side("b"))
}

/// `review.csv` with a word in the decision column of the rows of these pairs.
fn filled_in(review: &str, verdicts: &[(&(String, String), &str)]) -> String {
    let mut text = review.to_owned();
    for ((a, b), word) in verdicts {
        let row = format!("\n,{a},{b},");
        assert!(text.contains(&row), "{row} is in review.csv");
        text = text.replace(&row, &format!("\n{word},{a},{b},"));
    }
    text
}

#[test]
fn the_plan_changes_exactly_where_a_reviewer_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let items = fixture("items.jsonl");
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    consolidate(&items, &first, &[]);
    let before = plan(&first);
    let (merge, separate) = (pair(&before, false), pair(&before, true));
    let review = std::fs::read_to_string(first.join("review.csv")).expect("review.csv");
    let decided = folder.path().join("review.csv");
    std::fs::write(&decided, filled_in(&review, &[(&merge, "合并"), (&separate, "分开")])).expect("written");
    let messages = consolidate(&items, &second, &["--decisions", path(&decided)]);
    assert!(!messages.contains("review.csv"), "{messages}");
    let after = plan(&second);

    let (old, new) = (groups(&before), groups(&after));
    assert_eq!(home(&new, &merge.0).0, home(&new, &merge.1).0);
    assert_ne!(home(&new, &separate.0).0, home(&new, &separate.1).0);
    // Items of no plan item that was decided on are where they were, under the same id.
    let touched: Vec<&str> =
        [&merge.0, &merge.1, &separate.0, &separate.1].iter().map(|item| home(&old, item).0).collect();
    for (id, members) in old.iter().filter(|(id, _)| !touched.contains(&id.as_str())) {
        assert_eq!(new.get(id), Some(members), "{id} has nothing to do with the decisions");
    }
    // And the member says why it is there.
    let evidence = after["items"]
        .as_array()
        .expect("items")
        .iter()
        .flat_map(|item| item["evidence"].as_array().expect("evidence").clone());
    let rules: Vec<String> =
        evidence.map(|entry| entry["rule_zh"].as_str().expect("a rule").to_owned()).collect();
    assert!(rules.iter().any(|rule| rule.starts_with("审定意见:合并(第")), "{rules:?}");
    // What was decided is not asked again.
    let asked = std::fs::read_to_string(second.join("review.csv")).expect("review.csv");
    assert!(!asked.contains(&format!("\n,{},{},", merge.0, merge.1)));
    // Decisions hold when nothing else changed: the third run is the second.
    let third = folder.path().join("third");
    consolidate(&items, &third, &["--decisions", path(&decided)]);
    assert_eq!(groups(&plan(&third)), new);
}

/// The fixture as a CSV without ids, so that every id is a place; `above` is put before the rows.
fn without_ids(folder: &Path, above: &str) -> PathBuf {
    let text = std::fs::read_to_string(fixture("items.jsonl")).expect("the fixture");
    let mut csv = String::from("name,organizer,targets,schedule,content\n");
    csv.push_str(above);
    for line in text.lines() {
        let item: Value = serde_json::from_str(line).expect("an item");
        let cell = |key: &str| match &item[key] {
            Value::String(text) => text.replace(['"', '\n', '\r'], ""),
            Value::Array(list) => list
                .iter()
                .filter_map(Value::as_str)
                .map(|text| text.replace(['"', '\n', '\r'], ""))
                .collect::<Vec<_>>()
                .join("、"),
            _ => String::new(),
        };
        let cells =
            ["name", "organizer", "targets", "schedule", "content"].map(|key| format!("\"{}\"", cell(key)));
        csv.push_str(&cells.join(","));
        csv.push('\n');
    }
    let file = folder.join("全部.csv");
    std::fs::write(&file, csv).expect("written");
    file
}

#[test]
fn decisions_survive_new_rows_and_what_is_gone_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("plan");
    let input = without_ids(folder.path(), "");
    consolidate(&input, &out, &[]);
    let before = plan(&out);
    let asked = pair(&before, false);
    assert!(asked.0.contains('#'), "ids are places: {}", asked.0);
    let review = std::fs::read_to_string(out.join("review.csv")).expect("review.csv");
    let decided = folder.path().join("review.csv");
    let mut text = filled_in(&review, &[(&asked, "merge")]);
    text.push_str("separate,gone#1!1,gone#1!2,,,,,,,,,,,,,,F0000000000000001,F0000000000000002\n");
    std::fs::write(&decided, &text).expect("written");
    let lines = text.lines().count();

    // Two rows above: every id moves by two.
    let input = without_ids(folder.path(), "新增事项甲,某单位,,,\n新增事项乙,某单位,,,\n");
    let messages = consolidate(&input, &out, &["--decisions", path(&decided), "--lang", "en"]);
    let after = plan(&out);
    let name = |plan: &Value, id: &str| -> String {
        let items = plan["submitted"].as_array().expect("submitted");
        let item = items.iter().find(|item| item["id"] == id).expect("an item");
        item["name"].as_str().expect("a name").to_owned()
    };
    let moved = |id: &str| {
        let (place, row) = id.rsplit_once('!').expect("a place");
        format!("{place}!{}", row.parse::<u32>().expect("a row") + 2)
    };
    assert_eq!(name(&before, &asked.0), name(&after, &moved(&asked.0)));
    let new = groups(&after);
    assert_eq!(home(&new, &moved(&asked.0)).0, home(&new, &moved(&asked.1)).0);
    // The pair that is gone is reported with its line.
    assert!(messages.contains("warning: found `gone#1!1`"), "{messages}");
    let row = after["diagnostics"]
        .as_array()
        .expect("diagnostics")
        .iter()
        .find(|diagnostic| diagnostic["code"] == "decision_unmatched")
        .map(|diagnostic| diagnostic["source"]["row"].clone());
    // Cells hold line breaks, so the record's line is beyond its number, and at most the last.
    assert!(row.and_then(|row| row.as_u64()).is_some_and(|row| row > 1 && row <= lines as u64));
}

#[test]
fn keep_and_withdraw_work_and_contradictions_stop_the_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let items = fixture("items.jsonl");
    let out = folder.path().join("plan");
    let file = folder.path().join("d.jsonl");
    std::fs::write(
        &file,
        "{\"item\":\"MZJ-02\",\"decision\":\"keep\"}\n{\"item\":\"XF-02\",\"decision\":\"withdraw\",\"by\":\"张三\"}\n",
    )
    .expect("written");
    consolidate(&items, &out, &["--decisions", path(&file)]);
    let after = plan(&out);
    assert_eq!(home(&groups(&after), "MZJ-02").1, ["MZJ-02"]);
    let rows = after["dispositions"].as_array().expect("dispositions");
    let row = rows.iter().find(|row| row["item_id"] == "XF-02").expect("a row");
    assert_eq!(row["action"], "withdrawn");
    let counts = &after["summary"];
    assert_eq!(
        (&counts["submitted"], &counts["rejected"], &counts["withdrawn"]),
        (&219.into(), &0.into(), &1.into())
    );
    // The table for tools knows three actions only.
    let table = std::fs::read_to_string(out.join("dispositions.csv")).expect("dispositions.csv");
    assert!(
        table.lines().any(|line| line.starts_with("XF-02,") && line.ends_with(",,rejected,,,")),
        "{table}"
    );

    std::fs::write(
        &file,
        "{\"a\":\"MZJ-01\",\"b\":\"MZJ-02\",\"decision\":\"merge\"}\n\n{\"item\":\"MZJ-02\",\"decision\":\"keep\"}\n",
    )
    .expect("written");
    let output = run(&["consolidate", path(&items), "--out", path(&out), "--decisions", path(&file)]);
    assert_eq!(output.status.code(), Some(1));
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(messages.contains("d.jsonl: lines 1 and 3 contradict"), "{messages}");
}

#[test]
fn a_reviewers_merge_outranks_a_protection() {
    let folder = tempfile::tempdir().expect("a folder");
    let (items, out, file) =
        (fixture("items.jsonl"), folder.path().join("plan"), folder.path().join("d.jsonl"));
    consolidate(&items, &out, &[]);
    let barred = plan(&out)["barred"][0].clone();
    let (a, b) = (barred["a"].as_str().expect("an id"), barred["b"].as_str().expect("an id"));
    std::fs::write(&file, format!("{{\"a\":\"{a}\",\"b\":\"{b}\",\"decision\":\"merge\"}}\n"))
        .expect("written");
    consolidate(&items, &out, &["--decisions", path(&file)]);
    let after = groups(&plan(&out));
    assert_eq!(home(&after, a).0, home(&after, b).0);
}
