//! Properties over random, mutated and generated input.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use tongchou::ingest::{Limits, read_bytes};
use zip::write::SimpleFileOptions;

const EXTENSIONS: [&str; 9] = ["xlsx", "xls", "ods", "csv", "tsv", "json", "jsonl", "docx", "txt"];

/// Limits under which a lucky mutation cannot take long.
fn small() -> Limits {
    Limits { max_cells: 50_000, max_text_bytes: 4 << 20, max_unpacked_bytes: 16 << 20, ..Limits::default() }
}

/// Some files of the pool, one or more of each format.
static FILES: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pool-north/submissions");
    let mut files: Vec<(String, Vec<u8>)> = [
        "住建局2023年检查计划.xlsx",
        "组织部2023年考核事项.xlsx",
        "商务局检查计划.docx",
        "司法局2023.csv",
        "工信局.csv",
    ]
    .into_iter()
    .map(|name| (name.to_owned(), std::fs::read(folder.join(name)).expect("a fixture")))
    .collect();
    let items = folder.join("../last_year.jsonl");
    let lines = std::fs::read(items).expect("a fixture");
    files.push(("a.jsonl".to_owned(), lines[..4000].to_vec()));
    let xls = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats/应急局2024年检查计划.xls");
    files.push(("应急局.xls".to_owned(), std::fs::read(xls).expect("a fixture")));
    files
});

fn mutate(bytes: &mut Vec<u8>, edits: &[(prop::sample::Index, u8, u8)]) {
    for (place, kind, value) in edits {
        if bytes.is_empty() {
            return;
        }
        let at = place.index(bytes.len());
        match kind % 4 {
            0 => bytes[at] = *value,
            1 => bytes.truncate(at),
            2 => bytes.insert(at, *value),
            _ => {
                let end = (at + usize::from(*value)).min(bytes.len());
                bytes.drain(at..end);
            }
        }
    }
}

fn edits() -> impl Strategy<Value = Vec<(prop::sample::Index, u8, u8)>> {
    prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), any::<u8>()), 1..12)
}

/// The same container with one part mutated.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "`Index` is drawn by reference")]
fn with_mutated_part(
    bytes: &[u8],
    part: &prop::sample::Index,
    edits: &[(prop::sample::Index, u8, u8)],
) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a fixture is a zip");
    let chosen = part.index(archive.len());
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("a part");
        let name = file.name().expect("a name").into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("its content");
        if index == chosen {
            mutate(&mut content, edits);
        }
        zip.start_file(name, SimpleFileOptions::default()).expect("a part begins");
        zip.write_all(&content).expect("a part is written");
    }
    zip.finish().expect("the zip ends").into_inner()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..600), extension in prop::sample::select(&EXTENSIONS[..])) {
        let _ = read_bytes(&format!("a.{extension}"), &bytes, &small());
    }

    #[test]
    fn random_text_never_panics(text in "[事项名称检查对象时间,;\t\"\n\r{}\\[\\]:甲乙1 ]{0,200}", extension in prop::sample::select(&EXTENSIONS[..])) {
        let _ = read_bytes(&format!("a.{extension}"), text.as_bytes(), &small());
    }

    #[test]
    fn mutated_files_never_panic(file in any::<prop::sample::Index>(), edits in edits()) {
        let (name, bytes) = file.get(&FILES);
        let mut bytes = bytes.clone();
        mutate(&mut bytes, &edits);
        let _ = read_bytes(name, &bytes, &small());
    }

    #[test]
    fn mutated_parts_of_containers_never_panic(file in 0..3usize, part in any::<prop::sample::Index>(), edits in edits()) {
        let (name, bytes) = &FILES[file];
        let _ = read_bytes(name, &with_mutated_part(bytes, &part, &edits), &small());
    }
}

/// Cells of every sort that rows of real sheets are made of.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => Just(String::new()),
        2 => "[1-9][0-9]?",
        3 => "[甲乙丙丁]{1,3}(检查|督查|考核)",
        1 => prop::sample::select(vec![
            "/", "无", "合计", "注：以上", "填报人：王五", "同上", "一", "2023-04-10", "100%", "0.2", "全年", "一、县教育局",
            "审核人", "各乡镇", "公安局、住建局", "——", "示例", "（一）综合类", "。",
        ]).prop_map(str::to_owned),
        1 => "[ -~]{1,8}",
    ]
}

fn quoted(row: &[String]) -> String {
    row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect::<Vec<_>>().join(",")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// Conservation: every non-empty row below a header is an item or has a message.
    #[test]
    fn every_row_ends_as_item_or_diagnostic(
        header in prop::sample::select(vec![
            vec!["序号", "事项名称", "检查对象", "检查时间", "抽查比例", "备注"],
            vec!["督查检查考核事项名称", "制定任务依据", "涉及对象", "牵头部门", "联合部门", "说明"],
            vec!["编号", "事项类别", "考核项目", "考核内容", "未知的列", "开始时间"],
            vec!["检查主体", "检查对象", "检查内容", "检查依据", "检查时间", "联系电话"],
        ]),
        rows in prop::collection::vec(prop::collection::vec(cell(), 1..8), 0..20),
        again in prop::option::of(0..20usize),
    ) {
        let header: Vec<String> = header.into_iter().map(str::to_owned).collect();
        let mut table = vec![vec!["某某县2024年计划".to_owned()], header.clone()];
        table.extend(rows);
        if let Some(again) = again {
            table.insert((again + 2).min(table.len()), header);
        }
        let text: String = table.iter().map(|row| quoted(row) + "\n").collect();
        let read = read_bytes("a.csv", text.as_bytes(), &Limits::default());
        let mut seen: BTreeSet<u32> = read.diagnostics.iter().map(|message| message.source.row).collect();
        seen.extend(read.mappings.iter().map(|mapping| mapping.header_row));
        for item in &read.items {
            let row = item.source.as_ref().expect("a source").row;
            prop_assert!(seen.insert(row) || !read.mappings.iter().any(|mapping| mapping.header_row == row));
            prop_assert!(item.name.chars().any(char::is_alphabetic), "{:?}", item);
        }
        for (number, row) in (1u32..).zip(&table).skip(2) {
            let blank = row.iter().all(|cell| cell.trim().is_empty());
            prop_assert!(blank || seen.contains(&number), "row {number} of\n{text}\n{read:#?}");
        }
    }
}
