//! Reading, recognising and contradicting.

use super::*;
use crate::model::item::{Item, Source};

fn item(id: &str, name: &str, row: u32) -> Item {
    Item {
        id: id.into(),
        name: name.into(),
        source: Some(Source { file: "f.xlsx".into(), sheet: "S".into(), row }),
        ..Item::default()
    }
}

fn read(lines: &str) -> Vec<Decision> {
    parse("d.jsonl", lines.as_bytes()).expect("decisions")
}

#[test]
fn a_moved_row_is_recognised_by_its_content() {
    let print = fingerprint(&item("", "森林防火督查", 0));
    let items = [item("f.xlsx#S!3", "另一事项", 3), item("f.xlsx#S!4", "森林防火督查", 4)];
    let line = |id: &str, print: &str| {
        read(&format!(r#"{{"item":"{id}","decision":"keep","item_fingerprint":"{print}"}}"#))
    };
    let (known, warnings) = recognise(line("f.xlsx#S!3", &print), &items);
    assert_eq!(known[0].verdict, Verdict::Keep { item: "f.xlsx#S!4".into() });
    assert!(warnings.is_empty());
    // Another item stands there now, and the old one is gone.
    let (known, warnings) = recognise(line("f.xlsx#S!3", "F0000000000000000"), &items);
    assert!(known.is_empty());
    assert_eq!((warnings[0].code.as_str(), warnings[0].source.row), ("decision_unmatched", 1));
    assert_eq!(warnings[0].source.file.as_ref(), "d.jsonl");
}

#[test]
fn an_id_of_its_own_survives_an_edit() {
    let items = [item("LYJ-01", "森林草原防火督查", 3), item("X", "甲", 4), item("Y", "甲", 5)];
    let old = fingerprint(&item("", "森林防火督查", 0));
    let (known, _) = recognise(
        read(&format!(r#"{{"item":"LYJ-01","decision":"keep","item_fingerprint":"{old}"}}"#)),
        &items,
    );
    assert_eq!(known.len(), 1);
    // Two items have the content: neither is meant for sure.
    let twin = fingerprint(&items[1]);
    let line = format!(r#"{{"item":"gone","decision":"keep","item_fingerprint":"{twin}"}}"#);
    assert_eq!(recognise(read(&line), &items).1.len(), 1);
    // Without a fingerprint the id decides.
    assert_eq!(recognise(read(r#"{"a":"X","b":"Y","decision":"merge"}"#), &items).0.len(), 1);
    assert_eq!(recognise(read(r#"{"a":"X","b":"Z","decision":"merge"}"#), &items).1[0].found, "Z");
}

#[test]
fn contradictions_name_their_lines() {
    let wrong = |lines: &[&str]| check(&read(&lines.join("\n"))).expect_err("a contradiction").to_string();
    let merge = |a: &str, b: &str| format!(r#"{{"a":"{a}","b":"{b}","decision":"merge"}}"#);
    let separate = |a: &str, b: &str| format!(r#"{{"a":"{a}","b":"{b}","decision":"separate"}}"#);
    let single = |item: &str, word: &str| format!(r#"{{"item":"{item}","decision":"{word}"}}"#);
    let message = wrong(&[&merge("A", "B"), &single("Z", "keep"), &separate("B", "A")]);
    assert!(message.contains("d.jsonl: lines 1 and 3 contradict"), "{message}");
    let message = wrong(&[&merge("A", "B"), &separate("A", "C"), &merge("C", "B")]);
    assert!(message.contains("lines 1, 2 and 3"), "{message}");
    assert!(message.contains("`A` + `B` + `C`"), "{message}");
    for (word, said) in [("keep", "kept on its own"), ("withdraw", "withdrawn")] {
        let message = wrong(&[&single("B", word), &merge("A", "B")]);
        assert!(message.contains("lines 1 and 2") && message.contains(said), "{message}");
    }
    let message = wrong(&[&single("B", "keep"), &single("B", "withdraw")]);
    assert!(message.contains("lines 1 and 2"), "{message}");
    // What is said twice, and what is separate from what was withdrawn, holds.
    check(&read(&[merge("A", "B"), merge("B", "A"), separate("A", "C"), single("C", "withdraw")].join("\n")))
        .expect("no contradiction");
}

#[cfg(feature = "csv")]
#[test]
fn a_review_saved_as_text_with_tabs_is_read() {
    let text = "decision\ta\tb\ta_fingerprint\n合并\tX\tY\tF1\n\tX\tZ\t\n";
    let read = parse("review.csv", text.as_bytes()).expect("decisions");
    assert_eq!(read.len(), 1);
    assert_eq!((read[0].a_fingerprint.as_deref(), read[0].line), (Some("F1"), 2));
}
