//! `tongchou frontier` and `--target-reduction` through the command line.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn fixture(name: &str) -> String {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/pool-north").join(name);
    path.to_str().expect("UTF-8").to_owned()
}

fn run(command: &str, out: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tongchou"))
        .args([command, &fixture("items.jsonl"), "--units", &fixture("units.csv"), "--out"])
        .arg(out)
        .args(more)
        .output()
        .expect("the program runs")
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).expect("a file")).expect("JSON")
}

#[test]
fn the_curve_is_written_and_targets_follow_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("curve");
    let output = run("frontier", &out, &[]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let table = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(table.contains("待议线") && table.contains("不设目标"), "{table}");
    let svg = std::fs::read_to_string(out.join("frontier.svg")).expect("frontier.svg");
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
    let csv = std::fs::read_to_string(out.join("frontier.csv")).expect("frontier.csv");
    let frontier = json(&out.join("frontier.json"));
    let steps = frontier["steps"].as_array().expect("steps");
    let beyond = frontier["beyond"].as_array().expect("beyond");
    assert_eq!(csv.lines().count(), 1 + steps.len() + beyond.len());
    let default = frontier["default_steps"].as_u64().expect("a count") as usize;
    assert!(0 < default && default < steps.len());

    let plan = |target: &str| {
        let out = folder.path().join(target);
        let output = run("consolidate", &out, &["--target-reduction", target]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        (json(&out.join("plan.json")), String::from_utf8(output.stdout).expect("UTF-8"))
    };
    let items = |plan: &Value| plan["items"].as_array().expect("items").len();
    // A small target needs few merges, and only those.
    let (small, said) = plan("5%");
    assert_eq!(items(&small), 220 - 11);
    assert_eq!(small["target"]["reached"], true);
    assert!(said.contains("已达到"), "{said}");
    // The boldest that the review line allows.
    let most = steps.last().expect("steps")["reduction_percent"].as_f64().expect("a number");
    let (bold, said) = plan(&format!("{:.1}%", most.floor()));
    assert_eq!(bold["target"]["reached"], true);
    assert!(bold["target"]["below_threshold"].as_u64() > Some(0));
    assert!(said.contains("低于合并线"), "{said}");
    let rules = bold.to_string();
    assert!(rules.contains("为达到压减目标而合并"));
    // Beyond it: stops at the line, exit 0, and says what would be next.
    let (stopped, said) = plan("90%");
    assert_eq!(items(&stopped), 220 - steps.len());
    assert_eq!(stopped["target"]["reached"], false);
    assert!(said.contains("达不到") && said.contains("如再往下"), "{said}");
}

#[test]
fn a_target_that_is_no_share_is_a_usage_error() {
    let folder = tempfile::tempdir().expect("a folder");
    for wrong in ["15", "-1%", "much"] {
        let target = format!("--target-reduction={wrong}");
        assert_eq!(run("consolidate", folder.path(), &[&target]).status.code(), Some(2), "{wrong}");
    }
}
