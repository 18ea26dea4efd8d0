//! `tongchou add` through the command line.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/pool-north").join(name)
}

/// The pool without its last twenty items, and these.
fn halves(folder: &Path) -> [PathBuf; 2] {
    let items = std::fs::read_to_string(fixture("items.jsonl")).expect("the fixture");
    let lines: Vec<&str> = items.lines().collect();
    let (now, late) = lines.split_at(lines.len() - 20);
    [("now.jsonl", now), ("late.jsonl", late)].map(|(name, lines)| {
        let path = folder.join(name);
        std::fs::write(&path, lines.join("\n")).expect("a file");
        path
    })
}

fn tongchou(arguments: &[&Path]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_tongchou")).args(arguments).output();
    output.expect("the program runs")
}

fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).expect("a file")
}

#[test]
fn late_proposals_are_placed_and_end_in_the_plan_of_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let [now, late] = halves(folder.path());
    let (units, out, whole) = (fixture("units.csv"), folder.path().join("out"), folder.path().join("whole"));
    let [add, new, roster, into] = ["add", "--new", "--units", "--out"].map(Path::new);
    let output = tongchou(&[add, &now, new, &late, roster, &units, into, &out]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let told = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(told.contains("SCJ-06 “春季学校食堂食品安全监督检查”（市监局）"), "{told}");
    assert!(told.contains("  JY-04 “校园食品安全和学校食堂管理督导”（区教体局） 并入本项：重复"), "{told}");
    assert!(told.contains("（共上报 220 项）"), "{told}");

    let output = tongchou(&[Path::new("consolidate"), &now, &late, roster, &units, into, &whole]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for file in
        ["plan.json", "plan.xlsx", "plan.md", "summary.json", "dispositions.csv", "targets.csv", "review.csv"]
    {
        assert!(bytes(&out.join(file)) == bytes(&whole.join(file)), "{file}");
    }
}

#[test]
fn an_id_that_is_taken_is_told_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let [now, late] = halves(folder.path());
    let mut twice = String::from_utf8(bytes(&late)).expect("UTF-8");
    let first = twice.lines().next().expect("a line").to_owned();
    twice.insert_str(0, &format!("{first}\n"));
    std::fs::write(&late, twice).expect("a file");
    let [add, new, english] = ["add", "--new", "--lang=en"].map(Path::new);
    let output = tongchou(&[add, &now, english, new, &late]);
    assert_eq!(output.status.code(), Some(1));
    let refused = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(refused.contains("is used by both"), "{refused}");
    let told = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(told.contains("of 220 submitted"), "{told}");
}
