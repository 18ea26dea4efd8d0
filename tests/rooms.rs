//! The rooms import one way only: `pipeline → stages → {lexicon, policy, decisions} → text → model`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What each room may import from the crate, besides itself. A room that is missing here fails the test.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("parallel", &[]),
    ("error", &["model"]),
    ("text", &["model"]),
    ("policy", &["model", "error"]),
    ("lexicon", &["model", "error", "text"]),
    ("decisions", &["model", "error", "text"]),
    ("ingest", &["model", "error", "text", "parallel"]),
    ("standardise", &["model", "error", "text", "lexicon", "policy", "parallel"]),
    ("targets", &["model", "error", "text", "lexicon", "policy", "parallel"]),
    ("candidates", &["model", "error", "policy", "parallel"]),
    ("compare", &["model", "error", "text", "lexicon", "policy", "parallel"]),
    ("cluster", &["model", "error", "policy", "parallel"]),
    ("frontier", &["model"]),
    ("estimate", &["model", "policy"]),
    ("merge", &["model", "error", "text", "lexicon", "policy"]),
    ("report", &["model", "error", "text"]),
    ("evaluate", &["model", "error", "text"]),
    (
        "pipeline",
        &[
            "model",
            "error",
            "text",
            "lexicon",
            "policy",
            "parallel",
            "decisions",
            "standardise",
            "targets",
            "candidates",
            "compare",
            "cluster",
            "frontier",
            "merge",
            "evaluate",
            "estimate",
        ],
    ),
];

/// Crates that stay behind one room.
const HIDDEN: &[(&str, &[&str])] = &[
    ("petgraph", &["lexicon", "targets", "cluster"]),
    ("strsim", &["compare", "evaluate", "merge"]),
    ("calamine", &["ingest"]),
    ("quick_xml", &["ingest"]),
    ("zip", &["ingest"]),
    ("rust_xlsxwriter", &["report"]),
    ("hanconv", &["text"]),
    ("unicode_normalization", &["text"]),
    ("daachorse", &["lexicon"]),
];

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).expect("src is readable");
    for entry in entries {
        let path = entry.expect("src is readable").path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push(path);
        }
    }
}

/// The room of a file: the first component below `src`.
fn room(path: &Path, src: &Path) -> String {
    let first = path.strip_prefix(src).expect("below src").iter().next().expect("a name");
    first.to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// Rooms named after `crate::` in code; test modules, comments and doc links are free.
fn imports(text: &str) -> BTreeSet<String> {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text);
    let mut found = BTreeSet::new();
    for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
        let mut rest = line;
        while let Some(position) = rest.find("crate::") {
            rest = &rest[position + "crate::".len()..];
            let names: Vec<&str> = match rest.strip_prefix('{') {
                Some(list) => {
                    list.split(['}', ',']).map(|name| name.trim().split("::").next().unwrap_or("")).collect()
                }
                None => vec![rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("")],
            };
            found.extend(names.into_iter().filter(|name| !name.is_empty()).map(str::to_owned));
        }
    }
    found
}

#[test]
fn rooms_import_one_way() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut breaches = Vec::new();
    for file in files {
        let own = room(&file, &src);
        if own == "lib"
            || file.ends_with("data/files.rs")
            || file.ends_with("tests.rs")
            || file.to_string_lossy().contains("/tests/")
        {
            continue;
        }
        let text = std::fs::read_to_string(&file).expect("source is readable");
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == own) else {
            breaches.push(format!("{own}: a room that no rule names"));
            continue;
        };
        for import in imports(&text) {
            let is_room = MAY_IMPORT.iter().any(|(name, _)| *name == import);
            let front = matches!(import.as_str(), "Error" | "Result");
            if is_room && import != own && !allowed.contains(&import.as_str())
                || !is_room && !front && import != "Item" && import != "Plan" && import != "Policy"
            {
                breaches.push(format!("{} imports crate::{import}", file.display()));
            }
        }
        for (name, rooms) in HIDDEN {
            let used = text.lines().any(|line| {
                let line = line.trim_start();
                !line.starts_with("//") && line.contains(&format!("{name}::"))
            });
            if used && !rooms.contains(&own.as_str()) {
                breaches.push(format!("{} uses {name}", file.display()));
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}
